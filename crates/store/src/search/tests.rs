//! The search against the plainest one: every filter by hand over the same reports.

use std::time::Duration;

use forewarn_model::{
    Assessment, Calibration, Facts, Marking, Normalized, Observable, Organisations, Pap, Place, PlaceKind,
    Report, Sighting, Source, Span, Thresholds,
};

use super::*;
use crate::{CampaignState, Finding, Options, Placement};

const COUNT: usize = 240;

/// A report whose properties follow from its number, in cycles of different lengths.
struct Sample {
    report: Report,
    log_odds: Option<f64>,
    words: [&'static str; 3],
    country: Country,
    language: Language,
    phone: String,
}

fn sample(at: usize) -> Sample {
    let words =
        [["chef", "driver", "typist"][at % 3], ["lima", "hanoi"][at % 2], ["gut", "gutes"][at / 7 % 2]];
    let first: Timestamp = "2023-12-30T23:59:59Z".parse().unwrap();
    let received_at = first.checked_add(Duration::from_secs(at as u64 * 7 * 3_600)).unwrap();
    let name = ["ads.csv", "feed"][at / 5 % 2].to_owned();
    let published_at = at.is_multiple_of(4).then(|| "2023-12-31T12:00:00Z".parse().unwrap());
    let report = Report::new(
        ReportKind::ALL[at % 6],
        None,
        format!("{} {at}", words.join(" ")),
        None,
        Marking { tlp: Tlp::ALL[at % 5], pap: Pap::Green },
        ["A1", "B2", "F6"][at % 3].parse().unwrap(),
        Sighting {
            source: Source { name, external_id: Some(at.to_string()), url: None },
            received_at,
            published_at,
        },
    );
    Sample {
        report,
        log_odds: (at % 7 != 4).then(|| f64::from(at as u32 % 11) * 0.1 - 0.5),
        words,
        country: ["KH", "MM"][at / 2 % 2].parse().unwrap(),
        language: ["en", "zh-Hans", "th"][at / 3 % 3].parse().unwrap(),
        phone: format!("+44770090{:04}", at / 4),
    }
}

fn finding(sample: &Sample) -> Finding {
    let thresholds = Thresholds { some: 0.5, strong: 0.6 };
    let assessment = sample.log_odds.map(|log_odds| {
        Assessment::from_reasons(log_odds, Vec::new(), Calibration::IDENTITY, thresholds, "m")
    });
    let span = Span::new(0, 1);
    let place = Place {
        span,
        kind: PlaceKind::Country,
        name: String::new(),
        country: Some(sample.country),
        region: None,
        position: None,
        hub: false,
    };
    let facts = Facts {
        language: sample.language,
        other_languages: Vec::new(),
        normalized: Normalized::default(),
        observables: vec![Observable { kind: ObservableKind::Phone, value: sample.phone.clone(), span }],
        places: vec![place],
        money: Vec::new(),
    };
    let terms = sample.words.join(" ");
    Finding { report: sample.report.id(), facts, indicators: Vec::new(), assessment, terms }
}

fn store() -> (tempfile::TempDir, Store, Vec<Sample>) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path(), &Options::default()).unwrap();
    let samples: Vec<Sample> = (0..COUNT).map(sample).collect();
    let run = store.begin_ingest("ads", "2024-01-02T00:00:00Z".parse().unwrap()).unwrap();
    let reports: Vec<Report> = samples.iter().map(|sample| sample.report.clone()).collect();
    store.ingest(run, &reports, 1, 0).unwrap();
    let findings: Vec<Finding> = samples.iter().map(finding).collect();
    // Twice: what is there is replaced.
    for version in ["1", "2"] {
        store.put_findings(version, &findings).unwrap();
    }
    (folder, store, samples)
}

/// All pages of `count_max` hits, one after the other.
fn all(store: &Store, filter: &ReportFilter, sort: Sort, count_max: u32, clearance: &Clearance) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    loop {
        let after = hits.last().map(|hit| hit.position);
        let page = store.search_reports(filter, sort, after, count_max, clearance).unwrap();
        assert!(page.len() <= count_max as usize);
        if page.is_empty() {
            return hits;
        }
        hits.extend(page);
    }
}

