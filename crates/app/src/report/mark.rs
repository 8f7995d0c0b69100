//! Changes the marking and the grading of a report, with a reason. Every change is kept and takes effect at once:
//! all that reads reports asks for their marking.

use forewarn_model::rights::Right;
use forewarn_model::{Grading, Marking, Pap, ReportId, Timestamp, Tlp};
use forewarn_store::Decision;

use crate::report::show::{terms, unknown};
use crate::{AppError, Context, Workspace};

/// What is to be changed; what is none stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Request {
    /// How far it may be passed on.
    pub tlp: Option<Tlp>,
    /// What may be done with it.
    pub pap: Option<Pap>,
    /// How far to trust it.
    pub grading: Option<Grading>,
}

/// What became of the marking and the grading of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What was changed.
    pub what: Changed,
    /// Who.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// A change, from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// Of the marking.
    Marking(Marking, Marking),
    /// Of the grading.
    Grading(Grading, Grading),
}

/// Changes what is asked for and tells what was changed: nothing, if all of it was so before.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    id: ReportId,
    request: Request,
    why: &str,
) -> Result<Vec<Change>, AppError> {
    context.require(Right::ReportMark)?;
    let refused = |why: &str| AppError::Refused { operation: "mark the report", why: why.to_owned() };
    let why = why.trim();
    if why.is_empty() {
        return Err(refused("a change needs a reason: give one with --why"));
    }
    if request == Request::default() {
        return Err(refused("name what is to be changed: the marking (TLP, PAP) or the grading"));
    }
    if let Some(tlp) = request.tlp.filter(|tlp| *tlp > context.clearance.tlp) {
        let clearance = context.clearance.tlp;
        let told = format!("{tlp} is above your clearance {clearance}: ask somebody who is cleared for it");
        return Err(refused(&told));
    }
    let stored = workspace.store.report(id, &context.clearance)?.ok_or_else(|| unknown(&id.to_string()))?;
    let report = stored.report;
    let marking = Marking {
        tlp: request.tlp.unwrap_or(report.marking.tlp),
        pap: request.pap.unwrap_or(report.marking.pap),
    };
    let grading = request.grading.unwrap_or(report.grading);
    let mut changed = Vec::new();
    if marking != report.marking {
        changed.push(Changed::Marking(report.marking, marking));
    }
    if grading != report.grading {
        changed.push(Changed::Grading(report.grading, grading));
    }
    if changed.is_empty() {
        return Ok(Vec::new());
    }
    let score = workspace.store.finding(id, &context.clearance)?.and_then(|finding| finding.log_odds);
    let decisions: Vec<Decision> = changed
        .iter()
        .map(|what| Decision {
            subject: id.to_string(),
            verdict: verdict(*what),
            decided_by: context.actor.clone(),
            decided_at: context.now,
            reason: why.to_owned(),
            seen_score: score,
        })
        .collect();
    workspace.store.mark_report(id, marking, grading, &terms(&report.full_text()), &decisions)?;
    let told: Vec<String> = changed.iter().map(|what| verdict(*what)).collect();
    workspace.note(context, "report.mark", &id.to_string(), &told.join(", "))?;
    let change = |what| Change { what, by: context.actor.clone(), at: context.now, reason: why.to_owned() };
    Ok(changed.into_iter().map(change).collect())
}

/// The changes of a report, the last one last.
pub(crate) fn changes(workspace: &Workspace, id: ReportId) -> Result<Vec<Change>, AppError> {
    let decisions = workspace.store.decisions(&id.to_string())?;
    let changes = decisions.into_iter().filter_map(|decision| {
        let what = changed(&decision.verdict)?;
        Some(Change { what, by: decision.decided_by, at: decision.decided_at, reason: decision.reason })
    });
    Ok(changes.collect())
}

/// `marking: TLP:AMBER PAP:AMBER to TLP:RED PAP:RED`, `grading: F6 to B2`.
fn verdict(what: Changed) -> String {
    match what {
        Changed::Marking(from, to) => format!("marking: {from} to {to}"),
        Changed::Grading(from, to) => format!("grading: {from} to {to}"),
    }
}

fn changed(verdict: &str) -> Option<Changed> {
    let marking = |text: &str| {
        let (tlp, pap) = text.split_once(' ')?;
        Some(Marking { tlp: tlp.parse().ok()?, pap: pap.parse().ok()? })
    };
    let (list, change) = verdict.split_once(": ")?;
    let (from, to) = change.split_once(" to ")?;
    match list {
        "marking" => Some(Changed::Marking(marking(from)?, marking(to)?)),
        "grading" => Some(Changed::Grading(from.parse().ok()?, to.parse().ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_reads_back() {
        for tlp in Tlp::ALL {
            let to = Marking { tlp, pap: Pap::Red };
            let what = Changed::Marking(Marking::DEFAULT, to);
            assert_eq!(changed(&verdict(what)), Some(what));
        }
        let what = Changed::Grading(Grading::UNKNOWN, "B2".parse().unwrap());
        assert_eq!(changed(&verdict(what)), Some(what));
        for other in ["confirmed", "marking: TLP:RED", "grading: Z9 to B2"] {
            assert_eq!(changed(other), None);
        }
    }
}
