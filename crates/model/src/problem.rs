//! What went wrong with one piece of input, told so that a person can mend it.
//!
//! Stages return `(T, Vec<Problem>)`: messy input is data, not a reason to stop the rest.

use std::fmt;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The input was used, something in it was left out or changed.
    Warning,
    /// The piece of input was refused.
    Refused,
}

/// One thing that was wrong: the input, the place in it, what was found, and the remedy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// A short code that never changes, for tables and tests: `csv-columns`, `line-too-long`.
    pub code: &'static str,
    /// The input: a file name, a report id.
    pub input: String,
    /// The line (from 1) where it starts, if the input has lines.
    pub line: Option<u64>,
    /// What was found.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: ", self.input)?,
            None => write!(f, "{}: ", self.input)?,
        }
        write!(f, "{}: {} [{}]", self.what, self.remedy, self.code)
    }
}
