//! Campaigns: find them, show them.

pub mod find;
