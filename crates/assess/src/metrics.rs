//! How good scores are: ranking, recall at a false-positive rate, calibration, and how sure that is.
//!
//! All functions weigh their samples, treat equal scores as one group, and return none where the question
//! has no answer (only one class).

use crate::random::SplitMix64;

/// One scored example.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The score; higher means more likely a lure. A probability where calibration is asked for.
    pub score: f64,
    /// Whether it is a lure.
    pub label: bool,
    /// How much it counts; above zero.
    pub weight: f64,
    /// Index of its group (template, campaign): resampled as a whole.
    pub group: usize,
}

/// An estimate with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// On the sample as it is.
    pub value: f64,
    /// 2.5th percentile over resamples.
    pub low: f64,
    /// 97.5th percentile over resamples.
    pub high: f64,
}

/// One bin of a reliability diagram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Mean probability of the samples in it.
    pub predicted: f64,
    /// Share of lures among them.
    pub observed: f64,
    /// Share of all samples that fall in it.
    pub share: f64,
}

/// How many bins of equal width a reliability diagram has.
pub const BINS: usize = 10;

/// Weight of lures and of others at or above a score, from the highest score down, one entry a score.
fn cumulated(samples: &[Sample]) -> Vec<(f64, f64, f64)> {
    let mut sorted: Vec<&Sample> = samples.iter().collect();
    sorted.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut steps: Vec<(f64, f64, f64)> = Vec::new();
    let (mut lures, mut others) = (0.0, 0.0);
    for sample in sorted {
        if sample.label {
            lures += sample.weight
        } else {
            others += sample.weight
        }
        match steps.last_mut() {
            Some(last) if last.0 == sample.score => *last = (sample.score, lures, others),
            _ => steps.push((sample.score, lures, others)),
        }
    }
    steps
}

/// Area under the ROC curve: the chance that a lure scores above another text, ties counting half.
pub fn roc_auc(samples: &[Sample]) -> Option<f64> {
    let steps = cumulated(samples);
    let &(_, lures, others) = steps.last()?;
    if lures <= 0.0 || others <= 0.0 {
        return None;
    }
    let mut area = 0.0;
    let (mut x, mut y) = (0.0, 0.0);
    for (_, up, right) in steps {
        area += (right - x) * (up + y) / 2.0;
        (x, y) = (right, up);
    }
    Some(area / (lures * others))
}

/// Average precision: the mean of the precision at each lure, by recall steps without interpolation.
pub fn average_precision(samples: &[Sample]) -> Option<f64> {
    let steps = cumulated(samples);
    let &(_, all, _) = steps.last()?;
    if all <= 0.0 {
        return None;
    }
    let mut before = 0.0;
    let terms = steps.iter().map(|&(_, lures, others)| {
        let gained = lures - before;
        before = lures;
        gained * lures / (lures + others)
    });
    Some(terms.sum::<f64>() / all)
}

/// The greatest share of lures found by a threshold that flags at most `fpr_max` of the others.
pub fn recall_at_fpr(samples: &[Sample], fpr_max: f64) -> Option<f64> {
    let steps = cumulated(samples);
    let &(_, all, others) = steps.last()?;
    if all <= 0.0 || others <= 0.0 {
        return None;
    }
    let within = steps.iter().take_while(|step| step.2 / others <= fpr_max + 1e-12);
    Some(within.last().map_or(0.0, |step| step.1 / all))
}

/// The share of the samples of one class (`label`) that score at or above `threshold`.
pub fn flagged(samples: &[Sample], label: bool, threshold: f64) -> Option<f64> {
    let of_class = samples.iter().filter(|sample| sample.label == label);
    let (hit, all) = of_class.fold((0.0, 0.0), |(hit, all), sample| {
        (hit + if sample.score >= threshold { sample.weight } else { 0.0 }, all + sample.weight)
    });
    (all > 0.0).then(|| hit / all)
}

