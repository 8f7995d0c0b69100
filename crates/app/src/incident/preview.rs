//! A table before it is taken in: which of its columns mean what, its first rows as they will be understood,
//! and what would be refused. The same reading then takes it in.

use forewarn_collect::Limits;
use forewarn_collect::incidents::{self, Mapping};
use forewarn_model::{CountryNames, Incident, Problem};

use super::import;
use crate::alarm::cache::Cache;
use crate::model::rights::Right;
use crate::{AppError, Context, Workspace};

/// A table as it was given.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// What it is called, for messages.
    pub name: &'a str,
    /// Its bytes: CSV, or a STIX 2.1 bundle, which begins with a brace and needs no mapping.
    pub bytes: &'a [u8],
    /// Which column means what; none to find it out from their names.
    pub mapping: Option<&'a Mapping>,
    /// Names of countries.
    pub names: &'a CountryNames,
    /// How much is read.
    pub limits: &'a Limits,
}

/// A table as it would be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Its columns; none of a bundle.
    pub columns: Vec<String>,
    /// Which column means what.
    pub mapping: Mapping,
    /// The first rows as they will be understood.
    pub first: Vec<Incident>,
    /// How many can be taken in.
    pub understood: usize,
    /// How many of those are there already.
    pub known: usize,
    /// The first problems, each with its line.
    pub problems: Vec<Problem>,
    /// How many problems there are.
    pub refused: usize,
}

/// Reads a table without keeping anything; `rows_max` rows and problems are shown.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    cache: &Cache,
    table: &Table<'_>,
    rows_max: usize,
) -> Result<Preview, AppError> {
    context.require(Right::IncidentWrite)?;
    let (columns, mapping) = columns(table)?;
    let (read, mut problems) = read(table, &mapping);
    let known = cache.known(workspace)?;
    let there = read.iter().filter(|incident| known.get(&incident.id).is_some()).count();
    let (understood, refused) = (read.len(), problems.len());
    problems.truncate(rows_max);
    let first = read.into_iter().take(rows_max).collect();
    Ok(Preview { columns, mapping, first, understood, known: there, problems, refused })
}

/// Takes the table in as the preview showed it.
pub fn take_in(
    workspace: &mut Workspace,
    context: &Context,
    table: &Table<'_>,
) -> Result<import::Outcome, AppError> {
    context.require(Right::IncidentWrite)?;
    let (_, mapping) = columns(table)?;
    let (read, problems) = read(table, &mapping);
    if read.is_empty() {
        let why = "no row can be understood: map the columns anew".to_owned();
        return Err(AppError::Refused { operation: "import incidents", why });
    }
    let accepted = workspace.store.put_incidents(&read)?;
    let duplicates = read.len() as u64 - accepted;
    let told = format!("{accepted} new, {duplicates} known, {} refused", problems.len());
    workspace.note(context, "incident.import", table.name, &told)?;
    Ok(import::Outcome { accepted, duplicates, problems })
}

fn is_bundle(table: &Table<'_>) -> bool {
    table.bytes.trim_ascii_start().starts_with(b"{")
}

fn columns(table: &Table<'_>) -> Result<(Vec<String>, Mapping), AppError> {
    if is_bundle(table) {
        return Ok((Vec::new(), Mapping::default()));
    }
    let header = incidents::header(table.bytes, table.name, table.limits);
    let header = header.map_err(|problem| AppError::Input(Box::new(problem)))?;
    let mapping = table.mapping.cloned().unwrap_or_else(|| Mapping::detect(&header));
    Ok((header, mapping))
}

fn read(table: &Table<'_>, mapping: &Mapping) -> (Vec<Incident>, Vec<Problem>) {
    let Table { name, bytes, names, limits, .. } = *table;
    match is_bundle(table) {
        true => import::read(bytes, name, limits),
        false => incidents::read_mapped(bytes, name, mapping, Some(names), limits),
    }
}
