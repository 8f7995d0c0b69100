//! Builds the whole graph of what the reader may see: for exports, and where recruitment and fraud meet.
//!
//! Reports are read a page at a time and only what the graph needs of them is held.

use std::collections::BTreeMap;

use forewarn_link::{Builder, Config, Graph, Input, Path, WarningLists};
use forewarn_model::rights::Right;
use forewarn_model::{Entity, EntityKind};
use forewarn_store::Naming;

use super::mark;
use crate::{AppError, Context, Progress, Workspace, files};

/// How many reports are read from the store at a time.
const PAGE: u32 = 2_000;

/// How many bytes a warning list of one's own may have.
const LIST_BYTES_MAX: u64 = 16 << 20;

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

/// Builds it. What an analyst marked as wrong stays out.
pub fn run(workspace: &Workspace, context: &Context, progress: &dyn Progress) -> Result<Network, AppError> {
    context.require(Right::Look)?;
    let (total, _) = workspace.store.counts()?;
    progress.begin("tie identifiers", Some(total));
    let mut builder = Builder::new(Config::default());
    let (mut after, mut read) = (None, 0);
    loop {
        let page = workspace.store.namings_after(after, PAGE, &context.clearance)?;
        let Some(last) = page.last() else { break };
        after = Some(last.report);
        read += page.len() as u64;
        for naming in page {
            builder.add(&input(workspace, naming)?);
        }
        progress.at(read);
    }
    let graph = builder.build(&lists(workspace)?, &mark::wrong(&workspace.store)?);
    progress.end(&format!("{} nodes, {} links", graph.nodes_len(), graph.edges_len()));
    Ok(Network { graph })
}

/// The warning lists: those that are built in, and `*.json` in the folder `warninglists` of the data folder,
/// which count before them.
pub fn lists(workspace: &Workspace) -> Result<WarningLists, AppError> {
    let mut lists = WarningLists::builtin().map_err(AppError::built_in("warning lists"))?;
    let folder = workspace.folder().join("warninglists");
    let mut own = BTreeMap::new();
    if folder.is_dir() {
        for entry in std::fs::read_dir(&folder).map_err(AppError::file("read", &folder))? {
            let path = entry.map_err(AppError::file("read", &folder))?.path();
            if path.extension().is_some_and(|end| end == "json") {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
                own.insert(name.unwrap_or_default(), files::read_text(&path, LIST_BYTES_MAX)?);
            }
        }
    }
    for (name, text) in &own {
        lists.add(name, text).map_err(AppError::refused("read the warning lists of the data folder"))?;
    }
    Ok(lists)
}

impl Network {
    /// The graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The graph itself.
    pub(super) fn into_graph(self) -> Graph {
        self.graph
    }

    /// How many nodes and edges.
    pub fn size(&self) -> (usize, usize) {
        (self.graph.nodes_len(), self.graph.edges_len())
    }

    /// Where recruitment and fraud meet, if they do.
    pub fn recruitment_to_fraud(&self) -> Option<Tie> {
        self.graph.recruitment_to_fraud().map(|path| tell(&self.graph, &path))
    }
}

/// A report as the graph sees it.
pub(super) fn input(workspace: &Workspace, naming: Naming) -> Result<Input, AppError> {
    let Naming { report, kind, seen_at, campaign } = naming;
    let observables = workspace.store.observables(report)?;
    Ok(Input { report, kind, received_at: seen_at, observables, campaign })
}

/// A way in one line: nodes, and how many reports prove each step.
fn tell(graph: &Graph, path: &Path) -> Tie {
    let mut told = name(&graph.entity(path.start));
    for step in &path.steps {
        let (kind, why) = (graph.link_kind(step.edge), graph.why(step.edge));
        told.push_str(&format!(" –{} ({})– {}", kind.as_str(), why.reports, name(&graph.entity(step.other))));
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
