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
    /// (recurrence interval, as SaTScan defines it). An estimate that may reach far beyond the record: people are
    /// told [`Alarm::rarity`].
    pub recurrence_interval_days: f64,
    /// The longest interval that the record bears out, in days: how long it was listened to until the alarm, or the
    /// interval that the watch is set to where that is longer.
    pub recurrence_backed_days: f64,
    /// How strong it is, for ranking: higher is more urgent.
    pub score: f64,
    /// How many independent publishers stand behind it.
    pub sources: u32,
    /// The events behind it, in order of the day from which they were known.
    pub events: Vec1<String>,
    /// The incidents behind it, in the same order.
    pub incidents: Vec1<IncidentId>,
}

/// How rare an alarm as strong would be by chance, as far as it may be said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rarity {
    /// Once in about so many days.
    pub days: f64,
    /// More rarely than that: how much more, the record is too short to say.
    pub is_bound: bool,
}

/// An interval in the unit in which people think of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    /// So many months, at least one.
    Months(u32),
    /// So many years, at least two, or more than one and a half.
    Years(u32),
}

impl Rarity {
    /// In months or years. A bound is rounded down, so that nothing is said that the record does not bear out.
    pub fn interval(self) -> Interval {
        const YEAR_DAYS: f64 = 365.25;
        const MONTH_DAYS: f64 = 30.44;
        // A setting of two years is 730 days.
        let whole = |days: f64| if self.is_bound { (days + 0.01).floor() } else { days.round() };
        if self.days >= 1.5 * YEAR_DAYS {
            return Interval::Years(whole(self.days / YEAR_DAYS).max(1.0) as u32);
        }
        Interval::Months(whole(self.days / MONTH_DAYS).max(1.0) as u32)
    }
}

impl Alarm {
    /// How rare chance would make an alarm as strong: its recurrence interval, but no longer than the record bears
    /// out. A rate that was met nowhere in eight years is rarer than once in eight years, and more is not known.
    pub fn rarity(&self) -> Rarity {
        let (days, backed) = (self.recurrence_interval_days, self.recurrence_backed_days);
        let is_bound = days.is_nan() || days > backed;
        Rarity { days: if is_bound { backed } else { days }, is_bound }
    }

    /// The id of an alarm of this kind on this subject.
    pub fn derive_id(kind: AlarmKind, subject: &Subject, variant: Variant) -> AlarmId {
        let parts = [kind.as_str(), &subject.to_string(), variant.as_str()].map(|part| part.to_owned());
        AlarmId::derive(&[parts[0].as_bytes(), parts[1].as_bytes(), parts[2].as_bytes()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(interval_days: f64, backed_days: f64, expected: (Interval, bool)) {
        let subject = Subject::Region("011".parse().unwrap());
        let alarm = Alarm {
            id: Alarm::derive_id(AlarmKind::Region, &subject, Variant::ScamCentre),
            kind: AlarmKind::Region,
            subject,
            variant: Variant::ScamCentre,
            raised_on: Date::MAX,
            first_incident_on: Date::MAX,
            recurrence_interval_days: interval_days,
            recurrence_backed_days: backed_days,
            score: 1.0,
            sources: 1,
            events: Vec1::new("e".to_owned()),
            incidents: Vec1::new(IncidentId::derive(&[b"i"])),
        };
        let rarity = alarm.rarity();
        assert_eq!((rarity.interval(), rarity.is_bound), expected);
    }

    #[test]
    fn nothing_is_rarer_than_the_record_bears_out() {
        check(1.0, 730.0, (Interval::Months(1), false));
        check(100.0, 730.0, (Interval::Months(3), false));
        check(2064.0, 2600.0, (Interval::Years(6), false));
        check(2064.0, 2060.0, (Interval::Years(5), true));
        check(1e9, 2900.0, (Interval::Years(7), true));
        check(800.0, 730.0, (Interval::Years(2), true));
        check(400.0, 200.0, (Interval::Months(6), true));
        check(f64::INFINITY, 730.0, (Interval::Years(2), true));
        check(f64::NAN, 730.0, (Interval::Years(2), true));
    }
}
