//! Other people's events.
//!
//! What comes in is messy: numbers where texts are expected and the other way round, tags without a name, one
//! event or many in a document. Nothing of that ends the reading; what cannot be used is counted. Comments stay out: they are free text, in which names of people stand.

use std::collections::BTreeMap;

use forewarn_model::{
    Date, Grading, Incident, Marking, Pap, Problem, Severity, Timestamp, Tlp, date::day_of,
};
use serde_json::Value;

use super::observable::{Use, label_of_account, use_of};
use super::tag::Told;
use super::{id, incident};

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Attributes of one event, those of its objects included; further ones are left out.
    pub attributes_count_max: usize,
    /// The longest value, in bytes; longer ones are left out.
    pub value_bytes_max: usize,
    /// Identifiers of one event that still count as belonging together. A list of more says of each that it is
    /// on the list, and of no two that they are tied; only those of one object stay together.
    pub together_count_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { attributes_count_max: 100_000, value_bytes_max: 8 << 10, together_count_max: 40 }
    }
}

/// Identifiers that belong together, as lines of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What tells it from the others of its event.
    pub key: String,
    /// `domain: site.example`, one for each identifier, sorted.
    pub lines: Vec<String>,
    /// Who may see it.
    pub marking: Marking,
    /// How far to trust it.
    pub grading: Grading,
}

/// An event as read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Read {
    /// Its uuid; a name of the input if it has none.
    pub uuid: String,
    /// What it is about.
    pub info: String,
    /// Who made it.
    pub creator: String,
    /// When it last changed.
    pub changed_at: Option<Timestamp>,
    /// Identifiers.
    pub groups: Vec<Group>,
    /// Incidents, of objects of our own template.
    pub incidents: Vec<Incident>,
    /// Attributes that became lines.
    pub taken: u64,
    /// Attributes that were passed over, by type.
    pub passed: BTreeMap<String, u64>,
    /// Attributes that belong to persons, left out.
    pub personal: u64,
    /// Attributes that their makers have withdrawn, left out.
    pub deleted: u64,
    /// What was wrong.
    pub problems: Vec<Problem>,
}

/// How the tag begins that our notices have.
const NOTICE: &str = "forewarn:notice=";

/// The uuids of a manifest with the instants of their last change, in order of uuid; what is no uuid is told.
pub fn manifest_entries(manifest: &Value, input: &str) -> (Vec<(String, Option<Timestamp>)>, Vec<Problem>) {
    let problem = |what: String, remedy: &str| Problem {
        severity: Severity::Refused,
        code: "misp-manifest",
        input: input.to_owned(),
        line: None,
        what,
        remedy: remedy.to_owned(),
    };
    let Some(members) = manifest.as_object() else {
        let remedy = "give the folder or address of a feed, or the file of an event";
        return (Vec::new(), vec![problem("it is no object of events".to_owned(), remedy)]);
    };
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    for (uuid, entry) in members {
        match id::is_uuid(uuid) {
            true => entries.push((uuid.to_lowercase(), instant(&entry["timestamp"]))),
            false => {
                let what = format!("{:?} is no uuid", uuid.chars().take(60).collect::<String>());
                problems.push(problem(what, "ask whoever keeps the feed"));
            }
        }
    }
    entries.sort();
    (entries, problems)
}

