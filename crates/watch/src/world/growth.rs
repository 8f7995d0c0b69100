//! Growth of what is already known: surges of one subject, clusters of the scan, displacements.
//!
//! Two ways to hear a surge, each allowed half of the false alarms: `surge` measures one subject against its
//! own baseline, which works as soon as there is one; `scan` looks for the strongest zone and window of all,
//! which finds slow surges and those spread over neighbours. Both count against all reports, so that a louder
//! world is no surge.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::date::{add_days, days_between};
use forewarn_model::{Alarm, AlarmId, AlarmKind, Country, Date, IncidentKind, Subject, Variant};

use super::{Finding, World};
use crate::report::{Family, Key};
use crate::scan::{Cluster, Point, Scan};
use crate::state::{Purpose, State};
use crate::surge::{self, Surge};

/// The families whose surges are watched.
const SURGING: &[Family] = &[Family::Hub, Family::Origin, Family::Route];

/// How many reports an alarm on a surge names at most, the latest; a new subject names all that it has.
const SURGE_REPORTS_MAX: usize = 50;

/// A zone of the scan: subjects that surge together, and the one that an alarm names.
struct Zone {
    named: Key,
    parts: Vec<Key>,
}

impl World<'_> {
    /// Whether a subject that has an alarm grows faster than its share.
    pub(super) fn judge_surge(&mut self, key: &Key, alarmed_on: Date, day: Date) {
        let Some(state) = self.states.get(key) else { return };
        let quiet = days_between(alarmed_on, day) <= self.config.surge_quiet_days;
        if quiet || !SURGING.contains(&key.0) {
            return;
        }
        let subjects = self.alarmed.get(&key.0).copied().unwrap_or(1);
        let world = &self.all.prompt_days;
        let counts =
            surge::count(&state.prompt_days, world, day, self.config.surge_days, self.config, subjects);
        let surge = counts.surge();
        // The same kind is heard by the scan too, so each of the two may be wrong half as often.
        let recurrence_days =
            0.5 * f64::from(self.config.surge_days) / (surge.chance * subjects as f64).max(f64::MIN_POSITIVE);
        if counts.window < self.config.surge_events_min || recurrence_days < self.config.recurrence_days {
            return;
        }
        let opens = add_days(day, 1 - self.config.surge_days);
        let window = self.reports_since(state, opens, |_| true);
        let sources: BTreeSet<usize> = window.iter().map(|number| self.reports.all[*number].source).collect();
        if sources.len() < self.config.surge_sources_min as usize {
            return;
        }
        let score = self.score(key.0, state, day);
        let (kind, subject) = (AlarmKind::Acceleration, key.1.clone());
        let id = dated_id(kind, key.0, &subject, self.variant, day);
        self.sound(key, Finding { id, kind, subject, recurrence_days, score, reports: window }, day);
        if key.0 == Family::Hub {
            self.judge_displacement(key, recurrence_days, day);
        }
    }

    /// Whether the growth of a hub follows a crackdown in one nearby: told once for each pair.
    pub(super) fn judge_displacement(&mut self, key: &Key, recurrence_days: f64, day: Date) {
        let Subject::Country(grows) = key.1 else { return };
        // A name in a list is no growth.
        let evidence =
            self.states.get(key).map_or(0.0, |state| state.evidence(day, Purpose::Alarm, self.config));
        if evidence < self.config.displacement_evidence_min {
            return;
        }
        let near = self.neighbours.near(grows);
        let candidates: Vec<Country> = near.intersection(&self.established_hubs).copied().collect();
        let surge_of = |hub: &Country| -> Option<(Surge, Country)> {
            let state = self.states.get(&(Family::Hub, Subject::Country(*hub)))?;
            let (days, world) = (&state.crackdown_days, &self.all.crackdown_days);
            let subjects = self.established_hubs.len();
            let counts = surge::count(days, world, day, self.config.crackdown_days, self.config, subjects);
            let enough = counts.window >= self.config.surge_events_min;
            enough.then(|| (counts.surge(), *hub))
        };
        let strongest =
            candidates.iter().filter_map(surge_of).min_by(|a, b| a.0.chance.total_cmp(&b.0.chance));
        let Some((crackdown, from)) = strongest else { return };
        let chance = 1.0 - (1.0 - crackdown.chance).powi(candidates.len() as i32);
        if chance > self.config.crackdown_chance_max || !self.displaced.insert((from, grows)) {
            return;
        }
        let from_key = (Family::Hub, Subject::Country(from));
        let (Some(left), Some(grown)) = (self.states.get(&from_key), self.states.get(key)) else { return };
        let opens = add_days(day, 1 - self.config.crackdown_days);
        let is_crackdown = |kind| matches!(kind, IncidentKind::Raid | IncidentKind::VictimsRescued);
        let mut reports = self.reports_since(left, opens, is_crackdown);
        reports.extend(self.reports_since(grown, add_days(day, 1 - self.config.surge_days), |_| true));
        reports.sort_unstable();
        reports.dedup();
        let score = self.score(key.0, grown, day);
        let (kind, subject) = (AlarmKind::Displacement, Subject::Route(from, grows));
        let id = Alarm::derive_id(kind, &subject, self.variant);
        let recurrence_days = recurrence_days / chance.max(f64::MIN_POSITIVE);
        self.sound(key, Finding { id, kind, subject, recurrence_days, score, reports }, day);
    }

    /// The latest reports of a state that became known since `from`.
    fn reports_since(&self, state: &State, from: Date, kind: impl Fn(IncidentKind) -> bool) -> Vec<usize> {
        let all = &self.reports.all;
        let since = state.reports.iter().rev().copied().take_while(|number| all[*number].known >= from);
        let mut since: Vec<usize> =
            since.filter(|number| kind(all[*number].incident.kind)).take(SURGE_REPORTS_MAX).collect();
        since.reverse();
        since
    }

    /// Whether the scan finds a cluster among the hubs, or among the ways that lead to them.
    pub(super) fn judge_clusters(&mut self, day: Date) {
        let opens = add_days(day, 1 - self.config.scan_period_days);
        let events = self.all.prompt_since(opens).count();
        if events > self.config.scan_events_max {
            return;
        }
        for zones in [self.hub_zones(), self.flow_zones()] {
            self.judge_zones(&zones, day);
        }
    }

    /// Each known hub alone, and each with the known hubs that border it.
    fn hub_zones(&self) -> Vec<Zone> {
        let alarmed = |country: &Country| {
            let key = (Family::Hub, Subject::Country(*country));
            self.states.get(&key).is_some_and(|state| state.alarmed_on.is_some()).then_some(key)
        };
        let mut zones = Vec::new();
        for (key, _) in self.alarmed_of(Family::Hub) {
            let Subject::Country(hub) = key.1 else { continue };
            let mut parts = vec![key.clone()];
            zones.push(Zone { named: key.clone(), parts: parts.clone() });
            parts.extend(self.neighbours.near(hub).iter().filter_map(alarmed));
            if parts.len() > 1 {
                zones.push(Zone { named: key.clone(), parts });
            }
        }
        zones
    }

    /// Each known origin and each known route.
    fn flow_zones(&self) -> Vec<Zone> {
        let alone = |(key, _): (&Key, &State)| Zone { named: key.clone(), parts: vec![key.clone()] };
        [Family::Origin, Family::Route].into_iter().flat_map(|f| self.alarmed_of(f).map(alone)).collect()
    }

    fn alarmed_of(&self, family: Family) -> impl Iterator<Item = (&Key, &State)> {
        self.states.iter().filter(move |(key, state)| key.0 == family && state.alarmed_on.is_some())
    }

    fn judge_zones(&mut self, zones: &[Zone], day: Date) {
        let config = self.config;
        let points = self.points(zones, day);
        if points.len() < config.surge_events_min as usize {
            return;
        }
        let scan = Scan {
            zones: zones.len(),
            windows_days: &config.scan_windows_days,
            events_min: config.surge_events_min,
        };
        let loud = |zone: usize| self.is_loud(&zones[zone].named, day);
        let Some(cluster) = scan.strongest(&points, loud) else { return };
        // The chance of one cylinder is about exp(−ratio) / 6 at these ratios; of the greatest of all, more.
        if cluster.ratio < (config.recurrence_days / 6.0).ln() {
            return;
        }
        let seed = config.scan_seed ^ u64::from(days_between(self.began, day).unsigned_abs());
        let chance = scan.chance(&points, &cluster, config.scan_replicates, seed);
        let recurrence_days = 0.5 / chance.max(f64::MIN_POSITIVE);
        if recurrence_days >= config.recurrence_days {
            self.sound_cluster(&zones[cluster.zone], &cluster, recurrence_days, day);
        }
    }

    /// Whether an alarm on a known subject may sound today: something new is known, and the last alarm is
    /// long enough ago.
    fn is_loud(&self, key: &Key, day: Date) -> bool {
        self.states.get(key).is_some_and(|state| {
            let quiet =
                state.alarmed_on.is_none_or(|on| days_between(on, day) <= self.config.surge_quiet_days);
            !quiet && state.prompt_days.last() == Some(&day)
        })
    }

    /// The prompt events of the last years that lie in a zone.
    fn points(&self, zones: &[Zone], day: Date) -> Vec<Point> {
        let opens = add_days(day, 1 - self.config.scan_period_days);
        let mut events: BTreeMap<usize, Point> = BTreeMap::new();
        let mut zones_of: BTreeMap<&Key, Vec<usize>> = BTreeMap::new();
        for (number, zone) in zones.iter().enumerate() {
            zone.parts.iter().for_each(|key| zones_of.entry(key).or_default().push(number));
        }
        for (key, zones) in zones_of {
            let Some(state) = self.states.get(key) else { continue };
            for (number, event) in state.prompt_since(opens) {
                let age_days = days_between(event.known, day);
                let point = events.entry(number).or_insert(Point { age_days, zones: Vec::new() });
                point.age_days = point.age_days.max(age_days);
                point.zones.extend(&zones);
            }
        }
        for point in events.values_mut() {
            point.zones.sort_unstable();
            point.zones.dedup();
        }
        events.into_values().collect()
    }

    fn sound_cluster(&mut self, zone: &Zone, cluster: &Cluster, recurrence_days: f64, day: Date) {
        let opens = add_days(day, 1 - cluster.window_days);
        let states = zone.parts.iter().filter_map(|key| self.states.get(key));
        let mut reports: Vec<usize> =
            states.flat_map(|state| self.reports_since(state, opens, |_| true)).collect();
        reports.sort_unstable();
        reports.dedup();
        let sources: BTreeSet<usize> = reports.iter().map(|n| self.reports.all[*n].source).collect();
        let Some(state) = self.states.get(&zone.named) else { return };
        if sources.len() < self.config.surge_sources_min as usize {
            return;
        }
        let score = self.score(zone.named.0, state, day);
        let (kind, key) = (AlarmKind::Acceleration, zone.named.clone());
        let subject = key.1.clone();
        let id = dated_id(kind, key.0, &subject, self.variant, day);
        self.sound(&key, Finding { id, kind, subject, recurrence_days, score, reports }, day);
        if key.0 == Family::Hub {
            self.judge_displacement(&key, recurrence_days, day);
        }
    }
}

/// The id of an alarm that can sound again on the same subject: the day belongs to it.
fn dated_id(kind: AlarmKind, family: Family, subject: &Subject, variant: Variant, day: Date) -> AlarmId {
    let parts =
        [kind.as_str(), family.kind().as_str(), &subject.to_string(), variant.as_str(), &day.to_string()]
            .map(str::to_owned);
    AlarmId::derive(&parts.each_ref().map(|part| part.as_bytes()))
}
