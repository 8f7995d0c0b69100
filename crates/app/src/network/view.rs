//! The network as a picture: what lies around some nodes, thinned by kind and by time; a node and a tie with
//! their evidence when somebody asks; the way between two.
//!
//! A drawing reads no texts but those of its labels: proofs are read for one tie at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use forewarn_link::{Edge, Graph, Node};
use forewarn_model::date::day_of;
use forewarn_model::{Date, Entity, EntityKind, HandleService, ObservableKind, Segment};
use forewarn_share::json::{Drawing, DrawnNode, DrawnTie, NetworkCommon};

use super::explore::{self, Aim, Around, Gathered, Proof, Shown};
use super::export::{self, Format};
use super::find::{self, Key};
use super::mark;
use crate::model::rights::Right;
use crate::{AppError, Context, Workspace};

/// How many characters of an id tell it from others, for a reader.
const ID_CHARS: usize = 12;

/// Bounds of a drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// What is read and shown.
    pub explore: explore::Limits,
    /// How many nodes may be asked for at once.
    pub asked_count_max: usize,
    /// How many steps from the centre.
    pub steps_max: u32,
    /// For how many reports and campaigns the words of a label are read; the others are told by their ids.
    pub labels_read_max: usize,
    /// How many characters a label has.
    pub label_chars_max: usize,
    /// How many values that tie nobody are listed.
    pub common_max: usize,
    /// How many reports are shown behind a node or a tie.
    pub proofs_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            explore: explore::Limits::default(),
            asked_count_max: 400,
            steps_max: 6,
            labels_read_max: 300,
            label_chars_max: 40,
            common_max: 50,
            proofs_max: 20,
        }
    }
}

/// What is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The nodes in the middle, as people write them.
    pub centre: Vec<String>,
    /// How many steps around them.
    pub steps: u32,
    /// Nodes whose neighbours are shown too.
    pub expanded: Vec<String>,
    /// Nodes that are shown too, without what is around them.
    pub also: Vec<String>,
    /// Only ties of which a report is of this day or later.
    pub from: Option<Date>,
    /// Only ties of which a report is of this day or earlier.
    pub until: Option<Date>,
    /// Kinds of nodes that are left out: `report`, `phone`, `handle` (of every service), `handle:telegram`, …
    pub hidden_kinds: BTreeSet<String>,
    /// Nodes that are left out, by id.
    pub hidden: BTreeSet<String>,
}

/// A node with what stands behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeDetail {
    /// How to ask for it.
    pub key: String,
    /// The node.
    pub entity: Entity,
    /// Its value as it may be shown.
    pub label: String,
    /// How many reports stand behind it that the reader may see.
    pub reports: u64,
    /// The latest of them, as proofs.
    pub proofs: Vec<Proof>,
    /// Why it ties nobody, if it does not.
    pub common: Option<String>,
}

/// Draws what lies around some nodes.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    query: &Query,
    limits: &Limits,
) -> Result<Drawing, AppError> {
    context.require(Right::Look)?;
    let asked = Asked::read(workspace, context, query, limits)?;
    for keys in [&asked.centre, &asked.expanded, &asked.also] {
        explore::noted(workspace, context, "network.view", keys);
    }
    let gathered = asked.gather(workspace, context, limits)?;
    let graph = &gathered.around.graph;
    let nodes = asked.nodes(&gathered.around, limits);
    let complete = !gathered.around.more() && nodes.len() < limits.explore.nodes_max;
    let mut pen = Pen::new(workspace, context, limits, &gathered);
    let mut drawing = pen.draw(&nodes, graph.among(&nodes), query)?;
    let centre = asked.centre;
    let asked: BTreeSet<String> =
        centre.iter().map(explore::entity).map(|entity| entity.id.to_string()).collect();
    let drawn: BTreeSet<&str> = drawing.nodes.iter().map(|node| node.id.as_str()).collect();
    let concerns = |mark: &&mark::Mark| {
        [&mark.a, &mark.b].into_iter().any(|key| {
            let id = explore::entity(key).id.to_string();
            asked.contains(&id) || drawn.contains(id.as_str())
        })
    };
    let standing = mark::marks(&workspace.store)?;
    drawing.marked_wrong = standing.iter().filter(concerns).map(mark::view).collect();
    drawing.common = graph.common().iter().take(limits.common_max).map(common).collect();
    drawing.centre = asked.into_iter().collect();
    drawing.complete = complete;
    Ok(drawing)
}

