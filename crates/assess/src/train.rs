//! From labelled examples to a model: weights, calibration, thresholds. The same examples and settings give
//! the same model, bit for bit.
//!
//! Examples of one group (a template, a campaign) never stand on both sides of a split. Probabilities and
//! thresholds come from out-of-fold predictions, that is, from examples that the weights have not seen.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::assessment::logistic;
use forewarn_model::{Calibration, Facts, Indicator, IndicatorName, Language, Thresholds};
use thiserror::Error;

use crate::feature::{Features, PAIRS, STRUCTURE};
use crate::metrics::{self, Bin, Sample};
use crate::model::{Model, ModelError, Weights, Wording};
use crate::random::{hash, mix};
use crate::sign::{LOG_ODDS_MIN, Signs};
use crate::solve::{Column, Row, Solution, solve};

/// One labelled text.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its name, for error analysis.
    pub id: String,
    /// The set that it belongs to, for tables.
    pub data_set: String,
    /// The original text.
    pub text: String,
    /// What `extract` found in it.
    pub facts: Facts,
    /// What `rules` found in it.
    pub indicators: Vec<Indicator>,
    /// Whether it recruits into a scam centre.
    pub label: bool,
    /// Template or campaign; an example that stands alone is a group of its own.
    pub group: String,
    /// The language that it is labelled with.
    pub language: Language,
    /// How much it counts in metrics; above zero.
    pub weight: f64,
    /// What else a reader found in it; training does not look at it.
    pub labels: Labels,
}

/// What a reader found in a text, where somebody wrote it down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// Names of the red flags.
    pub indicators: Option<BTreeSet<String>>,
    /// ISO 3166-1 alpha-2 codes of the countries that it names.
    pub countries: Option<BTreeSet<String>>,
}

/// Penalties by family: half of this times the squared weight is added to the loss, for examples of mean
/// weight one. Wording is one n-gram among many hundreds, each at a small value: at the same penalty it says
/// little, so that what a rule can say is said by a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Penalties {
    /// Red flags.
    pub indicator: f64,
    /// Pairs of red flags.
    pub pair: f64,
    /// Properties of the whole text.
    pub structure: f64,
    /// Signs of a regular employer.
    pub sign: f64,
    /// N-grams.
    pub wording: f64,
}

/// Which families a model may use; for baselines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Families {
    /// Red flags and pairs of them.
    pub indicators: bool,
    /// Structure and signs of a regular employer.
    pub structure: bool,
    /// N-grams.
    pub wording: bool,
}

/// Settings of training.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Name and version of the model: `core-2`.
    pub name: String,
    /// Decides the folds.
    pub seed: u64,
    /// How many folds out-of-fold predictions use; at least 2.
    pub folds: usize,
    /// How often the folds are dealt anew; out-of-fold predictions are means, so that thresholds do not hang
    /// on one deal. At least 1.
    pub deals: usize,
    /// Most passes over all weights.
    pub epochs_max: usize,
    /// Training ends when no weight moves by more.
    pub tolerance: f64,
    /// Penalties by family.
    pub penalties: Penalties,
    /// The families in use.
    pub families: Families,
    /// Wording is hashed into 2^`hash_bits` buckets; 1 to 20.
    pub hash_bits: u32,
    /// The most that wording may contribute, either way, in log-odds before calibration.
    pub wording_log_odds_max: f64,
    /// Share of lures among the texts that people ask about, which probabilities are calibrated for.
    pub prevalence: f64,
    /// What it costs to say "no known warning signs" of a lure, where a needless "ask before you accept"
    /// costs 1.
    pub miss_cost: f64,
    /// The most honest look-alikes that may get "ask before you accept".
    pub false_some_max: f64,
    /// The most honest look-alikes that may get "strong signs": an employer called a trafficker.
    pub false_strong_max: f64,
}

