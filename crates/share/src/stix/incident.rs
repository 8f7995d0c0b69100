//! An incident as the standard's stub with our facts.

use forewarn_model::{Country, CountryNames, Incident};
use serde_json::{Value, json};

use super::extension::{self, GRADING, INCIDENT, extensions};
use super::location::country_name;
use super::object::{self, Head};

/// The `incident` object. A fact that was retracted by the time of the notice is revoked.
pub(super) fn incident(head: &Head, incident: &Incident, names: &CountryNames) -> Value {
    let id = incident.id.to_string();
    let publication = &incident.publication;
    let revoked = incident.retracted_on.is_some_and(|on| object::day(on) <= head.modified);
    head.object(
        "incident",
        &[&id],
        &object::day(incident.known_from.latest()),
        json!({
            "name": name(incident, names),
            "description": incident.summary,
            "revoked": revoked.then_some(true),
            "confidence": extension::confidence(incident.grading),
            "labels": labels(incident),
            "external_references": [
                object::external_reference(&publication.publisher, Some(&publication.url), &id, ""),
            ],
            "extensions": extensions([
                (INCIDENT, facts(incident)),
                (GRADING, extension::grading(incident.grading)),
            ]),
        }),
    )
}

/// Such as "Victims rescued, Cambodia, 2022-08".
fn name(incident: &Incident, names: &CountryNames) -> String {
    let words = incident.kind.as_str().replace('_', " ");
    let kind = words[..1].to_uppercase() + &words[1..];
    let hub = incident.hub.map(|country| country_name(names, country));
    let parts = [Some(kind), hub, Some(incident.happened.to_string())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn labels(incident: &Incident) -> Vec<String> {
    let own = [
        format!("forewarn:incident=\"{}\"", incident.kind),
        format!("forewarn:variant=\"{}\"", incident.variant),
    ];
    own.into_iter().chain(extension::grading_tags(incident.grading)).collect()
}

fn facts(incident: &Incident) -> Value {
    json!({
        "event": incident.event,
        "kind": incident.kind.as_str(),
        "happened": incident.happened.to_string(),
        "happened_basis": incident.basis.as_str(),
        "known_from": incident.known_from.to_string(),
        "hub": incident.hub.as_ref().map(Country::as_str),
        "place": incident.place,
        "origin": incident.origin.as_ref().map(Country::as_str),
        "people": incident.count,
        "coercion_stated": incident.coercion_stated,
        "variant": incident.variant.as_str(),
        "person_role": incident.person_role.map(|role| role.as_str()),
        "publisher": incident.publication.publisher,
        "published_at": incident.publication.url,
        "retracted_on": incident.retracted_on.map(|day| day.to_string()),
    })
}
