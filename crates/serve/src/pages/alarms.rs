//! Alarms: which are open, what is behind each, and what people made of them.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use forewarn_app::alarm::decide::{self, Choice};
use forewarn_app::alarm::list::{self, Request, Row, Sort};
use forewarn_app::alarm::show;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{
    AlarmId, AlarmKind, AlarmState, Country, Date, Incident, Interval, PartialDate, Rarity, Subject,
};
use serde::Deserialize;

use super::asked::day;
use super::decided::DecisionRow;
use super::incidents::{IncidentRow, incident_row};
use crate::shell::{Fact, Frame, PageError, Shared, Signed, page};

/// How many alarms stand on a page.
const PAGE: usize = 50;

/// How many alarms are offered as those that one may be merged into.
const MERGE_OFFERED_MAX: usize = 100;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/alarms", get(alarms))
        .route("/alarms/{id}", get(alarm))
        .route("/alarms/{id}/decide", post(decide))
}

/// The parameters of the list. Empty fields of a form are none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ask {
    state: String,
    kind: String,
    country: String,
    as_of: String,
    sort: String,
    page: usize,
}

impl Ask {
    fn request(&self) -> Result<Request, PageError> {
        let sort = match self.sort.as_str() {
            // What sounded long ago may be the strongest still, but whoever comes every day looks for what is new.
            "" => Sort::Day,
            name => Sort::ALL.iter().find(|(known, _)| *known == name).map(|(_, sort)| *sort).ok_or_else(
                || PageError::bad(format!("sort by {name:?}: expected urgency, day or rarity")),
            )?,
        };
        let state = match self.state.as_str() {
            "" => Some(AlarmState::Open),
            "all" => None,
            name => Some(parse(name, "state")?),
        };
        let kind =
            match self.kind.as_str() {
                "" => None,
                name => AlarmKind::ALL.into_iter().find(|kind| kind.as_str() == name).map(Some).ok_or_else(
                    || PageError::bad(format!("read kind {name:?}: there is no such kind of alarm")),
                )?,
            };
        Ok(Request { as_of: self.day()?, state, kind, country: optional(&self.country, "country")?, sort })
    }

    fn day(&self) -> Result<Option<Date>, PageError> {
        day("as_of", &self.as_of)
    }

    /// The address of the list with another value of one parameter, from its first page on.
    fn with(&self, name: &str, value: &str) -> String {
        let page = self.page.to_string();
        let all = [
            ("state", self.state.as_str()),
            ("kind", &self.kind),
            ("country", &self.country),
            ("as_of", &self.as_of),
            ("sort", &self.sort),
            ("page", if name == "page" { &page } else { "" }),
        ];
        let pairs = all.map(|(known, old)| (known, if known == name { value } else { old }));
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        format!("/alarms?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
    }
}

fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str, name: &str) -> Result<T, PageError> {
    text.parse().map_err(|error| PageError::bad(format!("{name}: {error}")))
}

/// A field of a form that may be left empty.
pub(super) fn optional<T: std::str::FromStr<Err: std::fmt::Display>>(
    text: &str,
    name: &str,
) -> Result<Option<T>, PageError> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { parse(text, name).map(Some) }
}

/// An alarm as a list shows it.
pub(crate) struct AlarmRow {
    pub(crate) id: String,
    pub(crate) headline: String,
    pub(crate) kind: String,
    pub(crate) state: AlarmState,
    pub(crate) state_word: String,
    pub(crate) day: Date,
    pub(crate) behind: String,
    pub(crate) recurrence: String,
    /// Whether it rests on one source.
    pub(crate) is_single: bool,
    pub(crate) again: Option<String>,
    /// Numbers of notices with their ids.
    pub(crate) notices: Vec<(String, String)>,
}

