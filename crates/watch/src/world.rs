//! All that is known on one day, carried from day to day: a day costs what is new on it, not what came before.
//!
//! The order of one day: withdrawals, then the day's reports, then what they establish, then the alarms that
//! they raise. So the order of the rows of one day does not matter.

mod growth;

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::date::days_between;
use forewarn_model::{Alarm, AlarmId, AlarmKind, Country, Date, Incident, Region, Subject, Variant, Vec1};

use crate::config::Config;
use crate::neighbours::Neighbours;
use crate::noise::{self, Background, Fading, Heard, Marks, Setting, Tail};
use crate::precursor::Precursors;
use crate::report::{Family, Key, Reports};
use crate::state::{Purpose, State};

/// An alarm, and its score on the last day of the walk.
pub(crate) struct Sounded {
    pub(crate) alarm: Alarm,
    pub(crate) score_at_end: f64,
    key: Key,
}

/// The day on which a hub was heard strongest before it had an alarm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hearing {
    /// The day.
    pub day: Date,
    /// How rare chance would be as strong.
    pub recurrence_days: f64,
    /// Whether it lay near an established hub, or fraud centres staffed from abroad were found there before.
    pub expected: bool,
}

/// How many events of one subject count as noise.
const NOISE_EVENTS_MAX: usize = 6;

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
    /// The last day with a report of any kind.
    last: Option<Date>,
    /// How many days were listened to until then: those since the first report, without gaps in the record.
    listened_days: f64,
    /// Every event, whatever it speaks of.
    all: State,
    states: BTreeMap<Key, State>,
    /// For each family: how strong single events are.
    marks: [Marks; Family::ALL.len()],
    established_hubs: BTreeSet<Country>,
    near_established: BTreeSet<Country>,
    /// Events that were heard of so far, whatever became of them.
    clock: f64,
    /// The same by day, faded.
    volume: Fading,
    /// The same on its own clock: the events that `noise` is a share of.
    recent: Fading,
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
    /// Regions that were told.
    regions: BTreeSet<Region>,
    /// Pairs of hubs between which a displacement was told.
    displaced: BTreeSet<(Country, Country)>,
    sounded: Vec<Sounded>,
    hearings: BTreeMap<Country, Hearing>,
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
            last: None,
            listened_days: 0.0,
            all: State::default(),
            states: BTreeMap::new(),
            marks: std::array::from_fn(|_| Marks::new()),
            established_hubs: BTreeSet::new(),
            near_established: BTreeSet::new(),
            clock: 0.0,
            volume: Fading::default(),
            recent: Fading::default(),
            grown: (0.0, 0.0),
            near_shares: [0.0; 2],
            nearness: [1.0; Family::ALL.len()],
            noise: BTreeMap::new(),
            alarmed: BTreeMap::new(),
            regions: BTreeSet::new(),
            displaced: BTreeSet::new(),
            sounded: Vec::new(),
            hearings: BTreeMap::new(),
        }
    }

    /// Walks through the days until the end of `until`; every alarm that sounded, and how near to one the hubs
    /// without an alarm came.
    pub(crate) fn walk(mut self, until: Date) -> (Vec<Sounded>, BTreeMap<Country, Hearing>) {
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
        (self.sounded, self.hearings)
    }

    /// Takes back what was withdrawn by `day`; how many of `withdrawals` that were.
    fn withdraw_until(&mut self, day: Date, withdrawals: &[(Date, usize)]) -> usize {
        let due = withdrawals.iter().take_while(|(on, _)| *on <= day).count();
        for (_, number) in &withdrawals[..due] {
            let all = &self.reports.all;
            self.all.withdraw(*number, all, Family::Origin, self.config);
            for key in &all[*number].subjects {
                self.change(key, Some(all[*number].event), |state, config| {
                    state.withdraw(*number, all, key.0, config);
                });
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
        self.listened_days = self.days(day);
        self.last = Some(day);
        let mut touched: BTreeMap<&Key, bool> = BTreeMap::new();
        // All events of a day have one time, so that their order does not matter.
        let (clock, mut new_events) = (self.clock, 0.0);
        for number in today {
            let report = &reports.all[number];
            let known = self.all.events.contains_key(&report.event);
            self.all.add(number, report, Family::Origin, self.clock, self.config);
            if !known {
                new_events += 1.0;
                let today = self.days(day);
                self.volume.add(1.0, today, today, self.config.volume_half_life_days);
                self.recent.add(1.0, self.clock, self.clock, self.config.noise_half_life_events);
            }
            for key in &report.subjects {
                let near = self.is_near(key, report.incident, day);
                let new_event = self.states.get(key).is_none_or(|s| !s.events.contains_key(&report.event));
                self.change(key, Some(report.event), |state, config| {
                    state.near |= near;
                    state.add(number, report, key.0, clock, config);
                });
                *touched.entry(key).or_insert(false) |= new_event;
            }
        }
        self.clock += new_events;
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
        if self.config.surges && touched.values().any(|new_event| *new_event) {
            self.judge_clusters(day);
        }
    }

    /// Changes a state, and keeps the count of noise and the strengths of single events in step with it; of its
    /// events, only `event` may change.
    fn change(&mut self, key: &Key, event: Option<usize>, change: impl FnOnce(&mut State, &Config)) {
        let state = self.states.entry(key.clone()).or_default();
        let strength = |state: &State| event.and_then(|event| state.strength_of(event));
        let (before, strength_before) = (heard(state, self.config), strength(state));
        change(state, self.config);
        self.marks[key.0 as usize].change(strength_before, strength(state));
        let after = heard(state, self.config);
        if before == after {
            return;
        }
        let (now, half_life) = (self.clock, self.config.noise_half_life_events);
        let noise = self.noise.entry(key.0).or_default();
        for (events, sign) in [(before, -1.0), (after, 1.0)] {
            for (of, left) in events {
                match left {
                    None => noise.subjects.add(sign, of, now, half_life),
                    Some(left) => noise.left[noise::grade(left)].add(sign, of, now, half_life),
                }
                noise.events.add(sign, of, now, half_life);
            }
        }
    }

    /// Days that were listened to until the end of `day`, which is not before the last with a report. A silence far
    /// longer than the volume of reporting makes likely is a gap: it counts only in part, or the first report after
    /// years without data would seem rarer than anything before it.
    fn days(&self, day: Date) -> f64 {
        let Some(last) = self.last else { return 1.0 };
        let rate = noise::events_per_day(self.config, self.listened_days, &self.volume);
        self.listened_days + f64::from(days_between(last, day)).min(self.config.silence_events_max / rate)
    }

    /// Hubs that today's reports established make what lies near them expected.
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
            // What leads to a hub is expected from the report that names it from now on: were older reports
            // raised too, one new hub would raise all their subjects at once, far more than chance allows for.
            let expected = |key: &Key, state: &State| {
                key.0 == Family::Hub && state.hubs.iter().any(|named| near.contains(named))
            };
            let expected: Vec<Key> = self
                .states
                .iter()
                .filter(|(key, state)| !state.near && expected(key, state))
                .map(|(key, _)| key.clone())
                .collect();
            for key in expected {
                self.change(&key, None, |state, _| state.near = true);
            }
            self.near_established.extend(near);
        }
    }

    /// Whether a subject is one where something was to be expected on `day`.
    fn is_near(&self, key: &Key, incident: &Incident, day: Date) -> bool {
        let Some(hub) = incident.hub else { return false };
        match key.0 {
            // What was staffed from abroad before tells nothing about people who are held at home.
            Family::Hub if incident.origin == Some(hub) => self.near_established.contains(&hub),
            Family::Hub => self.is_near_hub(hub, day, Some(&incident.event)),
            Family::Region => false,
            Family::Place | Family::Origin | Family::Route => self.established_hubs.contains(&hub),
        }
    }

    fn is_near_hub(&self, country: Country, day: Date, event: Option<&str>) -> bool {
        self.near_established.contains(&country) || self.precursors.known_in(country, day, event)
    }

    /// The noise of a family as it looks at the end of the day that `look` saw.
    fn tail(&self, family: Family, day: Date) -> Tail {
        Tail::new(self.marks_of(family), self.background(family, day))
    }

    /// Regions without a country are named too rarely to say how strong such reports are: those on hubs do.
    fn marks_of(&self, family: Family) -> &Marks {
        &self.marks[if family == Family::Region { Family::Hub } else { family } as usize]
    }

    fn background(&self, family: Family, day: Date) -> Background {
        let heard = self.noise.get(&family).copied().unwrap_or_default();
        let prior = self.config.near_prior_subjects;
        let setting = Setting {
            events_per_day: noise::events_per_day(self.config, self.days(day), &self.volume),
            clock: self.clock,
            recent: self.recent,
            near_share: match family {
                Family::Hub => self.near_shares[0],
                Family::Place | Family::Origin | Family::Route => self.near_shares[1],
                // A region is named here without a country, so near nothing.
                Family::Region => 0.0,
            },
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
        // A region is told in two ways, by name or with its first hub, so each may be wrong half as often.
        let ways = if key.0 == Family::Region { 2.0 } else { 1.0 };
        let recurrence_days = tail.recurrence_days(strength) / ways;
        let expected = state.near;
        if let (Family::Hub, Subject::Country(hub)) = key {
            let hearing = Hearing { day, recurrence_days, expected };
            let best = self.hearings.entry(*hub).or_insert(hearing);
            if recurrence_days > best.recurrence_days {
                *best = hearing;
            }
        }
        if recurrence_days < self.config.recurrence_days {
            return;
        }
        let Some(state) = self.states.get(key) else { return };
        let reports = state.reports.clone();
        let score = self.score(key.0, state, day);
        let id = Alarm::derive_id(key.0.kind(), &key.1, self.variant);
        let subject = key.1.clone();
        if let Subject::Region(region) = subject
            && !self.regions.insert(region)
        {
            return;
        }
        self.sound(key, Finding { id, kind: key.0.kind(), subject, recurrence_days, score, reports }, day);
        *self.alarmed.entry(key.0).or_insert(0) += 1;
        if key.0 == Family::Hub {
            self.tell_region(key, recurrence_days, score, day);
            if self.config.surges {
                self.judge_displacement(key, recurrence_days, day);
            }
        }
    }

    /// The first hub of a region makes the region new: so no region is told on less than a hub is.
    fn tell_region(&mut self, key: &Key, recurrence_days: f64, score: f64, day: Date) {
        let Subject::Country(hub) = key.1 else { return };
        let region = hub.region();
        if !self.regions.insert(region) {
            return;
        }
        let within = |key: &Key| matches!(key.1, Subject::Country(country) if country.region() == region);
        let states = self.states.iter().filter(|(key, _)| key.0 == Family::Hub && within(key));
        let mut reports: Vec<usize> = states.flat_map(|(_, state)| state.reports.iter().copied()).collect();
        reports.sort_unstable();
        reports.dedup();
        let (kind, subject) = (AlarmKind::Region, Subject::Region(region));
        let id = Alarm::derive_id(kind, &subject, self.variant);
        self.sound(key, Finding { id, kind, subject, recurrence_days, score, reports }, day);
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
            recurrence_backed_days: self.days(day).max(self.config.recurrence_days),
            score: finding.score,
            sources: sources.len() as u32,
            events,
            incidents,
        };
        self.sounded.push(Sounded { score_at_end: alarm.score, alarm, key: key.clone() });
        self.change(key, None, |state, config| state.alarm(day, config));
    }

    fn rescore(&mut self, day: Date) {
        self.look(day);
        let scores: Vec<f64> = self
            .sounded
            .iter()
            .map(|sounded| {
                self.states.get(&sounded.key).map_or(0.0, |state| self.score(sounded.key.0, state, day))
            })
            .collect();
        for (sounded, score) in self.sounded.iter_mut().zip(scores) {
            sounded.score_at_end = score;
        }
    }
}

/// What a subject adds to the count of noise: the times of its events, and what was left of the one before
/// when each came. What is more than a few events does not count, or a few growing hubs without an alarm would
/// drown each other.
fn heard(state: &State, config: &Config) -> Vec<(f64, Option<f64>)> {
    if !state.is_noise() {
        return Vec::new();
    }
    let mut events: Vec<(Date, f64)> =
        state.events.values().map(|event| (event.known, event.clock)).collect();
    events.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut before: Option<Date> = None;
    let of = |(known, clock): (Date, f64)| {
        let days = before.replace(known).map(|before| f64::from(days_between(before, known)));
        (clock, days.map(|days| 0.5_f64.powf(days / config.evidence_half_life_days)))
    };
    events.into_iter().take(NOISE_EVENTS_MAX).map(of).collect()
}
