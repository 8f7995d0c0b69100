//! The exchange with others: collections of STIX objects, partners, and what goes to and comes from each.
//!
//! Objects lie in collections. A *published* collection holds what this node publishes under one marking; a *shared*
//! one is read and written by all who are cleared; each partner has an *outbox* with what the rules let go to it, and
//! an *inbox* with what came from it. What was received is never passed on by itself: it belongs to its originator.

pub mod access;
pub mod collection;
pub mod import;
pub mod judge;
pub mod object;
pub mod partner;
pub mod publish;
pub mod pull;
pub mod push;
pub mod quarantine;
pub mod rules;
pub mod status;
pub mod take;
pub mod wire;

use forewarn_share::stix::{Admission, Admitted, Refusal, admit};
use forewarn_store::ExchangeObject;
use rayon::prelude::*;

/// Looks at objects, side by side; what each is, or why it is refused, in their order.
pub(crate) fn admit_all(objects: &[Vec<u8>], admission: &Admission) -> Vec<Result<Admitted, Refusal>> {
    objects.par_iter().map(|bytes| admit(bytes, admission)).collect()
}

/// An admitted object as the store keeps it.
pub(crate) fn stored(admitted: &Admitted, bytes: Vec<u8>) -> ExchangeObject {
    ExchangeObject {
        id: admitted.id.clone(),
        kind: admitted.kind.clone(),
        spec_version: admitted.spec_version.to_owned(),
        version: admitted.version.zip(admitted.version_text.clone()),
        digest: admitted.digest,
        marking: admitted.marking,
        revoked: admitted.revoked,
        creator: admitted.creator.clone(),
        bytes,
    }
}
