//! What is asked of an object that comes from elsewhere before it is kept, and what its head says.
//!
//! Asked is what a receiver relies on: that the object is unambiguous JSON, that its id, its times and the properties
//! that its type requires are there and of their form (STIX 2.1, sections 2.9, 3 to 7), and whom it may be shown to.
//! Nothing is mended: an object is kept byte for byte or refused with its reason. Types and properties that are not
//! known here are kept, so that they can be passed on.

use std::collections::BTreeSet;

use forewarn_model::{Marking, Pap, Timestamp, Tlp};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::marking;
use crate::strict;

/// What holds for objects that do not say it themselves, and what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admission {
    /// The marking of an object that carries none.
    pub unmarked: Marking,
}

impl Default for Admission {
    fn default() -> Self {
        Self { unmarked: Marking::DEFAULT }
    }
}

/// The head of an object that can be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// `type--UUID`.
    pub id: String,
    /// Its type.
    pub kind: String,
    /// `2.1`, or `2.0` for an object of the earlier version.
    pub spec_version: &'static str,
    /// When it was created; observables have no such time.
    pub created: Option<Timestamp>,
    /// The time that tells its versions apart: when it was last changed, else when it was created.
    pub version: Option<Timestamp>,
    /// That time as it is written.
    pub version_text: Option<String>,
    /// Whether its creator takes it back.
    pub revoked: bool,
    /// The identity that created it.
    pub creator: Option<String>,
    /// Who may see it: the strictest of what it says.
    pub marking: Marking,
    /// The ids that it refers to, in order, each once, without marking definitions of a known kind.
    pub refs: Vec<String>,
    /// SHA-256 of its canonical form (RFC 8785): two objects that say the same have the same, however they are spaced.
    pub digest: [u8; 32],
    /// What is odd about it, though it was kept.
    pub oddities: Vec<Oddity>,
}

/// Something odd that does not keep an object out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Oddity {
    /// A type that neither the standard nor this program knows.
    UnknownType,
    /// An object of STIX 2.0.
    Earlier,
    /// It carries no TLP marking; the default is taken.
    Unmarked,
    /// It carries two TLP markings; the stricter is taken.
    MarkedTwice,
    /// Its TLP marking is one of version 1.
    EarlierMarking,
}

impl Oddity {
    /// A code for tables.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnknownType => "stix-unknown-type",
            Self::Earlier => "stix-2.0",
            Self::Unmarked => "stix-unmarked",
            Self::MarkedTwice => "stix-marked-twice",
            Self::EarlierMarking => "stix-tlp-1",
        }
    }

    /// What it is.
    pub fn describe(self) -> &'static str {
        match self {
            Self::UnknownType => "a type that the standard does not know: kept and passed on as it is",
            Self::Earlier => "an object of STIX 2.0: kept and passed on as it is",
            Self::Unmarked => "it carries no TLP marking: the default was taken",
            Self::MarkedTwice => "it carries several TLP markings: the strictest was taken",
            Self::EarlierMarking => "its TLP marking is one of version 1: the like of version 2 was taken",
        }
    }
}

/// Why an object is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It cannot be read.
    #[error("it is no unambiguous JSON: {0}")]
    Json(String),
    /// It is no object.
    #[error("it is no object with a type")]
    Type,
    /// Its id.
    #[error("its id {0:?} is not its type, -- and a UUID")]
    Id(String),
    /// A property that its type requires.
    #[error("it lacks {0:?}, which its type requires")]
    Missing(&'static str),
    /// A value that is no timestamp.
    #[error("{property:?} is no timestamp such as 2024-05-01T12:00:00.000Z: {text:?}")]
    Time {
        /// Which property.
        property: &'static str,
        /// What stands there.
        text: String,
    },
    /// It was changed before it was created.
    #[error("it was modified before it was created")]
    TimeOrder,
    /// A version that is not known.
    #[error("its spec_version is {0:?}, not 2.1")]
    SpecVersion(String),
    /// A property that has not the form that it must have.
    #[error("{0:?} has not the form that it must have")]
    Form(&'static str),
    /// It is too long.
    #[error("it has {bytes} bytes, more than {bytes_max}")]
    TooLong {
        /// Its length.
        bytes: u64,
        /// The limit.
        bytes_max: usize,
    },
}

impl Refusal {
    /// A code for tables.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Json(_) => "stix-json",
            Self::Type => "stix-type",
            Self::Id(_) => "stix-id",
            Self::Missing(_) => "stix-required",
            Self::Time { .. } => "stix-time",
            Self::TimeOrder => "stix-time-order",
            Self::SpecVersion(_) => "stix-version",
            Self::Form(_) => "stix-form",
            Self::TooLong { .. } => "stix-too-long",
        }
    }

    /// What can be done.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "ask its producer to divide it, or raise the limit",
            _ => "ask its producer to mend it; stix2-validator shows what the standard asks",
        }
    }
}

