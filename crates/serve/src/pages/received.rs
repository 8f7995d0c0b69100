//! What a member receives: notices to read, acknowledge and answer.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::delivery::{answer, identifier};
use forewarn_app::model::rights::Right;
use forewarn_app::model::{Grading, Notice, ReceiptKind, Reply, ReplyKind};
use forewarn_app::notice::localize;
use forewarn_app::notice::received::{self, Received};
use forewarn_app::{AppError, member};
use serde::Deserialize;

use crate::shell::{Frame, PageError, Shared, Signed, Told, html_answer, page};

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/received", get(list))
        .route("/received/{id}", get(show))
        .route("/received/{id}/acknowledge", post(acknowledge))
        .route("/received/{id}/reply", post(reply))
}

/// For whom: the organisation of the user; whoever sees all members may choose one, to answer in its name.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    member: String,
}

impl Ask {
    fn member(&self, who: &Signed) -> String {
        let own = who.account().map(|account| account.user.organisation.clone()).unwrap_or_default();
        if who.rights().has(Right::Look) && !self.member.is_empty() { self.member.clone() } else { own }
    }
}

struct Line {
    id: String,
    number: String,
    kind: &'static str,
    tlp: &'static str,
    headline: String,
    state: String,
    stands: bool,
    issued: String,
    acknowledged: bool,
    opened: bool,
}

#[derive(Template)]
#[template(path = "received.html")]
struct ListPage {
    frame: Frame,
    member: String,
    /// Members to choose from, for whoever may.
    members: Vec<(String, String)>,
    /// What was received; none where the organisation is no member.
    lines: Option<Vec<Line>>,
}

async fn list(
    State(shell): State<Shared>,
    who: Signed,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    who.require(Right::NoticeAnswer)?;
    let (language, member) = (who.language, ask.member(&who));
    let (asked, sees_all) = (member.clone(), who.rights().has(Right::Look));
    let (members, found) = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            let members: Vec<(String, String)> = match sees_all {
                true => member::list(workspace, context)?.into_iter().map(|one| (one.id, one.name)).collect(),
                false => Vec::new(),
            };
            if asked.is_empty() {
                return Ok((members, None));
            }
            let list = match received::list(workspace, context, &asked) {
                // An account may name an organisation that is no member: the page says what is missing.
                Err(AppError::NotFound { what: "member", .. }) => return Ok((members, None)),
                list => list?,
            };
            let mut all = Vec::new();
            for one in list {
                let headline = localize::headline(&one.notice, language, engine.country_names())?;
                all.push((one, headline));
            }
            Ok((members, Some(all)))
        })
        .await?;
    let frame = Frame::new(&shell, &who, "received", "tab-received");
    let lines =
        found.map(|all| all.into_iter().map(|(one, headline)| line(&frame, &one, headline)).collect());
    page(&ListPage { frame, member, members, lines })
}

fn line(frame: &Frame, one: &Received, headline: String) -> Line {
    let notice: &Notice = &one.notice;
    Line {
        id: notice.id.to_string(),
        number: notice.number.clone(),
        kind: notice.kind.as_str(),
        tlp: notice.marking.tlp.as_str(),
        headline,
        state: frame.word_of("notice-state", notice.state()),
        stands: one.stands(),
        issued: notice.issued_at().map_or_else(String::new, |at| frame.time(&at)),
        acknowledged: one.receipts.contains_key(&ReceiptKind::Acknowledged),
        opened: one.receipts.contains_key(&ReceiptKind::Opened),
    }
}

struct ReplyRow {
    word: String,
    text: String,
    identifiers: Vec<String>,
    at: String,
}

