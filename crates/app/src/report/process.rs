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
        let page = page(workspace, engine, &version, PAGE)?;
        if page.read == 0 {
            break;
        }
        outcome = outcome.and(page);
        progress.at(outcome.read);
    }
    note(workspace, context, &version, outcome)?;
    progress.end(&outcome.told());
    Ok(outcome)
}

/// Reads at most so many of them, those that came last before those that an older version read; none is read
/// where nothing is left to do.
pub fn some(
    workspace: &mut Workspace,
    context: &Context,
    engine: &Engine,
    count_max: u32,
) -> Result<Outcome, AppError> {
    context.require(Right::ReportAdd)?;
    let version = engine.version();
    let mut outcome = Outcome::default();
    while outcome.read < u64::from(count_max) {
        let left = u64::from(count_max) - outcome.read;
        let page = page(workspace, engine, &version, PAGE.min(left as u32))?;
        if page.read == 0 {
            break;
        }
        outcome = outcome.and(page);
    }
    note(workspace, context, &version, outcome)?;
    Ok(outcome)
}

fn page(
    workspace: &mut Workspace,
    engine: &Engine,
    version: &str,
    count_max: u32,
) -> Result<Outcome, AppError> {
    let page = workspace.store.reports_to_process(version, count_max)?;
    let reports: Vec<Report> = page.into_iter().map(|stored| stored.report).collect();
    if reports.is_empty() {
        return Ok(Outcome::default());
    }
    let readings = pipeline::documents(engine, &reports);
    let candidates: Vec<IncidentCandidate> =
        readings.iter().flat_map(|reading| reading.candidates.iter().cloned()).collect();
    let findings: Vec<Finding> =
        reports.par_iter().zip(&readings).map(|(report, reading)| reading.finding(report)).collect();
    // Candidates first: if the process is killed between the two, the reports are read again, and
    // candidates that are there already stay.
    workspace.store.put_candidates(&candidates)?;
    workspace.store.put_findings(version, &findings)?;
    Ok(Outcome {
        read: reports.len() as u64,
        assessed: readings.iter().filter(|reading| reading.assessment.is_some()).count() as u64,
        candidates: candidates.len() as u64,
    })
}

fn note(
    workspace: &mut Workspace,
    context: &Context,
    version: &str,
    outcome: Outcome,
) -> Result<(), AppError> {
    if outcome.read > 0 {
        workspace.note(context, "report.process", version, &outcome.told())?;
    }
    Ok(())
}

impl Outcome {
    fn and(self, further: Self) -> Self {
        Self {
            read: self.read + further.read,
            assessed: self.assessed + further.assessed,
            candidates: self.candidates + further.candidates,
        }
    }

    fn told(self) -> String {
        format!("{} read, {} assessed", self.read, self.assessed)
    }
}
