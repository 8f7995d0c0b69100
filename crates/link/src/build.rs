//! From reports to edges.
//!
//! - report –names→ identifier, and campaign –names→ identifier, with the reports as evidence;
//! - report –member of→ campaign;
//! - e-mail or web address –part of→ domain, where a report names both;
//! - site –pays to→ wallet, where one scam report names both.
//!
//! The strength of an edge to an identifier is its rarity, 1 / log2(1 + groups that share it), weakened
//! where few independent reports stand behind the edge: times 1 − 2^−reports.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::{
    Asserter, CampaignId, Entity, EntityId, EntityKind, Evidence, Link, LinkId, LinkKind, ObservableKind,
    ReportKind, Vec1,
};

use crate::graph::Graph;
use crate::lists::WarningLists;
use crate::{Common, Config, Input, WrongLinks};

/// Who asserts the edges of this stage.
const STAGE: &str = "link/1";

type Key<'a> = (ObservableKind, &'a str);

/// Builds the graph. A report that is given twice counts once.
pub fn build(inputs: &[Input], lists: &WarningLists, wrong: &WrongLinks, config: &Config) -> Graph {
    let reports = distinct(inputs, wrong);
    let (values, common) = values(&reports, lists, config);
    let mut builder = Builder { entities: BTreeMap::new(), edges: BTreeMap::new() };
    for report in &reports {
        builder.report(report, &values, config);
    }
    let links = builder.links(&values, wrong, config);
    Graph::new(builder.entities.into_values().collect(), links, common)
}

/// A report, with the campaign that nobody says it does not belong to.
struct Report<'a> {
    input: &'a Input,
    campaign: Option<CampaignId>,
}

/// The reports in order of id, each once. Where an analyst marked a membership as wrong, the report stands
/// alone, so that what it names is no longer said of the campaign.
fn distinct<'a>(inputs: &'a [Input], wrong: &WrongLinks) -> Vec<Report<'a>> {
    let mut reports: Vec<&Input> = inputs.iter().collect();
    reports.sort_by_key(|input| input.report);
    reports.dedup_by_key(|input| input.report);
    let membership = |input: &Input, campaign: &CampaignId| {
        let report = Entity::new(EntityKind::Report, &input.report.to_string());
        let campaign = Entity::new(EntityKind::Campaign, &campaign.to_string());
        let kind = LinkKind::MemberOf.as_str().as_bytes();
        LinkId::derive(&[kind, report.id.as_bytes(), campaign.id.as_bytes()])
    };
    let stands = |input: &Input, id: &CampaignId| wrong.is_empty() || !wrong.contains(&membership(input, id));
    reports
        .into_iter()
        .map(|input| Report { input, campaign: input.campaign.filter(|id| stands(input, id)) })
        .collect()
}

/// The values that tie, with how many independent groups share each; and those that are common.
fn values<'a>(
    reports: &[Report<'a>],
    lists: &WarningLists,
    config: &Config,
) -> (BTreeMap<Key<'a>, usize>, Vec<Common>) {
    let mut groups: BTreeMap<Key<'a>, (BTreeSet<Group>, usize)> = BTreeMap::new();
    for report in reports {
        for key in keys(report.input) {
            let (sharing, count) = groups.entry(key).or_default();
            *count += 1;
            // One more than the limit is enough to know that it is passed.
            if sharing.len() <= config.groups_per_value_max {
                sharing.insert(Group::of(report));
            }
        }
    }
    let mut kept = BTreeMap::new();
    let mut common = Vec::new();
    for ((kind, value), (sharing, reports)) in groups {
        let list = match kind {
            ObservableKind::Domain => lists.list_of(value).map(str::to_owned),
            _ => None,
        };
        if list.is_some() || sharing.len() > config.groups_per_value_max {
            common.push(Common { kind, value: value.to_owned(), reports, list });
        } else {
            kept.insert((kind, value), sharing.len());
        }
    }
    (kept, common)
}

/// The different identifiers of a report, in order.
fn keys(report: &Input) -> BTreeSet<Key<'_>> {
    report.observables.iter().map(|found| (found.kind, found.value.as_str())).collect()
}

/// Reports of one campaign are not independent of each other.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Campaign(CampaignId),
    Report(forewarn_model::ReportId),
}

impl Group {
    fn of(report: &Report<'_>) -> Self {
        report.campaign.map_or(Self::Report(report.input.report), Self::Campaign)
    }
}

type Edge = (LinkKind, EntityId, EntityId);

