//! A warning: facts in sentences, each with its references, and a life of its own.
//!
//! A notice holds no prose. Each [`Statement`] names a message of the catalogues in `translations/` and the
//! facts that go into it, so that the four languages cannot say different things.
//!
//! Notice colours follow the convention that INTERPOL made known; Forewarn is independent of it.

use std::collections::BTreeMap;
use std::fmt;

use vec1::Vec1;

use crate::date::{Date, PartialDate, Timestamp};
use crate::geo::{Country, Region};
use crate::grading::Grading;
use crate::id::{AlarmId, CampaignId, IncidentId, NoticeId, ReportId};
use crate::language::Language;
use crate::marking::Marking;
use crate::observable::ObservableKind;
use crate::words::words;

words! {
    /// What a notice warns of.
    NoticeKind ("kind"):
    /// An event, a person, an object or a process that is a serious and imminent threat to public safety.
    Orange = "orange",
    /// Modus operandi, objects, devices and concealment methods.
    Purple = "purple",
}

words! {
    /// Where a notice stands in its life.
    NoticeState ("state"):
    /// Being written.
    Draft = "draft",
    /// Before its reviewers.
    InReview = "in_review",
    /// Approved by two people, neither of them its author.
    Approved = "approved",
    /// Signed and sent.
    Issued = "issued",
    /// Replaced by another notice.
    Superseded = "superseded",
    /// Taken back.
    Withdrawn = "withdrawn",
    /// Past its last day.
    Expired = "expired",
}

words! {
    /// The parts of a notice, in order.
    Section ("section"):
    /// What the threat is.
    Threat = "threat",
    /// How it is done.
    ModusOperandi = "modus_operandi",
    /// Where the centres are.
    Hubs = "hubs",
    /// Where the people come from.
    Origins = "origins",
    /// On which routes.
    Routes = "routes",
    /// Since when.
    Period = "period",
    /// How many people.
    Scale = "scale",
    /// Warning signs in offers.
    Signs = "signs",
    /// What recipients are asked to do.
    Actions = "actions",
}

words! {
    /// Estimative language on a fixed scale (ICD 203, United States, 2015, section D.6.e): how likely.
    Likelihood ("likelihood"):
    /// 1–5 %.
    AlmostNoChance = "almost_no_chance",
    /// 5–20 %.
    VeryUnlikely = "very_unlikely",
    /// 20–45 %.
    Unlikely = "unlikely",
    /// 45–55 %.
    RoughlyEvenChance = "roughly_even_chance",
    /// 55–80 %.
    Likely = "likely",
    /// 80–95 %.
    VeryLikely = "very_likely",
    /// 95–99 %.
    AlmostCertain = "almost_certain",
}

/// A thing that a sentence can rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceTarget {
    /// A report.
    Report(ReportId),
    /// An incident.
    Incident(IncidentId),
    /// A campaign.
    Campaign(CampaignId),
    /// An alarm.
    Alarm(AlarmId),
}

/// A reference of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct EvidenceRef {
    /// What it points to.
    pub target: EvidenceTarget,
    /// How far to trust that.
    pub grading: Grading,
    /// The day from which that was known.
    pub known_from: Date,
    /// A line for the list of references: publisher and address, or what the thing is.
    pub label: String,
}

/// A fact that goes into a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// A number.
    Number(i64),
    /// At least, at most.
    Range(i64, i64),
    /// A date with its precision.
    Date(PartialDate),
    /// Countries, in the order given.
    Countries(Vec<Country>),
    /// A region.
    Region(Region),
    /// A route.
    Route(Country, Country),
    /// Names of messages of the catalogue, such as those of indicators.
    Messages(Vec<String>),
    /// A name that is the same in every language: a place, an organisation.
    Name(String),
    /// How likely.
    Likelihood(Likelihood),
}

/// One sentence: a message of the catalogue, the facts in it, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The part of the notice that it stands in.
    pub section: Section,
    /// The message of the catalogue.
    pub message: String,
    /// The facts, by the name of the message's variable.
    pub args: BTreeMap<String, Arg>,
    /// What it rests on; never empty.
    pub refs: Vec1<EvidenceRef>,
}

