//! The course of the trend: where it was at the end of each of many days, told by what changed.
//!
//! One day gives an [`Outline`]; many days give a [`Course`], which a map with a slider can show without asking
//! again. Everything is as known at the end of its day. This room draws nothing and names nothing: countries are
//! codes.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::{Country, Date, Incident, Variant};

use crate::report;
use crate::trend::{People, hubs, is_held, people};

/// What is known at the end of a day, without the figures that take long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The day.
    pub as_of: Date,
    /// Events known.
    pub events: usize,
    /// Hub countries with at least one event, in order of code.
    pub hubs: Vec<Country>,
    /// Those of them with at least three events from at least three publishers.
    pub hubs_confirmed: Vec<Country>,
    /// Countries of origin with at least one event, in order of code.
    pub origins: Vec<Country>,
    /// From where to where, with the number of events, in order of code.
    pub routes: Vec<(Country, Country, usize)>,
    /// Places of hubs, as sources write them, in order.
    pub places: Vec<(Country, String)>,
    /// People held, as in [`crate::trend::Figures::people`].
    pub people: People,
}

/// How far a hub is established.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HubState {
    /// Nothing is known of it, or no longer.
    Unknown,
    /// At least one event.
    Reported,
    /// At least three events from at least three publishers.
    Confirmed,
}

/// How something changed: from which step on it had which value. What stays is not told again.
pub type Changes<T> = Vec<(usize, T)>;

/// The course over days; a step is the index of a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// The outlines by step, in the order of the days.
    pub outlines: Vec<Outline>,
    /// Hubs, in order of code.
    pub hubs: BTreeMap<Country, Changes<HubState>>,
    /// Whether people from a country are known to be held, in order of code.
    pub origins: BTreeMap<Country, Changes<bool>>,
    /// Events on a route, origin first, in order of code.
    pub routes: BTreeMap<(Country, Country), Changes<usize>>,
    /// Whether a place is known.
    pub places: BTreeMap<(Country, String), Changes<bool>>,
}

/// The outline at the end of `day`, from nothing that became known later.
pub fn outline(incidents: &[Incident], variant: Variant, day: Date) -> Outline {
    let known: Vec<&Incident> =
        incidents.iter().filter(|i| report::speaks_of(i, variant) && i.known_at(day)).collect();
    let mut events: BTreeMap<&str, Vec<&Incident>> = BTreeMap::new();
    let mut origins: BTreeSet<Country> = BTreeSet::new();
    let mut routes: BTreeMap<(Country, Country), BTreeSet<&str>> = BTreeMap::new();
    let mut places: BTreeSet<(Country, String)> = BTreeSet::new();
    for &incident in &known {
        events.entry(&incident.event).or_default().push(incident);
        let origin = incident.origin.filter(|_| is_held(incident, variant));
        origins.extend(origin);
        if let (Some(origin), Some(hub)) = (origin, incident.hub)
            && origin != hub
        {
            routes.entry((origin, hub)).or_default().insert(&incident.event);
        }
        if let (Some(hub), Some(place)) = (incident.hub, &incident.place) {
            places.insert((hub, place.clone()));
        }
    }
    let (hubs, hubs_confirmed) = hubs(&known);
    Outline {
        as_of: day,
        events: events.len(),
        hubs,
        hubs_confirmed,
        origins: origins.into_iter().collect(),
        routes: routes.into_iter().map(|((from, to), events)| (from, to, events.len())).collect(),
        places: places.into_iter().collect(),
        people: people(&events, variant),
    }
}

/// The course over `days`, in their order.
pub fn course(incidents: &[Incident], variant: Variant, days: &[Date]) -> Course {
    let outlines: Vec<Outline> = days.iter().map(|day| outline(incidents, variant, *day)).collect();
    let hub_states = |outline: &Outline| {
        let confirmed = |hub: &Country| outline.hubs_confirmed.binary_search(hub).is_ok();
        let state = |hub: &Country| if confirmed(hub) { HubState::Confirmed } else { HubState::Reported };
        outline.hubs.iter().map(|hub| (*hub, state(hub))).collect()
    };
    let routes = |outline: &Outline| outline.routes.iter().map(|(from, to, n)| ((*from, *to), *n)).collect();
    Course {
        hubs: changes(&outlines, HubState::Unknown, hub_states),
        origins: changes(&outlines, false, |outline| outline.origins.iter().map(|c| (*c, true)).collect()),
        routes: changes(&outlines, 0, routes),
        places: changes(&outlines, false, |outline| {
            outline.places.iter().map(|place| (place.clone(), true)).collect()
        }),
        outlines,
    }
}