struct Builder {
    entities: BTreeMap<EntityId, Entity>,
    edges: BTreeMap<Edge, Vec<Evidence>>,
}

impl Builder {
    fn report(&mut self, row: &Report<'_>, values: &BTreeMap<Key<'_>, usize>, config: &Config) {
        let report = row.input;
        let named: Vec<(ObservableKind, &str)> =
            keys(report).into_iter().filter(|key| values.contains_key(key)).collect();
        let node = self.node(EntityKind::Report, &report.report.to_string());
        let campaign = row.campaign.map(|id| self.node(EntityKind::Campaign, &id.to_string()));
        if let Some(campaign) = campaign {
            self.edge(LinkKind::MemberOf, node, campaign, report);
        }
        for &(kind, value) in &named {
            let identifier = self.node(EntityKind::Observable(kind), value);
            self.edge(LinkKind::Names, node, identifier, report);
            if let Some(campaign) = campaign {
                self.edge(LinkKind::Names, campaign, identifier, report);
            }
            if let Some(domain) = domain_of(kind, value, &named) {
                let domain = self.node(EntityKind::Observable(ObservableKind::Domain), domain);
                self.edge(LinkKind::PartOf, identifier, domain, report);
            }
        }
        if report.kind == ReportKind::ScamReport {
            let of = |wanted: fn(ObservableKind) -> bool| named.iter().filter(move |(kind, _)| wanted(*kind));
            let sites = of(|kind| kind == ObservableKind::Domain);
            let pairs = sites.flat_map(|site| {
                of(|kind| matches!(kind, ObservableKind::Crypto(_) | ObservableKind::Iban))
                    .map(move |wallet| (site, wallet))
            });
            for ((site_kind, site), (wallet_kind, wallet)) in pairs.take(config.pairs_per_report_max) {
                let site = self.node(EntityKind::Observable(*site_kind), site);
                let wallet = self.node(EntityKind::Observable(*wallet_kind), wallet);
                self.edge(LinkKind::PaysTo, site, wallet, report);
            }
        }
    }

    fn node(&mut self, kind: EntityKind, value: &str) -> EntityId {
        let entity = Entity::new(kind, value);
        let id = entity.id;
        self.entities.entry(id).or_insert(entity);
        id
    }

    fn edge(&mut self, kind: LinkKind, from: EntityId, to: EntityId, report: &Input) {
        let asserter = Asserter::Stage(STAGE.to_owned());
        let evidence = Evidence { report: report.report, asserter, seen_at: report.received_at };
        self.edges.entry((kind, from, to)).or_default().push(evidence);
    }

    fn links(&self, values: &BTreeMap<Key<'_>, usize>, wrong: &WrongLinks, config: &Config) -> Vec<Link> {
        let rarity = |id: &EntityId| match self.entities.get(id) {
            Some(Entity { kind: EntityKind::Observable(kind), value, .. }) => {
                values.get(&(*kind, value.as_str())).map_or(1.0, |&groups| 1.0 / (1.0 + groups as f64).log2())
            }
            _ => 1.0,
        };
        let link = |(&(kind, from, to), evidence): (&Edge, &Vec<Evidence>)| {
            let strength = match kind {
                LinkKind::MemberOf => 1.0,
                _ => rarity(&to) * (1.0 - 0.5_f64.powi(evidence.len().min(30) as i32)),
            };
            let mut evidence = evidence.clone();
            evidence.sort_by_key(|proof| (proof.seen_at, proof.report));
            evidence.truncate(config.evidence_per_link_max.max(1));
            let evidence = Vec1::try_from_vec(evidence).ok()?;
            let link = Link::new(kind, from, to, strength, evidence);
            (!wrong.contains(&link.id)).then_some(link)
        };
        self.edges.iter().filter_map(link).collect()
    }
}

/// The domain, among those that the same report names, that an address belongs to.
fn domain_of<'a>(kind: ObservableKind, value: &str, named: &[(ObservableKind, &'a str)]) -> Option<&'a str> {
    let host = match kind {
        ObservableKind::Email => value.rsplit_once('@')?.1,
        ObservableKind::Url => value.split_once("://")?.1.split(['/', '?', '#']).next()?.split(':').next()?,
        _ => return None,
    };
    let domains = named.iter().filter(|(kind, _)| *kind == ObservableKind::Domain);
    domains
        .map(|(_, domain)| *domain)
        .find(|domain| host == *domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')))
}
