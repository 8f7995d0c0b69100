//! An event of a feed: its JSON, its entry in the manifest, and the hashes by which servers look values up.

use forewarn_model::{Date, Marking, Timestamp, date::day_of};
use md5::{Digest, Md5};
use serde_json::{Map, Value, json};

use super::{id, tag};

/// An event as a feed has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its uuid; its file is called `<uuid>.json`.
    pub uuid: String,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// The content of its file.
    pub document: Value,
    /// Its entry in the manifest.
    entry: Value,
    /// The values of its attributes that were not deleted.
    values: Vec<String>,
}

/// The manifest of a feed.
pub fn feed_manifest(events: &[Event]) -> Value {
    let entries = events.iter().map(|event| (event.uuid.clone(), event.entry.clone()));
    Value::Object(entries.collect::<Map<_, _>>())
}

/// The index of a feed: for each value its MD5 and the event that has it, sorted. Servers compare these with
/// what they hold without fetching the events; the format asks for MD5, nothing is protected by it.
pub fn feed_hashes(events: &[Event]) -> String {
    let mut lines: Vec<String> = events
        .iter()
        .flat_map(|event| event.values.iter().map(|value| format!("{},{}\n", md5_of(value), event.uuid)))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines.concat()
}

fn md5_of(value: &str) -> String {
    Md5::digest(value.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How pressing an event is, as MISP counts (1 high to 4 undefined), and how far its analysis is (0 to 2).
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) threat_level: u8,
    pub(super) analysis: u8,
}

/// An event in the making.
pub(super) struct Builder {
    uuid: String,
    timestamp: String,
    /// Whether what goes in is marked as deleted.
    pub(super) deleted: bool,
    tags: Vec<String>,
    attributes: Vec<Value>,
    objects: Vec<Value>,
    reports: Vec<Value>,
}

/// An attribute.
pub(super) struct Attribute<'a> {
    pub(super) kind: &'a str,
    pub(super) category: &'a str,
    pub(super) value: &'a str,
    pub(super) comment: &'a str,
    /// Whether tools shall look for it.
    pub(super) to_ids: bool,
    /// Whether it ties events together.
    pub(super) correlates: bool,
    /// The first and the last day on which it was seen.
    pub(super) seen: Option<(Date, Date)>,
    pub(super) tags: Vec<String>,
}

impl<'a> Attribute<'a> {
    /// A text that is there to be read.
    pub(super) fn text(kind: &'a str, category: &'a str, value: &'a str) -> Self {
        Self {
            kind,
            category,
            value,
            comment: "",
            to_ids: false,
            correlates: false,
            seen: None,
            tags: Vec::new(),
        }
    }
}

/// A template of objects: name, uuid, version, category, description.
#[derive(Debug, Clone, Copy)]
pub(super) struct Template {
    pub(super) name: &'static str,
    pub(super) uuid: &'static str,
    pub(super) version: &'static str,
    pub(super) category: &'static str,
    pub(super) description: &'static str,
}

/// A member of an object: the relation of its template, and the attribute.
pub(super) type Member<'a> = (&'a str, Attribute<'a>);

impl Builder {
    /// An event that `parts` name, last changed at an instant.
    pub(super) fn new(parts: &[&str], changed_at: Timestamp) -> Self {
        Self {
            uuid: id::own("event", parts),
            timestamp: seconds(changed_at),
            deleted: false,
            tags: Vec::new(),
            attributes: Vec::new(),
            objects: Vec::new(),
            reports: Vec::new(),
        }
    }

    pub(super) fn tag(&mut self, tag: String) {
        if !self.tags.contains(&tag) {
            self.tags.push(tag);
        }
    }

    /// Adds an attribute; MISP has none without a value, so nothing is added for an empty one.
    pub(super) fn attribute(&mut self, attribute: &Attribute<'_>) {
        if attribute.value.trim().is_empty() {
            return;
        }
        let made = self.made(attribute, &self.uuid.clone());
        if !self.attributes.iter().any(|known| known["uuid"] == made["uuid"]) {
            self.attributes.push(made);
        }
    }

