//! The arguments of `incidents`.

use std::path::PathBuf;

use clap::Subcommand;
use forewarn_app::model::Date;

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
