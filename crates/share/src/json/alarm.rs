//! Alarms, each with its evidence.

use std::collections::BTreeMap;

use forewarn_model::{Alarm, Incident, IncidentId};
use serde::Serialize;
use serde_json::Value;

use super::csv::{Field, record};
use crate::wire::{Text, value};

/// Alarms with the sentence that a person reads, in the order given, as a JSON array.
///
/// Each has `id`, `kind`, `subject` (`KH`, `KH:Poipet`, `TW>KH` or `011`), `variant`, `raised_on`,
/// `first_incident_on`, `recurrence_interval_days` (`null` if it has no bound), `recurrence_backed_days` (the
/// longest interval that the record bears out: what is rarer is only "rarer than that"), `score`, `sources`,
/// `incidents` (the names of its events), `sentence`, and `evidence`: one object for each incident, with
/// `incident` and, for those in `incidents`, `event`, `kind`, `publisher`, `url`, `known_from`, `grading`
/// and `summary`.
pub fn alarms(alarms: &[(Alarm, String)], incidents: &[Incident]) -> Value {
    let known = by_id(incidents);
    let views = alarms.iter().map(|(alarm, sentence)| AlarmView {
        id: alarm.id.to_string(),
        kind: alarm.kind.as_str(),
        subject: alarm.subject.to_string(),
        variant: alarm.variant.as_str(),
        raised_on: Text(alarm.raised_on),
        first_incident_on: Text(alarm.first_incident_on),
        recurrence_interval_days: alarm.recurrence_interval_days,
        recurrence_backed_days: alarm.recurrence_backed_days,
        score: alarm.score,
        sources: alarm.sources,
        incidents: &alarm.events,
        sentence,
        evidence: alarm.incidents.iter().map(|id| evidence(*id, &known)).collect(),
    });
    value(views.collect::<Vec<_>>())
}

/// The same alarms as CSV (RFC 4180, with a header), one row each. Events, publishers and addresses are
/// divided by ` | `. Text that a spreadsheet would take for a formula is preceded by an apostrophe.
pub fn alarms_csv(alarms: &[(Alarm, String)], incidents: &[Incident]) -> String {
    let known = by_id(incidents);
    let mut out = String::new();
    record(&mut out, &CSV_COLUMNS.map(Field::Text));
    for (alarm, sentence) in alarms {
        let behind: Vec<&Incident> = alarm.incidents.iter().filter_map(|id| known.get(id).copied()).collect();
        let publishers = joined(behind.iter().map(|incident| incident.publication.publisher.as_str()));
        let urls = joined(behind.iter().map(|incident| incident.publication.url.as_str()));
        record(
            &mut out,
            &[
                Field::Own(alarm.id.to_string()),
                Field::Own(alarm.kind.as_str().to_owned()),
                Field::Text(&alarm.subject.to_string()),
                Field::Own(alarm.variant.as_str().to_owned()),
                Field::Own(alarm.raised_on.to_string()),
                Field::Own(alarm.first_incident_on.to_string()),
                Field::Own(finite(alarm.recurrence_interval_days)),
                Field::Own(finite(alarm.recurrence_backed_days)),
                Field::Own(finite(alarm.score)),
                Field::Own(alarm.sources.to_string()),
                Field::Text(&joined(alarm.events.iter().map(String::as_str))),
                Field::Text(&publishers),
                Field::Text(&urls),
                Field::Text(sentence),
            ],
        );
    }
    out
}

const CSV_COLUMNS: [&str; 14] = [
    "id",
    "kind",
    "subject",
    "variant",
    "raised_on",
    "first_incident_on",
    "recurrence_interval_days",
    "recurrence_backed_days",
    "score",
    "sources",
    "incidents",
    "publishers",
    "urls",
    "sentence",
];

#[derive(Serialize)]
struct AlarmView<'a> {
    id: String,
    kind: &'static str,
    subject: String,
    variant: &'static str,
    raised_on: Text<forewarn_model::Date>,
    first_incident_on: Text<forewarn_model::Date>,
    recurrence_interval_days: f64,
    recurrence_backed_days: f64,
    score: f64,
    sources: u32,
    incidents: &'a [String],
    sentence: &'a str,
    evidence: Vec<EvidenceView<'a>>,
}

#[derive(Serialize)]
struct EvidenceView<'a> {
    incident: String,
    #[serde(flatten)]
    stated: Option<StatedView<'a>>,
}

#[derive(Serialize)]
struct StatedView<'a> {
    event: &'a str,
    kind: &'static str,
    publisher: &'a str,
    url: &'a str,
    known_from: String,
    grading: String,
    summary: &'a str,
}

fn by_id(incidents: &[Incident]) -> BTreeMap<IncidentId, &Incident> {
    incidents.iter().map(|incident| (incident.id, incident)).collect()
}

fn evidence<'a>(id: IncidentId, known: &BTreeMap<IncidentId, &'a Incident>) -> EvidenceView<'a> {
    let stated = known.get(&id).map(|incident| StatedView {
        event: &incident.event,
        kind: incident.kind.as_str(),
        publisher: &incident.publication.publisher,
        url: &incident.publication.url,
        known_from: incident.known_from.to_string(),
        grading: incident.grading.to_string(),
        summary: &incident.summary,
    });
    EvidenceView { incident: id.to_string(), stated }
}

/// Each text once, in order of first use.
fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut once: Vec<&str> = Vec::new();
    for text in texts {
        if !once.contains(&text) {
            once.push(text);
        }
    }
    once.join(" | ")
}

fn finite(number: f64) -> String {
    if number.is_finite() { number.to_string() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn shows_each_alarm_with_its_evidence() {
        let (alarm, incidents) = (sample::alarm(), sample::incidents());
        let view = alarms(&[(alarm, "A new hub: Cambodia.".to_owned())], &incidents);
        insta::assert_snapshot!(sample::pretty(&view));
    }

    #[test]
    fn an_incident_that_is_not_at_hand_is_still_named() {
        let alarm = sample::alarm();
        let view = alarms(&[(alarm.clone(), String::new())], &[]);
        assert_eq!(view[0]["evidence"][0]["incident"], alarm.incidents[0].to_string());
        assert_eq!(view[0]["evidence"][0].as_object().map(serde_json::Map::len), Some(1));
    }

    #[test]
    fn a_table_has_one_row_for_each_alarm() {
        let mut alarm = sample::alarm();
        alarm.recurrence_interval_days = f64::INFINITY;
        let table = alarms_csv(&[(alarm, "=1+1, or so".to_owned())], &sample::incidents());
        insta::assert_snapshot!(table);
    }
}
