//! How good the watch is on incidents whose outcome is known.

use forewarn_model::{Date, Incident};
use forewarn_watch::Config;
use forewarn_watch::evaluation::{self, Evaluation, Point, RULES, Rule};
use forewarn_watch::null::{self, Counts, Rate};
use rayon::prelude::*;

/// The thresholds of the curve, in days.
pub const THRESHOLDS: [f64; 7] = [90.0, 180.0, 365.0, 730.0, 1095.0, 1460.0, 3650.0];

/// The default setting was chosen on what was known until the end of this day. What came later was seen by those
/// who designed the watch, so it is a check and not a blind test.
pub const CHOSEN_UNTIL: &str = "2023-12-31";

/// The figures at the end of one day.
#[derive(Debug, Clone)]
pub struct Slice {
    /// The last day of the replay.
    pub until: Date,
    /// Whether it ends after the day that the setting was chosen on.
    pub is_later: bool,
    /// The curve, with alarms a year of each kind under the null.
    pub curve: Vec<(Point, Vec<Rate>)>,
    /// The simple rules.
    pub rules: Vec<(Rule, Evaluation)>,
    /// The setting in use.
    pub setting: Evaluation,
}

/// Replays until each day that tells a different story: the one that the setting was chosen on, if it lies before
/// `until`, and `until`. `runs` histories of the null are drawn from `seed`, on all cores.
pub fn run(incidents: &[Incident], config: &Config, until: Date, seed: u64, runs: u32) -> Vec<Slice> {
    let chosen: Option<Date> = CHOSEN_UNTIL.parse().ok();
    let days = chosen.filter(|chosen| *chosen < until).into_iter().chain([until]);
    let slice = |until: Date| {
        let history = |run| null::history(incidents, config, until, &THRESHOLDS, seed, run);
        let histories: Vec<Counts> = (0..runs).into_par_iter().map(history).collect();
        let rates = null::summary(incidents, until, THRESHOLDS.len(), &histories);
        let points = evaluation::curve(incidents, config, until, &THRESHOLDS);
        Slice {
            until,
            is_later: chosen.is_some_and(|chosen| until > chosen),
            curve: points.into_iter().zip(rates).collect(),
            rules: RULES.iter().map(|rule| (*rule, evaluation::baseline(incidents, rule, until))).collect(),
            setting: evaluation::evaluate(incidents, config, until),
        }
    };
    days.map(slice).collect()
}
