//! Alarms: replay the watch, ask as of a day, figures of the trend, and how good all of it is.

pub mod evaluate;
pub mod plot;
pub mod replay;
pub mod trend;
