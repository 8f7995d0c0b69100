//! Withdraws an incident from a day on. What was known before that day stays known as of then.

use forewarn_model::rights::Right;
use forewarn_model::{Date, Incident};
use forewarn_store::Decision;

use crate::{AppError, Context, Workspace};

/// Withdraws the incident with this id, or all incidents of the event with this name, from the day `known_from`
/// on: answers as of an earlier day still have them. How many it were.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    known_from: Date,
    reason: &str,
) -> Result<usize, AppError> {
    context.require(Right::IncidentWrite)?;
    let refused = |why: String| Err(AppError::Refused { operation: "retract an incident", why });
    if reason.trim().is_empty() {
        return refused("a retraction needs a reason: give one with --why".to_owned());
    }
    let all = workspace.store.incidents()?;
    let named = |incident: &&Incident| incident.id.to_string() == name || incident.event == name;
    let found: Vec<&Incident> = all.iter().filter(named).collect();
    if found.is_empty() {
        let remedy = "see `forewarn incidents list`".to_owned();
        return Err(AppError::NotFound { what: "incident", name: name.to_owned(), remedy });
    }
    if let Some(first) = found.iter().find(|incident| known_from < incident.known_from.latest()) {
        return refused(format!(
            "{known_from} is before it was known, on {}: give the day from which it was known to be wrong",
            first.known_from.latest()
        ));
    }
    for incident in &found {
        workspace.store.put_decision(&Decision {
            subject: incident.id.to_string(),
            verdict: forewarn_store::retraction(known_from),
            decided_by: context.actor.clone(),
            decided_at: context.now,
            reason: reason.to_owned(),
            seen_score: None,
        })?;
    }
    workspace.note(context, "incident.retract", name, &format!("{} from {known_from}", found.len()))?;
    Ok(found.len())
}
