//! Ordinary job fraud, another crime than this crate's: the side benchmark on EMSCAD, which has a learner of
//! its own. It is measured, not shipped: what it learns says nothing about scam centres, and the other way round.
//!
//! Words and pairs of words of the free-text fields, each once as it is and once with its field, with
//! sublinear term frequency, inverse document frequency and unit length; scaled by the log-ratio of naive Bayes
//! (Wang and Manning, 2012); a linear support vector machine with squared hinge loss by dual coordinate descent
//! (Hsieh and others, 2008). A group of near-duplicates counts as the root of its size.

use std::collections::{BTreeMap, BTreeSet};

use crate::metrics::{self, Interval, Sample};
use crate::random::{hash, mix};

/// Share of frauds among all advertisements of EMSCAD, to which figures are weighed: what was kept of it has
/// more (866 of 17,880; Vidros and others, 2017).
pub const PREVALENCE: f64 = 0.0484;

/// One advertisement.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ad {
    /// Free text in the order of [`FIELDS`].
    pub fields: [String; FIELDS.len()],
    /// Whether it is a fraud.
    pub fraud: bool,
    /// Advertisements that must not be divided.
    pub group: String,
}

/// The fields of free text, by their names in EMSCAD.
pub const FIELDS: [&str; 7] =
    ["title", "company_profile", "description", "requirements", "benefits", "department", "location"];

/// How many of [`FIELDS`] are read; of the others it counts only whether they are empty.
const READ: usize = 5;

/// Fields of which it counts whether they are empty, and those whose length counts.
const MAY_BE_EMPTY: [usize; 5] = [1, 3, 4, 5, 6];
const LENGTH_COUNTS: [usize; 4] = [1, 2, 3, 4];

/// The length from which on a field counts as long, in bytes.
const LONG_BYTES: usize = 4000;

/// Settings. The default was chosen by cross-validation by group on EMSCAD's training part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Config {
    /// How much errors cost against large weights.
    pub cost: f64,
    /// Added to the counts of naive Bayes.
    pub smoothing: f64,
    /// What emptiness and length count beside the text, which has length one by family.
    pub shape: f64,
    /// Most passes over the examples.
    pub epochs_max: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { cost: 1.0, smoothing: 3.0, shape: 1.0, epochs_max: 300 }
    }
}

/// A trained learner.
#[derive(Debug)]
pub struct Learner {
    /// By hash of a term: its column and its inverse document frequency.
    terms: BTreeMap<u64, (usize, f64)>,
    /// Weight of every column, with the log-ratio of naive Bayes multiplied in.
    weights: Vec<f64>,
    bias: f64,
    shape: f64,
}

/// Families of terms, each brought to unit length: with the field's name, and without.
const FAMILIES: usize = 2;

/// Terms of one text: hash and count, by family.
type Counted = [BTreeMap<u64, u32>; FAMILIES];

type Sparse = Vec<(usize, f64)>;

impl Learner {
    /// Learns from advertisements.
    pub fn train(ads: &[Ad], config: &Config) -> Self {
        let counted: Vec<Counted> = ads.iter().map(count).collect();
        let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
        for term in counted.iter().flatten().flat_map(BTreeMap::keys) {
            *seen.entry(*term).or_default() += 1;
        }
        let inverse = |documents: u32| ((1 + ads.len()) as f64 / f64::from(1 + documents)).ln() + 1.0;
        let terms: BTreeMap<u64, (usize, f64)> = seen
            .into_iter()
            .enumerate()
            .map(|(column, (term, documents))| (term, (column, inverse(documents))))
            .collect();
        let columns = terms.len() + MAY_BE_EMPTY.len() + LENGTH_COUNTS.len();
        let mut learner = Self { terms, weights: Vec::new(), bias: 0.0, shape: config.shape };
        let mut rows: Vec<Sparse> =
            ads.iter().zip(&counted).map(|(ad, counted)| learner.row(ad, counted)).collect();
        let importance = importance(ads);
        let ratio = log_ratio(ads, &rows, &importance, columns, config.smoothing);
        for (column, value) in rows.iter_mut().flatten() {
            *value *= ratio[*column];
        }
        let (weights, bias) = support_vectors(ads, &rows, &importance, columns, config);
        learner.weights = weights.iter().zip(&ratio).map(|(weight, ratio)| weight * ratio).collect();
        learner.bias = bias;
        learner
    }

    /// The higher, the more like a fraud; not a probability.
    pub fn score(&self, ad: &Ad) -> f64 {
        let row = self.row(ad, &count(ad));
        self.bias + row.iter().map(|&(column, value)| self.weights[column] * value).sum::<f64>()
    }

