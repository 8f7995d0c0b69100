//! Finds reports by words in every script and by what is known of them, a page at a time.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forewarn_extract::{Config, search as terms};
use forewarn_model::assessment::logistic;
use forewarn_model::id::hash_parts;
use forewarn_model::rights::Right;
use forewarn_model::search::Words;
use forewarn_model::{
    CampaignId, Country, Grading, Language, ObservableKind, PartialDate, Problem, Report, ReportKind,
    Severity, Span, Tlp, Verdict,
};
use forewarn_store::{Position, ReportFilter, Sort, StoredAssessment};

use crate::campaign;
use crate::network::find::{self, Key};
use crate::report::pieces::{Piece, cut};
use crate::{AppError, Context, Workspace};

/// What is looked for. Of each list one must hold; an empty one asks for nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Words: all of them; `"a phrase"`, `begin*`, `-without`.
    pub text: String,
    /// An identifier, in any way of writing it.
    pub identifier: Option<String>,
    /// Kinds of identifier that it names.
    pub identifier_kinds: Vec<ObservableKind>,
    /// Countries that it names.
    pub countries: Vec<Country>,
    /// Its language.
    pub languages: Vec<Language>,
    /// What it is.
    pub kinds: Vec<ReportKind>,
    /// Its verdict.
    pub verdicts: Vec<Verdict>,
    /// The probability that it recruits into a scam centre, from and to, 0 to 1.
    pub probability: (Option<f64>, Option<f64>),
    /// Names of sources.
    pub sources: Vec<String>,
    /// When it was first received, from and to, both included, in UTC.
    pub received: (Option<PartialDate>, Option<PartialDate>),
    /// When it was published, from and to, both included, in UTC.
    pub published: (Option<PartialDate>, Option<PartialDate>),
    /// Its marking.
    pub markings: Vec<Tlp>,
    /// The grading that it reaches.
    pub grading: Option<Grading>,
    /// A campaign, by its id or the beginning of it.
    pub campaign: Option<String>,
    /// Whether claims on the trend were read from it.
    pub claims: Option<bool>,
    /// The order.
    pub sort: Sort,
    /// Where the page before ended, as its outcome said.
    pub cursor: Option<String>,
    /// How many reports a page has.
    pub count_max: u32,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            text: String::new(),
            identifier: None,
            identifier_kinds: Vec::new(),
            countries: Vec::new(),
            languages: Vec::new(),
            kinds: Vec::new(),
            verdicts: Vec::new(),
            probability: (None, None),
            sources: Vec::new(),
            received: (None, None),
            published: (None, None),
            markings: Vec::new(),
            grading: None,
            campaign: None,
            claims: None,
            sort: Sort::Newest,
            cursor: None,
            count_max: 50,
        }
    }
}

/// A page has at most so many reports.
pub const PAGE_COUNT_MAX: u32 = 1_000;

/// Hits are counted up to here.
pub const COUNTED_MAX: u64 = 10_000;

/// A report that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The report.
    pub report: Report,
    /// How many sightings it has.
    pub sightings: u32,
    /// What the stages made of it; none while it waits to be read anew.
    pub assessment: Option<StoredAssessment>,
    /// Where the words that were looked for stand in its full text.
    pub spans: Vec<Span>,
    /// The campaign that it belongs to.
    pub campaign: Option<CampaignId>,
}

/// A page of reports.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// The reports, in the order asked for.
    pub found: Vec<Found>,
    /// How many there are in all: exactly, or more than [`COUNTED_MAX`] (`None`).
    pub count: Option<u64>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<String>,
    /// What the identifier was understood to be.
    pub identifiers: Vec<(ObservableKind, String)>,
}

/// Finds a page of reports that the reader may see, and counts them all.
pub fn run(workspace: &Workspace, context: &Context, request: &Request) -> Result<Outcome, AppError> {
    let page = page(workspace, context, request)?;
    let filter = filter(workspace, context, request)?;
    workspace.seen(context, "report.search", "reports");
    let count = workspace.store.count_found(&filter, COUNTED_MAX + 1, &context.clearance)?;
    Ok(Outcome { count: (count <= COUNTED_MAX).then_some(count), ..page })
}

/// The same without the count.
pub(crate) fn page(workspace: &Workspace, context: &Context, request: &Request) -> Result<Outcome, AppError> {
    context.require(Right::Look)?;
    let filter = filter(workspace, context, request)?;
    let count_max = request.count_max.clamp(1, PAGE_COUNT_MAX);
    let after = request.cursor.as_deref().map(|cursor| position(cursor, request)).transpose()?;
    let store = &workspace.store;
    let mut hits = store.search_reports(&filter, request.sort, after, count_max + 1, &context.clearance)?;
    let more = hits.len() > count_max as usize;
    hits.truncate(count_max as usize);
    let next = hits.last().filter(|_| more).map(|last| cursor(last.position, request));
    let mut found = Vec::with_capacity(hits.len());
    for hit in hits {
        // It may have been marked more strictly a moment ago.
        let Some(stored) = store.report(hit.report, &context.clearance)? else { continue };
        found.push(Found {
            assessment: store.finding(hit.report, &context.clearance)?,
            spans: terms::find_spans(&filter.words, readable(&stored.report.full_text())),
            campaign: store.campaign_of(hit.report)?,
            sightings: stored.sightings,
            report: stored.report,
        });
    }
    Ok(Outcome { found, count: None, next, identifiers: filter.observables })
}

