//! Shows one report with everything that is known of it.
//!
//! Where the stages find something in its text is not stored: the text is read once more. What it was found to be
//! when it was taken in is stored, and stands beside; the two differ only if the stages changed since.

use forewarn_model::rights::Right;
use forewarn_model::{CampaignId, ReportId, Sighting, Span};
use forewarn_share::json::{
    CheckInput, ReportInput, candidates as candidates_json, check, report as report_json,
};
use forewarn_store::{StoredAssessment, StoredCandidate, StoredReport};
use serde_json::{Value, json};

use crate::pipeline::{self, Reading};
use crate::report::mark::{self, Change, Changed};
use crate::report::pieces::{Piece, cut};
use crate::report::search::readable;
use crate::{AppError, Context, Engine, Workspace};

/// How many sightings of a report are shown.
const SIGHTINGS_MAX: u32 = 1_000;

/// A report with everything that is known of it.
#[derive(Debug)]
pub struct Shown {
    /// The report, with its first sighting.
    pub stored: StoredReport,
    /// What the stages read in it, now.
    pub reading: Reading,
    /// What was stored of it; none while it waits to be read.
    pub assessment: Option<StoredAssessment>,
    /// The organisation that it stays with, if its marking and its source keep it there.
    pub organisation: Option<String>,
    /// Where and when it was seen, in the order of arrival; the first thousand.
    pub sightings: Vec<Sighting>,
    /// The campaign that it belongs to.
    pub campaign: Option<CampaignId>,
    /// Claims on the trend that were read from it.
    pub candidates: Vec<StoredCandidate>,
    /// Changes of marking and grading, the last one last.
    pub changes: Vec<Change>,
}

/// What a passage of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// A red flag, by its place among the indicators of the reading.
    Indicator(usize),
    /// An identifier, by its place.
    Observable(usize),
    /// A place, by its place.
    Place(usize),
    /// An amount of money, by its place.
    Money(usize),
}

/// Shows a report that the reader may see.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    engine: &Engine,
    id: ReportId,
) -> Result<Shown, AppError> {
    context.require(Right::Look)?;
    let store = &workspace.store;
    let stored = store.report(id, &context.clearance)?.ok_or_else(|| unknown(&id.to_string()))?;
    workspace.seen(context, "report.view", &id.to_string());
    Ok(Shown {
        reading: pipeline::document(engine, &stored.report),
        assessment: store.finding(id, &context.clearance)?,
        organisation: store.kept_by(id)?,
        sightings: store.sightings(id, SIGHTINGS_MAX, &context.clearance)?,
        campaign: store.campaign_of(id)?,
        candidates: store.candidates_of(id, &context.clearance)?,
        changes: mark::changes(workspace, id)?,
        stored,
    })
}

/// The report that was meant: a whole id, or the beginning of one.
pub fn named(workspace: &Workspace, context: &Context, text: &str) -> Result<ReportId, AppError> {
    let text = text.trim();
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let digits = text.strip_prefix("rpt-").unwrap_or(text);
    let hexadecimal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let found = match hexadecimal {
        true => workspace.store.report_ids_starting(digits, 2, &context.clearance)?,
        false => Vec::new(),
    };
    match found.as_slice() {
        [id] => Ok(*id),
        [] => Err(unknown(text)),
        _ => {
            let remedy = "several reports begin so: give more of the id".to_owned();
            Err(AppError::NotFound { what: "report", name: text.to_owned(), remedy })
        }
    }
}

