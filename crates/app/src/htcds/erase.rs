//! Forgets who a case is about. The codes stay, and with them whatever was counted or derived.

use forewarn_model::rights::Right;

use crate::{AppError, Context, Workspace};

/// Erases the sealed part of a case and the key that opens it; whether there was one.
pub fn run(workspace: &mut Workspace, context: &Context, id: &str, why: &str) -> Result<bool, AppError> {
    context.require(Right::CaseWork)?;
    if why.trim().is_empty() {
        let why = "it needs a reason, which stays on record: give one with --why".to_owned();
        return Err(AppError::Refused { operation: "erase a person", why });
    }
    let case = super::list::find(workspace, id)?;
    let erased = workspace.store.erase_case(&case.id, context.now)?;
    workspace.note(context, "case.erase", &case.id, why)?;
    Ok(erased)
}
