//! What is tied to a node, step by step, each tie with the reports that prove it; and the way between two.
//!
//! Only the reports around the node are read, by index, however large the store is. How rare a value is
//! comes from the whole store, so that a tie has the strength that it has in the whole graph.

use std::collections::{BTreeMap, BTreeSet};

pub use forewarn_link::Aim;
use forewarn_link::{Builder, Common, Config, Edge, Graph, Node, Path, Shared, WarningLists, Why, Wrong};
use forewarn_model::rights::Right;
use forewarn_model::{
    Entity, EntityKind, Grading, LinkKind, ObservableKind, ReportId, ReportKind, Timestamp,
};
use forewarn_share::json::{self, NetworkNode};
use forewarn_store::Naming;
use serde_json::Value;

use super::build::{self, input};
use super::find::Key;
use super::mark::{self, Mark};
use crate::{AppError, Context, Workspace};

/// Bounds of a look at the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many reports are read of one identifier or campaign.
    pub reports_per_node_max: u32,
    /// How many reports are read in all.
    pub reports_max: usize,
    /// How many nodes are shown.
    pub nodes_max: usize,
    /// How many reports are shown as proof of one tie.
    pub proofs_max: usize,
    /// How many characters of a text are quoted on either side.
    pub quote_chars: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            reports_per_node_max: 2_000,
            reports_max: 20_000,
            nodes_max: 2_000,
            proofs_max: 3,
            quote_chars: 40,
        }
    }
}

/// A report that proves a tie.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// The report.
    pub report: ReportId,
    /// What it is.
    pub kind: ReportKind,
    /// The file, feed or platform.
    pub source: String,
    /// Its id there.
    pub external_id: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was published, else when it was received.
    pub date: Timestamp,
    /// How far to trust it.
    pub grading: Grading,
    /// What it says, around the identifier.
    pub excerpt: String,
}

/// A tie with its evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// How many steps from the node the farther end is.
    pub step: u32,
    /// What it says.
    pub kind: LinkKind,
    /// From.
    pub from: Entity,
    /// To.
    pub to: Entity,
    /// How strong it is, and why.
    pub why: Why,
    /// The reports that prove it; the first ones.
    pub proofs: Vec<Proof>,
}

/// What is tied to a node.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The nodes that were asked for.
    pub centre: Vec<Entity>,
    /// The nodes with their steps, the nearest first.
    pub nodes: Vec<(Entity, u32)>,
    /// The ties, in order of step, the strongest first.
    pub ties: Vec<Shown>,
    /// Values that the reports name and that tie nobody.
    pub common: Vec<Common>,
    /// Ties of these nodes that are marked as wrong.
    pub marked: Vec<Mark>,
    /// Whether there is more than was read or shown.
    pub more: bool,
}

/// The way between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Where it begins.
    pub start: Entity,
    /// The steps, each with the node that it leads to.
    pub steps: Vec<(Shown, Entity)>,
    /// Whether all reports around both ends were read: if not, there may be a better way.
    pub complete: bool,
}

/// What is tied to a node within `steps`.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    centre: &[Key],
    steps: u32,
    limits: &Limits,
) -> Result<View, AppError> {
    context.require(Right::Look)?;
    noted(workspace, context, "network.view", centre);
    let around = gather(workspace, context, centre, steps, limits)?;
    let graph = &around.graph;
    let starts = around.nodes(centre);
    let nodes = graph.around(&starts, steps, limits.nodes_max);
    let step: BTreeMap<Node, u32> = nodes.iter().copied().collect();
    let mut edges: Vec<(u32, Edge)> = graph
        .among(&nodes)
        .into_iter()
        .map(|edge| {
            let (from, to) = graph.ends(edge);
            (step[&from].max(step[&to]), edge)
        })
        .collect();
    let strength = |edge: &Edge| graph.why(*edge).strength;
    edges.sort_by(|a, b| a.0.cmp(&b.0).then(strength(&b.1).total_cmp(&strength(&a.1))));
    let ties = edges
        .into_iter()
        .map(|(step, edge)| shown(workspace, context, graph, edge, step, limits))
        .collect::<Result<Vec<Shown>, AppError>>()?;
    let keys: BTreeSet<Key> =
        nodes.iter().filter_map(|(node, _)| Key::of(graph.kind(*node), &graph.entity(*node).value)).collect();
    let asked: BTreeSet<&Key> = centre.iter().collect();
    let concerns =
        |mark: &Mark| [&mark.a, &mark.b].into_iter().any(|end| asked.contains(end) || keys.contains(end));
    let marked = mark::marks(&workspace.store)?.into_iter().filter(concerns).collect();
    Ok(View {
        centre: centre.iter().map(entity).collect(),
        more: around.more || nodes.len() >= limits.nodes_max,
        nodes: nodes.iter().map(|(node, step)| (graph.entity(*node), *step)).collect(),
        ties,
        common: graph.common().to_vec(),
        marked,
    })
}

