//! What the network asks: who names a value, and how widely it is shared. Every question goes over an index,
//! so that a look at one value does not read the whole store.

use forewarn_model::{CampaignId, ObservableKind, ReportId, ReportKind, Timestamp, Tlp};
use rusqlite::Row;

use crate::row::{id_bytes, parsed, parsed_option};
use crate::{Store, StoreError};

/// A report that names something, with what the graph needs of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The report.
    pub report: ReportId,
    /// What it is.
    pub kind: ReportKind,
    /// When it was first received.
    pub received_at: Option<Timestamp>,
    /// The campaign that it belongs to.
    pub campaign: Option<CampaignId>,
}

/// How widely a value is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// How many reports name it.
    pub reports: u64,
    /// How many campaigns, and single reports in none, name it; counted up to a limit.
    pub groups: u64,
}

/// Columns of [`Naming`]; `r` is the report. A report that is alone in a campaign is in none.
const NAMING: &str = "r.id AS report, r.kind,
    (SELECT min(s.received_at) FROM sighting s WHERE s.report = r.id) AS received_at,
    (SELECT c.whole FROM campaign_member m JOIN campaign c ON c.id = m.home
     WHERE m.report = r.id AND (SELECT sum(p.size) FROM campaign p WHERE p.whole = c.whole) >= 2) AS campaign";

impl Store {
    /// The kinds of identifier that have this value in reports that the reader may see.
    pub fn kinds_of_value(&self, value: &str, clearance: Tlp) -> Result<Vec<ObservableKind>, StoreError> {
        // One kind after the other, by the index.
        let next = "SELECT min(kind) AS kind FROM observable WHERE value = ?1 AND kind > ?2";
        let visible = "SELECT 1 FROM observable o JOIN report r ON r.id = o.report
                       WHERE o.value = ?1 AND o.kind = ?2 AND r.tlp <= ?3 LIMIT 1";
        let mut kinds = Vec::new();
        let mut after = String::new();
        loop {
            let row = |row: &Row<'_>| row.get::<_, Option<String>>(0);
            let found = self.read("read observables from", next, (value, &after), row)?.pop().flatten();
            let Some(kind) = found else { return Ok(kinds) };
            let row = |row: &Row<'_>| row.get::<_, i64>(0);
            let parameters = (value, &kind, clearance as i64);
            if !self.read("read observables from", visible, parameters, row)?.is_empty()
                && let Ok(known) = kind.parse()
            {
                kinds.push(known);
            }
            after = kind;
        }
    }

    /// Values that differ from `value` only in case, at most `count_max`; reads every value.
    pub fn values_alike(&self, value: &str, count_max: u32) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT value FROM observable WHERE value LIKE ?1 ESCAPE '\\' LIMIT ?2";
        let escaped = value.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        self.read("read observables from", sql, (escaped, count_max), |row| row.get(0))
    }

    /// How widely a value is shared, in reports that the reader may see. Groups are counted in the first
    /// `reports_max` reports that name it; more than `groups_max` are not told apart.
    pub fn spread(
        &self,
        kind: ObservableKind,
        value: &str,
        groups_max: u32,
        reports_max: u32,
        clearance: Tlp,
    ) -> Result<Spread, StoreError> {
        let sql = "SELECT count(DISTINCT report) FROM observable WHERE value = ?1 AND kind = ?2";
        let reports = self.count(sql, (value, kind.to_string()))?;
        let sql = "SELECT count(*) FROM (
                       SELECT DISTINCT coalesce(c.whole, o.report) FROM
                           (SELECT DISTINCT report FROM observable WHERE value = ?1 AND kind = ?2 LIMIT ?4) o
                           LEFT JOIN campaign_member m ON m.report = o.report
                           LEFT JOIN campaign c ON c.id = m.home
                       WHERE (SELECT r.tlp FROM report r WHERE r.id = o.report) <= ?5
                       LIMIT ?3)";
        let parameters = (value, kind.to_string(), groups_max, reports_max, clearance as i64);
        Ok(Spread { reports, groups: self.count(sql, parameters)? })
    }

    /// Reports that name a value and that the reader may see, in order of id, at most `count_max`.
    pub fn reports_naming(
        &self,
        kind: ObservableKind,
        value: &str,
        count_max: u32,
        clearance: Tlp,
    ) -> Result<Vec<Naming>, StoreError> {
        let sql = format!(
            "SELECT {NAMING} FROM
                 (SELECT DISTINCT report FROM observable WHERE value = ?1 AND kind = ?2) o
                 JOIN report r ON r.id = o.report
             WHERE r.tlp <= ?4 ORDER BY r.id LIMIT ?3"
        );
        let parameters = (value, kind.to_string(), count_max, clearance as i64);
        self.read("read reports from", &sql, parameters, naming)
    }

    /// Members of a campaign that the reader may see, in the order of arrival, at most `count_max`.
    pub fn reports_in_campaign(
        &self,
        id: CampaignId,
        count_max: u32,
        clearance: Tlp,
    ) -> Result<Vec<Naming>, StoreError> {
        let sql = format!(
            "SELECT {NAMING} FROM campaign k JOIN campaign_member n ON n.home = k.id
                 JOIN report r ON r.id = n.report
             WHERE k.whole = ?1 AND r.tlp <= ?3 ORDER BY n.number LIMIT ?2"
        );
        self.read("read reports from", &sql, (id.as_bytes(), count_max, clearance as i64), naming)
    }

    /// A report that the reader may see.
    pub fn naming(&self, report: ReportId, clearance: Tlp) -> Result<Option<Naming>, StoreError> {
        let sql = format!("SELECT {NAMING} FROM report r WHERE r.id = ?1 AND r.tlp <= ?2");
        Ok(self.read("read reports from", &sql, (report.as_bytes(), clearance as i64), naming)?.pop())
    }

    /// Reports that the reader may see, in order of id, after `after`, at most `count_max`.
    pub fn namings_after(
        &self,
        after: Option<ReportId>,
        count_max: u32,
        clearance: Tlp,
    ) -> Result<Vec<Naming>, StoreError> {
        let sql =
            format!("SELECT {NAMING} FROM report r WHERE r.id > ?1 AND r.tlp <= ?3 ORDER BY r.id LIMIT ?2");
        let after = after.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        self.read("read reports from", &sql, (after, count_max, clearance as i64), naming)
    }
}

fn naming(row: &Row<'_>) -> rusqlite::Result<Naming> {
    let campaign: Option<[u8; 20]> = row.get("campaign")?;
    Ok(Naming {
        report: ReportId::from_bytes(id_bytes(row, "report")?),
        kind: parsed(row, "kind")?,
        received_at: parsed_option(row, "received_at")?,
        campaign: campaign.map(CampaignId::from_bytes),
    })
}
