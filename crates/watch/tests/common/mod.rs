//! Reads the bundled timeline for tests and the example. The product reads it in `collect`, with its checks;
//! here every line is known to be good, and one that is not ends the test.

use forewarn_model::{Grading, Incident, IncidentId, PartialDate, Publication};

/// The bundled timeline.
#[allow(dead_code, reason = "each test file and the example use what they need of this module")]
pub(crate) fn timeline() -> Vec<Incident> {
    read(include_str!("../../../../incidents/timeline.csv"))
}

/// Incidents from CSV with the columns of the bundled timeline, and optionally `retracted_on`.
pub(crate) fn read(text: &str) -> Vec<Incident> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let cell = |name: &str| {
                let index = headers.iter().position(|header| header == name);
                index.and_then(|index| record.get(index)).filter(|cell| !cell.is_empty())
            };
            let country = |name: &str| cell(name).map(|code| code.parse().unwrap());
            let mut incident = Incident {
                id: IncidentId::from_bytes([0; 20]),
                event: cell("event_id").unwrap().to_owned(),
                happened: cell("date").unwrap().parse::<PartialDate>().unwrap(),
                basis: cell("date_basis").unwrap().parse().unwrap(),
                known_from: cell("known_from").unwrap().parse::<PartialDate>().unwrap(),
                kind: cell("kind").unwrap().parse().unwrap(),
                hub: country("hub_country_iso2"),
                place: cell("place").map(str::to_owned),
                origin: country("origin_country_iso2"),
                count: cell("count").map(|count| count.parse().unwrap()),
                coercion_stated: cell("coercion_stated") == Some("y"),
                variant: cell("variant").unwrap().parse().unwrap(),
                person_role: cell("person_role").map(|role| role.parse().unwrap()),
                publication: Publication {
                    publisher: cell("publisher").unwrap_or_default().to_owned(),
                    url: cell("source_url").unwrap_or_default().to_owned(),
                },
                summary: cell("summary").unwrap_or_default().to_owned(),
                grading: Grading::UNKNOWN,
                retracted_on: cell("retracted_on").map(|day| day.parse().unwrap()),
            };
            incident.id = incident.derive_id();
            incident
        })
        .collect()
}
