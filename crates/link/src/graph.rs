//! The graph, and what is asked of it: neighbours, paths, components.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use forewarn_model::{Entity, EntityId, EntityKind, Link, LinkKind};

use crate::Common;

/// Nodes and edges in order of id, and what is next to what.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    entities: Vec<Entity>,
    links: Vec<Link>,
    common: Vec<Common>,
    /// Nodes in order of value.
    by_value: Vec<u32>,
    /// For each node, its edges and the nodes at their other ends, in order of edge.
    adjacent: Vec<Vec<(u32, u32)>>,
}

/// An edge and the node at its other end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie<'a> {
    /// The edge.
    pub link: &'a Link,
    /// The node at its other end.
    pub other: &'a Entity,
}

/// A way from one node to another: the first node, then each edge with the node that it leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Path<'a> {
    /// Where it begins.
    pub start: &'a Entity,
    /// The steps; none if start and end are the same.
    pub steps: Vec<Tie<'a>>,
}

impl Graph {
    pub(crate) fn new(mut entities: Vec<Entity>, mut links: Vec<Link>, common: Vec<Common>) -> Self {
        entities.sort_by_key(|entity| entity.id);
        links.sort_by_key(|link| link.id);
        let mut by_value: Vec<u32> = (0..entities.len() as u32).collect();
        by_value.sort_by_key(|&at| &entities[at as usize].value);
        let mut graph =
            Self { adjacent: vec![Vec::new(); entities.len()], by_value, entities, links, common };
        for (at, link) in graph.links.iter().enumerate() {
            if let (Some(from), Some(to)) = (graph.position(link.from), graph.position(link.to)) {
                graph.adjacent[from].push((at as u32, to as u32));
                graph.adjacent[to].push((at as u32, from as u32));
            }
        }
        graph
    }

    /// Nodes, in order of id.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Edges, in order of id.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Values that are in the reports and tie nobody to anybody.
    pub fn common(&self) -> &[Common] {
        &self.common
    }

