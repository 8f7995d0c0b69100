//! One's own account: name, language, password, second factor, sessions, tokens.

use askama::Template;
use axum::Router;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::model::rights::{Right, Rights};
use forewarn_app::model::{Session, Token};
use forewarn_app::user::{self, Enrolment, Password, PasswordError};
use forewarn_app::{AppError, token};
use serde::Deserialize;

use super::sign_in::apart;
use crate::shell::{Fact, Frame, INTERFACE, PageError, Shared, Signed, html_answer, page};

/// How many days a token holds if nobody says otherwise.
const TOKEN_DAYS: u32 = 90;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/account", get(show).post(change))
        .route("/account/password", post(change_password))
        .route("/account/second-factor", post(begin))
        .route("/account/second-factor/confirm", post(confirm))
        .route("/account/second-factor/remove", post(remove))
        .route("/account/sessions", post(end_session))
        .route("/account/tokens", post(make_token))
        .route("/account/tokens/revoke", post(revoke_token))
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    frame: Frame,
    name: String,
    shown: String,
    locale: String,
    roles: Vec<String>,
    clearance: &'static str,
    organisation: String,
    cleared_for: String,
    totp: bool,
    codes_left: u64,
    sessions: Vec<Row>,
    tokens: Vec<TokenRow>,
    scopes: Vec<Right>,
    days: u32,
}

/// A session as a row.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) agent: String,
    pub(super) made: String,
    pub(super) last_seen: String,
    /// Whether it is the one that asks.
    pub(super) here: bool,
}

/// A token as a row.
pub(super) struct TokenRow {
    pub(super) prefix: String,
    pub(super) name: String,
    pub(super) scopes: String,
    pub(super) expires: String,
    pub(super) last_used: String,
    /// Whether it can be used still.
    pub(super) holds: bool,
}

#[derive(Template)]
#[template(path = "account-enrol.html")]
struct EnrolPage {
    frame: Frame,
    secret: String,
    /// The modules of the QR code as an SVG path, and how many stand side by side.
    path: String,
    width: usize,
}

#[derive(Template)]
#[template(path = "account-codes.html")]
struct CodesPage {
    frame: Frame,
    codes: Vec<String>,
}

/// A secret that is shown once.
#[derive(Template)]
#[template(path = "secret.html")]
pub(super) struct SecretPage {
    pub(super) frame: Frame,
    pub(super) lead: String,
    pub(super) secret: String,
    pub(super) after: String,
    /// Where to go on.
    pub(super) back: String,
}

#[derive(Deserialize)]
struct Details {
    #[serde(default)]
    shown: String,
    #[serde(default)]
    locale: String,
}

