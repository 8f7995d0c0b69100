//! Notices: the board by state, a new draft, and what holds of a copy that somebody has.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Multipart, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use forewarn_app::model::date::day_of;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{Date, Marking, Notice, NoticeState, Pap, Tlp};
use forewarn_app::notice::draft::{self, Origin};
use forewarn_app::notice::verify::{self, Known};
use forewarn_app::notice::{self, localize, log};
use forewarn_app::{AppError, Context, Workspace, campaign, integrity};
use serde::Deserialize;

use crate::shell::{Frame, PageError, Shared, Signed, Told, html_answer, page};

/// How many ended notices the board shows.
const ENDED_MAX: usize = 20;

/// How many days before its last day a notice is told to be due.
const DUE_WITHIN_DAYS: i32 = 30;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/notices", get(board))
        .route("/notices/new", get(new).post(make))
        .route("/notices/verify", get(ask_verify).post(verified))
}

/// A notice on the board.
pub(super) struct Card {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) kind: &'static str,
    pub(super) tlp: String,
    pub(super) headline: String,
    pub(super) author: String,
    pub(super) review_by: Date,
    pub(super) state: String,
    /// Who has approved it so far.
    pub(super) approvals: usize,
}

struct Column {
    title: String,
    cards: Vec<Card>,
}

#[derive(Template)]
#[template(path = "notices.html")]
struct Board {
    frame: Frame,
    columns: Vec<Column>,
    due: Vec<(Card, i32)>,
    any: bool,
}

/// The columns of the board, and the states that stand in each.
const COLUMNS: [(&str, &[NoticeState]); 5] = [
    ("draft", &[NoticeState::Draft]),
    ("in-review", &[NoticeState::InReview]),
    ("approved", &[NoticeState::Approved]),
    ("issued", &[NoticeState::Issued]),
    ("ended", &[NoticeState::Superseded, NoticeState::Withdrawn, NoticeState::Expired]),
];

async fn board(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    let language = who.language;
    let (cards, due) = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            let names = engine.country_names();
            let mut cards = Vec::new();
            for (_, notice) in notice::list(workspace, context)? {
                let text = localize::headline(&notice, language, names)?;
                cards.push((card(&notice, text), notice));
            }
            let mut due = Vec::new();
            for (notice, days) in notice::due(workspace, context, DUE_WITHIN_DAYS)? {
                due.push((card(&notice, localize::headline(&notice, language, names)?), days));
            }
            Ok((cards, due))
        })
        .await?;
    let frame = Frame::new(&shell, &who, "notices", "tab-notices");
    let any = !cards.is_empty();
    let mut columns: Vec<Column> = COLUMNS
        .iter()
        .map(|(name, _)| Column { title: frame.word_of("notice-column", name), cards: Vec::new() })
        .collect();
    for (mut card, notice) in cards {
        card.state = frame.word_of("notice-state", notice.state());
        let place = COLUMNS.iter().position(|(_, states)| states.contains(&notice.state()));
        if let Some(column) = columns.get_mut(place.unwrap_or_default()) {
            column.cards.push(card);
        }
        break_off(&mut columns);
    }
    page(&Board { frame, columns, due, any })
}

/// The last column shows only the newest.
fn break_off(columns: &mut [Column]) {
    if let Some(ended) = columns.last_mut()
        && ended.cards.len() > ENDED_MAX
    {
        ended.cards.remove(0);
    }
}

fn card(notice: &Notice, headline: String) -> Card {
    Card {
        id: notice.id.to_string(),
        number: notice.number.clone(),
        kind: notice.kind.as_str(),
        tlp: notice.marking.tlp.as_str().to_owned(),
        headline,
        author: notice.author.clone(),
        review_by: notice.review_by,
        state: String::new(),
        approvals: forewarn_app::notice::review::approvals(notice).len(),
    }
}

/// What a new notice is to be, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Typed {
    alarm: String,
    campaign: String,
    issuer: String,
    number: String,
    tlp: String,
    retention_days: String,
}

#[derive(Template)]
#[template(path = "notice_new.html")]
struct NewPage {
    frame: Frame,
    typed: Typed,
    clearances: Vec<&'static str>,
    /// What is wrong with the number.
    taken: Option<String>,
}

impl NewPage {
    fn of(frame: Frame, typed: Typed) -> Self {
        let clearances = Tlp::ALL.iter().map(|tlp| tlp.as_str()).collect();
        Self { frame, typed, clearances, taken: None }
    }
}

async fn new(
    State(shell): State<Shared>,
    who: Signed,
    Query(mut typed): Query<Typed>,
) -> Result<Response, PageError> {
    who.require(Right::NoticeDraft)?;
    let asked = typed.clone();
    let (issuer, number) = shell
        .read(&who, move |workspace, context| {
            let from = origin(workspace, context, &asked)?;
            draft::suggestion(workspace, context, from)
        })
        .await?;
    (typed.issuer, typed.number) = (issuer, number);
    (typed.tlp, typed.retention_days) = ("GREEN".to_owned(), "365".to_owned());
    page(&NewPage::of(Frame::new(&shell, &who, "notices", "notice-new"), typed))
}

