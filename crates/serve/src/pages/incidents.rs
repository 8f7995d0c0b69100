//! Incidents: search, add by a form, import with a preview, decide on claims, retract.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Form, Multipart, Path, Query, State};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::AppError;
use forewarn_app::collect::Limits as ReadLimits;
use forewarn_app::collect::incidents::{COLUMNS, Cell, FURTHER, Mapping};
use forewarn_app::incident::add::{self, Form as Cells};
use forewarn_app::incident::decide::{self, Choice};
use forewarn_app::incident::list::{self, Request};
use forewarn_app::incident::preview::{self, Preview, Table};
use forewarn_app::incident::retract;
use forewarn_app::model::date::day_of;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{
    CandidateId, CandidateSubject, Date, DateBasis, Incident, IncidentId, IncidentKind, PersonRole, Quantity,
    Variant,
};
use serde::Deserialize;

use super::alarms::optional;
use super::network::grading_words;
use crate::shell::{Frame, PageError, Shared, Signed, page};

/// How many incidents stand on a page.
const PAGE: usize = 50;

/// How many claims stand on a page.
const CLAIMS_PAGE: usize = 20;

/// How many rows of a table are shown before it is taken in.
const PREVIEW_ROWS: usize = 10;

/// The largest table that is taken in through the page, in bytes: it goes to the browser and back.
const TABLE_BYTES_MAX: usize = 8 << 20;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/incidents", get(incidents))
        .route("/incidents/new", get(new).post(create))
        .route("/incidents/import", get(choose_table).post(show_table))
        .route("/incidents/import/confirm", post(take_in))
        .route("/incidents/candidates", get(candidates))
        .route("/incidents/candidates/{id}", post(decide_on))
        .route("/incidents/{id}", get(incident))
        .route("/incidents/{id}/retract", post(take_back))
}

/// An incident as tables show it.
pub(crate) struct IncidentRow {
    pub(crate) id: String,
    pub(crate) known: String,
    pub(crate) happened: String,
    pub(crate) kind: String,
    pub(crate) hub: String,
    pub(crate) place: String,
    pub(crate) origin: String,
    pub(crate) people: String,
    pub(crate) coercion: bool,
    pub(crate) publisher: String,
    /// The address, if it is one that a browser may open.
    pub(crate) url: Option<String>,
    pub(crate) grading: String,
    pub(crate) grading_words: String,
    pub(crate) summary: String,
    pub(crate) retracted: Option<Date>,
}

pub(crate) fn incident_row(frame: &Frame, incident: &Incident) -> IncidentRow {
    let country = |country: Option<_>| country.map(|country| frame.country(&country)).unwrap_or_default();
    let people = match (incident.count, incident.person_role) {
        (Some(count), Some(role)) => {
            format!("{} ({})", frame.number(count), frame.word_of("incident-role", role))
        }
        (Some(count), None) => frame.number(count),
        (None, _) => String::new(),
    };
    let url = &incident.publication.url;
    IncidentRow {
        id: incident.id.to_string(),
        known: incident.known_from.to_string(),
        happened: incident.happened.to_string(),
        kind: frame.word_of("incident-kind", incident.kind),
        hub: country(incident.hub),
        place: incident.place.clone().unwrap_or_default(),
        origin: country(incident.origin),
        people,
        coercion: incident.coercion_stated,
        publisher: incident.publication.publisher.clone(),
        url: (url.starts_with("https://") || url.starts_with("http://")).then(|| url.clone()),
        grading: incident.grading.to_string(),
        grading_words: grading_words(frame, &incident.grading.to_string()),
        summary: incident.summary.clone(),
        retracted: incident.retracted_on,
    }
}

struct Offered {
    value: String,
    word: String,
    chosen: bool,
}

fn offered(value: impl ToString, word: String, chosen: bool) -> Offered {
    Offered { value: value.to_string(), word, chosen }
}

fn kinds(frame: &Frame, chosen: &str) -> Vec<Offered> {
    let one =
        |kind: &IncidentKind| offered(kind, frame.word_of("incident-kind", kind), kind.as_str() == chosen);
    IncidentKind::ALL.iter().map(one).collect()
}

