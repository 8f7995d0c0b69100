//! What the pipeline found in a report.

use forewarn_model::{
    Assessment, Clearance, Country, Facts, Indicator, IndicatorName, Language, Observable, ObservableKind,
    ReasonSource, ReportId, Span,
};
use rusqlite::Row;
use serde::{Deserialize, Serialize};

use crate::row::{damaged, id_bytes, json, parsed, to_json};
use crate::{Store, StoreError, search};

/// What the pipeline found in one report, as it is handed in.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The report.
    pub report: ReportId,
    /// Language, countries and identifiers.
    pub facts: Facts,
    /// Red flags.
    pub indicators: Vec<Indicator>,
    /// The score, for kinds of report that are assessed.
    pub assessment: Option<Assessment>,
    /// The terms of the text by which it is found again, with spaces between them.
    pub terms: String,
}

/// What the store gives back of a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredAssessment {
    /// The report.
    pub report: ReportId,
    /// Its language.
    pub language: Language,
    /// The countries that it names.
    pub countries: Vec<Country>,
    /// Calibrated log-odds, where it was assessed.
    pub log_odds: Option<f64>,
    /// The verdict by its name in files, where it was assessed.
    pub verdict: Option<String>,
    /// The reasons, with their contributions in log-odds.
    pub reasons: Vec<(String, f64)>,
}

#[derive(Serialize, Deserialize)]
struct ReasonRow {
    source: String,
    log_odds: f64,
}

#[derive(Serialize, Deserialize)]
struct AssessmentRow {
    model: String,
    reasons: Vec<ReasonRow>,
}

impl Store {
    /// Writes what the pipeline of this version found, and enters the reports into the search; what an older
    /// version found is replaced.
    pub fn put_findings(&mut self, version: &str, findings: &[Finding]) -> Result<(), StoreError> {
        self.write("write findings to", |transaction| {
            for finding in findings {
                let id = finding.report.as_bytes();
                for table in ["observable", "indicator"] {
                    transaction
                        .prepare_cached(&format!("DELETE FROM {table} WHERE report = ?1"))?
                        .execute([id])?;
                }
                let facts = &finding.facts;
                let mut insert = transaction.prepare_cached(
                    "INSERT INTO observable (report, span_start, span_end, kind, value)
                     VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                )?;
                for observable in &facts.observables {
                    let Span { start, end } = observable.span;
                    insert.execute((id, start, end, observable.kind.to_string(), &observable.value))?;
                }
                let mut insert = transaction.prepare_cached(
                    "INSERT INTO indicator (report, span_start, span_end, name, pattern)
                     VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                )?;
                for indicator in &finding.indicators {
                    let Span { start, end } = indicator.span;
                    insert.execute((id, start, end, indicator.name.as_str(), &indicator.pattern))?;
                }
                let countries: Vec<String> = facts.countries().iter().map(Country::to_string).collect();
                let assessment = finding.assessment.as_ref();
                let row = (
                    id,
                    version,
                    facts.language.as_str(),
                    &countries.join(" "),
                    assessment.map(Assessment::log_odds),
                    assessment.map(|a| a.verdict().as_str()),
                    &assessment.map(assessment_row).as_ref().map(to_json).transpose()?,
                );
                // Not in one statement with ON CONFLICT … DO UPDATE: what such a statement does on a conflict holds for
                // its triggers too (SQLite, "CREATE TRIGGER"), and theirs must ignore what is noted already.
                let mut update = transaction.prepare_cached(
                    "UPDATE finding SET version = ?2, language = ?3, countries = ?4, log_odds = ?5, verdict = ?6,
                         assessment = ?7 WHERE report = ?1",
                )?;
                if update.execute(row)? == 0 {
                    transaction
                        .prepare_cached(
                            "INSERT INTO finding (report, version, language, countries, log_odds, verdict, assessment)
                             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        )?
                        .execute(row)?;
                }
                search::index(transaction, finding.report, &finding.terms)?;
                transaction.prepare_cached("DELETE FROM report_waiting WHERE report = ?1")?.execute([id])?;
            }
            Ok(())
        })
    }

