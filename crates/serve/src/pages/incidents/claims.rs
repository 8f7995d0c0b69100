//! Claims that were read from texts, and what an analyst decides on them.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Redirect, Response};
use forewarn_app::incident::decide::{self, Choice};
use forewarn_app::model::rights::Right;
use forewarn_app::model::{CandidateId, CandidateSubject, PersonRole, Quantity};
use serde::Deserialize;

use super::{Fields, Offered, cells, offered};
use crate::shell::{Frame, PageError, Shared, Signed, page};

/// How many claims stand on a page.
const CLAIMS_PAGE: usize = 20;

struct ClaimRow {
    id: String,
    report: String,
    claim: String,
    kind: String,
    hedged: bool,
    before: String,
    marked: String,
    after: String,
    decision: Option<String>,
    /// Whether an incident would come of it: it names a country.
    becomes: bool,
    suspects: Vec<Offered>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AskClaims {
    all: String,
    page: usize,
}

#[derive(Template)]
#[template(path = "incident_candidates.html")]
struct ClaimsPage {
    frame: Frame,
    claims: Vec<ClaimRow>,
    total: usize,
    all: bool,
    before: Option<String>,
    after: Option<String>,
}

pub(super) async fn candidates(
    State(shell): State<Shared>,
    who: Signed,
    Query(ask): Query<AskClaims>,
) -> Result<Response, PageError> {
    let all = !ask.all.is_empty();
    let found = shell
        .read(&who, move |workspace, context| {
            context.require(Right::Look)?;
            decide::candidates(workspace, context, all)
        })
        .await?;
    let frame = Frame::new(&shell, &who, "incidents", "incident-claims");
    let first = ask.page.saturating_mul(CLAIMS_PAGE);
    let claims: Vec<ClaimRow> =
        found.iter().skip(first).take(CLAIMS_PAGE).map(|claim| claim_row(&frame, claim)).collect();
    let address = |page: usize| {
        let all = if all { "&all=1" } else { "" };
        format!("/incidents/candidates?page={page}{all}")
    };
    page(&ClaimsPage {
        total: found.len(),
        before: (ask.page > 0).then(|| address(ask.page - 1)),
        after: (first + claims.len() < found.len()).then(|| address(ask.page + 1)),
        claims,
        all,
        frame,
    })
}

fn claim_row(frame: &Frame, claim: &decide::Claim) -> ClaimRow {
    let candidate = &claim.stored.candidate;
    let (span, sentence) = (candidate.span, candidate.sentence);
    let slice = |start: u32, end: u32| {
        let (start, end) = (start.max(sentence.start), end.min(sentence.end));
        forewarn_app::model::Span::new(start, end.max(start)).slice(&claim.text).to_owned()
    };
    let becomes =
        matches!(candidate.subject, CandidateSubject::HubCountry(_) | CandidateSubject::OriginCountry(_));
    let roles = PersonRole::ALL.iter();
    ClaimRow {
        id: candidate.id.to_string(),
        report: candidate.report.to_string(),
        claim: subject(frame, &candidate.subject),
        kind: frame.word_of("incident-kind", candidate.kind),
        hedged: candidate.hedged,
        before: slice(sentence.start, span.start),
        marked: slice(span.start, span.end),
        after: slice(span.end, sentence.end),
        decision: claim.stored.decision.as_ref().map(|decision| {
            let word = frame.word_of("incident-claim", &decision.verdict);
            format!("{word}: {} ({})", decision.reason, decision.decided_by)
        }),
        becomes,
        suspects: roles.map(|role| offered(role, frame.word_of("incident-role", role), false)).collect(),
    }
}

/// What a claim says, in words.
fn subject(frame: &Frame, subject: &CandidateSubject) -> String {
    let range = |quantity: &Quantity| match quantity.max {
        Some(max) if max == quantity.min => frame.number(max),
        Some(max) => format!("{}–{}", frame.number(quantity.min), frame.number(max)),
        None => format!("≥ {}", frame.number(quantity.min)),
    };
    let region = |region: &forewarn_app::model::Region| frame.word_of("alarm-region", region);
    match subject {
        CandidateSubject::HubCountry(country) => {
            frame.with("incident-claims-hub", "place", frame.country(country))
        }
        CandidateSubject::HubRegion(of) => frame.with("incident-claims-hub", "place", region(of)),
        CandidateSubject::OriginCountry(country) => {
            frame.with("incident-claims-origin", "place", frame.country(country))
        }
        CandidateSubject::OriginRegion(of) => frame.with("incident-claims-origin", "place", region(of)),
        CandidateSubject::People(people) => frame.with("incident-claims-people", "number", range(people)),
        CandidateSubject::HubCountries(hubs) => frame.with("incident-claims-hubs", "number", range(hubs)),
        CandidateSubject::NoticeIssued(colour) => frame.with("incident-claims-notice", "colour", colour),
    }
}

pub(super) async fn decide_on(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Redirect, PageError> {
    let id: CandidateId = id.parse().map_err(|_| PageError::not_found("claim", &id))?;
    let choice = match fields.get("choice").map(String::as_str) {
        Some("confirm") => Choice::Confirm,
        Some("reject") => Choice::Reject,
        other => {
            let what = format!("decide {:?}: expected confirm or reject", other.unwrap_or_default());
            return Err(PageError::bad(what));
        }
    };
    let why = fields.get("why").cloned().unwrap_or_default();
    if why.trim().is_empty() {
        return Err(PageError::bad("decide on a claim: a decision needs a reason: say why"));
    }
    let given = cells(&fields);
    shell
        .write(&who, move |workspace, context| {
            context.require(Right::IncidentWrite)?;
            if choice == Choice::Confirm {
                // The incident first: if the form is refused, nothing is decided.
                decide::to_incident(workspace, context, id, &given)?;
            }
            decide::run(workspace, context, id, choice, &why)
        })
        .await?;
    shell.live.tell("incidents", "");
    let done = if choice == Choice::Confirm { "incident-confirmed" } else { "incident-rejected" };
    Ok(Redirect::to(&format!("/incidents/candidates?done={done}")))
}
