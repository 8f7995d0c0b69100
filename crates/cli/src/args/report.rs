//! The arguments of `reports`.

use std::path::PathBuf;

use clap::Subcommand;
use forewarn_app::model::{Country, Grading, Language, ObservableKind, Pap, PartialDate, ReportKind, Tlp};

/// Find reports: by words in any script, and by what is known of them
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Words: all of them must be there; \"in quotes\" a phrase; begin* the beginning of a word; -without. Accents and case do not count.\n\nExamples:\n  forewarn reports 'lương cao' --country KH --sort score\n  forewarn reports '\"customer service\" -visa' --language en --from 2024-01\n  forewarn reports --identifier @hr_asia --json\n  forewarn reports 招聘 --csv --out found.csv\n  forewarn reports show rpt-2a…\n  forewarn reports mark rpt-2a… --tlp RED --grading B2 --why \"names a witness\""
)]
pub(crate) struct Reports {
    #[command(subcommand)]
    pub(crate) action: Option<ReportAction>,
    /// Words to look for
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) filter: ReportFilter,
    /// The order: newest (the last to arrive) or score
    #[arg(long, value_name = "ORDER", default_value = "newest")]
    pub(crate) sort: SortArg,
    /// How many are shown
    #[arg(long, value_name = "COUNT", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub(crate) count_max: u32,
    /// Where the page before ended, as it said
    #[arg(long, value_name = "CURSOR")]
    pub(crate) cursor: Option<String>,
    /// Write all of them as CSV
    #[arg(long, conflicts_with_all = ["jsonl", "cursor"])]
    pub(crate) csv: bool,
    /// Write all of them as JSON Lines
    #[arg(long, conflicts_with = "cursor")]
    pub(crate) jsonl: bool,
    /// Where they are written, with --csv or --jsonl [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReportFilter {
    /// An identifier that it names: a phone, handle, domain, wallet, in any way of writing it
    #[arg(long, value_name = "VALUE")]
    pub(crate) identifier: Option<String>,
    /// A kind of identifier that it names: phone, email, url, domain, iban, handle:telegram, crypto:btc, …
    #[arg(long, value_name = "KIND")]
    pub(crate) identifier_kind: Vec<ObservableKind>,
    /// A country that it names, as two letters; may be given several times
    #[arg(long, value_name = "COUNTRY", value_parser = country)]
    pub(crate) country: Vec<Country>,
    /// Its language, such as vi; may be given several times
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Vec<Language>,
    /// What it is: job_ad, chat, scam_report, testimony, news, advisory
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Vec<ReportKind>,
    /// Its verdict: no_known_signs, some_signs, strong_signs
    #[arg(long, value_name = "VERDICT", value_parser = forewarn_app::report::search::verdict)]
    pub(crate) verdict: Vec<forewarn_app::model::Verdict>,
    /// The least probability that it recruits into a scam centre, 0 to 1
    #[arg(long, value_name = "P")]
    pub(crate) probability_min: Option<f64>,
    /// The greatest probability
    #[arg(long, value_name = "P")]
    pub(crate) probability_max: Option<f64>,
    /// The source in which it was seen, by its whole name; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Vec<String>,
    /// First received on this day or later; also a month or a year
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<PartialDate>,
    /// First received on this day or earlier
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<PartialDate>,
    /// Published on this day or later
    #[arg(long, value_name = "DATE")]
    pub(crate) published_from: Option<PartialDate>,
    /// Published on this day or earlier
    #[arg(long, value_name = "DATE")]
    pub(crate) published_to: Option<PartialDate>,
    /// Its marking: CLEAR, GREEN, AMBER, AMBER+STRICT, RED
    #[arg(long, value_name = "TLP")]
    pub(crate) tlp: Vec<Tlp>,
    /// A grading that it reaches: B2 finds A1, A2, B1 and B2
    #[arg(long, value_name = "GRADING")]
    pub(crate) grading: Option<Grading>,
    /// The campaign that it belongs to, by its id or the beginning of it
    #[arg(long, value_name = "CAMPAIGN")]
    pub(crate) campaign: Option<String>,
    /// Only those from which claims on the trend were read (yes) or none were (no)
    #[arg(long, value_name = "YES|NO")]
    pub(crate) claims: Option<YesNo>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum YesNo {
    Yes,
    No,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum SortArg {
    Newest,
    Score,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReportAction {
    /// Show one report with everything that is known of it
    Show {
        /// Its id, or the beginning of it
        report: String,
    },
    /// Change the marking or the grading of a report
    Mark {
        /// Its id, or the beginning of it
        report: String,
        /// How far it may be passed on: CLEAR, GREEN, AMBER, AMBER+STRICT, RED
        #[arg(long)]
        tlp: Option<Tlp>,
        /// What may be done with it: WHITE, GREEN, AMBER, RED
        #[arg(long)]
        pap: Option<Pap>,
        /// How far to trust it: A1 to F6
        #[arg(long)]
        grading: Option<Grading>,
        /// Why
        #[arg(long)]
        why: String,
    },
}

pub(super) fn country(text: &str) -> Result<Country, forewarn_app::model::geo::CountryError> {
    text.trim().to_ascii_uppercase().parse()
}
