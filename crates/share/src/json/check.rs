//! What one text was found to be: the result of `check`.

use forewarn_model::{
    Assessment, Facts, Indicator, Language, Money, ObservableKind, Place, Problem, Reason, ReasonSource, Span,
};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::wire::{Text, value};

/// The id of a text at its source, of the type that the source gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckId<'a> {
    /// A string.
    Text(&'a str),
    /// A number, in the digits in which its source wrote it. What is no JSON number is written as a string.
    Number(&'a str),
    /// True or false.
    Bool(bool),
    /// The line that it starts on, where the source gave none.
    Line(u64),
}

/// All that was found in one text.
#[derive(Debug, Clone, Copy)]
pub struct CheckInput<'a> {
    /// The text's id at its source, where it has one.
    pub id: Option<CheckId<'a>>,
    /// What was read: the title, a line feed, and the text; or the text alone
    /// ([`forewarn_model::Report::full_text`]).
    pub text: &'a str,
    /// Unicode scalar values of `text` that are the title with its line feed. Spans are written as places in
    /// what follows; those in the title as places in the title, and marked so.
    pub title_chars: u32,
    /// What `extract` found.
    pub facts: &'a Facts,
    /// What the rules found.
    pub indicators: &'a [Indicator],
    /// The score with its reasons.
    pub assessment: &'a Assessment,
    /// What was changed in the text or left out before it was read.
    pub warnings: &'a [Problem],
}

/// The result for one text: `id`, `probability`, `log_odds`, `verdict`, `model`, `language` (`und` if not
/// known), `other_languages`, `countries`, `indicators` (`id`, `span`, `text`), `observables` (`type`,
/// `value`, `span`), `reasons` (`source`, `name`, `log_odds`, `spans`; their log-odds add up to `log_odds`,
/// whose logistic is `probability`; the first, `prior`, is what holds before anything is read), `places`
/// (`name`, `kind`, `country`, `region`, `hub`, `span`), `money` (`min`, `max`, `currency`, `period`,
/// `monthly_usd`, `span`), and `warnings` (`code`, `message`) where there are any. A finding in the title has
/// `"field": "title"`; a reason keeps its places there apart, as `title_spans`.
pub fn check(input: &CheckInput<'_>) -> Value {
    value(CheckView { input, index: TextIndex::new(input.text) })
}

/// Appends the same result to `out` as one line of JSON Lines, without building a [`Value`] first: the
/// form for streams.
pub fn check_line(input: &CheckInput<'_>, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
    serde_json::to_writer(&mut *out, &CheckView { input, index: TextIndex::new(input.text) })?;
    out.push(b'\n');
    Ok(())
}

/// Appends the line for a record that could not be read, so that lines stay aligned: `id`, and `error` with
/// `code`, `message` and, where known, `line`.
pub fn check_error_line(
    id: CheckId<'_>,
    problem: &Problem,
    out: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    serde_json::to_writer(&mut *out, &ErrorView { id, problem })?;
    out.push(b'\n');
    Ok(())
}

/// A score with its reasons: `probability`, `log_odds`, `verdict`, `model` and `reasons`.
pub fn assessment(assessment: &Assessment) -> Value {
    value(ScoreView { assessment, title_chars: 0 })
}

impl Serialize for CheckId<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(digits) => match serde_json::from_str::<&RawValue>(digits) {
                Ok(number) if is_number(digits) => number.serialize(serializer),
                _ => serializer.serialize_str(digits),
            },
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Line(line) => serializer.serialize_u64(*line),
        }
    }
}

fn is_number(json: &str) -> bool {
    matches!(json.as_bytes().first(), Some(b'-' | b'0'..=b'9'))
}

struct ErrorView<'a> {
    id: CheckId<'a>,
    problem: &'a Problem,
}

impl Serialize for ErrorView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("error", &ProblemView { problem: self.problem, with_line: true })?;
        map.end()
    }
}

struct ProblemView<'a> {
    problem: &'a Problem,
    with_line: bool,
}

impl Serialize for ProblemView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Problem { code, what, remedy, line, .. } = self.problem;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("code", code)?;
        map.serialize_entry("message", &Text(format_args!("{what}: {remedy}")))?;
        if let Some(line) = line.filter(|_| self.with_line) {
            map.serialize_entry("line", &line)?;
        }
        map.end()
    }
}

