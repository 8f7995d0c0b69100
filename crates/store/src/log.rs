//! The transparency log and the signing keys' public halves.

use forewarn_model::{NoticeId, Timestamp};
use rusqlite::{OptionalExtension, Transaction};

use crate::notice::{StoredNotice, upsert};
use crate::row::parsed;
use crate::{Store, StoreError};

/// A leaf to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The position that it was made for: the number of leaves before it.
    pub position: u64,
    /// What it stands for: the printed id of a notice, or that with its end.
    pub subject: String,
    /// Its hash.
    pub hash: [u8; 32],
}

/// What came of writing a signed document with its leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Logged {
    /// Written, both or neither.
    Written,
    /// There is a signed document already; nothing was written.
    Before,
    /// Another leaf has taken the position; nothing was written. Make it anew.
    Moved,
}

/// A signing key, without its private half.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// Its thumbprint.
    pub kid: String,
    /// The public key as a JSON Web Key.
    pub jwk: String,
    /// From when signatures with it count.
    pub from: Timestamp,
    /// Before when they count.
    pub until: Option<Timestamp>,
}

impl Store {
    /// The hashes of all leaves, in order.
    pub fn log_leaves(&self) -> Result<Vec<[u8; 32]>, StoreError> {
        self.read("read the log of", "SELECT hash FROM log_leaf ORDER BY position", [], |row| row.get(0))
    }

    /// Writes a notice, its signed document and its leaf in one transaction: all or nothing, once.
    pub fn issue_notice(
        &mut self,
        notice: &StoredNotice,
        signed: &[u8],
        leaf: &Leaf,
    ) -> Result<Logged, StoreError> {
        self.write("issue a notice in", |transaction| {
            let before: Option<bool> = transaction
                .query_row(
                    "SELECT signed IS NOT NULL FROM notice WHERE id = ?1",
                    [notice.id.as_bytes()],
                    |row| row.get(0),
                )
                .optional()?;
            if before == Some(true) {
                return Ok(Logged::Before);
            }
            if !append(transaction, leaf)? {
                return Ok(Logged::Moved);
            }
            upsert(transaction, notice)?;
            transaction
                .execute("UPDATE notice SET signed = ?2 WHERE id = ?1", (notice.id.as_bytes(), signed))?;
            Ok(Logged::Written)
        })
    }

    /// Writes the new state of a notice, the signed document of its end and its leaf in one transaction.
    pub fn end_notice(
        &mut self,
        notice: &StoredNotice,
        signed: &[u8],
        leaf: &Leaf,
    ) -> Result<Logged, StoreError> {
        self.write("end a notice in", |transaction| {
            let ended: Option<i64> = transaction
                .query_row("SELECT 1 FROM notice_end WHERE notice = ?1", [notice.id.as_bytes()], |row| {
                    row.get(0)
                })
                .optional()?;
            if ended.is_some() {
                return Ok(Logged::Before);
            }
            if !append(transaction, leaf)? {
                return Ok(Logged::Moved);
            }
            upsert(transaction, notice)?;
            let sql = "INSERT INTO notice_end (notice, signed) VALUES (?1, ?2)";
            transaction.execute(sql, (notice.id.as_bytes(), signed))?;
            Ok(Logged::Written)
        })
    }

    /// The signed document of the end of a notice, if it has ended.
    pub fn notice_end(&self, id: NoticeId) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT signed FROM notice_end WHERE notice = ?1";
        Ok(self.read("read a notice from", sql, [id.as_bytes()], |row| row.get(0))?.pop())
    }

    /// All signing keys, the oldest first.
    pub fn signing_keys(&self) -> Result<Vec<StoredKey>, StoreError> {
        let sql = "SELECT kid, jwk, from_at, until_at FROM signing_key ORDER BY from_at, kid";
        self.read("read the keys of", sql, [], |row| {
            let until: Option<String> = row.get("until_at")?;
            Ok(StoredKey {
                kid: row.get("kid")?,
                jwk: row.get("jwk")?,
                from: parsed(row, "from_at")?,
                until: until.map(|_| parsed(row, "until_at")).transpose()?,
            })
        })
    }

    /// Adds a signing key; the keys that count until now end where it begins.
    pub fn put_signing_key(&mut self, key: &StoredKey) -> Result<(), StoreError> {
        self.write("write a key to", |transaction| {
            let from = key.from.to_string();
            transaction.execute("UPDATE signing_key SET until_at = ?1 WHERE until_at IS NULL", [&from])?;
            transaction.execute(
                "INSERT INTO signing_key (kid, jwk, from_at, until_at) VALUES (?1, ?2, ?3, ?4)",
                (&key.kid, &key.jwk, &from, key.until.map(|until| until.to_string())),
            )?;
            Ok(())
        })
    }

    /// A setting of the data folder.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM setting WHERE name = ?1";
        Ok(self.read("read settings of", sql, [name], |row| row.get(0))?.pop())
    }

    /// Writes a setting of the data folder.
    pub fn put_setting(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.write("write settings of", |transaction| {
            let sql = "INSERT INTO setting (name, value) VALUES (?1, ?2)
                       ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            transaction.execute(sql, (name, value))?;
            Ok(())
        })
    }
}

