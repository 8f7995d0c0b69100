//! The background: how often reports as strong as these would arise by chance.
//!
//! One-off reports on new subjects (a rumour, a hoax, a case that never grows) are taken to come as a Poisson
//! process. The world reports more every year, so its rate is a product: λ = p · v, with v the events per day
//! of the whole record, and p the share of them that open a subject where nothing was to be expected. Both
//! have a gamma or beta prior and are learned with discount factors (West and Harrison, *Bayesian Forecasting
//! and Dynamic Models*): v by days, so that it follows a rise of reporting within weeks; p by events, so that a
//! flood of reports on one known hub does not count as noise elsewhere (the gamma-Poisson model: Gelman et al.,
//! *Bayesian Data Analysis*, section 2.6; for spontaneous reports DuMouchel 1999). Each such report carries
//! marks that are drawn, under the null, from what was seen so far: the kind of report, the number of
//! independent sources, whether it lies near an established hub (as if it fell on a country at random), and how
//! many further reports follow it (geometric). The strengths of its reports add up, so their sum has a compound
//! geometric distribution, found by Panjer's recursion (Panjer 1981, *ASTIN Bulletin* 12). The recurrence
//! interval of a strength s is `1 / (λ · P(S ≥ s))` days: the mean time between subjects of noise at least as
//! strong (SaTScan User Guide, "recurrence interval"; Kleinman et al. 2004).
//!
//! Nearness enters as a likelihood ratio: how much more often what grew lay near an established hub than a
//! country drawn at random does. It is learned as hubs are established, and means less the more of the world
//! lies near one.

use crate::config::{self, Config};

/// Steps of the grid of strengths per unit, and the greatest strength that it tells apart.
const STEPS: f64 = 64.0;
const STRENGTH_MAX: f64 = 8.0;
const CELLS: usize = (STEPS * STRENGTH_MAX) as usize + 1;

/// How many independent sources are told apart; more count as this many.
const SOURCES_MAX: usize = 3;

/// Pseudo-observations of events by number of sources, before any was seen.
const SOURCES_PRIOR: [f64; SOURCES_MAX] = [3.0, 1.0, 0.5];
/// Pseudo-observations of events of each kind, before any was seen.
const KIND_PRIOR: f64 = 0.5;
/// Pseudo-observations of events of noise that were followed by another on the same subject, and were not.
const FOLLOWED_PRIOR: (f64, f64) = (1.0, 3.0);

/// What events look like, as seen so far: shared by all families.
#[derive(Debug, Clone)]
pub(crate) struct Marks {
    kinds: Vec<f64>,
    sources: [f64; SOURCES_MAX],
}

/// What the noise of one family looks like on one day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Background {
    /// New subjects per day that are noise: the posterior mean λ.
    pub(crate) rate: f64,
    /// The share of noise that would fall near an established hub.
    pub(crate) near_share: f64,
    /// How many times likelier a report near an established hub belongs to something that grows.
    pub(crate) nearness: f64,
    /// The chance that noise is followed by another event on the same subject.
    pub(crate) followed: f64,
}

/// The distribution of the strength of noise; cell i is the chance of at least i / STEPS.
#[derive(Debug, Clone)]
pub(crate) struct Tail {
    far: Vec<f64>,
    background: Background,
}

/// A sum whose parts count half after each half-life. The clock is the caller's: days, or events.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fading {
    sum: f64,
    at: f64,
}

impl Fading {
    /// Adds `weight` that belongs to the time `of`; a negative one takes back what was added.
    pub(crate) fn add(&mut self, weight: f64, of: f64, now: f64, half_life: f64) {
        self.sum = self.at(now, half_life) + weight * 0.5_f64.powf((now - of) / half_life);
        self.at = now;
    }

    /// The sum as it stands at the time `now`; never below zero.
    pub(crate) fn at(&self, now: f64, half_life: f64) -> f64 {
        (self.sum * 0.5_f64.powf((now - self.at) / half_life)).max(0.0)
    }
}

