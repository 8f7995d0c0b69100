//! Communities by the Leiden algorithm: Traag, Waltman and van Eck, *From Louvain to Leiden: guaranteeing
//! well-connected communities*, Scientific Reports 9 (2019), with modularity as its measure.
//!
//! Each round moves nodes to the neighbouring community that gains most, refines every community into
//! parts that hang together, and goes on with the parts as nodes. The order of visits comes from a seed and
//! the refinement takes the best part instead of drawing one, so that one seed gives one result.

use std::collections::VecDeque;

/// How communities are found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CommunityConfig {
    /// The larger, the smaller the communities; 1 is modularity as Newman and Girvan define it.
    pub resolution: f64,
    /// Decides the order of visits.
    pub seed: u64,
    /// How many rounds at most; most graphs need fewer than ten.
    pub rounds_max: usize,
}

impl Default for CommunityConfig {
    fn default() -> Self {
        Self { resolution: 1.0, seed: 0, rounds_max: 32 }
    }
}

/// An undirected graph with weights.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weighted {
    starts: Vec<u32>,
    ends: Vec<(u32, f64)>,
    /// What each node has within itself, counted from both ends.
    own: Vec<f64>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Communities {
    /// The community of each node, numbered from 0 in the order of their first nodes.
    pub of: Vec<u32>,
    /// How many there are.
    pub count: usize,
    /// Modularity at the resolution that was asked for.
    pub modularity: f64,
}

impl Weighted {
    /// A graph of `nodes` nodes; an edge that comes twice weighs twice.
    pub fn new(nodes: usize, edges: &[(u32, u32, f64)]) -> Self {
        let mut own = vec![0.0; nodes];
        let mut both: Vec<(u32, u32, f64)> = Vec::with_capacity(2 * edges.len());
        for &(a, b, weight) in edges {
            if a == b {
                own[a as usize] += 2.0 * weight;
            } else {
                both.extend([(a, b, weight), (b, a, weight)]);
            }
        }
        both.sort_by_key(|&(from, to, _)| (from, to));
        let mut starts = vec![0_u32; nodes + 1];
        let mut ends: Vec<(u32, f64)> = Vec::with_capacity(both.len());
        for run in both.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            starts[run[0].0 as usize + 1] += 1;
            ends.push((run[0].1, run.iter().map(|(_, _, weight)| weight).sum()));
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        Self { starts, ends, own }
    }

    /// How good a division is: modularity.
    pub fn modularity(&self, of: &[u32], resolution: f64) -> f64 {
        let communities = of.iter().max().map_or(0, |max| *max as usize + 1);
        let (mut inside, mut degrees) = (vec![0.0; communities], vec![0.0; communities]);
        for node in 0..self.len() {
            let community = of[node] as usize;
            degrees[community] += self.degree(node);
            inside[community] += self.own[node];
            let within = self.neighbours(node).iter().filter(|(other, _)| of[*other as usize] == of[node]);
            inside[community] += within.map(|(_, weight)| weight).sum::<f64>();
        }
        let all: f64 = degrees.iter().sum();
        if all == 0.0 {
            return 0.0;
        }
        let of_one = |(inside, degree): (&f64, &f64)| inside / all - resolution * (degree / all).powi(2);
        inside.iter().zip(&degrees).map(of_one).sum()
    }

    fn len(&self) -> usize {
        self.own.len()
    }