fn variants(frame: &Frame, chosen: &str) -> Vec<Offered> {
    let one = |variant: &Variant| {
        offered(variant, frame.word_of("incident-variant", variant), variant.as_str() == chosen)
    };
    Variant::ALL.iter().map(one).collect()
}

// The list.

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    q: String,
    kind: String,
    variant: String,
    country: String,
    from: String,
    until: String,
    coercion: String,
    retracted: String,
    page: usize,
}

impl Ask {
    fn request(&self) -> Result<Request, PageError> {
        Ok(Request {
            text: self.q.clone(),
            kind: optional(&self.kind, "kind")?,
            variant: optional(&self.variant, "variant")?,
            country: optional(&self.country, "country")?,
            from: optional(&self.from, "from")?,
            until: optional(&self.until, "until")?,
            coercion: !self.coercion.is_empty(),
            retracted_too: !self.retracted.is_empty(),
            skip: self.page.saturating_mul(PAGE),
            count_max: PAGE,
        })
    }

    fn page_address(&self, number: usize) -> String {
        let number = number.to_string();
        let pairs = [
            ("q", self.q.as_str()),
            ("kind", &self.kind),
            ("variant", &self.variant),
            ("country", &self.country),
            ("from", &self.from),
            ("until", &self.until),
            ("coercion", &self.coercion),
            ("retracted", &self.retracted),
            ("page", &number),
        ];
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        format!("/incidents?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
    }
}

#[derive(Template)]
#[template(path = "incidents.html")]
struct ListPage {
    frame: Frame,
    ask: Ask,
    kinds: Vec<Offered>,
    variants: Vec<Offered>,
    countries: Vec<Offered>,
    incidents: Vec<IncidentRow>,
    total: usize,
    any: bool,
    before: Option<String>,
    after: Option<String>,
    waiting: u64,
}

async fn incidents(
    State(shell): State<Shared>,
    who: Signed,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    let request = ask.request()?;
    let (cache, wanted) = (shell.clone(), request.clone());
    let (found, waiting) = shell
        .read(&who, move |workspace, context| {
            let found = list::run(workspace, context, &cache.alarms, &wanted)?;
            Ok((found, decide::waiting(workspace, context)?))
        })
        .await?;
    let frame = Frame::new(&shell, &who, "incidents", "tab-incidents");
    let mut countries: Vec<Offered> = found
        .countries
        .iter()
        .map(|country| offered(country, frame.country(country), request.country == Some(*country)))
        .collect();
    countries.sort_by(|a, b| a.word.cmp(&b.word));
    let shown = request.skip + found.incidents.len();
    page(&ListPage {
        kinds: kinds(&frame, &ask.kind),
        variants: variants(&frame, &ask.variant),
        countries,
        incidents: found.incidents.iter().map(|incident| incident_row(&frame, incident)).collect(),
        total: found.total,
        any: found.all > 0,
        before: (ask.page > 0).then(|| ask.page_address(ask.page - 1)),
        after: (shown < found.total).then(|| ask.page_address(ask.page + 1)),
        waiting,
        ask,
        frame,
    })
}

// One incident.

struct DecisionRow {
    word: String,
    by: String,
    at: String,
    why: String,
}

#[derive(Template)]
#[template(path = "incident.html")]
struct IncidentPage {
    frame: Frame,
    row: IncidentRow,
    event: String,
    basis: String,
    variant: String,
    address: String,
    incidents: Vec<IncidentRow>,
    decisions: Vec<DecisionRow>,
    today: Date,
}

async fn incident(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let id: IncidentId = id.parse().map_err(|_| PageError::not_found("incident", &id))?;
    let cache = shell.clone();
    let detail =
        shell.read(&who, move |workspace, context| list::show(workspace, context, &cache.alarms, id)).await?;
    let frame = Frame::new(&shell, &who, "incidents", "incident-one");
    let decisions = detail.decisions.iter().rev().map(|decision| {
        let word = match decision.verdict.strip_prefix("retracted:") {
            Some(day) => frame.with("incident-retracted-from", "day", day),
            None => decision.verdict.clone(),
        };
        let (by, at) = (decision.decided_by.clone(), frame.time(&decision.decided_at));
        DecisionRow { word, by, at, why: decision.reason.clone() }
    });
    let incident = &detail.incident;
    page(&IncidentPage {
        row: incident_row(&frame, incident),
        event: incident.event.clone(),
        basis: frame.word_of("incident-basis", incident.basis),
        variant: frame.word_of("incident-variant", incident.variant),
        address: incident.publication.url.clone(),
        incidents: detail.same_event.iter().map(|other| incident_row(&frame, other)).collect(),
        decisions: decisions.collect(),
        today: day_of(shell.now()),
        frame,
    })
}

#[derive(Debug, Deserialize)]
struct Retract {
    why: String,
    known_from: String,
}

async fn take_back(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(form): Form<Retract>,
) -> Result<Redirect, PageError> {
    let id: IncidentId = id.parse().map_err(|_| PageError::not_found("incident", &id))?;
    let day: Option<Date> = optional(&form.known_from, "known_from")?;
    shell
        .write(&who, move |workspace, context| {
            context.require(Right::IncidentWrite)?;
            let day = day.unwrap_or_else(|| day_of(context.now));
            retract::run(workspace, context, &id.to_string(), day, &form.why)
        })
        .await?;
    shell.live.tell("incidents", "");
    Ok(Redirect::to(&format!("/incidents/{id}?done=incident-retracted")))
}

// The form.

/// A form as it comes, by the names of the fields of [`Cells`].
type Fields = BTreeMap<String, String>;

fn cells(fields: &Fields) -> Cells {
    let get = |name: &str| fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    Cells {
        event: get("event"),
        date: get("date"),
        date_basis: get("date_basis"),
        known_from: get("known_from"),
        kind: get("kind"),
        hub: get("hub"),
        place: get("place"),
        origin: get("origin"),
        count: get("count"),
        coercion: get("coercion"),
        variant: get("variant"),
        person_role: get("person_role"),
        url: get("url"),
        publisher: get("publisher"),
        summary: get("summary"),
        grading: get("grading"),
    }
}

#[derive(Template)]
#[template(path = "incident_new.html")]
struct NewPage {
    frame: Frame,
    cells: Cells,
    kinds: Vec<Offered>,
    variants: Vec<Offered>,
    roles: Vec<Offered>,
    bases: Vec<Offered>,
    hubs: Vec<Offered>,
    origins: Vec<Offered>,
    reliabilities: Vec<Offered>,
    credibilities: Vec<Offered>,
    problem: Option<String>,
}

fn new_page(shell: &Shared, who: &Signed, cells: Cells, problem: Option<String>) -> NewPage {
    let frame = Frame::new(shell, who, "incidents", "incident-new");
    let countries = |chosen: &str| {
        let all = forewarn_app::model::Country::all();
        let one = |country: &_| offered(country, frame.country(country), country.as_str() == chosen);
        let mut all: Vec<Offered> = all.iter().map(one).collect();
        all.sort_by(|a, b| a.word.cmp(&b.word));
        all
    };
    let letters = |list: &str, letters: &str, at: usize| -> Vec<Offered> {
        let chosen = cells.grading.chars().nth(at);
        let one = |letter: char| {
            let word = format!("{letter}: {}", frame.word_of(list, letter));
            offered(letter, word, chosen == Some(letter))
        };
        letters.chars().map(one).collect()
    };
    let roles = PersonRole::ALL
        .iter()
        .map(|role| offered(role, frame.word_of("incident-role", role), role.as_str() == cells.person_role));
    let bases = DateBasis::ALL.iter().map(|basis| {
        offered(basis, frame.word_of("incident-basis", basis), basis.as_str() == cells.date_basis)
    });
    NewPage {
        kinds: kinds(&frame, &cells.kind),
        variants: variants(&frame, &cells.variant),
        roles: roles.collect(),
        bases: bases.collect(),
        hubs: countries(&cells.hub),
        origins: countries(&cells.origin),
        reliabilities: letters("incident-reliability", "ABCDEF", 0),
        credibilities: letters("incident-credibility", "123456", 1),
        cells,
        problem,
        frame,
    }
}

async fn new(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    who.require(Right::IncidentWrite)?;
    page(&new_page(&shell, &who, Cells::default(), None))
}

async fn create(
    State(shell): State<Shared>,
    who: Signed,
    Form(mut fields): Form<Fields>,
) -> Result<Response, PageError> {
    who.require(Right::IncidentWrite)?;
    let letter = |fields: &Fields, name: &str| fields.get(name).cloned().unwrap_or_default();
    let grading = format!("{}{}", letter(&fields, "reliability"), letter(&fields, "credibility"));
    fields.insert("grading".to_owned(), grading);
    let given = cells(&fields);
    // What is wrong with a form is told beside it, with everything that was filled in.
    if let Err(error) = add::read(&given) {
        return page(&new_page(&shell, &who, given, Some(error.to_string())));
    }
    let (id, new) = shell
        .write(&who, move |workspace, context| {
            context.require(Right::IncidentWrite)?;
            add::run(workspace, context, &given)
        })
        .await?;
    shell.live.tell("incidents", "");
    let done = if new { "incident-added" } else { "incident-known" };
    Ok(axum::response::IntoResponse::into_response(Redirect::to(&format!("/incidents/{id}?done={done}"))))
}

// The import.

struct ColumnRow {
    name: &'static str,
    word: String,
    required: bool,
    columns: Vec<Offered>,
    /// The same text in every row.
    text: String,
}

struct ProblemRow {
    line: String,
    what: String,
    remedy: String,
}

struct PreviewView {
    name: String,
    table: String,
    mapping: Vec<ColumnRow>,
    incidents: Vec<IncidentRow>,
    problems: Vec<ProblemRow>,
    understood: usize,
    fresh: usize,
    known: usize,
    refused: usize,
    /// Whether it is a table whose columns can be mapped.
    mappable: bool,
}

#[derive(Template)]
#[template(path = "incident_import.html")]
struct ImportPage {
    frame: Frame,
    preview: Option<PreviewView>,
    problem: Option<String>,
}

async fn choose_table(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    who.require(Right::IncidentWrite)?;
    let frame = Frame::new(&shell, &who, "incidents", "incident-import");
    page(&ImportPage { frame, preview: None, problem: None })
}

/// What a form with a table holds.
#[derive(Debug, Default)]
struct Upload {
    name: String,
    table: Vec<u8>,
    fields: Fields,
}

impl Upload {
    async fn read(mut parts: Multipart) -> Result<Self, PageError> {
        let bad = |error: axum::extract::multipart::MultipartError| {
            PageError::new(error.status(), format!("read the upload: {error}: choose the file again"))
        };
        let mut upload = Self::default();
        while let Some(part) = parts.next_field().await.map_err(bad)? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(bad)?;
            match (name.as_str(), file) {
                ("file", Some(file)) if !bytes.is_empty() => {
                    (upload.name, upload.table) = (file, bytes.to_vec());
                }
                ("table", _) if upload.table.is_empty() => upload.table = bytes.to_vec(),
                ("file", _) | ("table", _) => {}
                _ => {
                    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
                    upload.fields.insert(name, text);
                }
            }
        }
        if upload.name.is_empty() {
            upload.name = upload.fields.get("name").cloned().unwrap_or_else(|| "table".to_owned());
        }
        if upload.table.is_empty() {
            return Err(PageError::bad(
                "read the upload: there is no table in it: choose a file that is not empty",
            ));
        }
        if upload.table.len() > TABLE_BYTES_MAX {
            let what = format!(
                "read the upload: more than {TABLE_BYTES_MAX} bytes: split the table, or use `forewarn incidents import`"
            );
            return Err(PageError::new(axum::http::StatusCode::PAYLOAD_TOO_LARGE, what));
        }
        Ok(upload)
    }

