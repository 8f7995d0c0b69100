//! Identifiers as attributes and objects, and back.

use forewarn_model::{CryptoChain, Date, HandleService, ObservableKind};

use super::event::{Attribute, Builder, Template};

const COIN_ADDRESS: Template = Template {
    name: "coin-address",
    uuid: "d0e6997e-78da-4815-a6a1-cfc1c1cb8a46",
    version: "7",
    category: "financial",
    description: "An address used in a cryptocurrency",
};
const TELEGRAM_ACCOUNT: Template = Template {
    name: "telegram-account",
    uuid: "06f02ecf-5afb-42c5-9cb0-b362e222f52c",
    version: "2",
    category: "misc",
    description: "Information related to a telegram account",
};
const USER_ACCOUNT: Template = Template {
    name: "user-account",
    uuid: "49606b06-22f0-4ac8-8eee-2f12ad46f3d3",
    version: "6",
    category: "misc",
    description: "User-account object, defining aspects of user identification, authentication, privileges and \
                  other relevant data points.",
};

/// What is told of an identifier beside its value.
pub(super) struct Note<'a> {
    pub(super) comment: &'a str,
    pub(super) seen: Option<(Date, Date)>,
    pub(super) tags: Vec<String>,
    /// Whether tools shall look for it, where MISP's default for its type is that they do.
    pub(super) to_ids: bool,
}

/// Adds an identifier: a plain attribute where MISP has a type for it, else an object.
pub(super) fn add(event: &mut Builder, kind: ObservableKind, value: &str, note: &Note<'_>) {
    let attribute = |kind, category, value, to_ids: bool| Attribute {
        kind,
        category,
        value,
        comment: note.comment,
        to_ids: to_ids && note.to_ids,
        correlates: true,
        seen: note.seen,
        tags: note.tags.clone(),
    };
    let word = |value| Attribute { seen: note.seen, ..Attribute::text("text", "Other", value) };
    match kind {
        // A recruiter's number is no statement on a person: not in MISP's category "Person".
        ObservableKind::Phone => event.attribute(&attribute("phone-number", "Other", value, false)),
        ObservableKind::Email => event.attribute(&attribute("email", "Social network", value, true)),
        ObservableKind::Url => event.attribute(&attribute("url", "Network activity", value, true)),
        ObservableKind::Domain => event.attribute(&attribute("domain", "Network activity", value, true)),
        ObservableKind::Iban => event.attribute(&attribute("iban", "Financial fraud", value, true)),
        ObservableKind::Crypto(CryptoChain::Bitcoin) => {
            event.attribute(&attribute("btc", "Financial fraud", value, true));
        }
        ObservableKind::Crypto(chain) => {
            let symbol = SYMBOLS.iter().find(|row| row.0 == chain).map_or("", |row| row.1);
            let address = attribute("text", "Financial fraud", value, true);
            event.object(
                &COIN_ADDRESS,
                &format!("{symbol} {value}"),
                &[("address-crypto", address), ("symbol", word(symbol))],
            );
        }
        ObservableKind::Handle(HandleService::X) => {
            event.attribute(&attribute("twitter-id", "Social network", value, false));
        }
        ObservableKind::Handle(HandleService::Telegram) => {
            let name = attribute("text", "Social network", value, false);
            event.object(&TELEGRAM_ACCOUNT, value, &[("username", name)]);
        }
        ObservableKind::Handle(service) => {
            let name = attribute("text", "Social network", value, false);
            let members = [("username", name), ("account-type", word(service.as_str()))];
            let count = if service == HandleService::Unknown { 1 } else { 2 };
            event.object(&USER_ACCOUNT, &format!("{} {value}", service.as_str()), &members[..count]);
        }
    }
}

const SYMBOLS: [(CryptoChain, &str); 4] = [
    (CryptoChain::Bitcoin, "BTC"),
    (CryptoChain::Ethereum, "ETH"),
    (CryptoChain::Tron, "TRX"),
    (CryptoChain::Litecoin, "LTC"),
];

