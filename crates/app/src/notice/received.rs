//! What a member sees: the notices that were distributed to it, and what it has answered.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::rights::Right;
use forewarn_model::{Notice, NoticeId, NoticeState, ReceiptKind, Reply, Timestamp};

use crate::delivery::answer;
use crate::notice::all_visible;
use crate::{AppError, Context, Workspace, member};

/// A notice as a member has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The notice.
    pub notice: Notice,
    /// The member's receipts.
    pub receipts: BTreeMap<ReceiptKind, Timestamp>,
    /// The member's replies, in order.
    pub replies: Vec<Reply>,
}

/// Everything that was distributed to the member and that both it and the reader may see, the newest first.
pub fn list(workspace: &Workspace, context: &Context, member: &str) -> Result<Vec<Received>, AppError> {
    context.require(Right::NoticeAnswer)?;
    let known = member::named(workspace, member)?;
    workspace.seen(context, "notice.received", member);
    let distributed: BTreeSet<NoticeId> = workspace.store.distributed_to(member)?.into_iter().collect();
    let mut all = Vec::new();
    for (stored, notice) in all_visible(workspace, context)? {
        let cleared = notice.marking.visible_to(known.clearance);
        if stored.signed.is_some() && cleared && distributed.contains(&notice.id) {
            all.push(with_answers(workspace, notice, member)?);
        }
    }
    all.sort_by_key(|one| (std::cmp::Reverse(one.notice.issued_at()), one.notice.id));
    Ok(all)
}

/// Opens one, which is noted once; the notice with its signed document. One that was not distributed to the member
/// is not there.
pub fn open(
    workspace: &mut Workspace,
    context: &Context,
    member: &str,
    name: &str,
) -> Result<(Received, Vec<u8>), AppError> {
    context.require(Right::NoticeAnswer)?;
    let (signed, notice) = lookup(workspace, context, member, name)?;
    workspace.seen(context, "notice.view", &notice.id.to_string());
    let opened = with_answers(workspace, notice.clone(), member)?;
    if !opened.receipts.contains_key(&ReceiptKind::Opened) {
        answer::receive(workspace, context, name, member, ReceiptKind::Opened)?;
    }
    Ok((with_answers(workspace, notice, member)?, signed))
}

/// A notice that was distributed to a member, with its signed document. Of any other nothing is told, not even that
/// it exists.
pub(crate) fn lookup(
    workspace: &Workspace,
    context: &Context,
    member: &str,
    name: &str,
) -> Result<(Vec<u8>, Notice), AppError> {
    let (stored, notice) = super::lookup(workspace, context, name)?;
    let known = member::named(workspace, member)?;
    let reaches = notice.marking.visible_to(known.clearance)
        && workspace.store.recipients(notice.id)?.iter().any(|recipient| recipient == member);
    match stored.signed {
        Some(signed) if reaches => Ok((signed, notice)),
        _ => Err(super::unknown(name)),
    }
}

impl Received {
    /// Whether it still stands.
    pub fn stands(&self) -> bool {
        self.notice.state() == NoticeState::Issued
    }
}

fn with_answers(workspace: &Workspace, notice: Notice, member: &str) -> Result<Received, AppError> {
    let receipts = workspace.store.receipts(notice.id)?;
    let own = receipts.into_iter().filter(|receipt| receipt.member == member);
    let receipts = own.map(|receipt| (receipt.kind, receipt.at)).collect();
    let replies = workspace.store.replies(notice.id)?.into_iter();
    let replies = replies.map(|(reply, _)| reply).filter(|reply| reply.member == member).collect();
    Ok(Received { notice, receipts, replies })
}
