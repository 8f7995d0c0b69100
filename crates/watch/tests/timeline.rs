//! The bundled timeline, walked through as it could have been known: the goals, the story, the hard cases.

#![allow(clippy::unwrap_used, reason = "a test ends where its data is wrong")]

mod common;

use forewarn_model::{Alarm, AlarmKind, CountryNames, Date, Incident, Language, Variant};
use forewarn_watch::{Config, as_of, evaluation, null, replay, sentence, trend};

/// What settings were chosen on ends here; the rest of the timeline is reported apart.
const CHOSEN_UNTIL: &str = "2023-12-31";
const END: &str = "2024-12-31";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn names() -> CountryNames {
    let mut names = CountryNames::default();
    for (code, name) in [
        ("AE", "the United Arab Emirates"),
        ("CN", "China"),
        ("HK", "Hong Kong"),
        ("ID", "Indonesia"),
        ("IN", "India"),
        ("KE", "Kenya"),
        ("KH", "Cambodia"),
        ("LA", "Laos"),
        ("LK", "Sri Lanka"),
        ("MM", "Myanmar"),
        ("MY", "Malaysia"),
        ("PH", "the Philippines"),
        ("SG", "Singapore"),
        ("TH", "Thailand"),
        ("TW", "Taiwan"),
        ("VN", "Viet Nam"),
    ] {
        names.insert(Language::ENGLISH, code.parse().unwrap(), name.to_owned());
    }
    names
}

fn of_kind(alarms: &[Alarm], kind: AlarmKind) -> Vec<String> {
    alarms.iter().filter(|a| a.kind == kind).map(|a| format!("{} {}", a.raised_on, a.subject)).collect()
}

#[test]
fn finds_all_confirmed_hubs_early_with_few_alarms() {
    let incidents = common::timeline();
    for until in [CHOSEN_UNTIL, END] {
        let evaluation = evaluation::evaluate(&incidents, &Config::default(), day(until));
        assert_eq!((evaluation.found, evaluation.confirmed), (6, 6), "{until}");
        assert!(evaluation.alarms <= 10, "{until}: {} alarms", evaluation.alarms);
        assert!(evaluation.median_delay_days.is_some_and(|days| days <= 30.0), "{until}: {evaluation:?}");
        for outcome in evaluation.outcomes.iter().filter(|outcome| outcome.is_confirmed()) {
            assert!(outcome.rank.is_some_and(|rank| rank <= 8), "{until}: {outcome:?}");
        }
    }
}

#[test]
fn a_stricter_setting_never_raises_more_alarms_and_chance_keeps_to_it() {
    let incidents = common::timeline();
    let points = evaluation::curve(&incidents, &Config::default(), day(END), &[90.0, 365.0, 1095.0, 3650.0]);
    assert!(points.windows(2).all(|pair| pair[0].evaluation.alarms >= pair[1].evaluation.alarms));
}

#[test]
fn chance_keeps_to_the_setting_for_every_kind() {
    let incidents = common::timeline();
    let settings = [365.0, 730.0, 1460.0];
    let of_settings = null::rates(&incidents, &Config::default(), day(END), &settings, 1, 3);
    for (days, rates) in settings.iter().zip(of_settings) {
        for rate in rates {
            // Three histories leave an error of about a fifth of a rate near what is allowed.
            let allowed = 1.2 * 365.25 / days;
            assert!(rate.per_year <= allowed, "once in {days} days: {rate:?}");
        }
    }
}

#[test]
fn each_year_is_found_with_what_was_known_before() {
    // Each slice ends a year later; nothing in the settings knows of it.
    let incidents = common::timeline();
    for (until, confirmed) in [("2021-12-31", 1), ("2022-12-31", 5), ("2023-12-31", 6), (END, 6)] {
        let evaluation = evaluation::evaluate(&incidents, &Config::default(), day(until));
        assert_eq!((evaluation.found, evaluation.confirmed), (confirmed, confirmed), "{until}");
        assert!(evaluation.median_delay_days.is_some_and(|days| days <= 30.0), "{until}");
    }
}

#[test]
fn the_simple_rules_do_what_they_are_known_to_do() {
    let incidents = common::timeline();
    let told: Vec<(usize, usize, Option<f64>)> = evaluation::RULES
        .iter()
        .map(|rule| evaluation::baseline(&incidents, rule, day(END)))
        .map(|judged| (judged.alarms, judged.found, judged.median_delay_days))
        .collect();
    assert_eq!(told, [(18, 6, Some(0.0)), (12, 6, Some(178.0)), (10, 6, Some(172.0))]);
}

