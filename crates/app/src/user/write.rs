//! Adding, changing, finding users.

use forewarn_model::rights::Right;
use forewarn_model::{Language, Organisations, User};

use super::password::Password;
use super::{Signed, named, nobody};
use crate::{AppError, Context, Workspace};

/// Longest shown name or organisation, in bytes.
const WORDS_BYTES_MAX: usize = 200;

/// Most named organisations.
const ORGANISATIONS_MAX: usize = 100;

/// Longest name under which another system vouches, in bytes.
const EXTERNAL_BYTES_MAX: usize = 512;

/// Adds a user with a password.
pub fn add(
    workspace: &mut Workspace,
    context: &Context,
    user: &User,
    password: &Password,
) -> Result<(), AppError> {
    context.require(Right::UserWrite)?;
    password.rate(user)?;
    let hash = password.hash(context)?;
    put(workspace, context, user, Some(&hash))
}

/// Changes everything of a user but the name. Who is not active any more is signed out at once; new roles and a
/// new clearance hold from the next page on.
pub fn change(workspace: &mut Workspace, context: &Context, user: &User) -> Result<(), AppError> {
    context.require(Right::UserWrite)?;
    let before = workspace.store.user(user.name.as_str())?.ok_or_else(|| nobody(user.name.as_str()))?;
    check(context, user, Some(&before))?;
    let runs = |user: &User| user.active && user.rights().has(Right::UserWrite);
    if runs(&before) && !runs(user) {
        let others = workspace.store.users()?;
        if !others.iter().any(|other| other.name != user.name && runs(other)) {
            let why = "nobody else could write users: make another user administrator first".to_owned();
            return Err(AppError::Refused { operation: "change the user", why });
        }
    }
    workspace.store.change_user(user)?;
    workspace.note(context, "user.change", user.name.as_str(), &told(user))
}

/// Changes one's own shown name and language.
pub fn change_self(
    workspace: &mut Workspace,
    context: &Context,
    signed: &Signed,
    shown: &str,
    locale: Option<Language>,
) -> Result<User, AppError> {
    signed.session()?;
    let user = User { shown: shown.trim().to_owned(), locale, ..signed.user.clone() };
    check(context, &user, Some(&signed.user))?;
    workspace.store.change_user(&user)?;
    workspace.note(context, "user.change", user.name.as_str(), "shown name and language")?;
    Ok(user)
}

/// All users, in order of name.
pub fn list(workspace: &Workspace, context: &Context) -> Result<Vec<User>, AppError> {
    context.require(Right::UserWrite)?;
    workspace.seen(context, "user.list", "users");
    Ok(workspace.store.users()?)
}

/// Short names and names of the members that a user may belong to, in order.
pub fn members(workspace: &Workspace, context: &Context) -> Result<Vec<(String, String)>, AppError> {
    context.require(Right::UserWrite)?;
    Ok(workspace.store.members()?.into_iter().map(|member| (member.id, member.name)).collect())
}

/// A user by name.
pub fn find(workspace: &Workspace, context: &Context, name: &str) -> Result<User, AppError> {
    if context.actor != name {
        context.require(Right::UserWrite)?;
        workspace.seen(context, "user.view", name);
    }
    workspace.store.user(name)?.ok_or_else(|| nobody(name))
}

/// The name under which another system vouches for a user.
pub fn external(workspace: &Workspace, context: &Context, name: &str) -> Result<Option<String>, AppError> {
    let user = find(workspace, context, name)?;
    Ok(workspace.store.external(&user.name)?)
}

