//! All that is known on one day, carried from day to day: a day costs what is new on it, not what came before.
//!
//! The order of one day: withdrawals, then the day's reports, then what they establish, then the alarms that
//! they raise. So the order of the rows of one day does not matter.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::date::{add_days, days_between};
use forewarn_model::{
    Alarm, AlarmId, AlarmKind, Country, Date, Incident, IncidentKind, Subject, Variant, Vec1,
};

use crate::config::Config;
use crate::neighbours::Neighbours;
use crate::noise::{self, Background, Fading, Heard, Marks, Setting, Tail};
use crate::precursor::Precursors;
use crate::report::{Family, Key, Reports};
use crate::state::{Purpose, State};
use crate::surge::{self, Surge};

/// The families whose surges are watched.
const SURGING: &[Family] = &[Family::Hub, Family::Origin, Family::Route];

/// How many reports an alarm on a surge names at most, the latest; a new subject names all that it has.
const SURGE_REPORTS_MAX: usize = 50;

/// An alarm, and its score on the last day of the walk.
pub(crate) struct Sounded {
    pub(crate) alarm: Alarm,
    pub(crate) score_at_end: f64,
    key: Key,
}

/// What an alarm will be made of.
struct Finding {
    id: AlarmId,
    kind: AlarmKind,
    subject: Subject,
    recurrence_days: f64,
    score: f64,
    reports: Vec<usize>,
}

/// All that is known on one day.
pub(crate) struct World<'a> {
    config: &'a Config,
    variant: Variant,
    reports: &'a Reports<'a>,
    neighbours: Neighbours,
    precursors: Precursors<'a>,
    countries: Vec<Country>,
    /// The day on which the first report of all became known.
    began: Date,
    /// Every event, whatever it speaks of.
    all: State,
    states: BTreeMap<Key, State>,
    marks: Marks,
    established_hubs: BTreeSet<Country>,
    near_established: BTreeSet<Country>,
    /// Events that were heard of so far, whatever became of them.
    clock: f64,
    /// The same by day, faded.
    volume: Fading,
    /// Of the hubs that were established after the first: how many, and how many of them near one.
    grown: (f64, f64),
    /// As of the day last looked at: the share of countries near an established hub, and of established hubs.
    near_shares: [f64; 2],
    /// The same: how much nearness counts in each family.
    nearness: [f64; Family::ALL.len()],
    /// For each family: what is noise in it.
    noise: BTreeMap<Family, Heard>,
    /// For each family: how many subjects have an alarm.
    alarmed: BTreeMap<Family, usize>,
    /// Pairs of hubs between which a displacement was told.
    displaced: BTreeSet<(Country, Country)>,
    sounded: Vec<Sounded>,
}

impl<'a> World<'a> {
    /// The world before the first report.
    pub(crate) fn new(
        config: &'a Config,
        variant: Variant,
        reports: &'a Reports<'a>,
        precursors: Precursors<'a>,
    ) -> Self {
        Self {
            config,
            variant,
            reports,
            neighbours: Neighbours::new(),
            precursors,
            countries: Country::all(),
            began: reports.all.first().map_or(Date::MAX, |report| report.known),
            all: State::default(),
            states: BTreeMap::new(),
            marks: Marks::new(),
            established_hubs: BTreeSet::new(),
            near_established: BTreeSet::new(),
            clock: 0.0,
            volume: Fading::default(),
            grown: (0.0, 0.0),
            near_shares: [0.0; 2],
            nearness: [1.0; Family::ALL.len()],
            noise: BTreeMap::new(),
            alarmed: BTreeMap::new(),
            displaced: BTreeSet::new(),
            sounded: Vec::new(),
        }
    }

    /// Walks through the days until the end of `until`; every alarm that sounded.
    pub(crate) fn walk(mut self, until: Date) -> Vec<Sounded> {
        let mut withdrawals: Vec<(Date, usize)> = self
            .reports
            .all
            .iter()
            .enumerate()
            .filter_map(|(number, report)| Some((report.incident.retracted_on?, number)))
            .filter(|(day, _)| *day <= until)
            .collect();
        withdrawals.sort_unstable();
        let mut withdrawn = 0;
        let mut next = 0;
        while let Some(report) = self.reports.all.get(next) {
            let day = report.known;
            withdrawn += self.withdraw_until(day, &withdrawals[withdrawn..]);
            let today = self.reports.all[next..].iter().take_while(|report| report.known == day).count();
            self.live(day, next..next + today);
            next += today;
        }
        self.withdraw_until(until, &withdrawals[withdrawn..]);
        self.rescore(until);
        self.sounded
    }

