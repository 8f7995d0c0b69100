//! Campaigns: the list, and one campaign with its template, its life and what happened to it.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::campaign::find;
use forewarn_app::campaign::list::{self, Listed, Outcome, Request};
use forewarn_app::campaign::mark::{self, Event};
use forewarn_app::campaign::show::{self, Shown};
use forewarn_app::model::assessment::logistic;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{
    CampaignId, Country, Date, Language, ReportId, Segment, SlotKind, Template as Words,
};
use forewarn_app::store::{CampaignRow, CampaignSort};
use serde::Deserialize;

use super::asked::{Asked, Select, misunderstood, select};
use super::reports::{countries, identifier_kind, network, percent};
use crate::shell::{Frame, PageError, Shared, Signed, page};

/// How many campaigns stand on a page.
const PAGE: u32 = 25;

/// How many words of a template are shown in the list, in characters, and how many values of a slot.
const PREVIEW_CHARS: usize = 260;
const VALUES_SHOWN_MAX: usize = 12;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/campaigns", get(list))
        .route("/campaigns/{id}", get(detail))
        .route("/campaigns/{id}/split", post(split))
        .route("/campaigns/{id}/merge", post(merge))
}

const SORTS: [(&str, CampaignSort); 4] = [
    ("size", CampaignSort::Size),
    ("growth", CampaignSort::Growth),
    ("suspicion", CampaignSort::Suspicion),
    ("newest", CampaignSort::Newest),
];

fn request(asked: &Asked) -> Result<Request, PageError> {
    Ok(Request {
        countries: asked.parsed::<Country>("country")?,
        languages: asked.parsed::<Language>("language")?,
        sort: asked.word("sort", &SORTS)?.unwrap_or_default(),
        cursor: asked.one("cursor").map(str::to_owned),
        count_max: PAGE,
    })
}

/// A piece of a template.
struct Piece {
    text: String,
    slot: bool,
    title: String,
}

struct Row {
    id: String,
    short: String,
    members: String,
    recent: String,
    growth: String,
    grows: bool,
    chance: String,
    tone: &'static str,
    first: String,
    last: String,
    lang: String,
    languages: String,
    countries: String,
    pieces: Vec<Piece>,
}

/// A column that the list can be sorted by.
struct Column {
    name: &'static str,
    word: String,
    href: String,
    here: bool,
}

#[derive(Template)]
#[template(path = "campaigns.html")]
struct List {
    frame: Frame,
    problem: Option<String>,
    selects: Vec<Select>,
    columns: Vec<Column>,
    rows: Vec<Row>,
    first: Option<String>,
    next: Option<String>,
    narrowed: bool,
}

async fn list(
    State(shell): State<Shared>,
    who: Signed,
    RawQuery(raw): RawQuery,
) -> Result<Response, PageError> {
    let asked = Asked::read(raw.as_deref())?;
    let told = match request(&asked) {
        Ok(request) => {
            shell.read(&who, move |workspace, context| list::run(workspace, context, &request)).await
        }
        Err(error) => Err(error),
    };
    let (outcome, problem) = match told {
        Ok(outcome) => (outcome, None),
        Err(error) => (Outcome::default(), Some(misunderstood(error)?)),
    };
    let status = if problem.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let languages: Vec<(String, String)> = shell
        .desk
        .words()
        .catalogues
        .languages()
        .map(|catalogue| (catalogue.language().to_string(), catalogue.word("language-name")))
        .collect();
    let frame = Frame::new(&shell, &who, "campaigns", "tab-campaigns");
    let sort = asked.one("sort").unwrap_or("size");
    let columns = SORTS.map(|(name, _)| Column {
        name,
        word: frame.word_of("campaign-column", name),
        href: asked.with("/campaigns", "sort", Some(name)),
        here: name == sort,
    });
    let made = List {
        selects: vec![
            select(&asked, "country", frame.w("report-field-country"), countries(&frame)),
            select(&asked, "language", frame.w("report-field-language"), languages),
        ],
        columns: columns.into_iter().collect(),
        rows: outcome.campaigns.iter().map(|listed| row(&frame, listed)).collect(),
        first: asked.one("cursor").map(|_| asked.with("/campaigns", "cursor", None)),
        next: outcome.next.as_deref().map(|next| asked.with("/campaigns", "cursor", Some(next))),
        narrowed: asked.one("country").is_some() || asked.one("language").is_some(),
        problem,
        frame,
    };
    let mut response = page(&made)?;
    *response.status_mut() = status;
    Ok(response)
}

