//! Claims that were read from a text and wait for an analyst.

use forewarn_model::{CandidateId, CandidateSubject, Clearance, IncidentCandidate, Quantity, ReportId, Span};
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
    pub fn candidates(&self, clearance: &Clearance) -> Result<Vec<StoredCandidate>, StoreError> {
        let audience = self.audience(clearance)?;
        let sql = format!(
            "SELECT c.* FROM candidate c JOIN report r ON r.id = c.report WHERE {}
             ORDER BY c.report, c.span_start, c.id",
            audience.seen("r.tlp", "?1")
        );
        let all = self.read("read candidates from", &sql, [audience.marking()], candidate)?;
        self.decided(all)
    }

    /// Claims from one report that the reader may see, in order of span.
    pub fn candidates_of(
        &self,
        report: ReportId,
        clearance: &Clearance,
    ) -> Result<Vec<StoredCandidate>, StoreError> {
        let audience = self.audience(clearance)?;
        let sql = format!(
            "SELECT c.* FROM candidate c JOIN report r ON r.id = c.report
             WHERE c.report = ?1 AND {} ORDER BY c.span_start, c.id",
            audience.seen("r.tlp", "?2")
        );
        let parameters = (report.as_bytes(), audience.marking());
        let all = self.read("read candidates from", &sql, parameters, candidate)?;
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

    /// How many claims from reports that the reader may see wait for a decision.
    pub fn candidates_waiting(&self, clearance: &Clearance) -> Result<u64, StoreError> {
        let audience = self.audience(clearance)?;
        let sql = format!(
            "SELECT count(*) FROM candidate c JOIN report r ON r.id = c.report
             WHERE {} AND NOT EXISTS
                 (SELECT 1 FROM decision d WHERE d.subject = 'cnd-' || lower(hex(c.id)))",
            audience.seen("r.tlp", "?1")
        );
        self.count(&sql, [audience.marking()])
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
    fn counts_what_waits_for_whoever_may_see_it() {
        use forewarn_model::{Grading, IncidentKind, Marking, Report, ReportKind, Sighting, Source, Tlp};
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &crate::Options::default()).unwrap();
        let at = "2024-01-02T03:04:05Z".parse().unwrap();
        let source = Source { name: "news".into(), external_id: None, url: None };
        let sighting = Sighting { source, received_at: at, published_at: None };
        let text = "Centres in Cambodia.".to_owned();
        let report =
            Report::new(ReportKind::News, None, text, None, Marking::DEFAULT, Grading::UNKNOWN, sighting);
        let run = store.begin_ingest("news", at).unwrap();
        store.ingest(run, std::slice::from_ref(&report), 1, 0).unwrap();
        let candidate = |seed: &[u8]| IncidentCandidate {
            id: CandidateId::derive(&[seed]),
            report: report.id(),
            kind: IncidentKind::HubReport,
            subject: CandidateSubject::NoticeIssued("orange".into()),
            hedged: false,
            span: Span::new(0, 7),
            sentence: Span::new(0, 20),
        };
        store.put_candidates(&[candidate(b"a"), candidate(b"b")]).unwrap();
        assert_eq!(store.candidates_waiting(&Clearance::ALL).unwrap(), 2);
        assert_eq!(store.candidates_waiting(&Clearance::up_to(Tlp::Clear)).unwrap(), 0);
        let subject = candidate(b"a").id.to_string();
        let (verdict, decided_by, reason) = ("rejected".into(), "ana".into(), "no".into());
        let decided = Decision { subject, verdict, decided_by, decided_at: at, reason, seen_score: None };
        store.put_decision(&decided).unwrap();
        assert_eq!(store.candidates_waiting(&Clearance::ALL).unwrap(), 1);
    }

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
