//! The rule-pack language: parse, check, format, compile, explain, test.
//!
//! A pack is a folder of content that people who are not programmers can read and change: indicators
//! (what is a red flag, why, and by which words), words by language, exclusions, lists of numbers, and
//! tests. This crate turns the files into one automaton and finds indicators in a text. It finds facts;
//! what they weigh is decided in `assess`. It does no I/O: files come in as `(path, text)` pairs, and the
//! pack `core` is embedded.
//!
//! From file to match:
//! [`source`](crate::SourceFile) → `read` (TOML to syntax, every mistake with its place) → `phrase` (the
//! small pattern notation) → `compile` (names resolved, one automaton) → `find` (a text's indicators) or
//! `explain` (and what almost fired, and why not).

mod builtin;
mod compile;
mod condition;
mod diagnostic;
mod explain;
mod expression;
mod filter;
mod find;
mod fold;
mod format;
mod limits;
mod lists;
mod matcher;
mod pack;
mod phrase;
mod read;
mod scan;
mod source;
mod test;
mod trie;

pub use builtin::{builtin_files, distress_files};
pub use diagnostic::{Diagnostic, Severity};
pub use explain::{Almost, Explanation, Fired, Obstacle};
pub use fold::fold;
pub use format::format;
pub use limits::Limits;
pub use pack::{IndicatorDoc, Pack};
pub use source::SourceFile;
pub use test::{TestOutcome, TestReport};
