//! Alarms: replay the watch, or ask as of a day.

pub mod replay;
