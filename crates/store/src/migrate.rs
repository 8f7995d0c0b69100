//! Brings a database up to date, one numbered step at a time, each in its own transaction.

use crate::{Store, StoreError};

/// The steps, in order; step n takes the schema from n to n + 1. A step that has shipped never changes.
const STEPS: &[&str] = &[
    include_str!("../migrations/0001_spine.sql"),
    include_str!("../migrations/0002_campaigns.sql"),
    include_str!("../migrations/0003_log.sql"),
    include_str!("../migrations/0004_members.sql"),
    include_str!("../migrations/0005_campaign_index.sql"),
    include_str!("../migrations/0006_people.sql"),
    include_str!("../migrations/0007_search.sql"),
    include_str!("../migrations/0008_exchange.sql"),
    include_str!("../migrations/0009_cases.sql"),
    include_str!("../migrations/0010_views.sql"),
    include_str!("../migrations/0011_extract.sql"),
    include_str!("../migrations/0012_matching.sql"),
    include_str!("../migrations/0013_requests.sql"),
    include_str!("../migrations/0014_owners.sql"),
];

pub(crate) fn run(store: &mut Store) -> Result<(), StoreError> {
    let known = STEPS.len() as i64;
    let mut version = version(store)?;
    if version > known {
        return Err(StoreError::Newer { path: store.path.clone(), found: version, known });
    }
    while version < known {
        let step = STEPS[version as usize];
        store.write("migrate", |transaction| {
            // Another process may have taken the step while this one waited for the lock.
            let now: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
            if now == version {
                transaction.execute_batch(step)?;
                transaction.pragma_update(None, "user_version", version + 1)?;
            }
            Ok(())
        })?;
        version += 1;
    }
    Ok(())
}

fn version(store: &Store) -> Result<i64, StoreError> {
    store.wrap("open", store.connection.pragma_query_value(None, "user_version", |row| row.get(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;

    #[test]
    fn refuses_a_database_of_the_future() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &Options::default()).unwrap();
        store.connection.pragma_update(None, "user_version", 99).unwrap();
        let error = Store::open(folder.path(), &Options::default()).unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 99, .. }));
    }
}
