//! The arguments.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clap_complete::Shell;
use forewarn_app::collect::{Format, Mapping};
use forewarn_app::model::{
    AlarmKind, Channel, Country, Date, Grading, Language, MemberKind, ReceiptKind, ReplyKind, ReportKind,
    Timestamp, Tlp,
};
use forewarn_app::network::export::Format as ExportFormat;

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
    /// Show the signing keys, or make a new one
    Keys(Keys),
    /// Write completions for a shell
    Completions(Completions),
}

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

/// Check one offer, or a file of many: what it looks like, what to ask, where to get help; nothing is stored
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn check offer.txt\n  pbpaste | forewarn check - --json\n  forewarn check offer.txt --lang vi --country PH\n  forewarn check offer.txt --reasons\n  forewarn check --jsonl ads.jsonl --out results.jsonl\n  forewarn check --jsonl ads.parquet --map text=description,id=ad_id --out results.jsonl.zst\n  zcat ads.csv.gz | forewarn check --jsonl --format csv - | jq .verdict\n\nThe fields of a result, and the answer to each kind of bad input: docs/formats.md"
)]
pub(crate) struct Check {
    /// A text file; with --jsonl a file of records: .jsonl, .csv, also .gz and .zst; .parquet; - for standard input
    #[arg(default_value = "-")]
    pub(crate) file: PathBuf,
    /// The language of the answer [default: the offer's]
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<Language>,
    /// The language of the offer, if you know it
    #[arg(long, value_name = "TAG")]
    pub(crate) text_lang: Option<Language>,
    /// The country that you live in, to list help there: KE, PH, …
    #[arg(long, value_name = "CODE", value_parser = country)]
    pub(crate) country: Option<Country>,
    /// Also show the score and its reasons
    #[arg(long)]
    pub(crate) reasons: bool,
    /// The input holds many records: write one line of JSON for each, in their order
    #[arg(long)]
    pub(crate) jsonl: bool,
    #[command(flatten)]
    pub(crate) stream: CheckStream,
    #[command(flatten)]
    pub(crate) limits: InputLimits,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Many records")]
pub(crate) struct CheckStream {
    /// Where the results go: .jsonl, also .gz and .zst; - for standard output
    #[arg(long, value_name = "FILE", default_value = "-", requires = "jsonl")]
    pub(crate) out: PathBuf,
    /// The format, where the name does not tell: csv, jsonl, parquet
    #[arg(long, requires = "jsonl")]
    pub(crate) format: Option<Format>,
    /// Which column holds which field: text=description,id=ad_id,title=title,lang=language
    #[arg(long, value_name = "FIELD=COLUMN,…", default_value = "", requires = "jsonl")]
    pub(crate) map: Mapping,
    /// The column of the text; the same as --map text=COLUMN
    #[arg(long, value_name = "COLUMN", requires = "jsonl")]
    pub(crate) text_field: Option<String>,
    /// The column of the id; the same as --map id=COLUMN
    #[arg(long, value_name = "COLUMN", requires = "jsonl")]
    pub(crate) id_field: Option<String>,
    /// How many records are read at the same time [default: one for each core]
    #[arg(long, value_name = "COUNT", requires = "jsonl")]
    pub(crate) threads: Option<std::num::NonZeroUsize>,
    /// How many refusals are listed; all are counted, and each stands in its line
    #[arg(long, value_name = "COUNT", default_value_t = 20, requires = "jsonl")]
    pub(crate) problems_kept_max: usize,
}

/// Read a news text: the claims on the trend that it makes; nothing is stored
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn read news.txt\n  forewarn read --json - < news.txt\n\nTo keep the claims for an analyst: forewarn ingest --kind news news.txt"
)]
pub(crate) struct Read {
    /// A text file; - for standard input
    pub(crate) file: PathBuf,
}

