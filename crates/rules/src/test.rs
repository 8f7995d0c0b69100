//! The tests of a pack: the examples in its indicators, and whole advertisements in `tests/*.md`.
//!
//! A test in Markdown:
//!
//! ```text
//! ## A hotel in Siem Reap
//! - lang: en
//! - place: KH Cambodia
//! - hub: KH Poipet
//! - monthly_usd: 900
//! - observable: email
//! - expect: free_housing, visa_handled
//! - never: passport_handover
//!
//! > Receptionist wanted …
//! > Room on site.
//! ```
//!
//! A place, hub, `monthly_usd` or observable line says what `extract` would have found; its words are
//! looked up in the text where they occur.

use forewarn_model::{
    Country, Currency, Facts, Language, Money, Observable, ObservableKind, Period, Place, PlaceKind, Span,
};

use crate::diagnostic::{BAD_TEST, Diagnostic};
use crate::fold::fold;
use crate::pack::Pack;
use crate::read::{IndicatorFile, WrittenText};
use crate::source::SourceFile;

/// The outcome of all tests of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestReport {
    /// How many passed.
    pub passed: usize,
    /// Those that failed, in order of path and line.
    pub failed: Vec<TestOutcome>,
}

impl TestReport {
    /// Whether all passed.
    pub fn is_ok(&self) -> bool {
        self.failed.is_empty()
    }
}

/// A test that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestOutcome {
    /// The file.
    pub path: String,
    /// The line of the example or heading, from 1.
    pub line: usize,
    /// The example, or the heading of the test.
    pub name: String,
    /// Indicators that should have fired and did not.
    pub missing: Vec<String>,
    /// Indicators that fired and should not have.
    pub unwanted: Vec<String>,
    /// For each of them, why: the passage and pattern that fired, or what came nearest.
    pub reasons: Vec<String>,
}

/// One test.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub path: String,
    pub line: usize,
    pub name: String,
    pub text: String,
    pub facts: Vec<(FactKey, String)>,
    pub language: Language,
    pub expect: Vec<String>,
    pub never: Vec<String>,
}

/// What a test says that `extract` would have found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactKey {
    Place,
    Hub,
    MonthlyUsd,
    Observable,
}

/// The examples of an indicator as tests.
pub(crate) fn example_cases(file: &IndicatorFile<'_>) -> Vec<Case> {
    let name = file.name.value.as_str().to_owned();
    let case = |written: &WrittenText, expect: Vec<String>, never: Vec<String>| Case {
        path: file.source.path.clone(),
        line: file.source.text[..written.span.start].matches('\n').count() + 1,
        name: written.value.clone(),
        text: written.value.clone(),
        facts: Vec::new(),
        language: Language::UNKNOWN,
        expect,
        never,
    };
    let matches = file.matches.iter().map(|written| case(written, vec![name.clone()], Vec::new()));
    let no_matches = file.no_matches.iter().map(|written| case(written, Vec::new(), vec![name.clone()]));
    matches.chain(no_matches).collect()
}

/// The tests of a Markdown file.
pub(crate) fn read_tests(source: &SourceFile, diagnostics: &mut Vec<Diagnostic>) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut start = 0;
    for (index, line) in source.text.split('\n').enumerate() {
        let span = start..start + line.len();
        start += line.len() + 1;
        if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case {
                path: source.path.clone(),
                line: index + 1,
                name: name.trim().to_owned(),
                text: String::new(),
                facts: Vec::new(),
                language: Language::UNKNOWN,
                expect: Vec::new(),
                never: Vec::new(),
            });
        } else if let Some(case) = cases.last_mut()
            && let Err((label, help)) = read_line(case, line)
        {
            diagnostics.push(Diagnostic::new(&BAD_TEST, &source.path, &source.text, span, label, help));
        }
    }
    for case in &cases {
        if case.text.is_empty() || (case.expect.is_empty() && case.never.is_empty()) {
            let label = format!("{:?} has no text, or neither expect nor never", case.name);
            let help = "quote the text with \"> \" and name indicators with \"- expect: \" or \"- never: \"";
            diagnostics.push(Diagnostic::new(&BAD_TEST, &source.path, &source.text, 0..0, label, help));
        }
    }
    cases
}

