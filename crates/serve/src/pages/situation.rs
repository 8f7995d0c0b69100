//! The situation as a page: chooses words, escapes nothing by hand (the templates do).

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use forewarn_app::model::{Segment, SlotKind};
use forewarn_app::situation::{Situation, tell};

use crate::shell::{Frame, PageError, Shared, Signed, page};

struct Verdict {
    count: u64,
    words: &'static str,
}

struct Alarm {
    day: String,
    kind: &'static str,
    sentence: String,
}

struct Month {
    month: String,
    hubs: usize,
    origins: usize,
    alarms: Vec<Alarm>,
}

struct Piece {
    text: String,
    /// The kind of slot; empty for fixed words.
    slot: &'static str,
    values: String,
}

struct Campaign {
    size: usize,
    about: String,
    language: String,
    pieces: Vec<Piece>,
}

struct Notice {
    number: String,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "situation.html")]
struct Page {
    frame: Frame,
    as_of: String,
    hubs: Vec<String>,
    origins: Vec<String>,
    reports: u64,
    verdicts: Vec<Verdict>,
    months: Vec<Month>,
    campaigns: Vec<Campaign>,
    notices: Vec<Notice>,
}

/// What people read for a verdict.
const VERDICTS: [(&str, &str); 3] = [
    ("no_known_signs", "without known warning signs"),
    ("some_signs", "with some warning signs"),
    ("strong_signs", "with strong warning signs"),
];

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/", get(situation))
}

async fn situation(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    let told = shell
        .read_with_engine(&who, |workspace, context, engine| {
            tell(workspace, context, engine.country_names(), None)
        })
        .await?;
    page(&make(Frame::new(&shell, &who, "situation", "tab-situation"), told))
}

fn make(frame: Frame, situation: Situation) -> Page {
    let verdicts = VERDICTS.iter().filter_map(|(name, words)| {
        let (_, count) = situation.verdicts.iter().find(|(known, _)| known == name)?;
        Some(Verdict { count: *count, words })
    });
    let months = situation.months.iter().rev().map(|month| Month {
        month: month.month.clone(),
        hubs: month.hubs,
        origins: month.origins,
        alarms: month
            .alarms
            .iter()
            .map(|told| Alarm {
                day: told.alarm.raised_on.to_string(),
                kind: told.alarm.kind.as_str(),
                sentence: told.sentence.clone(),
            })
            .collect(),
    });
    let campaigns = situation.campaigns.iter().map(|overview| Campaign {
        size: overview.campaign.members.len(),
        about: format!("in {} · naming {}", top(&overview.languages), top(&overview.countries)),
        language: overview.languages.first().map_or_else(|| "und".to_owned(), |(tag, _)| tag.to_string()),
        pieces: overview.campaign.template.segments.iter().map(piece).collect(),
    });
    let notices = situation
        .notices
        .iter()
        .map(|notice| Notice { number: notice.number.clone(), state: notice.state.as_str() });
    Page {
        frame,
        as_of: situation.as_of.to_string(),
        hubs: situation.hubs.clone(),
        origins: situation.origins.clone(),
        reports: situation.reports,
        verdicts: verdicts.collect(),
        months: months.collect(),
        campaigns: campaigns.collect(),
        notices: notices.collect(),
    }
}

fn piece(segment: &Segment) -> Piece {
    match segment {
        Segment::Fixed(text) => Piece { text: text.clone(), slot: "", values: String::new() },
        Segment::Slot(slot) => {
            let values: Vec<&str> = slot.values.iter().take(5).map(|(value, _)| value.as_str()).collect();
            let name = if slot.kind == SlotKind::Text { "words" } else { slot.kind.as_str() };
            Piece { text: String::new(), slot: name, values: values.join(" | ") }
        }
    }
}

/// The most frequent of a list.
fn top<T: ToString>(list: &[(T, u32)]) -> String {
    list.iter().take(4).map(|(name, _)| name.to_string()).collect::<Vec<_>>().join(", ")
}