/// Take reports into the store
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn ingest ads.jsonl.gz chats.csv\n  forewarn ingest --map text=description,title=title jobs.csv\n  zcat ads.jsonl.gz | forewarn ingest --format jsonl -\n  forewarn ingest --kind news article.txt\n  forewarn ingest --as observables --map domain=site,wallet=address --source \"a list\" --grading B2 sites.csv\n\nKilled at any instant and started again with the same input, it neither loses nor doubles anything."
)]
pub(crate) struct Ingest {
    /// Files: .csv, .jsonl, .txt, also .gz and .zst; .parquet; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The format, where the name does not tell: csv, jsonl, parquet, text
    #[arg(long)]
    pub(crate) format: Option<Format>,
    /// Which column holds which field: text=description,title=title; with --as observables:
    /// domain=host,wallet=address,published_at=day
    #[arg(long, value_name = "FIELD=COLUMN,…", default_value = "")]
    pub(crate) map: String,
    /// What the records are: reports, or observables (each row lists identifiers that belong together)
    #[arg(long = "as", value_name = "WHAT", default_value = "reports", value_parser = ["reports", "observables"])]
    pub(crate) what: String,
    /// What the reports are, unless they say so: job_ad, chat, scam_report, testimony, news, advisory
    /// [default: job_ad; scam_report with --as observables]
    #[arg(long)]
    pub(crate) kind: Option<ReportKind>,
    /// Who may see them, unless they say so: CLEAR, GREEN, AMBER, AMBER+STRICT, RED
    #[arg(long, default_value = "AMBER")]
    pub(crate) tlp: Tlp,
    /// How far to trust them, unless they say so: A1 to F6
    #[arg(long, default_value = "F6")]
    pub(crate) grading: Grading,
    /// The name of the source [default: the file's name]
    #[arg(long)]
    pub(crate) source: Option<String>,
    /// Take in only; read and assess later
    #[arg(long)]
    pub(crate) no_assess: bool,
    /// Write a line of JSON for each batch that is safely on the disk
    #[arg(long)]
    pub(crate) acks: bool,
    /// How many reports go into one transaction
    #[arg(long, value_name = "COUNT", default_value_t = 1_000)]
    pub(crate) batch_count_max: usize,
    /// How many refusals are listed; all are counted
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub(crate) problems_kept_max: usize,
    #[command(flatten)]
    pub(crate) limits: InputLimits,
}

/// Limits of reading
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct InputLimits {
    /// A whole input after decompression, in bytes
    #[arg(long, value_name = "BYTES")]
    pub(crate) input_bytes_max: Option<u64>,
    /// One line, in bytes
    #[arg(long, value_name = "BYTES", alias = "max-line-bytes")]
    pub(crate) line_bytes_max: Option<usize>,
    /// One record, in bytes
    #[arg(long, value_name = "BYTES")]
    pub(crate) record_bytes_max: Option<usize>,
    /// How many times larger an input may become when decompressed
    #[arg(long, value_name = "TIMES")]
    pub(crate) ratio_max: Option<u64>,
    /// How deep JSON may nest
    #[arg(long, value_name = "LEVELS")]
    pub(crate) json_depth_max: Option<usize>,
    /// How many records are read from one input
    #[arg(long, value_name = "COUNT")]
    pub(crate) records_max: Option<u64>,
}

/// Import incidents, and decide on those that were read from texts
#[derive(Debug, clap::Args)]
pub(crate) struct Incidents {
    #[command(subcommand)]
    pub(crate) action: IncidentAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum IncidentAction {
    /// Import a table in the form of incidents/timeline.csv, or a STIX 2.1 bundle with our incident extension
    Import {
        /// The table or bundle; - for standard input; `bundled` for the timeline that ships inside
        file: PathBuf,
    },
    /// Add one incident
    #[command(
        after_help = "Example:\n  forewarn incidents add --date 2025-02-10 --kind victims_rescued --hub TL --origin ID --count 30 --coercion y --publisher \"Example Times\" --url https://example.org/1 --summary \"Thirty freed from a villa\""
    )]
    Add(Box<IncidentForm>),
    /// Withdraw an incident from a day on; answers as of an earlier day still have it
    Retract {
        /// Its id, or the name of its event, as `incidents list --json` prints them
        incident: String,
        /// Why
        #[arg(long)]
        why: String,
        /// The day from which it was known to be wrong [default: today]
        #[arg(long, value_name = "DAY")]
        known_from: Option<Date>,
    },
    /// List the incidents
    List,
    /// List the claims that were read from texts
    Candidates {
        /// Also those that were decided on
        #[arg(long)]
        all: bool,
    },
    /// Confirm a claim: it becomes an incident, with what you know better
    Confirm {
        #[command(flatten)]
        decide: Decide,
        #[command(flatten)]
        form: Box<IncidentForm>,
    },
    /// Reject a claim
    Reject(Decide),
}

