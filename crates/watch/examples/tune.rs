//! scratch
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "scratch")]
#[path = "../tests/common/mod.rs"]
mod common;
use forewarn_watch::{Config, evaluation, replay};
fn main() {
    let incidents = common::timeline();
    let runs: u32 = std::env::args().nth(1).and_then(|t| t.parse().ok()).unwrap_or(0);
    let config = Config::default();
    if runs == 0 {
        let mut n = std::collections::BTreeMap::new();
        for alarm in replay(&incidents, &config, "2024-12-31".parse().unwrap()) {
            *n.entry(alarm.kind.as_str()).or_insert(0) += 1;
            if matches!(alarm.kind.as_str(), "hub" | "region" | "acceleration" | "displacement") {
                println!("{} {:12} {:7} score {:.2} every {:>7.0} days, {} sources, {} events", alarm.raised_on, alarm.kind.as_str(), alarm.subject.to_string(), alarm.score, alarm.recurrence_interval_days, alarm.sources, alarm.events.len());
            }
        }
        println!("{n:?}");
        return;
    }
    let ts = [180.0, 365.0, 730.0, 1095.0, 1460.0];
    for until in ["2023-12-31", "2024-12-31"] {
        let u = until.parse().unwrap();
        for (t, rates) in ts.iter().zip(forewarn_watch::null::rates(&incidents, &config, u, &ts, 7, runs)) {
            let e = evaluation::evaluate(&incidents, &Config { recurrence_days: *t, ..config.clone() }, u);
            println!("{until} {t} {} alarms {}/{} {:?} allowed {:.2}: {}", e.alarms, e.found, e.confirmed, e.median_delay_days, 365.25 / t, rates.iter().map(|r| format!("{} {:.2}±{:.2}", r.kind.as_str(), r.per_year, r.error)).collect::<Vec<_>>().join(", "));
        }
    }
}
