//! Signs and issues an approved notice: once, or not at all.

use forewarn_model::rights::Right;
use forewarn_model::{CountryNames, NoticeState};
use forewarn_notice::{Action, apply};
use forewarn_share::notice_json;

use crate::notice::{localize, lookup, publish, stored};
use crate::{AppError, Context, Workspace};

/// Issues a notice; the signed document. If it was issued before, that document.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    names: &CountryNames,
    name: &str,
    why: &str,
) -> Result<Vec<u8>, AppError> {
    context.require(Right::NoticeIssue)?;
    let (before, mut notice) = lookup(workspace, context, name)?;
    if let (Some(signed), NoticeState::Issued) = (before.signed, notice.state()) {
        return Ok(signed);
    }
    apply(&mut notice, Action::Issue, &context.actor, context.now, why)
        .map_err(AppError::refused("issue the notice"))?;
    let texts = localize::all(&notice, names)?;
    let payload = notice_json::payload(&notice, &texts);
    let id = notice.id.to_string();
    let written =
        publish::run(workspace, context, &payload, notice_json::signed, &id, |workspace, bytes, leaf| {
            Ok(workspace.store.issue_notice(&stored(&notice)?, bytes, leaf)?)
        })?;
    let Some((signed, kid)) = written else {
        // Another process was faster: what it issued is what counts.
        let (now, _) = lookup(workspace, context, name)?;
        return now.signed.ok_or_else(|| AppError::Refused {
            operation: "issue the notice",
            why: "it is signed, but its document is not there: run `forewarn verify`".to_owned(),
        });
    };
    workspace.note(context, "notice.issue", &id, &kid)?;
    Ok(signed)
}
