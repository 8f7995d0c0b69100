//! Confirms or rejects a claim that was read from a text.

use forewarn_model::CandidateId;
use forewarn_store::{Decision, StoredCandidate};

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

/// Claims that wait, or all.
pub fn candidates(
    workspace: &Workspace,
    context: &Context,
    decided_too: bool,
) -> Result<Vec<Claim>, AppError> {
    let mut all = workspace.store.candidates(context.clearance)?;
    all.retain(|stored| decided_too || stored.decision.is_none());
    all.into_iter()
        .map(|stored| {
            let report = workspace.store.report(stored.candidate.report, context.clearance)?;
            let text = report.map(|found| found.report.full_text().into_owned()).unwrap_or_default();
            Ok(Claim { stored, text })
        })
        .collect()
}

/// Records a decision; an earlier one stays on record.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    id: CandidateId,
    choice: Choice,
    reason: &str,
) -> Result<(), AppError> {
    let known = workspace.store.candidates(context.clearance)?;
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
