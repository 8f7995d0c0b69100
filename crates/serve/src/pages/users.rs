//! The users: list, invite, change, end their sessions.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::model::rights::{Right, Role};
use forewarn_app::model::{Tlp, User};
use forewarn_app::user::{self, Invitation};
use forewarn_app::{AppError, token};
use serde::Deserialize;

use super::account::{Row, SecretPage, TokenRow, session_rows, token_rows};
use crate::shell::{Frame, INTERFACE, PageError, Shared, Signed, Told, html_answer, page};

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/users", get(list))
        .route("/users/new", get(new).post(invite))
        .route("/users/{name}", get(show).post(change))
        .route("/users/{name}/invite", post(invite_again))
        .route("/users/{name}/second-factor", post(remove_factor))
        .route("/users/{name}/sessions", post(end_session))
        .route("/users/{name}/tokens", post(revoke_token))
}

/// A user as a row.
struct Line {
    name: String,
    shown: String,
    organisation: String,
    roles: Vec<String>,
    clearance: &'static str,
    cleared_for: String,
    active: bool,
}

#[derive(Template)]
#[template(path = "users.html")]
struct ListPage {
    frame: Frame,
    users: Vec<Line>,
}

/// What a form of a user holds, as it was typed.
#[derive(Debug, Clone, Default)]
struct Typed {
    name: String,
    shown: String,
    organisation: String,
    roles: Vec<Role>,
    clearance: String,
    /// Organisations, one a line.
    cleared_for: String,
    locale: String,
    active: bool,
    external: String,
}

#[derive(Template)]
#[template(path = "user.html")]
struct UserPage {
    frame: Frame,
    typed: Typed,
    /// Whether the user is there already.
    known: bool,
    totp: bool,
    /// Short names and names of the members.
    members: Vec<(String, String)>,
    sessions: Vec<Row>,
    tokens: Vec<TokenRow>,
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    session: String,
    #[serde(default)]
    token: String,
}

async fn list(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    let users = shell.read(&who, |workspace, context| user::list(workspace, context)).await?;
    let frame = Frame::new(&shell, &who, "users", "tab-users");
    let line = |user: &User| Line {
        name: user.name.to_string(),
        shown: user.shown.clone(),
        organisation: user.organisation.clone(),
        roles: user.roles.iter().map(|role| frame.word_of("role", role)).collect(),
        clearance: user.clearance.as_str(),
        cleared_for: user.organisations.join(", "),
        active: user.active,
    };
    let users = users.iter().map(line).collect();
    page(&ListPage { frame, users })
}

async fn new(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    who.require(Right::UserWrite)?;
    let clearance = Tlp::Green.as_str().to_owned();
    let typed = Typed { clearance, active: true, ..Typed::default() };
    let members = members(&shell, &who).await?;
    page(&empty(Frame::new(&shell, &who, "users", "user-new"), typed, members))
}

async fn invite(State(shell): State<Shared>, who: Signed, body: String) -> Result<Response, PageError> {
    who.require(Right::UserWrite)?;
    let typed = read(&body);
    let asked = typed.clone();
    let members = members(&shell, &who).await?;
    let outcome = match to_user(&typed, &members, shell.now()) {
        Ok(user) => {
            shell
                .write(&who, move |workspace, context| {
                    if user::list(workspace, context)?.iter().any(|known| known.name == user.name) {
                        let why =
                            format!("there is a user {:?} already: open and change that one", asked.name);
                        return Err(AppError::Refused { operation: "add the user", why });
                    }
                    let invitation = user::invite(workspace, context, &user)?;
                    if !asked.external.trim().is_empty() {
                        user::set_external(workspace, context, &asked.name, Some(&asked.external))?;
                    }
                    Ok(invitation)
                })
                .await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(invitation) => invitation_page(&shell, &who, &invitation),
        Err(error) if mendable(&error) => {
            let frame = Frame::new(&shell, &who, "users", "user-new").wrong_if(Some(&error));
            answer_again(&empty(frame, typed, members))
        }
        Err(error) => Err(error),
    }
}

async fn show(
    State(shell): State<Shared>,
    who: Signed,
    Path(name): Path<String>,
) -> Result<Response, PageError> {
    page(&known(&shell, &who, &name, None).await?)
}

async fn change(
    State(shell): State<Shared>,
    who: Signed,
    Path(name): Path<String>,
    body: String,
) -> Result<Response, PageError> {
    who.require(Right::UserWrite)?;
    let typed = Typed { name: name.clone(), ..read(&body) };
    let asked = typed.clone();
    let members = members(&shell, &who).await?;
    let outcome = match to_user(&typed, &members, shell.now()) {
        Ok(user) => {
            shell
                .write(&who, move |workspace, context| {
                    user::change(workspace, context, &user)?;
                    let known = user::external(workspace, context, &asked.name)?.unwrap_or_default();
                    if known != asked.external.trim() {
                        user::set_external(workspace, context, &asked.name, Some(&asked.external))?;
                    }
                    Ok(())
                })
                .await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("/users/{name}?done=user-changed")).into_response()),
        Err(error) if mendable(&error) => {
            answer_again(&known(&shell, &who, &name, Some((typed, error))).await?)
        }
        Err(error) => Err(error),
    }
}

