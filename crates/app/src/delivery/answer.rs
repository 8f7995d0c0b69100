//! What members say: that they have a notice, and what they found.

use forewarn_model::rights::Right;
use forewarn_model::{
    Grading, Marking, NoticeState, ReceiptKind, Reply, Report, ReportId, ReportKind, Sighting, Source, Tlp,
};
use forewarn_store::Receipt;

use crate::delivery::identifier;
use crate::notice::{lookup, received};
use crate::{AppError, Context, Workspace, member};

/// Longest text of a reply, in characters.
const TEXT_CHARS_MAX: usize = 20_000;

/// Most identifiers of a reply.
const OBSERVABLES_MAX: usize = 10_000;

/// Notes a receipt; whether it is the first of its kind.
pub fn receive(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    member: &str,
    kind: ReceiptKind,
) -> Result<bool, AppError> {
    let operation = "note the receipt";
    let notice = for_member(workspace, context, name, member, operation)?;
    let first = workspace.store.put_receipt(&Receipt {
        notice: notice.id,
        member: member.to_owned(),
        kind,
        at: context.now,
        who: context.actor.clone(),
    })?;
    workspace.note(context, "notice.receipt", &notice.id.to_string(), &format!("{member} {kind}"))?;
    Ok(first)
}

/// Keeps a reply. One that tells something becomes a graded report, so that its identifiers flow into the
/// graph; its id is returned.
pub fn reply(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    reply: Reply,
    grading: Grading,
) -> Result<Option<ReportId>, AppError> {
    let operation = "keep the reply";
    let refused = |why: String| AppError::Refused { operation, why };
    let notice = for_member(workspace, context, name, &reply.member, operation)?;
    if reply.text.chars().count() > TEXT_CHARS_MAX {
        return Err(refused(format!("its text has more than {TEXT_CHARS_MAX} characters")));
    }
    if reply.observables.len() > OBSERVABLES_MAX {
        return Err(refused(format!("it has more than {OBSERVABLES_MAX} identifiers")));
    }
    reply.observables.iter().try_for_each(|(kind, value)| identifier::verify(*kind, value))?;
    if reply.text.trim().is_empty() && reply.observables.is_empty() {
        return Err(refused("it says nothing: give a text or identifiers".to_owned()));
    }
    let reply = Reply { notice: notice.id, ..reply };
    let told = report(&reply, &notice.number, grading, notice.marking);
    let id = told.id();
    let run = workspace.store.begin_ingest(&told.sighting.source.name, context.now)?;
    workspace.store.ingest(run, &[told], 0, 0)?;
    workspace.store.end_ingest(run)?;
    workspace.store.put_reply(&reply, Some(id))?;
    let told = format!("{} {}", reply.member, reply.kind);
    workspace.note(context, "notice.reply", &notice.id.to_string(), &told)?;
    Ok(Some(id))
}

/// The notice, if it was issued and distributed to the member. Who may not look at all notices is told of no other
/// that there is one.
fn for_member(
    workspace: &Workspace,
    context: &Context,
    name: &str,
    id: &str,
    operation: &'static str,
) -> Result<forewarn_model::Notice, AppError> {
    context.require(Right::NoticeAnswer)?;
    if !context.rights.has(Right::Look) {
        return received::lookup(workspace, context, id, name).map(|(_, notice)| notice);
    }
    let (_, notice) = lookup(workspace, context, name)?;
    let member = member::named(workspace, id)?;
    let refused = |why: String| Err(AppError::Refused { operation, why });
    if matches!(notice.state(), NoticeState::Draft | NoticeState::InReview | NoticeState::Approved) {
        return refused(format!("{} is {}: it was not issued", notice.number, notice.state().as_str()));
    }
    if !notice.marking.visible_to(member.clearance) {
        return refused(format!("{id} is not cleared for TLP:{}", notice.marking.tlp.as_str()));
    }
    if !workspace.store.recipients(notice.id)?.iter().any(|member| member == id) {
        return refused(format!("{} was not distributed to {id}: distribute it first", notice.number));
    }
    Ok(notice)
}

/// The reply as a report. What a member tells is for those who may see the notice, and for no wider circle
/// than AMBER.
fn report(reply: &Reply, number: &str, grading: Grading, marking: Marking) -> Report {
    let lines = reply.observables.iter().map(|(kind, value)| format!("{kind} {value}"));
    let body = std::iter::once(reply.text.clone()).chain(lines).collect::<Vec<_>>().join("\n");
    let sighting = Sighting {
        source: Source {
            name: format!("reply of {} to {number}", reply.member),
            external_id: Some(reply.at.to_string()),
            url: None,
        },
        received_at: reply.at,
        published_at: None,
    };
    let title = Some(format!("{number}: {}", reply.kind));
    let marking = Marking { tlp: marking.tlp.max(Tlp::Amber), ..marking };
    Report::new(ReportKind::Advisory, title, body, None, marking, grading, sighting)
}