/// The cells of one incident; what they mean stands in docs/formats.md.
#[derive(Debug, clap::Args)]
pub(crate) struct IncidentForm {
    /// The event that it belongs to [default: made of hub, origin, kind and date]
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) event: String,
    /// When it happened: 2023-06-07, 2023-06 or 2023
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) date: String,
    /// What the date rests on: event, publication, inferred
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) date_basis: String,
    /// From when it was publicly known [default: the date]
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) known_from: String,
    /// hub_report, victims_reported, victims_rescued, raid, ad_campaign, advisory, notice, sanction, statistic
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) kind: String,
    /// Country of the centre, ISO 3166-1 alpha-2
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) hub: String,
    /// Place in that country
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) place: String,
    /// Country that the people come from
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) origin: String,
    /// How many people
    #[arg(long, default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    pub(crate) count: String,
    /// Whether the source states coercion or captivity: y or n [default: n]
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) coercion: String,
    /// The trend or a look-alike [default: scam_centre]
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) variant: String,
    /// What the source calls the people: victim, suspect, mixed, unclear
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) role: String,
    /// Address of the source
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) url: String,
    /// Publisher
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) publisher: String,
    /// What it says, in your own words
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) summary: String,
    /// How far to trust it: A1 to F6
    #[arg(long, default_value = "", hide_default_value = true)]
    pub(crate) grading: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Decide {
    /// The claim, as `incidents candidates` prints it
    pub(crate) candidate: String,
    /// Why
    #[arg(long)]
    pub(crate) why: String,
}

/// Show the campaigns: offers written from one template
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  forewarn campaigns\n  forewarn campaigns show cmp-1f…\n  forewarn campaigns split cmp-1f… --member rpt-2a… --why \"another employer\"\n  forewarn campaigns mark-wrong-merge cmp-1f… cmp-77… --why \"two gangs, one legal footer\""
)]
pub(crate) struct Campaigns {
    #[command(subcommand)]
    pub(crate) action: Option<CampaignAction>,
    /// How many are shown
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub(crate) count_max: usize,
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

/// Raise alarms from the incidents
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn watch\n  forewarn watch --replay --kind hub,region\n  forewarn watch --as-of 2023-03-01\n  forewarn watch --incidents incidents/timeline.csv --json\n  forewarn watch trend --as-of 2024-12-31\n  forewarn watch plot --out plots"
)]
pub(crate) struct Watch {
    #[command(subcommand)]
    pub(crate) action: Option<WatchAction>,
    #[command(flatten)]
    pub(crate) input: WatchInput,
    /// List every alarm on the day on which it sounds
    #[arg(long)]
    pub(crate) replay: bool,
    /// Only alarms of these kinds: hub, place, origin, route, region, acceleration, displacement
    #[arg(long, value_name = "KIND,…", value_delimiter = ',', value_parser = watch_kind)]
    pub(crate) kind: Vec<AlarmKind>,
    /// How many alarms of the ranking are shown; --json and --replay show all
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    pub(crate) count_max: usize,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WatchInput {
    /// Read this table or STIX bundle instead of the store; - for standard input
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) incidents: Option<PathBuf>,
    /// Answer as of this day, from nothing that became known later [default: the last day of the incidents]
    #[arg(long, global = true, value_name = "DAY")]
    pub(crate) as_of: Option<Date>,
    /// The false-alarm rate: chance alone raises at most one alarm of a kind in so many days
    #[arg(long, global = true, value_name = "DAYS")]
    pub(crate) recurrence_days: Option<f64>,
    /// What is watched: scam_centre (coerced workers), fraud_no_coercion, another variant, or all
    #[arg(long, global = true, value_name = "VARIANT", default_value = "scam_centre")]
    pub(crate) variant: String,
}

