//! Incidents: import a table, look at candidates, decide on them.

pub mod decide;
pub mod import;
