//! Watch: dated facts about the trend go in, alarms come out. Hear the next hub before the headline.
//!
//! An alarm sounds when a subject (a hub country, a place, a country of origin, a route, a region) is new and
//! the reports on it are stronger than chance would bring within the time that the reader allows for one false
//! alarm, or when a known one surges. Everything is judged by the day on which it became known, never by the
//! day on which it happened, so that a day of the past can be asked what it could have said.
//!
//! The steps, one room each: `report` makes incidents ready and weighs each, `source` tells independent
//! publications from copies, `state` keeps what is known of one subject, `noise` says how often chance would
//! do as much, `surge` the same for growth, `world` walks through the days, [`sentence`] puts an alarm into
//! words. [`trend`] gives figures, [`course`] where it was month by month, [`evaluation`] says how good the watch was.
//!
//! This crate reads no file, no clock and draws no random number (a simulation takes its seed). It does not
//! decide whether a notice is written: people do.

mod config;
pub mod course;
mod diversity;
pub mod evaluation;
mod neighbours;
mod noise;
pub mod null;
mod precursor;
mod random;
mod replay;
mod report;
mod scan;
mod sentence;
mod source;
mod state;
mod surge;
pub mod trend;
mod world;

pub use config::Config;
pub use replay::{as_of, replay};
pub use sentence::sentence;