#[derive(Debug, Subcommand)]
pub(crate) enum WatchAction {
    /// Figures of the trend over time: hubs, origins and their diversity, regions, people
    Trend {
        /// How far apart the figures are: month, quarter, year
        #[arg(long, value_enum, default_value_t = StepArg::Year)]
        every: StepArg,
    },
    /// Write the map, the timeline, the epidemic curve and the curve of diversity as SVG files
    Plot {
        /// Where they are written
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum StepArg {
    Month,
    Quarter,
    Year,
}

/// A country by its code, in capitals or not.
fn country(text: &str) -> Result<Country, String> {
    text.to_ascii_uppercase().parse().map_err(|error| format!("{error}"))
}

fn watch_kind(text: &str) -> Result<AlarmKind, String> {
    AlarmKind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
        let names: Vec<&str> = AlarmKind::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("expected one of {}", names.join(", "))
    })
}

#[derive(Debug, clap::Args)]
pub(crate) struct EvalWatch {
    /// The incidents [default: the timeline that ships inside]; - for standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) incidents: Option<PathBuf>,
    /// The last day of the replay [default: the last day of the incidents]
    #[arg(long, value_name = "DAY")]
    pub(crate) until: Option<Date>,
    /// The setting whose alarms are listed and explained
    #[arg(long, value_name = "DAYS")]
    pub(crate) recurrence_days: Option<f64>,
    /// Simulated histories in which nothing emerges
    #[arg(long, value_name = "COUNT", default_value_t = 200)]
    pub(crate) runs: u32,
    /// The seed of the simulation
    #[arg(long, default_value_t = 7)]
    pub(crate) seed: u64,
}

