//! How long it takes to load the model and to assess an offer of about 1.3 kB, for `docs/benchmarks.md`.
//!
//! ```text
//! cargo run --release -p forewarn-assess --example assess_speed -- fixtures/offers/*.jsonl
//! ```
//!
//! Offers are joined and cut at 1.3 kB. The fastest of many short runs is printed, and the median: on a busy
//! machine the first is nearer to what the code costs.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a developer's tool"
)]

use std::time::{Duration, Instant};

use forewarn_assess::Model;
use forewarn_extract::Extractor;
use forewarn_rules::Pack;

const BYTES: usize = 1300;
const RUNS: usize = 300;

fn main() {
    let load = fastest(30, || drop(Model::builtin().unwrap()));
    println!("load the model: {:.2} ms (median {:.2})", millis(load.0), millis(load.1));
    let (model, extractor) = (Model::builtin().unwrap(), Extractor::builtin().unwrap());
    let pack = Pack::builtin().map_err(|found| found.len()).unwrap();
    let mut texts = vec![String::new()];
    for file in std::env::args().skip(1) {
        for line in std::fs::read_to_string(file).unwrap().lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            for c in row["text"].as_str().unwrap().chars().chain(['\n']) {
                let last = texts.last_mut().unwrap();
                last.push(c);
                if last.len() >= BYTES {
                    texts.push(String::new());
                }
            }
        }
    }
    texts.pop();
    let read: Vec<_> = texts
        .iter()
        .map(|text| {
            let facts = extractor.extract_text(text).0;
            let indicators = pack.find(&facts.normalized, &facts);
            (text, facts, indicators)
        })
        .collect();
    let mean = texts.iter().map(String::len).sum::<usize>() / texts.len().max(1);
    let times: Vec<(Duration, Duration)> = read
        .iter()
        .map(|(text, facts, indicators)| fastest(RUNS, || drop(model.assess(text, facts, indicators))))
        .collect();
    let micros = |which: fn(&(Duration, Duration)) -> Duration| {
        times.iter().map(|pair| which(pair).as_secs_f64() * 1e6).sum::<f64>() / times.len() as f64
    };
    println!(
        "assess {} offers of {mean} bytes: {:.2} µs an offer (median {:.2})",
        texts.len(),
        micros(|pair| pair.0),
        micros(|pair| pair.1)
    );
}

fn fastest(runs: usize, mut work: impl FnMut()) -> (Duration, Duration) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    (times[0], times[runs / 2])
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