/// The part of a text that the stages read.
pub(crate) fn readable(text: &str) -> &str {
    let chars_max = Config::default().text_chars_max;
    // A text of fewer bytes cannot have more characters.
    if text.len() <= chars_max {
        return text;
    }
    text.char_indices().nth(chars_max).map_or(text, |(end, _)| &text[..end])
}

impl Found {
    /// The title with the words that were looked for, and the part of the text around the first of them, at most
    /// about `chars_max` characters. In each piece, `covers` is empty where nothing was found.
    pub fn excerpt(&self, chars_max: usize) -> Excerpt {
        let full = self.report.full_text();
        let title_chars = self.report.title().map_or(0, |title| title.chars().count() as u32);
        let text_start = if title_chars > 0 { title_chars + 1 } else { 0 };
        let first =
            self.spans.iter().find(|span| span.start >= text_start).map_or(text_start, |span| span.start);
        let all: Vec<char> = full.chars().skip(text_start as usize).collect();
        let first = (first - text_start) as usize;
        let mut from = if first + LEAD_CHARS < chars_max { 0 } else { first - LEAD_CHARS.min(first) };
        if from > 0 {
            // Not in the middle of a word, where words have spaces.
            from += all[from..first].iter().position(|c| c.is_whitespace()).map_or(0, |at| at + 1);
        }
        let to = all.len().min(from + chars_max);
        let excerpt = |start: u32, end: u32, text: String| {
            let spans = self.spans.iter().filter(|span| span.start < end && span.end > start);
            let spans =
                spans.map(|span| Span::new(span.start.saturating_sub(start), span.end.min(end) - start));
            Marked { spans: spans.collect(), text }
        };
        let (start, end) = (text_start + from as u32, text_start + to as u32);
        Excerpt {
            title: self.report.title().map(|title| excerpt(0, title_chars, title.to_owned())),
            text: excerpt(start, end, all[from..to].iter().collect()),
            begins_before: from > 0,
            goes_on: to < all.len(),
        }
    }
}

/// How much of the text is shown before the first word that was looked for.
const LEAD_CHARS: usize = 60;

/// A part of a report with the words that were looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The title.
    pub title: Option<Marked>,
    /// A part of the text.
    pub text: Marked,
    /// Whether there is text before it.
    pub begins_before: bool,
    /// Whether there is text after it.
    pub goes_on: bool,
}

/// A text with passages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// The passages, in its scalar values.
    pub spans: Vec<Span>,
}

impl Marked {
    /// Cut where passages begin and end.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        cut(&self.text, &self.spans)
    }
}

/// What a request asks of the store.
pub(crate) fn filter(
    workspace: &Workspace,
    context: &Context,
    request: &Request,
) -> Result<ReportFilter, AppError> {
    let asked = |text: &str| -> Result<Words, AppError> {
        terms::query(text).map_err(|error| problem("search-words", error.what(), error.remedy()))
    };
    let mut observables = Vec::new();
    if let Some(text) = request.identifier.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        let keys = find::run(workspace, context, text)?;
        observables.extend(keys.into_iter().filter_map(|key| match key {
            Key::Value(kind, value) => Some((kind, value)),
            Key::Report(_) | Key::Campaign(_) => None,
        }));
        if observables.is_empty() {
            let what = format!("{text:?} is no identifier but a report or a campaign");
            return Err(problem("search-identifier", what, "show it by its id instead".to_owned()));
        }
    }
    let campaign = match request.campaign.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => {
            let id = campaign::find::named(workspace, text)?;
            Some(workspace.store.campaign_whole(id)?.unwrap_or(id))
        }
    };
    Ok(ReportFilter {
        words: asked(&request.text)?,
        observables,
        observable_kinds: request.identifier_kinds.clone(),
        countries: request.countries.clone(),
        languages: request.languages.clone(),
        kinds: request.kinds.clone(),
        verdicts: request.verdicts.clone(),
        log_odds: (log_odds(request.probability.0)?, log_odds(request.probability.1)?),
        sources: request.sources.clone(),
        received: days(request.received),
        published: days(request.published),
        markings: request.markings.clone(),
        grading: request.grading,
        campaign,
        candidates: request.claims,
    })
}

