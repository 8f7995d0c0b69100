//! Surges: a subject that is already known is suddenly heard of more often than its share.
//!
//! The world reports more every year, so a subject is measured against all reports: it had `c` of the `g`
//! events of the baseline, and has `x` of the `w` events of the window. With a gamma prior on its rate per
//! event of the world (shape 1, mean one over the number of subjects), `x` has a negative binomial
//! predictive distribution with shape `1 + c` and success probability `(k + g) / (k + g + w)` (Gelman et al.,
//! *Bayesian Data Analysis*, section 2.6). The recurrence interval is the window's length over the tail
//! probability times the number of subjects that were watched (Kleinman et al. 2004).

use forewarn_model::Date;
use forewarn_model::date::add_days;

use crate::config::Config;

/// Events of one subject, of the world, and how many subjects there are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    pub(crate) window: u32,
    pub(crate) baseline: u32,
    pub(crate) world_window: u32,
    pub(crate) world_baseline: u32,
    pub(crate) subjects: usize,
}

/// A surge: how unlikely, and how many times more than expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Surge {
    /// The chance of at least so many events if nothing had changed.
    pub(crate) chance: f64,
    /// Observed over expected.
    pub(crate) ratio: f64,
}

/// Counts the sorted `days` of a subject and of the world in the window of `window_days` that ends with `day`,
/// and in the baseline before it.
pub(crate) fn count(
    days: &[Date],
    world: &[Date],
    day: Date,
    window_days: i32,
    config: &Config,
    subjects: usize,
) -> Counts {
    let opens = add_days(day, 1 - window_days);
    let before = add_days(opens, -config.baseline_days);
    let between = |days: &[Date], from: Date, to: Date| {
        (days.partition_point(|d| *d < to) - days.partition_point(|d| *d < from)) as u32
    };
    let after = add_days(day, 1);
    Counts {
        window: between(days, opens, after),
        baseline: between(days, before, opens),
        world_window: between(world, opens, after),
        world_baseline: between(world, before, opens),
        subjects,
    }
}

impl Counts {
    /// How unlikely the window is, given the baseline.
    pub(crate) fn surge(self) -> Surge {
        let shape = 1.0 + f64::from(self.baseline);
        let rate = self.subjects.max(1) as f64 + f64::from(self.world_baseline);
        let world = f64::from(self.world_window);
        let expected = shape / rate * world;
        Surge {
            chance: negative_binomial_tail(self.window, shape, rate / (rate + world)),
            ratio: f64::from(self.window) / expected.max(f64::MIN_POSITIVE),
        }
    }
}

/// P(X ≥ x) for X negative binomial: the number of failures before `shape` successes of probability `p`.
fn negative_binomial_tail(x: u32, shape: f64, p: f64) -> f64 {
    let mut term = p.powf(shape);
    let mut below = 0.0;
    for k in 0..x {
        below += term;
        term *= (f64::from(k) + shape) / f64::from(k + 1) * (1.0 - p);
    }
    // Where nearly all of the mass lies below, the difference from 1 is lost in rounding: sum upwards instead.
    if below < 0.999 {
        return 1.0 - below;
    }
    let mut above = 0.0;
    for k in x..x.saturating_add(10_000) {
        above += term;
        term *= (f64::from(k) + shape) / f64::from(k + 1) * (1.0 - p);
        if term <= above * 1e-12 {
            break;
        }
    }
    above
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_tail_agrees_with_the_geometric_distribution() {
        // With shape 1 the negative binomial is geometric: P(X ≥ x) = (1 − p)^x.
        for (x, p) in [(0, 0.3), (1, 0.5), (5, 0.9), (12, 0.99), (400, 0.2)] {
            let expected = (1.0_f64 - p).powi(x as i32);
            let got = negative_binomial_tail(x, 1.0, p);
            assert!((got - expected).abs() <= 1e-9 * expected.max(1e-6), "{x} {p}: {got} {expected}");
        }
    }

    #[test]
    fn a_subject_that_grows_with_the_world_does_not_surge() {
        let counts =
            Counts { window: 10, baseline: 10, world_window: 100, world_baseline: 100, subjects: 10 };
        assert!(counts.surge().chance > 0.3, "{:?}", counts.surge());
        let alone = Counts { world_window: 10, ..counts };
        assert!(alone.surge().chance < 1e-4, "{:?}", alone.surge());
    }

    proptest! {
        #[test]
        fn more_events_are_less_likely(window in 0..60_u32, baseline in 0..60_u32, world in 0..200_u32) {
            let counts = |window| Counts {
                window, baseline, world_window: world + 61, world_baseline: world + 61, subjects: 20,
            };
            let (few, many) = (counts(window).surge(), counts(window + 1).surge());
            prop_assert!(many.chance <= few.chance + 1e-12);
            prop_assert!((0.0..=1.0).contains(&many.chance));
        }
    }
}
