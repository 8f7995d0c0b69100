//! The situation in one answer.

use forewarn_app::model::Language;
use forewarn_app::model::date::day_of;
use forewarn_app::share::json::{alarms, incidents};
use forewarn_app::situation::overview::{self, Limits};
use forewarn_app::situation::world;
use forewarn_app::watch::course::{Changes, HubState};
use forewarn_app::watch::sentence;
use serde_json::{Value, json};

use super::ask::{Kind, query};
use super::{Answer, Endpoint, GET, Gives, Inside, Run};
use crate::shell::PageError;

pub(super) const ENDPOINTS: &[Endpoint] = &[
    WORLD,
    Endpoint {
        method: "GET",
        path: "/situation",
        name: "getSituation",
        told: "What is known at the end of a day, and what changed in the week before it",
        right: "look",
        params: &[query("as_of", Kind::Day, "The day; today if none")],
        gives: Gives::One,
        run: Run::Read(situation),
    },
];

const WORLD: Endpoint = Endpoint {
    path: "/situation/world",
    name: "getWorld",
    told: "What the map plays: month by month since the first incident, which hubs, origins, routes and places \
           were known",
    params: &[query("as_of", Kind::Day, "The day; today if none")],
    run: Run::Read(world),
    ..GET
};

fn world(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let day = ask.as_of(context.now)?.unwrap_or(day_of(context.now));
    let parts = shell.desk.parts();
    let caches = (&shell.alarms, &shell.worlds);
    let world = world::run(workspace, context, caches, parts.engine.gazetteer(), day)?;
    // What holds from a step on, by the day of that step.
    let day = |step: &usize| world.days.get(*step).map(ToString::to_string);
    let state = |state: &HubState| match state {
        HubState::Unknown => "unknown",
        HubState::Reported => "reported",
        HubState::Confirmed => "confirmed",
    };
    let known = |changes: &Changes<bool>| -> Vec<Value> {
        changes.iter().map(|(step, known)| json!({ "from": day(step), "known": known })).collect()
    };
    let course = &world.course;
    let hubs = course.hubs.iter().map(|(country, changes)| {
        let states = changes.iter().map(|(step, now)| json!({ "from": day(step), "state": state(now) }));
        json!({ "country": country.to_string(), "changes": states.collect::<Vec<_>>() })
    });
    let origins = course
        .origins
        .iter()
        .map(|(country, changes)| json!({ "country": country.to_string(), "changes": known(changes) }));
    let routes = course.routes.iter().map(|((from, to), changes)| {
        let counts = changes.iter().map(|(step, events)| json!({ "from": day(step), "events": events }));
        json!({
            "origin": from.to_string(), "hub": to.to_string(), "changes": counts.collect::<Vec<_>>(),
        })
    });
    let places = world.places.iter().map(|place| {
        json!({
            "name": place.name, "country": place.country.to_string(), "latitude": place.position.0,
            "longitude": place.position.1, "changes": known(&place.known),
        })
    });
    Ok(Answer::one(&json!({
        "days": world.days.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "hubs": hubs.collect::<Vec<_>>(),
        "origins": origins.collect::<Vec<_>>(),
        "routes": routes.collect::<Vec<_>>(),
        "places": places.collect::<Vec<_>>(),
    })))
}

fn situation(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, shell, ask, .. } = inside;
    let as_of = ask.as_of(context.now)?;
    let parts = shell.desk.parts();
    let caches = (&shell.alarms, &shell.worlds);
    let told = overview::run(workspace, context, caches, parts.engine.gazetteer(), as_of, Limits::default())?;
    let names = parts.engine.country_names();
    let open: Vec<_> = told
        .open
        .iter()
        .map(|row| {
            let said = sentence(&row.alarm, told.known.all(), names, Language::ENGLISH);
            (row.alarm.clone(), said)
        })
        .collect();
    let codes = |countries: &[forewarn_app::model::Country]| -> Vec<String> {
        countries.iter().map(ToString::to_string).collect()
    };
    let week = &told.week;
    let news: Vec<_> = week
        .events
        .iter()
        .map(|news| {
            let last = incidents(std::slice::from_ref(&news.incident))[0].take();
            json!({ "last": last, "incidents_count": news.incidents_count })
        })
        .collect();
    Ok(Answer::one(&json!({
        "as_of": told.as_of.to_string(),
        "last_known": told.last_known.map(|day| day.to_string()),
        "reports": told.reports_count,
        "open_alarms": told.open_count,
        "open": alarms(&open, told.known.all()),
        "week": {
            "since": week.since.to_string(),
            "hubs": codes(&week.hubs),
            "hubs_confirmed": codes(&week.hubs_confirmed),
            "origins": codes(&week.origins),
            "alarms": week.alarms.iter().map(|alarm| alarm.id.to_string()).collect::<Vec<_>>(),
            "events": news,
            "events_count": week.events_count,
            "alarms_count": week.alarms_count,
            "notices": week.notices.iter().map(|notice| notice.number.clone()).collect::<Vec<_>>(),
        },
    })))
}