/// Writes the name under which another system vouches for a user (see [`super::vouched`]); none for no more.
pub fn set_external(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    external: Option<&str>,
) -> Result<(), AppError> {
    context.require(Right::UserWrite)?;
    let operation = "write the user";
    let name = named(name)?;
    workspace.store.user(name.as_str())?.ok_or_else(|| nobody(name.as_str()))?;
    let external = external.map(str::trim).filter(|external| !external.is_empty());
    // Addresses are compared in lower case; a subject is compared as it is.
    let external = external.map(|name| match name.strip_prefix("subject:") {
        Some(_) => name.to_owned(),
        None => name.to_lowercase(),
    });
    let external = external.as_deref();
    if external.is_some_and(|external| external.len() > EXTERNAL_BYTES_MAX) {
        let why = format!("the name at the provider is longer than {EXTERNAL_BYTES_MAX} bytes");
        return Err(AppError::Refused { operation, why });
    }
    if !workspace.store.put_external(&name, external)? {
        let why = "another user has this name at the provider: take it from them first".to_owned();
        return Err(AppError::Refused { operation, why });
    }
    let told = if external.is_some() { "written" } else { "removed" };
    workspace.note(context, "user.external", name.as_str(), told)
}

/// Checks and writes a new user.
pub(super) fn put(
    workspace: &mut Workspace,
    context: &Context,
    user: &User,
    hash: Option<&str>,
) -> Result<(), AppError> {
    let operation = "add the user";
    check(context, user, None)?;
    let most = workspace.limits.users_max;
    if workspace.store.users()?.len() >= most {
        return Err(AppError::Refused { operation, why: format!("there are {most} users already") });
    }
    if !workspace.store.add_user(user, hash)? {
        let why = format!(
            "there is a user {:?} already: choose another name, or change that one",
            user.name.as_str()
        );
        return Err(AppError::Refused { operation, why });
    }
    workspace.note(context, "user.add", user.name.as_str(), &told(user))
}

/// Whether a user may be written so, by this actor.
fn check(context: &Context, user: &User, before: Option<&User>) -> Result<(), AppError> {
    let refused = |why: String| AppError::Refused { operation: "write the user", why };
    for (what, words) in [("shown name", &user.shown), ("organisation", &user.organisation)] {
        if words.len() > WORDS_BYTES_MAX || words.chars().any(char::is_control) {
            return Err(refused(format!("its {what} is no line of at most {WORDS_BYTES_MAX} bytes")));
        }
    }
    if user.shown.trim().is_empty() {
        return Err(refused("its shown name is blank".to_owned()));
    }
    let plain = |name: &String| {
        !name.trim().is_empty() && name.len() <= WORDS_BYTES_MAX && !name.chars().any(char::is_control)
    };
    if user.organisations.len() > ORGANISATIONS_MAX || !user.organisations.iter().all(plain) {
        let why = format!(
            "expected at most {ORGANISATIONS_MAX} organisations, each named in at most {WORDS_BYTES_MAX} bytes"
        );
        return Err(refused(why));
    }
    let raised = before.is_none_or(|before| user.clearance > before.clearance);
    if raised && user.clearance > context.clearance.tlp {
        let (given, own) = (user.clearance.as_str(), context.clearance.tlp.as_str());
        return Err(refused(format!("clearance TLP:{given} is above your own, TLP:{own}")));
    }
    // Below AMBER+STRICT organisations make no difference.
    let had = before.map_or_else(Organisations::none, |before| before.sees().restricted());
    let given = user.sees().restricted().without(&had);
    if !context.clearance.restricted().has_all(&given) {
        let names = match given.without(&context.clearance.restricted()) {
            Organisations::Every => "every organisation".to_owned(),
            Organisations::Named(keys) => {
                keys.iter().map(|key| format!("{key:?}")).collect::<Vec<_>>().join(", ")
            }
        };
        return Err(refused(format!(
            "with {} the person would see what stays with {names}, which you are not cleared for yourself: ask \
             somebody who is, or the owner of the data folder",
            user.clearance
        )));
    }
    Ok(())
}

/// What is noted of a user: roles, clearance with the organisations named, whether active.
fn told(user: &User) -> String {
    let mut roles: Vec<&str> = user.roles.iter().map(|role| role.as_str()).collect();
    roles.sort_unstable();
    let active = if user.active { "" } else { ", inactive" };
    let organisations = match user.organisations.as_slice() {
        [] => String::new(),
        names => format!(" of {}", names.join(", ")),
    };
    format!("roles {}, TLP:{}{organisations}{active}", roles.join(" "), user.clearance.as_str())
}