pub(crate) fn alarm_row(frame: &Frame, row: &Row) -> AlarmRow {
    let alarm = &row.alarm;
    let events = frame.count("alarm-events", alarm.events.len());
    let sources = frame.count("alarm-sources", u64::from(alarm.sources));
    AlarmRow {
        id: alarm.id.to_string(),
        headline: headline(frame, row),
        kind: frame.word_of("alarm-kind", alarm.kind.as_str()),
        state: row.state,
        state_word: frame.word_of("alarm-state", row.state),
        day: alarm.raised_on,
        behind: frame.say("alarm-behind", &[("events", events.into()), ("sources", sources.into())]),
        recurrence: chance(frame, "alarm-chance", alarm.rarity()),
        is_single: alarm.sources == 1,
        again: (row.soundings_count > 1).then(|| frame.count("alarm-soundings", row.soundings_count)),
        notices: row.notices.iter().map(|told| (told.number.clone(), told.id.to_string())).collect(),
    }
}

/// What an alarm says, in a line.
fn headline(frame: &Frame, row: &Row) -> String {
    let country = |country: &Country| -> Fact { frame.country(country).into() };
    let variant = |name: &str| format!("alarm-headline-{name}");
    match (row.alarm.kind, &row.alarm.subject) {
        (AlarmKind::Acceleration, Subject::Country(of)) if row.about_hub => {
            frame.say(&variant("growth-hub"), &[("country", country(of))])
        }
        (AlarmKind::Acceleration, Subject::Country(of)) => {
            frame.say(&variant("growth-origin"), &[("country", country(of))])
        }
        (AlarmKind::Acceleration, Subject::Route(from, to)) => {
            frame.say(&variant("growth-route"), &[("from", country(from)), ("to", country(to))])
        }
        (AlarmKind::Acceleration, Subject::Place(of, place)) => {
            frame.say(&variant("growth-place"), &[("country", country(of)), ("place", place.as_str().into())])
        }
        (AlarmKind::Acceleration, Subject::Region(region)) => {
            frame.say(&variant("growth-region"), &[("region", frame.word_of("alarm-region", region).into())])
        }
        (AlarmKind::Displacement, Subject::Route(from, to)) => {
            frame.say(&variant("displacement"), &[("from", country(from)), ("to", country(to))])
        }
        (AlarmKind::Origin, Subject::Country(of)) => {
            frame.say(&variant("origin"), &[("country", country(of))])
        }
        (_, Subject::Country(of)) => frame.say(&variant("hub"), &[("country", country(of))]),
        (_, Subject::Place(of, place)) => {
            frame.say(&variant("place"), &[("country", country(of)), ("place", place.as_str().into())])
        }
        (_, Subject::Route(from, to)) => {
            frame.say(&variant("route"), &[("from", country(from)), ("to", country(to))])
        }
        (_, Subject::Region(region)) => {
            frame.say(&variant("region"), &[("region", frame.word_of("alarm-region", region).into())])
        }
    }
}

/// How often chance alone would raise an alarm as strong, in words that begin with `messages`.
pub(super) fn chance(frame: &Frame, messages: &str, rarity: Rarity) -> String {
    let (unit, count) = match rarity.interval() {
        Interval::Years(years) => ("years", years),
        Interval::Months(months) => ("months", months),
    };
    let bound = if rarity.is_bound { "-bound" } else { "" };
    frame.count(&format!("{messages}-{unit}{bound}"), u64::from(count))
}

struct StateTab {
    word: String,
    count: usize,
    href: String,
    here: bool,
}

struct Offered {
    value: String,
    word: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "alarms.html")]
struct AlarmsPage {
    frame: Frame,
    as_of: Date,
    ask: Ask,
    tabs: Vec<StateTab>,
    kinds: Vec<Offered>,
    countries: Vec<Offered>,
    sorts: Vec<Offered>,
    rows: Vec<AlarmRow>,
    total: usize,
    before: Option<String>,
    after: Option<String>,
    /// Whether there are alarms at all, in whatever state.
    any: bool,
}