/// Draft, review, issue and show notices
#[derive(Debug, clap::Args)]
pub(crate) struct Notice {
    #[command(subcommand)]
    pub(crate) action: NoticeAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NoticeAction {
    /// Draft a notice from an alarm
    #[command(
        after_help = "Examples:\n  forewarn notice draft alm-… --issuer \"Example Bureau\" --number EX-2024-OR-0001"
    )]
    Draft {
        /// The alarm, as `forewarn watch --json` prints it
        alarm: String,
        /// The organisation that issues it
        #[arg(long)]
        issuer: String,
        /// The number that people will quote
        #[arg(long)]
        number: String,
        /// What was known by the end of this day goes in [default: today]
        #[arg(long, value_name = "DAY")]
        as_of: Option<Date>,
        /// Who may see it: CLEAR, GREEN, AMBER, AMBER+STRICT, RED
        #[arg(long, default_value = "AMBER")]
        tlp: Tlp,
        /// Days until it is reviewed or expires
        #[arg(long, default_value_t = 365)]
        retention_days: u32,
    },
    /// List the notices
    List,
    /// Show a notice in a language
    Show {
        /// Its id or number
        notice: String,
        /// ar, en, es or fr
        #[arg(long, default_value = "en")]
        lang: Language,
    },
    /// What the rules object to
    Check {
        /// Its id or number
        notice: String,
        /// The clearance of those who will receive it [default: the notice's own marking]
        #[arg(long, value_name = "TLP")]
        audience: Option<Tlp>,
    },
    /// Hand it in for review
    #[command(
        after_help = "Example:\n  forewarn notice submit EX-2024-OR-0001 --why \"two alarms in a week\" \\\n    --override \"finding-publishers-few=one source, confirmed by telephone\""
    )]
    Submit {
        #[command(flatten)]
        step: Step,
        /// The clearance of those who will receive it [default: the notice's own marking]
        #[arg(long, value_name = "TLP")]
        audience: Option<Tlp>,
        /// Let a finding stand, with the reason, which is kept
        #[arg(long = "override", value_name = "FINDING[@PLACE]=REASON")]
        overrides: Vec<String>,
    },
    /// Approve it; two people must, neither of them its author
    Approve(Step),
    /// Send it back to its author
    Reject(Step),
    /// Sign and issue it, and write its files
    Issue {
        #[command(flatten)]
        step: Step,
        /// Where the files are written
        #[arg(long, value_name = "DIR", default_value = ".")]
        out: PathBuf,
    },
    /// Take it back; what was issued gets a signed document of its end
    Withdraw(End),
    /// Replace it by another that was issued
    Supersede {
        #[command(flatten)]
        end: End,
        /// The notice that replaces it: its id or number
        #[arg(long)]
        by: String,
    },
    /// End it after its last day
    Expire(End),
    /// Which issued notices are due for review or past their last day
    Due {
        /// How many days ahead
        #[arg(long, value_name = "DAYS", default_value_t = 30)]
        within_days: i32,
    },
    /// Queue an issued notice for members; nothing above a member's clearance goes to it
    #[command(
        after_help = "Examples:\n  forewarn notice distribute EX-2024-OR-0001 --kind bureau --kind embassy\n  forewarn notice distribute EX-2024-OR-0001 --country KE --dry-run"
    )]
    Distribute {
        /// Its id or number
        notice: String,
        /// Only members of this country (ISO 3166-1 alpha-2); may be given again
        #[arg(long, value_name = "CODE")]
        country: Vec<Country>,
        /// Only members of this kind; may be given again
        #[arg(long, value_name = "KIND")]
        kind: Vec<MemberKind>,
        /// Only this member; may be given again
        #[arg(long, value_name = "MEMBER")]
        member: Vec<String>,
        /// Queue nothing; say who would receive it, who would not, and why
        #[arg(long)]
        dry_run: bool,
    },
    /// Try every delivery that is due, once; run it from a timer
    #[command(
        after_help = "E-mail needs a server: --smtp smtps://mail.example --smtp-from \"Desk <desk@bureau.example>\"; user and\npassword, if it wants them, come from FOREWARN_SMTP_USER and the file that FOREWARN_SMTP_PASSWORD_FILE names.\n\nExit code 3 if some deliveries failed; they are tried again later."
    )]
    Deliver(Deliver),
    /// Who has it, who has read it, what they answered
    Status {
        /// Its id or number
        notice: String,
    },
    /// Try again what was given up
    Retry {
        /// Its id or number
        notice: String,
    },
    /// Note a member's receipt: delivered, opened, acknowledged
    Receipt {
        /// Its id or number
        notice: String,
        /// The member
        #[arg(long)]
        member: String,
        /// What it confirms
        #[arg(long, value_name = "KIND")]
        kind: ReceiptKind,
    },
    /// Keep a member's reply; what it tells becomes a graded report
    #[command(
        after_help = "Example:\n  forewarn notice reply EX-2024-OR-0001 --member ke-bureau --kind new_observables \\\n    --text \"two more numbers in the same ads\" --observable phone:+855… --grading B2"
    )]
    Reply {
        /// Its id or number
        notice: String,
        /// The member
        #[arg(long)]
        member: String,
        /// seen_here, not_seen, new_observables or action_taken
        #[arg(long, value_name = "KIND")]
        kind: ReplyKind,
        /// More, in words
        #[arg(long, default_value = "")]
        text: String,
        /// An identifier that was found there, as kind:value; may be given again
        #[arg(long = "observable", value_name = "KIND:VALUE")]
        observables: Vec<String>,
        /// How far to trust it: A1 to F6
        #[arg(long, default_value = "F6")]
        grading: Grading,
    },
    /// Write the transparency log as files: checkpoint, tiles of hashes, public keys
    Log {
        /// Where the files are written
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Deliver {
    /// The mail server: smtps://, smtp+starttls:// or smtp:// and a host
    #[arg(long, env = "FOREWARN_SMTP", value_name = "URL", requires = "smtp_from")]
    pub(crate) smtp: Option<String>,
    /// Who sends e-mail
    #[arg(long, env = "FOREWARN_SMTP_FROM", value_name = "MAILBOX")]
    pub(crate) smtp_from: Option<String>,
    /// Longest that one attempt may take
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub(crate) timeout_seconds: u64,
    /// Deliveries on their way at a time
    #[arg(long, value_name = "COUNT", default_value_t = 16)]
    pub(crate) parallel_max: usize,
    /// After how many attempts a delivery is given up
    #[arg(long, value_name = "COUNT", default_value_t = 8)]
    pub(crate) attempts_max: u32,
    /// Send the signed document alone, without PDF, CAP and STIX
    #[arg(long)]
    pub(crate) document_only: bool,
    /// Let webhooks go to addresses without TLS; for tests on one machine
    #[arg(long)]
    pub(crate) plain_http: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct End {
    #[command(flatten)]
    pub(crate) step: Step,
    /// Where the signed document of its end is written
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Step {
    /// Its id or number
    pub(crate) notice: String,
    /// Why
    #[arg(long)]
    pub(crate) why: String,
}

/// Manage the members: who receives notices, and how they are reached
#[derive(Debug, clap::Args)]
pub(crate) struct Members {
    #[command(subcommand)]
    pub(crate) action: MembersAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MembersAction {
    /// Add a member, or change the one with that short name
    #[command(
        after_help = "Examples:\n  forewarn members put ke-bureau --name \"Bureau Nairobi\" --kind bureau --country KE --clearance AMBER \\\n    --channel webhook:https://bureau.example/notices --channel email:desk@bureau.example"
    )]
    Put {
        /// A short name for commands: lower-case letters, digits and hyphens
        id: String,
        /// Its name
        #[arg(long)]
        name: String,
        /// bureau, police, border, embassy, bank, platform or ngo
        #[arg(long)]
        kind: MemberKind,
        /// Its country (ISO 3166-1 alpha-2); none for an international one
        #[arg(long, value_name = "CODE")]
        country: Option<Country>,
        /// The most restricted marking that it may receive
        #[arg(long, value_name = "TLP")]
        clearance: Tlp,
        /// A way to it: webhook:https://…, email:name@host or folder:/path; may be given again
        #[arg(long = "channel", value_name = "CHANNEL")]
        channels: Vec<Channel>,
        /// It takes no part now
        #[arg(long)]
        inactive: bool,
    },
    /// List the members
    List,
    /// Show what deliveries to a member are signed with, to hand it over
    Secret {
        /// Its short name
        id: String,
    },
}

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

/// Verify a signed notice, or everything in the data folder
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn verify notice.json\n  forewarn verify notice.json --kid 3q2-…\n  forewarn verify notice.json --log-folder log/ --checkpoint kept-last-year\n  forewarn verify\n\nNothing is asked of anyone: a copy of the log and a kept checkpoint show that it was not rewritten."
)]
pub(crate) struct Verify {
    /// A signed notice, or the signed end of one; without it, everything in the data folder is verified
    pub(crate) file: Option<PathBuf>,
    /// The thumbprint of the key that you trust; without it, the key in the file is used and named
    #[arg(long, requires = "file")]
    pub(crate) kid: Option<String>,
    /// The keys that the issuer has published, with the times in which they count
    #[arg(long, value_name = "FILE", requires = "file")]
    pub(crate) keys: Option<PathBuf>,
    /// A copy of the issuer's log, as `forewarn notice log` writes it
    #[arg(long, value_name = "DIR", requires = "file")]
    pub(crate) log_folder: Option<PathBuf>,
    /// A checkpoint of the log that you kept
    #[arg(long, value_name = "FILE", requires = "file")]
    pub(crate) checkpoint: Option<PathBuf>,
}

