//! The model that assesses offers: train it, measure it.

pub mod card;
pub mod evaluate;
pub mod examples;
pub mod job_fraud;
pub mod table;
pub mod train;
