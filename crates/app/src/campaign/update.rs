//! Takes new offers into campaigns: each stays alone, founds a campaign, joins one, or shows that two are
//! one.
//!
//! Offers go in by the order of their first sightings, so that the same store gives the same campaigns.
//! What was taken is on the disk together with how far it went: when the process is killed, the next run
//! goes on from there. The index of the clusterer lives in memory. It is kept in the store, too, from time to
//! time; offers that came after it are read again, and all of them if it is missing or damaged.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_cluster::{Config, Document, Index, Outcome as Found, Sketch, describe};
use forewarn_model::rights::Right;
use forewarn_model::{
    Campaign, CampaignId, Clearance, Facts, ObservableKind, Report, ReportId, SlotKind, Span,
};
use forewarn_store::{CampaignMerge, CampaignSize, CampaignState, Placement};
use rayon::prelude::*;

use super::mark::{Marks, wholes};
use crate::{AppError, Context, Engine, Progress, Workspace};

/// Names the engine: campaigns of another one are found anew.
const ENGINE: &str = concat!(env!("CARGO_PKG_VERSION"), "+campaigns/2");

/// How many offers are read from the store at a time.
const PAGE: u32 = 2_000;

/// The index is kept when it has grown by one part in so many, at the end of an update and between its pages:
/// writing it all for each new offer, or at each page of many, would cost more than it saves.
const KEEP_AT_END: usize = 64;
const KEEP_BETWEEN: usize = 2;

/// Bounds of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many offers are held in the index; further ones wait, and are counted.
    pub offers_max: usize,
    /// From how many members a template is made; of a larger campaign, evenly spread ones.
    pub described_members_max: usize,
    /// Up to which size the index is kept in the store; a larger one is filled anew each time.
    pub index_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { offers_max: 20_000_000, described_members_max: 200, index_bytes_max: 8 << 30 }
    }
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Offers that were new.
    pub taken: u64,
    /// Offers that were left for want of room.
    pub left_out: u64,
    /// Merges of campaigns that the new offers showed.
    pub merges: u64,
    /// Templates that were made.
    pub described: u64,
    /// Campaigns in all.
    pub campaigns: u64,
    /// Offers in them.
    pub members: u64,
}

/// Brings the campaigns up to date; costs next to nothing if no offer is new.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    engine: &Engine,
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    context.require(Right::ReportAdd)?;
    let mut outcome = Outcome::default();
    let state = workspace.store.campaign_state()?;
    let stale = state.as_ref().is_some_and(|state| state.engine != ENGINE);
    if stale {
        workspace.store.forget_campaigns()?;
    }
    let last = state.filter(|_| !stale).map_or(0, |state| state.sighting);
    if !workspace.store.offers_after(last, 1)?.is_empty() {
        take(workspace, context, engine, limits, last, &mut outcome, progress)?;
    }
    workspace.store.refresh_campaigns()?;
    outcome.described = describe_changed(workspace, engine, limits, progress)?;
    (outcome.campaigns, outcome.members) = workspace.store.count_campaigns()?;
    if outcome.taken > 0 {
        let told = format!("{} offers, {} campaigns", outcome.taken, outcome.campaigns);
        workspace.note(context, "campaign.update", "", &told)?;
    }
    Ok(outcome)
}