struct CheckView<'a> {
    input: &'a CheckInput<'a>,
    index: TextIndex<'a>,
}

impl Serialize for CheckView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let CheckInput { id, facts, indicators, assessment, warnings, title_chars, .. } = *self.input;
        let found = |span, what| Found { what, place: Where::new(span, title_chars) };
        let mut map = serializer.serialize_map(None)?;
        if let Some(id) = id {
            map.serialize_entry("id", &id)?;
        }
        score(assessment, title_chars, &mut map)?;
        map.serialize_entry("language", facts.language.as_str())?;
        map.serialize_entry("other_languages", &Each(|| facts.other_languages.iter().map(Language::as_str)))?;
        map.serialize_entry("countries", &Each(|| facts.countries().into_iter().map(Text)))?;
        let quote = |span| self.index.slice(span);
        let indicators = || {
            let all = indicators.iter();
            all.map(|it| found(it.span, What::Indicator(it.name.as_str(), quote(it.span))))
        };
        map.serialize_entry("indicators", &Each(indicators))?;
        let observables =
            || facts.observables.iter().map(|it| found(it.span, What::Observable(&it.kind, &it.value)));
        map.serialize_entry("observables", &Each(observables))?;
        map.serialize_entry(
            "places",
            &Each(|| facts.places.iter().map(|it| found(it.span, What::Place(it)))),
        )?;
        map.serialize_entry("money", &Each(|| facts.money.iter().map(|it| found(it.span, What::Money(it)))))?;
        if !warnings.is_empty() {
            let views = || warnings.iter().map(|problem| ProblemView { problem, with_line: false });
            map.serialize_entry("warnings", &Each(views))?;
        }
        map.end()
    }
}

struct ScoreView<'a> {
    assessment: &'a Assessment,
    title_chars: u32,
}

impl Serialize for ScoreView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        score(self.assessment, self.title_chars, &mut map)?;
        map.end()
    }
}

fn score<M: SerializeMap>(assessment: &Assessment, title_chars: u32, map: &mut M) -> Result<(), M::Error> {
    map.serialize_entry("probability", &assessment.probability())?;
    map.serialize_entry("log_odds", &assessment.log_odds())?;
    map.serialize_entry("verdict", assessment.verdict().as_str())?;
    map.serialize_entry("model", assessment.model())?;
    let reasons = || assessment.reasons().iter().map(|reason| ReasonView { reason, title_chars });
    map.serialize_entry("reasons", &Each(reasons))
}

struct ReasonView<'a> {
    reason: &'a Reason,
    title_chars: u32,
}

impl Serialize for ReasonView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Reason { source, log_odds, spans } = self.reason;
        let (source, name) = match source {
            ReasonSource::Prior => ("prior", "prior"),
            ReasonSource::Indicator(name) => ("indicator", name.as_str()),
            ReasonSource::Structure(name) => ("structure", name.as_str()),
            ReasonSource::Wording => ("wording", "wording"),
        };
        let places = |in_title: bool| {
            let places = spans.iter().map(|span| Where::new(*span, self.title_chars));
            places.filter(move |place| place.in_title == in_title).map(|place| place.span)
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("source", source)?;
        map.serialize_entry("name", name)?;
        map.serialize_entry("log_odds", log_odds)?;
        map.serialize_entry("spans", &Each(|| places(false)))?;
        if places(true).next().is_some() {
            map.serialize_entry("title_spans", &Each(|| places(true)))?;
        }
        map.end()
    }
}

/// Something that was found, and where.
struct Found<'a> {
    what: What<'a>,
    place: Where,
}

