//! The arguments: what holds for every command, and the list of commands. Each family has a room below.

mod backup;
mod campaign;
mod htcds;
mod incident;
mod ingest;
mod matching;
mod member;
mod misp;
mod model;
mod notice;
mod offer;
mod report;
mod rules;
mod serve;
mod share;
mod source;
mod statistics;
mod user;
mod watch;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clap_complete::Shell;
use forewarn_app::model::Timestamp;

pub(crate) use backup::{Backup, Restore};
pub(crate) use campaign::{CampaignAction, CampaignOrder, Campaigns, Cluster, Network, NetworkAction};
pub(crate) use htcds::{Htcds, HtcdsAction};
pub(crate) use incident::{Decide, IncidentAction, IncidentForm, Incidents};
pub(crate) use ingest::{Ingest, InputLimits};
pub(crate) use matching::{AgreeForm, Match, MatchStep, MatchingAction, Network as MatchNetwork, SetsAction};
pub(crate) use member::{Deliver, Members, MembersAction};
pub(crate) use misp::{FeedArgs, ImportArgs, Misp, MispAction};
pub(crate) use model::{Eval, EvalJobFraud, EvalOffers, EvalWatch, EvalWhat, Label, Train};
pub(crate) use notice::{End, Extract, ExtractAction, Keys, KeysAction, Notice, NoticeAction, Step, Verify};
pub(crate) use offer::{Check, Read};
pub(crate) use report::{ReportAction, Reports, SortArg, YesNo};
pub(crate) use rules::{Rules, RulesAction};
pub(crate) use serve::{Demo, OidcArgs, Serve, ServeLimits};
pub(crate) use share::{Ask, PartnerAction, PartnerForm, Share, ShareAction};
pub(crate) use source::{Sources, SourcesAction};
pub(crate) use statistics::Statistics;
pub(crate) use user::{Audit, UserForm, Users, UsersAction};
pub(crate) use watch::{StepArg, Watch, WatchAction, WatchInput};

const EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 arguments not understood, 3 done but some records were \
refused, 4 a check does not hold, 130 interrupted.\n\nForewarn is independent; it is no part of INTERPOL or of any agency.";

/// Sees human-trafficking-fuelled fraud coming, and warns
#[derive(Debug, Parser)]
#[command(name = "forewarn", version, about, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Global {
    /// The data folder [default: the user's data folder; ./demo-data for `demo`]
    #[arg(long, global = true, env = "FOREWARN_DATA", value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Write JSON on standard output instead of text
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Show no progress
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// A folder with rules of your own, used on top of those that ship inside and those in the data folder's
    /// `packs/`; may be given several times
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) pack: Vec<PathBuf>,
    /// Who acts, for the audit log
    #[arg(long, global = true, env = "FOREWARN_USER", value_name = "NAME", default_value = "local")]
    pub(crate) user: String,
    /// Act as if it were this time (RFC 3339), for replays and tests
    #[arg(long, global = true, env = "FOREWARN_NOW", value_name = "TIME", hide = true)]
    pub(crate) now: Option<Timestamp>,
    /// What to log, such as `info` or `forewarn_serve=debug`
    #[arg(long, global = true, env = "FOREWARN_LOG", value_name = "FILTER", default_value = "warn")]
    pub(crate) log: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Tell the whole story on the input that ships inside, from reports to a signed warning
    Demo(Demo),
    /// Check one offer, or a file of many: what it looks like, what to ask, where to get help; nothing is stored
    Check(Check),
    /// Read a news text: the claims on the trend that it makes; nothing is stored
    Read(Read),
    /// Take reports into the store
    Ingest(Ingest),
    /// Find reports by words in any script and by what is known of them; show, mark and take them out
    Reports(Reports),
    /// Show where reports came from, and say whom a source belongs to
    Sources(Sources),
    /// Import incidents, and decide on those that were read from texts
    Incidents(Incidents),
    /// Show the campaigns: offers written from one template
    Campaigns(Campaigns),
    /// Group the ads of a file that were written from one template; nothing is stored
    Cluster(Cluster),
    /// Show what is tied to an identifier, with the evidence
    Network(Network),
    /// Raise alarms from the incidents
    Watch(Watch),
    /// Draft, review, issue and show notices
    Notice(Notice),
    /// Manage the members: who receives notices, and how they are reached
    Members(Members),
    /// Manage the users: who may sign in, and what they may do and see
    Users(Users),
    /// Search the audit log: who did and saw what
    Audit(Audit),
    /// Cases of persons after the Human Trafficking Case Data Standard
    Htcds(Htcds),
    /// Exchange with MISP: write a feed, read events
    Misp(Misp),
    /// Exchange with others: STIX bundles, collections, partners, private matching
    Share(Share),
    /// Count events in a form that may be published: small counts left out, or with noise
    Statistics(Statistics),
    /// Check, format, test and explain rules
    Rules(Rules),
    /// Train the model from labelled offers
    Train(Train),
    /// Measure how good the answers are
    Eval(Eval),
    /// Open the pages in a browser on this machine
    Serve(Serve),
    /// Verify a signed notice, or everything in the data folder
    Verify(Verify),
    /// Write everything into one file, while others work with it
    Backup(Backup),
    /// Make a data folder out of a backup
    Restore(Restore),
    /// Show the signing keys, or make a new one
    Keys(Keys),
    /// Write completions for a shell
    Completions(Completions),
}

/// Write completions for a shell
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  forewarn completions bash > ~/.local/share/bash-completion/completions/forewarn"
)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
