//! The members: who takes part, with what clearance, and how they are reached.

use forewarn_model::member::Member;
use forewarn_model::rights::Right;

use crate::{AppError, Context, Workspace};

/// Longest short name, in bytes.
const ID_BYTES_MAX: usize = 64;

/// Most channels of a member.
const CHANNELS_MAX: usize = 16;

/// Adds a member, or changes the one with that short name.
pub fn put(workspace: &mut Workspace, context: &Context, member: &Member) -> Result<(), AppError> {
    context.require(Right::MemberWrite)?;
    let refused = |why: String| AppError::Refused { operation: "write the member", why };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if member.id.is_empty() || member.id.len() > ID_BYTES_MAX || !member.id.chars().all(plain) {
        let expected = format!("at most {ID_BYTES_MAX} lower-case letters, digits and hyphens");
        return Err(refused(format!("short name {:?}: expected {expected}", member.id)));
    }
    if member.name.trim().is_empty() {
        return Err(refused("its name is blank".to_owned()));
    }
    if member.channels.len() > CHANNELS_MAX {
        return Err(refused(format!("{} channels, at most {CHANNELS_MAX}", member.channels.len())));
    }
    let mut secret = [0; 32];
    (context.random)(&mut secret).map_err(AppError::refused("write the member"))?;
    workspace.store.put_member(member, &secret)?;
    workspace.note(context, "member.put", &member.id, &member.name)
}

/// All members, in order of short name, as whoever may look or write them sees them.
pub fn list(workspace: &Workspace, context: &Context) -> Result<Vec<Member>, AppError> {
    context.require_any(&[Right::Look, Right::MemberWrite])?;
    workspace.seen(context, "member.list", "members");
    Ok(workspace.store.members()?)
}

/// A member by its short name, for the same people.
pub fn find(workspace: &Workspace, context: &Context, id: &str) -> Result<Member, AppError> {
    context.require_any(&[Right::Look, Right::MemberWrite])?;
    workspace.seen(context, "member.view", id);
    named(workspace, id)
}

/// The same for an action that has asked for a right of its own.
pub(crate) fn named(workspace: &Workspace, id: &str) -> Result<Member, AppError> {
    let found = workspace.store.members()?.into_iter().find(|member| member.id == id);
    found.ok_or_else(|| AppError::NotFound {
        what: "member",
        name: id.to_owned(),
        remedy: "see `forewarn members list`".to_owned(),
    })
}

/// What deliveries to a member are signed with, for the member to keep: base64 with the prefix of Standard
/// Webhooks.
pub fn secret(workspace: &mut Workspace, context: &Context, id: &str) -> Result<String, AppError> {
    context.require(Right::MemberWrite)?;
    use base64::Engine as _;
    named(workspace, id)?;
    let secret = workspace.store.member_secret(id)?.unwrap_or_default();
    workspace.note(context, "member.secret", id, "shown")?;
    Ok(format!("whsec_{}", base64::engine::general_purpose::STANDARD.encode(secret)))
}
