//! Counting for a draft: events, publishers, countries, routes and people, each with the incidents that
//! prove it.
//!
//! Events are counted, not rows: several publishers tell of one event, and one publication has a row per
//! country of origin. People are counted as a range, because sources disagree and overlap.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::{Country, Date, Incident, IncidentKind, PartialDate, PersonRole};

/// Incidents that belong together, in order of the day from which they were known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Group<'a>(Vec<&'a Incident>);

/// A number of people, with what it was counted from.
#[derive(Debug, Clone)]
pub(crate) struct People<'a> {
    /// At least.
    pub(crate) min: i64,
    /// At most.
    pub(crate) max: i64,
    /// The rows that gave a number.
    pub(crate) rows: Group<'a>,
}

impl<'a> Group<'a> {
    /// A group of these, sorted by the day from which they were known, then by id.
    pub(crate) fn new(incidents: impl IntoIterator<Item = &'a Incident>) -> Self {
        let mut all: Vec<&Incident> = incidents.into_iter().collect();
        all.sort_by_key(|incident| (incident.known_from.latest(), incident.id));
        all.dedup_by_key(|incident| incident.id);
        Self(all)
    }

    /// The incidents.
    pub(crate) fn rows(&self) -> &[&'a Incident] {
        &self.0
    }

    /// Those for which `keep` holds.
    pub(crate) fn filter(&self, keep: impl Fn(&Incident) -> bool) -> Self {
        Self(self.0.iter().copied().filter(|incident| keep(incident)).collect())
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many events.
    pub(crate) fn events(&self) -> i64 {
        self.0.iter().map(|incident| incident.event.as_str()).collect::<BTreeSet<_>>().len() as i64
    }

    /// How many publishers, by [`publisher_key`].
    pub(crate) fn publishers(&self) -> i64 {
        self.0.iter().map(|i| publisher_key(&i.publication.publisher)).collect::<BTreeSet<_>>().len() as i64
    }

    /// When the earliest of them happened: the date with the earliest first day, the most precise of these.
    pub(crate) fn first(&self) -> Option<PartialDate> {
        self.0.iter().map(|incident| incident.happened).min_by_key(|d| (d.earliest(), d.precision()))
    }

    /// When the latest of them happened: the date with the latest last day, the most precise of these.
    pub(crate) fn last(&self) -> Option<PartialDate> {
        self.0
            .iter()
            .map(|incident| incident.happened)
            .max_by_key(|d| (d.latest(), std::cmp::Reverse(d.precision())))
    }

    /// The day from which the first of them was known.
    pub(crate) fn known(&self) -> Option<Date> {
        self.0.first().map(|incident| incident.known_from.latest())
    }

    /// The first row of each publication of an event: enough to prove what all its rows share.
    pub(crate) fn publications(&self) -> Self {
        let mut seen = BTreeSet::new();
        let first_of = |i: &&'a Incident| seen.insert((i.event.as_str(), i.publication.url.as_str()));
        Self(self.0.iter().copied().filter(first_of).collect())
    }

    /// Groups by `key`, the largest number of events first, ties in order of the key; rows without a key
    /// are left out.
    pub(crate) fn by<K: Ord + Copy>(&self, key: impl Fn(&'a Incident) -> Option<K>) -> Vec<(K, Self)> {
        let mut groups: BTreeMap<K, Vec<&'a Incident>> = BTreeMap::new();
        for incident in &self.0 {
            if let Some(key) = key(incident) {
                groups.entry(key).or_default().push(incident);
            }
        }
        let mut all: Vec<(K, Self)> = groups.into_iter().map(|(key, rows)| (key, Self(rows))).collect();
        all.sort_by_key(|(_, group)| std::cmp::Reverse(group.events()));
        all
    }

    /// Groups by hub country.
    pub(crate) fn by_hub(&self) -> Vec<(Country, Self)> {
        self.by(|incident| incident.hub)
    }

    /// Groups by country of origin.
    pub(crate) fn by_origin(&self) -> Vec<(Country, Self)> {
        self.by(|incident| incident.origin)
    }

    /// Groups by route, origin first; people found in their own country are no route.
    pub(crate) fn by_route(&self) -> Vec<((Country, Country), Self)> {
        self.by(|incident| incident.origin.zip(incident.hub).filter(|(origin, hub)| origin != hub))
    }

    /// How many people were reported missing, held, freed or found. None where no row gives a number.
    ///
    /// Within an event, the publishers' numbers for one origin are the same people: the lowest and the
    /// highest count. A total for a mixed group (a count without an origin) contains the numbers by origin.
    /// Across events, people who were freed are different people; people reported as missing or held may
    /// be the same again and again, and may be those freed later. So at least: the greater of the freed in
    /// all events and the largest single report, among those whom the source calls victims. At most: the
    /// sum of everything, without those whom the source calls suspects. Official totals and estimates of
    /// a population are left out: they overlap with all else ([`Group::claims`]).
    pub(crate) fn people(&self) -> Option<People<'a>> {
        let counted = |incident: &Incident| {
            incident.count.is_some()
                && counts_people(incident.kind).is_some()
                && incident.person_role != Some(PersonRole::Suspect)
        };
        let rows = self.filter(counted);
        if rows.is_empty() {
            return None;
        }
        let (mut freed, mut largest_report, mut max) = (0, 0, 0);
        for event in rows.per_event() {
            max += event.bounds().1;
            let victims = event.filter(|incident| incident.person_role == Some(PersonRole::Victim));
            let freeing = victims.filter(|incident| counts_people(incident.kind) == Some(true));
            if freeing.is_empty() {
                largest_report = victims.bounds().0.max(largest_report);
            } else {
                freed += freeing.bounds().0;
            }
        }
        Some(People { min: freed.max(largest_report), max, rows })
    }

    /// Official totals and estimates that state a number of people: quoted one by one, never added.
    pub(crate) fn claims(&self) -> Self {
        let mut claims = self.filter(|i| i.count.is_some() && counts_people(i.kind).is_none());
        claims.0.sort_by_key(|incident| (std::cmp::Reverse(incident.count), incident.id));
        claims
    }

    /// The events whose rows give no number at all.
    pub(crate) fn without_number(&self) -> Self {
        let numbered: BTreeSet<&str> =
            self.0.iter().filter(|i| i.count.is_some()).map(|i| i.event.as_str()).collect();
        self.filter(|incident| !numbered.contains(incident.event.as_str()))
    }

    /// The rows of each event, in order of the event's name.
    fn per_event(&self) -> Vec<Self> {
        let mut events: BTreeMap<&str, Vec<&'a Incident>> = BTreeMap::new();
        for incident in &self.0 {
            events.entry(&incident.event).or_default().push(incident);
        }
        events.into_values().map(Self).collect()
    }

    /// The least and the greatest number of people that the rows of one event allow.
    fn bounds(&self) -> (i64, i64) {
        let mut by_origin: BTreeMap<Option<Country>, (i64, i64)> = BTreeMap::new();
        for incident in &self.0 {
            let count = i64::from(incident.count.unwrap_or(0));
            let bounds = by_origin.entry(incident.origin).or_insert((count, count));
            *bounds = (bounds.0.min(count), bounds.1.max(count));
        }
        let total = by_origin.remove(&None);
        let summed = by_origin.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        total.map_or(summed, |total| (total.0, total.1.max(summed.1)))
    }
}

/// What makes two publishers one: the name in lower case, without `www.`.
pub(crate) fn publisher_key(publisher: &str) -> String {
    let lower = publisher.trim().to_lowercase();
    lower.strip_prefix("www.").unwrap_or(&lower).to_owned()
}

/// Whether the people counted by an incident of this kind were freed or found (true), or were reported
/// as missing or held (false). None for kinds whose numbers are totals or estimates.
fn counts_people(kind: IncidentKind) -> Option<bool> {
    match kind {
        IncidentKind::VictimsRescued | IncidentKind::Raid => Some(true),
        IncidentKind::VictimsReported => Some(false),
        IncidentKind::HubReport
        | IncidentKind::AdCampaign
        | IncidentKind::Advisory
        | IncidentKind::Notice
        | IncidentKind::Sanction
        | IncidentKind::Statistic => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::incident;

    /// Rows: event, kind, origin (empty: a mixed group), count, role.
    #[track_caller]
    fn check(rows: &[(&str, &str, &str, u32, &str)], expected: Option<(i64, i64)>) {
        let all: Vec<Incident> = rows
            .iter()
            .enumerate()
            .map(|(number, &(event, kind, origin, count, role))| {
                let mut one =
                    incident(event, kind, "KH", origin, "2022-08-01", &format!("p{number}.example"));
                one.count = Some(count);
                one.person_role = role.parse().ok();
                one.id = one.derive_id();
                one
            })
            .collect();
        let people = Group::new(&all).people();
        assert_eq!(people.map(|people| (people.min, people.max)), expected, "{rows:?}");
    }

    #[test]
    fn counts_one_event_once() {
        check(&[("a", "raid", "MY", 40, "victim"), ("a", "raid", "MY", 47, "victim")], Some((40, 47)));
        check(&[("a", "raid", "MY", 40, "victim"), ("a", "raid", "TH", 2, "victim")], Some((42, 42)));
    }

    #[test]
    fn a_total_contains_its_parts() {
        let rows = [("a", "raid", "", 100, "victim"), ("a", "raid", "MY", 60, "victim")];
        check(&rows, Some((100, 100)));
        let rows = [("a", "raid", "", 50, "victim"), ("a", "raid", "MY", 60, "victim")];
        check(&rows, Some((50, 60)));
    }

    #[test]
    fn the_missing_may_be_those_freed_later() {
        let rows = [
            ("a", "victims_reported", "HK", 8, "victim"),
            ("b", "victims_reported", "HK", 14, "victim"),
            ("c", "victims_rescued", "HK", 3, "victim"),
        ];
        check(&rows, Some((14, 25)));
        let rows = [
            ("a", "victims_reported", "HK", 8, "victim"),
            ("b", "victims_rescued", "HK", 6, "victim"),
            ("c", "victims_rescued", "HK", 3, "victim"),
        ];
        check(&rows, Some((9, 17)));
    }

    #[test]
    fn suspects_and_totals_do_not_count() {
        check(&[("a", "raid", "CN", 200, "suspect")], None);
        check(&[("a", "statistic", "CN", 200, "victim")], None);
        check(&[("a", "raid", "CN", 200, "mixed"), ("b", "raid", "CN", 5, "victim")], Some((5, 205)));
    }
}
