//! Who saw what stands in the audit log: every page and every list that shows what the house keeps, and every export.

use std::collections::BTreeSet;

use forewarn_app::member;
use forewarn_app::model::MemberKind;
use forewarn_app::model::member::Member;

use super::*;

/// Pages and what is noted of a look at them. `{alarm}` and the like stand for one that is there.
const PAGES: &[(&str, &str, &str)] = &[
    ("/", "/", "situation.view"),
    ("/situation/world", "/situation/world", "situation.view"),
    ("/situation/map.svg", "/situation/map.svg", "situation.view"),
    ("/alarms", "/alarms", "alarm.list"),
    ("/alarms/{id}", "/alarms/{alarm}", "alarm.view"),
    ("/reports", "/reports?q=typist", "report.search"),
    ("/reports/export", "/reports/export?format=csv", "report.export"),
    ("/reports/{id}", "/reports/{report}", "report.view"),
    ("/campaigns", "/campaigns", "campaign.list"),
    ("/campaigns/{id}", "/campaigns/{campaign}", "campaign.view"),
    ("/network", "/network?q=%40hr_vest_test", "network.view"),
    ("/network.json", "/network.json?q=%40hr_vest_test", "network.view"),
    ("/network/node", "/network/node?key=handle:telegram:hr_vest_test", "network.view"),
    ("/network/tie", "/network/tie?a=handle:telegram:hr_vest_test&b={report}", "network.evidence"),
    ("/network/way", "/network/way?way_from=%40hr_vest_test&way_to={report}", "network.path"),
    ("/network/way.json", "/network/way.json?way_from=%40hr_vest_test&way_to={report}", "network.path"),
    ("/network/export", "/network/export?q=%40hr_vest_test&format=csv", "network.export"),
    ("/incidents", "/incidents", "incident.search"),
    ("/incidents/candidates", "/incidents/candidates", "claim.list"),
    ("/incidents/{id}", "/incidents/{incident}", "incident.view"),
    ("/notices", "/notices", "notice.list"),
    ("/notices/{id}", "/notices/{notice}", "notice.view"),
    ("/notices/{id}/file/{file}", "/notices/{notice}/file/notice.txt", "notice.export"),
    ("/notices/{id}/distribution", "/notices/{notice}/distribution", "notice.deliveries"),
    ("/notices/{id}/extract", "/notices/{notice}/extract", "notice.view"),
    ("/received", "/received?member=ke-bureau", "notice.received"),
    ("/exchange", "/exchange", "share.view"),
    ("/sources", "/sources", "source.list"),
    ("/sources/owners", "/sources/owners", "source.owners"),
    ("/members", "/members", "member.list"),
    ("/members/{id}", "/members/ke-bureau", "member.view"),
    ("/users", "/users", "user.list"),
    ("/users/{name}", "/users/ana", "user.view"),
    ("/audit", "/audit", "audit.search"),
];

/// What shows nothing that the house keeps: forms, one's own account, what is public, what lets people in.
const OTHERS: &[&str] = &[
    "/account",
    "/check",
    "/healthz",
    "/readyz",
    "/favicon.ico",
    "/assets/{name}",
    "/incidents/import",
    "/incidents/new",
    "/join/{token}",
    "/live",
    "/members/new",
    "/metrics",
    "/notices/new",
    "/notices/verify",
    "/public",
    "/public/feed.atom",
    "/public/{id}",
    "/rules",
    "/sign-in",
    "/sign-in/callback",
    "/sign-in/provider",
    "/users/new",
    "/api/v1/openapi.json",
    // Noted at the issue of the notice that was opened, by its receipt: there is none to open here.
    "/received/{id}",
];

