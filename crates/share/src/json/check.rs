//! What one text was found to be: the result of `check`.

use forewarn_model::{
    Assessment, Country, Facts, Indicator, Language, Money, Place, Reason, ReasonSource, Span,
};
use serde::Serialize;
use serde_json::Value;

use crate::wire::{pair, value};

/// All that was found in one text.
#[derive(Debug, Clone, Copy)]
pub struct CheckInput<'a> {
    /// The text's id at its source, where it has one.
    pub id: Option<&'a str>,
    /// The original text that the spans count in ([`forewarn_model::Report::full_text`]).
    pub text: &'a str,
    /// What `extract` found.
    pub facts: &'a Facts,
    /// What the rules found.
    pub indicators: &'a [Indicator],
    /// The score with its reasons.
    pub assessment: &'a Assessment,
}

/// The result for one text: `id`, `probability`, `log_odds`, `verdict`, `model`, `language` (`und` if not
/// known), `other_languages`, `countries`, `indicators` (`id`, `span`, `text`), `observables` (`type`,
/// `value`, `span`), `reasons` (`source`, `name` where it has one, `log_odds`, `spans`; their log-odds add
/// up to `log_odds`), `places` (`name`, `kind`, `country`, `region`, `hub`, `span`) and `money` (`min`,
/// `max`, `currency`, `period`, `monthly_usd`, `span`).
pub fn check(input: &CheckInput<'_>) -> Value {
    value(view(input, &TextIndex::new(input.text)))
}

/// Appends the same result to `out` as one line of JSON Lines, without building a [`Value`] first: the
/// form for streams.
pub fn check_line(input: &CheckInput<'_>, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    serde_json::to_writer(&mut *out, &view(input, &TextIndex::new(input.text)))?;
    out.push(b'\n');
    Ok(())
}

/// A score with its reasons: `probability`, `log_odds`, `verdict`, `model` and `reasons`.
pub fn assessment(assessment: &Assessment) -> Value {
    value(score(assessment))
}

#[derive(Serialize)]
struct CheckView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(flatten)]
    score: ScoreView<'a>,
    language: &'a str,
    other_languages: Vec<&'a str>,
    countries: Vec<String>,
    indicators: Vec<IndicatorView<'a>>,
    observables: Vec<ObservableView<'a>>,
    places: Vec<PlaceView<'a>>,
    money: Vec<MoneyView<'a>>,
}

#[derive(Serialize)]
struct ScoreView<'a> {
    probability: f64,
    log_odds: f64,
    verdict: &'static str,
    model: &'a str,
    reasons: Vec<ReasonView<'a>>,
}

#[derive(Serialize)]
struct ReasonView<'a> {
    source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    log_odds: f64,
    spans: Vec<[u32; 2]>,
}

#[derive(Serialize)]
struct IndicatorView<'a> {
    id: &'a str,
    span: [u32; 2],
    text: &'a str,
}

#[derive(Serialize)]
struct ObservableView<'a> {
    r#type: String,
    value: &'a str,
    span: [u32; 2],
}

#[derive(Serialize)]
struct PlaceView<'a> {
    name: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    hub: bool,
    span: [u32; 2],
}

#[derive(Serialize)]
struct MoneyView<'a> {
    min: f64,
    max: f64,
    currency: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    monthly_usd: Option<(f64, f64)>,
    span: [u32; 2],
}

fn view<'a>(input: &CheckInput<'a>, index: &TextIndex<'a>) -> CheckView<'a> {
    let facts = input.facts;
    CheckView {
        id: input.id,
        score: score(input.assessment),
        language: facts.language.as_str(),
        other_languages: facts.other_languages.iter().map(Language::as_str).collect(),
        countries: facts.countries().iter().map(Country::to_string).collect(),
        indicators: input
            .indicators
            .iter()
            .map(|indicator| IndicatorView {
                id: indicator.name.as_str(),
                span: pair(indicator.span),
                text: index.slice(indicator.span),
            })
            .collect(),
        observables: facts
            .observables
            .iter()
            .map(|observable| ObservableView {
                r#type: observable.kind.to_string(),
                value: &observable.value,
                span: pair(observable.span),
            })
            .collect(),
        places: facts.places.iter().map(place).collect(),
        money: facts.money.iter().map(money).collect(),
    }
}

fn score(assessment: &Assessment) -> ScoreView<'_> {
    ScoreView {
        probability: assessment.probability(),
        log_odds: assessment.log_odds(),
        verdict: assessment.verdict().as_str(),
        model: assessment.model(),
        reasons: assessment.reasons().iter().map(reason).collect(),
    }
}

fn reason(reason: &Reason) -> ReasonView<'_> {
    let (source, name) = match &reason.source {
        ReasonSource::Prior => ("prior", None),
        ReasonSource::Indicator(name) => ("indicator", Some(name.as_str())),
        ReasonSource::Structure(name) => ("structure", Some(name.as_str())),
        ReasonSource::Wording => ("wording", None),
    };
    ReasonView {
        source,
        name,
        log_odds: reason.log_odds,
        spans: reason.spans.iter().copied().map(pair).collect(),
    }
}

