//! Takes every report that a search finds out, as a table or as lines of JSON, page by page. That it was done is
//! noted in the audit log before the first report leaves.

use std::io::{self, Write};

use forewarn_model::rights::Right;
use forewarn_share::json::{REPORTS_CSV_HEAD, ReportInput, report_csv, report_line};

use crate::report::search::{self, Found, PAGE_COUNT_MAX, Request};
use crate::{AppError, Context, Workspace};

/// The form in which reports go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table (RFC 4180), with a head.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

impl Format {
    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::JsonLines => "application/x-ndjson",
        }
    }

    /// The ending of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// Bounds of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many reports go out at most.
    pub reports_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { reports_max: 10_000_000 }
    }
}

/// What went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Reports.
    pub reports: u64,
    /// Whether there were more than the limit allows.
    pub cut: bool,
    /// Whether whoever reads them went away before the end.
    pub reader_left: bool,
}

/// Notes an export in the audit log. [`write()`] may follow, on another connection.
pub fn begin(
    workspace: &mut Workspace,
    context: &Context,
    request: &Request,
    format: Format,
) -> Result<(), AppError> {
    context.require(Right::Export)?;
    // A question that cannot be asked is no export.
    search::filter(workspace, context, request)?;
    let told = format!("{} in the order of {:?}", format.extension(), request.sort).to_lowercase();
    workspace.note(context, "report.export", "", &told)
}

/// Writes the reports that the reader may see.
pub fn write(
    workspace: &Workspace,
    context: &Context,
    request: &Request,
    format: Format,
    limits: &Limits,
    out: &mut dyn Write,
) -> Result<Outcome, AppError> {
    context.require(Right::Export)?;
    let mut outcome = Outcome::default();
    let mut request = Request { cursor: None, count_max: PAGE_COUNT_MAX, ..request.clone() };
    let mut buffer = Vec::new();
    if format == Format::Csv {
        buffer.extend_from_slice(REPORTS_CSV_HEAD.as_bytes());
    }
    loop {
        let page = search::page(workspace, context, &request)?;
        for found in &page.found {
            if outcome.reports >= limits.reports_max {
                outcome.cut = true;
                break;
            }
            put(found, format, &mut buffer).map_err(AppError::file("write", "reports".as_ref()))?;
            outcome.reports += 1;
        }
        match out.write_all(&buffer) {
            Ok(()) => buffer.clear(),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                return Ok(Outcome { reader_left: true, ..outcome });
            }
            Err(source) => {
                return Err(AppError::File { operation: "write", path: "reports".into(), source });
            }
        }
        request.cursor = page.next.filter(|_| !outcome.cut);
        if request.cursor.is_none() {
            return Ok(outcome);
        }
    }
}

fn put(found: &Found, format: Format, out: &mut Vec<u8>) -> io::Result<()> {
    match format {
        Format::JsonLines => report_line(&input(found), out),
        Format::Csv => {
            let mut row = String::new();
            report_csv(&input(found), &mut row);
            out.extend_from_slice(row.as_bytes());
            Ok(())
        }
    }
}

/// A report that was found, as it goes out.
pub fn input(found: &Found) -> ReportInput<'_> {
    let assessment = found.assessment.as_ref();
    ReportInput {
        report: &found.report,
        sightings: found.sightings,
        language: assessment.map(|assessment| assessment.language.as_str()),
        countries: assessment.map(|assessment| assessment.countries.as_slice()).unwrap_or_default(),
        log_odds: assessment.and_then(|assessment| assessment.log_odds),
        verdict: assessment.and_then(|assessment| assessment.verdict.as_deref()),
        campaign: found.campaign,
    }
}
