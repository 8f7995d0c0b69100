//! Histories in which nothing emerges: what chance alone would make the watch say.
//!
//! Two of them, since no one history is the null of every kind. *Scattered*: the same reports on the same
//! days, from the same sources, but each event falls on a country, a place and origins drawn at random; so
//! nothing new can be more than chance. *Dealt*: the same events, but their days are dealt anew among them; so
//! nothing grows, and the volume of reporting stays as it was. Alarms on what is new are counted in the first,
//! surges and displacements in the second.

use std::collections::BTreeMap;

use forewarn_model::date::{add_days, days_between};
use forewarn_model::{Alarm, AlarmKind, Country, Date, Incident, PartialDate, Variant};

use crate::config::Config;
use crate::random::SplitMix64;
use crate::replay::replay;
use crate::report;

/// Places that a scattered event can fall on: about as many as towns of a hub that are ever named.
const PLACES: usize = 4_000;

/// How often chance alone raised alarms of one kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// The kind.
    pub kind: AlarmKind,
    /// Alarms a year, the mean over the histories.
    pub per_year: f64,
    /// Its standard error.
    pub error: f64,
}

/// How many alarms of each kind, in the order of [`AlarmKind::ALL`], one history raised at each threshold.
pub type Counts = Vec<[u32; AlarmKind::ALL.len()]>;

/// Alarms a year of each kind under the null, for each of `recurrence_days`: the mean over `runs` histories
/// drawn from `seed`. The setting holds where it is at most 365.25 / `recurrence_days`.
pub fn rates(
    incidents: &[Incident],
    config: &Config,
    until: Date,
    recurrence_days: &[f64],
    seed: u64,
    runs: u32,
) -> Vec<Vec<Rate>> {
    let counts: Vec<Counts> =
        (0..runs).map(|run| history(incidents, config, until, recurrence_days, seed, run)).collect();
    summary(incidents, until, recurrence_days.len(), &counts)
}

/// One history, number `run` of those drawn from `seed`: it does not depend on the others, so that they can be
/// drawn in any order, or at once.
pub fn history(
    incidents: &[Incident],
    config: &Config,
    until: Date,
    recurrence_days: &[f64],
    seed: u64,
    run: u32,
) -> Counts {
    let wanted = watched(incidents, until);
    let mut random = SplitMix64::new(SplitMix64::new(seed ^ (u64::from(run) << 32)).next());
    let (scattered, dealt) = (scatter(&wanted, &mut random), deal(&wanted, &mut random));
    let counts = |days: &f64| {
        let of = |surges| Config {
            recurrence_days: *days,
            variants: vec![Variant::ScamCentre],
            surges,
            ..config.clone()
        };
        let mut alarms: Vec<Alarm> = replay(&scattered, &of(false), until);
        alarms.extend(replay(&dealt, &of(true), until).into_iter().filter(|alarm| is_surge(alarm.kind)));
        AlarmKind::ALL.map(|kind| alarms.iter().filter(|alarm| alarm.kind == kind).count() as u32)
    };
    recurrence_days.iter().map(counts).collect()
}

/// Alarms a year at each of so many `thresholds`, from what the histories of `incidents` raised until `until`.
pub fn summary(
    incidents: &[Incident],
    until: Date,
    thresholds: usize,
    histories: &[Counts],
) -> Vec<Vec<Rate>> {
    let wanted = watched(incidents, until);
    let Some(first) = wanted.iter().map(|incident| incident.known_from.latest()).min() else {
        return vec![Vec::new(); thresholds];
    };
    let years = f64::from(days_between(first, until) + 1) / 365.25;
    let n = histories.len().max(1) as f64;
    let rate = |threshold: usize, index: usize, kind: AlarmKind| {
        let of = histories.iter().map(|counts| f64::from(counts[threshold][index]));
        let (sum, squares) = of.fold((0.0, 0.0), |(sum, squares), x| (sum + x, squares + x * x));
        let (mean, square) = (sum / n, squares / n);
        let error = ((square - mean * mean).max(0.0) / n).sqrt() / years;
        Rate { kind, per_year: mean / years, error }
    };
    let all =
        |threshold| AlarmKind::ALL.iter().enumerate().map(|(at, kind)| rate(threshold, at, *kind)).collect();
    (0..thresholds).map(all).collect()
}

/// Whether a kind tells of growth rather than of something new.
fn is_surge(kind: AlarmKind) -> bool {
    matches!(kind, AlarmKind::Acceleration | AlarmKind::Displacement)
}

fn watched(incidents: &[Incident], until: Date) -> Vec<Incident> {
    let wanted = incidents.iter().filter(|incident| {
        report::speaks_of(incident, Variant::ScamCentre) && incident.known_from.latest() <= until
    });
    wanted.cloned().collect()
}

/// Every event on a country, a place and origins drawn at random; what named one country, place or origin in
/// an event still names one.
fn scatter(incidents: &[Incident], random: &mut SplitMix64) -> Vec<Incident> {
    let countries = Country::all();
    let mut hubs: BTreeMap<(&str, Option<Country>), Country> = BTreeMap::new();
    let mut origins: BTreeMap<(&str, Country), Country> = BTreeMap::new();
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut scattered = incidents.to_vec();
    for (incident, original) in scattered.iter_mut().zip(incidents) {
        let event = original.event.as_str();
        if original.hub.is_none() && report::region_named(original).is_some() {
            incident.summary = report::REGION_WORDS[random.below(report::REGION_WORDS.len())].0.to_owned();
        }
        if original.hub.is_some() {
            let drawn = hubs.entry((event, original.hub));
            incident.hub = Some(*drawn.or_insert_with(|| countries[random.below(countries.len())]));
        }
        if let Some(origin) = original.origin {
            let drawn = origins.entry((event, origin));
            incident.origin = Some(*drawn.or_insert_with(|| countries[random.below(countries.len())]));
        }
        if let Some(place) = original.place.as_deref() {
            let number = *places.entry((event, place)).or_insert_with(|| random.below(PLACES));
            incident.place = Some(format!("Place {number}"));
        }
    }
    scattered
}

/// The same events with their days dealt anew: all reports of an event move together.
fn deal(incidents: &[Incident], random: &mut SplitMix64) -> Vec<Incident> {
    let mut first: BTreeMap<&str, Date> = BTreeMap::new();
    for incident in incidents {
        let known = incident.known_from.latest();
        let day = first.entry(&incident.event).or_insert(known);
        *day = (*day).min(known);
    }
    let mut days: Vec<Date> = first.values().copied().collect();
    random.shuffle(&mut days);
    let shifts: BTreeMap<&str, i32> =
        first.iter().zip(&days).map(|((event, from), to)| (*event, days_between(*from, *to))).collect();
    let moved = |incident: &Incident| {
        let shift = shifts.get(incident.event.as_str()).copied().unwrap_or(0);
        let by = |date: Date| add_days(date, shift);
        Incident {
            happened: PartialDate::day(by(incident.happened.latest())),
            known_from: PartialDate::day(by(incident.known_from.latest())),
            retracted_on: incident.retracted_on.map(by),
            ..incident.clone()
        }
    };
    incidents.iter().map(moved).collect()
}
