//! From facts and indicators to a score with its reasons.
//!
//! A small logistic regression, whose every part can be shown to the person it is about: red flags that
//! the rules found, the structure of the offer (no address on the web, pay in dollars, a hub abroad), signs
//! of a regular employer, and, with little weight, the wording. Contributions are in log-odds and add up
//! to the score. Rules find facts; only this crate weighs them.
//!
//! Reading order: [`Model`] (what a score is made of), `feature` (what the model sees), `sign` and `wording`
//! (two of its families), [`train`] (how weights come about), [`metrics`] and [`evaluate`] (how good it
//! is), [`manifest`] (which examples train, and which are held out), [`template`] (many examples out of a few);
//! [`jobfraud`] (another crime, measured only).
//!
//! It does no I/O: weights and examples come in as bytes and values. The model `core` is embedded.

pub mod evaluate;
mod feature;
mod file;
pub mod finding;
pub mod jobfraud;
mod letter;
pub mod manifest;
pub mod metrics;
mod model;
mod random;
mod sign;
mod solve;
pub mod template;
pub mod train;
mod wording;

pub use model::{Model, ModelError, structure_names};