fn days(
    (from, to): (Option<PartialDate>, Option<PartialDate>),
) -> (Option<forewarn_model::Date>, Option<forewarn_model::Date>) {
    (from.map(PartialDate::earliest), to.map(PartialDate::latest))
}

/// A bound of probabilities as log-odds; 0 and 1 bound nothing.
fn log_odds(probability: Option<f64>) -> Result<Option<f64>, AppError> {
    match probability {
        None => Ok(None),
        Some(p) if p.is_finite() && (0.0..=1.0).contains(&p) => {
            Ok(Some((p / (1.0 - p)).ln().clamp(-99.0, 99.0)))
        }
        Some(p) => {
            let what = format!("{p} is no probability");
            Err(problem("search-probability", what, "give a number from 0 to 1".to_owned()))
        }
    }
}

/// Cursors of this form; another one is refused.
const CURSOR: u8 = 1;

/// A position as text that means nothing to whoever keeps it. It holds for one question only.
fn cursor(position: Position, request: &Request) -> String {
    let mut bytes = vec![CURSOR, u8::from(position.log_odds.is_some())];
    bytes.extend(position.number.to_be_bytes());
    bytes.extend(position.log_odds.unwrap_or(0.0).to_bits().to_be_bytes());
    bytes.extend(question(request));
    URL_SAFE_NO_PAD.encode(bytes)
}

fn position(cursor: &str, request: &Request) -> Result<Position, AppError> {
    let refused = |what: &str| {
        let remedy = "take the cursor that the page before gave, or begin without one".to_owned();
        problem("search-cursor", what.to_owned(), remedy)
    };
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| refused("the cursor is damaged"))?;
    let Ok([form, scored, rest @ ..]) = <[u8; 22]>::try_from(bytes.as_slice()) else {
        return Err(refused("the cursor is damaged"));
    };
    let number = |from: usize| -> [u8; 8] { std::array::from_fn(|at| rest[from + at]) };
    if form != CURSOR || scored > 1 {
        return Err(refused("the cursor is of another version"));
    }
    if rest[16..] != question(request) {
        return Err(refused("the cursor belongs to another question"));
    }
    let log_odds = f64::from_bits(u64::from_be_bytes(number(8)));
    Ok(Position {
        number: i64::from_be_bytes(number(0)),
        log_odds: (scored == 1 && log_odds.is_finite()).then_some(log_odds),
    })
}

/// Names a question, without the page asked for.
fn question(request: &Request) -> [u8; 4] {
    let request = Request { cursor: None, count_max: 0, ..request.clone() };
    let hash = hash_parts("forewarn/question/1", &[format!("{request:?}").as_bytes()]);
    std::array::from_fn(|at| hash[at])
}

fn problem(code: &'static str, what: String, remedy: String) -> AppError {
    let input = "search".to_owned();
    AppError::Input(Box::new(Problem { severity: Severity::Refused, code, input, line: None, what, remedy }))
}

/// How many reports wait to be read, and so are not found yet. Reports that another version of the stages read are
/// found.
pub fn waiting(workspace: &Workspace) -> Result<u64, AppError> {
    Ok(workspace.store.count_waiting()?)
}

/// A verdict by its name in files.
pub fn verdict(text: &str) -> Result<Verdict, String> {
    let all = [Verdict::NoKnownSigns, Verdict::SomeSigns, Verdict::StrongSigns];
    let found = all
        .into_iter()
        .find(|verdict| verdict.as_str() == text.trim().to_ascii_lowercase().replace('-', "_"));
    found.ok_or_else(|| format!("read verdict {text:?}: expected no_known_signs, some_signs or strong_signs"))
}

/// The probability that a finding has, if it was assessed.
pub fn probability(assessment: &StoredAssessment) -> Option<f64> {
    assessment.log_odds.map(logistic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_holds_for_its_question_only() {
        let request = Request { text: "chef".into(), ..Request::default() };
        for log_odds in [None, Some(-2.5)] {
            let position = Position { number: 7, log_odds };
            let text = cursor(position, &request);
            assert_eq!(super::position(&text, &request).unwrap(), position);
            let page = Request { cursor: Some("x".into()), count_max: 7, ..request.clone() };
            assert_eq!(super::position(&text, &page).unwrap(), position);
            let other = Request { text: "driver".into(), ..request.clone() };
            assert!(super::position(&text, &other).is_err());
        }
        for text in ["", "AAAA", "not a cursor", "é", &"A".repeat(30), &"A".repeat(9_999)] {
            assert!(super::position(text, &request).is_err(), "{text}");
        }
    }

    #[test]
    fn bounds_of_probabilities() {
        assert_eq!(log_odds(Some(0.5)).unwrap(), Some(0.0));
        assert_eq!(log_odds(Some(0.0)).unwrap(), Some(-99.0));
        for wrong in [-0.1, 1.5, f64::NAN, f64::INFINITY] {
            assert!(log_odds(Some(wrong)).is_err());
        }
    }
}