fn row(frame: &Frame, Listed { row, template }: &Listed) -> Row {
    let (chance, tone) = suspicion(row.log_odds);
    let id = row.id.to_string();
    let change = row.recent as i64 - row.before as i64;
    Row {
        short: id.chars().take(12).collect(),
        id,
        members: frame.number(row.members),
        recent: frame.number(row.recent),
        growth: signed(change),
        grows: change > 0,
        chance,
        tone,
        // Not broken at its hyphens.
        first: row.first_day.to_string().replace('-', "\u{2011}"),
        last: row.last_day.to_string(),
        lang: row.languages.first().map_or_else(|| "und".to_owned(), Language::to_string),
        languages: row.languages.iter().take(3).map(Language::to_string).collect::<Vec<_>>().join(", "),
        countries: row
            .countries
            .iter()
            .take(4)
            .map(|country| frame.country(country))
            .collect::<Vec<_>>()
            .join(", "),
        pieces: template
            .as_ref()
            .map(|template| pieces(frame, template, Some(PREVIEW_CHARS)))
            .unwrap_or_default(),
    }
}

/// The highest chance of a member, and the tone of its badge.
fn suspicion(log_odds: Option<f64>) -> (String, &'static str) {
    let Some(chance) = log_odds.map(logistic) else { return ("–".to_owned(), "") };
    let tone = if chance >= 0.5 { "badge-warn" } else { "" };
    (percent(chance), tone)
}

/// A whole number with its sign, and a real minus.
fn signed(number: i64) -> String {
    match number {
        0 => "0".to_owned(),
        number => format!("{number:+}").replace('-', "−"),
    }
}

fn slot_word(frame: &Frame, kind: SlotKind) -> String {
    frame.word_of("campaign-slot", kind.as_str())
}

/// The pieces of a template, with spaces between them; the first `chars_max` characters.
fn pieces(frame: &Frame, template: &Words, chars_max: Option<usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut left = chars_max.unwrap_or(usize::MAX);
    for segment in &template.segments {
        let piece = match segment {
            Segment::Fixed(text) => {
                let shown: String = text.chars().take(left).collect();
                let cut = shown.len() < text.len();
                Piece {
                    text: if cut { format!("{shown}…") } else { shown },
                    slot: false,
                    title: String::new(),
                }
            }
            Segment::Slot(slot) => {
                let values: Vec<&str> =
                    slot.values.iter().take(VALUES_SHOWN_MAX).map(|(value, _)| value.as_str()).collect();
                Piece { text: slot_word(frame, slot.kind), slot: true, title: values.join(" | ") }
            }
        };
        left = left.saturating_sub(piece.text.chars().count());
        pieces.push(piece);
        if left == 0 {
            break;
        }
    }
    pieces
}

// One campaign.

struct Slot {
    number: usize,
    kind: String,
    values: Vec<(String, u32)>,
    further: usize,
    empty: Option<String>,
}

struct Count {
    word: String,
    href: Option<String>,
    count: String,
    /// Its share of the members, in percent.
    share: String,
}

/// A bar of the chart: a week.
struct Bar {
    x: String,
    y: String,
    width: String,
    height: String,
    day: String,
    members: u64,
}

struct Member {
    id: String,
    short: String,
    day: String,
    source: String,
    text: String,
}

struct Happened {
    day: String,
    what: String,
    why: Option<String>,
    /// The two that were merged, where that can be marked as wrong.
    pair: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "campaign.html")]
struct Detail {
    frame: Frame,
    id: String,
    short: String,
    lang: String,
    members_count: String,
    growth: String,
    chance: String,
    tone: &'static str,
    first: String,
    last: String,
    pieces: Vec<Piece>,
    slots: Vec<Slot>,
    bars: Vec<Bar>,
    weeks_max: u64,
    /// Where not all members are counted.
    counted: Option<String>,
    languages: Vec<Count>,
    countries: Vec<Count>,
    signs: Vec<Count>,
    identifiers: Vec<Count>,
    members: Vec<Member>,
    history: Vec<Happened>,
    network: String,
    all: String,
}

async fn detail(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let shown = shell
        .read(&who, move |workspace, context| {
            let id = find::named(workspace, &id)?;
            show::run(workspace, context, id)
        })
        .await?;
    let frame = Frame::new(&shell, &who, "campaigns", "tab-campaigns");
    page(&make(frame, &shown))
}

