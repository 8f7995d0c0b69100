//! Takes lists of identifiers in: scam sites with their wallets, sanctioned addresses, sites of hubs. Each row
//! is a report, graded, dated and sourced, about what belongs together.
//!
//! A row in which no identifier is recognised is refused: it would be stored and never found.

use forewarn_collect::{
    Columns, Defaults, Format, Limits, ObservableRow, Progress as Bytes, Source, observables,
};
use forewarn_model::rights::Right;
use forewarn_model::{Problem, Report, Severity};
use rayon::prelude::*;

use crate::report::ingest::{Acknowledgement, Outcome};
use crate::{AppError, Context, Engine, Progress, Workspace};

/// What to take in.
pub struct Request<'a> {
    /// The name of the input, for its source and for messages.
    pub name: &'a str,
    /// How many bytes it has, where that is known.
    pub bytes_total: Option<u64>,
    /// Its format, where the caller knows better than its name.
    pub format: Option<Format>,
    /// Which column holds which identifier.
    pub columns: Columns,
    /// What holds for every row that does not say otherwise.
    pub defaults: Defaults,
    /// How much is read.
    pub limits: Limits,
    /// How many reports go into one transaction.
    pub batch_count_max: usize,
    /// How many problems are kept for the outcome; the rest is counted.
    pub problems_kept_max: usize,
}

/// Codes of problems that end an input before its end.
const ENDS: [&str; 5] =
    ["input-too-large", "decompression-bomb", "input-truncated", "input-unreadable", "too-many-records"];

/// Takes an input in. `acknowledge` is called after each batch that is on the disk.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    engine: &Engine,
    input: Source<'_>,
    request: &Request<'_>,
    progress: &dyn Progress,
    acknowledge: &mut dyn FnMut(Acknowledgement),
) -> Result<Outcome, AppError> {
    context.require(Right::ReportAdd)?;
    let Request { name, format, columns, defaults, limits, .. } = request;
    let mut outcome = Outcome { name: (*name).to_owned(), complete: true, ..Outcome::default() };
    let bytes = Bytes::default();
    progress.begin(&format!("ingest {name}"), request.bytes_total);
    let rows = observables(input, name, *format, columns, defaults, limits, &bytes);
    let mut rows = match rows {
        Ok(rows) => rows,
        Err(problem) => {
            progress.end("refused");
            return Err(AppError::Input(Box::new(problem)));
        }
    };
    let run = workspace.store.begin_ingest(name, context.now)?;
    let mut line = 0;
    loop {
        let batch: Vec<Result<ObservableRow, Problem>> =
            rows.by_ref().take(request.batch_count_max.max(1)).collect();
        if batch.is_empty() {
            break;
        }
        let refused_before = outcome.refused;
        let mut reports = Vec::with_capacity(batch.len());
        for row in batch
            .into_par_iter()
            .map(|row| row.and_then(|row| recognised(engine, name, row)))
            .collect::<Vec<_>>()
        {
            match row {
                Ok(row) => {
                    line = row.line;
                    outcome.warned += u64::from(!row.warnings.is_empty());
                    row.warnings.into_iter().for_each(|warning| keep(&mut outcome, request, warning));
                    reports.push(row.report);
                }
                Err(problem) => {
                    line = problem.line.unwrap_or(line);
                    outcome.refused += 1;
                    outcome.complete &= !ENDS.contains(&problem.code);
                    keep(&mut outcome, request, problem);
                }
            }
        }
        let refused = outcome.refused - refused_before;
        let written = workspace.store.ingest(run, &reports, line, refused)?;
        outcome.accepted += written.accepted;
        outcome.seen_again += written.seen_again;
        outcome.duplicates += written.duplicates;
        let records = outcome.accepted + outcome.seen_again + outcome.duplicates;
        acknowledge(Acknowledgement { line, records });
        progress.at(bytes.bytes());
    }
    workspace.store.end_ingest(run)?;
    let Outcome { accepted, seen_again, duplicates, refused, .. } = outcome;
    let told = format!("{accepted} accepted, {} duplicates, {refused} refused", seen_again + duplicates);
    workspace.note(context, "report.ingest", name, &told)?;
    progress.end(&told);
    Ok(outcome)
}

/// The row, with a warning if an identifier in it was not recognised; refused if none was.
fn recognised(engine: &Engine, name: &str, row: ObservableRow) -> Result<ObservableRow, Problem> {
    let (line, identifiers, mut warnings) = (row.line, row.identifiers, row.warnings.clone());
    let (report, missed) = recognised_lines(engine, row);
    if missed.is_empty() {
        return Ok(ObservableRow { line, report, identifiers, warnings });
    }
    let none = missed.len() >= identifiers;
    let problem = Problem {
        severity: if none { Severity::Refused } else { Severity::Warning },
        code: "not-recognised",
        input: name.to_owned(),
        line: Some(line),
        what: format!("{:?} is no identifier that is known here", missed.join(", ")),
        remedy: "check that the column is mapped to what it holds; addresses must have the right checksum"
            .to_owned(),
    };
    if none {
        return Err(problem);
    }
    warnings.push(problem);
    Ok(ObservableRow { line, report, identifiers, warnings })
}

/// The report of a row, and those of its lines that should hold an identifier and hold none.
pub(crate) fn recognised_lines(engine: &Engine, mut row: ObservableRow) -> (Report, Vec<String>) {
    let mut missed = missed(engine, &row.report);
    if missed.iter().any(|line| line.starts_with("domain: ")) {
        // In a text, a name with a rare ending may be two words without a space after the full stop; in a
        // column of domains it is a domain.
        let of_domain = |line: &str| match line.strip_prefix("domain: ") {
            Some(host) if missed.iter().any(|known| known == line) => format!("domain: https://{host}"),
            _ => line.to_owned(),
        };
        let text = row.report.text().lines().map(of_domain).collect::<Vec<_>>().join("\n");
        let Report { kind, marking, grading, .. } = row.report;
        row.report = Report::new(kind, None, text, None, marking, grading, row.report.sighting);
        missed = self::missed(engine, &row.report);
        for line in &mut missed {
            if let Some(host) = line.strip_prefix("domain: https://") {
                *line = format!("domain: {host}");
            }
        }
    }
    (row.report, missed)
}

/// The lines with an identifier in which none is found.
fn missed(engine: &Engine, report: &Report) -> Vec<String> {
    const CONTEXT: [&str; 6] = ["name: ", "organisation: ", "hub: ", "place: ", "currency: ", "note: "];
    let (facts, _) = engine.extractor.extract(report);
    let mut at = 0;
    let mut missed = Vec::new();
    for line in report.text().lines() {
        let end = at + line.chars().count() as u32;
        let found = facts.observables.iter().any(|found| found.span.start >= at && found.span.end <= end);
        if !found && !CONTEXT.iter().any(|field| line.starts_with(field)) {
            missed.push(line.to_owned());
        }
        at = end + 1;
    }
    missed
}

fn keep(outcome: &mut Outcome, request: &Request<'_>, problem: Problem) {
    if outcome.problems.len() < request.problems_kept_max {
        outcome.problems.push(problem);
    }
}