/// An identifier that recipients are asked to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchedObservable {
    /// What kind.
    pub kind: ObservableKind,
    /// The normalised value.
    pub value: String,
    /// What it rests on; never empty.
    pub refs: Vec1<EvidenceRef>,
}

/// A step in the life of a notice; steps are only ever added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The state after it.
    pub to: NoticeState,
    /// Who took it.
    pub who: String,
    /// When.
    pub when: Timestamp,
    /// Why.
    pub why: String,
}

/// A warning.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Derived from issuer, kind, alarm or campaign, and time of creation.
    pub id: NoticeId,
    /// The number that people quote, such as `FW-2023-OR-0001`.
    pub number: String,
    /// Orange or purple.
    pub kind: NoticeKind,
    /// The organisation that issues it.
    pub issuer: String,
    /// The user who drafted it.
    pub author: String,
    /// When it was drafted.
    pub created_at: Timestamp,
    /// What was known by the end of this day went into it.
    pub as_of: Date,
    /// Who may see it.
    pub marking: Marking,
    /// The last day of its validity; then it is reviewed or expires.
    pub review_by: Date,
    /// What it is about, as one sentence.
    pub headline: Statement,
    /// Its sentences, in order of section.
    pub statements: Vec1<Statement>,
    /// What to look for.
    pub observables: Vec<WatchedObservable>,
    /// The alarm that it was drafted from, if it was.
    pub alarm: Option<AlarmId>,
    /// The notice that it replaces, if it does.
    pub supersedes: Option<NoticeId>,
    /// Its life so far, in order; empty for a draft that nobody has touched.
    pub history: Vec<Step>,
}

impl Notice {
    /// Where it stands: the state after its last step.
    pub fn state(&self) -> NoticeState {
        self.history.last().map_or(NoticeState::Draft, |step| step.to)
    }

    /// When it was issued, if it was.
    pub fn issued_at(&self) -> Option<Timestamp> {
        self.history.iter().find(|step| step.to == NoticeState::Issued).map(|step| step.when)
    }

    /// Every reference of the notice, each once, in order of first use. Readers cite them by position,
    /// from 1.
    pub fn references(&self) -> Vec<&EvidenceRef> {
        let mut all: Vec<&EvidenceRef> = Vec::new();
        let sentences = std::iter::once(&self.headline).chain(&self.statements).flat_map(|s| s.refs.iter());
        for reference in sentences.chain(self.observables.iter().flat_map(|o| o.refs.iter())) {
            if !all.iter().any(|known| known.target == reference.target) {
                all.push(reference);
            }
        }
        all
    }
}

/// A sentence in one language, with the numbers of its references (from 1, as in
/// [`Notice::references`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedSentence {
    /// The sentence; plain text, never markup.
    pub text: String,
    /// The numbers of its references.
    pub refs: Vec<usize>,
}

/// A part of a notice in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedSection {
    /// Which part.
    pub section: Section,
    /// Its heading.
    pub heading: String,
    /// Its sentences.
    pub sentences: Vec<LocalizedSentence>,
}

/// A notice in one language, ready to be laid out: made by `notice` from the catalogues, read by `render`
/// and `share`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedNotice {
    /// The language.
    pub language: Language,
    /// What it is about.
    pub headline: LocalizedSentence,
    /// Its parts, in order; parts without sentences are left out.
    pub sections: Vec<LocalizedSection>,
    /// What stands around the facts, by the name of its message without the leading `label-`: `kind`
    /// ("Orange Notice"), `kind-meaning`, `issuer`, `number`, `issued`, `as-of`, `review-by`, `marking`,
    /// `observables`, `references`, `disclaimer`, `verify`, `table-kind`, `table-value`, `grading`,
    /// `known-from`, and so on.
    pub labels: BTreeMap<String, String>,
    /// The dates and such of the head, written for this language, by the name of their label: `issued`,
    /// `as-of`, `review-by`. And what references are called, where they are our own: `source` and the id.
    pub values: BTreeMap<String, String>,
}

impl fmt::Display for EvidenceTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Report(id) => id.fmt(f),
            Self::Incident(id) => id.fmt(f),
            Self::Campaign(id) => id.fmt(f),
            Self::Alarm(id) => id.fmt(f),
        }
    }
}
