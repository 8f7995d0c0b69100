//! Reads a news text: the claims on the trend that it makes, for an analyst to confirm.

use forewarn_model::{Report, ReportKind};

use crate::pipeline::{self, Reading};
use crate::report::check::pasted;
use crate::{Context, Engine};

/// Reads a text without storing it.
pub fn run(engine: &Engine, context: &Context, text: &str) -> (Report, Reading) {
    let report = pasted(text, None, ReportKind::News, context.now);
    let reading = pipeline::document(engine, &report);
    (report, reading)
}