fn place(place: &Place) -> PlaceView<'_> {
    PlaceView {
        name: &place.name,
        kind: place.kind.as_str(),
        country: place.country.as_ref().map(Country::as_str),
        region: place.region.map(|region| region.to_string()),
        hub: place.hub,
        span: pair(place.span),
    }
}

fn money(money: &Money) -> MoneyView<'_> {
    MoneyView {
        min: money.min,
        max: money.max,
        currency: money.currency.as_str(),
        period: money.period.map(|period| period.as_str()),
        monthly_usd: money.monthly_usd,
        span: pair(money.span),
    }
}

/// Finds spans in a text without walking it from the start each time.
struct TextIndex<'a> {
    text: &'a str,
    /// The byte at which every [`STRIDE`]th scalar value starts.
    marks: Vec<usize>,
}

/// Scalar values between two marks: few enough to walk, many enough that marks cost little memory.
const STRIDE: usize = 64;

impl<'a> TextIndex<'a> {
    fn new(text: &'a str) -> Self {
        let marks = match text.is_ascii() {
            true => Vec::new(),
            false => text.char_indices().step_by(STRIDE).map(|(at, _)| at).collect(),
        };
        Self { text, marks }
    }

    /// The part of the text that a span covers; what lies beyond the end is left out.
    fn slice(&self, span: Span) -> &'a str {
        &self.text[self.byte(span.start)..self.byte(span.end)]
    }

    fn byte(&self, scalar: u32) -> usize {
        let scalar = scalar as usize;
        if self.marks.is_empty() {
            return scalar.min(self.text.len());
        }
        let Some(&mark) = self.marks.get(scalar / STRIDE) else { return self.text.len() };
        let rest = &self.text[mark..];
        rest.char_indices().nth(scalar % STRIDE).map_or(self.text.len(), |(at, _)| mark + at)
    }
}

#[cfg(test)]
mod tests {
    use forewarn_model::{
        Calibration, IndicatorName, Normalized, Observable, ObservableKind, Period, PlaceKind, Thresholds,
    };
    use proptest::prelude::*;

    use super::*;
    use crate::sample;

    const TEXT: &str = "งานในกัมพูชา 🇰🇭 $3,000 a month, ticket paid, call +855 12 000 001";

    fn facts() -> Facts {
        Facts {
            language: "th".parse().unwrap(),
            other_languages: vec![Language::ENGLISH],
            normalized: Normalized::default(),
            observables: vec![Observable {
                kind: ObservableKind::Phone,
                value: "+85512000001".into(),
                span: Span::new(50, 65),
            }],
            places: vec![Place {
                span: Span::new(13, 15),
                kind: PlaceKind::Country,
                name: "Cambodia".into(),
                country: "KH".parse().ok(),
                region: None,
                position: None,
                hub: false,
            }],
            money: vec![Money {
                span: Span::new(16, 30),
                min: 3000.0,
                max: 3000.0,
                currency: "USD".parse().unwrap(),
                period: Some(Period::Month),
                monthly_usd: Some((3000.0, 3000.0)),
            }],
        }
    }

    fn scored() -> (Vec<Indicator>, Assessment) {
        let name = IndicatorName::new("free_travel").unwrap();
        let span = Span::new(32, 43);
        let reasons = vec![
            Reason { source: ReasonSource::Indicator(name.clone()), log_odds: 1.5, spans: vec![span] },
            Reason { source: ReasonSource::Wording, log_odds: 1.0, spans: Vec::new() },
            Reason { source: ReasonSource::Structure("short".into()), log_odds: -0.25, spans: Vec::new() },
        ];
        let thresholds = Thresholds { some: 0.3, strong: 0.7 };
        let assessment =
            Assessment::from_reasons(-1.25, reasons, Calibration::IDENTITY, thresholds, "test 1");
        (vec![Indicator { name, span, pattern: "travel/en/3".into() }], assessment)
    }

    #[test]
    fn shows_the_words_behind_each_finding() {
        let (indicators, assessment) = scored();
        let input = CheckInput {
            id: Some("7"),
            text: TEXT,
            facts: &facts(),
            indicators: &indicators,
            assessment: &assessment,
        };
        insta::assert_snapshot!(sample::pretty(&check(&input)));
    }

    #[test]
    fn a_line_says_the_same_as_a_value() {
        let (indicators, assessment) = scored();
        let input = CheckInput {
            id: None,
            text: TEXT,
            facts: &facts(),
            indicators: &indicators,
            assessment: &assessment,
        };
        let mut line = Vec::new();
        check_line(&input, &mut line).unwrap();
        assert_eq!(line.iter().filter(|&&byte| byte == b'\n').count(), 1);
        assert_eq!(serde_json::from_slice::<Value>(&line).unwrap(), check(&input));
    }

    proptest! {
        #[test]
        fn an_index_cuts_as_the_span_itself_does(text in ".{0,300}", start in 0u32..320, len in 0u32..80) {
            let span = Span::new(start, start + len);
            prop_assert_eq!(TextIndex::new(&text).slice(span), span.slice(&text));
        }
    }
}