/// Looks at one object.
pub fn admit(bytes: &[u8], admission: &Admission) -> Result<Admitted, Refusal> {
    let object = strict::parse(bytes).map_err(|error| Refusal::Json(error.to_string()))?;
    admit_value(&object, admission)
}

/// Looks at one object that was read already.
fn admit_value(object: &Value, admission: &Admission) -> Result<Admitted, Refusal> {
    let text = |name: &str| object[name].as_str();
    let kind = text("type").filter(|kind| is_type(kind)).ok_or(Refusal::Type)?;
    let id = text("id").ok_or(Refusal::Missing("id"))?;
    if !is_id_of(kind, id) {
        return Err(Refusal::Id(id.chars().take(100).collect()));
    }
    let row = KINDS.iter().find(|row| row.0 == kind);
    let family = row.map_or(Family::Unknown, |row| row.1);
    let mut oddities = Vec::new();
    let spec_version = match (text("spec_version"), family) {
        (Some("2.1"), _) | (None, Family::Observable) => "2.1",
        (None | Some("2.0"), _) => {
            oddities.push(Oddity::Earlier);
            "2.0"
        }
        (Some(other), _) => return Err(Refusal::SpecVersion(other.chars().take(20).collect())),
    };
    if row.is_none() {
        oddities.push(Oddity::UnknownType);
    }
    let created = time(object, "created")?;
    let modified = time(object, "modified")?;
    let (needs_created, needs_modified) = match family {
        Family::Domain => (true, true),
        Family::Fixed => (true, false),
        Family::Observable | Family::Unknown => (false, false),
    };
    if needs_created && created.is_none() {
        return Err(Refusal::Missing("created"));
    }
    if needs_modified && modified.is_none() {
        return Err(Refusal::Missing("modified"));
    }
    if created.zip(modified).is_some_and(|(created, modified)| modified < created) {
        return Err(Refusal::TimeOrder);
    }
    let required = row.map_or(&[][..], |row| row.2);
    // What version 2.0 required is not asked again: its objects are only passed on.
    if spec_version == "2.1"
        && let Some(missing) = required.iter().find(|name| object[**name].is_null())
    {
        return Err(Refusal::Missing(missing));
    }
    if !matches!(object["revoked"], Value::Null | Value::Bool(_)) {
        return Err(Refusal::Form("revoked"));
    }
    let marking = marking_of(object, admission, &mut oddities)?;
    let mut refs = BTreeSet::new();
    references(object, &mut refs);
    refs.remove(id);
    refs.retain(|id| !marking::is_known(id));
    let version_text = text("modified").or(text("created")).map(str::to_owned);
    oddities.sort_unstable();
    Ok(Admitted {
        id: id.to_owned(),
        kind: kind.to_owned(),
        spec_version,
        created,
        version: modified.or(created),
        version_text,
        revoked: object["revoked"] == true,
        creator: text("created_by_ref").map(str::to_owned),
        marking,
        refs: refs.into_iter().collect(),
        digest: Sha256::digest(super::id::canonical(object)).into(),
        oddities,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    /// Domain and relationship objects, definitions of extensions and translations: created and modified.
    Domain,
    /// Marking definitions: created once.
    Fixed,
    /// Observables.
    Observable,
    /// None of the standard's.
    Unknown,
}

/// The types of STIX 2.1 with the properties that each requires beside those of all.
const KINDS: &[(&str, Family, &[&str])] = &[
    ("attack-pattern", Family::Domain, &["name"]),
    ("campaign", Family::Domain, &["name"]),
    ("course-of-action", Family::Domain, &["name"]),
    (
        "extension-definition",
        Family::Domain,
        &["created_by_ref", "name", "schema", "version", "extension_types"],
    ),
    ("grouping", Family::Domain, &["context", "object_refs"]),
    ("identity", Family::Domain, &["name"]),
    ("incident", Family::Domain, &["name"]),
    ("indicator", Family::Domain, &["pattern", "pattern_type", "valid_from"]),
    ("infrastructure", Family::Domain, &["name"]),
    ("intrusion-set", Family::Domain, &["name"]),
    ("language-content", Family::Domain, &["object_ref", "contents"]),
    ("location", Family::Domain, &[]),
    ("malware", Family::Domain, &["is_family"]),
    ("malware-analysis", Family::Domain, &["product"]),
    ("marking-definition", Family::Fixed, &[]),
    ("note", Family::Domain, &["content", "object_refs"]),
    ("observed-data", Family::Domain, &["first_observed", "last_observed", "number_observed"]),
    ("opinion", Family::Domain, &["opinion", "object_refs"]),
    ("relationship", Family::Domain, &["relationship_type", "source_ref", "target_ref"]),
    ("report", Family::Domain, &["name", "published", "object_refs"]),
    ("sighting", Family::Domain, &["sighting_of_ref"]),
    ("threat-actor", Family::Domain, &["name"]),
    ("tool", Family::Domain, &["name"]),
    ("vulnerability", Family::Domain, &["name"]),
    ("artifact", Family::Observable, &[]),
    ("autonomous-system", Family::Observable, &["number"]),
    ("directory", Family::Observable, &["path"]),
    ("domain-name", Family::Observable, &["value"]),
    ("email-addr", Family::Observable, &["value"]),
    ("email-message", Family::Observable, &["is_multipart"]),
    ("file", Family::Observable, &[]),
    ("ipv4-addr", Family::Observable, &["value"]),
    ("ipv6-addr", Family::Observable, &["value"]),
    ("mac-addr", Family::Observable, &["value"]),
    ("mutex", Family::Observable, &["name"]),
    ("network-traffic", Family::Observable, &["protocols"]),
    ("process", Family::Observable, &[]),
    ("software", Family::Observable, &["name"]),
    ("url", Family::Observable, &["value"]),
    ("user-account", Family::Observable, &[]),
    ("windows-registry-key", Family::Observable, &[]),
    ("x509-certificate", Family::Observable, &[]),
];

/// STIX 2.1, section 2.9 and 11.2: lower-case letters, digits and hyphens, at most 250.
fn is_type(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=250).contains(&text.len()) && text.bytes().all(allowed) && text != "bundle"
}

/// Whether an id is of a type: the type, `--`, and a UUID in its usual form.
fn is_id_of(kind: &str, id: &str) -> bool {
    id.strip_prefix(kind).and_then(|rest| rest.strip_prefix("--")).is_some_and(is_uuid)
}

/// Whether a text has the form of an identifier of any type.
pub fn is_id(text: &str) -> bool {
    text.split_once("--").is_some_and(|(kind, uuid)| is_type(kind) && is_uuid(uuid))
}

fn is_uuid(text: &str) -> bool {
    let dash = |at: usize| matches!(at, 8 | 13 | 18 | 23);
    text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| if dash(at) { b == b'-' } else { b.is_ascii_hexdigit() })
}

