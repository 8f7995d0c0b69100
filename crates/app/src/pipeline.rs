//! The one place that knows the order of the stages:
//!
//! ```text
//! collect → extract → rules → assess → cluster → link → watch → notice → share
//! ```
//!
//! [`document`] takes one report as far as its score; it is the same for a pasted offer, a stream and a
//! batch ([`offer`] is the same for a text that no report is made of). [`documents`] does so on all cores, in
//! order. What comes after needs many reports at once and stands in `campaign/update.rs`, `network/build.rs` and
//! `alarm/replay.rs`, which are called in this order.

use forewarn_extract::search;
use forewarn_model::{
    Assessment, Facts, IncidentCandidate, Indicator, Language, Normalized, Problem, Report, ReportKind,
};
use forewarn_store::Finding;
use rayon::prelude::*;

use crate::Engine;

/// What the stages made of one report.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Language, identifiers, places, money.
    pub facts: Facts,
    /// Red flags.
    pub indicators: Vec<Indicator>,
    /// The score, for kinds that recruit.
    pub assessment: Option<Assessment>,
    /// Claims on the trend, for kinds that report.
    pub candidates: Vec<IncidentCandidate>,
    /// What was left out.
    pub problems: Vec<Problem>,
}

impl Reading {
    /// The part of it that the store keeps.
    pub fn finding(&self, report: &Report) -> Finding {
        Finding {
            report: report.id(),
            facts: self.facts.clone(),
            indicators: self.indicators.clone(),
            assessment: self.assessment.clone(),
            terms: search::index_text(self.facts.normalized.as_str()),
        }
    }
}

/// Takes one report through the stages that need no other report.
pub fn document(engine: &Engine, report: &Report) -> Reading {
    let text = report.full_text();
    let (facts, problems) = engine.extractor.extract(report);
    let indicators = engine.pack.find(&facts.normalized, &facts);
    let assessment = recruits(report.kind).then(|| engine.model.assess(&text, &facts, &indicators));
    let candidates =
        if tells(report.kind) { engine.extractor.incident_candidates(report, &facts) } else { Vec::new() };
    Reading { facts, indicators, assessment, candidates, problems }
}

/// What the stages made of an offer that is answered and forgotten.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Language, identifiers, places, money.
    pub facts: Facts,
    /// Red flags.
    pub indicators: Vec<Indicator>,
    /// The score.
    pub assessment: Assessment,
    /// What was left out.
    pub problems: Vec<Problem>,
}

/// Takes a bare text through the same stages, for streams: no report is made of it, so that nothing is
/// hashed or copied that nobody asks for.
pub fn offer(engine: &Engine, text: &str, declared: Option<Language>) -> Offer {
    let (facts, problems) = engine.extractor.extract_declared(text, declared);
    let indicators = engine.pack.find(&facts.normalized, &facts);
    let assessment = engine.model.assess(text, &facts, &indicators);
    Offer { facts, indicators, assessment, problems }
}

/// The words of people who are held, in a text that was read: facts about what the text is, which no score sees.
/// They are looked for in every language, because a call for help is short and its language easily mistaken.
pub fn distress(engine: &Engine, facts: &Facts) -> Vec<Indicator> {
    let bare = Facts {
        language: Language::UNKNOWN,
        other_languages: Vec::new(),
        normalized: Normalized::default(),
        observables: Vec::new(),
        places: Vec::new(),
        money: Vec::new(),
    };
    engine.distress.find(&facts.normalized, &bare)
}

/// [`document`] for many, on all cores; the order is kept.
pub fn documents(engine: &Engine, reports: &[Report]) -> Vec<Reading> {
    reports.par_iter().map(|report| document(engine, report)).collect()
}

/// Whether a report of this kind may be an offer, which is assessed.
fn recruits(kind: ReportKind) -> bool {
    matches!(kind, ReportKind::JobAd | ReportKind::Chat)
}

/// Whether a report of this kind may tell facts of the trend.
fn tells(kind: ReportKind) -> bool {
    matches!(kind, ReportKind::News | ReportKind::Advisory)
}
