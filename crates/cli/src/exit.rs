//! How the program ends.

use std::process::ExitCode;

/// The exit codes; `forewarn --help` lists them. 2 is clap's, for arguments that it cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    /// Done.
    Done = 0,
    /// Not done; standard error says why.
    Failed = 1,
    /// Done, but some records were refused.
    SomeRefused = 3,
    /// A check does not hold: a signature, a chain, a rule's example.
    DoesNotHold = 4,
    /// Ended from outside; as shells tell it.
    Interrupted = 130,
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code as u8)
    }
}
