//! Prints what the watch would have said on the bundled timeline, and how good that was:
//! `cargo run --release -p forewarn-watch --example evaluate [-- KIND…]`.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "an example prints, and ends where its data is wrong"
)]

#[path = "../tests/common/mod.rs"]
mod common;

use forewarn_watch::{Config, evaluation, replay};

/// The last day that settings were chosen on, and the last day of the bundled timeline.
const SPLIT: [&str; 2] = ["2023-12-31", "2024-12-31"];

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
            "\nhubs by {until}: country, first coercive report, alarm, delay in days, rank, events, publishers"
        );
        for outcome in evaluation::evaluate(&incidents, &config, until).outcomes {
            println!(
                "{} {} {:10} {:>5} {:>3} {:>3} {:>3} {}",
                outcome.hub,
                outcome.first_known,
                outcome.alarmed_on.map(|day| day.to_string()).unwrap_or_default(),
                outcome.delay_days().map(|days| days.to_string()).unwrap_or_default(),
                outcome.rank.map(|rank| rank.to_string()).unwrap_or_default(),
                outcome.events,
                outcome.publishers,
                if outcome.is_confirmed() { "confirmed" } else { "" },
            );
        }
        println!(
            "\nrecurrence days: alarms, confirmed found, median delay, precision at 10, null alarms a year (allowed)"
        );
        let thresholds = [30.0, 90.0, 180.0, 365.0, 540.0, 730.0, 1095.0, 1460.0, 2190.0, 3650.0];
        for point in evaluation::curve(&incidents, &config, until, &thresholds) {
            let setting = Config { recurrence_days: point.recurrence_days, ..config.clone() };
            let null = evaluation::null_alarms_per_year(&incidents, &setting, until, 7, 20);
            let evaluation = point.evaluation;
            println!(
                "{:>6}: {:>2} alarms, {} of {}, {:>6} days, {:.2}, {:.2} ({:.2})",
                point.recurrence_days,
                evaluation.alarms,
                evaluation.found,
                evaluation.confirmed,
                evaluation.median_delay_days.map(|days| days.to_string()).unwrap_or_default(),
                evaluation.precision_at_10,
                null,
                365.25 / point.recurrence_days,
            );
        }
    }
}
