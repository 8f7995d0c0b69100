//! The model: weights by family, and the score that they give a text.

use std::mem::take;

use forewarn_model::{
    Assessment, Calibration, Facts, Indicator, IndicatorName, Reason, ReasonSource, Span, Thresholds,
};
use thiserror::Error;

use crate::feature::{Features, PAIRS, STRUCTURE, pair_name};
use crate::sign::{RELIEF_MAX, SHARE_MAX, Signs};
use crate::wording::{Gram, Grams, strongest};

/// Weights that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ModelError {
    /// The file does not have the form of a model.
    #[error("read model, line {line}: {what}")]
    Form {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The file was changed or cut off.
    #[error("read model: checksum is {found}, the file says {stated}")]
    Checksum {
        /// SHA-256 of what was read.
        found: String,
        /// SHA-256 that the file states.
        stated: String,
    },
    /// The phrases of `signs.tsv` changed since training.
    #[error("read model {model}: trained with other signs of a regular employer, train again")]
    SignsChanged {
        /// The model.
        model: String,
    },
    /// The signs of a regular employer cannot be read.
    #[error(
        "read signs of a regular employer, line {line}: expected sign, language and phrases, divided by tabs"
    )]
    Signs {
        /// The line, from 1; 0 where it is not one line's fault.
        line: usize,
    },
}

/// Everything that training decides. Numbers are kept as the file writes them, so that a model read back is
/// the same model.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Weights {
    pub(crate) name: String,
    /// Share of lures that the probabilities are calibrated for.
    pub(crate) prevalence: f64,
    pub(crate) calibration: Calibration,
    pub(crate) thresholds: Thresholds,
    pub(crate) prior: f64,
    /// Sorted by name.
    pub(crate) indicators: Vec<(IndicatorName, f64)>,
    /// For a red flag that the pack has and training never saw: an analyst's new rule counts at once.
    pub(crate) indicator_default: f64,
    /// In the order of [`PAIRS`].
    pub(crate) pairs: Vec<f64>,
    /// In the order of [`STRUCTURE`].
    pub(crate) structure: Vec<f64>,
    /// In the order of the signs.
    pub(crate) signs: Vec<f64>,
    pub(crate) wording: Wording,
}

/// Weights of hashed n-grams, eight bits each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wording {
    pub(crate) hash_bits: u32,
    /// What one step of a weight is worth, in log-odds.
    pub(crate) scale: f64,
    /// The most that wording as a whole may contribute, either way, before calibration.
    pub(crate) log_odds_max: f64,
    /// 2^`hash_bits` of them, or none at all where wording does not count.
    pub(crate) steps: Vec<i8>,
}

impl Wording {
    /// The weights of all n-grams, in their order.
    fn steps(&self, grams: &Grams) -> Vec<i8> {
        let step = |gram: &Gram| self.steps.get(gram.bucket as usize).copied().unwrap_or(0);
        grams.all.iter().map(step).collect()
    }

    fn log_odds(&self, grams: &Grams, steps: &[i8]) -> f64 {
        let sum: i64 = steps.iter().map(|&step| i64::from(step)).sum();
        (sum as f64 * self.scale * grams.unit()).clamp(-self.log_odds_max, self.log_odds_max)
    }
}

/// A trained model. Immutable; one value serves all threads.
#[derive(Debug)]
pub struct Model {
    pub(crate) weights: Weights,
    pub(crate) signs: Signs,
}

const BUILTIN: &[u8] = include_bytes!("../../../models/core/weights.txt");

impl Model {
    /// The model `core`, which ships with this crate. Its card is `models/core/card.md`.
    pub fn builtin() -> Result<Self, ModelError> {
        Self::parse(BUILTIN)
    }

    /// Reads a weights file (its form: `src/file.rs`): UTF-8 text with a version in its first line and a
    /// SHA-256 checksum in its last.
    pub fn parse(bytes: &[u8]) -> Result<Self, ModelError> {
        let signs = Signs::builtin()?;
        let weights = crate::file::parse(bytes, &signs)?;
        Ok(Self { weights, signs })
    }

    /// The weights file of this model; [`Model::parse`] reads it back to the same model.
    pub fn to_bytes(&self) -> Vec<u8> {
        crate::file::format(&self.weights, &self.signs).into_bytes()
    }

