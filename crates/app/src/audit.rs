//! The audit log: searching it, and noting who saw what without slowing them down.

use std::sync::{Mutex, MutexGuard, PoisonError};

use forewarn_model::rights::Right;
use forewarn_store::{AuditEntry, AuditError, AuditFilter};

use crate::{AppError, Context, Workspace};

/// Most entries of one page of a search.
const PAGE_MAX: u32 = 1_000;

/// So many views wait at most; then they are written at once.
const WAITING_MAX: usize = 4_096;

/// Views wait so long at most, in milliseconds.
const WAITING_MS: i128 = 1_000;

/// So many of the last views are looked through for the same one.
const SAME_LOOKED_AT_MAX: usize = 32;

/// Every action that is noted, in order of name. The pages have words for each.
pub const ACTIONS: &[&str] = &[
    "alarm.decide",
    "alarm.list",
    "alarm.view",
    "audit.search",
    "backup.make",
    "backup.restore",
    "campaign.list",
    "campaign.merge",
    "campaign.split",
    "campaign.unsplit",
    "campaign.update",
    "campaign.view",
    "case.erase",
    "case.export",
    "case.import",
    "case.key",
    "claim.list",
    "incident.add",
    "incident.decide",
    "incident.import",
    "incident.retract",
    "incident.search",
    "incident.view",
    "key.make",
    "match.agree",
    "match.answer",
    "match.ask",
    "match.close",
    "match.finish",
    "match.hits",
    "match.list",
    "match.recheck",
    "match.refuse",
    "match.set",
    "match.set.remove",
    "match.set.show",
    "match.talk",
    "member.list",
    "member.put",
    "member.secret",
    "member.view",
    "misp.export",
    "misp.feed",
    "misp.import",
    "network.evidence",
    "network.export",
    "network.mark",
    "network.marks",
    "network.path",
    "network.save",
    "network.view",
    "network.views",
    "notice.approve",
    "notice.deliver",
    "notice.deliveries",
    "notice.distribute",
    "notice.draft",
    "notice.edit",
    "notice.end",
    "notice.export",
    "notice.extract",
    "notice.issue",
    "notice.list",
    "notice.receipt",
    "notice.received",
    "notice.reject",
    "notice.reply",
    "notice.retry",
    "notice.submit",
    "notice.view",
    "report.export",
    "report.ingest",
    "report.mark",
    "report.process",
    "report.search",
    "report.view",
    "rules.reload",
    "session.begin",
    "session.end",
    "session.refuse",
    "share.add",
    "share.collection",
    "share.held",
    "share.held.list",
    "share.import",
    "share.partner",
    "share.publish",
    "share.pull",
    "share.push",
    "share.read",
    "share.remove",
    "share.take",
    "share.view",
    "situation.view",
    "source.list",
    "source.own",
    "source.owners",
    "statistics.make",
    "token.make",
    "token.revoke",
    "user.add",
    "user.change",
    "user.external",
    "user.invite",
    "user.join",
    "user.list",
    "user.password",
    "user.totp",
    "user.view",
];

/// A part of what a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Entries with their numbers, the newest first.
    pub entries: Vec<(i64, AuditEntry)>,
    /// Where the next page begins; none at the end.
    pub next: Option<i64>,
}

/// Views that are written together: one transaction for all that came within a second. A crash loses at most that
/// second, of views only; what was changed is noted in its own transaction.
#[derive(Debug, Default)]
pub struct Later {
    waiting: Mutex<Vec<AuditEntry>>,
}

/// Searches the log; the newest entries first, at most `count_max`, from `cursor` of the page before.
pub fn search(
    workspace: &Workspace,
    context: &Context,
    filter: &AuditFilter,
    cursor: Option<i64>,
    count_max: u32,
) -> Result<Page, AppError> {
    context.require(Right::AuditRead)?;
    workspace.seen(context, "audit.search", "audit");
    let count = count_max.clamp(1, PAGE_MAX);
    let mut entries = workspace.store.search_audit(filter, cursor, count + 1)?;
    let more = entries.len() > count as usize;
    entries.truncate(count as usize);
    let next = entries.last().filter(|_| more).map(|(number, _)| *number);
    Ok(Page { entries, next })
}

/// The actions that occur in the log.
pub fn actions(workspace: &Workspace, context: &Context) -> Result<Vec<String>, AppError> {
    context.require(Right::AuditRead)?;
    Ok(workspace.store.audit_actions()?)
}

/// Walks the whole chain: how many entries hold, or where it breaks first.
pub fn verify(workspace: &Workspace, context: &Context) -> Result<Result<u64, AuditError>, AppError> {
    context.require(Right::AuditRead)?;
    Ok(workspace.store.verify_audit()?)
}

impl Later {
    /// Notes a view: `subject` is an id or a short name of a list, never a text that was read or searched for.
    /// What one request looks at twice is noted once. True if [`Later::flush`] is due.
    pub fn note(&self, context: &Context, action: &str, subject: &str, detail: &str) -> bool {
        let mut waiting = self.lock();
        let entry = AuditEntry {
            at: context.now,
            actor: context.actor.clone(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail: detail.to_owned(),
        };
        // The time of a request is one: the same entry with the same time is the same look.
        if !waiting.iter().rev().take(SAME_LOOKED_AT_MAX).any(|other| *other == entry) {
            waiting.push(entry);
        }
        let oldest = waiting.first().map_or(context.now, |entry| entry.at);
        let waited_ms = context.now.duration_since(oldest).as_millis();
        waiting.len() >= WAITING_MAX || waited_ms >= WAITING_MS
    }

    /// Writes what waits, in one transaction; how many entries. The server calls it every second and when it stops.
    pub fn flush(&self, workspace: &mut Workspace) -> Result<usize, AppError> {
        let taken = std::mem::take(&mut *self.lock());
        if taken.is_empty() {
            return Ok(0);
        }
        if let Err(error) = workspace.store.audit_all(&taken) {
            // Kept for the next time, but not without a bound.
            let mut waiting = self.lock();
            let newer = std::mem::replace(&mut *waiting, taken);
            waiting.extend(newer);
            let over = waiting.len().saturating_sub(4 * WAITING_MAX);
            waiting.drain(..over);
            return Err(error.into());
        }
        Ok(taken.len())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<AuditEntry>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// What follows `call` as its second or third argument, in the sources of this crate.
    fn noted(path: &Path, found: &mut BTreeSet<String>) {
        if path.is_dir() {
            for entry in std::fs::read_dir(path).unwrap() {
                noted(&entry.unwrap().path(), found);
            }
            return;
        }
        let source = std::fs::read_to_string(path).unwrap();
        for call in [".note(", ".seen(", "noted("] {
            for piece in source.split(call).skip(1) {
                let arguments = piece.split(')').next().unwrap_or_default();
                // An action is two words or more with points between them.
                let texts = arguments.split('"').skip(1).step_by(2);
                let is_action = |text: &&str| {
                    text.split('.').count() > 1
                        && text.split('.').all(|word| {
                            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                        })
                };
                found.extend(texts.filter(is_action).map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_action_that_is_noted_is_in_the_table() {
        let mut found = BTreeSet::new();
        noted(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        assert!(found.len() > 80, "{found:?}");
        let unknown: Vec<&String> =
            found.iter().filter(|action| !ACTIONS.contains(&action.as_str())).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(ACTIONS.is_sorted());
    }
}
