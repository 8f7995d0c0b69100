//! The graph, and what is asked of it: nodes by value, neighbours, what lies around, the evidence.

use std::collections::{BTreeMap, VecDeque};

use forewarn_model::{Asserter, Entity, EntityId, EntityKind, Evidence, Link, LinkKind, Vec1};

use crate::Common;
use crate::nodes::{NONE, Nodes, kinds};

/// Who asserts the edges of this stage.
const STAGE: &str = "link/2";

/// A node of one graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node(pub(crate) u32);

/// An edge of one graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge(pub(crate) u32);

/// An edge, and the node at its other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tie {
    /// The edge.
    pub edge: Edge,
    /// The node at its other end.
    pub other: Node,
}

/// What the strength of an edge rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Why {
    /// 0 to 1.
    pub strength: f64,
    /// How many independent groups (campaigns, or single reports in none) share the identifier that the
    /// edge leads to; none where it leads to a campaign.
    pub shared_by: Option<usize>,
    /// How many reports prove the edge.
    pub reports: usize,
}

/// An edge as it lies in memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct EdgeRow {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) strength: f32,
    /// Where its run of evidence starts; `NONE` where the report that it comes from is the evidence.
    pub(crate) start: u32,
    /// How many reports prove it, and how many of them are kept.
    pub(crate) total: u32,
    pub(crate) kept: u16,
    pub(crate) kind: LinkKind,
}

impl EdgeRow {
    pub(crate) fn of_report(kind: LinkKind, from: u32, to: u32, strength: f32) -> Self {
        Self { from, to, strength, start: NONE, total: 1, kept: 1, kind }
    }

    pub(crate) fn other(&self, node: u32) -> u32 {
        self.from ^ self.to ^ node
    }
}

/// Nodes and edges, numbered; and the edges of each node. Reports come first, then campaigns, then
/// identifiers, each in order, so that the same reports give the same numbers.
#[derive(Debug, Clone)]
pub struct Graph {
    pub(crate) nodes: Nodes,
    pub(crate) edges: Vec<EdgeRow>,
    evidence: Vec<u32>,
    common: Vec<Common>,
    /// Where the edges of each node start in `adjacent`, and where the last ones end.
    starts: Vec<u32>,
    adjacent: Vec<u32>,
}

impl Graph {
    pub(crate) fn new(nodes: Nodes, edges: Vec<EdgeRow>, evidence: Vec<u32>, common: Vec<Common>) -> Self {
        let mut starts = vec![0_u32; nodes.len() + 1];
        for edge in &edges {
            starts[edge.from as usize + 1] += 1;
            starts[edge.to as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut adjacent = vec![0_u32; 2 * edges.len()];
        for (number, edge) in edges.iter().enumerate() {
            for end in [edge.from, edge.to] {
                adjacent[next[end as usize] as usize] = number as u32;
                next[end as usize] += 1;
            }
        }
        Self { nodes, edges, evidence, common, starts, adjacent }
    }

    /// How many nodes there are.
    pub fn nodes_len(&self) -> usize {
        self.nodes.len()
    }

    /// How many edges there are.
    pub fn edges_len(&self) -> usize {
        self.edges.len()
    }

    /// Every node, in order.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = Node> + use<> {
        (0..self.nodes.len() as u32).map(Node)
    }

    /// Every edge, in order.
    pub fn edges(&self) -> impl ExactSizeIterator<Item = Edge> + use<> {
        (0..self.edges.len() as u32).map(Edge)
    }

    /// Values that are in the reports and tie nobody to anybody, in order.
    pub fn common(&self) -> &[Common] {
        &self.common
    }

    /// What a node stands for.
    pub fn kind(&self, node: Node) -> EntityKind {
        self.nodes.kind(node.0)
    }

    /// A node with its id and value.
    pub fn entity(&self, node: Node) -> Entity {
        self.nodes.entity(node.0)
    }

    /// The node of a kind with a value, as [`Entity`] writes it.
    pub fn node(&self, kind: EntityKind, value: &str) -> Option<Node> {
        self.nodes.find(kind, value).map(Node)
    }

    /// The nodes with a value, of any kind: a handle may be known at several services. An `@` before a
    /// handle is passed over, and case where no node has it as it is.
    pub fn find(&self, value: &str) -> Vec<Node> {
        let value = value.trim();
        let bare = value.strip_prefix('@').unwrap_or(value);
        let folded = bare.to_lowercase();
        for spelling in [value, bare, &folded] {
            let ids = [EntityKind::Report, EntityKind::Campaign];
            let all = ids.into_iter().chain(kinds().map(EntityKind::Observable));
            let mut found: Vec<Node> = all.filter_map(|kind| self.node(kind, spelling)).collect();
            if !found.is_empty() {
                found.sort_unstable();
                return found;
            }
        }
        let first = self.nodes.first_value();
        let numbers = 0..self.nodes.values.len() as u32;
        let alike = numbers.filter(|number| self.nodes.values.value(*number).1.to_lowercase() == folded);
        alike.map(|number| Node(first + number)).collect()
    }

    /// How many edges a node has.
    pub fn degree(&self, node: Node) -> usize {
        self.adjacent(node.0).len()
    }

    /// What is tied to a node, in order of edge.
    pub fn ties(&self, node: Node) -> impl Iterator<Item = Tie> + '_ {
        let of =
            move |&edge: &u32| Tie { edge: Edge(edge), other: Node(self.edges[edge as usize].other(node.0)) };
        self.adjacent(node.0).iter().map(of)
    }

