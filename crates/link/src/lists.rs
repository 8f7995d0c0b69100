//! Warning lists: values that a very large number of unrelated people use. In the form of MISP's.

use std::collections::BTreeMap;

use forewarn_model::ObservableKind;
use serde::Deserialize;
use thiserror::Error;

/// A list that could not be read.
#[derive(Debug, Error)]
#[error("read warning list {name}: {source}: write it in the form of MISP's: name, version, type, list")]
pub struct ListError {
    /// Which one.
    pub name: String,
    /// What is wrong with it.
    pub source: serde_json::Error,
}

/// A list, as it is told to a reader.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// What its maker calls it.
    pub name: String,
    /// Its version.
    pub version: u64,
    /// The file that it was read from.
    pub file: String,
    /// How many values it has.
    pub values: usize,
}

/// Values with the list that they stand on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WarningLists {
    lists: Vec<Listed>,
    hosts: BTreeMap<String, usize>,
    /// E-mail addresses, phones and the like, whole.
    values: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
struct Document {
    name: String,
    #[serde(default)]
    version: u64,
    list: Vec<String>,
}

/// The lists that are built in.
const BUILTIN: [(&str, &str); 8] = [
    ("disposable-email.json", include_str!("../../../packs/warninglists/disposable-email.json")),
    ("hotlines.json", include_str!("../../../packs/warninglists/hotlines.json")),
    ("job-boards.json", include_str!("../../../packs/warninglists/job-boards.json")),
    ("link-in-bio.json", include_str!("../../../packs/warninglists/link-in-bio.json")),
    ("lots-project.json", include_str!("../../../packs/warninglists/lots-project.json")),
    ("platforms.json", include_str!("../../../packs/warninglists/platforms.json")),
    ("public-mail.json", include_str!("../../../packs/warninglists/public-mail.json")),
    ("url-shortener.json", include_str!("../../../packs/warninglists/url-shortener.json")),
];

impl WarningLists {
    /// The lists that are built in.
    pub fn builtin() -> Result<Self, ListError> {
        Self::parse(&BUILTIN)
    }

    /// Lists from file name and JSON text. A value on several lists keeps the last.
    pub fn parse(lists: &[(&str, &str)]) -> Result<Self, ListError> {
        let mut all = Self::default();
        lists.iter().try_for_each(|(name, text)| all.add(name, text))?;
        Ok(all)
    }

    /// Adds a list; its values count before those of the lists that are there.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), ListError> {
        let Document { name, version, list } =
            serde_json::from_str(text).map_err(|source| ListError { name: file.to_owned(), source })?;
        let number = self.lists.len();
        self.lists.push(Listed { name, version, file: file.to_owned(), values: list.len() });
        for entry in list {
            let value = entry.trim().to_lowercase();
            match value.contains('@') || value.starts_with('+') {
                true => self.values.insert(value, number),
                false => {
                    let host = value.split_once("://").map_or(value.as_str(), |(_, rest)| rest);
                    let host = host.trim_start_matches(['.', '*']).trim_end_matches('/');
                    self.hosts.insert(host.to_owned(), number)
                }
            };
        }
        Ok(())
    }

    /// Every list, in the order in which they were read.
    pub fn lists(&self) -> &[Listed] {
        &self.lists
    }

    /// The list that a value stands on.
    ///
    /// A domain is what one owner registered, so it stands there itself or not at all: a shop below a
    /// hosting platform is not the platform. A web address stands there if it is no more than a listed
    /// host; a link that a shortener made, or a page of somebody, is a tie of its own.
    pub fn list_of(&self, kind: ObservableKind, value: &str) -> Option<&Listed> {
        let number = match kind {
            ObservableKind::Domain => self.hosts.get(value),
            ObservableKind::Url => self.hosts.get(bare_host(value)?),
            _ => self.values.get(value.to_lowercase().as_str()),
        };
        number.map(|&number| &self.lists[number])
    }
}

/// The host of a web address that has nothing after it.
fn bare_host(url: &str) -> Option<&str> {
    let host = url.split_once("://")?.1.trim_end_matches('/');
    (!host.contains(['/', '?', '#'])).then(|| host.strip_prefix("www.").unwrap_or(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_shorteners_platforms_and_hotlines() {
        let lists = WarningLists::builtin().unwrap();
        for (kind, value, expected) in [
            ("domain", "gmail.com", Some("Public mail domains")),
            ("domain", "bit.ly", Some("List of known URL Shorteners domains")),
            ("domain", "0-mail.com", Some("List of disposable email domains")),
            ("domain", "jobstreet.com.my", Some("Job boards")),
            ("domain", "notgmail.com", None),
            ("domain", "samplevest-pro.example", None),
            ("domain", "shop.vercel.app", None),
            ("domain", "com", None),
            ("domain", "", None),
            ("url", "https://www.facebook.com/", Some("Large platforms and messengers")),
            ("url", "https://www.facebook.com/somebody", None),
            ("url", "https://bit.ly/3xYz", None),
            ("phone", "+18883737888", Some("Public hotlines")),
            ("phone", "+447700900123", None),
            ("email", "hr@gmail.com", None),
        ] {
            let found = lists.list_of(kind.parse().unwrap(), value).map(|list| list.name.as_str());
            assert_eq!(found, expected, "{kind} {value}");
        }
        assert!(lists.lists().iter().all(|list| list.version > 0 && list.values > 0));
    }

    #[test]
    fn a_broken_list_is_named() {
        let error = WarningLists::parse(&[("mine.json", "{")]).unwrap_err().to_string();
        assert!(error.contains("mine.json"), "{error}");
    }

    #[test]
    fn a_list_of_ones_own_counts_first() {
        let mut lists = WarningLists::builtin().unwrap();
        lists
            .add("mine.json", r#"{"name":"Ours","version":7,"list":["gmail.com","press@ngo.example"]}"#)
            .unwrap();
        for (kind, value) in [("domain", "gmail.com"), ("email", "Press@ngo.example")] {
            let found = lists.list_of(kind.parse().unwrap(), value).unwrap();
            assert_eq!((found.name.as_str(), found.version), ("Ours", 7));
        }
    }
}
