//! Users, their sessions, and tokens of programs.

use forewarn_app::model::rights::{Right, Rights, Role};
use forewarn_app::model::{Session, Token, User};
use forewarn_app::user::Ended;
use forewarn_app::{AppError, token, user};
use serde_json::{Value, json};

use super::ask::{CURSOR, Kind, LIMITED, Param, body, list, maybe, path, query};
use super::members::markings;
use super::{Answer, Ask, DELETE, Endpoint, GET, Gives, Inside, POST, PUT, Run};
use crate::shell::{INTERFACE, PageError};

const NAME: Kind = Kind::Text(200);
const USER: Param = path("name", NAME, "The short name");
const WRITE: &str = "user_write";
const OWN: &str = "none for one's own; user_write";

/// How many days a token holds, if it is not said.
const TOKEN_DAYS: u32 = 90;

const SHOWN: Param = body("shown", NAME, "How the user is shown");
const ORGANISATION: Param = maybe("organisation", NAME, "The organisation; none if none");
const ROLES: Param = list("roles", Kind::Words(roles), "What the user is");
const CLEARANCE: Param = body("clearance", Kind::Words(markings), "The most restricted marking to be seen");
const ORGANISATIONS: Param = list(
    "organisations",
    NAME,
    "Whose restricted reports are to be seen besides those of the own one; `*` for all",
);
const LOCALE: Param =
    maybe("locale", Kind::Words(locales), "The language of the pages; the browser's if none");