/// The drawing's size, in its own units.
const CHART: (f64, f64) = (600.0, 90.0);

fn bars(weeks: &[(Date, u64)]) -> (Vec<Bar>, u64) {
    let most = weeks.iter().map(|(_, members)| *members).max().unwrap_or(0).max(1);
    let step = CHART.0 / weeks.len().max(1) as f64;
    let bars = weeks.iter().enumerate().map(|(at, (day, members))| {
        let height = *members as f64 / most as f64 * (CHART.1 - 8.0);
        Bar {
            x: format!("{:.1}", at as f64 * step),
            y: format!("{:.1}", CHART.1 - height),
            width: format!("{:.1}", (step * 0.85).clamp(0.5, 40.0)),
            height: format!("{height:.1}"),
            day: day.to_string(),
            members: *members,
        }
    });
    (bars.collect(), most)
}

fn make(frame: Frame, shown: &Shown) -> Detail {
    let CampaignRow { id, members, recent, before, log_odds, first_day, last_day, .. } = &shown.row;
    let text = id.to_string();
    let short: String = text.chars().take(12).collect();
    let owned = frame.titled(short.clone());
    let frame = &owned;
    let (chance, tone) = suspicion(*log_odds);
    let (bars, weeks_max) = bars(&shown.weeks);
    let count = |word: String, count: u32, href: Option<String>| Count {
        word,
        href,
        count: frame.number(count),
        share: format!("{:.0}%", f64::from(count) / shown.tallied.max(1) as f64 * 100.0),
    };
    let found = |name: &str, value: &str| {
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("campaign", &text)
            .append_pair(name, value)
            .finish();
        Some(format!("/reports?{query}"))
    };
    let named = |kind: &forewarn_app::model::ObservableKind, value: &str| {
        format!("{} · {value}", identifier_kind(frame, &kind.to_string()))
    };
    let slots =
        shown.template.iter().flat_map(|template| &template.segments).filter_map(|segment| match segment {
            Segment::Fixed(_) => None,
            Segment::Slot(slot) => Some(slot),
        });
    let slots = slots.enumerate().map(|(at, slot)| Slot {
        number: at + 1,
        kind: slot_word(frame, slot.kind),
        values: slot.values.iter().take(VALUES_SHOWN_MAX).cloned().collect(),
        further: slot.values.len().saturating_sub(VALUES_SHOWN_MAX),
        empty: (slot.empty > 0).then(|| frame.count("campaign-slot-empty", slot.empty)),
    });
    Detail {
        short,
        lang: shown.languages.first().map_or_else(|| "und".to_owned(), |(tag, _)| tag.to_string()),
        members_count: frame.count("campaign-members", *members),
        growth: frame.say(
            "campaign-growth",
            &[("recent", frame.number(*recent).into()), ("before", frame.number(*before).into())],
        ),
        chance,
        tone,
        first: frame.day(first_day),
        last: frame.day(last_day),
        pieces: shown.template.as_ref().map(|template| pieces(frame, template, None)).unwrap_or_default(),
        slots: slots.collect(),
        bars,
        weeks_max,
        counted: (shown.tallied < *members)
            .then(|| frame.with("campaign-counted", "count", frame.number(shown.tallied))),
        languages: shown
            .languages
            .iter()
            .map(|(tag, n)| count(tag.to_string(), *n, found("language", tag.as_str())))
            .collect(),
        countries: shown
            .countries
            .iter()
            .map(|(country, n)| count(frame.country(country), *n, found("country", country.as_str())))
            .collect(),
        signs: shown
            .indicators
            .iter()
            .map(|(name, n)| count(frame.word_of("sign", name.as_str()), *n, None))
            .collect(),
        identifiers: shown
            .identifiers
            .iter()
            .map(|((kind, value), n)| {
                count(named(kind, value), *n, Some(network(&format!("{kind}:{value}"))))
            })
            .collect(),
        members: shown.members.iter().map(member).collect(),
        history: shown.history.iter().rev().map(|event| happened(frame, event)).collect(),
        network: network(&text),
        all: form_urlencoded::Serializer::new("/reports?".to_owned()).append_pair("campaign", &text).finish(),
        id: text,
        frame: owned,
    }
}

/// How much of a member's text is shown, in characters.
const MEMBER_CHARS: usize = 120;

