//! `forewarn notice distribute | deliver | status | retry | receipt | reply`

use anyhow::Result;
use forewarn_app::delivery::queue::{self, Plan, Selection};
use forewarn_app::delivery::send::{self, Limits};
use forewarn_app::delivery::status::{self, Row};
use forewarn_app::delivery::{answer, identifier};
use forewarn_app::model::{Grading, NoticeId, ReceiptKind, Reply, ReplyKind};
use forewarn_app::{engine, notice};
use forewarn_courier::{Config, Network, Smtp};
use serde_json::{Value, json};

use crate::args::{Deliver, Global};
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn distribute(global: &Global, name: &str, selection: &Selection, dry_run: bool) -> Result<Code> {
    let context = setup::context(global);
    let mut workspace = setup::workspace(global)?;
    let (plan, queued) = if dry_run {
        (queue::plan(&workspace, &context, name, selection)?.1, 0)
    } else {
        queue::run(&mut workspace, &context, name, selection)?
    };
    if global.json {
        output::json(&plan_view(&plan, queued))?;
        return Ok(Code::Done);
    }
    let to = plan.recipients.iter().map(|member| {
        let ways = member.channels.iter().map(|channel| channel.kind()).collect::<Vec<_>>().join(", ");
        let ways = if ways.is_empty() { "fetches it".to_owned() } else { ways };
        vec![member.id.clone(), member.name.clone(), ways]
    });
    let not = plan
        .left_out
        .iter()
        .map(|(member, why)| vec![member.id.clone(), member.name.clone(), format!("left out: {why}")]);
    output::table(&["member", "name", ""], to.chain(not).collect())?;
    let told = if dry_run { "nothing was queued".to_owned() } else { format!("{queued} deliveries queued") };
    output::line(&format!("{} recipients, {} left out, {told}", plan.recipients.len(), plan.left_out.len()))?;
    Ok(Code::Done)
}

pub(crate) fn deliver(global: &Global, args: &Deliver) -> Result<Code> {
    let smtp = match (&args.smtp, &args.smtp_from) {
        (Some(address), Some(from)) => Some(Smtp::new(address, from, setup::smtp_credentials()?)?),
        _ => None,
    };
    let config = Config { timeout_seconds: args.timeout_seconds, plain_http: args.plain_http, smtp };
    let limits = Limits {
        parallel_max: args.parallel_max,
        attempts_max: args.attempts_max,
        files: !args.document_only,
        ..Limits::default()
    };
    let context = setup::context(global);
    let mut workspace = setup::workspace(global)?;
    let gazetteer = engine::gazetteer()?;
    let outcome = send::run(&mut workspace, &context, &gazetteer, &Network::new(config), &limits)?;
    let send::Outcome { delivered, failed, given_up } = outcome;
    if global.json {
        output::json(&json!({ "delivered": delivered, "failed": failed, "given_up": given_up }))?;
    } else {
        output::line(&format!("{delivered} delivered, {failed} to be tried again, {given_up} given up"))?;
    }
    Ok(if failed + given_up == 0 { Code::Done } else { Code::SomeRefused })
}

pub(crate) fn status(global: &Global, name: &str) -> Result<Code> {
    let rows = status::run(&setup::workspace(global)?, &setup::context(global), name)?;
    if global.json {
        output::json(&Value::Array(rows.iter().map(row_view).collect()))?;
        return Ok(Code::Done);
    }
    let table = rows.iter().map(|row| {
        let deliveries = row.deliveries.iter().map(|(delivery, said)| {
            let said = said.as_deref().map_or_else(String::new, |said| format!(" ({said})"));
            format!("{} {}{said}", delivery.channel.kind(), delivery.state.as_str())
        });
        let receipts = row.receipts.keys().map(|kind| kind.as_str());
        let replies = row.replies.iter().map(|(reply, _)| reply.kind.as_str());
        vec![
            row.member.clone(),
            deliveries.collect::<Vec<_>>().join("; "),
            receipts.collect::<Vec<_>>().join(", "),
            replies.collect::<Vec<_>>().join(", "),
        ]
    });
    output::table(&["member", "deliveries", "receipts", "replies"], table.collect())?;
    let read = rows.iter().filter(|row| row.receipts.contains_key(&ReceiptKind::Acknowledged)).count();
    output::line(&format!("{} members, {read} have acknowledged it", rows.len()))?;
    Ok(Code::Done)
}

