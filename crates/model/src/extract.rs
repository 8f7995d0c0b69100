//! What of a notice may be public: a choice of its sentences and identifiers, and its words in a language.

use crate::date::Timestamp;
use crate::geo::Country;
use crate::id::NoticeId;
use crate::indicator::IndicatorName;
use crate::language::Language;
use crate::words::words;

words! {
    /// Where a public extract stands.
    ExtractState ("state of an extract"):
    /// Chosen by one person, and not yet reviewed by another.
    Proposed = "proposed",
    /// Public.
    Published = "published",
    /// Refused by the reviewer.
    Rejected = "rejected",
    /// Taken back after it was public.
    Withdrawn = "withdrawn",
}

/// Which parts of a notice are to be public; nothing is that is not chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExtractChoice {
    /// Positions of sentences among [`crate::Notice::statements`], from 0, in order, each once.
    pub statements: Vec<usize>,
    /// Positions among [`crate::Notice::observables`], from 0, in order, each once.
    pub observables: Vec<usize>,
}

/// A step in the life of an extract; steps are only ever added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractStep {
    /// The state after it.
    pub to: ExtractState,
    /// Who took it.
    pub who: String,
    /// When.
    pub when: Timestamp,
    /// Why.
    pub why: String,
}

/// A public extract of a notice, proposed or decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extract {
    /// The notice.
    pub notice: NoticeId,
    /// What was chosen.
    pub choice: ExtractChoice,
    /// Its life so far, in order; the first step is the proposal.
    pub steps: vec1::Vec1<ExtractStep>,
}

impl Extract {
    /// Where it stands.
    pub fn state(&self) -> ExtractState {
        self.steps.last().to
    }

    /// The last step of that kind.
    pub fn step(&self, to: ExtractState) -> Option<&ExtractStep> {
        self.steps.iter().rev().find(|step| step.to == to)
    }
}

/// A fact in the form in which the public reads it. There is no form for free text: no name of a person can
/// stand in an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicPoint {
    /// Where centres were reported.
    Hubs(Vec<Country>),
    /// Where people came from.
    Origins(Vec<Country>),
    /// From where to where they were taken.
    Route(Country, Country),
    /// Countries that the offers name.
    Destinations(Vec<Country>),
    /// How many people: at least, at most.
    People(i64, i64),
    /// Signs that the offers show.
    Signs(Vec<IndicatorName>),
    /// What a job seeker should do.
    Advice,
}

/// An extract in one language: plain text, never markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedExtract {
    /// The language.
    pub language: Language,
    /// What it warns of.
    pub title: String,
    /// How it ended, if it did; then it has nothing else to say.
    pub ended: Option<String>,
    /// Sentences.
    pub points: Vec<String>,
    /// Lists, each under its heading.
    pub lists: Vec<(String, Vec<String>)>,
    /// Who issued it and when, its number, who is independent of whom.
    pub notes: Vec<String>,
}
