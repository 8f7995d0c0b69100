//! How large the search is and how long questions take, over as many generated reports as told.
//!
//! ```text
//! cargo run --release -p forewarn-app --example search_speed -- <folder> <reports>
//! ```
//!
//! The folder keeps the store; what is there already is not made again. Texts are those of `cluster::synthetic` in four
//! scripts; languages, countries, identifiers and scores are drawn, so that the stages before the store cost nothing.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a measurement reads the clock, and a failed one ends it"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use forewarn_cluster::synthetic::{Recipe, Script, ads};
use forewarn_extract::search::{index_text, query};
use forewarn_model::{
    Assessment, Calibration, Clearance, Country, Facts, Grading, Language, Marking, Normalized, Observable,
    ObservableKind, Pap, Place, PlaceKind, Report, ReportKind, Sighting, Source, Span, Thresholds, Timestamp,
    Tlp,
};
use forewarn_store::{Finding, Options, ReportFilter, Sort, Store};
use rayon::prelude::*;

/// How many texts are made; further reports are the same texts with another number in them.
const TEXTS: usize = 100_000;
const BATCH: usize = 5_000;

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().expect("name a folder");
    let count: usize = args.next().expect("how many reports").parse().unwrap();
    let mut store = Store::open(Path::new(&folder), &Options::default()).unwrap();
    let have = store.counts().unwrap().0 as usize;
    if have < count {
        fill(&mut store, have, count);
    }
    println!("{} reports", store.counts().unwrap().0);
    measure(&store);
}

fn texts() -> Vec<(String, &'static str)> {
    let parts = [
        (Script::Latin, 70, "en"),
        (Script::Han, 15, "zh-Hans"),
        (Script::Thai, 10, "th"),
        (Script::Cyrillic, 5, "ru"),
    ];
    let parts = parts.into_iter().flat_map(|(script, share, language)| {
        let made = |recipe: Recipe| ads(&Recipe { script, ..recipe });
        let long = made(Recipe::long(7, TEXTS * share / 200));
        let short = made(Recipe::short(8, TEXTS * share / 200));
        long.into_iter().chain(short).map(move |ad| (ad.text, language))
    });
    parts.collect()
}

