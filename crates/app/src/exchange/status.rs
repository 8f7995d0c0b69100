//! How the exchange with each partner stands.

use forewarn_model::rights::Right;
use forewarn_store::ExchangeRun;

use super::access;
use super::partner::{self, Partner};
use crate::{AppError, Context, Workspace};

/// How it stands with one partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The partner.
    pub partner: Partner,
    /// Versions of objects that wait in its outbox to be brought; none where it comes and fetches.
    pub waiting: Option<u64>,
    /// Objects in its outbox, in their latest version.
    pub for_it: u64,
    /// Objects that came from it, in their latest version.
    pub from_it: u64,
    /// Objects of it that are held back.
    pub held: u64,
    /// The last attempts, the latest first.
    pub runs: Vec<ExchangeRun>,
}

/// Counting stops here.
const COUNT_MAX: u32 = 1_000_000;

/// All partners, in order of name.
pub fn run(workspace: &Workspace, context: &Context) -> Result<Vec<Standing>, AppError> {
    context.require(Right::Share)?;
    workspace.seen(context, "share.view", "partners");
    let mut all = Vec::new();
    for partner in partner::all(workspace)? {
        all.push(one(workspace, context, partner)?);
    }
    Ok(all)
}

fn one(workspace: &Workspace, context: &Context, partner: Partner) -> Result<Standing, AppError> {
    let store = &workspace.store;
    let number = |alias: &str| -> Result<Option<(i64, String)>, AppError> {
        match access::find(workspace, context, &partner.root, alias) {
            Ok(open) => Ok(Some((open.collection.number, open.collection.id))),
            // A reader who is not cleared for the collection sees no count.
            Err(AppError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    };
    let (mut waiting, mut for_it, mut from_it) = (None, 0, 0);
    if let Some((outbox, id)) = number(&partner.outbox())? {
        for_it = store.collection_size(outbox, COUNT_MAX)?;
        if partner.url.is_some() {
            let cursor = store.cursor(&partner.id, "push", &id)?.and_then(|position| position.parse().ok());
            waiting = Some(store.entries_after(outbox, cursor.unwrap_or(i64::MIN), COUNT_MAX)?);
        }
    }
    if let Some((inbox, _)) = number(&partner.inbox())? {
        from_it = store.collection_size(inbox, COUNT_MAX)?;
    }
    let (held, runs) = (store.quarantine_size(&partner.id)?, store.runs(&partner.id, 10)?);
    Ok(Standing { partner, waiting, for_it, from_it, held, runs })
}
