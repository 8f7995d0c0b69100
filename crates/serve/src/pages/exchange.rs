//! The exchange with others: requests to talk, partners and what waits for them, private matching, statistics.

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Form, Multipart, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::exchange::status;
use forewarn_app::matching::{Limits, agree, ask, hits, receive, sets};
use forewarn_app::model::MatchPurpose;
use forewarn_app::model::rights::Right;
use forewarn_app::share::matching::{MEDIA_TYPE, hex};
use forewarn_app::statistics;
use serde::Deserialize;

use super::network::kind_word;
use crate::shell::{Fact, Frame, PageError, Shared, Signed, page};

/// How many requests to talk, exchanges and releases stand on the page.
const HITS_SHOWN: u32 = 200;
const MATCHES_SHOWN: u32 = 20;
const RELEASES_SHOWN: u32 = 10;

pub(crate) fn routes() -> Router<Shared> {
    let bytes_max = Limits::default().message.message_bytes_max();
    Router::new()
        .route("/exchange", get(show))
        .route("/exchange/hits/{number}", post(talked))
        .route("/exchange/ask", post(question))
        .route("/exchange/take", post(take).layer(DefaultBodyLimit::max(bytes_max)))
}

struct HitRow {
    number: i64,
    /// What kind of identifier it is, in words; empty where only a number is known.
    kind: String,
    value: String,
    case: String,
    officer: String,
    contact: String,
    at: String,
}

struct PartnerRow {
    name: String,
    title: String,
    waiting: String,
    sent: String,
    received: String,
    held: String,
    last: String,
}

struct AgreementRow {
    partner: String,
    set: String,
    learns: String,
    limit: String,
    active: bool,
}

struct SetRow {
    name: String,
    count: String,
    officer: String,
    made: String,
}

struct MatchRow {
    at: String,
    partner: String,
    asked: bool,
    purpose: String,
    values: String,
    state: String,
    hits: String,
}

struct ReleaseRow {
    at: String,
    actor: String,
    question: String,
    epsilon: String,
}

#[derive(Template)]
#[template(path = "exchange.html")]
struct ExchangePage {
    frame: Frame,
    hits: Vec<HitRow>,
    partners: Vec<PartnerRow>,
    agreements: Vec<AgreementRow>,
    sets: Vec<SetRow>,
    matches: Vec<MatchRow>,
    releases: Vec<ReleaseRow>,
    budget: String,
    /// Of 100.
    spent: u32,
}

#[derive(Template)]
#[template(path = "exchange_partner.html")]
struct PartnerPage {
    frame: Frame,
}

async fn show(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    who.require(Right::Share)?;
    let frame = Frame::new(&shell, &who, "exchange", "tab-exchange");
    if !who.rights().has(Right::Look) {
        return page(&PartnerPage { frame });
    }
    let read = move |workspace: &mut forewarn_app::Workspace, context: &forewarn_app::Context| {
        let limits = statistics::Limits::default();
        Ok((
            hits::list(workspace, context, true, HITS_SHOWN)?,
            status::run(workspace, context)?,
            agree::list(workspace, context)?,
            sets::list(workspace, context)?,
            hits::sessions(workspace, context, MATCHES_SHOWN)?,
            statistics::past(workspace, context, &limits, RELEASES_SHOWN)?,
            statistics::budget(workspace, context, &limits)?,
        ))
    };
    let (open, partners, agreements, sets, matches, past, budget) = shell.read(&who, read).await?;
    let hit_rows = open.into_iter().map(|hit| {
        let (kind, value) = match hit.value.is_empty() {
            true => (String::new(), frame.count("exchange-in-common", hit.count)),
            false => identifier(&frame, &hit.value),
        };
        HitRow {
            number: hit.number,
            kind,
            value,
            case: hit.case_ref,
            officer: hit.officer.name,
            contact: hit.officer.contact,
            at: frame.time(&hit.found_at),
        }
    });
    let partner_rows = partners.into_iter().map(|one| PartnerRow {
        waiting: one.waiting.map_or_else(|| "–".to_owned(), |count| frame.number(count)),
        sent: frame.number(one.for_it),
        received: frame.number(one.from_it),
        held: frame.number(one.held),
        last: one.runs.first().map_or_else(|| "–".to_owned(), |run| frame.time(&run.at)),
        name: one.partner.id,
        title: one.partner.title,
    });
    let agreement_rows = agreements.into_iter().map(|one| AgreementRow {
        set: one.set_name.unwrap_or_else(|| frame.w("exchange-may-not-ask")),
        learns: frame.word_of("exchange-learns", one.learns),
        limit: frame.say(
            "exchange-limit",
            &[
                ("questions", Fact::Count(one.questions_per_day.into())),
                ("values", Fact::Text(frame.number(one.values_per_day))),
            ],
        ),
        active: one.active,
        partner: one.partner,
    });
    let set_rows = sets.into_iter().map(|set| SetRow {
        count: frame.number(set.count),
        officer: format!("{}, {}", set.officer.name, set.officer.contact),
        made: frame.time(&set.made_at),
        name: set.name,
    });
    let match_rows = matches.into_iter().map(|one| MatchRow {
        at: frame.time(&one.made_at),
        asked: one.asked,
        purpose: frame.word_of("exchange-purpose", one.purpose),
        values: frame.number(one.count),
        state: frame.word_of("exchange-state", one.state),
        hits: one.hits.map_or_else(|| "–".to_owned(), |hits| frame.number(hits)),
        partner: one.partner,
    });
    let release_rows = past.into_iter().map(|one| ReleaseRow {
        at: frame.time(&one.at),
        actor: one.actor,
        question: one.question,
        epsilon: format!("{:.2}", one.epsilon),
    });
    let (spent, whole) = (format!("{:.2}", budget.spent_epsilon), format!("{:.2}", budget.epsilon));
    let facts = [("spent", Fact::Text(spent)), ("budget", Fact::Text(whole))];
    let share = (100.0 * budget.spent_epsilon / budget.epsilon).clamp(0.0, 100.0).round() as u32;
    page(&ExchangePage {
        hits: hit_rows.collect(),
        partners: partner_rows.collect(),
        agreements: agreement_rows.collect(),
        sets: set_rows.collect(),
        matches: match_rows.collect(),
        releases: release_rows.collect(),
        budget: frame.say("exchange-budget", &facts),
        spent: share,
        frame,
    })
}