    /// Takes back what was withdrawn by `day`; how many of `withdrawals` that were.
    fn withdraw_until(&mut self, day: Date, withdrawals: &[(Date, usize)]) -> usize {
        let due = withdrawals.iter().take_while(|(on, _)| *on <= day).count();
        for (_, number) in &withdrawals[..due] {
            let all = &self.reports.all;
            self.all.withdraw(*number, all, Family::Origin, self.config);
            for key in &all[*number].subjects {
                self.change(key, |state, config| state.withdraw(*number, all, key.0, config));
            }
        }
        let fell = |hub: &Country| {
            let key = (Family::Hub, Subject::Country(*hub));
            self.states.get(&key).is_none_or(|state| !state.established)
        };
        let fallen: Vec<Country> = self.established_hubs.iter().copied().filter(fell).collect();
        if !fallen.is_empty() {
            self.established_hubs.retain(|hub| !fallen.contains(hub));
            self.near_established =
                self.established_hubs.iter().flat_map(|hub| self.neighbours.near(*hub)).collect();
        }
        due
    }

    /// One day: its reports come in, then what they speak of is judged.
    fn live(&mut self, day: Date, today: std::ops::Range<usize>) {
        let reports = self.reports;
        let mut touched: BTreeMap<&Key, bool> = BTreeMap::new();
        let mut families: BTreeSet<(Family, usize)> = BTreeSet::new();
        for number in today {
            let report = &reports.all[number];
            let sources = |state: &State| state.events.get(&report.event).map_or(0, |e| e.source_count());
            let before = sources(&self.all);
            self.all.add(number, report, Family::Origin, self.clock, self.config);
            match (before, sources(&self.all)) {
                (0, _) => {
                    self.marks.event(report.incident.kind);
                    self.clock += 1.0;
                    let today = self.days(day);
                    self.volume.add(1.0, today, today, self.config.volume_half_life_days);
                }
                (before, after) if after > before => self.marks.source(after),
                _ => {}
            }
            for key in &report.subjects {
                let near = self.is_near(key, report.incident, day);
                let new_event = self.states.get(key).is_none_or(|s| !s.events.contains_key(&report.event));
                if new_event && families.insert((key.0, report.event)) {
                    let (now, half_life) = (self.clock, self.config.noise_half_life_events);
                    self.noise.entry(key.0).or_default().volume.add(1.0, now, now, half_life);
                }
                let clock = self.clock;
                self.change(key, |state, config| {
                    state.near |= near;
                    state.add(number, report, key.0, clock, config);
                });
                *touched.entry(key).or_insert(false) |= new_event;
            }
        }
        self.spread(&touched);
        self.look(day);
        let mut tails: BTreeMap<Family, Tail> = BTreeMap::new();
        for (&key, &new_event) in &touched {
            match self.states.get(key).map(|state| state.alarmed_on) {
                Some(None) => {
                    let tail = tails.entry(key.0).or_insert_with(|| self.tail(key.0, day));
                    self.judge_new(key, tail, day);
                }
                Some(Some(alarmed_on)) if new_event && self.config.surges => {
                    self.judge_surge(key, alarmed_on, day);
                }
                _ => {}
            }
        }
    }

    /// Changes a state and keeps the count of noise in step with it.
    fn change(&mut self, key: &Key, change: impl FnOnce(&mut State, &Config)) {
        let state = self.states.entry(key.clone()).or_default();
        let before = heard(state, self.config);
        change(state, self.config);
        let after = heard(state, self.config);
        if before == after {
            return;
        }
        let (now, half_life) = (self.clock, self.config.noise_half_life_events);
        let noise = self.noise.entry(key.0).or_default();
        for (times, sign) in [(before, -1.0), (after, 1.0)] {
            for (number, of) in times.into_iter().enumerate() {
                if number == 0 {
                    noise.subjects.add(sign, of, now, half_life);
                }
                noise.events.add(sign, of, now, half_life);
            }
        }
    }

