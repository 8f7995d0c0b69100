//! Claims that were read from a text and wait for an analyst.

use forewarn_model::{CandidateId, CandidateSubject, IncidentCandidate, Quantity, ReportId, Span, Tlp};
use rusqlite::Row;

use crate::row::{damaged, id_bytes, parsed};
use crate::{Decision, Store, StoreError};

/// A claim with the last decision on it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCandidate {
    /// The claim.
    pub candidate: IncidentCandidate,
    /// The last decision, if there is one.
    pub decision: Option<Decision>,
}

impl Store {
    /// Adds claims; those that are there already stay, with their decisions.
    pub fn put_candidates(&mut self, candidates: &[IncidentCandidate]) -> Result<(), StoreError> {
        self.write("write candidates to", |transaction| {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO candidate (id, report, kind, subject, hedged, span_start, span_end,
                     sentence_start, sentence_end)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING",
            )?;
            for candidate in candidates {
                insert.execute((
                    candidate.id.as_bytes(),
                    candidate.report.as_bytes(),
                    candidate.kind.as_str(),
                    candidate_subject_text(&candidate.subject),
                    candidate.hedged,
                    candidate.span.start,
                    candidate.span.end,
                    candidate.sentence.start,
                    candidate.sentence.end,
                ))?;
            }
            Ok(())
        })
    }

    /// Claims from reports that the reader may see, in order of report and span.
    pub fn candidates(&self, clearance: Tlp) -> Result<Vec<StoredCandidate>, StoreError> {
        let sql = "SELECT c.* FROM candidate c JOIN report r ON r.id = c.report WHERE r.tlp <= ?1
                   ORDER BY c.report, c.span_start, c.id";
        let all = self.read("read candidates from", sql, [clearance as i64], candidate)?;
        self.decided(all)
    }

    /// Claims from one report that the reader may see, in order of span.
    pub fn candidates_of(
        &self,
        report: ReportId,
        clearance: Tlp,
    ) -> Result<Vec<StoredCandidate>, StoreError> {
        let sql = "SELECT c.* FROM candidate c JOIN report r ON r.id = c.report
                   WHERE c.report = ?1 AND r.tlp <= ?2 ORDER BY c.span_start, c.id";
        let all = self.read("read candidates from", sql, (report.as_bytes(), clearance as i64), candidate)?;
        self.decided(all)
    }

    fn decided(&self, all: Vec<IncidentCandidate>) -> Result<Vec<StoredCandidate>, StoreError> {
        all.into_iter()
            .map(|candidate| {
                let decision = self.decisions(&candidate.id.to_string())?.pop();
                Ok(StoredCandidate { candidate, decision })
            })
            .collect()
    }
}

/// What a claim is about, as text: `hub:KH`, `hub_region:011`, `origin:CN`, `origin_region:014`,
/// `people:20000-99999`, `hub_countries:4-`, `notice:orange`.
pub fn candidate_subject_text(subject: &CandidateSubject) -> String {
    let range = |quantity: &Quantity| match quantity.max {
        Some(max) => format!("{}-{max}", quantity.min),
        None => format!("{}-", quantity.min),
    };
    match subject {
        CandidateSubject::HubCountry(country) => format!("hub:{country}"),
        CandidateSubject::HubRegion(region) => format!("hub_region:{region}"),
        CandidateSubject::OriginCountry(country) => format!("origin:{country}"),
        CandidateSubject::OriginRegion(region) => format!("origin_region:{region}"),
        CandidateSubject::People(quantity) => format!("people:{}", range(quantity)),
        CandidateSubject::HubCountries(quantity) => format!("hub_countries:{}", range(quantity)),
        CandidateSubject::NoticeIssued(colour) => format!("notice:{colour}"),
    }
}

fn subject(text: &str) -> Option<CandidateSubject> {
    let (list, value) = text.split_once(':')?;
    let quantity = || {
        let (min, max) = value.split_once('-')?;
        let max = if max.is_empty() { None } else { Some(max.parse().ok()?) };
        Some(Quantity { min: min.parse().ok()?, max })
    };
    match list {
        "hub" => value.parse().ok().map(CandidateSubject::HubCountry),
        "hub_region" => value.parse().ok().map(CandidateSubject::HubRegion),
        "origin" => value.parse().ok().map(CandidateSubject::OriginCountry),
        "origin_region" => value.parse().ok().map(CandidateSubject::OriginRegion),
        "people" => quantity().map(CandidateSubject::People),
        "hub_countries" => quantity().map(CandidateSubject::HubCountries),
        "notice" => Some(CandidateSubject::NoticeIssued(value.to_owned())),
        _ => None,
    }
}

fn candidate(row: &Row<'_>) -> rusqlite::Result<IncidentCandidate> {
    let text: String = row.get("subject")?;
    Ok(IncidentCandidate {
        id: CandidateId::from_bytes(id_bytes(row, "id")?),
        report: ReportId::from_bytes(id_bytes(row, "report")?),
        kind: parsed(row, "kind")?,
        subject: subject(&text).ok_or_else(|| damaged("subject", &text))?,
        hedged: row.get("hedged")?,
        span: Span::new(row.get("span_start")?, row.get("span_end")?),
        sentence: Span::new(row.get("sentence_start")?, row.get("sentence_end")?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subject_reads_back() {
        for text in [
            "hub:KH",
            "hub_region:011",
            "origin:CN",
            "origin_region:014",
            "people:20000-99999",
            "hub_countries:4-",
            "notice:orange",
        ] {
            assert_eq!(subject(text).map(|s| candidate_subject_text(&s)).as_deref(), Some(text));
        }
        for text in ["", "hub:ZZ", "people:x", "other:KH"] {
            assert_eq!(subject(text), None, "{text}");
        }
    }
}