/// The reliability diagram of probabilities: bins of equal width that hold anything.
pub fn reliability(samples: &[Sample]) -> Vec<Bin> {
    let mut sums = [(0.0, 0.0, 0.0); BINS];
    for sample in samples {
        let at = ((sample.score * BINS as f64) as usize).min(BINS - 1);
        sums[at].0 += sample.weight * sample.score;
        sums[at].1 += if sample.label { sample.weight } else { 0.0 };
        sums[at].2 += sample.weight;
    }
    let all: f64 = samples.iter().map(|sample| sample.weight).sum();
    let bin = |&(predicted, observed, weight): &(f64, f64, f64)| Bin {
        predicted: predicted / weight,
        observed: observed / weight,
        share: weight / all,
    };
    sums.iter().filter(|sum| sum.2 > 0.0).map(bin).collect()
}

/// Expected calibration error: the mean distance between probability and share of lures, over the bins of
/// [`reliability`].
pub fn calibration_error(samples: &[Sample]) -> Option<f64> {
    let bins = reliability(samples);
    (!bins.is_empty()).then(|| bins.iter().map(|bin| bin.share * (bin.predicted - bin.observed).abs()).sum())
}

/// The same samples, weighed so that lures make up `prevalence` of the whole.
pub fn at_prevalence(samples: &[Sample], prevalence: f64) -> Vec<Sample> {
    let of = |label: bool| -> f64 {
        samples.iter().filter(|sample| sample.label == label).map(|sample| sample.weight).sum()
    };
    let (lures, others) = (of(true), of(false));
    let factor = |label: bool| if label { prevalence / lures } else { (1.0 - prevalence) / others };
    let all = lures + others;
    samples
        .iter()
        .map(|sample| Sample { weight: sample.weight * factor(sample.label) * all, ..sample.clone() })
        .collect()
}

/// A metric with its 95 % percentile bootstrap interval; see [`bootstrap_all`].
pub fn bootstrap(
    samples: &[Sample],
    seed: u64,
    resamples: usize,
    metric: impl Fn(&[Sample]) -> Option<f64>,
) -> Option<Interval> {
    let [interval] = bootstrap_all(samples, seed, resamples, |samples| [metric(samples)]);
    interval
}

