//! Reports: the search, and one report with everything that is known of it.

use std::io::{self, Write};

use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form, Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::model::rights::Right;
use forewarn_app::model::{
    Country, Credibility, Grading, ObservableKind, Pap, PartialDate, ReasonSource, Reliability, ReportKind,
    Tlp, Verdict,
};
use forewarn_app::report::export::{self, Format};
use forewarn_app::report::mark::{self, Changed};
use forewarn_app::report::search::{self, Found, Marked, Outcome, Request};
use forewarn_app::report::show::{self, Passage, Shown};
use forewarn_app::store::Sort;
use serde::Deserialize;
use tokio::sync::Semaphore;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::asked::{Asked, Select, misunderstood, select};
use crate::shell::{Frame, PageError, Shared, Signed, page};

/// How many reports stand on a page.
const PAGE: u32 = 25;

/// How much of a text is shown of each hit, in characters.
const EXCERPT_CHARS: usize = 280;

/// How many exports run at a time, and how many parts of one wait for a slow reader.
const EXPORTS_AT_ONCE: usize = 2;
const PARTS_WAITING_MAX: usize = 4;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/reports", get(list))
        .route("/reports/export", get(take_out))
        .route("/reports/{id}", get(detail))
        .route("/reports/{id}/mark", post(change))
}

const SORTS: [(&str, Sort); 2] = [("newest", Sort::Newest), ("score", Sort::Score)];
const YES_NO: [(&str, bool); 2] = [("yes", true), ("no", false)];
const VERDICTS: [(&str, Verdict); 3] = [
    ("strong_signs", Verdict::StrongSigns),
    ("some_signs", Verdict::SomeSigns),
    ("no_known_signs", Verdict::NoKnownSigns),
];

/// Kinds of identifier that can be chosen; others can be written into the address.
const KINDS: [&str; 10] = [
    "phone",
    "email",
    "url",
    "domain",
    "handle:telegram",
    "handle:whatsapp",
    "handle:line",
    "handle:wechat",
    "crypto:tron",
    "iban",
];

fn request(asked: &Asked) -> Result<Request, PageError> {
    let verdicts = match asked.one("verdict") {
        Some(_) => asked.word("verdict", &VERDICTS)?.into_iter().collect(),
        None => Vec::new(),
    };
    Ok(Request {
        text: asked.text("q"),
        identifier: asked.one("identifier").map(str::to_owned),
        identifier_kinds: asked.parsed::<ObservableKind>("identifier_kind")?,
        countries: asked.parsed::<Country>("country")?,
        languages: asked.parsed("language")?,
        kinds: asked.parsed::<ReportKind>("kind")?,
        verdicts,
        probability: (asked.parsed_one("probability_min")?, asked.parsed_one("probability_max")?),
        sources: asked.all("source").map(str::to_owned).collect(),
        received: (asked.parsed_one::<PartialDate>("from")?, asked.parsed_one("to")?),
        published: (asked.parsed_one::<PartialDate>("published_from")?, asked.parsed_one("published_to")?),
        markings: asked.parsed::<Tlp>("tlp")?,
        grading: asked.parsed_one::<Grading>("grading")?,
        campaign: asked.one("campaign").map(str::to_owned),
        claims: asked.word("claims", &YES_NO)?,
        sort: asked.word("sort", &SORTS)?.unwrap_or_default(),
        cursor: asked.one("cursor").map(str::to_owned),
        count_max: PAGE,
    })
}

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

/// A marking as a badge.
struct Marking {
    label: String,
    class: &'static str,
}

fn marking(tlp: Tlp) -> Marking {
    let class = match tlp {
        Tlp::Clear => "",
        Tlp::Green => "tlp-green",
        Tlp::Amber | Tlp::AmberStrict => "tlp-amber",
        Tlp::Red => "tlp-red",
    };
    Marking { label: tlp.to_string(), class }
}

/// A grading with its words.
struct Graded {
    code: String,
    words: String,
}

fn graded(frame: &Frame, grading: Grading) -> Graded {
    let reliability = frame.word_of("incident-reliability", grading.reliability.letter());
    let credibility = frame.word_of("incident-credibility", grading.credibility.digit());
    Graded { code: grading.to_string(), words: format!("{reliability}, {credibility}") }
}

/// A verdict's badge: its word and its tone.
fn verdict(frame: &Frame, name: &str) -> (String, &'static str) {
    let tone = match name {
        "strong_signs" => "badge-danger",
        "some_signs" => "badge-warn",
        _ => "",
    };
    (frame.word_of("report-verdict", name), tone)
}

