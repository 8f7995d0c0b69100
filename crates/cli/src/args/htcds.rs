//! The arguments of `htcds`.

use std::path::PathBuf;

use clap::Subcommand;

/// Cases of persons after the Human Trafficking Case Data Standard 2.0
#[derive(Debug, clap::Args)]
#[command(
    after_help = "What tells who somebody is lies sealed under the passphrase in FOREWARN_KEY_PASSPHRASE_FILE, and leaves only case by case.\nThe standard is IOM's (CC BY 4.0); no endorsement."
)]
pub(crate) struct Htcds {
    #[command(subcommand)]
    pub(crate) action: HtcdsAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum HtcdsAction {
    /// Take cases in from a table or JSON whose columns are fields of the standard
    Import {
        /// The table or JSON; - for standard input
        file: PathBuf,
    },
    /// Write the codes of the cases, as a table or JSON by the name of the file
    Export {
        /// Only this case
        #[arg(long, value_name = "CASE")]
        case: Option<String>,
        /// The file; standard output in JSON without one
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Who the case is about, too; needs --case and --why
        #[arg(long, requires = "case", requires = "why")]
        persons: bool,
        /// Why; stays on record
        #[arg(long, default_value = "", hide_default_value = true)]
        why: String,
    },
    /// List the cases
    List,
    /// Forget for ever who a case is about; its codes stay
    Erase {
        /// The case
        case: String,
        /// Why; stays on record
        #[arg(long)]
        why: String,
    },
    /// List the fields, what they hold, and which of them are sealed
    Fields,
}
