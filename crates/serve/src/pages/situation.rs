//! The situation: one look, and a reader knows what has changed this week.
//!
//! `GET /` is the page, as known today or at `?as_of=`; `GET /situation/world` what the map shows at every month;
//! `GET /situation/map.svg` the same for one day as a picture, where no script runs.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use forewarn_app::alarm::list::Row;
use forewarn_app::alarm::plot::world_map;
use forewarn_app::campaign::list::Listed;
use forewarn_app::model::rights::Right;
use forewarn_app::model::{Alarm, AlarmKind, Country, Date, PartialDate, Segment, Subject};
use forewarn_app::situation::overview::{Limits, Overview, run};
use forewarn_app::situation::world::{self, WATCHED, World};
use forewarn_app::watch::course::{Changes, HubState};
use serde::Deserialize;
use serde_json::{Value, json};

use super::alarms::chance;
use super::asked::no_day;
use crate::chart::{self, Series};
use crate::shell::{Frame, PageError, Shared, Signed, address, home, page};

/// How much of a template is shown, in characters.
const CAMPAIGN_CHARS_MAX: usize = 140;

/// How many routes the table tells of.
const ROUTES_MAX: usize = 15;

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/", get(look))
        .route("/situation/world", get(document))
        .route("/situation/map.svg", get(picture))
}

#[derive(Debug, Deserialize)]
struct Ask {
    /// `2023`, `2023-06` or `2023-06-07`: the situation at its end.
    as_of: Option<String>,
}

impl Ask {
    fn day(&self) -> Result<Option<Date>, PageError> {
        let text = self.as_of.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let read = |text: &str| text.parse::<PartialDate>().map(PartialDate::latest);
        text.map(|text| read(text).map_err(|_| no_day("as_of", text))).transpose()
    }
}

async fn look(
    State(shell): State<Shared>,
    who: Signed,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    if !who.rights().has(Right::Look) {
        // Who may not look has work elsewhere.
        return Ok(Redirect::to(home(who.rights())).into_response());
    }
    let (day, wrong) = match ask.day() {
        Ok(day) => (day, None),
        Err(error) => (None, Some(error)),
    };
    let overview = overview(&shell, &who, day).await?;
    let frame = Frame::new(&shell, &who, "situation", "tab-situation").with_script("map.js");
    let mut answer = page(&Page::new(frame.wrong_if(wrong.as_ref()), &overview, day.is_some()))?;
    wrong.inspect(|error| *answer.status_mut() = error.status);
    Ok(answer)
}

async fn overview(shell: &Shared, who: &Signed, day: Option<Date>) -> Result<Overview, PageError> {
    let caches = std::sync::Arc::clone(shell);
    shell
        .read_with_engine(who, move |workspace, context, engine| {
            let kept = (&caches.alarms, &caches.worlds);
            run(workspace, context, kept, engine.gazetteer(), day, Limits::default())
        })
        .await
}

async fn document(
    State(shell): State<Shared>,
    who: Signed,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    let (caches, day) = (std::sync::Arc::clone(&shell), ask.day()?);
    let world = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            let day = day.unwrap_or_else(|| forewarn_app::model::date::day_of(context.now));
            world::run(workspace, context, (&caches.alarms, &caches.worlds), engine.gazetteer(), day)
        })
        .await?;
    let frame = Frame::new(&shell, &who, "situation", "tab-situation");
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, view(&frame, &world).to_string()).into_response())
}

async fn picture(
    State(shell): State<Shared>,
    who: Signed,
    Query(ask): Query<Ask>,
) -> Result<Response, PageError> {
    let (caches, day) = (std::sync::Arc::clone(&shell), ask.day()?);
    let drawn = shell
        .read_with_engine(&who, move |workspace, context, engine| {
            context.require(forewarn_app::model::rights::Right::Look)?;
            workspace.seen(context, "situation.view", "situation");
            let day = day.unwrap_or_else(|| forewarn_app::model::date::day_of(context.now));
            let known = caches.alarms.known(workspace)?;
            world_map(known.all(), engine.country_names(), WATCHED, day)
        })
        .await?;
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, drawn).into_response())
}

