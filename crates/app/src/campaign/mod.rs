//! Campaigns: take offers into them, list and show them, mark what is wrong with them.

pub mod batch;
pub mod find;
pub mod list;
pub mod mark;
pub mod show;
pub mod update;
