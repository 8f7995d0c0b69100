//! `forewarn rules`

use std::path::Path;

use anyhow::{Result, bail};
use forewarn_app::AppError;
use forewarn_app::pack::format;
use forewarn_app::pack::load::{self, Loaded};
use forewarn_app::pack::try_out::{self, Outcome};
use forewarn_app::report::check;
use forewarn_app::rules::{Diagnostic, TestOutcome, TestReport};
use serde_json::{Value, json};

use crate::args::{Global, Rules, RulesAction};
use crate::command::read::TEXT_BYTES_MAX;
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Rules) -> Result<Code> {
    match &args.action {
        RulesAction::Check { folder } => check_pack(global, folder.as_deref()),
        RulesAction::Fmt { folder, check } => fmt(global, folder, *check),
        RulesAction::Test { folder } => test(global, folder.as_deref()),
        RulesAction::Explain { file } => explain(global, file),
    }
}

fn check_pack(global: &Global, folder: Option<&Path>) -> Result<Code> {
    let (pack, diagnostics) = match chosen(global, folder) {
        Ok(loaded) => (Some(loaded.pack), loaded.warnings),
        Err(AppError::Rules { findings }) => (None, findings),
        Err(error) => return Err(error.into()),
    };
    if global.json {
        let indicators = pack.as_ref().map(|pack| pack.indicators().len());
        output::json(
            &json!({ "holds": pack.is_some(), "indicators": indicators, "findings": views(&diagnostics) }),
        )?;
    } else {
        tell(&diagnostics);
        if let Some(pack) = &pack {
            let told =
                format!("pack {} {}: {} indicators", pack.name(), pack.version(), pack.indicators().len());
            output::line(&told)?;
        }
    }
    Ok(if pack.is_some() { Code::Done } else { Code::DoesNotHold })
}

fn fmt(global: &Global, folder: &Path, check: bool) -> Result<Code> {
    let outcome = format::run(folder, &load::files(folder)?, !check)?;
    tell(&outcome.diagnostics);
    if global.json {
        output::json(&json!({ "changed": outcome.changed, "findings": views(&outcome.diagnostics) }))?;
    } else {
        for path in &outcome.changed {
            output::line(path)?;
        }
    }
    let fresh = outcome.diagnostics.is_empty() && (!check || outcome.changed.is_empty());
    Ok(if fresh { Code::Done } else { Code::DoesNotHold })
}

fn test(global: &Global, folder: Option<&Path>) -> Result<Code> {
    let loaded = match chosen(global, folder) {
        Ok(loaded) => loaded,
        Err(AppError::Rules { findings }) => {
            tell(&findings);
            bail!("the rules do not compile, so nothing was tested: mend the mistakes above");
        }
        Err(error) => return Err(error.into()),
    };
    let outcome = try_out::run(&loaded)?;
    if global.json {
        let on_offers = outcome.on_offers.iter();
        let on_offers =
            on_offers.map(|it| json!({ "indicator": it.name, "honest": it.honest, "lures": it.lures }));
        output::json(&json!({
            "passed": outcome.own.passed,
            "failed": failures(&outcome.own),
            "others": { "passed": outcome.others.passed, "failed": failures(&outcome.others) },
            "offers": { "honest": outcome.honest, "lures": outcome.lures, "fired": on_offers.collect::<Vec<_>>() },
            "findings": views(&loaded.warnings),
        }))?;
    } else {
        tell(&loaded.warnings);
        tell_tests(&outcome)?;
    }
    let holds = outcome.own.is_ok() && outcome.others.is_ok();
    Ok(if holds { Code::Done } else { Code::DoesNotHold })
}

fn failures(report: &TestReport) -> Vec<Value> {
    let view = |test: &TestOutcome| {
        json!({
            "path": test.path, "line": test.line, "name": test.name, "missing": test.missing,
            "unwanted": test.unwanted, "reasons": test.reasons,
        })
    };
    report.failed.iter().map(view).collect()
}

