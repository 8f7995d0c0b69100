//! Sessions: whose they are, which there are, and their end.

use forewarn_model::Session;
use forewarn_model::rights::Right;

use super::{By, Signed, named, nobody, secret};
use crate::{AppError, Context, Workspace};

/// Whether there was something to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It has ended now.
    Now,
    /// There was none, or it had ended before.
    Before,
}

/// Whose session it is, if it holds. Notes at most once a minute that it is used.
pub fn by_session(
    workspace: &mut Workspace,
    context: &Context,
    token: &str,
) -> Result<Option<Signed>, AppError> {
    let id = secret::hash("session", token);
    let limits = &workspace.limits;
    let Some((session, user)) = workspace.store.session(&id, context.now, limits.session_idle_s)? else {
        return Ok(None);
    };
    let unnoted_s = context.now.as_second() - session.last_seen.as_second();
    if unnoted_s >= i64::from(limits.session_seen_s) {
        // A page can be shown while another process writes; the next one notes it.
        if let Err(error) = workspace.store.see_session(&id, context.now) {
            tracing::debug!(%error, "the use of a session was not noted");
        }
    }
    Ok(Some(Signed { user, by: By::Session(id) }))
}

/// Ends the session that is used.
pub fn sign_out(workspace: &mut Workspace, context: &Context, signed: &Signed) -> Result<(), AppError> {
    if let By::Session(id) = &signed.by
        && workspace.store.end_session(&signed.user.name, id)?
    {
        workspace.note(context, "session.end", signed.user.name.as_str(), "signed out")?;
    }
    Ok(())
}

/// The sessions of a user that hold, the last used first: one's own, or with the right to write users.
pub fn sessions(workspace: &Workspace, context: &Context, name: &str) -> Result<Vec<Session>, AppError> {
    own_or_write(context, name)?;
    let idle_s = workspace.limits.session_idle_s;
    Ok(workspace.store.sessions(&named(name)?, context.now, idle_s)?)
}

/// Ends a session by its printed id, or by the beginning of it that is one session's alone.
pub fn revoke_session(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    id: &str,
) -> Result<Ended, AppError> {
    let all = sessions(workspace, context, name)?;
    let mut found = all.iter().filter(|session| !id.is_empty() && session.printed().starts_with(id));
    let (Some(session), None) = (found.next(), found.next()) else { return Ok(Ended::Before) };
    if !workspace.store.end_session(&session.user, &session.id)? {
        return Ok(Ended::Before);
    }
    workspace.note(context, "session.end", name, "revoked")?;
    Ok(Ended::Now)
}

/// Ends all sessions of a user; how many there were. One's own go on with the one that is used.
pub fn end_all(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    kept: Option<&Signed>,
) -> Result<usize, AppError> {
    own_or_write(context, name)?;
    let user = workspace.store.user(name)?.ok_or_else(|| nobody(name))?;
    let kept = kept.and_then(|signed| signed.session().ok());
    let count = workspace.store.end_sessions(&user.name, kept)?;
    workspace.note(context, "session.end", name, &format!("{count} sessions"))?;
    Ok(count)
}

fn own_or_write(context: &Context, name: &str) -> Result<(), AppError> {
    if context.actor == name { Ok(()) } else { context.require(Right::UserWrite) }
}
