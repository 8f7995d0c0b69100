//! What each reader sees of reports with random markings and owners, against the rule in `model`, by every way in.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::search::{Phrase, Words};
use forewarn_model::{
    Assessment, Calibration, Campaign, CampaignId, Country, Date, Facts, Grading, Indicator, Marking,
    Normalized, Observable, ObservableKind, Pap, Place, PlaceKind, Report, ReportId, ReportKind, Sighting,
    Source, Span, Thresholds, Timestamp,
};
use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::{
    CampaignFilter, CampaignSort, CampaignState, Finding, Options, Placement, ReportFilter, SavedView, Sort,
    ViewKey,
};

const ORGANISATIONS: [&str; 3] = ["Bureau A", "Bureau B", "NGO C"];
const SOURCES: [&str; 4] = ["feed 0", "feed 1", "feed 2", "feed 3"];
const COUNTRIES: [&str; 3] = ["KE", "VN", "PE"];
const CAMPAIGNS: usize = 3;

/// A report as it was made up: marking, source, further sources, campaign, country, day.
type Made = (usize, usize, Vec<usize>, usize, usize, u8);

/// A reader: marking, and the places of the organisations; the place after the last one is every organisation.
type Reader = (usize, Vec<usize>);

/// What happens after all came in: a report gets a marking, or a source an owner.
#[derive(Debug, Clone)]
enum Change {
    Mark(usize, usize),
    Own(usize, Option<usize>),
}

fn made() -> impl Strategy<Value = Made> {
    (0..5_usize, 0..4_usize, vec(0..4_usize, 0..2), 0..CAMPAIGNS, 0..3_usize, 1..28_u8)
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (0..12_usize, 0..5_usize).prop_map(|(report, tlp)| Change::Mark(report, tlp)),
        (0..4_usize, proptest::option::of(0..3_usize)).prop_map(|(source, of)| Change::Own(source, of)),
    ]
}

/// What the store should know: reports with their markings, and owners.
struct World {
    reports: Vec<(Report, Made)>,
    markings: Vec<Tlp>,
    owners: [Option<usize>; 4],
}

impl World {
    fn owner(&self, source: usize) -> Option<&'static str> {
        self.owners[source].map(|at| ORGANISATIONS[at])
    }

    fn seen(&self, clearance: &Clearance) -> Vec<usize> {
        let sees = |at: &usize| clearance.sees(self.markings[*at], self.owner(self.reports[*at].1.1));
        (0..self.reports.len()).filter(sees).collect()
    }

    fn id(&self, at: usize) -> ReportId {
        self.reports[at].0.id()
    }
}

fn clearance((tlp, of): &Reader) -> Clearance {
    let names = of.iter().map(|at| ORGANISATIONS.get(*at).copied().unwrap_or("*"));
    Clearance { tlp: Tlp::ALL[*tlp], organisations: Organisations::named(names) }
}

fn at(day: u8) -> Timestamp {
    format!("2024-01-{day:02}T10:00:00Z").parse().unwrap()
}

fn report(number: usize, made: &Made) -> Report {
    let (tlp, source, .., day) = made;
    let source = Source { name: SOURCES[*source].into(), external_id: Some(number.to_string()), url: None };
    let sighting = Sighting { source, received_at: at(*day), published_at: None };
    let marking = Marking { tlp: Tlp::ALL[*tlp], pap: Pap::Green };
    let text = format!("offer {number}");
    Report::new(ReportKind::JobAd, None, text, None, marking, Grading::UNKNOWN, sighting)
}

fn finding(number: usize, report: &Report, country: usize) -> Finding {
    let thresholds = Thresholds { some: 0.5, strong: 0.6 };
    let span = Span::new(0, 1);
    let log_odds = number as f64 / 10.0;
    let place = Place {
        span,
        kind: PlaceKind::Country,
        name: String::new(),
        country: Some(COUNTRIES[country].parse().unwrap()),
        region: None,
        position: None,
        hub: false,
    };
    let facts = Facts {
        language: "en".parse().unwrap(),
        other_languages: Vec::new(),
        normalized: Normalized::default(),
        observables: vec![Observable { kind: ObservableKind::Phone, value: "+44".into(), span }],
        places: vec![place],
        money: Vec::new(),
    };
    let assessment = Assessment::from_reasons(log_odds, Vec::new(), Calibration::IDENTITY, thresholds, "m");
    Finding {
        report: report.id(),
        facts,
        indicators: Vec::<Indicator>::new(),
        assessment: Some(assessment),
        terms: "offer".into(),
    }
}