/// Writes what a drawing shows as a file for other tools: how many nodes and ties.
pub fn export(
    workspace: &mut Workspace,
    context: &Context,
    query: &Query,
    format: Format,
    out: &mut dyn Write,
    limits: &Limits,
) -> Result<(usize, usize), AppError> {
    context.require(Right::Export)?;
    let asked = Asked::read(workspace, context, query, limits)?;
    let gathered = asked.gather(workspace, context, limits)?;
    let graph = &gathered.around.graph;
    let nodes = asked.nodes(&gathered.around, limits);
    let pen = Pen::new(workspace, context, limits, &gathered);
    let Chosen { nodes, ties, .. } = pen.choose(&nodes, graph.among(&nodes), query);
    let nodes: Vec<Node> = nodes.into_iter().map(|(node, _)| node).collect();
    let mut edges: Vec<Edge> = ties.into_iter().map(|(edge, _)| edge).collect();
    edges.sort_unstable();
    let (nodes, ties) = export::write(context, graph, &nodes, &edges, format, out)?;
    workspace.note(context, "network.export", "", &format!("{nodes} nodes, {ties} ties"))?;
    Ok((nodes, ties))
}

/// What a query asks for by name.
struct Asked {
    centre: Vec<Key>,
    expanded: Vec<Key>,
    also: Vec<Key>,
    steps: u32,
}

impl Asked {
    fn read(
        workspace: &Workspace,
        context: &Context,
        query: &Query,
        limits: &Limits,
    ) -> Result<Self, AppError> {
        let refused = |why: String| Err(AppError::Refused { operation: "draw the network", why });
        if query.steps > limits.steps_max {
            return refused(format!(
                "{} steps are more than {}: ask for fewer",
                query.steps, limits.steps_max
            ));
        }
        if query.centre.len() + query.expanded.len() + query.also.len() > limits.asked_count_max {
            return refused(format!("more than {} nodes are asked for: name fewer", limits.asked_count_max));
        }
        let all = |texts: &[String]| -> Result<Vec<Key>, AppError> {
            let mut found: Vec<Key> = Vec::new();
            for text in texts {
                found.extend(keys(workspace, context, text)?);
            }
            found.sort_unstable();
            found.dedup();
            Ok(found)
        };
        Ok(Self {
            centre: all(&query.centre)?,
            expanded: all(&query.expanded)?,
            also: all(&query.also)?,
            steps: query.steps,
        })
    }

    fn gather(
        &self,
        workspace: &Workspace,
        context: &Context,
        limits: &Limits,
    ) -> Result<Gathered, AppError> {
        let further: Vec<Key> = self.expanded.iter().chain(&self.also).cloned().collect();
        explore::gathered(workspace, context, &self.centre, &further, self.steps, &limits.explore)
    }

    /// The nodes within some steps of the centre, those beside expanded nodes, and those that are named, each
    /// with its step.
    fn nodes(&self, around: &Around, limits: &Limits) -> Vec<(Node, u32)> {
        let graph = &around.graph;
        let nodes_max = limits.explore.nodes_max;
        let mut found = graph.around(&around.nodes(&self.centre), self.steps, nodes_max);
        let mut step: BTreeMap<Node, u32> = found.iter().copied().collect();
        let mut add = |node: Node, at: u32, step: &mut BTreeMap<Node, u32>| {
            if step.len() < nodes_max && !step.contains_key(&node) {
                step.insert(node, at);
                found.push((node, at));
            }
        };
        for node in around.nodes(&self.also) {
            add(node, self.steps + 1, &mut step);
        }
        for node in around.nodes(&self.expanded) {
            add(node, self.steps + 1, &mut step);
            let at = step.get(&node).copied().unwrap_or(self.steps) + 1;
            for tie in graph.neighbours(node) {
                add(tie.other, at, &mut step);
            }
        }
        found
    }
}

