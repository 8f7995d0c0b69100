//! Which column or key of an input holds which field of a report.

use std::borrow::Cow;
use std::str::FromStr;

use thiserror::Error;

/// A mapping that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read mapping {part:?}: expected field=column, where field is one of {}", Field::names())]
pub struct MappingError {
    /// The part that is wrong.
    pub part: String,
}

/// A field of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The text.
    Text,
    /// The title.
    Title,
    /// Its id in the source.
    Id,
    /// Its address.
    Url,
    /// The language that the source gives.
    Language,
    /// The kind of report.
    Kind,
    /// When it was published.
    PublishedAt,
    /// Its marking: a TLP label.
    Marking,
    /// Its grading.
    Grading,
}

/// Fields, in order of [`Field`], with the names under which they are found without a mapping.
const NAMES: [(Field, &str, &[&str]); 9] = [
    (Field::Text, "text", &["text", "description", "body", "content", "message", "post"]),
    (Field::Title, "title", &["title", "subject", "headline", "job_title"]),
    (Field::Id, "id", &["id", "job_id", "external_id", "ad_id", "post_id", "uuid"]),
    (Field::Url, "url", &["url", "link", "source_url", "permalink"]),
    (Field::Language, "lang", &["lang", "language", "locale"]),
    (Field::Kind, "kind", &["kind", "type"]),
    (
        Field::PublishedAt,
        "published_at",
        &["published_at", "published", "date", "posted_at", "created_at", "timestamp"],
    ),
    (Field::Marking, "marking", &["marking", "tlp"]),
    (Field::Grading, "grading", &["grading", "admiralty"]),
];

/// How many fields there are.
pub(crate) const COUNT: usize = NAMES.len();

impl Field {
    /// All fields, in order.
    pub const ALL: [Self; COUNT] = [
        Self::Text,
        Self::Title,
        Self::Id,
        Self::Url,
        Self::Language,
        Self::Kind,
        Self::PublishedAt,
        Self::Marking,
        Self::Grading,
    ];

    /// The name in a mapping.
    pub fn as_str(self) -> &'static str {
        NAMES[self as usize].1
    }

    fn names() -> String {
        NAMES.map(|(_, name, _)| name).join(", ")
    }
}

/// Which column or key holds which field: by usual names, or as told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    told: Vec<(Field, String)>,
    /// If not empty, the only fields that are found by their usual names.
    only: Vec<Field>,
}

impl Mapping {
    /// How well a name fits a field: none if it does not; the smaller, the better.
    pub(crate) fn rank(&self, name: &str) -> Option<(Field, usize)> {
        if let Some((field, _)) = self.told.iter().find(|(_, told)| told == name) {
            return Some((*field, 0));
        }
        // Most names are in the usual form already; this is asked for every key of every record.
        let usual_form = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
        let folded = match name.bytes().all(usual_form) {
            true => Cow::Borrowed(name),
            false => Cow::Owned(name.trim().to_ascii_lowercase().replace([' ', '-'], "_")),
        };
        NAMES.iter().find_map(|(field, _, usual)| {
            let free = !self.told.iter().any(|(told, _)| told == field)
                && (self.only.is_empty() || self.only.contains(field));
            let rank = usual.iter().position(|name| *name == folded)?;
            free.then_some((*field, rank + 1))
        })
    }

    /// The column of each field in a header; the best-fitting name wins, the first of equals.
    pub(crate) fn columns(&self, header: &[String]) -> [Option<usize>; COUNT] {
        let mut best: [Option<(usize, usize)>; COUNT] = [None; COUNT];
        for (column, name) in header.iter().enumerate() {
            if let Some((field, rank)) = self.rank(name)
                && best[field as usize].is_none_or(|(known, _)| rank < known)
            {
                best[field as usize] = Some((rank, column));
            }
        }
        best.map(|found| found.map(|(_, column)| column))
    }

    /// The columns that were told but are not in the header.
    pub(crate) fn missing<'a>(&'a self, header: &[String]) -> Vec<&'a str> {
        let told = self.told.iter().map(|(_, name)| name.as_str());
        told.filter(|name| !header.iter().any(|column| column == name)).collect()
    }
}

impl Mapping {
    /// The same, with only these fields found by their usual names: other columns are no fields then.
    pub fn only(mut self, fields: &[Field]) -> Self {
        self.only = fields.to_vec();
        self
    }

    /// The same, with a column for one field.
    pub fn with(mut self, field: Field, column: &str) -> Self {
        self.told.retain(|(known, _)| *known != field);
        self.told.push((field, column.to_owned()));
        self
    }
}

impl FromStr for Mapping {
    type Err = MappingError;

    /// Reads `text=description,title=title`.
    fn from_str(text: &str) -> Result<Self, MappingError> {
        let mut told = Vec::new();
        for part in text.split(',').filter(|part| !part.trim().is_empty()) {
            let error = || MappingError { part: part.to_owned() };
            let (field, column) = part.split_once('=').ok_or_else(error)?;
            let known = NAMES
                .iter()
                .find(|(_, name, usual)| *name == field.trim() || usual.first() == Some(&field.trim()));
            let (field, _, _) = known.ok_or_else(error)?;
            if column.trim().is_empty() {
                return Err(error());
            }
            told.push((*field, column.trim().to_owned()));
        }
        Ok(Self { told, only: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_columns_by_usual_names_and_as_told() {
        let header = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let usual = Mapping::default().columns(&header(&["job_id", "Title", "description", "Text"]));
        assert_eq!(usual[..3], [Some(3), Some(1), Some(0)]);
        let told: Mapping = "text=anzeige,id=nr".parse().unwrap();
        let columns = told.columns(&header(&["text", "anzeige", "nr", "title"]));
        assert_eq!(columns[..3], [Some(1), Some(3), Some(2)]);
        assert_eq!(told.missing(&header(&["anzeige"])), ["nr"]);
    }

    #[test]
    fn refuses_what_is_no_mapping() {
        for text in ["text", "txt=a", "text=", "=a"] {
            assert!(text.parse::<Mapping>().is_err(), "{text}");
        }
    }
}
