//! The background: how often reports as strong as these would arise by chance.
//!
//! One-off reports on new subjects (a rumour, a hoax, a case that never grows) are taken to come as a Poisson
//! process. The world reports more every year, so its rate is a product: λ = p · v, with v the events per day
//! of the whole record, and p the share of them that open a subject where nothing was to be expected. Both
//! have a gamma or beta prior and are learned with discount factors (West and Harrison, *Bayesian Forecasting
//! and Dynamic Models*): v by days, so that it follows a rise of reporting within weeks; p by events, so that a
//! flood of reports on one known hub does not count as noise elsewhere (the gamma-Poisson model: Gelman et al.,
//! *Bayesian Data Analysis*, section 2.6; for spontaneous reports DuMouchel 1999). Each such report carries
//! marks that are drawn, under the null, from what was seen so far: how strong a single event of the family is,
//! whether it lies near an established hub (as if it fell on a country at random), and how
//! many further events follow it (geometric), and how much of what was known has faded by then. So the strength
//! of a subject of noise is a shot noise (Rice 1944, *Bell System Technical Journal* 23), and P(S ≥ s), the
//! chance that it ever reaches s, is found by following its levels from event to event. The recurrence
//! interval of a strength s is `1 / (λ · P(S ≥ s))` days: the mean time between subjects of noise at least as
//! strong (SaTScan User Guide, "recurrence interval"; Kleinman et al. 2004).
//!
//! Nearness enters as a likelihood ratio: how much more often what grew lay near an established hub than a
//! country drawn at random does. It is learned as hubs are established, and means less the more of the world
//! lies near one.

use crate::config::{self, Config};

/// Steps of the grid of strengths per unit, and the greatest strength that it tells apart.
const STEPS: f64 = 24.0;
const STRENGTH_MAX: f64 = 8.0;
const CELLS: usize = (STEPS * STRENGTH_MAX) as usize + 1;

/// Pseudo-observations of events by number of independent sources, before any was seen.
const SOURCES_PRIOR: [f64; 3] = [3.0, 1.0, 0.5];
/// Pseudo-observations of events of each kind, before any was seen.
const KIND_PRIOR: f64 = 0.5;
/// Pseudo-observations of events of noise that were followed by another on the same subject, and were not.
const FOLLOWED_PRIOR: (f64, f64) = (1.0, 3.0);

/// How strong single events are, as seen so far in one family: what was heard late, of suspects, in a list or at
/// home is weaker than its kind alone would make it.
#[derive(Debug, Clone)]
pub(crate) struct Marks {
    /// Pseudo-observations of each strength on the grid, before anything was seen.
    prior: Vec<f64>,
    /// How many events had each; whole numbers, so that their order does not matter.
    seen: Vec<i64>,
}

/// How many grades of fading are told apart: what is left of what was known when the next event comes, from
/// nothing to all of it.
const FADES: usize = 5;

/// Rounds of further events after which the rest is too rare to matter, or nothing is left of the chance.
const ROUNDS_MAX: usize = 16;
const REST_MIN: f64 = 1e-5;

/// Smaller chances than this are not told apart.
const CHANCE_MIN: f64 = 1e-9;

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
    /// If so, the chance of each grade of fading until then; grade i leaves i / (FADES - 1).
    pub(crate) left: [f64; FADES],
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
    /// Before anything was seen: a few events of each kind and number of sources, told at once.
    pub(crate) fn new() -> Self {
        let mut prior = vec![0.0; (STEPS as usize) + 1];
        let sources = SOURCES_PRIOR.iter().sum::<f64>();
        for row in config::KINDS {
            for (further, of_sources) in SOURCES_PRIOR.iter().enumerate() {
                let doubt = (1.0 - row.2) * 0.5_f64.powi(further as i32);
                prior[cell(row.1 * (1.0 - doubt))] += KIND_PRIOR * of_sources / sources;
            }
        }
        let seen = vec![0; prior.len()];
        Self { prior, seen }
    }

    /// What is known of one event changed: it had the strength `before` and has `after`, none where it was not
    /// known or is not any longer.
    pub(crate) fn change(&mut self, before: Option<f64>, after: Option<f64>) {
        for (strength, sign) in [(before, -1), (after, 1)] {
            if let Some(strength) = strength {
                self.seen[cell(strength).min(STEPS as usize)] += sign;
            }
        }
    }

    /// The chance of each strength of one event, as (cell, chance).
    fn single(&self) -> Vec<(usize, f64)> {
        let all = self.prior.iter().sum::<f64>() + self.seen.iter().sum::<i64>() as f64;
        let counts = self.prior.iter().zip(&self.seen).map(|(prior, seen)| prior + *seen as f64).enumerate();
        counts.filter(|(_, count)| *count > 0.0).map(|(cell, count)| (cell, count / all)).collect()
    }
}