    /// The phrases that it knows a regular employer's offer by, as the file `signs.tsv`.
    pub fn signs(&self) -> &'static str {
        crate::sign::BUILTIN
    }

    /// Its name with its version: `core-1`.
    pub fn name(&self) -> &str {
        &self.weights.name
    }

    /// The share of lures that its probabilities are calibrated for, between 0 and 1.
    pub fn prevalence(&self) -> f64 {
        self.weights.prevalence
    }

    /// The probabilities from which verdicts are spoken.
    pub fn thresholds(&self) -> Thresholds {
        self.weights.thresholds
    }

    /// How likely the text recruits into a scam centre, and why. `text` is the original that the facts and
    /// indicators were found in; spans of reasons are scalar values of it.
    pub fn assess(&self, text: &str, facts: &Facts, indicators: &[Indicator]) -> Assessment {
        debug_assert!(
            facts.normalized.original_len() as usize <= text.chars().count(),
            "the facts are those of another text"
        );
        let weights = &self.weights;
        let features = Features::of(facts, indicators, &self.signs, weights.wording.hash_bits);
        Assessment::from_reasons(
            weights.prior,
            self.reasons(facts, features),
            weights.calibration,
            weights.thresholds,
            &weights.name,
        )
    }

    /// Reasons before calibration, in the order of families; what weighs nothing is left out.
    fn reasons(&self, facts: &Facts, mut features: Features<'_>) -> Vec<Reason> {
        let weights = &self.weights;
        let sign_value = weights.sign_value(&features);
        let mut all = Vec::with_capacity(features.indicators.len() + 8);
        let mut add =
            |source: &dyn Fn() -> ReasonSource, log_odds: f64, spans: &mut dyn FnMut() -> Vec<Span>| {
                if log_odds != 0.0 {
                    all.push(Reason { source: source(), log_odds, spans: spans() });
                }
            };
        for &pair in &features.pairs {
            let named = || ReasonSource::Structure(pair_name(PAIRS[pair]));
            add(&named, weights.pairs[pair], &mut || features.pair_spans(pair));
        }
        for (name, spans) in &mut features.indicators {
            let flag = || ReasonSource::Indicator(name.clone());
            add(&flag, weights.indicator(name), &mut || take(spans));
        }
        for (at, spans) in &mut features.structure {
            let named = || ReasonSource::Structure(STRUCTURE[*at].0.to_owned());
            add(&named, weights.structure[*at], &mut || take(spans));
        }
        for (at, spans) in &mut features.signs {
            let named = || ReasonSource::Structure(self.signs.names()[*at].clone());
            add(&named, weights.signs[*at] * sign_value, &mut || take(spans));
        }
        let steps = weights.wording.steps(&features.grams);
        let log_odds = weights.wording.log_odds(&features.grams, &steps);
        let direction = if log_odds < 0.0 { -1 } else { 1 };
        add(&|| ReasonSource::Wording, log_odds, &mut || {
            strongest(facts, &features.grams, &steps, direction)
        });
        all
    }
}

impl Weights {
    /// The log-odds before calibration: the sum of what [`Model::reasons`] lists, without the work of showing
    /// it.
    pub(crate) fn raw_log_odds(&self, features: &Features<'_>) -> f64 {
        let signs = sum(&features.signs, &self.signs) * self.sign_value(features);
        let steps = self.wording.steps(&features.grams);
        let wording = self.wording.log_odds(&features.grams, &steps);
        self.prior + self.accusing(features) + signs + wording
    }

    /// What red flags, pairs of them and structure add up to.
    fn accusing(&self, features: &Features<'_>) -> f64 {
        let flags: f64 = features.indicators.iter().map(|(name, _)| self.indicator(name)).sum();
        let pairs: f64 = features.pairs.iter().map(|&at| self.pairs[at]).sum();
        flags + pairs + sum(&features.structure, &self.structure)
    }

    /// What each sign of a regular employer counts: its unit, or less where the signs together would take
    /// off more than they may.
    fn sign_value(&self, features: &Features<'_>) -> f64 {
        let relief = -sum(&features.signs, &self.signs) * features.sign_unit;
        let most = RELIEF_MAX.max(SHARE_MAX * self.accusing(features));
        if relief > most { features.sign_unit * most / relief } else { features.sign_unit }
    }

    fn indicator(&self, name: &IndicatorName) -> f64 {
        // Few, and of different lengths: quicker than by their order.
        let known = self.indicators.iter().find(|(known, _)| known == name);
        known.map_or(self.indicator_default, |(_, weight)| *weight)
    }
}

fn sum(present: &[(usize, Vec<Span>)], weights: &[f64]) -> f64 {
    present.iter().map(|(at, _)| weights[*at]).sum()
}