impl Default for Config {
    /// The settings of the model `core`; its card tells how they were chosen.
    fn default() -> Self {
        Self {
            name: "core-2".to_owned(),
            seed: 1,
            folds: 10,
            deals: 2,
            epochs_max: 500,
            tolerance: 1e-4,
            penalties: Penalties { indicator: 1.0, pair: 2.0, structure: 1.0, sign: 1.0, wording: 1.0 },
            families: Families { indicators: true, structure: true, wording: true },
            hash_bits: 15,
            wording_log_odds_max: 1.5,
            prevalence: 0.1,
            miss_cost: 3.0,
            false_some_max: 0.1,
            false_strong_max: 0.02,
        }
    }
}

impl Config {
    /// The baseline that knows nothing but wording, as unbound as wording can be. Only its ranking is looked
    /// at, so that it is calibrated on few folds.
    pub fn wording_alone(&self) -> Self {
        Self {
            name: "wording-alone".to_owned(),
            folds: 2,
            deals: 1,
            penalties: Penalties { wording: 0.5, ..self.penalties },
            families: Families { indicators: false, structure: false, wording: true },
            wording_log_odds_max: 20.0,
            ..self.clone()
        }
    }
}

/// What training saw and how it went.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// How many examples.
    pub examples: usize,
    /// How many of them are lures.
    pub lures: usize,
    /// How many groups.
    pub groups: usize,
    /// Passes over all weights, of the final model.
    pub epochs: usize,
    /// Calibrated out-of-fold probabilities, in the order of the examples.
    pub out_of_fold: Vec<f64>,
    /// Area under the ROC curve, out of fold.
    pub roc_auc: f64,
    /// Calibration error out of fold, at the stated prevalence.
    pub calibration_error: f64,
    /// Reliability out of fold, at the stated prevalence.
    pub reliability: Vec<Bin>,
}

/// Training that cannot begin.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum TrainError {
    /// Too few groups with or without a lure.
    #[error("train {model}: {lures} groups of lures and {others} others, need at least {folds} of each")]
    TooFew {
        /// The model.
        model: String,
        /// Groups whose first example is a lure.
        lures: usize,
        /// Groups whose first example is not.
        others: usize,
        /// The folds.
        folds: usize,
    },
    /// A setting is out of range.
    #[error("train {model}: {setting} is out of range")]
    Setting {
        /// The model.
        model: String,
        /// The setting.
        setting: &'static str,
    },
    /// The built-in signs of a regular employer cannot be read.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// Learns a model.
pub fn train(examples: &[Example], config: &Config) -> Result<(Model, Report), TrainError> {
    config.check()?;
    let signs = Signs::builtin()?;
    let features: Vec<Features<'_>> = examples
        .iter()
        .map(|example| Features::of(&example.facts, &example.indicators, &signs, config.hash_bits))
        .collect();
    let layout = Layout::new(&features, signs.names().len(), config);
    let groups = Groups::of(examples);
    let rows = rows(examples, &features, &layout, &groups);

    let mut raw = vec![0.0; rows.len()];
    for deal in 0..config.deals {
        let folds = groups.folds(config, deal)?;
        for fold in 0..config.folds {
            let (held, seen): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(|&at| folds[at] == fold);
            let seen: Vec<Row> = seen.into_iter().map(|at| rows[at].clone()).collect();
            let model = layout.fit(&seen, &signs, config).0;
            for at in held {
                raw[at] += model.raw_log_odds(&features[at]) / config.deals as f64;
            }
        }
    }
    let mut samples: Vec<Sample> = (0..rows.len())
        .map(|at| Sample {
            score: raw[at],
            label: rows[at].label,
            weight: rows[at].weight,
            group: groups.of_example[at],
        })
        .collect();
    let calibration = platt(&metrics::at_prevalence(&samples, config.prevalence));
    for sample in &mut samples {
        sample.score = logistic(calibration.slope * sample.score + calibration.offset);
    }
    let weighed = metrics::at_prevalence(&samples, config.prevalence);
    let thresholds = thresholds(&weighed, config);

    let (mut fitted, solution) = layout.fit(&rows, &signs, config);
    fitted.calibration = calibration;
    fitted.thresholds = thresholds;
    let report = Report {
        examples: examples.len(),
        lures: examples.iter().filter(|example| example.label).count(),
        groups: groups.count,
        epochs: solution.epochs,
        out_of_fold: samples.iter().map(|sample| sample.score).collect(),
        roc_auc: metrics::roc_auc(&samples).unwrap_or(f64::NAN),
        calibration_error: metrics::calibration_error(&weighed).unwrap_or(f64::NAN),
        reliability: metrics::reliability(&weighed),
    };
    Ok((Model { weights: fitted, signs }, report))
}