/// The kind of a value such as `phone:+855…` or `handle:telegram:name` in words, and the value without it.
fn identifier(frame: &Frame, value: &str) -> (String, String) {
    let parts = if value.starts_with("handle:") || value.starts_with("crypto:") { 2 } else { 1 };
    match value.match_indices(':').nth(parts - 1) {
        Some((at, _)) => (kind_word(frame, &value[..at]), value[at + 1..].to_owned()),
        None => (String::new(), value.to_owned()),
    }
}

#[derive(Deserialize)]
struct Talked {
    outcome: String,
}

async fn talked(
    State(shell): State<Shared>,
    who: Signed,
    Path(number): Path<i64>,
    Form(form): Form<Talked>,
) -> Result<Redirect, PageError> {
    shell
        .write(&who, move |workspace, context| hits::talked(workspace, context, number, &form.outcome))
        .await?;
    Ok(Redirect::to("/exchange?done=exchange-talked"))
}

#[derive(Deserialize)]
struct Asked {
    partner: String,
    set: String,
    purpose: String,
}

/// A question as a file, to be carried by hand.
async fn question(
    State(shell): State<Shared>,
    who: Signed,
    Form(form): Form<Asked>,
) -> Result<Response, PageError> {
    let purpose: MatchPurpose = form.purpose.parse().map_err(|error| PageError::bad(format!("{error}")))?;
    // It computes for seconds: not a turn among those who write.
    let asked = shell
        .read(&who, move |workspace, context| {
            ask::run(workspace, context, &form.partner, &form.set, purpose, &Limits::default())
        })
        .await?;
    Ok(file(&format!("question-{}.match", &hex(&asked.session)[..8]), asked.message))
}

/// A message that was carried by hand; what goes back comes as a file.
async fn take(State(shell): State<Shared>, who: Signed, mut parts: Multipart) -> Result<Response, PageError> {
    let bad = |error: axum::extract::multipart::MultipartError| {
        PageError::new(error.status(), format!("read the message: {error}: choose the file again"))
    };
    let mut message = None;
    while let Some(part) = parts.next_field().await.map_err(bad)? {
        if part.name() == Some("file") {
            message = Some(part.bytes().await.map_err(bad)?);
        }
    }
    let message = message.filter(|bytes| !bytes.is_empty());
    let message = message.ok_or_else(|| PageError::bad("read the message: choose a file"))?;
    let take =
        move |workspace: &mut _, context: &_| receive::run(workspace, context, &message, &Limits::default());
    let outcome = shell.read(&who, take).await?;
    Ok(match outcome.reply {
        Some(reply) => file(&format!("reply-{}.match", &hex(&outcome.session)[..8]), reply),
        None => Redirect::to("/exchange?done=exchange-taken").into_response(),
    })
}

fn file(name: &str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, MEDIA_TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes).into_response()
}