async fn invite_again(
    State(shell): State<Shared>,
    who: Signed,
    Path(name): Path<String>,
) -> Result<Response, PageError> {
    let asked = name.clone();
    let outcome = shell
        .write(&who, move |workspace, context| {
            let user = user::find(workspace, context, &asked)?;
            user::invite(workspace, context, &user)
        })
        .await;
    match outcome {
        Ok(invitation) => invitation_page(&shell, &who, &invitation),
        Err(error) => settle(&shell, &who, &name, Err(error), "").await,
    }
}

async fn remove_factor(
    State(shell): State<Shared>,
    who: Signed,
    Path(name): Path<String>,
) -> Result<Response, PageError> {
    let asked = name.clone();
    let outcome = shell
        .write(&who, move |workspace, context| user::totp_remove(workspace, context, &asked, None))
        .await;
    settle(&shell, &who, &name, outcome, "totp-removed").await
}

async fn end_session(
    State(shell): State<Shared>,
    who: Signed,
    Path(name): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, PageError> {
    let asked = name.clone();
    let outcome = shell
        .write(&who, move |workspace, context| match chosen.session.as_str() {
            "" => user::end_all(workspace, context, &asked, None).map(drop),
            id => user::revoke_session(workspace, context, &asked, id).map(drop),
        })
        .await;
    settle(&shell, &who, &name, outcome, "session-ended").await
}

async fn revoke_token(
    State(shell): State<Shared>,
    who: Signed,
    Path(name): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, PageError> {
    who.require(Right::UserWrite)?;
    let outcome = shell
        .write(&who, move |workspace, context| token::revoke(workspace, context, &chosen.token).map(drop))
        .await;
    settle(&shell, &who, &name, outcome, "token-revoked").await
}

/// Roles come as `role=…` each, which a form reader of fields does not gather.
fn read(body: &str) -> Typed {
    let mut typed = Typed::default();
    for (key, value) in form_urlencoded::parse(body.as_bytes()) {
        let value = value.into_owned();
        match key.as_ref() {
            "name" => typed.name = value.trim().to_owned(),
            "shown" => typed.shown = value,
            "organisation" => typed.organisation = value,
            "role" => typed.roles.extend(value.parse::<Role>().ok()),
            "clearance" => typed.clearance = value,
            "cleared-for" => typed.cleared_for = value,
            "locale" => typed.locale = value,
            "active" => typed.active = true,
            "external" => typed.external = value,
            _ => {}
        }
    }
    typed
}

/// The members to choose from, with their short names.
async fn members(shell: &Shared, who: &Signed) -> Result<Vec<(String, String)>, PageError> {
    let named = |workspace: &mut _, context: &_| user::members(workspace, context);
    shell.read(who, named).await
}

fn to_user(
    typed: &Typed,
    members: &[(String, String)],
    now: forewarn_app::model::Timestamp,
) -> Result<User, PageError> {
    let unread = |what: String| PageError::new(StatusCode::UNPROCESSABLE_ENTITY, what);
    let organisation = typed.organisation.trim();
    // A partner reads what was issued for a member. Who leaves need not be put in order first.
    if typed.active
        && typed.roles.contains(&Role::Partner)
        && !members.iter().any(|(id, _)| id == organisation)
    {
        let what = format!("read the organisation {organisation:?}: a partner belongs to a member");
        return Err(unread(what).told(Told::Message("partner-member", "name", organisation.to_owned())));
    }
    let locale = match typed.locale.as_str() {
        "" => None,
        tag => Some(tag.parse().map_err(|error| unread(format!("{error}")))?),
    };
    let lines = typed.cleared_for.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(User {
        name: typed.name.parse().map_err(|error| unread(format!("{error}")))?,
        shown: typed.shown.trim().to_owned(),
        organisation: organisation.to_owned(),
        roles: typed.roles.clone(),
        clearance: typed.clearance.parse().map_err(|error| unread(format!("{error}")))?,
        organisations: lines.map(str::to_owned).collect(),
        locale,
        active: typed.active,
        created: now,
    })
}

fn empty(frame: Frame, typed: Typed, members: Vec<(String, String)>) -> UserPage {
    let (sessions, tokens) = (Vec::new(), Vec::new());
    UserPage { frame, typed, known: false, totp: false, members, sessions, tokens }
}

async fn known(
    shell: &Shared,
    who: &Signed,
    name: &str,
    wrong: Option<(Typed, PageError)>,
) -> Result<UserPage, PageError> {
    who.require(Right::UserWrite)?;
    let asked = name.to_owned();
    let members = members(shell, who).await?;
    let (user, external, totp, sessions, tokens) = shell
        .read(who, move |workspace, context| -> Result<_, AppError> {
            let user = user::find(workspace, context, &asked)?;
            Ok((
                user,
                user::external(workspace, context, &asked)?,
                user::totp_on(workspace, context, &asked)?,
                user::sessions(workspace, context, &asked)?,
                token::list(workspace, context, Some(&asked))?,
            ))
        })
        .await?;
    let mut frame = Frame::new(shell, who, "users", "tab-users").titled(user.shown.clone());
    let typed = match wrong {
        Some((typed, error)) => {
            frame = frame.wrong_if(Some(&error));
            typed
        }
        None => Typed {
            name: user.name.to_string(),
            shown: user.shown,
            organisation: user.organisation,
            roles: user.roles,
            clearance: user.clearance.as_str().to_owned(),
            cleared_for: user.organisations.join("\n"),
            locale: user.locale.map_or_else(String::new, |locale| locale.to_string()),
            active: user.active,
            external: external.unwrap_or_default(),
        },
    };
    let here = who.account().ok().and_then(|account| account.session().ok());
    let sessions = session_rows(&frame, &sessions, here);
    let tokens = token_rows(shell, &frame, &tokens);
    Ok(UserPage { frame, typed, known: true, totp, members, sessions, tokens })
}

fn invitation_page(shell: &Shared, who: &Signed, invitation: &Invitation) -> Result<Response, PageError> {
    let frame = Frame::new(shell, who, "users", "invitation-title");
    let name = invitation.user.to_string();
    let lead = frame.with("invitation-lead", "name", &name);
    let after = frame.with("invitation-until", "time", frame.time(&invitation.expires));
    // The address as this reader knows this server.
    let secret = format!("{}/join/{}", who.origin, invitation.token);
    page(&SecretPage { frame, lead, secret, after, back: format!("/users/{name}") })
}

/// What a person can mend on the page.
fn mendable(error: &PageError) -> bool {
    matches!(error.status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY)
}

async fn settle(
    shell: &Shared,
    who: &Signed,
    name: &str,
    outcome: Result<(), PageError>,
    done: &str,
) -> Result<Response, PageError> {
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("/users/{name}?done={done}")).into_response()),
        Err(error) if mendable(&error) => {
            let mut again = known(shell, who, name, None).await?;
            again.frame = again.frame.refused(error.what);
            answer_again(&again)
        }
        Err(error) => Err(error),
    }
}

