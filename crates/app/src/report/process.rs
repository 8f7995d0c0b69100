//! Takes every report that the pipeline has not read yet through the stages up to its score.

use forewarn_model::rights::Right;
use forewarn_model::{IncidentCandidate, Report};
use forewarn_store::Finding;
use rayon::prelude::*;

use crate::{AppError, Context, Engine, Progress, Workspace, pipeline};

/// How many reports are read at a time: enough for all cores, little enough for memory.
const PAGE: u32 = 2_000;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Reports that were read.
    pub read: u64,
    /// Reports that were assessed.
    pub assessed: u64,
    /// Claims for an analyst to confirm.
    pub candidates: u64,
}

/// Reads what is new, or what an older version of the stages read.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    engine: &Engine,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    context.require(Right::ReportAdd)?;
    let version = engine.version();
    let total = workspace.store.count_to_process(&version)?;
    progress.begin("read and assess", Some(total));
    let mut outcome = Outcome::default();
    loop {
        let page = workspace.store.reports_to_process(&version, PAGE)?;
        if page.is_empty() {
            break;
        }
        let reports: Vec<Report> = page.into_iter().map(|stored| stored.report).collect();
        let readings = pipeline::documents(engine, &reports);
        let candidates: Vec<IncidentCandidate> =
            readings.iter().flat_map(|reading| reading.candidates.iter().cloned()).collect();
        let findings: Vec<Finding> =
            reports.par_iter().zip(&readings).map(|(report, reading)| reading.finding(report)).collect();
        // Candidates first: if the process is killed between the two, the reports are read again, and
        // candidates that are there already stay.
        workspace.store.put_candidates(&candidates)?;
        workspace.store.put_findings(&version, &findings)?;
        outcome.read += reports.len() as u64;
        outcome.assessed += readings.iter().filter(|reading| reading.assessment.is_some()).count() as u64;
        outcome.candidates += candidates.len() as u64;
        progress.at(outcome.read);
    }
    let told = format!("{} read, {} assessed", outcome.read, outcome.assessed);
    if outcome.read > 0 {
        workspace.note(context, "report.process", &version, &told)?;
    }
    progress.end(&told);
    Ok(outcome)
}