/// Show the signing keys, or make a new one
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Private keys lie in the data folder, encrypted. The passphrase is taken from the file that\nFOREWARN_KEY_PASSPHRASE_FILE names, else from FOREWARN_KEY_PASSPHRASE, else it is asked for.\n\nExamples:\n  forewarn keys list\n  forewarn keys rotate"
)]
pub(crate) struct Keys {
    #[command(subcommand)]
    pub(crate) action: KeysAction,
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum KeysAction {
    /// The keys and the times in which they count
    List,
    /// Make a new key that counts from now on; old signatures stay valid
    Rotate,
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

/// Train the model from the files that a manifest names with their checksums
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn train --out model-out\n  forewarn train --manifest fixtures/manifest.toml --out models/core\n\nThe same files and the same seed give the same weights, bit for bit. What the manifest holds out is not looked at:\nmeasure it with forewarn eval --manifest FILE --model DIR/weights.txt"
)]
pub(crate) struct Train {
    /// The manifest [default: the one inside the binary]
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
    /// Where weights.txt, signs.tsv, metrics.json and card.md are written
    #[arg(long, value_name = "DIR", default_value = "model-out")]
    pub(crate) out: PathBuf,
    /// Also write all examples as JSON Lines, with the part that each belongs to
    #[arg(long, value_name = "FILE")]
    pub(crate) examples: Option<PathBuf>,
    /// Decides how the examples are dealt into folds
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    /// The name of the model, with its version
    #[arg(long, value_name = "NAME", value_parser = one_word)]
    pub(crate) name: Option<String>,
}