    fn neighbours(&self, node: usize) -> &[(u32, f64)] {
        &self.ends[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    fn degree(&self, node: usize) -> f64 {
        self.own[node] + self.neighbours(node).iter().map(|(_, weight)| weight).sum::<f64>()
    }

    /// The graph whose nodes are the parts of this one.
    fn aggregate(&self, part: &[u32], parts: usize) -> Self {
        let mut edges = Vec::with_capacity(self.ends.len() / 2);
        let mut own = vec![0.0; parts];
        for node in 0..self.len() {
            own[part[node] as usize] += self.own[node];
            for &(other, weight) in self.neighbours(node) {
                let (a, b) = (part[node], part[other as usize]);
                if a == b {
                    own[a as usize] += weight;
                } else if a < b {
                    edges.push((a, b, weight));
                }
            }
        }
        let mut whole = Self::new(parts, &edges);
        whole.own = own;
        whole
    }
}

/// Finds communities.
pub fn communities(graph: &Weighted, config: &CommunityConfig) -> Communities {
    let mut random = Random(config.seed ^ 0x9e37_79b9_7f4a_7c15);
    let all: f64 = (0..graph.len()).map(|node| graph.degree(node)).sum();
    // The part of the graph of this round that each node of the first graph is in.
    let mut place: Vec<u32> = (0..graph.len() as u32).collect();
    let mut whole = graph.clone();
    let mut community: Vec<u32> = place.clone();
    for _ in 0..config.rounds_max {
        let mut state = State::new(&whole, community, all, config.resolution);
        state.move_nodes(&mut random);
        let (moved, count) = renumber(&state.community);
        community = moved;
        if count == whole.len() {
            break;
        }
        let (part, parts) = renumber(&refine(&whole, &community, all, config.resolution, &mut random));
        if parts == whole.len() {
            break;
        }
        let mut community_of_part = vec![0; parts];
        part.iter().zip(&community).for_each(|(part, of)| community_of_part[*part as usize] = *of);
        place.iter_mut().for_each(|at| *at = part[*at as usize]);
        whole = whole.aggregate(&part, parts);
        community = community_of_part;
    }
    let (of, count) = renumber(&place.iter().map(|at| community[*at as usize]).collect::<Vec<u32>>());
    let modularity = graph.modularity(&of, config.resolution);
    Communities { of, count, modularity }
}

/// A division in the making.
struct State<'a> {
    graph: &'a Weighted,
    community: Vec<u32>,
    /// Sum of the degrees of each community.
    degrees: Vec<f64>,
    degree: Vec<f64>,
    /// Sum of all degrees, over the resolution.
    scale: f64,
    /// How much a node is tied to each community; zero but for those in `near`.
    tied: Vec<f64>,
    near: Vec<u32>,
}

impl<'a> State<'a> {
    fn new(graph: &'a Weighted, community: Vec<u32>, all: f64, resolution: f64) -> Self {
        let degree: Vec<f64> = (0..graph.len()).map(|node| graph.degree(node)).collect();
        let mut degrees = vec![0.0; graph.len()];
        community.iter().zip(&degree).for_each(|(of, degree)| degrees[*of as usize] += degree);
        let scale = all.max(f64::MIN_POSITIVE) / resolution;
        let tied = vec![0.0; graph.len()];
        Self { graph, community, degrees, degree, scale, tied, near: Vec::new() }
    }

    /// Moves nodes to the community that gains most, until no move gains anything.
    fn move_nodes(&mut self, random: &mut Random) {
        let mut queue: VecDeque<u32> = random.order(self.graph.len()).into();
        let mut queued = vec![true; self.graph.len()];
        // Each move gains; the bound only guards against endless rounding.
        let mut visits = 200_usize.saturating_mul(self.graph.len().max(1));
        while let Some(node) = queue.pop_front() {
            queued[node as usize] = false;
            visits -= 1;
            if visits == 0 {
                return;
            }
            let from = self.community[node as usize];
            let to = self.best(node as usize, |_, _| true);
            if to == from {
                continue;
            }
            self.put(node as usize, to);
            for &(other, _) in self.graph.neighbours(node as usize) {
                if self.community[other as usize] != to
                    && !std::mem::replace(&mut queued[other as usize], true)
                {
                    queue.push_back(other);
                }
            }
        }
    }

