//! A public extract as JSON, for other websites and applications.

use forewarn_model::{ExtractChoice, LocalizedExtract, Notice, PublicPoint, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};

use crate::wire::value;

/// The form of the document, as its member `format` names it.
pub const FORMAT: &str = "forewarn/extract/1";

/// What goes into the document.
#[derive(Debug, Clone, Copy)]
pub struct ExtractInput<'a> {
    /// The notice.
    pub notice: &'a Notice,
    /// What of it is public.
    pub choice: &'a ExtractChoice,
    /// The same as facts; empty if it has ended.
    pub points: &'a [PublicPoint],
    /// Its words, one for each language.
    pub texts: &'a [LocalizedExtract],
    /// `standing`, `withdrawn`, `superseded` or `expired`.
    pub state: &'static str,
    /// When it became public.
    pub published: Timestamp,
    /// When it last changed.
    pub updated: Timestamp,
}

/// The document. It is public: it names no reference and no person.
pub fn document(input: &ExtractInput<'_>) -> Value {
    let ExtractInput { notice, choice, points, texts, state, published, updated } = *input;
    let observables = choice.observables.iter().filter_map(|at| notice.observables.get(*at));
    let observables = observables
        .filter(|_| state == "standing")
        .map(|observable| Observable { kind: observable.kind.to_string(), value: observable.value.clone() });
    value(Document {
        format: FORMAT,
        notice: notice.id.to_string(),
        number: notice.number.clone(),
        kind: notice.kind.as_str(),
        issuer: notice.issuer.clone(),
        marking: "TLP:CLEAR",
        state,
        published: published.to_string(),
        updated: updated.to_string(),
        facts: points.iter().map(fact).collect(),
        observables: observables.collect(),
        texts: texts.iter().map(text).collect(),
    })
}

#[derive(Serialize)]
struct Document {
    format: &'static str,
    notice: String,
    number: String,
    kind: &'static str,
    issuer: String,
    marking: &'static str,
    state: &'static str,
    published: String,
    updated: String,
    facts: Vec<Value>,
    observables: Vec<Observable>,
    texts: Vec<Text>,
}

#[derive(Serialize)]
struct Observable {
    #[serde(rename = "type")]
    kind: String,
    value: String,
}

#[derive(Serialize)]
struct Text {
    language: String,
    dir: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<String>,
    points: Vec<String>,
    lists: Vec<List>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct List {
    heading: String,
    items: Vec<String>,
}

fn fact(point: &PublicPoint) -> Value {
    let codes = |list: &[forewarn_model::Country]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    match point {
        PublicPoint::Hubs(list) => json!({ "type": "hubs", "countries": codes(list) }),
        PublicPoint::Origins(list) => json!({ "type": "origins", "countries": codes(list) }),
        PublicPoint::Destinations(list) => json!({ "type": "destinations", "countries": codes(list) }),
        PublicPoint::Route(from, to) => {
            json!({ "type": "route", "from": from.to_string(), "to": to.to_string() })
        }
        PublicPoint::People(min, max) => json!({ "type": "people", "min": min, "max": max }),
        PublicPoint::Signs(names) => {
            json!({ "type": "signs", "names": names.iter().map(ToString::to_string).collect::<Vec<_>>() })
        }
        PublicPoint::Advice => json!({ "type": "advice" }),
    }
}

fn text(one: &LocalizedExtract) -> Text {
    let list =
        |(heading, items): &(String, Vec<String>)| List { heading: heading.clone(), items: items.clone() };
    Text {
        language: one.language.to_string(),
        dir: if one.language.is_right_to_left() { "rtl" } else { "ltr" },
        title: one.title.clone(),
        ended: one.ended.clone(),
        points: one.points.clone(),
        lists: one.lists.iter().map(list).collect(),
        notes: one.notes.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn names_no_reference() {
        let notice = sample::notice();
        let choice = ExtractChoice { statements: vec![0], observables: vec![0] };
        let at = "2024-01-01T00:00:00Z".parse().unwrap();
        let input = ExtractInput {
            notice: &notice,
            choice: &choice,
            points: &[PublicPoint::People(3, 5), PublicPoint::Advice],
            texts: &[],
            state: "standing",
            published: at,
            updated: at,
        };
        let document = document(&input).to_string();
        assert!(document.contains("\"min\":3") && document.contains(&notice.observables[0].value));
        for reference in notice.references() {
            assert!(
                !document.contains(&reference.target.to_string()) && !document.contains(&reference.label)
            );
        }
    }
}