#[derive(Deserialize)]
struct Passwords {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

#[derive(Deserialize)]
struct Code {
    #[serde(default)]
    code: String,
}

#[derive(Deserialize)]
struct Chosen {
    /// The id; blank for all others.
    #[serde(default)]
    session: String,
}

#[derive(Deserialize)]
struct Prefix {
    #[serde(default)]
    token: String,
}

async fn show(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    page(&account(&shell, &who).await?)
}

async fn change(
    State(shell): State<Shared>,
    who: Signed,
    Form(details): Form<Details>,
) -> Result<Response, PageError> {
    let account = who.account()?.clone();
    let locale = match details.locale.as_str() {
        "" => None,
        tag => Some(tag.parse().map_err(|error| PageError::bad(format!("{error}")))?),
    };
    let outcome = shell
        .write(&who, move |workspace, context| {
            user::change_self(workspace, context, &account, &details.shown, locale).map(drop)
        })
        .await;
    settle(&shell, &who, outcome, "account-changed").await
}

async fn change_password(
    State(shell): State<Shared>,
    who: Signed,
    Form(given): Form<Passwords>,
) -> Result<Response, PageError> {
    let account = who.account()?.clone();
    let frame = frame(&shell, &who);
    if given.password != given.again {
        let told = frame.w("password-differs");
        return again(&shell, &who, |frame| frame.wrong(told)).await;
    }
    let (current, new) = (Password::new(&given.current), Password::new(&given.password));
    let outcome = shell
        .write(&who, move |workspace, context| {
            apart(user::change_password(workspace, context, &account, &current, &new))
        })
        .await;
    match outcome {
        Ok(Err(error)) => {
            let told = password_told(|message, facts| frame.say(message, facts), &error);
            again(&shell, &who, |frame| frame.wrong(told)).await
        }
        outcome => settle(&shell, &who, outcome.map(drop), "password-changed").await,
    }
}

async fn begin(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    let account = who.account()?.clone();
    let outcome =
        shell.write(&who, move |workspace, context| user::totp_begin(workspace, context, &account)).await;
    match outcome {
        Ok(enrolment) => page(&enrol(frame(&shell, &who), &enrolment)?),
        Err(error) => settle(&shell, &who, Err(error), "").await,
    }
}

async fn confirm(
    State(shell): State<Shared>,
    who: Signed,
    Form(Code { code }): Form<Code>,
) -> Result<Response, PageError> {
    let account = who.account()?.clone();
    let outcome = shell
        .write(&who, move |workspace, context| user::totp_confirm(workspace, context, &account, &code))
        .await;
    match outcome {
        Ok(codes) => page(&CodesPage { frame: frame(&shell, &who), codes }),
        Err(error) => settle(&shell, &who, Err(error), "").await,
    }
}

async fn remove(
    State(shell): State<Shared>,
    who: Signed,
    Form(Code { code }): Form<Code>,
) -> Result<Response, PageError> {
    let name = who.account()?.user.name.to_string();
    let outcome = shell
        .write(&who, move |workspace, context| {
            user::totp_remove(workspace, context, &name, Some(code.as_str()))
        })
        .await;
    settle(&shell, &who, outcome, "totp-removed").await
}

async fn end_session(
    State(shell): State<Shared>,
    who: Signed,
    Form(Chosen { session }): Form<Chosen>,
) -> Result<Response, PageError> {
    let account = who.account()?.clone();
    let outcome = shell
        .write(&who, move |workspace, context| {
            let name = account.user.name.as_str();
            if session.is_empty() {
                return user::end_all(workspace, context, name, Some(&account)).map(drop);
            }
            user::revoke_session(workspace, context, name, &session).map(drop)
        })
        .await;
    settle(&shell, &who, outcome, "session-ended").await
}

/// The scopes come as `scope=…` each, which a form reader of fields does not gather.
async fn make_token(State(shell): State<Shared>, who: Signed, body: String) -> Result<Response, PageError> {
    let owner = who.account()?.user.name.to_string();
    who.require_presence()?;
    let (name, scopes, days) = read_token(&body)?;
    let outcome = shell
        .write(&who, move |workspace, context| {
            let request = token::Request { owner: &owner, name: &name, scopes, days };
            token::make(workspace, context, &request)
        })
        .await;
    match outcome {
        Ok(made) => {
            let frame = Frame::new(&shell, &who, "account", "token-made-title");
            let (lead, after) = (frame.w("token-made-lead"), frame.w("secret-once"));
            page(&SecretPage { frame, lead, secret: made.secret, after, back: "/account#tokens".to_owned() })
        }
        Err(error) => settle(&shell, &who, Err(error), "").await,
    }
}

async fn revoke_token(
    State(shell): State<Shared>,
    who: Signed,
    Form(Prefix { token }): Form<Prefix>,
) -> Result<Response, PageError> {
    who.account()?;
    let outcome = shell
        .write(&who, move |workspace, context| token::revoke(workspace, context, &token).map(drop))
        .await;
    settle(&shell, &who, outcome, "token-revoked").await
}

/// Name, scopes and days of a token.
fn read_token(body: &str) -> Result<(String, Rights, u32), PageError> {
    let (mut name, mut scopes, mut days) = (String::new(), Rights::NONE, TOKEN_DAYS);
    for (key, value) in form_urlencoded::parse(body.as_bytes()) {
        match key.as_ref() {
            "name" => name = value.into_owned(),
            "scope" => {
                let right: Right = value.parse().map_err(|error| PageError::bad(format!("{error}")))?;
                scopes = scopes.with(right);
            }
            "days" => {
                let whole = value.trim().parse();
                days = whole
                    .map_err(|_| PageError::bad(format!("read days {value:?}: expected a whole number")))?;
            }
            _ => {}
        }
    }
    Ok((name, scopes, days))
}

/// What is wrong with a password, in the words of the page.
pub(super) fn password_told(say: impl Fn(&str, &[(&str, Fact)]) -> String, error: &PasswordError) -> String {
    match error {
        PasswordError::Short { chars } => say("password-short", &[("count", Fact::from(*chars))]),
        PasswordError::Long => say("password-long", &[]),
        PasswordError::Weak { .. } => say("password-weak", &[]),
    }
}

/// Sessions as rows.
pub(super) fn session_rows(frame: &Frame, all: &[Session], here: Option<&[u8; 32]>) -> Vec<Row> {
    let row = |session: &Session| Row {
        id: session.printed(),
        agent: session.agent.clone(),
        made: frame.time(&session.made),
        last_seen: frame.time(&session.last_seen),
        here: here == Some(&session.id),
    };
    all.iter().map(row).collect()
}

/// Tokens as rows.
pub(super) fn token_rows(shell: &Shared, frame: &Frame, all: &[Token]) -> Vec<TokenRow> {
    let row = |token: &Token| TokenRow {
        prefix: token.prefix.clone(),
        name: token.name.clone(),
        scopes: token.scopes.iter().map(Right::as_str).collect::<Vec<_>>().join(", "),
        expires: frame.time(&token.expires),
        last_used: token.last_used.map_or_else(String::new, |day| day.to_string()),
        holds: token.revoked.is_none() && token.expires > shell.now(),
    };
    all.iter().map(row).collect()
}

fn frame(shell: &Shared, who: &Signed) -> Frame {
    Frame::new(shell, who, "account", "tab-account")
}

/// Back to the page with a note; or the page with what went wrong.
async fn settle(
    shell: &Shared,
    who: &Signed,
    outcome: Result<(), PageError>,
    done: &str,
) -> Result<Response, PageError> {
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("/account?done={done}")).into_response()),
        Err(error) if error.status == StatusCode::CONFLICT => {
            again(shell, who, |frame| frame.refused(error.what)).await
        }
        Err(error) => Err(error),
    }
}

