//! One document as it came in.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::date::Timestamp;
use crate::grading::Grading;
use crate::id::ReportId;
use crate::language::Language;
use crate::marking::Marking;

/// A kind of report that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read report kind {0:?}: expected job_ad, chat, scam_report, testimony, news or advisory")]
pub struct ReportKindError(pub String);

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportKind {
    /// A job advertisement.
    JobAd,
    /// A conversation.
    Chat,
    /// A report by or about a defrauded person.
    ScamReport,
    /// What a person held in a centre, or a witness, tells. Sealed by default.
    Testimony,
    /// A news text.
    News,
    /// A warning by an authority.
    Advisory,
}

impl ReportKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::JobAd, Self::Chat, Self::ScamReport, Self::Testimony, Self::News, Self::Advisory];

    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::JobAd => "job_ad",
            Self::Chat => "chat",
            Self::ScamReport => "scam_report",
            Self::Testimony => "testimony",
            Self::News => "news",
            Self::Advisory => "advisory",
        }
    }
}

impl fmt::Display for ReportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ReportKind {
    type Err = ReportKindError;

    fn from_str(text: &str) -> Result<Self, ReportKindError> {
        let folded = text.trim().to_ascii_lowercase().replace('-', "_");
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == folded)
            .ok_or_else(|| ReportKindError(text.to_owned()))
    }
}

/// Where a document came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The file, feed or platform.
    pub name: String,
    /// Its id there, where it has one.
    pub external_id: Option<String>,
    /// Its address, where it has one.
    pub url: Option<String>,
}

/// That a report was seen in one place at one time. The same text posted in ten places is one report with
/// ten sightings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Where.
    pub source: Source,
    /// When the system received it.
    pub received_at: Timestamp,
    /// When it was published, where known.
    pub published_at: Option<Timestamp>,
}

/// A document; immutable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    id: ReportId,
    title: Option<String>,
    text: String,
    /// What it is.
    pub kind: ReportKind,
    /// The language that the source says it is in.
    pub declared_language: Option<Language>,
    /// Who may see it.
    pub marking: Marking,
    /// How far to trust it.
    pub grading: Grading,
    /// Where and when it was first seen.
    pub sighting: Sighting,
}

impl Report {
    /// A report; its id is the hash of title and text.
    pub fn new(
        kind: ReportKind,
        title: Option<String>,
        text: String,
        declared_language: Option<Language>,
        marking: Marking,
        grading: Grading,
        sighting: Sighting,
    ) -> Self {
        let title = title.filter(|title| !title.trim().is_empty());
        let id = ReportId::derive(&[title.as_deref().unwrap_or_default().as_bytes(), text.as_bytes()]);
        Self { id, title, text, kind, declared_language, marking, grading, sighting }
    }

    /// Hash of title and text.
    pub fn id(&self) -> ReportId {
        self.id
    }

    /// The title, if it has one.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The text, without the title.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the stages read: the title, a line feed, and the text; or the text alone. Spans count from
    /// the start of this.
    pub fn full_text(&self) -> std::borrow::Cow<'_, str> {
        match &self.title {
            Some(title) => format!("{title}\n{}", self.text).into(),
            None => self.text.as_str().into(),
        }
    }
}
