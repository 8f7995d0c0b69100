//! Notices, as the canonical JSON that `share` makes of them.

use forewarn_model::{NoticeId, NoticeState};
use rusqlite::{Row, Transaction};

use crate::row::{damaged, id_bytes};
use crate::{Store, StoreError};

/// A notice as it lies in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNotice {
    /// Its id.
    pub id: NoticeId,
    /// The number that people quote.
    pub number: String,
    /// Where it stands.
    pub state: NoticeState,
    /// The canonical JSON of the notice.
    pub payload: Vec<u8>,
    /// The whole signed document, once it was issued.
    pub signed: Option<Vec<u8>>,
}

impl Store {
    /// Adds a notice that is not signed, or writes its new state; `signed` is not looked at: a document is
    /// signed once, by [`Store::issue_notice`].
    pub fn put_notice(&mut self, notice: &StoredNotice) -> Result<(), StoreError> {
        self.write("write a notice to", |transaction| upsert(transaction, notice))
    }

    /// A notice by its id.
    pub fn notice(&self, id: NoticeId) -> Result<Option<StoredNotice>, StoreError> {
        let sql = "SELECT * FROM notice WHERE id = ?1";
        Ok(self.read("read a notice from", sql, [id.as_bytes()], stored)?.pop())
    }

    /// All notices, in order of number.
    pub fn notices(&self) -> Result<Vec<StoredNotice>, StoreError> {
        self.read("read notices from", "SELECT * FROM notice ORDER BY number", [], stored)
    }
}

pub(crate) fn upsert(transaction: &Transaction<'_>, notice: &StoredNotice) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO notice (id, number, state, payload) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, payload = excluded.payload",
        (notice.id.as_bytes(), &notice.number, notice.state.as_str(), &notice.payload),
    )?;
    Ok(())
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredNotice> {
    let state: String = row.get("state")?;
    Ok(StoredNotice {
        id: NoticeId::from_bytes(id_bytes(row, "id")?),
        number: row.get("number")?,
        state: state.parse().map_err(|error| damaged("state", &error))?,
        payload: row.get("payload")?,
        signed: row.get("signed")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    #[test]
    fn a_notice_keeps_its_last_state() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let mut notice = StoredNotice {
            id: NoticeId::derive(&[b"n"]),
            number: "FW-1".into(),
            state: NoticeState::Draft,
            payload: b"{}".to_vec(),
            signed: None,
        };
        for state in [NoticeState::Draft, NoticeState::InReview] {
            notice.state = state;
            store.put_notice(&notice).unwrap();
            assert_eq!(store.notice(notice.id).unwrap().as_ref(), Some(&notice));
        }
        assert_eq!(store.notices().unwrap().len(), 1);
    }
}