    fn row(&self, ad: &Ad, counted: &Counted) -> Sparse {
        let mut row = Vec::new();
        for family in counted {
            let start = row.len();
            for (term, &times) in family {
                if let Some(&(column, inverse)) = self.terms.get(term) {
                    row.push((column, (1.0 + f64::from(times).ln()) * inverse));
                }
            }
            let length = row[start..].iter().map(|(_, value)| value * value).sum::<f64>().sqrt();
            row[start..].iter_mut().for_each(|(_, value)| *value /= length);
        }
        let empty = MAY_BE_EMPTY.iter().map(|&at| f64::from(u8::from(ad.fields[at].trim().is_empty())));
        let long =
            LENGTH_COUNTS.iter().map(|&at| ad.fields[at].len().min(LONG_BYTES) as f64 / LONG_BYTES as f64);
        let shape = empty.chain(long).enumerate().filter(|(_, value)| *value > 0.0);
        row.extend(shape.map(|(at, value)| (self.terms.len() + at, value * self.shape)));
        row
    }
}

fn count(ad: &Ad) -> Counted {
    let mut counted = Counted::default();
    for (at, field) in ad.fields[..READ].iter().enumerate() {
        let lower = field.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        let mut before = None;
        for word in words {
            let word = hash(0, word);
            let pair = before.map(|before: u64| mix(before ^ word.rotate_left(21)));
            for term in [Some(word), pair].into_iter().flatten() {
                *counted[0].entry(mix(term.wrapping_add(at as u64 + 1))).or_default() += 1;
                *counted[1].entry(term).or_default() += 1;
            }
            before = Some(word);
        }
    }
    counted
}

/// What each counts in training: a group as the root of its size, frauds and others the same in all, and one
/// on average.
fn importance(ads: &[Ad]) -> Vec<f64> {
    let mut sizes: BTreeMap<&str, f64> = BTreeMap::new();
    ads.iter().for_each(|ad| *sizes.entry(&ad.group).or_default() += 1.0);
    let share = |ad: &Ad| sizes.get(ad.group.as_str()).map_or(1.0, |size| size.sqrt().recip());
    let total = |fraud: bool| ads.iter().filter(|ad| ad.fraud == fraud).map(share).sum::<f64>();
    let (frauds, others) = (total(true), total(false));
    let half = ads.len() as f64 / 2.0;
    ads.iter().map(|ad| share(ad) * half / if ad.fraud { frauds } else { others }).collect()
}

/// For every column, how much more often it stands in frauds than in others, as a logarithm.
fn log_ratio(ads: &[Ad], rows: &[Sparse], importance: &[f64], columns: usize, smoothing: f64) -> Vec<f64> {
    let mut counts = [vec![smoothing; columns], vec![smoothing; columns]];
    for ((ad, row), weight) in ads.iter().zip(rows).zip(importance) {
        row.iter().for_each(|&(column, _)| counts[usize::from(ad.fraud)][column] += weight);
    }
    let [others, frauds] = &counts;
    let sums: [f64; 2] = [others.iter().sum(), frauds.iter().sum()];
    others.iter().zip(frauds).map(|(other, fraud)| (fraud / sums[1] / (other / sums[0])).ln()).collect()
}

fn support_vectors(
    ads: &[Ad],
    rows: &[Sparse],
    importance: &[f64],
    columns: usize,
    config: &Config,
) -> (Vec<f64>, f64) {
    const TOLERANCE: f64 = 1e-4;
    let (mut weights, mut bias) = (vec![0.0; columns], 0.0);
    let mut alphas = vec![0.0_f64; rows.len()];
    let squares: Vec<f64> =
        rows.iter().map(|row| 1.0 + row.iter().map(|(_, value)| value * value).sum::<f64>()).collect();
    for _ in 0..config.epochs_max {
        let mut moved: f64 = 0.0;
        for at in 0..rows.len() {
            let softness = 0.5 / (config.cost * importance[at]);
            let side = if ads[at].fraud { 1.0 } else { -1.0 };
            let score = bias + rows[at].iter().map(|&(column, value)| weights[column] * value).sum::<f64>();
            let gradient = side * score - 1.0 + softness * alphas[at];
            let alpha = (alphas[at] - gradient / (squares[at] + softness)).max(0.0);
            let step = (alpha - alphas[at]) * side;
            alphas[at] = alpha;
            if step != 0.0 {
                rows[at].iter().for_each(|&(column, value)| weights[column] += step * value);
                bias += step;
                moved = moved.max(step.abs());
            }
        }
        if moved < TOLERANCE {
            break;
        }
    }
    (weights, bias)
}

/// How well a learner ranks advertisements, weighed to [`PREVALENCE`], with intervals by group.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// How many frauds.
    pub frauds: usize,
    /// How many others.
    pub others: usize,
    /// Average precision.
    pub average_precision: Option<Interval>,
    /// Area under the ROC curve.
    pub roc_auc: Option<Interval>,
    /// Recall at 1 %, 5 % and 10 % false positives.
    pub recall_at: [Option<Interval>; 3],
}

