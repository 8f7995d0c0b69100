//! From reports to edges: what is common is told first, then every edge is written once with its evidence.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::{CampaignId, EntityKind, LinkKind, ObservableKind, ReportKind};

use crate::graph::{EdgeRow, Graph};
use crate::intern::Interner;
use crate::lists::WarningLists;
use crate::nodes::{NONE, Nodes, ReportRow};
use crate::{Common, Config, Input, Shared, Wrong};

/// Builds the graph of reports at hand. A report that is given twice counts once.
pub fn build(inputs: &[Input], lists: &WarningLists, wrong: &Wrong, config: &Config) -> Graph {
    let mut builder = Builder::new(*config);
    inputs.iter().for_each(|input| builder.add(input));
    builder.build(lists, wrong)
}

/// Takes reports one at a time, so that only what the graph needs of them is held.
#[derive(Debug, Clone, Default)]
pub struct Builder {
    config: Config,
    reports: Vec<ReportRow>,
    kinds: Vec<ReportKind>,
    campaigns: Vec<CampaignId>,
    campaign_numbers: BTreeMap<CampaignId, u32>,
    values: Interner,
    /// The values that each report names, in order, one report after the other.
    named: Vec<u32>,
    ends: Vec<u64>,
    shared: BTreeMap<u32, Shared>,
}

impl Builder {
    /// A builder without reports.
    pub fn new(config: Config) -> Self {
        Self { config, ..Self::default() }
    }

    /// Adds a report. If it was added before, the first one counts.
    pub fn add(&mut self, input: &Input) {
        let campaign = input.campaign.map_or(NONE, |id| {
            *self.campaign_numbers.entry(id).or_insert_with(|| {
                self.campaigns.push(id);
                self.campaigns.len() as u32 - 1
            })
        });
        self.reports.push(ReportRow { id: input.report, received_at: input.received_at, campaign });
        self.kinds.push(input.kind);
        let start = self.named.len();
        for found in &input.observables {
            self.named.push(self.values.number(found.kind, &found.value));
        }
        self.named[start..].sort_unstable();
        let mut kept = start;
        for at in start..self.named.len() {
            if kept == start || self.named[kept - 1] != self.named[at] {
                self.named[kept] = self.named[at];
                kept += 1;
            }
        }
        self.named.truncate(kept);
        self.ends.push(self.named.len() as u64);
    }

    /// Says how widely a value is shared in all, where the reports added are only those around a node.
    pub fn share(&mut self, kind: ObservableKind, value: &str, shared: Shared) {
        let number = self.values.number(kind, value);
        self.shared.insert(number, shared);
    }

    /// The graph.
    pub fn build(self, lists: &WarningLists, wrong: &Wrong) -> Graph {
        Build::new(self, wrong).run(lists)
    }

    fn named(&self, at: u32) -> &[u32] {
        let at = at as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.named[start as usize..self.ends[at] as usize]
    }
}

/// Wrong pairs, by the numbers of the builder.
#[derive(Default)]
struct WrongNumbers {
    report_value: BTreeSet<(u32, u32)>,
    campaign_value: BTreeSet<(u32, u32)>,
    report_campaign: BTreeSet<(u32, u32)>,
    value_value: BTreeSet<(u32, u32)>,
}

/// The reports once each in order of id, without what is wrong; numbers of values are still those of the
/// builder.
struct Build {
    config: Config,
    reports: Vec<ReportRow>,
    kinds: Vec<ReportKind>,
    named: Vec<u32>,
    ends: Vec<u64>,
    campaigns: Vec<CampaignId>,
    values: Interner,
    shared: BTreeMap<u32, Shared>,
    wrong_values: BTreeSet<(u32, u32)>,
}

