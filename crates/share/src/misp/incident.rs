//! Incidents as objects of a template of our own, without loss and back.

use forewarn_model::{Incident, IncidentId, Problem, Publication, Severity};
use serde_json::Value;

use super::event::{Attribute, Builder, Template};
use super::tag;

/// The template, as servers install it: `schemas/misp/scam-centre-incident/definition.json`.
pub const INCIDENT_TEMPLATE: &str =
    include_str!("../../../../schemas/misp/scam-centre-incident/definition.json");

const TEMPLATE: Template = Template {
    name: "scam-centre-incident",
    uuid: "82f2f94d-8a83-5c6f-8857-b09df82b14a3",
    version: "1",
    category: "misc",
    description: "A dated claim of a source on scam centres with coerced workers: when it happened, from when it \
                  was known, where, with people from where, how many.",
};

/// The relations that every object of the template has to have.
const REQUIRED: [&str; 10] = [
    "event",
    "kind",
    "happened",
    "happened-basis",
    "known-from",
    "coercion-stated",
    "variant",
    "publisher",
    "url",
    "grading",
];

/// Adds an incident; the uuid of its object.
pub(super) fn add(event: &mut Builder, incident: &Incident) -> String {
    let text =
        |country: Option<forewarn_model::Country>| country.map(|it| it.to_string()).unwrap_or_default();
    let cells: [(&'static str, &str, String); 17] = [
        ("event", "text", incident.event.clone()),
        ("kind", "text", incident.kind.to_string()),
        ("happened", "text", incident.happened.to_string()),
        ("happened-basis", "text", incident.basis.to_string()),
        ("known-from", "text", incident.known_from.to_string()),
        ("hub", "text", text(incident.hub)),
        ("place", "text", incident.place.clone().unwrap_or_default()),
        ("origin", "text", text(incident.origin)),
        ("people", "counter", incident.count.map(|count| count.to_string()).unwrap_or_default()),
        ("coercion-stated", "text", if incident.coercion_stated { "yes" } else { "no" }.to_owned()),
        ("variant", "text", incident.variant.to_string()),
        ("person-role", "text", incident.person_role.map(|role| role.to_string()).unwrap_or_default()),
        ("publisher", "text", incident.publication.publisher.clone()),
        ("url", "link", incident.publication.url.clone()),
        ("grading", "text", incident.grading.to_string()),
        ("summary", "text", incident.summary.clone()),
        ("retracted-on", "text", incident.retracted_on.map(|day| day.to_string()).unwrap_or_default()),
    ];
    let seen = Some((incident.happened.earliest(), incident.happened.latest()));
    let members: Vec<_> = cells
        .iter()
        .map(|(relation, kind, value)| {
            let category = if *kind == "link" { "External analysis" } else { "Other" };
            let mut attribute = Attribute::text(kind, category, value);
            if *relation == "happened" {
                attribute.seen = seen;
            }
            if *relation == "grading" {
                attribute.tags = tag::of_grading(incident.grading);
            }
            (*relation, attribute)
        })
        .collect();
    event.object(&TEMPLATE, &incident.id.to_string(), &members)
}

/// Whether an object is one of these.
pub(super) fn is_incident(object: &Value) -> bool {
    object["template_uuid"] == TEMPLATE.uuid || object["name"] == TEMPLATE.name
}

/// Reads an object back. One that was deleted counts as retracted from the day of that change.
pub(super) fn read(object: &Value, input: &str) -> Result<Incident, Problem> {
    let refuse = |what: String| Problem {
        severity: Severity::Refused,
        code: "misp-incident",
        input: input.to_owned(),
        line: None,
        what: format!("object {}: {what}", object["uuid"].as_str().unwrap_or("without uuid")),
        remedy: "mend the value, or add the incident by hand".to_owned(),
    };
    let cell = |relation: &str| -> Option<&str> {
        let members = object["Attribute"].as_array()?;
        let found = members.iter().find(|member| member["object_relation"] == relation)?;
        found["value"].as_str().map(str::trim).filter(|value| !value.is_empty())
    };
    for relation in REQUIRED {
        cell(relation).ok_or_else(|| refuse(format!("it has no {relation}")))?;
    }
    let parts = || -> Result<Incident, String> {
        let mut incident = Incident {
            id: IncidentId::from_bytes([0; forewarn_model::id::ID_BYTES]),
            event: cell("event").unwrap_or_default().to_owned(),
            happened: parsed(cell("happened"))?,
            basis: parsed(cell("happened-basis"))?,
            known_from: parsed(cell("known-from"))?,
            kind: parsed(cell("kind"))?,
            hub: cell("hub").map(|it| parsed(Some(it))).transpose()?,
            place: cell("place").map(str::to_owned),
            origin: cell("origin").map(|it| parsed(Some(it))).transpose()?,
            count: cell("people").map(|it| parsed(Some(it))).transpose()?,
            coercion_stated: match cell("coercion-stated") {
                Some("yes") => true,
                Some("no") => false,
                other => return Err(format!("coercion-stated is {other:?}, expected yes or no")),
            },
            variant: parsed(cell("variant"))?,
            person_role: cell("person-role").map(|it| parsed(Some(it))).transpose()?,
            publication: Publication {
                publisher: cell("publisher").unwrap_or_default().to_owned(),
                url: cell("url").unwrap_or_default().to_owned(),
            },
            summary: cell("summary").unwrap_or_default().to_owned(),
            grading: parsed(cell("grading"))?,
            retracted_on: cell("retracted-on").map(|it| parsed(Some(it))).transpose()?,
        };
        incident.id = incident.derive_id();
        if incident.retracted_on.is_none() && object["deleted"] == true {
            incident.retracted_on = Some(super::read::day_of_change(object)?);
        }
        Ok(incident)
    };
    parts().map_err(refuse)
}

fn parsed<T: std::str::FromStr>(cell: Option<&str>) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    let text = cell.unwrap_or_default();
    text.parse().map_err(|error: T::Err| format!("{text:?} cannot be read: {error}"))
}
