//! Builds the graph from the store, and answers what is tied to what.

use forewarn_link::{Config, Graph, Input, Path, WarningLists, WrongLinks, build};
use forewarn_model::{CampaignId, Entity, EntityId, EntityKind, ReportId};
use forewarn_share::json::neighbourhood;
use serde_json::Value;

use crate::{AppError, Context, Progress, Workspace};

/// How many reports are read from the store at a time.
const PAGE: u32 = 2_000;

/// The graph of what the reader may see.
#[derive(Debug)]
pub struct Network {
    graph: Graph,
}

/// A way from one node to another, in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Tie {
    /// The steps with their evidence, in one line.
    pub told: String,
    /// How many steps.
    pub steps: usize,
}

/// Builds it. Edges that an analyst marked as wrong stay out.
pub fn run(workspace: &Workspace, context: &Context, progress: &dyn Progress) -> Result<Network, AppError> {
    let (total, _) = workspace.store.counts()?;
    progress.begin("tie identifiers", Some(total));
    let campaign_of: std::collections::BTreeMap<ReportId, CampaignId> = workspace
        .store
        .campaigns()?
        .iter()
        .flat_map(|campaign| campaign.members.iter().map(|member| (member.report, campaign.id)))
        .collect();
    let mut inputs = Vec::new();
    let mut after = None;
    loop {
        let page = workspace.store.reports_after(after, PAGE, context.clearance)?;
        let Some(last) = page.last() else { break };
        after = Some(last.report.id());
        for stored in page {
            let report = stored.report;
            inputs.push(Input {
                report: report.id(),
                kind: report.kind,
                received_at: Some(report.sighting.received_at),
                observables: workspace.store.observables(report.id())?,
                campaign: campaign_of.get(&report.id()).copied(),
            });
        }
        progress.at(inputs.len() as u64);
    }
    let lists = WarningLists::builtin().map_err(AppError::built_in("warning lists"))?;
    let graph = build(&inputs, &lists, &WrongLinks::new(), &Config::default());
    progress.end(&format!("{} nodes, {} links", graph.entities().len(), graph.links().len()));
    Ok(Network { graph })
}

impl Network {
    /// The graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// How many nodes and edges.
    pub fn size(&self) -> (usize, usize) {
        (self.graph.entities().len(), self.graph.links().len())
    }

    /// The node with a value; if several kinds have it, the one with most ties.
    pub fn find(&self, value: &str) -> Result<&Entity, AppError> {
        let found = self.graph.find(value);
        let most = found.into_iter().max_by_key(|entity| self.graph.neighbours(entity.id).len());
        most.ok_or_else(|| {
            let common = self.graph.common().iter().find(|common| common.value == value);
            let remedy = match common {
                Some(common) => {
                    let why = common.list.as_deref().unwrap_or("too many unrelated reports share it");
                    format!("{} reports name it, and it ties nobody: {why}", common.reports)
                }
                None => "no report that you may see names it; a phone is written as +447700900123".to_owned(),
            };
            AppError::NotFound { what: "an identifier", name: value.to_owned(), remedy }
        })
    }

    /// What lies around a node, as JSON.
    pub fn view(&self, centre: EntityId, hops: u32, entities_max: usize) -> Value {
        let (entities, links) = self.graph.around(centre, hops, entities_max);
        let entities: Vec<_> = entities.into_iter().cloned().collect();
        let links: Vec<_> = links.into_iter().cloned().collect();
        neighbourhood(centre, &entities, &links)
    }

    /// A shortest way between two nodes.
    pub fn path(&self, from: EntityId, to: EntityId) -> Option<Path<'_>> {
        self.graph.path(from, to)
    }

    /// Where recruitment and fraud meet, if they do.
    pub fn recruitment_to_fraud(&self) -> Option<Tie> {
        self.graph.recruitment_to_fraud().map(|path| tell(&path))
    }
}

/// A way in one line: nodes, and how many reports prove each step.
pub fn tell(path: &Path<'_>) -> Tie {
    let mut told = name(path.start);
    for step in &path.steps {
        let reports = step.link.evidence().len();
        told.push_str(&format!(" –{} ({reports})– {}", step.link.kind.as_str(), name(step.other)));
    }
    Tie { told, steps: path.steps.len() }
}

/// A node in a line: kind and value; ids are shortened.
pub fn name(entity: &Entity) -> String {
    match entity.kind {
        EntityKind::Report | EntityKind::Campaign => entity.value.chars().take(12).collect(),
        kind => format!("{} {}", kind.name(), entity.value),
    }
}