    /// Adds an object with those of its members that have a value; its uuid, for references to it.
    pub(super) fn object(&mut self, template: &Template, key: &str, members: &[Member<'_>]) -> String {
        let uuid = id::own("object", &[&self.uuid, template.name, key]);
        let of = |(relation, attribute): &Member<'_>| {
            let mut made = self.made(attribute, &format!("{uuid} {relation}"));
            made["object_relation"] = json!(relation);
            made
        };
        let filled = |(_, attribute): &&Member<'_>| !attribute.value.trim().is_empty();
        let seen = members.iter().filter_map(|(_, attribute)| attribute.seen);
        let seen = seen.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        let mut object = json!({
            "uuid": uuid,
            "name": template.name,
            "meta-category": template.category,
            "description": template.description,
            "template_uuid": template.uuid,
            "template_version": template.version,
            "timestamp": self.timestamp,
            "comment": "",
            "deleted": self.deleted,
            "Attribute": members.iter().filter(filled).map(of).collect::<Vec<_>>(),
        });
        write_seen(&mut object, seen);
        if !self.objects.iter().any(|known| known["uuid"] == object["uuid"]) {
            self.objects.push(object);
        }
        uuid
    }

    /// Says how an object stands to another.
    pub(super) fn refer(&mut self, from: &str, relation: &str, to: &str) {
        let reference = json!({
            "uuid": id::own("reference", &[from, relation, to]),
            "object_uuid": from,
            "referenced_uuid": to,
            "relationship_type": relation,
            "timestamp": self.timestamp,
            "comment": "",
        });
        if let Some(object) = self.objects.iter_mut().find(|object| object["uuid"] == from) {
            match object["ObjectReference"].as_array_mut() {
                Some(references) => references.push(reference),
                None => object["ObjectReference"] = json!([reference]),
            }
        }
    }

    /// Adds a text of many lines, in Markdown.
    pub(super) fn report(&mut self, name: &str, content: &str) {
        self.reports.push(json!({
            "uuid": id::own("report", &[&self.uuid, name]),
            "name": name,
            "content": content,
            "timestamp": self.timestamp,
            "deleted": self.deleted,
        }));
    }

    /// The event.
    pub(super) fn finish(
        self,
        info: &str,
        date: Date,
        standing: Standing,
        issuer: &str,
        marking: Marking,
        changed_at: Timestamp,
    ) -> Event {
        let values = self.values();
        let mut tags = tag::of_marking(marking).to_vec();
        tags.extend(self.tags);
        let tags: Vec<Value> = tags.iter().map(|name| tag::object(name)).collect();
        let orgc = json!({ "name": issuer, "uuid": id::own("organisation", &[issuer]) });
        let (threat, analysis) = (standing.threat_level.to_string(), standing.analysis.to_string());
        let entry = json!({
            "Orgc": orgc,
            "Tag": tags,
            "info": info,
            "date": date.to_string(),
            "analysis": analysis,
            "threat_level_id": threat,
            "timestamp": self.timestamp,
        });
        let mut event = json!({
            "uuid": self.uuid,
            "info": info,
            "date": date.to_string(),
            "threat_level_id": threat,
            "analysis": analysis,
            "timestamp": self.timestamp,
            "publish_timestamp": self.timestamp,
            "published": true,
            "Orgc": orgc,
            "Tag": tags,
        });
        for (name, items) in
            [("Attribute", self.attributes), ("Object", self.objects), ("EventReport", self.reports)]
        {
            if !items.is_empty() {
                event[name] = Value::Array(items);
            }
        }
        Event { uuid: self.uuid, changed_at, document: json!({ "Event": event }), entry, values }
    }

    fn values(&self) -> Vec<String> {
        let members = self.objects.iter().filter_map(|object| object["Attribute"].as_array()).flatten();
        let all = self.attributes.iter().chain(members).filter(|attribute| attribute["deleted"] == false);
        all.filter_map(|attribute| attribute["value"].as_str().map(str::to_owned)).collect()
    }

    fn made(&self, attribute: &Attribute<'_>, key: &str) -> Value {
        let Attribute { kind, category, value, comment, to_ids, correlates, seen, tags } = attribute;
        let mut made = json!({
            "uuid": id::own("attribute", &[key, kind, value]),
            "type": kind,
            "category": category,
            "value": value,
            "comment": comment,
            "to_ids": *to_ids && !self.deleted,
            "disable_correlation": !correlates,
            "deleted": self.deleted,
            "timestamp": self.timestamp,
        });
        write_seen(&mut made, *seen);
        if !tags.is_empty() {
            made["Tag"] = tags.iter().map(|name| tag::object(name)).collect();
        }
        made
    }
}

/// Seconds since 1970, as MISP writes them.
pub(super) fn seconds(at: Timestamp) -> String {
    at.as_second().max(0).to_string()
}

/// The day on which an instant falls, in UTC.
pub(super) fn day(at: Timestamp) -> Date {
    day_of(at)
}

fn write_seen(made: &mut Value, seen: Option<(Date, Date)>) {
    if let Some((first, last)) = seen {
        made["first_seen"] = json!(format!("{first}T00:00:00+00:00"));
        made["last_seen"] = json!(format!("{last}T00:00:00+00:00"));
    }
}
