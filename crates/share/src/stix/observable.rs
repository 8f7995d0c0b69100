//! What to look for: observables, where they were seen, and the patterns that find them.
//!
//! Standard observables only. A phone number, a wallet address and a bank account are each an account with
//! a service, so they are written as `user-account`; several vendors have types of their own for them, which
//! other tools do not read.

use forewarn_model::date::add_days;
use forewarn_model::{
    CampaignId, CryptoChain, Date, EvidenceTarget, HandleService, Notice, ObservableKind, WatchedObservable,
};
use serde_json::{Value, json};

use super::object::{self, Head};

/// The observable.
pub(super) fn observable(head: &Head, watched: &WatchedObservable) -> Value {
    plain(head, watched.kind, &watched.value)
}

/// The observable of a kind with a value.
pub(super) fn plain(head: &Head, kind: ObservableKind, value: &str) -> Value {
    let form = Form::of(kind, value);
    let properties: serde_json::Map<String, Value> =
        form.properties.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
    head.observable(form.kind, Value::Object(properties))
}

/// That it was seen: from the first to the last day from which one of its references was known.
pub(super) fn observed_data(head: &Head, notice: &Notice, watched: &WatchedObservable, id: &str) -> Value {
    let (first, last) = known(watched);
    let key = [notice.id.to_string(), watched.kind.to_string(), watched.value.clone()];
    head.object(
        "observed-data",
        &key.each_ref().map(String::as_str),
        &head.created,
        json!({
            "first_observed": object::day(first),
            "last_observed": object::day(last),
            "number_observed": watched.refs.len(),
            "object_refs": [id],
        }),
    )
}

/// The pattern that finds it, valid from the day on which it was known to the day of the notice's review.
pub(super) fn indicator(head: &Head, notice: &Notice, watched: &WatchedObservable) -> Value {
    let form = Form::of(watched.kind, &watched.value);
    let valid_from = object::day(known(watched).0);
    let valid_until = object::day(add_days(notice.review_by, 1));
    let key = [notice.id.to_string(), watched.kind.to_string(), watched.value.clone()];
    head.object(
        "indicator",
        &key.each_ref().map(String::as_str),
        &head.created,
        json!({
            "name": format!("{} {}", watched.kind, watched.value),
            "description": format!("Look for this identifier: {} of {}", notice.number, notice.issuer),
            "indicator_types": ["anomalous-activity"],
            "pattern": form.pattern(),
            "pattern_type": "stix",
            "valid_until": (valid_until > valid_from).then_some(valid_until),
            "valid_from": valid_from,
        }),
    )
}

/// The pattern that finds an identifier of a campaign, valid from when the campaign was first seen.
pub(super) fn indicator_of_campaign(
    head: &Head,
    campaign: &str,
    (kind, value): (ObservableKind, &str),
    offers: u32,
    valid_from: &str,
) -> Value {
    let named = if offers == 1 { "one offer" } else { &format!("{offers} offers") };
    head.object(
        "indicator",
        &[campaign, &kind.to_string(), value],
        valid_from,
        json!({
            "name": format!("{kind} {value}"),
            "description": format!("Look for this identifier: {named} of one template name it"),
            "indicator_types": ["anomalous-activity"],
            "pattern": Form::of(kind, value).pattern(),
            "pattern_type": "stix",
            "valid_from": valid_from,
            "external_references": [object::external_reference("Forewarn", None, campaign, "")],
        }),
    )
}

/// The campaigns that name it.
pub(super) fn campaigns_of(watched: &WatchedObservable) -> impl Iterator<Item = CampaignId> {
    watched.refs.iter().filter_map(|reference| match reference.target {
        EvidenceTarget::Campaign(id) => Some(id),
        _ => None,
    })
}

/// The type of an observable, and the properties that make its id and its pattern.
struct Form<'a> {
    kind: &'static str,
    properties: Vec<(&'static str, std::borrow::Cow<'a, str>)>,
}

