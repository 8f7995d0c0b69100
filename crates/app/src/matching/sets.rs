//! The lists that are compared: named, each with the officer whom a hit leads to. A set that changes leaves the one
//! that an exchange began with as it was.

use std::io::Read;
use std::path::Path;

use forewarn_extract::Extractor;
use forewarn_model::{CampaignId, Facts, ObservableKind, Officer, Problem, Severity, Timestamp, Tlp};
use forewarn_store::MatchSet;
use rayon::prelude::*;

use super::{Limits, random, refused, require_inside};
use crate::{AppError, Context, Workspace};

/// Longest file of values that is read, in bytes.
const FILE_BYTES_MAX: u64 = 256 << 20;

/// Most problems that are told; the rest is counted.
const PROBLEMS_KEPT_MAX: usize = 20;

/// Longest name of a set or case, in bytes.
const NAME_BYTES_MAX: usize = 200;

/// Where values come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From<'a> {
    /// A table with a column `value` and, if it likes, `kind` and `case`; or one value a line.
    File(&'a Path),
    /// The identifiers of a campaign.
    Campaign(CampaignId),
}

/// A set to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request<'a> {
    /// Its name.
    pub name: &'a str,
    /// Whom a hit leads to.
    pub officer: &'a Officer,
    /// Where its values come from.
    pub from: &'a [From<'a>],
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The set.
    pub set: MatchSet,
    /// Rows in which no identifier was recognised; not in the set.
    pub refused: u64,
    /// The first of them, told.
    pub problems: Vec<Problem>,
}

/// Makes a set, in place of the one of that name.
pub fn add(
    workspace: &mut Workspace,
    context: &Context,
    request: &Request<'_>,
    limits: &Limits,
) -> Result<Outcome, AppError> {
    require_inside(context)?;
    let refuse = refused("write the set");
    let plain = |text: &str, max: usize| {
        !text.trim().is_empty() && text.len() <= max && !text.chars().any(char::is_control)
    };
    if !plain(request.name, NAME_BYTES_MAX) {
        return Err(refuse(format!(
            "name {:?}: expected plain text of at most {NAME_BYTES_MAX} bytes",
            request.name
        )));
    }
    for text in [&request.officer.name, &request.officer.contact] {
        let max = limits.message.officer_bytes_max;
        if !plain(text, max) {
            return Err(refuse(format!(
                "officer or contact {text:?}: expected plain text of at most {max} bytes"
            )));
        }
    }
    let sets = workspace.store.match_sets()?;
    if sets.len() >= limits.sets_max && !sets.iter().any(|set| set.name == request.name) {
        return Err(refuse(format!("there are {} sets: remove one that is no longer used", sets.len())));
    }
    let mut found = Found::default();
    for from in request.from {
        match from {
            From::File(path) => found.file(path)?,
            From::Campaign(id) => found.campaign(workspace, context, *id)?,
        }
    }
    found.values.sort_unstable();
    found.values.dedup();
    let mut distinct: Vec<String> = found.values.iter().map(|(value, _)| value.clone()).collect();
    distinct.dedup();
    if distinct.is_empty() {
        let first = found.problems.first().map_or_else(String::new, |problem| format!(": {problem}"));
        return Err(refuse(format!("no identifier was recognised{first}")));
    }
    if distinct.len() > limits.message.values_max {
        return Err(refuse(format!("{} values, at most {}", distinct.len(), limits.message.values_max)));
    }
    let nonce = random(context)?;
    let set = MatchSet {
        number: 0,
        name: request.name.to_owned(),
        officer: request.officer.clone(),
        made_at: context.now,
        nonce,
        commitment: forewarn_privacy::matching::commitment(&distinct.iter().cloned().collect(), &nonce),
        count: u32::try_from(distinct.len()).unwrap_or(u32::MAX),
        current: true,
    };
    let number = workspace.store.put_match_set(&set, &found.values)?;
    workspace.note(context, "match.set", request.name, &format!("{} values", set.count))?;
    Ok(Outcome { set: MatchSet { number, ..set }, refused: found.refused, problems: found.problems })
}

/// The sets that are in use, in order of name.
pub fn list(workspace: &Workspace, context: &Context) -> Result<Vec<MatchSet>, AppError> {
    require_inside(context)?;
    Ok(workspace.store.match_sets()?)
}

/// The values of a set, with the case of each (empty for none), sorted.
pub fn show(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
) -> Result<Vec<(String, String)>, AppError> {
    require_inside(context)?;
    let set = find(workspace, name)?;
    workspace.note(context, "match.set.show", name, &format!("{} values", set.count))?;
    Ok(workspace.store.match_values(set.number)?)
}

/// Takes a set out of use. Agreements that name it answer no question until they name another.
pub fn remove(workspace: &mut Workspace, context: &Context, name: &str) -> Result<(), AppError> {
    require_inside(context)?;
    find(workspace, name)?;
    workspace.store.retire_match_set(name)?;
    workspace.store.wipe_matches(Timestamp::MIN)?;
    workspace.note(context, "match.set.remove", name, "")
}

pub(super) fn find(workspace: &Workspace, name: &str) -> Result<MatchSet, AppError> {
    let found = workspace.store.match_sets()?.into_iter().find(|set| set.name == name);
    found.ok_or_else(|| AppError::NotFound {
        what: "set",
        name: name.to_owned(),
        remedy: "see `forewarn share sets`".to_owned(),
    })
}

#[derive(Default)]
struct Found {
    /// `kind:value` and case.
    values: Vec<(String, String)>,
    refused: u64,
    problems: Vec<Problem>,
}

