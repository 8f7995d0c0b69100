//! Incidents: add one, import a table or a bundle, decide on candidates, retract.

pub mod add;
pub mod decide;
pub mod import;
pub mod list;
pub mod preview;
pub mod retract;
