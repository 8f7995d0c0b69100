//! Reports: take in, read, find again, show, mark; check one, check a stream.

pub mod check;
pub mod export;
pub mod ingest;
pub mod mark;
pub mod output;
pub mod pieces;
pub mod process;
pub mod read;
pub mod search;
pub mod show;
pub mod stream;
