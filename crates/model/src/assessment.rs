//! A probability with the reasons that make it up.

use vec1::Vec1;

use crate::indicator::IndicatorName;
use crate::text::Span;

/// What a reason rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReasonSource {
    /// What is true before anything is read: the prior of the model.
    Prior,
    /// A red flag.
    Indicator(IndicatorName),
    /// A property of the whole text, such as "names no employer"; the name says which.
    Structure(String),
    /// The wording, as learned from examples.
    Wording,
}

/// One reason of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// What it rests on.
    pub source: ReasonSource,
    /// What it adds to the score, in log-odds (natural logarithm): above zero speaks for recruitment into
    /// a scam centre.
    pub log_odds: f64,
    /// The words that show it; empty where it rests on the text as a whole.
    pub spans: Vec<Span>,
}

/// Platt scaling (Platt, 1999): calibrated log-odds = `slope` · raw + `offset`. It keeps contributions
/// additive, which isotonic regression would not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// Multiplies every contribution; above zero.
    pub slope: f64,
    /// Goes to the prior.
    pub offset: f64,
}

impl Calibration {
    /// Changes nothing.
    pub const IDENTITY: Self = Self { slope: 1.0, offset: 0.0 };
}

/// What a person is told. Never "safe".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// No known warning signs found.
    NoKnownSigns,
    /// Some warning signs: ask before you accept.
    SomeSigns,
    /// Strong signs of recruitment into a scam centre.
    StrongSigns,
}

impl Verdict {
    /// The name in files: `no_known_signs`, `some_signs`, `strong_signs`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoKnownSigns => "no_known_signs",
            Self::SomeSigns => "some_signs",
            Self::StrongSigns => "strong_signs",
        }
    }
}

/// The probabilities from which a verdict is spoken.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// From here: some signs.
    pub some: f64,
    /// From here: strong signs.
    pub strong: f64,
}

/// How likely a report recruits into a scam centre, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    reasons: Vec1<Reason>,
    log_odds: f64,
    verdict: Verdict,
    model: String,
}

impl Assessment {
    /// Builds the score from its reasons, so that the two cannot disagree: log-odds are the sum of the
    /// calibrated contributions, in the given order. Contributions that are not finite count as zero.
    /// `model` names the model and its version.
    pub fn from_reasons(
        prior: f64,
        raw: Vec<Reason>,
        calibration: Calibration,
        thresholds: Thresholds,
        model: &str,
    ) -> Self {
        let finite = |x: f64| if x.is_finite() { x } else { 0.0 };
        let mut reasons = Vec1::new(Reason {
            source: ReasonSource::Prior,
            log_odds: finite(prior * calibration.slope + calibration.offset),
            spans: Vec::new(),
        });
        reasons.extend(raw.into_iter().map(|mut reason| {
            reason.log_odds = finite(reason.log_odds * calibration.slope);
            reason
        }));
        let log_odds = reasons.iter().map(|reason| reason.log_odds).sum();
        let probability = logistic(log_odds);
        let verdict = match probability {
            p if p >= thresholds.strong => Verdict::StrongSigns,
            p if p >= thresholds.some => Verdict::SomeSigns,
            _ => Verdict::NoKnownSigns,
        };
        Self { reasons, log_odds, verdict, model: model.to_owned() }
    }

    /// The reasons; the prior first. Their contributions add up to [`Self::log_odds`].
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    /// Calibrated log-odds.
    pub fn log_odds(&self) -> f64 {
        self.log_odds
    }

    /// Calibrated probability.
    pub fn probability(&self) -> f64 {
        logistic(self.log_odds)
    }

    /// What a person is told.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The model that made it, with its version.
    pub fn model(&self) -> &str {
        &self.model
    }
}

/// The probability of log-odds `x`.
pub fn logistic(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let e = x.exp();
        e / (1.0 + e)
    }
}

/// A probability in per cent as people are told it, without the sign: never 0 and never 100, for nothing that is
/// weighed here is certain.
pub fn percent(probability: f64) -> String {
    match 100.0 * probability {
        low if low < 1.0 => "<1".to_owned(),
        high if high > 99.0 => ">99".to_owned(),
        between => format!("{between:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_probability_is_certain() {
        let told = [0.0, 0.0099, 0.01, 0.5, 0.99, 0.991, 1.0].map(percent);
        assert_eq!(told, ["<1", "<1", "1", "50", "99", ">99", ">99"]);
    }

    fn reason(log_odds: f64) -> Reason {
        Reason { source: ReasonSource::Wording, log_odds, spans: Vec::new() }
    }

    #[test]
    fn a_score_is_the_sum_of_its_reasons() {
        let thresholds = Thresholds { some: 0.3, strong: 0.7 };
        let calibration = Calibration { slope: 0.5, offset: -0.25 };
        let a =
            Assessment::from_reasons(-1.0, vec![reason(3.0), reason(f64::NAN)], calibration, thresholds, "m");
        assert_eq!(a.log_odds(), a.reasons().iter().map(|r| r.log_odds).sum::<f64>());
        assert_eq!(a.log_odds(), -0.75 + 1.5);
        assert_eq!(a.verdict(), Verdict::SomeSigns);
    }

    #[test]
    fn an_empty_assessment_still_has_its_prior_as_reason() {
        let thresholds = Thresholds { some: 0.3, strong: 0.7 };
        let a = Assessment::from_reasons(-3.0, Vec::new(), Calibration::IDENTITY, thresholds, "m");
        assert_eq!(a.reasons().len(), 1);
        assert_eq!(a.verdict(), Verdict::NoKnownSigns);
    }
}