async fn make(
    State(shell): State<Shared>,
    who: Signed,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    who.require(Right::NoticeDraft)?;
    match draft_it(&shell, &who, typed.clone()).await {
        Ok(id) => {
            shell.live.tell("notices", id.as_str());
            Ok(Redirect::to(&format!("/notices/{id}?done=notice-drafted")).into_response())
        }
        Err(error) if matches!(error.status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY) => {
            let mut again = NewPage::of(Frame::new(&shell, &who, "notices", "notice-new"), typed);
            match &error.told {
                Told::Message(name @ "number-taken", fact, value) => {
                    again.taken = Some(again.frame.with(&format!("error-{name}"), fact, value));
                }
                _ => again.frame = again.frame.refused(error.what),
            }
            let html = again.render().map_err(|_| PageError::failed("make the page"))?;
            Ok(html_answer(StatusCode::UNPROCESSABLE_ENTITY, html))
        }
        Err(error) => Err(error),
    }
}

async fn draft_it(shell: &Shared, who: &Signed, typed: Typed) -> Result<String, PageError> {
    let tlp = marking(&typed.tlp)?;
    let days: u32 = typed.retention_days.trim().parse().map_err(|_| {
        let what = format!("read retention {:?}: expected a number of days", typed.retention_days);
        PageError::new(StatusCode::UNPROCESSABLE_ENTITY, what)
    })?;
    shell
        .write(who, move |workspace, context| {
            let request = draft::Request {
                from: origin(workspace, context, &typed)?,
                issuer: &typed.issuer,
                number: typed.number.trim(),
                as_of: day_of(context.now),
                marking: tlp,
                retention_days: days,
            };
            draft::run(workspace, context, &request).map(|notice| notice.id.to_string())
        })
        .await
}

/// A marking by its TLP label; what is clear may also be acted upon freely.
pub(super) fn marking(text: &str) -> Result<Marking, PageError> {
    let tlp: Tlp = text.parse().map_err(|error| PageError::bad(format!("read marking {text:?}: {error}")))?;
    Ok(Marking { tlp, pap: if tlp == Tlp::Clear { Pap::White } else { Marking::DEFAULT.pap } })
}

fn origin(workspace: &Workspace, context: &Context, typed: &Typed) -> Result<Origin, AppError> {
    context.require(Right::NoticeDraft)?;
    if !typed.campaign.is_empty() {
        return campaign::find::named(workspace, &typed.campaign).map(Origin::Campaign);
    }
    typed.alarm.parse().map(Origin::Alarm).map_err(|_| AppError::NotFound {
        what: "alarm",
        name: typed.alarm.clone(),
        remedy: "begin at an alarm or at a campaign".to_owned(),
    })
}

#[derive(Template)]
#[template(path = "notice_verify.html")]
struct VerifyPage {
    frame: Frame,
    /// What was found of the document that was given.
    found: Option<Found>,
    /// Why nothing could be checked.
    error: Option<String>,
}

struct Found {
    number: String,
    state: String,
    kid: String,
    holds: bool,
    checks: Vec<integrity::Check>,
}

async fn ask_verify(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    let frame = Frame::new(&shell, &who, "notices", "notice-verify");
    page(&VerifyPage { frame, found: None, error: None })
}

/// Checks a document against our own keys and log.
async fn verified(
    State(shell): State<Shared>,
    who: Signed,
    mut form: Multipart,
) -> Result<Response, PageError> {
    let unread =
        |error: axum::extract::multipart::MultipartError| PageError::new(error.status(), error.body_text());
    let mut document = Vec::new();
    while let Some(field) = form.next_field().await.map_err(unread)? {
        let bytes = field.bytes().await.map_err(unread)?;
        if !bytes.is_empty() {
            document = bytes.to_vec();
        }
    }
    let outcome = shell
        .read(&who, move |workspace, _| {
            let keys = log::key_set(&log::key_document(workspace)?)?;
            let copy = log::own(workspace)?;
            let known = Known { keys: Some(keys), log: Some(&copy), ..Known::default() };
            Ok(verify::run(&document, &known))
        })
        .await?;
    let frame = Frame::new(&shell, &who, "notices", "notice-verify");
    let (found, error) = match outcome {
        Ok(verified) => {
            let holds = verified.holds();
            let state = frame.word_of("notice-state", &verified.state);
            let found =
                Found { number: verified.number, state, kid: verified.kid, holds, checks: verified.checks };
            (Some(found), None)
        }
        Err(error) => (None, Some(error.to_string())),
    };
    page(&VerifyPage { frame, found, error })
}
