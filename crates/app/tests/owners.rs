//! What belongs to an organisation stays with it, whichever way somebody looks, and goes out by no door.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use forewarn_app::campaign::{find, list as campaigns, show as campaign, update};
use forewarn_app::collect::{Defaults, RowOptions, Source};
use forewarn_app::exchange::{access, partner, publish};
use forewarn_app::matching::sets;
use forewarn_app::misp::feed;
use forewarn_app::model::rights::Rights;
use forewarn_app::model::{
    CampaignId, Clearance, CountryNames, Grading, Marking, Officer, Organisations, Pap, ReportId, ReportKind,
    Tlp,
};
use forewarn_app::network::{export as network, find as identifier, view};
use forewarn_app::notice::draft::{self, Origin};
use forewarn_app::report::{export, ingest, mark, process, search, show};
use forewarn_app::source::own;
use forewarn_app::store::{EntryFilter, PageLimits};
use forewarn_app::{AppError, Context, Engine, Silent, Workspace, matching};

/// What only the offers of the bureau name.
const SECRET: &str = "only_bureau_vest";

fn context(clearance: Clearance) -> Context {
    Context {
        now: "2024-03-01T12:00:00Z".parse().unwrap(),
        actor: "ana".to_owned(),
        clearance,
        rights: Rights::all(),
        random: |bytes| {
            *bytes = [7; 32];
            Ok(())
        },
        passphrase: std::sync::Arc::new(|_| Err("none".to_owned())),
    }
}

fn red(names: &[&str]) -> Context {
    context(Clearance { tlp: Tlp::Red, organisations: Organisations::named(names.iter().copied()) })
}

fn engine() -> Engine {
    Engine::builtin().unwrap()
}

fn take_in(workspace: &mut Workspace, source: &str, tlp: Tlp, texts: &[String]) {
    let owner = red(&["*"]);
    let lines: String =
        texts.iter().map(|text| format!("{}\n", serde_json::json!({ "text": text }))).collect();
    let request = ingest::Request {
        name: source,
        bytes_total: None,
        options: RowOptions::default(),
        defaults: Defaults {
            source: source.to_owned(),
            kind: ReportKind::JobAd,
            marking: Marking { tlp, pap: Pap::Green },
            grading: Grading::UNKNOWN,
            received_at: owner.now,
        },
        batch_count_max: 100,
        problems_kept_max: 10,
    };
    let input = Source::memory(lines.into_bytes());
    let outcome = ingest::run(workspace, &owner, input, &request, &Silent, &mut |_| ()).unwrap();
    assert_eq!(outcome.accepted as usize, texts.len(), "{:?}", outcome.problems);
    process::run(workspace, &owner, &engine(), &Silent).unwrap();
    update::run(workspace, &owner, &engine(), &update::Limits::default(), &Silent).unwrap();
}

/// One campaign: four offers of the house, three of the bureau, which are restricted.
fn workspace(folder: &std::path::Path) -> Workspace {
    let mut workspace = Workspace::open(folder).unwrap();
    let offer = |number: usize, contact: &str| {
        format!(
            "Urgent hiring! Customer service in Sihanoukville, Cambodia. No experience, no interview. Salary USD \
             {} a month, free flight, free room and board, visa arranged by the company. We keep your passport \
             safe. Chinese boss, typing speed 40. Apply on Telegram t.me/{contact}",
            2_000 + 10 * number
        )
    };
    let house: Vec<String> = (0..4).map(|number| offer(number, "house_vest_test")).collect();
    let bureau: Vec<String> = (4..7).map(|number| offer(number, SECRET)).collect();
    own::run(&mut workspace, &red(&["*"]), "bureau feed", Some("Bureau A")).unwrap();
    take_in(&mut workspace, "house feed", Tlp::Green, &house);
    take_in(&mut workspace, "bureau feed", Tlp::Red, &bureau);
    workspace
}

fn the_campaign(workspace: &Workspace) -> CampaignId {
    let found = campaigns::run(workspace, &red(&["*"]), &campaigns::Request::default()).unwrap();
    assert_eq!(found.campaigns.len(), 1, "{found:?}");
    found.campaigns[0].row.id
}

fn owned(workspace: &Workspace) -> ReportId {
    let request = search::Request { text: SECRET.to_owned(), ..search::Request::default() };
    search::run(workspace, &red(&["*"]), &request).unwrap().found[0].report.id()
}

/// The ways in, and what each shows to a reader, as text.
fn inside(workspace: &mut Workspace, reader: &Context) -> Vec<(&'static str, String)> {
    let id = the_campaign(workspace);
    let all = search::Request::default();
    let (mut table, mut graph) = (Vec::new(), Vec::new());
    let (form, limits) = (export::Format::JsonLines, export::Limits::default());
    export::write(workspace, reader, &all, form, &limits, &mut table).unwrap();
    network::run(workspace, reader, &[], 1, network::Format::Csv, &mut graph, &Silent).unwrap();
    let query = view::Query { centre: vec![id.to_string()], steps: 2, ..view::Query::default() };
    vec![
        ("search", format!("{:?}", search::run(workspace, reader, &all).unwrap())),
        ("export", String::from_utf8(table).unwrap()),
        ("campaign", format!("{:?}", campaign::run(workspace, reader, id).unwrap())),
        ("campaigns", format!("{:?}", find::overview(workspace, reader, 9).unwrap())),
        ("network file", String::from_utf8(graph).unwrap()),
        ("network", format!("{:?}", view::run(workspace, reader, &query, &view::Limits::default()).unwrap())),
    ]
}

