//! Signing in and out, and taking an invitation.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Form, FromRequestParts, Path, Query, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::model::UserName;
use forewarn_app::user::{self, Attempt, Password, PasswordError, Provider, SignIn, Step};
use forewarn_app::{AppError, Context};
use serde::Deserialize;

use super::account::password_told;
use crate::shell::session::{self, cookie, private_cookie, session_cookie};
use crate::shell::steps::STEP_S;
use crate::shell::{Access, Door, PageError, Shared, Signed, Told, html_answer};

/// The cookie that names a sign-in under way.
const STEP_COOKIE: &str = "forewarn_step";

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/sign-in", get(ask).post(enter))
        .route("/sign-in/code", post(code))
        .route("/sign-in/provider", get(to_provider))
        .route("/sign-in/callback", get(from_provider))
        .route("/sign-out", post(leave))
        .route("/join/{token}", get(invited).post(join))
}

/// What the browser says of itself.
struct Caller {
    headers: HeaderMap,
    agent: String,
    address: String,
}

impl FromRequestParts<Shared> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, shell: &Shared) -> Result<Self, Self::Rejection> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self {
            headers: parts.headers.clone(),
            agent: agent.unwrap_or_default().to_owned(),
            address: session::address(parts, shell),
        })
    }
}

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignInPage {
    door: Door,
    name: String,
    next: String,
    /// How the provider of sign-ins is called; blank if there is none.
    provider: String,
    /// Where it is gone to.
    provider_href: String,
}

#[derive(Template)]
#[template(path = "sign-in-code.html")]
struct CodePage {
    door: Door,
    next: String,
}

#[derive(Template)]
#[template(path = "join.html")]
struct JoinPage {
    door: Door,
    name: String,
    shown: String,
}