    /// The mapping that the form chose; none before anything was chosen.
    fn mapping(&self) -> Option<Mapping> {
        self.fields.contains_key("mapped").then(|| {
            let mut cells = BTreeMap::new();
            for ours in COLUMNS.into_iter().chain(FURTHER) {
                let text = self.fields.get(&format!("text-{ours}")).filter(|text| !text.is_empty());
                let column = self.fields.get(&format!("column-{ours}")).filter(|name| !name.is_empty());
                let cell = column.cloned().map(Cell::Column).or_else(|| text.cloned().map(Cell::Text));
                cells.extend(cell.map(|cell| (ours.to_owned(), cell)));
            }
            Mapping(cells)
        })
    }
}

async fn show_table(
    State(shell): State<Shared>,
    who: Signed,
    parts: Multipart,
) -> Result<Response, PageError> {
    who.require(Right::IncidentWrite)?;
    let upload = Upload::read(parts).await?;
    let mapping = upload.mapping();
    let (bytes, name) = (upload.table.clone(), upload.name.clone());
    let cache = shell.clone();
    let read = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            let limits = ReadLimits::default();
            let table = Table {
                name: &name,
                bytes: &bytes,
                mapping: mapping.as_ref(),
                names: engine.country_names(),
                limits: &limits,
            };
            match preview::run(workspace, context, &cache.alarms, &table, PREVIEW_ROWS) {
                Ok(preview) => Ok(Ok(preview)),
                Err(error @ AppError::Input(_)) => Ok(Err(error.to_string())),
                Err(error) => Err(error),
            }
        })
        .await?;
    let frame = Frame::new(&shell, &who, "incidents", "incident-import");
    let (preview, problem) = match read {
        Ok(preview) => (Some(preview_view(&frame, &upload, &preview)), None),
        Err(problem) => (None, Some(problem)),
    };
    page(&ImportPage { preview, problem, frame })
}