    /// The neighbouring community, of those allowed, where the node gains most; its own if none is better.
    fn best(&mut self, node: usize, allowed: impl Fn(u32, f64) -> bool) -> u32 {
        let own = self.community[node];
        for &(other, weight) in self.graph.neighbours(node) {
            let of = self.community[other as usize];
            if self.tied[of as usize] == 0.0 {
                self.near.push(of);
            }
            self.tied[of as usize] += weight;
        }
        let degree = self.degree[node];
        let gain = |of: u32, degrees: f64| self.tied[of as usize] - degree * degrees / self.scale;
        let mut best = (gain(own, self.degrees[own as usize] - degree), own);
        for &of in &self.near {
            let here = gain(of, self.degrees[of as usize]);
            // A hair more than equal: else rounding would move nodes to and fro.
            let better = here > best.0 + 1e-12 || (here > best.0 - 1e-12 && best.1 != own && of < best.1);
            if of != own && better && allowed(of, self.degrees[of as usize]) {
                best = (here, of);
            }
        }
        for of in self.near.drain(..) {
            self.tied[of as usize] = 0.0;
        }
        best.1
    }

    fn put(&mut self, node: usize, to: u32) {
        let from = std::mem::replace(&mut self.community[node], to);
        self.degrees[from as usize] -= self.degree[node];
        self.degrees[to as usize] += self.degree[node];
    }
}

/// Divides each community into parts that hang together: every node starts alone, and one that is well tied
/// to its community joins the part of it that gains most.
fn refine(graph: &Weighted, community: &[u32], all: f64, resolution: f64, random: &mut Random) -> Vec<u32> {
    let alone: Vec<u32> = (0..graph.len() as u32).collect();
    let mut state = State::new(graph, alone, all, resolution);
    let mut total = vec![0.0; graph.len()];
    community.iter().zip(&state.degree).for_each(|(of, degree)| total[*of as usize] += degree);
    // How much each part is tied to the rest of its community.
    let mut outward: Vec<f64> = (0..graph.len())
        .map(|node| {
            let within = graph.neighbours(node).iter();
            within.filter(|(other, _)| community[*other as usize] == community[node]).map(|(_, w)| w).sum()
        })
        .collect();
    let well_tied = |outward: f64, degrees: f64, total: f64, scale: f64| {
        outward >= degrees * (total - degrees) / scale - 1e-12
    };
    let mut size = vec![1_u32; graph.len()];
    for node in random.order(graph.len()) {
        let at = node as usize;
        let of = community[at];
        let part = state.community[at];
        if size[part as usize] != 1
            || !well_tied(outward[at], state.degree[at], total[of as usize], state.scale)
        {
            continue;
        }
        let scale = state.scale;
        let to = state.best(at, |part, degrees| {
            let tied = || well_tied(outward[part as usize], degrees, total[of as usize], scale);
            community[part as usize] == of && tied()
        });
        if to == part {
            continue;
        }
        let between: f64 = graph
            .neighbours(at)
            .iter()
            .filter(|(other, _)| state.community[*other as usize] == to)
            .map(|(_, weight)| weight)
            .sum();
        outward[to as usize] += outward[at] - 2.0 * between;
        size[to as usize] += 1;
        size[part as usize] = 0;
        state.put(at, to);
    }
    state.community
}

/// The same division with communities numbered from 0 in the order of their first nodes.
fn renumber(of: &[u32]) -> (Vec<u32>, usize) {
    let mut numbers = vec![u32::MAX; of.iter().max().map_or(0, |max| *max as usize + 1)];
    let mut count = 0;
    let renumbered = of
        .iter()
        .map(|&old| {
            if numbers[old as usize] == u32::MAX {
                numbers[old as usize] = count;
                count += 1;
            }
            numbers[old as usize]
        })
        .collect();
    (renumbered, count as usize)
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The numbers below `n` in a random order (Fisher and Yates).
    fn order(&mut self, n: usize) -> Vec<u32> {
        let mut order: Vec<u32> = (0..n as u32).collect();
        for at in (1..n).rev() {
            order.swap(at, (self.next() % (at as u64 + 1)) as usize);
        }
        order
    }
}
