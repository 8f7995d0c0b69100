//! Incidents: search, add by a form, import with a preview, decide on claims, retract.

mod claims;
mod import;

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::incident::add::{self, Form as Cells};
use forewarn_app::incident::decide;
use forewarn_app::incident::list::{self, Request};
use forewarn_app::incident::retract;
use forewarn_app::model::date::day_of;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{
    Date, DateBasis, Incident, IncidentId, IncidentKind, PartialDate, PersonRole, Variant,
};
use serde::Deserialize;

use super::alarms::optional;
use super::asked::day;
use super::decided::DecisionRow;
use super::network::grading_words;
use crate::shell::{Frame, PageError, Shared, Signed, page};

/// How many incidents stand on a page.
const PAGE: usize = 20;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/incidents", get(incidents))
        .route("/incidents/new", get(new).post(create))
        .route("/incidents/import", get(import::choose_table).post(import::show_table))
        .route("/incidents/import/confirm", post(import::take_in))
        .route("/incidents/candidates", get(claims::candidates))
        .route("/incidents/candidates/{id}", post(claims::decide_on))
        .route("/incidents/{id}", get(incident))
        .route("/incidents/{id}/retract", post(take_back))
}

/// An incident as tables show it.
pub(crate) struct IncidentRow {
    pub(crate) id: String,
    pub(crate) known: String,
    /// The day from whose end it counts as known, where only its month or year is.
    pub(crate) counts_from: Option<String>,
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
        counts_from: (incident.known_from != PartialDate::day(incident.known_from.latest()))
            .then(|| frame.day(&incident.known_from.latest())),
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
            from: day("from", &self.from)?,
            until: day("until", &self.until)?,
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
    let (request, wrong) = match ask.request() {
        Ok(request) => (request, None),
        Err(error) => (Request { count_max: 0, ..Request::default() }, Some(error)),
    };
    let (cache, wanted) = (shell.clone(), request.clone());
    let (found, waiting) = shell
        .read(&who, move |workspace, context| {
            let found = list::run(workspace, context, &cache.alarms, &wanted)?;
            Ok((found, decide::waiting(workspace, context)?))
        })
        .await?;
    let frame = Frame::new(&shell, &who, "incidents", "tab-incidents").wrong_if(wrong.as_ref());
    let mut countries: Vec<Offered> = found
        .countries
        .iter()
        .map(|country| offered(country, frame.country(country), request.country == Some(*country)))
        .collect();
    countries.sort_by(|a, b| a.word.cmp(&b.word));
    let shown = request.skip + found.incidents.len();
    let total = if wrong.is_some() { 0 } else { found.total };
    let mut answer = page(&ListPage {
        kinds: kinds(&frame, &ask.kind),
        variants: variants(&frame, &ask.variant),
        countries,
        incidents: found.incidents.iter().map(|incident| incident_row(&frame, incident)).collect(),
        total,
        any: found.all > 0,
        before: (ask.page > 0).then(|| ask.page_address(ask.page - 1)),
        after: (shown < total).then(|| ask.page_address(ask.page + 1)),
        waiting,
        ask,
        frame,
    })?;
    wrong.inspect(|error| *answer.status_mut() = error.status);
    Ok(answer)
}

// One incident.

#[derive(Template)]
#[template(path = "incident.html")]
struct IncidentPage {
    frame: Frame,
    title: String,
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
        DecisionRow::new(&frame, word, decision)
    });
    let incident = &detail.incident;
    let row = incident_row(&frame, incident);
    let title = match if row.hub.is_empty() { &row.origin } else { &row.hub } {
        nowhere if nowhere.is_empty() => frame.say(
            "incident-title",
            &[("what", row.kind.as_str().into()), ("when", row.happened.as_str().into())],
        ),
        place => frame.say(
            "incident-title-at",
            &[
                ("what", row.kind.as_str().into()),
                ("where", place.as_str().into()),
                ("when", row.happened.as_str().into()),
            ],
        ),
    };
    page(&IncidentPage {
        title,
        row,
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
    let day = day("known_from", &form.known_from)?;
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
