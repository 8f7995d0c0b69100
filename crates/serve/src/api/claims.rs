//! Claims that were read from texts, and tables of incidents before they are taken in.

use std::collections::BTreeMap;

use forewarn_app::collect::Limits;
use forewarn_app::collect::incidents::{COLUMNS, Cell, FURTHER, Mapping};
use forewarn_app::incident::add::Form;
use forewarn_app::incident::decide::{self, Choice, Claim};
use forewarn_app::incident::preview::{self, Table};
use forewarn_app::model::rights::Right;
use forewarn_app::model::{CandidateId, Problem};
use forewarn_app::share::json::incidents;
use forewarn_app::store::candidate_subject_text;
use serde_json::{Value, json};

use super::ask::{CURSOR, Kind, LIMITED, Param, body, list, maybe, path, query};
use super::incidents::FORM;
use super::{Answer, Ask, Endpoint, GET, Gives, Inside, POST, Run};
use crate::shell::PageError;

/// The longest table, in characters.
const TABLE_CHARS_MAX: usize = 8 << 20;

/// How many rows and problems a preview shows.
const PREVIEW_ROWS: usize = 10;

/// How many problems are told of a table that was taken in.
const PROBLEMS_MAX: usize = 1_000;

const TABLE: [Param; 4] = [
    maybe("name", Kind::Text(200), "What it is called, for messages"),
    body("table", Kind::Text(TABLE_CHARS_MAX), "CSV with a header, or a STIX 2.1 bundle"),
    list(
        "columns",
        Kind::Text(300),
        "Which column is which of ours: date=Datum; found by their names if none",
    ),
    list("texts", Kind::Text(2_000), "The same text in every row: publisher=Ministry"),
];

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/incidents/claims",
        name: "listClaims",
        told: "Claims that were read from texts and wait for somebody to confirm or reject them",
        params: &[query("all", Kind::Boolean, "Those that were decided too"), LIMITED, CURSOR],
        gives: Gives::Page,
        run: Run::Read(all),
        ..GET
    },
    Endpoint {
        path: "/incidents/claims/{id}",
        name: "decideOnClaim",
        told: "Confirm a claim, which makes an incident of it if it names a country, or reject it. What the claim \
               and its report do not say, or say less well, stands in the other members",
        right: "incident_write",
        params: &with_form::<3, { 3 + FORM.len() }>([
            path("id", Kind::Id("cnd"), "The claim"),
            body("choice", Kind::Words(choices), "What is decided"),
            body("why", Kind::Text(2_000), "Why; stays on record"),
        ]),
        run: Run::Write(decide),
        ..POST
    },
    Endpoint {
        path: "/incidents/import/preview",
        name: "previewIncidents",
        told: "Read a table of incidents without keeping anything: its columns, its first rows, what is wrong",
        right: "incident_write",
        params: &TABLE,
        run: Run::Read(preview),
        ..POST
    },
    Endpoint {
        path: "/incidents/import",
        name: "importIncidents",
        told: "Take a table of incidents in, as the preview shows it; what is there already stays as it is",
        right: "incident_write",
        params: &TABLE,
        run: Run::Write(take_in),
        ..POST
    },
];

/// Parameters, and then those of an incident, each of which may be left out.
const fn with_form<const N: usize, const M: usize>(first: [Param; N]) -> [Param; M] {
    let mut all = [first[0]; M];
    let mut at = 0;
    while at < M {
        all[at] = if at < N { first[at] } else { Param { required: false, ..FORM[at - N] } };
        at += 1;
    }
    all
}

fn choices() -> Vec<String> {
    ["confirm", "reject"].map(str::to_owned).into()
}

fn all(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let found = decide::candidates(inside.workspace, inside.context, inside.ask.is("all"))?;
    Answer::part(found.iter().map(view).collect(), inside.ask)
}

fn view(claim: &Claim) -> Value {
    let candidate = &claim.stored.candidate;
    json!({
        "id": candidate.id.to_string(),
        "report": candidate.report.to_string(),
        "kind": candidate.kind.to_string(),
        "claims": candidate_subject_text(&candidate.subject),
        "hedged": candidate.hedged,
        "words": candidate.span.slice(&claim.text),
        "sentence": candidate.sentence.slice(&claim.text),
        "decision": claim.stored.decision.as_ref().map(super::alarms::decision),
    })
}