/// Draws the way between two nodes, if there is one; the nodes are in the order of the way.
pub fn path(
    workspace: &Workspace,
    context: &Context,
    from: &str,
    to: &str,
    aim: Aim,
    limits: &Limits,
) -> Result<Option<(Drawing, Vec<Shown>)>, AppError> {
    context.require(Right::Look)?;
    let (from, to) = (keys(workspace, context, from)?, keys(workspace, context, to)?);
    let Some(way) = explore::path(workspace, context, &from, &to, aim, &limits.explore)? else {
        return Ok(None);
    };
    let last = way.steps.last().map(|(_, entity)| entity).unwrap_or(&way.start);
    let ends = [way.start.id.to_string(), last.id.to_string()];
    // The way leads through what lies within its length of its nodes: those are drawn with what is known.
    let mut centre: Vec<Key> = Vec::new();
    for entity in std::iter::once(&way.start).chain(way.steps.iter().map(|(_, entity)| entity)) {
        centre.extend(Key::of(entity.kind, &entity.value));
    }
    let gathered = explore::gathered(workspace, context, &centre, &[], 1, &limits.explore)?;
    let graph = &gathered.around.graph;
    let nodes: Vec<(Node, u32)> = centre
        .iter()
        .enumerate()
        .filter_map(|(step, key)| Some((gathered.around.node(key)?, step as u32)))
        .collect();
    let mut pen = Pen::new(workspace, context, limits, &gathered);
    let mut drawing = pen.draw(&nodes, graph.among(&nodes), &Query::default())?;
    drawing.centre = ends.to_vec();
    drawing.complete = way.complete;
    Ok(Some((drawing, way.steps.into_iter().map(|(step, _)| step).collect())))
}

/// The ties between two nodes with the reports that prove them, the strongest first; none if nothing ties them.
pub fn ties(
    workspace: &Workspace,
    context: &Context,
    a: &str,
    b: &str,
    limits: &Limits,
) -> Result<Vec<Shown>, AppError> {
    context.require(Right::Look)?;
    let (a, b) = (key(workspace, context, a)?, key(workspace, context, b)?);
    explore::noted(workspace, context, "network.evidence", &[a.clone(), b.clone()]);
    let around = explore::gather(workspace, context, std::slice::from_ref(&a), 1, &limits.explore)?;
    let (Some(a), Some(b)) = (around.node(&a), around.node(&b)) else { return Ok(Vec::new()) };
    let bounds = explore::Limits { proofs_max: limits.proofs_max, ..limits.explore };
    let graph = &around.graph;
    let between = graph.neighbours(a).into_iter().filter(|tie| tie.other == b);
    between.map(|tie| explore::shown(workspace, context, graph, tie.edge, 1, &bounds)).collect()
}

/// A node with the latest reports behind it.
pub fn node(
    workspace: &Workspace,
    context: &Context,
    text: &str,
    limits: &Limits,
) -> Result<NodeDetail, AppError> {
    context.require(Right::Look)?;
    let key = key(workspace, context, text)?;
    explore::noted(workspace, context, "network.view", std::slice::from_ref(&key));
    let entity = explore::entity(&key);
    let (store, clearance) = (&workspace.store, &context.clearance);
    let read_max = limits.explore.reports_per_node_max;
    let mut namings = match &key {
        Key::Value(kind, value) => store.reports_naming(*kind, value, read_max, clearance)?,
        Key::Report(id) => store.naming(*id, clearance)?.into_iter().collect(),
        Key::Campaign(id) => store.reports_in_campaign(*id, read_max, clearance)?,
    };
    let around = explore::gather(workspace, context, std::slice::from_ref(&key), 1, &limits.explore)?;
    let common = match &key {
        Key::Value(kind, value) => {
            around.graph.common().iter().find(|found| found.kind == *kind && found.value == *value)
        }
        _ => None,
    };
    let reports = match (&key, common) {
        (_, Some(common)) => common.reports as u64,
        (Key::Campaign(id), _) => store.campaign_members(*id, u32::MAX, clearance)?.len() as u64,
        _ => namings.len() as u64,
    };
    namings.sort_by_key(|naming| (std::cmp::Reverse(naming.seen_at), naming.report));
    let mut proofs = Vec::new();
    for naming in namings.iter().take(limits.proofs_max) {
        let quote_chars = limits.explore.quote_chars;
        proofs.extend(explore::proof(workspace, context, naming.report, &entity, quote_chars)?);
    }
    let common = common.map(|found| found.list.as_ref().map_or(String::new(), |list| list.name.clone()));
    Ok(NodeDetail { label: safe(&entity), key: written(&key), entity, reports, proofs, common })
}

/// What a text means: a key as drawings write it, or whatever a person writes.
fn keys(workspace: &Workspace, context: &Context, text: &str) -> Result<Vec<Key>, AppError> {
    match exact(text) {
        Some(key) => Ok(vec![key]),
        None => find::run(workspace, context, text),
    }
}

fn key(workspace: &Workspace, context: &Context, text: &str) -> Result<Key, AppError> {
    match exact(text) {
        Some(key) => Ok(key),
        None => find::one(workspace, context, text),
    }
}