impl Shown {
    /// The full text, cut where passages begin and end; a piece names passages by their places in the list.
    pub fn pieces<'a>(&self, text: &'a str, passages: &[(Passage, Span)]) -> Vec<Piece<'a>> {
        let spans: Vec<Span> = passages.iter().map(|(_, span)| *span).collect();
        cut(text, &spans)
    }

    /// Everything that was found in the text, with its span in it: indicators first, then identifiers, places, money.
    pub fn passages(&self) -> Vec<(Passage, Span)> {
        let facts = &self.reading.facts;
        let indicators = self.reading.indicators.iter().enumerate();
        let indicators = indicators.map(|(at, found)| (Passage::Indicator(at), found.span));
        let observables = facts.observables.iter().enumerate();
        let observables = observables.map(|(at, found)| (Passage::Observable(at), found.span));
        let places = facts.places.iter().enumerate().map(|(at, found)| (Passage::Place(at), found.span));
        let money = facts.money.iter().enumerate().map(|(at, found)| (Passage::Money(at), found.span));
        indicators.chain(observables).chain(places).chain(money).collect()
    }

    /// Whether the stages changed since the stored score was made.
    pub fn is_dated(&self) -> bool {
        let now = self.reading.assessment.as_ref().map(|assessment| assessment.log_odds());
        self.assessment.as_ref().is_some_and(|stored| stored.log_odds != now)
    }
}

/// Everything as JSON: that of `check` for its text, and `report`, `organisation` (that it stays with), `stored` (the score as it was taken in),
/// `sightings`, `campaign`, `candidates` and `changes`.
pub fn view(shown: &Shown) -> Value {
    let report = &shown.stored.report;
    let text = report.full_text();
    let title_chars = report.title().map_or(0, |title| title.chars().count() + 1);
    let assessment = shown.assessment.as_ref();
    let listed = ReportInput {
        report,
        sightings: shown.stored.sightings,
        language: assessment.map(|assessment| assessment.language.as_str()),
        countries: assessment.map(|assessment| assessment.countries.as_slice()).unwrap_or_default(),
        log_odds: assessment.and_then(|assessment| assessment.log_odds),
        verdict: assessment.and_then(|assessment| assessment.verdict.as_deref()),
        campaign: shown.campaign,
    };
    let candidates: Vec<_> = shown.candidates.iter().map(|stored| stored.candidate.clone()).collect();
    let read = shown.reading.assessment.as_ref().map(|assessment| {
        check(&CheckInput {
            id: None,
            text: &text,
            title_chars: u32::try_from(title_chars).unwrap_or(u32::MAX),
            facts: &shown.reading.facts,
            indicators: &shown.reading.indicators,
            assessment,
            warnings: &shown.reading.problems,
        })
    });
    json!({
        "report": report_json(&listed),
        "organisation": shown.organisation,
        "full_text": text,
        "normalized": shown.reading.facts.normalized.as_str(),
        "read": read,
        "is_dated": shown.is_dated(),
        "sightings": shown.sightings.iter().map(sighting_view).collect::<Vec<Value>>(),
        "candidates": candidates_json(&candidates, &text),
        "changes": shown.changes.iter().map(change_view).collect::<Vec<Value>>(),
    })
}

/// A change as JSON: `what` (`marking` or `grading`), `from`, `to`, `by`, `at`, `why`.
pub fn change_view(change: &Change) -> Value {
    let (what, from, to) = match change.what {
        Changed::Marking(from, to) => ("marking", from.to_string(), to.to_string()),
        Changed::Grading(from, to) => ("grading", from.to_string(), to.to_string()),
    };
    json!({ "what": what, "from": from, "to": to, "by": change.by, "at": change.at.to_string(), "why": change.reason })
}

fn sighting_view(sighting: &Sighting) -> Value {
    json!({
        "source": sighting.source.name,
        "external_id": sighting.source.external_id,
        "url": sighting.source.url,
        "received_at": sighting.received_at.to_string(),
        "published_at": sighting.published_at.map(|at| at.to_string()),
    })
}

/// The terms of a text by which it is found again.
pub(crate) fn terms(text: &str) -> String {
    forewarn_extract::search::index_text(forewarn_extract::normalize(readable(text)).as_str())
}

pub(crate) fn unknown(name: &str) -> AppError {
    let remedy = "no report that you may see has this id; see `forewarn reports`".to_owned();
    AppError::NotFound { what: "report", name: name.to_owned(), remedy }
}
