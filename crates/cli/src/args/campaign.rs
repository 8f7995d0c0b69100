//! The arguments of `campaigns`, `cluster` and `network`.

use std::path::PathBuf;

use clap::Subcommand;
use forewarn_app::collect::Format;
use forewarn_app::model::{Country, Language};
use forewarn_app::network::export::Format as ExportFormat;

use crate::args::InputLimits;

/// Show the campaigns: offers written from one template
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  forewarn campaigns\n  forewarn campaigns --sort growth --country KH\n  forewarn campaigns show cmp-1f…\n  forewarn campaigns split cmp-1f… --member rpt-2a… --why \"another employer\"\n  forewarn campaigns mark-wrong-merge cmp-1f… cmp-77… --why \"two gangs, one legal footer\""
)]
pub(crate) struct Campaigns {
    #[command(subcommand)]
    pub(crate) action: Option<CampaignAction>,
    /// How many are shown
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub(crate) count_max: usize,
    /// Show a table in this order instead: size, growth (of the last 30 days against the 30 before), suspicion, newest
    #[arg(long, value_name = "ORDER")]
    pub(crate) sort: Option<CampaignOrder>,
    /// Only those with a member that names this country, as two letters; may be given several times
    #[arg(long, value_name = "COUNTRY", value_parser = super::report::country)]
    pub(crate) country: Vec<Country>,
    /// Only those with a member in this language; may be given several times
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Vec<Language>,
    /// Where the page before ended, as it said
    #[arg(long, value_name = "CURSOR", requires = "sort")]
    pub(crate) cursor: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum CampaignOrder {
    Size,
    Growth,
    Suspicion,
    Newest,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CampaignAction {
    /// Show one campaign
    Show {
        /// Its id, or the beginning of it
        campaign: String,
    },
    /// Merges and marks of a campaign: what, when, by whom, why
    History {
        /// Its id, or the beginning of it
        campaign: String,
    },
    /// Say that reports do not belong to a campaign; they stay apart from it
    Split {
        /// Its id, or the beginning of it
        campaign: String,
        /// A report that does not belong to it
        #[arg(long = "member", required = true, value_name = "REPORT", num_args = 1..)]
        members: Vec<String>,
        /// Why
        #[arg(long)]
        why: String,
    },
    /// Take back every split from a campaign
    Unsplit {
        /// Its id, or the beginning of it
        campaign: String,
        /// Why
        #[arg(long)]
        why: String,
    },
    /// Say that two campaigns were merged by mistake
    MarkWrongMerge(Pair),
    /// Take that back
    UnmarkMerge(Pair),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Pair {
    /// One end
    pub(crate) a: String,
    /// The other
    pub(crate) b: String,
    /// Why
    #[arg(long)]
    pub(crate) why: String,
}

/// Group the ads of a file that were written from one template; nothing is stored
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn cluster ads.jsonl --out members.csv --templates templates.json\n  forewarn cluster jobs.csv.gz --text-field description --out members.csv\n  zcat ads.jsonl.gz | forewarn cluster --format jsonl --out - - > members.csv\n\nThe members come out as id,campaign,role, then the other columns of the input, in its order. An ad in no \ncampaign has an empty campaign and role. Roles: leader (the template is aligned to it), member, copy (the \nsame text as another member, letter for letter after folding). An id that comes again gets #2, #3, …; a \nrecord without an id gets the number of its line."
)]
pub(crate) struct Cluster {
    /// A file: .csv, .jsonl, also .gz and .zst, or .parquet; - for standard input
    pub(crate) file: PathBuf,
    /// Where the members are written, as CSV; - for standard output
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) out: Option<PathBuf>,
    /// Where the templates are written, as JSON; - for standard output
    #[arg(long, value_name = "FILE.json")]
    pub(crate) templates: Option<PathBuf>,
    /// The format, where the name does not tell: csv, jsonl, parquet
    #[arg(long)]
    pub(crate) format: Option<Format>,
    /// The column with the text [default: text, description, body, …]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) text_field: Option<String>,
    /// The column with the id [default: id, job_id, …]
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id_field: Option<String>,
    /// How many campaigns are shown
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub(crate) count_max: usize,
    /// How many cores are used [default: all]
    #[arg(long, value_name = "COUNT")]
    pub(crate) threads: Option<usize>,
    /// Where texts wait while they are compared [default: the folder of --out, else the system's]
    #[arg(long, value_name = "DIR")]
    pub(crate) temp: Option<PathBuf>,
    /// How many refusals are listed; all are counted
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub(crate) problems_kept_max: usize,
    #[command(flatten)]
    pub(crate) limits: InputLimits,
}

/// Show what is tied to an identifier, with the evidence
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  forewarn network +447700900123\n  forewarn network @handle_test --steps 3\n  forewarn network --path samplevest-pro.example +447700900123\n  forewarn network +447700900123 --export graphml --out tied.graphml\n  forewarn network mark-wrong +447700900123 rpt-2a… --why \"a misprint of another number\""
)]
pub(crate) struct Network {
    #[command(subcommand)]
    pub(crate) action: Option<NetworkAction>,
    /// A phone, handle, domain, address, wallet, or the id of a report or campaign; without it, everything
    /// is exported
    pub(crate) value: Option<String>,
    /// Show how two things are connected
    #[arg(long, value_names = ["FROM", "TO"], num_args = 1..=2, conflicts_with = "export")]
    pub(crate) path: Vec<String>,
    /// With --path: the strongest way instead of the shortest
    #[arg(long, requires = "path")]
    pub(crate) strongest: bool,
    /// How many steps to go
    #[arg(long, alias = "hops", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..=20))]
    pub(crate) steps: u32,
    /// How many ties of each step are shown; JSON and exports have all
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub(crate) count_max: usize,
    /// How many reports are shown as proof of a tie
    #[arg(long, value_name = "COUNT", default_value_t = 3)]
    pub(crate) proofs_max: usize,
    /// Write a file for other tools: graphml, gexf, stix or csv
    #[arg(long, value_name = "FORMAT")]
    pub(crate) export: Option<ExportFormat>,
    /// Where the file goes [default: standard output]
    #[arg(long, value_name = "FILE", requires = "export")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NetworkAction {
    /// Say that a tie is wrong; it stays out until that is taken back
    MarkWrong(Pair),
    /// Take that back
    Unmark(Pair),
    /// List the ties that are marked as wrong
    Marks,
    /// List the warning lists: values that tie nobody to anybody
    Lists,
    /// How large it is and what hangs together in it
    Parts {
        /// How many parts are shown
        #[arg(long, value_name = "COUNT", default_value_t = 10)]
        count_max: usize,
        /// Parts with more nodes than this are divided into communities
        #[arg(long, value_name = "COUNT", default_value_t = 1_000)]
        component_nodes_max: usize,
        /// Decides the order in which nodes are visited
        #[arg(long, default_value_t = 0)]
        seed: u64,
    },
}