/// The node that a key of a drawing names.
pub fn exact(text: &str) -> Option<Key> {
    if let Ok(id) = text.parse() {
        return Some(Key::Report(id));
    }
    if let Ok(id) = text.parse() {
        return Some(Key::Campaign(id));
    }
    // A kind has a colon of its own (`handle:telegram`), and so may a value.
    let ends = text.match_indices(':').map(|(at, _)| at).take(2);
    let mut splits = ends.filter_map(|at| Some((text[..at].parse().ok()?, text[at + 1..].to_owned())));
    splits.next().filter(|(_, value)| !value.is_empty()).map(|(kind, value)| Key::Value(kind, value))
}

/// A key as drawings write it.
pub fn written(key: &Key) -> String {
    match key.node() {
        (EntityKind::Observable(kind), value) => format!("{kind}:{value}"),
        (_, value) => value,
    }
}

/// Days between which the reports behind a tie lie.
#[derive(Debug, Clone, Copy, Default)]
struct Days(Option<(Date, Date)>);

impl Days {
    fn add(&mut self, day: Date) {
        self.0 = Some(self.0.map_or((day, day), |(first, last)| (first.min(day), last.max(day))));
    }

    fn meets(&self, query: &Query) -> bool {
        // What has no date is shown whatever the time: leaving it out would hide that it exists.
        self.0.is_none_or(|(first, last)| {
            query.until.is_none_or(|until| first <= until) && query.from.is_none_or(|from| last >= from)
        })
    }
}

/// What is drawn of what was gathered.
struct Chosen {
    nodes: Vec<(Node, u32)>,
    /// The strongest first.
    ties: Vec<(Edge, Days)>,
    /// How many nodes of each kind there are, hidden ones too.
    kinds: BTreeMap<String, usize>,
}

/// Draws from what was gathered.
struct Pen<'a> {
    workspace: &'a Workspace,
    context: &'a Context,
    limits: &'a Limits,
    gathered: &'a Gathered,
    labels_read: usize,
}

impl<'a> Pen<'a> {
    fn new(
        workspace: &'a Workspace,
        context: &'a Context,
        limits: &'a Limits,
        gathered: &'a Gathered,
    ) -> Self {
        Self { workspace, context, limits, gathered, labels_read: 0 }
    }

    fn draw(&mut self, nodes: &[(Node, u32)], edges: Vec<Edge>, query: &Query) -> Result<Drawing, AppError> {
        let graph = &self.gathered.around.graph;
        let Chosen { nodes, ties, kinds } = self.choose(nodes, edges, query);
        let mut degree: BTreeMap<Node, usize> = BTreeMap::new();
        let mut whole = Days::default();
        for (edge, days) in &ties {
            let (from, to) = graph.ends(*edge);
            [from, to].into_iter().for_each(|node| *degree.entry(node).or_default() += 1);
            days.0.into_iter().flat_map(|(first, last)| [first, last]).for_each(|day| whole.add(day));
        }
        let reports = self.reports_of_campaigns();
        let mut drawn = Vec::new();
        for (node, step) in nodes {
            let ties = degree.get(&node).copied().unwrap_or_default();
            drawn.extend(self.node(graph, node, step, ties, &reports)?);
        }
        Ok(Drawing {
            nodes: drawn,
            ties: ties.into_iter().map(|(edge, days)| tie(graph, edge, days)).collect(),
            kinds: kinds.into_iter().collect(),
            first: whole.0.map(|(first, _)| first.to_string()),
            last: whole.0.map(|(_, last)| last.to_string()),
            ..Drawing::default()
        })
    }

