//! How good the watch is: walk-forward over incidents whose outcome is known.
//!
//! A hub counts as confirmed when it ends with enough coercive events from enough publishers; unconfirmed is
//! not the same as false. The outcome is only used to judge alarms, never to raise them.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::date::days_between;
use forewarn_model::{Alarm, AlarmKind, Country, Date, Incident, Subject, Variant};

use crate::config::Config;
use crate::replay::{as_of, hearings, replay};
pub use crate::world::Hearing;

/// A confirmed hub has at least this many coercive events...
pub const CONFIRMED_EVENTS_MIN: usize = 3;
/// ...from at least this many publishers.
pub const CONFIRMED_PUBLISHERS_MIN: usize = 3;

/// What became of one country, and when the watch said so.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The country.
    pub hub: Country,
    /// The day on which the first coercive report became known.
    pub first_known: Date,
    /// Coercive events by the end.
    pub events: usize,
    /// Publishers of those events by the end.
    pub publishers: usize,
    /// The day of the hub alarm.
    pub alarmed_on: Option<Date>,
    /// Its place in the ranking of hub alarms by the end, from 1.
    pub rank: Option<usize>,
    /// The day on which it was heard strongest, up to its alarm.
    pub hearing: Option<Hearing>,
}

/// A delay of more days than this needs an explanation.
pub const LATE_DAYS: i32 = 30;

impl Outcome {
    /// Whether it ended as a confirmed hub.
    pub fn is_confirmed(&self) -> bool {
        self.events >= CONFIRMED_EVENTS_MIN && self.publishers >= CONFIRMED_PUBLISHERS_MIN
    }

    /// Days from the first coercive report to the alarm.
    pub fn delay_days(&self) -> Option<i32> {
        self.alarmed_on.map(|day| days_between(self.first_known, day))
    }

    /// What needs explaining, and why it came so; none where a confirmed hub had its alarm in time, or where a
    /// country with few reports had none.
    pub fn explanation(&self, recurrence_days: f64) -> Option<String> {
        let reports = format!(
            "{} and {} by the end",
            plural(self.events, "coercive event", "coercive events"),
            plural(self.publishers, "publisher", "publishers")
        );
        let expected = match self.hearing {
            Some(hearing) if hearing.expected => {
                "near an established hub, or with fraud centres staffed from abroad before"
            }
            _ => "where nothing was to be expected",
        };
        let strongest = self.hearing.map_or(String::new(), |hearing| {
            format!(
                "; on {} chance would do as much once in {:.0} days, and {recurrence_days:.0} are asked for",
                hearing.day, hearing.recurrence_days
            )
        });
        match (self.is_confirmed(), self.delay_days()) {
            (true, None) => Some(format!("missed: {expected}; {reports}{strongest}")),
            (true, Some(days)) if days > LATE_DAYS => {
                Some(format!("{days} days late: the first report alone was too weak; {expected}; {reports}"))
            }
            (false, Some(_)) => Some(format!("not confirmed: {expected}; {reports}")),
            _ => None,
        }
    }
}

/// The figures of one setting.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Every country with a coercive report, in order of the first.
    pub outcomes: Vec<Outcome>,
    /// How many hub alarms sounded.
    pub alarms: usize,
    /// How many confirmed hubs there are, and how many of them had an alarm.
    pub confirmed: usize,
    /// See `confirmed`.
    pub found: usize,
    /// The median delay of the confirmed hubs in days; one without an alarm counts as infinitely late.
    pub median_delay_days: Option<f64>,
    /// The share of confirmed hubs among the first ten of the ranking of hub alarms by the end.
    pub precision_at_10: f64,
}

/// One point of the curve of alarms against confirmed hubs and delay.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The threshold.
    pub recurrence_days: f64,
    /// What came of it.
    pub evaluation: Evaluation,
}

/// Replays `incidents` until `until` and judges the hub alarms by what was known then.
pub fn evaluate(incidents: &[Incident], config: &Config, until: Date) -> Evaluation {
    let config = Config { variants: vec![Variant::ScamCentre], surges: false, ..config.clone() };
    let hubs = |alarms: Vec<Alarm>| -> Vec<(Country, Date)> {
        let hub = |alarm: Alarm| match (alarm.kind, alarm.subject) {
            (AlarmKind::Hub, Subject::Country(hub)) => Some((hub, alarm.raised_on)),
            _ => None,
        };
        alarms.into_iter().filter_map(hub).collect()
    };
    let alarms = hubs(replay(incidents, &config, until));
    let ranking = hubs(as_of(incidents, &config, until));
    let heard = hearings(incidents, &config, until);
    let mut outcomes = outcomes(incidents, until);
    for outcome in &mut outcomes {
        outcome.alarmed_on = alarms.iter().find(|(hub, _)| *hub == outcome.hub).map(|(_, day)| *day);
        outcome.hearing = heard.get(&outcome.hub).copied();
        outcome.rank = ranking.iter().position(|(hub, _)| *hub == outcome.hub).map(|index| index + 1);
    }
    judged(outcomes, alarms.len(), ranking.len())
}

fn judged(outcomes: Vec<Outcome>, alarms: usize, ranking: usize) -> Evaluation {
    let confirmed: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.is_confirmed()).collect();
    let ranked = ranking.min(10);
    let right = confirmed.iter().filter(|outcome| outcome.rank.is_some_and(|rank| rank <= 10)).count();
    Evaluation {
        alarms,
        confirmed: confirmed.len(),
        found: confirmed.iter().filter(|outcome| outcome.alarmed_on.is_some()).count(),
        median_delay_days: median(confirmed.iter().map(|outcome| outcome.delay_days()).collect()),
        precision_at_10: right as f64 / ranked.max(1) as f64,
        outcomes,
    }
}

