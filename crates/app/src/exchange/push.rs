//! Brings a partner what its outbox holds, in requests of bounded size. The place in the outbox moves after each
//! request that was answered: one that broke off is sent again, and the other side knows what it has.

use forewarn_model::rights::Right;
use forewarn_store::{EntryFilter, ExchangeCursor, ExchangeRun, PageLimits, VersionFilter};
use serde_json::Value;

use super::access;
use super::partner;
use super::pull::{Trouble, begun};
use super::wire::{Limits, Remote, Wire, is_plain, json};
use crate::{AppError, Context, Progress, Workspace};

/// Brings to a partner; what came of it. Trouble on the other side is told in the outcome, not as an error.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    id: &str,
    wire: &dyn Wire,
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<ExchangeRun, AppError> {
    context.require(Right::Share)?;
    let partner = partner::find(workspace, context, id)?;
    let outbox = access::find(workspace, context, &partner.root, &partner.outbox())?.collection;
    progress.begin(&format!("bring to {id}"), None);
    let mut run = begun(id, "push", context);
    let brought = match Remote::of(&partner, wire, limits.answer_bytes_max) {
        Ok(remote) => {
            bring(workspace, &partner, &remote, outbox.number, &outbox.id, limits, &mut run, progress)
        }
        Err(error) => Err(Trouble::There(error.to_string())),
    };
    match brought {
        Ok(()) => {}
        Err(Trouble::There(what)) => run.error = Some(what),
        Err(Trouble::Here(error)) => return Err(error),
    }
    workspace.store.put_run(&run)?;
    let told = format!("{} taken, {} held back, {} refused there", run.accepted, run.held, run.refused);
    workspace.note(context, "share.push", id, &told)?;
    progress.end(&told);
    Ok(run)
}

#[allow(clippy::too_many_arguments, reason = "the parts of one action")]
fn bring(
    workspace: &mut Workspace,
    partner: &partner::Partner,
    remote: &Remote<'_>,
    outbox: i64,
    outbox_id: &str,
    limits: &Limits,
    run: &mut ExchangeRun,
    progress: &dyn Progress,
) -> Result<(), Trouble> {
    let target = match &partner.push {
        Some(name) if is_plain(name) => name.clone(),
        Some(name) => return Err(Trouble::There(format!("{name:?} is no name of a collection"))),
        None => {
            let all = remote.collections().map_err(Trouble::There)?;
            let inbox = |it: &&super::wire::RemoteCollection| it.write && it.alias.starts_with("from-");
            let found = all.iter().find(inbox).or_else(|| all.iter().find(|it| it.write));
            let none = || Trouble::There("it has no collection that we may write to".to_owned());
            found.ok_or_else(none)?.id.clone()
        }
    };
    let room = remote.content_bytes_max().map_err(Trouble::There)?;
    let bytes_max = limits.request_bytes_max.min(room.unwrap_or(usize::MAX)).saturating_sub(1024).max(1);
    let stored = workspace.store.cursor(&partner.id, "push", outbox_id)?;
    let mut after: Option<i64> = stored.and_then(|position| position.parse().ok());
    let versions = VersionFilter { all: true, ..VersionFilter::default() };
    let filter = EntryFilter { versions, ..EntryFilter::default() };
    let mut size = limits.page_objects_max.max(1);
    for _ in 0..limits.pages_max {
        let page_limits = PageLimits { entries_max: size, bytes_max };
        let page = workspace.store.object_page(outbox, &filter, after, page_limits)?;
        let Some(last) = page.entries.last() else { return Ok(()) };
        let mut body = b"{\"objects\":[".to_vec();
        for (at, entry) in page.entries.iter().enumerate() {
            if at > 0 {
                body.push(b',');
            }
            body.extend_from_slice(&entry.bytes);
        }
        body.extend_from_slice(b"]}");
        let answer = remote.ask(&format!("collections/{target}/objects/"), Some(body));
        let answer = answer.map_err(|error| Trouble::There(error.to_string()))?;
        if answer.status == 413 && page.entries.len() > 1 {
            size = (page.entries.len() / 4).max(1);
            continue;
        }
        if answer.status == 413 {
            run.refused += 1;
        } else {
            let status = json(&answer).map_err(Trouble::There)?;
            if !status["success_count"].is_u64() || !status["status"].is_string() {
                return Err(Trouble::There("its answer does not say what became of the objects".to_owned()));
            }
            count(&status, page.entries.len() as u64, run);
        }
        let cursor = ExchangeCursor {
            partner: partner.id.clone(),
            direction: "push",
            collection: outbox_id.to_owned(),
            position: last.added.to_string(),
        };
        workspace.store.put_cursor(&cursor)?;
        after = Some(last.added);
        progress.at(run.accepted + run.held + run.refused);
    }
    Ok(())
}

/// What the other side says of a request; it may count wrongly, but not more than was sent.
fn count(status: &Value, sent: u64, run: &mut ExchangeRun) {
    let told = |name: &str| status[name].as_u64().unwrap_or_default().min(sent);
    let (failed, pending) = (told("failure_count"), told("pending_count"));
    run.refused += failed;
    run.held += pending;
    run.accepted += sent.saturating_sub(failed + pending);
    if failed > 0 && run.error.is_none() {
        let first = status["failures"][0]["message"].as_str().unwrap_or("no reason given");
        let first: String = first.chars().take(300).collect();
        run.error = Some(format!("{failed} objects were refused there, the first: {first}"));
    }
}