    /// What is left after the filters of a query.
    fn choose(&self, nodes: &[(Node, u32)], edges: Vec<Edge>, query: &Query) -> Chosen {
        let graph = &self.gathered.around.graph;
        let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
        let mut shown: BTreeSet<Node> = BTreeSet::new();
        for (node, _) in nodes {
            let kind = graph.kind(*node).name();
            let family = kind.split(':').next().unwrap_or_default().to_owned();
            let hidden = query.hidden_kinds.contains(&kind) || query.hidden_kinds.contains(&family);
            *kinds.entry(kind).or_default() += 1;
            if !hidden && !query.hidden.contains(&graph.entity(*node).id.to_string()) {
                shown.insert(*node);
            }
        }
        let days = self.days(&edges);
        let mut ties: Vec<(Edge, Days)> = edges.into_iter().zip(days).collect();
        ties.retain(|(edge, _)| {
            let (from, to) = graph.ends(*edge);
            shown.contains(&from) && shown.contains(&to)
        });
        let ends = |ties: &[(Edge, Days)]| -> BTreeSet<Node> {
            ties.iter().map(|(edge, _)| graph.ends(*edge)).flat_map(|(from, to)| [from, to]).collect()
        };
        let tied_ever = ends(&ties);
        ties.retain(|(_, days)| days.meets(query));
        let tied = ends(&ties);
        // A node whose ties all lie at other times is not there at this time; the centre always is.
        let there = |node: &Node, step: u32| step == 0 || tied.contains(node) || !tied_ever.contains(node);
        ties.sort_by(|a, b| {
            let strength = |edge: Edge| graph.why(edge).strength;
            strength(b.0).total_cmp(&strength(a.0)).then_with(|| a.0.cmp(&b.0))
        });
        let left = nodes.iter().filter(|(node, step)| shown.contains(node) && there(node, *step));
        Chosen { nodes: left.copied().collect(), ties, kinds }
    }

    /// The days of the reports behind each edge; a report proves a tie if it names, or is, both ends.
    fn days(&self, edges: &[Edge]) -> Vec<Days> {
        let graph = &self.gathered.around.graph;
        let mut number: BTreeMap<(Node, Node), Vec<usize>> = BTreeMap::new();
        for (at, edge) in edges.iter().enumerate() {
            number.entry(graph.ends(*edge)).or_default().push(at);
        }
        let mut days = vec![Days::default(); edges.len()];
        for input in self.gathered.reports.values() {
            let Some(day) = input.received_at.map(day_of) else { continue };
            let report = graph.node(EntityKind::Report, &input.report.to_string());
            let campaign = input.campaign.and_then(|id| graph.node(EntityKind::Campaign, &id.to_string()));
            let mut named: Vec<Node> = input
                .observables
                .iter()
                .filter_map(|found| graph.node(EntityKind::Observable(found.kind), &found.value))
                .collect();
            named.sort_unstable();
            named.dedup();
            let all: Vec<Node> = report.into_iter().chain(campaign).chain(named).collect();
            for from in &all {
                for to in &all {
                    let of_pair = number.get(&(*from, *to)).into_iter().flatten();
                    of_pair.for_each(|at| days[*at].add(day));
                }
            }
        }
        days
    }

    fn reports_of_campaigns(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for id in self.gathered.reports.values().filter_map(|input| input.campaign) {
            *counts.entry(id.to_string()).or_default() += 1;
        }
        counts
    }

    fn node(
        &mut self,
        graph: &Graph,
        node: Node,
        step: u32,
        ties: usize,
        members: &BTreeMap<String, usize>,
    ) -> Result<Option<DrawnNode>, AppError> {
        let entity = graph.entity(node);
        let Some(key) = Key::of(entity.kind, &entity.value) else { return Ok(None) };
        let read = self.gathered.expanded.contains(&key);
        let (reports, more) = match &key {
            Key::Value(kind, value) => {
                let shared = self.gathered.shared.get(&(*kind, value.clone()));
                let reports = shared.map_or(1, |shared| shared.reports.max(1));
                (reports, !read && reports > 1)
            }
            Key::Report(_) => (1, !read),
            Key::Campaign(_) => (members.get(&entity.value).copied().unwrap_or(1), !read),
        };
        Ok(Some(DrawnNode {
            id: entity.id.to_string(),
            key: written(&key),
            kind: entity.kind.name(),
            label: self.label(&key, &entity)?,
            step,
            reports,
            more,
            ties,
        }))
    }

    fn label(&mut self, key: &Key, entity: &Entity) -> Result<String, AppError> {
        let clearance = &self.context.clearance;
        let words = match key {
            Key::Value(..) => Some(safe(entity)),
            _ if self.labels_read >= self.limits.labels_read_max => None,
            Key::Report(id) => {
                self.labels_read += 1;
                let stored = self.workspace.store.report(*id, clearance)?;
                stored.map(|stored| match stored.report.title() {
                    Some(title) if !title.trim().is_empty() => title.to_owned(),
                    _ => stored.report.text().to_owned(),
                })
            }
            Key::Campaign(id) => {
                self.labels_read += 1;
                let campaign = self.workspace.store.campaign(*id, 1, clearance)?;
                campaign.map(|campaign| {
                    let fixed = campaign.template.segments.iter().filter_map(|segment| match segment {
                        Segment::Fixed(text) => Some(text.as_str()),
                        Segment::Slot(_) => None,
                    });
                    fixed.take(8).collect::<Vec<_>>().join(" … ")
                })
            }
        };
        let words = words.unwrap_or_else(|| safe(entity));
        Ok(shortened(&words, self.limits.label_chars_max))
    }
}