/// The graph around some nodes, and its nodes within `steps` of them.
pub(super) fn part(
    workspace: &Workspace,
    context: &Context,
    centre: &[Key],
    steps: u32,
    limits: &Limits,
) -> Result<(Graph, Vec<(Node, u32)>), AppError> {
    let around = gather(workspace, context, centre, steps, limits)?;
    let nodes = around.graph.around(&around.nodes(centre), steps, limits.nodes_max);
    Ok((around.graph, nodes))
}

/// What is tied to a node, as JSON.
pub fn view(view: &View) -> Value {
    json::network(&json::NetworkView {
        centre: view.centre.iter().map(|entity| NetworkNode::new(entity, Some(0))).collect(),
        nodes: view.nodes.iter().map(|(entity, step)| NetworkNode::new(entity, Some(*step))).collect(),
        ties: view.ties.iter().map(tie_view).collect(),
        common: view
            .common
            .iter()
            .map(|common| json::NetworkCommon {
                kind: common.kind.to_string(),
                value: common.value.clone(),
                reports: common.reports,
                list: common.list.as_ref().map(|list| (list.name.clone(), list.version, list.file.clone())),
            })
            .collect(),
        marked_wrong: view.marked.iter().map(mark::view).collect(),
        complete: !view.more,
    })
}

/// The way between two nodes, as JSON; what there is to say if there is none.
pub fn way_view(way: Option<&Way>) -> Value {
    let Some(way) = way else { return json::network_path(None, &[], true) };
    let steps: Vec<json::NetworkTie> = way.steps.iter().map(|(step, _)| tie_view(step)).collect();
    json::network_path(Some(&NetworkNode::new(&way.start, None)), &steps, way.complete)
}

fn tie_view(tie: &Shown) -> json::NetworkTie {
    let proof = |proof: &Proof| json::NetworkProof {
        report: proof.report.to_string(),
        kind: proof.kind.to_string(),
        source: proof.source.clone(),
        external_id: proof.external_id.clone(),
        url: proof.url.clone(),
        date: proof.date.to_string(),
        grading: proof.grading.to_string(),
        excerpt: proof.excerpt.clone(),
    };
    json::NetworkTie {
        step: tie.step,
        kind: tie.kind.as_str().to_owned(),
        from: NetworkNode::new(&tie.from, None),
        to: NetworkNode::new(&tie.to, None),
        strength: tie.why.strength,
        shared_by: tie.why.shared_by,
        reports: tie.why.reports,
        proofs: tie.proofs.iter().map(proof).collect(),
    }
}

/// Notes that somebody looked at nodes: by their ids, for what an identifier says may be personal.
pub(super) fn noted(workspace: &Workspace, context: &Context, action: &str, keys: &[Key]) {
    for key in keys {
        workspace.seen(context, action, &entity(key).id.to_string());
    }
}

/// The node of a key.
pub(super) fn entity(key: &Key) -> Entity {
    let (kind, value) = key.node();
    Entity::new(kind, &value)
}

/// The way between two nodes: from both ends step by step until they meet.
pub fn path(
    workspace: &Workspace,
    context: &Context,
    from: &[Key],
    to: &[Key],
    aim: Aim,
    limits: &Limits,
) -> Result<Option<Way>, AppError> {
    context.require(Right::Look)?;
    noted(workspace, context, "network.path", &[from, to].concat());
    let limits = Limits { reports_max: limits.reports_max.max(50_000), ..*limits };
    let mut gathering = Gathering::new(workspace, context, &limits)?;
    // A way of n steps is found when either end was widened n / 2 times; the strongest may be longer than
    // the shortest, so it is looked for two rounds more.
    let (mut found, mut rounds_more) = (None, 2);
    loop {
        let before = gathering.expanded.len();
        let both: Vec<Key> = from.iter().chain(to).cloned().collect();
        gathering.widen(&both)?;
        let grown = gathering.expanded.len() > before;
        let around = gathering.graph();
        let best = around.best(from, to, aim);
        let met = best.is_some();
        if met {
            found = Some(around);
        }
        if !grown || gathering.more || (met && (aim == Aim::Shortest || rounds_more == 0)) {
            break;
        }
        rounds_more -= usize::from(met);
    }
    let Some(around) = found else { return Ok(None) };
    let Some(path) = around.best(from, to, aim) else { return Ok(None) };
    let graph = &around.graph;
    let mut steps = Vec::new();
    for (at, tie) in path.steps.iter().enumerate() {
        let step = shown(workspace, context, graph, tie.edge, at as u32 + 1, &limits)?;
        steps.push((step, graph.entity(tie.other)));
    }
    Ok(Some(Way { start: graph.entity(path.start), steps, complete: !gathering.more }))
}