/// What becomes of an attribute that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// An identifier: the label under which the pipeline knows it in a line of text.
    Line(&'static str),
    /// Only the part before a bar is one.
    LineBeforeBar(&'static str),
    /// It belongs to a person: it stays out.
    Personal,
    /// Text, dates and the like, or an identifier of a kind that is not looked at here.
    Passed,
}

/// Types of attributes. What is not in the table is passed over.
const TYPES: &[(&str, Use)] = &[
    ("domain", Use::Line("domain")),
    ("hostname", Use::Line("domain")),
    ("domain|ip", Use::LineBeforeBar("domain")),
    ("hostname|port", Use::LineBeforeBar("domain")),
    ("url", Use::Line("url")),
    ("uri", Use::Line("url")),
    ("email", Use::Line("email")),
    ("email-src", Use::Line("email")),
    ("email-dst", Use::Line("email")),
    ("email-reply-to", Use::Line("email")),
    ("dns-soa-email", Use::Line("email")),
    ("whois-registrant-email", Use::Line("email")),
    ("phone-number", Use::Line("phone")),
    ("whois-registrant-phone", Use::Line("phone")),
    ("btc", Use::Line("wallet")),
    ("iban", Use::Line("iban")),
    ("twitter-id", Use::Line("x")),
    ("target-user", Use::Personal),
    ("target-email", Use::Personal),
    ("target-machine", Use::Personal),
    ("first-name", Use::Personal),
    ("middle-name", Use::Personal),
    ("last-name", Use::Personal),
    ("full-name", Use::Personal),
    ("date-of-birth", Use::Personal),
    ("place-of-birth", Use::Personal),
    ("gender", Use::Personal),
    ("nationality", Use::Personal),
    ("passport-number", Use::Personal),
    ("passport-country", Use::Personal),
    ("passport-expiration", Use::Personal),
    ("identity-card-number", Use::Personal),
    ("visa-number", Use::Personal),
    ("issue-date-of-the-visa", Use::Personal),
    ("redress-number", Use::Personal),
    ("primary-residence", Use::Personal),
    ("country-of-residence", Use::Personal),
    ("frequent-flyer-number", Use::Personal),
    ("travel-details", Use::Personal),
    ("payment-details", Use::Personal),
    ("passenger-name-record-locator-number", Use::Personal),
    ("whois-registrant-name", Use::Personal),
    ("cc-number", Use::Personal),
];

/// Relations of objects whose attributes are plain texts, by the template's name.
const RELATIONS: &[(&str, &str, Use)] = &[
    ("coin-address", "address", Use::Line("wallet")),
    ("coin-address", "address-crypto", Use::Line("wallet")),
    ("btc-wallet", "wallet-address", Use::Line("wallet")),
    ("telegram-account", "username", Use::Line("telegram")),
    ("telegram-account", "phone", Use::Line("phone")),
    ("telegram-account", "first_name", Use::Personal),
    ("telegram-account", "last_name", Use::Personal),
    ("telegram-bot", "username", Use::Line("telegram")),
    ("facebook-account", "account-name", Use::Line("facebook")),
    ("facebook-page", "page-name", Use::Line("facebook")),
    ("instagram-account", "account-name", Use::Line("instagram")),
    ("twitter-account", "name", Use::Line("x")),
    ("phone", "msisdn", Use::Line("phone")),
    ("bank-account", "account-name", Use::Personal),
    ("bank-account", "beneficiary", Use::Personal),
];

/// Objects that describe a person as a whole: nothing of them is taken.
const PERSONS: [&str; 7] =
    ["person", "persnona", "victim", "employee", "facial-composite", "fbi-most-wanted", "identity"];

/// What becomes of an attribute; `object` is the name of the object that it is in.
pub(super) fn use_of(object: Option<&str>, relation: &str, kind: &str, category: &str) -> Use {
    if object.is_some_and(|name| PERSONS.contains(&name)) {
        return Use::Personal;
    }
    let by_relation =
        RELATIONS.iter().find(|row| Some(row.0) == object && row.1 == relation).map(|row| row.2);
    let by_type = || TYPES.iter().find(|row| row.0 == kind).map(|row| row.1);
    let found = by_relation.or_else(by_type).unwrap_or(Use::Passed);
    // A phone number under "Person" may be a victim's as well as a recruiter's; the type's own default.
    let persons_own = category == "Person" && !matches!(found, Use::Line("phone"));
    if persons_own || category == "Targeting data" { Use::Personal } else { found }
}

/// The label for the name of a `user-account`, by its type.
pub(super) fn label_of_account(account: &str) -> &'static str {
    const LABELS: [&str; 15] = [
        "telegram",
        "whatsapp",
        "line",
        "wechat",
        "zalo",
        "viber",
        "signal",
        "kakao",
        "qq",
        "skype",
        "facebook",
        "instagram",
        "tiktok",
        "x",
        "imo",
    ];
    let lower = account.trim().to_lowercase();
    let name = if lower == "twitter" { "x" } else { lower.as_str() };
    LABELS.into_iter().find(|label| *label == name).unwrap_or("account")
}
