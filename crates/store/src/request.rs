//! Requests that may be sent again: each acts once.

use forewarn_model::Timestamp;
use rusqlite::OptionalExtension;

use crate::{Store, StoreError};

/// How many requests are remembered; the oldest are forgotten first.
pub const REQUESTS_MAX: u32 = 100_000;

/// What is known of a request when it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestBegun {
    /// It is new, and noted.
    New,
    /// It was answered before: the status, and the answer.
    Answered(u16, Vec<u8>),
    /// The same is being answered, or was cut off.
    Pending,
    /// Another request had the same key.
    Other,
}

/// Digest, status and answer of a request.
type Noted = ([u8; 32], Option<u16>, Option<Vec<u8>>);

impl Store {
    /// Begins a request with a key of its sender; what is older than `forget` is forgotten.
    pub fn begin_request(
        &mut self,
        who: &str,
        key: &str,
        digest: &[u8; 32],
        at: Timestamp,
        forget: Timestamp,
    ) -> Result<RequestBegun, StoreError> {
        self.write("note a request in", |transaction| {
            transaction.execute("DELETE FROM request WHERE at < ?1", [forget.to_string()])?;
            let known: Option<Noted> = transaction
                .query_row(
                    "SELECT digest, status, answer FROM request WHERE who = ?1 AND key = ?2",
                    (who, key),
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
                )
                .optional()?;
            match known {
                Some((before, ..)) if before != *digest => return Ok(RequestBegun::Other),
                Some((_, Some(status), answer)) => {
                    return Ok(RequestBegun::Answered(status, answer.unwrap_or_default()));
                }
                Some(_) => return Ok(RequestBegun::Pending),
                None => {}
            }
            transaction.execute(
                "INSERT INTO request (who, key, digest, at) VALUES (?1, ?2, ?3, ?4)",
                (who, key, digest, at.to_string()),
            )?;
            transaction.execute(
                "DELETE FROM request WHERE (who, key) IN
                     (SELECT who, key FROM request ORDER BY at DESC, who, key LIMIT -1 OFFSET ?1)",
                [REQUESTS_MAX],
            )?;
            Ok(RequestBegun::New)
        })
    }

    /// Keeps the answer to a request.
    pub fn end_request(
        &mut self,
        who: &str,
        key: &str,
        status: u16,
        answer: &[u8],
    ) -> Result<(), StoreError> {
        self.write("note a request in", |transaction| {
            let sql = "UPDATE request SET status = ?3, answer = ?4 WHERE who = ?1 AND key = ?2";
            transaction.execute(sql, (who, key, status, answer)).map(drop)
        })
    }

    /// Forgets a request that did nothing: it may be sent again.
    pub fn forget_request(&mut self, who: &str, key: &str) -> Result<(), StoreError> {
        self.write("note a request in", |transaction| {
            transaction.execute("DELETE FROM request WHERE who = ?1 AND key = ?2", (who, key)).map(drop)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    #[test]
    fn a_request_acts_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let day = |day: &str| format!("2024-05-{day}T00:00:00Z").parse::<Timestamp>().unwrap();
        let begin = |store: &mut Store, key: &str, digest: u8, at: &str| {
            store.begin_request("ana", key, &[digest; 32], day(at), day("02")).unwrap()
        };
        assert_eq!(begin(&mut store, "k", 1, "03"), RequestBegun::New);
        assert_eq!(begin(&mut store, "k", 1, "03"), RequestBegun::Pending);
        assert_eq!(begin(&mut store, "k", 2, "03"), RequestBegun::Other);
        store.end_request("ana", "k", 201, b"done").unwrap();
        assert_eq!(begin(&mut store, "k", 1, "03"), RequestBegun::Answered(201, b"done".to_vec()));
        store.forget_request("ana", "k").unwrap();
        assert_eq!(begin(&mut store, "k", 2, "01"), RequestBegun::New);
        assert_eq!(begin(&mut store, "k", 1, "03"), RequestBegun::New, "what is old is forgotten");
    }
}
