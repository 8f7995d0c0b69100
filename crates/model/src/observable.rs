//! Identifiers found in a text, each normalised and verified by its own rule.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::text::Span;

/// A kind of observable that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "read observable kind {0:?}: expected one of phone, email, url, domain, iban, handle:<service>, crypto:<chain>"
)]
pub struct ObservableKindError(pub String);

macro_rules! names {
    ($(#[$doc:meta])* $name:ident: $($(#[$vdoc:meta])* $variant:ident = $text:literal,)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

names! {
    /// A messaging or social service.
    HandleService:
    /// Telegram user, bot, group or channel.
    Telegram = "telegram",
    /// WhatsApp, where it is not simply a phone number (groups, short links).
    WhatsApp = "whatsapp",
    /// LINE id.
    Line = "line",
    /// WeChat id.
    WeChat = "wechat",
    /// Zalo.
    Zalo = "zalo",
    /// Viber.
    Viber = "viber",
    /// Signal.
    Signal = "signal",
    /// KakaoTalk.
    Kakao = "kakao",
    /// QQ number.
    Qq = "qq",
    /// Skype.
    Skype = "skype",
    /// Facebook profile, page or group.
    Facebook = "facebook",
    /// Instagram.
    Instagram = "instagram",
    /// TikTok.
    TikTok = "tiktok",
    /// X, formerly Twitter.
    X = "x",
    /// IMO messenger.
    Imo = "imo",
    /// A handle whose service the text does not tell.
    Unknown = "unknown",
}

names! {
    /// A chain whose addresses carry a checksum.
    CryptoChain:
    /// Bitcoin: Base58Check, Bech32, Bech32m.
    Bitcoin = "btc",
    /// Ethereum and chains with its address form: EIP-55.
    Ethereum = "eth",
    /// TRON: Base58Check with version 0x41.
    Tron = "tron",
    /// Litecoin.
    Litecoin = "ltc",
}

/// What kind of identifier it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObservableKind {
    /// A telephone number, as E.164 with `+`.
    Phone,
    /// An e-mail address, domain in lower case.
    Email,
    /// A web address.
    Url,
    /// The registrable domain of a web address (public suffix list), in ASCII (IDNA).
    Domain,
    /// An account with a service, in the service's folded form, without `@`.
    Handle(HandleService),
    /// A crypto-asset address, in its canonical form.
    Crypto(CryptoChain),
    /// An International Bank Account Number, without spaces (ISO 13616).
    Iban,
}

/// An identifier in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observable {
    /// What kind.
    pub kind: ObservableKind,
    /// The normalised value, the same for every way of writing it.
    pub value: String,
    /// Where the text has it.
    pub span: Span,
}

impl fmt::Display for ObservableKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phone => f.write_str("phone"),
            Self::Email => f.write_str("email"),
            Self::Url => f.write_str("url"),
            Self::Domain => f.write_str("domain"),
            Self::Iban => f.write_str("iban"),
            Self::Handle(service) => write!(f, "handle:{}", service.as_str()),
            Self::Crypto(chain) => write!(f, "crypto:{}", chain.as_str()),
        }
    }
}

impl FromStr for ObservableKind {
    type Err = ObservableKindError;

    fn from_str(text: &str) -> Result<Self, ObservableKindError> {
        let found = match text.split_once(':') {
            None => [Self::Phone, Self::Email, Self::Url, Self::Domain, Self::Iban]
                .into_iter()
                .find(|kind| kind.to_string() == text),
            Some(("handle", name)) => {
                HandleService::ALL.iter().find(|service| service.as_str() == name).map(|&s| Self::Handle(s))
            }
            Some(("crypto", name)) => {
                CryptoChain::ALL.iter().find(|chain| chain.as_str() == name).map(|&c| Self::Crypto(c))
            }
            Some(_) => None,
        };
        found.ok_or_else(|| ObservableKindError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_kind_it_prints() {
        let handles = HandleService::ALL.iter().map(|&s| ObservableKind::Handle(s));
        let chains = CryptoChain::ALL.iter().map(|&c| ObservableKind::Crypto(c));
        for kind in handles.chain(chains).chain([ObservableKind::Phone, ObservableKind::Iban]) {
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        for text in ["", "handle", "handle:", "crypto:doge", "phone:x"] {
            assert!(text.parse::<ObservableKind>().is_err(), "{text}");
        }
    }
}
