//! Incidents out of other people's bundles.

use forewarn_model::{
    Country, Date, DateBasis, Grading, Incident, IncidentId, IncidentKind, PartialDate, PersonRole, Problem,
    Publication, Severity, Variant,
};
use serde::Deserialize;
use serde_json::Value;

use super::extension::{GRADING, INCIDENT};
use crate::wire::Text;

/// The incidents of a bundle, in its order; `input` names the bundle in problems.
///
/// An `incident` object is read if it carries our incident extension; without it the standard's stub tells
/// no country and no date of becoming known, so it is left out, with a problem. A revoked object counts as
/// retracted on the day of that revision. Without the grading extension the grading is unknown.
pub fn read_incidents(bundle: &Value, input: &str) -> (Vec<Incident>, Vec<Problem>) {
    let problem = |severity, code, object: &Value, what: String, remedy: &str| Problem {
        severity,
        code,
        input: input.to_owned(),
        line: None,
        what: format!("{}: {what}", object["id"].as_str().unwrap_or("incident without id")),
        remedy: remedy.to_owned(),
    };
    let Some(objects) = bundle["objects"].as_array() else {
        let what = "it has no list of objects".to_owned();
        let remedy = "give a STIX 2.1 bundle";
        return (Vec::new(), vec![problem(Severity::Refused, "stix-bundle", bundle, what, remedy)]);
    };
    let (mut incidents, mut problems) = (Vec::new(), Vec::new());
    for object in objects.iter().filter(|object| object["type"] == "incident") {
        match object["extensions"].get(INCIDENT) {
            None => {
                let what = "it does not carry the scam-centre-incident extension".to_owned();
                let remedy = "add the incident by hand, with its countries and dates";
                problems.push(problem(Severity::Warning, "stix-incident-bare", object, what, remedy));
            }
            Some(facts) => match incident(object, facts) {
                Ok(incident) => incidents.push(incident),
                Err(what) => {
                    let remedy = "mend the value, or add the incident by hand";
                    problems.push(problem(Severity::Refused, "stix-incident-facts", object, what, remedy));
                }
            },
        }
    }
    (incidents, problems)
}

/// The extension's properties; unknown ones, of later versions, are passed over.
#[derive(Deserialize)]
struct Facts {
    event: String,
    kind: Text<IncidentKind>,
    happened: Text<PartialDate>,
    happened_basis: Text<DateBasis>,
    known_from: Text<PartialDate>,
    hub: Option<Text<Country>>,
    place: Option<String>,
    origin: Option<Text<Country>>,
    people: Option<u32>,
    coercion_stated: bool,
    variant: Text<Variant>,
    person_role: Option<Text<PersonRole>>,
    publisher: String,
    published_at: String,
    retracted_on: Option<Text<Date>>,
}

fn incident(object: &Value, facts: &Value) -> Result<Incident, String> {
    let facts = Facts::deserialize(facts).map_err(|error| error.to_string())?;
    let retracted_on = match facts.retracted_on {
        Some(on) => Some(on.0),
        None if object["revoked"] == true => Some(revised_on(object)?),
        None => None,
    };
    let mut incident = Incident {
        id: IncidentId::from_bytes([0; forewarn_model::id::ID_BYTES]),
        event: facts.event,
        happened: facts.happened.0,
        basis: facts.happened_basis.0,
        known_from: facts.known_from.0,
        kind: facts.kind.0,
        hub: facts.hub.map(|country| country.0),
        place: facts.place,
        origin: facts.origin.map(|country| country.0),
        count: facts.people,
        coercion_stated: facts.coercion_stated,
        variant: facts.variant.0,
        person_role: facts.person_role.map(|role| role.0),
        publication: Publication { publisher: facts.publisher, url: facts.published_at },
        summary: object["description"].as_str().unwrap_or_default().to_owned(),
        grading: grading(&object["extensions"][GRADING])?,
        retracted_on,
    };
    incident.id = incident.derive_id();
    Ok(incident)
}

fn grading(extension: &Value) -> Result<Grading, String> {
    if extension.is_null() {
        return Ok(Grading::UNKNOWN);
    }
    let reliability = extension["source_reliability"].as_str().unwrap_or_default();
    let text = format!("{reliability}{}", extension["information_credibility"]);
    text.parse().map_err(|error: forewarn_model::grading::GradingError| error.to_string())
}

/// The day of an object's last revision.
fn revised_on(object: &Value) -> Result<Date, String> {
    let modified = object["modified"].as_str().unwrap_or_default();
    let day = modified.get(..10).and_then(|day| day.parse().ok());
    day.ok_or_else(|| format!("it is revoked, but modified {modified:?} is no timestamp"))
}

#[cfg(test)]
mod tests {
    use forewarn_model::{CountryNames, Marking};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::sample;
    use crate::stix::{IncidentBundleInput, incident_bundle};

    fn bundle(incidents: &[Incident]) -> Value {
        incident_bundle(&IncidentBundleInput {
            incidents,
            issuer: "Example Bureau",
            marking: Marking::PUBLIC,
            written_at: "2024-05-01T12:00:00Z".parse().unwrap(),
            names: &CountryNames::default(),
        })
    }

    proptest! {
        #[test]
        fn incidents_come_back_as_they_were(incidents in prop::collection::vec(sample::any_incident(), 0..5)) {
            let mut expected: Vec<Incident> = Vec::new();
            for incident in &incidents {
                if !expected.iter().any(|known| known.id == incident.id) {
                    expected.push(incident.clone());
                }
            }
            prop_assert_eq!(read_incidents(&bundle(&incidents), "b"), (expected, Vec::new()));
        }
    }

    /// What is changed in the first incident of a bundle, and the code of the problem that it makes.
    #[test]
    fn tells_which_object_it_cannot_read_and_reads_the_rest() {
        type Change = fn(&mut Value);
        let cases: &[(Change, &str)] = &[
            (|object| object["extensions"] = json!({}), "stix-incident-bare"),
            (|object| object["extensions"][INCIDENT]["hub"] = json!("ZZ"), "stix-incident-facts"),
            (
                |object| object["extensions"][INCIDENT]["happened"] = json!("2022-06-31"),
                "stix-incident-facts",
            ),
            (|object| object["extensions"][INCIDENT]["people"] = json!(-1), "stix-incident-facts"),
            (|object| object["extensions"][INCIDENT]["kind"] = json!("ambush"), "stix-incident-facts"),
            (
                |object| object["extensions"][GRADING] = json!({ "source_reliability": "Z" }),
                "stix-incident-facts",
            ),
            (|object| *object = json!({ "type": "incident" }), "stix-incident-bare"),
        ];
        for (change, code) in cases {
            let mut bundle = bundle(&sample::incidents());
            let objects = bundle["objects"].as_array_mut().unwrap();
            change(objects.iter_mut().find(|object| object["type"] == "incident").unwrap());
            let (incidents, problems) = read_incidents(&bundle, "b");
            assert_eq!(incidents, sample::incidents()[1..]);
            assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [*code]);
        }
        assert_eq!(read_incidents(&json!([]), "b").1[0].code, "stix-bundle");
    }

    #[test]
    fn a_revoked_object_is_retracted_from_that_day() {
        let mut bundle = bundle(&sample::incidents()[..1]);
        let objects = bundle["objects"].as_array_mut().unwrap();
        let object = objects.iter_mut().find(|object| object["type"] == "incident").unwrap();
        object["revoked"] = json!(true);
        let (incidents, _) = read_incidents(&bundle, "b");
        assert_eq!(incidents[0].retracted_on, "2024-05-01".parse().ok());
    }
}
