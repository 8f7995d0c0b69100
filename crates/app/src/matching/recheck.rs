//! Shows that what was sent is what was committed to: makes the question again out of the kept set and secret.
//!
//! An auditor whom both sides trust does this at each side. It works as long as the secrets are kept
//! ([`super::Limits::secret_days_max`]).

use forewarn_privacy::matching::commitment;
use forewarn_share::matching as wire;

use super::{Limits, Values, ask, hits, require_inside};
use crate::{AppError, Context, Workspace};

/// What holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The kept set is the one that was committed to.
    pub set_holds: bool,
    /// The question that was sent is made of that set; none if this side answered.
    pub question_holds: Option<bool>,
}

/// Checks an exchange, by its id or the beginning of it.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    text: &str,
    limits: &Limits,
) -> Result<Outcome, AppError> {
    require_inside(context)?;
    let session = hits::named(workspace, context, text)?;
    let gone = || AppError::Refused {
        operation: "check the match",
        why: "its secrets and values were wiped: it is too old".to_owned(),
    };
    let set = workspace.store.match_set(session.set_number)?.ok_or_else(gone)?;
    if session.seed.is_none() {
        return Err(gone());
    }
    let values = Values::load(workspace, set.number)?;
    let set_holds = commitment(&values.all(), &set.nonce) == set.commitment;
    let question_holds = if session.asked {
        let (message, _) = ask::remade(workspace, &session, limits)?;
        let payload = wire::payload(&message).map_err(AppError::refused("check the match"))?;
        Some(wire::digest(&payload) == session.sent)
    } else {
        None
    };
    let told = format!(
        "set {set_holds}, question {}",
        question_holds.map_or("-".to_owned(), |holds| holds.to_string())
    );
    workspace.note(context, "match.recheck", &wire::hex(&session.id), &told)?;
    Ok(Outcome { set_holds, question_holds })
}
