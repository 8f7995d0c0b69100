//! The background: how often reports as strong as these would arise by chance.
//!
//! One-off reports on new subjects (a rumour, a hoax, a case that never grows) are taken to come as a Poisson
//! process. Its rate λ per day has a gamma prior and is learned from what was heard so far of subjects where
//! nothing was to be expected; its posterior mean is `λ = (a + n) / (b + t)` with `n` such subjects in `t` days
//! (the gamma-Poisson model: Gelman et al., *Bayesian Data Analysis*, section 2.6; for spontaneous reports
//! DuMouchel 1999). Because the world reports more every year, both are discounted: a subject of h days ago
//! counts half, and so does a day (West and Harrison, *Bayesian Forecasting and Dynamic Models*, on discount
//! factors). Each carries marks that are drawn, under the null, from what was seen so far: the kind of
//! report, the number of independent sources, whether it lies near an established hub (as if it fell on a
//! country at random), and how many further reports follow it (geometric). The strengths of its reports add
//! up, so their sum has a compound geometric distribution, found by Panjer's recursion (Panjer 1981, *ASTIN
//! Bulletin* 12). The recurrence interval of a strength s is `1 / (λ · P(S ≥ s))` days: the mean time between
//! subjects of noise at least as strong (SaTScan User Guide, "recurrence interval"; Kleinman et al. 2004).

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
    /// The chance that noise is followed by another event on the same subject.
    pub(crate) followed: f64,
}

/// The distribution of the strength of noise; cell i is the chance of at least i / STEPS.
#[derive(Debug, Clone)]
pub(crate) struct Tail {
    far: Vec<f64>,
    background: Background,
    nearness: f64,
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
        single
    }
}

/// What was counted of the noise of one family.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Heard {
    /// Subjects that are noise, each counting 2^(d / h) with d the days from the first report of all to its
    /// own: so a sum that is discounted by h need not be made anew each day.
    pub(crate) grown_subjects: f64,
    /// Subjects that are noise.
    pub(crate) subjects: usize,
    /// Events on them.
    pub(crate) events: usize,
}

impl Background {
    /// The background of a family `days` after the first report of all. A share `near_share` of all noise is
    /// hidden from the count because it falls near established hubs.
    pub(crate) fn new(config: &Config, days: f64, heard: Heard, near_share: f64) -> Self {
        let half_life = config.noise_half_life_days;
        let discount = 0.5_f64.powf(days / half_life);
        let seen = heard.grown_subjects * discount / (1.0 - near_share).max(0.5);
        let over = half_life / std::f64::consts::LN_2 * (1.0 - discount);
        let (events, further) = (heard.events as f64, heard.events.saturating_sub(heard.subjects) as f64);
        Self {
            rate: (config.noise_prior_reports + seen) / (config.noise_prior_days + over),
            near_share,
            followed: (FOLLOWED_PRIOR.0 + further) / (FOLLOWED_PRIOR.0 + FOLLOWED_PRIOR.1 + events),
        }
    }
}

impl Tail {
    pub(crate) fn new(marks: &Marks, background: Background, nearness: f64) -> Self {
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
        Self { far: sum, background, nearness }
    }

    /// How many days pass on average between subjects of noise of at least this strength.
    pub(crate) fn recurrence_days(&self, strength: f64) -> f64 {
        let near = self.background.near_share;
        let chance =
            near * self.far[cell(strength / self.nearness)] + (1.0 - near) * self.far[cell(strength)];
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
        let config = Config { noise_half_life_days: 1e9, ..Config::default() };
        let heard = Heard { grown_subjects: subjects as f64, subjects, events: subjects };
        let background = Background::new(&config, days, heard, near_share);
        Tail::new(&marks, background, 5.0)
    }

    #[test]
    fn a_report_of_no_strength_recurs_as_often_as_noise() {
        let tail = tail(10, 365.0, 2, 0.0);
        assert!((tail.recurrence_days(0.0) - 1.0 / tail.background.rate).abs() < 1e-6);
        assert!((tail.background.rate - 4.0 / 730.0).abs() < 1e-6);
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