impl Build {
    fn new(builder: Builder, wrong: &Wrong) -> Self {
        let mut order: Vec<u32> = (0..builder.reports.len() as u32).collect();
        order.sort_by_key(|&at| builder.reports[at as usize].id);
        order.dedup_by_key(|at| builder.reports[*at as usize].id);
        let wrong = wrong_numbers(&builder, &order, wrong);

        let mut campaigns = builder.campaigns.clone();
        campaigns.sort_unstable();
        let rank = |number: u32| match number {
            NONE => NONE,
            number => campaigns.partition_point(|id| *id < builder.campaigns[number as usize]) as u32,
        };
        let mut reports = Vec::with_capacity(order.len());
        let mut named = Vec::with_capacity(builder.named.len());
        let mut ends = Vec::with_capacity(order.len());
        for &at in &order {
            let mut row = builder.reports[at as usize];
            if wrong.report_campaign.contains(&(at, row.campaign)) {
                row.campaign = NONE;
            }
            let stands = |value: &&u32| {
                !wrong.report_value.contains(&(at, **value))
                    && !wrong.campaign_value.contains(&(row.campaign, **value))
            };
            named.extend(builder.named(at).iter().filter(stands));
            ends.push(named.len() as u64);
            reports.push(ReportRow { campaign: rank(row.campaign), ..row });
        }
        let kinds = order.iter().map(|&at| builder.kinds[at as usize]).collect();
        Self {
            config: builder.config,
            reports,
            kinds,
            named,
            ends,
            campaigns,
            values: builder.values,
            shared: builder.shared,
            wrong_values: wrong.value_value,
        }
    }

    fn run(mut self, lists: &WarningLists) -> Graph {
        let (groups, common) = self.groups(lists);
        let (values, ranks) = self.values.sorted(|number| groups[number as usize] > 0);
        let mut groups_sorted = vec![0; values.len()];
        for (number, &rank) in ranks.iter().enumerate().filter(|(_, rank)| **rank != NONE) {
            groups_sorted[rank as usize] = groups[number];
        }
        // From here on a value is its rank, and what is common is gone.
        let (mut kept, mut start) = (0, 0);
        for end in &mut self.ends {
            let from = kept;
            for at in start..*end as usize {
                let rank = ranks[self.named[at] as usize];
                if rank != NONE {
                    self.named[kept] = rank;
                    kept += 1;
                }
            }
            self.named[from..kept].sort_unstable();
            start = *end as usize;
            *end = kept as u64;
        }
        self.named.truncate(kept);
        let wrong_values = self.wrong_values.iter().map(|(a, b)| (ranks[*a as usize], ranks[*b as usize]));
        let wrong_values: BTreeSet<(u32, u32)> = wrong_values.flat_map(|(a, b)| [(a, b), (b, a)]).collect();
        self.values = Interner::default();

        let reports = std::mem::take(&mut self.reports);
        let campaigns = std::mem::take(&mut self.campaigns);
        let nodes = Nodes { reports, campaigns, values, groups: groups_sorted };
        let mut edges = Edges { nodes: &nodes, config: self.config, rows: Vec::new(), evidence: Vec::new() };
        edges.of_reports(&self);
        edges.of_campaigns(&self);
        edges.of_values(&self, &wrong_values);
        let Edges { rows, evidence, .. } = edges;
        Graph::new(nodes, rows, evidence, common)
    }

    fn named(&self, report: usize) -> &[u32] {
        let start = if report == 0 { 0 } else { self.ends[report - 1] };
        &self.named[start as usize..self.ends[report] as usize]
    }

    /// How many independent groups share each value, 0 for what is common or named by none; and the common.
    fn groups(&self, lists: &WarningLists) -> (Vec<u32>, Vec<Common>) {
        let campaigns = self.campaigns.len() as u64;
        let mut sharing: Vec<u64> = Vec::with_capacity(self.named.len());
        let mut reports_naming = vec![0_u32; self.values.len()];
        for (at, row) in self.reports.iter().enumerate() {
            // Reports of one campaign are not independent of each other.
            let group = if row.campaign == NONE { campaigns + at as u64 } else { u64::from(row.campaign) };
            for &value in self.named(at) {
                sharing.push(u64::from(value) << 32 | group);
                reports_naming[value as usize] += 1;
            }
        }
        sharing.sort_unstable();
        sharing.dedup();
        let mut groups = vec![0_u32; self.values.len()];
        sharing.iter().for_each(|pair| groups[(pair >> 32) as usize] += 1);
        drop(sharing);
        let mut common = Vec::new();
        for number in 0..self.values.len() as u32 {
            let at = number as usize;
            if groups[at] == 0 {
                continue;
            }
            let mut reports = reports_naming[at] as usize;
            if let Some(shared) = self.shared.get(&number) {
                groups[at] = groups[at].max(shared.groups.min(NONE as usize) as u32);
                reports = reports.max(shared.reports);
            }
            let (kind, value) = self.values.value(number);
            let list = lists.list_of(kind, value);
            if list.is_some() || groups[at] as usize > self.config.groups_per_value_max {
                common.push(Common { kind, value: value.to_owned(), reports, list: list.cloned() });
                groups[at] = 0;
            }
        }
        common.sort_unstable();
        (groups, common)
    }
}

