//! The arguments of `train` and `eval`.

use std::path::PathBuf;

use clap::Subcommand;
use forewarn_app::model::Date;

#[derive(Debug, clap::Args)]
pub(crate) struct EvalWatch {
    /// The incidents [default: the timeline that ships inside]; - for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) incidents: Option<PathBuf>,
    /// The last day of the replay [default: the last day of the incidents]
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<Date>,
    /// The setting whose alarms are listed and explained
    #[arg(long, value_name = "DAYS")]
    pub(crate) recurrence_days: Option<f64>,
    /// Simulated histories in which nothing emerges
    #[arg(long, value_name = "COUNT", default_value_t = 200)]
    pub(crate) runs: u32,
    /// The seed of the simulation
    #[arg(long, default_value_t = 7)]
    pub(crate) seed: u64,
}

/// Train the model from the files that a manifest names with their checksums
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn train --out model-out\n  forewarn train --manifest fixtures/manifest.toml --out models/core\n\nThe same files and the same seed give the same weights, bit for bit. What the manifest holds out is not looked at:\nmeasure it with forewarn eval --manifest FILE --model DIR/weights.txt"
)]
pub(crate) struct Train {
    /// The manifest [default: the one inside the binary]
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
    /// Where weights.txt, signs.tsv, metrics.json and card.md are written
    #[arg(long, value_name = "DIR", default_value = "model-out")]
    pub(crate) out: PathBuf,
    /// Also write all examples as JSON Lines, with the part that each belongs to
    #[arg(long, value_name = "FILE")]
    pub(crate) examples: Option<PathBuf>,
    /// Decides how the examples are dealt into folds
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    /// The name of the model, with its version
    #[arg(long, value_name = "NAME", value_parser = one_word)]
    pub(crate) name: Option<String>,
}

/// Measure how good the answers are, against baselines, with 95 % intervals
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  forewarn eval\n  forewarn eval offers my-labelled.jsonl --json\n  forewarn eval offers ordinary-ads.jsonl --unlabelled legit"
)]
pub(crate) struct Eval {
    #[command(subcommand)]
    pub(crate) what: Option<EvalWhat>,
    #[command(flatten)]
    pub(crate) offers: EvalOffers,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EvalWhat {
    /// Offers: does one recruit into a scam centre? (what eval measures when nothing is named)
    Offers(EvalOffers),
    /// Ordinary job fraud, another crime, on EMSCAD's columns, by a learner of its own
    JobFraud(EvalJobFraud),
    /// The alarms of the watch against what became of each country, for each threshold
    #[command(
        after_help = "Examples:\n  forewarn eval watch\n  forewarn eval watch --incidents later.csv --until 2026-06-30 --json"
    )]
    Watch(EvalWatch),
}

/// Measure the side benchmark of ordinary job fraud
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn eval job-fraud --train train.csv\n  forewarn eval job-fraud --train train.csv --test dev.csv --json\n\nFigures are weighed to the 4.84 % of frauds that EMSCAD has as a whole."
)]
pub(crate) struct EvalJobFraud {
    /// A table to learn from: EMSCAD's columns, with fraudulent and group_id
    #[arg(long, value_name = "FILE")]
    pub(crate) train: PathBuf,
    /// A table to measure on [default: the first, out of fold]
    #[arg(long, value_name = "FILE")]
    pub(crate) test: Option<PathBuf>,
    /// How many resamples an interval rests on
    #[arg(long, value_name = "COUNT", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) resamples: u32,
    /// Decides folds and resamples
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
}

/// Measure the assessment of offers
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Labelled offers are JSON Lines with text, label (lure or legit) or is_lure, and where they exist id,\nlanguage, indicators, countries, campaign (offers that hang together)."
)]
pub(crate) struct EvalOffers {
    /// Labelled offers, .jsonl, or folders of such files [default: what is held out of the training data]
    #[arg(value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// What lines without a label are
    #[arg(long, value_name = "LABEL", value_enum)]
    pub(crate) unlabelled: Option<Label>,
    /// Another manifest [default: the one inside the binary]
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
    /// Other weights [default: those inside the binary]
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
    /// Share of lures among the offers that people ask about, for calibration [default: the model's]
    #[arg(long, value_name = "SHARE")]
    pub(crate) prevalence: Option<f64>,
    /// How many resamples an interval rests on
    #[arg(long, value_name = "COUNT", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) resamples: u32,
    /// Decides the resamples
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    /// List the lures without a warning and the others with one
    #[arg(long)]
    pub(crate) errors: bool,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Label {
    /// It recruits into a scam centre.
    Lure,
    /// It does not.
    Legit,
}

fn one_word(text: &str) -> Result<String, String> {
    match text.is_empty() || text.contains(char::is_whitespace) {
        true => Err("a name is one word, such as core-2".to_owned()),
        false => Ok(text.to_owned()),
    }
}
