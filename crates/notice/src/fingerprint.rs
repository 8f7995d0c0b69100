//! What a notice says, as a hash: approvals hold only for what was approved.
//!
//! Covers everything but the history. Not the signature's input (that is the canonical JSON, made by
//! `share`), and never published: it is compared only between the steps of one notice.

use forewarn_model::id::hash_parts;
use forewarn_model::{Arg, EvidenceRef, Notice, Statement};

/// 32 hexadecimal digits over the content of a notice.
pub(crate) fn fingerprint(notice: &Notice) -> String {
    let mut parts: Vec<String> = vec![
        notice.id.to_string(),
        notice.number.clone(),
        notice.kind.as_str().to_owned(),
        notice.issuer.clone(),
        notice.author.clone(),
        // Stores may keep instants to the second or better; a finer one must not look like a change.
        notice.created_at.as_second().to_string(),
        notice.as_of.to_string(),
        notice.marking.to_string(),
        notice.review_by.to_string(),
        notice.alarm.map(|id| id.to_string()).unwrap_or_default(),
        notice.supersedes.map(|id| id.to_string()).unwrap_or_default(),
        notice.statements.len().to_string(),
    ];
    for statement in std::iter::once(&notice.headline).chain(&notice.statements) {
        add_statement(&mut parts, statement);
    }
    for observable in &notice.observables {
        parts.extend([observable.kind.to_string(), observable.value.clone()]);
        add_refs(&mut parts, &observable.refs);
    }
    let bytes: Vec<&[u8]> = parts.iter().map(String::as_bytes).collect();
    let hash = hash_parts("forewarn/notice-content/1", &bytes);
    hash[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a sentence says, without what it rests on.
pub(crate) fn statement_parts(statement: &Statement) -> Vec<String> {
    let mut parts = vec![statement.section.as_str().to_owned(), statement.message.clone()];
    for (name, arg) in &statement.args {
        parts.push(name.clone());
        add_arg(&mut parts, arg);
    }
    parts
}

fn add_statement(parts: &mut Vec<String>, statement: &Statement) {
    parts.extend([statement.section.as_str().to_owned(), statement.message.clone()]);
    parts.push(statement.args.len().to_string());
    for (name, arg) in &statement.args {
        parts.push(name.clone());
        add_arg(parts, arg);
    }
    add_refs(parts, &statement.refs);
}

fn add_arg(parts: &mut Vec<String>, arg: &Arg) {
    let (kind, values): (&str, Vec<String>) = match arg {
        Arg::Number(number) => ("number", vec![number.to_string()]),
        Arg::Range(min, max) => ("range", vec![min.to_string(), max.to_string()]),
        Arg::Date(date) => ("date", vec![date.to_string()]),
        Arg::Countries(list) => ("countries", list.iter().map(ToString::to_string).collect()),
        Arg::Region(region) => ("region", vec![region.to_string()]),
        Arg::Route(origin, hub) => ("route", vec![origin.to_string(), hub.to_string()]),
        Arg::Messages(list) => ("messages", list.clone()),
        Arg::Name(name) => ("name", vec![name.clone()]),
        Arg::Likelihood(likelihood) => ("likelihood", vec![likelihood.as_str().to_owned()]),
    };
    parts.extend([kind.to_owned(), values.len().to_string()]);
    parts.extend(values);
}

fn add_refs(parts: &mut Vec<String>, refs: &[EvidenceRef]) {
    parts.push(refs.len().to_string());
    for reference in refs {
        parts.extend([
            reference.target.to_string(),
            reference.grading.to_string(),
            reference.known_from.to_string(),
            reference.label.clone(),
        ]);
    }
}
