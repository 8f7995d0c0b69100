//! `forewarn ingest`

use std::path::Path;

use anyhow::Result;
use forewarn_app::campaign::update;
use forewarn_app::collect::{Columns, Defaults, Limits, Mapping, RowOptions};
use forewarn_app::model::{Marking, Pap, ReportKind, Tlp};
use forewarn_app::network::observe;
use forewarn_app::report::ingest::{self, Acknowledgement, Outcome, Request};
use forewarn_app::report::process;
use forewarn_app::{AppError, Workspace};
use serde_json::{Value, json};

use crate::args::{Global, Ingest, InputLimits};
use crate::exit::Code;
use crate::progress::Terminal;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Ingest) -> Result<Code> {
    let context = setup::context(global);
    let mut workspace = Workspace::open(&setup::data_folder(global)?)?;
    let progress = Terminal::new(global);
    let pap = if args.tlp == Tlp::Clear { Pap::White } else { Marking::DEFAULT.pap };
    let observables = args.what == "observables";
    // A mapping that cannot be read is told before anything is taken in.
    let columns = if observables { args.map.parse::<Columns>()? } else { Columns::default() };
    let mapping = if observables { Mapping::default() } else { args.map.parse::<Mapping>()? };
    let kind = args.kind.unwrap_or(if observables { ReportKind::ScamReport } else { ReportKind::JobAd });
    let engine = if observables || !args.no_assess { Some(setup::engine(global)?) } else { None };
    let mut outcomes = Vec::new();
    let mut failed = Vec::new();
    for path in &args.files {
        let name = input_name(path);
        // A file that cannot be opened does not stop the others.
        let (input, bytes_total) = match setup::source(path) {
            Ok(opened) => opened,
            Err(error) => {
                output::note!("forewarn: {error:#}");
                failed.push(name);
                continue;
            }
        };
        let defaults = Defaults {
            source: args.source.clone().unwrap_or_else(|| name.clone()),
            kind,
            marking: Marking { tlp: args.tlp, pap },
            grading: args.grading,
            received_at: context.now,
        };
        let request = Request {
            name: &name,
            bytes_total,
            options: RowOptions {
                format: args.format,
                mapping: mapping.clone(),
                carry: false,
                limits: limits(&args.limits),
            },
            defaults: defaults.clone(),
            batch_count_max: args.batch_count_max,
            problems_kept_max: args.problems_kept_max,
        };
        let mut acknowledge = |ack: Acknowledgement| {
            if args.acks {
                let told = json!({ "input": name, "line": ack.line, "records": ack.records });
                // If nobody listens, the batch is on the disk all the same.
                let _ = output::line(&told.to_string());
            }
        };
        let taken = match engine.as_ref().filter(|_| observables) {
            Some(engine) => {
                let request = observe::Request {
                    name: &name,
                    bytes_total,
                    format: args.format,
                    columns: columns.clone(),
                    defaults,
                    limits: limits(&args.limits),
                    batch_count_max: args.batch_count_max,
                    problems_kept_max: args.problems_kept_max,
                };
                observe::run(&mut workspace, &context, engine, input, &request, &progress, &mut acknowledge)
            }
            None => ingest::run(&mut workspace, &context, input, &request, &progress, &mut acknowledge),
        };
        match taken {
            Ok(outcome) => outcomes.push(outcome),
            Err(AppError::Input(problem)) => {
                output::problems(&[*problem]);
                failed.push(name);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let processed = match engine.as_ref().filter(|_| !args.no_assess) {
        None => None,
        Some(engine) => {
            let processed = process::run(&mut workspace, &context, engine, &progress)?;
            update::run(&mut workspace, &context, engine, &update::Limits::default(), &progress)?;
            Some(processed)
        }
    };
    if global.json {
        output::json(&json!({
            "inputs": outcomes.iter().map(view).collect::<Vec<Value>>(),
            "failed": failed,
            "read": processed.map(|processed| processed.read),
            "assessed": processed.map(|processed| processed.assessed),
            "candidates": processed.map(|processed| processed.candidates),
        }))?;
    } else {
        for outcome in &outcomes {
            tell(outcome)?;
        }
        if let Some(processed) = processed {
            output::line(&format!("{} read, {} assessed", processed.read, processed.assessed))?;
            if processed.candidates > 0 {
                let told = format!(
                    "{} claims wait for an analyst: forewarn incidents candidates",
                    processed.candidates
                );
                output::line(&told)?;
            }
        }
    }
    let refused = outcomes.iter().any(|outcome| outcome.refused > 0 || !outcome.complete);
    Ok(match (failed.is_empty(), refused) {
        (false, _) => Code::Failed,
        (true, true) => Code::SomeRefused,
        (true, false) => Code::Done,
    })
}

pub(crate) fn input_name(path: &Path) -> String {
    if path == Path::new("-") {
        return "standard input".to_owned();
    }
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The default limits, with those that were told.
pub(crate) fn limits(told: &InputLimits) -> Limits {
    let default = Limits::default();
    Limits {
        input_bytes_max: told.input_bytes_max.unwrap_or(default.input_bytes_max),
        line_bytes_max: told.line_bytes_max.unwrap_or(default.line_bytes_max),
        record_bytes_max: told.record_bytes_max.unwrap_or(default.record_bytes_max),
        ratio_max: told.ratio_max.unwrap_or(default.ratio_max),
        json_depth_max: told.json_depth_max.unwrap_or(default.json_depth_max),
        records_max: told.records_max.unwrap_or(default.records_max),
        ..default
    }
}

fn tell(outcome: &Outcome) -> Result<()> {
    output::problems(&outcome.problems);
    let listed = outcome.problems.len() as u64;
    let all = outcome.refused + outcome.warned;
    if all > listed {
        output::note!("{}: {} more of the kind are not listed", outcome.name, all - listed);
    }
    let Outcome { name, accepted, seen_again, duplicates, refused, .. } = outcome;
    let mut told = format!("{name}: {accepted} accepted, {} duplicates", seen_again + duplicates);
    if *seen_again > 0 {
        told.push_str(&format!(" ({seen_again} of them seen in a further place)"));
    }
    told.push_str(&format!(", {refused} refused"));
    if !outcome.complete {
        told.push_str("; the input was not read to its end");
    }
    output::line(&told)
}

fn view(outcome: &Outcome) -> Value {
    let problems: Vec<Value> = outcome
        .problems
        .iter()
        .map(|problem| {
            json!({
                "line": problem.line,
                "code": problem.code,
                "what": problem.what,
                "remedy": problem.remedy,
                "refused": problem.severity == forewarn_app::model::Severity::Refused,
            })
        })
        .collect();
    json!({
        "input": outcome.name,
        "accepted": outcome.accepted,
        "duplicates": outcome.seen_again + outcome.duplicates,
        "seen_again": outcome.seen_again,
        "refused": outcome.refused,
        "warned": outcome.warned,
        "complete": outcome.complete,
        "problems": problems,
    })
}