enum What<'a> {
    Indicator(&'a str, &'a str),
    Observable(&'a ObservableKind, &'a str),
    Place(&'a Place),
    Money(&'a Money),
}

impl Serialize for Found<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.what {
            What::Indicator(id, text) => {
                map.serialize_entry("id", id)?;
                map.serialize_entry("span", &self.place.span)?;
                map.serialize_entry("text", text)?;
            }
            What::Observable(kind, value) => {
                map.serialize_entry("type", &Text(kind))?;
                map.serialize_entry("value", value)?;
                map.serialize_entry("span", &self.place.span)?;
            }
            What::Place(place) => {
                map.serialize_entry("name", &place.name)?;
                map.serialize_entry("kind", place.kind.as_str())?;
                if let Some(country) = &place.country {
                    map.serialize_entry("country", country.as_str())?;
                }
                if let Some(region) = place.region {
                    map.serialize_entry("region", &Text(region))?;
                }
                map.serialize_entry("hub", &place.hub)?;
                map.serialize_entry("span", &self.place.span)?;
            }
            What::Money(money) => {
                map.serialize_entry("min", &money.min)?;
                map.serialize_entry("max", &money.max)?;
                map.serialize_entry("currency", money.currency.as_str())?;
                if let Some(period) = money.period {
                    map.serialize_entry("period", period.as_str())?;
                }
                if let Some(monthly_usd) = money.monthly_usd {
                    map.serialize_entry("monthly_usd", &monthly_usd)?;
                }
                map.serialize_entry("span", &self.place.span)?;
            }
        }
        if self.place.in_title {
            map.serialize_entry("field", "title")?;
        }
        map.end()
    }
}

/// Where a span lies: in the title, or in the text that follows it. A span over both counts as one of the
/// text, from its start.
#[derive(Clone, Copy)]
struct Where {
    in_title: bool,
    span: [u32; 2],
}

impl Where {
    fn new(span: Span, title_chars: u32) -> Self {
        let in_title = title_chars > 0 && span.end <= title_chars;
        let before = if in_title { 0 } else { title_chars };
        Self { in_title, span: [span.start.saturating_sub(before), span.end.saturating_sub(before)] }
    }
}

/// A list that is written item by item, without being collected first.
struct Each<F>(F);

impl<F: Fn() -> I, I: IntoIterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
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
        Calibration, IndicatorName, Normalized, Observable, Period, PlaceKind, Severity, Thresholds,
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

    fn problem() -> Problem {
        Problem {
            severity: Severity::Refused,
            code: "json",
            input: "ads.jsonl".into(),
            line: Some(3),
            what: "no \"object\"".into(),
            remedy: "write one".into(),
        }
    }

    #[track_caller]
    fn check_id(id: CheckId<'_>, expected: &str) {
        let mut line = Vec::new();
        check_error_line(id, &problem(), &mut line).unwrap();
        let rest = r#","error":{"code":"json","message":"no \"object\": write one","line":3}}"#;
        assert_eq!(String::from_utf8(line).unwrap(), format!("{{\"id\":{expected}{rest}\n"));
    }

    #[test]
    fn ids_stay_as_they_were() {
        check_id(CheckId::Text("a\"\u{1}"), r#""a\"\u0001""#);
        check_id(CheckId::Number("12345678901234567890.50"), "12345678901234567890.50");
        check_id(CheckId::Number("1\n,2"), r#""1\n,2""#);
        check_id(CheckId::Number("{}"), r#""{}""#);
        check_id(CheckId::Bool(true), "true");
        check_id(CheckId::Line(7), "7");
    }

    #[test]
    fn tells_title_and_text_apart() {
        let (indicators, assessment) = scored();
        let facts = facts();
        let input = CheckInput {
            id: None,
            text: TEXT,
            title_chars: 31,
            facts: &facts,
            indicators: &indicators,
            assessment: &assessment,
            warnings: &[],
        };
        let shown = check(&input);
        assert_eq!(shown["places"][0]["field"], "title");
        assert_eq!(shown["money"][0]["span"], serde_json::json!([16, 30]));
        assert_eq!(shown["indicators"][0]["span"], serde_json::json!([1, 12]));
        assert_eq!(shown["indicators"][0]["text"], "ticket paid");
        assert_eq!(shown["indicators"][0].get("field"), None);
        assert_eq!(shown["reasons"][1]["spans"], serde_json::json!([[1, 12]]));
    }

    #[test]
    fn shows_the_words_behind_each_finding() {
        let (indicators, assessment) = scored();
        let input = CheckInput {
            id: Some(CheckId::Text("7")),
            text: TEXT,
            title_chars: 0,
            warnings: &[],
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
            title_chars: 15,
            warnings: &[problem()],
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
