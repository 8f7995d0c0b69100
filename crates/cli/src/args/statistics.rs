//! The arguments of `statistics`.

use std::path::PathBuf;

use forewarn_app::model::{Date, Dimension};

/// Count events in a form that may be published: small counts left out, or with noise
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn statistics --by hub,year --k 5 --out stats.csv\n  forewarn statistics --by hub --epsilon 1 --out stats.csv\n  forewarn statistics --past\nWith --epsilon every count has noise (differential privacy), paid for out of a budget for the whole data folder."
)]
pub(crate) struct Statistics {
    /// What to count by: hub, origin, kind, month, year
    #[arg(long, value_delimiter = ',', value_name = "LIST", required_unless_present = "past")]
    pub(crate) by: Vec<Dimension>,
    /// From this day
    #[arg(long, value_name = "DAY", default_value = "2020-01-01")]
    pub(crate) from: Date,
    /// Up to and with this day [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<Date>,
    /// Leave counts below this out
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    pub(crate) k: u64,
    /// Add noise: how much one event may show at most; without, counts are exact
    #[arg(long, value_name = "NUMBER")]
    pub(crate) epsilon: Option<f64>,
    /// In how many cells one event counts at most, where there is noise
    #[arg(long, value_name = "COUNT", default_value_t = 4)]
    pub(crate) cells_per_event_max: u32,
    /// The epsilon that all releases of this data folder may cost together
    #[arg(long, value_name = "NUMBER", default_value_t = 3.0, env = "FOREWARN_STATISTICS_BUDGET")]
    pub(crate) budget_epsilon: f64,
    /// Where the table is written; on standard output without
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Show what was released before, and what is left of the budget
    #[arg(long)]
    pub(crate) past: bool,
}
