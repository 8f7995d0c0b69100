//! The arguments of `watch`.

use std::path::PathBuf;

use clap::Subcommand;
use forewarn_app::model::{AlarmKind, Date};

/// Raise alarms from the incidents
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn watch\n  forewarn watch --replay --kind hub,region\n  forewarn watch --as-of 2023-03-01\n  forewarn watch --incidents incidents/timeline.csv --json\n  forewarn watch trend --as-of 2024-12-31\n  forewarn watch plot --out plots"
)]
pub(crate) struct Watch {
    #[command(subcommand)]
    pub(crate) action: Option<WatchAction>,
    #[command(flatten)]
    pub(crate) input: WatchInput,
    /// List every alarm on the day on which it sounds
    #[arg(long)]
    pub(crate) replay: bool,
    /// Only alarms of these kinds: hub, place, origin, route, region, acceleration, displacement
    #[arg(long, value_name = "KIND,…", value_delimiter = ',', value_parser = watch_kind)]
    pub(crate) kind: Vec<AlarmKind>,
    /// How many alarms of the ranking are shown; --json and --replay show all
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub(crate) count_max: usize,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WatchInput {
    /// Read this table or STIX bundle instead of the store; - for standard input
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) incidents: Option<PathBuf>,
    /// Answer as of this day, from nothing that became known later [default: the last day of the incidents]
    #[arg(long, global = true, value_name = "DAY")]
    pub(crate) as_of: Option<Date>,
    /// The false-alarm rate: chance alone raises at most one alarm of a kind in so many days
    #[arg(long, global = true, value_name = "DAYS")]
    pub(crate) recurrence_days: Option<f64>,
    /// What is watched: scam_centre (coerced workers), fraud_no_coercion, another variant, or all
    #[arg(long, global = true, value_name = "VARIANT", default_value = "scam_centre")]
    pub(crate) variant: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum WatchAction {
    /// Figures of the trend over time: hubs, origins and their diversity, regions, people
    Trend {
        /// How far apart the figures are: month, quarter, year
        #[arg(long, value_enum, default_value_t = StepArg::Year)]
        every: StepArg,
    },
    /// Write the map, the timeline, the epidemic curve and the curve of diversity as SVG files
    Plot {
        /// Where they are written
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum StepArg {
    Month,
    Quarter,
    Year,
}

fn watch_kind(text: &str) -> Result<AlarmKind, String> {
    AlarmKind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
        let names: Vec<&str> = AlarmKind::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("expected one of {}", names.join(", "))
    })
}
