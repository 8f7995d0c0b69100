//! The arguments of `ingest`, and the limits of every input.

use std::path::PathBuf;

use forewarn_app::collect::Format;
use forewarn_app::model::{Grading, ReportKind, Tlp};

/// Take reports into the store
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn ingest ads.jsonl.gz chats.csv\n  forewarn ingest --map text=description,title=title jobs.csv\n  zcat ads.jsonl.gz | forewarn ingest --format jsonl -\n  forewarn ingest --kind news article.txt\n  forewarn ingest --as observables --map domain=site,wallet=address --source \"a list\" --grading B2 sites.csv\n\nKilled at any instant and started again with the same input, it neither loses nor doubles anything."
)]
pub(crate) struct Ingest {
    /// Files: .csv, .jsonl, .txt, also .gz and .zst; .parquet; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The format, where the name does not tell: csv, jsonl, parquet, text
    #[arg(long)]
    pub(crate) format: Option<Format>,
    /// Which column holds which field: text=description,title=title; with --as observables:
    /// domain=host,wallet=address,published_at=day
    #[arg(long, value_name = "FIELD=COLUMN,…", default_value = "")]
    pub(crate) map: String,
    /// What the records are: reports, or observables (each row lists identifiers that belong together)
    #[arg(long = "as", value_name = "WHAT", default_value = "reports", value_parser = ["reports", "observables"])]
    pub(crate) what: String,
    /// What the reports are, unless they say so: job_ad, chat, scam_report, testimony, news, advisory
    /// [default: job_ad; scam_report with --as observables]
    #[arg(long)]
    pub(crate) kind: Option<ReportKind>,
    /// Who may see them, unless they say so: CLEAR, GREEN, AMBER, AMBER+STRICT, RED
    #[arg(long, default_value = "AMBER")]
    pub(crate) tlp: Tlp,
    /// How far to trust them, unless they say so: A1 to F6
    #[arg(long, default_value = "F6")]
    pub(crate) grading: Grading,
    /// The name of the source [default: the file's name]
    #[arg(long)]
    pub(crate) source: Option<String>,
    /// Take in only; read and assess later
    #[arg(long)]
    pub(crate) no_assess: bool,
    /// Write a line of JSON for each batch that is safely on the disk
    #[arg(long)]
    pub(crate) acks: bool,
    /// How many reports go into one transaction
    #[arg(long, value_name = "COUNT", default_value_t = 1_000)]
    pub(crate) batch_count_max: usize,
    /// How many refusals are listed; all are counted
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub(crate) problems_kept_max: usize,
    #[command(flatten)]
    pub(crate) limits: InputLimits,
}

/// Limits of reading
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct InputLimits {
    /// A whole input after decompression, in bytes
    #[arg(long, value_name = "BYTES")]
    pub(crate) input_bytes_max: Option<u64>,
    /// One line, in bytes
    #[arg(long, value_name = "BYTES", alias = "max-line-bytes")]
    pub(crate) line_bytes_max: Option<usize>,
    /// One record, in bytes
    #[arg(long, value_name = "BYTES")]
    pub(crate) record_bytes_max: Option<usize>,
    /// How many times larger an input may become when decompressed
    #[arg(long, value_name = "TIMES")]
    pub(crate) ratio_max: Option<u64>,
    /// How deep JSON may nest
    #[arg(long, value_name = "LEVELS")]
    pub(crate) json_depth_max: Option<usize>,
    /// How many records are read from one input
    #[arg(long, value_name = "COUNT")]
    pub(crate) records_max: Option<u64>,
}
