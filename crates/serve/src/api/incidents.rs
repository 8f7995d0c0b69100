//! Incidents: dated facts on the trend.

use forewarn_app::incident::add::{self, Form};
use forewarn_app::incident::list::{self, Request};
use forewarn_app::incident::retract;
use forewarn_app::model::date::day_of;
use forewarn_app::model::{DateBasis, IncidentId, IncidentKind, PersonRole, Variant};
use forewarn_app::share::json::incidents;
use serde_json::{Value, json};

use super::alarms::decision;
use super::ask::{CURSOR, Kind, LIMITED, Param, body, maybe, path, query};
use super::{Answer, Ask, Endpoint, Gives, Inside, Run};
use crate::shell::PageError;

const ID: Param = path("id", Kind::Id("inc"), "The incident");
const TEXT: Kind = Kind::Text(2_000);

/// What an incident is written with.
pub(super) const FORM: [Param; 16] = [
    maybe("event", TEXT, "The event that it belongs to; made of the rest if none"),
    body("date", Kind::Date, "When it happened"),
    maybe("date_basis", Kind::Words(bases), "What the date rests on"),
    maybe("known_from", Kind::Date, "From when it was publicly known; the date if none"),
    body("kind", Kind::Words(kinds), "What kind of fact"),
    maybe("hub", Kind::Country, "Country of the centre"),
    maybe("place", TEXT, "Place in that country"),
    maybe("origin", Kind::Country, "Country that the people come from"),
    maybe("count", Kind::Integer(0, 4_000_000_000), "How many people"),
    maybe("coercion", Kind::Boolean, "Whether the source states coercion or captivity"),
    maybe("variant", Kind::Words(variants), "The trend or a look-alike"),
    maybe("person_role", Kind::Words(roles), "What the source calls the people"),
    body("url", TEXT, "Address of the source"),
    body("publisher", TEXT, "Publisher"),
    body("summary", TEXT, "What it says, in your own words"),
    maybe("grading", Kind::Grading, "How far to trust it"),
];

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "GET",
        path: "/incidents",
        name: "listIncidents",
        told: "Incidents, what became known last first",
        right: "look",
        params: &[
            query("q", TEXT, "Words that summary, place, publisher, address or event hold"),
            query("kind", Kind::Words(kinds), "What kind of fact"),
            query("variant", Kind::Words(variants), "The trend or a look-alike"),
            query("country", Kind::Country, "With this country as hub or origin"),
            query("from", Kind::Day, "Known from this day on or later"),
            query("until", Kind::Day, "Known by the end of this day"),
            query("coercion", Kind::Boolean, "Only those whose source states coercion"),
            query("retracted", Kind::Boolean, "Those that were withdrawn too"),
            LIMITED,
            CURSOR,
        ],
        gives: Gives::Page,
        run: Run::Read(all),
    },
    Endpoint {
        method: "POST",
        path: "/incidents",
        name: "addIncident",
        told: "Add an incident; what was there before stays as it is",
        right: "incident_write",
        params: &FORM,
        gives: Gives::Made,
        run: Run::Write(add),
    },
    Endpoint {
        method: "GET",
        path: "/incidents/{id}",
        name: "getIncident",
        told: "An incident, others of the same event, and every decision on it",
        right: "look",
        params: &[ID],
        gives: Gives::One,
        run: Run::Read(one),
    },
    Endpoint {
        method: "POST",
        path: "/incidents/{id}/retract",
        name: "retractIncident",
        told: "Withdraw an incident from a day on; answers as of an earlier day still have it",
        right: "incident_write",
        params: &[
            ID,
            body("why", TEXT, "Why; stays on record"),
            maybe("known_from", Kind::Day, "The day from which it was known to be wrong; today if none"),
        ],
        gives: Gives::One,
        run: Run::Write(retract),
    },
];

fn kinds() -> Vec<String> {
    IncidentKind::ALL.iter().map(ToString::to_string).collect()
}

fn variants() -> Vec<String> {
    Variant::ALL.iter().map(ToString::to_string).collect()
}

fn roles() -> Vec<String> {
    PersonRole::ALL.iter().map(ToString::to_string).collect()
}

fn bases() -> Vec<String> {
    DateBasis::ALL.iter().map(ToString::to_string).collect()
}

fn all(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let request = Request {
        text: ask.word("q").to_owned(),
        kind: ask.get("kind")?,
        variant: ask.get("variant")?,
        country: ask.get("country")?,
        from: ask.get("from")?,
        until: ask.get("until")?,
        coercion: ask.is("coercion"),
        retracted_too: ask.is("retracted"),
        skip: ask.offset()?,
        count_max: ask.limit(),
    };
    let found = list::run(workspace, context, &shell.alarms, &request)?;
    let next = request.skip.saturating_add(request.count_max);
    let next = (found.total > next).then(|| next.to_string());
    match incidents(&found.incidents) {
        Value::Array(items) => Ok(Answer::page(items, next)),
        other => Ok(Answer::one(&other)),
    }
}

fn one(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let id: IncidentId = ask.need("id")?;
    let detail = list::show(workspace, context, &shell.alarms, id)?;
    let mut told = incidents(std::slice::from_ref(&detail.incident))[0].take();
    told["same_event"] = incidents(&detail.same_event);
    told["decisions"] = detail.decisions.iter().map(decision).collect();
    Ok(Answer::one(&told))
}

fn add(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let (id, new) = add::run(workspace, context, &form(ask))?;
    Ok(Answer::made(&json!({ "id": id.to_string(), "new": new })))
}

/// The incident that is asked for.
pub(super) fn form(ask: &Ask) -> Form {
    let cell = |name: &str| ask.word(name).to_owned();
    Form {
        event: cell("event"),
        date: cell("date"),
        date_basis: cell("date_basis"),
        known_from: cell("known_from"),
        kind: cell("kind"),
        hub: cell("hub"),
        place: cell("place"),
        origin: cell("origin"),
        count: cell("count"),
        coercion: if ask.is("coercion") { "y".to_owned() } else { "n".to_owned() },
        variant: cell("variant"),
        person_role: cell("person_role"),
        url: cell("url"),
        publisher: cell("publisher"),
        summary: cell("summary"),
        grading: cell("grading"),
    }
}

fn retract(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let from = ask.get("known_from")?.unwrap_or(day_of(context.now));
    let count = retract::run(workspace, context, ask.word("id"), from, ask.word("why"))?;
    Ok(Answer::one(&json!({ "retracted": count, "known_from": from.to_string() })))
}