fn tell_tests(outcome: &Outcome) -> Result<()> {
    for test in outcome.own.failed.iter().chain(&outcome.others.failed) {
        output::line(&format!("{}:{}: {}", test.path, test.line, test.name))?;
        for (what, names) in [("did not fire", &test.missing), ("fired", &test.unwanted)] {
            if !names.is_empty() {
                output::line(&format!("  {what}: {}", names.join(", ")))?;
            }
        }
        for reason in &test.reasons {
            output::line(&format!("  {reason}"))?;
        }
    }
    for fired in &outcome.on_offers {
        output::line(&format!(
            "{} fires on {} of {} honest offers and on {} of {} lures that ship inside",
            fired.name, fired.honest, outcome.honest, fired.lures, outcome.lures
        ))?;
    }
    let (own, others) = (&outcome.own, &outcome.others);
    if others.passed + others.failed.len() > 0 {
        output::line(&format!("the rules below: {} passed, {} failed", others.passed, others.failed.len()))?;
    }
    output::line(&format!("{} passed, {} failed", own.passed, own.failed.len()))
}

fn explain(global: &Global, file: &Path) -> Result<Code> {
    let text = setup::text(file, TEXT_BYTES_MAX)?;
    let engine = setup::engine(global)?;
    let (report, reading) = check::run(&engine, &setup::context(global), &text, None);
    let explanation = engine.pack().explain(&reading.facts.normalized, &reading.facts);
    let text = report.full_text();
    let fired = explanation.fired.iter().map(|fired| {
        let found = &fired.indicator;
        (
            found.name.to_string(),
            found.span,
            found.span.slice(&text).replace('\n', " "),
            found.pattern.clone(),
        )
    });
    let almost = explanation.almost.iter().map(|almost| {
        let quote = almost.span.slice(&text).replace('\n', " ");
        (almost.name.to_string(), almost.span, quote, format!("{}: {}", almost.pattern, almost.obstacle))
    });
    if global.json {
        let view = |(name, span, words, pattern): (String, forewarn_app::model::Span, String, String)| json!({ "indicator": name, "span": [span.start, span.end], "text": words, "pattern": pattern });
        let (fired, almost): (Vec<Value>, Vec<Value>) =
            (fired.map(view).collect(), almost.map(view).collect());
        output::json(&json!({ "fired": fired, "almost": almost }))?;
        return Ok(Code::Done);
    }
    let row = |(name, span, words, pattern): (String, forewarn_app::model::Span, String, String)| {
        let (at, words) = match span.is_empty() {
            // What the text as a whole shows stands nowhere in it.
            true => ("the whole".to_owned(), String::new()),
            false => (format!("{}–{}", span.start, span.end), format!("“{words}”")),
        };
        vec![name, at, words, pattern]
    };
    output::table(&["fired", "at", "words", "pattern"], fired.map(row).collect())?;
    output::line("")?;
    output::table(&["almost", "at", "words", "why not"], almost.map(row).collect())?;
    Ok(Code::Done)
}

/// The rules of a folder on top of those that ship inside; without one, all that are in use.
fn chosen(global: &Global, folder: Option<&Path>) -> Result<Loaded, AppError> {
    match folder {
        Some(folder) => load::with_core(&[&global.pack[..], &[folder.to_owned()]].concat()),
        None => load::from_data(setup::data_folder(global).ok().as_deref(), &global.pack),
    }
}

fn tell(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        output::note!("{diagnostic}");
    }
}

fn views(diagnostics: &[Diagnostic]) -> Vec<Value> {
    let view = |it: &Diagnostic| {
        json!({
            "code": it.code, "title": it.title, "label": it.label, "path": it.path, "line": it.line,
            "column": it.column, "help": it.help,
        })
    };
    diagnostics.iter().map(view).collect()
}
