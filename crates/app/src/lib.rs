//! What a person can do with Forewarn: one file per action, `<noun>/<verb>.rs`.
//!
//! `app` orchestrates and never computes: the stages compute, the store remembers, and the one order of the
//! stages stands in [`pipeline`]. Permissions are checked here, below every page, API and export. Time and
//! randomness come in with the [`Context`]; progress goes out through [`Progress`]; nothing is printed.

pub mod advice;
pub mod alarm;
pub mod audit;
pub mod backup;
pub mod bundled;
pub mod campaign;
pub mod classifier;
pub mod context;
pub mod delivery;
pub mod demo;
pub mod engine;
pub mod error;
pub mod exchange;
pub mod files;
pub mod htcds;
pub mod incident;
pub mod integrity;
pub mod keys;
pub mod matching;
pub mod member;
pub mod misp;
pub mod network;
pub mod notice;
pub mod pack;
pub mod pipeline;
pub mod pool;
pub mod progress;
pub mod report;
pub mod situation;
pub mod source;
pub mod statistics;
pub mod token;
pub mod user;
pub mod workspace;

pub use context::{Context, Random};
pub use engine::Engine;
pub use error::{AppError, PassphraseFault};
pub use pool::Pool;
pub use progress::{Progress, Silent};
pub use workspace::Workspace;

// What the edges need of the stages, so that they depend on `app` alone.
pub use forewarn_assess as assess;
pub use forewarn_collect as collect;
pub use forewarn_model as model;
pub use forewarn_rules as rules;
pub use forewarn_share as share;
pub use forewarn_store as store;
pub use forewarn_watch as watch;
