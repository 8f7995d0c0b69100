//! The arguments.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clap_complete::Shell;
use forewarn_app::collect::{Format, Mapping};
use forewarn_app::model::{AlarmKind, Country, Date, Grading, Language, ReportKind, Timestamp, Tlp};

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
    /// Measure how good Forewarn is, on data whose outcome is known
    Eval(Eval),
    /// Draft, review, issue and show notices
    Notice(Notice),
    /// Check, format, test and explain rules
    Rules(Rules),
    /// Open the pages in a browser on this machine
    Serve(Serve),
    /// Verify a signed notice, or everything in the data folder
    Verify(Verify),
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
    pub(crate) file: PathBuf,
    /// The language of the answer [default: the offer's]
    #[arg(long, value_name = "TAG")]
    pub(crate) lang: Option<Language>,
    /// The language of the offer, if you know it
    #[arg(long, value_name = "TAG")]
    pub(crate) text_lang: Option<Language>,
    /// The country that you live in, to list help there: KE, PH, …
    #[arg(long, value_name = "CODE")]
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
    after_help = "Examples:\n  forewarn ingest ads.jsonl.gz chats.csv\n  forewarn ingest --map text=description,title=title jobs.csv\n  zcat ads.jsonl.gz | forewarn ingest --format jsonl -\n  forewarn ingest --kind news article.txt\n\nKilled at any instant and started again with the same input, it neither loses nor doubles anything."
)]
pub(crate) struct Ingest {
    /// Files: .csv, .jsonl, .txt, also .gz and .zst; .parquet; - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The format, where the name does not tell: csv, jsonl, parquet, text
    #[arg(long)]
    pub(crate) format: Option<Format>,
    /// Which column holds which field: text=description,title=title
    #[arg(long, value_name = "FIELD=COLUMN,…", default_value = "")]
    pub(crate) map: Mapping,
    /// What the reports are, unless they say so: job_ad, chat, scam_report, testimony, news, advisory
    #[arg(long, default_value = "job_ad")]
    pub(crate) kind: ReportKind,
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
pub(crate) struct Campaigns {
    /// How many are shown
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    pub(crate) count_max: usize,
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
    after_help = "Examples:\n  forewarn network +447700900123\n  forewarn network @handle_test --hops 2\n  forewarn network --path samplevest-pro.example +447700900123"
)]
pub(crate) struct Network {
    /// A phone, handle, domain, wallet, or the id of a report or campaign
    pub(crate) value: String,
    /// Show how the two are connected
    #[arg(long, value_name = "VALUE")]
    pub(crate) path: Option<String>,
    /// How many steps to go
    #[arg(long, default_value_t = 1)]
    pub(crate) hops: u32,
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

fn watch_kind(text: &str) -> Result<AlarmKind, String> {
    AlarmKind::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| {
        let names: Vec<&str> = AlarmKind::ALL.iter().map(|kind| kind.as_str()).collect();
        format!("expected one of {}", names.join(", "))
    })
}

/// Measure how good Forewarn is, on data whose outcome is known
#[derive(Debug, clap::Args)]
pub(crate) struct Eval {
    #[command(subcommand)]
    pub(crate) action: EvalAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EvalAction {
    /// The alarms of the watch against what became of each country, for each threshold
    #[command(
        after_help = "Examples:\n  forewarn eval watch\n  forewarn eval watch --incidents later.csv --until 2026-06-30 --json"
    )]
    Watch(EvalWatch),
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
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
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
    },
    /// Hand it in for review
    Submit(Step),
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
    /// Take it back
    Withdraw(Step),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Step {
    /// Its id or number
    pub(crate) notice: String,
    /// Why
    #[arg(long)]
    pub(crate) why: String,
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
    after_help = "Examples:\n  forewarn verify notice.json\n  forewarn verify notice.json --kid 3q2-…\n  forewarn verify"
)]
pub(crate) struct Verify {
    /// A signed notice; without it, everything in the data folder is verified
    pub(crate) file: Option<PathBuf>,
    /// The thumbprint of the key that you trust; without it, the key in the file is used and named
    #[arg(long, requires = "file")]
    pub(crate) kid: Option<String>,
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
