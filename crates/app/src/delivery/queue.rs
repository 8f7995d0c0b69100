//! Chooses who receives a notice, and queues it for them.

use std::collections::BTreeMap;

use forewarn_model::member::Member;
use forewarn_model::rights::Right;
use forewarn_model::{Channel, Country, MemberKind, Notice, NoticeState};

use crate::notice::lookup;
use crate::{AppError, Context, Workspace, member};

/// Which members: those that fit every list that is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Of these countries.
    pub countries: Vec<Country>,
    /// Of these kinds.
    pub kinds: Vec<MemberKind>,
    /// These, by short name.
    pub members: Vec<String>,
}

/// What is done with whom.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Who receives it, by which channels. A member without channels fetches it.
    pub recipients: Vec<Member>,
    /// Who was chosen and does not receive it, and why.
    pub left_out: Vec<(Member, &'static str)>,
}

/// Who would receive the notice.
pub fn plan(
    workspace: &Workspace,
    context: &Context,
    name: &str,
    selection: &Selection,
) -> Result<(Notice, Plan), AppError> {
    context.require(Right::NoticeIssue)?;
    let (_, notice) = lookup(workspace, context, name)?;
    for id in &selection.members {
        member::named(workspace, id)?;
    }
    let mut plan = Plan::default();
    for member in workspace.store.members()?.into_iter().filter(|member| selection.fits(member)) {
        match refusal(&notice, &member) {
            None => plan.recipients.push(member),
            Some(why) => plan.left_out.push((member, why)),
        }
    }
    Ok((notice, plan))
}

/// Queues an issued notice; the plan, and how many deliveries are new.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    selection: &Selection,
) -> Result<(Plan, u64), AppError> {
    let (notice, plan) = plan(workspace, context, name, selection)?;
    if notice.state() != NoticeState::Issued {
        let why = format!("{} is {}: only what is issued goes out", notice.number, notice.state().as_str());
        return Err(AppError::Refused { operation: "distribute the notice", why });
    }
    let ways: Vec<(String, Vec<Channel>)> =
        plan.recipients.iter().map(|member| (member.id.clone(), member.channels.clone())).collect();
    let queued = workspace.store.queue_deliveries(notice.id, super::send::ISSUED, &ways, context.now)?;
    let told = format!("{} recipients, {queued} deliveries", plan.recipients.len());
    workspace.note(context, "notice.distribute", &notice.id.to_string(), &told)?;
    Ok((plan, queued))
}

/// Queues the end of a notice for everybody to whom the notice went.
pub(crate) fn follow(workspace: &mut Workspace, context: &Context, notice: &Notice) -> Result<u64, AppError> {
    let sent = workspace.store.deliveries(notice.id)?;
    let mut ways: BTreeMap<String, Vec<Channel>> = BTreeMap::new();
    for delivery in sent.into_iter().filter(|delivery| delivery.document == super::send::ISSUED) {
        ways.entry(delivery.member).or_default().push(delivery.channel);
    }
    let ways: Vec<_> = ways.into_iter().collect();
    Ok(workspace.store.queue_deliveries(notice.id, super::send::ENDED, &ways, context.now)?)
}

impl Selection {
    fn fits(&self, member: &Member) -> bool {
        let country = member.country.is_some_and(|country| self.countries.contains(&country));
        (self.countries.is_empty() || country)
            && (self.kinds.is_empty() || self.kinds.contains(&member.kind))
            && (self.members.is_empty() || self.members.contains(&member.id))
    }
}

fn refusal(notice: &Notice, member: &Member) -> Option<&'static str> {
    if !member.active {
        Some("takes no part now")
    } else if !notice.marking.visible_to(member.clearance) {
        Some("is not cleared for its marking")
    } else {
        None
    }
}