/// The page once more, with what went wrong.
async fn again(
    shell: &Shared,
    who: &Signed,
    wrong: impl FnOnce(Frame) -> Frame,
) -> Result<Response, PageError> {
    let mut made = account(shell, who).await?;
    made.frame = wrong(made.frame);
    let html = made.render().map_err(|_| PageError::failed("make the page"))?;
    Ok(html_answer(StatusCode::UNPROCESSABLE_ENTITY, html))
}

async fn account(shell: &Shared, who: &Signed) -> Result<AccountPage, PageError> {
    let signed = who.account()?.clone();
    let name = signed.user.name.to_string();
    let (totp, codes_left, sessions, tokens) = shell
        .read(who, move |workspace, context| -> Result<_, AppError> {
            Ok((
                user::totp_on(workspace, context, &name)?,
                user::totp_left(workspace, context, &name)?,
                user::sessions(workspace, context, &name)?,
                token::list(workspace, context, Some(&name))?,
            ))
        })
        .await?;
    let frame = frame(shell, who);
    let user = &signed.user;
    Ok(AccountPage {
        name: user.name.to_string(),
        shown: user.shown.clone(),
        locale: user.locale.map_or_else(String::new, |locale| locale.to_string()),
        roles: user.roles.iter().map(|role| frame.word_of("role", role)).collect(),
        clearance: user.clearance.as_str(),
        organisation: user.organisation.clone(),
        cleared_for: user.organisations.join(", "),
        totp,
        codes_left,
        sessions: session_rows(&frame, &sessions, signed.session().ok()),
        tokens: token_rows(shell, &frame, &tokens),
        scopes: who.rights().iter().collect(),
        days: TOKEN_DAYS,
        frame,
    })
}

fn enrol(frame: Frame, enrolment: &Enrolment) -> Result<EnrolPage, PageError> {
    let code =
        qrcode::QrCode::new(enrolment.address.as_bytes()).map_err(|_| PageError::failed("draw the code"))?;
    let width = code.width();
    let mut path = String::new();
    for (at, colour) in code.to_colors().iter().enumerate() {
        if *colour == qrcode::Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width + 4, at / width + 4));
        }
    }
    let secret =
        enrolment.secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    Ok(EnrolPage { frame, secret, path, width: width + 8 })
}

impl AccountPage {
    /// The languages of the pages, with whether one is chosen.
    fn locales(&self) -> Vec<(&'static str, &'static str, bool)> {
        INTERFACE.iter().map(|(tag, name)| (*tag, *name, self.locale == *tag)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_token_with_its_scopes() {
        let (name, scopes, days) =
            read_token("name=feed+one&scope=look&days=7&scope=report_add&x=1").unwrap();
        assert_eq!((name.as_str(), days), ("feed one", 7));
        assert_eq!(scopes, Rights::NONE.with(Right::Look).with(Right::ReportAdd));
        assert!(read_token("scope=everything").unwrap_err().what.contains("expected one of"));
        assert!(read_token("days=many").unwrap_err().what.contains("whole number"));
    }
}