fn decide(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    context.require(Right::IncidentWrite)?;
    let id: CandidateId = ask.need("id")?;
    let choice = if ask.word("choice") == "confirm" { Choice::Confirm } else { Choice::Reject };
    let mut made = None;
    if choice == Choice::Confirm {
        // What is not said comes from the claim; coercion is said or not.
        let coercion = ask.text("coercion").map_or("", |told| if told == "true" { "y" } else { "n" });
        let form = Form { coercion: coercion.to_owned(), ..super::incidents::form(ask) };
        // The incident first: if it is refused, nothing is decided.
        made = decide::to_incident(workspace, context, id, &form)?;
    }
    decide::run(workspace, context, id, choice, ask.word("why"))?;
    shell.live.tell("incidents", "");
    let incident = made.map(|(incident, new)| json!({ "id": incident.to_string(), "new": new }));
    Ok(Answer::one(&json!({ "id": id.to_string(), "decided": choice.as_str(), "incident": incident })))
}

fn preview(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let (parts, mapping, limits) = (shell.desk.parts(), mapping(ask)?, Limits::default());
    let table = table(ask, mapping.as_ref(), parts.engine.country_names(), &limits);
    let read = preview::run(workspace, context, &shell.alarms, &table, PREVIEW_ROWS)?;
    let (mut columns, mut texts) = (BTreeMap::new(), BTreeMap::new());
    for (ours, cell) in &read.mapping.0 {
        match cell {
            Cell::Column(name) => columns.insert(ours, name),
            Cell::Text(text) => texts.insert(ours, text),
        };
    }
    Ok(Answer::one(&json!({
        "header": read.columns,
        "columns": columns,
        "texts": texts,
        "first": incidents(&read.first),
        "understood": read.understood,
        "known": read.known,
        "refused": read.refused,
        "problems": problems(&read.problems),
    })))
}

fn take_in(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let (parts, mapping, limits) = (shell.desk.parts(), mapping(ask)?, Limits::default());
    let table = table(ask, mapping.as_ref(), parts.engine.country_names(), &limits);
    let outcome = preview::take_in(workspace, context, &table)?;
    shell.live.tell("incidents", "");
    let shown = &outcome.problems[..outcome.problems.len().min(PROBLEMS_MAX)];
    Ok(Answer::one(&json!({
        "accepted": outcome.accepted,
        "duplicates": outcome.duplicates,
        "refused": outcome.problems.len(),
        "problems": problems(shown),
    })))
}

fn table<'a>(
    ask: &'a Ask,
    mapping: Option<&'a Mapping>,
    names: &'a forewarn_app::model::CountryNames,
    limits: &'a Limits,
) -> Table<'a> {
    Table {
        name: ask.text("name").unwrap_or("table"),
        bytes: ask.word("table").as_bytes(),
        mapping,
        names,
        limits,
    }
}

/// Which column is which; none where nothing was said.
fn mapping(ask: &Ask) -> Result<Option<Mapping>, PageError> {
    let mut cells = BTreeMap::new();
    for list in ["columns", "texts"] {
        for pair in ask.texts(list) {
            let known =
                pair.split_once('=').filter(|(ours, _)| COLUMNS.iter().chain(&FURTHER).any(|it| it == ours));
            let Some((ours, value)) = known else {
                let ours = COLUMNS.iter().chain(&FURTHER).copied().collect::<Vec<_>>().join(", ");
                let what = format!("{list}: expected name=value, with a name of {ours}");
                return Err(PageError::bad(what));
            };
            let value = value.to_owned();
            let cell = if list == "columns" { Cell::Column(value) } else { Cell::Text(value) };
            cells.insert(ours.to_owned(), cell);
        }
    }
    Ok((!cells.is_empty()).then_some(Mapping(cells)))
}

fn problems(all: &[Problem]) -> Vec<Value> {
    let view = |problem: &Problem| json!({ "line": problem.line, "code": problem.code, "what": problem.what, "remedy": problem.remedy });
    all.iter().map(view).collect()
}
