//! Writes whom a source belongs to. What it brings marked AMBER+STRICT or RED is then seen by people of that
//! organisation, or cleared for it by name, alone; so it is, at once, with what it brought before.

use forewarn_model::clearance::{EVERY_ORGANISATION, organisation_key};
use forewarn_model::rights::Right;
use forewarn_store::{ORGANISATIONS_MAX, OwnerWritten, StoredSource};

use crate::{AppError, Context, Workspace};

/// Longest name of a source, in bytes.
const SOURCE_BYTES_MAX: usize = 1_000;

/// Longest name of an organisation, in bytes: as users have it.
const ORGANISATION_BYTES_MAX: usize = 200;

/// Most sources of one page.
const PAGE_MAX: u32 = 1_000;

const OPERATION: &str = "write the owner of the source";

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The source, as it is now.
    pub source: StoredSource,
    /// Whether it was known before: reports came from it, or it had an owner.
    pub known: bool,
    /// How many restricted reports have another owner now.
    pub reports: u64,
}

/// Gives a source to an organisation, or, with none, to the house as a whole. A source that nothing came from yet
/// is kept for what comes.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    source: &str,
    organisation: Option<&str>,
) -> Result<Outcome, AppError> {
    context.require(Right::ShareRule)?;
    let refused = |why: String| Err(AppError::Refused { operation: OPERATION, why });
    let organisation = organisation.map(str::trim);
    for (what, name, bytes_max) in
        [("source", Some(source), SOURCE_BYTES_MAX), ("organisation", organisation, ORGANISATION_BYTES_MAX)]
    {
        let plain = |name: &str| {
            !name.trim().is_empty() && name.len() <= bytes_max && !name.chars().any(char::is_control)
        };
        if name.is_some_and(|name| !plain(name)) {
            return refused(format!("the {what} is no name of 1 to {bytes_max} bytes of plain text"));
        }
    }
    if organisation.is_some_and(|name| organisation_key(name) == EVERY_ORGANISATION) {
        return refused(format!("{EVERY_ORGANISATION:?} stands for every organisation: name one"));
    }
    let before = workspace.store.source(source)?;
    let owner = before.as_ref().and_then(|source| source.organisation.as_deref());
    if let Some(owner) = owner.filter(|owner| !context.clearance.restricted().has(owner)) {
        return refused(format!(
            "{source:?} belongs to {owner:?}, which you are not cleared for: ask somebody who is"
        ));
    }
    let reports = match workspace.store.put_owner(source, organisation)? {
        OwnerWritten::Changed(reports) => reports,
        OwnerWritten::Same => 0,
        OwnerWritten::TooMany => {
            return refused(format!("there are {ORGANISATIONS_MAX} organisations: use one that is there"));
        }
    };
    let told = format!("{}, {reports} reports", organisation.unwrap_or("nobody"));
    workspace.note(context, "source.own", source, &told)?;
    let now = StoredSource { name: source.to_owned(), organisation: organisation.map(str::to_owned) };
    Ok(Outcome { source: now, known: before.is_some(), reports })
}

/// Sources with their owners in order of name, at most `count_max` after the one named; and where the next page
/// begins.
pub fn list(
    workspace: &Workspace,
    context: &Context,
    after: Option<&str>,
    count_max: u32,
) -> Result<(Vec<StoredSource>, Option<String>), AppError> {
    context.require_any(&[Right::Look, Right::ShareRule])?;
    workspace.seen(context, "source.owners", "sources");
    let count = count_max.clamp(1, PAGE_MAX);
    let mut sources = workspace.store.sources(after, count + 1)?;
    let more = sources.len() > count as usize;
    sources.truncate(count as usize);
    let next = sources.last().filter(|_| more).map(|source| source.name.clone());
    Ok((sources, next))
}