fn percent(probability: f64) -> String {
    format!("{:.0}\u{a0}%", probability * 100.0)
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

async fn list(
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

/// Countries by their names.
pub(super) fn countries(frame: &Frame) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        Country::all().iter().map(|country| (country.to_string(), frame.country(country))).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

/// A kind of identifier in words.
pub(super) fn identifier_kind(frame: &Frame, kind: &str) -> String {
    match kind.split_once(':') {
        None => frame.word_of("network-kind", kind),
        Some(("handle", name)) => frame.with("network-kind-handle-of", "name", name),
        Some((_, name)) => frame.with("network-kind-crypto-of", "name", name.to_uppercase()),
    }
}

/// What narrows the list, each with the address without it.
fn chosen<'a>(frame: &Frame, asked: &Asked, selects: impl Iterator<Item = &'a Select>) -> Vec<Chosen> {
    let selects: Vec<&Select> = selects.collect();
    let narrowing = asked.pairs().filter(|(name, _)| !["q", "sort", "cursor", "done"].contains(name));
    let narrowing = narrowing.map(|(name, value)| {
        let listed = selects.iter().find(|select| select.name == name);
        let word = listed.and_then(|select| select.choices.iter().find(|choice| choice.value == value));
        let word = word.map_or_else(|| value.to_owned(), |choice| choice.word.clone());
        let label = frame.word_of("report-field", name);
        Chosen { word: format!("{label}: {word}"), href: asked.without("/reports", name, value) }
    });
    narrowing.collect()
}

/// Exports that run now.
static EXPORTS: Semaphore = Semaphore::const_new(EXPORTS_AT_ONCE);

async fn take_out(
    State(shell): State<Shared>,
    who: Signed,
    RawQuery(raw): RawQuery,
) -> Result<Response, PageError> {
    let asked = Asked::read(raw.as_deref())?;
    let formats = [("csv", Format::Csv), ("jsonl", Format::JsonLines)];
    let format = asked.word("format", &formats)?.unwrap_or(Format::Csv);
    let request = request(&asked)?;
    let turn = EXPORTS.try_acquire().map_err(|_| PageError::busy())?;
    let noted = request.clone();
    shell.write(&who, move |workspace, context| export::begin(workspace, context, &noted, format)).await?;
    let (sender, receiver) = mpsc::channel(PARTS_WAITING_MAX);
    let context = who.context(&shell);
    // Not among the readers of pages: a slow download would keep one of them waiting.
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let mut out = Parts(sender);
        let limits = export::Limits::default();
        let done = shell
            .pool
            .with(|workspace| export::write(workspace, &context, &request, format, &limits, &mut out));
        if let Err(error) = done {
            tracing::error!("export reports: {error}");
            // The download breaks off instead of ending as if it were whole.
            let _ = out.0.blocking_send(Err(io::Error::other("the export broke off")));
        }
    });
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"reports.{}\"", format.extension())),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}

/// Parts of a body on their way to whoever reads them.
struct Parts(mpsc::Sender<io::Result<Vec<u8>>>);

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.blocking_send(Ok(bytes.to_vec())).map_err(|_| io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

// One report.

/// A part of the text with what was found in it.
struct Piece {
    text: String,
    /// The classes of the mark; empty where nothing was found.
    class: String,
    /// What it is, in words.
    title: String,
}

/// A reason of the score.
struct Reason {
    name: String,
    means: Option<String>,
    log_odds: String,
    /// Where its bar begins and how long it is, in percent.
    x: String,
    width: String,
    class: &'static str,
    quotes: Vec<String>,
}

struct Identifier {
    kind: String,
    value: String,
    href: String,
    count: u32,
}

struct Seen {
    time: String,
    published: Option<String>,
    source: String,
    external_id: String,
    url: Option<String>,
}

struct Told {
    time: String,
    by: String,
    what: String,
    why: String,
}

struct Claim {
    words: String,
    href: String,
    decided: Option<String>,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Detail {
    frame: Frame,
    id: String,
    short: String,
    title: Option<String>,
    lang: String,
    kind: String,
    language: String,
    countries: String,
    tlp: Marking,
    /// With which organisation it stays.
    kept: Option<String>,
    pap: String,
    grading: Graded,
    verdict: Option<String>,
    tone: &'static str,
    chance: Option<String>,
    dated: Option<String>,
    pieces: Vec<Piece>,
    normalized: String,
    reasons: Vec<Reason>,
    /// Reasons that weigh little.
    slight: Vec<Reason>,
    identifiers: Vec<Identifier>,
    seen: Vec<Seen>,
    seen_count: String,
    campaign: Option<String>,
    network: String,
    claims: Vec<Claim>,
    changes: Vec<Told>,
    /// What can be changed.
    marks: Vec<Select>,
}

async fn detail(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let shown = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            let id = show::named(workspace, context, &id)?;
            show::run(workspace, context, engine, id)
        })
        .await?;
    let frame = Frame::new(&shell, &who, "reports", "tab-reports");
    let catalogue = shell.desk.words().catalogues.find(frame.language());
    let explain = |name: &str| catalogue?.find(&format!("means-{}", name.replace('_', "-")), &[]);
    page(&make_detail(frame, &shown, &explain))
}

