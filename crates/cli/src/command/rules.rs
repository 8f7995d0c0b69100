//! `forewarn rules`

use std::path::Path;

use anyhow::{Result, bail};
use forewarn_app::Engine;
use forewarn_app::pack::{format, load};
use forewarn_app::report::check;
use forewarn_app::rules::{Diagnostic, Obstacle, Pack};
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
        RulesAction::Explain { file, pack } => explain(global, file, pack.as_deref()),
    }
}

fn check_pack(global: &Global, folder: Option<&Path>) -> Result<Code> {
    let (pack, diagnostics) = match load::compile(&load::files(folder)?) {
        Ok((pack, warnings)) => (Some(pack), warnings),
        Err(errors) => (None, errors),
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
    let outcome = format::run(folder, &load::files(Some(folder))?, !check)?;
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
    let report = compiled(folder)?.test();
    if global.json {
        let failed: Vec<Value> = report
            .failed
            .iter()
            .map(|test| {
                json!({ "path": test.path, "line": test.line, "name": test.name, "missing": test.missing, "unwanted": test.unwanted })
            })
            .collect();
        output::json(&json!({ "passed": report.passed, "failed": failed }))?;
    } else {
        for test in &report.failed {
            output::line(&format!("{}:{}: {}", test.path, test.line, test.name))?;
            for (what, names) in [("did not fire", &test.missing), ("fired", &test.unwanted)] {
                if !names.is_empty() {
                    output::line(&format!("  {what}: {}", names.join(", ")))?;
                }
            }
        }
        output::line(&format!("{} passed, {} failed", report.passed, report.failed.len()))?;
    }
    Ok(if report.is_ok() { Code::Done } else { Code::DoesNotHold })
}

fn explain(global: &Global, file: &Path, folder: Option<&Path>) -> Result<Code> {
    let text = setup::text(file, TEXT_BYTES_MAX)?;
    let engine = Engine::with_pack(compiled(folder)?)?;
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
        (
            almost.name.to_string(),
            almost.span,
            quote,
            format!("{}: {}", almost.pattern, obstacle(&almost.obstacle)),
        )
    });
    if global.json {
        let view = |(name, span, words, pattern): (String, forewarn_app::model::Span, String, String)| json!({ "indicator": name, "span": [span.start, span.end], "text": words, "pattern": pattern });
        let (fired, almost): (Vec<Value>, Vec<Value>) =
            (fired.map(view).collect(), almost.map(view).collect());
        output::json(&json!({ "fired": fired, "almost": almost }))?;
        return Ok(Code::Done);
    }
    let row = |(name, span, words, pattern): (String, forewarn_app::model::Span, String, String)| {
        vec![name, format!("{}–{}", span.start, span.end), format!("“{words}”"), pattern]
    };
    output::table(&["fired", "at", "words", "pattern"], fired.map(row).collect())?;
    output::line("")?;
    output::table(&["almost", "at", "words", "why not"], almost.map(row).collect())?;
    Ok(Code::Done)
}

fn compiled(folder: Option<&Path>) -> Result<Pack> {
    match load::compile(&load::files(folder)?) {
        Ok((pack, warnings)) => {
            tell(&warnings);
            Ok(pack)
        }
        Err(errors) => {
            tell(&errors);
            bail!("the rule pack does not compile: {} findings", errors.len())
        }
    }
}

fn obstacle(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Excluded { exclusion, .. } => format!("cancelled by {exclusion}"),
        Obstacle::TooFar { chars, chars_max } => {
            format!("its parts are {chars} characters apart, {chars_max} allowed")
        }
        Obstacle::AcrossClauses => "a line or sentence ends between its parts".to_owned(),
        Obstacle::WrongOrder => "its parts stand in the other order".to_owned(),
        Obstacle::TooLittle { monthly_usd, monthly_usd_min } => {
            format!("{monthly_usd:.0} USD a month, {monthly_usd_min:.0} asked")
        }
        Obstacle::Partly { holding, parts } => format!("{holding} of {parts} parts hold"),
    }
}

fn tell(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        eprintln!("{diagnostic}");
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
