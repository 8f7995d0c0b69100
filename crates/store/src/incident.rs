//! The incident table.

use forewarn_model::{Incident, IncidentId, Publication};
use rusqlite::Row;

use crate::row::{id_bytes, parsed, parsed_option};
use crate::{Store, StoreError};

impl Store {
    /// Adds incidents; those that are there already stay as they are. How many were new.
    pub fn put_incidents(&mut self, incidents: &[Incident]) -> Result<u64, StoreError> {
        self.write("write incidents to", |transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO incident (id, event, happened, basis, known_from, kind, hub, place, origin, people,
                     coercion_stated, variant, person_role, publisher, url, summary, grading, retracted_on)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
                 ON CONFLICT (id) DO NOTHING",
            )?;
            let mut new = 0;
            for incident in incidents {
                new += insert.execute(rusqlite::params![
                    incident.id.as_bytes(),
                    incident.event,
                    incident.happened.to_string(),
                    incident.basis.as_str(),
                    incident.known_from.to_string(),
                    incident.kind.as_str(),
                    incident.hub.map(|country| country.to_string()),
                    incident.place,
                    incident.origin.map(|country| country.to_string()),
                    incident.count,
                    incident.coercion_stated,
                    incident.variant.as_str(),
                    incident.person_role.map(|role| role.as_str()),
                    incident.publication.publisher,
                    incident.publication.url,
                    incident.summary,
                    incident.grading.to_string(),
                    incident.retracted_on.map(|day| day.to_string()),
                ])? as u64;
            }
            Ok(new)
        })
    }

    /// All incidents, in order of the day from which they were known, then of id.
    pub fn incidents(&self) -> Result<Vec<Incident>, StoreError> {
        let mut all = self.read("read incidents from", "SELECT * FROM incident", [], incident)?;
        all.sort_by_key(|incident| (incident.known_from.latest(), incident.id));
        Ok(all)
    }
}

fn incident(row: &Row<'_>) -> rusqlite::Result<Incident> {
    Ok(Incident {
        id: IncidentId::from_bytes(id_bytes(row, "id")?),
        event: row.get("event")?,
        happened: parsed(row, "happened")?,
        basis: parsed(row, "basis")?,
        known_from: parsed(row, "known_from")?,
        kind: parsed(row, "kind")?,
        hub: parsed_option(row, "hub")?,
        place: row.get("place")?,
        origin: parsed_option(row, "origin")?,
        count: row.get("people")?,
        coercion_stated: row.get("coercion_stated")?,
        variant: parsed(row, "variant")?,
        person_role: parsed_option(row, "person_role")?,
        publication: Publication { publisher: row.get("publisher")?, url: row.get("url")? },
        summary: row.get("summary")?,
        grading: parsed(row, "grading")?,
        retracted_on: parsed_option(row, "retracted_on")?,
    })
}