/// The graph of the reports around some nodes.
pub(super) struct Around {
    pub(super) graph: Graph,
    more: bool,
}

/// What was read to make the graph around some nodes.
pub(super) struct Gathered {
    pub(super) around: Around,
    /// The reports that were read.
    pub(super) reports: BTreeMap<ReportId, forewarn_link::Input>,
    /// How widely each value that they name is shared in all.
    pub(super) shared: BTreeMap<(ObservableKind, String), Shared>,
    /// Everything around these was read.
    pub(super) expanded: BTreeSet<Key>,
}

impl Around {
    /// The strength of the tie between two nodes, if there is one.
    pub(super) fn direct(&self, a: &Key, b: &Key) -> Option<f64> {
        let (a, b) = (self.node(a)?, self.node(b)?);
        let tie = self.graph.ties(a).find(|tie| tie.other == b)?;
        Some(self.graph.why(tie.edge).strength)
    }

    /// Whether there is more than was read.
    pub(super) fn more(&self) -> bool {
        self.more
    }

    pub(super) fn node(&self, key: &Key) -> Option<Node> {
        let (kind, value) = key.node();
        self.graph.node(kind, &value)
    }

    pub(super) fn nodes(&self, keys: &[Key]) -> Vec<Node> {
        keys.iter().filter_map(|key| self.node(key)).collect()
    }

    /// The best way between any of some nodes and any of others.
    fn best(&self, from: &[Key], to: &[Key], aim: Aim) -> Option<Path> {
        let (from, to) = (self.nodes(from), self.nodes(to));
        let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to)));
        pairs.filter_map(|(from, to)| self.graph.path(from, to, aim)).min_by_key(|path| path.steps.len())
    }
}

/// The graph of the reports that are needed to know everything within `steps` of some nodes.
pub(super) fn gather(
    workspace: &Workspace,
    context: &Context,
    centre: &[Key],
    steps: u32,
    limits: &Limits,
) -> Result<Around, AppError> {
    Ok(gathered(workspace, context, centre, &[], steps, limits)?.around)
}

/// The same and what is around `further` nodes, with what was read to make it.
pub(super) fn gathered(
    workspace: &Workspace,
    context: &Context,
    centre: &[Key],
    further: &[Key],
    steps: u32,
    limits: &Limits,
) -> Result<Gathered, AppError> {
    let mut gathering = Gathering::new(workspace, context, limits)?;
    for _ in 0..steps.max(1) {
        let before = gathering.expanded.len();
        gathering.widen(centre)?;
        if gathering.more || gathering.expanded.len() == before {
            break;
        }
    }
    for key in further {
        if gathering.reports.len() < limits.reports_max && gathering.expanded.insert(key.clone()) {
            gathering.expand(key)?;
        }
    }
    let around = gathering.graph();
    let Gathering { reports, shared, expanded, .. } = gathering;
    Ok(Gathered { around, reports, shared, expanded })
}

struct Gathering<'a> {
    workspace: &'a Workspace,
    context: &'a Context,
    limits: &'a Limits,
    config: Config,
    lists: WarningLists,
    wrong: Wrong,
    reports: BTreeMap<ReportId, forewarn_link::Input>,
    shared: BTreeMap<(ObservableKind, String), Shared>,
    expanded: BTreeSet<Key>,
    /// How many steps of the centre are known.
    widened: u32,
    more: bool,
}

impl<'a> Gathering<'a> {
    fn new(workspace: &'a Workspace, context: &'a Context, limits: &'a Limits) -> Result<Self, AppError> {
        Ok(Self {
            workspace,
            context,
            limits,
            config: Config::default(),
            lists: build::lists(workspace)?,
            wrong: mark::wrong(&workspace.store)?,
            reports: BTreeMap::new(),
            shared: BTreeMap::new(),
            expanded: BTreeSet::new(),
            widened: 0,
            more: false,
        })
    }

    /// Reads what is around every node within as many steps of the centre as it was widened before.
    fn widen(&mut self, centre: &[Key]) -> Result<(), AppError> {
        let around = self.graph();
        let reach = around.graph.around(&around.nodes(centre), self.widened, usize::MAX);
        let known = reach.into_iter().filter_map(|(node, _)| {
            let entity = around.graph.entity(node);
            Key::of(entity.kind, &entity.value)
        });
        // The nearest first: if there is more than may be read, the far ends are left.
        for key in centre.iter().cloned().chain(known) {
            if self.reports.len() < self.limits.reports_max && self.expanded.insert(key.clone()) {
                self.expand(&key)?;
            }
        }
        self.widened += 1;
        Ok(())
    }

