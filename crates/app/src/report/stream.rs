//! Checks a stream of records: one result for each, in the order of the input, on all cores, in memory that
//! does not grow with the input. Nothing is stored and nothing is logged.
//!
//! ```text
//! reader ── batches ──▶ workers ── batches ──▶ writer (puts them in order)
//!    ▲                                            │
//!    └────────────── empty batches ───────────────┘
//! ```
//!
//! There is a fixed number of batches, and they go round: when the writer is slow, the reader finds no empty
//! batch and waits.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use forewarn_collect::{
    Parser, Piece, Progress as Bytes, Refused, Row, RowOptions, Rows, Source, Value, rows,
};
use forewarn_model::{Language, Problem, Severity};
use forewarn_share::json::{CheckId, CheckInput, check_error_line, check_line};

use crate::{AppError, Engine, Progress, pipeline};

/// What to check.
pub struct Request<'a> {
    /// The name of the input, for messages.
    pub name: &'a str,
    /// How many bytes it has, where that is known.
    pub bytes_total: Option<u64>,
    /// How it is read.
    pub options: RowOptions,
    /// The language of records that do not say theirs, where it is known.
    pub language: Option<Language>,
    /// How much is held at a time.
    pub limits: Limits,
    /// How many problems are kept for the outcome; all are counted, and each stands in its line.
    pub problems_kept_max: usize,
}

/// How much is held at a time. Memory is bounded by `threads` × `batches_per_thread` batches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many records are read at the same time.
    pub threads: usize,
    /// How many batches there are for each thread: being read, being worked on, waiting to be written.
    pub batches_per_thread: usize,
    /// How many records a batch holds.
    pub batch_records_max: usize,
    /// How many bytes of input a batch holds before it is closed; its last record may go beyond.
    pub batch_bytes_max: usize,
}

impl Default for Limits {
    /// One thread; enough records in a batch that handing it over costs nothing against reading them.
    fn default() -> Self {
        Self { threads: 1, batches_per_thread: 4, batch_records_max: 64, batch_bytes_max: 256 << 10 }
    }
}

/// What became of the stream.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Records that were checked.
    pub checked: u64,
    /// Records that could not be read; each has its line in the output.
    pub refused: u64,
    /// Records that were checked after something in them was changed or left out.
    pub warned: u64,
    /// How many of the refused have each code.
    pub refused_by_code: BTreeMap<&'static str, u64>,
    /// What is to be said of the input as a whole, what ended it, and the first refusals.
    pub problems: Vec<Problem>,
    /// Whether the input was read to its end.
    pub complete: bool,
    /// Whether whoever reads the output went away before its end.
    pub reader_left: bool,
    /// Whether `stop` ended it.
    pub stopped: bool,
}

/// Checks every record of a source and writes one line of JSON for each. `stop` ends it after the batches
/// that are under way. A writer that is gone (a broken pipe) ends it too, and is no error.
pub fn run(
    engine: &Engine,
    source: Source<'static>,
    request: &Request<'_>,
    out: &mut dyn Write,
    stop: &Arc<AtomicBool>,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    let bytes = Bytes::default();
    let mut input = rows(source, request.name, &request.options, &bytes)
        .map_err(|problem| AppError::Input(Box::new(problem)))?;
    progress.begin(&format!("check {}", request.name), request.bytes_total);
    let mut outcome = Outcome { complete: true, problems: input.take_notes(), ..Outcome::default() };
    let worker = Worker { engine, parser: input.parser(), language: request.language };
    let limits = request.limits;
    let threads = limits.threads.max(1);
    let (give_empty, empty) = channel();
    let (give_full, full) = channel();
    let (give_done, done) = channel();
    for _ in 0..threads * limits.batches_per_thread.max(2) {
        // The other end stands right here, so nothing can be lost.
        let _ = give_empty.send(Batch::default());
    }
    // The reader is not waited for: it may hang in a read that never ends (a terminal, a pipe), after the
    // rest of us have finished.
    let stopped = Arc::clone(stop);
    std::thread::spawn(move || read(&mut input, limits, &stopped, &empty, &give_full));
    let full = Mutex::new(full);
    let written = std::thread::scope(|scope| {
        for _ in 0..threads {
            let (worker, full, give_done) = (&worker, &full, give_done.clone());
            scope.spawn(move || work(worker, full, &give_done, stop));
        }
        drop(give_done);
        let mut writer = Writer { out, request, outcome: &mut outcome };
        let written = writer.write_all(&done, give_empty, &mut || progress.at(bytes.bytes()));
        // Tells a reader that is still at work to end, and so the workers.
        stop_if(written.is_err(), stop);
        written
    });
    outcome.stopped = stop.load(Ordering::Relaxed) && written.is_ok();
    let flushed = written.and_then(|()| out.flush());
    match flushed {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => outcome.reader_left = true,
        Err(source) => {
            progress.end("not written");
            return Err(AppError::File { operation: "write results of", path: request.name.into(), source });
        }
    }
    progress.end(&format!("{} checked, {} refused", outcome.checked, outcome.refused));
    Ok(outcome)
}

