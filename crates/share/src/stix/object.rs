//! What all objects have in common.

use forewarn_model::{Date, Marking, Notice, Timestamp};
use serde_json::{Map, Value, json};

use super::{id, marking};

/// The creation time of objects that never change: countries, regions, organisations, the modus operandi,
/// definitions. Before any notice, so that what links to them is no older than they are.
const COMMON_CREATED: &str = "2000-01-01T00:00:00.000Z";

/// What the objects of one bundle share.
pub(super) struct Head {
    issuer: String,
    identity: String,
    /// When what the bundle tells of was created, such as a notice drafted.
    pub(super) created: String,
    /// When it last changed.
    pub(super) modified: String,
    /// Who may see it.
    pub(super) marking: Marking,
    marking_refs: Vec<String>,
}

impl Head {
    /// The head of a notice's objects.
    pub(super) fn of_notice(notice: &Notice) -> Self {
        let last = notice.history.iter().map(|step| step.when).chain([notice.created_at]).max();
        let last = last.unwrap_or(notice.created_at);
        Self::new(&notice.issuer, notice.marking, notice.created_at, last)
    }

    /// The head of objects that `issuer` created and last changed at these instants.
    pub(super) fn new(issuer: &str, marking: Marking, created: Timestamp, modified: Timestamp) -> Self {
        Self {
            issuer: issuer.to_owned(),
            identity: identity_id(issuer),
            created: instant(created),
            modified: instant(modified),
            marking,
            marking_refs: marking::refs(marking),
        }
    }

    /// An object of the issuer. `key` names it among the issuer's objects of its kind, for ever; `created`
    /// must not change as long as it does not. The properties come last, those that are `null` are left out.
    pub(super) fn object(&self, kind: &str, key: &[&str], created: &str, properties: Value) -> Value {
        let parts: Vec<&str> = std::iter::once(self.issuer.as_str()).chain(key.iter().copied()).collect();
        let created = created.min(self.modified.as_str());
        let common = json!({
            "type": kind,
            "spec_version": "2.1",
            "id": id::own(kind, &parts),
            "created_by_ref": self.identity,
            "created": created,
            "modified": self.modified,
            "object_marking_refs": self.marking_refs,
        });
        merged(common, properties)
    }

    /// An object of the issuer that never changes.
    pub(super) fn fixed(&self, kind: &str, key: &[&str], properties: Value) -> Value {
        let mut object = self.object(kind, key, COMMON_CREATED, properties);
        object["created"] = json!(COMMON_CREATED);
        object["modified"] = json!(COMMON_CREATED);
        object
    }

    /// A relationship between two objects. The description belongs to its identity.
    pub(super) fn relationship(
        &self,
        source: &Value,
        kind: &str,
        target: &Value,
        description: &str,
    ) -> Value {
        let (from, to) = (id_of(source), id_of(target));
        let created = [source, target].into_iter().filter_map(|end| end["created"].as_str()).max();
        self.object(
            "relationship",
            &[from, kind, to, description],
            created.unwrap_or(&self.created),
            json!({
                "relationship_type": kind,
                "source_ref": from,
                "target_ref": to,
                "description": description,
            }),
        )
    }

    /// An observable: its id follows from its properties and is the same everywhere.
    pub(super) fn observable(&self, kind: &str, contributing: Value) -> Value {
        let common = json!({
            "type": kind,
            "spec_version": "2.1",
            "id": id::observable(kind, &contributing),
            "object_marking_refs": self.marking_refs,
        });
        merged(common, contributing)
    }
}

/// An object that is the same in every bundle, by whoever issued: of no single creator, without marking.
pub(super) fn common(kind: &str, key: &[&str], properties: Value) -> Value {
    let common = json!({
        "type": kind,
        "spec_version": "2.1",
        "id": id::own(kind, key),
        "created": COMMON_CREATED,
        "modified": COMMON_CREATED,
    });
    merged(common, properties)
}

