//! How good the watch is on incidents whose outcome is known.

use forewarn_model::{Date, Incident};
use forewarn_watch::Config;
use forewarn_watch::evaluation::{self, Evaluation, Point, RULES, Rule};
use forewarn_watch::null::{self, Rate};

/// The thresholds of the curve, in days.
pub const THRESHOLDS: [f64; 7] = [90.0, 180.0, 365.0, 730.0, 1095.0, 1460.0, 3650.0];

/// Settings were chosen on what was known until the end of this day; what comes later is held out.
pub const TUNED_UNTIL: &str = "2023-12-31";

/// The figures at the end of one day.
#[derive(Debug, Clone)]
pub struct Slice {
    /// The last day of the replay.
    pub until: Date,
    /// Whether it ends after the day that settings were chosen on.
    pub held_out: bool,
    /// The curve, with alarms a year of each kind under the null.
    pub curve: Vec<(Point, Vec<Rate>)>,
    /// The simple rules.
    pub rules: Vec<(Rule, Evaluation)>,
    /// The setting in use.
    pub setting: Evaluation,
}

/// Replays until each day that tells a different story: the end of tuning, if it lies before `until`, and
/// `until`. `runs` histories of the null are drawn from `seed`.
pub fn run(incidents: &[Incident], config: &Config, until: Date, seed: u64, runs: u32) -> Vec<Slice> {
    let tuned: Option<Date> = TUNED_UNTIL.parse().ok();
    let days = tuned.filter(|tuned| *tuned < until).into_iter().chain([until]);
    let slice = |until: Date| {
        let rates = null::rates(incidents, config, until, &THRESHOLDS, seed, runs);
        let points = evaluation::curve(incidents, config, until, &THRESHOLDS);
        Slice {
            until,
            held_out: tuned.is_some_and(|tuned| until > tuned),
            curve: points.into_iter().zip(rates).collect(),
            rules: RULES.iter().map(|rule| (*rule, evaluation::baseline(incidents, rule, until))).collect(),
            setting: evaluation::evaluate(incidents, config, until),
        }
    };
    days.map(slice).collect()
}
