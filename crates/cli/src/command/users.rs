//! `forewarn users`

use std::io::{self, IsTerminal as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use forewarn_app::model::rights::{Right, Rights};
use forewarn_app::model::{Tlp, Token, User};
use forewarn_app::user::{self, Ended, Invitation, Password};
use forewarn_app::{Context, Workspace, token};
use serde_json::{Value, json};

use crate::args::{Global, UserForm, Users, UsersAction};
use crate::exit::Code;
use crate::{output, setup};

/// Longest first line of a file with a password, in bytes.
const PASSWORD_FILE_BYTES_MAX: u64 = 64 * 1024;

pub(crate) fn run(global: &Global, args: &Users) -> Result<Code> {
    let context = setup::context(global);
    // The first user may be added before anything else is there.
    let mut workspace = match &args.action {
        UsersAction::Add { .. } | UsersAction::Invite { .. } => {
            Workspace::open(&setup::data_folder(global)?)?
        }
        _ => setup::workspace(global)?,
    };
    let workspace = &mut workspace;
    match &args.action {
        UsersAction::Add { name, form, password_file } => {
            let user = new(&context, name, form)?;
            user::add(workspace, &context, &user, &password(password_file.as_deref())?)?;
            show(global, &[user])
        }
        UsersAction::Invite { name, form } => {
            let known = user::list(workspace, &context)?.into_iter().find(|user| user.name.as_str() == name);
            let user = match known {
                None => new(&context, name, form)?,
                Some(known) => {
                    let user = changed(known.clone(), form);
                    if user != known {
                        user::change(workspace, &context, &user)?;
                    }
                    user
                }
            };
            told(global, &user::invite(workspace, &context, &user)?)
        }
        UsersAction::List => show(global, &user::list(workspace, &context)?),
        UsersAction::Change { name, form, activate, external, remove_second_factor } => {
            let mut user = changed(user::find(workspace, &context, name)?, form);
            user.active |= activate;
            user::change(workspace, &context, &user)?;
            if let Some(external) = external {
                user::set_external(workspace, &context, name, Some(external))?;
            }
            if *remove_second_factor {
                user::totp_remove(workspace, &context, name, None)?;
            }
            show(global, &[user])
        }
        UsersAction::Password { name, password_file } => {
            user::find(workspace, &context, name)?;
            user::set_password(workspace, &context, name, &password(password_file.as_deref())?)?;
            done(global, "the password was written, and all sessions ended")
        }
        UsersAction::Deactivate { name } => {
            let user = User { active: false, ..user::find(workspace, &context, name)? };
            user::change(workspace, &context, &user)?;
            show(global, &[user])
        }
        UsersAction::Sessions { name, revoke, revoke_all } => {
            user::find(workspace, &context, name)?;
            sessions(global, workspace, &context, name, revoke.as_deref(), *revoke_all)
        }
        UsersAction::Tokens { name, make, scopes, days, revoke } => {
            let owner = name.as_deref();
            if let Some(owner) = owner {
                user::find(workspace, &context, owner)?;
            }
            match (make, revoke) {
                (Some(name), _) => make_token(global, workspace, &context, owner, name, scopes, *days),
                (None, Some(prefix)) => match token::revoke(workspace, &context, prefix)? {
                    Ended::Now => done(global, "the token was revoked"),
                    Ended::Before => bail!(
                        "revoke token {prefix:?}: there is none that holds and begins so: see `forewarn users tokens`"
                    ),
                },
                (None, None) => list_tokens(global, &token::list(workspace, &context, owner)?),
            }
        }
    }
}

fn new(context: &Context, name: &str, form: &UserForm) -> Result<User> {
    let user = User {
        name: name.parse()?,
        shown: name.to_owned(),
        organisation: String::new(),
        roles: Vec::new(),
        clearance: Tlp::Green,
        organisations: Vec::new(),
        locale: None,
        active: true,
        created: context.now,
    };
    Ok(changed(user, form))
}

fn changed(user: User, form: &UserForm) -> User {
    let named = form.cleared_for.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    User {
        organisations: if form.cleared_for.is_empty() { user.organisations } else { named.collect() },
        shown: form.shown.clone().unwrap_or(user.shown),
        organisation: form.organisation.clone().unwrap_or(user.organisation),
        roles: if form.roles.is_empty() { user.roles } else { form.roles.clone() },
        clearance: form.clearance.unwrap_or(user.clearance),
        locale: form.language.or(user.locale),
        ..user
    }
}

/// From a file, or asked for twice on the terminal.
fn password(file: Option<&Path>) -> Result<Password> {
    if let Some(path) = file {
        let text = setup::text(path, PASSWORD_FILE_BYTES_MAX)?;
        return Ok(Password::new(text.lines().next().unwrap_or_default()));
    }
    if !io::stdin().is_terminal() {
        bail!(
            "read the password: there is no terminal to ask on: use --password-file, or `forewarn users invite`"
        );
    }
    let first = rpassword::prompt_password("Password: ").context("read the password")?;
    if rpassword::prompt_password("The same again: ").context("read the password")? != first {
        bail!("read the password: the two differ: nothing was changed, try again");
    }
    Ok(Password::new(&first))
}

fn told(global: &Global, invitation: &Invitation) -> Result<Code> {
    let path = format!("/join/{}", invitation.token);
    let until = invitation.expires.strftime("%Y-%m-%d %H:%M UTC");
    if global.json {
        output::json(&json!({
            "user": invitation.user.as_str(), "path": path, "expires": invitation.expires.to_string(),
        }))?;
        return Ok(Code::Done);
    }
    output::line(&format!(
        "Hand this to {}, to be opened at the address of `forewarn serve`; it works once, until {until}:",
        invitation.user
    ))?;
    output::line(&format!("  {path}"))?;
    Ok(Code::Done)
}

fn done(global: &Global, what: &str) -> Result<Code> {
    if global.json {
        output::json(&json!({ "done": what }))?;
    } else {
        output::line(what)?;
    }
    Ok(Code::Done)
}

fn show(global: &Global, users: &[User]) -> Result<Code> {
    if global.json {
        output::json(&Value::Array(users.iter().map(view).collect()))?;
        return Ok(Code::Done);
    }
    let rows = users.iter().map(|user| {
        vec![
            user.name.to_string(),
            user.shown.clone(),
            user.organisation.clone(),
            roles(user).join(" "),
            format!("TLP:{}", user.clearance.as_str()),
            user.organisations.join(", "),
            if user.active { String::new() } else { "inactive".to_owned() },
        ]
    });
    let empty = "no users yet: `forewarn users add` or `forewarn users invite` makes one, and so does the first `forewarn serve`";
    output::list(
        &["user", "shown", "organisation", "roles", "clearance", "cleared for", ""],
        rows.collect(),
        empty,
    )?;
    Ok(Code::Done)
}

fn view(user: &User) -> Value {
    json!({
        "name": user.name.as_str(), "shown": user.shown, "organisation": user.organisation,
        "roles": roles(user), "clearance": user.clearance.as_str(), "organisations": user.organisations,
        "language": user.locale.map(|locale| locale.to_string()), "active": user.active,
        "created": user.created.to_string(),
    })
}

fn roles(user: &User) -> Vec<&'static str> {
    user.roles.iter().map(|role| role.as_str()).collect()
}