fn preview_view(frame: &Frame, upload: &Upload, preview: &Preview) -> PreviewView {
    let row = |ours: &'static str| {
        let cell = preview.mapping.0.get(ours);
        let chosen = |name: &String| matches!(cell, Some(Cell::Column(known)) if known == name);
        let one = |name: &String| offered(name, name.clone(), chosen(name));
        ColumnRow {
            name: ours,
            word: frame.word_of("incident-column", ours),
            required: ["date", "kind", "publisher", "source_url", "summary"].contains(&ours),
            columns: preview.columns.iter().filter(|name| !name.is_empty()).map(one).collect(),
            text: match cell {
                Some(Cell::Text(text)) => text.clone(),
                _ => String::new(),
            },
        }
    };
    let problem = |problem: &forewarn_app::model::Problem| ProblemRow {
        line: problem.line.map(|line| line.to_string()).unwrap_or_default(),
        what: problem.what.clone(),
        remedy: problem.remedy.clone(),
    };
    // How precise a date is stands in its form.
    let ours = COLUMNS.into_iter().chain(FURTHER).filter(|ours| *ours != "date_precision");
    PreviewView {
        name: upload.name.clone(),
        table: String::from_utf8_lossy(&upload.table).into_owned(),
        mapping: ours.map(row).collect(),
        incidents: preview.first.iter().map(|incident| incident_row(frame, incident)).collect(),
        problems: preview.problems.iter().map(problem).collect(),
        understood: preview.understood,
        fresh: preview.understood - preview.known,
        known: preview.known,
        refused: preview.refused,
        mappable: !preview.columns.is_empty(),
    }
}

async fn take_in(State(shell): State<Shared>, who: Signed, parts: Multipart) -> Result<Redirect, PageError> {
    who.require(Right::IncidentWrite)?;
    let upload = Upload::read(parts).await?;
    let desk = shell.desk.clone();
    shell
        .write(&who, move |workspace, context| {
            desk.with_engine(|engine| {
                let (mapping, limits) = (upload.mapping(), ReadLimits::default());
                let table = Table {
                    name: &upload.name,
                    bytes: &upload.table,
                    mapping: mapping.as_ref(),
                    names: engine.country_names(),
                    limits: &limits,
                };
                preview::take_in(workspace, context, &table)
            })
        })
        .await?;
    shell.live.tell("incidents", "");
    Ok(Redirect::to("/incidents?done=incident-imported"))
}

// Claims.

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
struct AskClaims {
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

async fn candidates(
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

async fn decide_on(
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
