//! Incidents, and candidates for them that were read from a text.

use forewarn_model::{CandidateSubject, Country, Incident, IncidentCandidate, Quantity};
use serde::Serialize;
use serde_json::Value;

use crate::wire::{pair, value};

/// Incidents in the order given, as a JSON array: `id`, `event`, `happened` (with the precision that its
/// form shows), `basis`, `known_from`, `kind`, `hub`, `place`, `origin`, `count`, `coercion_stated`,
/// `variant`, `person_role`, `publisher`, `url`, `summary`, `grading`, `retracted_on`.
pub fn incidents(incidents: &[Incident]) -> Value {
    value(incidents.iter().map(incident).collect::<Vec<_>>())
}

/// Candidates in the order given, as a JSON array: `id`, `report`, `kind`, `subject` (`type` and `value`:
/// a country or region code, a quantity as `min` and `max`, or a colour), `hedged`, `span`, `text` (the
/// words of the span), `sentence_span` and `sentence`. `text` is the report's full text.
pub fn candidates(candidates: &[IncidentCandidate], text: &str) -> Value {
    value(candidates.iter().map(|found| candidate(found, text)).collect::<Vec<_>>())
}

#[derive(Serialize)]
struct IncidentView<'a> {
    id: String,
    event: &'a str,
    happened: String,
    basis: &'static str,
    known_from: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hub: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u32>,
    coercion_stated: bool,
    variant: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_role: Option<&'static str>,
    publisher: &'a str,
    url: &'a str,
    summary: &'a str,
    grading: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    retracted_on: Option<String>,
}

#[derive(Serialize)]
struct CandidateView<'a> {
    id: String,
    report: String,
    kind: &'static str,
    subject: SubjectView<'a>,
    hedged: bool,
    span: [u32; 2],
    text: &'a str,
    sentence_span: [u32; 2],
    sentence: &'a str,
}

#[derive(Serialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
enum SubjectView<'a> {
    HubCountry(String),
    HubRegion(String),
    OriginCountry(String),
    OriginRegion(String),
    People(QuantityView),
    HubCountries(QuantityView),
    NoticeIssued(&'a str),
}

#[derive(Serialize)]
struct QuantityView {
    min: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<u64>,
}

fn incident(incident: &Incident) -> IncidentView<'_> {
    IncidentView {
        id: incident.id.to_string(),
        event: &incident.event,
        happened: incident.happened.to_string(),
        basis: incident.basis.as_str(),
        known_from: incident.known_from.to_string(),
        kind: incident.kind.as_str(),
        hub: incident.hub.as_ref().map(Country::as_str),
        place: incident.place.as_deref(),
        origin: incident.origin.as_ref().map(Country::as_str),
        count: incident.count,
        coercion_stated: incident.coercion_stated,
        variant: incident.variant.as_str(),
        person_role: incident.person_role.map(|role| role.as_str()),
        publisher: &incident.publication.publisher,
        url: &incident.publication.url,
        summary: &incident.summary,
        grading: incident.grading.to_string(),
        retracted_on: incident.retracted_on.map(|day| day.to_string()),
    }
}

fn candidate<'a>(candidate: &'a IncidentCandidate, text: &'a str) -> CandidateView<'a> {
    CandidateView {
        id: candidate.id.to_string(),
        report: candidate.report.to_string(),
        kind: candidate.kind.as_str(),
        subject: subject(&candidate.subject),
        hedged: candidate.hedged,
        span: pair(candidate.span),
        text: candidate.span.slice(text),
        sentence_span: pair(candidate.sentence),
        sentence: candidate.sentence.slice(text),
    }
}

fn subject(subject: &CandidateSubject) -> SubjectView<'_> {
    let quantity = |quantity: &Quantity| QuantityView { min: quantity.min, max: quantity.max };
    match subject {
        CandidateSubject::HubCountry(country) => SubjectView::HubCountry(country.to_string()),
        CandidateSubject::HubRegion(region) => SubjectView::HubRegion(region.to_string()),
        CandidateSubject::OriginCountry(country) => SubjectView::OriginCountry(country.to_string()),
        CandidateSubject::OriginRegion(region) => SubjectView::OriginRegion(region.to_string()),
        CandidateSubject::People(people) => SubjectView::People(quantity(people)),
        CandidateSubject::HubCountries(countries) => SubjectView::HubCountries(quantity(countries)),
        CandidateSubject::NoticeIssued(colour) => SubjectView::NoticeIssued(colour),
    }
}

#[cfg(test)]
mod tests {
    use forewarn_model::{CandidateId, IncidentKind, ReportId, Span};

    use super::*;
    use crate::sample;

    #[test]
    fn shows_every_field_of_an_incident() {
        insta::assert_snapshot!(sample::pretty(&incidents(&sample::incidents())));
    }

    #[test]
    fn shows_each_kind_of_candidate_with_its_words() {
        let text = "Police freed tens of thousands in Laos.";
        let (country, region) = ("LA".parse().unwrap(), "035".parse().unwrap());
        let subjects = [
            CandidateSubject::HubCountry(country),
            CandidateSubject::HubRegion(region),
            CandidateSubject::OriginCountry(country),
            CandidateSubject::OriginRegion(region),
            CandidateSubject::People(Quantity { min: 20_000, max: Some(99_999) }),
            CandidateSubject::HubCountries(Quantity { min: 2, max: None }),
            CandidateSubject::NoticeIssued("orange".into()),
        ];
        let found: Vec<IncidentCandidate> = subjects
            .into_iter()
            .map(|subject| IncidentCandidate {
                id: CandidateId::derive(&[b"c"]),
                report: ReportId::derive(&[b"r"]),
                kind: IncidentKind::VictimsRescued,
                subject,
                hedged: false,
                span: Span::new(13, 30),
                sentence: Span::new(0, 39),
            })
            .collect();
        insta::assert_snapshot!(sample::pretty(&candidates(&found, text)));
    }
}