fn stop_if(failed: bool, stop: &AtomicBool) {
    if failed {
        stop.store(true, Ordering::Relaxed);
    }
}

/// Some records on their way: pieces of the input, then lines of the output.
#[derive(Default)]
struct Batch {
    number: u64,
    pieces: Vec<Piece>,
    out: Vec<u8>,
    checked: u64,
    warned: u64,
    refusals: Vec<Refused>,
}

/// Memory that a batch keeps for its next round; what a few large records needed beyond is given back.
const KEPT_BYTES_MAX: usize = 1 << 20;

impl Batch {
    fn clear(&mut self) {
        self.out.clear();
        self.out.shrink_to(KEPT_BYTES_MAX);
        self.pieces.clear();
        self.refusals.clear();
        (self.checked, self.warned) = (0, 0);
    }
}

fn read(
    input: &mut Rows<'static>,
    limits: Limits,
    stop: &AtomicBool,
    empty: &Receiver<Batch>,
    full: &Sender<Batch>,
) {
    for number in 0.. {
        // No more empty batches: the writer has ended.
        let Ok(mut batch) = empty.recv() else { return };
        batch.number = number;
        let mut bytes = 0;
        while batch.pieces.len() < limits.batch_records_max.max(1) && bytes < limits.batch_bytes_max {
            match input.next_piece() {
                Some(piece) if !stop.load(Ordering::Relaxed) => {
                    bytes += piece.bytes();
                    batch.pieces.push(piece);
                }
                _ => {
                    // Nobody waits for a batch that is lost: the writer has ended then.
                    let _ = full.send(batch);
                    return;
                }
            }
        }
        if full.send(batch).is_err() {
            return;
        }
    }
}

/// How often a worker that has nothing to do looks whether it is still wanted: the reader may hang in a read
/// that never ends.
const LOOK_EVERY: Duration = Duration::from_millis(100);

fn work(worker: &Worker<'_>, full: &Mutex<Receiver<Batch>>, done: &Sender<Batch>, stop: &AtomicBool) {
    loop {
        let batch = full.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(LOOK_EVERY);
        let mut batch = match batch {
            Ok(batch) => batch,
            Err(RecvTimeoutError::Timeout) if !stop.load(Ordering::Relaxed) => continue,
            Err(_) => return,
        };
        for piece in std::mem::take(&mut batch.pieces) {
            worker.piece(piece, &mut batch);
        }
        if done.send(batch).is_err() {
            return;
        }
    }
}

struct Worker<'a> {
    engine: &'a Engine,
    parser: Arc<Parser>,
    language: Option<Language>,
}

