//! The arguments of `share`.

use std::path::PathBuf;

use clap::Subcommand;
use forewarn_app::model::{Country, Grading, Pap, Tlp};

use crate::args::MatchingAction;

/// Exchange STIX 2.1 objects with others: bundles, collections, partners
#[derive(Debug, clap::Args)]
pub(crate) struct Share {
    #[command(subcommand)]
    pub(crate) action: ShareAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ShareAction {
    #[command(flatten)]
    Matching(MatchingAction),
    /// Take a STIX 2.1 bundle of any length into a collection
    #[command(
        after_help = "Examples:\n  forewarn share import bundle.json\n  curl -s https://example.org/feed.json | forewarn share import -"
    )]
    Import {
        /// The bundle; - for standard input
        file: PathBuf,
        /// The collection that it goes into
        #[arg(long, value_name = "COLLECTION", default_value = "imported")]
        into: String,
        /// Longest object that is taken, in bytes
        #[arg(long, value_name = "BYTES", default_value_t = 8 << 20)]
        object_bytes_max: usize,
    },
    /// Show the collections, or add one
    Collections {
        /// Add a collection of this name that all who are cleared read and write
        #[arg(long, value_name = "NAME", requires = "tlp")]
        add: Option<String>,
        /// The most restricted marking that it may hold
        #[arg(long, requires = "add")]
        tlp: Option<Tlp>,
        /// Its title
        #[arg(long, requires = "add", default_value = "")]
        title: String,
        /// What it holds
        #[arg(long, requires = "add", default_value = "")]
        description: String,
        /// The API root that it belongs to: one for each community
        #[arg(long, requires = "add", default_value = "forewarn")]
        root: String,
    },
    /// Manage the partners that this node exchanges with
    Partners {
        #[command(subcommand)]
        action: Option<PartnerAction>,
    },
    /// Fetch what a partner has for us
    Pull {
        #[command(flatten)]
        ask: Ask,
    },
    /// Bring a partner what the rules let go to it
    Push {
        #[command(flatten)]
        ask: Ask,
    },
    /// Make incidents and reports of what partners sent, graded and with their provenance
    Take {
        /// The partner; all active ones if none is named
        partner: Option<String>,
    },
    /// Put what may go out into the collections, and into the outbox of each partner by the rules in share-rules.toml
    Publish,
    /// Show what would go to a partner and what would not, and why; nothing is changed
    Preview {
        /// The partner
        #[arg(long, value_name = "PARTNER")]
        partner: String,
        /// Only what would go
        #[arg(long, conflicts_with = "held")]
        sent: bool,
        /// Only what would not go
        #[arg(long)]
        held: bool,
    },
    /// Show the rules that hold: those in share-rules.toml, or those that ship inside
    Rules,
    /// Show for each partner what was sent, accepted, refused and why, and what is waiting
    Status,
    /// Show what is held back, take it after all, or drop it
    Held {
        /// Of this partner only
        #[arg(long, value_name = "PARTNER")]
        partner: Option<String>,
        /// Take the object of this number after all
        #[arg(long, value_name = "NUMBER", conflicts_with = "drop", requires = "why")]
        take: Option<i64>,
        /// Drop the object of this number
        #[arg(long, value_name = "NUMBER", requires = "why")]
        drop: Option<i64>,
        /// Why
        #[arg(long)]
        why: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Ask {
    /// The partner; all active ones that have an address if none is named
    pub(crate) partner: Option<String>,
    /// Longest that one request may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) timeout_seconds: u64,
    /// Objects that are asked for or sent at a time
    #[arg(long, value_name = "COUNT", default_value_t = 1_000)]
    pub(crate) page_objects_max: usize,
    /// Most bytes of an answer that are read
    #[arg(long, value_name = "BYTES", default_value_t = 64 << 20)]
    pub(crate) answer_bytes_max: u64,
    /// Let requests go to addresses without TLS; for tests on one machine
    #[arg(long)]
    pub(crate) plain_http: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PartnerAction {
    /// Add a partner, or change the one of that name; what is not given keeps its value
    #[command(
        after_help = "Example:\n  forewarn share partners add ke-bureau --title \"Bureau Nairobi\" --url https://bureau.example/taxii2/forewarn/ \\\n    --token-file ke.token --clearance AMBER --pap AMBER --grading B2 --country KE"
    )]
    Add(Box<PartnerForm>),
    /// Show the partners
    List,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PartnerForm {
    /// A short name: lower-case letters, digits and hyphens. Who signs in here under it acts as this partner
    pub(crate) id: String,
    /// Its name
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// The address of its API root
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// A collection there that is fetched from; may be given again [default: all that can be read]
    #[arg(long, value_name = "COLLECTION")]
    pub(crate) pull: Vec<String>,
    /// The collection there that is brought to [default: the first that can be written to]
    #[arg(long, value_name = "COLLECTION")]
    pub(crate) push: Option<String>,
    /// Under which name this node signs in there; without, the token is sent as a bearer token
    #[arg(long, value_name = "NAME")]
    pub(crate) sign_in: Option<String>,
    /// The file with the token or password for that
    #[arg(long, value_name = "FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// The most restricted marking that may go to it
    #[arg(long, value_name = "TLP")]
    pub(crate) clearance: Option<Tlp>,
    /// The most restricted permissible actions of what may go to it
    #[arg(long, value_name = "PAP")]
    pub(crate) pap: Option<Pap>,
    /// The most restricted marking that is taken from it
    #[arg(long, value_name = "TLP")]
    pub(crate) accepts: Option<Tlp>,
    /// Its country (ISO 3166-1 alpha-2), for rules
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<Country>,
    /// The thumbprint of the key with which it signs its notices
    #[arg(long, value_name = "KID")]
    pub(crate) key: Option<String>,
    /// The STIX identity that creates its objects; what others created is held back then
    #[arg(long, value_name = "ID")]
    pub(crate) identity: Option<String>,
    /// How far what comes from it is trusted, such as B2
    #[arg(long)]
    pub(crate) grading: Option<Grading>,
    /// The API root here that it belongs to
    #[arg(long)]
    pub(crate) root: Option<String>,
    /// The organisation that its reports belong to: what it marks AMBER+STRICT is then seen only by people who are
    /// cleared for that organisation; blank for nobody
    #[arg(long, value_name = "NAME")]
    pub(crate) organisation: Option<String>,
    /// Exchange nothing with it now
    #[arg(long)]
    pub(crate) inactive: bool,
}
