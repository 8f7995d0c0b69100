//! The words of the house: domain types, identifiers, markings, gradings and time.
//!
//! Everything that flows between the stages is defined here and nowhere else. This crate does no I/O,
//! reads no clock, and knows no wire format: JSON, STIX, SQL and the like live at the edges (`share`,
//! `store`, `collect`), each with its own types.
//!
//! Constructors keep the invariants that the rest of the system relies on (`docs/adr/0001-model.md`):
//! a score without reasons, an edge without evidence, an alarm without incidents and a sentence of a
//! notice without a reference cannot be built, because the fields that hold them are never empty.

pub mod alarm;
pub mod assessment;
pub mod campaign;
pub mod clearance;
pub mod date;
pub mod extract;
pub mod geo;
pub mod grading;
pub mod graph;
pub mod id;
pub mod incident;
pub mod indicator;
pub mod language;
pub mod marking;
pub mod matching;
pub mod member;
pub mod money;
pub mod notice;
pub mod observable;
pub mod problem;
pub mod report;
pub mod rights;
pub mod search;
pub mod statistics;
pub mod text;
pub mod user;
pub mod words;

pub use alarm::{Alarm, AlarmKind, AlarmState, Interval, Rarity, Subject};
pub use assessment::{Assessment, Calibration, Reason, ReasonSource, Thresholds, Verdict, percent};
pub use campaign::{Campaign, Member, Role, Segment, Slot, SlotKind, Template};
pub use clearance::{Clearance, Organisations};
pub use date::{Date, PartialDate, Precision, Timestamp};
pub use extract::{Extract, ExtractChoice, ExtractState, ExtractStep, LocalizedExtract, PublicPoint};
pub use geo::{Country, CountryNames, Place, PlaceKind, Region};
pub use grading::{Credibility, Grading, Reliability};
pub use graph::{Asserter, Entity, EntityKind, Evidence, Link, LinkKind};
pub use id::{AlarmId, CampaignId, CandidateId, EntityId, IncidentId, LinkId, NoticeId, ReportId};
pub use incident::{
    CandidateSubject, DateBasis, Incident, IncidentCandidate, IncidentKind, PersonRole, Publication,
    Quantity, Variant,
};
pub use indicator::{Indicator, IndicatorName};
pub use language::Language;
pub use marking::{Marking, Pap, Tlp};
pub use matching::{MatchLearns, MatchPurpose, MatchState, Officer};
pub use member::{Channel, MemberKind, ReceiptKind, Reply, ReplyKind};
pub use money::{Currency, Money, Period};
pub use notice::{
    Arg, EvidenceRef, EvidenceTarget, Likelihood, LocalizedNotice, LocalizedSection, LocalizedSentence,
    Notice, NoticeKind, NoticeState, Section, Statement, Step, WatchedObservable,
};
pub use observable::{CryptoChain, HandleService, Observable, ObservableKind};
pub use problem::{Problem, Severity};
pub use report::{Report, ReportKind, Sighting, Source};
pub use statistics::Dimension;
pub use text::{Normalized, NormalizedBuilder, Span};
pub use user::{Session, Token, User, UserName};
pub use vec1::{Vec1, vec1};

/// What `extract` found in one report: the input of every later stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The language the text is written in, by the strongest evidence; `Language::UNKNOWN` when in doubt.
    pub language: Language,
    /// Further languages that the text contains, strongest first, without `language` itself.
    pub other_languages: Vec<Language>,
    /// The folded text that patterns are matched against, with its map back to the original.
    pub normalized: Normalized,
    /// Identifiers, in order of their spans.
    pub observables: Vec<Observable>,
    /// Places, in order of their spans.
    pub places: Vec<Place>,
    /// Amounts of money, in order of their spans.
    pub money: Vec<Money>,
}

impl Facts {
    /// The countries that the text names, by name, people, city or zone: sorted, each once.
    pub fn countries(&self) -> Vec<Country> {
        let mut found: Vec<Country> = self.places.iter().filter_map(|place| place.country).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