    /// A node by its id.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.position(id).map(|at| &self.entities[at])
    }

    /// The nodes with a value, of any kind: a handle may be known at several services. An `@` before a
    /// handle is passed over, and case where no node has it as it is.
    pub fn find(&self, value: &str) -> Vec<&Entity> {
        let value = value.trim();
        let bare = value.strip_prefix('@').unwrap_or(value);
        let spellings = if bare == value { vec![value] } else { vec![value, bare] };
        let exact: BTreeSet<u32> =
            spellings.into_iter().flat_map(|value| self.valued(value)).copied().collect();
        if !exact.is_empty() {
            return exact.into_iter().map(|at| &self.entities[at as usize]).collect();
        }
        let folded = bare.to_lowercase();
        self.entities.iter().filter(|entity| entity.value.to_lowercase() == folded).collect()
    }

    /// What is tied to a node, the strongest first, ties in order of edge.
    pub fn neighbours(&self, id: EntityId) -> Vec<Tie<'_>> {
        let Some(at) = self.position(id) else { return Vec::new() };
        let mut ties: Vec<Tie<'_>> = self.ties(at).map(|(tie, _)| tie).collect();
        ties.sort_by(|a, b| b.link.strength.total_cmp(&a.link.strength));
        ties
    }

    /// The nodes within `hops` steps of a node and the edges among them, at most `entities_max` nodes, the
    /// nearest first. Both in order of id.
    pub fn around(&self, id: EntityId, hops: u32, entities_max: usize) -> (Vec<&Entity>, Vec<&Link>) {
        let Some(start) = self.position(id) else { return (Vec::new(), Vec::new()) };
        let mut distance = BTreeMap::from([(start, 0)]);
        let mut queue = VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            let next = distance[&at] + 1;
            for &(_, other) in &self.adjacent[at] {
                let other = other as usize;
                if next <= hops && distance.len() < entities_max && !distance.contains_key(&other) {
                    distance.insert(other, next);
                    queue.push_back(other);
                }
            }
        }
        let entities = distance.keys().map(|&at| &self.entities[at]).collect();
        let among = distance.keys().flat_map(|&at| {
            let inside =
                self.adjacent[at].iter().filter(|(_, other)| distance.contains_key(&(*other as usize)));
            inside.map(|&(link, _)| link)
        });
        let links: BTreeSet<u32> = among.collect();
        (entities, links.into_iter().map(|link| &self.links[link as usize]).collect())
    }

    /// A shortest way between two nodes; of several, the one over the stronger edges, step by step.
    pub fn path(&self, from: EntityId, to: EntityId) -> Option<Path<'_>> {
        let (start, end) = (self.position(from)?, self.position(to)?);
        self.walk(start, &self.distances([end]))
    }

    /// Connected components with at least two nodes, the largest first, ties in order of their first node.
    pub fn components(&self) -> Vec<Vec<EntityId>> {
        let mut seen = vec![false; self.entities.len()];
        let mut all = Vec::new();
        for start in 0..self.entities.len() {
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            let mut queue = VecDeque::from([start]);
            let mut members = Vec::new();
            while let Some(at) = queue.pop_front() {
                members.push(self.entities[at].id);
                for &(_, other) in &self.adjacent[at] {
                    if !std::mem::replace(&mut seen[other as usize], true) {
                        queue.push_back(other as usize);
                    }
                }
            }
            if members.len() > 1 {
                members.sort_unstable();
                all.push(members);
            }
        }
        all.sort_by_key(|members| (std::cmp::Reverse(members.len()), members[0]));
        all
    }

    /// Where recruitment and fraud meet: from a campaign over an identifier that a scam report names too,
    /// to a wallet that money goes to. The shortest such way, the strongest of several; none if they do
    /// not meet.
    pub fn recruitment_to_fraud(&self) -> Option<Path<'_>> {
        let paid = self.links.iter().filter(|link| link.kind == LinkKind::PaysTo).map(|link| link.to);
        let distance = self.distances(paid.filter_map(|wallet| self.position(wallet)));
        let campaigns = (0..self.entities.len()).filter(|&at| self.entities[at].kind == EntityKind::Campaign);
        let nearest = campaigns.clone().map(|at| distance[at]).min()?;
        let paths = campaigns.filter(|&at| distance[at] == nearest).filter_map(|at| self.walk(at, &distance));
        let strength = |path: &Path<'_>| path.steps.iter().map(|tie| tie.link.strength).sum::<f64>();
        paths.reduce(|best, next| if strength(&next) > strength(&best) { next } else { best })
    }

    /// How many steps each node is from the nearest of some nodes; `u32::MAX` where there is no way.
    fn distances(&self, ends: impl IntoIterator<Item = usize>) -> Vec<u32> {
        let mut distance = vec![u32::MAX; self.entities.len()];
        let mut queue: VecDeque<usize> = ends.into_iter().collect();
        queue.iter().for_each(|&end| distance[end] = 0);
        while let Some(at) = queue.pop_front() {
            for &(_, other) in &self.adjacent[at] {
                if distance[other as usize] == u32::MAX {
                    distance[other as usize] = distance[at] + 1;
                    queue.push_back(other as usize);
                }
            }
        }
        distance
    }

    /// The way down to distance 0, over the strongest edge at each step.
    fn walk(&self, start: usize, distance: &[u32]) -> Option<Path<'_>> {
        if distance[start] == u32::MAX {
            return None;
        }
        let mut steps = Vec::new();
        let mut at = start;
        while distance[at] > 0 {
            let nearer =
                self.ties(at).filter(|(_, other)| distance[*other].saturating_add(1) == distance[at]);
            let (tie, other) = nearer
                .reduce(|best, next| if next.0.link.strength > best.0.link.strength { next } else { best })?;
            steps.push(tie);
            at = other;
        }
        Some(Path { start: &self.entities[start], steps })
    }

    /// The nodes with exactly this value.
    fn valued(&self, value: &str) -> &[u32] {
        let order = |at: &u32| self.entities[*at as usize].value.as_str();
        let first = self.by_value.partition_point(|at| order(at) < value);
        let len = self.by_value[first..].partition_point(|at| order(at) == value);
        &self.by_value[first..first + len]
    }

    fn position(&self, id: EntityId) -> Option<usize> {
        self.entities.binary_search_by_key(&id, |entity| entity.id).ok()
    }

    fn ties(&self, at: usize) -> impl Iterator<Item = (Tie<'_>, usize)> {
        self.adjacent[at].iter().map(|&(link, other)| {
            let tie = Tie { link: &self.links[link as usize], other: &self.entities[other as usize] };
            (tie, other as usize)
        })
    }
}
