//! What is known of one subject: its events, who told of them, and how strong the evidence is.
//!
//! A state takes reports in and gives them back when they are withdrawn; whether it deserves an alarm is
//! decided in `replay`.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::date::days_between;
use forewarn_model::{Country, Date, IncidentKind};

use crate::config::Config;
use crate::report::{Family, Report};

/// What is known of one subject.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    /// The reports, by their number, in order of the day on which they became known.
    pub(crate) reports: Vec<usize>,
    /// The events, by their number.
    pub(crate) events: BTreeMap<usize, Event>,
    /// The hubs that its reports name.
    pub(crate) hubs: BTreeSet<Country>,
    /// The days on which its prompt events became known, sorted: what surges are counted on.
    pub(crate) prompt_days: Vec<Date>,
    /// The events that became known on those days, by their number.
    prompt_events: Vec<usize>,
    /// The same for raids and rescues: what crackdowns are counted on.
    pub(crate) crackdown_days: Vec<Date>,
    /// Whether something was to be expected here: near an established hub, or on the way to one.
    pub(crate) near: bool,
    /// Whether it had an alarm, and enough events and sources speak for it. The alarm is needed too: at a
    /// high volume of reporting, chance alone brings a few events together somewhere.
    pub(crate) established: bool,
    /// The day of its latest alarm.
    pub(crate) alarmed_on: Option<Date>,
    /// How many timely events count for each source; its size is the number of independent sources.
    sources: BTreeMap<usize, u32>,
    /// How many of its events were told in time.
    timely_events: usize,
    /// The day on which it was first heard of, even if that was withdrawn since.
    first_known: Option<Date>,
    /// The strengths of its events as they will look when each has faded to the first: for alarms and for
    /// the ranking. Kept as sums, so that a day does not cost what came before it.
    grown: [f64; 2],
}

/// What evidence is wanted for: each fades at its own pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Alarm,
    Ranking,
}

impl Purpose {
    const ALL: [Self; 2] = [Self::Alarm, Self::Ranking];

    fn half_life_days(self, config: &Config) -> f64 {
        match self {
            Self::Alarm => config.evidence_half_life_days,
            Self::Ranking => config.score_half_life_days,
        }
    }
}

/// What is known of one event, as far as it concerns one subject.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// The day on which it first became known.
    pub(crate) known: Date,
    /// How many events had been heard of in the world by then.
    pub(crate) clock: f64,
    /// Its reports, by their number.
    reports: Vec<usize>,
    /// The weight of its weightiest report, 0 to 1.
    weight: f64,
    /// Its independent sources and the chance that each is right.
    sources: BTreeMap<usize, f64>,
    /// The sources that told of it in time.
    timely: BTreeSet<usize>,
    prompt: bool,
    crackdown: bool,
}

impl State {
    /// Takes a report in, when `clock` events had been heard of in the world.
    pub(crate) fn add(
        &mut self,
        number: usize,
        report: &Report<'_>,
        family: Family,
        clock: f64,
        config: &Config,
    ) {
        self.reports.push(number);
        self.hubs.extend(report.incident.hub);
        self.hear(number, report, family, clock, config);
        self.establish(config);
    }

