//! The notice itself as a report, and its translations.

use forewarn_model::{EvidenceRef, EvidenceTarget, Incident, Language, LocalizedNotice, Notice, NoticeState};
use serde_json::{Map, Value, json};

use super::extension::{NOTICE, extensions};
use super::object::{self, Head};
use super::{BundleInput, alarm, id, location, marking, text};

/// The id of a notice's report.
pub(super) fn id(notice: &Notice) -> String {
    id::own("report", &[&notice.issuer, &notice.id.to_string()])
}

/// The `report` object, about the objects with the ids `about`.
pub(super) fn report(head: &Head, input: &BundleInput<'_>, about: &[String]) -> Value {
    let notice = input.notice;
    let main = main_text(input.texts);
    let title = main.map_or_else(|| text::plain_title(notice), |text| text::title(notice, text));
    let body = main.map_or_else(|| text::references(notice), |text| text::body(notice, text));
    let revoked = notice.state() == NoticeState::Withdrawn;
    head.object(
        "report",
        &[&notice.id.to_string()],
        &head.created,
        json!({
            "name": title,
            "description": body,
            "lang": main.map(|text| text.language.as_str()),
            "report_types": ["threat-report"],
            "published": notice.issued_at().map_or_else(|| head.created.clone(), object::instant),
            "revoked": revoked.then_some(true),
            "labels": labels(input),
            "object_refs": about,
            "external_references": external_references(input),
            "extensions": extensions([(NOTICE, facts(notice))]),
        }),
    )
}

/// The other languages, as a `language-content` object on the report.
pub(super) fn translations(head: &Head, input: &BundleInput<'_>, report: &Value) -> Option<Value> {
    let main = main_text(input.texts).map(|text| text.language);
    let others = input.texts.iter().filter(|text| Some(text.language) != main);
    let contents: Map<String, Value> = others
        .map(|text| {
            let (title, body) = (text::title(input.notice, text), text::body(input.notice, text));
            (text.language.to_string(), json!({ "name": title, "description": body }))
        })
        .collect();
    let id = input.notice.id.to_string();
    (!contents.is_empty()).then(|| {
        head.object(
            "language-content",
            &[&id],
            &head.created,
            json!({
                "object_ref": report["id"],
                "object_modified": report["modified"],
                "contents": contents,
            }),
        )
    })
}

/// English if it is there, else the first.
fn main_text(texts: &[LocalizedNotice]) -> Option<&LocalizedNotice> {
    texts.iter().find(|text| text.language == Language::ENGLISH).or_else(|| texts.first())
}

/// Machine tags of the form `namespace:predicate="value"`.
fn labels(input: &BundleInput<'_>) -> Vec<String> {
    let notice = input.notice;
    let tag = |predicate: &str, value: &str| format!("forewarn:{predicate}=\"{value}\"");
    let mut labels: Vec<String> = marking::tags(notice.marking).into();
    labels.push(tag("notice", notice.kind.as_str()));
    labels.push(tag("state", notice.state().as_str()));
    for (role, place) in location::of_notice(notice, input.alarm) {
        labels.push(tag(role.tag(), &place.tag()));
    }
    for (from, to) in location::routes(notice, input.alarm) {
        labels.push(tag("route", &format!("{from}>{to}")));
    }
    if let Some(alarm) = input.alarm {
        labels.push(tag("alarm", alarm.kind.as_str()));
        labels.extend(alarm::recurrence_days(alarm).map(|days| tag("recurrence-interval-days", &days)));
    }
    if input.incidents.iter().any(Incident::is_coercive) {
        labels.push(tag("coerced-labour", "stated"));
    }
    labels
}

/// The number of the notice, then its references in the order of their numbers.
fn external_references(input: &BundleInput<'_>) -> Vec<Value> {
    let notice = input.notice;
    let own = object::external_reference(&notice.issuer, None, &notice.number, "");
    let reference = |reference: &EvidenceRef| {
        let target = reference.target.to_string();
        let published =
            input.incidents.iter().find(|incident| reference.target == EvidenceTarget::Incident(incident.id));
        let (source, url) = published.map_or(("Forewarn", None), |incident| {
            (incident.publication.publisher.as_str(), Some(incident.publication.url.as_str()))
        });
        object::external_reference(source, url, &target, &reference.label)
    };
    std::iter::once(own).chain(notice.references().into_iter().map(reference)).collect()
}

fn facts(notice: &Notice) -> Value {
    let references = notice.references().into_iter().map(|reference| {
        json!({
            "id": reference.target.to_string(),
            "grading": reference.grading.to_string(),
            "known_from": reference.known_from.to_string(),
            "label": reference.label,
        })
    });
    // The report of the notice that this one replaces, by the id that this issuer gave it.
    let superseded =
        notice.supersedes.map(|earlier| id::own("report", &[&notice.issuer, &earlier.to_string()]));
    json!({
        "notice_id": notice.id.to_string(),
        "number": notice.number,
        "kind": notice.kind.as_str(),
        "state": notice.state().as_str(),
        "as_of": notice.as_of.to_string(),
        "review_by": notice.review_by.to_string(),
        "supersedes_ref": superseded,
        "references": references.collect::<Vec<_>>(),
    })
}