/// The world as `web/src/map.ts` reads it.
fn view(frame: &Frame, world: &World) -> Value {
    let course = &world.course;
    let routes = course.routes.keys().flat_map(|(from, to)| [*from, *to]);
    let named: BTreeSet<Country> =
        course.hubs.keys().chain(course.origins.keys()).copied().chain(routes).collect();
    let names: BTreeMap<String, String> =
        named.iter().map(|country| (country.to_string(), frame.country(country))).collect();
    let state = |state: &HubState| match state {
        HubState::Unknown => 0,
        HubState::Reported => 1,
        HubState::Confirmed => 2,
    };
    let steps = |known: &Changes<bool>| -> Vec<(usize, u8)> {
        known.iter().map(|(step, known)| (*step, u8::from(*known))).collect()
    };
    let hubs: Vec<Value> = course
        .hubs
        .iter()
        .map(|(country, changes)| {
            let states: Vec<(usize, i32)> = changes.iter().map(|(step, now)| (*step, state(now))).collect();
            json!({ "country": country.to_string(), "states": states })
        })
        .collect();
    let origins: Vec<Value> = course
        .origins
        .iter()
        .map(|(country, changes)| json!({ "country": country.to_string(), "states": steps(changes) }))
        .collect();
    let routes: Vec<Value> = course
        .routes
        .iter()
        .map(|((from, to), events)| json!({ "origin": from.to_string(), "hub": to.to_string(), "events": events }))
        .collect();
    let places: Vec<Value> = world
        .places
        .iter()
        .map(|place| {
            let (lat, lon) = place.position;
            json!({
                "name": place.name, "country": place.country.to_string(), "lat": lat, "lon": lon,
                "states": steps(&place.known),
            })
        })
        .collect();
    let months: Vec<String> = world.days.iter().map(month).collect();
    json!({
        "months": months, "names": names, "hubs": hubs, "origins": origins, "routes": routes, "places": places,
    })
}

