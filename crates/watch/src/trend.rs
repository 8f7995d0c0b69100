//! Figures on the trend, each as known at the end of a day, each with its uncertainty.
//!
//! Events are counted, not rows. What the figures say is bounded by what the press wrote; they are no census.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::{Country, Date, Incident, IncidentKind, PersonRole, Region, Variant};

use crate::diversity::hill;
use crate::evaluation::{CONFIRMED_EVENTS_MIN, CONFIRMED_PUBLISHERS_MIN};
use crate::report;
use crate::source;

/// The normal quantile of a two-sided 95 % interval.
const Z95: f64 = 1.959_964;

/// A figure with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How diverse the origins are: Hill numbers, corrected for origins that were not seen; a delete-one-event
/// jackknife gives the intervals (Efron 1982).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Diversity {
    /// Order 0: how many countries of origin there are, seen and unseen (Chao1, a lower bound).
    pub richness: Estimate,
    /// Order 1: how many there would be if all were equally common (exponential of the entropy).
    pub effective_q1: Estimate,
    /// Order 2: the same, counting mostly the common ones (inverse of the Simpson concentration).
    pub effective_q2: Estimate,
}

/// The part of the events that fell into a region of hubs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The region.
    pub region: Region,
    /// Events in it; one that fell into several is split evenly.
    pub events: f64,
    /// Its share of all events with a hub, 0 to 1, with the Wilson interval.
    pub share: Estimate,
}

/// How many people, at least and at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct People {
    /// At least.
    pub min: u64,
    /// At most.
    pub max: u64,
}

/// The figures as known at the end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The day.
    pub as_of: Date,
    /// The trend or a look-alike.
    pub variant: Variant,
    /// Events known.
    pub events: usize,
    /// Hub countries with at least one event, in order of code.
    pub hubs: Vec<Country>,
    /// Those of them with at least three events from at least three publishers.
    pub hubs_confirmed: Vec<Country>,
    /// Countries of origin with at least one event, in order of code.
    pub origins: Vec<Country>,
    /// The diversity of those origins, by events.
    pub origin_diversity: Diversity,
    /// Shares of the regions of hubs, largest first.
    pub regions: Vec<Share>,
    /// People held. Of several reports of one event, one counts; official totals overlap, so they are not
    /// added, but the largest of them can raise the maximum.
    pub people: People,
}

/// The figures as known at the end of `day`, from nothing that became known later.
pub fn figures(incidents: &[Incident], variant: Variant, day: Date) -> Figures {
    let known: Vec<&Incident> =
        incidents.iter().filter(|i| report::speaks_of(i, variant) && i.known_at(day)).collect();
    let mut events: BTreeMap<&str, Vec<&Incident>> = BTreeMap::new();
    for &incident in &known {
        events.entry(&incident.event).or_default().push(incident);
    }
    let origins_of = |rows: &Vec<&Incident>| -> BTreeSet<Country> {
        rows.iter().filter(|row| is_held(row, variant)).filter_map(|row| row.origin).collect()
    };
    let by_event: Vec<BTreeSet<Country>> = events.values().map(origins_of).collect();
    let (hubs, hubs_confirmed) = hubs(&known);
    Figures {
        as_of: day,
        variant,
        events: events.len(),
        hubs,
        hubs_confirmed,
        origins: by_event.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect(),
        origin_diversity: diversity(&by_event),
        regions: regions(&events),
        people: people(&events, variant),
    }
}

/// The figures of each of `days`, in their order.
pub fn series(incidents: &[Incident], variant: Variant, days: &[Date]) -> Vec<Figures> {
    days.iter().map(|day| figures(incidents, variant, *day)).collect()
}

/// Whether a report's people are those held: in the trend, suspects are not.
pub(crate) fn is_held(incident: &Incident, variant: Variant) -> bool {
    variant != Variant::ScamCentre || incident.person_role != Some(PersonRole::Suspect)
}

pub(crate) fn hubs(known: &[&Incident]) -> (Vec<Country>, Vec<Country>) {
    let mut seen: BTreeMap<Country, (BTreeSet<&str>, BTreeSet<&str>)> = BTreeMap::new();
    for incident in known {
        if let Some(hub) = incident.hub {
            let (events, publishers) = seen.entry(hub).or_default();
            events.insert(&incident.event);
            publishers.insert(incident.publication.publisher.trim());
        }
    }
    let confirmed = seen.iter().filter(|(_, (events, publishers))| {
        events.len() >= CONFIRMED_EVENTS_MIN && publishers.len() >= CONFIRMED_PUBLISHERS_MIN
    });
    (seen.keys().copied().collect(), confirmed.map(|(hub, _)| *hub).collect())
}

