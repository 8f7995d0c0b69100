//! The cases, without who they are about.

use forewarn_model::rights::Right;
use forewarn_store::StoredCase;

use crate::{AppError, Context, Workspace};

/// Cases in order of name, after `after`, at most `count_max`.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    after: &str,
    count_max: u32,
) -> Result<Vec<StoredCase>, AppError> {
    context.require(Right::CaseWork)?;
    Ok(workspace.store.cases_after(after, count_max)?)
}

pub(super) fn find(workspace: &Workspace, id: &str) -> Result<StoredCase, AppError> {
    workspace.store.case(id)?.ok_or_else(|| {
        let remedy = "see `forewarn htcds list`".to_owned();
        AppError::NotFound { what: "case", name: id.to_owned(), remedy }
    })
}
