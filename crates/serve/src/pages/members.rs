//! The members: who receives notices, and how they are reached.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::model::member::Member;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{Channel, MemberKind, Tlp};
use forewarn_app::{AppError, member};
use serde::Deserialize;

use super::account::SecretPage;
use crate::shell::{Frame, PageError, Shared, Signed, html_answer, page};

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/members", get(list))
        .route("/members/new", get(new).post(add))
        .route("/members/{id}", get(show).post(change))
        .route("/members/{id}/secret", post(secret))
}

struct Line {
    id: String,
    name: String,
    kind: String,
    country: String,
    clearance: &'static str,
    channels: Vec<String>,
    active: bool,
}

#[derive(Template)]
#[template(path = "members.html")]
struct ListPage {
    frame: Frame,
    members: Vec<Line>,
}

/// What the form holds, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    country: String,
    #[serde(default)]
    clearance: String,
    #[serde(default)]
    channels: String,
    active: Option<String>,
}

#[derive(Template)]
#[template(path = "member.html")]
struct MemberPage {
    frame: Frame,
    typed: Typed,
    known: bool,
}

async fn list(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    let members = shell.read(&who, |workspace, context| member::list(workspace, context)).await?;
    let frame = Frame::new(&shell, &who, "members", "tab-members");
    let line = |member: &Member| Line {
        id: member.id.clone(),
        name: member.name.clone(),
        kind: frame.word_of("member-kind", member.kind),
        country: member.country.map_or_else(String::new, |country| frame.country(&country)),
        clearance: member.clearance.as_str(),
        channels: member.channels.iter().map(|channel| channel.kind().to_owned()).collect(),
        active: member.active,
    };
    let members = members.iter().map(line).collect();
    page(&ListPage { frame, members })
}

async fn new(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    who.require(Right::MemberWrite)?;
    let clearance = Tlp::Green.as_str().to_owned();
    let typed = Typed { clearance, active: Some("1".to_owned()), ..Typed::default() };
    page(&MemberPage { frame: Frame::new(&shell, &who, "members", "member-new"), typed, known: false })
}

async fn add(
    State(shell): State<Shared>,
    who: Signed,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    put(&shell, &who, typed, false).await
}

async fn show(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    who.require(Right::MemberWrite)?;
    let found = shell.read(&who, move |workspace, context| member::find(workspace, context, &id)).await?;
    let frame = Frame::new(&shell, &who, "members", "tab-members").titled(found.name.clone());
    page(&MemberPage { frame, typed: typed(&found), known: true })
}

async fn change(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    put(&shell, &who, Typed { id, ..typed }, true).await
}

async fn secret(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let asked = id.clone();
    let secret =
        shell.write(&who, move |workspace, context| member::secret(workspace, context, &asked)).await?;
    let frame = Frame::new(&shell, &who, "members", "member-secret");
    let (lead, after) = (frame.w("member-secret-lead"), frame.w("member-secret-noted"));
    page(&SecretPage { frame, lead, secret, after, back: format!("/members/{id}") })
}

async fn put(shell: &Shared, who: &Signed, typed: Typed, known: bool) -> Result<Response, PageError> {
    who.require(Right::MemberWrite)?;
    let outcome = match read(&typed) {
        Ok(read) => {
            shell
                .write(who, move |workspace, context| {
                    let there = member::list(workspace, context)?.iter().any(|other| other.id == read.id);
                    if there && !known {
                        let why =
                            format!("there is a member {:?} already: open and change that one", read.id);
                        return Err(AppError::Refused { operation: "add the member", why });
                    }
                    member::put(workspace, context, &read)
                })
                .await
        }
        Err(what) => Err(PageError::new(StatusCode::UNPROCESSABLE_ENTITY, what)),
    };
    match outcome {
        Ok(()) => Ok(Redirect::to("/members?done=member-saved").into_response()),
        Err(error) if matches!(error.status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY) => {
            let mut frame = Frame::new(shell, who, "members", "member-new").refused(error.what);
            if known {
                frame = frame.titled(typed.name.clone());
            }
            let html = MemberPage { frame, typed, known }.render();
            let html = html.map_err(|_| PageError::failed("make the page"))?;
            Ok(html_answer(StatusCode::UNPROCESSABLE_ENTITY, html))
        }
        Err(error) => Err(error),
    }
}

fn read(typed: &Typed) -> Result<Member, String> {
    let lines = typed.channels.lines().map(str::trim).filter(|line| !line.is_empty());
    let channels: Result<Vec<Channel>, _> = lines.map(str::parse).collect();
    let country = match typed.country.trim() {
        "" => None,
        code => Some(code.to_ascii_uppercase().parse().map_err(|error| format!("{error}"))?),
    };
    Ok(Member {
        id: typed.id.trim().to_owned(),
        name: typed.name.trim().to_owned(),
        kind: typed.kind.parse().map_err(|error| format!("{error}"))?,
        country,
        clearance: typed.clearance.parse().map_err(|error| format!("{error}"))?,
        channels: channels.map_err(|error| format!("{error}"))?,
        active: typed.active.is_some(),
    })
}

fn typed(member: &Member) -> Typed {
    let channels: Vec<String> = member.channels.iter().map(Channel::to_string).collect();
    Typed {
        id: member.id.clone(),
        name: member.name.clone(),
        kind: member.kind.as_str().to_owned(),
        country: member.country.map_or_else(String::new, |country| country.to_string()),
        clearance: member.clearance.as_str().to_owned(),
        channels: channels.join("\n"),
        active: member.active.then(|| "1".to_owned()),
    }
}

impl MemberPage {
    fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        let row = |kind: &MemberKind| {
            (kind.as_str(), self.frame.word_of("member-kind", kind), self.typed.kind == kind.as_str())
        };
        MemberKind::ALL.iter().map(row).collect()
    }

    fn clearances(&self) -> Vec<(&'static str, bool)> {
        Tlp::ALL.iter().map(|tlp| (tlp.as_str(), self.typed.clearance == tlp.as_str())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_the_same() {
        let form = Typed {
            id: "ke-bureau".into(),
            name: "Bureau Nairobi".into(),
            kind: "bureau".into(),
            country: "ke".into(),
            clearance: "AMBER".into(),
            channels: "webhook:https://bureau.example/notices\n\n email:desk@bureau.example ".into(),
            active: Some("1".into()),
        };
        let member = read(&form).unwrap();
        assert_eq!((member.channels.len(), member.active), (2, true));
        assert_eq!(read(&typed(&member)).unwrap(), member);
        assert!(
            read(&Typed { kind: "king".into(), ..form.clone() }).unwrap_err().contains("expected one of")
        );
        assert!(read(&Typed { channels: "pigeon:home".into(), ..form }).is_err());
    }
}