fn diversity(by_event: &[BTreeSet<Country>]) -> Diversity {
    let mut counts: BTreeMap<Country, u32> = BTreeMap::new();
    for country in by_event.iter().flatten() {
        *counts.entry(*country).or_insert(0) += 1;
    }
    let abundances = |counts: &BTreeMap<Country, u32>| counts.values().copied().collect::<Vec<u32>>();
    let whole = hill(&abundances(&counts));
    let informative: Vec<&BTreeSet<Country>> = by_event.iter().filter(|event| !event.is_empty()).collect();
    let without: Vec<[f64; 3]> = informative
        .iter()
        .map(|event| {
            event.iter().for_each(|country| *counts.entry(*country).or_insert(0) -= 1);
            let values = hill(&abundances(&counts));
            event.iter().for_each(|country| *counts.entry(*country).or_insert(0) += 1);
            values
        })
        .collect();
    let observed = counts.len() as f64;
    let estimate = |order: usize, low_min: f64| {
        let m = without.len() as f64;
        let mean = without.iter().map(|values| values[order]).sum::<f64>() / m.max(1.0);
        let squares: f64 = without.iter().map(|values| (values[order] - mean).powi(2)).sum();
        let error = ((m - 1.0).max(0.0) / m.max(1.0) * squares).sqrt();
        let value = whole[order];
        Estimate { value, low: (value - Z95 * error).max(low_min), high: value + Z95 * error }
    };
    let least = observed.min(1.0);
    Diversity {
        richness: estimate(0, observed),
        effective_q1: estimate(1, least),
        effective_q2: estimate(2, least),
    }
}

fn regions(events: &BTreeMap<&str, Vec<&Incident>>) -> Vec<Share> {
    let mut counts: BTreeMap<Region, f64> = BTreeMap::new();
    let mut all = 0.0;
    for rows in events.values() {
        let regions: BTreeSet<Region> = rows.iter().filter_map(|row| row.hub).map(Country::region).collect();
        all += if regions.is_empty() { 0.0 } else { 1.0 };
        for region in &regions {
            *counts.entry(*region).or_insert(0.0) += 1.0 / regions.len() as f64;
        }
    }
    let share = |(region, events)| Share { region, events, share: wilson(events, all) };
    let mut shares: Vec<Share> = counts.into_iter().map(share).collect();
    shares.sort_by(|a, b| b.events.total_cmp(&a.events).then_with(|| a.region.cmp(&b.region)));
    shares
}

/// The share `count` of `all` with Wilson's interval (Wilson 1927).
fn wilson(count: f64, all: f64) -> Estimate {
    let p = count / all;
    let z2 = Z95 * Z95 / all;
    let middle = (p + z2 / 2.0) / (1.0 + z2);
    let half = Z95 / (1.0 + z2) * (p * (1.0 - p) / all + z2 / (4.0 * all)).sqrt();
    Estimate { value: p, low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
}

/// People over all events. Those reported held may be the same as those rescued later, so the least is the
/// larger of the two sums; the most is both together, or the largest official total.
pub(crate) fn people(events: &BTreeMap<&str, Vec<&Incident>>, variant: Variant) -> People {
    let mut found = People::default();
    let mut reported = People::default();
    let mut total_max = 0;
    for rows in events.values() {
        let held = || rows.iter().copied().filter(|row| is_held(row, variant));
        let is_found = |kind| matches!(kind, IncidentKind::Raid | IncidentKind::VictimsRescued);
        let counted: Vec<&Incident> = held().filter(|row| row.kind != IncidentKind::Statistic).collect();
        let of_event = people_of_event(&counted);
        let sum = if counted.iter().any(|row| is_found(row.kind)) { &mut found } else { &mut reported };
        sum.min += of_event.min;
        sum.max += of_event.max;
        let totals = held().filter(|row| row.kind == IncidentKind::Statistic).filter_map(|row| row.count);
        total_max = total_max.max(u64::from(totals.max().unwrap_or(0)));
    }
    People { min: found.min.max(reported.min), max: (found.max + reported.max).max(total_max) }
}

/// People in one event: the least and the greatest total that a source states; the sums of what is told by
/// origin, with the least and the greatest of each, where that is more or no total is stated.
fn people_of_event(rows: &[&Incident]) -> People {
    let mut totals: BTreeMap<String, u64> = BTreeMap::new();
    let mut by_origin: BTreeMap<Country, People> = BTreeMap::new();
    for row in rows {
        let Some(count) = row.count.map(u64::from) else { continue };
        match row.origin {
            Some(origin) => {
                let people = by_origin.entry(origin).or_insert(People { min: count, max: count });
                *people = People { min: people.min.min(count), max: people.max.max(count) };
            }
            None => {
                let total = totals.entry(source::source_key(&row.publication)).or_insert(0);
                *total = (*total).max(count);
            }
        }
    }
    let sum = |end: fn(&People) -> u64| by_origin.values().map(end).sum::<u64>();
    let (least, most) = (sum(|people| people.min), sum(|people| people.max));
    match totals.values().min() {
        Some(total) => People { min: *total, max: totals.values().copied().max().unwrap_or(0).max(most) },
        None => People { min: least, max: most },
    }
}
