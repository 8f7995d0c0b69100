//! What Forewarn remembers: one SQLite file in WAL mode in one data folder.
//!
//! The store keeps and returns domain values. It decides nothing, computes nothing, and filters only by the
//! clearance that `app` hands it. Times come in as parameters. Every function that writes does so in one
//! transaction: after a crash at any instant either all of it is there or nothing.

mod audience;
mod audit;
mod backup;
mod campaign;
mod campaign_index;
mod campaign_view;
mod candidate;
mod case;
mod decision;
mod error;
mod exchange;
mod exchange_partner;
mod extract;
mod finding;
mod incident;
mod ingest;
mod log;
mod matching;
mod member;
mod migrate;
mod network;
mod notice;
mod report;
mod request;
mod row;
mod search;
mod source;
mod tide;
mod user;
mod view;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

pub use audience::ORGANISATIONS_MAX;
pub use audit::{AuditEntry, AuditError, AuditFilter};
pub use campaign::{CampaignMerge, CampaignSize, CampaignState, Placement};
pub use campaign_view::{CampaignFilter, CampaignRow, CampaignSort, GROWTH_DAYS};
pub use candidate::{StoredCandidate, candidate_subject_text};
pub use case::{CaseWritten, SealedPerson, StoredCase};
pub use decision::Decision;
pub use error::StoreError;
pub use exchange::{
    Added, Collection, CollectionRole, Entry, EntryFilter, EntryPage, ExchangeObject, KnownObject,
    PageLimits, VersionFilter, instant_text,
};
pub use exchange_partner::{ExchangeCursor, ExchangeRun, Quarantined, Received};
pub use finding::{Finding, StoredAssessment};
pub use incident::{IncidentVersion, retraction};
pub use ingest::{BatchOutcome, IngestRun, StoredIngest};
pub use log::{Leaf, Logged, StoredKey};
pub use matching::{Agreement, LoadMax, MatchHit, MatchSession, MatchSet, NewHit, Reservation};
pub use member::{Attempt, Delivery, DeliveryState, Receipt};
pub use network::{CampaignTally, Naming, Spread};
pub use notice::StoredNotice;
pub use report::StoredReport;
pub use request::{REQUESTS_MAX, RequestBegun};
pub use search::{Hit, Position, ReportFilter, Sort};
pub use source::{OwnerWritten, StoredSource};
pub use user::{Proof, Throttle};
pub use view::{SavedView, ViewKey};

/// How the store behaves.
#[derive(Debug, Clone)]
pub struct Options {
    /// How long to wait for another process that is writing, in milliseconds.
    pub busy_timeout_ms: u64,
    /// Page cache, in KiB.
    pub cache_kib: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { busy_timeout_ms: 5_000, cache_kib: 64 * 1024 }
    }
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

/// How many questions stay prepared.
const STATEMENTS_KEPT_MAX: usize = 64;

/// The name of the database in the data folder.
pub const FILE_NAME: &str = "forewarn.db";

impl Store {
    /// Opens the store in a data folder; makes folder and database if they do not exist, and brings an
    /// older database up to date.
    pub fn open(folder: &Path, options: &Options) -> Result<Self, StoreError> {
        std::fs::create_dir_all(folder)
            .map_err(|source| StoreError::Folder { folder: folder.to_owned(), source })?;
        let path = folder.join(FILE_NAME);
        make_private(&path).map_err(|source| StoreError::Folder { folder: folder.to_owned(), source })?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        let mut store = Self::connect(path, flags, options)?;
        store.configure(options)?;
        migrate::run(&mut store)?;
        Ok(store)
    }

    /// Opens an existing store; an error says so if there is none.
    pub fn open_existing(folder: &Path, options: &Options) -> Result<Self, StoreError> {
        if !folder.join(FILE_NAME).exists() {
            return Err(StoreError::Missing { folder: folder.to_owned() });
        }
        Self::open(folder, options)
    }

