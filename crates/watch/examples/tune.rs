//! scratch
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "scratch")]
#[path = "../tests/common/mod.rs"]
mod common;
use forewarn_watch::{Config, evaluation, replay};
fn main() {
    let incidents = common::timeline();
    let arg = |n: usize, d: f64| std::env::args().nth(n).and_then(|t| t.parse().ok()).unwrap_or(d);
    let mut config = Config { recurrence_days: 30.0, surges: false, ..Config::default() };
    config.noise_half_life_events = arg(1, config.noise_half_life_events);
    config.volume_half_life_days = arg(2, config.volume_half_life_days);
    let runs = arg(3, 0.0) as u32;
    for u in ["2024-12-31"] {
    for alarm in replay(&incidents, &config, u.parse().unwrap()) {
        if matches!(alarm.kind.as_str(), "hub" | "region") {
            println!("{} {:8} {:4} score {:.2} every {:>7.0} days, {} sources, {}", alarm.raised_on, alarm.kind.as_str(), alarm.subject.to_string(), alarm.score, alarm.recurrence_interval_days, alarm.sources, alarm.events.join(" "));
        }
    }}
    for until in ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"] {
        let until = until.parse().unwrap();
        for t in [180.0, 365.0, 730.0, 1095.0, 1460.0, 2190.0] {
            let setting = Config { recurrence_days: t, ..config.clone() };
            let e = evaluation::evaluate(&incidents, &setting, until);
            let null = if runs > 0 { evaluation::null_alarms_per_year(&incidents, &setting, until, 7, runs) } else { 0.0 };
            println!("{until} {t}: {} alarms, {}/{}, median {:?} ranks {:?} null {:.2} ({:.2}) false {:?}", e.alarms, e.found, e.confirmed, e.median_delay_days,
              e.outcomes.iter().filter(|o| o.is_confirmed()).map(|o| o.rank.unwrap_or(99)).collect::<Vec<_>>(), null, 365.25/t,
              e.outcomes.iter().filter(|o| !o.is_confirmed() && o.alarmed_on.is_some()).map(|o| o.hub.to_string()).collect::<Vec<_>>());
        }
    }
}
