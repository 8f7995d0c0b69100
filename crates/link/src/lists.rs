//! Warning lists: domains that a very large number of unrelated people use. In the form of MISP's.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

/// A list that could not be read.
#[derive(Debug, Error)]
#[error("read warning list {name}: {source}")]
pub struct ListError {
    /// Which one.
    pub name: String,
    /// What is wrong with it.
    pub source: serde_json::Error,
}

/// Domains with the name of the list that they stand on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WarningLists {
    domains: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Document {
    name: String,
    list: Vec<String>,
}

/// The lists that are built in.
const BUILTIN: [(&str, &str); 7] = [
    ("disposable-email.json", include_str!("../../../packs/warninglists/disposable-email.json")),
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

    /// Lists from name and JSON text. A domain on several lists keeps the last.
    pub fn parse(lists: &[(&str, &str)]) -> Result<Self, ListError> {
        let mut domains = BTreeMap::new();
        for (name, text) in lists {
            let document: Document = serde_json::from_str(text)
                .map_err(|source| ListError { name: (*name).to_owned(), source })?;
            for entry in document.list {
                let domain = entry.trim_start_matches('.').trim_end_matches('/').to_ascii_lowercase();
                domains.insert(domain, document.name.clone());
            }
        }
        Ok(Self { domains })
    }

    /// The list that a domain, or one above it, stands on.
    pub fn list_of(&self, domain: &str) -> Option<&str> {
        let mut rest = domain;
        loop {
            if let Some(list) = self.domains.get(rest) {
                return Some(list);
            }
            rest = rest.split_once('.')?.1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_shorteners_platforms_and_what_stands_below_them() {
        let lists = WarningLists::builtin().unwrap();
        for (domain, expected) in [
            ("gmail.com", true),
            ("mail.google.com", true),
            ("bit.ly", true),
            ("0-mail.com", true),
            ("jobstreet.com.my", true),
            ("notgmail.com", false),
            ("samplevest-pro.example", false),
            ("com", false),
            ("", false),
        ] {
            assert_eq!(lists.list_of(domain).is_some(), expected, "{domain}");
        }
    }

    #[test]
    fn a_broken_list_is_named() {
        let error = WarningLists::parse(&[("mine.json", "{")]).unwrap_err().to_string();
        assert!(error.contains("mine.json"), "{error}");
    }
}
