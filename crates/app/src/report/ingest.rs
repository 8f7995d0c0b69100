//! Takes reports from an input into the store.
//!
//! Reports go in by batches; a batch is one transaction. When the process is killed, what was acknowledged
//! is there; when the same input is given again, what is there already counts as a duplicate. So to start
//! again is to give the input again.

use forewarn_collect::{Defaults, Progress as Bytes, RowOptions, Source, read};
use forewarn_model::rights::Right;
use forewarn_model::{Problem, Report};

use crate::{AppError, Context, Progress, Workspace};

/// What to take in.
pub struct Request<'a> {
    /// The name of the input, for its source and for messages.
    pub name: &'a str,
    /// How many bytes it has, where that is known.
    pub bytes_total: Option<u64>,
    /// How it is read.
    pub options: RowOptions,
    /// What holds for every record that does not say otherwise.
    pub defaults: Defaults,
    /// How many reports go into one transaction.
    pub batch_count_max: usize,
    /// How many problems are kept for the outcome; the rest is counted.
    pub problems_kept_max: usize,
}

/// How far an input is safely on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The last line that was read.
    pub line: u64,
    /// How many records of the input are in the store: accepted and duplicates.
    pub records: u64,
}

/// What became of an input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// The input.
    pub name: String,
    /// Reports whose text was new.
    pub accepted: u64,
    /// Reports whose text was known and that were seen in a further place.
    pub seen_again: u64,
    /// Reports that were known wholly.
    pub duplicates: u64,
    /// Records that were refused.
    pub refused: u64,
    /// Records that were taken with a warning.
    pub warned: u64,
    /// Refusals and warnings, the first ones.
    pub problems: Vec<Problem>,
    /// Whether the input was read to its end.
    pub complete: bool,
}

/// Codes of problems that end an input before its end.
const ENDS: [&str; 6] = [
    "input-too-large",
    "decompression-bomb",
    "input-truncated",
    "input-unreadable",
    "parquet",
    "too-many-records",
];

/// Takes an input in. `acknowledge` is called after each batch that is on the disk.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    input: Source<'_>,
    request: &Request<'_>,
    progress: &dyn Progress,
    acknowledge: &mut dyn FnMut(Acknowledgement),
) -> Result<Outcome, AppError> {
    context.require(Right::ReportAdd)?;
    let mut outcome = Outcome { name: request.name.to_owned(), complete: true, ..Outcome::default() };
    let bytes = Bytes::default();
    progress.begin(&format!("ingest {}", request.name), request.bytes_total);
    let Request { name, options, defaults, .. } = request;
    let reader = match read(input, name, options, defaults, &bytes) {
        Ok(reader) => reader,
        Err(problem) => {
            progress.end("refused");
            return Err(AppError::Input(Box::new(problem)));
        }
    };
    let run = workspace.store.begin_ingest(name, context.now)?;
    let mut batch: Vec<Report> = Vec::with_capacity(request.batch_count_max);
    let (mut line, mut refused) = (0, 0);
    for item in reader {
        match item {
            Ok(record) => {
                line = record.line;
                outcome.warned += u64::from(!record.warnings.is_empty());
                for warning in record.warnings {
                    keep(&mut outcome, request, warning);
                }
                batch.push(record.report);
            }
            Err(problem) => {
                line = problem.line.unwrap_or(line);
                refused += 1;
                outcome.refused += 1;
                outcome.complete &= !ENDS.contains(&problem.code);
                keep(&mut outcome, request, problem);
            }
        }
        if batch.len() >= request.batch_count_max.max(1) {
            write(workspace, run, &mut batch, line, &mut refused, &mut outcome, acknowledge)?;
            progress.at(bytes.bytes());
        }
    }
    write(workspace, run, &mut batch, line, &mut refused, &mut outcome, acknowledge)?;
    workspace.store.end_ingest(run)?;
    let Outcome { accepted, seen_again, duplicates, refused, .. } = outcome;
    let known = seen_again + duplicates;
    let told = format!("{accepted} accepted, {known} duplicates, {refused} refused");
    workspace.note(context, "report.ingest", name, &told)?;
    progress.end(&told);
    Ok(outcome)
}

fn write(
    workspace: &mut Workspace,
    run: forewarn_store::IngestRun,
    batch: &mut Vec<Report>,
    line: u64,
    refused: &mut u64,
    outcome: &mut Outcome,
    acknowledge: &mut dyn FnMut(Acknowledgement),
) -> Result<(), AppError> {
    if batch.is_empty() && *refused == 0 {
        return Ok(());
    }
    let written = workspace.store.ingest(run, batch, line, std::mem::take(refused))?;
    batch.clear();
    outcome.accepted += written.accepted;
    outcome.seen_again += written.seen_again;
    outcome.duplicates += written.duplicates;
    let records = outcome.accepted + outcome.seen_again + outcome.duplicates;
    acknowledge(Acknowledgement { line, records });
    Ok(())
}

fn keep(outcome: &mut Outcome, request: &Request<'_>, problem: Problem) {
    if outcome.problems.len() < request.problems_kept_max {
        outcome.problems.push(problem);
    }
}
