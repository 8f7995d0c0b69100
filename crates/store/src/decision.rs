//! What people decided: who, when, why, and the score that they saw. Only ever added to.

use forewarn_model::Timestamp;
use rusqlite::{Row, Transaction};

use crate::row::parsed;
use crate::{Store, StoreError};

/// A decision of a person on anything that has a printed id.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The printed id of what was decided on.
    pub subject: String,
    /// What was decided: `confirmed`, `rejected`, `wrong`, …
    pub verdict: String,
    /// Who.
    pub decided_by: String,
    /// When.
    pub decided_at: Timestamp,
    /// Why.
    pub reason: String,
    /// The score that the person saw, if there was one.
    pub seen_score: Option<f64>,
}

impl Store {
    /// Adds a decision.
    pub fn put_decision(&mut self, decision: &Decision) -> Result<(), StoreError> {
        self.put_decisions(std::slice::from_ref(decision))
    }

    /// Adds several decisions, all or none.
    pub fn put_decisions(&mut self, decisions: &[Decision]) -> Result<(), StoreError> {
        self.write("write a decision to", |transaction| {
            decisions.iter().try_for_each(|decision| insert(transaction, decision))
        })
    }

    /// All decisions on one thing, the last one last.
    pub fn decisions(&self, subject: &str) -> Result<Vec<Decision>, StoreError> {
        let sql = "SELECT * FROM decision WHERE subject = ?1 ORDER BY number";
        self.read("read decisions from", sql, [subject], decision)
    }

    /// All decisions on things of one kind, by the prefix of their ids (`alm`), in order.
    pub fn decisions_on_kind(&self, prefix: &str) -> Result<Vec<Decision>, StoreError> {
        // A dot follows the hyphen in ASCII, so that the index bounds what is read.
        let sql = "SELECT * FROM decision WHERE subject >= ?1 || '-' AND subject < ?1 || '.' ORDER BY number";
        self.read("read decisions from", sql, [prefix], decision)
    }

    /// The last decision on each thing whose name begins with `prefix`, in the order of these decisions.
    pub fn last_decisions(&self, prefix: &str) -> Result<Vec<Decision>, StoreError> {
        let sql = "SELECT * FROM decision d WHERE substr(subject, 1, length(?1)) = ?1
                       AND NOT EXISTS (SELECT 1 FROM decision l
                                       WHERE l.subject = d.subject AND l.number > d.number)
                   ORDER BY number";
        self.read("read decisions from", sql, [prefix], decision)
    }
}

pub(crate) fn insert(transaction: &Transaction<'_>, decision: &Decision) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO decision (subject, verdict, decided_by, decided_at, reason, seen_score)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (
            &decision.subject,
            &decision.verdict,
            &decision.decided_by,
            decision.decided_at.to_string(),
            &decision.reason,
            decision.seen_score,
        ),
    )?;
    Ok(())
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    Ok(Decision {
        subject: row.get("subject")?,
        verdict: row.get("verdict")?,
        decided_by: row.get("decided_by")?,
        decided_at: parsed(row, "decided_at")?,
        reason: row.get("reason")?,
        seen_score: row.get("seen_score")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    #[test]
    fn keeps_every_decision_and_changes_none() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let mut decision = Decision {
            subject: "lnk-1".into(),
            verdict: "wrong".into(),
            decided_by: "ana".into(),
            decided_at: "2024-01-02T03:04:05Z".parse().unwrap(),
            reason: "two people of one name".into(),
            seen_score: Some(0.5),
        };
        store.put_decision(&decision).unwrap();
        decision.verdict = "confirmed".into();
        store.put_decision(&decision).unwrap();
        let all = store.decisions("lnk-1").unwrap();
        assert_eq!(all.iter().map(|d| d.verdict.as_str()).collect::<Vec<_>>(), ["wrong", "confirmed"]);
        assert_eq!(store.last_decisions("lnk-").unwrap(), all[1..]);
        assert_eq!(store.decisions_on_kind("lnk").unwrap(), all);
        assert_eq!(store.decisions_on_kind("ln").unwrap(), []);
        assert_eq!(store.last_decisions("lnk_").unwrap(), []);
        assert!(store.connection.execute("DELETE FROM decision", []).is_err());
        assert!(store.connection.execute("UPDATE decision SET verdict = ''", []).is_err());
    }
}
