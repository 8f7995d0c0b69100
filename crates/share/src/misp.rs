//! MISP: issued notices and campaigns as events of a feed, and other people's events read.
//!
//! The format is that of MISP's feeds (`manifest.json`, `hashes.csv`, `<uuid>.json`; MISP standard, *MISP core
//! format*), with MISP's own object templates: `interpol-notice`, `cap-alert`, `cap-info`, `coin-address`,
//! `telegram-account`, `user-account`. One object is our own, [`INCIDENT_TEMPLATE`], because no template holds
//! a dated claim with hub, origin and count.
//!
//! Every uuid follows from what it names (UUIDv5) and every timestamp from the input, so that a feed that is
//! made again is the same. Correlation is left to identifiers: texts, dates and codes are told not to take part,
//! because a server keeps one row for each pair of equal values. An event that ends is sent again under its
//! uuid, later, with its attributes marked as deleted: that is how a withdrawal reaches a server that has it.
//!
//! Reading trusts nothing: the caller gets identifiers as lines of text that the pipeline looks through like
//! any other, and what belongs to persons is left out and counted.

mod campaign;
mod event;
mod id;
mod incident;
mod notice;
mod observable;
mod read;
mod tag;

pub use campaign::{CampaignEventInput, CampaignIdentifier, campaign_event};
pub use event::{Event, feed_hashes, feed_manifest};
pub use incident::INCIDENT_TEMPLATE;
pub use notice::{NoticeEventInput, notice_event};
pub use read::{Group, Limits, Read, events, manifest_entries, read_event};

#[cfg(test)]
mod tests;
