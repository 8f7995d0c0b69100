//! Checks one text: nothing is stored and nothing is logged.

use forewarn_model::{
    Assessment, Country, Grading, Language, Marking, Report, ReportKind, Sighting, Source, Timestamp,
};
use forewarn_share::json::{CheckInput, check as result};
use serde_json::Value;

use crate::advice::{self, Advice, Catalogue, Directory, Request};
use crate::pipeline::{self, Reading};
use crate::{Context, Engine};

/// What a text was found to be, and what its reader is told about it.
#[derive(Debug)]
pub struct Answer<'a> {
    /// The text that all spans count in.
    pub text: String,
    /// What was found.
    pub reading: Reading,
    /// The score.
    pub assessment: Assessment,
    /// What the reader is told.
    pub advice: Advice,
    /// In whose words.
    pub catalogue: &'a Catalogue,
}

impl Answer<'_> {
    /// The result as JSON: that of [`forewarn_share::json::check`], and `advice`.
    pub fn json(&self) -> Value {
        let mut told = result(&CheckInput {
            id: None,
            text: &self.text,
            title_chars: 0,
            facts: &self.reading.facts,
            indicators: &self.reading.indicators,
            assessment: &self.assessment,
            warnings: &self.reading.problems,
        });
        if let Value::Object(members) = &mut told {
            members.insert("advice".to_owned(), advice::wire::advice(&self.advice, self.catalogue));
        }
        told
    }
}

/// A text that a person pasted, as a report that lives only as long as the answer.
pub fn pasted(text: &str, language: Option<Language>, kind: ReportKind, now: Timestamp) -> Report {
    let sighting = Sighting { source: Source::default(), received_at: now, published_at: None };
    Report::new(kind, None, text.to_owned(), language, Marking::DEFAULT, Grading::UNKNOWN, sighting)
}

/// Reads and assesses a text.
pub fn run(engine: &Engine, context: &Context, text: &str, language: Option<Language>) -> (Report, Reading) {
    let report = pasted(text, language, ReportKind::JobAd, context.now);
    let reading = pipeline::document(engine, &report);
    (report, reading)
}

/// Reads and assesses a text and advises its reader, who lives in `home`. `language` is the text's, where
/// that is known; `words` chooses those of the answer by the language that the text was found to be in.
pub fn advise<'a>(
    engine: &Engine,
    directory: &Directory,
    text: &str,
    language: Option<Language>,
    home: Option<Country>,
    words: impl FnOnce(Language) -> &'a Catalogue,
) -> Option<Answer<'a>> {
    // The report is dropped with the answer, so that nobody ever sees when it was received.
    let report = pasted(text, language, ReportKind::JobAd, Timestamp::UNIX_EPOCH);
    let reading = pipeline::document(engine, &report);
    let assessment = reading.assessment.clone()?;
    let text = report.full_text().into_owned();
    let catalogue = words(reading.facts.language);
    let request = Request { catalogue, home };
    let advice = advice::give(engine, directory, &text, &reading, &assessment, request);
    Some(Answer { text, reading, assessment, advice, catalogue })
}
