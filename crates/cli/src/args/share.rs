//! The arguments of `share`.

use clap::Subcommand;

use crate::args::MatchingAction;

/// Exchange with others
#[derive(Debug, clap::Args)]
pub(crate) struct Share {
    #[command(subcommand)]
    pub(crate) action: ShareAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ShareAction {
    #[command(flatten)]
    Matching(MatchingAction),
}