impl Config {
    fn check(&self) -> Result<(), TrainError> {
        let Penalties { indicator, pair, structure, sign, wording } = self.penalties;
        let share = |x: f64| x > 0.0 && x < 1.0;
        let rules = [
            ("name", !self.name.is_empty() && !self.name.contains(char::is_whitespace)),
            ("folds", self.folds >= 2),
            ("deals", self.deals >= 1),
            ("penalties", [indicator, pair, structure, sign, wording].iter().all(|&p| p > 0.0)),
            ("hash_bits", (1..=20).contains(&self.hash_bits)),
            ("wording_log_odds_max", self.wording_log_odds_max >= 0.0),
            ("prevalence", share(self.prevalence)),
            ("miss_cost", self.miss_cost > 0.0),
            ("false_some_max", share(self.false_some_max)),
            ("false_strong_max", share(self.false_strong_max)),
        ];
        match rules.iter().find(|(_, holds)| !holds) {
            None => Ok(()),
            Some((setting, _)) => Err(TrainError::Setting { model: self.name.clone(), setting }),
        }
    }
}

/// The groups of the examples.
struct Groups {
    of_example: Vec<usize>,
    sizes: Vec<usize>,
    /// Name of the group, and whether its first example is a lure.
    heads: Vec<(String, bool)>,
    count: usize,
}

impl Groups {
    fn of(examples: &[Example]) -> Self {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let mut groups = Self { of_example: Vec::new(), sizes: Vec::new(), heads: Vec::new(), count: 0 };
        for example in examples {
            let at = *known.entry(&example.group).or_insert_with(|| {
                groups.sizes.push(0);
                groups.heads.push((example.group.clone(), example.label));
                groups.sizes.len() - 1
            });
            groups.sizes[at] += 1;
            groups.of_example.push(at);
        }
        groups.count = groups.sizes.len();
        groups
    }

    /// The fold of every example: groups in an order that the seed and the number of the deal decide, lures
    /// and others dealt out in turn.
    fn folds(&self, config: &Config, deal: usize) -> Result<Vec<usize>, TrainError> {
        let seed = mix(config.seed).wrapping_add(deal as u64);
        let mut fold_of = vec![0; self.count];
        let mut counts = [0, 0];
        for (count, label) in counts.iter_mut().zip([true, false]) {
            let mut order: Vec<usize> = (0..self.count).filter(|&at| self.heads[at].1 == label).collect();
            order.sort_by_key(|&at| (hash(seed, &self.heads[at].0), at));
            *count = order.len();
            for (turn, at) in order.into_iter().enumerate() {
                fold_of[at] = turn % config.folds;
            }
        }
        let [lures, others] = counts;
        if lures < config.folds || others < config.folds {
            return Err(TrainError::TooFew {
                model: config.name.clone(),
                lures,
                others,
                folds: config.folds,
            });
        }
        Ok(self.of_example.iter().map(|&group| fold_of[group]).collect())
    }
}