async fn alarms(
    State(shell): State<Shared>,
    who: Signed,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    let (request, wrong) = match ask.request() {
        Ok(request) => (request, None),
        Err(error) => (Ask::default().request()?, Some(error)),
    };
    let (cache, wanted) = (shell.clone(), request.clone());
    let mut listed = shell
        .read(&who, move |workspace, context| list::run(workspace, context, &cache.alarms, &wanted))
        .await?;
    if wrong.is_some() {
        listed.rows.clear();
    }
    let frame = Frame::new(&shell, &who, "alarms", "tab-alarms").wrong_if(wrong.as_ref());
    let all: usize = listed.counts.iter().map(|(_, count)| count).sum();
    let mut tabs: Vec<StateTab> = listed
        .counts
        .iter()
        .map(|(state, count)| StateTab {
            word: frame.word_of("alarm-state", state),
            count: *count,
            href: ask.with("state", state.as_str()),
            here: request.state == Some(*state),
        })
        .collect();
    let word = frame.w("alarm-state-all");
    tabs.push(StateTab { word, count: all, href: ask.with("state", "all"), here: request.state.is_none() });
    let kinds = AlarmKind::ALL.iter().map(|kind| Offered {
        value: kind.as_str().to_owned(),
        word: frame.word_of("alarm-kind", kind.as_str()),
        chosen: request.kind == Some(*kind),
    });
    let mut countries: Vec<Offered> = listed
        .countries
        .iter()
        .map(|country| Offered {
            value: country.to_string(),
            word: frame.country(country),
            chosen: request.country == Some(*country),
        })
        .collect();
    countries.sort_by(|a, b| a.word.cmp(&b.word));
    let sorts = Sort::ALL.iter().map(|(name, sort)| Offered {
        value: (*name).to_owned(),
        word: frame.word_of("alarm-sort", name),
        chosen: request.sort == *sort,
    });
    let total = listed.rows.len();
    let first = ask.page.saturating_mul(PAGE);
    let rows: Vec<AlarmRow> =
        listed.rows.iter().skip(first).take(PAGE).map(|row| alarm_row(&frame, row)).collect();
    let mut answer = page(&AlarmsPage {
        as_of: listed.as_of,
        tabs,
        kinds: kinds.collect(),
        countries,
        sorts: sorts.collect(),
        before: (ask.page > 0).then(|| ask.with("page", &(ask.page - 1).to_string())),
        after: (first + rows.len() < total).then(|| ask.with("page", &(ask.page + 1).to_string())),
        rows,
        total,
        any: all > 0,
        ask,
        frame,
    })?;
    wrong.inspect(|error| *answer.status_mut() = error.status);
    Ok(answer)
}