/// A number that looks drawn: the same for the same seed.
fn drawn(seed: usize, of: usize) -> usize {
    let mixed = (seed as u64).wrapping_add(0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    ((mixed ^ (mixed >> 31)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 33) as usize % of
}

fn fill(store: &mut Store, have: usize, count: usize) {
    let texts = texts();
    let countries: Vec<Country> = Country::all();
    let start: Timestamp = "2019-01-01T00:00:00Z".parse().unwrap();
    let run = store.begin_ingest("made", start).unwrap();
    let began = Instant::now();
    let (mut in_ingest, mut in_findings) = (Duration::ZERO, Duration::ZERO);
    for from in (have..count).step_by(BATCH) {
        let batch = (from..count.min(from + BATCH)).into_par_iter();
        let made: Vec<(Report, Finding)> = batch.map(|at| make(at, &texts, &countries, start)).collect();
        let (reports, findings): (Vec<Report>, Vec<Finding>) = made.into_iter().unzip();
        let clock = Instant::now();
        store.ingest(run, &reports, from as u64, 0).unwrap();
        in_ingest += clock.elapsed();
        let clock = Instant::now();
        store.put_findings("made", &findings).unwrap();
        in_findings += clock.elapsed();
        if from.is_multiple_of(100_000) {
            println!(
                "{from}: {:.1?}, ingest {in_ingest:.1?}, findings with search {in_findings:.1?}",
                began.elapsed()
            );
        }
    }
    println!(
        "made in {:.1?}: ingest {in_ingest:.1?}, findings with search {in_findings:.1?}",
        began.elapsed()
    );
}

fn make(at: usize, texts: &[(String, &str)], countries: &[Country], start: Timestamp) -> (Report, Finding) {
    // A share of the texts comes again in each round, in another order.
    let (text, language) = &texts[(at + drawn(at / texts.len(), texts.len())) % texts.len()];
    let text = format!("{text} ref{at}");
    let received_at = start.checked_add(Duration::from_secs(at as u64 * 200)).unwrap();
    let source = Source { name: format!("feed-{}", at % 40), external_id: Some(at.to_string()), url: None };
    let kind = if drawn(at, 50) == 0 { ReportKind::News } else { ReportKind::JobAd };
    let tlp = [Tlp::Amber, Tlp::Amber, Tlp::Green, Tlp::Clear, Tlp::Red][drawn(at + 1, 5)];
    let sighting = Sighting { source, received_at, published_at: None };
    let marking = Marking { tlp, pap: Pap::Amber };
    let report = Report::new(kind, None, text, None, marking, Grading::UNKNOWN, sighting);
    // A few countries are named often, many seldom.
    let named = |seed: usize| {
        countries[drawn(seed, countries.len()) * drawn(seed + 1, countries.len()) / countries.len()]
    };
    let span = Span::new(0, 1);
    let place = |country| Place {
        span,
        kind: PlaceKind::Country,
        name: String::new(),
        country: Some(country),
        region: None,
        position: None,
        hub: false,
    };
    let observable = Observable {
        kind: if at.is_multiple_of(2) { ObservableKind::Phone } else { ObservableKind::Email },
        value: format!("v{}", drawn(at + 2, 300_000)),
        span,
    };
    let normalized = forewarn_extract::normalize(report.text());
    let log_odds = (0..6).map(|n| drawn(at * 7 + n, 1_000) as f64).sum::<f64>() / 300.0 - 12.0;
    let thresholds = Thresholds { some: 0.3, strong: 0.7 };
    let assessment = (kind == ReportKind::JobAd)
        .then(|| Assessment::from_reasons(log_odds, Vec::new(), Calibration::IDENTITY, thresholds, "made"));
    let facts = Facts {
        language: language.parse::<Language>().unwrap(),
        other_languages: Vec::new(),
        normalized: Normalized::default(),
        observables: vec![observable],
        places: vec![place(named(at + 3)), place(named(at + 5))],
        money: Vec::new(),
    };
    let terms = index_text(normalized.as_str());
    let finding = Finding { report: report.id(), terms, facts, indicators: Vec::new(), assessment };
    (report, finding)
}

/// A text of a language.
fn sample(store: &Store, language: &str) -> String {
    let filter = ReportFilter { languages: vec![language.parse().unwrap()], ..ReportFilter::default() };
    let hit = store.search_reports(&filter, Sort::Newest, None, 1, &Clearance::ALL).unwrap()[0];
    store.report(hit.report, &Clearance::ALL).unwrap().unwrap().report.text().to_owned()
}

fn measure(store: &Store) {
    let default = ReportFilter::default;
    let words = |text: &str| ReportFilter { words: query(text).unwrap(), ..default() };
    // Words as they stand in a text: one of the most frequent, one of the middle, one seldom one.
    let text = sample(store, "en");
    let terms: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let counted = |term: &&'_ str| store.count_found(&words(term), 1 << 40, &Clearance::ALL).unwrap();
    let mut ranked: Vec<(u64, &str)> = terms.iter().map(|term| (counted(term), *term)).collect();
    ranked.sort_unstable();
    ranked.dedup();
    let (seldom, middle, often) = (ranked[1], ranked[ranked.len() / 2], ranked[ranked.len() - 1]);
    println!("seldom {seldom:?}, middle {middle:?}, often {often:?}");
    let han: String =
        sample(store, "zh-Hans").chars().filter(|c| c.is_alphanumeric()).skip(4).take(2).collect();
    let day = |text: &str| text.parse().ok();
    let country = |code: &str| ReportFilter { countries: vec![code.parse().unwrap()], ..default() };
    let questions: Vec<(&str, ReportFilter)> = vec![
        ("everything", default()),
        ("a frequent word", words(often.1)),
        ("a word", words(middle.1)),
        ("a seldom word", words(seldom.1)),
        ("a frequent and a middle word", words(&format!("{} {}", often.1, middle.1))),
        ("a phrase of three", words(&format!("\"{}\"", terms[3..6].join(" ")))),
        ("a phrase that is nowhere", words(&format!("\"{0} {1} {0}\"", often.1, middle.1))),
        ("a word without a frequent one", words(&format!("{} -{}", middle.1, often.1))),
        ("the beginning of words", words(&format!("{}*", middle.1.chars().take(3).collect::<String>()))),
        ("two Han characters", words(&han)),
        ("one Han character", words(&han.chars().take(1).collect::<String>())),
        ("a country", country("AF")),
        (
            "country, language, kind",
            ReportFilter {
                languages: vec!["th".parse().unwrap()],
                kinds: vec![ReportKind::JobAd],
                ..country("AF")
            },
        ),
        (
            "country, seldom kind, word",
            ReportFilter { kinds: vec![ReportKind::News], words: words(middle.1).words, ..country("AF") },
        ),
        (
            "a month years ago, word",
            ReportFilter { received: (day("2021-03-01"), day("2021-03-31")), ..words(middle.1) },
        ),
        (
            "forty days across a year",
            ReportFilter { received: (day("2020-12-05"), day("2021-01-14")), ..default() },
        ),
        ("a source", ReportFilter { sources: vec!["feed-7".into()], ..default() }),
        ("a range of scores", ReportFilter { log_odds: (Some(0.3), Some(1.1)), ..default() }),
        (
            "an identifier",
            ReportFilter { observables: vec![(ObservableKind::Phone, "v7".into())], ..default() },
        ),
        ("what nothing has", ReportFilter { sources: vec!["none".into()], ..default() }),
    ];
    println!("| question | hits | newest, ms | score, ms | count to 10,000, ms | newest, TLP:GREEN, ms |");
    println!("|---|---|---|---|---|---|");
    for (name, filter) in &questions {
        let hits = store.count_found(filter, 10_001, &Clearance::ALL).unwrap();
        let page = |sort, cleared: &Clearance| {
            store.search_reports(filter, sort, None, 51, cleared).unwrap().len() as u64
        };
        println!(
            "| {name} | {} | {:.1} | {:.1} | {:.1} | {:.1} |",
            if hits > 10_000 { ">10,000".to_owned() } else { hits.to_string() },
            took(|| page(Sort::Newest, &Clearance::ALL)),
            took(|| page(Sort::Score, &Clearance::ALL)),
            took(|| store.count_found(filter, 10_001, &Clearance::ALL).unwrap()),
            took(|| page(Sort::Newest, &Clearance::up_to(Tlp::Green))),
        );
    }
}

/// The mean of twenty runs, in milliseconds on a processor: other work on the machine does not count, where the system
/// tells (Linux, in ticks of some milliseconds, hence the mean); elsewhere the clock's.
fn took(work: impl Fn() -> u64) -> f64 {
    const RUNS: u32 = 20;
    let start = Instant::now();
    let on_processor = || {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let nanos = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
        nanos.map_or_else(|| start.elapsed().as_secs_f64() * 1e3, |nanos| nanos / 1e6)
    };
    let before = on_processor();
    for _ in 0..RUNS {
        std::hint::black_box(work());
    }
    (on_processor() - before) / f64::from(RUNS)
}
