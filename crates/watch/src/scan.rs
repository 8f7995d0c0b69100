//! The space-time permutation scan: is there a zone in which the last days hold more events than the rest of
//! the record would let one expect?
//!
//! Kulldorff, Heffernan, Hartman, Assunção and Mostashari (2005), *PLoS Medicine* 2(3): a cylinder is a zone and
//! a window that ends today; its expected count is (events in the zone) × (events in the window) / (all
//! events), so that a rise of reporting everywhere, or a zone that is always loud, is no cluster. The greatest
//! Poisson likelihood ratio of all cylinders is compared with that of histories in which the days are dealt
//! anew to the same events. Its chance is read off a Gumbel distribution fitted to the replicates, which
//! reaches further than their number (Abrams, Kulldorff and Kleinman 2010, *International Journal of Health
//! Geographics* 9:61); a weak one ends after a few replicates (Besag and Clifford 1991). One look a day, so the
//! recurrence interval is 1 / chance days.

use crate::random::SplitMix64;

/// Euler's constant, for the Gumbel distribution.
const EULER: f64 = 0.577_215_664_901_532_9;

/// Replicates at least as strong after which a cylinder is called weak.
const STRONGER_MAX: u32 = 10;

/// One event: how many days before today it became known, and the zones that it lies in.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    pub(crate) age_days: i32,
    pub(crate) zones: Vec<usize>,
}

/// What is scanned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scan<'a> {
    pub(crate) zones: usize,
    /// Lengths of the windows in days, shortest first.
    pub(crate) windows_days: &'a [i32],
    /// A cylinder holds at least this many events.
    pub(crate) events_min: u32,
}

/// The strongest cylinder.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Cluster {
    pub(crate) zone: usize,
    pub(crate) window_days: i32,
    /// Twice-less: the logarithm of the likelihood ratio.
    pub(crate) ratio: f64,
}

impl Scan<'_> {
    /// The strongest cylinder of `points` whose zone is `wanted`.
    pub(crate) fn strongest(&self, points: &[Point], wanted: impl Fn(usize) -> bool) -> Option<Cluster> {
        let counts = &mut vec![0; self.zones * self.windows_days.len()];
        self.best(points, &self.windows(points), &self.totals(points), counts, &wanted)
    }

    /// The chance of a cylinder at least as strong as `cluster`, in any zone, if nothing had changed.
    pub(crate) fn chance(&self, points: &[Point], cluster: &Cluster, replicates: u32, seed: u64) -> f64 {
        let mut random = SplitMix64::new(seed);
        let mut windows = self.windows(points);
        let totals = self.totals(points);
        let mut counts = vec![0; self.zones * self.windows_days.len()];
        let (mut sum, mut squares, mut stronger, mut done) = (0.0, 0.0, 0, 0_u32);
        for _ in 0..replicates {
            random.shuffle(&mut windows);
            let ratio =
                self.best(points, &windows, &totals, &mut counts, &|_| true).map_or(0.0, |best| best.ratio);
            (sum, squares, done) = (sum + ratio, squares + ratio * ratio, done + 1);
            stronger += u32::from(ratio >= cluster.ratio);
            if stronger >= STRONGER_MAX {
                return f64::from(stronger) / f64::from(done);
            }
        }
        let n = f64::from(done.max(1));
        let (mean, deviation) = (sum / n, (squares / n - (sum / n).powi(2)).max(1e-12).sqrt());
        let scale = deviation * 6.0_f64.sqrt() / std::f64::consts::PI;
        let standard = (cluster.ratio - (mean - EULER * scale)) / scale;
        -(-(-standard).exp()).exp_m1()
    }

    fn totals(&self, points: &[Point]) -> Vec<u32> {
        let mut totals = vec![0; self.zones];
        points.iter().flat_map(|point| &point.zones).for_each(|zone| totals[*zone] += 1);
        totals
    }

    /// For each point, the shortest window that holds it; one more than there are where none does.
    fn windows(&self, points: &[Point]) -> Vec<usize> {
        let shortest =
            |point: &Point| self.windows_days.partition_point(|window_days| *window_days <= point.age_days);
        points.iter().map(shortest).collect()
    }

    /// The strongest cylinder when each point lies in the window that `windows` says, and in the longer ones.
    fn best(
        &self,
        points: &[Point],
        windows: &[usize],
        totals: &[u32],
        counts: &mut [u32],
        wanted: &dyn Fn(usize) -> bool,
    ) -> Option<Cluster> {
        let all = points.len() as f64;
        let mut best: Option<Cluster> = None;
        counts.fill(0);
        for (point, window) in points.iter().zip(windows).filter(|(_, at)| **at < self.windows_days.len()) {
            point.zones.iter().for_each(|zone| counts[window * self.zones + zone] += 1);
        }
        let mut inside = 0_usize;
        for (window, &window_days) in self.windows_days.iter().enumerate() {
            inside += windows.iter().filter(|at| **at == window).count();
            let (shorter, rest) = counts.split_at_mut(window * self.zones);
            let counts = &mut rest[..self.zones];
            if let Some(start) = shorter.len().checked_sub(self.zones) {
                counts.iter_mut().zip(&shorter[start..]).for_each(|(count, more)| *count += more);
            }
            for (zone, count) in counts.iter().enumerate().filter(|(_, count)| **count >= self.events_min) {
                let expected = f64::from(totals[zone]) * inside as f64 / all;
                let ratio = log_ratio(f64::from(*count), expected, all);
                if best.is_none_or(|best| ratio > best.ratio) && ratio > 0.0 && wanted(zone) {
                    best = Some(Cluster { zone, window_days, ratio });
                }
            }
        }
        best
    }
}