/// Several metrics with their 95 % percentile bootstrap intervals (Efron, 1979), on the same resamples. Whole
/// groups are drawn, within the groups that hold lures and those that hold none, so that every resample has
/// both classes.
pub fn bootstrap_all<const N: usize>(
    samples: &[Sample],
    seed: u64,
    resamples: usize,
    metrics: impl Fn(&[Sample]) -> [Option<f64>; N],
) -> [Option<Interval>; N] {
    let values = metrics(samples);
    if values.iter().all(Option::is_none) {
        return [None; N];
    }
    let groups = samples.iter().map(|sample| sample.group + 1).max().unwrap_or(0);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups];
    for (at, sample) in samples.iter().enumerate() {
        members[sample.group].push(at);
    }
    let has_lure = |group: &usize| members[*group].iter().any(|&at| samples[at].label);
    let (lures, others): (Vec<usize>, Vec<usize>) =
        (0..groups).filter(|&group| !members[group].is_empty()).partition(has_lure);
    let mut stream = SplitMix64::new(seed);
    let mut drawn = Vec::with_capacity(samples.len());
    let mut found: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(resamples));
    for _ in 0..resamples {
        drawn.clear();
        for stratum in [&lures, &others] {
            for _ in 0..stratum.len() {
                let group = stratum[stream.below(stratum.len())];
                drawn.extend(members[group].iter().map(|&at| samples[at].clone()));
            }
        }
        found.iter_mut().zip(metrics(&drawn)).for_each(|(list, value)| list.extend(value));
    }
    std::array::from_fn(|which| {
        let list = &mut found[which];
        list.sort_by(f64::total_cmp);
        let at = |share: f64| list.get((share * list.len() as f64) as usize).or(list.last()).copied();
        let value = values[which]?;
        Some(Interval { value, low: at(0.025).unwrap_or(value), high: at(0.975).unwrap_or(value) })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn samples(list: &[(f64, bool)]) -> Vec<Sample> {
        let sample =
            |(group, &(score, label)): (usize, &(f64, bool))| Sample { score, label, weight: 1.0, group };
        list.iter().enumerate().map(sample).collect()
    }

    type Metric = fn(&[Sample]) -> Option<f64>;

    fn check(metric: Metric, list: &[(f64, bool)], expected: Option<f64>) {
        let found = metric(&samples(list));
        let close = match (found, expected) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-12,
            (a, b) => a == b,
        };
        assert!(close, "{list:?}: {found:?}, expected {expected:?}");
    }

    #[test]
    fn ranks() {
        let mixed = [(0.9, true), (0.8, false), (0.7, true), (0.1, false)];
        check(roc_auc, &mixed, Some(0.75));
        check(average_precision, &mixed, Some((1.0 + 2.0 / 3.0) / 2.0));
        check(|s| recall_at_fpr(s, 0.0), &mixed, Some(0.5));
        check(|s| recall_at_fpr(s, 0.5), &mixed, Some(1.0));
        check(|s| flagged(s, true, 0.8), &mixed, Some(0.5));
        check(|s| flagged(s, false, 0.8), &mixed, Some(0.5));
        let tied = [(0.5, true), (0.5, false)];
        check(roc_auc, &tied, Some(0.5));
        check(average_precision, &tied, Some(0.5));
        check(|s| recall_at_fpr(s, 0.5), &tied, Some(0.0));
        for one_class in [&[(0.5, true)][..], &[]] {
            check(roc_auc, one_class, None);
            check(|s| recall_at_fpr(s, 0.1), one_class, None);
        }
        check(average_precision, &[(0.5, false)], None);
    }

    #[test]
    fn measures_calibration() {
        // Of four at .75 three are lures, of two at .25 one is: the error is (4·0 + 2·.25) / 6.
        let list = [(0.75, true), (0.75, true), (0.75, true), (0.75, false), (0.25, true), (0.25, false)];
        check(calibration_error, &list, Some(0.5 / 6.0));
        assert_eq!(reliability(&samples(&list)).len(), 2);
        check(calibration_error, &[], None);
    }

    #[test]
    fn weighs_to_a_prevalence() {
        let weighed = at_prevalence(&samples(&[(0.9, true), (0.4, false), (0.3, false), (0.2, false)]), 0.1);
        let lures: f64 = weighed.iter().filter(|s| s.label).map(|s| s.weight).sum();
        let all: f64 = weighed.iter().map(|s| s.weight).sum();
        assert!((lures / all - 0.1).abs() < 1e-12 && (all - 4.0).abs() < 1e-12);
    }

    #[test]
    fn intervals_widen_when_examples_hang_together() {
        let mut apart: Vec<Sample> =
            samples(&(0..40).map(|i| (f64::from(i * 37 % 40), i % 4 < 2)).collect::<Vec<_>>());
        let width = |samples: &[Sample]| {
            let interval = bootstrap(samples, 7, 400, roc_auc).unwrap();
            assert!(interval.low <= interval.value && interval.value <= interval.high, "{interval:?}");
            interval.high - interval.low
        };
        let narrow = width(&apart);
        assert_eq!(bootstrap(&apart, 7, 50, roc_auc), bootstrap(&apart, 7, 50, roc_auc));
        apart.sort_by(|a, b| a.label.cmp(&b.label).then(a.score.total_cmp(&b.score)));
        apart.iter_mut().enumerate().for_each(|(at, sample)| sample.group = at / 5);
        assert!(width(&apart) > narrow);
    }

    proptest! {
        #[test]
        fn ranking_metrics_are_shares(list in prop::collection::vec((0.0..1.0_f64, any::<bool>()), 0..30)) {
            let samples = samples(&list);
            for value in [roc_auc(&samples), average_precision(&samples), recall_at_fpr(&samples, 0.1)] {
                prop_assert!(value.is_none_or(|value| (0.0..=1.0 + 1e-12).contains(&value)), "{value:?}");
            }
        }
    }
}
