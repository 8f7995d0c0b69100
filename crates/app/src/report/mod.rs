//! Reports: take in, read, check one, check a stream.

pub mod check;
pub mod ingest;
pub mod output;
pub mod process;
pub mod read;
pub mod stream;
