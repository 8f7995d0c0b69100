//! One file per command: asks `app`, shows the outcome.

pub(crate) mod campaigns;
pub(crate) mod check;
pub(crate) mod check_stream;
pub(crate) mod cluster;
pub(crate) mod completions;
pub(crate) mod delivery;
pub(crate) mod demo;
pub(crate) mod eval;
pub(crate) mod eval_watch;
pub(crate) mod extract;
pub(crate) mod incidents;
pub(crate) mod ingest;
pub(crate) mod keys;
pub(crate) mod members;
pub(crate) mod misp;
pub(crate) mod network;
pub(crate) mod notice;
pub(crate) mod read;
pub(crate) mod reports;
pub(crate) mod rules;
pub(crate) mod serve;
pub(crate) mod share;
pub(crate) mod train;
pub(crate) mod verify;
pub(crate) mod watch;
