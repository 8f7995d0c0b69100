//! Who acts, when, and with what clearance.

use std::fmt;
use std::sync::Arc;

use forewarn_model::rights::{Right, Rights};
use forewarn_model::{Clearance, Timestamp};

use crate::AppError;

/// Where random bytes come from. The binary hands in the operating system's generator, a test hands in
/// fixed bytes.
pub type Random = fn(&mut [u8; 32]) -> Result<(), String>;

/// Where the passphrase of the signing key comes from; asked only when a key is read, or made (`true`). The
/// error says how to give one.
pub type Passphrase = Arc<dyn Fn(bool) -> Result<String, String> + Send + Sync>;

/// What holds for one action.
#[derive(Clone)]
pub struct Context {
    /// The time of the action.
    pub now: Timestamp,
    /// Who acts: a user's name, for the audit log.
    pub actor: String,
    /// What the actor may see: up to which marking, and whose.
    pub clearance: Clearance,
    /// What the actor may do.
    pub rights: Rights,
    /// Random bytes.
    pub random: Random,
    /// The passphrase of the signing key.
    pub passphrase: Passphrase,
}

impl Context {
    /// Goes on only if the actor has a right. Every action that changes, and every one that shows, begins with it.
    pub fn require(&self, right: Right) -> Result<(), AppError> {
        if self.rights.has(right) {
            return Ok(());
        }
        Err(AppError::Denied { actor: self.actor.clone(), right })
    }

    /// Goes on if the actor has any one of these rights; an error names the first.
    pub fn require_any(&self, rights: &[Right]) -> Result<(), AppError> {
        match rights.first() {
            Some(first) if !rights.iter().any(|right| self.rights.has(*right)) => self.require(*first),
            _ => Ok(()),
        }
    }

    /// The same, as another actor.
    pub fn acting_as(&self, actor: &str) -> Self {
        Self { actor: actor.to_owned(), ..self.clone() }
    }

    /// The same, at another time.
    pub fn at(&self, now: Timestamp) -> Self {
        Self { now, ..self.clone() }
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("now", &self.now)
            .field("actor", &self.actor)
            .field("clearance", &self.clearance)
            .field("rights", &self.rights)
            .finish_non_exhaustive()
    }
}
