//! What can go wrong, told with its remedy.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

/// An error of the store.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The data folder cannot be made or read.
    #[error("open data folder {folder:?}: {source}: choose another with --data or FOREWARN_DATA")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is no store in the folder.
    #[error(
        "no store in {folder:?}: run `forewarn ingest` or `forewarn demo` first, or choose another folder with --data"
    )]
    Missing {
        /// The folder.
        folder: PathBuf,
    },
    /// The database is newer than this program.
    #[error(
        "open {path:?}: made by a newer Forewarn (schema {found}, this one knows {known}): update Forewarn"
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// A value in the database that cannot be read back.
    #[error(
        "{operation} {path:?}: a stored value is damaged: {what}: restore a backup, and run `forewarn verify`"
    )]
    Damaged {
        /// What was being done.
        operation: &'static str,
        /// The database.
        path: PathBuf,
        /// The value.
        what: String,
    },
    /// SQLite refused.
    #[error("{operation} {path:?}: {what}")]
    Database {
        /// What was being done.
        operation: &'static str,
        /// The database.
        path: PathBuf,
        /// Why, and the remedy.
        what: String,
    },
}

impl StoreError {
    pub(crate) fn of(operation: &'static str, path: &Path, error: rusqlite::Error) -> Self {
        let path = path.to_owned();
        if let rusqlite::Error::FromSqlConversionFailure(_, _, source) = &error {
            return Self::Damaged { operation, path, what: source.to_string() };
        }
        let what = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                "another process is writing to it: wait until it ends, then try again".to_owned()
            }
            Some(ErrorCode::DiskFull) => {
                "the disk is full: free some space and try again; nothing was half-written".to_owned()
            }
            Some(ErrorCode::ReadOnly) | Some(ErrorCode::PermissionDenied) | Some(ErrorCode::CannotOpen) => {
                format!(
                    "{error}: it cannot be written here: check its permissions, or choose another folder with --data"
                )
            }
            Some(ErrorCode::NotADatabase) => {
                "not a Forewarn database: choose another folder with --data, or move the file away".to_owned()
            }
            Some(ErrorCode::DatabaseCorrupt) => {
                "the database is damaged: restore a backup, and run `forewarn verify`".to_owned()
            }
            _ => error.to_string(),
        };
        Self::Database { operation, path, what }
    }
}
