//! Wire forms: how what Forewarn knows is written for other machines, and read back from them.
//!
//! - [`json`]: the views that `--json`, the demo's files and the API show; and alarms as CSV.
//! - [`htcds`]: case data after the Human Trafficking Case Data Standard, in two parts, one of them sealed.
//! - [`misp`]: notices and campaigns as events of a MISP feed; events of others read.
//! - [`notice_json`]: a notice as the JSON document that is signed, without loss and back again.
//! - [`extract_json`]: what of a notice is public.
//! - [`graph_file`]: the network as GraphML, GEXF and CSV.
//! - [`matching`]: the three messages of a private comparison of lists.
//! - [`status_json`]: the end of a notice (withdrawn, superseded, expired) as a signed document.
//! - [`stix`]: a notice with its evidence, or incidents, as a STIX 2.1 bundle; incidents read back.
//!
//! The domain types know no wire format; every type that does stands here. This crate decides nothing: no
//! permission, no score, no wording. It filters nothing by marking either (that is `app`'s, below every
//! export); it writes down the marking that it was given. No I/O, no clock, no randomness: the same values
//! give the same bytes, ids included.

pub mod extract_json;
pub mod graph_file;
pub mod htcds;
pub mod json;
pub mod matching;
pub mod misp;
pub mod notice_json;
pub mod status_json;
pub mod stix;

mod envelope;
mod strict;
mod wire;

pub use envelope::{Envelope, LogProof};

#[cfg(test)]
mod sample;
