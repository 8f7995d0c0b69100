//! Reports that were written from one template.

use vec1::Vec1;

use crate::date::Timestamp;
use crate::id::{CampaignId, ReportId};

/// What varies in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SlotKind {
    /// A telephone number.
    Phone,
    /// A messaging or social handle.
    Handle,
    /// An e-mail address.
    Email,
    /// A web address or domain.
    Url,
    /// A wallet address or bank account.
    Account,
    /// A place.
    Place,
    /// An amount of money.
    Salary,
    /// A date or time.
    Date,
    /// Another number.
    Number,
    /// A name.
    Name,
    /// Other words.
    Text,
}

impl SlotKind {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Handle => "handle",
            Self::Email => "email",
            Self::Url => "url",
            Self::Account => "account",
            Self::Place => "place",
            Self::Salary => "salary",
            Self::Date => "date",
            Self::Number => "number",
            Self::Name => "name",
            Self::Text => "text",
        }
    }
}

/// A place in a template where members differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// What stands there.
    pub kind: SlotKind,
    /// The values, most frequent first, ties in order of text; at most as many as the clusterer keeps.
    pub values: Vec<(String, u32)>,
    /// How many members have nothing there.
    pub empty: u32,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Words that the members share, as the leader writes them.
    Fixed(String),
    /// Words that vary.
    Slot(Slot),
}

/// What the members have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// In order of the text.
    pub segments: Vec1<Segment>,
    /// Cost of the members with the template over the lower bound of it (InfoShield, Lee et al., ICDE
    /// 2021): 1 is the most suspicious.
    pub relative_length: f64,
    /// Cost of the members with the template over their cost apart: the smaller, the more was copied.
    pub compression: f64,
}

/// The part a report plays in its campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The report that the template is aligned to.
    Leader,
    /// A report written from the template.
    Member,
    /// The same text, letter for letter after folding, as another member.
    Copy,
}

impl Role {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Member => "member",
            Self::Copy => "copy",
        }
    }
}

/// A report in a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The report.
    pub report: ReportId,
    /// The part it plays.
    pub role: Role,
    /// When the report was received, where known.
    pub received_at: Option<Timestamp>,
}

/// Reports written from one template.
#[derive(Debug, Clone, PartialEq)]
pub struct Campaign {
    /// Derived from the report that founded it.
    pub id: CampaignId,
    /// What the members have in common.
    pub template: Template,
    /// Leader first, then in order of report id. A campaign has at least two.
    pub members: Vec1<Member>,
}

impl Campaign {
    /// The id of a campaign that `founder` founded.
    pub fn founded_by(founder: ReportId) -> CampaignId {
        CampaignId::derive(&[founder.as_bytes()])
    }
}
