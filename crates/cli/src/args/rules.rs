//! The arguments of `rules`.

use std::path::PathBuf;

use clap::Subcommand;

/// Check, format, test and explain rules
#[derive(Debug, clap::Args)]
pub(crate) struct Rules {
    #[command(subcommand)]
    pub(crate) action: RulesAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesAction {
    /// Read rules and say what is wrong with them
    #[command(
        after_help = "Examples:\n  forewarn rules check\n  forewarn rules check my-rules\n\nWithout a folder: all rules that are in use, also those in `packs/` of the data folder."
    )]
    Check {
        /// The folder of a pack [default: all that are in use]
        folder: Option<PathBuf>,
    },
    /// Write the files of a pack in the one form
    Fmt {
        /// The pack's folder
        folder: PathBuf,
        /// Change nothing; say which files would change
        #[arg(long)]
        check: bool,
    },
    /// Run the examples that must and must not match, and try the rules on honest offers
    #[command(after_help = "Examples:\n  forewarn rules test\n  forewarn rules test my-rules")]
    Test {
        /// The folder of a pack [default: all that are in use]
        folder: Option<PathBuf>,
    },
    /// Which rule fires where in a text, and which almost did
    #[command(
        after_help = "Examples:\n  forewarn rules explain offer.txt\n  forewarn rules explain --pack my-rules - < offer.txt"
    )]
    Explain {
        /// A text file; - for standard input
        file: PathBuf,
    },
}