fn member(report: &forewarn_app::model::Report) -> Member {
    let id = report.id().to_string();
    Member {
        short: id.chars().take(12).collect(),
        id,
        day: report.sighting.received_at.to_string().chars().take(10).collect(),
        source: report.sighting.source.name.clone(),
        text: report.full_text().chars().take(MEMBER_CHARS).collect(),
    }
}

fn happened(frame: &Frame, event: &Event) -> Happened {
    let short = |id: String| -> String { id.chars().take(12).collect() };
    match event {
        Event::Merged { merge, wrong } => {
            let facts = [
                ("one", short(merge.absorbed.to_string()).into()),
                ("other", short(merge.kept.to_string()).into()),
            ];
            Happened {
                day: merge.at.to_string().chars().take(10).collect(),
                what: frame
                    .say(if wrong.is_some() { "campaign-merged-wrong" } else { "campaign-merged" }, &facts),
                why: wrong.as_ref().map(|decision| format!("{}: {}", decision.decided_by, decision.reason)),
                pair: wrong.is_none().then(|| (merge.absorbed.to_string(), merge.kept.to_string())),
            }
        }
        Event::Split { report, from, to, decision } => {
            let facts = [
                ("report", short(report.to_string()).into()),
                ("one", short(from.to_string()).into()),
                ("other", short(to.to_string()).into()),
            ];
            let message =
                if decision.verdict == "wrong" { "campaign-split-off" } else { "campaign-came-back" };
            Happened {
                day: decision.decided_at.to_string().chars().take(10).collect(),
                what: frame.say(message, &facts),
                why: Some(format!("{}: {}", decision.decided_by, decision.reason)),
                pair: None,
            }
        }
    }
}

/// The form that splits members off. Its fields `member` come several times, so that it is read by hand.
async fn split(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    body: String,
) -> Result<Redirect, PageError> {
    let asked = Asked::read(Some(&body))?;
    let reports: Vec<ReportId> = asked.parsed("member")?;
    let why = asked.text("why");
    let id = id.parse::<CampaignId>().map_err(|error| PageError::bad(error.to_string()))?;
    shell.write(&who, move |workspace, context| mark::split(workspace, context, id, &reports, &why)).await?;
    shell.live.tell("reports", "");
    Ok(Redirect::to(&format!("/campaigns/{id}?done=campaign-split")))
}

/// The form that says that two campaigns were merged by mistake.
#[derive(Debug, Deserialize)]
struct Merge {
    absorbed: String,
    kept: String,
    #[serde(default)]
    why: String,
}

async fn merge(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(form): Form<Merge>,
) -> Result<Redirect, PageError> {
    let read = |text: &str| text.parse::<CampaignId>().map_err(|error| PageError::bad(error.to_string()));
    let (id, a, b) = (read(&id)?, read(&form.absorbed)?, read(&form.kept)?);
    shell
        .write(&who, move |workspace, context| mark::wrong_merge(workspace, context, a, b, &form.why))
        .await?;
    shell.live.tell("reports", "");
    Ok(Redirect::to(&format!("/campaigns/{id}?done=campaign-unmerged")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_the_ground_and_fill_the_width() {
        let weeks: Vec<(Date, u64)> = [("2024-01-01", 4), ("2024-01-08", 0), ("2024-01-15", 8)]
            .map(|(day, n)| (day.parse().unwrap(), n))
            .to_vec();
        let (bars, most) = bars(&weeks);
        assert_eq!(most, 8);
        let told: Vec<(&str, &str, &str)> =
            bars.iter().map(|bar| (bar.x.as_str(), bar.y.as_str(), bar.height.as_str())).collect();
        assert_eq!(told, [("0.0", "49.0", "41.0"), ("200.0", "90.0", "0.0"), ("400.0", "8.0", "82.0")]);
        assert_eq!(super::bars(&[]).0.len(), 0);
    }

    #[test]
    fn says_how_it_grows() {
        assert_eq!([signed(3), signed(0), signed(-12)], ["+3", "0", "−12"]);
        assert_eq!(suspicion(None).0, "–");
        assert_eq!(suspicion(Some(0.0)).1, "badge-warn");
    }

    #[test]
    fn an_order_is_one_of_four() {
        let ask = |query: &str| Asked::read(Some(query)).and_then(|asked| request(&asked));
        assert_eq!(ask("sort=growth").unwrap().sort, CampaignSort::Growth);
        assert!(ask("sort=luck").unwrap_err().what.contains("size, growth, suspicion, newest"));
        assert!(ask("language=no+language%21").is_err());
    }
}
