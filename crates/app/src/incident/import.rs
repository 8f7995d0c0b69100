//! Takes a table of incidents into the store.

use std::io::Read;

use forewarn_collect::{Limits, incidents};
use forewarn_model::Problem;

use crate::{AppError, Context, Progress, Workspace};

/// What became of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Incidents that are new.
    pub accepted: u64,
    /// Incidents that were there already.
    pub duplicates: u64,
    /// What was refused, and why.
    pub problems: Vec<Problem>,
}

/// Imports a table in the form of `incidents/timeline.csv`.
pub fn run<R: Read + Send>(
    workspace: &mut Workspace,
    context: &Context,
    input: R,
    name: &str,
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    progress.begin(&format!("import incidents from {name}"), None);
    let (read, problems) = incidents::read(input, name, limits);
    let accepted = workspace.store.put_incidents(&read)?;
    let duplicates = read.len() as u64 - accepted;
    let told = format!("{accepted} new, {duplicates} known, {} refused", problems.len());
    workspace.note(context, "incident.import", name, &told)?;
    progress.end(&told);
    Ok(Outcome { accepted, duplicates, problems })
}
