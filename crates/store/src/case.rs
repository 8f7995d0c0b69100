//! Cases of persons: codes in the open, the rest sealed. The store holds no key that opens it.

use forewarn_model::Timestamp;
use rusqlite::{OptionalExtension, Row};

use crate::row::{parsed, parsed_option};
use crate::{Store, StoreError};

/// What tells who somebody is, sealed, with the sealed key that opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedPerson {
    /// Sealed under the key of the case.
    pub sealed: Vec<u8>,
    /// The key of the case, sealed under the key of the house.
    pub wrapped_key: Vec<u8>,
}

/// A case as it lies in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCase {
    /// Its name.
    pub id: String,
    /// What can be counted, as JSON.
    pub facts: String,
    /// Who it is about, if that is kept.
    pub person: Option<SealedPerson>,
    /// When that was erased, if it was.
    pub erased_at: Option<Timestamp>,
    /// When it came in.
    pub imported_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
}

/// What became of a case that was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseWritten {
    /// It is new.
    New,
    /// It was there, and its codes were replaced.
    Replaced,
    /// Its codes were written; who it is about was erased before and stays so.
    StaysErased,
}

impl Store {
    /// Writes a case: its codes replace those that are there. Who it is about replaces what is there if it is given,
    /// unless that was erased.
    pub fn put_case(&mut self, case: &StoredCase) -> Result<CaseWritten, StoreError> {
        self.write("write a case to", |transaction| {
            let new = transaction.execute(
                "INSERT INTO case_file (id, facts, imported_at, changed_at) VALUES (?1, ?2, ?3, ?3)
                 ON CONFLICT (id) DO NOTHING",
                (&case.id, &case.facts, case.changed_at.to_string()),
            )? == 1;
            if !new {
                transaction.execute(
                    "UPDATE case_file SET facts = ?2, changed_at = ?3 WHERE id = ?1 AND facts <> ?2",
                    (&case.id, &case.facts, case.changed_at.to_string()),
                )?;
            }
            let erased: Option<Option<String>> = transaction
                .query_row("SELECT erased_at FROM case_person WHERE case_file = ?1", [&case.id], |row| {
                    row.get(0)
                })
                .optional()?;
            if erased.flatten().is_some() {
                return Ok(CaseWritten::StaysErased);
            }
            if let Some(person) = &case.person {
                transaction.execute(
                    "INSERT INTO case_person (case_file, sealed, wrapped_key) VALUES (?1, ?2, ?3)
                     ON CONFLICT (case_file) DO UPDATE
                     SET sealed = excluded.sealed, wrapped_key = excluded.wrapped_key",
                    (&case.id, &person.sealed, &person.wrapped_key),
                )?;
            }
            Ok(if new { CaseWritten::New } else { CaseWritten::Replaced })
        })
    }

    /// Cases in order of name, after `after`, at most `count_max`.
    pub fn cases_after(&self, after: &str, count_max: u32) -> Result<Vec<StoredCase>, StoreError> {
        let sql = "SELECT * FROM case_file c LEFT JOIN case_person p ON p.case_file = c.id
                   WHERE c.id > ?1 ORDER BY c.id LIMIT ?2";
        self.read("read cases from", sql, (after, count_max), stored)
    }

    /// A case.
    pub fn case(&self, id: &str) -> Result<Option<StoredCase>, StoreError> {
        let sql = "SELECT * FROM case_file c LEFT JOIN case_person p ON p.case_file = c.id WHERE c.id = ?1";
        Ok(self.read("read a case from", sql, [id], stored)?.pop())
    }

    /// Forgets who a case is about, and the key with it; the codes stay. Whether there was anything to forget.
    /// What lay in the file is overwritten, and the write-ahead log emptied, so that no old page holds it.
    pub fn erase_case(&mut self, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        let secure = self.connection.pragma_update(None, "secure_delete", true);
        self.wrap("erase a case in", secure)?;
        let erased = self.write("erase a case in", |transaction| {
            transaction.execute(
                "UPDATE case_person SET sealed = NULL, wrapped_key = NULL, erased_at = ?2
                 WHERE case_file = ?1 AND erased_at IS NULL",
                (id, at.to_string()),
            )
        })? > 0;
        let emptied = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        self.wrap("erase a case in", emptied)?;
        Ok(erased)
    }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredCase> {
    let (sealed, wrapped_key): (Option<Vec<u8>>, Option<Vec<u8>>) =
        (row.get("sealed")?, row.get("wrapped_key")?);
    Ok(StoredCase {
        id: row.get("id")?,
        facts: row.get("facts")?,
        person: sealed.zip(wrapped_key).map(|(sealed, wrapped_key)| SealedPerson { sealed, wrapped_key }),
        erased_at: parsed_option(row, "erased_at")?,
        imported_at: parsed(row, "imported_at")?,
        changed_at: parsed(row, "changed_at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    fn case(facts: &str) -> StoredCase {
        let at: Timestamp = "2024-05-01T00:00:00Z".parse().unwrap();
        let person = SealedPerson { sealed: b"sealed-name".to_vec(), wrapped_key: b"wrapped-key".to_vec() };
        StoredCase {
            id: "C-1".into(),
            facts: facts.into(),
            person: Some(person),
            erased_at: None,
            imported_at: at,
            changed_at: at,
        }
    }

    #[test]
    fn what_was_erased_is_gone_from_the_file_and_stays_gone() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        assert_eq!(store.put_case(&case("{}")).unwrap(), CaseWritten::New);
        assert_eq!(store.put_case(&case("{\"a\":1}")).unwrap(), CaseWritten::Replaced);
        assert!(store.case("C-1").unwrap().unwrap().person.is_some());
        assert!(store.erase_case("C-1", "2024-06-01T00:00:00Z".parse().unwrap()).unwrap());
        assert!(!store.erase_case("C-1", "2024-07-01T00:00:00Z".parse().unwrap()).unwrap());
        assert_eq!(store.put_case(&case("{}")).unwrap(), CaseWritten::StaysErased);
        let left = store.case("C-1").unwrap().unwrap();
        assert_eq!((left.person, left.facts.as_str()), (None, "{}"));
        assert_eq!(left.erased_at, "2024-06-01T00:00:00Z".parse().ok());
        assert_eq!(store.cases_after("", 10).unwrap().len(), 1);
        drop(store);
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            for secret in [&b"sealed-name"[..], b"wrapped-key"] {
                assert!(!bytes.windows(secret.len()).any(|window| window == secret));
            }
        }
    }
}
