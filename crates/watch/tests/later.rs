//! What may come after the public timeline: an invented continuation with more reports, hubs that emerge near and
//! far, single claims, look-alikes and late tellings. Nothing in it is a forecast.

#![allow(clippy::unwrap_used, reason = "a test ends where its data is wrong")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::date::add_days;
use forewarn_model::{Alarm, AlarmKind, Date, Incident};
use forewarn_watch::{Config, replay};

const HEADER: &str = "event_id,date,date_basis,known_from,kind,hub_country_iso2,origin_country_iso2,\
                      coercion_stated,variant,person_role,source_url,publisher,summary\n";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Events a month on hubs that are known, from 2025 to the middle of 2026.
const KNOWN: &[(&str, i32, &str)] =
    &[("KH", 8, "CN"), ("MM", 9, "IN"), ("LA", 2, "VN"), ("PH", 3, "CN"), ("AE", 1, "IN"), ("TH", 1, "CN")];

/// Hubs that emerge: what is told when.
const EMERGING: &[(&str, &[(&str, &str)])] = &[
    ("TL", &[("2025-08-25", "raid"), ("2025-09-12", "raid"), ("2025-11-03", "victims_rescued")]),
    ("NG", &[("2025-01-20", "raid"), ("2025-02-14", "victims_rescued"), ("2025-05-30", "raid")]),
    ("GH", &[("2025-04-02", "victims_rescued"), ("2025-05-01", "raid"), ("2025-07-18", "victims_rescued")]),
    ("GE", &[("2025-03-05", "victims_reported"), ("2025-03-28", "raid"), ("2025-10-10", "victims_rescued")]),
    ("MX", &[("2025-06-11", "victims_rescued"), ("2025-08-09", "raid"), ("2026-01-15", "victims_reported")]),
    ("PG", &[("2026-02-01", "victims_rescued"), ("2026-03-04", "raid"), ("2026-04-20", "raid")]),
];

/// Countries that are named once, and never again.
const SINGLE: &[(&str, &str, &str)] = &[
    ("2025-01-30", "hub_report", "BR"),
    ("2025-02-20", "advisory", "QA"),
    ("2025-03-15", "victims_reported", "KE"),
    ("2025-04-22", "hub_report", "UG"),
    ("2025-05-17", "advisory", "FJ"),
    ("2025-06-25", "victims_reported", "RS"),
    ("2025-07-09", "hub_report", "CY"),
    ("2025-08-14", "statistic", "EG"),
    ("2025-10-02", "advisory", "PW"),
    ("2025-11-21", "victims_reported", "CO"),
    ("2026-01-08", "hub_report", "ET"),
    ("2026-03-19", "advisory", "PL"),
];

fn continuation() -> Vec<Incident> {
    let mut text = HEADER.to_owned();
    let mut row =
        |n: usize, happened: Date, known: Date, kind: &str, hub: &str, origin: &str, variant: &str| {
            let coerced = if variant == "scam_centre" { "y" } else { "n" };
            text += &format!(
                "later{n},{happened},event,{known},{kind},{hub},{origin},{coerced},{variant},victim,\
             https://later{n}.example/,later{n},Told {n}\n"
            );
        };
    let mut n = 0;
    for month in 0..18 {
        for (hub, events, origin) in KNOWN {
            for event in 0..*events {
                n += 1;
                let known = add_days(day("2025-01-02"), month * 30 + event * 29 / events);
                let kind = ["raid", "victims_reported", "victims_rescued", "advisory"][n % 4];
                row(n, known, known, kind, hub, origin, "scam_centre");
            }
        }
        // Fraud centres without coercion, each month elsewhere; and what is told years late.
        n += 2;
        let known = add_days(day("2025-01-10"), month * 30);
        let hub = ["UA", "IN", "NG", "TR", "BG", "ES"][month as usize % 6];
        row(n, known, known, "raid", hub, "", "fraud_no_coercion");
        let hub = ["MG", "ZM", "KZ", "DO", "MN", "JO"][month as usize % 6];
        row(n + 1, add_days(known, -1500), known, "victims_rescued", hub, "CN", "scam_centre");
    }
    for (hub, told) in EMERGING {
        for (on, kind) in *told {
            n += 1;
            row(n, day(on), day(on), kind, hub, "CN", "scam_centre");
        }
    }
    for (on, kind, hub) in SINGLE {
        n += 1;
        row(n, day(on), day(on), kind, hub, "IN", "scam_centre");
    }
    common::read(&text)
}

#[test]
fn hears_what_emerges_near_and_is_not_flooded_by_single_claims() {
    let mut incidents = common::timeline();
    incidents.extend(continuation());
    let alarms = replay(&incidents, &Config::default(), day("2026-06-30"));
    let hubs: BTreeMap<String, Date> = alarms
        .iter()
        .filter(|alarm| alarm.kind == AlarmKind::Hub && alarm.raised_on > day("2024-12-31"))
        .map(|alarm| (alarm.subject.to_string(), alarm.raised_on))
        .collect();
    let emerging: BTreeSet<&str> = EMERGING.iter().map(|row| row.0).collect();
    let told: Vec<String> = hubs.iter().map(|(hub, on)| format!("{hub} {on}")).collect();
    insta::assert_snapshot!("later", told.join("\n"));
    // Near a hub, or where fraud centres staffed from abroad were found: by the second report. What emerges far
    // from all, while as much noise is told as here, stays silent at the default: see docs/watch.md.
    for (hub, by) in [("NG", EMERGING[1].1[0].0), ("TL", EMERGING[0].1[1].0)] {
        assert!(hubs.get(hub).is_some_and(|on| *on <= day(by)), "{hub} by {by}: {told:?}");
    }
    let others = hubs.keys().filter(|hub| !emerging.contains(hub.as_str())).count();
    assert!(others <= 3, "{told:?}");
}

/// One ungraded report of one source, on a day after the public timeline ends, in a country near no hub and in one
/// that lies near some: how rare each is estimated to be, and how rare people are told that it is.
fn told_on(known: &str) -> [(f64, f64); 2] {
    ["BR", "NG"].map(|hub| {
        let row = format!("gap,{known},event,{known},raid,{hub},IN,y,scam_centre,victim,,Invented,Told\n");
        let mut incidents = common::timeline();
        incidents.extend(common::read(&format!("{HEADER}{row}")));
        let config = Config { recurrence_days: 1.0, ..Config::default() };
        let alarms = replay(&incidents, &config, day(known));
        let is_it = |alarm: &&Alarm| alarm.kind == AlarmKind::Hub && alarm.subject.to_string() == hub;
        let alarm = alarms.iter().find(is_it).unwrap();
        (alarm.recurrence_interval_days, alarm.rarity().days)
    })
}

#[test]
fn years_without_data_are_no_calm() {
    for ((soon, _), (late, told)) in told_on("2025-01-15").into_iter().zip(told_on("2026-11-20")) {
        assert!(late < 3.0 * soon, "after two weeks: once in {soon} days; after two years: {late}");
        // The record begins in January 2018 and ends in December 2024; of the gap a few weeks count.
        assert!(told <= 7.5 * 365.25, "{told}");
    }
}
