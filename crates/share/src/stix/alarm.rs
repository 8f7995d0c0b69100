//! An alarm as a note on the report and on the incidents behind it.

use forewarn_model::Alarm;
use serde_json::{Value, json};

use super::extension::{ALARM, extensions};
use super::object::{self, Head};

/// The `note` object; `about` are the ids of the objects that it speaks of, at least one.
pub(super) fn note(head: &Head, alarm: &Alarm, about: Vec<String>) -> Value {
    let id = alarm.id.to_string();
    let (kind, subject, raised_on) = (alarm.kind.as_str(), &alarm.subject, alarm.raised_on);
    head.object(
        "note",
        &[&id],
        &object::day(raised_on),
        json!({
            "abstract": format!("Alarm: {kind} {subject}"),
            "content": content(alarm),
            "object_refs": about,
            "external_references": [object::external_reference("Forewarn", None, &id, "")],
            "extensions": extensions([(ALARM, json!({
                "kind": kind,
                "subject": subject.to_string(),
                "variant": alarm.variant.as_str(),
                "raised_on": raised_on.to_string(),
                "first_incident_on": alarm.first_incident_on.to_string(),
                "recurrence_interval_days": finite(alarm.rarity().days),
                "score": finite(alarm.score),
                "sources": alarm.sources,
                "events": alarm.events.as_slice(),
            }))]),
        }),
    )
}

/// The recurrence interval in whole days, no longer than the record bears out.
pub(super) fn recurrence_days(alarm: &Alarm) -> Option<String> {
    finite(alarm.rarity().days).map(|days| format!("{:.0}", days.trunc()))
}

fn content(alarm: &Alarm) -> String {
    let often = if alarm.rarity().is_bound { "less than once" } else { "once" };
    let recurrence = recurrence_days(alarm).map(|days| {
        format!(" Without a change, an alarm as strong as this would come {often} in {days} days.")
    });
    format!(
        "Raised on {}, the day on which it could first be known; its first incident was known from {}. \
         Independent sources: {}.{}",
        alarm.raised_on,
        alarm.first_incident_on,
        alarm.sources,
        recurrence.unwrap_or_default(),
    )
}

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}