fn home(campaign: usize) -> CampaignId {
    Campaign::founded_by(ReportId::derive(&[&[campaign as u8]]))
}

fn take_in(store: &mut Store, all: &[Made], owners: [Option<usize>; 4]) -> World {
    for (source, owner) in owners.iter().enumerate().filter(|(_, owner)| owner.is_some()) {
        store.put_owner(SOURCES[source], owner.map(|at| ORGANISATIONS[at])).unwrap();
    }
    let reports: Vec<(Report, Made)> =
        all.iter().enumerate().map(|(number, made)| (report(number, made), made.clone())).collect();
    let run = store.begin_ingest("all", at(1)).unwrap();
    let mut batch: Vec<Report> = reports.iter().map(|(report, _)| report.clone()).collect();
    for (report, (.., further, _, _, _)) in &reports {
        batch.extend(further.iter().map(|source| {
            let mut again = report.clone();
            again.marking.tlp = Tlp::Red;
            again.sighting.source.name = SOURCES[*source].into();
            again.sighting.source.external_id = Some("again".into());
            again
        }));
    }
    store.ingest(run, &batch, 1, 0).unwrap();
    let found = reports.iter().enumerate();
    let found: Vec<Finding> = found.map(|(number, (report, made))| finding(number, report, made.4)).collect();
    store.put_findings("1", &found).unwrap();
    let placed = reports.iter().enumerate();
    let placed: Vec<Placement> = placed
        .map(|(number, (report, made))| Placement {
            report: report.id(),
            home: home(made.3),
            number: number as i64,
        })
        .collect();
    let state = CampaignState { engine: "e".into(), sighting: 1 };
    store.place_in_campaigns(&state, &placed, &[], &[], None).unwrap();
    store.refresh_campaigns().unwrap();
    let markings = all.iter().map(|made| Tlp::ALL[made.0]).collect();
    World { reports, markings, owners }
}

fn apply(store: &mut Store, world: &mut World, change: &Change) {
    match change {
        Change::Mark(report, tlp) if *report < world.reports.len() => {
            let marking = Marking { tlp: Tlp::ALL[*tlp], pap: Pap::Green };
            store.mark_report(world.id(*report), marking, Grading::UNKNOWN, "offer", &[]).unwrap();
            world.markings[*report] = marking.tlp;
        }
        Change::Mark(..) => {}
        Change::Own(source, of) => {
            store.put_owner(SOURCES[*source], of.map(|at| ORGANISATIONS[at])).unwrap();
            world.owners[*source] = *of;
        }
    }
}

