//! Reports and where they were seen.

use forewarn_model::{
    Clearance, Grading, Marking, Pap, Report, ReportId, ReportKind, Sighting, Source, Timestamp,
};
use rusqlite::{Row, Transaction, named_params};

use crate::audience::{self, Audience};
use crate::row::{damaged, id_bytes, item, parsed, parsed_option};
use crate::source::Owners;
use crate::{Decision, Store, StoreError, campaign_view, decision, search};

/// A report with the place where it was first seen, and how often it was seen in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReport {
    /// The report.
    pub report: Report,
    /// How many sightings it has.
    pub sightings: u32,
}

/// Reports that a reader may see, each with its first sighting; `:tlp` is the reader's marking.
fn select(audience: &Audience) -> String {
    let hidden = audience.hides_source("c.source");
    let told = hidden.map_or_else(String::new, |hidden| format!("AND (c.number = s.number OR NOT {hidden})"));
    let seen = audience.seen("r.tlp", ":tlp");
    format!(
        "SELECT r.id, r.title, r.body, r.kind, r.declared_language, r.tlp, r.pap, r.grading,
             s.source, s.external_id, s.url, s.received_at, s.published_at,
             (SELECT count(*) FROM sighting c WHERE c.report = r.id {told}) AS sightings
         FROM report r JOIN sighting s
             ON s.number = (SELECT min(f.number) FROM sighting f WHERE f.report = r.id)
         WHERE {seen}"
    )
}

impl Store {
    /// A report, if there is one that the reader may see.
    pub fn report(&self, id: ReportId, clearance: &Clearance) -> Result<Option<StoredReport>, StoreError> {
        let audience = self.audience(clearance)?;
        let sql = format!("{} AND r.id = :id", select(&audience));
        let parameters = named_params! { ":tlp": audience.marking(), ":id": id.as_bytes() };
        Ok(self.read("read a report from", &sql, parameters, stored_report)?.pop())
    }

    /// Reports in order of id, after `after`, at most `count_max`: a page at a time, so that memory does not
    /// grow with the store.
    pub fn reports_after(
        &self,
        after: Option<ReportId>,
        count_max: u32,
        clearance: &Clearance,
    ) -> Result<Vec<StoredReport>, StoreError> {
        let audience = self.audience(clearance)?;
        let sql = format!("{} AND r.id > :after ORDER BY r.id LIMIT :count", select(&audience));
        let after = after.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        let parameters = named_params! { ":tlp": audience.marking(), ":after": after, ":count": count_max };
        self.read("read reports from", &sql, parameters, stored_report)
    }

    /// Reports that the pipeline of this version has not read yet, at most `count_max`. They stop being among them
    /// when their findings are put.
    pub fn reports_to_process(&self, version: &str, count_max: u32) -> Result<Vec<StoredReport>, StoreError> {
        let audience = self.audience(&Clearance::ALL)?;
        let sql = format!(
            "{} AND r.id IN (
                 SELECT report FROM report_waiting
                 UNION ALL SELECT report FROM finding WHERE version < :version
                 UNION ALL SELECT report FROM finding WHERE version > :version
                 LIMIT :count)",
            select(&audience)
        );
        let parameters = named_params! {
            ":tlp": audience.marking(), ":version": version, ":count": count_max
        };
        self.read("read reports from", &sql, parameters, stored_report)
    }

    /// How many of them there are.
    pub fn count_to_process(&self, version: &str) -> Result<u64, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM report_waiting)
                 + (SELECT count(*) FROM finding f WHERE f.version < ?1
                    AND NOT EXISTS (SELECT 1 FROM report_waiting w WHERE w.report = f.report))
                 + (SELECT count(*) FROM finding f WHERE f.version > ?1
                    AND NOT EXISTS (SELECT 1 FROM report_waiting w WHERE w.report = f.report))";
        self.count(sql, [version])
    }

    /// How many reports no version has read, or were seen in a further place since.
    pub fn count_waiting(&self) -> Result<u64, StoreError> {
        self.count("SELECT count(*) FROM report_waiting", [])
    }

    /// Where and when a report that the reader may see was seen, in the order of arrival, at most `count_max`. That
    /// it was seen again in a source of an organisation that the reader is not cleared for is not told.
    pub fn sightings(
        &self,
        id: ReportId,
        count_max: u32,
        clearance: &Clearance,
    ) -> Result<Vec<Sighting>, StoreError> {
        let hidden = self.audience(clearance)?.hides_source("s.source");
        let told = hidden.map_or_else(String::new, |hidden| {
            let first = "(SELECT min(f.number) FROM sighting f WHERE f.report = s.report)";
            format!("AND (s.number = {first} OR NOT {hidden})")
        });
        let sql = format!("SELECT s.* FROM sighting s WHERE s.report = ?1 {told} ORDER BY s.number LIMIT ?2");
        self.read("read sightings from", &sql, (id.as_bytes(), count_max), sighting)
    }

    /// Gives a report another marking and grading, with the decisions that say why. `terms` are those of its text:
    /// it is entered into the search anew.
    pub fn mark_report(
        &mut self,
        id: ReportId,
        marking: Marking,
        grading: Grading,
        terms: &str,
        decisions: &[Decision],
    ) -> Result<(), StoreError> {
        self.write("mark a report in", |transaction| {
            let code = audience::code(marking.tlp, audience::owner_of(transaction, id.as_bytes())?);
            transaction.execute(
                "UPDATE report SET tlp = ?2, pap = ?3, grading = ?4 WHERE id = ?1",
                (id.as_bytes(), code, marking.pap as i64, grading.to_string()),
            )?;
            decisions.iter().try_for_each(|decision| decision::insert(transaction, decision))?;
            search::index(transaction, id, terms)?;
            campaign_view::refresh(transaction, u32::MAX).map(drop)
        })
    }

    /// How many reports and sightings there are.
    pub fn counts(&self) -> Result<(u64, u64), StoreError> {
        Ok((self.count("SELECT count(*) FROM report", [])?, self.count("SELECT count(*) FROM sighting", [])?))
    }

    /// The ids of reports that a reader may see and that start with `prefix` (hexadecimal digits after
    /// `rpt-`), at most `count_max`.
    pub fn report_ids_starting(
        &self,
        prefix: &str,
        count_max: u32,
        clearance: &Clearance,
    ) -> Result<Vec<ReportId>, StoreError> {
        let audience = self.audience(clearance)?;
        let seen = audience.seen("tlp", "?1");
        let sql = format!(
            "SELECT id FROM report WHERE {seen} AND lower(hex(id)) LIKE ?2 || '%' ORDER BY id LIMIT ?3"
        );
        let digits: String = prefix.chars().filter(char::is_ascii_hexdigit).collect();
        let parameters = (audience.marking(), digits.to_lowercase(), count_max);
        self.read("read reports from", &sql, parameters, |row| id_bytes(row, "id").map(ReportId::from_bytes))
    }

    pub(crate) fn count(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<u64, StoreError> {
        let counted = self.connection.query_row(sql, parameters, |row| row.get::<_, i64>(0));
        self.wrap("count in", counted).map(|count| count.max(0) as u64)
    }
}

