//! What the network asks: who names a value, and how widely it is shared. Every question goes over an index,
//! so that a look at one value does not read the whole store.

use std::collections::BTreeMap;

use forewarn_model::{
    CampaignId, Clearance, Country, IndicatorName, Language, ObservableKind, ReportId, ReportKind, Timestamp,
};
use rusqlite::Row;

use crate::row::{damaged, id_bytes, parsed, parsed_option};
use crate::{Store, StoreError};

/// A report that names something, with what the graph needs of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// The report.
    pub report: ReportId,
    /// What it is.
    pub kind: ReportKind,
    /// When it was first seen: published, else received. A list that is taken in years later tells of then.
    pub seen_at: Option<Timestamp>,
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
    (SELECT min(coalesce(s.published_at, s.received_at)) FROM sighting s WHERE s.report = r.id) AS seen_at,
    (SELECT c.whole FROM campaign_member m JOIN campaign c ON c.id = m.home
     WHERE m.report = r.id AND (SELECT sum(p.size) FROM campaign p WHERE p.whole = c.whole) >= 2) AS campaign";

impl Store {
    /// The kinds of identifier that have this value in reports that the reader may see.
    pub fn kinds_of_value(
        &self,
        value: &str,
        clearance: &Clearance,
    ) -> Result<Vec<ObservableKind>, StoreError> {
        // One kind after the other, by the index.
        let next = "SELECT min(kind) AS kind FROM observable WHERE value = ?1 AND kind > ?2";
        let audience = self.audience(clearance)?;
        let visible = format!(
            "SELECT 1 FROM observable o JOIN report r ON r.id = o.report
             WHERE o.value = ?1 AND o.kind = ?2 AND {} LIMIT 1",
            audience.seen("r.tlp", "?3")
        );
        let mut kinds = Vec::new();
        let mut after = String::new();
        loop {
            let row = |row: &Row<'_>| row.get::<_, Option<String>>(0);
            let found = self.read("read observables from", next, (value, &after), row)?.pop().flatten();
            let Some(kind) = found else { return Ok(kinds) };
            let row = |row: &Row<'_>| row.get::<_, i64>(0);
            let parameters = (value, &kind, audience.marking());
            if !self.read("read observables from", &visible, parameters, row)?.is_empty()
                && let Ok(known) = kind.parse()
            {
                kinds.push(known);
            }
            after = kind;
        }
    }

    /// Values that differ from `value` only in the case of English letters, at most `count_max`.
    pub fn values_alike(&self, value: &str, count_max: u32) -> Result<Vec<String>, StoreError> {
        // Few values have capitals: they have an index of their own.
        let sql = "SELECT value FROM observable WHERE value = lower(?1)
                   UNION SELECT value FROM observable WHERE value = ?1 COLLATE NOCASE AND value <> lower(value)
                   LIMIT ?2";
        self.read("read observables from", sql, (value, count_max), |row| row.get(0))
    }

    /// How widely a value is shared, in reports that the reader may see. Groups are counted in the first
    /// `reports_max` reports that name it; more than `groups_max` are not told apart.
    pub fn spread(
        &self,
        kind: ObservableKind,
        value: &str,
        groups_max: u32,
        reports_max: u32,
        clearance: &Clearance,
    ) -> Result<Spread, StoreError> {
        let audience = self.audience(clearance)?;
        let code = "(SELECT r.tlp FROM report r WHERE r.id = o.report)";
        let sql = format!(
            "SELECT count(*) FROM (SELECT DISTINCT report FROM observable WHERE value = ?1 AND kind = ?2) o
             WHERE {}",
            audience.seen(code, "?3")
        );
        let reports = self.count(&sql, (value, kind.to_string(), audience.marking()))?;
        if reports <= 1 {
            return Ok(Spread { reports, groups: reports });
        }
        let sql = format!(
            "SELECT count(*) FROM (
                       SELECT DISTINCT coalesce(c.whole, o.report) FROM
                           (SELECT DISTINCT report FROM observable WHERE value = ?1 AND kind = ?2 LIMIT ?4) o
                           LEFT JOIN campaign_member m ON m.report = o.report
                           LEFT JOIN campaign c ON c.id = m.home
                       WHERE {}
                       LIMIT ?3)",
            audience.seen(code, "?5")
        );
        let parameters = (value, kind.to_string(), groups_max, reports_max, audience.marking());
        Ok(Spread { reports, groups: self.count(&sql, parameters)? })
    }

    /// Reports that name a value and that the reader may see, in order of id, at most `count_max`.
    pub fn reports_naming(
        &self,
        kind: ObservableKind,
        value: &str,
        count_max: u32,
        clearance: &Clearance,
    ) -> Result<Vec<Naming>, StoreError> {
        let audience = self.audience(clearance)?;
        let seen = audience.seen("r.tlp", "?4");
        let sql = format!(
            "SELECT {NAMING} FROM
                 (SELECT DISTINCT report FROM observable WHERE value = ?1 AND kind = ?2) o
                 JOIN report r ON r.id = o.report
             WHERE {seen} ORDER BY r.id LIMIT ?3"
        );
        let parameters = (value, kind.to_string(), count_max, audience.marking());
        self.read("read reports from", &sql, parameters, naming)
    }

    /// Members of a campaign that the reader may see, in the order of arrival, at most `count_max`.
    pub fn reports_in_campaign(
        &self,
        id: CampaignId,
        count_max: u32,
        clearance: &Clearance,
    ) -> Result<Vec<Naming>, StoreError> {
        let audience = self.audience(clearance)?;
        let seen = audience.seen("r.tlp", "?3");
        let sql = format!(
            "SELECT {NAMING} FROM campaign k JOIN campaign_member n ON n.home = k.id
                 JOIN report r ON r.id = n.report
             WHERE k.whole = ?1 AND {seen} ORDER BY n.number LIMIT ?2"
        );
        self.read("read reports from", &sql, (id.as_bytes(), count_max, audience.marking()), naming)
    }

    /// A report that the reader may see.
    pub fn naming(&self, report: ReportId, clearance: &Clearance) -> Result<Option<Naming>, StoreError> {
        let audience = self.audience(clearance)?;
        let seen = audience.seen("r.tlp", "?2");
        let sql = format!("SELECT {NAMING} FROM report r WHERE r.id = ?1 AND {seen}");
        Ok(self.read("read reports from", &sql, (report.as_bytes(), audience.marking()), naming)?.pop())
    }

    /// Reports that the reader may see, in order of id, after `after`, at most `count_max`.
    pub fn namings_after(
        &self,
        after: Option<ReportId>,
        count_max: u32,
        clearance: &Clearance,
    ) -> Result<Vec<Naming>, StoreError> {
        let audience = self.audience(clearance)?;
        let seen = audience.seen("r.tlp", "?3");
        let sql = format!("SELECT {NAMING} FROM report r WHERE r.id > ?1 AND {seen} ORDER BY r.id LIMIT ?2");
        let after = after.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        self.read("read reports from", &sql, (after, count_max, audience.marking()), naming)
    }
}