#[derive(Template)]
#[template(path = "alarm.html")]
struct AlarmPage {
    frame: Frame,
    /// Whether an incident is known by its month or year alone.
    has_vague: bool,
    as_of: Date,
    /// Whether another day than today is looked at.
    past: bool,
    row: AlarmRow,
    first_known: Date,
    score: String,
    sources: u32,
    incidents: Vec<IncidentRow>,
    earlier: Vec<Date>,
    same_subject: Vec<AlarmRow>,
    merged: Vec<AlarmRow>,
    merged_into: Option<AlarmRow>,
    decisions: Vec<DecisionRow>,
    others: Vec<AlarmRow>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct AskOne {
    as_of: String,
}

async fn alarm(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Query(ask): Query<AskOne>,
) -> Result<Response, PageError> {
    let id: AlarmId = id.parse().map_err(|_| PageError::not_found("alarm", &id))?;
    let day = day("as_of", &ask.as_of)?;
    let cache = shell.clone();
    let (detail, others) = shell
        .read(&who, move |workspace, context| {
            let detail = show::run(workspace, context, &cache.alarms, id, day)?;
            let others = list::run(workspace, context, &cache.alarms, &Request::default())?;
            Ok((detail, others.rows))
        })
        .await?;
    let frame = Frame::new(&shell, &who, "alarms", "tab-alarms");
    let standing =
        |row: &&Row| row.alarm.id != id && !matches!(row.state, AlarmState::Merged | AlarmState::Dismissed);
    let related: Vec<AlarmId> = detail.same_subject.iter().map(|row| row.alarm.id).collect();
    let mut others: Vec<&Row> = others.iter().filter(standing).collect();
    others.sort_by_key(|row| !related.contains(&row.alarm.id));
    others.truncate(MERGE_OFFERED_MAX);
    let rows = |rows: &[Row]| rows.iter().map(|row| alarm_row(&frame, row)).collect::<Vec<_>>();
    let decisions = detail.decisions.iter().rev().map(|decision| {
        let state = decision.verdict.split(':').next().unwrap_or_default();
        DecisionRow::new(&frame, frame.word_of("alarm-decided", state), decision)
    });
    let alarm = &detail.row.alarm;
    let row = alarm_row(&frame, &detail.row);
    let vague = |incident: &Incident| incident.known_from != PartialDate::day(incident.known_from.latest());
    let view = AlarmPage {
        has_vague: detail.incidents.iter().any(vague),
        as_of: detail.as_of,
        past: day.is_some(),
        first_known: alarm.first_incident_on,
        score: format!("{:.2}", alarm.score),
        sources: alarm.sources,
        incidents: detail.incidents.iter().map(|incident| incident_row(&frame, incident)).collect(),
        earlier: detail.earlier.iter().map(|alarm| alarm.raised_on).collect(),
        same_subject: rows(&detail.same_subject),
        merged: rows(&detail.merged),
        merged_into: detail.merged_into.as_ref().map(|row| alarm_row(&frame, row)),
        decisions: decisions.collect(),
        others: others.into_iter().map(|row| alarm_row(&frame, row)).collect(),
        frame: Frame::new(&shell, &who, "alarms", "tab-alarms").titled(row.headline.clone()),
        row,
    };
    page(&view)
}

#[derive(Debug, Deserialize)]
struct Decide {
    choice: String,
    why: String,
    #[serde(default)]
    into: String,
}

async fn decide(
    State(shell): State<Shared>,
    who: Signed,
    Path(id): Path<String>,
    Form(form): Form<Decide>,
) -> Result<Redirect, PageError> {
    let id: AlarmId = id.parse().map_err(|_| PageError::not_found("alarm", &id))?;
    let (choice, done) = match form.choice.as_str() {
        "dismiss" => (Choice::Dismiss, "alarm-dismissed"),
        "watch" => (Choice::Watch, "alarm-watched"),
        "reopen" => (Choice::Reopen, "alarm-reopened"),
        "merge" => {
            let into = form.into.trim();
            let into =
                into.parse().map_err(|_| PageError::bad(format!("merge into {into:?}: choose an alarm")))?;
            (Choice::Merge(into), "alarm-merged")
        }
        other => {
            let what = format!("decide {other:?}: expected dismiss, merge, watch or reopen");
            return Err(PageError::bad(what));
        }
    };
    let cache = shell.clone();
    shell
        .write(&who, move |workspace, context| {
            decide::run(workspace, context, &cache.alarms, id, choice, &form.why)
        })
        .await?;
    shell.live.tell("alarms", "");
    Ok(Redirect::to(&format!("/alarms/{id}?done={done}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_asked_for_wrongly_says_what_is_wrong() {
        let ask = |change: fn(&mut Ask)| {
            let mut ask = Ask::default();
            change(&mut ask);
            ask.request().map_err(|error| error.what)
        };
        let plain = ask(|_| ()).unwrap();
        assert_eq!(
            (plain.state, plain.sort),
            (Some(AlarmState::Open), Sort::Day),
            "open ones, the newest first"
        );
        assert_eq!(ask(|ask| ask.state = "all".into()).unwrap().state, None);
        assert!(ask(|ask| ask.state = "x".into()).unwrap_err().contains("state"));
        assert!(ask(|ask| ask.kind = "x".into()).unwrap_err().contains("kind"));
        assert!(ask(|ask| ask.country = "Narnia".into()).unwrap_err().contains("country"));
        assert!(ask(|ask| ask.as_of = "2023-02-30".into()).unwrap_err().contains("as_of"));
        assert!(ask(|ask| ask.sort = "name".into()).unwrap_err().contains("sort"));
    }

    #[test]
    fn another_filter_begins_at_the_first_page() {
        let ask = Ask { kind: "hub".into(), page: 3, ..Ask::default() };
        assert_eq!(ask.with("sort", "day"), "/alarms?kind=hub&sort=day");
        assert_eq!(ask.with("page", "4"), "/alarms?kind=hub&page=4");
    }
}
