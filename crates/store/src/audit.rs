//! Who did what, when: a hash chain that is only ever added to.
//!
//! Each entry's hash covers the entry and the hash before it, so that an entry that was changed, removed
//! or put in between breaks the chain at its place.

use forewarn_model::date::add_days;
use forewarn_model::id::hash_parts;
use forewarn_model::{Date, Timestamp};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Transaction, params_from_iter};
use thiserror::Error;

use crate::row::parsed;
use crate::{Store, StoreError};

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// When.
    pub at: Timestamp,
    /// Who: a user, or the name of a command run on the machine.
    pub actor: String,
    /// What was done: `noun.verb`.
    pub action: String,
    /// What it was done to: a printed id, a file name.
    pub subject: String,
    /// More, in words; never personal data or an ad's text.
    pub detail: String,
}

/// A break in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the audit log is broken at entry {number}: {what}")]
pub struct AuditError {
    /// Which entry, from 1.
    pub number: i64,
    /// What does not hold.
    pub what: &'static str,
}

/// Which entries are asked for; what is none asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// By whom.
    pub actor: Option<String>,
    /// What was done; `notice` means everything that begins with `notice.`.
    pub action: Option<String>,
    /// To what.
    pub subject: Option<String>,
    /// Not before this day (UTC).
    pub from: Option<Date>,
    /// Not after this day (UTC).
    pub to: Option<Date>,
    /// What subject or detail contains, in any case of the English alphabet.
    pub text: Option<String>,
}

impl Store {
    /// Adds an entry.
    pub fn audit(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.audit_all(std::slice::from_ref(entry))
    }

    /// Adds entries in one transaction: all of them or none.
    pub fn audit_all(&mut self, entries: &[AuditEntry]) -> Result<(), StoreError> {
        self.write("write to the audit log of", |transaction| {
            entries.iter().try_for_each(|entry| append(transaction, entry))
        })
    }

    /// The entries that a filter asks for, the newest first, at most `count_max` before entry number `before`.
    pub fn search_audit(
        &self,
        filter: &AuditFilter,
        before: Option<i64>,
        count_max: u32,
    ) -> Result<Vec<(i64, AuditEntry)>, StoreError> {
        let mut sql = "SELECT * FROM audit WHERE number < ?1".to_owned();
        let mut given: Vec<Value> = vec![before.unwrap_or(i64::MAX).into()];
        let mut ask = |condition: &str, value: Option<String>| {
            if let Some(value) = value {
                given.push(value.into());
                sql.push_str(&condition.replace('?', &format!("?{}", given.len())));
            }
        };
        ask(" AND actor = ?", filter.actor.clone());
        match &filter.action {
            Some(noun) if !noun.contains('.') => {
                ask(" AND action >= ? || '.' AND action < ? || '/'", Some(noun.clone()))
            }
            action => ask(" AND action = ?", action.clone()),
        }
        ask(" AND subject = ?", filter.subject.clone());
        // Times of one day begin with it, whatever their number of digits.
        ask(" AND at >= ?", filter.from.map(|day| day.to_string()));
        ask(" AND at < ?", filter.to.map(|day| add_days(day, 1).to_string()));
        let like = |text: &String| {
            format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
        };
        ask(" AND (subject LIKE ? ESCAPE '\\' OR detail LIKE ? ESCAPE '\\')", filter.text.as_ref().map(like));
        given.push(i64::from(count_max).into());
        sql.push_str(&format!(" ORDER BY number DESC LIMIT ?{}", given.len()));
        self.read("search the audit log of", &sql, params_from_iter(given), |row| {
            Ok((row.get("number")?, entry(row)?))
        })
    }

    /// The actions that occur, in order of name.
    pub fn audit_actions(&self) -> Result<Vec<String>, StoreError> {
        // One look into the index for each action, not one for each entry.
        let sql = "WITH RECURSIVE each (action) AS (
                       SELECT MIN(action) FROM audit
                       UNION ALL
                       SELECT (SELECT MIN(action) FROM audit WHERE action > each.action) FROM each
                       WHERE each.action IS NOT NULL)
                   SELECT action FROM each WHERE action IS NOT NULL";
        self.read("search the audit log of", sql, [], |row| row.get(0))
    }

    /// The entries, the oldest first, at most `count_max` after entry number `after`.
    pub fn audit_after(&self, after: i64, count_max: u32) -> Result<Vec<(i64, AuditEntry)>, StoreError> {
        let sql = "SELECT * FROM audit WHERE number > ?1 ORDER BY number LIMIT ?2";
        self.read("read the audit log of", sql, (after, count_max), |row| {
            Ok((row.get("number")?, entry(row)?))
        })
    }

    /// Walks the whole chain: how many entries hold, or where it breaks first.
    pub fn verify_audit(&self) -> Result<Result<u64, AuditError>, StoreError> {
        let mut previous = [0; 32];
        let mut count = 0;
        loop {
            let sql = "SELECT * FROM audit WHERE number > ?1 ORDER BY number LIMIT 10000";
            let page = self.read("read the audit log of", sql, [count as i64], |row| {
                let number: i64 = row.get("number")?;
                let stored: ([u8; 32], [u8; 32]) = (row.get("previous")?, row.get("hash")?);
                Ok((number, entry(row)?, stored))
            })?;
            if page.is_empty() {
                return Ok(Ok(count));
            }
            for (number, entry, (stored_previous, stored_hash)) in page {
                let what = if number != count as i64 + 1 {
                    Some("an entry before it is missing")
                } else if stored_previous != previous {
                    Some("it does not follow the entry before it")
                } else if stored_hash != hash(&previous, number, &entry) {
                    Some("it was changed")
                } else {
                    None
                };
                if let Some(what) = what {
                    return Ok(Err(AuditError { number, what }));
                }
                previous = stored_hash;
                count += 1;
            }
        }
    }
}

