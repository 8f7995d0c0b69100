//! Checks one text: nothing is stored and nothing is logged.

use forewarn_model::{Grading, Language, Marking, Report, ReportKind, Sighting, Source, Timestamp};

use crate::pipeline::{self, Reading};
use crate::{Context, Engine};

/// A text that a person pasted, as a report that lives only as long as the answer.
pub fn pasted(text: &str, language: Option<Language>, kind: ReportKind, now: Timestamp) -> Report {
    let sighting = Sighting { source: Source::default(), received_at: now, published_at: None };
    Report::new(kind, None, text.to_owned(), language, Marking::DEFAULT, Grading::UNKNOWN, sighting)
}

/// Reads and assesses a text.
pub fn run(engine: &Engine, context: &Context, text: &str, language: Option<Language>) -> (Report, Reading) {
    let report = pasted(text, language, ReportKind::JobAd, context.now);
    let reading = pipeline::document(engine, &report);
    (report, reading)
}
