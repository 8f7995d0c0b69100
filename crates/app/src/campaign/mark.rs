//! Analysts say which reports do not belong to a campaign, and which campaigns are not one.
//!
//! A mark is a decision with who, when and why; it is never changed, only taken back by a further one. It
//! holds whenever campaigns are found anew: reports that were split off stay together and apart from the
//! campaign, and take with them what is written like them from then on; two campaigns whose merge is wrong
//! stay two.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::rights::Right;
use forewarn_model::{Campaign, CampaignId, Clearance, ReportId};
use forewarn_store::{CampaignMerge, Decision, Store};

use crate::{AppError, Context, Workspace};

const APART: &str = "campaign-apart:";
const MERGE: &str = "campaign-merge:";
const WRONG: &str = "wrong";
const UNMARKED: &str = "unmarked";

/// The marks that stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// Reports that were split off, with the campaign that they are in instead.
    apart: BTreeMap<ReportId, CampaignId>,
    /// Pairs of campaigns whose merge is wrong, the smaller id first.
    merges: BTreeSet<(CampaignId, CampaignId)>,
}

/// What became of a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The campaigns as they are now, with the number of their members.
    pub campaigns: Vec<(CampaignId, usize)>,
}

/// Something that happened to a campaign: a merge, or a decision.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Another campaign turned out to be the same one.
    Merged {
        /// The merge.
        merge: CampaignMerge,
        /// The decision that says that it is wrong, if there is one.
        wrong: Option<Decision>,
    },
    /// Reports were split off.
    Split {
        /// The report.
        report: ReportId,
        /// The campaign that it was in.
        from: CampaignId,
        /// The campaign that it is in instead.
        to: CampaignId,
        /// Who says so, when and why; taken back if its verdict is `unmarked`.
        decision: Decision,
    },
}

/// Splits reports from a campaign: they become one of their own, or single reports if there is only one.
pub fn split(
    workspace: &mut Workspace,
    context: &Context,
    campaign: CampaignId,
    reports: &[ReportId],
    why: &str,
) -> Result<Outcome, AppError> {
    context.require(Right::CampaignMark)?;
    reason(why)?;
    let members = workspace.store.campaign_members(campaign, u32::MAX, &context.clearance)?;
    let ids: BTreeSet<ReportId> = members.iter().map(|member| member.report).collect();
    if ids.len() < 2 {
        return Err(unknown(campaign));
    }
    if let Some(stranger) = reports.iter().find(|report| !ids.contains(report)) {
        let remedy = format!("it is no member of {campaign}; see `forewarn campaigns show {campaign}`");
        return Err(AppError::NotFound { what: "member", name: stranger.to_string(), remedy });
    }
    let chosen: BTreeSet<ReportId> = reports.iter().copied().collect();
    if chosen.is_empty() || chosen.len() == ids.len() {
        let why = "name at least one member with --member, and leave at least one".to_owned();
        return Err(AppError::Refused { operation: "split the campaign", why });
    }
    // In the order of arrival: the new campaign is named after the first of them that went.
    let first = members.iter().map(|member| member.report).find(|report| chosen.contains(report));
    let first = first.ok_or_else(|| unknown(campaign))?;
    let mut home = Campaign::founded_by(first);
    if workspace.store.campaign_home(first)? == Some(home) || home == campaign {
        // The founder leaves, and the campaign keeps its id: so the part that leaves has a new one.
        home = CampaignId::derive(&[campaign.as_bytes(), first.as_bytes()]);
    }
    let decisions: Vec<Decision> = chosen
        .iter()
        .map(|report| decision(context, format!("{APART}{campaign}:{home}:{report}"), WRONG, why))
        .collect();
    let homes: Vec<(ReportId, CampaignId)> = chosen.iter().map(|report| (*report, home)).collect();
    workspace.store.decide_on_campaigns(&decisions, &homes, &[])?;
    let told = format!("{} reports from {campaign}", chosen.len());
    workspace.note(context, "campaign.split", &campaign.to_string(), &told)?;
    Ok(Outcome { campaigns: vec![(campaign, ids.len() - chosen.len()), (home, chosen.len())] })
}

/// Says that two campaigns were merged by mistake; they are two again.
pub fn wrong_merge(
    workspace: &mut Workspace,
    context: &Context,
    a: CampaignId,
    b: CampaignId,
    why: &str,
) -> Result<Outcome, AppError> {
    context.require(Right::CampaignMark)?;
    decide_merge(workspace, context, a, b, WRONG, why)
}

