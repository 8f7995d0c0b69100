//! Groups the offers in the store into campaigns.

use std::collections::BTreeMap;

use forewarn_cluster::{Config, Document, cluster};
use forewarn_model::assessment::logistic;
use forewarn_model::{
    Campaign, Country, Facts, IndicatorName, Language, ObservableKind, Report, ReportId, ReportKind,
    SlotKind, Span, Tlp,
};
use forewarn_share::json::{CampaignExtras, campaigns};
use serde_json::Value;

use crate::{AppError, Context, Engine, Progress, Workspace, pipeline};

/// How many reports are read from the store at a time.
const PAGE: u32 = 2_000;

/// How much is clustered at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many reports are held in memory; further ones wait for the next run.
    pub reports_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { reports_max: 1_000_000 }
    }
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Offers that were compared.
    pub compared: u64,
    /// Offers that were left for want of room.
    pub left_out: u64,
    /// Campaigns.
    pub campaigns: u64,
    /// Offers in them.
    pub members: u64,
}

/// Finds the campaigns anew.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    engine: &Engine,
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    let (total, _) = workspace.store.counts()?;
    progress.begin("find campaigns", Some(total));
    let (mut offers, mut left_out, mut seen) = (Vec::new(), 0, 0);
    let mut after = None;
    loop {
        let page = workspace.store.reports_after(after, PAGE, Tlp::Red)?;
        let Some(last) = page.last() else { break };
        after = Some(last.report.id());
        seen += page.len() as u64;
        let mut reports: Vec<Report> = page
            .into_iter()
            .map(|stored| stored.report)
            .filter(|report| matches!(report.kind, ReportKind::JobAd | ReportKind::Chat))
            .collect();
        let room = limits.reports_max.saturating_sub(offers.len());
        left_out += reports.len().saturating_sub(room) as u64;
        reports.truncate(room);
        offers.extend(pipeline::documents(engine, &reports).into_iter().zip(reports).map(Offer::new));
        progress.at(seen);
    }
    // The order of arrival: so a campaign keeps the id of the report that founded it as it grows.
    offers.sort_by_key(|offer| (offer.report.sighting.received_at, offer.report.id()));
    let documents: Vec<Document<'_>> = offers.iter().map(Offer::document).collect();
    let campaigns = cluster(&documents, &Config::default());
    workspace.store.put_campaigns(&campaigns)?;
    let outcome = Outcome {
        compared: offers.len() as u64,
        left_out,
        campaigns: campaigns.len() as u64,
        members: campaigns.iter().map(|campaign| campaign.members.len() as u64).sum(),
    };
    let told = format!("{} campaigns of {} offers", outcome.campaigns, outcome.members);
    workspace.note(context, "campaign.find", "", &told)?;
    progress.end(&told);
    Ok(outcome)
}

/// A campaign with what a reader wants to see of its members.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The campaign.
    pub campaign: Campaign,
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

/// All campaigns that the reader may see a member of, the largest first. Members above the reader's
/// clearance are left out.
pub fn overview(workspace: &Workspace, context: &Context) -> Result<Vec<Overview>, AppError> {
    let mut all = Vec::new();
    for mut campaign in workspace.store.campaigns()? {
        let mut languages = BTreeMap::new();
        let mut countries = BTreeMap::new();
        let mut indicators = BTreeMap::new();
        let mut identifiers = BTreeMap::new();
        let mut external_ids = BTreeMap::new();
        let mut probability: Option<f64> = None;
        let mut visible = Vec::new();
        for member in campaign.members.iter() {
            let Some(stored) = workspace.store.report(member.report, context.clearance)? else { continue };
            visible.push(member.clone());
            if let Some(id) = stored.report.sighting.source.external_id {
                external_ids.insert(member.report, id);
            }
            if let Some(finding) = workspace.store.finding(member.report, context.clearance)? {
                *languages.entry(finding.language).or_insert(0) += 1;
                for country in finding.countries {
                    *countries.entry(country).or_insert(0) += 1;
                }
                probability = finding.log_odds.map(logistic).into_iter().chain(probability).reduce(f64::max);
            }
            let mut names: Vec<IndicatorName> =
                workspace.store.indicators(member.report)?.into_iter().map(|found| found.name).collect();
            names.sort_unstable();
            names.dedup();
            for name in names {
                *indicators.entry(name).or_insert(0) += 1;
            }
            let mut values: Vec<(ObservableKind, String)> = workspace
                .store
                .observables(member.report)?
                .into_iter()
                .map(|found| (found.kind, found.value))
                .collect();
            values.sort_unstable();
            values.dedup();
            for value in values {
                *identifiers.entry(value).or_insert(0) += 1;
            }
        }
        let Ok(members) = forewarn_model::Vec1::try_from_vec(visible) else { continue };
        campaign.members = members;
        all.push(Overview {
            campaign,
            languages: most_frequent(languages),
            countries: most_frequent(countries),
            indicators: most_frequent(indicators),
            identifiers: most_frequent(identifiers),
            probability,
            external_ids,
        });
    }
    Ok(all)
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

fn most_frequent<K: Ord>(counts: BTreeMap<K, u32>) -> Vec<(K, u32)> {
    let mut all: Vec<(K, u32)> = counts.into_iter().collect();
    // Stable: ties stay in order of key.
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all
}

/// An offer with what the clusterer needs of it.
struct Offer {
    report: Report,
    text: String,
    facts: Facts,
    masks: Vec<(Span, SlotKind)>,
}

impl Offer {
    fn new((reading, report): (pipeline::Reading, Report)) -> Self {
        let text = report.full_text().into_owned();
        let masks = masks(&reading.facts);
        Self { report, text, facts: reading.facts, masks }
    }

    fn document(&self) -> Document<'_> {
        Document {
            report: self.report.id(),
            text: &self.text,
            normalized: &self.facts.normalized,
            masks: &self.masks,
            received_at: Some(self.report.sighting.received_at),
        }
    }
}

/// What varies by its nature, so that it does not hide the template.
fn masks(facts: &Facts) -> Vec<(Span, SlotKind)> {
    let kind = |observable: ObservableKind| match observable {
        ObservableKind::Phone => SlotKind::Phone,
        ObservableKind::Email => SlotKind::Email,
        ObservableKind::Url | ObservableKind::Domain => SlotKind::Url,
        ObservableKind::Handle(_) => SlotKind::Handle,
        ObservableKind::Crypto(_) | ObservableKind::Iban => SlotKind::Account,
    };
    let observables = facts.observables.iter().map(|found| (found.span, kind(found.kind)));
    let places = facts.places.iter().map(|place| (place.span, SlotKind::Place));
    let money = facts.money.iter().map(|money| (money.span, SlotKind::Salary));
    observables.chain(places).chain(money).collect()
}
