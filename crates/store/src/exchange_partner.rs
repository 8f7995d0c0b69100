//! Partners: who they are, how far the exchange with each got, and what of theirs is held back.

use forewarn_model::{Marking, Timestamp};
use rusqlite::{Row, Transaction};

use crate::row::parsed;
use crate::{Store, StoreError};

/// How far the exchange with a partner got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeCursor {
    /// The partner.
    pub partner: String,
    /// `pull` or `push`.
    pub direction: &'static str,
    /// The collection, by its UUID.
    pub collection: String,
    /// What was last taken or brought.
    pub position: String,
}

/// An attempt to exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeRun {
    /// The partner.
    pub partner: String,
    /// `pull` or `push`.
    pub direction: String,
    /// When.
    pub at: Timestamp,
    /// Objects that were new there.
    pub accepted: u64,
    /// Objects that were there already.
    pub known: u64,
    /// Objects that were held back.
    pub held: u64,
    /// Objects that were refused.
    pub refused: u64,
    /// Why it ended early.
    pub error: Option<String>,
}

/// An object that is held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// Its number in this store; 0 before it is kept.
    pub number: i64,
    /// Who brought it.
    pub partner: String,
    /// Its id.
    pub id: String,
    /// Hash of what it says.
    pub digest: [u8; 32],
    /// A code for the reason.
    pub code: String,
    /// The reason.
    pub reason: String,
    /// When it came.
    pub at: Timestamp,
    /// What a person decided: `released` or `dropped`.
    pub decided: Option<String>,
    /// Its JSON text.
    pub bytes: Vec<u8>,
}

/// An object in a partner's inbox that nothing was made of yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// When it came in, in microseconds.
    pub added: i64,
    /// Its id.
    pub id: String,
    /// Hash of what it says.
    pub digest: [u8; 32],
    /// Who may see it.
    pub marking: Marking,
    /// Its JSON text.
    pub bytes: Vec<u8>,
}

/// Of each partner this many runs are kept.
const RUNS_KEPT: i64 = 200;

impl Store {
    /// Adds a partner, or changes it. `config` is the JSON that `app` makes of it.
    pub fn put_partner(&mut self, id: &str, config: &str) -> Result<(), StoreError> {
        self.write("write a partner to", |transaction| {
            let sql = "INSERT INTO exchange_partner (id, config) VALUES (?1, ?2)
                       ON CONFLICT (id) DO UPDATE SET config = excluded.config";
            transaction.execute(sql, (id, config))?;
            Ok(())
        })
    }

    /// All partners with their JSON, in order of id.
    pub fn partners(&self) -> Result<Vec<(String, String)>, StoreError> {
        let sql = "SELECT id, config FROM exchange_partner ORDER BY id";
        self.read("read partners from", sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// How far the exchange got.
    pub fn cursor(
        &self,
        partner: &str,
        direction: &str,
        collection: &str,
    ) -> Result<Option<String>, StoreError> {
        let sql = "SELECT position FROM exchange_cursor
                   WHERE partner = ?1 AND direction = ?2 AND collection = ?3";
        let key = (partner, direction, collection);
        Ok(self.read("read partners from", sql, key, |row| row.get(0))?.pop())
    }

    /// Moves a cursor.
    pub fn put_cursor(&mut self, cursor: &ExchangeCursor) -> Result<(), StoreError> {
        self.write("write a partner to", |transaction| move_cursor(transaction, cursor))
    }

    /// Notes an attempt; old ones are forgotten.
    pub fn put_run(&mut self, run: &ExchangeRun) -> Result<(), StoreError> {
        self.write("write a partner to", |transaction| {
            transaction.execute(
                "INSERT INTO exchange_run (partner, direction, at, accepted, known, held, refused, error)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                (
                    &run.partner,
                    &run.direction,
                    run.at.to_string(),
                    run.accepted as i64,
                    run.known as i64,
                    run.held as i64,
                    run.refused as i64,
                    &run.error,
                ),
            )?;
            transaction.execute(
                "DELETE FROM exchange_run WHERE partner = ?1 AND number <=
                 (SELECT number FROM exchange_run WHERE partner = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)",
                (&run.partner, RUNS_KEPT),
            )?;
            Ok(())
        })
    }

    /// The last attempts with a partner, the latest first.
    pub fn runs(&self, partner: &str, count_max: u32) -> Result<Vec<ExchangeRun>, StoreError> {
        let sql = "SELECT * FROM exchange_run WHERE partner = ?1 ORDER BY number DESC LIMIT ?2";
        self.read("read partners from", sql, (partner, count_max), |row| {
            let count = |name: &str| row.get::<_, i64>(name).map(i64::unsigned_abs);
            Ok(ExchangeRun {
                partner: row.get("partner")?,
                direction: row.get("direction")?,
                at: parsed(row, "at")?,
                accepted: count("accepted")?,
                known: count("known")?,
                held: count("held")?,
                refused: count("refused")?,
                error: row.get("error")?,
            })
        })
    }

    /// What is held back and undecided, in order of coming; of one partner if one is given.
    pub fn quarantine(&self, partner: Option<&str>, count_max: u32) -> Result<Vec<Quarantined>, StoreError> {
        let sql = "SELECT * FROM exchange_quarantine
                   WHERE decided IS NULL AND (?1 IS NULL OR partner = ?1) ORDER BY number LIMIT ?2";
        self.read("read what is held back from", sql, (partner, count_max), quarantined)
    }

    /// How much of a partner is held back and undecided.
    pub fn quarantine_size(&self, partner: &str) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM exchange_quarantine WHERE partner = ?1 AND decided IS NULL";
        let row = |row: &Row<'_>| row.get::<_, i64>(0);
        let counted = self.read("read what is held back from", sql, [partner], row)?;
        Ok(counted.first().copied().unwrap_or_default().unsigned_abs())
    }