/// The names that [`ReasonSource::Structure`] can carry with the signs that ship with this crate, for
/// those who put them into words: properties, pairs of red flags (`a+b`), signs of a regular employer.
pub fn structure_names() -> Result<Vec<String>, ModelError> {
    let properties = STRUCTURE.iter().map(|(name, _)| (*name).to_owned());
    let pairs = PAIRS.iter().map(|&pair| pair_name(pair));
    let signs = Signs::builtin()?;
    Ok(properties.chain(pairs).chain(signs.names().iter().cloned()).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use forewarn_model::Verdict;
    use proptest::prelude::*;

    use super::*;
    use crate::feature::tests::{facts, indicator};
    use crate::sign::tests::find;

    static CORE: LazyLock<Model> = LazyLock::new(|| Model::builtin().unwrap());

    /// What the shipped model says of a text with these red flags.
    fn check(text: &str, flags: &[&str], expected: Verdict) {
        let indicators: Vec<Indicator> = flags.iter().map(|flag| indicator(flag, 0, 1)).collect();
        let found = CORE.assess(text, &facts(text), &indicators);
        assert_eq!(found.verdict(), expected, "{text} {flags:?}: {:?}", found.reasons());
    }

    const GRAVE: [&str; 6] = [
        "hub_location",
        "overseas_offer",
        "passport_handover",
        "salary_above_norm",
        "vague_employer",
        "visa_run_or_border",
    ];

    const EVERY_SIGN: &str = "licence, pension, you keep your passport, no fee, walk-in, contract before travel, \
        diploma, ministry, day off";

    #[test]
    fn speaks_as_its_card_says() {
        check("", &[], Verdict::NoKnownSigns);
        check("a text with nothing in it", &[], Verdict::NoKnownSigns);
        check("we need a cook", &["free_housing"], Verdict::NoKnownSigns);
        check("cross the river", &GRAVE, Verdict::StrongSigns);
    }

    #[test]
    fn signs_of_a_regular_employer_do_not_wipe_out_grave_flags() {
        let signs = Signs::builtin().unwrap();
        let found = find(&signs, &facts(EVERY_SIGN));
        assert!(found.iter().all(|spans| !spans.is_empty()), "{found:?}");
        let indicators = GRAVE.map(|flag| indicator(flag, 0, 1));
        let verdict = CORE.assess(EVERY_SIGN, &facts(EVERY_SIGN), &indicators).verdict();
        assert!(verdict >= Verdict::SomeSigns, "{verdict:?}");
    }

    #[test]
    fn shows_the_words_of_every_flag() {
        let found = CORE.assess(
            "at the border",
            &facts("at the border"),
            &[
                indicator("hub_location", 7, 13),
                indicator("visa_run_or_border", 7, 13),
                indicator("visa_run_or_border", 0, 2),
            ],
        );
        let spans = |name: &str| {
            let of =
                |reason: &&Reason| matches!(&reason.source, ReasonSource::Indicator(n) if n.as_str() == name);
            found.reasons().iter().find(of).map(|reason| reason.spans.clone())
        };
        assert_eq!(spans("hub_location"), Some(vec![Span::new(7, 13)]));
        assert_eq!(spans("visa_run_or_border"), Some(vec![Span::new(7, 13), Span::new(0, 2)]));
    }

    #[test]
    fn names_everything_that_a_reason_can_be_called() {
        let names = structure_names().unwrap();
        assert!(names.contains(&"no_fee".to_owned()) && names.contains(&"no_web_or_mail".to_owned()));
        let mut unique = names.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), names.len());
    }

    #[test]
    fn ships_small() {
        assert!(BUILTIN.len() < 300_000, "{} bytes", BUILTIN.len());
        assert_eq!(CORE.to_bytes(), BUILTIN);
    }

    proptest! {
        #[test]
        fn any_text_gets_a_score_whose_spans_lie_in_it(text in "\\PC{0,60}|[ก-๛一-龥a-z .,\u{200b}]{0,60}") {
                let found = CORE.assess(&text, &facts(&text), &[indicator("urgent", 0, 0)]);
            prop_assert!((0.0..=1.0).contains(&found.probability()));
            let chars = text.chars().count() as u32;
            for span in found.reasons().iter().flat_map(|reason| &reason.spans) {
                prop_assert!(span.start < span.end && span.end <= chars, "{span:?} in {text:?}");
            }
        }
    }
}