#[derive(Debug, Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
    #[serde(default)]
    done: String,
    /// Who has just joined.
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct Code {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

async fn ask(
    State(shell): State<Shared>,
    Query(Next { next, done, name }): Query<Next>,
    request: Request,
) -> Result<Response, PageError> {
    let headers = request.headers();
    if shell.options.access == Access::Local || session::find(headers, &shell).await?.is_some() {
        return Ok(Redirect::to(inside(&next)).into_response());
    }
    let mut door = Door::new(&shell, headers, "sign-in-title");
    if done == "joined" {
        door.note = door.w("done-joined");
    }
    // The address may hold anything: what is no name is not shown.
    let name = name.parse::<UserName>().map_or_else(|_| String::new(), |name| name.to_string());
    sign_in_page(&shell, StatusCode::OK, door, &name, &next)
}

async fn enter(
    State(shell): State<Shared>,
    caller: Caller,
    Form(entry): Form<Entry>,
) -> Result<Response, PageError> {
    let password = Password::new(&entry.password);
    let outcome = attempt(&shell, &caller, &entry.name, &password, None).await?;
    let door = || Door::new(&shell, &caller.headers, "sign-in-title");
    match outcome {
        SignIn::In { token, user } => welcome(&shell, &token, &user, &entry.next),
        SignIn::NeedsCode => {
            let step = user::waiting_name(&shell.options.context)?;
            shell.coding.put(step.clone(), shell.now(), (entry.name, password));
            let door = Door::new(&shell, &caller.headers, "sign-in-code-title");
            let mut response = door_answer(StatusCode::OK, &CodePage { door, next: entry.next })?;
            let cookie = private_cookie(&shell, STEP_COOKIE, &step, STEP_S)?;
            response.headers_mut().append(header::SET_COOKIE, cookie);
            Ok(response)
        }
        SignIn::Refused { retry_after_s } => {
            let (status, error) = refused(&door(), retry_after_s, "sign-in-refused");
            let response = sign_in_page(&shell, status, door().wrong(error), &entry.name, &entry.next)?;
            Ok(again_after(response, retry_after_s))
        }
    }
}

async fn code(
    State(shell): State<Shared>,
    caller: Caller,
    Form(given): Form<Code>,
) -> Result<Response, PageError> {
    let step = cookie(&caller.headers, STEP_COOKIE).unwrap_or_default().to_owned();
    let Some((name, password)) = shell.coding.get(&step, shell.now()) else {
        let door = Door::new(&shell, &caller.headers, "sign-in-title");
        let error = door.w("sign-in-again");
        return sign_in_page(&shell, StatusCode::UNAUTHORIZED, door.wrong(error), "", &given.next);
    };
    match attempt(&shell, &caller, &name, &password, Some(&given.code)).await? {
        SignIn::In { token, user } => {
            shell.coding.take(&step, shell.now());
            let mut response = welcome(&shell, &token, &user, &given.next)?;
            let gone = private_cookie(&shell, STEP_COOKIE, "", 0)?;
            response.headers_mut().append(header::SET_COOKIE, gone);
            Ok(response)
        }
        outcome => {
            let retry_after_s = match outcome {
                SignIn::Refused { retry_after_s } => retry_after_s,
                _ => 0,
            };
            let door = Door::new(&shell, &caller.headers, "sign-in-code-title");
            let (status, error) = refused(&door, retry_after_s, "sign-in-code-refused");
            let page = CodePage { door: door.wrong(error), next: given.next };
            Ok(again_after(door_answer(status, &page)?, retry_after_s))
        }
    }
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
    /// Who answers, where the provider says so (RFC 9207).
    iss: Option<String>,
}

async fn to_provider(
    State(shell): State<Shared>,
    headers: HeaderMap,
    Query(Next { next, .. }): Query<Next>,
) -> Result<Response, PageError> {
    let provider = provider(&shell)?;
    let step = Step::new(&shell.options.context)?;
    let (redirect, now) = (callback(&headers, &shell), shell.now());
    let (asked, state) = (step.clone(), step.state.clone());
    let address = away(move || provider.begin(&redirect, &asked, now)).await;
    let address = match address {
        Ok(address) => address,
        Err(why) => {
            tracing::warn!("begin a sign-in at the provider: {why}");
            return unavailable(&shell, &headers, &next);
        }
    };
    shell.vouching.put(state.clone(), now, (step, next));
    let mut response = Redirect::to(&address).into_response();
    let cookie = private_cookie(&shell, STEP_COOKIE, &state, STEP_S)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

async fn from_provider(
    State(shell): State<Shared>,
    caller: Caller,
    Query(back): Query<Back>,
) -> Result<Response, PageError> {
    let provider = provider(&shell)?;
    // The state must be this browser's: else somebody could sign it in as somebody else.
    let own = cookie(&caller.headers, STEP_COOKIE).is_some_and(|state| state == back.state);
    let taken = if own { shell.vouching.take(&back.state, shell.now()) } else { None };
    let Some((step, next)) = taken else {
        let door = Door::new(&shell, &caller.headers, "sign-in-title");
        let error = door.w("sign-in-again");
        return sign_in_page(&shell, StatusCode::UNAUTHORIZED, door.wrong(error), "", "/");
    };
    let mixed = back.iss.as_deref().is_some_and(|issuer| issuer != provider.issuer());
    if mixed || !back.error.is_empty() || back.code.is_empty() {
        tracing::warn!("come back from the provider: {:?}", shown(&back.error));
        return not_vouched(&shell, &caller.headers, &next);
    }
    let (redirect, now) = (callback(&caller.headers, &shell), shell.now());
    let names = match away(move || provider.finish(&redirect, &back.code, &step, now)).await {
        Ok(names) => names,
        Err(why) => {
            tracing::warn!("finish a sign-in at the provider: {why}");
            return unavailable(&shell, &caller.headers, &next);
        }
    };
    let agent = caller.agent.clone();
    let outcome =
        shell.admit(move |workspace, context| user::vouched(workspace, context, &names, &agent)).await?;
    match outcome {
        SignIn::In { token, user } => welcome(&shell, &token, &user, &next),
        _ => not_vouched(&shell, &caller.headers, &next),
    }
}

fn provider(shell: &Shared) -> Result<Arc<dyn Provider>, PageError> {
    let none = || {
        PageError::new(StatusCode::NOT_FOUND, "no provider of sign-ins is set: see `forewarn serve --help`")
    };
    shell.options.provider.clone().ok_or_else(none)
}

/// Where the provider sends the browser back to: written down there, so that no other is taken.
fn callback(headers: &HeaderMap, shell: &Shared) -> String {
    format!("{}/sign-in/callback", session::origin(headers, shell))
}

/// Asks over the network, away from the threads that answer.
async fn away<T: Send + 'static>(
    ask: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    tokio::task::spawn_blocking(ask).await.unwrap_or_else(|error| Err(error.to_string()))
}

fn unavailable(shell: &Shared, headers: &HeaderMap, next: &str) -> Result<Response, PageError> {
    let door = Door::new(shell, headers, "sign-in-title");
    let error = door.w("sign-in-provider-failed");
    sign_in_page(shell, StatusCode::BAD_GATEWAY, door.wrong(error), "", next)
}

fn not_vouched(shell: &Shared, headers: &HeaderMap, next: &str) -> Result<Response, PageError> {
    let door = Door::new(shell, headers, "sign-in-title");
    let error = door.w("sign-in-provider-unknown");
    sign_in_page(shell, StatusCode::UNAUTHORIZED, door.wrong(error), "", next)
}

/// The beginning of what somebody sent, for the log.
fn shown(text: &str) -> String {
    text.chars().take(100).collect()
}

async fn leave(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    let account = who.account()?.clone();
    shell.write(&who, move |workspace, context| user::sign_out(workspace, context, &account)).await?;
    let mut response = Redirect::to("/sign-in").into_response();
    let gone = private_cookie(&shell, session_cookie(&shell), "", 0)?;
    response.headers_mut().append(header::SET_COOKIE, gone);
    // What a browser kept of the pages goes too.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

async fn invited(
    State(shell): State<Shared>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let door = Door::new(&shell, &headers, "join-title");
    let found = shell.admit(move |workspace, context| user::invited(workspace, context, &token)).await?;
    let Some(user) = found else { return Err(ended(&door)) };
    door_answer(StatusCode::OK, &JoinPage { door, name: user.name.to_string(), shown: user.shown })
}

async fn join(
    State(shell): State<Shared>,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> Result<Response, PageError> {
    let door = Door::new(&shell, &headers, "join-title");
    let asked = token.clone();
    let found = shell.admit(move |workspace, context| user::invited(workspace, context, &asked)).await?;
    let Some(user) = found else { return Err(ended(&door)) };
    let outcome = if chosen.password == chosen.again {
        let password = Password::new(&chosen.password);
        shell
            .admit(move |workspace, context| {
                apart(user::join(workspace, context, &token, &password)).map(|told| told.map(drop))
            })
            .await?
            .map_err(|error| password_told(|message, facts| door.say(message, facts), &error))
    } else {
        Err(door.w("password-differs"))
    };
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("/sign-in?done=joined&name={}", user.name)).into_response()),
        Err(error) => {
            let page = JoinPage { door: door.wrong(error), name: user.name.to_string(), shown: user.shown };
            door_answer(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// A password that is not good enough is no failure: the person tries another.
pub(super) fn apart<T>(result: Result<T, AppError>) -> Result<Result<T, PasswordError>, AppError> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(AppError::Password(error)) => Ok(Err(error)),
        Err(error) => Err(error),
    }
}

async fn attempt(
    shell: &Shared,
    caller: &Caller,
    name: &str,
    password: &Password,
    code: Option<&str>,
) -> Result<SignIn, PageError> {
    let (name, password, code) = (name.to_owned(), password.clone(), code.map(str::to_owned));
    let (agent, address) = (caller.agent.clone(), caller.address.clone());
    shell
        .admit(move |workspace, context: &Context| {
            let (name, code) = (name.as_str(), code.as_deref());
            let (agent, address) = (agent.as_str(), address.as_str());
            user::sign_in(workspace, context, &Attempt { name, password: &password, code, agent, address })
        })
        .await
}

/// Sets the session, and leads to where the person wanted to go.
pub(super) fn welcome(
    shell: &Shared,
    token: &str,
    user: &forewarn_app::model::User,
    next: &str,
) -> Result<Response, PageError> {
    let next = match inside(next) {
        "/" => crate::shell::home(user.rights()),
        next => next,
    };
    let mut response = Redirect::to(next).into_response();
    let cookie = private_cookie(shell, session_cookie(shell), token, session_seconds(shell))?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

fn session_seconds(shell: &Shared) -> i64 {
    i64::from(shell.pool.limits().people.session_s_max)
}

fn refused(door: &Door, retry_after_s: u32, message: &str) -> (StatusCode, String) {
    if retry_after_s > 0 {
        return (StatusCode::TOO_MANY_REQUESTS, door.count("sign-in-wait", retry_after_s));
    }
    (StatusCode::UNAUTHORIZED, door.w(message))
}

fn again_after(mut response: Response, seconds: u32) -> Response {
    if seconds > 0 {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn ended(door: &Door) -> PageError {
    PageError::new(StatusCode::NOT_FOUND, door.w("join-ended")).told(Told::Here)
}

fn sign_in_page(
    shell: &Shared,
    status: StatusCode,
    door: Door,
    name: &str,
    next: &str,
) -> Result<Response, PageError> {
    let next = inside(next).to_owned();
    let provider =
        shell.options.provider.as_ref().map_or_else(String::new, |provider| provider.name().to_owned());
    let query: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    let provider_href = format!("/sign-in/provider?next={query}");
    door_answer(status, &SignInPage { door, name: name.to_owned(), next, provider, provider_href })
}

fn door_answer(status: StatusCode, page: &impl Template) -> Result<Response, PageError> {
    let html = page.render().map_err(|error| {
        tracing::error!("make a page: {error}");
        PageError::failed("make the page")
    })?;
    Ok(html_answer(status, html))
}

/// A path of this server, so that nobody is led elsewhere.
pub(super) fn inside(next: &str) -> &str {
    let path = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']);
    if path && next.len() <= 2_000 && next.is_ascii() { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_inside_only() {
        for (next, expected) in [
            ("/alarms?x=1", "/alarms?x=1"),
            ("", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nset-cookie: x", "/"),
        ] {
            assert_eq!(inside(next), expected, "{next:?}");
        }
    }
}