fn append(transaction: &Transaction<'_>, entry: &AuditEntry) -> rusqlite::Result<()> {
    let last: Option<(i64, [u8; 32])> = transaction
        .query_row("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let (last_number, previous) = last.unwrap_or((0, [0; 32]));
    let number = last_number + 1;
    transaction.execute(
        "INSERT INTO audit (number, at, actor, action, subject, detail, previous, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            number,
            entry.at.to_string(),
            &entry.actor,
            &entry.action,
            &entry.subject,
            &entry.detail,
            previous,
            hash(&previous, number, entry),
        ),
    )?;
    Ok(())
}

fn hash(previous: &[u8; 32], number: i64, entry: &AuditEntry) -> [u8; 32] {
    let (number, at) = (number.to_string(), entry.at.to_string());
    hash_parts(
        "forewarn/audit/1",
        &[
            previous,
            number.as_bytes(),
            at.as_bytes(),
            entry.actor.as_bytes(),
            entry.action.as_bytes(),
            entry.subject.as_bytes(),
            entry.detail.as_bytes(),
        ],
    )
}

fn entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<AuditEntry> {
    Ok(AuditEntry {
        at: parsed(row, "at")?,
        actor: row.get("actor")?,
        action: row.get("action")?,
        subject: row.get("subject")?,
        detail: row.get("detail")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    fn store_with_three() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        for subject in ["a", "b", "c"] {
            let entry = AuditEntry {
                at: "2024-01-02T03:04:05Z".parse().unwrap(),
                actor: "ana".into(),
                action: "notice.approve".into(),
                subject: subject.into(),
                detail: String::new(),
            };
            store.audit(&entry).unwrap();
        }
        (folder, store)
    }

    #[track_caller]
    fn check(tamper: &str, expected: Result<u64, i64>) {
        let (_folder, store) = store_with_three();
        store.connection.execute_batch("DROP TRIGGER audit_keeps; DROP TRIGGER audit_stays").unwrap();
        store.connection.execute_batch(tamper).unwrap();
        assert_eq!(store.verify_audit().unwrap().map_err(|error| error.number), expected, "{tamper}");
    }

    #[test]
    fn tampering_breaks_the_chain_at_its_place() {
        check("", Ok(3));
        check("UPDATE audit SET subject = 'x' WHERE number = 2", Err(2));
        check("DELETE FROM audit WHERE number = 1", Err(2));
        check("UPDATE audit SET at = '2025-01-02T03:04:05Z' WHERE number = 3", Err(3));
    }

    #[track_caller]
    fn search(filter: AuditFilter, expected: &[i64]) {
        let (_folder, store) = store_with_three();
        let found = store.search_audit(&filter, None, 10).unwrap();
        assert_eq!(found.iter().map(|(number, _)| *number).collect::<Vec<_>>(), expected, "{filter:?}");
    }

    #[test]
    fn a_search_finds_by_each_field_the_newest_first() {
        let some = |text: &str| Some(text.to_owned());
        let all = AuditFilter::default();
        search(all.clone(), &[3, 2, 1]);
        search(AuditFilter { actor: some("ana"), ..all.clone() }, &[3, 2, 1]);
        search(AuditFilter { actor: some("ben"), ..all.clone() }, &[]);
        search(AuditFilter { action: some("notice.approve"), ..all.clone() }, &[3, 2, 1]);
        search(AuditFilter { action: some("notice"), ..all.clone() }, &[3, 2, 1]);
        search(AuditFilter { action: some("not"), ..all.clone() }, &[]);
        search(AuditFilter { subject: some("b"), ..all.clone() }, &[2]);
        search(AuditFilter { text: some("B"), ..all.clone() }, &[2]);
        search(AuditFilter { text: some("%"), ..all.clone() }, &[]);
        search(AuditFilter { text: some("_"), ..all.clone() }, &[]);
        let day = |text: &str| Some(text.parse().unwrap());
        search(AuditFilter { from: day("2024-01-02"), to: day("2024-01-02"), ..all.clone() }, &[3, 2, 1]);
        search(AuditFilter { from: day("2024-01-03"), ..all.clone() }, &[]);
        search(AuditFilter { to: day("2024-01-01"), ..all }, &[]);
    }

    #[test]
    fn a_search_goes_on_where_it_stopped() {
        let (_folder, store) = store_with_three();
        let page = store.search_audit(&AuditFilter::default(), Some(3), 1).unwrap();
        assert_eq!(page.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [2]);
        assert_eq!(store.audit_actions().unwrap(), ["notice.approve"]);
    }

    #[test]
    fn entries_cannot_be_changed_through_the_store() {
        let (_folder, store) = store_with_three();
        assert!(store.connection.execute("UPDATE audit SET actor = 'x'", []).is_err());
        assert!(store.connection.execute("DELETE FROM audit", []).is_err());
        assert_eq!(store.audit_after(1, 10).unwrap().len(), 2);
    }
}
