//! What the watch raises.

use std::fmt;

use vec1::Vec1;

use crate::date::Date;
use crate::geo::{Country, Region};
use crate::id::{AlarmId, IncidentId};
use crate::incident::Variant;
use crate::words::words;

/// What kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlarmKind {
    /// A new hub country.
    Hub,
    /// A new place in a hub country.
    Place,
    /// A new country of origin.
    Origin,
    /// A new route from an origin to a hub.
    Route,
    /// A new region of hubs.
    Region,
    /// A known hub, origin or route grows faster.
    Acceleration,
    /// A crackdown here, growth there.
    Displacement,
}

impl AlarmKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Hub,
        Self::Place,
        Self::Origin,
        Self::Route,
        Self::Region,
        Self::Acceleration,
        Self::Displacement,
    ];

    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hub => "hub",
            Self::Place => "place",
            Self::Origin => "origin",
            Self::Route => "route",
            Self::Region => "region",
            Self::Acceleration => "acceleration",
            Self::Displacement => "displacement",
        }
    }
}

words! {
    /// Where an alarm stands with the people who look at it.
    AlarmState ("state"):
    /// Nobody has decided on it, or it sounded again since.
    Open = "open",
    /// Somebody keeps an eye on it.
    Watching = "watching",
    /// A notice was drafted from it.
    Noticed = "noticed",
    /// It is told by another alarm.
    Merged = "merged",
    /// Somebody saw no reason to act.
    Dismissed = "dismissed",
}

/// What an alarm is about. Printed as `KH`, `KH:Poipet`, `TW>KH` or `011`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A country.
    Country(Country),
    /// A place in a country.
    Place(Country, String),
    /// From the first to the second.
    Route(Country, Country),
    /// A region.
    Region(Region),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Country(country) => write!(f, "{country}"),
            Self::Place(country, place) => write!(f, "{country}:{place}"),
            Self::Route(from, to) => write!(f, "{from}>{to}"),
            Self::Region(region) => write!(f, "{region}"),
        }
    }
}

/// An alarm; it always carries the incidents that it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Alarm {
    /// Derived from kind, subject and variant.
    pub id: AlarmId,
    /// What kind of change.
    pub kind: AlarmKind,
    /// What it is about.
    pub subject: Subject,
    /// The trend or a look-alike.
    pub variant: Variant,
    /// The day on which it could first be known.
    pub raised_on: Date,
    /// The day from which the first of its incidents was known.
    pub first_incident_on: Date,
    /// How many days would pass, on average, between alarms as strong as this if nothing new happened
    /// (recurrence interval, as SaTScan defines it).
    pub recurrence_interval_days: f64,
    /// How strong it is, for ranking: higher is more urgent.
    pub score: f64,
    /// How many independent publishers stand behind it.
    pub sources: u32,
    /// The events behind it, in order of the day from which they were known.
    pub events: Vec1<String>,
    /// The incidents behind it, in the same order.
    pub incidents: Vec1<IncidentId>,
}

impl Alarm {
    /// The id of an alarm of this kind on this subject.
    pub fn derive_id(kind: AlarmKind, subject: &Subject, variant: Variant) -> AlarmId {
        let parts = [kind.as_str(), &subject.to_string(), variant.as_str()].map(|part| part.to_owned());
        AlarmId::derive(&[parts[0].as_bytes(), parts[1].as_bytes(), parts[2].as_bytes()])
    }
}