fn naming(row: &Row<'_>) -> rusqlite::Result<Naming> {
    let campaign: Option<[u8; 20]> = row.get("campaign")?;
    Ok(Naming {
        report: ReportId::from_bytes(id_bytes(row, "report")?),
        kind: parsed(row, "kind")?,
        seen_at: parsed_option(row, "seen_at")?,
        campaign: campaign.map(CampaignId::from_bytes),
    })
}

/// What the members of a campaign name, each with the number of members, the most frequent first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CampaignTally {
    /// Languages.
    pub languages: Vec<(Language, u32)>,
    /// Countries.
    pub countries: Vec<(Country, u32)>,
    /// Red flags.
    pub indicators: Vec<(IndicatorName, u32)>,
    /// Identifiers.
    pub identifiers: Vec<((ObservableKind, String), u32)>,
    /// The highest log-odds of a member.
    pub log_odds: Option<f64>,
}

impl Store {
    /// What the members of a campaign that the reader may see name, at most `count_max` of each; of a campaign of more
    /// than `members_max` what the latest of them name.
    pub fn campaign_tally(
        &self,
        id: CampaignId,
        count_max: u32,
        members_max: u32,
        clearance: &Clearance,
    ) -> Result<CampaignTally, StoreError> {
        let audience = self.audience(clearance)?;
        let members = format!(
            "SELECT hex(n.report) FROM
                 (SELECT m.report FROM campaign c JOIN campaign_member m ON m.home = c.id
                  WHERE c.whole = ?1 ORDER BY m.number DESC LIMIT ?2) n
             JOIN report r ON r.id = n.report WHERE {}",
            audience.seen("r.tlp", "?3")
        );
        let parameters = (id.as_bytes(), members_max, audience.marking());
        let members =
            self.read("read campaigns from", &members, parameters, |row| row.get::<_, String>(0))?;
        let members =
            format!("[{}]", members.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(","));
        let findings = "SELECT f.language, f.countries, f.log_odds FROM finding f
                        WHERE f.report IN (SELECT unhex(value) FROM json_each(?1))";
        let rows = self.read("read campaigns from", findings, [&members], |row| {
            let (language, countries): (Language, String) = (parsed(row, "language")?, row.get("countries")?);
            Ok((language, countries, row.get::<_, Option<f64>>("log_odds")?))
        })?;
        let (mut languages, mut countries) = (BTreeMap::new(), BTreeMap::new());
        for (language, named, _) in &rows {
            *languages.entry(*language).or_insert(0) += 1;
            for country in named.split_whitespace().filter_map(|code| code.parse::<Country>().ok()) {
                *countries.entry(country).or_insert(0) += 1;
            }
        }
        let counted = |table: &str, columns: &str| {
            format!(
                "SELECT {columns}, count(DISTINCT t.report) AS members FROM {table} t
                 WHERE t.report IN (SELECT unhex(value) FROM json_each(?1))
                 GROUP BY {columns} ORDER BY members DESC, {columns} LIMIT ?2"
            )
        };
        let indicators =
            self.read("read campaigns from", &counted("indicator", "name"), (&members, count_max), |row| {
                let name: String = row.get("name")?;
                let name = IndicatorName::new(&name).ok_or_else(|| damaged("name", &name))?;
                Ok((name, row.get("members")?))
            })?;
        let sql = counted("observable", "kind, value");
        let mut identifiers = self.read("read campaigns from", &sql, (&members, count_max), |row| {
            let kind: ObservableKind = parsed(row, "kind")?;
            Ok(((kind, row.get("value")?), row.get("members")?))
        })?;
        identifiers.sort_by(|a: &((ObservableKind, String), u32), b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(CampaignTally {
            languages: most_frequent(languages),
            countries: most_frequent(countries),
            indicators,
            identifiers,
            log_odds: rows.into_iter().filter_map(|(.., log_odds)| log_odds).reduce(f64::max),
        })
    }
}

fn most_frequent<K: Ord>(counts: BTreeMap<K, u32>) -> Vec<(K, u32)> {
    let mut all: Vec<(K, u32)> = counts.into_iter().collect();
    // Stable: ties stay in order of key.
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all
}
