//! The arguments of `check` and `read`.

use std::path::PathBuf;

use forewarn_app::collect::{Format, Mapping};
use forewarn_app::model::{Country, Language};

use crate::args::InputLimits;

/// Check one offer, or a file of many: what it looks like, what to ask, where to get help; nothing is stored
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn check offer.txt\n  pbpaste | forewarn check - --json\n  forewarn check offer.txt --lang vi --country PH\n  forewarn check offer.txt --reasons\n  forewarn check --jsonl ads.jsonl --out results.jsonl\n  forewarn check --jsonl ads.parquet --map text=description,id=ad_id --out results.jsonl.zst\n  zcat ads.csv.gz | forewarn check --jsonl --format csv - | jq .verdict\n\nThe fields of a result, and the answer to each kind of bad input: docs/formats.md"
)]
pub(crate) struct Check {
    /// A text file; with --jsonl a file of records: .jsonl, .csv, also .gz and .zst; .parquet; - for standard input
    #[arg(default_value = "-")]
    pub(crate) file: PathBuf,
    /// The language of the answer [default: the offer's]
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<Language>,
    /// The language of the offer, if you know it
    #[arg(long, value_name = "TAG")]
    pub(crate) text_lang: Option<Language>,
    /// The country that you live in, to list help there: KE, PH, …
    #[arg(long, value_name = "CODE", value_parser = country)]
    pub(crate) country: Option<Country>,
    /// Also show the score and its reasons
    #[arg(long)]
    pub(crate) reasons: bool,
    /// The input holds many records: write one line of JSON for each, in their order
    #[arg(long)]
    pub(crate) jsonl: bool,
    #[command(flatten)]
    pub(crate) stream: CheckStream,
    #[command(flatten)]
    pub(crate) limits: InputLimits,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Many records")]
pub(crate) struct CheckStream {
    /// Where the results go: .jsonl, also .gz and .zst; - for standard output
    #[arg(long, value_name = "FILE", default_value = "-", requires = "jsonl")]
    pub(crate) out: PathBuf,
    /// The format, where the name does not tell: csv, jsonl, parquet
    #[arg(long, requires = "jsonl")]
    pub(crate) format: Option<Format>,
    /// Which column holds which field: text=description,id=ad_id,title=title,lang=language
    #[arg(long, value_name = "FIELD=COLUMN,…", default_value = "", requires = "jsonl")]
    pub(crate) map: Mapping,
    /// The column of the text; the same as --map text=COLUMN
    #[arg(long, value_name = "COLUMN", requires = "jsonl")]
    pub(crate) text_field: Option<String>,
    /// The column of the id; the same as --map id=COLUMN
    #[arg(long, value_name = "COLUMN", requires = "jsonl")]
    pub(crate) id_field: Option<String>,
    /// How many records are read at the same time [default: one for each core]
    #[arg(long, value_name = "COUNT", requires = "jsonl")]
    pub(crate) threads: Option<std::num::NonZeroUsize>,
    /// How many refusals are listed; all are counted, and each stands in its line
    #[arg(long, value_name = "COUNT", default_value_t = 20, requires = "jsonl")]
    pub(crate) problems_kept_max: usize,
}

/// Read a news text: the claims on the trend that it makes; nothing is stored
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn read news.txt\n  forewarn read --json - < news.txt\n\nTo keep the claims for an analyst: forewarn ingest --kind news news.txt"
)]
pub(crate) struct Read {
    /// A text file; - for standard input
    pub(crate) file: PathBuf,
}

/// A country by its code, in capitals or not.
fn country(text: &str) -> Result<Country, String> {
    text.to_ascii_uppercase().parse().map_err(|error| format!("{error}"))
}