/// An organisation.
pub(super) fn identity(name: &str) -> Value {
    common("identity", &[name], json!({ "name": name, "identity_class": "organization" }))
}

/// The id of an organisation.
pub(super) fn identity_id(name: &str) -> String {
    id::own("identity", &[name])
}

/// The id of an object.
pub(super) fn id_of(object: &Value) -> &str {
    object["id"].as_str().unwrap_or_default()
}

/// An instant as STIX writes it, to the millisecond; not before the year 1, where other tools' calendars
/// start.
pub(super) fn instant(time: Timestamp) -> String {
    let text = time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
    if text.starts_with('-') || text.starts_with("0000") { FIRST_INSTANT.to_owned() } else { text }
}

/// The first instant of a day.
pub(super) fn day(date: Date) -> String {
    if date.year() < 1 { FIRST_INSTANT.to_owned() } else { format!("{date}T00:00:00.000Z") }
}

const FIRST_INSTANT: &str = "0001-01-01T00:00:00.000Z";

/// A reference to something outside the bundle. An address that is no URL (RFC 3986) goes into the
/// description.
pub(super) fn external_reference(source: &str, url: Option<&str>, id: &str, description: &str) -> Value {
    let (link, other) = match url {
        Some(url) if is_url(url) => (Some(url), None),
        other => (None, other.filter(|text| !text.is_empty())),
    };
    let description = [Some(description).filter(|text| !text.is_empty()), other];
    let description = description.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let reference = json!({
        "source_name": if source.trim().is_empty() { "unnamed source" } else { source },
        "url": link,
        "external_id": id,
        "description": Some(description).filter(|text| !text.is_empty()),
    });
    merged(json!({}), reference)
}

/// Whether a text is a web address made of the characters of RFC 3986, each `%` followed by two
/// hexadecimal digits.
pub(super) fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=%".contains(&b);
    let escapes = |rest: &str| {
        rest.split('%')
            .skip(1)
            .all(|part| part.as_bytes().get(..2).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)))
    };
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let simple_host = host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:".contains(&b));
        !host.is_empty()
            && simple_host
            && host.matches(':').count() <= 1
            && rest.matches('#').count() <= 1
            && rest.bytes().all(allowed)
            && escapes(rest)
    })
}

/// `base` with the members of `more`, without those that are `null` or an empty list.
pub(super) fn merged(base: Value, more: Value) -> Value {
    let members = |value: Value| match value {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    let present = |value: &Value| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty());
    members(base).into_iter().chain(members(more)).filter(|(_, value)| present(value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_instants_to_the_millisecond() {
        for (time, expected) in [
            ("2022-10-01T08:00:00Z", "2022-10-01T08:00:00.000Z"),
            ("2022-10-01T08:00:00.123999Z", "2022-10-01T08:00:00.123Z"),
            ("0000-05-01T00:00:00Z", FIRST_INSTANT),
            ("-000044-03-15T00:00:00Z", FIRST_INSTANT),
        ] {
            assert_eq!(instant(time.parse().unwrap()), expected);
        }
    }

    #[test]
    fn links_only_to_addresses() {
        for (text, expected) in [
            ("https://a.example/x?y=%20&z#f", true),
            ("http://a.example:8080", true),
            ("u", false),
            ("javascript:alert(1)", false),
            ("https://", false),
            ("https:///x", false),
            ("https://a.example/ü", false),
            ("https://a.example/a b", false),
            ("https://a.example/%2", false),
            ("https://a.example/%zz", false),
            ("https://a.example/[x]", false),
            ("https://a.example/#a#b", false),
            ("https://user@a.example/", false),
        ] {
            assert_eq!(is_url(text), expected, "{text}");
        }
        let reference = external_reference(" ", Some("see page 5"), "x", "");
        let expected =
            json!({ "source_name": "unnamed source", "external_id": "x", "description": "see page 5" });
        assert_eq!(reference, expected);
    }
}
