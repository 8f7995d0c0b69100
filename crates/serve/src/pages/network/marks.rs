//! What an analyst does: marks of wrong ties, and views that are kept.

use askama::Template;
use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use forewarn_app::model::rights::Right;
use forewarn_app::network::mark;
use forewarn_app::network::save;
use forewarn_app::network::view;
use serde::Deserialize;

use super::panel::part;
use super::{Ask, pair};
use crate::shell::{Frame, PageError, Shared, Signed};

#[derive(Debug, Deserialize)]
pub(super) struct Ends {
    a: String,
    b: String,
    #[serde(default)]
    why: String,
}

#[derive(Template)]
#[template(path = "network_done.html")]
struct Done<'a> {
    frame: &'a Frame,
    message: &'static str,
}

pub(super) async fn mark_wrong(
    State(shell): State<Shared>,
    who: Signed,
    headers: HeaderMap,
    Form(ends): Form<Ends>,
) -> Result<Response, PageError> {
    let a = ends.a.clone();
    shell
        .write(&who, move |workspace, context| {
            context.require(Right::NetworkMark)?;
            let (a, b) = (named(&ends.a), named(&ends.b));
            mark::run(workspace, context, &a, &b, &ends.why).map(drop)
        })
        .await?;
    after(&shell, &who, &headers, "network-marked", &a)
}

pub(super) async fn take_back(
    State(shell): State<Shared>,
    who: Signed,
    headers: HeaderMap,
    Form(ends): Form<Ends>,
) -> Result<Response, PageError> {
    let a = ends.a.clone();
    shell
        .write(&who, move |workspace, context| {
            context.require(Right::NetworkMark)?;
            let (a, b) = (named(&ends.a), named(&ends.b));
            mark::take_back(workspace, context, &a, &b, &ends.why).map(drop)
        })
        .await?;
    after(&shell, &who, &headers, "network-unmarked", &a)
}

/// A key as `app` reads what people write.
fn named(key: &str) -> String {
    view::exact(key).map_or_else(|| key.to_owned(), |key| view::written(&key))
}

fn after(
    shell: &Shared,
    who: &Signed,
    headers: &HeaderMap,
    done: &'static str,
    a: &str,
) -> Result<Response, PageError> {
    shell.live.tell("network", "");
    if !headers.contains_key("hx-request") {
        return Ok(Redirect::to(&format!("/network?{}&done={done}", pair("q", a))).into_response());
    }
    let frame = Frame::new(shell, who, "network", "tab-network");
    let message = if done == "network-marked" { "done-network-marked" } else { "done-network-unmarked" };
    let html = Done { frame: &frame, message }.render();
    part(frame, headers, html)
}

#[derive(Debug, Deserialize)]
pub(super) struct SaveForm {
    name: String,
    query: String,
    #[serde(default)]
    pinned: String,
    shared: Option<String>,
}

pub(super) async fn save_view(
    State(shell): State<Shared>,
    who: Signed,
    Form(form): Form<SaveForm>,
) -> Result<Redirect, PageError> {
    let query = Ask::parse(&form.query).query()?;
    let pinned = match form.pinned.trim() {
        "" => Default::default(),
        text => serde_json::from_str(text).map_err(|error| {
            PageError::bad(format!("read the pinned nodes: {error}: load the page again"))
        })?,
    };
    let request = save::Request { name: form.name.clone(), shared: form.shared.is_some(), query, pinned };
    shell
        .write(&who, move |workspace, context| {
            save::run(workspace, context, &request, &save::Limits::default())
        })
        .await?;
    let name = pair("view", form.name.trim());
    Ok(Redirect::to(&format!("/network?{name}&done=network-saved")))
}

#[derive(Debug, Deserialize)]
pub(super) struct RemoveForm {
    name: String,
}

pub(super) async fn remove_view(
    State(shell): State<Shared>,
    who: Signed,
    Form(form): Form<RemoveForm>,
) -> Result<Redirect, PageError> {
    shell.write(&who, move |workspace, context| save::remove(workspace, context, &form.name)).await?;
    Ok(Redirect::to("/network?done=network-removed"))
}