/// What changed from step to step; what a step does not name has the value `absent`, as everything has before
/// the first.
fn changes<K: Ord + Clone, T: PartialEq + Clone>(
    outlines: &[Outline],
    absent: T,
    values: impl Fn(&Outline) -> BTreeMap<K, T>,
) -> BTreeMap<K, Changes<T>> {
    let mut all: BTreeMap<K, Changes<T>> = BTreeMap::new();
    for (step, outline) in outlines.iter().enumerate() {
        let now = values(outline);
        for (key, value) in &now {
            let past = all.entry(key.clone()).or_default();
            if past.last().is_none_or(|(_, last)| last != value) {
                past.push((step, value.clone()));
            }
        }
        for (key, past) in &mut all {
            let gone = !now.contains_key(key) && past.last().is_some_and(|(_, last)| *last != absent);
            if gone {
                past.push((step, absent.clone()));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trend::figures;

    /// Every column of a line: event, known from, hub, place, origin, publisher, retracted on.
    fn incident(line: &str) -> Incident {
        let mut columns = line.split('|').map(str::trim);
        let mut next = || columns.next().unwrap_or_default().to_owned();
        let (event, known, hub, place, origin, publisher, retracted) =
            (next(), next(), next(), next(), next(), next(), next());
        let mut incident = Incident {
            id: forewarn_model::IncidentId::from_bytes([0; 20]),
            event,
            happened: known.parse().unwrap(),
            basis: forewarn_model::DateBasis::Event,
            known_from: known.parse().unwrap(),
            kind: forewarn_model::IncidentKind::VictimsRescued,
            hub: hub.parse().ok(),
            place: (!place.is_empty()).then_some(place),
            origin: origin.parse().ok(),
            count: Some(10),
            coercion_stated: true,
            variant: Variant::ScamCentre,
            person_role: Some(forewarn_model::PersonRole::Victim),
            publication: forewarn_model::Publication {
                url: format!("https://{publisher}.example/"),
                publisher,
            },
            summary: "s".to_owned(),
            grading: forewarn_model::Grading::UNKNOWN,
            retracted_on: retracted.parse().ok(),
        };
        incident.id = incident.derive_id();
        incident
    }

    const STORY: [&str; 5] = [
        "a | 2021-01-10 | KH | Sihanoukville | VN | one",
        "b | 2021-02-10 | KH | Sihanoukville | VN | two",
        "c | 2021-02-11 | MM | | KE | two | 2021-03-05",
        "d | 2021-03-01 | KH | Poipet | TH | three",
        "e | 2021-03-02 | KH | | KH | three",
    ];

    fn story() -> (Vec<Incident>, Vec<Date>) {
        let days = ["2021-01-31", "2021-02-28", "2021-03-31"].map(|day| day.parse().unwrap());
        (STORY.iter().map(|line| incident(line)).collect(), days.to_vec())
    }

    #[test]
    fn tells_what_changed_and_when() {
        let (incidents, days) = story();
        let course = course(&incidents, Variant::ScamCentre, &days);
        let lines: Vec<String> = course
            .hubs
            .iter()
            .map(|(hub, changes)| format!("{hub} {changes:?}"))
            .chain(course.origins.iter().map(|(origin, changes)| format!("{origin} {changes:?}")))
            .chain(course.routes.iter().map(|((from, to), changes)| format!("{from}-{to} {changes:?}")))
            .chain(course.places.iter().map(|((hub, place), changes)| format!("{hub} {place} {changes:?}")))
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        KH [(0, Reported), (2, Confirmed)]
        MM [(1, Reported), (2, Unknown)]
        KE [(1, true), (2, false)]
        KH [(2, true)]
        TH [(2, true)]
        VN [(0, true)]
        KE-MM [(1, 1), (2, 0)]
        TH-KH [(2, 1)]
        VN-KH [(0, 1), (1, 2)]
        KH Poipet [(2, true)]
        KH Sihanoukville [(0, true)]
        ");
    }

    #[test]
    fn says_what_the_figures_say() {
        let (incidents, days) = story();
        for day in days {
            let outline = outline(&incidents, Variant::ScamCentre, day);
            let figures = figures(&incidents, Variant::ScamCentre, day);
            assert_eq!(outline.hubs, figures.hubs);
            assert_eq!(outline.hubs_confirmed, figures.hubs_confirmed);
            assert_eq!(outline.origins, figures.origins);
            assert_eq!((outline.events, outline.people), (figures.events, figures.people));
        }
    }
}