/// The class of a passage's mark: each kind has an underline of its own.
fn class(shown: &Shown, passage: Passage) -> &'static str {
    match passage {
        Passage::Indicator(_) => "sign",
        Passage::Observable(at) => match shown.reading.facts.observables[at].kind {
            ObservableKind::Phone | ObservableKind::Email | ObservableKind::Handle(_) => {
                "found found-contact"
            }
            ObservableKind::Url | ObservableKind::Domain => "found found-web",
            ObservableKind::Crypto(_) | ObservableKind::Iban => "found found-money",
        },
        Passage::Place(_) => "found found-place",
        Passage::Money(_) => "found found-money",
    }
}

/// What a passage is, in words.
fn meaning(frame: &Frame, shown: &Shown, passage: Passage) -> String {
    let reading = &shown.reading;
    match passage {
        Passage::Indicator(at) => frame.word_of("sign", reading.indicators[at].name.as_str()),
        Passage::Observable(at) => {
            let observable = &reading.facts.observables[at];
            format!("{}: {}", identifier_kind(frame, &observable.kind.to_string()), observable.value)
        }
        Passage::Place(at) => {
            let place = &reading.facts.places[at];
            let country = place.country.map(|country| frame.country(&country));
            match country.filter(|country| *country != place.name) {
                Some(country) => format!("{}, {country}", place.name),
                None => place.name.clone(),
            }
        }
        Passage::Money(_) => frame.w("report-money"),
    }
}

fn pieces(frame: &Frame, shown: &Shown, text: &str) -> Vec<Piece> {
    let passages = shown.passages();
    shown
        .pieces(text, &passages)
        .into_iter()
        .map(|piece| {
            let mut classes: Vec<&str> = Vec::new();
            let mut titles: Vec<String> = Vec::new();
            for at in &piece.covers {
                let (class, title) = (class(shown, passages[*at].0), meaning(frame, shown, passages[*at].0));
                if !classes.contains(&class) {
                    classes.push(class);
                }
                if !titles.contains(&title) {
                    titles.push(title);
                }
            }
            // What is inside another passage keeps the sign's ground and the other's underline.
            Piece { text: piece.text.to_owned(), class: classes.join(" "), title: titles.join("; ") }
        })
        .collect()
}

/// How many reasons are shown at once; the others, which weigh less, on demand.
const REASONS_SHOWN_MAX: usize = 12;

/// How many quotes are shown with a reason.
const QUOTES_MAX: usize = 4;

fn reasons(
    frame: &Frame,
    shown: &Shown,
    text: &str,
    explain: &dyn Fn(&str) -> Option<String>,
) -> Vec<Reason> {
    let Some(assessment) = &shown.reading.assessment else { return Vec::new() };
    let all = assessment.reasons();
    let widest = all.iter().map(|reason| reason.log_odds.abs()).fold(1.0, f64::max);
    let mut reasons: Vec<&forewarn_app::model::Reason> = all.iter().collect();
    // The prior first, then by weight.
    reasons[1..].sort_by(|a, b| b.log_odds.abs().total_cmp(&a.log_odds.abs()));
    reasons
        .into_iter()
        .map(|reason| {
            let (name, means) = match &reason.source {
                ReasonSource::Prior => (frame.w("report-reason-prior"), None),
                ReasonSource::Indicator(name) => {
                    (frame.word_of("sign", name.as_str()), explain(name.as_str()))
                }
                ReasonSource::Structure(name) => {
                    (structure(frame, name), Some(frame.w("report-reason-structure")))
                }
                ReasonSource::Wording => (frame.w("report-reason-wording"), None),
            };
            let width = reason.log_odds.abs() / widest * 50.0;
            let x = if reason.log_odds < 0.0 { 50.0 - width } else { 50.0 };
            let quotes = reason.spans.iter().take(QUOTES_MAX).map(|span| span.slice(text).to_owned());
            Reason {
                name,
                means,
                log_odds: signed(reason.log_odds),
                x: format!("{x:.1}%"),
                width: format!("{width:.1}%"),
                class: if reason.log_odds < 0.0 { "bar bar-minus" } else { "bar bar-warn" },
                quotes: quotes.collect(),
            }
        })
        .collect()
}

