//! One honest table: the model and its baselines, overall, by data set and by language, with intervals.
//!
//! What is shown here must not have been used in training or tuning; the caller vouches for that, by
//! [`crate::manifest`].

use std::collections::BTreeMap;
use std::fmt;

use crate::metrics::{self, Interval, Sample};
use crate::model::Model;
use crate::train::Example;

/// How figures are made.
#[derive(Debug, Clone, PartialEq)]
pub struct Protocol {
    /// Decides the resamples.
    pub seed: u64,
    /// How many resamples an interval rests on.
    pub resamples: usize,
    /// Share of lures that calibration is measured at; none for the share in the sample, by weight.
    pub prevalence: Option<f64>,
}

impl Default for Protocol {
    fn default() -> Self {
        Self { seed: 1, resamples: 1000, prevalence: None }
    }
}

/// What a row of the table is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slice {
    /// Every example.
    Overall,
    /// One data set.
    DataSet(String),
    /// One language.
    Language(String),
}

/// One system on one part of the examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The part.
    pub slice: Slice,
    /// The system: the model's name, or a baseline.
    pub system: String,
    /// How many lures.
    pub lures: usize,
    /// How many others.
    pub others: usize,
    /// Average precision.
    pub average_precision: Option<Interval>,
    /// Area under the ROC curve.
    pub roc_auc: Option<Interval>,
    /// Recall at 1 %, 5 % and 10 % false positives.
    pub recall_at: [Option<Interval>; 3],
    /// Calibration error at the protocol's prevalence; for systems that give probabilities.
    pub calibration_error: Option<f64>,
    /// Shares of lures and of others that get a verdict of at least "some signs", and "strong signs"; for
    /// systems that give verdicts.
    pub verdicts: Option<Verdicts>,
}

/// Who gets which verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdicts {
    /// Lures with at least "some signs".
    pub lures_some: Option<f64>,
    /// Lures with "strong signs".
    pub lures_strong: Option<f64>,
    /// Others with at least "some signs".
    pub others_some: Option<f64>,
    /// Others with "strong signs".
    pub others_strong: Option<f64>,
}

/// The false-positive rates of [`Row::recall_at`].
pub const FALSE_POSITIVE_RATES: [f64; 3] = [0.01, 0.05, 0.10];

/// The table: rows by slice, then by system, the model first.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Row>,
}

/// A system that scores examples.
struct System<'a> {
    name: &'a str,
    score: &'a dyn Fn(&Example) -> f64,
    /// The model, where scores are its probabilities.
    model: Option<&'a Model>,
}

/// Measures a model and three baselines: the number of different red flags ("rules alone"), a model of
/// wording alone, and length ("shorter means lure").
pub fn evaluate(model: &Model, wording_alone: &Model, examples: &[Example], protocol: &Protocol) -> Table {
    let probability =
        |model: &Model, e: &Example| model.assess(&e.text, &e.facts, &e.indicators).probability();
    let systems = [
        System { name: model.name(), score: &|e| probability(model, e), model: Some(model) },
        System { name: "rules alone", score: &|e| different_flags(e) as f64, model: None },
        System { name: "wording alone", score: &|e| probability(wording_alone, e), model: None },
        System { name: "length alone", score: &|e| -(e.text.chars().count() as f64), model: None },
    ];
    let groups = group_numbers(examples);
    let slices = slices(examples);
    let scores: Vec<Vec<f64>> =
        systems.iter().map(|system| examples.iter().map(system.score).collect()).collect();
    let mut rows = Vec::new();
    for (slice, members) in &slices {
        for (system, scores) in systems.iter().zip(&scores) {
            // By language, the model alone: a handful of examples tells nothing of a baseline.
            if matches!(slice, Slice::Language(_)) && system.model.is_none() {
                continue;
            }
            let samples: Vec<Sample> = members
                .iter()
                .map(|&at| Sample {
                    score: scores[at],
                    label: examples[at].label,
                    weight: examples[at].weight,
                    group: groups[at],
                })
                .collect();
            rows.push(row(slice.clone(), system, &samples, protocol));
        }
    }
    Table { rows }
}