/// What varies by its nature, so that it does not hide the template.
pub fn masks(facts: &Facts) -> Vec<(Span, SlotKind)> {
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

fn take(
    workspace: &mut Workspace,
    context: &Context,
    engine: &Engine,
    limits: &Limits,
    last: i64,
    outcome: &mut Outcome,
    progress: &dyn Progress,
) -> Result<(), AppError> {
    let config = Config::default();
    let (mut after, mut index) = kept(workspace, last, limits, config)?;
    let mut kept_len = index.len();
    let marks = Marks::load(&workspace.store)?;
    let mut merges = workspace.store.campaign_merges()?;
    let mut sizes: BTreeMap<CampaignId, usize> = BTreeMap::new();
    progress.begin("find campaigns", Some(workspace.store.last_sighting()?.max(0) as u64));
    loop {
        let page = workspace.store.offers_after(after, PAGE)?;
        let Some(&(end, _)) = page.last() else { break };
        if index.len() + page.len() > limits.offers_max {
            outcome.left_out += page.len() as u64;
            after = end;
            continue;
        }
        let offers = offers(workspace, engine, page.iter().map(|(_, id)| *id))?;
        let sketches: Vec<Sketch> =
            offers.par_iter().map(|offer| Sketch::new(&offer.document(), &config)).collect();
        let mut placing = Placing {
            workspace,
            marks: &marks,
            homes: BTreeMap::new(),
            placements: Vec::new(),
            new_merges: Vec::new(),
            touched: BTreeMap::new(),
        };
        for (sketch, (number, report)) in sketches.iter().zip(&page) {
            let found = index.insert_sketch(sketch);
            // What was taken before only fills the index.
            if *number > last {
                placing.place(*report, *number, &found, context)?;
            }
        }
        placing.swallowed(&index, &page, &mut sizes)?;
        let Placing { placements, new_merges, .. } = placing;
        if end > last {
            outcome.taken += page.iter().filter(|(number, _)| *number > last).count() as u64;
            outcome.merges += new_merges.len() as u64;
            merges.extend(&new_merges);
            let wholes = if new_merges.is_empty() { Vec::new() } else { wholes(&merges, &marks) };
            let state = CampaignState { engine: ENGINE.to_owned(), sighting: end };
            let grown = index.len() - kept_len;
            let at_end = page.len() < PAGE as usize;
            let due = grown * if at_end { KEEP_AT_END } else { KEEP_BETWEEN } >= index.len();
            let bytes = (due && index.bytes() as u64 <= limits.index_bytes_max).then(|| index.snapshot());
            if bytes.is_some() {
                kept_len = index.len();
            }
            let bytes = bytes.as_deref();
            workspace.store.place_in_campaigns(&state, &placements, &new_merges, &wholes, bytes)?;
        }
        after = end;
        progress.at(after.max(0) as u64);
    }
    progress.end(&format!("{} new offers", outcome.taken));
    Ok(())
}

/// The index that was kept, with the last sighting in it; an empty one if there is none that fits.
fn kept(workspace: &Workspace, last: i64, limits: &Limits, config: Config) -> Result<(i64, Index), AppError> {
    let found = workspace.store.campaign_index(ENGINE, limits.index_bytes_max)?;
    let restored = found
        .filter(|(sighting, _)| *sighting <= last)
        .and_then(|(sighting, bytes)| Some((sighting, Index::restore(&bytes, config).ok()?)));
    Ok(restored.unwrap_or_else(|| (0, Index::new(config))))
}

/// Where the offers of one page belong.
struct Placing<'a> {
    workspace: &'a Workspace,
    marks: &'a Marks,
    /// Homes that this page gave.
    homes: BTreeMap<ReportId, CampaignId>,
    placements: Vec<Placement>,
    new_merges: Vec<CampaignMerge>,
    /// The clusterer's campaigns that changed, each with a member, and how many members they should have
    /// more than before.
    touched: BTreeMap<CampaignId, (ReportId, usize)>,
}

