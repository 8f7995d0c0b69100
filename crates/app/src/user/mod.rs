//! People: who may sign in, how they prove who they are, and their sessions.
//!
//! Nothing here knows pages or cookies: an edge hands in what the browser or the program sent and gets back who
//! it is ([`Signed`]), from which [`context`] makes what holds for that person's actions.

pub mod invite;
pub mod password;
pub mod provider;
pub mod secret;
pub mod session;
pub mod sign_in;
pub mod totp;
pub mod write;

use forewarn_model::rights::Rights;
use forewarn_model::{User, UserName};
use forewarn_store::Throttle;

pub use invite::{Invitation, first_start, invite, invited, join};
pub use password::{Password, PasswordError, change_password, set_password};
pub use provider::{Provider, Step};
pub use session::{Ended, by_session, end_all, revoke_session, sessions, sign_out};
pub use sign_in::{Attempt, SignIn, sign_in, vouched};
pub use totp::{Enrolment, totp_begin, totp_confirm, totp_left, totp_on, totp_remove};
pub use write::{add, change, change_self, external, find, list, members, set_external};

use crate::{AppError, Context};

/// How long things last, and how many there may be.
#[derive(Debug, Clone)]
pub struct Limits {
    /// A session that is not used so long has ended, in seconds.
    pub session_idle_s: u32,
    /// The longest that a session lasts, in seconds.
    pub session_s_max: u32,
    /// Use of a session is noted at most so often, in seconds.
    pub session_seen_s: u32,
    /// Most sessions of a user; the oldest ends for a new one.
    pub sessions_max: u32,
    /// The longest that a token lasts, in days.
    pub token_days_max: u32,
    /// Most tokens of a user; those that ended count for 30 days.
    pub tokens_max: u32,
    /// How long an invitation holds, in seconds.
    pub invitation_s: u32,
    /// Most users.
    pub users_max: usize,
    /// How failed attempts to sign in slow down.
    pub throttle: Throttle,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            session_idle_s: 12 * 3_600,
            session_s_max: 7 * 86_400,
            session_seen_s: 60,
            sessions_max: 50,
            token_days_max: 366,
            tokens_max: 100,
            invitation_s: 86_400,
            users_max: 10_000,
            throttle: Throttle::default(),
        }
    }
}

/// A user who proved who it is, and by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The user.
    pub user: User,
    /// By what.
    pub by: By,
}

/// By what a user proved who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// A session that began with a sign-in.
    Session([u8; 32]),
    /// A token, with what it may do at most.
    Token {
        /// How it begins.
        prefix: String,
        /// What it may do, of what its owner may.
        scopes: Rights,
    },
}

impl Signed {
    /// What may be done: the user's rights; with a token, those of them that it has too.
    pub fn rights(&self) -> Rights {
        match &self.by {
            By::Session(_) => self.user.rights(),
            By::Token { scopes, .. } => self.user.rights().and(*scopes),
        }
    }

    /// The session, for what only a person may do who is there: passwords, second factors, tokens.
    pub fn session(&self) -> Result<&[u8; 32], AppError> {
        match &self.by {
            By::Session(id) => Ok(id),
            By::Token { .. } => Err(AppError::Refused {
                operation: "change the account",
                why: "a token was given: sign in with name and password".to_owned(),
            }),
        }
    }
}

/// What holds for the actions of a user who signed in; time and machine from `base`.
pub fn context(signed: &Signed, base: &Context) -> Context {
    Context {
        actor: signed.user.name.to_string(),
        clearance: signed.user.sees(),
        rights: signed.rights(),
        ..base.clone()
    }
}

/// A name that nobody guesses, for what a sign-in under way is kept under.
pub fn waiting_name(context: &Context) -> Result<String, AppError> {
    secret::make(context, "sign in")
}

/// The error for a user that does not exist.
fn nobody(name: &str) -> AppError {
    let remedy = "see `forewarn users list`".to_owned();
    AppError::NotFound { what: "user", name: name.to_owned(), remedy }
}

/// A short name that was typed.
fn named(name: &str) -> Result<UserName, AppError> {
    name.parse().map_err(|_| nobody(name))
}

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
