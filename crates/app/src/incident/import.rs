//! Takes incidents into the store: a table, or a STIX 2.1 bundle.

use std::io::{BufRead, BufReader, Read};

use forewarn_collect::{Limits, incidents};
use forewarn_model::rights::Right;
use forewarn_model::{Incident, Problem, Severity};
use forewarn_share::stix::read_incidents;

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

/// A bundle of more bytes is refused: JSON is read as a whole.
const BUNDLE_BYTES_MAX: u64 = 64 << 20;

/// Imports a table in the form of `incidents/timeline.csv`, or a bundle, which begins with a brace.
pub fn run<R: Read + Send>(
    workspace: &mut Workspace,
    context: &Context,
    input: R,
    name: &str,
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    context.require(Right::IncidentWrite)?;
    progress.begin(&format!("import incidents from {name}"), None);
    let (read, problems) = read(input, name, limits);
    let accepted = workspace.store.put_incidents(&read)?;
    let duplicates = read.len() as u64 - accepted;
    let told = format!("{accepted} new, {duplicates} known, {} refused", problems.len());
    workspace.note(context, "incident.import", name, &told)?;
    progress.end(&told);
    Ok(Outcome { accepted, duplicates, problems })
}

/// Reads incidents from a table or a bundle, and what was refused.
pub fn read<R: Read + Send>(input: R, name: &str, limits: &Limits) -> (Vec<Incident>, Vec<Problem>) {
    let mut input = BufReader::new(input);
    let is_bundle = input.fill_buf().is_ok_and(|bytes| bytes.trim_ascii_start().starts_with(b"{"));
    if !is_bundle {
        return incidents::read(input, name, limits);
    }
    let refused = |what: String, remedy: &str| {
        let problem = Problem {
            severity: Severity::Refused,
            code: "stix-bundle",
            input: name.to_owned(),
            line: None,
            what,
            remedy: remedy.to_owned(),
        };
        (Vec::new(), vec![problem])
    };
    let mut bytes = Vec::new();
    if let Err(error) = input.take(BUNDLE_BYTES_MAX + 1).read_to_end(&mut bytes) {
        return refused(error.to_string(), "read it again");
    }
    if bytes.len() as u64 > BUNDLE_BYTES_MAX {
        return refused(format!("more than {BUNDLE_BYTES_MAX} bytes"), "split the bundle");
    }
    match serde_json::from_slice(&bytes) {
        Ok(bundle) => read_incidents(&bundle, name),
        Err(error) => refused(error.to_string(), "give a STIX 2.1 bundle in JSON, or a table"),
    }
}
