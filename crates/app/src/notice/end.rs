//! Ends an issued notice: withdrawn, superseded by another, or expired. The end is a signed document with a
//! leaf of its own in the log; the notice itself is never changed.

use forewarn_model::rights::Right;
use forewarn_model::{Notice, NoticeState};
use forewarn_notice::{Action, apply};
use forewarn_share::status_json::{self, Status};

use crate::delivery::queue;
use crate::notice::{lookup, publish, stored};
use crate::{AppError, Context, Workspace};

/// How a notice ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End<'a> {
    /// Taken back.
    Withdraw,
    /// Replaced by another, by its id or number.
    Supersede {
        /// The notice that replaces it; it must be issued.
        by: &'a str,
    },
    /// Past its last day.
    Expire,
}

/// Whether a notice may be replaced by another: a newer one of the same kind that stands.
pub fn may_replace(notice: &Notice, successor: &Notice) -> bool {
    successor.id != notice.id
        && successor.kind == notice.kind
        && successor.state() == NoticeState::Issued
        && successor.issued_at() >= notice.issued_at()
}

/// Ends it; the notice after it and the signed document of its end. A notice that was never issued is
/// withdrawn without a document: nobody holds a copy.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    end: End<'_>,
    why: &str,
) -> Result<(Notice, Option<Vec<u8>>), AppError> {
    context.require(Right::NoticeIssue)?;
    let (before, mut notice) = lookup(workspace, context, name)?;
    let (action, operation, superseded_by) = match end {
        End::Withdraw => (Action::Withdraw, "withdraw the notice", None),
        End::Expire => (Action::Expire, "expire the notice", None),
        End::Supersede { by } => {
            let (_, successor) = lookup(workspace, context, by)?;
            if successor.state() != NoticeState::Issued {
                let why = format!("{} is {}: issue it first", successor.number, successor.state().as_str());
                return Err(AppError::Refused { operation: "supersede the notice", why });
            }
            if !may_replace(&notice, &successor) {
                let why = format!(
                    "{} is no later notice of the same kind: expected one that was issued after {}",
                    successor.number, notice.number
                );
                return Err(AppError::Refused { operation: "supersede the notice", why });
            }
            (Action::Supersede { by: successor.id }, "supersede the notice", Some(successor.id))
        }
    };
    apply(&mut notice, action, &context.actor, context.now, why).map_err(AppError::refused(operation))?;
    let id = notice.id.to_string();
    if before.signed.is_none() {
        workspace.store.put_notice(&stored(&notice)?)?;
        workspace.note(context, "notice.end", &id, notice.state().as_str())?;
        return Ok((notice, None));
    }
    let status = Status {
        notice: notice.id,
        number: notice.number.clone(),
        issuer: notice.issuer.clone(),
        state: notice.state(),
        at: context.now,
        why: why.to_owned(),
        superseded_by,
    };
    let payload = status_json::payload(&status);
    let subject = format!("{id} {}", status.state.as_str());
    let written = publish::run(
        workspace,
        context,
        &payload,
        status_json::signed,
        &subject,
        |workspace, bytes, leaf| Ok(workspace.store.end_notice(&stored(&notice)?, bytes, leaf)?),
    )?;
    let Some((signed, _)) = written else {
        let why = "another process has ended it meanwhile".to_owned();
        return Err(AppError::Refused { operation, why });
    };
    // Whoever has the notice gets its end too.
    queue::follow(workspace, context, &notice)?;
    workspace.note(context, "notice.end", &id, notice.state().as_str())?;
    Ok((notice, Some(signed)))
}
