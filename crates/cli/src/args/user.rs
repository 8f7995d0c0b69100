//! The arguments of `users` and `audit`.

use std::path::PathBuf;

use clap::Subcommand;
use forewarn_app::model::rights::{Right, Role};
use forewarn_app::model::{Date, Language, Tlp};

/// Manage the users: who may sign in, and what they may do and see
#[derive(Debug, clap::Args)]
pub(crate) struct Users {
    #[command(subcommand)]
    pub(crate) action: UsersAction,
}

/// What is said of a user.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct UserForm {
    /// The name that others are shown [default: the user name]
    #[arg(long, value_name = "NAME")]
    pub(crate) shown: Option<String>,
    /// The organisation that the person belongs to
    #[arg(long, value_name = "NAME")]
    pub(crate) organisation: Option<String>,
    /// reader, analyst, reviewer, publisher, administrator or partner; may be given again
    #[arg(long = "role", value_name = "ROLE")]
    pub(crate) roles: Vec<Role>,
    /// The most restricted marking that the person may see [default: GREEN]
    #[arg(long, value_name = "TLP")]
    pub(crate) clearance: Option<Tlp>,
    /// An organisation whose restricted reports (AMBER+STRICT, RED) the person may see besides those of the own one;
    /// may be given again, `*` for every one, blank for none
    #[arg(long, value_name = "ORGANISATION")]
    pub(crate) cleared_for: Vec<String>,
    /// The language of the pages: en, fr, es or ar [default: the browser's]
    #[arg(long, value_name = "TAG")]
    pub(crate) language: Option<Language>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UsersAction {
    /// Add a user with a password
    #[command(
        after_help = "The password is asked for, or read from a file.\n\nExample:\n  forewarn users add ana --shown \"Ana K.\" --role analyst --clearance AMBER"
    )]
    Add {
        /// The user name: lower-case letters, digits, full stops, underscores, hyphens
        name: String,
        #[command(flatten)]
        form: UserForm,
        /// Read the password from the first line of this file
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    /// Invite a person to choose a password: adds the user, or lets one who is there choose anew
    #[command(after_help = "Example:\n  forewarn users invite ben --role reviewer --clearance AMBER")]
    Invite {
        /// The user name
        name: String,
        #[command(flatten)]
        form: UserForm,
    },
    /// List the users
    List,
    /// Change a user: what is not given stays; where any role or organisation is given, all are replaced
    Change {
        /// The user name
        name: String,
        #[command(flatten)]
        form: UserForm,
        /// Let the user sign in again
        #[arg(long)]
        activate: bool,
        /// The name at the provider of sign-ins by OpenID Connect: a verified e-mail address, or
        /// `subject:` and the identifier; blank for none
        #[arg(long, value_name = "NAME")]
        external: Option<String>,
        /// Remove the second factor: for someone who lost app and recovery codes
        #[arg(long)]
        remove_second_factor: bool,
    },
    /// Write a new password of a user; all sessions end
    Password {
        /// The user name
        name: String,
        /// Read the password from the first line of this file
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    /// Let a user sign in no more; all sessions end
    Deactivate {
        /// The user name
        name: String,
    },
    /// List the sessions of a user, or end them
    Sessions {
        /// The user name
        name: String,
        /// End this session, by the beginning of its id
        #[arg(long, value_name = "ID")]
        revoke: Option<String>,
        /// End all of them
        #[arg(long, conflicts_with = "revoke")]
        revoke_all: bool,
    },
    /// List tokens, make one, or revoke one
    #[command(
        after_help = "Example:\n  forewarn users tokens ana --make feed --scope look --scope report_add --days 90"
    )]
    Tokens {
        /// The user name; all users if none is given
        name: Option<String>,
        /// Make a token of this name; it is shown once
        #[arg(long, value_name = "NAME", requires_all = ["name", "scopes"])]
        make: Option<String>,
        /// A right that the token has; may be given again
        #[arg(long = "scope", value_name = "RIGHT")]
        scopes: Vec<Right>,
        /// How many days it holds
        #[arg(long, value_name = "DAYS", default_value_t = 90)]
        days: u32,
        /// Revoke the token that begins so
        #[arg(long, value_name = "PREFIX", conflicts_with = "make")]
        revoke: Option<String>,
    },
}

/// Search the audit log: who did and saw what
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  forewarn audit --actor ana --action notice --from 2024-03-01")]
pub(crate) struct Audit {
    /// Only by this user
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// Only this action, such as notice.issue; `notice` for all that begin so
    #[arg(long, value_name = "ACTION")]
    pub(crate) action: Option<String>,
    /// Only on this: an id, a user name
    #[arg(long, value_name = "ID")]
    pub(crate) subject: Option<String>,
    /// Not before this day (UTC)
    #[arg(long, value_name = "DAY")]
    pub(crate) from: Option<Date>,
    /// Not after this day (UTC)
    #[arg(long, value_name = "DAY")]
    pub(crate) to: Option<Date>,
    /// Only where the subject or the detail has these words
    #[arg(long, value_name = "WORDS")]
    pub(crate) text: Option<String>,
    /// How many entries at most, the newest first
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    pub(crate) limit: u32,
    /// Only entries before this number: to go on where a list ended
    #[arg(long, value_name = "NUMBER")]
    pub(crate) before: Option<i64>,
}