/// Every way in shows exactly what the rule lets see.
fn check(store: &Store, world: &World, clearance: &Clearance) {
    let seen = world.seen(clearance);
    let ids: BTreeSet<ReportId> = seen.iter().map(|at| world.id(*at)).collect();
    let newest: Vec<ReportId> = seen.iter().rev().map(|at| world.id(*at)).collect();
    let any = ReportFilter::default;

    for number in 0..world.reports.len() {
        let id = world.id(number);
        let read = store.report(id, clearance).unwrap();
        assert_eq!(read.is_some(), ids.contains(&id), "{clearance:?}");
        if let Some(read) = read {
            assert_eq!(read.report.marking.tlp, world.markings[number]);
            let told = store.sightings(id, 9, clearance).unwrap();
            assert_eq!(told.len(), read.sightings as usize);
            let hides = |source: &str| {
                let at = SOURCES.iter().position(|known| *known == source).unwrap();
                world.owner(at).is_some_and(|owner| !clearance.sees(Tlp::AmberStrict, Some(owner)))
            };
            assert!(!told[1..].iter().any(|sighting| hides(&sighting.source.name)), "{clearance:?}");
        }
        assert_eq!(store.finding(id, clearance).unwrap().is_some(), ids.contains(&id));
        assert_eq!(store.naming(id, clearance).unwrap().is_some(), ids.contains(&id));
    }
    let all = store.reports_after(None, 99, clearance).unwrap();
    assert_eq!(all.iter().map(|one| one.report.id()).collect::<BTreeSet<_>>(), ids);

    let phrase = Phrase { terms: vec!["offer".to_owned()].try_into().unwrap(), prefix: false };
    let words = ReportFilter { words: Words { all: vec![phrase.clone()], none: Vec::new() }, ..any() };
    let nothing = Phrase { terms: vec!["none".to_owned()].try_into().unwrap(), prefix: false };
    let without = ReportFilter { words: Words { all: Vec::new(), none: vec![nothing] }, ..any() };
    for filter in [any(), words, without] {
        for sort in [Sort::Newest, Sort::Score] {
            let hits = store.search_reports(&filter, sort, None, 99, clearance).unwrap();
            // The score grows with the number.
            assert_eq!(
                hits.iter().map(|hit| hit.report).collect::<Vec<_>>(),
                newest,
                "{clearance:?} {sort:?}"
            );
        }
        assert_eq!(store.count_found(&filter, 99, clearance).unwrap(), seen.len() as u64);
    }
    for tlp in Tlp::ALL {
        let filter = ReportFilter { markings: vec![tlp], ..any() };
        let of = seen.iter().filter(|at| world.markings[**at] == tlp).count();
        assert_eq!(store.count_found(&filter, 99, clearance).unwrap(), of as u64, "{clearance:?} {tlp}");
    }
    for (source, name) in SOURCES.iter().enumerate() {
        let filter = ReportFilter { sources: vec![(*name).to_owned()], ..any() };
        let tells = |at: &&usize| {
            let made = &world.reports[**at].1;
            let owner = world.owner(source);
            let told = owner.is_none() || clearance.sees(Tlp::AmberStrict, owner);
            made.1 == source || told && made.2.contains(&source)
        };
        let of = seen.iter().filter(tells).count();
        assert_eq!(store.count_found(&filter, 99, clearance).unwrap(), of as u64, "{clearance:?} {name}");
    }

    let named = store.reports_naming(ObservableKind::Phone, "+44", 99, clearance).unwrap();
    assert_eq!(named.iter().map(|one| one.report).collect::<BTreeSet<_>>(), ids);
    let spread = store.spread(ObservableKind::Phone, "+44", 99, 99, clearance).unwrap();
    assert_eq!(spread.reports, seen.len() as u64);
    let kinds = store.kinds_of_value("+44", clearance).unwrap();
    assert_eq!(kinds.is_empty(), seen.is_empty());

    campaigns(store, world, clearance, &seen);
}

fn campaigns(store: &Store, world: &World, clearance: &Clearance, seen: &[usize]) {
    let today: Date = "2024-01-31".parse().unwrap();
    let mut expected: BTreeMap<CampaignId, (u64, BTreeSet<Country>)> = BTreeMap::new();
    for campaign in 0..CAMPAIGNS {
        let members = world.reports.iter().filter(|(_, made)| made.3 == campaign).count();
        let of: Vec<usize> = seen.iter().copied().filter(|at| world.reports[*at].1.3 == campaign).collect();
        let id = home(campaign);
        let listed = store.campaign_members(id, 99, clearance).unwrap();
        assert_eq!(listed.len(), of.len(), "{clearance:?}");
        assert_eq!(store.reports_in_campaign(id, 99, clearance).unwrap().len(), of.len());
        let tally = store.campaign_tally(id, 99, 99, clearance).unwrap();
        assert_eq!(tally.languages.iter().map(|(_, count)| *count as usize).sum::<usize>(), of.len());
        if members < 2 {
            continue;
        }
        let days = store.campaign_days(id, clearance).unwrap();
        assert_eq!(days.iter().map(|(_, count)| count).sum::<u64>(), of.len() as u64);
        let row = store.campaign_row(id, today, clearance).unwrap();
        assert_eq!(row.as_ref().map_or(0, |row| row.members), of.len() as u64, "{clearance:?}");
        if let Some(row) = row {
            let countries = of.iter().map(|at| COUNTRIES[world.reports[*at].1.4].parse().unwrap());
            expected.insert(id, (row.members, countries.collect()));
            assert_eq!(row.recent + row.before, row.members, "all came in the last days");
            assert_eq!(row.log_odds, of.iter().map(|at| *at as f64 / 10.0).reduce(f64::max));
        }
    }
    for sort in [CampaignSort::Size, CampaignSort::Growth, CampaignSort::Suspicion, CampaignSort::Newest] {
        let mut found = BTreeMap::new();
        let mut after = None;
        loop {
            let filter = CampaignFilter::default();
            let page = store.list_campaigns(&filter, sort, after, today, 2, clearance).unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.key, last.id));
            for row in page {
                let countries: BTreeSet<Country> = row.countries.iter().copied().collect();
                assert_eq!(countries.len(), row.countries.len(), "each once");
                assert_eq!(found.insert(row.id, (row.members, countries)), None, "each once");
            }
        }
        assert_eq!(found, expected, "{clearance:?} {sort:?}");
    }
    for code in COUNTRIES {
        let country: Country = code.parse().unwrap();
        let filter = CampaignFilter { countries: vec![country], languages: Vec::new() };
        let found = store.list_campaigns(&filter, CampaignSort::Size, None, today, 9, clearance).unwrap();
        let of = expected.values().filter(|(_, countries)| countries.contains(&country)).count();
        assert_eq!(found.len(), of, "{clearance:?} {code}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_way_in_shows_what_the_rule_lets_see(
        all in vec(made(), 1..12),
        owners in proptest::array::uniform4(proptest::option::of(0..3_usize)),
        changes in vec(change(), 0..5),
        readers in vec((0..5_usize, vec(0..4_usize, 0..3)), 1..5),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path(), &Options::default()).unwrap();
        let mut world = take_in(&mut store, &all, owners);
        let mut readers: Vec<Clearance> = readers.iter().map(clearance).collect();
        readers.extend([Clearance::ALL, Clearance::up_to(Tlp::Red)]);
        readers.iter().for_each(|reader| check(&store, &world, reader));
        for change in &changes {
            apply(&mut store, &mut world, change);
        }
        readers.iter().for_each(|reader| check(&store, &world, reader));
    }
}

