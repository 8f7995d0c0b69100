//! Signs and issues an approved notice: once, or not at all.

use forewarn_model::{CountryNames, NoticeState};
use forewarn_notice::{Action, apply, sign};
use forewarn_share::notice_json;
use serde_json::Value;

use crate::notice::{find, localize, save};
use crate::{AppError, Context, Workspace, keys};

/// Issues a notice; the signed document. If it was issued before, that document.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    names: &CountryNames,
    name: &str,
    why: &str,
) -> Result<Vec<u8>, AppError> {
    let (stored, mut notice) = find(workspace, context, name)?;
    if let (Some(signed), NoticeState::Issued) = (stored.signed, notice.state()) {
        return Ok(signed);
    }
    let refused = "issue the notice";
    apply(&mut notice, Action::Issue, &context.actor, context.now, why)
        .map_err(AppError::refused(refused))?;
    let texts = localize::all(&notice, names)?;
    let key = keys::signing_key(workspace, context)?;
    let payload = notice_json::payload(&notice, &texts);
    let canonical = notice_json::canonical(&payload).map_err(AppError::refused(refused))?;
    let jws = sign::sign(&key, &canonical);
    let jwk: Value = serde_json::from_str(&key.public().to_jwk()).map_err(AppError::refused(refused))?;
    let signed = notice_json::signed(payload, jws.as_str(), jwk).map_err(AppError::refused(refused))?;
    let bytes = serde_json::to_vec_pretty(&signed).map_err(AppError::refused(refused))?;
    // One transaction writes the state and the document together.
    save(workspace, &notice, Some(bytes.clone()))?;
    workspace.note(context, "notice.issue", &notice.id.to_string(), &key.public().kid())?;
    Ok(bytes)
}
