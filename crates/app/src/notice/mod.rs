//! Notices: draft, review, issue, render, verify.

pub mod draft;
pub mod edit;
pub mod end;
pub mod extract;
pub mod issue;
pub mod localize;
pub mod log;
pub mod received;
pub mod render;
pub mod review;
pub mod verify;

pub(crate) mod publish;

use forewarn_model::rights::Right;
use forewarn_model::{Notice, NoticeId};
use forewarn_notice::Due;
use forewarn_share::notice_json;
use forewarn_store::StoredNotice;

use crate::{AppError, Context, Workspace};

/// A notice by its id or its number, if the reader may see it.
pub fn find(
    workspace: &Workspace,
    context: &Context,
    name: &str,
) -> Result<(StoredNotice, Notice), AppError> {
    context.require(Right::Look)?;
    let found = lookup(workspace, context, name)?;
    workspace.seen(context, "notice.view", &found.1.id.to_string());
    Ok(found)
}

/// The same for an action that needs another right than to look.
pub(crate) fn lookup(
    workspace: &Workspace,
    context: &Context,
    name: &str,
) -> Result<(StoredNotice, Notice), AppError> {
    let stored = match name.parse::<NoticeId>() {
        Ok(id) => workspace.store.notice(id)?,
        Err(_) => workspace.store.notices()?.into_iter().find(|notice| notice.number == name),
    };
    let found = stored.map(|stored| parse(&stored).map(|notice| (stored, notice))).transpose()?;
    found.filter(|(_, notice)| notice.marking.visible_to(context.clearance.tlp)).ok_or_else(|| unknown(name))
}

/// There is no such notice, or none that the reader may know of.
pub(crate) fn unknown(name: &str) -> AppError {
    let remedy = "see `forewarn notice list`".to_owned();
    AppError::NotFound { what: "notice", name: name.to_owned(), remedy }
}

/// All notices that the reader may see, in order of number.
pub fn list(workspace: &Workspace, context: &Context) -> Result<Vec<(StoredNotice, Notice)>, AppError> {
    context.require(Right::Look)?;
    workspace.seen(context, "notice.list", "notices");
    all_visible(workspace, context)
}

/// The same for an action that needs another right than to look.
pub(crate) fn all_visible(
    workspace: &Workspace,
    context: &Context,
) -> Result<Vec<(StoredNotice, Notice)>, AppError> {
    let mut all = Vec::new();
    for stored in workspace.store.notices()? {
        let notice = parse(&stored)?;
        if notice.marking.visible_to(context.clearance.tlp) {
            all.push((stored, notice));
        }
    }
    Ok(all)
}

/// Issued notices that come to their end within so many days, or are past it, with the days that are left.
pub fn due(
    workspace: &Workspace,
    context: &Context,
    within_days: i32,
) -> Result<Vec<(Notice, i32)>, AppError> {
    context.require(Right::Look)?;
    let today = forewarn_model::date::day_of(context.now);
    let mut all = Vec::new();
    for (_, notice) in all_visible(workspace, context)? {
        match forewarn_notice::due(&notice, today, within_days) {
            Some(Due::ReviewIn(days)) => all.push((notice, days)),
            Some(Due::Overdue(days)) => all.push((notice, -days)),
            None => {}
        }
    }
    all.sort_by_key(|(_, days)| *days);
    Ok(all)
}

/// Writes a notice that is not signed.
pub(crate) fn save(workspace: &mut Workspace, notice: &Notice) -> Result<(), AppError> {
    Ok(workspace.store.put_notice(&stored(notice)?)?)
}

/// A notice as it lies in the store, without its signed document.
pub(crate) fn stored(notice: &Notice) -> Result<StoredNotice, AppError> {
    let payload = notice_json::canonical(&notice_json::payload(notice, &[]))
        .map_err(AppError::refused("write the notice"))?;
    let (id, number, state) = (notice.id, notice.number.clone(), notice.state());
    Ok(StoredNotice { id, number, state, payload, signed: None })
}

pub(crate) fn parse(stored: &StoredNotice) -> Result<Notice, AppError> {
    let read = || -> Result<Notice, String> {
        let value = serde_json::from_slice(&stored.payload).map_err(|error| error.to_string())?;
        notice_json::to_notice(&value).map_err(|error| error.to_string())
    };
    read().map_err(AppError::refused("read the notice"))
}