/// Finds the ends of each wrong pair among the reports, campaigns and values at hand.
fn wrong_numbers(builder: &Builder, order: &[u32], wrong: &Wrong) -> WrongNumbers {
    let mut numbers = WrongNumbers::default();
    let report = |value: &str| {
        let id = value.parse().ok()?;
        let at = order.binary_search_by_key(&id, |&at| builder.reports[at as usize].id).ok()?;
        Some(order[at])
    };
    let campaign = |value: &str| builder.campaign_numbers.get(&value.parse().ok()?).copied();
    for ((kind_a, a), (kind_b, b)) in wrong.iter() {
        // Pairs are in order of kind: an identifier comes first, then a report, then a campaign.
        let (set, pair) = match (kind_a, kind_b) {
            (EntityKind::Observable(kind_a), EntityKind::Observable(kind_b)) => {
                let pair = builder.values.find(*kind_a, a).zip(builder.values.find(*kind_b, b));
                (&mut numbers.value_value, pair)
            }
            (EntityKind::Observable(kind), EntityKind::Report) => {
                (&mut numbers.report_value, report(b).zip(builder.values.find(*kind, a)))
            }
            (EntityKind::Observable(kind), EntityKind::Campaign) => {
                (&mut numbers.campaign_value, campaign(b).zip(builder.values.find(*kind, a)))
            }
            (EntityKind::Report, EntityKind::Campaign) => {
                (&mut numbers.report_campaign, report(a).zip(campaign(b)))
            }
            _ => continue,
        };
        set.extend(pair);
    }
    numbers
}

struct Edges<'a> {
    nodes: &'a Nodes,
    config: Config,
    rows: Vec<EdgeRow>,
    evidence: Vec<u32>,
}