/// Examples as rows. A group counts as the root of its size, so that a campaign posted fifty times does not
/// drown the others; lures and others count the same in all, and the mean weight is one.
fn rows(examples: &[Example], features: &[Features<'_>], layout: &Layout, groups: &Groups) -> Vec<Row> {
    let share = |at: usize| (groups.sizes[groups.of_example[at]] as f64).sqrt().recip() * examples[at].weight;
    let total = |label: bool| -> f64 {
        (0..examples.len()).filter(|&at| examples[at].label == label).map(share).sum()
    };
    let (lures, others) = (total(true), total(false));
    let half = examples.len() as f64 / 2.0;
    (0..examples.len())
        .map(|at| {
            let label = examples[at].label;
            let weight = share(at) * half / if label { lures } else { others };
            Row { features: layout.row(&features[at]), label, weight }
        })
        .collect()
}

/// Which column of the regression means what.
struct Layout {
    indicators: Vec<IndicatorName>,
    signs: usize,
    columns: Vec<Column>,
    families: Families,
}

impl Layout {
    fn new(features: &[Features<'_>], signs: usize, config: &Config) -> Self {
        let mut indicators: Vec<IndicatorName> = features
            .iter()
            .flat_map(|features| features.indicators.iter().map(|(name, _)| (*name).clone()))
            .collect();
        indicators.sort_unstable();
        indicators.dedup();
        let Penalties { indicator, pair, structure, sign, wording } = config.penalties;
        let flag = |penalty| Column { penalty, min: 0.0, max: f64::INFINITY };
        let free = |penalty| Column { penalty, min: f64::NEG_INFINITY, max: f64::INFINITY };
        let mut columns = vec![flag(indicator); indicators.len()];
        columns.extend(vec![flag(pair); PAIRS.len()]);
        columns.extend(vec![flag(structure); STRUCTURE.len()]);
        columns.extend(vec![Column { penalty: sign, min: LOG_ODDS_MIN, max: 0.0 }; signs]);
        columns.extend(vec![free(wording); 1 << config.hash_bits]);
        Self { indicators, signs, columns, families: config.families }
    }

    /// Where pairs, structure, signs and wording begin.
    fn starts(&self) -> [usize; 4] {
        let pairs = self.indicators.len();
        let structure = pairs + PAIRS.len();
        let signs = structure + STRUCTURE.len();
        [pairs, structure, signs, signs + self.signs]
    }

    fn row(&self, features: &Features<'_>) -> Vec<(u32, f64)> {
        let [pairs, structure, signs, wording] = self.starts();
        let present = |start: usize, at: usize| ((start + at) as u32, 1.0);
        let mut row = Vec::new();
        if self.families.indicators {
            let known =
                features.indicators.iter().filter_map(|(name, _)| self.indicators.binary_search(name).ok());
            row.extend(known.map(|at| present(0, at)));
            row.extend(features.pairs.iter().map(|at| present(pairs, *at)));
        }
        if self.families.structure {
            row.extend(features.structure.iter().map(|(at, _)| present(structure, *at)));
            row.extend(features.signs.iter().map(|(at, _)| ((signs + at) as u32, features.sign_unit)));
        }
        if self.families.wording {
            let unit = features.grams.unit();
            row.extend(features.grams.all.iter().map(|gram| (wording as u32 + gram.bucket, unit)));
        }
        row
    }

    /// Weights as the file will write them, not yet calibrated.
    fn fit(&self, rows: &[Row], signs: &Signs, config: &Config) -> (Weights, Solution) {
        let solution = solve(rows, &self.columns, config.epochs_max, config.tolerance);
        let [pairs, structure, sign, wording] = self.starts();
        let part = |from: usize, to: usize| solution.weights[from..to].iter().map(|&w| rounded(w)).collect();
        let flags: Vec<f64> = part(0, pairs);
        let indicator_default = rounded(flags.iter().sum::<f64>() / flags.len().max(1) as f64);
        let weights = Weights {
            name: config.name.clone(),
            prevalence: config.prevalence,
            calibration: Calibration::IDENTITY,
            thresholds: Thresholds { some: 0.5, strong: 0.5 },
            prior: rounded(solution.intercept),
            indicators: self.indicators.iter().cloned().zip(flags).collect(),
            indicator_default,
            pairs: part(pairs, structure),
            structure: part(structure, sign),
            signs: part(sign, sign + signs.names().len()),
            wording: quantised(&solution.weights[wording..], config),
        };
        (weights, solution)
    }
}

/// Four digits after the point: what the file keeps.
fn rounded(x: f64) -> f64 {
    let rounded = (x * 1e4).round() / 1e4;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// Weights in 127 steps to either side; none where all are zero.
fn quantised(weights: &[f64], config: &Config) -> Wording {
    let most = weights.iter().fold(0.0, |most: f64, w| most.max(w.abs()));
    let scale = if most == 0.0 { 1.0 } else { most / 127.0 };
    let steps = match most {
        0.0 => Vec::new(),
        _ => weights.iter().map(|w| (w / scale).round() as i8).collect(),
    };
    Wording { hash_bits: config.hash_bits, scale, log_odds_max: config.wording_log_odds_max, steps }
}

/// Platt scaling (Platt, 1999) by Newton's method, with his softened targets for as many examples as there
/// are. A slope that would turn the order round is kept just above zero.
fn platt(samples: &[Sample]) -> Calibration {
    const SLOPE_MIN: f64 = 0.01;
    const STEPS: usize = 100;
    let count = |label: bool| samples.iter().filter(|sample| sample.label == label).count() as f64;
    let (high, low) = ((count(true) + 1.0) / (count(true) + 2.0), 1.0 / (count(false) + 2.0));
    let (mut slope, mut offset) = (1.0, 0.0);
    for _ in 0..STEPS {
        let mut gradient = [0.0; 2];
        let mut bend = [1e-9, 0.0, 1e-9];
        for Sample { score, label, weight, .. } in samples {
            let p = logistic(slope * score + offset);
            let error = weight * (p - if *label { high } else { low });
            let curve = weight * p * (1.0 - p);
            gradient[0] += error * score;
            gradient[1] += error;
            bend[0] += curve * score * score;
            bend[1] += curve * score;
            bend[2] += curve;
        }
        let determinant = bend[0] * bend[2] - bend[1] * bend[1];
        let by_slope = (bend[2] * gradient[0] - bend[1] * gradient[1]) / determinant;
        let by_offset = (bend[0] * gradient[1] - bend[1] * gradient[0]) / determinant;
        // Newton's steps may overshoot where the classes hardly overlap: at most one a time.
        slope = (slope - by_slope.clamp(-1.0, 1.0)).max(SLOPE_MIN);
        offset -= by_offset.clamp(-1.0, 1.0);
        if by_slope.abs().max(by_offset.abs()) < 1e-9 {
            break;
        }
    }
    Calibration { slope: rounded(slope), offset: rounded(offset) }
}

/// Where verdicts begin. "Some" begins where a missed lure and a needless caution cost the same at calibrated
/// probabilities (p · `miss_cost` = 1 − p), "strong" where the text is likelier a lure than not; each later
/// where more of the others than `false_some_max` and `false_strong_max` would reach it out of fold. So they
/// rest on stated costs and hardly on single examples.
fn thresholds(samples: &[Sample], config: &Config) -> Thresholds {
    let mut scores: Vec<f64> = samples.iter().map(|sample| sample.score).collect();
    scores.push(0.0);
    scores.sort_by(f64::total_cmp);
    scores.dedup();
    let false_share = |at: f64| metrics::flagged(samples, false, at).unwrap_or(0.0);
    let least = |most: f64| {
        let middles = scores.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0);
        middles.filter(|&at| false_share(at) <= most).fold(1.0, f64::min)
    };
    let some = least(config.false_some_max).max(1.0 / (1.0 + config.miss_cost));
    let strong = least(config.false_strong_max).max(0.5).max(some);
    Thresholds { some: rounded(some), strong: rounded(strong) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::tests::{facts, indicator};

    /// Lures ask for passports and speak of rivers, others have a licence; every sixth is the other way round.
    fn examples() -> Vec<Example> {
        (0..90)
            .map(|i| {
                let label = i % 2 == 0;
                let typical = i % 6 < 4 || i % 12 > 5;
                let text = match label == typical {
                    true => format!("number{i} cross the river by night with the manager"),
                    false => format!("office{i} in the city, licence on the wall, pension paid"),
                };
                let indicators =
                    if label == typical { vec![indicator("passport_handover", 0, 4)] } else { vec![] };
                Example {
                    id: i.to_string(),
                    data_set: "test".into(),
                    facts: facts(&text),
                    text,
                    indicators,
                    label,
                    group: format!("g{}", i / 2 * 2 + i % 2),
                    language: Language::ENGLISH,
                    weight: 1.0,
                    labels: Labels::default(),
                }
            })
            .collect()
    }

    fn small() -> Config {
        Config { hash_bits: 10, ..Config::default() }
    }

    #[test]
    fn learns_what_separates_and_keeps_to_its_bounds() {
        let (model, report) = train(&examples(), &small()).unwrap();
        assert!(report.roc_auc > 0.6, "{report:?}");
        assert!(report.calibration_error < 0.1, "{report:?}");
        assert_eq!((report.examples, report.lures, report.groups), (90, 45, 90));
        assert!(model.weights.indicators[0].1 > 0.2, "{:?}", model.weights.indicators);
        assert!(model.weights.indicators.iter().all(|(_, w)| *w >= 0.0));
        assert!(model.weights.signs.iter().all(|w| (LOG_ODDS_MIN..=0.0).contains(w)));
        assert!(model.weights.thresholds.some <= model.weights.thresholds.strong);
    }

    #[test]
    fn is_the_same_every_time_and_after_reading_back() {
        let (first, report) = train(&examples(), &small()).unwrap();
        let (second, again) = train(&examples(), &small()).unwrap();
        assert_eq!(first.to_bytes(), second.to_bytes());
        assert_eq!(report, again);
        let read = Model::parse(&first.to_bytes()).unwrap();
        assert_eq!(read.weights, first.weights);
    }

    #[test]
    fn explains_the_score_it_gives() {
        let (model, _) = train(&examples(), &small()).unwrap();
        for example in examples() {
            let features = Features::of(&example.facts, &example.indicators, &model.signs, 10);
            let Calibration { slope, offset } = model.weights.calibration;
            let expected = slope * model.weights.raw_log_odds(&features) + offset;
            let found = model.assess(&example.text, &example.facts, &example.indicators);
            assert!((found.log_odds() - expected).abs() < 1e-9, "{found:?}");
        }
    }

    #[test]
    fn a_new_indicator_counts_before_it_was_trained() {
        let (model, _) = train(&examples(), &small()).unwrap();
        let facts = facts("text");
        let without = model.assess("text", &facts, &[]).log_odds();
        let with = model.assess("text", &facts, &[indicator("never_seen", 0, 4)]).log_odds();
        assert!(with > without);
    }

    fn check(change: impl FnOnce(&mut Config, &mut Vec<Example>), expected: &str) {
        let (mut config, mut examples) = (small(), examples());
        change(&mut config, &mut examples);
        let error = train(&examples, &config).map(|_| ()).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn refuses_what_cannot_work() {
        check(|config, _| config.prevalence = 1.0, "train core-2: prevalence is out of range");
        check(|config, _| config.folds = 1, "train core-2: folds is out of range");
        check(
            |_, examples| examples.retain(|example| example.label),
            "train core-2: 45 groups of lures and 0 others, need at least 10 of each",
        );
        check(
            |_, examples| examples.clear(),
            "train core-2: 0 groups of lures and 0 others, need at least 10 of each",
        );
    }
}
