//! What can go wrong with an action.

use std::path::{Path, PathBuf};

use forewarn_model::Problem;
use forewarn_model::rights::Right;
use forewarn_notice::key_file::PASSPHRASE_CHARS_MIN;
use forewarn_rules::{Diagnostic, Severity};
use thiserror::Error;

/// An error that ends an action. What concerns one record only is a [`Problem`] in its outcome.
#[derive(Debug, Error)]
pub enum AppError {
    /// The store.
    #[error(transparent)]
    Store(#[from] forewarn_store::StoreError),
    /// A file or folder.
    #[error("{operation} {path:?}: {source}")]
    File {
        /// What was being done.
        operation: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// An input that cannot be read at all.
    #[error("{0}")]
    Input(Box<Problem>),
    /// A part of what is built in does not load: a broken build, or a broken replacement folder.
    #[error("load {part}: {what}")]
    BuiltIn {
        /// Which part.
        part: &'static str,
        /// Why not.
        what: String,
    },
    /// Rule packs with mistakes in them.
    #[error("compile the rule packs: {}", told(findings))]
    Rules {
        /// Every mistake, and every warning.
        findings: Vec<Diagnostic>,
    },
    /// There is no such thing.
    #[error("find {what} {name:?}: {remedy}")]
    NotFound {
        /// What kind of thing.
        what: &'static str,
        /// What was asked for.
        name: String,
        /// What to do.
        remedy: String,
    },
    /// The actor may not do this.
    #[error("{actor:?} lacks the right {right}: ask an administrator for a role that has it")]
    Denied {
        /// Who asked.
        actor: String,
        /// What would be needed.
        right: Right,
    },
    /// What was to be changed has been changed by somebody else since it was looked at.
    #[error("{operation}: somebody else has changed it meanwhile: look again")]
    Stale {
        /// What was asked for.
        operation: &'static str,
    },
    /// A number that another notice has.
    #[error("draft the notice: the number {number} is taken: choose another with --number")]
    NumberTaken {
        /// The number.
        number: String,
    },
    /// A text that is no identifier, or none of the kind that it is said to be.
    #[error("read identifier {text:?}: expected {expected}")]
    Identifier {
        /// The text.
        text: String,
        /// What it should look like.
        expected: &'static str,
    },
    /// The signing key cannot be opened.
    #[error("{operation}: {why}")]
    Passphrase {
        /// What was asked for.
        operation: &'static str,
        /// What is wrong with the passphrase.
        fault: PassphraseFault,
        /// The same with what whoever keeps the machine should know.
        why: String,
    },
    /// A password that is not good enough.
    #[error(transparent)]
    Password(#[from] crate::user::PasswordError),
    /// The action is not allowed now.
    #[error("{operation}: {why}")]
    Refused {
        /// What was asked for.
        operation: &'static str,
        /// Why not, and what would be needed.
        why: String,
    },
}

/// What is wrong with the passphrase of a signing key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PassphraseFault {
    /// None was given.
    #[error("the passphrase of the signing key is needed")]
    Missing,
    /// Not the one.
    #[error("the passphrase of the signing key is another")]
    Wrong,
    /// Too short for a new key.
    #[error("the passphrase of a new signing key has at least {PASSPHRASE_CHARS_MIN} characters")]
    Short,
}

impl AppError {
    /// Makes the error for a file operation.
    pub fn file(operation: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { operation, path, source }
    }

    /// Makes the error for a part that does not load.
    pub fn built_in<E: std::fmt::Display>(part: &'static str) -> impl FnOnce(E) -> Self {
        move |error| Self::BuiltIn { part, what: error.to_string() }
    }

    /// Makes the error for an action that is not allowed now.
    pub fn refused<E: std::fmt::Display>(operation: &'static str) -> impl FnOnce(E) -> Self {
        move |error| Self::Refused { operation, why: error.to_string() }
    }
}

/// Findings in one line; whoever can show more has the findings.
fn told(findings: &[Diagnostic]) -> String {
    let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    match errors.next() {
        Some(first) => format!(
            "mistakes: {}, the first in {}:{}:{}: {}: {}: see `forewarn rules check`",
            1 + errors.count(),
            first.path,
            first.line,
            first.column,
            first.title,
            first.label
        ),
        None => "no mistake was told".to_owned(),
    }
}
