//! The situation page on the bundled timeline, asked as a browser asks it.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::{Arc, LazyLock};

use axum::body::Body;
use axum::http::{HeaderMap, Request, header};
use forewarn_app::collect::Limits;
use forewarn_app::incident::import;
use forewarn_app::model::Clearance;
use forewarn_app::model::rights::Rights;
use forewarn_app::{Context, Engine, Pool, Silent, Workspace, pool};
use forewarn_serve::{Access, Desk, Options, Shell, Site};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

const TIMELINE: &[u8] = include_bytes!("../../../incidents/timeline.csv");

fn context() -> Context {
    Context {
        now: "2023-06-10T12:00:00Z".parse().unwrap(),
        actor: "owner".into(),
        clearance: Clearance::ALL,
        rights: Rights::all(),
        random: |_| Ok(()),
        passphrase: Arc::new(|_| Err("none".into())),
    }
}

/// A desk over a data folder, with the timeline or empty.
fn site(with_timeline: bool) -> (tempfile::TempDir, Site) {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = Workspace::open(folder.path()).unwrap();
    if with_timeline {
        import::run(&mut workspace, &context(), TIMELINE, "timeline", &Limits::default(), &Silent).unwrap();
    }
    drop(workspace);
    let options = Options {
        access: Access::Local,
        tls: false,
        behind_proxy: false,
        strangers: Default::default(),
        provider: None,
        courier: None,
        context: context(),
        clock: || "2023-06-10T12:00:00Z".parse().unwrap_or_default(),
        readers_count_max: 4,
        body_bytes_max: 100_000,
        answer_ms_max: 60_000,
        api_minute_count_max: 100_000,
    };
    let engine = || Engine::builtin().map_err(|error| error.to_string());
    let desk = Desk::new(Box::new(engine), forewarn_serve::Limits::default()).unwrap();
    let pool = Pool::open(folder.path(), pool::Limits::default()).unwrap();
    (folder, Site::new(Arc::new(Shell::new(pool, Arc::new(desk), options).unwrap())))
}

/// Loading an engine takes seconds in a debug build: the tests share one desk.
static TOLD: LazyLock<(tempfile::TempDir, Site)> = LazyLock::new(|| site(true));

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: String,
}

fn ask(site: &Site, path: &str, language: &str) -> Answer {
    let request = Request::builder()
        .uri(path)
        .header(header::HOST, "localhost:1")
        .header(header::ACCEPT, "text/html,*/*")
        .header(header::ACCEPT_LANGUAGE, language)
        .body(Body::empty())
        .unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = site.clone().router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8(body.to_vec()).unwrap(),
        }
    })
}

#[track_caller]
fn check(path: &str, language: &str, status: u16, parts: &[&str]) -> Answer {
    let answer = ask(&TOLD.1, path, language);
    assert_eq!(answer.status, status, "{path}: {}", answer.body);
    for part in parts {
        assert!(answer.body.contains(part), "{path} lacks {part}: {}", answer.body);
    }
    answer
}

#[test]
fn tells_what_was_known_on_a_day() {
    check("/", "en", 200, &["As known on 10 June 2023", "data-map=", "hub countries", "<noscript><img"]);
    check("/?as_of=2022-03", "en", 200, &["As known on 31 March 2022", "Back to today"]);
    check("/?as_of=2022-03-05", "ar", 200, &["dir=\"rtl\"", "ما تغيّر"]);
    let early = check("/?as_of=2020-06-30", "en", 200, &["Cambodia"]);
    assert!(!early.body.contains("Myanmar"), "{}", early.body);
}

#[test]
fn refuses_days_that_do_not_exist_and_shows_days_without_news() {
    // What is wrong is told on the page itself, in its language.
    let wrong = ["“yesterday” is no day. Write it as 2024-12-31.", "As known on 10 June 2023", "data-map="];
    check("/?as_of=yesterday", "en", 400, &wrong);
    check("/?as_of=2023-02-30", "fr", 400, &["« 2023-02-30 » n’est pas un jour", "data-map="]);
    check("/situation/world?as_of=%00", "en", 400, &[]);
    check("/?as_of=", "en", 200, &["As known on 10 June 2023"]);
    check("/?as_of=1990-01-01", "en", 200, &["Nothing is known yet"]);
    check("/situation/world?as_of=1990-01-01", "en", 200, &["\"months\":[\"1990-01\"]"]);
    check("/?as_of=2031-01-01", "en", 200, &["As known on 10 June 2023"]);
}

#[test]
fn a_day_of_the_past_does_not_tell_how_many_reports_there_are_now() {
    check("/", "en", 200, &["reports taken in"]);
    check("/?as_of=2023-06-10", "en", 200, &["reports taken in"]);
    let past = check("/?as_of=2022-09-01", "en", 200, &["hub countries"]);
    assert!(!past.body.contains("taken in"), "{}", past.body);
}

#[test]
fn open_alarms_stand_beside_the_map_where_there_is_no_news() {
    let places = |path: &str| {
        let body = check(path, "en", 200, &["id=\"open-alarms\""]).body;
        assert_eq!(body.matches("id=\"open-alarms\"").count(), 1, "{path}");
        (
            body.find("id=\"open-alarms\"").unwrap() < body.find("data-map=").unwrap(),
            body.contains("Nothing new"),
        )
    };
    assert_eq!(places("/?as_of=2020-12-01"), (true, true));
    assert_eq!(places("/?as_of=2022-08-20"), (false, false));
}

#[test]
fn the_map_has_every_month_and_no_future() {
    let answer = check("/situation/world?as_of=2023-06-07", "fr", 200, &["Cambodge"]);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    let months = told["months"].as_array().unwrap();
    assert_eq!((months[0].as_str(), months.last().unwrap().as_str()), (Some("2018-01"), Some("2023-06")));
    for list in ["hubs", "origins", "routes", "places"] {
        let rows = told[list].as_array().unwrap();
        assert!(!rows.is_empty(), "{list}");
        for row in rows {
            let steps = row.get("states").or_else(|| row.get("events")).unwrap().as_array().unwrap();
            assert!(steps.iter().all(|step| step[0].as_u64().unwrap() < months.len() as u64), "{row}");
            for country in ["country", "origin", "hub"].iter().filter_map(|name| row[*name].as_str()) {
                assert!(told["names"][country].is_string(), "{row}");
            }
        }
    }
    let picture = check("/situation/map.svg?as_of=2023-06-07", "en", 200, &["<svg", "Cambodia"]);
    assert_eq!(picture.headers[header::CONTENT_TYPE], "image/svg+xml");
}

#[test]
fn an_empty_folder_says_what_to_do() {
    let (_folder, site) = site(false);
    let answer = ask(&site, "/", "en");
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("Nothing is known yet") && answer.body.contains("href=\"/incidents\""));
    let told: Value = serde_json::from_str(&ask(&site, "/situation/world", "en").body).unwrap();
    assert_eq!(told["hubs"], serde_json::json!([]));
}