/// The curve over thresholds, in their order.
pub fn curve(incidents: &[Incident], config: &Config, until: Date, recurrence_days: &[f64]) -> Vec<Point> {
    let point = |&recurrence_days: &f64| {
        let config = Config { recurrence_days, ..config.clone() };
        Point { recurrence_days, evaluation: evaluate(incidents, &config, until) }
    };
    recurrence_days.iter().map(point).collect()
}

/// A rule so simple that a watch must beat it: an alarm when a country has so many events and publishers
/// within so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What it is called.
    pub name: &'static str,
    /// Coercive events...
    pub events_min: usize,
    /// ...and publishers...
    pub publishers_min: usize,
    /// ...that became known within so many days.
    pub days: i32,
}

/// The rules that the watch is compared with.
pub const RULES: [Rule; 3] = [
    Rule { name: "first coercive row", events_min: 1, publishers_min: 1, days: 1 },
    Rule { name: "2 publishers in 180 days", events_min: 1, publishers_min: 2, days: 180 },
    Rule { name: "2 events and 2 publishers in 365 days", events_min: 2, publishers_min: 2, days: 365 },
];

/// What a rule would have said, judged as the watch is. It gives no order, so hubs rank by day of alarm.
pub fn baseline(incidents: &[Incident], rule: &Rule, until: Date) -> Evaluation {
    let mut rows: BTreeMap<Country, Vec<&Incident>> = BTreeMap::new();
    for incident in incidents.iter().filter(|i| i.is_coercive() && i.known_at(until)) {
        if let Some(hub) = incident.hub {
            rows.entry(hub).or_default().push(incident);
        }
    }
    let mut outcomes = outcomes(incidents, until);
    for outcome in &mut outcomes {
        let Some(rows) = rows.get_mut(&outcome.hub) else { continue };
        rows.sort_by_key(|row| row.known_from.latest());
        outcome.alarmed_on = rows.iter().map(|row| row.known_from.latest()).find(|day| {
            let within = || {
                rows.iter().filter(|row| {
                    let age = days_between(row.known_from.latest(), *day);
                    (0..rule.days).contains(&age)
                })
            };
            let events: BTreeSet<&str> = within().map(|row| row.event.as_str()).collect();
            let publishers: BTreeSet<String> = within().map(|row| publisher(row)).collect();
            events.len() >= rule.events_min && publishers.len() >= rule.publishers_min
        });
    }
    let mut alarmed: Vec<(Date, Country)> =
        outcomes.iter().filter_map(|outcome| Some((outcome.alarmed_on?, outcome.hub))).collect();
    alarmed.sort_unstable();
    for outcome in &mut outcomes {
        let rank = alarmed.iter().position(|(_, hub)| *hub == outcome.hub);
        outcome.rank = rank.map(|index| index + 1);
    }
    judged(outcomes, alarmed.len(), alarmed.len())
}

fn publisher(incident: &Incident) -> String {
    incident.publication.publisher.trim().to_lowercase()
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn outcomes(incidents: &[Incident], until: Date) -> Vec<Outcome> {
    type Seen<'a> = (Date, BTreeSet<&'a str>, BTreeSet<String>);
    let mut hubs: BTreeMap<Country, Seen<'_>> = BTreeMap::new();
    for incident in incidents.iter().filter(|i| i.is_coercive() && i.known_at(until)) {
        let Some(hub) = incident.hub else { continue };
        let known = incident.known_from.latest();
        let seen = hubs.entry(hub).or_insert((known, BTreeSet::new(), BTreeSet::new()));
        seen.0 = seen.0.min(known);
        seen.1.insert(&incident.event);
        seen.2.insert(publisher(incident));
    }
    let outcome = |(hub, (first_known, events, publishers)): (Country, Seen<'_>)| Outcome {
        hub,
        first_known,
        events: events.len(),
        publishers: publishers.len(),
        alarmed_on: None,
        rank: None,
        hearing: None,
    };
    let mut outcomes: Vec<Outcome> = hubs.into_iter().map(outcome).collect();
    outcomes.sort_by_key(|outcome| (outcome.first_known, outcome.hub));
    outcomes
}

/// The median of delays, of which some are infinite; none if it is infinite or there are none.
fn median(mut delays: Vec<Option<i32>>) -> Option<f64> {
    delays.sort_by_key(|delay| delay.unwrap_or(i32::MAX));
    let middle = delays.len() / 2;
    let upper = (*delays.get(middle)?)?;
    if delays.len() % 2 == 1 {
        return Some(f64::from(upper));
    }
    let lower = delays[middle - 1]?;
    Some((f64::from(lower) + f64::from(upper)) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(delays: &[Option<i32>], expected: Option<f64>) {
        assert_eq!(median(delays.to_vec()), expected, "{delays:?}");
    }

    #[test]
    fn a_hub_without_an_alarm_is_infinitely_late() {
        check(&[], None);
        check(&[Some(7)], Some(7.0));
        check(&[Some(7), None, Some(0)], Some(7.0));
        check(&[None, Some(7), Some(0), Some(2)], Some(4.5));
        check(&[None, Some(7)], None);
    }
}