    /// The finding of a report that the reader may see.
    pub fn finding(
        &self,
        report: ReportId,
        clearance: &Clearance,
    ) -> Result<Option<StoredAssessment>, StoreError> {
        let audience = self.audience(clearance)?;
        let sql = format!(
            "SELECT f.* FROM finding f JOIN report r ON r.id = f.report WHERE f.report = ?1 AND {}",
            audience.seen("r.tlp", "?2")
        );
        let parameters = (report.as_bytes(), audience.marking());
        Ok(self.read("read a finding from", &sql, parameters, stored)?.pop())
    }

    /// The findings with the highest scores that the reader may see, at most `count_max`.
    pub fn top_findings(
        &self,
        count_max: u32,
        clearance: &Clearance,
    ) -> Result<Vec<StoredAssessment>, StoreError> {
        let audience = self.audience(clearance)?;
        let sql = format!(
            "SELECT f.* FROM finding f JOIN report r ON r.id = f.report
             WHERE f.log_odds IS NOT NULL AND {} ORDER BY f.log_odds DESC, f.report LIMIT ?2",
            audience.seen("r.tlp", "?1")
        );
        self.read("read findings from", &sql, (audience.marking(), count_max), stored)
    }

    /// How many reports have which verdict, by its name in files.
    pub fn verdict_counts(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let sql = "SELECT verdict, count(*) FROM finding WHERE verdict IS NOT NULL GROUP BY 1 ORDER BY 1";
        self.read("count findings in", sql, [], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.max(0) as u64)))
    }

    /// The identifiers of a report, in order of their spans.
    pub fn observables(&self, report: ReportId) -> Result<Vec<Observable>, StoreError> {
        let sql = "SELECT kind, value, span_start, span_end FROM observable WHERE report = ?1
                   ORDER BY span_start, kind, value";
        self.read("read observables from", sql, [report.as_bytes()], |row| {
            Ok(Observable {
                kind: parsed::<ObservableKind>(row, "kind")?,
                value: row.get("value")?,
                span: span(row)?,
            })
        })
    }

    /// The red flags of a report, in order of their spans.
    pub fn indicators(&self, report: ReportId) -> Result<Vec<Indicator>, StoreError> {
        let sql = "SELECT name, pattern, span_start, span_end FROM indicator WHERE report = ?1
                   ORDER BY span_start, span_end, name";
        self.read("read indicators from", sql, [report.as_bytes()], |row| {
            let name: String = row.get("name")?;
            let name = IndicatorName::new(&name).ok_or_else(|| damaged("name", &name))?;
            Ok(Indicator { name, pattern: row.get("pattern")?, span: span(row)? })
        })
    }
}

/// The name of what a reason rests on: `prior`, `indicator:<name>`, `structure:<name>`, `wording`.
fn reason_name(source: &ReasonSource) -> String {
    match source {
        ReasonSource::Prior => "prior".to_owned(),
        ReasonSource::Indicator(name) => format!("indicator:{name}"),
        ReasonSource::Structure(name) => format!("structure:{name}"),
        ReasonSource::Wording => "wording".to_owned(),
    }
}

fn assessment_row(assessment: &Assessment) -> AssessmentRow {
    let reasons = assessment
        .reasons()
        .iter()
        .map(|reason| ReasonRow { source: reason_name(&reason.source), log_odds: reason.log_odds })
        .collect();
    AssessmentRow { model: assessment.model().to_owned(), reasons }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredAssessment> {
    let countries: String = row.get("countries")?;
    let countries = countries
        .split_whitespace()
        .map(|code| code.parse().map_err(|error| damaged("countries", &error)))
        .collect::<rusqlite::Result<Vec<Country>>>()?;
    let reasons = match row.get::<_, Option<String>>("assessment")? {
        Some(_) => json::<AssessmentRow>(row, "assessment")?.reasons,
        None => Vec::new(),
    };
    Ok(StoredAssessment {
        report: ReportId::from_bytes(id_bytes(row, "report")?),
        language: parsed(row, "language")?,
        countries,
        log_odds: row.get("log_odds")?,
        verdict: row.get("verdict")?,
        reasons: reasons.into_iter().map(|reason| (reason.source, reason.log_odds)).collect(),
    })
}

fn span(row: &Row<'_>) -> rusqlite::Result<Span> {
    Ok(Span::new(row.get("span_start")?, row.get("span_end")?))
}
