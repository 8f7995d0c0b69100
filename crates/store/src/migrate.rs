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
    include_str!("../migrations/0014_observable_case.sql"),
    include_str!("../migrations/0015_owners.sql"),
    include_str!("../migrations/0016_recipient.sql"),
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
    fn what_was_there_before_there_were_owners_is_kept_and_can_be_owned() {
        use forewarn_model::{Clearance, Organisations, Report, Tlp};
        let folder = tempfile::tempdir().unwrap();
        let report = {
            use forewarn_model::{Grading, Marking, Pap, ReportKind, Sighting, Source};
            let source = Source { name: "feed".into(), external_id: None, url: None };
            let at = "2024-01-02T03:04:05Z".parse().unwrap();
            let sighting = Sighting { source, received_at: at, published_at: None };
            let marking = Marking { tlp: Tlp::Red, pap: Pap::Green };
            Report::new(ReportKind::JobAd, None, "x".into(), None, marking, Grading::UNKNOWN, sighting)
        };
        let path = folder.path().join(crate::FILE_NAME);
        let before = rusqlite::Connection::open(path).unwrap();
        STEPS[..14].iter().for_each(|step| before.execute_batch(step).unwrap());
        before.pragma_update(None, "user_version", 14).unwrap();
        let id = report.id();
        before
            .execute(
                "INSERT INTO report (id, body, kind, tlp, pap, grading) VALUES (?1, 'x', 'job_ad', 4, 1, 'F6')",
                [id.as_bytes()],
            )
            .unwrap();
        before
            .execute(
                "INSERT INTO sighting (report, source, received_at) VALUES (?1, 'feed', '2024-01-02T03:04:05Z')",
                [id.as_bytes()],
            )
            .unwrap();
        let view = "INSERT INTO network_view VALUES ('ana', 'a view', 1, 4, '2024-01-02T03:04:05Z', '{}')";
        before.execute(view, []).unwrap();
        drop(before);

        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let house = Clearance::up_to(Tlp::Red);
        assert_eq!(store.report(id, &house).unwrap().unwrap().report, report);
        assert_eq!(store.views("ben", &house, 9).unwrap().len(), 1);
        assert_eq!(store.sources(None, 9).unwrap().len(), 1);
        assert_eq!(store.put_owner("feed", Some("Bureau A")).unwrap(), crate::OwnerWritten::Changed(1));
        assert_eq!(store.report(id, &house).unwrap(), None);
        let of_a = Clearance { tlp: Tlp::Red, organisations: Organisations::named(["bureau a"]) };
        assert_eq!(store.report(id, &of_a).unwrap().unwrap().report, report);
        assert_eq!(store.kept_by(id).unwrap().as_deref(), Some("Bureau A"));
    }

    #[test]
    fn refuses_a_database_of_the_future() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), &Options::default()).unwrap();
        store.connection.pragma_update(None, "user_version", 99).unwrap();
        let error = Store::open(folder.path(), &Options::default()).unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 99, .. }));
    }
}