/// A row of a file, before its value is understood.
struct Row {
    line: u64,
    kind: String,
    value: String,
    case: String,
}

impl Found {
    fn file(&mut self, path: &Path) -> Result<(), AppError> {
        let mut bytes = Vec::new();
        let read =
            std::fs::File::open(path).and_then(|file| file.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes));
        read.map_err(AppError::file("read", path))?;
        if bytes.len() as u64 > FILE_BYTES_MAX {
            let why = format!("{} is longer than {FILE_BYTES_MAX} bytes: split it", path.display());
            return Err(AppError::Refused { operation: "read the values", why });
        }
        let text = forewarn_collect::to_text(bytes);
        let name = path.display().to_string();
        let rows = rows(&text, &name)?;
        let extractor = Extractor::builtin().map_err(AppError::built_in("gazetteer"))?;
        let understood: Vec<Result<Vec<(String, String)>, Problem>> =
            rows.par_iter().map(|row| understood(&extractor, &name, row)).collect();
        for row in understood {
            match row {
                Ok(values) => self.values.extend(values),
                Err(problem) => {
                    self.refused += 1;
                    if self.problems.len() < PROBLEMS_KEPT_MAX {
                        self.problems.push(problem);
                    }
                }
            }
        }
        Ok(())
    }

    fn campaign(&mut self, workspace: &Workspace, context: &Context, id: CampaignId) -> Result<(), AppError> {
        // What belongs to an organisation is not for this house to compare with others.
        let clearance = context.clearance.outward(Tlp::Red);
        let tally = workspace.store.campaign_tally(id, u32::MAX, u32::MAX, &clearance)?;
        let values = tally
            .identifiers
            .into_iter()
            .map(|((kind, value), _)| (format!("{kind}:{value}"), id.to_string()));
        self.values.extend(values);
        Ok(())
    }
}

/// The rows of a table with a header that names `value`, or one value a line.
fn rows(text: &str, name: &str) -> Result<Vec<Row>, AppError> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter =
        [b',', b';', b'\t'].into_iter().max_by_key(|byte| first.bytes().filter(|b| b == byte).count());
    let header: Vec<String> = first
        .split(char::from(delimiter.unwrap_or(b',')))
        .map(|cell| cell.trim().trim_matches('"').trim_start_matches('\u{feff}').to_lowercase())
        .collect();
    let column = |names: &[&str]| header.iter().position(|cell| names.contains(&cell.as_str()));
    let Some(value) = column(&["value", "identifier"]) else {
        let line = |(at, text): (usize, &str)| Row {
            line: at as u64 + 1,
            kind: String::new(),
            value: text.trim().to_owned(),
            case: String::new(),
        };
        return Ok(text.lines().enumerate().map(line).filter(|row| !row.value.is_empty()).collect());
    };
    let (kind, case) = (column(&["kind", "type"]), column(&["case", "case_ref"]));
    let mut reader = csv::ReaderBuilder::new();
    reader.delimiter(delimiter.unwrap_or(b',')).flexible(true).trim(csv::Trim::All);
    let mut rows = Vec::new();
    for record in reader.from_reader(text.as_bytes()).into_records() {
        let record = record.map_err(|error| AppError::Refused {
            operation: "read the values",
            why: format!("{name}: {error}"),
        })?;
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().to_owned();
        let line = record.position().map_or(0, csv::Position::line);
        let row = Row { line, kind: cell(kind), value: cell(Some(value)), case: cell(case) };
        if !row.value.is_empty() {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The value of a row in the one form that both sides compare, with its case.
fn understood(extractor: &Extractor, name: &str, row: &Row) -> Result<Vec<(String, String)>, Problem> {
    let problem = |what: String, remedy: &str| Problem {
        severity: Severity::Refused,
        code: "set-value",
        input: name.to_owned(),
        line: Some(row.line),
        what,
        remedy: remedy.to_owned(),
    };
    if row.case.len() > NAME_BYTES_MAX || row.case.chars().any(char::is_control) {
        return Err(problem(
            format!("case {:?}", row.case),
            "name the case in at most 200 bytes of plain text",
        ));
    }
    let told: Option<ObservableKind> = match row.kind.as_str() {
        "" => None,
        kind => Some(
            kind.parse().map_err(|error| problem(format!("{error}"), "leave the kind empty, or mend it"))?,
        ),
    };
    // As a text would write it, so that one rule normalises everywhere.
    let text = match told {
        None => row.value.clone(),
        Some(ObservableKind::Handle(service)) => format!("{}: {}", service.as_str(), row.value),
        Some(ObservableKind::Crypto(_)) => format!("wallet: {}", row.value),
        Some(ObservableKind::Domain) => format!("domain: https://{}", row.value),
        Some(kind) => format!("{kind}: {}", row.value),
    };
    let (facts, _) = extractor.extract_text(&text);
    let Facts { observables, .. } = facts;
    let found = match told {
        Some(kind) => observables.into_iter().find(|one| one.kind == kind),
        None => observables.into_iter().next(),
    };
    match found {
        Some(one) => Ok(vec![(format!("{}:{}", one.kind, one.value), row.case.clone())]),
        None => {
            let what = format!(
                "no identifier is recognised in {:?}",
                row.value.chars().take(80).collect::<String>()
            );
            let remedy =
                "write a phone as +442079460123, a handle as t.me/name, or name its kind in a column `kind`";
            Err(problem(what, remedy))
        }
    }
}
