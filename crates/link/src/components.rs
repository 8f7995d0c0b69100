//! What hangs together: connected components, and communities within the large ones.

use crate::communities::{CommunityConfig, Weighted, communities};
use crate::graph::{Graph, Node};

impl Graph {
    /// Connected components with at least two nodes, the largest first, ties in order of their first node;
    /// nodes in order.
    pub fn components(&self) -> Vec<Vec<Node>> {
        let mut component = vec![u32::MAX; self.nodes_len()];
        let mut all: Vec<Vec<Node>> = Vec::new();
        let mut stack = Vec::new();
        for start in 0..self.nodes_len() as u32 {
            if component[start as usize] != u32::MAX || self.adjacent(start).is_empty() {
                continue;
            }
            let number = all.len() as u32;
            component[start as usize] = number;
            stack.push(start);
            let mut members = Vec::new();
            while let Some(at) = stack.pop() {
                members.push(Node(at));
                for &edge in self.adjacent(at) {
                    let other = self.edges[edge as usize].other(at);
                    if component[other as usize] == u32::MAX {
                        component[other as usize] = number;
                        stack.push(other);
                    }
                }
            }
            members.sort_unstable();
            all.push(members);
        }
        all.sort_by(|a, b| b.len().cmp(&a.len()).then(a.first().cmp(&b.first())));
        all
    }

    /// Parts in which things hang closely together: components of at most `component_nodes_max` nodes as
    /// they are, larger ones divided into communities. The largest first, ties in order of their first node.
    pub fn parts(&self, component_nodes_max: usize, config: &CommunityConfig) -> Vec<Vec<Node>> {
        let mut parts = Vec::new();
        for component in self.components() {
            if component.len() <= component_nodes_max {
                parts.push(component);
                continue;
            }
            let place = |node: u32| component.binary_search(&Node(node)).unwrap_or_default() as u32;
            let mut edges = Vec::new();
            for (at, node) in component.iter().enumerate() {
                for &edge in self.adjacent(node.0) {
                    let row = &self.edges[edge as usize];
                    if row.from == node.0 {
                        edges.push((at as u32, place(row.to), f64::from(row.strength)));
                    }
                }
            }
            let found = communities(&Weighted::new(component.len(), &edges), config);
            let mut divided = vec![Vec::new(); found.count];
            for (node, community) in component.iter().zip(&found.of) {
                divided[*community as usize].push(*node);
            }
            parts.append(&mut divided);
        }
        parts.sort_by(|a, b| b.len().cmp(&a.len()).then(a.first().cmp(&b.first())));
        parts
    }
}
