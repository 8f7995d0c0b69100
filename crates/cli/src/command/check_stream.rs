//! `forewarn check --jsonl`

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use forewarn_app::AppError;
use forewarn_app::collect::{Field, Format, RowOptions};
use forewarn_app::report::output::Output;
use forewarn_app::report::stream::{self, Limits, Outcome, Request};

use crate::args::{Check, Global};
use crate::command::ingest::{input_name, limits};
use crate::exit::Code;
use crate::progress::Terminal;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Check) -> Result<Code> {
    let told = &args.stream;
    let (source, bytes_total) = setup::source(&args.file)?;
    let mut out = match told.out.as_path() {
        path if path == Path::new("-") => Output::stream(io::stdout()),
        path => {
            check_name(path)?;
            Output::file(path, Some(args.file.as_path()).filter(|file| *file != Path::new("-")))?
        }
    };
    let name = input_name(&args.file);
    let mut mapping = told.map.clone();
    for (field, column) in [(Field::Text, &told.text_field), (Field::Id, &told.id_field)] {
        if let Some(column) = column {
            mapping = mapping.with(field, column);
        }
    }
    let request = Request {
        name: &name,
        bytes_total,
        options: RowOptions {
            format: told.format.or_else(|| format(&args.file)),
            mapping,
            carry: false,
            limits: limits(&args.limits),
        },
        language: args.text_lang,
        limits: Limits { threads: threads(told.threads), ..Limits::default() },
        problems_kept_max: told.problems_kept_max,
    };
    let stop = interrupts(out.unfinished().map(Path::to_owned))?;
    let engine = setup::engine(global)?;
    let ran = stream::run(&engine, source, &request, &mut out, &stop, &Terminal::new(global));
    let outcome = match ran {
        Ok(outcome) => outcome,
        Err(AppError::Input(problem)) => {
            output::problems(&[*problem]);
            return Ok(Code::Failed);
        }
        Err(error) => return Err(error.into()),
    };
    if outcome.stopped {
        output::note!("forewarn: interrupted after {} records", outcome.checked + outcome.refused);
        return Ok(Code::Interrupted);
    }
    if outcome.reader_left {
        return Ok(Code::Done);
    }
    out.finish()?;
    tell(&outcome);
    Ok(if outcome.refused > 0 || !outcome.complete { Code::SomeRefused } else { Code::Done })
}

/// The format of a file whose name does not tell that it holds records: JSON Lines, as the option says.
fn format(path: &Path) -> Option<Format> {
    let by_name = path.to_str().and_then(Format::of_name);
    Some(by_name.filter(|format| *format != Format::Text).unwrap_or(Format::JsonLines))
}

/// Results are lines of JSON; a name that promises something else would deceive whoever opens the file.
fn check_name(path: &Path) -> Result<()> {
    let by_name = path.to_str().and_then(Format::of_name);
    if let Some(Format::Csv | Format::Parquet) = by_name {
        bail!(
            "write results to {}: results are JSON Lines: name it .jsonl, .jsonl.gz or .jsonl.zst",
            path.display()
        );
    }
    Ok(())
}

fn threads(told: Option<std::num::NonZeroUsize>) -> usize {
    told.or_else(|| std::thread::available_parallelism().ok()).map_or(1, std::num::NonZeroUsize::get)
}

/// How long the work may take to end by itself after an interrupt.
const GRACE: Duration = Duration::from_secs(2);

/// A flag that an interrupt raises. If the work does not end by itself soon after (it may hang in a read),
/// what is unfinished is removed and the process ends.
fn interrupts(unfinished: Option<PathBuf>) -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        raised.store(true, Ordering::Relaxed);
        std::thread::sleep(GRACE);
        if let Some(path) = &unfinished {
            // It may be gone by now, which is as well.
            let _ = std::fs::remove_file(path);
        }
        std::process::exit(Code::Interrupted as i32);
    })
    .context("watch for interrupts")?;
    Ok(stop)
}

fn tell(outcome: &Outcome) {
    output::problems(&outcome.problems);
    if outcome.refused > 0 {
        let by_code: Vec<String> =
            outcome.refused_by_code.iter().map(|(code, count)| format!("{count} {code}")).collect();
        let Outcome { checked, refused, .. } = outcome;
        output::note!("{checked} checked, {refused} refused ({}); each has its line", by_code.join(", "));
    }
    if !outcome.complete {
        output::note!("the input was not read to its end; the results hold what came before");
    }
}