fn sessions(
    global: &Global,
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    revoke: Option<&str>,
    all: bool,
) -> Result<Code> {
    if all {
        let count = user::end_all(workspace, context, name, None)?;
        return done(global, &format!("{count} sessions ended"));
    }
    if let Some(id) = revoke {
        return match user::revoke_session(workspace, context, name, id)? {
            Ended::Now => done(global, "the session ended"),
            Ended::Before => bail!(
                "end session {id:?}: none of {name:?} alone begins so: see `forewarn users sessions {name}`"
            ),
        };
    }
    let found = user::sessions(workspace, context, name)?;
    if global.json {
        let view = |session: &forewarn_app::model::Session| {
            json!({
                "id": session.printed(), "agent": session.agent, "made": session.made.to_string(),
                "last_seen": session.last_seen.to_string(), "expires": session.expires.to_string(),
            })
        };
        output::json(&Value::Array(found.iter().map(view).collect()))?;
        return Ok(Code::Done);
    }
    let rows = found.iter().map(|session| {
        vec![
            session.printed()[..12].to_owned(),
            session.agent.clone(),
            session.made.to_string(),
            session.last_seen.to_string(),
        ]
    });
    let empty = format!("nobody is signed in as {name:?}");
    output::list(&["session", "browser", "signed in", "last used"], rows.collect(), &empty)?;
    Ok(Code::Done)
}

fn make_token(
    global: &Global,
    workspace: &mut Workspace,
    context: &Context,
    owner: Option<&str>,
    name: &str,
    scopes: &[Right],
    days: u32,
) -> Result<Code> {
    let scopes = scopes.iter().fold(Rights::NONE, |all, right| all.with(*right));
    let request = token::Request { owner: owner.unwrap_or_default(), name, scopes, days };
    let made = token::make(workspace, context, &request)?;
    if global.json {
        let mut shown = token_view(&made.token);
        shown["secret"] = json!(made.secret);
        output::json(&shown)?;
    } else {
        output::note!("It is shown only now. A program sends it as `Authorization: Bearer …`:");
        output::line(&made.secret)?;
    }
    Ok(Code::Done)
}

fn list_tokens(global: &Global, tokens: &[Token]) -> Result<Code> {
    if global.json {
        output::json(&Value::Array(tokens.iter().map(token_view).collect()))?;
        return Ok(Code::Done);
    }
    let rows = tokens.iter().map(|token| {
        vec![
            token.prefix.clone(),
            token.owner.to_string(),
            token.name.clone(),
            scopes(token).join(" "),
            token.expires.to_string(),
            token.last_used.map_or_else(|| "never used".to_owned(), |day| day.to_string()),
            if token.revoked.is_some() { "revoked".to_owned() } else { String::new() },
        ]
    });
    let empty = "no tokens yet: `forewarn users tokens NAME --make feed --scope look` makes one";
    output::list(&["token", "owner", "name", "scopes", "ends", "last used", ""], rows.collect(), empty)?;
    Ok(Code::Done)
}

fn token_view(token: &Token) -> Value {
    json!({
        "prefix": token.prefix, "owner": token.owner.as_str(), "name": token.name, "scopes": scopes(token),
        "made": token.made.to_string(), "expires": token.expires.to_string(),
        "last_used": token.last_used.map(|day| day.to_string()),
        "revoked": token.revoked.map(|at| at.to_string()),
    })
}

fn scopes(token: &Token) -> Vec<&'static str> {
    token.scopes.iter().map(Right::as_str).collect()
}
