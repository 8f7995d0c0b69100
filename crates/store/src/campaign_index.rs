//! The kept index of the clusterer: bytes that this room does not understand, and up to which sighting they
//! hold the reports. It is derived from the reports, so whatever is wrong with it, it can be made anew.

use rusqlite::{Row, Transaction};

use crate::{CampaignState, Store, StoreError};

/// How many bytes stand in one row.
const PART_BYTES: usize = 16 << 20;

impl Store {
    /// The index that an engine kept, and the last sighting in it; none if there is no whole one of this engine
    /// of at most `bytes_max` bytes.
    pub fn campaign_index(&self, engine: &str, bytes_max: u64) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
        let head = |row: &Row<'_>| Ok((row.get::<_, i64>("sighting")?, row.get::<_, i64>("bytes")?));
        let sql = "SELECT sighting, bytes FROM campaign_index WHERE engine = ?1";
        let found = self.read("read campaigns from", sql, [engine], head)?.pop();
        let found = found.and_then(|(sighting, bytes)| Some((sighting, u64::try_from(bytes).ok()?)));
        let Some((sighting, len)) = found.filter(|(_, len)| *len <= bytes_max) else { return Ok(None) };
        let mut bytes = Vec::new();
        for part in 0..len.div_ceil(PART_BYTES as u64) as i64 {
            let sql = "SELECT bytes FROM campaign_index_part WHERE part = ?1 AND length(bytes) <= ?2";
            let limits = (part, PART_BYTES as i64);
            let found = self.read("read campaigns from", sql, limits, |row| row.get::<_, Vec<u8>>(0))?;
            found.iter().for_each(|part| bytes.extend_from_slice(part));
        }
        Ok((bytes.len() as u64 == len).then_some((sighting, bytes)))
    }
}

/// Puts an index in the place of the one before.
pub(crate) fn put(
    transaction: &Transaction<'_>,
    state: &CampaignState,
    index: &[u8],
) -> rusqlite::Result<()> {
    forget(transaction)?;
    transaction.execute(
        "INSERT INTO campaign_index (only_one, engine, sighting, bytes) VALUES (1, ?1, ?2, ?3)",
        (&state.engine, state.sighting, index.len() as i64),
    )?;
    let mut part =
        transaction.prepare_cached("INSERT INTO campaign_index_part (part, bytes) VALUES (?1, ?2)")?;
    for (number, bytes) in index.chunks(PART_BYTES).enumerate() {
        part.execute((number as i64, bytes))?;
    }
    Ok(())
}

pub(crate) fn forget(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch("DELETE FROM campaign_index; DELETE FROM campaign_index_part;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    #[test]
    fn gives_back_a_whole_index_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        assert_eq!(store.campaign_index("e/1", u64::MAX).unwrap(), None);
        let long: Vec<u8> = (0..PART_BYTES + 9).map(|at| at as u8).collect();
        for (sighting, bytes) in [(3, long.as_slice()), (5, b"short"), (7, &[]), (9, &long)] {
            let state = CampaignState { engine: "e/1".into(), sighting };
            store.place_in_campaigns(&state, &[], &[], &[], Some(bytes)).unwrap();
            // What comes after it leaves it as it is.
            let after = CampaignState { engine: "e/1".into(), sighting: sighting + 1 };
            store.place_in_campaigns(&after, &[], &[], &[], None).unwrap();
            assert_eq!(store.campaign_index("e/1", u64::MAX).unwrap(), Some((sighting, bytes.to_vec())));
        }
        assert_eq!(store.campaign_index("e/2", u64::MAX).unwrap(), None);
        assert_eq!(store.campaign_index("e/1", PART_BYTES as u64).unwrap(), None);
        store.connection.execute("DELETE FROM campaign_index_part WHERE part = 1", []).unwrap();
        assert_eq!(store.campaign_index("e/1", u64::MAX).unwrap(), None);
        store.forget_campaigns().unwrap();
        let left: i64 = store
            .connection
            .query_row("SELECT count(*) FROM campaign_index_part", [], |row| row.get(0))
            .unwrap();
        assert_eq!(left, 0);
    }
}