    /// One thing that is held back.
    pub fn quarantined(&self, number: i64) -> Result<Option<Quarantined>, StoreError> {
        let sql = "SELECT * FROM exchange_quarantine WHERE number = ?1";
        Ok(self.read("read what is held back from", sql, [number], quarantined)?.pop())
    }

    /// Holds objects back, each once.
    pub fn hold_back(&mut self, held: &[Quarantined]) -> Result<(), StoreError> {
        self.write("hold back objects in", |transaction| quarantine(transaction, held))
    }

    /// Notes what a person decided; whether there was such a thing undecided.
    pub fn decide_quarantined(&mut self, number: i64, decided: &str) -> Result<bool, StoreError> {
        self.write("decide on what is held back in", |transaction| {
            let sql = "UPDATE exchange_quarantine SET decided = ?2 WHERE number = ?1 AND decided IS NULL";
            Ok(transaction.execute(sql, (number, decided))? == 1)
        })
    }

    /// The version of an item that was last published: hash of what it says, and its time.
    pub fn published_item(&self, key: &str) -> Result<Option<([u8; 32], String)>, StoreError> {
        let sql = "SELECT digest, modified FROM exchange_item WHERE key = ?1";
        Ok(self.read("read what was published from", sql, [key], |row| Ok((row.get(0)?, row.get(1)?)))?.pop())
    }

    /// Notes the version of items that is published now.
    pub fn put_published_items(&mut self, items: &[(String, [u8; 32], String)]) -> Result<(), StoreError> {
        self.write("write what was published to", |transaction| {
            let mut put = transaction.prepare_cached(
                "INSERT INTO exchange_item (key, digest, modified) VALUES (?1, ?2, ?3)
                 ON CONFLICT (key) DO UPDATE SET digest = excluded.digest, modified = excluded.modified",
            )?;
            for (key, digest, modified) in items {
                put.execute((key, digest, modified))?;
            }
            Ok(())
        })
    }

    /// Objects of a collection, in their latest version and in order of coming in after `after`, that nothing was
    /// made of yet.
    pub fn untaken(&self, collection: i64, after: i64, count_max: u32) -> Result<Vec<Received>, StoreError> {
        let sql = "SELECT e.added, e.id, o.digest, o.tlp, o.pap, o.bytes FROM exchange_entry e
                   JOIN exchange_object o ON o.number = e.object
                   WHERE e.collection = ?1 AND e.is_last = 1 AND e.added > ?2
                     AND NOT EXISTS (SELECT 1 FROM exchange_taken t WHERE t.id = e.id AND t.digest = o.digest)
                   ORDER BY e.added LIMIT ?3";
        self.read("read what was received from", sql, (collection, after, count_max), |row| {
            Ok(Received {
                added: row.get("added")?,
                id: row.get("id")?,
                digest: row.get("digest")?,
                marking: crate::exchange::marking(row)?,
                bytes: row.get("bytes")?,
            })
        })
    }

