//! Campaigns: find them, show them.

pub mod batch;
pub mod find;