const EXTERNAL: Param =
    maybe("external", Kind::Text(500), "The name at the provider that vouches; none if none");

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/account",
        name: "getAccount",
        told: "Who one is here, and what one may do",
        right: "none",
        run: Run::Read(account),
        ..GET
    },
    Endpoint {
        path: "/users",
        name: "listUsers",
        told: "The users, in order of name",
        right: WRITE,
        params: &[LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(users),
        ..GET
    },
    Endpoint {
        path: "/users",
        name: "inviteUser",
        told: "Add a user who chooses a password by the link that comes back, once",
        right: WRITE,
        params: &[
            body("name", NAME, "The short name: lower-case letters, digits, dots, hyphens"),
            SHOWN,
            ORGANISATION,
            ROLES,
            CLEARANCE,
            ORGANISATIONS,
            LOCALE,
            EXTERNAL,
        ],
        gives: Gives::Secret,
        run: Run::Write(invite),
        ..POST
    },
    Endpoint {
        path: "/users/{name}",
        name: "getUser",
        told: "A user",
        right: WRITE,
        params: &[USER],
        run: Run::Read(one_user),
        ..GET
    },
    Endpoint {
        path: "/users/{name}",
        name: "changeUser",
        told: "Write everything of a user anew but the name; who is not active any more is signed out at once",
        right: WRITE,
        params: &[
            USER,
            SHOWN,
            ORGANISATION,
            ROLES,
            CLEARANCE,
            ORGANISATIONS,
            LOCALE,
            EXTERNAL,
            maybe("active", Kind::Boolean, "Whether the user may sign in; true if none"),
        ],
        run: Run::Write(change),
        ..PUT
    },
    Endpoint {
        path: "/users/{name}/deactivate",
        name: "deactivateUser",
        told: "Sign a user out and let nobody in under that name, until the user is changed",
        right: WRITE,
        params: &[USER],
        run: Run::Write(deactivate),
        ..POST
    },
    Endpoint {
        path: "/users/{name}/invitation",
        name: "inviteUserAgain",
        told: "Make a new link by which a user chooses a new password, once; an earlier one holds no more",
        right: WRITE,
        params: &[USER],
        gives: Gives::Secret,
        run: Run::Write(invite_again),
        ..POST
    },
    Endpoint {
        path: "/users/{name}/second-factor",
        name: "removeSecondFactor",
        told: "Remove the second factor of another user, who lost it",
        right: WRITE,
        params: &[USER],
        run: Run::Write(remove_factor),
        ..DELETE
    },
    Endpoint {
        path: "/users/{name}/sessions",
        name: "listSessions",
        told: "The sessions of a user that hold, the last used first",
        right: OWN,
        params: &[USER, LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(sessions),
        ..GET
    },
    Endpoint {
        path: "/users/{name}/sessions",
        name: "endSessions",
        told: "End all sessions of a user",
        right: OWN,
        params: &[USER],
        run: Run::Write(end_sessions),
        ..DELETE
    },
    Endpoint {
        path: "/users/{name}/sessions/{session}",
        name: "endSession",
        told: "End one session of a user",
        right: OWN,
        params: &[USER, path("session", Kind::Text(64), "The session, as the list names it")],
        run: Run::Write(end_session),
        ..DELETE
    },
    Endpoint {
        path: "/tokens",
        name: "listTokens",
        told: "Tokens of programs: one's own, or those of another user",
        right: OWN,
        params: &[query("owner", NAME, "Whose; one's own if none"), LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(tokens),
        ..GET
    },
    Endpoint {
        path: "/tokens",
        name: "makeToken",
        told: "Make a token for a program; it may at most what its owner and you may. Asked with a token, it \
               takes the right to write users: a token makes no longer-lived one of itself",
        right: OWN,
        params: &[
            maybe("owner", NAME, "Whose; one's own if none"),
            body("name", Kind::Text(100), "What its owner calls it"),
            Param { required: true, ..list("scopes", Kind::Words(rights), "What it may do") },
            maybe("days", Kind::Integer(1, 3_650), "How many days it holds; 90 if none"),
        ],
        gives: Gives::Secret,
        run: Run::Write(make_token),
        ..POST
    },
    Endpoint {
        path: "/tokens/{prefix}",
        name: "revokeToken",
        told: "Revoke a token, by how it begins",
        right: OWN,
        params: &[path("prefix", Kind::Text(40), "How it begins, as the list names it")],
        run: Run::Write(revoke_token),
        ..DELETE
    },
];

fn roles() -> Vec<String> {
    Role::ALL.iter().map(ToString::to_string).collect()
}

fn rights() -> Vec<String> {
    Right::ALL.iter().map(ToString::to_string).collect()
}

fn locales() -> Vec<String> {
    INTERFACE.map(|(tag, _)| tag.to_owned()).into()
}

fn account(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let context = inside.context;
    let rights: Vec<String> = context.rights.iter().map(|right| right.to_string()).collect();
    let user = inside.who.account().ok().map(|account| view(&account.user));
    Ok(Answer::one(&json!({ "name": context.actor, "rights": rights, "user": user })))
}

fn users(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let found = user::list(inside.workspace, inside.context)?;
    Answer::part(found.iter().map(view).collect(), inside.ask)
}

fn one_user(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    inside.context.require(Right::UserWrite)?;
    let found = user::find(inside.workspace, inside.context, inside.ask.word("name"))?;
    Ok(Answer::one(&view(&found)))
}

fn invite(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let name = ask.word("name");
    if user::list(workspace, context)?.iter().any(|known| known.name.as_str() == name) {
        let why = format!("there is a user {name:?} already: change that one");
        return Err(AppError::Refused { operation: "add the user", why }.into());
    }
    let user = User { created: context.now, ..read(ask)? };
    let invitation = user::invite(workspace, context, &user)?;
    if let Some(external) = ask.text("external") {
        user::set_external(workspace, context, name, Some(external))?;
    }
    Ok(invited(&invitation))
}

fn change(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    context.require(Right::UserWrite)?;
    let name = ask.word("name");
    let before = user::find(workspace, context, name)?;
    let user = User { created: before.created, ..read(ask)? };
    user::change(workspace, context, &user)?;
    let (known, wanted) = (user::external(workspace, context, name)?, ask.text("external"));
    if known.as_deref() != wanted {
        user::set_external(workspace, context, name, wanted)?;
    }
    Ok(Answer::one(&view(&user)))
}

fn deactivate(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    context.require(Right::UserWrite)?;
    let user = User { active: false, ..user::find(workspace, context, ask.word("name"))? };
    user::change(workspace, context, &user)?;
    Ok(Answer::one(&view(&user)))
}

fn invite_again(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    context.require(Right::UserWrite)?;
    let user = user::find(workspace, context, ask.word("name"))?;
    Ok(invited(&user::invite(workspace, context, &user)?))
}

fn remove_factor(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    context.require(Right::UserWrite)?;
    let name = ask.word("name");
    if context.actor == name {
        return Err(PageError::bad(
            "name: one's own second factor is removed with a code of it, on the page",
        ));
    }
    user::totp_remove(workspace, context, name, None)?;
    Ok(Answer::one(&json!({ "name": name, "removed": true })))
}

fn sessions(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let found = user::sessions(inside.workspace, inside.context, inside.ask.word("name"))?;
    let view = |session: &Session| {
        json!({
            "id": session.printed(),
            "made": session.made.to_string(),
            "last_seen": session.last_seen.to_string(),
            "expires": session.expires.to_string(),
            "agent": session.agent,
        })
    };
    Answer::part(found.iter().map(view).collect(), inside.ask)
}

fn end_sessions(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let count = user::end_all(inside.workspace, inside.context, inside.ask.word("name"), None)?;
    Ok(Answer::one(&json!({ "ended": count })))
}

fn end_session(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let ended = user::revoke_session(workspace, context, ask.word("name"), ask.word("session"))?;
    Ok(Answer::one(&json!({ "ended": usize::from(ended == Ended::Now) })))
}

fn tokens(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let owner = inside.ask.text("owner").unwrap_or(&inside.context.actor);
    let found = token::list(inside.workspace, inside.context, Some(owner))?;
    Answer::part(found.iter().map(token_view).collect(), inside.ask)
}

fn make_token(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, who, ask, .. } = inside;
    who.require_presence()?;
    let scopes: Vec<Right> = ask.all("scopes")?;
    let request = token::Request {
        owner: ask.text("owner").unwrap_or(&context.actor),
        name: ask.word("name"),
        scopes: scopes.into_iter().fold(Rights::NONE, Rights::with),
        days: ask.get("days")?.unwrap_or(TOKEN_DAYS),
    };
    let made = token::make(workspace, context, &request)?;
    let mut told = token_view(&made.token);
    told["secret"] = json!(made.secret);
    Ok(Answer::made(&told))
}

fn revoke_token(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let ended = token::revoke(inside.workspace, inside.context, inside.ask.word("prefix"))?;
    Ok(Answer::one(&json!({ "revoked": ended == Ended::Now })))
}

/// The user that is asked for.
fn read(ask: &Ask) -> Result<User, PageError> {
    Ok(User {
        name: ask.need("name")?,
        shown: ask.word("shown").trim().to_owned(),
        organisation: ask.word("organisation").trim().to_owned(),
        roles: ask.all("roles")?,
        clearance: ask.need("clearance")?,
        organisations: ask.texts("organisations").to_vec(),
        locale: ask.get("locale")?,
        active: ask.text("active") != Some("false"),
        created: Default::default(),
    })
}

fn invited(invitation: &user::Invitation) -> Answer {
    Answer::made(&json!({
        "name": invitation.user.to_string(),
        "expires": invitation.expires.to_string(),
        "secret": format!("/join/{}", invitation.token),
    }))
}

fn view(user: &User) -> Value {
    json!({
        "name": user.name.to_string(),
        "shown": user.shown,
        "organisation": user.organisation,
        "roles": user.roles.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "clearance": user.clearance.to_string(),
        "organisations": user.organisations,
        "locale": user.locale.map(|locale| locale.to_string()),
        "active": user.active,
        "created": user.created.to_string(),
    })
}

fn token_view(token: &Token) -> Value {
    json!({
        "prefix": token.prefix,
        "name": token.name,
        "owner": token.owner.to_string(),
        "scopes": token.scopes.iter().map(|right| right.to_string()).collect::<Vec<_>>(),
        "made": token.made.to_string(),
        "expires": token.expires.to_string(),
        "last_used": token.last_used.map(|day| day.to_string()),
        "revoked": token.revoked.map(|at| at.to_string()),
    })
}
