//! The incident table.

use std::collections::BTreeMap;

use forewarn_model::{Date, Incident, IncidentId, Publication};
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
        let retracted = self.retractions()?;
        for incident in &mut all {
            if let Some(day) = retracted.get(&incident.id.to_string()) {
                // The source may have withdrawn it earlier than a person noticed.
                incident.retracted_on = Some(incident.retracted_on.map_or(*day, |known| known.min(*day)));
            }
        }
        all.sort_by_key(|incident| (incident.known_from.latest(), incident.id));
        Ok(all)
    }
}

/// Stands for everything that [`Store::incidents`] returns: as long as it is the same, so are they.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IncidentVersion {
    /// How many incidents there are; they are only ever added to.
    count: u64,
    /// How many decisions on incidents there are.
    decisions: u64,
}

impl Store {
    /// What the incidents rest on at the moment; asked over an index.
    pub fn incident_version(&self) -> Result<IncidentVersion, StoreError> {
        let decided = "SELECT count(*) FROM decision WHERE subject >= 'inc-' AND subject < 'inc.'";
        Ok(IncidentVersion {
            count: self.count("SELECT count(*) FROM incident", [])?,
            decisions: self.count(decided, [])?,
        })
    }
}

/// The verdict that withdraws an incident from a day on.
pub fn retraction(known_from: Date) -> String {
    format!("{RETRACTED}{known_from}")
}

const RETRACTED: &str = "retracted:";

impl Store {
    /// The day from which each withdrawn incident was known to be wrong, by its printed id: the last decision
    /// counts.
    fn retractions(&self) -> Result<BTreeMap<String, Date>, StoreError> {
        let sql = "SELECT subject, verdict FROM decision WHERE subject >= 'inc-' AND subject < 'inc.'
                   ORDER BY number";
        let rows = self.read("read decisions from", sql, [], |row| {
            Ok((row.get::<_, String>("subject")?, row.get::<_, String>("verdict")?))
        })?;
        let mut days = BTreeMap::new();
        for (subject, verdict) in rows {
            match verdict.strip_prefix(RETRACTED).and_then(|day| day.parse().ok()) {
                Some(day) => days.insert(subject, day),
                None => days.remove(&subject),
            };
        }
        Ok(days)
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