    /// The printed ids of what was made of objects that others sent, of one prefix, such as `inc-`.
    pub fn taken(&self, prefix: &str) -> Result<std::collections::BTreeSet<String>, StoreError> {
        let sql = "SELECT became FROM exchange_taken WHERE substr(became, 1, length(?1)) = ?1";
        let all = self.read("read what was received from", sql, [prefix], |row| row.get(0))?;
        Ok(all.into_iter().collect())
    }

    /// Notes what objects became.
    pub fn put_taken(&mut self, taken: &[(String, [u8; 32], String)]) -> Result<(), StoreError> {
        self.write("write what was received to", |transaction| {
            let sql = "INSERT OR REPLACE INTO exchange_taken (id, digest, became) VALUES (?1, ?2, ?3)";
            let mut put = transaction.prepare_cached(sql)?;
            for row in taken {
                put.execute((&row.0, &row.1, &row.2))?;
            }
            Ok(())
        })
    }
}

pub(crate) fn move_cursor(transaction: &Transaction<'_>, cursor: &ExchangeCursor) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO exchange_cursor (partner, direction, collection, position) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (partner, direction, collection) DO UPDATE SET position = excluded.position",
        (&cursor.partner, cursor.direction, &cursor.collection, &cursor.position),
    )?;
    Ok(())
}

pub(crate) fn quarantine(transaction: &Transaction<'_>, held: &[Quarantined]) -> rusqlite::Result<()> {
    let mut put = transaction.prepare_cached(
        "INSERT INTO exchange_quarantine (partner, id, digest, code, reason, at, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (partner, id, digest) DO NOTHING",
    )?;
    for it in held {
        put.execute((&it.partner, &it.id, &it.digest, &it.code, &it.reason, it.at.to_string(), &it.bytes))?;
    }
    Ok(())
}

fn quarantined(row: &Row<'_>) -> rusqlite::Result<Quarantined> {
    Ok(Quarantined {
        number: row.get("number")?,
        partner: row.get("partner")?,
        id: row.get("id")?,
        digest: row.get("digest")?,
        code: row.get("code")?,
        reason: row.get("reason")?,
        at: parsed(row, "at")?,
        decided: row.get("decided")?,
        bytes: row.get("bytes")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        store.put_partner("a", "{}").unwrap();
        (folder, store)
    }

    fn now() -> Timestamp {
        "2025-01-01T00:00:00Z".parse().unwrap()
    }

    #[test]
    fn runs_are_kept_up_to_a_number() {
        let (_folder, mut store) = store();
        for accepted in 0..RUNS_KEPT as u64 + 5 {
            let run = ExchangeRun {
                partner: "a".into(),
                direction: "pull".into(),
                at: now(),
                accepted,
                known: 0,
                held: 0,
                refused: 0,
                error: None,
            };
            store.put_run(&run).unwrap();
        }
        let runs = store.runs("a", u32::MAX).unwrap();
        assert_eq!(runs.len(), RUNS_KEPT as usize);
        assert_eq!(runs[0].accepted, RUNS_KEPT as u64 + 4);
    }

    #[test]
    fn what_is_held_back_is_held_once_and_decided_once() {
        let (_folder, mut store) = store();
        let held = Quarantined {
            number: 0,
            partner: "a".into(),
            id: "tool--1".into(),
            digest: [1; 32],
            code: "future".into(),
            reason: "from the future".into(),
            at: now(),
            decided: None,
            bytes: b"{}".to_vec(),
        };
        store.hold_back(&[held.clone(), held]).unwrap();
        let all = store.quarantine(Some("a"), 10).unwrap();
        assert_eq!((all.len(), store.quarantine_size("a").unwrap()), (1, 1));
        assert!(store.decide_quarantined(all[0].number, "released").unwrap());
        assert!(!store.decide_quarantined(all[0].number, "dropped").unwrap());
        assert_eq!(store.quarantine(None, 10).unwrap(), []);
        assert_eq!(store.quarantined(all[0].number).unwrap().unwrap().decided.as_deref(), Some("released"));
    }
}
