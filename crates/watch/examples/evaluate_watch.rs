//! Prints what the watch would have said on the bundled timeline, and how good that was; `forewarn eval watch`
//! tells more, but takes longer to build: `cargo run --release -p forewarn-watch --example evaluate_watch [-- KIND…]`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "an example prints, and ends where its data is wrong"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use forewarn_watch::{Config, evaluation, null, replay};

/// The last day that the setting was chosen on, and the last day of the bundled timeline.
const SPLIT: [&str; 2] = ["2023-12-31", "2024-12-31"];
const THRESHOLDS: [f64; 6] = [180.0, 365.0, 730.0, 1095.0, 1460.0, 3650.0];
/// Simulated histories.
const RUNS: u32 = 200;

fn main() {
    let incidents = common::timeline();
    let config = Config::default();
    let kinds: Vec<String> = std::env::args().skip(1).collect();
    let until = SPLIT[1].parse().unwrap();
    for alarm in replay(&incidents, &config, until) {
        if kinds.is_empty() || kinds.iter().any(|kind| kind == alarm.kind.as_str()) {
            println!(
                "{} {:12} {:20} score {:.2} every {:>7.0} days, {} sources, {}",
                alarm.raised_on,
                alarm.kind.as_str(),
                alarm.subject.to_string(),
                alarm.score,
                alarm.recurrence_interval_days,
                alarm.sources,
                alarm.events.join(" "),
            );
        }
    }
    for until in SPLIT.map(|day| day.parse().unwrap()) {
        println!(
            "\nuntil {until}: days, alarms, found, median delay, precision at 10, alarms a year by chance"
        );
        let null = null::rates(&incidents, &config, until, &THRESHOLDS, 7, RUNS);
        let points = evaluation::curve(&incidents, &config, until, &THRESHOLDS);
        for (point, rates) in points.iter().zip(null) {
            let it = &point.evaluation;
            let by_chance: Vec<String> =
                rates.iter().map(|rate| format!("{} {:.2}", rate.kind.as_str(), rate.per_year)).collect();
            println!(
                "{:>6}: {:>2}, {} of {}, {:?}, {:.2}, allowed {:.2}: {}",
                point.recurrence_days,
                it.alarms,
                it.found,
                it.confirmed,
                it.median_delay_days,
                it.precision_at_10,
                365.25 / point.recurrence_days,
                by_chance.join(", "),
            );
        }
        for rule in &evaluation::RULES {
            let it = evaluation::baseline(&incidents, rule, until);
            println!(
                "{}: {}, {} of {}, {:?}",
                rule.name, it.alarms, it.found, it.confirmed, it.median_delay_days
            );
        }
    }
}