#[test]
fn tells_the_story_of_the_trend() {
    let incidents = common::timeline();
    let alarms = replay(&incidents, &Config::default(), day(END));
    let told: Vec<String> = alarms
        .iter()
        .filter(|alarm| !matches!(alarm.kind, AlarmKind::Place | AlarmKind::Route | AlarmKind::Origin))
        .map(|alarm| {
            let text = sentence(alarm, &incidents, &names(), Language::ENGLISH);
            format!("{} {} {}\n    {text}", alarm.raised_on, alarm.kind.as_str(), alarm.subject)
        })
        .collect();
    insta::assert_snapshot!("story", told.join("\n"));
    insta::assert_snapshot!("origins", of_kind(&alarms, AlarmKind::Origin).join("\n"));
}

#[test]
fn hard_case_rescue_hoax_of_april_2022() {
    // One source told of a rescue in a country of which nothing was known; weeks later it proved a hoax.
    let hoax = common::read(
        "event_id,date,date_basis,known_from,kind,hub_country_iso2,origin_country_iso2,count,coercion_stated,\
         variant,person_role,source_url,publisher,summary,retracted_on\n\
         hoax,2022-04-09,event,2022-04-09,victims_rescued,FJ,MY,15,y,scam_centre,victim,https://a.example/1,a,\
         Fifteen youths are said to be rescued,2022-04-20\n",
    );
    let incidents = [common::timeline(), hoax].concat();
    let about_fiji = |alarm: &Alarm| alarm.subject.to_string().contains("FJ");
    let alarms = replay(&incidents, &Config::default(), day(END));
    assert!(!alarms.iter().any(about_fiji), "one source is not enough where nothing was to be expected");
    assert_eq!(
        of_kind(&alarms, AlarmKind::Hub),
        of_kind(&replay(&common::timeline(), &Config::default(), day(END)), AlarmKind::Hub)
    );
    // A reader who wants every rumour hears it at once; once withdrawn it weighs nothing.
    let every = Config { recurrence_days: 1.0, ..Config::default() };
    let score = |on: &str| as_of(&incidents, &every, day(on)).into_iter().find(about_fiji).map(|a| a.score);
    assert!(score("2022-04-19").is_some_and(|score| score > 0.0));
    assert_eq!(score("2022-04-20"), Some(0.0));
    assert_eq!(score("2022-04-08"), None);
}

#[test]
fn hard_case_blood_slave_advisory_of_february_2022() {
    // An embassy's advisory on one man, later called false. Cambodia was known as a hub: nothing new sounds.
    let mut incidents = common::timeline();
    let advisory = incidents.iter_mut().find(|i| i.event == "kh-cn-embassy-20220216").unwrap();
    advisory.retracted_on = Some(day("2022-03-01"));
    let alone = [advisory.clone()];
    let alarms = replay(&incidents, &Config::default(), day(END));
    assert!(!alarms.iter().any(|alarm| alarm.raised_on == day("2022-02-16")));
    assert_eq!(replay(&alone, &Config::default(), day(END)), [], "an advisory on one man alone is no hub");
}

#[test]
fn hard_case_oman_raid_told_seven_months_later_by_one_countrys_press() {
    let oman = common::read(
        "event_id,date,date_basis,known_from,kind,hub_country_iso2,origin_country_iso2,count,coercion_stated,\
         variant,person_role,source_url,publisher,summary\n\
         om,2024-02-10,event,2024-09-12,victims_rescued,OM,IN,30,y,scam_centre,victim,https://a.example/1,a,\
         Thirty held at a compound came home in February after a raid says the ministry\n\
         om,2024-02-10,event,2024-09-12,victims_rescued,OM,IN,30,y,scam_centre,victim,https://b.example/2,b,\
         \"Thirty held at a compound came home in February, after a raid, says the ministry\"\n",
    );
    let incidents = [common::timeline(), oman].concat();
    let all = replay(&incidents, &Config::default(), day(END));
    let about: Vec<&Alarm> = all.iter().filter(|alarm| alarm.subject.to_string() == "OM").collect();
    assert!(about.iter().all(|alarm| alarm.raised_on == day("2024-09-12")), "never on the day of the raid");
    assert!(about.iter().all(|alarm| alarm.sources == 1), "a statement that two papers print is one source");
    let before = replay(&common::timeline(), &Config::default(), day("2024-09-11"));
    assert_eq!(replay(&incidents, &Config::default(), day("2024-09-11")), before, "the past does not change");
}

