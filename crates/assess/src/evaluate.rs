//! One honest table: the model and its baselines, overall, by data set and by language, with intervals.
//!
//! What is shown here must not have been used in training or tuning; the caller vouches for that, by
//! [`crate::manifest`].

use std::collections::BTreeMap;
use std::fmt;

use crate::finding::Findings;
use crate::metrics::{self, Bin, Interval, Sample};
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
    pub calibration_error: Option<Interval>,
    /// Shares of lures and of others that get a verdict of at least "some signs", and "strong signs"; for
    /// systems that give verdicts.
    pub verdicts: Option<Verdicts>,
}

/// Who gets which verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdicts {
    /// Lures with at least "some signs".
    pub lures_some: Option<Interval>,
    /// Lures with "strong signs".
    pub lures_strong: Option<Interval>,
    /// Others with at least "some signs".
    pub others_some: Option<Interval>,
    /// Others with "strong signs".
    pub others_strong: Option<Interval>,
}

/// The false-positive rates of [`Row::recall_at`].
pub const FALSE_POSITIVE_RATES: [f64; 3] = [0.01, 0.05, 0.10];

/// The table: rows by slice, then by system, the model first.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The rows.
    pub rows: Vec<Row>,
    /// The model's reliability over all examples, at the protocol's prevalence; empty where there is but one
    /// class.
    pub reliability: Vec<Bin>,
    /// Red flags and countries against the labels.
    pub findings: Findings,
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
            let samples: Vec<Sample> =
                members.iter().map(|&at| sample(examples, &groups, scores, at)).collect();
            rows.push(row(slice.clone(), system, &samples, protocol));
        }
    }
    let all: Vec<Sample> = (0..examples.len()).map(|at| sample(examples, &groups, &scores[0], at)).collect();
    let reliability =
        if has_both(&all) { metrics::reliability(&weighed(&all, protocol)) } else { Vec::new() };
    Table { rows, reliability, findings: Findings::of(examples) }
}

fn sample(examples: &[Example], groups: &[usize], scores: &[f64], at: usize) -> Sample {
    Sample { score: scores[at], label: examples[at].label, weight: examples[at].weight, group: groups[at] }
}

fn has_both(samples: &[Sample]) -> bool {
    samples.iter().any(|sample| sample.label) && samples.iter().any(|sample| !sample.label)
}

fn weighed(samples: &[Sample], protocol: &Protocol) -> Vec<Sample> {
    match protocol.prevalence {
        Some(prevalence) => metrics::at_prevalence(samples, prevalence),
        None => samples.to_vec(),
    }
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
    let lures = samples.iter().filter(|sample| sample.label).count();
    let both = has_both(samples);
    let [one, five, ten] = FALSE_POSITIVE_RATES;
    let ranking = metrics::bootstrap_all(samples, protocol.seed, protocol.resamples, |samples| {
        [
            metrics::average_precision(samples).filter(|_| both),
            metrics::roc_auc(samples),
            metrics::recall_at_fpr(samples, one),
            metrics::recall_at_fpr(samples, five),
            metrics::recall_at_fpr(samples, ten),
        ]
    });
    let [average_precision, roc_auc, at_one, at_five, at_ten] = ranking;
    let (calibration_error, verdicts) = system.model.map_or((None, None), |model| {
        let thresholds = model.thresholds();
        let spoken = metrics::bootstrap_all(samples, protocol.seed, protocol.resamples, |samples| {
            [
                if both { metrics::calibration_error(&weighed(samples, protocol)) } else { None },
                metrics::flagged(samples, true, thresholds.some),
                metrics::flagged(samples, true, thresholds.strong),
                metrics::flagged(samples, false, thresholds.some),
                metrics::flagged(samples, false, thresholds.strong),
            ]
        });
        let [error, lures_some, lures_strong, others_some, others_strong] = spoken;
        (error, Some(Verdicts { lures_some, lures_strong, others_some, others_strong }))
    });
    Row {
        slice,
        system: system.name.to_owned(),
        lures,
        others: samples.len() - lures,
        average_precision,
        roc_auc,
        recall_at: [at_one, at_five, at_ten],
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
        f.pad(&format!("{:.3} [{:.3}, {:.3}]", self.value, self.low, self.high))
    }
}

/// The heads of the columns of [`Row::cells`].
pub const HEADS: [&str; 12] = [
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
    "some: lures/others",
    "strong: lures/others",
];

impl Row {
    /// The row in words, in the order of [`HEADS`].
    pub fn cells(&self) -> [String; 12] {
        let text =
            |interval: &Option<Interval>| interval.map_or("–".to_owned(), |interval| interval.to_string());
        let share = |of: Option<Interval>| of.map_or("–".to_owned(), |of| format!("{:.3}", of.value));
        let [one, five, ten] = &self.recall_at;
        let pair = |a, b| format!("{} / {}", share(a), share(b));
        let (some, strong) = self.verdicts.map_or(Default::default(), |v| {
            (pair(v.lures_some, v.others_some), pair(v.lures_strong, v.others_strong))
        });
        [
            self.slice.to_string(),
            self.system.clone(),
            self.lures.to_string(),
            self.others.to_string(),
            text(&self.average_precision),
            text(&self.roc_auc),
            text(one),
            text(five),
            text(ten),
            self.calibration_error.map_or("".to_owned(), |error| error.to_string()),
            some,
            strong,
        ]
    }
}

#[cfg(test)]
mod tests {
    use forewarn_model::Language;

    use super::*;
    use crate::feature::tests::{facts, indicator};
    use crate::train::{Config, Labels, train};

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
                    labels: Labels::default(),
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
                "all/core-2 24+24",
                "all/rules alone 24+24",
                "all/wording alone 24+24",
                "all/length alone 24+24",
                "set one/core-2 20+20",
                "set one/rules alone 20+20",
                "set one/wording alone 20+20",
                "set one/length alone 20+20",
                "set two/core-2 4+4",
                "set two/rules alone 4+4",
                "set two/wording alone 4+4",
                "set two/length alone 4+4",
                "en/core-2 22+22",
                "th/core-2 2+2",
            ]
        );
        let auc = |at: usize| table.rows[at].roc_auc.map(|i| i.value);
        assert_eq!(auc(0), Some(1.0), "what was trained on is told apart");
        assert_eq!(auc(1), Some(1.0 - 0.5 * 5.0 / 24.0), "five lures without a flag tie with the others");
        assert_eq!(auc(3), Some(1.0));
        assert!(table.rows[0].calibration_error.is_some() && table.rows[1].calibration_error.is_none());
        assert!(!table.reliability.is_empty());
        let cells = table.rows[0].cells();
        assert_eq!(cells[..4], ["all", "core-2", "24", "24"]);
        assert_eq!(cells[5], "1.000 [1.000, 1.000]");
    }
}
