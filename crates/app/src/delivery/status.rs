//! What the issuer sees of a notice that went out: who has it, who has read it, what they answered.

use std::collections::BTreeMap;

use forewarn_model::rights::Right;
use forewarn_model::{ReceiptKind, Reply, ReportId, Timestamp};
use forewarn_store::Delivery;

use crate::notice::lookup;
use crate::{AppError, Context, Workspace};

/// One member's part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The member's short name.
    pub member: String,
    /// Its deliveries, each with what the other side said last.
    pub deliveries: Vec<(Delivery, Option<String>)>,
    /// Its receipts.
    pub receipts: BTreeMap<ReceiptKind, Timestamp>,
    /// Its replies, each with the report that it became.
    pub replies: Vec<(Reply, Option<ReportId>)>,
}

/// All members to whom a notice went or who answered, in order of short name.
pub fn run(workspace: &Workspace, context: &Context, name: &str) -> Result<Vec<Row>, AppError> {
    context.require(Right::Look)?;
    let (_, notice) = lookup(workspace, context, name)?;
    workspace.seen(context, "notice.deliveries", &notice.id.to_string());
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut said: BTreeMap<i64, String> = BTreeMap::new();
    for (number, _, detail) in workspace.store.last_attempts(notice.id)? {
        said.insert(number, detail);
    }
    let row = |rows: &mut BTreeMap<String, Row>, member: &str, change: &mut dyn FnMut(&mut Row)| {
        change(
            rows.entry(member.to_owned())
                .or_insert_with(|| Row { member: member.to_owned(), ..Row::default() }),
        );
    };
    // Who has no channel fetches it: there is no delivery of it.
    for member in workspace.store.recipients(notice.id)? {
        row(&mut rows, &member, &mut |_| {});
    }
    for delivery in workspace.store.deliveries(notice.id)? {
        let detail = said.remove(&delivery.number);
        let member = delivery.member.clone();
        row(&mut rows, &member, &mut |row| row.deliveries.push((delivery.clone(), detail.clone())));
    }
    for receipt in workspace.store.receipts(notice.id)? {
        row(&mut rows, &receipt.member, &mut |row| {
            row.receipts.insert(receipt.kind, receipt.at);
        });
    }
    for reply in workspace.store.replies(notice.id)? {
        row(&mut rows, &reply.0.member, &mut |row| row.replies.push(reply.clone()));
    }
    Ok(rows.into_values().collect())
}
