//! The arguments of `sources`.

use clap::Subcommand;

/// Show where reports came from, and say whom a source belongs to
#[derive(Debug, clap::Args)]
pub(crate) struct Sources {
    #[command(subcommand)]
    pub(crate) action: SourcesAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SourcesAction {
    /// List the sources in order of name, each with the organisation that it belongs to
    List {
        /// How many at most
        #[arg(long, value_name = "COUNT", default_value_t = 200)]
        limit: u32,
        /// Only those after this one: to go on where a list ended
        #[arg(long, value_name = "SOURCE")]
        after: Option<String>,
    },
    /// Say whom a source belongs to, or that it belongs to nobody
    #[command(
        after_help = "What a source of an organisation brings marked AMBER+STRICT or RED is seen only by people of that organisation, or cleared for it by name (`forewarn users change NAME --cleared-for ORGANISATION`), and never goes out. It holds at once, also for what the source brought before.\n\nExample:\n  forewarn sources own hotline.csv --organisation \"NGO Lima\""
    )]
    Own {
        /// The name of the source, as `forewarn sources list` shows it; it may be one that nothing came from yet
        source: String,
        /// The organisation, as users have it
        #[arg(long, value_name = "NAME", required_unless_present = "nobody", conflicts_with = "nobody")]
        organisation: Option<String>,
        /// It belongs to nobody: markings alone decide
        #[arg(long)]
        nobody: bool,
    },
}
