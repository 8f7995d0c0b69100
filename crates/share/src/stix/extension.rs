//! Our extensions, for what STIX 2.1 has no property for.

use forewarn_model::Grading;
use serde_json::{Map, Value, json};

use super::object;

/// The organisation that defines the extensions.
pub(super) const AUTHOR: &str = "Forewarn";

/// One of our extensions with its JSON Schema, as a node publishes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schema {
    /// The id of the extension definition; the schema's file is named after it.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it adds, and to which objects.
    pub description: &'static str,
    /// The JSON Schema (draft 2020-12) of objects that carry it.
    pub json: &'static str,
}

/// Admiralty grading.
pub(super) const GRADING: &str = "extension-definition--8c310fd0-ff13-4227-9e78-59c4c87065b2";
/// The facts of an incident.
pub(super) const INCIDENT: &str = "extension-definition--59761bdf-72a2-422b-b83e-4aa7de03789a";
/// The figures of an alarm.
pub(super) const ALARM: &str = "extension-definition--f87ac207-fbac-4f72-a1df-6d91944fefaa";
/// The head of a notice.
pub(super) const NOTICE: &str = "extension-definition--3300729b-f1ce-4ac9-8ffb-627c20e56de7";

macro_rules! schema {
    ($id:literal) => {
        include_str!(concat!("../../../../schemas/stix/", $id, ".json"))
    };
}

/// All of our extensions.
pub const SCHEMAS: &[Schema] = &[
    Schema {
        id: GRADING,
        name: "admiralty-grading",
        description: "How far to trust an object: reliability of its source, A to F, and credibility of the \
            information, 1 to 6 (Admiralty system). On any object.",
        json: schema!("extension-definition--8c310fd0-ff13-4227-9e78-59c4c87065b2"),
    },
    Schema {
        id: INCIDENT,
        name: "scam-centre-incident",
        description: "A dated fact about scam centres that hold coerced workers: when it happened and from \
            when it was publicly known, each with its precision; hub and origin country, number of people, \
            whether the source states coercion. On incident.",
        json: schema!("extension-definition--59761bdf-72a2-422b-b83e-4aa7de03789a"),
    },
    Schema {
        id: ALARM,
        name: "trend-alarm",
        description: "What a watch over incidents raised: kind and subject of the change, the day on which \
            it could first be known, recurrence interval, independent sources. On note.",
        json: schema!("extension-definition--f87ac207-fbac-4f72-a1df-6d91944fefaa"),
    },
    Schema {
        id: NOTICE,
        name: "warning-notice",
        description: "The head of a warning: number, kind, state, the day up to which knowledge went into \
            it, the day of its review, and its graded references. On report.",
        json: schema!("extension-definition--3300729b-f1ce-4ac9-8ffb-627c20e56de7"),
    },
];

/// The definition object of an extension.
pub(super) fn definition(schema: &Schema) -> Value {
    let properties = json!({
        "created_by_ref": object::identity_id(AUTHOR),
        "name": schema.name,
        "description": schema.description,
        "schema": format!("JSON Schema, in the source of Forewarn under schemas/stix/{}.json", schema.id),
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    });
    let mut definition = object::common("extension-definition", &[], properties);
    definition["id"] = json!(schema.id);
    definition
}

/// The member `extensions` of an object that carries these extensions; properties that are `null` are left
/// out.
pub(super) fn extensions<const N: usize>(used: [(&str, Value); N]) -> Value {
    let kind = || json!({ "extension_type": "property-extension" });
    let members =
        used.into_iter().map(|(id, properties)| (id.to_owned(), object::merged(kind(), properties)));
    Value::Object(members.collect::<Map<_, _>>())
}

/// The properties of the grading extension.
pub(super) fn grading(grading: Grading) -> Value {
    json!({
        "source_reliability": grading.reliability.letter().to_string(),
        "information_credibility": grading.credibility.digit(),
    })
}

/// The credibility as a STIX confidence (STIX 2.1, appendix A, Admiralty credibility); none for 6.
pub(super) fn confidence(grading: Grading) -> Option<u8> {
    [Some(90), Some(70), Some(50), Some(30), Some(10), None][grading.credibility as usize]
}

/// The grading as machine tags of MISP's taxonomy `admiralty-scale`.
pub(super) fn grading_tags(grading: Grading) -> [String; 2] {
    let reliability = grading.reliability.letter().to_ascii_lowercase();
    [
        format!("admiralty-scale:source-reliability=\"{reliability}\""),
        format!("admiralty-scale:information-credibility=\"{}\"", grading.credibility.digit()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema_of(id: &str) -> Value {
        let schema = SCHEMAS.iter().find(|schema| schema.id == id).unwrap();
        serde_json::from_str(schema.json).unwrap()
    }

    #[test]
    fn every_schema_is_about_its_own_extension() {
        for schema in SCHEMAS {
            let json = schema_of(schema.id);
            assert_eq!(json["title"], schema.name);
            assert_eq!(json["$id"], format!("urn:forewarn:schemas:stix:{}", schema.id));
            let rules = &json["properties"]["extensions"]["properties"][schema.id];
            assert_eq!(rules["additionalProperties"], false, "{}", schema.id);
            assert_eq!(rules["properties"]["extension_type"]["const"], "property-extension");
        }
    }

    #[test]
    fn every_grading_fits_its_schema() {
        let rules = &schema_of(GRADING)["properties"]["extensions"]["properties"][GRADING]["properties"];
        let listed = |property: &str, value: &Value| {
            rules[property]["enum"].as_array().is_some_and(|all| all.contains(value))
        };
        for reliability in forewarn_model::Reliability::ALL {
            for credibility in forewarn_model::Credibility::ALL {
                let written = grading(Grading { reliability, credibility });
                for property in ["source_reliability", "information_credibility"] {
                    assert!(listed(property, &written[property]), "{written}");
                }
            }
        }
    }
}
