//! Where a notice goes, who has it, and what they answered.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::delivery::queue::{self, Selection};
use forewarn_app::delivery::send;
use forewarn_app::delivery::status::{self, Row};
use forewarn_app::member;
use forewarn_app::model::member::Member;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{Country, MemberKind, NoticeState, ReceiptKind, Timestamp};
use forewarn_app::notice;

use crate::shell::{Frame, PageError, Shared, Signed, page};

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/notices/{id}/distribution", get(show).post(distribute))
        .route("/notices/{id}/distribution/retry", post(retry))
}

/// A box to tick.
struct Box {
    name: String,
    word: String,
    ticked: bool,
}

struct Reached {
    member: String,
    name: String,
    ways: String,
}

/// What one member did.
struct Answered {
    member: String,
    deliveries: Vec<(String, String, String)>,
    delivered: Option<String>,
    opened: Option<String>,
    acknowledged: Option<String>,
    replies: Vec<ReplyRow>,
}

struct ReplyRow {
    word: String,
    text: String,
    identifiers: Vec<String>,
    report: Option<String>,
    at: String,
}

#[derive(Template)]
#[template(path = "notice_delivery.html")]
struct DeliveryPage {
    frame: Frame,
    id: String,
    number: String,
    issued: bool,
    kinds: Vec<Box>,
    countries: Vec<Box>,
    recipients: Vec<Reached>,
    left_out: Vec<(String, String)>,
    rows: Vec<Answered>,
    given_up: bool,
    /// When it goes out.
    leaves: String,
}

#[derive(Template)]
#[template(path = "notice_delivery_status.html")]
struct StatusPart {
    frame: Frame,
    id: String,
    rows: Vec<Answered>,
    given_up: bool,
}

type Fields = Vec<(String, String)>;

/// The members that a form names: those that fit every list that is not empty.
fn selection(fields: &Fields) -> Result<Selection, PageError> {
    let mut chosen = Selection::default();
    for (name, value) in fields {
        let unknown =
            |error: &dyn std::fmt::Display| PageError::bad(format!("read {name} {value:?}: {error}"));
        match name.as_str() {
            "kind" => chosen.kinds.push(value.parse::<MemberKind>().map_err(|error| unknown(&error))?),
            "country" => chosen.countries.push(value.parse::<Country>().map_err(|error| unknown(&error))?),
            _ => {}
        }
    }
    Ok(chosen)
}

async fn show(
    State(shell): State<Shared>,
    who: Signed,
    headers: HeaderMap,
    Path(id): Path<String>,
    axum::extract::RawQuery(query): axum::extract::RawQuery,
) -> Result<Response, PageError> {
    let fields: Fields = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    let chosen = selection(&fields)?;
    let (name, wanted) = (id.clone(), chosen.clone());
    let may = who.rights().has(Right::NoticeIssue);
    let (found, plan, members, rows) = shell
        .read(&who, move |workspace, context| {
            let (_, found) = notice::find(workspace, context, &name)?;
            let plan =
                if may { queue::plan(workspace, context, &name, &wanted)?.1 } else { queue::Plan::default() };
            Ok((found, plan, member::list(workspace, context)?, status::run(workspace, context, &name)?))
        })
        .await?;
    let frame = Frame::new(&shell, &who, "notices", "notice-distribution");
    let given_up = rows.iter().any(gave_up);
    let rows: Vec<Answered> = rows.iter().map(|row| answered(&frame, row)).collect();
    let (id, number) = (found.id.to_string(), found.number.clone());
    if headers.contains_key("hx-request") {
        return page(&StatusPart { frame, id, rows, given_up });
    }
    let kinds = MemberKind::ALL.iter().map(|kind| Box {
        name: kind.as_str().to_owned(),
        word: frame.word_of("member-kind", kind),
        ticked: chosen.kinds.contains(kind),
    });
    let mut countries: Vec<Country> = members.iter().filter_map(|member| member.country).collect();
    countries.sort_unstable();
    countries.dedup();
    let countries = countries.iter().map(|country| Box {
        name: country.to_string(),
        word: frame.country(country),
        ticked: chosen.countries.contains(country),
    });
    let recipients = plan.recipients.iter().map(|member| {
        let ways: Vec<&str> = member.channels.iter().map(|channel| channel.kind()).collect();
        let ways = if ways.is_empty() { frame.w("notice-fetches") } else { ways.join(", ") };
        Reached { member: member.id.clone(), name: member.name.clone(), ways }
    });
    let left_out = plan.left_out.iter().map(|(member, why)| {
        let why = if why.contains("cleared") { "notice-left-clearance" } else { "notice-left-inactive" };
        (member.name.clone(), frame.w(why))
    });
    let waits = |member: &Member| {
        let ways = &member.channels;
        !shell.options.courier.as_ref().is_some_and(|courier| ways.iter().all(|way| courier.takes(way)))
    };
    let leaves = match &shell.options.courier {
        None => "notice-queue-hint",
        Some(_) if plan.recipients.iter().any(waits) => "notice-queue-some",
        Some(_) => "notice-queue-soon",
    };
    let leaves = frame.w(leaves);
    page(&DeliveryPage {
        leaves,
        id,
        number,
        issued: found.state() == NoticeState::Issued,
        kinds: kinds.collect(),
        countries: countries.collect(),
        recipients: recipients.collect(),
        left_out: left_out.collect(),
        rows,
        given_up,
        frame,
    })
}

async fn distribute(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Redirect, PageError> {
    let (name, chosen) = (id.clone(), selection(&fields)?);
    shell.write(&who, move |workspace, context| queue::run(workspace, context, &name, &chosen)).await?;
    shell.outgoing.notify_one();
    shell.live.tell("deliveries", id.as_str());
    Ok(Redirect::to(&format!("/notices/{id}/distribution?done=notice-queued")))
}

async fn retry(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Redirect, PageError> {
    let name = id.clone();
    shell.write(&who, move |workspace, context| send::retry(workspace, context, &name)).await?;
    shell.outgoing.notify_one();
    shell.live.tell("deliveries", id.as_str());
    Ok(Redirect::to(&format!("/notices/{id}/distribution?done=notice-retried")))
}

fn gave_up(row: &Row) -> bool {
    row.deliveries.iter().any(|(delivery, _)| delivery.state.as_str() == "given_up")
}

fn answered(frame: &Frame, row: &Row) -> Answered {
    let time = |at: &Timestamp| frame.time(at);
    let receipt = |kind: ReceiptKind| row.receipts.get(&kind).map(time);
    let deliveries = row.deliveries.iter().map(|(delivery, said)| {
        let state = frame.word_of("notice-delivery", delivery.state.as_str());
        (delivery.channel.kind().to_owned(), state, said.clone().unwrap_or_default())
    });
    let replies = row.replies.iter().map(|(reply, report)| ReplyRow {
        word: frame.word_of("notice-reply", reply.kind),
        text: reply.text.clone(),
        identifiers: reply.observables.iter().map(|(_, value)| value.clone()).collect(),
        report: report.map(|id| id.to_string()),
        at: frame.time(&reply.at),
    });
    Answered {
        member: row.member.clone(),
        deliveries: deliveries.collect(),
        delivered: receipt(ReceiptKind::Delivered),
        opened: receipt(ReceiptKind::Opened),
        acknowledged: receipt(ReceiptKind::Acknowledged),
        replies: replies.collect(),
    }
}
