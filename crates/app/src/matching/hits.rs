//! Hits are requests to talk: each names the officer on the other side, and stays open until somebody has.

use forewarn_share::matching::hex;
use forewarn_store::{MatchHit, MatchSession};

use super::{refused, require_inside};
use crate::{AppError, Context, Workspace};

/// Longest note on what came of a talk, in bytes.
const OUTCOME_BYTES_MAX: usize = 2_000;

/// The exchanges, the newest first.
pub fn sessions(
    workspace: &Workspace,
    context: &Context,
    count_max: u32,
) -> Result<Vec<MatchSession>, AppError> {
    require_inside(context)?;
    workspace.seen(context, "match.list", "matches");
    Ok(workspace.store.match_sessions(count_max)?)
}

/// Hits, the newest first: those that nobody has talked about yet, or all.
pub fn list(
    workspace: &Workspace,
    context: &Context,
    open_only: bool,
    count_max: u32,
) -> Result<Vec<MatchHit>, AppError> {
    require_inside(context)?;
    workspace.seen(context, "match.hits", "hits");
    Ok(workspace.store.match_hits(open_only, count_max)?)
}

/// The hits of one exchange.
pub fn of(workspace: &Workspace, context: &Context, session: &[u8; 16]) -> Result<Vec<MatchHit>, AppError> {
    require_inside(context)?;
    Ok(workspace.store.match_hits_of(session)?)
}

/// Notes what came of talking about a hit.
pub fn talked(
    workspace: &mut Workspace,
    context: &Context,
    number: i64,
    outcome: &str,
) -> Result<(), AppError> {
    require_inside(context)?;
    let refuse = refused("note what came of a hit");
    let outcome = outcome.trim();
    if outcome.is_empty() || outcome.len() > OUTCOME_BYTES_MAX {
        return Err(refuse(format!("say in at most {OUTCOME_BYTES_MAX} bytes what came of it")));
    }
    if !workspace.store.talk_about_match(number, context.now, outcome)? {
        return Err(refuse(format!(
            "hit {number} is not there, or was talked about: see `forewarn share hits --all`"
        )));
    }
    workspace.note(context, "match.talk", &number.to_string(), "talked about")
}

/// An exchange by its id, or the beginning of it, in hexadecimal digits.
pub fn named(workspace: &Workspace, context: &Context, text: &str) -> Result<MatchSession, AppError> {
    let found: Vec<MatchSession> = sessions(workspace, context, 10_000)?
        .into_iter()
        .filter(|session| !text.is_empty() && hex(&session.id).starts_with(text))
        .collect();
    let not_found =
        |remedy: &str| AppError::NotFound { what: "match", name: text.to_owned(), remedy: remedy.to_owned() };
    match <[MatchSession; 1]>::try_from(found) {
        Ok([session]) => Ok(session),
        Err(several) if several.len() > 1 => Err(not_found("several begin so: give more digits")),
        Err(_) => Err(not_found("see `forewarn share matches`")),
    }
}
