//! Communities of graphs whose communities are known.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use forewarn_link::{CommunityConfig, Config, WarningLists, Weighted, Wrong, build, communities, synthetic};

/// The karate club of Zachary (1977), by pairs of members that met outside of it, counted from 1.
const KARATE: [(u32, u32); 78] = [
    (1, 2),
    (1, 3),
    (1, 4),
    (1, 5),
    (1, 6),
    (1, 7),
    (1, 8),
    (1, 9),
    (1, 11),
    (1, 12),
    (1, 13),
    (1, 14),
    (1, 18),
    (1, 20),
    (1, 22),
    (1, 32),
    (2, 3),
    (2, 4),
    (2, 8),
    (2, 14),
    (2, 18),
    (2, 20),
    (2, 22),
    (2, 31),
    (3, 4),
    (3, 8),
    (3, 9),
    (3, 10),
    (3, 14),
    (3, 28),
    (3, 29),
    (3, 33),
    (4, 8),
    (4, 13),
    (4, 14),
    (5, 7),
    (5, 11),
    (6, 7),
    (6, 11),
    (6, 17),
    (7, 17),
    (9, 31),
    (9, 33),
    (9, 34),
    (10, 34),
    (14, 34),
    (15, 33),
    (15, 34),
    (16, 33),
    (16, 34),
    (19, 33),
    (19, 34),
    (20, 34),
    (21, 33),
    (21, 34),
    (23, 33),
    (23, 34),
    (24, 26),
    (24, 28),
    (24, 30),
    (24, 33),
    (24, 34),
    (25, 26),
    (25, 28),
    (25, 32),
    (26, 32),
    (27, 30),
    (27, 34),
    (28, 34),
    (29, 32),
    (29, 34),
    (30, 33),
    (30, 34),
    (31, 33),
    (31, 34),
    (32, 33),
    (32, 34),
    (33, 34),
];

fn config(seed: u64) -> CommunityConfig {
    CommunityConfig { seed, ..CommunityConfig::default() }
}

#[test]
fn the_karate_club_falls_into_its_four_parts() {
    let edges: Vec<(u32, u32, f64)> = KARATE.iter().map(|(a, b)| (a - 1, b - 1, 1.0)).collect();
    let graph = Weighted::new(34, &edges);
    let best = (0..10).map(|seed| communities(&graph, &config(seed)).modularity).fold(0.0, f64::max);
    assert!(best >= 0.4197, "the best known division has 0.4198: {best}");
    for seed in 0..10 {
        let found = communities(&graph, &config(seed));
        assert!(found.modularity >= 0.41, "seed {seed}: {}", found.modularity);
        assert_eq!(found, communities(&graph, &config(seed)), "one seed gives one result");
    }
}

#[test]
fn a_ring_of_cliques_falls_into_its_cliques() {
    let (cliques, size) = (20_u32, 5_u32);
    let mut edges = Vec::new();
    for clique in 0..cliques {
        let first = clique * size;
        for a in 0..size {
            edges.extend((a + 1..size).map(|b| (first + a, first + b, 1.0)));
        }
        edges.push((first, (first + size + 1) % (cliques * size), 1.0));
    }
    let graph = Weighted::new((cliques * size) as usize, &edges);
    for seed in 0..5 {
        let found = communities(&graph, &config(seed));
        assert_eq!(found.count, cliques as usize);
        assert!((0..cliques * size).all(|node| found.of[node as usize] == node / size));
    }
}

#[test]
fn odd_graphs_have_answers() {
    let count =
        |nodes, edges: &[(u32, u32, f64)]| communities(&Weighted::new(nodes, edges), &config(1)).count;
    assert_eq!(count(0, &[]), 0);
    assert_eq!(count(3, &[]), 3);
    assert_eq!(count(1, &[(0, 0, 1.0)]), 1);
    assert_eq!(count(2, &[(0, 1, 1.0), (1, 0, 1.0)]), 1);
    assert_eq!(count(4, &[(0, 1, 0.5), (2, 3, 0.5), (2, 2, 0.1)]), 2);
}

#[test]
fn every_community_hangs_together() {
    let recipe = synthetic::Recipe { reports: 3_000, reports_per_value: 2, ..synthetic::Recipe::default() };
    let inputs: Vec<_> = (0..recipe.reports).map(|n| synthetic::report(&recipe, n)).collect();
    let graph = build(&inputs, &WarningLists::default(), &Wrong::default(), &Config::default());
    let components = graph.components();
    let parts = graph.parts(100, &config(3));
    let nodes = |parts: &[Vec<_>]| parts.iter().map(Vec::len).sum::<usize>();
    assert_eq!(nodes(&components), nodes(&parts));
    assert!(components[0].len() > 1_000 && parts[0].len() < components[0].len() / 3);
    for part in parts {
        let all: Vec<_> = part.iter().map(|node| (*node, 0)).collect();
        let mut reached = vec![part[0]];
        let mut at = 0;
        let edges = graph.among(&all);
        while at < reached.len() && part.len() < 300 {
            for edge in &edges {
                let (a, b) = graph.ends(*edge);
                for (here, there) in [(a, b), (b, a)] {
                    if here == reached[at] && !reached.contains(&there) {
                        reached.push(there);
                    }
                }
            }
            at += 1;
        }
        assert!(
            part.len() >= 300 || reached.len() == part.len(),
            "a part of {} nodes falls apart",
            part.len()
        );
    }
}
