//! Warnings: drafted from evidence, checked against the rules, approved by four eyes, said in four
//! languages, signed.
//!
//! The way of a notice through this crate:
//!
//! 1. [`draft`](fn@draft) writes an Orange Notice from an alarm, [`draft_campaign`] a Purple one from a
//!    campaign: [statements](forewarn_model::Statement) that
//!    name a message of the catalogues and carry their facts and their references.
//! 2. [`check`](fn@check) lists what stands against it: INTERPOL's Constitution and Rules on the Processing
//!    of Data, taken as a yardstick, each [`Finding`] with the place and the rule.
//! 3. [`apply`] moves it through its life: nobody approves alone, nobody approves their own work, nothing
//!    is changed between the first approval and the issue.
//! 4. [`localize`](fn@localize) says it in a language from the [`Catalogues`].
//! 5. [`extract`] says what a reviewed choice of it may tell the public, in many languages.
//! 6. [`sign`] makes and verifies the detached signature over its canonical JSON; [`log`] proves that what
//!    was issued is in a log that can only grow.
//!
//! This crate does no I/O, reads no clock, draws no randomness and knows no layout: `render` lays out,
//! `share` writes the JSON that is signed. Notice colours follow the convention that INTERPOL made public;
//! Forewarn is independent of it.

pub mod catalogue;
pub mod check;
pub mod draft;
pub mod edit;
pub mod extract;
pub mod key_file;
pub mod kind;
pub mod life;
pub mod localize;
pub mod log;
pub mod message;
pub mod sign;

mod facet;
mod fingerprint;
mod grammar;
mod tally;
#[cfg(test)]
mod testing;

pub use catalogue::{CatalogueError, Catalogues};
pub use check::{Finding, FindingSeverity, Place, check};
pub use draft::{
    CampaignInput, DraftError, DraftInput, DraftLimits, Head, NamingCampaign, draft, draft_campaign,
    draft_campaign_with, draft_with,
};
pub use extract::{
    ExtractAction, ExtractEnd, ExtractError, PublicWords, apply_extract, check_extract, localize_extract,
    points as extract_points, public_form,
};
pub use kind::{KindSpec, spec_of};
pub use life::{Act, Action, Due, Override, StateError, acts, apply, approvals, due};
pub use localize::{FindingWords, country_name, localize, localize_finding, localize_source};