fn answer_again(again: &UserPage) -> Result<Response, PageError> {
    let html = again.render().map_err(|_| PageError::failed("make the page"))?;
    Ok(html_answer(StatusCode::UNPROCESSABLE_ENTITY, html))
}

impl UserPage {
    /// The roles, each with what it is in words and whether the user has it.
    fn roles(&self) -> Vec<(&'static str, String, String, bool)> {
        let row = |role: &Role| {
            let told = self.frame.word_of("role-told", role);
            (role.as_str(), self.frame.word_of("role", role), told, self.typed.roles.contains(role))
        };
        Role::ALL.iter().map(row).collect()
    }

    fn clearances(&self) -> Vec<(&'static str, bool)> {
        Tlp::ALL.iter().map(|tlp| (tlp.as_str(), self.typed.clearance == tlp.as_str())).collect()
    }

    fn locales(&self) -> Vec<(&'static str, &'static str, bool)> {
        INTERFACE.iter().map(|(tag, name)| (*tag, *name, self.typed.locale == *tag)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_user_with_all_roles() {
        let typed = read(
            "name=+ana&role=analyst&role=reader&role=king&active=1&clearance=AMBER&shown=Ana&cleared-for=A%0D%0A%0D%0A+B+",
        );
        assert_eq!((typed.name.as_str(), typed.roles.len(), typed.active), ("ana", 2, true));
        let now = "2024-03-01T10:00:00Z".parse().unwrap();
        let user = to_user(&typed, &[], now).unwrap();
        assert_eq!((user.clearance, user.organisations), (Tlp::Amber, vec!["A".to_owned(), "B".to_owned()]));
        let wrong = to_user(&Typed { name: "Ana K".into(), ..typed }, &[], now).unwrap_err();
        assert!(wrong.what.contains("lower-case"));
    }

    #[test]
    fn a_partner_belongs_to_a_member() {
        let members = [("ke-bureau".to_owned(), "Bureau of Kenya".to_owned())];
        let check = |query: &str, expected: bool| {
            let typed = read(&format!("name=kim&clearance=GREEN&shown=Kim&{query}"));
            let now = "2024-03-01T10:00:00Z".parse().unwrap();
            let outcome = to_user(&typed, &members, now).map_err(|error| error.told);
            assert_eq!(outcome.is_ok(), expected, "{query}: {outcome:?}");
        };
        check("active=1&role=partner&organisation=ke-bureau", true);
        check("active=1&role=partner&organisation=+ke-bureau+", true);
        check("active=1&role=partner&organisation=Bureau+of+Kenya", false);
        check("active=1&role=partner", false);
        check("role=partner", true);
        check("active=1&role=reader&organisation=anything", true);
    }
}
