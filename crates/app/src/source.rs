//! The sources: what was brought in, from where, when, and what became of it.

pub mod own;

use forewarn_model::rights::Right;
use forewarn_store::StoredIngest;

use crate::{AppError, Context, Workspace};

/// Most runs of one page.
const PAGE_MAX: u32 = 1_000;

/// The runs of `ingest` and of replies, the newest first, at most `count_max` before the one with number `before`;
/// and where the next page begins.
pub fn list(
    workspace: &Workspace,
    context: &Context,
    before: Option<i64>,
    count_max: u32,
) -> Result<(Vec<StoredIngest>, Option<i64>), AppError> {
    context.require(Right::Look)?;
    workspace.seen(context, "source.list", "sources");
    let count = count_max.clamp(1, PAGE_MAX);
    let mut runs = workspace.store.ingests(before, count + 1)?;
    let more = runs.len() > count as usize;
    runs.truncate(count as usize);
    let next = runs.last().filter(|_| more).map(|run| run.number);
    Ok((runs, next))
}
