//! What holds for any incidents: no look ahead, no dependence on order, alarms that carry their evidence; and
//! surges and displacements, on incidents made for them.

#![allow(clippy::unwrap_used, reason = "a test ends where its data is wrong")]

mod common;

use forewarn_model::date::add_days;
use forewarn_model::{Alarm, AlarmKind, CountryNames, Date, Incident, Language};
use forewarn_watch::{Config, as_of, replay, sentence};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Sounds on nearly everything, so that properties see many alarms.
fn eager() -> Config {
    Config { recurrence_days: 5.0, surge_quiet_days: 20, scan_replicates: 19, ..Config::default() }
}

/// Incidents for properties: few countries, events and publishers, so that much coincides.
fn incidents() -> impl Strategy<Value = Vec<Incident>> {
    let row = (0..400_i32, 0..300_i32, 0..8_usize, 0..6_usize, 0..4_usize, 0..20_u32, 0..5_u32, 0..60_i32);
    proptest::collection::vec(row, 1..60).prop_map(|rows| {
        let header = "event_id,date,date_basis,known_from,kind,hub_country_iso2,place,origin_country_iso2,count,\
                      coercion_stated,variant,person_role,source_url,publisher,summary,retracted_on\n";
        let mut text = header.to_owned();
        for (known, late, hub, origin, kind, event, publisher, retracted) in rows {
            let known_on = add_days(day("2022-01-01"), known);
            let happened = add_days(known_on, -late.min(late * (kind as i32 % 2)));
            let retracted =
                if retracted < 8 { add_days(known_on, retracted * 20).to_string() } else { String::new() };
            let hub = ["KH", "LA", "MM", "TH", "AE", "OM", "PE", ""][hub];
            let origin = ["CN", "TW", "KE", "IN", "MY", ""][origin];
            let kind = ["raid", "victims_reported", "advisory", "statistic"][kind];
            text += &format!(
                "e{event},{happened},event,{known_on},{kind},{hub},Town {event},{origin},{event},y,scam_centre,\
                 victim,https://p{publisher}.example/,p{publisher},Told by {publisher},{retracted}\n"
            );
        }
        common::read(&text)
    })
}

fn without_scores(mut alarms: Vec<Alarm>) -> Vec<Alarm> {
    alarms.iter_mut().for_each(|alarm| alarm.score = 0.0);
    alarms.sort_by(|a, b| a.raised_on.cmp(&b.raised_on).then(a.id.cmp(&b.id)));
    alarms
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn as_of_gives_the_alarms_of_the_replay_until_then(all in incidents(), after in 0..500_i32) {
        let on = add_days(day("2021-12-25"), after);
        let until = replay(&all, &eager(), on);
        prop_assert_eq!(without_scores(as_of(&all, &eager(), on)), without_scores(until.clone()));
        let whole: Vec<Alarm> =
            replay(&all, &eager(), day("2024-12-31")).into_iter().filter(|a| a.raised_on <= on).collect();
        prop_assert_eq!(until, whole, "what sounded by a day does not depend on where the walk ends");
    }

    #[test]
    fn nothing_known_later_matters(all in incidents(), after in 0..500_i32) {
        let on = add_days(day("2021-12-25"), after);
        let mut known: Vec<Incident> = all.iter().filter(|i| i.known_from.latest() <= on).cloned().collect();
        for incident in &mut known {
            incident.retracted_on = incident.retracted_on.filter(|retracted| *retracted <= on);
        }
        prop_assert_eq!(replay(&all, &eager(), on), replay(&known, &eager(), on));
        prop_assert_eq!(as_of(&all, &eager(), on), as_of(&known, &eager(), on));
    }

    #[test]
    fn the_order_of_rows_and_repeated_rows_do_not_matter(all in incidents(), turn in 0..60_usize) {
        let mut turned = all.clone();
        turned.rotate_left(turn % all.len());
        turned.reverse();
        turned.extend(all.iter().take(5).cloned());
        let until = day("2024-12-31");
        prop_assert_eq!(replay(&all, &eager(), until), replay(&turned, &eager(), until));
    }

    #[test]
    fn every_alarm_carries_what_it_rests_on(all in incidents()) {
        let alarms = replay(&all, &eager(), day("2024-12-31"));
        let mut ids = std::collections::BTreeSet::new();
        for alarm in alarms {
            let behind: Vec<&Incident> = all.iter().filter(|i| alarm.incidents.contains(&i.id)).collect();
            prop_assert!(behind.iter().all(|i| i.known_from.latest() <= alarm.raised_on));
            prop_assert!(behind.iter().any(|i| i.known_from.latest() == alarm.first_incident_on));
            prop_assert!(behind.iter().any(|i| i.known_from.latest() == alarm.raised_on));
            prop_assert!(behind.iter().all(|i| alarm.events.contains(&i.event)));
            prop_assert!(alarm.sources >= 1 && alarm.recurrence_interval_days >= 5.0);
            prop_assert!(alarm.score.is_finite() && alarm.score > 0.0);
            prop_assert!(ids.insert(alarm.id), "an id stands for one alarm");
            let text = sentence(&alarm, &all, &CountryNames::default(), Language::ENGLISH);
            prop_assert!(text.ends_with('.') && text.contains("independent source"), "{}", text);
        }
    }
}

