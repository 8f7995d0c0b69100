//! The graph that ties recruitment to fraud: nodes, and edges that carry their evidence.

use vec1::Vec1;

use crate::date::Timestamp;
use crate::geo::Country;
use crate::id::{EntityId, LinkId, ReportId};
use crate::observable::ObservableKind;

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// An identifier.
    Observable(ObservableKind),
    /// A report.
    Report,
    /// A campaign.
    Campaign,
    /// A named place of scam centres.
    Hub,
    /// A country.
    Country,
    /// An organisation.
    Organisation,
}

impl EntityKind {
    /// The name in files: `phone`, `handle:telegram`, `report`, …
    pub fn name(self) -> String {
        match self {
            Self::Observable(kind) => kind.to_string(),
            Self::Report => "report".to_owned(),
            Self::Campaign => "campaign".to_owned(),
            Self::Hub => "hub".to_owned(),
            Self::Country => "country".to_owned(),
            Self::Organisation => "organisation".to_owned(),
        }
    }
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Derived from kind and value.
    pub id: EntityId,
    /// What it stands for.
    pub kind: EntityKind,
    /// The normalised value; the printed id for reports and campaigns.
    pub value: String,
    /// The country that its value tells, such as that of a phone number.
    pub country: Option<Country>,
}

impl Entity {
    /// A node for a value.
    pub fn new(kind: EntityKind, value: &str) -> Self {
        let id = EntityId::derive(&[kind.name().as_bytes(), value.as_bytes()]);
        Self { id, kind, value: value.to_owned(), country: None }
    }
}

/// What an edge says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// A report or campaign names an identifier.
    Names,
    /// A report belongs to a campaign.
    MemberOf,
    /// Two identifiers are named together.
    NamedWith,
    /// A site pays into, or shows, a wallet.
    PaysTo,
    /// An e-mail address or web address belongs to a domain.
    PartOf,
    /// Recruitment leads to a hub or country.
    LeadsTo,
}

impl LinkKind {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::MemberOf => "member_of",
            Self::NamedWith => "named_with",
            Self::PaysTo => "pays_to",
            Self::PartOf => "part_of",
            Self::LeadsTo => "leads_to",
        }
    }
}

/// Who or what says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asserter {
    /// A stage of Forewarn, with the version of its rules.
    Stage(String),
    /// An analyst, by user id.
    Analyst(String),
    /// A published list or a partner, by name.
    Source(String),
}

/// One proof of an edge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// The report that shows it.
    pub report: ReportId,
    /// Who or what says so.
    pub asserter: Asserter,
    /// When it was seen, where known.
    pub seen_at: Option<Timestamp>,
}

/// An edge; it always carries what proves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Derived from kind and ends.
    pub id: LinkId,
    /// What it says.
    pub kind: LinkKind,
    /// From.
    pub from: EntityId,
    /// To.
    pub to: EntityId,
    /// How strong a tie it is, 0 to 1: rarer values and more independent reports bind more.
    pub strength: f64,
    evidence: Vec1<Evidence>,
}

impl Link {
    /// An edge with its evidence, which is sorted and deduplicated.
    pub fn new(
        kind: LinkKind,
        from: EntityId,
        to: EntityId,
        strength: f64,
        evidence: Vec1<Evidence>,
    ) -> Self {
        let id = LinkId::derive(&[kind.as_str().as_bytes(), from.as_bytes(), to.as_bytes()]);
        let mut evidence = evidence;
        evidence.sort_unstable();
        evidence.dedup();
        Self { id, kind, from, to, strength: strength.clamp(0.0, 1.0), evidence }
    }

    /// The proofs, in a fixed order; never empty.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }
}