/// Writes a report and its sighting: whether the text is new, and whether the sighting is. Marking and owner are those
/// of the first sighting: that a text was seen in a further place changes neither.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    report: &Report,
    owners: &mut Owners,
) -> rusqlite::Result<(bool, bool)> {
    let owner = owners.of(transaction, &report.sighting.source.name)?;
    let new_text = transaction
        .prepare_cached(
            "INSERT INTO report (id, title, body, kind, declared_language, tlp, pap, grading)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING",
        )?
        .execute((
            report.id().as_bytes(),
            report.title(),
            report.text(),
            report.kind.as_str(),
            report.declared_language.as_ref().map(|language| language.as_str()),
            audience::code(report.marking.tlp, owner),
            report.marking.pap as i64,
            report.grading.to_string(),
        ))?;
    let Sighting { source, received_at, published_at } = &report.sighting;
    let new_sighting = transaction
        .prepare_cached(
            "INSERT INTO sighting (report, source, external_id, url, received_at, published_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (report, source, external_id) DO NOTHING",
        )?
        .execute((
            report.id().as_bytes(),
            &source.name,
            source.external_id.as_deref().unwrap_or_default(),
            &source.url,
            received_at.to_string(),
            published_at.map(|at| at.to_string()),
        ))?;
    if new_text + new_sighting > 0 {
        // It is to be found by its new place, too: so it is read anew.
        transaction
            .prepare_cached("INSERT INTO report_waiting (report) VALUES (?1) ON CONFLICT DO NOTHING")?
            .execute([report.id().as_bytes()])?;
    }
    Ok((new_text == 1, new_sighting == 1))
}

fn sighting(row: &Row<'_>) -> rusqlite::Result<Sighting> {
    let external_id: String = row.get("external_id")?;
    Ok(Sighting {
        source: Source {
            name: row.get("source")?,
            external_id: Some(external_id).filter(|id| !id.is_empty()),
            url: row.get("url")?,
        },
        received_at: parsed::<Timestamp>(row, "received_at")?,
        published_at: parsed_option(row, "published_at")?,
    })
}

fn stored_report(row: &Row<'_>) -> rusqlite::Result<StoredReport> {
    let sighting = sighting(row)?;
    let marking = Marking { tlp: audience::tlp(row, "tlp")?, pap: item(row, "pap", &Pap::ALL)? };
    let report = Report::new(
        parsed::<ReportKind>(row, "kind")?,
        row.get("title")?,
        row.get("body")?,
        parsed_option(row, "declared_language")?,
        marking,
        parsed::<Grading>(row, "grading")?,
        sighting,
    );
    if *report.id().as_bytes() != id_bytes(row, "id")? {
        return Err(damaged("id", &format!("the text of {} is not what was ingested", report.id())));
    }
    Ok(StoredReport { report, sightings: row.get("sightings")? })
}
