//! How far the figures of the watch depend on single reports: 100 times the bundled timeline with something
//! changed, and the spread of what comes out: `cargo run --release -p forewarn-watch --example robustness`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "an example prints, and ends where its data is wrong"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use forewarn_model::date::add_days;
use forewarn_model::{Incident, PartialDate};
use forewarn_watch::{Config, evaluation};

const RUNS: u64 = 100;
/// Tuning ended with 2023; the slices before it show what was found with less.
const UNTIL: [&str; 4] = ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"];
const THRESHOLDS: [f64; 4] = [365.0, 730.0, 1095.0, 1460.0];

/// A linear congruential generator (Knuth's MMIX): good enough to drop rows.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn fifth_dropped(mut all: Vec<Incident>, draw: &mut Draw) -> Vec<Incident> {
    all.retain(|_| draw.below(5) > 0);
    all
}

fn told_later(mut all: Vec<Incident>, draw: &mut Draw) -> Vec<Incident> {
    for incident in &mut all {
        let later = add_days(incident.known_from.latest(), draw.below(61) as i32);
        incident.known_from = PartialDate::day(later);
    }
    all
}

fn publishers_merged(mut all: Vec<Incident>, draw: &mut Draw) -> Vec<Incident> {
    let salt = draw.below(1 << 30);
    for incident in &mut all {
        let sum: u64 = incident.publication.publisher.bytes().map(u64::from).sum();
        incident.publication.publisher = format!("group {}", (sum ^ salt) % 40);
        incident.publication.url = format!("https://group{}.example/", (sum ^ salt) % 40);
    }
    all
}

fn all_of_it(all: Vec<Incident>, draw: &mut Draw) -> Vec<Incident> {
    let all = fifth_dropped(all, draw);
    let all = told_later(all, draw);
    publishers_merged(all, draw)
}

type Change = fn(Vec<Incident>, &mut Draw) -> Vec<Incident>;

fn main() {
    let incidents = common::timeline();
    let changes: [(&str, Change); 4] = [
        ("a fifth of rows dropped", fifth_dropped),
        ("told up to 60 days later", told_later),
        ("merged into 40 publishers", publishers_merged),
        ("all three", all_of_it),
    ];
    println!("median [5 %, 95 %] of {RUNS} runs; median delay, confirmed found, hub alarms, worst rank");
    for until in UNTIL {
        for days in THRESHOLDS {
            for (name, change) in &changes {
                let mut draw = Draw(1);
                let config = Config { recurrence_days: days, ..Config::default() };
                let mut columns: [Vec<f64>; 4] = Default::default();
                for _ in 0..RUNS {
                    let changed = change(incidents.clone(), &mut draw);
                    let found = evaluation::evaluate(&changed, &config, until.parse().unwrap());
                    let confirmed = || found.outcomes.iter().filter(|outcome| outcome.is_confirmed());
                    let worst = confirmed().map(|o| o.rank.unwrap_or(99)).max().unwrap_or(0);
                    columns[0].push(found.median_delay_days.unwrap_or(f64::INFINITY));
                    columns[1].push(found.found as f64 / found.confirmed.max(1) as f64);
                    columns[2].push(found.alarms as f64);
                    columns[3].push(worst as f64);
                }
                let spread: Vec<String> = columns
                    .iter_mut()
                    .map(|column| {
                        column.sort_by(f64::total_cmp);
                        format!("{:.2} [{:.2}, {:.2}]", column[50], column[5], column[95])
                    })
                    .collect();
                println!("{until} {days:>5} {name:26} {}", spread.join("  "));
            }
        }
    }
}
