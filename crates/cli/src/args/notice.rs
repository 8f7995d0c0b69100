//! The arguments of `notice`, `verify` and `keys`.

use std::path::PathBuf;

use clap::Subcommand;
use forewarn_app::model::{Country, Date, Grading, Language, MemberKind, ReceiptKind, ReplyKind, Tlp};

use crate::args::Deliver;

/// Draft, review, issue and show notices
#[derive(Debug, clap::Args)]
pub(crate) struct Notice {
    #[command(subcommand)]
    pub(crate) action: NoticeAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NoticeAction {
    /// Draft a notice: an Orange one from an alarm, a Purple one from a campaign
    #[command(
        after_help = "Examples:\n  forewarn notice draft alm-… --issuer \"Example Bureau\" --number EX-2024-OR-0001\n  forewarn notice draft cmp-… --issuer \"Example Bureau\" --number EX-2024-PU-0001"
    )]
    Draft {
        /// The alarm, as `forewarn watch --json` prints it, or the campaign, as `forewarn campaigns` does (or
        /// the beginning of its id)
        from: String,
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
    /// Choose what of an issued notice is public, review it, take it back
    Extract(Extract),
    /// Write everything that is public as files: pages, Atom feeds and JSON in every language
    Feed {
        /// Where the files are written
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// Where the desk is reached by others, for the links of the feeds
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
    },
    /// Write the transparency log as files: checkpoint, tiles of hashes, public keys
    Log {
        /// Where the files are written
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct Extract {
    #[command(subcommand)]
    pub(crate) action: ExtractAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ExtractAction {
    /// Show which sentences and identifiers can be public, and what was decided on them
    Show {
        /// Its id or number
        notice: String,
        /// The language of the text as the public reads it
        #[arg(long, default_value = "en")]
        lang: Language,
    },
    /// Choose sentences and identifiers by their numbers; another person publishes them
    #[command(
        after_help = "Example:\n  forewarn notice extract show EX-2024-OR-0001\n  forewarn notice extract propose EX-2024-OR-0001 --sentence 5 --sentence 22 --why \"for job seekers\""
    )]
    Propose {
        #[command(flatten)]
        step: Step,
        /// A sentence, by its number; may be given again
        #[arg(long, value_name = "NUMBER")]
        sentence: Vec<usize>,
        /// An identifier, by its number; may be given again
        #[arg(long, value_name = "NUMBER")]
        identifier: Vec<usize>,
        /// Let a finding stand, with the reason, which is kept
        #[arg(long = "override", value_name = "FINDING[@PLACE]=REASON")]
        overrides: Vec<String>,
    },
    /// Make public what another person chose
    Publish(Step),
    /// Refuse what was chosen
    Reject(Step),
    /// Take back what is public
    Withdraw(Step),
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
