//! The list of what a search finds.

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{ReportKind, Tlp};
use forewarn_app::report::search::{self, Found, Marked, Outcome};

use super::{
    Graded, KINDS, Marking, VERDICTS, countries, graded, identifier_kind, marking, percent, request, verdict,
};
use crate::pages::asked::{Asked, Select, misunderstood, select};
use crate::shell::{Frame, PageError, Shared, Signed, page};

/// How much of a text is shown of each hit, in characters.
const EXCERPT_CHARS: usize = 280;

/// A part of a text; whether it was looked for.
struct Part {
    text: String,
    found: bool,
}

fn parts(marked: &Marked) -> Vec<Part> {
    let pieces = marked.pieces().into_iter();
    pieces.map(|piece| Part { text: piece.text.to_owned(), found: !piece.covers.is_empty() }).collect()
}

struct Row {
    id: String,
    short: String,
    title: Vec<Part>,
    text: Vec<Part>,
    begins_before: bool,
    goes_on: bool,
    lang: String,
    kind: String,
    countries: String,
    chance: Option<String>,
    tone: &'static str,
    verdict: Option<String>,
    tlp: Marking,
    grading: Graded,
    day: String,
    source: String,
    again: Option<String>,
    campaign: Option<String>,
}

fn row(frame: &Frame, found: &Found) -> Row {
    let report = &found.report;
    let excerpt = found.excerpt(EXCERPT_CHARS);
    let assessment = found.assessment.as_ref();
    let verdict = assessment.and_then(|stored| stored.verdict.as_deref()).map(|name| verdict(frame, name));
    let countries = assessment.map(|stored| stored.countries.as_slice()).unwrap_or_default();
    let id = report.id().to_string();
    Row {
        short: id.chars().take(12).collect(),
        id,
        title: excerpt.title.as_ref().map(parts).unwrap_or_default(),
        text: parts(&excerpt.text),
        begins_before: excerpt.begins_before,
        goes_on: excerpt.goes_on,
        lang: assessment.map_or_else(|| "und".to_owned(), |stored| stored.language.to_string()),
        kind: frame.word_of("report-kind", report.kind),
        countries: countries.iter().map(|country| frame.country(country)).collect::<Vec<_>>().join(", "),
        chance: assessment.and_then(search::probability).map(percent),
        tone: verdict.as_ref().map_or("", |(_, tone)| tone),
        verdict: verdict.map(|(word, _)| word),
        tlp: marking(report.marking.tlp),
        grading: graded(frame, report.grading),
        day: report.sighting.received_at.to_string().chars().take(10).collect(),
        source: report.sighting.source.name.clone(),
        again: (found.sightings > 1).then(|| frame.count("report-seen-times", found.sightings)),
        campaign: found.campaign.map(|id| id.to_string()),
    }
}

/// What is chosen, and the address without it.
struct Chosen {
    word: String,
    href: String,
}

