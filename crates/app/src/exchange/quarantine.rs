//! What is held back: listed, taken after all, or dropped.

use forewarn_model::rights::Right;
use forewarn_share::stix::{Admission, admit};
use forewarn_store::{Added, Quarantined};

use super::{access, partner, stored};
use crate::{AppError, Context, Workspace};

/// What is held back and undecided, in order of coming; of one partner if one is named.
pub fn list(
    workspace: &Workspace,
    context: &Context,
    partner: Option<&str>,
    count_max: u32,
) -> Result<Vec<Quarantined>, AppError> {
    context.require(Right::Share)?;
    workspace.seen(context, "share.held.list", "held");
    let held = workspace.store.quarantine(partner, count_max)?;
    let owned = workspace.store.owned_sources()?;
    let visible = |it: &Quarantined| {
        let owner = access::owner_of(&owned, &it.partner);
        admit(&it.bytes, &Admission::default())
            .is_ok_and(|read| context.clearance.sees(read.marking.tlp, owner))
    };
    Ok(held.into_iter().filter(visible).collect())
}

/// Takes something after all, or drops it; with the reason for the audit log.
pub fn decide(
    workspace: &mut Workspace,
    context: &Context,
    number: i64,
    take: bool,
    why: &str,
) -> Result<(), AppError> {
    context.require(Right::ShareRule)?;
    let operation = "decide on what is held back";
    let refused = |why: &str| AppError::Refused { operation, why: why.to_owned() };
    if why.trim().is_empty() {
        return Err(refused("say why"));
    }
    let held = workspace.store.quarantined(number)?.ok_or_else(|| AppError::NotFound {
        what: "held back object",
        name: number.to_string(),
        remedy: "see `forewarn share held`".to_owned(),
    })?;
    if take {
        let partner = partner::find(workspace, context, &held.partner)?;
        let admitted = admit(&held.bytes, &Admission::default()).map_err(AppError::refused(operation))?;
        let inbox = access::find(workspace, context, &partner.root, &partner.inbox())?.collection.number;
        let object = stored(&admitted, held.bytes.clone());
        if workspace.store.add_objects(inbox, &[object], context.now)?.first() == Some(&Added::Collides) {
            return Err(refused("another object with this id and version was taken already: drop this one"));
        }
    }
    let decided = if take { "released" } else { "dropped" };
    if !workspace.store.decide_quarantined(number, decided)? {
        return Err(refused("it was decided already"));
    }
    workspace.note(context, "share.held", &held.id, &format!("{decided}: {why}"))
}
