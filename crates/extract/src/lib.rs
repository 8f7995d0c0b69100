//! Reads one report and says what is in it: the folded text, its languages, identifiers, places, money,
//! and, for a news text, the facts that it seems to state.
//!
//! This stage is a pure function: same report, same facts. It names facts and judges nothing; what they
//! mean is for `rules` and `assess`. Every find carries its span in the original, counted in Unicode scalar
//! values of [`Report::full_text`].

use std::sync::Arc;

use forewarn_model::{
    Country, Facts, IncidentCandidate, Language, Normalized, Observable, Problem, Report, Severity,
};

mod chars;
pub mod compile;
mod fold;
mod gazetteer;
mod language;
mod money;
mod news;
mod observables;
mod places;
mod scan;
pub mod search;
#[cfg(test)]
mod tests;

pub use gazetteer::{Gazetteer, GazetteerError, Hub};

use fold::Folded;
use language::Detection;
use scan::Scan;

/// Names this way of reading, and of cutting texts into words for the search: what was read in another one is read
/// anew.
pub const VERSION: &str = "extract/2";

/// A language of more countries than these does not tell where a telephone number belongs.
const HOMES_MAX: usize = 2;

/// The limits of this stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// How much of a text is read, in Unicode scalar values; the rest is left out with a problem.
    pub text_chars_max: usize,
    /// How many observables of one report are kept.
    pub observables_max: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { text_chars_max: 200_000, observables_max: 2_000 }
    }
}

/// Extracts facts. Make one and share it: it holds the gazetteer and all tables, and is never changed.
pub struct Extractor {
    gazetteer: Arc<Gazetteer>,
    config: Config,
    detection: Detection,
    finder: observables::Finder,
}

impl Extractor {
    /// An extractor with a gazetteer and limits.
    pub fn new(gazetteer: Arc<Gazetteer>, config: Config) -> Self {
        Self { gazetteer, config, detection: Detection::new(), finder: observables::Finder::new() }
    }

    /// An extractor with the built-in gazetteer and the default limits.
    pub fn builtin() -> Result<Self, GazetteerError> {
        Ok(Self::new(Gazetteer::builtin()?, Config::default()))
    }

    /// The gazetteer that it uses.
    pub fn gazetteer(&self) -> &Arc<Gazetteer> {
        &self.gazetteer
    }

    /// The facts of a report. The language that its source declares is taken where the text leaves doubt.
    pub fn extract(&self, report: &Report) -> (Facts, Vec<Problem>) {
        self.read(&report.full_text(), report.declared_language, || report.id().to_string())
    }

    /// The facts of a bare text.
    pub fn extract_text(&self, text: &str) -> (Facts, Vec<Problem>) {
        self.read(text, None, || "text".to_owned())
    }

    /// The facts of a bare text that its source says is in a language.
    pub fn extract_declared(&self, text: &str, declared: Option<Language>) -> (Facts, Vec<Problem>) {
        self.read(text, declared, || "text".to_owned())
    }

    /// Facts on the trend that a report seems to state: claims for an analyst to confirm.
    /// None for an advertisement or a chat.
    pub fn incident_candidates(&self, report: &Report, facts: &Facts) -> Vec<IncidentCandidate> {
        news::candidates(report, facts)
    }

    fn read(
        &self,
        text: &str,
        declared: Option<Language>,
        input: impl FnOnce() -> String,
    ) -> (Facts, Vec<Problem>) {
        let mut problems = Vec::new();
        let text = self.cut(text, input, &mut problems);
        let folded = Folded::new(text);
        let scan = Scan::new(folded.text(), self.config.observables_max);
        let languages = self.detection.detect(folded.text(), &scan);
        let language = match languages.main.is_unknown() {
            true => declared.unwrap_or(Language::UNKNOWN),
            false => languages.main,
        };
        let places = places::find(&self.gazetteer, &folded, &scan, language);
        let homes = places::homes(language);
        let mut named: Vec<Country> = Vec::new();
        for country in places.iter().filter_map(|place| place.country) {
            if !named.contains(&country) {
                named.push(country);
            }
        }
        let regions = regions(homes, &named);
        let observables = self.finder.find(&folded, &scan, &regions, self.config.observables_max);
        let normalized = folded.into_normalized();
        let mut money = money::find(&normalized, &named);
        let covered = covered(&observables);
        money.retain(|amount| {
            let before = covered.partition_point(|&(start, _)| start < amount.span.end);
            covered[..before].last().is_none_or(|&(_, end)| end <= amount.span.start)
        });
        let facts =
            Facts { language, other_languages: languages.others, observables, places, money, normalized };
        (facts, problems)
    }

    /// The part of a text that the limit allows.
    fn cut<'a>(&self, text: &'a str, input: impl FnOnce() -> String, problems: &mut Vec<Problem>) -> &'a str {
        let chars_max = self.config.text_chars_max;
        // A text of fewer bytes cannot have more characters.
        if text.len() <= chars_max {
            return text;
        }
        match text.char_indices().nth(chars_max) {
            None => text,
            Some((end, _)) => {
                problems.push(Problem {
                    severity: Severity::Warning,
                    code: "text-too-long",
                    input: input(),
                    line: None,
                    what: format!("the text has more than {chars_max} characters; the rest was not read"),
                    remedy: "split it, or raise text_chars_max".to_owned(),
                });
                &text[..end]
            }
        }
    }
}

/// The countries whose national telephone numbers are looked for, likeliest first: of a language of many
/// countries those that the text names, of one at home in one or two these and then those named.
fn regions(homes: &[Country], named: &[Country]) -> Vec<Country> {
    let at_home = named.iter().filter(|country| homes.contains(country));
    let abroad = named.iter().filter(|country| !homes.contains(country));
    let homes = if homes.len() <= HOMES_MAX { homes } else { &[] };
    let mut regions: Vec<Country> = at_home.copied().collect();
    regions.extend(homes.iter().filter(|country| !named.contains(country)));
    regions.extend(abroad);
    regions
}

/// Where identifiers lie, in order of their starts: each start with the furthest end so far.
fn covered(observables: &[Observable]) -> Vec<(u32, u32)> {
    let ends = observables.iter().scan(0, |end, observable| {
        *end = observable.span.end.max(*end);
        Some((observable.span.start, *end))
    });
    ends.collect()
}

/// Folds a text as this stage does before it matches anything: NFKC, lower case, ASCII digits, look-alikes.
pub fn normalize(text: &str) -> Normalized {
    Folded::new(text).into_normalized()
}