#[derive(Template)]
#[template(path = "received_one.html")]
struct OnePage {
    frame: Frame,
    member: String,
    line: Line,
    parts: Vec<(String, Vec<String>)>,
    identifiers: Vec<(String, String)>,
    replies: Vec<ReplyRow>,
    kinds: Vec<(&'static str, String)>,
    /// A reply that is to be mended, as it was typed.
    typed: Typed,
    faults: Faults,
}

async fn show(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    let member = ask.member(&who);
    let shown = one(&shell, &who, &id, member, None).await?;
    page(&shown)
}

/// The page of one; with a reply as it was typed, if something is wrong with it.
async fn one(
    shell: &Shared,
    who: &Signed,
    id: &str,
    member: String,
    wrong: Option<(Typed, PageError)>,
) -> Result<OnePage, PageError> {
    let language = who.language;
    let (asked, id, desk) = (member.clone(), id.to_owned(), std::sync::Arc::clone(&shell.desk));
    let (one, view) = shell
        .write(who, move |workspace, context| {
            let (one, _) = received::open(workspace, context, &asked, &id)?;
            let view =
                desk.with_engine(|engine| localize::one(&one.notice, language, engine.country_names()))?;
            Ok((one, view))
        })
        .await?;
    shell.live.tell("deliveries", one.notice.id.to_string());
    let mut frame = Frame::new(shell, who, "received", "tab-received").titled(one.notice.number.clone());
    let (typed, faults) = match wrong {
        Some((typed, error)) => {
            let (faults, rest) = faults(&frame, &error);
            if let Some(rest) = rest {
                frame = frame.refused(rest);
            }
            (typed, faults)
        }
        None => (Typed::default(), Faults::default()),
    };
    let parts = view.sections.iter().map(|part| {
        (part.heading.clone(), part.sentences.iter().map(|sentence| sentence.text.clone()).collect())
    });
    let word = |kind: &str| view.labels.get(&format!("observable-{}", kind.replace(':', "-"))).cloned();
    let identifiers = one.notice.observables.iter().map(|observable| {
        let kind = observable.kind.to_string();
        (word(&kind).unwrap_or(kind), observable.value.clone())
    });
    let replies = one.replies.iter().map(|reply| ReplyRow {
        word: frame.word_of("notice-reply", reply.kind),
        text: reply.text.clone(),
        identifiers: reply.observables.iter().map(|(_, value)| value.clone()).collect(),
        at: frame.time(&reply.at),
    });
    let kinds = ReplyKind::ALL.iter().map(|kind| (kind.as_str(), frame.word_of("notice-reply", kind)));
    Ok(OnePage {
        line: line(&frame, &one, view.headline.text.clone()),
        parts: parts.collect(),
        identifiers: identifiers.collect(),
        replies: replies.collect(),
        kinds: kinds.collect(),
        typed,
        faults,
        member,
        frame,
    })
}

/// What is wrong with a reply, beside the field that it is about.
#[derive(Debug, Default)]
struct Faults {
    text: Option<String>,
    identifiers: Option<String>,
}

/// The faults that belong to a field, and what belongs to none.
fn faults(frame: &Frame, error: &PageError) -> (Faults, Option<String>) {
    match &error.told {
        Told::Plain("reply-empty") => {
            (Faults { text: Some(frame.w("error-reply-empty")), ..Faults::default() }, None)
        }
        Told::Message(name @ "identifier-unread", fact, value) => {
            let told = frame.with(&format!("error-{name}"), fact, value);
            (Faults { identifiers: Some(told), ..Faults::default() }, None)
        }
        _ => (Faults::default(), Some(error.what.clone())),
    }
}

async fn acknowledge(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(ask): Form<Ask>,
) -> Result<Redirect, PageError> {
    let member = ask.member(&who);
    let (name, asked) = (id.clone(), member.clone());
    shell
        .write(&who, move |workspace, context| {
            answer::receive(workspace, context, &name, &asked, ReceiptKind::Acknowledged)
        })
        .await?;
    Ok(back(&shell, &id, &member, "received-acknowledged"))
}

/// What a member answers, as it was typed: one identifier a line, `kind:value`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    member: String,
    kind: String,
    text: String,
    identifiers: String,
}

async fn reply(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let member = Ask { member: typed.member.clone() }.member(&who);
    match keep(&shell, &who, &id, &member, &typed).await {
        Ok(()) => Ok(back(&shell, &id, &member, "received-replied").into_response()),
        Err(error) if matches!(error.status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY) => {
            let shown = one(&shell, &who, &id, member, Some((typed, error))).await?;
            let html = shown.render().map_err(|_| PageError::failed("make the page"))?;
            Ok(html_answer(StatusCode::UNPROCESSABLE_ENTITY, html))
        }
        Err(error) => Err(error),
    }
}

async fn keep(shell: &Shared, who: &Signed, id: &str, member: &str, typed: &Typed) -> Result<(), PageError> {
    let kind: ReplyKind = typed
        .kind
        .parse()
        .map_err(|error| PageError::bad(format!("read reply {:?}: {error}", typed.kind)))?;
    let lines = typed.identifiers.lines().map(str::trim).filter(|line| !line.is_empty());
    let observables = lines.map(identifier::read).collect::<Result<Vec<_>, AppError>>()?;
    if typed.text.trim().is_empty() && observables.is_empty() {
        let empty = PageError::new(StatusCode::UNPROCESSABLE_ENTITY, "reply: it says nothing");
        return Err(empty.told(Told::Plain("reply-empty")));
    }
    let (name, asked, text) = (id.to_owned(), member.to_owned(), typed.text.clone());
    shell
        .write(who, move |workspace, context| -> Result<(), AppError> {
            let (opened, _) = received::open(workspace, context, &asked, &name)?;
            let notice = opened.notice.id;
            let reply = Reply { notice, member: asked, at: context.now, kind, text, observables };
            answer::reply(workspace, context, &name, reply, Grading::UNKNOWN).map(|_| ())
        })
        .await
}

fn back(shell: &Shared, id: &str, member: &str, done: &str) -> Redirect {
    shell.live.tell("deliveries", id);
    let member: String = form_urlencoded::byte_serialize(member.as_bytes()).collect();
    Redirect::to(&format!("/received/{id}?member={member}&done={done}"))
}
