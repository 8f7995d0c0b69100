//! The arguments of `demo` and `serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Tell the whole story on the input that ships inside, from reports to a signed warning
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  forewarn demo\n  forewarn demo --no-serve --data /tmp/d --out /tmp/o")]
pub(crate) struct Demo {
    /// Where the notice, the alarms and the campaigns are written
    #[arg(long, value_name = "DIR", default_value = "demo-out")]
    pub(crate) out: PathBuf,
    /// End when the files are written; open no page
    #[arg(long)]
    pub(crate) no_serve: bool,
    /// Where the page listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    pub(crate) listen: SocketAddr,
}

/// Open the pages in a browser on this machine
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn serve\n  forewarn serve --check-only --listen 0.0.0.0:8080\n\nOn the signal SIGHUP the rules are read again; the old ones stay if the new ones are wrong."
)]
pub(crate) struct Serve {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    pub(crate) listen: SocketAddr,
    /// Serve only the public page for job seekers; needs no data folder
    #[arg(long)]
    pub(crate) check_only: bool,
    #[command(flatten)]
    pub(crate) limits: ServeLimits,
}

/// Limits of the public page
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct ServeLimits {
    /// One offer, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 65_536)]
    pub(crate) text_bytes_max: usize,
    /// How many offers wait or are read at a time; further ones are asked to come again
    #[arg(long, value_name = "COUNT", default_value_t = 64)]
    pub(crate) waiting_count_max: usize,
}