/// A property of the whole text in words; two signs that stand together have a plus between them.
fn structure(frame: &Frame, name: &str) -> String {
    let word = |part: &str| {
        let known = ["structure", "sign"].into_iter().find_map(|list| {
            let told = frame.word_of(list, part);
            (told != format!("{list}-{}", part.replace('_', "-"))).then_some(told)
        });
        known.unwrap_or_else(|| part.replace('_', " "))
    };
    name.split('+').map(word).collect::<Vec<_>>().join(" + ")
}

/// A number with its sign, and a real minus.
fn signed(number: f64) -> String {
    format!("{number:+.2}").replace('-', "−")
}

fn make_detail(frame: Frame, shown: &Shown, explain: &dyn Fn(&str) -> Option<String>) -> Detail {
    let short: String = shown.stored.report.id().to_string().chars().take(12).collect();
    let owned = frame.titled(short.clone());
    let frame = &owned;
    let report = &shown.stored.report;
    let text = report.full_text();
    let facts = &shown.reading.facts;
    let assessment = shown.reading.assessment.as_ref();
    let verdict = assessment.map(|assessment| verdict(frame, assessment.verdict().as_str()));
    let id = report.id().to_string();
    let mut identifiers: Vec<Identifier> = Vec::new();
    for observable in &facts.observables {
        let kind = identifier_kind(frame, &observable.kind.to_string());
        match identifiers.iter_mut().find(|known| known.kind == kind && known.value == observable.value) {
            Some(known) => known.count += 1,
            None => identifiers.push(Identifier {
                href: network(&format!("{}:{}", observable.kind, observable.value)),
                kind,
                value: observable.value.clone(),
                count: 1,
            }),
        }
    }
    let seen = shown.sightings.iter().map(|sighting| Seen {
        time: frame.time(&sighting.received_at),
        published: sighting.published_at.map(|at| frame.time(&at)),
        source: sighting.source.name.clone(),
        external_id: sighting.source.external_id.clone().unwrap_or_default(),
        url: sighting.source.url.clone(),
    });
    let mut reasons = reasons(frame, shown, &text, explain);
    let slight = reasons.split_off(reasons.len().min(REASONS_SHOWN_MAX));
    let claims = shown.candidates.iter().map(|stored| Claim {
        words: stored.candidate.sentence.slice(&text).to_owned(),
        href: "/incidents/candidates".to_owned(),
        decided: stored.decision.as_ref().map(|decision| frame.word_of("report-claim", &decision.verdict)),
    });
    let changes = shown.changes.iter().rev().map(|change| Told {
        time: frame.time(&change.at),
        by: change.by.clone(),
        what: match change.what {
            Changed::Marking(from, to) => format!("{from} → {to}"),
            Changed::Grading(from, to) => format!("{from} → {to}"),
        },
        why: change.reason.clone(),
    });
    let one = |name, current: String, choices: Vec<(String, String)>| {
        let asked = Asked::default();
        let mut made = select(&asked, name, frame.word_of("report-mark", name), choices);
        made.choices.iter_mut().for_each(|choice| choice.chosen = choice.value == current);
        made
    };
    let same = |text: String| (text.clone(), text);
    let letters = Reliability::ALL.map(|reliability| {
        let letter = reliability.letter().to_string();
        let words = format!("{letter}: {}", frame.word_of("incident-reliability", &letter));
        (letter, words)
    });
    let digits = Credibility::ALL.map(|credibility| {
        let digit = credibility.digit().to_string();
        let words = format!("{digit}: {}", frame.word_of("incident-credibility", &digit));
        (digit, words)
    });
    let (tlp, pap, grading) = (report.marking.tlp, report.marking.pap, report.grading);
    Detail {
        short,
        title: report.title().map(str::to_owned),
        lang: facts.language.to_string(),
        kind: frame.word_of("report-kind", report.kind),
        language: facts.language.to_string(),
        countries: facts
            .countries()
            .iter()
            .map(|country| frame.country(country))
            .collect::<Vec<_>>()
            .join(", "),
        tlp: marking(tlp),
        kept: shown.organisation.as_ref().map(|name| frame.with("report-kept", "organisation", name)),
        pap: pap.to_string(),
        grading: graded(frame, grading),
        tone: verdict.as_ref().map_or("", |(_, tone)| tone),
        verdict: verdict.map(|(word, _)| word),
        chance: assessment.map(|assessment| percent(assessment.probability())),
        dated: shown.is_dated().then(|| {
            let stored = shown.assessment.as_ref().and_then(search::probability);
            frame.with("report-dated", "chance", stored.map_or_else(|| "–".to_owned(), percent))
        }),
        pieces: pieces(frame, shown, &text),
        normalized: facts.normalized.as_str().to_owned(),
        reasons,
        slight,
        identifiers,
        seen: seen.collect(),
        seen_count: frame.count("report-seen-times", shown.stored.sightings),
        campaign: shown.campaign.map(|id| id.to_string()),
        network: network(&id),
        claims: claims.collect(),
        changes: changes.collect(),
        marks: vec![
            one("tlp", tlp.to_string(), Tlp::ALL.map(|tlp| same(tlp.to_string())).to_vec()),
            one("pap", pap.to_string(), Pap::ALL.map(|pap| same(pap.to_string())).to_vec()),
            one("reliability", grading.reliability.letter().to_string(), letters.to_vec()),
            one("credibility", grading.credibility.digit().to_string(), digits.to_vec()),
        ],
        id,
        frame: owned,
    }
}

