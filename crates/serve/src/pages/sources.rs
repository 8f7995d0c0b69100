//! The sources: what was brought in, from where, when, and what became of it; and whom a source belongs to.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use forewarn_app::model::rights::Right;
use forewarn_app::source::{self, own};
use forewarn_app::store::{StoredIngest, StoredSource};
use serde::Deserialize;

use crate::shell::{Frame, PageError, Shared, Signed, html_answer, page};

/// Runs on a page, or sources.
const PAGE_COUNT: u32 = 100;

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/sources", get(list)).route("/sources/owners", get(owners).post(give))
}

#[derive(Debug, Deserialize)]
struct Ask {
    cursor: Option<i64>,
}

struct Line {
    input: String,
    started: String,
    ended: bool,
    accepted: String,
    duplicates: String,
    refused: String,
    last_line: String,
}

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage {
    frame: Frame,
    runs: Vec<Line>,
    next: Option<i64>,
}

async fn list(
    State(shell): State<Shared>,
    who: Signed,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    let (runs, next) = shell
        .read(&who, move |workspace, context| source::list(workspace, context, ask.cursor, PAGE_COUNT))
        .await?;
    let frame = Frame::new(&shell, &who, "sources", "tab-sources");
    let line = |run: &StoredIngest| Line {
        input: run.input.clone(),
        started: frame.time(&run.started_at),
        ended: run.ended,
        accepted: frame.number(run.accepted),
        duplicates: frame.number(run.duplicates),
        refused: frame.number(run.refused),
        last_line: frame.number(run.last_line),
    };
    let runs = runs.iter().map(line).collect();
    page(&SourcesPage { frame, runs, next })
}

/// Which part of the sources is shown, and which one the form begins with.
#[derive(Debug, Deserialize)]
struct AskOwners {
    after: Option<String>,
    #[serde(default)]
    source: String,
}

/// What the form holds, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    source: String,
    #[serde(default)]
    organisation: String,
}

#[derive(Template)]
#[template(path = "owners.html")]
struct OwnersPage {
    frame: Frame,
    sources: Vec<StoredSource>,
    next: Option<String>,
    typed: Typed,
}

async fn owners(
    State(shell): State<Shared>,
    who: Signed,
    Query(ask): Query<AskOwners>,
) -> Result<Response, PageError> {
    let typed = Typed { source: ask.source, organisation: String::new() };
    page(&owners_page(&shell, &who, ask.after, typed).await?)
}

async fn give(
    State(shell): State<Shared>,
    who: Signed,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let asked = typed.clone();
    let outcome = shell
        .write(&who, move |workspace, context| {
            let organisation = Some(asked.organisation.as_str()).filter(|name| !name.trim().is_empty());
            own::run(workspace, context, asked.source.trim(), organisation)
        })
        .await;
    match outcome {
        Ok(_) => Ok(Redirect::to("/sources/owners?done=source-owned").into_response()),
        Err(error) if matches!(error.status, StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY) => {
            let mut again = owners_page(&shell, &who, None, typed).await?;
            again.frame = again.frame.refused(error.what);
            let html = again.render().map_err(|_| PageError::failed("make the page"))?;
            Ok(html_answer(StatusCode::UNPROCESSABLE_ENTITY, html))
        }
        Err(error) => Err(error),
    }
}

async fn owners_page(
    shell: &Shared,
    who: &Signed,
    after: Option<String>,
    mut typed: Typed,
) -> Result<OwnersPage, PageError> {
    let (sources, next) = shell
        .read(who, move |workspace, context| own::list(workspace, context, after.as_deref(), PAGE_COUNT))
        .await?;
    let known = sources.iter().find(|source| source.name == typed.source);
    if let Some(owner) = known.and_then(|source| source.organisation.clone())
        && typed.organisation.is_empty()
    {
        typed.organisation = owner;
    }
    Ok(OwnersPage { frame: Frame::new(shell, who, "sources", "owners"), sources, next, typed })
}

impl OwnersPage {
    /// The address of the form for a source.
    fn change(&self, source: &StoredSource) -> String {
        let name: String = form_urlencoded::byte_serialize(source.name.as_bytes()).collect();
        format!("/sources/owners?source={name}#owner")
    }

    /// The address of the next page.
    fn further(&self, next: &str) -> String {
        let name: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
        format!("/sources/owners?after={name}")
    }
}