/// `2023-06`
fn month(day: &Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// A figure at the head of the page.
struct Tile {
    href: &'static str,
    figure: String,
    /// Whether it is a range, which is long.
    is_range: bool,
    is_warning: bool,
    words: String,
    new: Option<String>,
}

struct Sounded {
    id: String,
    day: String,
    told: String,
    kind: String,
    chance: String,
    /// Whether it rests on one source.
    is_single: bool,
    /// Whether it is new this week.
    is_new: bool,
}

struct Known {
    id: String,
    day: String,
    summary: String,
    publisher: String,
    grading: String,
    more: Option<String>,
}

struct Growing {
    id: String,
    /// The beginning of its template.
    words: String,
    lang: String,
    told: String,
}

struct Warned {
    id: String,
    number: String,
    day: String,
    kind: &'static str,
}

struct Hub {
    name: String,
    since: String,
    confirmed: Option<String>,
    origins: usize,
}

struct Route {
    from: String,
    to: String,
    events: String,
}

struct Quarter {
    month: String,
    hubs: usize,
    confirmed: usize,
    origins: usize,
    people: String,
}

#[derive(Template)]
#[template(path = "situation.html")]
struct Page {
    frame: Frame,
    as_of: Date,
    /// Whether the reader chose the day.
    is_past: bool,
    since: Date,
    last_known: Option<Date>,
    is_quiet: bool,
    tiles: Vec<Tile>,
    new_hubs: Vec<String>,
    new_origins: Vec<String>,
    sounded: Vec<Sounded>,
    open: Vec<Sounded>,
    open_all: String,
    sounded_more: Option<String>,
    events: Vec<Known>,
    events_more: Option<String>,
    notices: Vec<Warned>,
    growing: Vec<Growing>,
    hub_rows: Vec<Hub>,
    routes: Vec<Route>,
    quarters: Vec<Quarter>,
    countries_chart: String,
    people_chart: String,
    shapes: String,
}

impl Page {
    fn new(frame: Frame, overview: &Overview, is_past: bool) -> Self {
        let week = &overview.week;
        let names = |all: &[Country]| all.iter().map(|country| frame.country(country)).collect::<Vec<_>>();
        let told = |alarm: &Alarm| sounded(&frame, alarm, alarm.raised_on > week.since);
        let events = week.events.iter().map(|news| Known {
            id: news.incident.id.to_string(),
            day: news.incident.known_from.to_string(),
            summary: news.incident.summary.clone(),
            publisher: news.incident.publication.publisher.clone(),
            grading: news.incident.grading.to_string(),
            more: (news.incidents_count > 1)
                .then(|| frame.count("situation-incidents", news.incidents_count)),
        });
        let further = |message: &str, all: usize, shown: usize| {
            (all > shown).then(|| frame.count(message, all - shown))
        };
        let notices = week.notices.iter().map(|notice| Warned {
            id: notice.id.to_string(),
            number: notice.number.clone(),
            day: notice.at.to_string()[..10].to_owned(),
            kind: notice.kind.as_str(),
        });
        let nothing = week.alarms.is_empty()
            && week.events.is_empty()
            && week.notices.is_empty()
            && week.hubs.is_empty()
            && week.origins.is_empty();
        let (countries_chart, people_chart) = charts(&frame, &overview.world);
        Self {
            as_of: overview.as_of,
            is_past,
            since: week.since,
            last_known: overview.last_known,
            is_quiet: nothing,
            tiles: tiles(&frame, overview),
            open_all: frame.count("situation-open-all", overview.open_count),
            new_hubs: names(&week.hubs),
            new_origins: names(&week.origins),
            sounded: week.alarms.iter().map(&told).collect(),
            open: overview.open.iter().map(|row: &Row| told(&row.alarm)).collect(),
            sounded_more: further("situation-alarms-more", week.alarms_count, week.alarms.len()),
            events_more: further("situation-events-more", week.events_count, week.events.len()),
            events: events.collect(),
            notices: notices.collect(),
            growing: overview.growing.iter().map(|listed| growing(&frame, listed)).collect(),
            hub_rows: hub_rows(&frame, &overview.world),
            routes: route_rows(&frame, overview),
            quarters: quarters(&frame, &overview.world),
            countries_chart,
            people_chart,
            shapes: address("world.json"),
            frame,
        }
    }
}

fn growing(frame: &Frame, listed: &Listed) -> Growing {
    let segments = listed.template.iter().flat_map(|template| &template.segments);
    let words = segments.map(|segment| match segment {
        Segment::Fixed(text) => text.as_str(),
        Segment::Slot(_) => "…",
    });
    let whole = words.collect::<Vec<_>>().join(" ");
    let mut beginning: String = whole.chars().take(CAMPAIGN_CHARS_MAX).collect();
    if beginning.len() < whole.len() {
        beginning.push('…');
    }
    let row = &listed.row;
    Growing {
        id: row.id.to_string(),
        words: beginning,
        lang: row.languages.first().map_or_else(|| "und".to_owned(), ToString::to_string),
        told: frame.say(
            "situation-growing-told",
            &[("recent", frame.number(row.recent).into()), ("members", frame.number(row.members).into())],
        ),
    }
}

fn tiles(frame: &Frame, overview: &Overview) -> Vec<Tile> {
    let (now, week) = (&overview.now, &overview.week);
    let tile = |href, count: u64, message: &str, new: usize| Tile {
        href,
        figure: frame.number(count),
        is_range: false,
        is_warning: false,
        words: frame.count(message, count),
        new: (new > 0).then(|| frame.count("situation-new", new)),
    };
    let open = overview.open_count as u64;
    let reports = overview.reports_count.map(|count| tile("/reports", count, "situation-tile-reports", 0));
    let tiles = [
        Tile { is_warning: open > 0, ..tile("/alarms", open, "situation-tile-open", 0) },
        tile("#hubs", now.hubs.len() as u64, "situation-tile-hubs", week.hubs.len()),
        tile("#curves", now.origins.len() as u64, "situation-tile-origins", week.origins.len()),
        Tile {
            href: "#people",
            figure: range(frame, now.people.min, now.people.max),
            is_range: true,
            is_warning: false,
            words: frame.w("situation-tile-people"),
            new: None,
        },
    ];
    tiles.into_iter().chain(reports).collect()
}

fn sounded(frame: &Frame, alarm: &Alarm, is_new: bool) -> Sounded {
    Sounded {
        id: alarm.id.to_string(),
        day: alarm.raised_on.to_string(),
        told: headline(frame, alarm),
        kind: frame.word_of("situation-kind", alarm.kind.as_str()),
        chance: chance(frame, "situation-chance", alarm.rarity()),
        is_single: alarm.sources == 1,
        is_new,
    }
}

/// What an alarm is about, in a line.
fn headline(frame: &Frame, alarm: &Alarm) -> String {
    let subject = match &alarm.subject {
        Subject::Country(country) => frame.country(country),
        Subject::Place(country, place) => frame.say(
            "situation-place",
            &[("place", place.as_str().into()), ("country", frame.country(country).into())],
        ),
        Subject::Region(region) => frame.word_of("region", region),
        Subject::Route(from, to) => frame.say(
            "situation-route",
            &[("from", frame.country(from).into()), ("to", frame.country(to).into())],
        ),
    };
    let message = match alarm.kind {
        AlarmKind::Hub => "situation-alarm-hub",
        AlarmKind::Place => "situation-alarm-place",
        AlarmKind::Origin => "situation-alarm-origin",
        AlarmKind::Route => "situation-alarm-route",
        AlarmKind::Region => "situation-alarm-region",
        AlarmKind::Acceleration => "situation-alarm-acceleration",
        AlarmKind::Displacement => "situation-alarm-displacement",
    };
    frame.with(message, "subject", subject)
}

fn range(frame: &Frame, min: u64, max: u64) -> String {
    if min == max { frame.number(min) } else { format!("{}–{}", frame.number(min), frame.number(max)) }
}

/// The hubs at the last step, the newest first.
fn hub_rows(frame: &Frame, world: &World) -> Vec<Hub> {
    let since = |changes: &Changes<HubState>, at_least: HubState| {
        // What was lost in between counts from when it came back.
        let lost = changes.iter().rposition(|(_, state)| *state < at_least).map_or(0, |at| at + 1);
        changes.get(lost).and_then(|(step, _)| world.days.get(*step)).map(|day| (*day, month(day)))
    };
    let into = |hub: &Country| {
        let alive = |events: &Changes<usize>| events.last().is_some_and(|(_, count)| *count > 0);
        world.course.routes.iter().filter(|((_, to), events)| to == hub && alive(events)).count()
    };
    let mut rows: Vec<(Date, Hub)> = world
        .course
        .hubs
        .iter()
        .filter_map(|(country, changes)| {
            let (day, known) = since(changes, HubState::Reported)?;
            let confirmed = since(changes, HubState::Confirmed).map(|(_, month)| month);
            let name = frame.country(country);
            Some((day, Hub { name, since: known, confirmed, origins: into(country) }))
        })
        .collect();
    rows.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    rows.into_iter().map(|(_, hub)| hub).collect()
}

/// The routes with most events.
fn route_rows(frame: &Frame, overview: &Overview) -> Vec<Route> {
    let mut routes = overview.now.routes.clone();
    routes.sort_by_key(|(from, to, events)| (std::cmp::Reverse(*events), *to, *from));
    let row = |(from, to, events): &(Country, Country, usize)| Route {
        from: frame.country(from),
        to: frame.country(to),
        events: frame.number(*events as u64),
    };
    routes.iter().take(ROUTES_MAX).map(row).collect()
}

/// The ends of quarters and the last step, the last first.
fn quarters(frame: &Frame, world: &World) -> Vec<Quarter> {
    let last = world.course.outlines.len().saturating_sub(1);
    let shown = world.course.outlines.iter().enumerate().rev();
    shown
        .filter(|(step, outline)| *step == last || outline.as_of.month() % 3 == 0)
        .map(|(_, outline)| Quarter {
            month: month(&outline.as_of),
            hubs: outline.hubs.len(),
            confirmed: outline.hubs_confirmed.len(),
            origins: outline.origins.len(),
            people: range(frame, outline.people.min, outline.people.max),
        })
        .collect()
}

/// The curves of countries, and those of people.
fn charts(frame: &Frame, world: &World) -> (String, String) {
    let years: Vec<(usize, i16)> = world
        .days
        .iter()
        .enumerate()
        .filter(|(_, day)| day.month() == 1)
        .map(|(step, day)| (step, day.year()))
        .collect();
    let of = |class: &'static str, value: &dyn Fn(usize) -> (f64, f64)| Series {
        class,
        values: (0..world.course.outlines.len()).map(value).collect(),
    };
    let outlines = &world.course.outlines;
    let same = |count: usize| (count as f64, count as f64);
    let countries = [
        of("s1", &|step| same(outlines[step].origins.len())),
        of("s2", &|step| same(outlines[step].hubs.len())),
        of("s3", &|step| same(outlines[step].hubs_confirmed.len())),
    ];
    let people = [of("s1", &|step| (outlines[step].people.min as f64, outlines[step].people.max as f64))];
    let number = |value: u64| frame.number(value);
    (chart::curves(&countries, &years, number), chart::curves(&people, &years, number))
}