fn different_flags(example: &Example) -> usize {
    let mut names: Vec<&str> = example.indicators.iter().map(|indicator| indicator.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

fn group_numbers(examples: &[Example]) -> Vec<usize> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let number = |example| {
        let next = known.len();
        *known.entry(example).or_insert(next)
    };
    examples.iter().map(|example| example.group.as_str()).map(number).collect()
}

fn slices(examples: &[Example]) -> BTreeMap<Slice, Vec<usize>> {
    let mut slices: BTreeMap<Slice, Vec<usize>> = BTreeMap::new();
    for (at, example) in examples.iter().enumerate() {
        let language = example.language.to_string();
        for slice in [Slice::Overall, Slice::DataSet(example.data_set.clone()), Slice::Language(language)] {
            slices.entry(slice).or_default().push(at);
        }
    }
    slices
}

fn row(slice: Slice, system: &System<'_>, samples: &[Sample], protocol: &Protocol) -> Row {
    let interval = |metric: &dyn Fn(&[Sample]) -> Option<f64>| {
        metrics::bootstrap(samples, protocol.seed, protocol.resamples, metric)
    };
    let lures = samples.iter().filter(|sample| sample.label).count();
    let others = samples.len() - lures;
    let both = lures > 0 && others > 0;
    let calibration_error = system.model.filter(|_| both).and_then(|_| match protocol.prevalence {
        Some(prevalence) => metrics::calibration_error(&metrics::at_prevalence(samples, prevalence)),
        None => metrics::calibration_error(samples),
    });
    let verdicts = system.model.map(|model| {
        let thresholds = model.thresholds();
        Verdicts {
            lures_some: metrics::flagged(samples, true, thresholds.some),
            lures_strong: metrics::flagged(samples, true, thresholds.strong),
            others_some: metrics::flagged(samples, false, thresholds.some),
            others_strong: metrics::flagged(samples, false, thresholds.strong),
        }
    });
    Row {
        slice,
        system: system.name.to_owned(),
        lures,
        others,
        average_precision: interval(&metrics::average_precision).filter(|_| both),
        roc_auc: interval(&metrics::roc_auc),
        recall_at: FALSE_POSITIVE_RATES
            .map(|rate| interval(&|samples| metrics::recall_at_fpr(samples, rate))),
        calibration_error,
        verdicts,
    }
}

impl fmt::Display for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overall => f.pad("all"),
            Self::DataSet(name) => f.pad(&format!("set {name}")),
            Self::Language(tag) => f.pad(tag),
        }
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:.2} [{:.2}, {:.2}]", self.value, self.low, self.high))
    }
}

impl fmt::Display for Table {
    /// A table in plain text, for reading.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text =
            |interval: &Option<Interval>| interval.map_or("–".to_owned(), |interval| interval.to_string());
        let share = |share: Option<f64>| share.map_or("–".to_owned(), |share| format!("{share:.2}"));
        writeln!(
            f,
            "{:<16} {:<14} {:>5} {:>6}  {:<17}  {:<17}  {:<17}  {:<17}  {:<17}  {:>4}  {:>9}  {:>9}",
            "part",
            "system",
            "lures",
            "others",
            "AP",
            "ROC AUC",
            "recall @1% FP",
            "recall @5% FP",
            "recall @10% FP",
            "ECE",
            "some l/o",
            "strong l/o",
        )?;
        for row in &self.rows {
            let [one, five, ten] = &row.recall_at;
            let (some, strong) = row.verdicts.map_or(Default::default(), |v| {
                let pair = |a, b| format!("{}/{}", share(a), share(b));
                (pair(v.lures_some, v.others_some), pair(v.lures_strong, v.others_strong))
            });
            writeln!(
                f,
                "{:<16} {:<14} {:>5} {:>6}  {:<17}  {:<17}  {:<17}  {:<17}  {:<17}  {:>4}  {:>9}  {:>9}",
                row.slice,
                row.system,
                row.lures,
                row.others,
                text(&row.average_precision),
                text(&row.roc_auc),
                text(one),
                text(five),
                text(ten),
                share(row.calibration_error),
                some,
                strong,
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use forewarn_model::Language;

    use super::*;
    use crate::feature::tests::{facts, indicator};
    use crate::train::{Config, train};

    fn examples() -> Vec<Example> {
        (0..48)
            .map(|i| {
                let label = i % 2 == 0;
                let text = format!("offer {i} {}", if label { "river" } else { "pension fund and licence" });
                Example {
                    id: i.to_string(),
                    data_set: if i < 40 { "one" } else { "two" }.into(),
                    facts: facts(&text),
                    text,
                    indicators: if label && i % 5 != 0 { vec![indicator("urgent", 0, 5)] } else { vec![] },
                    label,
                    group: i.to_string(),
                    language: if i < 44 { Language::ENGLISH } else { "th".parse().unwrap() },
                    weight: 1.0,
                }
            })
            .collect()
    }

    #[test]
    fn lists_every_part_with_its_systems() {
        let config = Config { hash_bits: 8, ..Config::default() };
        let (model, _) = train(&examples(), &config).unwrap();
        let (baseline, _) = train(&examples(), &config.wording_alone()).unwrap();
        let protocol = Protocol { resamples: 100, prevalence: Some(0.1), ..Protocol::default() };
        let table = evaluate(&model, &baseline, &examples(), &protocol);
        let listed: Vec<String> =
            table.rows.iter().map(|r| format!("{}/{} {}+{}", r.slice, r.system, r.lures, r.others)).collect();
        assert_eq!(
            listed,
            [
                "all/core-1 24+24",
                "all/rules alone 24+24",
                "all/wording alone 24+24",
                "all/length alone 24+24",
                "set one/core-1 20+20",
                "set one/rules alone 20+20",
                "set one/wording alone 20+20",
                "set one/length alone 20+20",
                "set two/core-1 4+4",
                "set two/rules alone 4+4",
                "set two/wording alone 4+4",
                "set two/length alone 4+4",
                "en/core-1 22+22",
                "th/core-1 2+2",
            ]
        );
        let auc = |at: usize| table.rows[at].roc_auc.map(|i| i.value);
        assert_eq!(auc(0), Some(1.0), "what was trained on is told apart");
        assert_eq!(auc(1), Some(1.0 - 0.5 * 5.0 / 24.0), "five lures without a flag tie with the others");
        assert_eq!(auc(3), Some(1.0));
        assert!(table.rows[0].calibration_error.is_some() && table.rows[1].calibration_error.is_none());
        assert_eq!(table.to_string().lines().count(), 15);
    }
}