impl Placing<'_> {
    fn place(
        &mut self,
        report: ReportId,
        number: i64,
        found: &Found,
        context: &Context,
    ) -> Result<(), AppError> {
        let (parent, campaign, added) = match found {
            Found::Known { .. } | Found::Alone => {
                // Split from its campaign before, and so in one of its own.
                if let Some(home) = self.marks.home(report) {
                    self.put(report, home, number);
                }
                return Ok(());
            }
            Found::Founded { campaign, with } => (Some(*with), *campaign, 2),
            Found::Joined { campaign, like } => (Some(*like), *campaign, 1),
            Found::Merged { campaign, absorbed } => {
                for absorbed in absorbed {
                    let merge =
                        CampaignMerge { absorbed: *absorbed, kept: *campaign, by: report, at: context.now };
                    self.new_merges.push(merge);
                    let before = self.touched.remove(absorbed).map_or(0, |(_, added)| added);
                    self.touched.entry(*campaign).or_insert((report, 0)).1 += before;
                }
                (None, *campaign, 1)
            }
        };
        self.touched.entry(campaign).or_insert((report, 0)).1 += added;
        // It goes where the one went that it is like: so it follows what analysts split off.
        let home = match parent {
            None => campaign,
            Some(parent) => match self.home(parent)? {
                Some(home) => home,
                None => {
                    let home = self.marks.home(parent).unwrap_or(campaign);
                    self.put(parent, home, number);
                    home
                }
            },
        };
        self.put(report, self.marks.home(report).unwrap_or(home), number);
        Ok(())
    }

    /// Offers that were alone until an offer of this page was like them and like others, too: the clusterer
    /// joins them without a word.
    fn swallowed(
        &mut self,
        index: &Index,
        page: &[(i64, ReportId)],
        sizes: &mut BTreeMap<CampaignId, usize>,
    ) -> Result<(), AppError> {
        let merged: Vec<(CampaignId, CampaignId)> =
            self.new_merges.iter().map(|merge| (merge.absorbed, merge.kept)).collect();
        for (absorbed, kept) in merged {
            let before = sizes.remove(&absorbed);
            match (before, sizes.get_mut(&kept)) {
                (Some(before), Some(size)) => *size += before,
                _ => {
                    sizes.remove(&kept);
                }
            }
        }
        let last = page.last().map_or(0, |(number, _)| *number);
        for (campaign, (report, added)) in std::mem::take(&mut self.touched) {
            let members = index.members(report);
            let all_known = sizes.get(&campaign).is_some_and(|before| before + added == members.len());
            sizes.insert(campaign, members.len());
            if all_known {
                continue;
            }
            for (member, _) in members {
                if self.home(member)?.is_none() {
                    let home = self.marks.home(member).unwrap_or(campaign);
                    self.put(member, home, last);
                }
            }
        }
        Ok(())
    }

    fn home(&self, report: ReportId) -> Result<Option<CampaignId>, AppError> {
        match self.homes.get(&report) {
            Some(home) => Ok(Some(*home)),
            None => Ok(self.workspace.store.campaign_home(report)?),
        }
    }

    fn put(&mut self, report: ReportId, home: CampaignId, number: i64) {
        self.homes.insert(report, home);
        self.placements.push(Placement { report, home, number });
    }
}

/// Makes the templates of campaigns that have none, or have grown.
fn describe_changed(
    workspace: &mut Workspace,
    engine: &Engine,
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<u64, AppError> {
    let changed = workspace.store.campaigns_to_describe()?;
    if changed.is_empty() {
        return Ok(0);
    }
    progress.begin("describe campaigns", Some(changed.len() as u64));
    let mut described = 0;
    for chunk in changed.chunks(64) {
        let mut made = Vec::new();
        for CampaignSize { id, members, .. } in chunk {
            let all = workspace.store.campaign_members(*id, u32::MAX, &Clearance::ALL)?;
            let count = all.len().min(limits.described_members_max.max(2));
            let spread = (0..count).map(|at| all[at * all.len() / count].report);
            let offers = offers(workspace, engine, spread)?;
            made.push((*id, *members, offers));
        }
        let campaigns: Vec<(Campaign, u64)> = made
            .par_iter()
            .filter_map(|(id, members, offers)| {
                let documents: Vec<Document<'_>> = offers.iter().map(Offer::document).collect();
                Some((describe(*id, &documents, &Config::default())?, *members))
            })
            .collect();
        workspace.store.put_templates(&campaigns)?;
        described += chunk.len() as u64;
        progress.at(described);
    }
    progress.end(&format!("{described} templates"));
    Ok(described)
}

/// An offer with what the clusterer needs of it.
struct Offer {
    report: Report,
    text: String,
    facts: Facts,
    masks: Vec<(Span, SlotKind)>,
}

/// Reads offers from the store, and what is in them on all cores.
fn offers(
    workspace: &Workspace,
    engine: &Engine,
    ids: impl Iterator<Item = ReportId>,
) -> Result<Vec<Offer>, AppError> {
    let mut reports = Vec::new();
    let mut seen = BTreeSet::new();
    for id in ids {
        let found = workspace.store.report(id, &Clearance::ALL)?.filter(|_| seen.insert(id));
        reports.extend(found.map(|stored| stored.report));
    }
    let read = |report: Report| {
        let (facts, _) = engine.extractor.extract(&report);
        let (text, masks) = (report.full_text().into_owned(), masks(&facts));
        Offer { report, text, facts, masks }
    };
    Ok(reports.into_par_iter().map(read).collect())
}

impl Offer {
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