    /// Days since the first report of all.
    fn days(&self, day: Date) -> f64 {
        f64::from(days_between(self.began, day) + 1)
    }

    /// Hubs that today's reports established make what lies near them, and what leads to them, expected.
    fn spread(&mut self, touched: &BTreeMap<&Key, bool>) {
        let is_new = |key: &Key| match key {
            (Family::Hub, Subject::Country(hub)) => {
                self.states.get(key).is_some_and(|state| state.established)
                    && !self.established_hubs.contains(hub)
            }
            _ => false,
        };
        let keys: Vec<Key> = touched.keys().filter(|key| is_new(key)).map(|key| (*key).clone()).collect();
        for key in keys {
            let Subject::Country(hub) = key.1 else { continue };
            if !self.established_hubs.is_empty() {
                self.grown.0 += 1.0;
                self.grown.1 += f64::from(u8::from(self.states.get(&key).is_some_and(|state| state.near)));
            }
            self.established_hubs.insert(hub);
            let near = self.neighbours.near(hub);
            let expected = |key: &Key, state: &State| match key.0 {
                Family::Hub | Family::Region => state.hubs.iter().any(|named| near.contains(named)),
                Family::Place | Family::Origin | Family::Route => state.hubs.contains(&hub),
            };
            let expected: Vec<Key> = self
                .states
                .iter()
                .filter(|(key, state)| !state.near && expected(key, state))
                .map(|(key, _)| key.clone())
                .collect();
            for key in expected {
                self.change(&key, |state, _| state.near = true);
            }
            self.near_established.extend(near);
        }
    }

    /// Whether a subject is one where something was to be expected on `day`.
    fn is_near(&self, key: &Key, incident: &Incident, day: Date) -> bool {
        let Some(hub) = incident.hub else { return false };
        match key.0 {
            Family::Hub | Family::Region => self.is_near_hub(hub, day, Some(&incident.event)),
            Family::Place | Family::Origin | Family::Route => self.established_hubs.contains(&hub),
        }
    }

    fn is_near_hub(&self, country: Country, day: Date, event: Option<&str>) -> bool {
        self.near_established.contains(&country) || self.precursors.known_in(country, day, event)
    }

    /// The noise of a family as it looks at the end of the day that `look` saw.
    fn tail(&self, family: Family, day: Date) -> Tail {
        Tail::new(&self.marks, self.background(family, day))
    }

    fn background(&self, family: Family, day: Date) -> Background {
        let heard = self.noise.get(&family).copied().unwrap_or_default();
        let prior = self.config.near_prior_subjects;
        let setting = Setting {
            events_per_day: noise::events_per_day(self.config, self.days(day), &self.volume),
            clock: self.clock,
            near_share: self.near_shares[usize::from(!family.is_of_hubs())],
            near_grown: (prior * self.config.near_prior_share + self.grown.1) / (prior + self.grown.0),
        };
        Background::new(self.config, &heard, &setting)
    }

    /// Counts the countries that lie near an established hub on `day`, and those that are one.
    fn look(&mut self, day: Date) {
        let open = |country: &&Country| !self.established_hubs.contains(country);
        let near = |country: &&Country| self.is_near_hub(**country, day, None);
        let near = self.countries.iter().filter(open).filter(near).count();
        let countries = self.countries.len() as f64;
        self.near_shares = [near as f64 / countries, self.established_hubs.len() as f64 / countries];
        for family in Family::ALL {
            self.nearness[family as usize] = self.background(family, day).nearness;
        }
    }

    /// Whether a subject without an alarm deserves one.
    fn judge_new(&mut self, key: &Key, tail: &Tail, day: Date) {
        let Some(state) = self.states.get(key) else { return };
        let strength = self.strength(key.0, state, day, Purpose::Alarm);
        let recurrence_days = tail.recurrence_days(strength);
        if recurrence_days < self.config.recurrence_days {
            return;
        }
        let reports = state.reports.clone();
        let score = self.score(key.0, state, day);
        let id = Alarm::derive_id(key.0.kind(), &key.1, self.variant);
        let subject = key.1.clone();
        self.sound(key, Finding { id, kind: key.0.kind(), subject, recurrence_days, score, reports }, day);
        *self.alarmed.entry(key.0).or_insert(0) += 1;
        if key.0 == Family::Hub && self.config.surges {
            self.judge_displacement(key, recurrence_days, day);
        }
    }