fn one_word(text: &str) -> Result<String, String> {
    match text.is_empty() || text.contains(char::is_whitespace) {
        true => Err("a name is one word, such as core-2".to_owned()),
        false => Ok(text.to_owned()),
    }
}

/// Measure how good the answers are, against baselines, with 95 % intervals
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  forewarn eval\n  forewarn eval offers my-labelled.jsonl --json\n  forewarn eval offers ordinary-ads.jsonl --unlabelled legit"
)]
pub(crate) struct Eval {
    #[command(subcommand)]
    pub(crate) what: Option<EvalWhat>,
    #[command(flatten)]
    pub(crate) offers: EvalOffers,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EvalWhat {
    /// Offers: does one recruit into a scam centre? (what eval measures when nothing is named)
    Offers(EvalOffers),
    /// Ordinary job fraud, another crime, on EMSCAD's columns, by a learner of its own
    JobFraud(EvalJobFraud),
    /// The alarms of the watch against what became of each country, for each threshold
    #[command(
        after_help = "Examples:\n  forewarn eval watch\n  forewarn eval watch --incidents later.csv --until 2026-06-30 --json"
    )]
    Watch(EvalWatch),
}

/// Measure the side benchmark of ordinary job fraud
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  forewarn eval job-fraud --train train.csv\n  forewarn eval job-fraud --train train.csv --test dev.csv --json\n\nFigures are weighed to the 4.84 % of frauds that EMSCAD has as a whole."
)]
pub(crate) struct EvalJobFraud {
    /// A table to learn from: EMSCAD's columns, with fraudulent and group_id
    #[arg(long, value_name = "FILE")]
    pub(crate) train: PathBuf,
    /// A table to measure on [default: the first, out of fold]
    #[arg(long, value_name = "FILE")]
    pub(crate) test: Option<PathBuf>,
    /// How many resamples an interval rests on
    #[arg(long, value_name = "COUNT", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) resamples: u32,
    /// Decides folds and resamples
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
}

/// Measure the assessment of offers
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Labelled offers are JSON Lines with text, label (lure or legit) or is_lure, and where they exist id,\nlanguage, indicators, countries, campaign (offers that hang together)."
)]
pub(crate) struct EvalOffers {
    /// Labelled offers, .jsonl, or folders of such files [default: what is held out of the training data]
    #[arg(value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// What lines without a label are
    #[arg(long, value_name = "LABEL", value_enum)]
    pub(crate) unlabelled: Option<Label>,
    /// Another manifest [default: the one inside the binary]
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
    /// Other weights [default: those inside the binary]
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
    /// Share of lures among the offers that people ask about, for calibration [default: the model's]
    #[arg(long, value_name = "SHARE")]
    pub(crate) prevalence: Option<f64>,
    /// How many resamples an interval rests on
    #[arg(long, value_name = "COUNT", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) resamples: u32,
    /// Decides the resamples
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub(crate) seed: u64,
    /// List the lures without a warning and the others with one
    #[arg(long)]
    pub(crate) errors: bool,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Label {
    /// It recruits into a scam centre.
    Lure,
    /// It does not.
    Legit,
}