    fn expand(&mut self, key: &Key) -> Result<(), AppError> {
        let (store, clearance) = (&self.workspace.store, &self.context.clearance);
        let count_max = self.limits.reports_per_node_max;
        let namings: Vec<Naming> = match key {
            Key::Value(kind, value) => {
                self.share(*kind, value)?;
                let groups = self.shared.get(&(*kind, value.clone())).map_or(0, |shared| shared.groups);
                let listed = self.lists.list_of(*kind, value).is_some();
                // What is common ties nobody: one of its reports is enough to say so.
                if listed || groups > self.config.groups_per_value_max {
                    let some = store.reports_naming(*kind, value, 1, clearance)?;
                    return self.read(some);
                }
                store.reports_naming(*kind, value, count_max, clearance)?
            }
            Key::Report(id) => store.naming(*id, clearance)?.into_iter().collect(),
            Key::Campaign(id) => store.reports_in_campaign(*id, count_max, clearance)?,
        };
        self.more |= namings.len() as u32 >= count_max;
        self.read(namings)
    }

    fn read(&mut self, namings: Vec<Naming>) -> Result<(), AppError> {
        for naming in namings {
            if self.reports.len() >= self.limits.reports_max {
                self.more = true;
                break;
            }
            if self.reports.contains_key(&naming.report) {
                continue;
            }
            let input = input(self.workspace, naming)?;
            for observable in &input.observables {
                self.share(observable.kind, &observable.value)?;
            }
            self.reports.insert(input.report, input);
        }
        Ok(())
    }

    /// Asks how widely a value is shared, once.
    fn share(&mut self, kind: ObservableKind, value: &str) -> Result<(), AppError> {
        const REPORTS_MAX: u32 = 100_000;
        let key = (kind, value.to_owned());
        if self.shared.contains_key(&key) {
            return Ok(());
        }
        let groups_max = self.config.groups_per_value_max as u32 + 1;
        let spread =
            self.workspace.store.spread(kind, value, groups_max, REPORTS_MAX, &self.context.clearance)?;
        let shared = Shared { groups: spread.groups as usize, reports: spread.reports as usize };
        self.shared.insert(key, shared);
        Ok(())
    }

    fn graph(&self) -> Around {
        let mut builder = Builder::new(self.config);
        self.reports.values().for_each(|report| builder.add(report));
        for ((kind, value), shared) in &self.shared {
            builder.share(*kind, value, *shared);
        }
        Around { graph: builder.build(&self.lists, &self.wrong), more: self.more }
    }
}

/// A tie with its proofs, as a reader sees it.
pub(super) fn shown(
    workspace: &Workspace,
    context: &Context,
    graph: &Graph,
    edge: Edge,
    step: u32,
    limits: &Limits,
) -> Result<Shown, AppError> {
    let link = graph.link(edge);
    let (from, to) = graph.ends(edge);
    let (from, to) = (graph.entity(from), graph.entity(to));
    let mut proofs = Vec::new();
    for evidence in link.evidence().iter().take(limits.proofs_max) {
        proofs.extend(proof(workspace, context, evidence.report, &to, limits.quote_chars)?);
    }
    Ok(Shown { step, kind: link.kind, from, to, why: graph.why(edge), proofs })
}

/// A report as proof that it names `of`, or belongs to it.
pub(super) fn proof(
    workspace: &Workspace,
    context: &Context,
    report: ReportId,
    of: &Entity,
    quote_chars: u32,
) -> Result<Option<Proof>, AppError> {
    let Some(stored) = workspace.store.report(report, &context.clearance)? else { return Ok(None) };
    let report = stored.report;
    let text = report.full_text();
    let span = match of.kind {
        EntityKind::Observable(kind) => {
            let named = workspace.store.observables(report.id())?.into_iter();
            let mut named = named.filter(|found| found.kind == kind && found.value == of.value);
            named.next().map(|found| found.span)
        }
        _ => None,
    };
    let source = report.sighting.source.clone();
    Ok(Some(Proof {
        report: report.id(),
        kind: report.kind,
        source: source.name,
        external_id: source.external_id,
        url: source.url,
        date: report.sighting.published_at.unwrap_or(report.sighting.received_at),
        grading: report.grading,
        excerpt: excerpt(&text, span, quote_chars),
    }))
}

/// The text around a span, on one line; the beginning of it if there is no span.
fn excerpt(text: &str, span: Option<forewarn_model::Span>, quote_chars: u32) -> String {
    let span = span.unwrap_or(forewarn_model::Span::new(0, quote_chars));
    let wide = forewarn_model::Span::new(
        span.start.saturating_sub(quote_chars),
        span.end.saturating_add(quote_chars),
    );
    let quoted = wide.slice(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let before = if wide.start > 0 { "…" } else { "" };
    let whole = text.chars().nth(wide.end as usize).is_none();
    format!("{before}{quoted}{}", if whole { "" } else { "…" })
}
