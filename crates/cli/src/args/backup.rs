//! The arguments of `backup` and `restore`.

use std::path::PathBuf;

/// Write everything in the data folder into one file, while others work with it
#[derive(Debug, clap::Args)]
#[command(
    after_help = "It holds the database, keys/ (encrypted), packs/, warninglists/ and tls/. Keep it as you keep the data folder.\n\nExample:\n  forewarn backup --out /backup/forewarn-$(date +%F).tar.zst"
)]
pub(crate) struct Backup {
    /// The file; it must not exist
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// Make a data folder out of a backup
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  forewarn restore forewarn-2025-01-31.tar.zst --data /var/lib/forewarn")]
pub(crate) struct Restore {
    /// The backup
    pub(crate) file: PathBuf,
}