/// Takes back that a merge is wrong.
pub fn right_merge(
    workspace: &mut Workspace,
    context: &Context,
    a: CampaignId,
    b: CampaignId,
    why: &str,
) -> Result<Outcome, AppError> {
    context.require(Right::CampaignMark)?;
    if !Marks::load(&workspace.store)?.merges.contains(&pair(a, b)) {
        let remedy = format!("no mark stands on {a} and {b}; see `forewarn campaigns history {a}`");
        return Err(AppError::NotFound { what: "mark", name: format!("{a} {b}"), remedy });
    }
    decide_merge(workspace, context, a, b, UNMARKED, why)
}

/// Takes back every split of reports from a campaign that stands.
pub fn unsplit(
    workspace: &mut Workspace,
    context: &Context,
    campaign: CampaignId,
    why: &str,
) -> Result<Outcome, AppError> {
    context.require(Right::CampaignMark)?;
    reason(why)?;
    let standing: Vec<Decision> = workspace
        .store
        .last_decisions(&format!("{APART}{campaign}:"))?
        .into_iter()
        .filter(|decision| decision.verdict == WRONG)
        .collect();
    if standing.is_empty() {
        let remedy = format!("nothing was split from it; see `forewarn campaigns history {campaign}`");
        return Err(AppError::NotFound { what: "mark", name: campaign.to_string(), remedy });
    }
    let decisions: Vec<Decision> =
        standing.iter().map(|mark| decision(context, mark.subject.clone(), UNMARKED, why)).collect();
    // What followed those that were split off comes back with them.
    let away: BTreeSet<CampaignId> =
        standing.iter().filter_map(|mark| parse_apart(&mark.subject)).map(|(_, to, _)| to).collect();
    let mut homes = Vec::new();
    for id in away {
        let members = workspace.store.campaign_members(id, u32::MAX, &Clearance::ALL)?;
        for member in members {
            if workspace.store.campaign_home(member.report)? == Some(id) {
                homes.push((member.report, campaign));
            }
        }
    }
    workspace.store.decide_on_campaigns(&decisions, &homes, &[])?;
    workspace.note(context, "campaign.unsplit", &campaign.to_string(), "")?;
    sizes(workspace, context, &[campaign])
}

/// What happened to a campaign, and to those that it was merged with.
pub fn history(
    workspace: &Workspace,
    context: &Context,
    campaign: CampaignId,
) -> Result<Vec<Event>, AppError> {
    context.require(Right::Look)?;
    let whole = workspace.store.campaign_whole(campaign)?.ok_or_else(|| unknown(campaign))?;
    let merges = workspace.store.campaign_merges()?;
    let mut family = BTreeSet::from([campaign, whole]);
    loop {
        let before = family.len();
        for merge in &merges {
            if family.contains(&merge.absorbed) || family.contains(&merge.kept) {
                family.extend([merge.absorbed, merge.kept]);
            }
        }
        if family.len() == before {
            break;
        }
    }
    let decided = workspace.store.last_decisions(MERGE)?;
    let mut events = Vec::new();
    for merge in merges.into_iter().filter(|merge| family.contains(&merge.kept)) {
        let subject = merge_subject(merge.absorbed, merge.kept);
        let wrong =
            decided.iter().find(|decision| decision.subject == subject && decision.verdict == WRONG).cloned();
        events.push(Event::Merged { merge, wrong });
    }
    for decision in workspace.store.last_decisions(APART)? {
        if let Some((from, to, report)) = parse_apart(&decision.subject)
            && (family.contains(&from) || family.contains(&to))
        {
            events.push(Event::Split { report, from, to, decision });
        }
    }
    Ok(events)
}

impl Marks {
    /// Reads the marks that stand.
    pub(crate) fn load(store: &Store) -> Result<Self, AppError> {
        let standing = |prefix: &str| -> Result<Vec<Decision>, AppError> {
            let mut all = store.last_decisions(prefix)?;
            all.retain(|decision| decision.verdict == WRONG);
            Ok(all)
        };
        let apart = standing(APART)?;
        let apart = apart.iter().filter_map(|mark| parse_apart(&mark.subject));
        let merges = standing(MERGE)?;
        let merges = merges.iter().filter_map(|mark| {
            let (a, b) = mark.subject.strip_prefix(MERGE)?.split_once(':')?;
            Some(pair(a.parse().ok()?, b.parse().ok()?))
        });
        Ok(Self { apart: apart.map(|(_, to, report)| (report, to)).collect(), merges: merges.collect() })
    }