impl Marks {
    pub(crate) fn new() -> Self {
        Self { kinds: vec![KIND_PRIOR; config::KINDS.len()], sources: SOURCES_PRIOR }
    }

    /// A new event was heard of, first told by one source.
    pub(crate) fn event(&mut self, kind: forewarn_model::IncidentKind) {
        if let Some(index) = config::KINDS.iter().position(|row| row.0 == kind) {
            self.kinds[index] += 1.0;
        }
        self.sources[0] += 1.0;
    }

    /// A known event got its n-th independent source.
    pub(crate) fn source(&mut self, sources: usize) {
        if (2..=SOURCES_MAX).contains(&sources) {
            self.sources[sources - 2] -= 1.0;
            self.sources[sources - 1] += 1.0;
        }
    }

    /// The chance of each strength of one event, as (cell, chance).
    fn single(&self) -> Vec<(usize, f64)> {
        let (kinds, sources) = (self.kinds.iter().sum::<f64>(), self.sources.iter().sum::<f64>());
        let mut single = Vec::with_capacity(self.kinds.len() * SOURCES_MAX);
        for (row, seen) in config::KINDS.iter().zip(&self.kinds) {
            for (further, of_sources) in self.sources.iter().enumerate() {
                let doubt = (1.0 - row.2) * 0.5_f64.powi(further as i32);
                single.push((cell(row.1 * (1.0 - doubt)), seen / kinds * of_sources / sources));
            }
        }
        merged(single)
    }
}

/// The same chances with each cell named once.
fn merged(mut chances: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    chances.sort_by_key(|(cell, _)| *cell);
    let mut merged: Vec<(usize, f64)> = Vec::with_capacity(chances.len());
    for (cell, chance) in chances {
        match merged.last_mut() {
            Some(last) if last.0 == cell => last.1 += chance,
            _ => merged.push((cell, chance)),
        }
    }
    merged
}

/// What was counted of the noise of one family; the clock of both sums is the number of events that were heard
/// of in the world.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Heard {
    /// Subjects that are noise, each at the time of its first event.
    pub(crate) subjects: Fading,
    /// Events on them.
    pub(crate) events: Fading,
}

/// What the world was like when a background is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    /// Events per day of the whole record.
    pub(crate) events_per_day: f64,
    /// Events that were heard of in the world: the clock of `Heard`.
    pub(crate) clock: f64,
    /// The events of the world, on that clock.
    pub(crate) recent: Fading,
    /// The share of all subjects that lie near an established hub.
    pub(crate) near_share: f64,
    /// The share of what was established that lay near a hub established before it.
    pub(crate) near_grown: f64,
}

/// Events per day of the whole record, `days` after its first: the posterior mean of a discounted rate.
pub(crate) fn events_per_day(config: &Config, days: f64, heard: &Fading) -> f64 {
    let half_life = config.volume_half_life_days;
    let over = half_life / std::f64::consts::LN_2 * (1.0 - 0.5_f64.powf(days / half_life));
    (config.volume_prior_events + heard.at(days, half_life)) / (config.volume_prior_days + over)
}

impl Background {
    /// The background of a family. A share `near_share` of all noise is hidden from the count because it falls
    /// near established hubs.
    pub(crate) fn new(config: &Config, heard: &Heard, setting: &Setting) -> Self {
        let of = |sum: &Fading| sum.at(setting.clock, config.noise_half_life_events);
        let (subjects, events) = (of(&heard.subjects), of(&heard.events));
        let hidden = (1.0 - setting.near_share).max(0.5);
        let opened = (config.noise_prior_subjects + subjects / hidden)
            / (config.noise_prior_events + of(&setting.recent).max(subjects / hidden));
        let odds = |share: f64| share.clamp(1e-3, 1.0 - 1e-3) / (1.0 - share.clamp(1e-3, 1.0 - 1e-3));
        Self {
            rate: opened * setting.events_per_day,
            near_share: setting.near_share,
            nearness: (odds(setting.near_grown) / odds(setting.near_share)).clamp(1.0, config.nearness_max),
            followed: (FOLLOWED_PRIOR.0 + (events - subjects).max(0.0))
                / (FOLLOWED_PRIOR.0 + FOLLOWED_PRIOR.1 + events),
        }
    }
}