#[track_caller]
fn check(
    (store, samples): (&Store, &[Sample]),
    filter: &ReportFilter,
    expected: impl Fn(usize, &Sample) -> bool,
) {
    for clearance in [Tlp::Red, Tlp::Amber] {
        let wanted = samples
            .iter()
            .enumerate()
            .filter(|(at, sample)| sample.report.marking.tlp <= clearance && expected(*at, sample));
        let mut wanted: Vec<(Option<f64>, usize)> =
            wanted.map(|(at, sample)| (sample.log_odds, at)).collect();
        wanted.reverse();
        let cleared = Clearance::up_to(clearance);
        let found = |sort, count_max| -> Vec<usize> {
            let hits = all(store, filter, sort, count_max, &cleared);
            hits.iter().map(|hit| hit.position.number as usize - 1).collect()
        };
        let newest: Vec<usize> = wanted.iter().map(|(_, at)| *at).collect();
        assert_eq!(found(Sort::Newest, 7), newest, "{filter:?}");
        assert_eq!(found(Sort::Newest, 1_000), newest, "{filter:?}");
        // Stable, so that ties stay in the order of arrival.
        wanted.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap());
        let best: Vec<usize> = wanted.iter().map(|(_, at)| *at).collect();
        assert_eq!(found(Sort::Score, 7), best, "{filter:?}");
        let count = |max| store.count_found(filter, max, &cleared).unwrap();
        assert_eq!((count(1_000), count(3)), (best.len() as u64, best.len().min(3) as u64), "{filter:?}");
    }
}

fn phrase(terms: &[&str], prefix: bool) -> Phrase {
    let terms: Vec<String> = terms.iter().map(|&term| term.to_owned()).collect();
    Phrase { terms: terms.try_into().unwrap(), prefix }
}

#[test]
fn every_filter_finds_what_a_look_at_each_report_finds() {
    let (_folder, store, samples) = store();
    let on = (&store, samples.as_slice());
    let default = ReportFilter::default;
    let words =
        |all: Vec<Phrase>, none: Vec<Phrase>| ReportFilter { words: Words { all, none }, ..default() };
    check(on, &default(), |_, _| true);
    check(on, &words(vec![phrase(&["chef"], false)], vec![]), |at, _| at % 3 == 0);
    check(on, &words(vec![phrase(&["chef", "lima"], false)], vec![]), |at, _| at % 6 == 0);
    check(on, &words(vec![phrase(&["lima", "chef"], false)], vec![]), |_, _| false);
    check(on, &words(vec![phrase(&["gut"], true)], vec![]), |_, _| true);
    check(on, &words(vec![phrase(&["gut"], false)], vec![]), |at, _| at / 7 % 2 == 0);
    check(on, &words(vec![], vec![phrase(&["chef"], false)]), |at, _| at % 3 != 0);
    let mixed =
        words(vec![phrase(&["lima"], false)], vec![phrase(&["chef"], false), phrase(&["gut"], false)]);
    check(on, &mixed, |at, _| at % 2 == 0 && at % 3 != 0 && at / 7 % 2 == 1);
    let [kh, mm]: [Country; 2] = ["KH".parse().unwrap(), "MM".parse().unwrap()];
    check(on, &ReportFilter { countries: vec![kh], ..default() }, |at, _| at / 2 % 2 == 0);
    check(on, &ReportFilter { countries: vec![kh, mm], ..default() }, |_, _| true);
    let han = "zh-Hans".parse().unwrap();
    check(on, &ReportFilter { languages: vec![han], ..default() }, |_, sample| sample.language == han);
    check(on, &ReportFilter { kinds: vec![ReportKind::ScamReport], ..default() }, |at, _| at % 6 == 2);
    let phone = |value: &str| ReportFilter {
        observables: vec![(ObservableKind::Phone, value.to_owned())],
        ..default()
    };
    check(on, &phone("+447700900007"), |at, _| at / 4 == 7);
    check(on, &phone("+447700909999"), |_, _| false);
    let email = ReportFilter { observable_kinds: vec![ObservableKind::Email], ..default() };
    check(on, &email, |_, _| false);
    check(on, &ReportFilter { sources: vec!["feed".into()], ..default() }, |at, _| at / 5 % 2 == 1);
    check(on, &ReportFilter { sources: vec!["FEED".into()], ..default() }, |_, _| false);
    check(on, &ReportFilter { markings: vec![Tlp::Green], ..default() }, |at, _| at % 5 == 1);
    check(on, &ReportFilter { grading: "B3".parse().ok(), ..default() }, |at, _| at % 3 != 2);
    check(on, &ReportFilter { grading: "A2".parse().ok(), ..default() }, |at, _| at % 3 == 0);
    check(on, &ReportFilter { grading: "F6".parse().ok(), ..default() }, |_, _| true);
    check(on, &ReportFilter { candidates: Some(true), ..default() }, |_, _| false);
    check(on, &ReportFilter { candidates: Some(false), ..default() }, |_, _| true);
    let verdicts = vec![Verdict::SomeSigns];
    check(on, &ReportFilter { verdicts, ..default() }, |_, sample| {
        sample.log_odds.is_some_and(|log_odds| (0.0..0.405).contains(&log_odds))
    });
    let between = |from, to| ReportFilter { log_odds: (from, to), ..default() };
    let scored = |sample: &Sample, from: f64, to: f64| sample.log_odds.is_some_and(|l| from <= l && l <= to);
    check(on, &between(Some(0.05), None), |_, sample| scored(sample, 0.05, 9.0));
    check(on, &between(Some(-0.22), Some(0.22)), |_, sample| scored(sample, -0.22, 0.22));
    check(on, &between(Some(0.3), Some(0.1)), |_, _| false);
    check(on, &between(None, Some(f64::MAX)), |_, sample| sample.log_odds.is_some());
    let all_at_once = ReportFilter {
        countries: vec![mm],
        kinds: vec![ReportKind::JobAd, ReportKind::ScamReport],
        log_odds: (None, Some(0.3)),
        words: Words { all: vec![phrase(&["lima"], false)], none: vec![phrase(&["gutes"], false)] },
        ..default()
    };
    check(on, &all_at_once, |at, sample| {
        at / 2 % 2 == 1 && [0, 2].contains(&(at % 6)) && scored(sample, -9.0, 0.3) && at / 7 % 2 == 0
    });
}