    /// Where a report is instead of the campaign that it was split from.
    pub(crate) fn home(&self, report: ReportId) -> Option<CampaignId> {
        self.apart.get(&report).copied()
    }
}

/// Which campaign each merged one is part of, without the merges that are wrong.
pub(crate) fn wholes(merges: &[CampaignMerge], marks: &Marks) -> Vec<(CampaignId, CampaignId)> {
    let mut parent: BTreeMap<CampaignId, CampaignId> = BTreeMap::new();
    fn root(parent: &BTreeMap<CampaignId, CampaignId>, mut id: CampaignId) -> CampaignId {
        while let Some(up) = parent.get(&id).filter(|up| **up != id) {
            id = *up;
        }
        id
    }
    for CampaignMerge { absorbed, kept, .. } in merges {
        for id in [absorbed, kept] {
            parent.entry(*id).or_insert(*id);
        }
        let (from, to) = (root(&parent, *absorbed), root(&parent, *kept));
        if from != to && !marks.merges.contains(&pair(*absorbed, *kept)) {
            parent.insert(from, to);
        }
    }
    parent.keys().map(|id| (*id, root(&parent, *id))).collect()
}

fn decide_merge(
    workspace: &mut Workspace,
    context: &Context,
    a: CampaignId,
    b: CampaignId,
    verdict: &str,
    why: &str,
) -> Result<Outcome, AppError> {
    reason(why)?;
    let merges = workspace.store.campaign_merges()?;
    if !merges.iter().any(|merge| pair(merge.absorbed, merge.kept) == pair(a, b)) {
        let remedy = format!("no merge of the two is on record; see `forewarn campaigns history {a}`");
        return Err(AppError::NotFound { what: "merge", name: format!("{a} {b}"), remedy });
    }
    let mut marks = Marks::load(&workspace.store)?;
    match verdict {
        WRONG => marks.merges.insert(pair(a, b)),
        _ => marks.merges.remove(&pair(a, b)),
    };
    let decision = decision(context, merge_subject(a, b), verdict, why);
    workspace.store.decide_on_campaigns(&[decision], &[], &wholes(&merges, &marks))?;
    workspace.note(context, "campaign.merge", &format!("{a} {b}"), verdict)?;
    sizes(workspace, context, &[a, b])
}

/// The campaigns that some are part of now, with the number of their members.
fn sizes(workspace: &Workspace, context: &Context, ids: &[CampaignId]) -> Result<Outcome, AppError> {
    let mut campaigns = BTreeMap::new();
    for id in ids {
        let whole = workspace.store.campaign_whole(*id)?.unwrap_or(*id);
        let members = workspace.store.campaign_members(whole, u32::MAX, &context.clearance)?;
        campaigns.insert(whole, members.len());
    }
    Ok(Outcome { campaigns: campaigns.into_iter().collect() })
}

fn decision(context: &Context, subject: String, verdict: &str, why: &str) -> Decision {
    Decision {
        subject,
        verdict: verdict.to_owned(),
        decided_by: context.actor.clone(),
        decided_at: context.now,
        reason: why.trim().to_owned(),
        seen_score: None,
    }
}

fn reason(why: &str) -> Result<(), AppError> {
    if why.trim().is_empty() {
        let why = "a mark needs a reason: give one with --why".to_owned();
        return Err(AppError::Refused { operation: "mark as wrong", why });
    }
    Ok(())
}

fn pair(a: CampaignId, b: CampaignId) -> (CampaignId, CampaignId) {
    (a.min(b), a.max(b))
}

fn merge_subject(a: CampaignId, b: CampaignId) -> String {
    let (a, b) = pair(a, b);
    format!("{MERGE}{a}:{b}")
}

/// From which campaign, to which, and which report.
fn parse_apart(subject: &str) -> Option<(CampaignId, CampaignId, ReportId)> {
    let mut parts = subject.strip_prefix(APART)?.split(':');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

fn unknown(campaign: CampaignId) -> AppError {
    let remedy = "see `forewarn campaigns`".to_owned();
    AppError::NotFound { what: "campaign", name: campaign.to_string(), remedy }
}
