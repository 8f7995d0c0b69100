//! Asks the bundled timeline as of its last day, COUNT times (default 100); time it from outside:
//! `time cargo run --release -p forewarn-watch --example asof -- 100`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "an example prints, and ends where its data is wrong"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use forewarn_watch::{Config, as_of};

fn main() {
    let incidents = common::timeline();
    let count: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(100);
    let day = "2024-12-31".parse().unwrap();
    let alarms: usize = (0..count).map(|_| as_of(&incidents, &Config::default(), day).len()).sum();
    println!("{count} answers of {} alarms", alarms / count.max(1));
}