impl Tail {
    pub(crate) fn new(marks: &Marks, background: Background) -> Self {
        let single = marks.single();
        let mut sum = vec![0.0; CELLS];
        for index in 0..CELLS {
            let mut chance = 0.0;
            for &(cell, of_cell) in &single {
                if cell == index {
                    chance += (1.0 - background.followed) * of_cell;
                }
                if cell <= index && cell > 0 {
                    chance += background.followed * of_cell * sum[index - cell];
                }
            }
            sum[index] = chance;
        }
        // What lies beyond the grid belongs to its last cell.
        let mut at_least = (1.0 - sum.iter().sum::<f64>()).max(0.0);
        for chance in sum.iter_mut().rev() {
            at_least += *chance;
            *chance = at_least;
        }
        Self { far: sum, background }
    }

    /// How many days pass on average between subjects of noise of at least this strength.
    pub(crate) fn recurrence_days(&self, strength: f64) -> f64 {
        let near = self.background.near_share;
        let chance = near * self.far[cell(strength / self.background.nearness)]
            + (1.0 - near) * self.far[cell(strength)];
        1.0 / (self.background.rate * chance.max(f64::MIN_POSITIVE))
    }
}

fn cell(strength: f64) -> usize {
    ((strength * STEPS + 0.5) as usize).clamp(1, CELLS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use forewarn_model::IncidentKind;
    use proptest::prelude::*;

    fn tail(events: usize, days: f64, subjects: usize, near_share: f64) -> Tail {
        let mut marks = Marks::new();
        (0..events).for_each(|_| marks.event(IncidentKind::Raid));
        let config = Config { noise_half_life_events: 1e9, ..Config::default() };
        let mut heard = Heard::default();
        heard.subjects.add(subjects as f64, 0.0, 0.0, 1.0);
        heard.events.add(subjects as f64, 0.0, 0.0, 1.0);
        let mut recent = Fading::default();
        recent.add(60.0, 0.0, 0.0, 1.0);
        let setting =
            Setting { events_per_day: 100.0 / days, clock: 0.0, recent, near_share, near_grown: 0.5 };
        Tail::new(&marks, Background::new(&config, &heard, &setting))
    }

    #[test]
    fn a_report_of_no_strength_recurs_as_often_as_noise() {
        let tail = tail(10, 365.0, 2, 0.0);
        assert!((tail.recurrence_days(0.0) - 1.0 / tail.background.rate).abs() < 1e-6);
        assert!((tail.background.rate - 3.0 / 62.0 * 100.0 / 365.0).abs() < 1e-6);
    }

    #[test]
    fn marks_count_an_event_once_whatever_its_sources() {
        let mut marks = Marks::new();
        marks.event(IncidentKind::Raid);
        (2..=5).for_each(|sources| marks.source(sources));
        assert_eq!(marks.sources, [3.0, 1.0, 1.5]);
        assert!((marks.single().iter().map(|(_, chance)| chance).sum::<f64>() - 1.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn stronger_reports_are_rarer(
            a in 0.0..9.0_f64, b in 0.0..9.0_f64, events in 0..200_usize, subjects in 0..50_usize,
            near in 0.0..0.4_f64,
        ) {
            let tail = tail(events, 1000.0, subjects, near);
            let (weak, strong) = (a.min(b), a.max(b));
            prop_assert!(tail.recurrence_days(weak) <= tail.recurrence_days(strong) * (1.0 + 1e-9));
            prop_assert!(tail.recurrence_days(strong).is_finite());
        }

        #[test]
        fn more_noise_makes_every_report_less_surprising(strength in 0.0..4.0_f64, subjects in 0..50_usize) {
            let (quiet, loud) = (tail(20, 1000.0, subjects, 0.1), tail(20, 1000.0, subjects + 5, 0.1));
            prop_assert!(loud.recurrence_days(strength) < quiet.recurrence_days(strength));
        }
    }
}