    /// Gives a report back that was withdrawn; its event is put together anew from what is left of it.
    pub(crate) fn withdraw(&mut self, number: usize, all: &[Report<'_>], family: Family, config: &Config) {
        let Some(event) = self.events.remove(&all[number].event) else { return };
        self.forget(all[number].event, &event, config);
        if let Ok(at) = self.reports.binary_search(&number) {
            self.reports.remove(at);
        }
        for &kept in event.reports.iter().filter(|kept| **kept != number) {
            self.hear(kept, &all[kept], family, event.clock, config);
        }
        if self.events.is_empty() {
            // Not even a rounding error of what was withdrawn may remain.
            self.grown = [0.0; 2];
        }
        self.establish(config);
    }

    /// Notes that an alarm sounded.
    pub(crate) fn alarm(&mut self, day: Date, config: &Config) {
        self.alarmed_on = Some(day);
        self.establish(config);
    }

    /// How strong the evidence is at the end of `day`, each event fading by half in the half-life of the
    /// purpose: the sum over events of weight × chance that at least one of its sources is right.
    pub(crate) fn evidence(&self, day: Date, purpose: Purpose, config: &Config) -> f64 {
        self.grown[purpose as usize] / self.growth(day, purpose, config)
    }

    /// How strong one of its events is, before it fades.
    pub(crate) fn strength_of(&self, event: usize) -> Option<f64> {
        self.events.get(&event).map(|event| event.weight * event.credibility())
    }

    /// Whether it counts as noise: heard of where nothing was to be expected, and never established.
    pub(crate) fn is_noise(&self) -> bool {
        !self.near && !self.established && !self.events.is_empty()
    }

    /// The prompt events that became known on or after `from`, by their number.
    pub(crate) fn prompt_since(&self, from: Date) -> impl Iterator<Item = (usize, &Event)> {
        let first = self.prompt_days.partition_point(|day| *day < from);
        self.prompt_events[first..].iter().filter_map(|number| Some((*number, self.events.get(number)?)))
    }

    fn hear(&mut self, number: usize, report: &Report<'_>, family: Family, clock: f64, config: &Config) {
        let share = if family == Family::Origin { 1.0 } else { report.hub_share };
        let mut event = match self.events.remove(&report.event) {
            Some(event) => {
                self.forget(report.event, &event, config);
                event
            }
            None => Event {
                known: report.known,
                clock,
                reports: Vec::new(),
                weight: 0.0,
                sources: BTreeMap::new(),
                timely: BTreeSet::new(),
                prompt: false,
                crackdown: false,
            },
        };
        event.reports.push(number);
        event.weight = event.weight.max(report.weight * share);
        let reliability = event.sources.entry(report.source).or_insert(0.0);
        *reliability = reliability.max(report.reliability);
        if report.timely {
            event.timely.insert(report.source);
        }
        let prompt = report.is_prompt(config);
        event.prompt |= prompt;
        event.crackdown |=
            prompt && matches!(report.incident.kind, IncidentKind::Raid | IncidentKind::VictimsRescued);
        self.first_known.get_or_insert(report.known);
        self.remember(report.event, &event, config);
        self.events.insert(report.event, event);
    }

    /// How many times what was known on `day` counts what was known on the first day.
    fn growth(&self, day: Date, purpose: Purpose, config: &Config) -> f64 {
        let days = self.first_known.map_or(0, |first| days_between(first, day));
        // Beyond a thousand half-lives nothing is left anyway, and the power stays finite.
        2.0_f64.powf((f64::from(days) / purpose.half_life_days(config)).min(1000.0))
    }

    fn add_strength(&mut self, event: &Event, sign: f64, config: &Config) {
        for purpose in Purpose::ALL {
            let strength = event.weight * event.credibility() * self.growth(event.known, purpose, config);
            self.grown[purpose as usize] += sign * strength;
        }
    }

    fn remember(&mut self, number: usize, event: &Event, config: &Config) {
        self.add_strength(event, 1.0, config);
        if !event.timely.is_empty() {
            self.timely_events += 1;
        }
        for source in &event.timely {
            *self.sources.entry(*source).or_insert(0) += 1;
        }
        if event.prompt {
            let at = self.prompt_days.partition_point(|day| *day <= event.known);
            self.prompt_days.insert(at, event.known);
            self.prompt_events.insert(at, number);
        }
        if event.crackdown {
            let at = self.crackdown_days.partition_point(|day| *day <= event.known);
            self.crackdown_days.insert(at, event.known);
        }
    }

    fn forget(&mut self, number: usize, event: &Event, config: &Config) {
        self.add_strength(event, -1.0, config);
        if !event.timely.is_empty() {
            self.timely_events -= 1;
        }
        for source in &event.timely {
            if let Some(count) = self.sources.get_mut(source) {
                *count -= 1;
                if *count == 0 {
                    self.sources.remove(source);
                }
            }
        }
        if event.prompt {
            let first = self.prompt_days.partition_point(|day| *day < event.known);
            if let Some(at) = self.prompt_events[first..].iter().position(|of| *of == number) {
                self.prompt_days.remove(first + at);
                self.prompt_events.remove(first + at);
            }
        }
        if event.crackdown {
            let at = self.crackdown_days.partition_point(|day| *day < event.known);
            self.crackdown_days.remove(at);
        }
    }

    fn establish(&mut self, config: &Config) {
        self.established = self.alarmed_on.is_some()
            && self.timely_events >= config.established_events_min
            && self.sources.len() >= config.established_sources_min;
    }
}

impl Event {
    /// The chance that at least one of its sources is right, were they independent.
    fn credibility(&self) -> f64 {
        1.0 - self.sources.values().map(|reliability| 1.0 - reliability).product::<f64>()
    }
}