/// Whether the leaf fits at the end of the log; then it is there.
fn append(transaction: &Transaction<'_>, leaf: &Leaf) -> rusqlite::Result<bool> {
    let count: i64 = transaction.query_row("SELECT COUNT(*) FROM log_leaf", [], |row| row.get(0))?;
    if count as u64 != leaf.position {
        return Ok(false);
    }
    transaction.execute(
        "INSERT INTO log_leaf (position, subject, hash) VALUES (?1, ?2, ?3)",
        (count, &leaf.subject, leaf.hash),
    )?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use forewarn_model::NoticeState;

    use super::*;
    use crate::Options;

    fn notice(number: &str) -> StoredNotice {
        StoredNotice {
            id: NoticeId::derive(&[number.as_bytes()]),
            number: number.into(),
            state: NoticeState::Issued,
            payload: b"{}".to_vec(),
            signed: None,
        }
    }

    fn leaf(position: u64) -> Leaf {
        Leaf { position, subject: format!("subject {position}"), hash: [position as u8; 32] }
    }

    #[test]
    fn a_document_and_its_leaf_are_written_together_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let (one, two) = (notice("EX-1"), notice("EX-2"));
        assert_eq!(store.issue_notice(&one, b"one", &leaf(1)).unwrap(), Logged::Moved);
        assert_eq!(store.notice(one.id).unwrap(), None);
        assert_eq!(store.issue_notice(&one, b"one", &leaf(0)).unwrap(), Logged::Written);
        assert_eq!(store.issue_notice(&one, b"other", &leaf(1)).unwrap(), Logged::Before);
        assert_eq!(store.issue_notice(&two, b"two", &leaf(0)).unwrap(), Logged::Moved);
        assert_eq!(store.issue_notice(&two, b"two", &leaf(1)).unwrap(), Logged::Written);
        assert_eq!(store.end_notice(&one, b"end", &leaf(2)).unwrap(), Logged::Written);
        assert_eq!(store.end_notice(&one, b"again", &leaf(3)).unwrap(), Logged::Before);
        assert_eq!(store.notice(one.id).unwrap().unwrap().signed.unwrap(), b"one");
        assert_eq!(store.notice_end(one.id).unwrap().unwrap(), b"end");
        assert_eq!(store.log_leaves().unwrap(), [[0; 32], [1; 32], [2; 32]]);
        assert!(store.connection.execute("DELETE FROM log_leaf", []).is_err());
        assert!(store.connection.execute("UPDATE log_leaf SET hash = x'00'", []).is_err());
        assert!(store.connection.execute("UPDATE notice_end SET signed = x'00'", []).is_err());
    }

    #[test]
    fn a_new_key_ends_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let key = |kid: &str, from: &str| StoredKey {
            kid: kid.into(),
            jwk: "{}".into(),
            from: at(from),
            until: None,
        };
        let (first, second) = (key("a", "2024-01-01T00:00:00Z"), key("b", "2025-01-01T00:00:00Z"));
        store.put_signing_key(&first).unwrap();
        store.put_signing_key(&second).unwrap();
        let ended = StoredKey { until: Some(second.from), ..first };
        assert_eq!(store.signing_keys().unwrap(), [ended, second]);
    }

    #[test]
    fn a_setting_is_what_was_written_last() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        assert_eq!(store.setting("log.origin").unwrap(), None);
        for value in ["a", "b"] {
            store.put_setting("log.origin", value).unwrap();
            assert_eq!(store.setting("log.origin").unwrap().as_deref(), Some(value));
        }
    }
}
