//! Private matching: two organisations find out what their lists have in common, and nothing else.
//!
//! [`agree`] says with whom and within which limits; [`sets`] are the lists. An exchange has three messages, the
//! same over HTTPS and carried by hand: [`ask`] makes the question, [`receive`] takes whatever message came in and
//! does what it is for, [`exchange`] does all of it with a partner's node. Each hit is a request to talk ([`hits`]).
//! [`recheck`] shows afterwards that what was sent is what was committed to.
//!
//! The partner can ask over HTTPS with the right to share alone; whatever shows or changes something here also needs
//! the right to look.

pub mod agree;
pub mod ask;
pub mod exchange;
pub mod hits;
pub mod receive;
pub mod recheck;
pub mod sets;

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::rights::Right;
use forewarn_notice::sign;
use forewarn_share::matching::{self as wire, Message};
use forewarn_store::Agreement;

use crate::{AppError, Context, Workspace, keys};

/// How much is compared, and how old a message may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Of messages.
    pub message: wire::Limits,
    /// Lists are filled up to a multiple of this, so that their exact size stays unknown.
    pub fill_multiple: usize,
    /// Where only numbers are learned, each case is filled up to this many values.
    pub case_values_min: usize,
    /// Messages that were made longer ago are refused.
    pub age_days_max: u32,
    /// Messages may come from a clock that is ahead by this much.
    pub clock_minutes_max: u32,
    /// The secrets of an exchange are kept so long, for a later check, and then wiped.
    pub secret_days_max: u32,
    /// Sets that are in use at a time.
    pub sets_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message: wire::Limits::default(),
            fill_multiple: 100,
            case_values_min: 8,
            age_days_max: 30,
            clock_minutes_max: 10,
            secret_days_max: 30,
            sets_max: 1_000,
        }
    }
}

/// What may show or change something here: looking and sharing.
fn require_inside(context: &Context) -> Result<(), AppError> {
    context.require(Right::Share)?;
    context.require(Right::Look)
}

fn refused(operation: &'static str) -> impl Fn(String) -> AppError {
    move |why| AppError::Refused { operation, why }
}

/// The values of a set, with the cases of each.
struct Values {
    cases_of: BTreeMap<String, BTreeSet<String>>,
}

impl Values {
    fn load(workspace: &Workspace, number: i64) -> Result<Self, AppError> {
        let mut cases_of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (value, case) in workspace.store.match_values(number)? {
            cases_of.entry(value).or_default().insert(case);
        }
        Ok(Self { cases_of })
    }

    fn all(&self) -> BTreeSet<String> {
        self.cases_of.keys().cloned().collect()
    }

    /// The values of each case; those of no case stand together under an empty name.
    fn by_case(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut cases: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (value, of) in &self.cases_of {
            for case in of {
                cases.entry(case.clone()).or_default().insert(value.clone());
            }
        }
        cases
    }
}

/// Signs a message with the key that counts now, which must be the one that the message names.
fn signed(
    workspace: &mut Workspace,
    context: &Context,
    message: &Message,
) -> Result<(Vec<u8>, [u8; 32]), AppError> {
    let operation = "sign the match message";
    let payload = wire::payload(message).map_err(AppError::refused(operation))?;
    let current = keys::current(workspace, context)?;
    if current.key.public().kid() != message.head.from {
        let why = "the signing key has changed since the exchange began: begin again".to_owned();
        return Err(AppError::Refused { operation, why });
    }
    let jws = sign::sign(&current.key, &payload);
    Ok((wire::signed(&payload, jws.as_str()), wire::digest(&payload)))
}

/// The name of the key that counts now; the first is made when it is needed.
fn own_kid(workspace: &mut Workspace, context: &Context) -> Result<String, AppError> {
    let known = workspace.store.signing_keys()?.into_iter().rev().find(|key| key.until.is_none());
    match known {
        Some(key) => Ok(key.kid),
        None => Ok(keys::rotate(workspace, context)?.key.public().kid()),
    }
}

/// The agreement with a partner, by its short name.
fn agreement(workspace: &Workspace, partner: &str) -> Result<Agreement, AppError> {
    let found = workspace.store.match_agreements()?.into_iter().find(|one| one.partner == partner);
    let found = found.ok_or_else(|| AppError::NotFound {
        what: "agreement with",
        name: partner.to_owned(),
        remedy: "make one with `forewarn share agree`".to_owned(),
    })?;
    if !found.active {
        let why = format!("the agreement with {partner:?} is not in force");
        return Err(AppError::Refused { operation: "match", why });
    }
    Ok(found)
}

/// 32 random bytes.
fn random(context: &Context) -> Result<[u8; 32], AppError> {
    let mut bytes = [0; 32];
    (context.random)(&mut bytes).map_err(AppError::refused("draw a secret"))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