#[derive(Template)]
#[template(path = "reports.html")]
struct List {
    frame: Frame,
    asked: Asked,
    problem: Option<String>,
    selects: Vec<Select>,
    further: Vec<Select>,
    /// Fields for words: name, label.
    texts: Vec<(&'static str, String)>,
    /// Fields for days: name, label.
    days: Vec<(&'static str, String)>,
    open: bool,
    chosen: Vec<Chosen>,
    identifiers: Vec<String>,
    rows: Vec<Row>,
    count: String,
    waiting: Option<String>,
    first: Option<String>,
    next: Option<String>,
    csv: String,
    lines: String,
}

/// Fields that narrow the list and are always shown.
const NARROWING: [&str; 4] = ["kind", "verdict", "country", "language"];

/// Fields behind "more"; where one is filled they are open.
const FURTHER: [&str; 13] = [
    "identifier",
    "identifier_kind",
    "source",
    "campaign",
    "from",
    "to",
    "published_from",
    "published_to",
    "tlp",
    "grading",
    "claims",
    "probability_min",
    "probability_max",
];

pub(super) async fn list(
    State(shell): State<Shared>,
    who: Signed,
    RawQuery(raw): RawQuery,
) -> Result<Response, PageError> {
    let asked = Asked::read(raw.as_deref())?;
    let told = match request(&asked) {
        Ok(request) => {
            let ask = move |workspace: &mut _, context: &_| {
                Ok((search::run(workspace, context, &request)?, search::waiting(workspace)?))
            };
            shell.read(&who, ask).await
        }
        Err(error) => Err(error),
    };
    let (outcome, waiting, problem) = match told {
        Ok((outcome, waiting)) => (outcome, waiting, None),
        Err(error) => (Outcome::default(), 0, Some(misunderstood(error)?)),
    };
    let status = if problem.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let frame = Frame::new(&shell, &who, "reports", "tab-reports");
    let languages: Vec<(String, String)> = shell
        .desk
        .words()
        .catalogues
        .languages()
        .map(|catalogue| (catalogue.language().to_string(), catalogue.word("language-name")))
        .collect();
    let mut response = page(&make_list(frame, asked, outcome, waiting, problem, languages))?;
    *response.status_mut() = status;
    Ok(response)
}

fn make_list(
    frame: Frame,
    asked: Asked,
    outcome: Outcome,
    waiting: u64,
    problem: Option<String>,
    languages: Vec<(String, String)>,
) -> List {
    let words = |list: &str, all: &[&str]| -> Vec<(String, String)> {
        all.iter().map(|word| ((*word).to_owned(), frame.word_of(list, word))).collect()
    };
    let same = |all: &[String]| -> Vec<(String, String)> {
        all.iter().map(|word| (word.clone(), word.clone())).collect()
    };
    let label = |name: &str| frame.word_of("report-field", name);
    let verdicts = VERDICTS.map(|(name, _)| name);
    let kinds = ReportKind::ALL.map(ReportKind::as_str);
    let markings = Tlp::ALL.map(|tlp| tlp.to_string());
    let gradings = ["A1", "A2", "B2", "B3", "C3", "D4"].map(str::to_owned);
    let kind_words: Vec<(String, String)> =
        KINDS.iter().map(|kind| ((*kind).to_owned(), identifier_kind(&frame, kind))).collect();
    let selects = vec![
        select(&asked, "kind", label("kind"), words("report-kind", &kinds)),
        select(&asked, "verdict", label("verdict"), words("report-verdict", &verdicts)),
        select(&asked, "country", label("country"), countries(&frame)),
        select(&asked, "language", label("language"), languages),
        select(&asked, "sort", label("sort"), words("report-sort", &["newest", "score"])),
    ];
    let further = vec![
        select(&asked, "identifier_kind", label("identifier-kind"), kind_words),
        select(&asked, "tlp", label("tlp"), same(&markings)),
        select(&asked, "grading", label("grading"), same(&gradings)),
        select(&asked, "claims", label("claims"), words("report-claims", &["yes", "no"])),
    ];
    let fields = |names: &[&'static str]| names.iter().map(|name| (*name, label(name))).collect();
    let chosen = chosen(&frame, &asked, selects.iter().chain(&further));
    let count = match outcome.count {
        Some(count) => frame.count("found-count", count),
        None => frame.with("report-more-than", "count", frame.number(search::COUNTED_MAX)),
    };
    List {
        problem,
        open: FURTHER.iter().any(|name| asked.one(name).is_some()),
        texts: fields(&["identifier", "source", "campaign"]),
        days: fields(&["from", "to", "published_from", "published_to"]),
        chosen,
        identifiers: outcome
            .identifiers
            .iter()
            .map(|(kind, value)| format!("{} {value}", identifier_kind(&frame, &kind.to_string())))
            .collect(),
        rows: outcome.found.iter().map(|found| row(&frame, found)).collect(),
        count,
        waiting: (waiting > 0).then(|| frame.count("report-waiting", waiting)),
        first: asked.one("cursor").map(|_| asked.with("/reports", "cursor", None)),
        next: outcome.next.as_deref().map(|next| asked.with("/reports", "cursor", Some(next))),
        csv: asked.with("/reports/export", "format", Some("csv")),
        lines: asked.with("/reports/export", "format", Some("jsonl")),
        selects,
        further,
        asked,
        frame,
    }
}

/// What narrows the list, each with the address without it.
fn chosen<'a>(frame: &Frame, asked: &Asked, selects: impl Iterator<Item = &'a Select>) -> Vec<Chosen> {
    let selects: Vec<&Select> = selects.collect();
    let narrowing = asked.pairs().filter(|(name, _)| NARROWING.contains(name) || FURTHER.contains(name));
    let narrowing = narrowing.map(|(name, value)| {
        let listed = selects.iter().find(|select| select.name == name);
        let word = listed.and_then(|select| select.choices.iter().find(|choice| choice.value == value));
        let word = word.map_or_else(|| value.to_owned(), |choice| choice.word.clone());
        let label = frame.word_of("report-field", name);
        Chosen { word: format!("{label}: {word}"), href: asked.without("/reports", name, value) }
    });
    narrowing.collect()
}