/// Operations and what is noted of them, for those that a page does not show in the same way.
const OPERATIONS: &[(&str, &str)] = &[
    ("/situation", "situation.view"),
    ("/situation/world", "situation.view"),
    ("/alarms?limit=1", "alarm.list"),
    ("/alarms/{alarm}", "alarm.view"),
    ("/reports", "report.search"),
    ("/reports/{report}", "report.view"),
    ("/reports/export", "report.export"),
    ("/campaigns", "campaign.list"),
    ("/campaigns/{campaign}", "campaign.view"),
    ("/network?centre=%40hr_vest_test", "network.view"),
    ("/network/path?from=%40hr_vest_test&to={report}", "network.path"),
    ("/network/marks", "network.marks"),
    ("/network/views", "network.views"),
    ("/incidents", "incident.search"),
    ("/incidents/{incident}", "incident.view"),
    ("/incidents/claims", "claim.list"),
    ("/notices", "notice.list"),
    ("/notices/{notice}", "notice.view"),
    ("/notices/{notice}/candidates", "notice.view"),
    ("/notices/{notice}/findings", "notice.view"),
    ("/notices/{notice}/files/notice.html", "notice.export"),
    ("/notices/{notice}/deliveries", "notice.deliveries"),
    ("/received?member=ke-bureau", "notice.received"),
    ("/members", "member.list"),
    ("/members/ke-bureau", "member.view"),
    ("/users", "user.list"),
    ("/users/ana", "user.view"),
    ("/audit", "audit.search"),
    ("/sources", "source.list"),
    ("/sources/owners", "source.owners"),
    ("/exchange/partners", "share.view"),
    ("/exchange/held", "share.held.list"),
    ("/exchange/matches", "match.list"),
    ("/exchange/hits", "match.hits"),
    ("/misp/manifest.json", "misp.export"),
];

#[test]
fn every_look_stands_in_the_audit_log() {
    let house = House::new(Access::Local, Rights::all(), 100_000);
    let text =
        "Typist wanted in Poipet, Cambodia, ticket paid, passport kept, write to @hr_vest_test on Telegram";
    let lines: String = (0..3)
        .map(|number| format!("{{\"id\":\"{number}\",\"text\":\"{text} today {number}\"}}\n"))
        .collect();
    house.send("POST", "/reports?marking=green", &[("content-type", "application/x-ndjson")], &lines);
    house.token("ana", &[Role::Analyst], "");
    house.with(|workspace, context| {
        let engine = forewarn_app::Engine::builtin()?;
        let limits = forewarn_app::campaign::update::Limits::default();
        forewarn_app::campaign::update::run(workspace, context, &engine, &limits, &Silent)?;
        let member = Member {
            id: "ke-bureau".into(),
            name: "Bureau Nairobi".into(),
            kind: MemberKind::Bureau,
            country: None,
            clearance: Tlp::Green,
            channels: Vec::new(),
            active: true,
        };
        member::put(workspace, context, &member)
    });
    let first = |path: &str| house.get(path).json()["items"][0]["id"].as_str().unwrap().to_owned();
    let (alarm, report) = (first("/alarms?state=open"), first("/reports"));
    let (campaign, incident) = (first("/campaigns"), first("/incidents"));
    let draft = json!({ "alarm": alarm, "issuer": "Example", "number": "EX-1", "tlp": "green" });
    let notice = house.post("/notices", &draft).json()["id"].as_str().unwrap().to_owned();
    let filled = |path: &str| {
        let names =
            [("alarm", &alarm), ("report", &report), ("campaign", &campaign), ("incident", &incident)];
        let names = names.into_iter().chain([("notice", &notice)]);
        names.fold(path.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id))
    };
    let mut lacking = Vec::new();
    house.noted();
    let pages = PAGES.iter().map(|(_, path, action)| (filled(path), *action));
    let operations = OPERATIONS.iter().map(|(path, action)| (format!("/api/v1{}", filled(path)), *action));
    for (path, action) in pages.chain(operations) {
        let told = house.ask(Request::get(&path).header("host", "localhost:1").body(Body::empty()).unwrap());
        let noted = house.noted();
        if told.status != 200 || !noted.contains(action) {
            lacking.push(format!("{path}: {} noted {noted:?}, not {action}", told.status));
        }
    }
    for (path, action) in [("/network/drawing", "network.view"), ("/network/export", "network.export")] {
        let format = (path == "/network/export").then_some("gexf");
        let told = house.post(path, &json!({ "centre": ["@hr_vest_test"], "format": format }));
        let noted = house.noted();
        if told.status != 200 || !noted.contains(action) {
            lacking.push(format!("{path}: {} noted {noted:?}, not {action}", told.status));
        }
    }
    assert!(lacking.is_empty(), "{lacking:#?}");
    let named: BTreeSet<&str> =
        PAGES.iter().map(|(route, ..)| *route).chain(OTHERS.iter().copied()).collect();
    let routes = crate::tests::matrix::routes();
    let forgotten: Vec<&String> = routes
        .iter()
        .filter(|(path, methods)| {
            methods.contains(&axum::http::Method::GET) && !named.contains(path.as_str())
        })
        .map(|(path, _)| path)
        .collect();
    assert!(forgotten.is_empty(), "pages that this test does not look at: {forgotten:?}");
}