    /// SQLite's own check of the file: the problems that it finds.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare("PRAGMA integrity_check")?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            rows.collect()
        };
        let mut found = self.wrap("check the integrity of", read())?;
        found.retain(|line| line != "ok");
        Ok(found)
    }

    /// Where the database lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn connect(path: PathBuf, flags: OpenFlags, options: &Options) -> Result<Self, StoreError> {
        let connection = Connection::open_with_flags(&path, flags)
            .map_err(|source| StoreError::of("open", &path, source))?;
        connection
            .busy_timeout(Duration::from_millis(options.busy_timeout_ms))
            .map_err(|source| StoreError::of("open", &path, source))?;
        // A page asks some twenty questions, and each asks what the reader sees besides.
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT_MAX);
        Ok(Self { connection, path })
    }

    /// `synchronous = FULL`: a commit is on the disk before it is acknowledged, even if the power fails.
    fn configure(&self, options: &Options) -> Result<(), StoreError> {
        let set = || -> rusqlite::Result<()> {
            self.connection.pragma_update(None, "journal_mode", "WAL")?;
            self.connection.pragma_update(None, "synchronous", "FULL")?;
            self.connection.pragma_update(None, "foreign_keys", true)?;
            self.connection.pragma_update(None, "cache_size", -i64::from(options.cache_kib))?;
            self.connection.pragma_update(None, "temp_store", "MEMORY")
        };
        self.wrap("open", set())
    }

    fn wrap<T>(&self, operation: &'static str, result: rusqlite::Result<T>) -> Result<T, StoreError> {
        result.map_err(|source| StoreError::of(operation, &self.path, source))
    }

    /// Runs `work` in one transaction that takes the write lock at its start.
    fn write<T>(
        &mut self,
        operation: &'static str,
        work: impl FnOnce(&rusqlite::Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let path = self.path.clone();
        let run = || -> rusqlite::Result<T> {
            let behavior = rusqlite::TransactionBehavior::Immediate;
            let transaction = self.connection.transaction_with_behavior(behavior)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        run().map_err(|source| StoreError::of(operation, &path, source))
    }

    /// Runs a query and collects its rows.
    fn read<T>(
        &self,
        operation: &'static str,
        sql: &str,
        parameters: impl rusqlite::Params,
        row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let run = || -> rusqlite::Result<Vec<T>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map(parameters, row)?;
            rows.collect()
        };
        self.wrap(operation, run())
    }
}

/// A new database is readable by its owner alone: it holds what is restricted, and secrets. One that is there
/// keeps the permissions that somebody gave it. SQLite gives the files beside it the same ones.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_new_database_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &Options::default()).unwrap();
        let mode = std::fs::metadata(store.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn opens_twice_and_keeps_its_file() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            let store = Store::open(folder.path(), &Options::default()).unwrap();
            assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
        }
        assert!(Store::open_existing(folder.path(), &Options::default()).is_ok());
    }

    #[test]
    fn says_what_is_wrong_with_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let missing = Store::open_existing(&folder.path().join("none"), &Options::default()).unwrap_err();
        assert!(missing.to_string().contains("no store in"), "{missing}");
        let file = folder.path().join("file");
        std::fs::write(&file, "x").unwrap();
        let error = Store::open(&file, &Options::default()).unwrap_err().to_string();
        assert!(error.starts_with("open data folder"), "{error}");
        std::fs::write(folder.path().join(FILE_NAME), "this is no database, only some text ").unwrap();
        let error = Store::open(folder.path(), &Options::default()).unwrap_err().to_string();
        assert!(error.contains("not a Forewarn database"), "{error}");
    }

    #[test]
    fn a_locked_store_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { busy_timeout_ms: 10, ..Options::default() };
        let first = Store::open(folder.path(), &options).unwrap();
        first.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        let mut second = Store::open(folder.path(), &options).unwrap();
        let error = second.write("change", |_| Ok(())).unwrap_err().to_string();
        assert!(error.contains("another process is writing"), "{error}");
    }
}
