//! The sources: what was brought in, from where, when, and what became of it.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use forewarn_app::source;
use forewarn_app::store::StoredIngest;
use serde::Deserialize;

use crate::shell::{Frame, PageError, Shared, Signed, page};

/// Runs on a page.
const PAGE_COUNT: u32 = 100;

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/sources", get(list))
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