impl<'a> Form<'a> {
    fn of(kind: ObservableKind, value: &'a str) -> Self {
        let simple = |kind| Self { kind, properties: vec![("value", value.into())] };
        let account = |service: Option<&'static str>, property| {
            let service = service.map(|service| ("account_type", service.into()));
            let properties = service.into_iter().chain([(property, value.into())]).collect();
            Self { kind: "user-account", properties }
        };
        match kind {
            ObservableKind::Email => simple("email-addr"),
            ObservableKind::Domain => simple("domain-name"),
            ObservableKind::Url => {
                Self { kind: "url", properties: vec![("value", percent_encoded(value).into())] }
            }
            ObservableKind::Phone => account(Some("phone"), "user_id"),
            ObservableKind::Iban => account(Some("iban"), "user_id"),
            ObservableKind::Crypto(chain) => account(Some(chain_word(chain)), "user_id"),
            ObservableKind::Handle(service) => account(service_word(service), "account_login"),
        }
    }

    /// A STIX pattern (STIX 2.1, section 9) that all properties have to match.
    fn pattern(&self) -> String {
        let kind = self.kind;
        let comparisons = self.properties.iter().map(|(name, value)| {
            let literal = value.replace('\\', "\\\\").replace('\'', "\\'");
            format!("{kind}:{name} = '{literal}'")
        });
        format!("[{}]", comparisons.collect::<Vec<_>>().join(" AND "))
    }
}

/// The account type of a service: the word of STIX's vocabulary (section 10.1) where it has one.
fn service_word(service: HandleService) -> Option<&'static str> {
    match service {
        HandleService::X => Some("twitter"),
        HandleService::Unknown => None,
        other => Some(other.as_str()),
    }
}

fn chain_word(chain: CryptoChain) -> &'static str {
    match chain {
        CryptoChain::Bitcoin => "crypto-btc",
        CryptoChain::Ethereum => "crypto-eth",
        CryptoChain::Tron => "crypto-trx",
        CryptoChain::Litecoin => "crypto-ltc",
    }
}

/// The first and the last day from which a reference was known.
fn known(watched: &WatchedObservable) -> (Date, Date) {
    let first = watched.refs.first().known_from;
    watched
        .refs
        .iter()
        .map(|reference| reference.known_from)
        .fold((first, first), |(first, last), day| (first.min(day), last.max(day)))
}

/// A URL in the characters of RFC 3986: all others by their UTF-8 bytes as `%XX`, and so a `%` that starts
/// no such triple.
fn percent_encoded(url: &str) -> String {
    let bytes = url.as_bytes();
    let mut out = String::with_capacity(url.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let triple = || bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let keep = match byte {
            b'%' => triple(),
            other => other.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&other),
        };
        if keep {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: &str, value: &str, expected: &str) {
        assert_eq!(Form::of(kind.parse().unwrap(), value).pattern(), expected);
    }

    #[test]
    fn finds_each_kind_by_a_standard_pattern() {
        check("phone", "+85512", "[user-account:account_type = 'phone' AND user-account:user_id = '+85512']");
        check("email", "a@b.example", "[email-addr:value = 'a@b.example']");
        check("domain", "b.example", "[domain-name:value = 'b.example']");
        check("url", "https://b.example/ü", "[url:value = 'https://b.example/%C3%BC']");
        check("url", "https://b.example/%20%2", "[url:value = 'https://b.example/%20%252']");
        check("iban", "XX00", "[user-account:account_type = 'iban' AND user-account:user_id = 'XX00']");
        check(
            "crypto:tron",
            "T",
            "[user-account:account_type = 'crypto-trx' AND user-account:user_id = 'T']",
        );
        check(
            "handle:x",
            "a",
            "[user-account:account_type = 'twitter' AND user-account:account_login = 'a']",
        );
        check("handle:unknown", "a", "[user-account:account_login = 'a']");
    }

    #[test]
    fn a_value_cannot_leave_its_quotes() {
        check("handle:unknown", r"a' OR b\", r"[user-account:account_login = 'a\' OR b\\']");
    }
}
