//! How good the watch is: walk-forward over incidents whose outcome is known.
//!
//! A hub counts as confirmed when it ends with enough coercive events from enough publishers; unconfirmed is
//! not the same as false. The outcome is only used to judge alarms, never to raise them.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::date::days_between;
use forewarn_model::{Alarm, AlarmKind, Country, Date, Incident, Subject, Variant};

use crate::config::Config;
use crate::replay::{as_of, replay};

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
}

impl Outcome {
    /// Whether it ended as a confirmed hub.
    pub fn is_confirmed(&self) -> bool {
        self.events >= CONFIRMED_EVENTS_MIN && self.publishers >= CONFIRMED_PUBLISHERS_MIN
    }

    /// Days from the first coercive report to the alarm.
    pub fn delay_days(&self) -> Option<i32> {
        self.alarmed_on.map(|day| days_between(self.first_known, day))
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
    let mut outcomes = outcomes(incidents, until);
    for outcome in &mut outcomes {
        outcome.alarmed_on = alarms.iter().find(|(hub, _)| *hub == outcome.hub).map(|(_, day)| *day);
        outcome.rank = ranking.iter().position(|(hub, _)| *hub == outcome.hub).map(|index| index + 1);
    }
    let confirmed: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.is_confirmed()).collect();
    let ranked = ranking.len().min(10);
    let right = confirmed.iter().filter(|outcome| outcome.rank.is_some_and(|rank| rank <= 10)).count();
    Evaluation {
        alarms: alarms.len(),
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

fn outcomes(incidents: &[Incident], until: Date) -> Vec<Outcome> {
    type Seen<'a> = (Date, BTreeSet<&'a str>, BTreeSet<String>);
    let mut hubs: BTreeMap<Country, Seen<'_>> = BTreeMap::new();
    for incident in incidents.iter().filter(|i| i.is_coercive() && i.known_at(until)) {
        let Some(hub) = incident.hub else { continue };
        let known = incident.known_from.latest();
        let seen = hubs.entry(hub).or_insert((known, BTreeSet::new(), BTreeSet::new()));
        seen.0 = seen.0.min(known);
        seen.1.insert(&incident.event);
        seen.2.insert(incident.publication.publisher.trim().to_lowercase());
    }
    let outcome = |(hub, (first_known, events, publishers)): (Country, Seen<'_>)| Outcome {
        hub,
        first_known,
        events: events.len(),
        publishers: publishers.len(),
        alarmed_on: None,
        rank: None,
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
