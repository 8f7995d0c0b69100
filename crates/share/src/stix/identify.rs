//! Identifiers out of other people's objects: observables, and the values that patterns look for.

use forewarn_model::{CryptoChain, HandleService, ObservableKind};
use serde_json::Value;

/// Most identifiers that are read out of one pattern.
const PATTERN_VALUES_MAX: usize = 1_000;

/// The identifier that an observable is, if it is of a kind that is known here. Its value is as it stands there: whoever
/// takes it verifies it.
pub fn read_observable(object: &Value) -> Option<(ObservableKind, String)> {
    let text = |name: &str| object[name].as_str().map(str::to_owned);
    match object["type"].as_str()? {
        "email-addr" => Some((ObservableKind::Email, text("value")?)),
        "domain-name" => Some((ObservableKind::Domain, text("value")?)),
        "url" => Some((ObservableKind::Url, text("value")?)),
        "user-account" => {
            let kind = account_kind(object["account_type"].as_str())?;
            Some((kind, text("user_id").or(text("account_login"))?))
        }
        _ => None,
    }
}

/// The identifiers that a STIX pattern compares with for equality (STIX 2.1, section 9), in their order. What else a
/// pattern asks for is passed over: the identifiers are told, not the pattern.
pub fn read_pattern(pattern: &str) -> Vec<(ObservableKind, String)> {
    let mut found = Vec::new();
    // An account's type and name stand in two comparisons of one observation.
    let (mut account, mut names): (Option<String>, Vec<String>) = (None, Vec::new());
    let mut rest = pattern;
    while let Some((gap, (object, property), value, after)) = comparison(rest) {
        if gap.contains(']') {
            flush(&mut account, &mut names, &mut found);
        }
        match (object, property) {
            ("email-addr", "value") => found.push((ObservableKind::Email, value)),
            ("domain-name", "value") => found.push((ObservableKind::Domain, value)),
            ("url", "value") => found.push((ObservableKind::Url, value)),
            ("user-account", "account_type") => account = Some(value),
            ("user-account", "user_id" | "account_login") => names.push(value),
            _ => {}
        }
        rest = after;
        if found.len() >= PATTERN_VALUES_MAX {
            break;
        }
    }
    flush(&mut account, &mut names, &mut found);
    found
}

fn flush(account: &mut Option<String>, names: &mut Vec<String>, found: &mut Vec<(ObservableKind, String)>) {
    let kind = account_kind(account.take().as_deref());
    found.extend(names.drain(..).filter_map(|name| Some((kind?, name))));
}

/// What stands before the next `type:property = 'value'`; its path and value; and what comes after it.
fn comparison(text: &str) -> Option<(&str, (&str, &str), String, &str)> {
    let mut from = 0;
    loop {
        let equals = from + text.get(from..)?.find('=')?;
        let before = text[..equals].trim_end();
        let path = before.rsplit(|c: char| c.is_whitespace() || "[(".contains(c)).next().unwrap_or(before);
        let gap = &text[..before.len() - path.len()];
        let path = path.split_once(':');
        let value = text[equals + 1..].trim_start();
        match (path, literal(value)) {
            (Some(path), Some((value, after))) => return Some((gap, path, value, after)),
            _ => from = equals + 1,
        }
    }
}

/// A string in quotes with its escapes undone, and what comes after it.
fn literal(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('\'')?;
    let (mut value, mut escaped) = (String::new(), false);
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => {
                value.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '\'' => return Some((value, &inside[at + 1..])),
            other => value.push(other),
        }
    }
    None
}

fn account_kind(account_type: Option<&str>) -> Option<ObservableKind> {
    let service = |name: &str| HandleService::ALL.iter().find(|it| it.as_str() == name).copied();
    Some(match account_type {
        None => ObservableKind::Handle(HandleService::Unknown),
        Some("phone") => ObservableKind::Phone,
        Some("iban") => ObservableKind::Iban,
        Some("crypto-btc") => ObservableKind::Crypto(CryptoChain::Bitcoin),
        Some("crypto-eth") => ObservableKind::Crypto(CryptoChain::Ethereum),
        Some("crypto-trx") => ObservableKind::Crypto(CryptoChain::Tron),
        Some("crypto-ltc") => ObservableKind::Crypto(CryptoChain::Litecoin),
        Some("twitter") => ObservableKind::Handle(HandleService::X),
        Some(other) => ObservableKind::Handle(service(other)?),
    })
}

#[cfg(test)]
mod tests {
    use forewarn_model::Marking;
    use proptest::prelude::*;

    use super::*;
    use crate::sample;
    use crate::stix::object::Head;
    use crate::stix::observable;

    proptest! {
        /// Every identifier comes back as it was; of a URL, in the characters that a URL may have.
        #[test]
        fn identifiers_come_back_as_they_were(kind in sample::any_kind(), value in "\\PC{1,20}") {
            let now = forewarn_model::Timestamp::UNIX_EPOCH;
            let head = Head::new("x", Marking::DEFAULT, now, now);
            let object = observable::plain(&head, kind, &value);
            let written = if kind == ObservableKind::Url { object["value"].as_str().unwrap().to_owned() } else { value.clone() };
            prop_assert_eq!(read_observable(&object), Some((kind, written.clone())));
            let indicator = observable::indicator_of_campaign(&head, "cmp-1", (kind, &value), 1, "2024-01-01T00:00:00.000Z");
            prop_assert_eq!(read_pattern(indicator["pattern"].as_str().unwrap()), [(kind, written)]);
        }

        #[test]
        fn any_text_is_a_pattern_or_none(text in "\\PC{0,60}") {
            read_pattern(&text);
        }
    }

    #[track_caller]
    fn check(pattern: &str, expected: &[(&str, &str)]) {
        let found = read_pattern(pattern);
        let found: Vec<(String, &str)> =
            found.iter().map(|(kind, value)| (kind.to_string(), value.as_str())).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(kind, value)| (kind.as_str(), *value)).collect();
        assert_eq!(found, expected, "{pattern}");
    }

    #[test]
    fn reads_the_patterns_of_others() {
        check(
            "[domain-name:value = 'a.example' OR domain-name:value='b.example']",
            &[("domain", "a.example"), ("domain", "b.example")],
        );
        check(
            "[ipv4-addr:value = '10.0.0.1'] AND [email-addr:value = 'x=y@z.example']",
            &[("email", "x=y@z.example")],
        );
        check(
            "[user-account:account_type = 'telegram' AND user-account:account_login = 'a'] OR [user-account:user_id = 'b']",
            &[("handle:telegram", "a"), ("handle:unknown", "b")],
        );
        check(
            "[file:hashes.'SHA-256' = 'abc' AND url:value = 'https://x.example/?a=1']",
            &[("url", "https://x.example/?a=1")],
        );
        check("[domain-name:value = 'a", &[]);
        check("[user-account:account_type = 'unix' AND user-account:user_id = 'root']", &[]);
        check("no pattern = at all", &[]);
    }
}
