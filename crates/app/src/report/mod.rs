//! Reports: take in, read, check one.

pub mod check;
pub mod ingest;
pub mod process;
pub mod read;
