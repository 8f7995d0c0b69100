//! What of a notice is public: chosen by one person, published by another.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::model::rights::Right;
use forewarn_app::model::{ExtractChoice, ExtractState, NoticeState};
use forewarn_app::notice::extract::{self, Choice};
use forewarn_app::notice::localize;
use forewarn_app::notice::review::{Overridden, Told};

use crate::shell::{Frame, PageError, Shared, Signed, page};

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/notices/{id}/extract", get(show).post(propose))
        .route("/notices/{id}/extract/{step}", post(step))
}

struct Row {
    /// Its position, from 0.
    at: usize,
    text: String,
    chosen: bool,
}

struct StepRow {
    word: String,
    who: String,
    when: String,
    why: String,
}

#[derive(Template)]
#[template(path = "notice_extract.html")]
struct ExtractPage {
    frame: Frame,
    id: String,
    number: String,
    issued: bool,
    sentences: Vec<Row>,
    identifiers: Vec<Row>,
    /// What stands against making public what was chosen last.
    findings: Vec<Told>,
    steps: Vec<StepRow>,
    pending: bool,
    public: bool,
    own: bool,
}

async fn show(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let language = who.language;
    let (notice, all, texts, findings) = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            let (notice, all) = extract::of(workspace, context, &id)?;
            let view = localize::one(&notice, language, engine.country_names())?;
            let texts: Vec<String> =
                view.sections.into_iter().flat_map(|part| part.sentences).map(|one| one.text).collect();
            let last = all.last().map(|one| one.choice.clone()).unwrap_or_default();
            let findings = match all.is_empty() {
                true => Vec::new(),
                false => extract::findings(workspace, &notice, &last, language, engine.country_names())?,
            };
            Ok((notice, all, texts, findings))
        })
        .await?;
    let frame = Frame::new(&shell, &who, "notices", "notice-extract");
    let last = all.last().map(|one| one.choice.clone());
    let can = extract::choosable(&notice);
    // At first everything is ticked that names nobody; a person unticks.
    let ticked = |at: usize| last.as_ref().is_none_or(|choice| choice.statements.contains(&at));
    let sentences = can.iter().map(|at| Row {
        at: *at,
        text: texts.get(*at).cloned().unwrap_or_default(),
        chosen: ticked(*at),
    });
    let identifiers = notice.observables.iter().enumerate().map(|(at, one)| Row {
        at,
        text: one.value.clone(),
        chosen: last.as_ref().is_some_and(|choice| choice.observables.contains(&at)),
    });
    let steps = all.iter().flat_map(|one| &one.steps).map(|step| StepRow {
        word: frame.word_of("notice-extract-state", step.to),
        who: step.who.clone(),
        when: frame.time(&step.when),
        why: step.why.clone(),
    });
    let pending = all.last().filter(|one| one.state() == ExtractState::Proposed);
    let own = pending.is_some_and(|one| one.steps.first().who.eq_ignore_ascii_case(&who.name));
    page(&ExtractPage {
        id: notice.id.to_string(),
        number: notice.number.clone(),
        issued: notice.state() == NoticeState::Issued,
        sentences: sentences.collect(),
        identifiers: identifiers.collect(),
        findings,
        steps: steps.collect(),
        pending: pending.is_some(),
        public: all.iter().any(|one| one.state() == ExtractState::Published),
        own,
        frame,
    })
}

type Fields = Vec<(String, String)>;

async fn propose(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Redirect, PageError> {
    let positions = |name: &str| -> Result<Vec<usize>, PageError> {
        let chosen = fields.iter().filter(|(known, _)| known == name);
        let read = |(_, value): &(String, String)| {
            value.parse().map_err(|_| PageError::bad(format!("read {name} {value:?}: expected a number")))
        };
        let mut all = chosen.map(read).collect::<Result<Vec<usize>, _>>()?;
        all.sort_unstable();
        all.dedup();
        Ok(all)
    };
    let field = |name: &str| {
        fields.iter().find(|(known, _)| known == name).map_or_else(String::new, |(_, value)| value.clone())
    };
    let choice = ExtractChoice { statements: positions("sentence")?, observables: positions("identifier")? };
    let consent = field("consent");
    let overrides = match consent.trim() {
        "" => Vec::new(),
        reason => vec![Overridden {
            finding: "finding-extract-above".to_owned(),
            place: None,
            reason: reason.to_owned(),
        }],
    };
    take(&shell, &who, id, Choice::Propose(choice, overrides), field("why"), "notice-extract-proposed").await
}

async fn step(
    State(shell): State<Shared>,
    who: Signed,
    Path((id, step)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Redirect, PageError> {
    let why = fields.into_iter().find(|(name, _)| name == "why").map_or_else(String::new, |(_, why)| why);
    let (choice, done) = match step.as_str() {
        "publish" => (Choice::Publish, "notice-extract-published"),
        "reject" => (Choice::Reject, "notice-extract-rejected"),
        "withdraw" => (Choice::Withdraw, "notice-extract-withdrawn"),
        _ => return Err(PageError::not_found("step", &step)),
    };
    take(&shell, &who, id, choice, why, done).await
}

async fn take(
    shell: &Shared,
    who: &Signed,
    id: String,
    choice: Choice,
    why: String,
    done: &str,
) -> Result<Redirect, PageError> {
    let (name, told) = (id.clone(), Arc::clone(shell));
    shell
        .write(who, move |workspace, context| extract::run(workspace, context, &name, &choice, &why))
        .await?;
    told.live.tell("notices", id.as_str());
    Ok(Redirect::to(&format!("/notices/{id}/extract?done={done}")))
}
