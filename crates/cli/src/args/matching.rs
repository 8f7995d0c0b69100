//! The arguments of `share match`, `deconflict`, `sets`, `agree`, `agreements`, `matches`, `hits`.

use std::path::PathBuf;

use clap::Subcommand;
use forewarn_app::model::{CampaignId, MatchLearns};

#[derive(Debug, Subcommand)]
pub(crate) enum MatchingAction {
    /// Find out which values a partner's list and ours have in common, and nothing else
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "Over HTTPS:\n  forewarn share match --with ke-bureau --set \"open cases\"\nBy files carried by hand:\n  forewarn share match begin --with ke-bureau --set \"open cases\" --out 1.match\n  forewarn share match answer 1.match --out 2.match          (the partner)\n  forewarn share match finish 2.match --out 3.match\n  forewarn share match finish 3.match                        (the partner, where both learn)"
    )]
    Match(Match),
    /// Find out how many values of each open case a partner has too, and not which
    #[command(
        after_help = "Examples:\n  forewarn share deconflict --with ke-bureau --set \"open cases\"\n  forewarn share match begin --cases --with ke-bureau --set \"open cases\" --out 1.match   (by hand)"
    )]
    Deconflict {
        /// The partner
        #[arg(long, value_name = "PARTNER")]
        with: String,
        /// Our set
        #[arg(long, value_name = "SET")]
        set: String,
        #[command(flatten)]
        network: Network,
    },
    /// Show the lists that are compared, add or remove one
    Sets {
        #[command(subcommand)]
        action: Option<SetsAction>,
    },
    /// Write down what is agreed with a partner: its key, who learns the result, how much it may ask
    #[command(
        after_help = "Example:\n  forewarn share agree ke-bureau --key ke-keys.json --set \"open cases\" --learns both \\\n    --url https://bureau.example/share/match --token-file ke.token\nThe partner makes ke-keys.json with `forewarn keys list --json`, and hands it over in person."
    )]
    Agree(Box<AgreeForm>),
    /// Show what is agreed with whom
    Agreements,
    /// Show the exchanges, the newest first
    Matches,
    /// Show the hits: requests to talk to the officer on the other side
    Hits {
        /// Also those that were talked about
        #[arg(long)]
        all: bool,
    },
    /// Note what came of talking about a hit
    Talked {
        /// Its number in `share hits`
        number: i64,
        /// What came of it
        #[arg(long, value_name = "TEXT")]
        outcome: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Match {
    #[command(subcommand)]
    pub(crate) step: Option<MatchStep>,
    /// The partner
    #[arg(long, value_name = "PARTNER", required = true)]
    pub(crate) with: Option<String>,
    /// Our set
    #[arg(long, value_name = "SET", required = true)]
    pub(crate) set: Option<String>,
    #[command(flatten)]
    pub(crate) network: Network,
}

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Network {
    /// Longest that one message and its answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    pub(crate) timeout_seconds: u64,
    /// Let messages go to addresses without TLS; for tests on one machine
    #[arg(long)]
    pub(crate) plain_http: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MatchStep {
    /// Make the question, to be carried by hand
    Begin {
        /// The partner
        #[arg(long, value_name = "PARTNER")]
        with: String,
        /// Our set
        #[arg(long, value_name = "SET")]
        set: String,
        /// Learn only how many values of each case both have
        #[arg(long)]
        cases: bool,
        /// Where the question is written
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Answer a partner's question
    Answer {
        /// The question
        file: PathBuf,
        /// Where the answer is written
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Read a partner's answer, or what it found where both sides learn it
    Finish {
        /// The message
        file: PathBuf,
        /// Where the closing message for the partner is written, where both sides learn the result
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Go on with an exchange over HTTPS that was cut off
    Resume {
        /// Its id in `share matches`, or the beginning of it
        session: String,
        #[command(flatten)]
        network: Network,
    },
    /// Show that what was sent is made of the set that was committed to
    Recheck {
        /// Its id in `share matches`, or the beginning of it
        session: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum SetsAction {
    /// Make a set, in place of the one of that name
    #[command(
        after_help = "Examples:\n  forewarn share sets add \"open cases\" --officer \"Desk 4\" --contact desk4@bureau.example --from cases.csv\nThe file has a header with `value` and, if it likes, `kind` and `case`; or one value a line."
    )]
    Add {
        /// Its name
        name: String,
        /// Whom a hit leads to
        #[arg(long, value_name = "NAME")]
        officer: String,
        /// How to reach them
        #[arg(long, value_name = "CONTACT")]
        contact: String,
        /// A file of values; may be given again
        #[arg(long, value_name = "FILE", required_unless_present = "campaign")]
        from: Vec<PathBuf>,
        /// The identifiers of a campaign; may be given again
        #[arg(long, value_name = "ID")]
        campaign: Vec<CampaignId>,
    },
    /// List the sets
    List,
    /// Show the values of a set
    Show {
        /// Its name
        name: String,
    },
    /// Take a set out of use
    Remove {
        /// Its name
        name: String,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct AgreeForm {
    /// The partner's short name: lower-case letters, digits and hyphens
    pub(crate) partner: String,
    /// Its public key: a JSON Web Key, or what its `forewarn keys list --json` printed
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    /// Which of our sets answers its questions [default: none, it may not ask]
    #[arg(long, value_name = "SET")]
    pub(crate) set: Option<String>,
    /// Who learns the result: requester (the side that asks) or both
    #[arg(long, value_name = "WHO", default_value = "both")]
    pub(crate) learns: MatchLearns,
    /// Where its node answers
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// The file with the token for that
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<String>,
    /// Most values in one question
    #[arg(long, value_name = "COUNT", default_value_t = 100_000)]
    pub(crate) values_max: u32,
    /// Most questions that it may ask in a day
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub(crate) questions_per_day: u32,
    /// Most values that it may ask for in a day
    #[arg(long, value_name = "COUNT", default_value_t = 200_000)]
    pub(crate) values_per_day: u32,
    /// Not in force now
    #[arg(long)]
    pub(crate) inactive: bool,
}