#[test]
fn hard_case_las_pinas_one_raid_many_origins_in_a_day() {
    let incidents = common::timeline();
    let raid = "ph-laspinas-202306";
    let alarms = replay(&incidents, &Config::default(), day(END));
    let that_day: Vec<&Alarm> = alarms.iter().filter(|alarm| alarm.raised_on == day("2023-06-27")).collect();
    let origins: Vec<String> = that_day
        .iter()
        .filter(|alarm| alarm.kind == AlarmKind::Origin)
        .map(|alarm| alarm.subject.to_string())
        .collect();
    assert_eq!(origins, ["CM", "SD", "IR", "NG", "SO", "YE"]);
    for alarm in &that_day {
        assert_ne!(alarm.kind, AlarmKind::Acceleration, "one raid is one event, not a surge: {alarm:?}");
        assert!(alarm.events.iter().any(|event| event == raid), "{alarm:?}");
    }
    let figures = |on| trend::figures(&incidents, Variant::ScamCentre, day(on));
    let (before, after) = (figures("2023-06-26"), figures("2023-06-27"));
    let told: std::collections::BTreeSet<&str> = incidents
        .iter()
        .filter(|i| i.is_coercive() && i.known_from.latest() == day("2023-06-27"))
        .map(|i| i.event.as_str())
        .collect();
    assert_eq!(after.events, before.events + told.len(), "events are counted, not rows");
    assert!(after.people.max - before.people.max < 6_000, "{:?} {:?}", before.people, after.people);
}

#[test]
fn hard_case_overlapping_official_totals_are_not_added() {
    let total = |on: &str, count: u32| {
        format!(
            "t{on},{on},event,{on},statistic,KH,MY,{count},y,scam_centre,victim,https://a.example/{on},a,Total\n"
        )
    };
    let header = "event_id,date,date_basis,known_from,kind,hub_country_iso2,origin_country_iso2,count,\
                  coercion_stated,variant,person_role,source_url,publisher,summary\n";
    let text = format!(
        "{header}{}{}{}",
        total("2022-08-01", 300),
        total("2022-09-01", 400),
        total("2022-10-01", 500)
    );
    let figures = trend::figures(&common::read(&text), Variant::ScamCentre, day("2022-12-31"));
    assert_eq!(figures.people, trend::People { min: 0, max: 500 });
}

#[test]
fn an_old_event_told_today_raises_nothing() {
    let header = "event_id,date,date_basis,known_from,kind,hub_country_iso2,origin_country_iso2,count,\
                  coercion_stated,variant,person_role,source_url,publisher,summary\n";
    let row = |n: u32| {
        format!(
            "e{n},2018,event,2024-06-0{n},raid,MW,CN,103,y,scam_centre,victim,https://p{n}.example/,p{n},Raid {n}\n"
        )
    };
    let old = common::read(&format!("{header}{}{}{}", row(1), row(2), row(3)));
    let incidents = [common::timeline(), old].concat();
    let alarms = replay(&incidents, &Config::default(), day(END));
    assert!(!alarms.iter().any(|alarm| alarm.subject.to_string().contains("MW")));
}

#[test]
fn variants_are_kept_apart() {
    let incidents: Vec<Incident> = common::timeline();
    let both = vec![Variant::FraudNoCoercion, Variant::ScamCentre];
    let alarms = replay(&incidents, &Config { variants: both, ..Config::default() }, day(END));
    let of = |variant: Variant| alarms.iter().filter(|a| a.variant == variant).cloned().collect::<Vec<_>>();
    assert_eq!(of(Variant::ScamCentre), replay(&incidents, &Config::default(), day(END)));
    let ids: std::collections::BTreeMap<_, _> = incidents.iter().map(|i| (i.id, i.variant)).collect();
    assert!(!of(Variant::FraudNoCoercion).is_empty());
    for alarm in &alarms {
        assert!(alarm.incidents.iter().all(|id| ids[id] == alarm.variant), "{alarm:?}");
    }
}

#[test]
fn figures_of_the_trend() {
    let days = ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"].map(day);
    let series = trend::series(&common::timeline(), Variant::ScamCentre, &days);
    let lines: Vec<String> = series
        .iter()
        .map(|f| {
            let d = f.origin_diversity;
            let estimate = |e: trend::Estimate| format!("{:.1} [{:.1}, {:.1}]", e.value, e.low, e.high);
            let regions: Vec<String> = f
                .regions
                .iter()
                .take(3)
                .map(|s| format!("{} {:.2} [{:.2}, {:.2}]", s.region, s.share.value, s.share.low, s.share.high))
                .collect();
            format!(
                "{}: {} events, {} hubs ({} confirmed), {} origins; richness {}, q1 {}, q2 {}; {}; people {}–{}",
                f.as_of, f.events, f.hubs.len(), f.hubs_confirmed.len(), f.origins.len(), estimate(d.richness),
                estimate(d.effective_q1), estimate(d.effective_q2), regions.join(", "), f.people.min, f.people.max,
            )
        })
        .collect();
    insta::assert_snapshot!("trend", lines.join("\n"));
}