impl Worker<'_> {
    fn piece(&self, piece: Piece, batch: &mut Batch) {
        let start = batch.out.len();
        let row = match self.parser.parse(piece) {
            Ok(row) => row,
            Err(refused) => return refuse(refused, batch),
        };
        let (id, line) = (row.id.clone(), row.line);
        // A fault of ours in one record must not cost the others.
        let checked = catch_unwind(AssertUnwindSafe(|| self.check(row, &mut batch.out)));
        match checked {
            Ok(Ok(warned)) => {
                batch.checked += 1;
                batch.warned += u64::from(warned);
            }
            Ok(Err(what)) => {
                batch.out.truncate(start);
                refuse(Refused { id, problem: Box::new(internal(line, what)), ends: false }, batch);
            }
            Err(_) => {
                batch.out.truncate(start);
                let what = "this program failed on it".to_owned();
                refuse(Refused { id, problem: Box::new(internal(line, what)), ends: false }, batch);
            }
        }
    }

    /// Writes the result of one record; says whether something in it was changed or left out.
    fn check(&self, row: Row, out: &mut Vec<u8>) -> Result<bool, String> {
        let Row { line, id, title, text, declared, mut warnings, .. } = row;
        let (text, title_chars) = match title {
            None => (text, 0),
            Some(title) => {
                let chars = u32::try_from(title.chars().count() + 1).unwrap_or(u32::MAX);
                (format!("{title}\n{text}"), chars)
            }
        };
        let language = declared.language.and_then(|tag| tag.parse().ok()).or(self.language);
        let offer = pipeline::offer(self.engine, &text, language);
        warnings.extend(offer.problems);
        let input = CheckInput {
            id: Some(check_id(id.as_ref(), line)),
            text: &text,
            title_chars,
            facts: &offer.facts,
            indicators: &offer.indicators,
            assessment: &offer.assessment,
            warnings: &warnings,
        };
        check_line(&input, out).map_err(|error| error.to_string())?;
        Ok(!warnings.is_empty())
    }
}

fn check_id(id: Option<&Value>, line: u64) -> CheckId<'_> {
    match id {
        None => CheckId::Line(line),
        Some(Value::Text(text)) => CheckId::Text(text),
        Some(Value::Number(digits)) => CheckId::Number(digits),
        Some(Value::Bool(value)) => CheckId::Bool(*value),
    }
}

/// The line of a record that could not be read. What ended the input is no record and has no line.
fn refuse(refused: Refused, batch: &mut Batch) {
    if !refused.ends {
        let id = check_id(refused.id.as_ref(), refused.problem.line.unwrap_or(0));
        let start = batch.out.len();
        if check_error_line(id, &refused.problem, &mut batch.out).is_err() {
            batch.out.truncate(start);
        }
    }
    batch.refusals.push(refused);
}

fn internal(line: u64, what: String) -> Problem {
    Problem {
        severity: Severity::Refused,
        code: "internal",
        input: String::new(),
        line: Some(line),
        what,
        remedy: "report this record to the makers, without any person's data".to_owned(),
    }
}

struct Writer<'a> {
    out: &'a mut dyn Write,
    request: &'a Request<'a>,
    outcome: &'a mut Outcome,
}

impl Writer<'_> {
    /// Writes batches in their order until there are no more.
    fn write_all(
        &mut self,
        done: &Receiver<Batch>,
        empty: Sender<Batch>,
        progress: &mut dyn FnMut(),
    ) -> io::Result<()> {
        let mut waiting: BTreeMap<u64, Batch> = BTreeMap::new();
        let mut next = 0;
        for batch in done {
            waiting.insert(batch.number, batch);
            while let Some(mut batch) = waiting.remove(&next) {
                next += 1;
                self.out.write_all(&batch.out)?;
                self.count(&mut batch);
                batch.clear();
                // The reader may have ended; then the batch has no further use.
                let _ = empty.send(batch);
                progress();
            }
        }
        Ok(())
    }

    fn count(&mut self, batch: &mut Batch) {
        let outcome = &mut *self.outcome;
        outcome.checked += batch.checked;
        outcome.warned += batch.warned;
        for refused in batch.refusals.drain(..) {
            let Refused { mut problem, ends, .. } = refused;
            if ends {
                outcome.complete = false;
            } else {
                outcome.refused += 1;
                *outcome.refused_by_code.entry(problem.code).or_default() += 1;
            }
            if ends || outcome.problems.len() < self.request.problems_kept_max {
                if problem.input.is_empty() {
                    problem.input = self.request.name.to_owned();
                }
                outcome.problems.push(*problem);
            }
        }
    }
}