#[test]
fn a_saved_view_is_for_who_sees_what_its_owner_saw() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path(), &Options::default()).unwrap();
    for (source, organisation) in SOURCES.iter().zip(ORGANISATIONS) {
        store.put_owner(source, Some(organisation)).unwrap();
    }
    let red = |of: &[usize]| clearance(&(4, of.to_vec()));
    for (name, of) in [("none", &[][..]), ("a", &[0]), ("a and b", &[0, 1]), ("all", &[3])] {
        let view = SavedView {
            key: ViewKey { owner: "ana".into(), name: name.into() },
            shared: true,
            saved_at: at(1),
            payload: "{}".into(),
        };
        assert!(store.put_view(&view, &red(of), 9).unwrap());
    }
    for (of, expected) in [
        (&[][..], &["none"][..]),
        (&[0], &["a", "none"]),
        (&[1], &["none"]),
        (&[0, 1, 2], &["a", "a and b", "none"]),
        (&[3], &["a", "a and b", "all", "none"]),
    ] {
        let seen = store.views("ben", &red(of), 9).unwrap();
        let names: Vec<&str> = seen.iter().map(|view| view.key.name.as_str()).collect();
        assert_eq!(names, expected, "{of:?}");
    }
}

/// The condition of a code and that of a hidden source, for a reader.
#[track_caller]
fn check_words(store: &Store, reader: &Clearance, seen: &str, hides: Option<&str>) {
    let audience = store.audience(reader).unwrap();
    assert_eq!(audience.seen("tlp", "?"), seen, "{reader:?}");
    let hidden = audience.hides_source("s");
    let numbers = hidden.as_ref().map(|words| words.split("NOT IN ").nth(1).unwrap());
    assert_eq!(numbers, hides, "{reader:?}");
}

#[test]
fn without_owners_the_marking_alone_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path(), &Options::default()).unwrap();
    let (red_a, strict_ab) = (clearance(&(4, vec![0])), clearance(&(3, vec![0, 1])));
    let readers =
        [&Clearance::ALL, &Clearance::up_to(Tlp::Red), &clearance(&(2, vec![3])), &red_a, &strict_ab];
    readers.iter().for_each(|reader| check_words(&store, reader, "tlp <= ?", None));
    for (source, organisation) in SOURCES.iter().zip(ORGANISATIONS) {
        store.put_owner(source, Some(organisation)).unwrap();
    }
    let all = "(tlp <= ? OR (tlp >= 16 AND (tlp & 15) <= 4))";
    for (reader, seen, hides) in [
        (readers[0], all, None),
        (readers[1], "tlp <= ?", Some("())")),
        (readers[2], "tlp <= ?", Some("())")),
        (readers[3], "(tlp <= ? OR tlp IN (19, 20))", Some("(1))")),
        (readers[4], "(tlp <= ? OR tlp IN (19, 35))", Some("(1, 2))")),
    ] {
        check_words(&store, reader, seen, hides);
    }
}
