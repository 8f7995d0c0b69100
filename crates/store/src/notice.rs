//! Notices, as the canonical JSON that `share` makes of them.

use forewarn_model::{NoticeId, NoticeState};
use rusqlite::{OptionalExtension, Row};

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
    /// Adds a notice or writes its new state. Whether the signed document was written now: a document that
    /// is there already stays, so that a notice is issued once or not at all.
    pub fn put_notice(&mut self, notice: &StoredNotice) -> Result<bool, StoreError> {
        self.write("write a notice to", |transaction| {
            let before: Option<bool> = transaction
                .query_row(
                    "SELECT signed IS NOT NULL FROM notice WHERE id = ?1",
                    [notice.id.as_bytes()],
                    |row| row.get(0),
                )
                .optional()?;
            transaction.execute(
                "INSERT INTO notice (id, number, state, payload) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET state = excluded.state, payload = excluded.payload",
                (notice.id.as_bytes(), &notice.number, notice.state.as_str(), &notice.payload),
            )?;
            let (Some(signed), false) = (&notice.signed, before.unwrap_or(false)) else { return Ok(false) };
            transaction
                .execute("UPDATE notice SET signed = ?2 WHERE id = ?1", (notice.id.as_bytes(), signed))?;
            Ok(true)
        })
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
    fn a_notice_is_signed_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let mut notice = StoredNotice {
            id: NoticeId::derive(&[b"n"]),
            number: "FW-1".into(),
            state: NoticeState::Draft,
            payload: b"{}".to_vec(),
            signed: None,
        };
        assert!(!store.put_notice(&notice).unwrap());
        notice.state = NoticeState::Issued;
        notice.signed = Some(b"first".to_vec());
        assert!(store.put_notice(&notice).unwrap());
        let first = notice.clone();
        notice.signed = Some(b"second".to_vec());
        assert!(!store.put_notice(&notice).unwrap());
        assert_eq!(store.notice(notice.id).unwrap(), Some(first));
        assert_eq!(store.notices().unwrap().len(), 1);
    }
}