/// The Poisson log likelihood ratio of `count` events where `expected` were to be expected, of `all`.
fn log_ratio(count: f64, expected: f64, all: f64) -> f64 {
    if count <= expected {
        return 0.0;
    }
    let rest = all - count;
    let outside = if rest > 0.0 { rest * (rest / (all - expected)).ln() } else { 0.0 };
    count * (count / expected).ln() + outside
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SCAN: Scan<'static> = Scan { zones: 4, windows_days: &[7, 28], events_min: 2 };

    fn even() -> Vec<Point> {
        (0..160).map(|n| Point { age_days: n * 4 + 30, zones: vec![n as usize % 4] }).collect()
    }

    #[track_caller]
    fn check(recent: &[(i32, usize)], expected: Option<(usize, i32)>, rare: bool) {
        let mut points = even();
        points
            .extend(recent.iter().map(|(age_days, zone)| Point { age_days: *age_days, zones: vec![*zone] }));
        let cluster = SCAN.strongest(&points, |_| true);
        assert_eq!(cluster.map(|cluster| (cluster.zone, cluster.window_days)), expected);
        if let Some(cluster) = cluster {
            let chance = SCAN.chance(&points, &cluster, 499, 7);
            assert_eq!(chance < 0.001, rare, "{chance}");
        }
    }

    #[test]
    fn finds_a_cluster_and_says_how_rare_it_is() {
        check(&[], None, false);
        let burst: Vec<(i32, usize)> = (0..8).map(|n| (n % 6, 2)).collect();
        check(&burst, Some((2, 7)), true);
        // The world as a whole reports more: no zone stands out.
        let everywhere: Vec<(i32, usize)> = (0..32).map(|n| (n % 6, n as usize % 4)).collect();
        check(&everywhere, None, false);
        check(&[(0, 1), (9, 1), (1, 0), (15, 3), (22, 2)], Some((1, 28)), false);
    }

    #[test]
    fn works_out_a_ratio_by_hand() {
        // 4 ln(4/1) + 6 ln(6/9).
        assert!(
            (log_ratio(4.0, 1.0, 10.0) - (4.0 * 4.0_f64.ln() + 6.0 * (6.0_f64 / 9.0).ln())).abs() < 1e-12
        );
        assert_eq!(log_ratio(1.0, 2.0, 10.0), 0.0);
        assert!(log_ratio(10.0, 5.0, 10.0).is_finite());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn a_chance_is_a_chance_and_the_same_for_the_same_seed(
            ages in proptest::collection::vec((0..200_i32, 0..4_usize), 4..40), seed in 0..100_u64,
        ) {
            let points: Vec<Point> =
                ages.into_iter().map(|(age_days, zone)| Point { age_days, zones: vec![zone] }).collect();
            if let Some(cluster) = SCAN.strongest(&points, |_| true) {
                let chance = SCAN.chance(&points, &cluster, 99, seed);
                prop_assert!((0.0..=1.0).contains(&chance));
                prop_assert_eq!(chance, SCAN.chance(&points, &cluster, 99, seed));
            }
        }
    }
}