    /// Whether a subject that has an alarm grows faster than its share.
    fn judge_surge(&mut self, key: &Key, alarmed_on: Date, day: Date) {
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
        let recurrence_days =
            f64::from(self.config.surge_days) / (surge.chance * subjects as f64).max(f64::MIN_POSITIVE);
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
    fn judge_displacement(&mut self, key: &Key, recurrence_days: f64, day: Date) {
        let Subject::Country(grows) = key.1 else { return };
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

    /// How strong the evidence for a subject is: nearness, as of the day that `look` saw, multiplies it.
    fn strength(&self, family: Family, state: &State, day: Date, purpose: Purpose) -> f64 {
        let expected = state.near || state.established;
        let near = if expected { self.nearness[family as usize] } else { 1.0 };
        near * state.evidence(day, purpose, self.config).max(0.0)
    }

    /// The place in the ranking: bits of strength, so that the hundredth report moves it less than the first.
    /// Rounded, so that equals stay equal whatever order their reports were added in.
    fn score(&self, family: Family, state: &State, day: Date) -> f64 {
        let bits = (1.0 + self.strength(family, state, day, Purpose::Ranking)).log2();
        (bits * 1e9).round() / 1e9
    }

    /// Notes an alarm, with the events, sources and incidents of its reports.
    fn sound(&mut self, key: &Key, finding: Finding, day: Date) {
        let reports = &finding.reports;
        let all = &self.reports.all;
        let mut events: Vec<usize> = Vec::new();
        for number in reports {
            if !events.contains(&all[*number].event) {
                events.push(all[*number].event);
            }
        }
        let sources: BTreeSet<usize> = reports.iter().map(|number| all[*number].source).collect();
        let names = events.iter().map(|event| self.reports.event_names[*event].to_owned()).collect();
        let ids = reports.iter().map(|number| all[*number].incident.id).collect();
        let (Ok(events), Ok(incidents)) = (Vec1::try_from_vec(names), Vec1::try_from_vec(ids)) else {
            return;
        };
        let alarm = Alarm {
            id: finding.id,
            kind: finding.kind,
            subject: finding.subject,
            variant: self.variant,
            raised_on: day,
            first_incident_on: all[reports[0]].known,
            recurrence_interval_days: finding.recurrence_days,
            score: finding.score,
            sources: sources.len() as u32,
            events,
            incidents,
        };
        self.sounded.push(Sounded { score_at_end: alarm.score, alarm, key: key.clone() });
        self.change(key, |state, config| state.alarm(day, config));
    }

    fn rescore(&mut self, day: Date) {
        self.look(day);
        let scores: Vec<f64> = self
            .sounded
            .iter()
            .map(|sounded| self.states.get(&sounded.key).map_or(0.0, |state| self.score(sounded.key.0, state, day)))
            .collect();
        for (sounded, score) in self.sounded.iter_mut().zip(scores) {
            sounded.score_at_end = score;
        }
    }
}

/// What a subject adds to the count of noise: the times of its events. One with more events than establish a
/// subject is growing, not noise: what is more does not count, or a few growing hubs would drown each other.
fn heard(state: &State, config: &Config) -> Vec<f64> {
    if !state.is_noise() {
        return Vec::new();
    }
    state.events.values().take(config.established_events_min).map(|event| event.clock).collect()
}

/// The id of an alarm that can sound again on the same subject: the day belongs to it.
fn dated_id(kind: AlarmKind, family: Family, subject: &Subject, variant: Variant, day: Date) -> AlarmId {
    let parts =
        [kind.as_str(), family.kind().as_str(), &subject.to_string(), variant.as_str(), &day.to_string()]
            .map(str::to_owned);
    AlarmId::derive(&parts.each_ref().map(|part| part.as_bytes()))
}