/// A timestamp of RFC 3339 in UTC (STIX 2.1, section 3.2).
pub fn read_time(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let plain = text.len() >= 20 && bytes[10] == b'T' && text.ends_with('Z');
    plain.then(|| text.parse().ok()).flatten()
}

fn time(object: &Value, property: &'static str) -> Result<Option<Timestamp>, Refusal> {
    match &object[property] {
        Value::Null => Ok(None),
        Value::String(text) => {
            let refused = || Refusal::Time { property, text: text.chars().take(60).collect() };
            read_time(text).map(Some).ok_or_else(refused)
        }
        other => Err(Refusal::Time { property, text: other.to_string().chars().take(60).collect() }),
    }
}

/// The strictest of the markings that the object and its parts carry.
fn marking_of(object: &Value, admission: &Admission, oddities: &mut Vec<Oddity>) -> Result<Marking, Refusal> {
    let whole = list(&object["object_marking_refs"]).ok_or(Refusal::Form("object_marking_refs"))?;
    let parts: Option<Vec<&Value>> = match &object["granular_markings"] {
        Value::Null => Some(Vec::new()),
        Value::Array(items) => Some(items.iter().map(|item| &item["marking_ref"]).collect()),
        _ => None,
    };
    let parts = parts.ok_or(Refusal::Form("granular_markings"))?;
    let mut tlp: Option<Tlp> = None;
    let mut pap: Option<Pap> = None;
    for (at, reference) in whole.iter().chain(&parts).enumerate() {
        match reference {
            // Parts may be marked in another language, which is no marking.
            Value::Null if at >= whole.len() => continue,
            Value::String(_) => {}
            _ => return Err(Refusal::Form("object_marking_refs")),
        }
        let id = reference.as_str().unwrap_or_default();
        if let Some((level, version)) = marking::tlp_of(id) {
            if tlp.is_some_and(|known| known != level) && at < whole.len() {
                oddities.push(Oddity::MarkedTwice);
            }
            if version == 1 {
                oddities.push(Oddity::EarlierMarking);
            }
            tlp = Some(tlp.map_or(level, |known| known.max(level)));
        }
        if let Some(level) = marking::pap_of(id) {
            pap = Some(pap.map_or(level, |known| known.max(level)));
        }
    }
    // Of what is public by nature no marking is asked.
    let public = matches!(object["type"].as_str(), Some("marking-definition" | "extension-definition"));
    if tlp.is_none() && !public {
        oddities.push(Oddity::Unmarked);
    }
    oddities.dedup();
    let unmarked = if public { Marking::PUBLIC } else { admission.unmarked };
    // A producer that marks with TLP and not with PAP asks for no restriction of what is done.
    let without_pap = if tlp.is_some() { Pap::White } else { unmarked.pap };
    Ok(Marking { tlp: tlp.unwrap_or(unmarked.tlp), pap: pap.unwrap_or(without_pap) })
}

