//! Passwords: how strong they must be, how they are kept, and how they are changed.

use std::fmt;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use forewarn_model::User;
use forewarn_model::rights::Right;
use thiserror::Error;
use unicode_normalization::UnicodeNormalization as _;
use zxcvbn::feedback::Feedback;
use zxcvbn::{Score, zxcvbn};

use super::{Signed, named, nobody, secret};
use crate::{AppError, Context, Workspace};

/// Shortest password, in characters (NIST SP 800-63B-4, 3.1.1.2, asks for 8 beside a second factor and 15
/// without; the strength below does the rest).
pub const CHARS_MIN: usize = 12;

/// Longest password, in bytes: hashing it costs the server.
pub const BYTES_MAX: usize = 1_024;

/// Of a long password, so many characters are looked at for its strength.
const RATED_CHARS_MAX: usize = 100;

/// Work per password: 19 MiB, two passes, one lane (OWASP, *Password Storage Cheat Sheet*).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Checked where there is no such user, or no password yet, so that both take as long. Nothing hashes to it.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$Zm9yZXdhcm5ub2JvZHk$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password that is not good enough. Told in the words of the page by its kind.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// Too few characters.
    #[error(
        "choose a password: {chars} characters: take at least {CHARS_MIN}, such as four words that do not belong together"
    )]
    Short {
        /// How many it has.
        chars: usize,
    },
    /// Too many bytes.
    #[error("choose a password: longer than {BYTES_MAX} bytes: take a shorter one")]
    Long,
    /// Easily guessed.
    #[error(
        "choose a password: this one is easily guessed: {told}: take four or more words that do not belong together"
    )]
    Weak {
        /// Why, in English.
        told: String,
    },
}

/// A password as it was typed. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Takes what was typed; different ways to write the same characters are one (NFKC).
    pub fn new(typed: &str) -> Self {
        // Longer ones are refused by `rate` and match nothing; they need not be worked through.
        if typed.len() > 4 * BYTES_MAX {
            return Self(typed.to_owned());
        }
        Self(typed.nfkc().collect())
    }

    /// Whether it is good enough for a user.
    pub fn rate(&self, user: &User) -> Result<(), PasswordError> {
        let chars = self.0.chars().count();
        if chars < CHARS_MIN {
            return Err(PasswordError::Short { chars });
        }
        if self.0.len() > BYTES_MAX {
            return Err(PasswordError::Long);
        }
        let rated: String = self.0.chars().take(RATED_CHARS_MAX).collect();
        let about = [user.name.as_str(), &user.shown, &user.organisation, "forewarn"];
        let entropy = zxcvbn(&rated, &about);
        if entropy.score() >= Score::Three {
            return Ok(());
        }
        let told = entropy.feedback().and_then(Feedback::warning).map(|warning| warning.to_string());
        let told = told.unwrap_or_else(|| "it is made of common words or patterns".to_owned());
        Err(PasswordError::Weak { told: told.trim_end_matches('.').to_owned() })
    }

    /// The hash to keep (Argon2id, PHC string).
    pub(super) fn hash(&self, context: &Context) -> Result<String, AppError> {
        let operation = "hash the password";
        let salt = secret::bytes(context, operation)?;
        let hash = argon2(operation)?
            .hash_password_with_salt(self.0.as_bytes(), &salt[..16])
            .map_err(AppError::refused(operation))?;
        Ok(hash.to_string())
    }

    /// Whether it is the one that was hashed. Takes as long without one.
    pub(super) fn verify(&self, hash: Option<&str>) -> Result<bool, AppError> {
        let operation = "check the password";
        if self.0.len() > BYTES_MAX {
            return Ok(false);
        }
        let kept = PasswordHash::new(hash.unwrap_or(NOBODY)).map_err(AppError::refused(operation))?;
        let same = argon2(operation)?.verify_password(self.0.as_bytes(), &kept).is_ok();
        Ok(same && hash.is_some())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// Writes the password of a user, by an administrator. All sessions of the user end.
pub fn set_password(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    password: &Password,
) -> Result<(), AppError> {
    context.require(Right::UserWrite)?;
    let user = workspace.store.user(named(name)?.as_str())?.ok_or_else(|| nobody(name))?;
    password.rate(&user)?;
    let hash = password.hash(context)?;
    workspace.store.put_password(&user.name, &hash, None)?;
    workspace.note(context, "user.password", name, "written; all sessions ended")
}

/// Changes one's own password, with the one that holds. All other sessions end.
pub fn change_password(
    workspace: &mut Workspace,
    context: &Context,
    signed: &Signed,
    current: &Password,
    new: &Password,
) -> Result<(), AppError> {
    let session = signed.session()?;
    let user = &signed.user;
    if let Some(wait_s) = super::sign_in::begin(workspace, context, user.name.as_str(), "")? {
        let why = format!("too many wrong passwords: try again in {wait_s} seconds");
        return Err(AppError::Refused { operation: "change the password", why });
    }
    if !current.verify(workspace.store.proof(&user.name)?.password.as_deref())? {
        let why = "the present password is another: type it again".to_owned();
        return Err(AppError::Refused { operation: "change the password", why });
    }
    super::sign_in::forgive(workspace, user.name.as_str(), "", true)?;
    new.rate(user)?;
    let hash = new.hash(context)?;
    workspace.store.put_password(&user.name, &hash, Some(session))?;
    workspace.note(context, "user.password", user.name.as_str(), "changed; other sessions ended")
}

fn argon2(operation: &'static str) -> Result<Argon2<'static>, AppError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(AppError::refused(operation))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}
