//! The arguments of `misp`.

use std::path::PathBuf;

use clap::Subcommand;
use forewarn_app::model::{Date, Grading, Tlp};

/// Exchange with MISP: write a feed of what was issued, read the feeds and events of others
#[derive(Debug, clap::Args)]
pub(crate) struct Misp {
    #[command(subcommand)]
    pub(crate) action: MispAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MispAction {
    /// Write a feed into a folder: issued notices and campaigns as events, manifest and hashes
    #[command(
        after_help = "Example:\n  forewarn misp feed --out /srv/www/misp --tlp green\n\nGive the folder's address to a MISP server as a feed of the format \"MISP\"."
    )]
    Feed(FeedArgs),
    /// Take events in: identifiers become graded reports, incidents join the table
    #[command(
        after_help = "Examples:\n  forewarn misp import event.json\n  forewarn misp import feed/ --since 2025-01-01\n  forewarn misp import https://misp.example/feed/ --grading C3"
    )]
    Import(ImportArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct FeedArgs {
    /// The folder; the files of an earlier feed in it are replaced
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Only what changed on this day or later
    #[arg(long, value_name = "DAY")]
    pub(crate) since: Option<Date>,
    /// The most restricted marking that leaves: clear, green, amber, amber+strict, red
    #[arg(long, value_name = "TLP", default_value = "green")]
    pub(crate) tlp: Tlp,
    /// The organisation that sends the campaigns [default: that of the last notice]
    #[arg(long, value_name = "NAME")]
    pub(crate) issuer: Option<String>,
    /// At most so many campaigns, the largest first
    #[arg(long, value_name = "COUNT", default_value_t = 1_000)]
    pub(crate) campaigns_count_max: usize,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The file of an event, the folder of a feed, or its address
    pub(crate) source: String,
    /// Of a feed, only events that changed on this day or later
    #[arg(long, value_name = "DAY")]
    pub(crate) since: Option<Date>,
    /// How far to trust what says nothing of it: A1 to F6
    #[arg(long, default_value = "F6")]
    pub(crate) grading: Grading,
    /// The longest file, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 64 << 20)]
    pub(crate) file_bytes_max: u64,
    /// At most so many events of a feed, the newest first
    #[arg(long, value_name = "COUNT", default_value_t = 100_000)]
    pub(crate) events_count_max: usize,
    /// Identifiers of one event that still count as belonging together; longer lists tie nothing
    #[arg(long, value_name = "COUNT", default_value_t = 40)]
    pub(crate) together_count_max: usize,
    /// Allow addresses without TLS; only for tests on one machine
    #[arg(long, hide = true)]
    pub(crate) plain_http: bool,
}
