//! Who takes part: organisations that receive notices, acknowledge them, and answer with what they found.

use std::fmt;
use std::str::FromStr;

use crate::date::Timestamp;
use crate::geo::Country;
use crate::id::NoticeId;
use crate::marking::Tlp;
use crate::observable::ObservableKind;
use crate::words::{WordError, words};

words! {
    /// What kind of organisation a member is.
    MemberKind ("kind of member"):
    /// A national bureau that others reach a country's police through.
    Bureau = "bureau",
    /// Police.
    Police = "police",
    /// Border guards and immigration.
    Border = "border",
    /// Embassies and consulates.
    Embassy = "embassy",
    /// Banks and financial intelligence units.
    Bank = "bank",
    /// Platforms for jobs, messages and advertisements.
    Platform = "platform",
    /// Organisations that help victims.
    Ngo = "ngo",
}

words! {
    /// How a member came to know of a notice.
    ReceiptKind ("receipt"):
    /// It reached the member's system.
    Delivered = "delivered",
    /// A person opened it.
    Opened = "opened",
    /// A person confirmed that it was read and understood.
    Acknowledged = "acknowledged",
}

words! {
    /// What a member answers.
    ReplyKind ("reply"):
    /// What the notice warns of was seen there.
    SeenHere = "seen_here",
    /// It was looked for and not seen.
    NotSeen = "not_seen",
    /// Further identifiers.
    NewObservables = "new_observables",
    /// Something was done.
    ActionTaken = "action_taken",
}

/// A way to a member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// An address that takes a POST (Standard Webhooks).
    Webhook(String),
    /// An e-mail address.
    Email(String),
    /// A folder, such as one that another system fetches from.
    Folder(String),
}

/// An organisation that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// A short name for commands: lower-case letters, digits and hyphens.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind of organisation it is.
    pub kind: MemberKind,
    /// Its country; none for an international one.
    pub country: Option<Country>,
    /// The most restricted marking that it may receive.
    pub clearance: Tlp,
    /// The ways to it, in order of use; none if it comes and fetches.
    pub channels: Vec<Channel>,
    /// Whether it takes part now.
    pub active: bool,
}

/// What a member found: structured, so that it flows back into the graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The notice that is answered.
    pub notice: NoticeId,
    /// The member that answers.
    pub member: String,
    /// When.
    pub at: Timestamp,
    /// What kind of answer.
    pub kind: ReplyKind,
    /// More, in words.
    pub text: String,
    /// Identifiers that were found there.
    pub observables: Vec<(ObservableKind, String)>,
}

impl Channel {
    /// The kind of way, as in `webhook:https://…`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Webhook(_) => "webhook",
            Self::Email(_) => "email",
            Self::Folder(_) => "folder",
        }
    }

    /// Where it leads.
    pub fn address(&self) -> &str {
        match self {
            Self::Webhook(address) | Self::Email(address) | Self::Folder(address) => address,
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.address())
    }
}

impl FromStr for Channel {
    type Err = WordError;

    /// `webhook:https://…`, `email:name@host` or `folder:/path`.
    fn from_str(text: &str) -> Result<Self, WordError> {
        let error = || WordError {
            list: "channel",
            text: text.to_owned(),
            expected: "webhook:https://…, email:name@host, folder:/path".to_owned(),
        };
        let (kind, address) = text.trim().split_once(':').ok_or_else(error)?;
        let plain = !address.is_empty() && !address.contains(|c: char| c.is_control());
        let at = |address: &str| {
            let parts = address.split_once('@');
            parts.is_some_and(|(name, host)| !name.is_empty() && host.contains(|c: char| c != '@'))
        };
        let spaced = address.contains(char::is_whitespace);
        match kind {
            "webhook"
                if plain
                    && !spaced
                    && (address.starts_with("https://") || address.starts_with("http://")) =>
            {
                Ok(Self::Webhook(address.to_owned()))
            }
            "email" if plain && !spaced && at(address) => Ok(Self::Email(address.to_owned())),
            "folder" if plain => Ok(Self::Folder(address.to_owned())),
            _ => Err(error()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let read = text.parse::<Channel>();
        match expected {
            Some(kind) => {
                let read = read.unwrap();
                assert_eq!(read.kind(), kind);
                assert_eq!(read.to_string(), text);
            }
            None => assert!(read.is_err(), "{text:?}"),
        }
    }

    #[test]
    fn reads_channels() {
        check("webhook:https://bureau.example/hook", Some("webhook"));
        check("webhook:http://127.0.0.1:80/x", Some("webhook"));
        check("email:desk@bureau.example", Some("email"));
        check("folder:/srv/in box", Some("folder"));
        for text in [
            "",
            "webhook:",
            "webhook:ftp://x",
            "email:nobody",
            "email:a b@c",
            "folder:",
            "fax:1",
            "email:a@b\r\nc",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn words_come_back() {
        for kind in MemberKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        let error = "army".parse::<MemberKind>().unwrap_err().to_string();
        assert!(error.contains("bureau, police, border"), "{error}");
    }
}