#[test]
fn days_are_taken_whole_on_both_ends() {
    let (_folder, store, samples) = store();
    let on = (&store, samples.as_slice());
    let day = |text: &str| text.parse::<Date>().ok();
    let ranges = [
        (day("2024-01-05"), day("2024-01-05")),
        (day("2023-12-31"), day("2024-02-02")),
        (day("2024-01-01"), day("2024-12-31")),
        (day("2024-02-29"), None),
        (None, day("2024-01-31")),
        (day("2024-02-01"), day("2024-01-31")),
        (day("-009999-01-01"), day("9999-12-31")),
    ];
    for (from, to) in ranges {
        let within = |at: Timestamp| {
            from.is_none_or(|from| from <= day_of(at)) && to.is_none_or(|to| day_of(at) <= to)
        };
        let filter = ReportFilter { received: (from, to), ..ReportFilter::default() };
        check(on, &filter, |_, sample| within(sample.report.sighting.received_at));
        let filter = ReportFilter { published: (from, to), ..ReportFilter::default() };
        check(on, &filter, |_, sample| sample.report.sighting.published_at.is_some_and(within));
    }
}

#[test]
fn finds_members_of_a_campaign_with_and_without_words() {
    let (_folder, mut store, samples) = store();
    let home = forewarn_model::Campaign::founded_by(samples[0].report.id());
    let placements: Vec<Placement> = (0..COUNT)
        .step_by(9)
        .map(|at| Placement { report: samples[at].report.id(), home, number: 1 })
        .collect();
    let state = CampaignState { engine: "e".into(), sighting: 1 };
    store.place_in_campaigns(&state, &placements, &[], &[], None).unwrap();
    let on = (&store, samples.as_slice());
    let filter = ReportFilter { campaign: Some(home), ..ReportFilter::default() };
    check(on, &filter, |at, _| at % 9 == 0);
    let words = Words { all: vec![phrase(&["hanoi"], false)], none: vec![] };
    check(on, &ReportFilter { words, ..filter }, |at, _| at % 18 == 9);
}

