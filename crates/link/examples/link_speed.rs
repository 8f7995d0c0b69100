//! How long it takes to build a graph of invented reports, how much memory, and one step of a node.
//!
//! `cargo run --release -p forewarn-link --example link_speed -- 1000000 3`: reports, identifiers in each.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark reads the clock, prints, and may panic"
)]

use std::hint::black_box;
use std::time::Instant;

use forewarn_link::{Aim, Builder, CommunityConfig, Config, Node, WarningLists, Wrong, synthetic};

fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<usize>().unwrap());
    let reports = arguments.next().unwrap_or(1_000_000);
    let values_per_report = arguments.next().unwrap_or(3);
    let recipe = synthetic::Recipe { reports, values_per_report, ..synthetic::Recipe::default() };
    let start = Instant::now();
    for number in 0..reports {
        black_box(synthetic::report(&recipe, number));
    }
    let inventing = start.elapsed();
    let start = Instant::now();
    let mut builder = Builder::new(Config::default());
    (0..reports).for_each(|number| builder.add(&synthetic::report(&recipe, number)));
    let adding = start.elapsed().saturating_sub(inventing);
    let start = Instant::now();
    let graph = builder.build(&WarningLists::builtin().unwrap(), &Wrong::default());
    let building = start.elapsed();
    println!(
        "{reports} reports: {} nodes, {} edges, {} common",
        graph.nodes_len(),
        graph.edges_len(),
        graph.common().len()
    );
    println!("add {adding:.2?}, build {building:.2?}, peak {} MiB", peak_mib());

    let step = (graph.nodes_len() / 10_000).max(1);
    let nodes: Vec<Node> = graph.nodes().step_by(step).collect();
    let mut times: Vec<f64> = nodes
        .iter()
        .map(|node| {
            let start = Instant::now();
            let found = graph.around(&[*node], 1, 5_000);
            let links: Vec<_> = graph.among(&found).into_iter().map(|edge| graph.link(edge)).collect();
            black_box(links);
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    tell("one step with its evidence", &mut times);
    let mut times: Vec<f64> = nodes
        .iter()
        .zip(nodes.iter().rev())
        .step_by(nodes.len().div_ceil(50))
        .map(|(from, to)| {
            let start = Instant::now();
            black_box(graph.path(*from, *to, Aim::Shortest));
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    tell("a shortest path", &mut times);
    let start = Instant::now();
    let components = graph.components();
    println!(
        "components: {}, the largest {} nodes, {:.2?}",
        components.len(),
        components[0].len(),
        start.elapsed()
    );
    let start = Instant::now();
    let parts = graph.parts(10_000, &CommunityConfig::default());
    println!("communities: {}, the largest {} nodes, {:.2?}", parts.len(), parts[0].len(), start.elapsed());
}

fn tell(what: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{what}: median {:.3} ms, 99 % {:.3} ms, worst {:.3} ms", at(0.5), at(0.99), at(1.0));
}

/// The largest share of memory that the process ever had (Linux).
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() / 1024
}