/// A history of monthly events in Cambodia and elsewhere, then what `then` adds, as day, kind, hub.
fn history(then: &[(&str, &str, &str)]) -> Vec<Incident> {
    let header = "event_id,date,date_basis,known_from,kind,hub_country_iso2,origin_country_iso2,coercion_stated,\
                  variant,person_role,source_url,publisher,summary\n";
    let mut text = header.to_owned();
    let mut row = |n: usize, on: &str, kind: &str, hub: &str| {
        text += &format!(
            "e{n},{on},event,{on},{kind},{hub},CN,y,scam_centre,victim,https://p{n}.example/,p{n},Told {n}\n"
        );
    };
    let mut n = 0;
    for month in 0..18 {
        let on = add_days(day("2022-01-05"), month * 30).to_string();
        for hub in ["KH", "PH", "AE", "PE"] {
            n += 1;
            row(n, &on, "victims_reported", hub);
        }
    }
    for (on, kind, hub) in then {
        n += 1;
        row(n, on, kind, hub);
    }
    common::read(&text)
}

#[track_caller]
fn check(then: &[(&str, &str, &str)], kind: AlarmKind, expected: &[&str]) {
    let alarms = replay(&history(then), &Config::default(), day("2024-12-31"));
    let got: Vec<String> =
        alarms.iter().filter(|a| a.kind == kind).map(|a| format!("{} {}", a.raised_on, a.subject)).collect();
    let all: Vec<String> =
        alarms.iter().map(|a| format!("{} {} {}", a.raised_on, a.kind.as_str(), a.subject)).collect();
    assert_eq!(got, expected, "{all:#?}");
}

#[test]
fn a_surge_of_one_hub_sounds_and_growth_of_all_does_not() {
    let surge: Vec<(&str, &str, &str)> =
        ["2023-08-01", "2023-08-03", "2023-08-05", "2023-08-08", "2023-08-09", "2023-08-11", "2023-08-12"]
            .map(|on| (on, "victims_reported", "KH"))
            .to_vec();
    check(&surge, AlarmKind::Acceleration, &["2023-08-12 CN>KH", "2023-08-12 KH"]);
    let growth: Vec<(&str, &str, &str)> = surge
        .iter()
        .flat_map(|(on, kind, _)| ["KH", "PH", "AE", "PE"].map(|hub| (*on, *kind, hub)))
        .collect();
    check(&growth, AlarmKind::Acceleration, &[]);
}

#[test]
fn growth_next_to_a_crackdown_is_a_displacement() {
    let raids = ["2023-07-01", "2023-07-04", "2023-07-09", "2023-07-12"].map(|on| (on, "raid", "KH"));
    let next_door = [raids.as_slice(), &[("2023-08-01", "victims_rescued", "LA")]].concat();
    check(&next_door, AlarmKind::Displacement, &["2023-08-01 KH>LA"]);
    let far_away = [raids.as_slice(), &[("2023-08-01", "victims_rescued", "OM")]].concat();
    check(&far_away, AlarmKind::Displacement, &[]);
}
