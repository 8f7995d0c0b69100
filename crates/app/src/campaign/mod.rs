//! Campaigns: take offers into them, show them, mark what is wrong with them.

pub mod batch;
pub mod find;
pub mod mark;
pub mod update;
