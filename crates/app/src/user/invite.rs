//! Invitations: a link, valid once and for a day, by which a person chooses a password.

use forewarn_model::clearance::EVERY_ORGANISATION;
use forewarn_model::rights::{Right, Role};
use forewarn_model::{Timestamp, Tlp, User, UserName};

use super::password::Password;
use super::{named, nobody, secret, write};
use crate::{AppError, Context, Workspace};

/// The name of the first administrator.
pub const FIRST: &str = "admin";

/// An invitation. What is in it is shown once and kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Who is invited.
    pub user: UserName,
    /// The end of the link: `/join/<token>`.
    pub token: String,
    /// Until when it holds.
    pub expires: Timestamp,
}

impl std::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Invitation").field("user", &self.user).finish_non_exhaustive()
    }
}

/// If nobody can sign in yet, invites an administrator, who may also look; makes that user if need be. Said again
/// at every start until somebody has joined; only the last invitation holds.
pub fn first_start(workspace: &mut Workspace, context: &Context) -> Result<Option<Invitation>, AppError> {
    context.require(Right::UserWrite)?;
    if workspace.store.anybody_can_sign_in()? {
        return Ok(None);
    }
    let user = User {
        name: named(FIRST)?,
        shown: "Administrator".to_owned(),
        organisation: String::new(),
        roles: vec![Role::Administrator, Role::Reader],
        clearance: Tlp::Red,
        organisations: vec![EVERY_ORGANISATION.to_owned()],
        locale: None,
        active: true,
        created: context.now,
    };
    match workspace.store.user(FIRST)? {
        None => write::put(workspace, context, &user, None)?,
        // Of no use to anybody so far: nobody could sign in.
        Some(known) if !known.active || !known.rights().has(Right::UserWrite) => {
            let changed = User { created: known.created, ..user };
            write::change(workspace, context, &changed)?;
        }
        Some(_) => {}
    }
    issue(workspace, context, named(FIRST)?).map(Some)
}

/// Invites a person: adds the user without a password, or lets one that is there choose a new password.
pub fn invite(workspace: &mut Workspace, context: &Context, user: &User) -> Result<Invitation, AppError> {
    context.require(Right::UserWrite)?;
    match workspace.store.user(user.name.as_str())? {
        None => write::put(workspace, context, user, None)?,
        Some(known) if !known.active => {
            let why = format!("{:?} is not active: activate the user first", user.name.as_str());
            return Err(AppError::Refused { operation: "invite", why });
        }
        Some(_) => {}
    }
    issue(workspace, context, user.name.clone())
}

/// Who was invited with this token, if it holds still.
pub fn invited(workspace: &Workspace, context: &Context, token: &str) -> Result<Option<User>, AppError> {
    Ok(workspace.store.invited(&secret::hash("invitation", token), context.now)?)
}

/// Takes an invitation: writes the password, once. The person then signs in, with the second factor if there is
/// one.
pub fn join(
    workspace: &mut Workspace,
    context: &Context,
    token: &str,
    password: &Password,
) -> Result<User, AppError> {
    let user = invited(workspace, context, token)?.ok_or_else(|| AppError::Refused {
        operation: "join",
        why: "this invitation was used, has ended or was replaced: ask an administrator for another"
            .to_owned(),
    })?;
    password.rate(&user)?;
    let hash = password.hash(context)?;
    workspace.store.put_password(&user.name, &hash, None)?;
    let joined = context.acting_as(user.name.as_str());
    workspace.note(&joined, "user.join", user.name.as_str(), "")?;
    Ok(user)
}

fn issue(workspace: &mut Workspace, context: &Context, user: UserName) -> Result<Invitation, AppError> {
    let operation = "invite";
    if workspace.store.user(user.as_str())?.is_none() {
        return Err(nobody(user.as_str()));
    }
    let token = secret::make(context, operation)?;
    let lasting = jiff::SignedDuration::from_secs(i64::from(workspace.limits.invitation_s));
    let expires = context.now.checked_add(lasting).map_err(AppError::refused(operation))?;
    workspace.store.put_invitation(&user, &secret::hash("invitation", &token), expires)?;
    workspace.note(context, "user.invite", user.as_str(), "")?;
    Ok(Invitation { user, token, expires })
}