/// What was counted of the noise of one family; the clock of both sums is the number of events that were heard
/// of in the world.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Heard {
    /// Subjects that are noise, each at the time of its first event.
    pub(crate) subjects: Fading,
    /// Events on them.
    pub(crate) events: Fading,
    /// Of those that followed another, how many found each grade of what was known left.
    pub(crate) left: [Fading; FADES],
}

/// The grade of what is left, given as a share.
pub(crate) fn grade(left: f64) -> usize {
    (left.clamp(0.0, 1.0) * (FADES - 1) as f64).round() as usize
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
        let left = heard.left.map(|sum| FOLLOWED_PRIOR.0 / FADES as f64 + of(&sum));
        let follow = left.iter().sum::<f64>();
        let odds = |share: f64| share.clamp(1e-3, 1.0 - 1e-3) / (1.0 - share.clamp(1e-3, 1.0 - 1e-3));
        Self {
            rate: opened * setting.events_per_day,
            near_share: setting.near_share,
            nearness: (odds(setting.near_grown) / odds(setting.near_share)).clamp(1.0, config.nearness_max),
            followed: (FOLLOWED_PRIOR.0 + (events - subjects).max(0.0))
                / (FOLLOWED_PRIOR.0 + FOLLOWED_PRIOR.1 + events),
            left: left.map(|count| count / follow),
        }
    }
}

impl Tail {
    pub(crate) fn new(marks: &Marks, background: Background) -> Self {
        let single = marks.single();
        let mut level = vec![0.0; CELLS];
        single.iter().for_each(|(cell, chance)| level[*cell] += chance);
        let mut reached = level.clone();
        let mut rest = 1.0;
        for _ in 0..ROUNDS_MAX {
            rest *= background.followed;
            if rest < REST_MIN {
                break;
            }
            level = risen(&faded(&level, &background), &single);
            reached.iter_mut().zip(&level).for_each(|(reached, more)| *reached += more);
        }
        let mut at_least = 0.0;
        // Where nothing fades, what is reached once stays reached and is counted as often as events follow.
        let grades = background.left.iter().enumerate();
        let stays: f64 = grades.map(|(grade, chance)| grade as f64 / (FADES - 1) as f64 * chance).sum();
        let once = 1.0 - background.followed * stays;
        for chance in reached.iter_mut().rev() {
            at_least += *chance;
            *chance = (at_least * once).min(1.0);
        }
        Self { far: reached, background }
    }

    /// How many days pass on average between subjects of noise of at least this strength.
    pub(crate) fn recurrence_days(&self, strength: f64) -> f64 {
        let near = self.background.near_share;
        let chance = near * self.far[cell(strength / self.background.nearness)]
            + (1.0 - near) * self.far[cell(strength)];
        1.0 / (self.background.rate * chance.max(CHANCE_MIN))
    }
}

/// The levels that are left when another event comes, each with the chance that one does.
fn faded(level: &[f64], background: &Background) -> Vec<f64> {
    let mut faded = vec![0.0; CELLS];
    for (grade, of_grade) in background.left.iter().enumerate() {
        for (index, chance) in level.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
            faded[(index * grade) / (FADES - 1)] += chance * of_grade * background.followed;
        }
    }
    faded
}

/// The levels after another event; what lies beyond the grid belongs to its last cell.
fn risen(level: &[f64], single: &[(usize, f64)]) -> Vec<f64> {
    let mut risen = vec![0.0; CELLS];
    for (index, chance) in level.iter().enumerate().filter(|(_, chance)| **chance > CHANCE_MIN) {
        for (cell, of_cell) in single {
            risen[(index + cell).min(CELLS - 1)] += chance * of_cell;
        }
    }
    risen
}

fn cell(strength: f64) -> usize {
    ((strength * STEPS + 0.5) as usize).clamp(1, CELLS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tail(events: usize, days: f64, subjects: usize, near_share: f64) -> Tail {
        let mut marks = Marks::new();
        (0..events).for_each(|_| marks.change(None, Some(0.5)));
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
    fn marks_count_an_event_once_whatever_becomes_of_it() {
        let mut marks = Marks::new();
        marks.change(None, Some(0.5));
        marks.change(Some(0.5), Some(0.75));
        assert_eq!(marks.seen.iter().sum::<i64>(), 1);
        assert!((marks.single().iter().map(|(_, chance)| chance).sum::<f64>() - 1.0).abs() < 1e-12);
        marks.change(Some(0.75), None);
        assert!(marks.seen.iter().all(|count| *count == 0));
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