/// Measures scores.
pub fn figures(ads: &[Ad], scores: &[f64], seed: u64, resamples: usize) -> Figures {
    let groups: BTreeSet<&str> = ads.iter().map(|ad| ad.group.as_str()).collect();
    let numbers: BTreeMap<&str, usize> =
        groups.into_iter().enumerate().map(|(at, group)| (group, at)).collect();
    let sample = |(ad, &score): (&Ad, &f64)| Sample {
        score,
        label: ad.fraud,
        weight: 1.0,
        group: numbers.get(ad.group.as_str()).copied().unwrap_or_default(),
    };
    let samples: Vec<Sample> = ads.iter().zip(scores).map(sample).collect();
    let frauds = ads.iter().filter(|ad| ad.fraud).count();
    let found = metrics::bootstrap_all(&samples, seed, resamples, |samples| {
        if samples.iter().all(|sample| sample.label) || !samples.iter().any(|sample| sample.label) {
            return [None; 5];
        }
        let samples = metrics::at_prevalence(samples, PREVALENCE);
        [
            metrics::average_precision(&samples),
            metrics::roc_auc(&samples),
            metrics::recall_at_fpr(&samples, 0.01),
            metrics::recall_at_fpr(&samples, 0.05),
            metrics::recall_at_fpr(&samples, 0.10),
        ]
    });
    let [average_precision, roc_auc, one, five, ten] = found;
    Figures { frauds, others: ads.len() - frauds, average_precision, roc_auc, recall_at: [one, five, ten] }
}

/// Scores of advertisements by learners that have not seen their group: `folds` parts of whole groups, in the
/// order that the seed decides.
pub fn out_of_fold(ads: &[Ad], config: &Config, folds: usize, seed: u64) -> Vec<f64> {
    let mut groups: Vec<(u64, &str)> = Vec::new();
    for ad in ads {
        if !groups.iter().any(|(_, group)| *group == ad.group) {
            groups.push((hash(seed, &ad.group), &ad.group));
        }
    }
    groups.sort_unstable();
    let fold_of: BTreeMap<&str, usize> =
        groups.iter().enumerate().map(|(at, (_, group))| (*group, at % folds.max(2))).collect();
    let fold = |ad: &Ad| fold_of.get(ad.group.as_str()).copied().unwrap_or_default();
    let mut scores = vec![0.0; ads.len()];
    for held in 0..folds.max(2) {
        let seen: Vec<Ad> = ads.iter().filter(|ad| fold(ad) != held).cloned().collect();
        let learner = Learner::train(&seen, config);
        for (score, ad) in scores.iter_mut().zip(ads).filter(|(_, ad)| fold(ad) == held) {
            *score = learner.score(ad);
        }
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ad(at: usize, fraud: bool) -> Ad {
        let mut fields: [String; FIELDS.len()] = Default::default();
        fields[0] = format!("clerk {at}");
        fields[2] =
            if fraud { "earn from home, wire the payment" } else { "team of engineers in the city" }.into();
        fields[1] = if fraud { String::new() } else { "a company since 1990".into() };
        Ad { fields, fraud, group: format!("g{}", at / 2) }
    }

    fn ads() -> Vec<Ad> {
        (0..40).map(|at| ad(at, at % 4 < 2)).collect()
    }

    #[test]
    fn tells_apart_what_it_has_not_seen() {
        let ads = ads();
        let scores = out_of_fold(&ads, &Config::default(), 5, 1);
        let found = figures(&ads, &scores, 1, 50);
        assert_eq!((found.frauds, found.others), (20, 20));
        assert_eq!(found.average_precision.map(|i| i.value), Some(1.0));
        assert_eq!(scores, out_of_fold(&ads, &Config::default(), 5, 1));
    }

    #[test]
    fn separates_by_the_words_that_differ() {
        let learner = Learner::train(&ads(), &Config::default());
        assert!(learner.score(&ad(99, true)) > 0.0);
        assert!(learner.score(&ad(99, false)) < 0.0);
        // Nothing known: the emptiness of the profile alone speaks.
        assert!(learner.score(&Ad::default()).is_finite());
    }

    #[test]
    fn has_no_figures_of_one_kind() {
        let frauds: Vec<Ad> = (0..4).map(|at| ad(at, true)).collect();
        let found = figures(&frauds, &[0.1, 0.2, 0.3, 0.4], 1, 10);
        assert_eq!((found.average_precision, found.roc_auc), (None, None));
        assert_eq!(figures(&[], &[], 1, 10).frauds, 0);
    }

    #[test]
    fn groups_and_kinds_count_the_same() {
        let mut ads = ads();
        ads.truncate(10);
        let importance = importance(&ads);
        let sum = |fraud: bool| -> f64 {
            ads.iter().zip(&importance).filter(|(ad, _)| ad.fraud == fraud).map(|(_, weight)| weight).sum()
        };
        assert!((sum(true) - 5.0).abs() < 1e-9 && (sum(false) - 5.0).abs() < 1e-9, "{importance:?}");
    }
}