/// Reads one line of a test: quoted text, or `- key: value`. Other lines are prose.
fn read_line(case: &mut Case, line: &str) -> Result<(), (String, &'static str)> {
    const KEYS: &str = "keys are lang, place, hub, monthly_usd, observable, expect, never";
    if let Some(quoted) = line.strip_prefix('>') {
        case.text += quoted.strip_prefix(' ').unwrap_or(quoted);
        case.text.push('\n');
        return Ok(());
    }
    let Some((key, value)) = line.strip_prefix("- ").and_then(|item| item.split_once(": ")) else {
        return Ok(());
    };
    let names = || value.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    match key {
        "lang" => {
            case.language =
                value.trim().parse().map_err(|_| (format!("{value:?} is no language tag"), KEYS))?;
        }
        "expect" => case.expect.extend(names()),
        "never" => case.never.extend(names()),
        _ => {
            let fact = match key {
                "place" => FactKey::Place,
                "hub" => FactKey::Hub,
                "monthly_usd" => FactKey::MonthlyUsd,
                "observable" => FactKey::Observable,
                _ => return Err((format!("unknown key {key:?}"), KEYS)),
            };
            case.facts.push((fact, value.trim().to_owned()));
        }
    }
    let facts = facts_of(case);
    facts.map(|_| ()).ok_or_else(|| {
        (format!("{value:?} cannot be read"), "write \"KH Cambodia\", a number, or a kind such as email")
    })
}

/// The facts that a test states; none if one of them cannot be read.
fn facts_of(case: &Case) -> Option<Facts> {
    let normalized = fold(&case.text);
    let span_of = |words: &str| {
        let folded = fold(words);
        let at = normalized.as_str().find(folded.as_str());
        let range = at.map_or(0..normalized.as_str().len().min(1), |at| at..at + folded.as_str().len());
        normalized.original_span(range)
    };
    let whole = Span::new(0, normalized.original_len().min(1));
    let (mut places, mut money, mut observables) = (Vec::new(), Vec::new(), Vec::new());
    for (key, value) in &case.facts {
        match key {
            FactKey::Place | FactKey::Hub => {
                let (code, name) = value.split_once(' ').unwrap_or((value, ""));
                places.push(Place {
                    span: span_of(name),
                    kind: if *key == FactKey::Hub { PlaceKind::Zone } else { PlaceKind::Country },
                    name: name.to_owned(),
                    country: Some(code.parse::<Country>().ok()?),
                    region: None,
                    position: None,
                    hub: *key == FactKey::Hub,
                });
            }
            FactKey::MonthlyUsd => {
                let (amount, words) = value.split_once(' ').unwrap_or((value, value));
                let amount: f64 = amount.parse().ok()?;
                money.push(Money {
                    span: span_of(words),
                    min: amount,
                    max: amount,
                    currency: "USD".parse::<Currency>().ok()?,
                    period: Some(Period::Month),
                    monthly_usd: Some((amount, amount)),
                });
            }
            FactKey::Observable => observables.push(Observable {
                kind: value.parse::<ObservableKind>().ok()?,
                value: value.clone(),
                span: whole,
            }),
        }
    }
    Some(Facts {
        language: case.language,
        other_languages: Vec::new(),
        normalized,
        observables,
        places,
        money,
    })
}

/// Runs the tests in files whose path begins with `root`.
pub(crate) fn run(pack: &Pack, root: &str) -> TestReport {
    let mut report = TestReport { passed: 0, failed: Vec::new() };
    for case in pack.cases.iter().filter(|case| case.path.starts_with(root)) {
        let found = match facts_of(case) {
            Some(facts) => pack.find(&facts.normalized, &facts),
            None => Vec::new(),
        };
        let fired = |name: &&String| found.iter().any(|indicator| indicator.name.as_str() == name.as_str());
        let missing: Vec<String> = case.expect.iter().filter(|name| !fired(name)).cloned().collect();
        let unwanted: Vec<String> = case.never.iter().filter(fired).cloned().collect();
        if missing.is_empty() && unwanted.is_empty() {
            report.passed += 1;
        } else {
            let reasons = reasons(pack, case, &missing, &unwanted);
            let (path, name) = (case.path.clone(), case.name.clone());
            report.failed.push(TestOutcome { path, line: case.line, name, missing, unwanted, reasons });
        }
    }
    report.failed.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    report
}

/// Why a test failed, a line for each indicator that is missing or unwanted.
fn reasons(pack: &Pack, case: &Case, missing: &[String], unwanted: &[String]) -> Vec<String> {
    let Some(facts) = facts_of(case) else { return Vec::new() };
    let explanation = pack.explain(&facts.normalized, &facts);
    let nearest = |name: &String| {
        let almost = explanation.almost.iter().find(|almost| almost.name.as_str() == name);
        match almost {
            Some(almost) => format!("{name} nearly fired by {}: {}", almost.pattern, almost.obstacle),
            None => format!("{name}: none of its words occurs; a word that may go on ends in \"*\""),
        }
    };
    let fired = |name: &String| {
        let fired = explanation.fired.iter().find(|fired| fired.indicator.name.as_str() == name)?;
        let words = fired.text.trim().replace('\n', " ");
        Some(format!("{name} fired on {words:?} by {}", fired.indicator.pattern))
    };
    missing.iter().map(nearest).chain(unwanted.iter().filter_map(fired)).collect()
}