#[test]
fn a_place_seen_later_is_found_too() {
    let (_folder, mut store, samples) = store();
    let run = store.begin_ingest("more", "2024-05-02T00:00:00Z".parse().unwrap()).unwrap();
    let mut again = samples[3].report.clone();
    again.sighting.source.name = "elsewhere".into();
    store.ingest(run, &[again], 1, 0).unwrap();
    let filter = ReportFilter { sources: vec!["elsewhere".into()], ..ReportFilter::default() };
    check((&store, &samples), &filter, |_, _| false);
    assert_eq!(store.count_to_process("2").unwrap(), 1);
    store.put_findings("2", &[finding(&samples[3])]).unwrap();
    check((&store, &samples), &filter, |at, _| at == 3);
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn no_question_reads_every_report() {
    let (_folder, mut store, _) = store();
    let of_a = Clearance { tlp: Tlp::Red, organisations: Organisations::named(["Bureau A"]) };
    let readers = [Clearance::ALL, Clearance::up_to(Tlp::Red), of_a];
    readers.iter().for_each(|reader| explain(&store, reader));
    // Without owners the marking alone is asked for, and of who sees all of them nothing.
    let page = |store: &Store, reader: &Clearance| {
        let question = Question::new(&ReportFilter::default(), &store.audience(reader).unwrap());
        question.page(None, Sort::Newest, None, 50).0
    };
    assert!(readers.iter().all(|reader| !page(&store, reader).contains("tlp")));
    assert!(page(&store, &Clearance::up_to(Tlp::Amber)).contains("e.tlp <= ?"));
    for (source, organisation) in [("feed", "Bureau A"), ("ads.csv", "Bureau B")] {
        store.put_owner(source, Some(organisation)).unwrap();
    }
    readers.iter().for_each(|reader| explain(&store, reader));
    assert!(
        !page(&store, &readers[0]).contains("tlp") && page(&store, &readers[2]).contains("e.tlp IN (19, 20)")
    );
}

/// How SQLite would answer questions of this reader: never by a walk over every report.
#[track_caller]
fn explain(store: &Store, reader: &Clearance) {
    let text = Words { all: vec![phrase(&["chef"], false)], none: vec![] };
    let campaign = forewarn_model::Campaign::founded_by(ReportId::derive(&[b"x"]));
    let filters = [
        ReportFilter::default(),
        ReportFilter { words: text.clone(), ..ReportFilter::default() },
        ReportFilter {
            kinds: vec![ReportKind::JobAd],
            log_odds: (Some(0.0), None),
            ..ReportFilter::default()
        },
        ReportFilter { campaign: Some(campaign), ..ReportFilter::default() },
        ReportFilter { words: text, campaign: Some(campaign), ..ReportFilter::default() },
    ];
    let after = Some(Position { number: 90, log_odds: Some(0.1) });
    for filter in &filters {
        for (sort, part) in [
            (Sort::Newest, None),
            (Sort::Score, Some(Part::Scored)),
            (Sort::Score, Some(Part::Steps(49, 49))),
        ] {
            if matches!(part, Some(Part::Steps(..))) && *filter == ReportFilter::default() {
                continue;
            }
            let question = Question::new(filter, &store.audience(reader).unwrap());
            let (sql, parameters) = question.page(part, sort, after, 50);
            let plan = store
                .read("explain", &format!("EXPLAIN QUERY PLAN {sql}"), params_from_iter(parameters), |row| {
                    row.get::<_, String>("detail")
                })
                .unwrap();
            for line in &plan {
                // A walk over the inverted index, or over entries in the order asked for, ends with the page.
                let index =
                    line.contains("VIRTUAL TABLE") || line.starts_with("SEARCH") || line.contains("SUBQUERY");
                let walk = line.starts_with("SCAN") && !line.contains("VIRTUAL") && !index;
                assert!(!walk, "{reader:?} {filter:?} {sort:?}: {plan:?}\n{sql}");
                // Only a part of the hits is ever sorted: a step of scores, or the members of a campaign.
                let sorts = line.contains("TEMP B-TREE FOR ORDER BY");
                let part = sort == Sort::Score && *filter != ReportFilter::default();
                assert!(!sorts || part, "{reader:?} {filter:?} {sort:?}: {plan:?}\n{sql}");
            }
        }
    }
}