/// The ways out, and what leaves by each when somebody opens it who sees everything.
fn outside(workspace: &mut Workspace) -> Vec<(&'static str, String)> {
    let owner = red(&["*"]);
    let id = the_campaign(workspace);
    let request = feed::Request { tlp: Tlp::Red, ..feed::Request::default() };
    let feed = feed::make(workspace, &owner, &request).unwrap();
    let draft = draft::Request {
        from: Origin::Campaign(id),
        issuer: "A Bureau",
        number: "FW-2024-PU-0001",
        as_of: "2024-03-01".parse().unwrap(),
        marking: Marking { tlp: Tlp::Red, pap: Pap::Green },
        retention_days: 30,
    };
    let notice = draft::run(workspace, &owner, &draft).unwrap();
    let partner =
        partner::Partner { clearance: Tlp::AmberStrict, pap: Pap::Red, ..partner::Partner::new("ke-bureau") };
    partner::put(workspace, &owner, &partner).unwrap();
    publish::run(workspace, &owner, &CountryNames::default(), &Silent).unwrap();
    let limits = PageLimits { entries_max: 10_000, bytes_max: 64 << 20 };
    let mut objects = String::new();
    for open in access::list(workspace, &owner).unwrap() {
        let number = open.collection.number;
        let page = workspace.store.object_page(number, &EntryFilter::default(), None, limits).unwrap();
        page.entries.iter().for_each(|entry| objects += &String::from_utf8_lossy(&entry.bytes));
    }
    let officer = Officer { name: "Ana".to_owned(), contact: "ana@bureau.example".to_owned() };
    let from = [sets::From::Campaign(id)];
    let request = sets::Request { name: "wanted", officer: &officer, from: &from };
    sets::add(workspace, &owner, &request, &matching::Limits::default()).unwrap();
    let set = sets::show(workspace, &owner, "wanted").unwrap();
    vec![
        ("feed", format!("{:?}", feed.events)),
        ("notice", format!("{notice:?}")),
        ("collections", objects),
        ("matching", format!("{set:?}")),
    ]
}

#[test]
fn what_is_owned_shows_to_those_cleared_for_it_and_goes_out_by_no_door() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = workspace(folder.path());
    let report = owned(&workspace);
    for (who, reader, sees) in [
        ("of the bureau", red(&["bureau  a"]), true),
        ("of every one", red(&["*"]), true),
        ("of another", red(&["Bureau B"]), false),
        ("of none", red(&[]), false),
    ] {
        for (door, shown) in inside(&mut workspace, &reader) {
            assert!(shown.contains("house_vest_test"), "{who}, {door}: {shown}");
            assert_eq!(shown.contains(SECRET), sees, "{who}, {door}: {shown}");
            assert_eq!(shown.contains(&report.to_string()) && door == "search", sees && door == "search");
        }
        assert_eq!(show::run(&workspace, &reader, &engine(), report).is_ok(), sees, "{who}");
        assert_eq!(identifier::run(&workspace, &reader, &format!("t.me/{SECRET}")).is_ok(), sees, "{who}");
        let request = mark::Request { tlp: Some(Tlp::Green), ..mark::Request::default() };
        assert!(sees || mark::run(&mut workspace, &reader, report, request, "why").is_err(), "{who}");
    }
    for (door, left) in outside(&mut workspace) {
        assert!(left.contains("house_vest_test"), "{door} lets out what may go: {left}");
        assert!(!left.contains(SECRET) && !left.contains(&report.to_string()), "{door}: {left}");
    }
}

#[test]
fn a_source_changes_hands_only_by_who_is_cleared_for_its_owner() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = workspace(folder.path());
    let report = owned(&workspace);
    let mut give = |who: &Context, to: Option<&str>| {
        own::run(&mut workspace, who, "bureau feed", to).map(|outcome| (outcome.known, outcome.reports))
    };
    let refused = |outcome: Result<(bool, u64), AppError>, words: &str| {
        let error = outcome.unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    };
    refused(give(&red(&["Bureau B"]), None), "not cleared for");
    refused(give(&context(Clearance { tlp: Tlp::Amber, ..Clearance::ALL }), None), "not cleared for");
    refused(give(&red(&["*"]), Some(" * ")), "name one");
    refused(give(&red(&["*"]), Some("a\nb")), "plain text");
    assert_eq!(give(&red(&["Bureau A"]), Some("bureau a")).unwrap(), (true, 0));
    assert_eq!(give(&red(&["Bureau A"]), Some("Bureau B")).unwrap(), (true, 3));
    assert_eq!(give(&red(&["Bureau B"]), None).unwrap(), (true, 3));
    let sees = |workspace: &Workspace, reader| show::run(workspace, &reader, &engine(), report).is_ok();
    assert!(sees(&workspace, red(&[])), "it belongs to nobody now");
    own::run(&mut workspace, &red(&[]), "bureau feed", Some("Bureau C")).unwrap();
    assert!(!sees(&workspace, red(&["Bureau A"])) && sees(&workspace, red(&["Bureau C"])));
    let (sources, next) = own::list(&workspace, &red(&[]), None, 1).unwrap();
    assert_eq!((sources[0].name.as_str(), next.as_deref()), ("bureau feed", Some("bureau feed")));
}
