//! How two things are connected: a path of edges, each with its evidence.
//!
//! Both ends search towards each other (bidirectional Dijkstra): in a graph where most nodes have few
//! neighbours and some have very many, each side sees far less than one search from one end would.
//! Costs are whole numbers, so that the same graph gives the same path on every machine.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

use forewarn_model::LinkKind;

use crate::graph::{Edge, Graph, Node, Tie};

/// What is asked of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Aim {
    /// As few steps as can be; of those, the strongest.
    #[default]
    Shortest,
    /// The highest product of the strengths of its edges; of equals, the fewest steps.
    Strongest,
}

/// A way from one node to another: the first node, then each edge with the node that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Where it begins.
    pub start: Node,
    /// The steps; none if start and end are the same.
    pub steps: Vec<Tie>,
}

impl Path {
    /// Where it ends.
    pub fn end(&self) -> Node {
        self.steps.last().map_or(self.start, |tie| tie.other)
    }
}

/// How far one side has come: the cost of the best way to each node that it reached, and the edge by which
/// it came there.
#[derive(Default)]
struct Side {
    reached: BTreeMap<u32, (u64, Option<u32>)>,
    queue: BinaryHeap<Reverse<(u64, u32)>>,
}

impl Graph {
    /// The best way between two nodes, if there is one.
    pub fn path(&self, from: Node, to: Node, aim: Aim) -> Option<Path> {
        if from == to {
            return Some(Path { start: from, steps: Vec::new() });
        }
        let mut sides = [Side::starting(from.0), Side::starting(to.0)];
        let mut best: Option<(u64, u32)> = None;
        loop {
            let tops = [sides[0].top(), sides[1].top()];
            // Once the two fronts together cost more than the best meeting, nothing better can follow; once
            // one side has nothing left, it has seen all that it can reach.
            let (Some(near), Some(far)) = (tops[0], tops[1]) else { break };
            if best.is_some_and(|(cost, _)| near + far >= cost) {
                break;
            }
            let (side, other) = if near <= far { (0, 1) } else { (1, 0) };
            let Some(Reverse((cost, node))) = sides[side].queue.pop() else { break };
            if sides[side].reached.get(&node).is_some_and(|(known, _)| *known < cost) {
                continue;
            }
            for &edge in self.adjacent(node) {
                let row = &self.edges[edge as usize];
                let next = row.other(node);
                let total = cost + aim.cost(row.strength);
                if !sides[side].improve(next, total, edge) {
                    continue;
                }
                if let Some((rest, _)) = sides[other].reached.get(&next) {
                    let met = (total + rest, next);
                    best = Some(best.map_or(met, |known| known.min(met)));
                }
            }
        }
        let (_, middle) = best?;
        let mut steps = self.back(&sides[0], middle);
        steps.reverse();
        // The first half was walked from the middle to the start; turn each step towards the middle.
        let mut at = from.0;
        let mut path = Vec::with_capacity(steps.len());
        for edge in steps.into_iter().chain(self.back(&sides[1], middle)) {
            at = self.edges[edge as usize].other(at);
            path.push(Tie { edge: Edge(edge), other: Node(at) });
        }
        Some(Path { start: from, steps: path })
    }

    /// The shortest way from a campaign to what a scam site pays into, if there is one: where recruitment
    /// and fraud meet. Of equally short ones, the one of the first campaign, over the stronger edges.
    pub fn recruitment_to_fraud(&self) -> Option<Path> {
        let mut distance = vec![u32::MAX; self.nodes_len()];
        let mut queue = VecDeque::new();
        for edge in self.edges.iter().filter(|edge| edge.kind == LinkKind::PaysTo) {
            if std::mem::replace(&mut distance[edge.to as usize], 0) != 0 {
                queue.push_back(edge.to);
            }
        }
        while let Some(at) = queue.pop_front() {
            for &edge in self.adjacent(at) {
                let other = self.edges[edge as usize].other(at);
                if distance[other as usize] == u32::MAX {
                    distance[other as usize] = distance[at as usize] + 1;
                    queue.push_back(other);
                }
            }
        }
        let reports = self.nodes.reports.len() as u32;
        let campaigns = reports..self.nodes.first_value();
        let start = campaigns.min_by_key(|node| (distance[*node as usize], *node))?;
        if distance[start as usize] == u32::MAX {
            return None;
        }
        let (mut at, mut steps) = (start, Vec::new());
        while distance[at as usize] > 0 {
            let mut nearer = self.neighbours(Node(at)).into_iter();
            let tie = nearer.find(|tie| distance[tie.other.0 as usize] < distance[at as usize])?;
            at = tie.other.0;
            steps.push(tie);
        }
        Some(Path { start: Node(start), steps })
    }

    /// The edges from a node back to where a side started.
    fn back(&self, side: &Side, from: u32) -> Vec<u32> {
        let mut edges = Vec::new();
        let mut at = from;
        while let Some((_, Some(edge))) = side.reached.get(&at) {
            edges.push(*edge);
            at = self.edges[*edge as usize].other(at);
        }
        edges
    }
}

impl Aim {
    /// What a step over an edge costs: in units of a millionth of a bit of strength, and one step more.
    fn cost(self, strength: f32) -> u64 {
        let bits = -f64::from(strength.clamp(1e-9, 1.0)).log2();
        let weak = (bits * 1e6) as u64;
        match self {
            Self::Shortest => (1 << 40) + weak,
            Self::Strongest => weak.max(1) * (1 << 12) + 1,
        }
    }
}

impl Side {
    fn starting(node: u32) -> Self {
        let mut side = Self::default();
        side.reached.insert(node, (0, None));
        side.queue.push(Reverse((0, node)));
        side
    }

    /// What the nearest node that was not looked at yet costs.
    fn top(&self) -> Option<u64> {
        self.queue.peek().map(|Reverse((cost, _))| *cost)
    }

    /// Notes a way to a node; false if a way that is no worse is known.
    fn improve(&mut self, node: u32, cost: u64, edge: u32) -> bool {
        let better = self.reached.get(&node).is_none_or(|(known, _)| cost < *known);
        if better {
            self.reached.insert(node, (cost, Some(edge)));
            self.queue.push(Reverse((cost, node)));
        }
        better
    }
}