impl Edges<'_> {
    /// What each report names, and the campaign that it belongs to.
    fn of_reports(&mut self, build: &Build) {
        let first_value = self.nodes.first_value();
        let first_campaign = self.nodes.reports.len() as u32;
        self.rows.reserve(build.named.len() + self.nodes.reports.len());
        for (at, row) in self.nodes.reports.iter().enumerate() {
            let from = at as u32;
            if row.campaign != NONE {
                let to = first_campaign + row.campaign;
                self.rows.push(EdgeRow::of_report(LinkKind::MemberOf, from, to, 1.0));
            }
            for &value in build.named(at) {
                let strength = self.rarity(value) * support(1);
                self.rows.push(EdgeRow::of_report(LinkKind::Names, from, first_value + value, strength));
            }
        }
    }

    /// What the reports of each campaign name.
    fn of_campaigns(&mut self, build: &Build) {
        let first_value = self.nodes.first_value();
        let first_campaign = self.nodes.reports.len() as u32;
        let mut naming: Vec<(u64, u32)> = Vec::new();
        for (at, row) in self.nodes.reports.iter().enumerate().filter(|(_, row)| row.campaign != NONE) {
            let named = build.named(at).iter();
            naming.extend(named.map(|&value| (u64::from(row.campaign) << 32 | u64::from(value), at as u32)));
        }
        naming.sort_unstable();
        for run in naming.chunk_by(|a, b| a.0 == b.0) {
            let (campaign, value) = ((run[0].0 >> 32) as u32, run[0].0 as u32);
            let strength = self.rarity(value) * support(run.len());
            let reports: Vec<u32> = run.iter().map(|(_, report)| *report).collect();
            let ends = (first_campaign + campaign, first_value + value);
            self.push(LinkKind::Names, ends, strength, reports);
        }
    }

    /// Which addresses belong to which domains, and which sites pay to which wallets.
    fn of_values(&mut self, build: &Build, wrong: &BTreeSet<(u32, u32)>) {
        let mut pairs: Vec<(LinkKind, u32, u32, u32)> = Vec::new();
        let value = |number: &u32| self.nodes.values.value(*number);
        for (at, kind) in build.kinds.iter().enumerate() {
            let named = build.named(at);
            for number in named {
                if let Some(domain) = domain_of(value(number), named, value) {
                    pairs.push((LinkKind::PartOf, *number, domain, at as u32));
                }
            }
            if !matches!(kind, ReportKind::ScamReport | ReportKind::Advisory) {
                continue;
            }
            let is = |wanted: fn(ObservableKind) -> bool| {
                named.iter().copied().filter(move |number| wanted(value(number).0))
            };
            let sites = is(|kind| kind == ObservableKind::Domain);
            let paid = sites.flat_map(|site| {
                is(|kind| matches!(kind, ObservableKind::Crypto(_) | ObservableKind::Iban))
                    .map(move |wallet| (LinkKind::PaysTo, site, wallet, at as u32))
            });
            pairs.extend(paid.take(self.config.pairs_per_report_max));
        }
        pairs.retain(|(_, from, to, _)| wrong.is_empty() || !wrong.contains(&(*from, *to)));
        pairs.sort_unstable();
        let first_value = self.nodes.first_value();
        for run in pairs.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
            let (kind, from, to, _) = run[0];
            let reports: Vec<u32> = run.iter().map(|(.., report)| *report).collect();
            let mut groups: Vec<u32> = reports.iter().map(|&at| self.group(at)).collect();
            groups.sort_unstable();
            groups.dedup();
            let strength = self.rarity(to) * support(groups.len());
            self.push(kind, (first_value + from, first_value + to), strength, reports);
        }
    }

    /// Writes an edge; of its reports, the earliest are kept as evidence.
    fn push(&mut self, kind: LinkKind, (from, to): (u32, u32), strength: f32, mut reports: Vec<u32>) {
        let total = reports.len() as u32;
        reports.sort_by_key(|&at| (self.nodes.reports[at as usize].received_at, at));
        reports.truncate(self.config.evidence_per_link_max.clamp(1, usize::from(u16::MAX)));
        let start = self.evidence.len() as u32;
        self.evidence.extend_from_slice(&reports);
        self.rows.push(EdgeRow { from, to, strength, start, total, kept: reports.len() as u16, kind });
    }

    /// Reports of one campaign are one group; a report in none is a group of its own.
    fn group(&self, report: u32) -> u32 {
        match self.nodes.reports[report as usize].campaign {
            NONE => report,
            campaign => self.nodes.reports.len() as u32 + campaign,
        }
    }

    fn rarity(&self, value: u32) -> f32 {
        1.0 / (1.0 + self.nodes.groups[value as usize] as f32).log2()
    }
}

/// How far `n` proofs are to be trusted: 0.5 for one, towards 1 for many.
fn support(n: usize) -> f32 {
    1.0 - 0.5_f32.powi(n.min(30) as i32)
}

/// The domain, among the values that the same report names, that an address belongs to.
fn domain_of<'a>(
    (kind, value): (ObservableKind, &str),
    named: &[u32],
    of: impl Fn(&u32) -> (ObservableKind, &'a str),
) -> Option<u32> {
    let host = match kind {
        ObservableKind::Email => value.rsplit_once('@')?.1,
        ObservableKind::Url => value.split_once("://")?.1.split(['/', '?', '#']).next()?.split(':').next()?,
        _ => return None,
    };
    named.iter().copied().find(|number| {
        let (kind, domain) = of(number);
        let below = || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
        kind == ObservableKind::Domain && (host == domain || below())
    })
}
