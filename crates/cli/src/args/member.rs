//! The arguments of `members` and `notice deliver`.

use clap::Subcommand;
use forewarn_app::model::{Channel, Country, MemberKind, Tlp};

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
