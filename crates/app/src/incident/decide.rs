//! Confirms or rejects a claim that was read from a text.

use forewarn_model::date::day_of;
use forewarn_model::rights::Right;
use forewarn_model::{CandidateId, CandidateSubject, IncidentId, Report};
use forewarn_store::{Decision, StoredCandidate};

use super::add::{self, Form};
use crate::{AppError, Context, Workspace};

/// What an analyst decides on a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The text says so, and it belongs to the trend.
    Confirm,
    /// It does not.
    Reject,
}

impl Choice {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirmed",
            Self::Reject => "rejected",
        }
    }
}

/// A claim with the text that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The claim and the last decision on it.
    pub stored: StoredCandidate,
    /// The full text of its report.
    pub text: String,
}

/// How many claims wait.
pub fn waiting(workspace: &Workspace, context: &Context) -> Result<u64, AppError> {
    context.require(Right::Look)?;
    Ok(workspace.store.candidates_waiting(&context.clearance)?)
}

/// Claims that wait, or all.
pub fn candidates(
    workspace: &Workspace,
    context: &Context,
    decided_too: bool,
) -> Result<Vec<Claim>, AppError> {
    context.require(Right::Look)?;
    workspace.seen(context, "claim.list", "claims");
    let mut all = workspace.store.candidates(&context.clearance)?;
    all.retain(|stored| decided_too || stored.decision.is_none());
    all.into_iter()
        .map(|stored| {
            let report = workspace.store.report(stored.candidate.report, &context.clearance)?;
            let text = report.map(|found| found.report.full_text().into_owned()).unwrap_or_default();
            Ok(Claim { stored, text })
        })
        .collect()
}

/// Adds the incident that a claim states, on the word of the analyst who confirms it. `form` holds what the
/// analyst knows better; what it leaves empty comes from the claim and its report. None for a claim that names
/// no country: a number, a region or a notice alone is no incident.
pub fn to_incident(
    workspace: &mut Workspace,
    context: &Context,
    id: CandidateId,
    form: &Form,
) -> Result<Option<(IncidentId, bool)>, AppError> {
    context.require(Right::Look)?;
    let all = workspace.store.candidates(&context.clearance)?;
    let Some(stored) = all.into_iter().find(|stored| stored.candidate.id == id) else { return Ok(None) };
    let claim = &stored.candidate;
    let (hub, origin) = match &claim.subject {
        CandidateSubject::HubCountry(hub) => (hub.to_string(), String::new()),
        CandidateSubject::OriginCountry(origin) => (String::new(), origin.to_string()),
        _ => return Ok(None),
    };
    let Some(found) = workspace.store.report(claim.report, &context.clearance)? else { return Ok(None) };
    let report: &Report = &found.report;
    let sighting = &report.sighting;
    let or = |given: &str, other: String| if given.is_empty() { other } else { given.to_owned() };
    let published = day_of(sighting.published_at.unwrap_or(sighting.received_at)).to_string();
    let words = claim.sentence.slice(&report.full_text()).split_whitespace().collect::<Vec<_>>().join(" ");
    let form = Form {
        event: or(&form.event, format!("report-{}", claim.report)),
        date: or(&form.date, published.clone()),
        date_basis: or(&form.date_basis, "publication".to_owned()),
        known_from: or(&form.known_from, published),
        kind: or(&form.kind, claim.kind.to_string()),
        hub: or(&form.hub, hub),
        origin: or(&form.origin, origin),
        url: or(&form.url, sighting.source.url.clone().unwrap_or_else(|| claim.report.to_string())),
        publisher: or(&form.publisher, sighting.source.name.clone()),
        summary: or(&form.summary, words),
        grading: or(&form.grading, report.grading.to_string()),
        ..form.clone()
    };
    add::run(workspace, context, &form).map(Some)
}

/// Records a decision; an earlier one stays on record.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    id: CandidateId,
    choice: Choice,
    reason: &str,
) -> Result<(), AppError> {
    context.require(Right::IncidentWrite)?;
    let known = workspace.store.candidates(&context.clearance)?;
    if !known.iter().any(|stored| stored.candidate.id == id) {
        let remedy = "see `forewarn incidents candidates --all`".to_owned();
        return Err(AppError::NotFound { what: "candidate", name: id.to_string(), remedy });
    }
    if reason.trim().is_empty() {
        let why = "a decision needs a reason: give one with --why".to_owned();
        return Err(AppError::Refused { operation: "decide on a candidate", why });
    }
    let decision = Decision {
        subject: id.to_string(),
        verdict: choice.as_str().to_owned(),
        decided_by: context.actor.clone(),
        decided_at: context.now,
        reason: reason.to_owned(),
        seen_score: None,
    };
    workspace.store.put_decision(&decision)?;
    workspace.note(context, "incident.decide", &id.to_string(), choice.as_str())
}