    /// What is tied to a node, the strongest first, ties in order of edge.
    pub fn neighbours(&self, node: Node) -> Vec<Tie> {
        let mut ties: Vec<Tie> = self.ties(node).collect();
        let strength = |tie: &Tie| self.edges[tie.edge.0 as usize].strength;
        ties.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
        ties
    }

    /// The ends of an edge.
    pub fn ends(&self, edge: Edge) -> (Node, Node) {
        let row = &self.edges[edge.0 as usize];
        (Node(row.from), Node(row.to))
    }

    /// What an edge says.
    pub fn link_kind(&self, edge: Edge) -> LinkKind {
        self.edges[edge.0 as usize].kind
    }

    /// What the strength of an edge rests on.
    pub fn why(&self, edge: Edge) -> Why {
        let row = &self.edges[edge.0 as usize];
        let value = row.to.checked_sub(self.nodes.first_value());
        Why {
            strength: f64::from(row.strength),
            shared_by: value.map(|value| self.nodes.groups[value as usize] as usize),
            reports: row.total as usize,
        }
    }

    /// An edge with its evidence: of the reports that prove it the earliest ones.
    pub fn link(&self, edge: Edge) -> Link {
        let row = &self.edges[edge.0 as usize];
        let proof = |&report: &u32| {
            let row = &self.nodes.reports[report as usize];
            Evidence { report: row.id, asserter: Asserter::Stage(STAGE.to_owned()), seen_at: row.received_at }
        };
        let from_itself = [row.from];
        let reports = match row.start {
            NONE => &from_itself[..],
            start => &self.evidence[start as usize..start as usize + usize::from(row.kept)],
        };
        let mut evidence = Vec1::new(proof(&reports[0]));
        evidence.extend(reports[1..].iter().map(proof));
        let id = |node| -> EntityId { self.nodes.entity(node).id };
        Link::new(row.kind, id(row.from), id(row.to), f64::from(row.strength), evidence)
    }

    /// The nodes within `steps` of some nodes, with the number of steps, the nearest first; at most
    /// `nodes_max`. Of equally near ones, those over the stronger edges are kept.
    pub fn around(&self, starts: &[Node], steps: u32, nodes_max: usize) -> Vec<(Node, u32)> {
        let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
        let mut found: Vec<(Node, u32)> = Vec::new();
        let mut queue = VecDeque::new();
        for start in starts {
            if seen.len() < nodes_max && seen.insert(start.0, 0).is_none() {
                queue.push_back((*start, 0));
            }
        }
        while let Some((node, at)) = queue.pop_front() {
            found.push((node, at));
            if at == steps {
                continue;
            }
            for tie in self.neighbours(node) {
                if seen.len() < nodes_max && !seen.contains_key(&tie.other.0) {
                    seen.insert(tie.other.0, at + 1);
                    queue.push_back((tie.other, at + 1));
                }
            }
        }
        found
    }

    /// The edges among some nodes, in order.
    pub fn among(&self, nodes: &[(Node, u32)]) -> Vec<Edge> {
        let inside: std::collections::BTreeSet<u32> = nodes.iter().map(|(node, _)| node.0).collect();
        let mut edges: Vec<Edge> = inside
            .iter()
            .flat_map(|&node| self.adjacent(node).iter().map(move |&edge| (node, edge)))
            .filter(|(node, edge)| {
                let row = &self.edges[*edge as usize];
                row.from == *node && inside.contains(&row.to)
            })
            .map(|(_, edge)| Edge(edge))
            .collect();
        edges.sort_unstable();
        edges
    }

    pub(crate) fn adjacent(&self, node: u32) -> &[u32] {
        &self.adjacent[self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize]
    }
}
