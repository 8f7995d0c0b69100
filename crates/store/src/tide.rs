//! How much there is of everything that grows: cheap figures by which a service sees that something is new.

use crate::{Store, StoreError};

/// What is counted, by topic; each statement reads the end of one index.
const COUNTS: [(&str, &str); 5] = [
    ("reports", "SELECT coalesce(max(number), 0) FROM sighting"),
    ("incidents", "SELECT count(*) FROM incident"),
    ("decisions", "SELECT coalesce(max(number), 0) FROM decision"),
    ("notices", "SELECT count(*) FROM notice"),
    ("deliveries", "SELECT coalesce(max(rowid), 0) FROM reply"),
];

impl Store {
    /// The figures, by topic.
    pub fn tide(&self) -> Result<Vec<(&'static str, u64)>, StoreError> {
        COUNTS
            .iter()
            .map(|(topic, sql)| {
                let count = self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
                Ok((*topic, self.wrap("count what is in", count)? as u64))
            })
            .collect()
    }
}