fn list(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::Array(items) => Some(items.iter().collect()),
        _ => None,
    }
}

/// Every identifier in a property that ends in `_ref` or `_refs`.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member {
                    Value::String(text) if name.ends_with("_ref") && is_id(text) => {
                        found.insert(text.clone());
                    }
                    Value::Array(items) if name.ends_with("_refs") => {
                        let ids = items.iter().filter_map(Value::as_str).filter(|text| is_id(text));
                        found.extend(ids.map(str::to_owned));
                    }
                    other => references(other, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ID: &str = "9a1b7c52-0f0e-4c4f-9a64-94cb5e3f8a11";

    fn tool() -> Value {
        json!({
            "type": "tool", "spec_version": "2.1", "id": format!("tool--{ID}"), "name": "x",
            "created": "2024-05-01T12:00:00.000Z", "modified": "2024-05-02T12:00:00Z",
        })
    }

    fn read(object: &Value) -> Result<Admitted, Refusal> {
        admit(object.to_string().as_bytes(), &Admission::default())
    }

    /// What is changed in a sound object, and the code with which it is refused.
    #[test]
    fn refuses_what_a_receiver_cannot_rely_on() {
        type Change = fn(&mut Value);
        let cases: &[(Change, &str)] = &[
            (|it| *it = json!(5), "stix-type"),
            (|it| *it = json!({}), "stix-type"),
            (|it| it["type"] = json!("Tool"), "stix-type"),
            (|it| it["type"] = json!("bundle"), "stix-type"),
            (|it| it["id"] = json!(null), "stix-required"),
            (|it| it["id"] = json!("tool--1"), "stix-id"),
            (|it| it["id"] = json!(format!("url--{ID}")), "stix-id"),
            (|it| it["name"] = json!(null), "stix-required"),
            (|it| it["created"] = json!(null), "stix-required"),
            (|it| it["modified"] = json!(null), "stix-required"),
            (|it| it["modified"] = json!("2024-05-02"), "stix-time"),
            (|it| it["modified"] = json!("2024-02-30T00:00:00Z"), "stix-time"),
            (|it| it["modified"] = json!("2024-05-02T12:00:00+02:00"), "stix-time"),
            (|it| it["modified"] = json!(7), "stix-time"),
            (|it| it["modified"] = json!("2024-04-30T12:00:00Z"), "stix-time-order"),
            (|it| it["spec_version"] = json!("3.0"), "stix-version"),
            (|it| it["revoked"] = json!("yes"), "stix-form"),
            (|it| it["object_marking_refs"] = json!("x"), "stix-form"),
            (|it| it["object_marking_refs"] = json!([{}]), "stix-form"),
            (|it| it["granular_markings"] = json!({}), "stix-form"),
        ];
        assert!(read(&tool()).is_ok());
        for (change, code) in cases {
            let mut object = tool();
            change(&mut object);
            assert_eq!(read(&object).unwrap_err().code(), *code, "{object}");
        }
        let twice = br#"{"type":"tool","type":"url"}"#;
        assert_eq!(admit(twice, &Admission::default()).unwrap_err().code(), "stix-json");
    }

    #[test]
    fn every_required_property_is_asked_for() {
        for (kind, family, required) in KINDS {
            let mut object = json!({ "type": kind, "spec_version": "2.1", "id": format!("{kind}--{ID}") });
            if *family != Family::Observable {
                object["created"] = json!("2024-05-01T12:00:00Z");
                object["modified"] = json!("2024-05-01T12:00:00Z");
            }
            for name in *required {
                assert_eq!(read(&object), Err(Refusal::Missing(name)), "{kind}");
                object[*name] = json!("2024-05-01T12:00:00Z");
            }
            assert!(read(&object).is_ok(), "{object}");
        }
    }

    #[track_caller]
    fn check_marking(refs: &[&str], expected: &str, oddities: &[Oddity]) {
        let mut object = tool();
        let refs: Vec<String> = refs.iter().map(|id| format!("marking-definition--{id}")).collect();
        object["object_marking_refs"] = json!(refs);
        let read = read(&object).unwrap();
        assert_eq!((read.marking.to_string().as_str(), read.oddities.as_slice()), (expected, oddities));
    }

    #[test]
    fn takes_the_strictest_marking() {
        let green = "bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
        let red = "e828b379-4e03-4974-9ac4-e53a884c97c1";
        let first_white = "613f2e26-407d-48c7-9eca-b8e91df99dc9";
        let pap_red = "740d36e5-7714-4c30-961a-3ae632ceee0e";
        check_marking(&[], "TLP:AMBER PAP:AMBER", &[Oddity::Unmarked]);
        check_marking(&[green], "TLP:GREEN PAP:WHITE", &[]);
        check_marking(&[green, pap_red], "TLP:GREEN PAP:RED", &[]);
        check_marking(&[red, green], "TLP:RED PAP:WHITE", &[Oddity::MarkedTwice]);
        check_marking(&[first_white], "TLP:CLEAR PAP:WHITE", &[Oddity::EarlierMarking]);
        check_marking(&[ID], "TLP:AMBER PAP:AMBER", &[Oddity::Unmarked]);
        let mut object = tool();
        object["object_marking_refs"] = json!([format!("marking-definition--{green}")]);
        object["granular_markings"] = json!([{ "selectors": ["name"], "marking_ref": format!("marking-definition--{red}") }, { "lang": "fr", "selectors": ["name"] }]);
        assert_eq!(read(&object).unwrap().marking.tlp, Tlp::Red);
    }

    #[test]
    fn tells_references_and_versions() {
        let mut object = tool();
        object["created_by_ref"] = json!(format!("identity--{ID}"));
        object["x_more"] =
            json!([{ "some_refs": [format!("url--{ID}"), "no id", 5], "other_ref": format!("tool--{ID}") }]);
        let read = read(&object).unwrap();
        assert_eq!(read.refs, [format!("identity--{ID}"), format!("url--{ID}")]);
        assert_eq!(read.creator, Some(format!("identity--{ID}")));
        assert_eq!(read.version_text.as_deref(), Some("2024-05-02T12:00:00Z"));
        let unknown = json!({ "type": "x-own", "spec_version": "2.1", "id": format!("x-own--{ID}") });
        let unknown =
            admit(unknown.to_string().as_bytes(), &Admission { unmarked: Marking::PUBLIC }).unwrap();
        assert_eq!(unknown.oddities, [Oddity::UnknownType, Oddity::Unmarked]);
        assert_eq!(unknown.version, None);
    }
}
