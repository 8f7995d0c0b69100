//! MISP: a feed of what was issued, and feeds of others read.

pub mod feed;
pub mod import;