/// The events of a document: one (`{"Event": …}`), a list, the answer to a search (`{"response": […]}`), or one
/// without its wrapping.
pub fn events(document: Value) -> Vec<Value> {
    match document {
        Value::Array(items) => items.into_iter().flat_map(events).collect(),
        Value::Object(mut members) => {
            if let Some(inner) = members.remove("response").or_else(|| members.remove("Event")) {
                return events(inner);
            }
            let is_event = ["info", "Attribute", "Object"].iter().any(|name| members.contains_key(*name));
            if is_event { vec![Value::Object(members)] } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// Reads one event; `input` names it in problems.
pub fn read_event(event: &Value, input: &str, limits: &Limits) -> Read {
    let whole = Told::of(&tags(event));
    let mut read = Read {
        uuid: event["uuid"].as_str().filter(|uuid| id::is_uuid(uuid)).unwrap_or(input).to_lowercase(),
        info: one_line(&scalar(&event["info"])),
        creator: one_line(
            event["Orgc"]["name"].as_str().or(event["Org"]["name"].as_str()).unwrap_or_default(),
        ),
        changed_at: instant(&event["timestamp"]),
        ..Read::default()
    };
    let mut reader = Reader {
        limits,
        input,
        otherwise: unmarked(event),
        whole,
        count: 0,
        loose: Vec::new(),
        groups: Vec::new(),
    };
    for attribute in items(&event["Attribute"]) {
        reader.attribute(attribute, None, &mut read);
    }
    let mut parts = vec![(String::new(), std::mem::take(&mut reader.loose))];
    for object in items(&event["Object"]) {
        if incident::is_incident(object) {
            match incident::read(object, input) {
                Ok(incident) => read.incidents.push(incident),
                Err(problem) => read.problems.push(problem),
            }
            continue;
        }
        for attribute in items(&object["Attribute"]) {
            reader.attribute(attribute, Some(object), &mut read);
        }
        let name = object["uuid"].as_str().or(object["name"].as_str()).unwrap_or("object");
        parts.push((one_line(name), std::mem::take(&mut reader.loose)));
    }
    // A notice lists what to look for, and does not say that it belongs together; an event that is a case does,
    // unless it is so long that it is a list.
    let count: usize = parts.iter().map(|(_, lines)| lines.len()).sum();
    let case = count <= limits.together_count_max && !tags(event).iter().any(|tag| tag.starts_with(NOTICE));
    if case {
        reader.group("", parts.into_iter().flat_map(|(_, lines)| lines).collect(), false);
    } else {
        for (key, lines) in parts {
            let apart = key.is_empty() || lines.len() > limits.together_count_max;
            reader.group(&key, lines, apart);
        }
    }
    if reader.count > limits.attributes_count_max {
        let more = reader.count - limits.attributes_count_max;
        read.problems.push(Problem {
            severity: Severity::Warning,
            code: "misp-too-many",
            input: input.to_owned(),
            line: None,
            what: format!("{more} attributes beyond the first {} were left out", limits.attributes_count_max),
            remedy: "split the event, or raise the limit attributes_count_max".to_owned(),
        });
    }
    read.groups = reader.groups;
    read
}

/// The day of an item's last change.
pub(super) fn day_of_change(item: &Value) -> Result<Date, String> {
    let changed = instant(&item["timestamp"]).map(day_of);
    changed.ok_or_else(|| format!("it was deleted, but its timestamp {} is none", item["timestamp"]))
}

/// The marking of what has no TLP tag: whoever keeps an event to the own organisation or to a sharing group
/// (distribution 0 and 4) means a narrower circle than whoever shares it.
fn unmarked(event: &Value) -> Marking {
    match scalar(&event["distribution"]).as_str() {
        "0" | "4" => Marking { tlp: Tlp::AmberStrict, pap: Pap::Amber },
        _ => Marking::DEFAULT,
    }
}

/// A line of text with what its own tags say.
struct Line {
    text: String,
    told: Told,
}

struct Reader<'a> {
    limits: &'a Limits,
    input: &'a str,
    otherwise: Marking,
    whole: Told,
    count: usize,
    /// Lines of the object that is being read, or of the event itself.
    loose: Vec<Line>,
    groups: Vec<Group>,
}

impl Reader<'_> {
    fn attribute(&mut self, attribute: &Value, object: Option<&Value>, read: &mut Read) {
        self.count += 1;
        if self.count > self.limits.attributes_count_max {
            return;
        }
        let withdrawn = |item: &Value| item["deleted"] == true || scalar(&item["deleted"]) == "1";
        if withdrawn(attribute) || object.is_some_and(withdrawn) {
            read.deleted += 1;
            return;
        }
        let kind = scalar(&attribute["type"]);
        let relation = attribute["object_relation"].as_str().unwrap_or_default();
        let name = object.and_then(|object| object["name"].as_str());
        let category = attribute["category"].as_str().unwrap_or_default();
        let mut used = use_of(name, relation, &kind, category);
        if name == Some("user-account") && relation == "username" {
            let members = object.map(|object| items(&object["Attribute"])).unwrap_or_default();
            let account = members.iter().find(|member| member["object_relation"] == "account-type");
            used = Use::Line(label_of_account(&account.map(|it| scalar(&it["value"])).unwrap_or_default()));
        }
        let value = one_line(&scalar(&attribute["value"]));
        let (label, value) = match used {
            Use::Line(label) => (label, value.as_str()),
            Use::LineBeforeBar(label) => (label, value.split('|').next().unwrap_or_default().trim()),
            Use::Personal => {
                read.personal += 1;
                return;
            }
            Use::Passed => {
                let kind = if kind.len() > 60 { "other".to_owned() } else { kind };
                *read.passed.entry(kind).or_insert(0) += 1;
                return;
            }
        };
        let long = value.len() > self.limits.value_bytes_max;
        if value.is_empty() || long {
            let what = if long { "its value is too long" } else { "it has no value" };
            read.problems.push(Problem {
                severity: Severity::Refused,
                code: "misp-attribute",
                input: self.input.to_owned(),
                line: None,
                what: format!("attribute {}: {what}", attribute["uuid"].as_str().unwrap_or(&kind)),
                remedy: "mend it where it was made".to_owned(),
            });
            return;
        }
        read.taken += 1;
        self.loose
            .push(Line { text: written(label, value), told: Told::of(&tags(attribute)).within(self.whole) });
    }

    /// Makes a group of the lines of each marking and grading; or, apart, of each line.
    fn group(&mut self, key: &str, lines: Vec<Line>, apart: bool) {
        let mut parts: BTreeMap<(Marking, Grading), Vec<Line>> = BTreeMap::new();
        for line in lines {
            let trust = (line.told.marking(self.otherwise), line.told.grading());
            parts.entry(trust).or_default().push(line);
        }
        for ((marking, grading), lines) in parts {
            let chunks: Vec<Vec<Line>> =
                if apart { lines.into_iter().map(|line| vec![line]).collect() } else { vec![lines] };
            for chunk in chunks {
                let mut texts: Vec<String> = chunk.into_iter().map(|line| line.text).collect();
                texts.sort_unstable();
                texts.dedup();
                let key = if apart { format!("{key} {}", texts.concat()) } else { key.to_owned() };
                self.groups.push(Group { key, lines: texts, marking, grading });
            }
        }
    }
}

/// An identifier in a form that is recognised in any text. Sharers write addresses so that nobody follows them
/// by mistake (`hxxp`, `[.]`); that is undone.
fn written(label: &str, value: &str) -> String {
    let value = value.replace("[.]", ".").replace("(.)", ".").replace("[:]", ":").replace("[at]", "@");
    let value = match value.strip_prefix("hxxp") {
        Some(rest) => format!("http{rest}"),
        None => value,
    };
    match label {
        "x" => format!("url: https://x.com/{}", value.trim_start_matches('@')),
        "account" => format!("account: {value}"),
        "telegram" => format!("telegram: @{}", value.trim_start_matches('@')),
        _ => format!("{label}: {value}"),
    }
}

/// The names of the tags of an event or attribute.
fn tags(item: &Value) -> Vec<String> {
    let known = items(&item["Tag"]).into_iter().filter_map(|tag| tag["name"].as_str().map(str::to_owned));
    let nested =
        items(&item["EventTag"]).into_iter().filter_map(|tag| tag["Tag"]["name"].as_str().map(str::to_owned));
    known.chain(nested).collect()
}

/// The items of a list; one item where a list is expected is a list of it.
fn items(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(_) => vec![value],
        _ => Vec::new(),
    }
}

/// A text, or a number as a text.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(known) => known.to_string(),
        _ => String::new(),
    }
}

/// An instant in seconds since 1970, as a number or a text.
fn instant(value: &Value) -> Option<Timestamp> {
    let seconds = scalar(value).trim().parse::<f64>().ok().filter(|seconds| seconds.is_finite())?;
    Timestamp::from_second(seconds as i64).ok()
}

/// A text on one line: a value must not add lines to the text that it goes into.
fn one_line(text: &str) -> String {
    let plain = text.replace(|c: char| c.is_control() || c == '\u{2028}' || c == '\u{2029}', " ");
    plain.trim().to_owned()
}
