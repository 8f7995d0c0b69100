//! Alarms: replay the watch, ask as of a day, decide on what it raised, figures of the trend, and how good all
//! of it is.

pub mod cache;
pub mod decide;
pub mod evaluate;
pub mod list;
pub mod plot;
pub mod replay;
pub mod show;
pub mod trend;
