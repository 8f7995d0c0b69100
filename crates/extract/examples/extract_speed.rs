//! Measures start-up and the time per ad: `cargo run --release --example extract_speed -- fixtures/offers/*.jsonl`.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![allow(clippy::print_stdout, reason = "an example speaks on standard output")]

use std::fs;
use std::hint::black_box;
use std::time::Instant;

use forewarn_extract::{Extractor, Gazetteer};
use serde_json::Value;

/// How often the ads are read, so that the figure is steady.
const ROUNDS: usize = 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    black_box(Gazetteer::builtin()?);
    println!("gazetteer {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    let extractor = Extractor::builtin()?;
    println!("extractor {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut texts = Vec::new();
    for path in std::env::args().skip(1) {
        for line in fs::read_to_string(path)?.lines() {
            let ad: Value = serde_json::from_str(line)?;
            texts.push(ad["text"].as_str().unwrap_or_default().to_owned());
        }
    }
    let start = Instant::now();
    black_box(extractor.extract_text(texts.first().map_or("", String::as_str)));
    println!("first text {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    for text in &texts {
        black_box(extractor.extract_text(text));
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let cpu_start = cpu_seconds();
    let start = Instant::now();
    for _ in 0..ROUNDS {
        for text in &texts {
            black_box(extractor.extract_text(text));
        }
    }
    // On a busy machine the time on the processor says more than the clock.
    let wall = start.elapsed().as_secs_f64();
    let seconds = cpu_start.zip(cpu_seconds()).map_or(wall, |(start, end)| end - start);
    let ads = (ROUNDS * texts.len()).max(1) as f64;
    println!(
        "{} ads of {} bytes: {:.1} µs an ad, {:.1} MB/s",
        texts.len(),
        bytes / texts.len().max(1),
        seconds / ads * 1e6,
        (ROUNDS * bytes) as f64 / seconds / 1e6
    );
    Ok(())
}

/// Seconds that this process has run, where Linux tells.
fn cpu_seconds() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
