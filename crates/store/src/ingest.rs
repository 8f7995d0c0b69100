//! Taking reports in: a batch is either wholly on the disk or not at all.

use forewarn_model::{Report, Timestamp};

use crate::row::parsed;
use crate::source::Owners;
use crate::{Store, StoreError, report};

/// A run of `ingest` over one input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IngestRun {
    number: i64,
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BatchOutcome {
    /// Reports whose text was new.
    pub accepted: u64,
    /// Reports whose text was known, now seen in a further place: the sighting was kept.
    pub seen_again: u64,
    /// Reports whose text and sighting were both known.
    pub duplicates: u64,
}

/// What came in by one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredIngest {
    /// Its number; later runs have higher ones.
    pub number: i64,
    /// What was read: the name of a file, a feed, a member's reply.
    pub input: String,
    /// When it began.
    pub started_at: Timestamp,
    /// Whether the input was read to its end.
    pub ended: bool,
    /// The line that was read last.
    pub last_line: u64,
    /// Reports whose text was new.
    pub accepted: u64,
    /// Reports that were known.
    pub duplicates: u64,
    /// Records that were refused.
    pub refused: u64,
}

impl Store {
    /// The runs, the newest first, at most `count_max` before the one with number `before`.
    pub fn ingests(&self, before: Option<i64>, count_max: u32) -> Result<Vec<StoredIngest>, StoreError> {
        let sql = "SELECT * FROM ingest WHERE number < ?1 ORDER BY number DESC LIMIT ?2";
        self.read("list the ingests of", sql, (before.unwrap_or(i64::MAX), count_max), |row| {
            let count = |column: &str| row.get::<_, i64>(column).map(i64::unsigned_abs);
            Ok(StoredIngest {
                number: row.get("number")?,
                input: row.get("input")?,
                started_at: parsed(row, "started_at")?,
                ended: row.get("ended")?,
                last_line: count("last_line")?,
                accepted: count("accepted")?,
                duplicates: count("duplicates")?,
                refused: count("refused")?,
            })
        })
    }

    /// Begins a run; the input is kept by name.
    pub fn begin_ingest(&mut self, input: &str, started_at: Timestamp) -> Result<IngestRun, StoreError> {
        self.write("begin an ingest into", |transaction| {
            transaction.execute(
                "INSERT INTO ingest (input, started_at) VALUES (?1, ?2)",
                (input, started_at.to_string()),
            )?;
            Ok(IngestRun { number: transaction.last_insert_rowid() })
        })
    }

    /// Writes a batch; when it returns, the batch is on the disk. `last_line` is where the input was read
    /// to, `refused` how many records of it were refused since the last batch.
    pub fn ingest(
        &mut self,
        run: IngestRun,
        reports: &[Report],
        last_line: u64,
        refused: u64,
    ) -> Result<BatchOutcome, StoreError> {
        self.write("ingest into", |transaction| {
            let mut outcome = BatchOutcome::default();
            let mut owners = Owners::default();
            for report in reports {
                match report::insert(transaction, report, &mut owners)? {
                    (true, _) => outcome.accepted += 1,
                    (false, true) => outcome.seen_again += 1,
                    (false, false) => outcome.duplicates += 1,
                }
            }
            transaction.execute(
                "UPDATE ingest SET last_line = ?2, accepted = accepted + ?3, duplicates = duplicates + ?4,
                        refused = refused + ?5 WHERE number = ?1",
                (
                    run.number,
                    last_line as i64,
                    outcome.accepted as i64,
                    (outcome.seen_again + outcome.duplicates) as i64,
                    refused as i64,
                ),
            )?;
            Ok(outcome)
        })
    }

    /// Notes that the whole input was read.
    pub fn end_ingest(&mut self, run: IngestRun) -> Result<(), StoreError> {
        self.write("end an ingest into", |transaction| {
            transaction.execute("UPDATE ingest SET ended = 1 WHERE number = ?1", [run.number])?;
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use forewarn_model::{Clearance, Grading, Marking, ReportKind, Sighting, Source, Tlp};

    use super::*;
    use crate::Options;

    fn ad(text: &str, source: &str, id: &str) -> Report {
        let at: Timestamp = "2024-01-02T03:04:05Z".parse().unwrap();
        Report::new(
            ReportKind::JobAd,
            Some("Title".into()),
            text.into(),
            "th".parse().ok(),
            Marking::DEFAULT,
            Grading::UNKNOWN,
            Sighting {
                source: Source { name: source.into(), external_id: Some(id.into()), url: None },
                received_at: at,
                published_at: Some(at),
            },
        )
    }

    #[test]
    fn keeps_texts_once_and_sightings_apart() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let run = store.begin_ingest("ads.jsonl", "2024-01-02T00:00:00Z".parse().unwrap()).unwrap();
        let batch = [ad("a", "x", "1"), ad("a", "x", "1"), ad("a", "y", "1"), ad("b", "x", "2")];
        let outcome = store.ingest(run, &batch, 5, 1).unwrap();
        assert_eq!(outcome, BatchOutcome { accepted: 2, seen_again: 1, duplicates: 1 });
        assert_eq!(store.counts().unwrap(), (2, 3));
        let told = store.ingests(None, 10).unwrap().remove(0);
        assert_eq!((told.accepted, told.duplicates, told.refused, told.ended), (2, 2, 1, false));
        assert!(store.ingests(Some(told.number), 10).unwrap().is_empty());
        let again = store.ingest(run, &batch, 5, 0).unwrap();
        assert_eq!((again.accepted, again.seen_again, again.duplicates), (0, 0, 4));
        store.end_ingest(run).unwrap();

        let stored = store.report(batch[0].id(), &Clearance::ALL).unwrap().unwrap();
        assert_eq!(stored.report, batch[0]);
        assert_eq!(stored.sightings, 2);
        assert_eq!(
            store.report(batch[0].id(), &Clearance::up_to(Tlp::Green)).unwrap(),
            None,
            "above the reader's clearance"
        );
        let all = store.reports_after(None, 10, &Clearance::ALL).unwrap();
        assert!(all.len() == 2 && all[0].report.id() < all[1].report.id());
        assert_eq!(store.reports_after(Some(all[0].report.id()), 10, &Clearance::ALL).unwrap().len(), 1);
        assert_eq!(store.count_to_process("v").unwrap(), 2);
    }

    #[test]
    fn a_full_disk_says_so_and_leaves_nothing_half_written() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let run = store.begin_ingest("ads", "2024-01-02T00:00:00Z".parse().unwrap()).unwrap();
        store.ingest(run, &[ad("kept", "x", "1")], 1, 0).unwrap();
        // SQLite reports the same error when its file may not grow as when the disk is full.
        let pages: i64 = store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        store.connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
        let batch: Vec<Report> =
            (0..50).map(|n| ad(&"long ".repeat(1_000 + n), "x", &n.to_string())).collect();
        let error = store.ingest(run, &batch, 51, 0).unwrap_err().to_string();
        assert!(error.contains("the disk is full"), "{error}");
        assert_eq!(store.counts().unwrap(), (1, 1));
        assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_changed_text_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let run = store.begin_ingest("ads", "2024-01-02T00:00:00Z".parse().unwrap()).unwrap();
        let report = ad("a", "x", "1");
        store.ingest(run, std::slice::from_ref(&report), 1, 0).unwrap();
        store.connection.execute("UPDATE report SET body = 'b'", []).unwrap();
        let error = store.report(report.id(), &Clearance::ALL).unwrap_err().to_string();
        assert!(error.contains("damaged"), "{error}");
    }
}