pub(crate) fn retry(global: &Global, name: &str) -> Result<Code> {
    let context = setup::context(global);
    let mut workspace = setup::workspace(global)?;
    let count = send::retry(&mut workspace, &context, name)?;
    output::line(&format!("{count} deliveries are tried again with the next `forewarn notice deliver`"))?;
    Ok(Code::Done)
}

pub(crate) fn receipt(global: &Global, name: &str, member: &str, kind: ReceiptKind) -> Result<Code> {
    let context = setup::context(global);
    let first = answer::receive(&mut setup::workspace(global)?, &context, name, member, kind)?;
    output::line(if first { "noted" } else { "it was noted before" })?;
    Ok(Code::Done)
}

/// What a member answers, as the arguments say it.
pub(crate) struct Answer<'a> {
    pub(crate) member: &'a str,
    pub(crate) kind: ReplyKind,
    pub(crate) text: &'a str,
    pub(crate) observables: &'a [String],
    pub(crate) grading: Grading,
}

pub(crate) fn reply(global: &Global, name: &str, told: &Answer<'_>) -> Result<Code> {
    let context = setup::context(global);
    let mut workspace = setup::workspace(global)?;
    let observables = told.observables.iter().map(|text| identifier::read(text)).collect::<Result<_, _>>()?;
    let reply = Reply {
        notice: notice_id(&workspace, &context, name)?,
        member: told.member.to_owned(),
        at: context.now,
        kind: told.kind,
        text: told.text.to_owned(),
        observables,
    };
    let report = answer::reply(&mut workspace, &context, name, reply, told.grading)?;
    match report {
        Some(id) if global.json => output::json(&json!({ "report": id.to_string() }))?,
        Some(id) => output::line(&format!("kept, as report {id}"))?,
        None => output::line("kept")?,
    }
    Ok(Code::Done)
}

fn notice_id(
    workspace: &forewarn_app::Workspace,
    context: &forewarn_app::Context,
    name: &str,
) -> Result<NoticeId> {
    Ok(notice::find(workspace, context, name)?.1.id)
}

fn plan_view(plan: &Plan, queued: u64) -> Value {
    let left_out = plan.left_out.iter().map(|(member, why)| json!({ "member": member.id, "why": why }));
    json!({
        "recipients": plan.recipients.iter().map(|member| member.id.as_str()).collect::<Vec<_>>(),
        "left_out": left_out.collect::<Vec<_>>(),
        "queued": queued,
    })
}

fn row_view(row: &Row) -> Value {
    let deliveries = row.deliveries.iter().map(|(delivery, said)| {
        json!({
            "number": delivery.number, "document": delivery.document, "channel": delivery.channel.to_string(),
            "state": delivery.state.as_str(), "attempts": delivery.attempts,
            "next_at": delivery.next_at.to_string(), "said": said,
        })
    });
    let receipts = row.receipts.iter().map(|(kind, at)| (kind.as_str().to_owned(), json!(at.to_string())));
    let replies = row.replies.iter().map(|(reply, report)| {
        let observables = reply.observables.iter().map(|(kind, value)| json!([kind.to_string(), value]));
        json!({
            "at": reply.at.to_string(), "kind": reply.kind.as_str(), "text": reply.text,
            "observables": observables.collect::<Vec<_>>(), "report": report.map(|id| id.to_string()),
        })
    });
    json!({
        "member": row.member, "deliveries": deliveries.collect::<Vec<_>>(),
        "receipts": receipts.collect::<serde_json::Map<_, _>>(), "replies": replies.collect::<Vec<_>>(),
    })
}
