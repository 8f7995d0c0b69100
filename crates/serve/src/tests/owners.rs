//! What belongs to an organisation, as people of different ones ask pages and API for it.

use axum::http::Method;
use forewarn_app::collect::{Defaults, RowOptions, Source};
use forewarn_app::model::rights::Role;
use forewarn_app::model::{Grading, Marking, Pap, ReportKind, Tlp, User};
use forewarn_app::report::{ingest, process};
use forewarn_app::{AppError, Silent};

use super::matrix::{House, house, now};
use super::*;

const WORD: &str = "orangutan";

/// Brings in one restricted report from the source `bureau feed`.
fn take_in(house: &House) {
    let line = format!("{{\"text\": \"Typist wanted in Poipet, no experience. {WORD}\"}}\n");
    let request = ingest::Request {
        name: "bureau feed",
        bytes_total: None,
        options: RowOptions::default(),
        defaults: Defaults {
            source: "bureau feed".to_owned(),
            kind: ReportKind::JobAd,
            marking: Marking { tlp: Tlp::Red, pap: Pap::Green },
            grading: Grading::UNKNOWN,
            received_at: now(),
        },
        batch_count_max: 10,
        problems_kept_max: 10,
    };
    let taken = house.pool.pool.with(|workspace| -> Result<_, AppError> {
        let input = Source::memory(line.clone().into_bytes());
        ingest::run(workspace, &house.context, input, &request, &Silent, &mut |_| ())?;
        desk(Limits::default())
            .with_engine(|engine| process::run(workspace, &house.context, engine, &Silent))
            .map(|outcome| outcome.read)
    });
    assert_eq!(taken.unwrap(), 1);
}

fn person(name: &str, roles: &[Role], organisation: &str, cleared_for: &[&str]) -> User {
    User {
        name: name.parse().unwrap(),
        shown: name.to_owned(),
        organisation: organisation.to_owned(),
        roles: roles.to_vec(),
        clearance: Tlp::Red,
        organisations: cleared_for.iter().map(|&name| name.to_owned()).collect(),
        locale: None,
        active: true,
        created: now(),
    }
}

fn asked(house: &House, method: Method, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "desk.example")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = house.site.clone().router().oneshot(request.body(Body::from(body)).unwrap());
        let (parts, body) = response.await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    })
}

/// Whether somebody is shown the report: in the list, in the API, and by itself.
#[track_caller]
fn check(house: &House, cookie: &str, expected: bool) {
    let get = |path: &str| asked(house, Method::GET, path, cookie, &[]);
    let id = "/api/v1/reports";
    let found = get(id);
    assert_eq!(found.status, 200, "{}", found.body);
    assert_eq!(found.body.contains(WORD), expected, "{}", found.body);
    assert_eq!(get("/reports").body.contains("/reports/rpt-"), expected);
    let searched = get(&format!("/reports?q={WORD}"));
    assert_eq!(searched.body.contains("/reports/rpt-"), expected);
    let exported = get("/reports/export?format=csv");
    assert_eq!(exported.body.contains(WORD), expected, "{} {}", exported.status, exported.body);
}

#[test]
fn people_see_what_belongs_to_their_organisation() {
    let house = house();
    take_in(&house);
    let look = [Role::Analyst];
    let runs = [Role::Administrator, Role::Reader];
    let (a, b) = ("Bureau A", "Bureau B");
    let of_a = house.enter_as(&person("insider", &look, " bureau  a", &[]));
    let of_b = house.enter_as(&person("outsider", &look, b, &[]));
    let chief = house.enter_as(&person("chief", &runs, "", &["*"]));
    let deputy = house.enter_as(&person("deputy", &runs, b, &[]));
    for cookie in [&of_a, &of_b] {
        check(&house, cookie, true);
    }

    let give = [("source", "bureau feed"), ("organisation", a)];
    let given = asked(&house, Method::POST, "/sources/owners", &chief, &give);
    assert_eq!(
        (given.status, given.headers[header::LOCATION].to_str().unwrap()),
        (303, "/sources/owners?done=source-owned")
    );
    check(&house, &of_a, true);
    check(&house, &of_b, false);
    let list = asked(&house, Method::GET, "/reports", &of_a, &[]).body;
    let path = list.split('"').find(|part| part.starts_with("/reports/rpt-")).unwrap().to_owned();
    let shown = asked(&house, Method::GET, &path, &of_a, &[]);
    assert!(shown.body.contains("stays with") && shown.body.contains(a), "{}", shown.body);
    assert_eq!(asked(&house, Method::GET, &path, &of_b, &[]).status, 404);

    // Who is not cleared for it can neither take it away nor clear others for it.
    let taken = asked(&house, Method::POST, "/sources/owners", &deputy, &[("source", "bureau feed")]);
    assert_eq!(taken.status, 422);
    assert!(taken.body.contains("not cleared for"), "{}", taken.body);
    let form = [
        ("shown", "Out"),
        ("organisation", b),
        ("role", "analyst"),
        ("clearance", "RED"),
        ("active", "1"),
        ("cleared-for", "NGO C\r\nBureau A"),
    ];
    assert_eq!(asked(&house, Method::POST, "/users/outsider", &deputy, &form).status, 422);
    check(&house, &of_b, false);
    assert_eq!(asked(&house, Method::POST, "/users/outsider", &chief, &form).status, 303);
    check(&house, &of_b, true);
    let user = asked(&house, Method::GET, "/users/outsider", &chief, &[]).body;
    assert!(user.contains("NGO C\nBureau A"), "{user}");
    let owners = asked(&house, Method::GET, "/sources/owners?source=bureau+feed", &chief, &[]).body;
    assert!(owners.contains("value=\"Bureau A\""), "{owners}");
}
