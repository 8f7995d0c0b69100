//! Who uses the desk: people with roles and a clearance, their sessions and their tokens.
//!
//! What proves who somebody is (passwords, codes, secrets) is no part of these types: it stays between `app` and
//! the store.

use std::str::FromStr;

use thiserror::Error;

use crate::clearance::{Clearance, EVERY_ORGANISATION, Organisations, organisation_key};
use crate::date::{Date, Timestamp};
use crate::language::Language;
use crate::marking::Tlp;
use crate::rights::{Rights, Role};

/// Longest short name of a user, in bytes.
pub const NAME_BYTES_MAX: usize = 64;

/// Names that commands of the machine use for themselves: an entry of the audit log by one of them is no
/// person's.
const RESERVED: [&str; 4] = ["anonymous", "forewarn", "local", "system"];

/// A short name that cannot be one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UserNameError {
    /// It holds what a short name does not.
    #[error(
        "read user name {0:?}: expected 2 to {NAME_BYTES_MAX} lower-case letters of the English alphabet, digits, \
         full stops, underscores and hyphens, beginning with a letter or digit"
    )]
    Form(String),
    /// It is taken by the machine.
    #[error("read user name {0:?}: commands of the machine act under it: choose another")]
    Reserved(String),
}

/// The short name of a user, as it stands in the audit log: `ana.k`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserName(String);

/// A person who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The short name; it never changes.
    pub name: UserName,
    /// The name that others are shown.
    pub shown: String,
    /// The organisation that the person belongs to: the short name of a member, or words.
    pub organisation: String,
    /// What the person may do; none for nothing.
    pub roles: Vec<Role>,
    /// The most restricted marking that the person may see.
    pub clearance: Tlp,
    /// Organisations whose restricted reports the person may see besides those of the own one; `*` for every one.
    pub organisations: Vec<String>,
    /// The language of the pages; none for the browser's.
    pub locale: Option<Language>,
    /// Whether the person may sign in.
    pub active: bool,
    /// When the user was added.
    pub created: Timestamp,
}

/// A sign-in that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of what the browser holds: knowing it opens nothing.
    pub id: [u8; 32],
    /// Whose it is.
    pub user: UserName,
    /// When it began.
    pub made: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen: Timestamp,
    /// When it ends at the latest, used or not.
    pub expires: Timestamp,
    /// The program that signed in, shortened.
    pub agent: String,
}

/// What a program signs in with, in place of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// How it begins: enough to tell it from others, too little to use it.
    pub prefix: String,
    /// What its owner calls it.
    pub name: String,
    /// Whose it is.
    pub owner: UserName,
    /// What it may do, of what its owner may.
    pub scopes: Rights,
    /// When it was made.
    pub made: Timestamp,
    /// When it ends.
    pub expires: Timestamp,
    /// The last day on which it was used.
    pub last_used: Option<Date>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
}

impl UserName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for UserName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for UserName {
    type Err = UserNameError;

    fn from_str(text: &str) -> Result<Self, UserNameError> {
        let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let bytes = text.as_bytes();
        let fits = (2..=NAME_BYTES_MAX).contains(&bytes.len()) && letter(bytes[0]);
        if !fits || !bytes.iter().all(|b| letter(*b) || b".-_".contains(b)) {
            return Err(UserNameError::Form(text.to_owned()));
        }
        if RESERVED.contains(&text) {
            return Err(UserNameError::Reserved(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl User {
    /// What the person may do.
    pub fn rights(&self) -> Rights {
        Rights::of(&self.roles)
    }

    /// What the person may see: up to the marking, of the own organisation and of those that are named.
    pub fn sees(&self) -> Clearance {
        let names = self.organisations.iter().map(String::as_str);
        // Only in the list a star stands for every organisation.
        let own =
            Some(self.organisation.as_str()).filter(|name| organisation_key(name) != EVERY_ORGANISATION);
        Clearance { tlp: self.clearance, organisations: Organisations::named(names.chain(own)) }
    }
}

impl Session {
    /// The id as people and addresses carry it: 64 hexadecimal digits.
    pub fn printed(&self) -> String {
        self.id.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: bool) {
        assert_eq!(text.parse::<UserName>().is_ok(), expected, "{text:?}");
    }

    #[test]
    fn names_are_short_plain_and_nobody_elses() {
        for text in ["ana", "ana.k", "a1", "analyst-2_demo", "0x"] {
            check(text, true);
        }
        for text in ["", "a", "Ana", "ana k", ".ana", "-a", "ána", "ana\n", "a/b", "local", "system"] {
            check(text, false);
        }
        check(&"a".repeat(64), true);
        check(&"a".repeat(65), false);
    }
}