fn tie(graph: &Graph, edge: Edge, days: Days) -> DrawnTie {
    let (from, to) = graph.ends(edge);
    let why = graph.why(edge);
    DrawnTie {
        id: graph.link(edge).id.to_string(),
        kind: graph.link_kind(edge).as_str().to_owned(),
        from: graph.entity(from).id.to_string(),
        to: graph.entity(to).id.to_string(),
        strength: why.strength,
        reports: why.reports,
        shared_by: why.shared_by,
        first: days.0.map(|(first, _)| first.to_string()),
        last: days.0.map(|(_, last)| last.to_string()),
    }
}

fn common(found: &forewarn_link::Common) -> NetworkCommon {
    let list = found.list.as_ref().map(|list| (list.name.clone(), list.version, list.file.clone()));
    NetworkCommon { kind: found.kind.to_string(), value: found.value.clone(), reports: found.reports, list }
}

/// A value in a form that nobody follows by mistake; ids are shortened.
pub fn safe(entity: &Entity) -> String {
    match entity.kind {
        EntityKind::Observable(ObservableKind::Url) => {
            let text = match entity.value.strip_prefix("http") {
                Some(rest) => format!("hxxp{rest}"),
                None => entity.value.clone(),
            };
            match text.split_once("://") {
                Some((scheme, rest)) => {
                    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
                    format!("{scheme}://{}{}", rest[..end].replace('.', "[.]"), &rest[end..])
                }
                None => text,
            }
        }
        EntityKind::Observable(ObservableKind::Domain) => entity.value.replace('.', "[.]"),
        EntityKind::Observable(ObservableKind::Handle(service)) if service != HandleService::Qq => {
            format!("@{}", entity.value)
        }
        EntityKind::Report | EntityKind::Campaign => entity.value.chars().take(ID_CHARS).collect(),
        _ => entity.value.clone(),
    }
}

/// On one line, and not longer than so many characters.
fn shortened(text: &str, chars_max: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.chars().count() > chars_max {
            let kept: String = line.chars().take(chars_max.saturating_sub(1)).collect();
            return format!("{}…", kept.trim_end());
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for text in [
            "phone:+447700900123",
            "handle:telegram:handle_test",
            "crypto:tron:TXYZ",
            "url:https://samplevest-pro.example/a?b=c",
            "domain:samplevest-pro.example",
            "rpt-0000000000000000000000000000000000000000",
            "cmp-0000000000000000000000000000000000000000",
        ] {
            assert_eq!(exact(text).map(|key| written(&key)).as_deref(), Some(text));
        }
        for text in ["", "phone:", "handle:telegram", "+447700900123", "https://a.example", "rpt-00", "x:y"] {
            assert_eq!(exact(text), None, "{text}");
        }
    }

    #[track_caller]
    fn check(kind: &str, value: &str, expected: &str) {
        let entity = Entity::new(EntityKind::Observable(kind.parse().unwrap()), value);
        assert_eq!(safe(&entity), expected);
    }

    #[test]
    fn addresses_cannot_be_followed_by_mistake() {
        check("url", "https://a.b.example/x.html?y=1.2", "hxxps://a[.]b[.]example/x.html?y=1.2");
        check("url", "http://a.example", "hxxp://a[.]example");
        check("domain", "a.example", "a[.]example");
        check("handle:telegram", "name", "@name");
        check("phone", "+447700900123", "+447700900123");
    }

    #[test]
    fn labels_are_short_lines() {
        assert_eq!(shortened(" one\n two ", 10), "one two");
        assert_eq!(shortened("客服招聘月薪三万包吃住", 6), "客服招聘月…");
        assert_eq!(shortened("", 6), "");
    }

    #[test]
    fn what_has_no_date_is_always_there() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let query =
            Query { from: Some(day("2023-01-01")), until: Some(day("2023-12-31")), ..Query::default() };
        let mut days = Days::default();
        assert!(days.meets(&query));
        days.add(day("2022-05-05"));
        assert!(!days.meets(&query));
        days.add(day("2024-05-05"));
        assert!(days.meets(&query), "reports on both sides: it was there in between");
    }
}
