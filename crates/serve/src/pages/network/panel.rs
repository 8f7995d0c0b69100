//! A node, a tie, the way between two: a part of the page for the script, a page of its own without.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use forewarn_app::model::rights::Right;
use forewarn_app::network::explore::{Aim, Proof, Shown};
use forewarn_app::network::find::Key;
use forewarn_app::network::view::{self, Limits, NodeDetail};

use super::{Ask, grading_words, kind_word, pair};
use crate::shell::{Frame, PageError, Shared, Signed, html_answer, page};

struct ProofRow {
    report: String,
    kind: String,
    source: String,
    day: String,
    grading: String,
    grading_words: String,
    excerpt: String,
}

fn proof_row(frame: &Frame, proof: &Proof) -> ProofRow {
    let id = proof.external_id.as_ref().filter(|id| !id.is_empty()).map(|id| format!(" · {id}"));
    ProofRow {
        report: proof.report.to_string(),
        kind: frame.word_of("network-report", proof.kind),
        source: format!("{}{}", proof.source, id.unwrap_or_default()),
        day: proof.date.to_string().get(..10).unwrap_or_default().to_owned(),
        grading: proof.grading.to_string(),
        grading_words: grading_words(frame, &proof.grading.to_string()),
        excerpt: proof.excerpt.clone(),
    }
}

struct TiePart {
    kind: String,
    from: String,
    to: String,
    strength: String,
    reports: usize,
    shared_by: Option<usize>,
    proofs: Vec<ProofRow>,
    more: usize,
}

fn tie_part(frame: &Frame, shown: &Shown) -> TiePart {
    TiePart {
        kind: frame.word_of("network-tie", shown.kind.as_str()),
        from: view::safe(&shown.from),
        to: view::safe(&shown.to),
        strength: format!("{:.2}", shown.why.strength),
        reports: shown.why.reports,
        shared_by: shown.why.shared_by,
        proofs: shown.proofs.iter().map(|proof| proof_row(frame, proof)).collect(),
        more: shown.why.reports.saturating_sub(shown.proofs.len()),
    }
}

#[derive(Template)]
#[template(path = "network_node.html")]
struct NodePart<'a> {
    frame: &'a Frame,
    kind: String,
    ask: String,
    /// Where the report or campaign has its page.
    home: Option<String>,
    detail: &'a NodeDetail,
    proofs: Vec<ProofRow>,
    more: u64,
}

#[derive(Template)]
#[template(path = "network_tie.html")]
struct TiePartPage<'a> {
    frame: &'a Frame,
    a: &'a str,
    b: &'a str,
    ties: Vec<TiePart>,
    may_mark: bool,
}

#[derive(Template)]
#[template(path = "network_way.html")]
struct WayPart<'a> {
    frame: &'a Frame,
    from: &'a str,
    to: &'a str,
    steps: Option<Vec<TiePart>>,
    complete: bool,
}

#[derive(Template)]
#[template(path = "network_part.html")]
struct PartPage {
    frame: Frame,
    part: String,
}

/// A part by itself for the script; within a page for everybody else.
pub(super) fn part(
    frame: Frame,
    headers: &HeaderMap,
    html: askama::Result<String>,
) -> Result<Response, PageError> {
    let part = html.map_err(|error| {
        tracing::error!("make a page: {error}");
        PageError::failed("make the page")
    })?;
    match headers.contains_key("hx-request") {
        true => Ok(html_answer(StatusCode::OK, part)),
        false => page(&PartPage { part, frame }),
    }
}

pub(super) async fn node(
    State(shell): State<Shared>,
    who: Signed,
    headers: HeaderMap,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let key = Ask::read(raw).required("key")?;
    let detail = shell
        .read(&who, move |workspace, context| view::node(workspace, context, &key, &Limits::default()))
        .await?;
    let frame = Frame::new(&shell, &who, "network", "tab-network").titled(detail.label.clone());
    let home = match view::exact(&detail.key) {
        Some(Key::Report(id)) => Some(format!("/reports/{id}")),
        Some(Key::Campaign(id)) => Some(format!("/campaigns/{id}")),
        _ => None,
    };
    let html = NodePart {
        kind: kind_word(&frame, &detail.entity.kind.name()),
        ask: pair("q", &detail.key),
        home,
        proofs: detail.proofs.iter().map(|proof| proof_row(&frame, proof)).collect(),
        more: detail.reports.saturating_sub(detail.proofs.len() as u64),
        detail: &detail,
        frame: &frame,
    }
    .render();
    part(frame, &headers, html)
}

pub(super) async fn tie(
    State(shell): State<Shared>,
    who: Signed,
    headers: HeaderMap,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let ask = Ask::read(raw);
    let (a, b) = (ask.required("a")?, ask.required("b")?);
    let ends = (a.clone(), b.clone());
    let ties = shell
        .read(&who, move |workspace, context| {
            view::ties(workspace, context, &ends.0, &ends.1, &Limits::default())
        })
        .await?;
    let frame = Frame::new(&shell, &who, "network", "network-evidence");
    let html = TiePartPage {
        a: &a,
        b: &b,
        ties: ties.iter().map(|shown| tie_part(&frame, shown)).collect(),
        may_mark: frame.may(Right::NetworkMark),
        frame: &frame,
    }
    .render();
    part(frame, &headers, html)
}

pub(super) async fn way(
    State(shell): State<Shared>,
    who: Signed,
    headers: HeaderMap,
    raw: RawQuery,
) -> Result<Response, PageError> {
    let ask = Ask::read(raw);
    let (from, to) = (ask.required("way_from")?, ask.required("way_to")?);
    let ends = (from.clone(), to.clone());
    let found = shell
        .read(&who, move |workspace, context| {
            view::path(workspace, context, &ends.0, &ends.1, Aim::Shortest, &Limits::default())
        })
        .await?;
    let frame = Frame::new(&shell, &who, "network", "network-way");
    let html = WayPart {
        from: &from,
        to: &to,
        complete: found.as_ref().is_none_or(|(drawing, _)| drawing.complete),
        steps: found.map(|(_, steps)| steps.iter().map(|step| tie_part(&frame, step)).collect()),
        frame: &frame,
    }
    .render();
    part(frame, &headers, html)
}