/// The address of the network around something.
pub(super) fn network(key: &str) -> String {
    format!("/network?{}", form_urlencoded::Serializer::new(String::new()).append_pair("q", key).finish())
}

/// The form that changes a marking and a grading.
#[derive(Debug, Deserialize)]
struct Change {
    tlp: String,
    pap: String,
    reliability: String,
    credibility: String,
    #[serde(default)]
    why: String,
}

async fn change(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(form): Form<Change>,
) -> Result<Redirect, PageError> {
    let wrong = |error: &dyn std::fmt::Display| PageError::bad(error.to_string());
    let request = mark::Request {
        tlp: Some(form.tlp.parse::<Tlp>().map_err(|error| wrong(&error))?),
        pap: Some(form.pap.parse::<Pap>().map_err(|error| wrong(&error))?),
        grading: Some(
            format!("{}{}", form.reliability, form.credibility)
                .parse::<Grading>()
                .map_err(|error| wrong(&error))?,
        ),
    };
    let (id, changed) = shell
        .write(&who, move |workspace, context| {
            let id = show::named(workspace, context, &id)?;
            Ok((id, mark::run(workspace, context, id, request, &form.why)?))
        })
        .await?;
    let done = if changed.is_empty() { "report-unchanged" } else { "report-marked" };
    if !changed.is_empty() {
        shell.live.tell("reports", "");
    }
    Ok(Redirect::to(&format!("/reports/{id}?done={done}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: Result<fn(&Request) -> bool, &str>) {
        let read = Asked::read(Some(query)).and_then(|asked| request(&asked));
        match (read, expected) {
            (Ok(request), Ok(holds)) => assert!(holds(&request), "{query}: {request:?}"),
            (Err(error), Err(words)) => {
                assert!(
                    error.status == StatusCode::BAD_REQUEST && error.what.contains(words),
                    "{query}: {error:?}"
                );
            }
            (read, _) => panic!("{query}: {read:?}"),
        }
    }

    #[test]
    fn reads_what_is_asked_for() {
        check("", Ok(|request| *request == Request { count_max: PAGE, ..Request::default() }));
        check("q=&kind=&country=", Ok(|request| request.text.is_empty() && request.kinds.is_empty()));
        check("q=l%C6%B0%C6%A1ng+cao&sort=score", Ok(|r| r.text == "lương cao" && r.sort == Sort::Score));
        check(
            "country=KH&country=MM&verdict=some_signs",
            Ok(|r| r.countries.len() == 2 && r.verdicts.len() == 1),
        );
        check("from=2024-01&to=2024&claims=no", Ok(|r| r.received.1.is_some() && r.claims == Some(false)));
        check(
            "tlp=TLP%3AAMBER%2BSTRICT&grading=b2",
            Ok(|r| r.markings == [Tlp::AmberStrict] && r.grading.is_some()),
        );
        check("identifier_kind=handle:telegram", Ok(|r| r.identifier_kinds.len() == 1));
        check("country=Cambodia", Err("country: "));
        check("kind=poem", Err("kind: "));
        check("sort=best", Err("expected one of newest, score"));
        check("from=yesterday", Err("from: "));
        check("probability_min=much", Err("probability_min: "));
        check(&"x=1&".repeat(300), Err("parameters"));
    }

    #[test]
    fn numbers_have_a_real_minus() {
        assert_eq!((signed(-0.5), signed(1.234)), ("−0.50".to_owned(), "+1.23".to_owned()));
    }
}
