//! Shows campaigns: the template, the members, and what these name.

use std::collections::BTreeMap;

use forewarn_model::assessment::logistic;
use forewarn_model::rights::Right;
use forewarn_model::{Campaign, CampaignId, Country, IndicatorName, Language, ObservableKind, ReportId};
use forewarn_share::json::{CampaignExtras, campaigns};
use serde_json::Value;

use crate::network::mark::WrongNames;
use crate::{AppError, Context, Workspace};

/// How many members of a campaign are listed, and how many of what they name.
const MEMBERS_MAX: u32 = 1_000;
const NAMED_MAX: u32 = 100;

/// A campaign with what a reader wants to see of its members.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The campaign, with the first thousand of its members.
    pub campaign: Campaign,
    /// How many members it has that the reader may see.
    pub members: usize,
    /// Languages of its members, the most frequent first.
    pub languages: Vec<(Language, u32)>,
    /// Countries that its members name, the most frequent first.
    pub countries: Vec<(Country, u32)>,
    /// Red flags of its members, the most frequent first.
    pub indicators: Vec<(IndicatorName, u32)>,
    /// Identifiers of its members, the most frequent first.
    pub identifiers: Vec<((ObservableKind, String), u32)>,
    /// The highest probability among its members that they recruit into a scam centre.
    pub probability: Option<f64>,
    /// Ids of its members in their sources.
    pub external_ids: BTreeMap<ReportId, String>,
}

/// The largest campaigns that the reader may see a member of, at most `count_max`, the largest first. Members
/// above the reader's clearance are left out.
pub fn overview(
    workspace: &Workspace,
    context: &Context,
    count_max: usize,
) -> Result<Vec<Overview>, AppError> {
    context.require(Right::Look)?;
    workspace.seen(context, "campaign.list", "campaigns");
    let count_max = u32::try_from(count_max).unwrap_or(u32::MAX);
    let mut all = Vec::new();
    for size in workspace.store.largest_campaigns(count_max)? {
        all.extend(gather(workspace, context, size.id)?);
    }
    // A reader may see fewer members than there are.
    all.sort_by_key(|overview| std::cmp::Reverse(overview.members));
    Ok(all)
}

/// One campaign; none if the reader may see nothing of it.
pub fn one(workspace: &Workspace, context: &Context, id: CampaignId) -> Result<Option<Overview>, AppError> {
    context.require(Right::Look)?;
    workspace.seen(context, "campaign.view", &id.to_string());
    gather(workspace, context, id)
}

/// The same for an action that has asked for a right of its own.
pub(crate) fn gather(
    workspace: &Workspace,
    context: &Context,
    id: CampaignId,
) -> Result<Option<Overview>, AppError> {
    let Some(campaign) = workspace.store.campaign(id, MEMBERS_MAX, &context.clearance)? else {
        return Ok(None);
    };
    let members = match campaign.members.len() as u32 {
        MEMBERS_MAX => workspace.store.campaign_members(id, u32::MAX, &context.clearance)?.len(),
        fewer => fewer as usize,
    };
    let mut external_ids = BTreeMap::new();
    for member in &campaign.members {
        let stored = workspace.store.report(member.report, &context.clearance)?;
        if let Some(id) = stored.and_then(|stored| stored.report.sighting.source.external_id) {
            external_ids.insert(member.report, id);
        }
    }
    let tally = workspace.store.campaign_tally(id, NAMED_MAX, u32::MAX, &context.clearance)?;
    let wrong = WrongNames::load(&workspace.store)?;
    let mut identifiers = Vec::new();
    for (value, named) in tally.identifiers {
        let count = wrong.count(&workspace.store, id, &value, named)?;
        identifiers.extend((count > 0).then_some((value, count)));
    }
    Ok(Some(Overview {
        campaign,
        members,
        languages: tally.languages,
        countries: tally.countries,
        indicators: tally.indicators,
        identifiers,
        probability: tally.log_odds.map(logistic),
        external_ids,
    }))
}

/// The campaign that was meant: a whole id, or the beginning of one.
pub fn named(workspace: &Workspace, text: &str) -> Result<CampaignId, AppError> {
    let digits = text.trim().trim_start_matches("cmp-");
    let hexadecimal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let found = match hexadecimal {
        true => workspace.store.campaign_ids_starting(digits, 2)?,
        false => Vec::new(),
    };
    match found.as_slice() {
        [id] => Ok(*id),
        found => {
            let remedy = match found {
                [] => "see `forewarn campaigns`".to_owned(),
                _ => "several campaigns begin so: give more of the id".to_owned(),
            };
            Err(AppError::NotFound { what: "campaign", name: text.to_owned(), remedy })
        }
    }
}

/// Campaigns as JSON, with what their members name.
pub fn view(all: &[Overview]) -> Value {
    let extras = |overview: &Overview| CampaignExtras {
        countries: overview.countries.iter().map(|(country, _)| *country).collect(),
        languages: overview.languages.iter().map(|(language, _)| *language).collect(),
        indicators: overview.indicators.iter().map(|(name, _)| name.clone()).collect(),
        identifiers: overview
            .identifiers
            .iter()
            .map(|((kind, value), count)| (*kind, value.clone(), *count))
            .collect(),
        external_ids: overview.external_ids.clone(),
        probability: overview.probability,
    };
    campaigns(&all.iter().map(|overview| (overview.campaign.clone(), extras(overview))).collect::<Vec<_>>())
}
