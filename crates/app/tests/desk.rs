//! What the desk asks of alarms and of the network, on a small store.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use forewarn_app::alarm::cache::{self, Cache};
use forewarn_app::alarm::decide::{self, Choice};
use forewarn_app::alarm::list::{self, Request, Sort};
use forewarn_app::alarm::show;
use forewarn_app::collect::{Columns, Defaults, Limits};
use forewarn_app::incident::{import, retract};
use forewarn_app::model::rights::{Rights, Role};
use forewarn_app::model::{AlarmKind, AlarmState, Clearance, Grading, Marking, ReportKind};
use forewarn_app::network::explore::Aim;
use forewarn_app::network::view::{self, Query};
use forewarn_app::network::{mark, observe, save};
use forewarn_app::report::process;
use forewarn_app::watch::Config;
use forewarn_app::{AppError, Context, Engine, Silent, Workspace};

const TIMELINE: &str = include_str!("../../../incidents/timeline.csv");

fn context(actor: &str, day: &str) -> Context {
    Context {
        now: format!("{day}T12:00:00Z").parse().unwrap(),
        actor: actor.to_owned(),
        clearance: Clearance::ALL,
        rights: Rights::all(),
        random: |_| Ok(()),
        passphrase: std::sync::Arc::new(|_| Err("none".to_owned())),
    }
}

fn timeline(folder: &std::path::Path) -> Workspace {
    let mut workspace = Workspace::open(folder).unwrap();
    let context = context("ana", "2023-06-30");
    import::run(&mut workspace, &context, TIMELINE.as_bytes(), "timeline", &Limits::default(), &Silent)
        .unwrap();
    workspace
}

fn count(listed: &list::Listed, state: AlarmState) -> usize {
    listed.counts.iter().find(|(known, _)| *known == state).unwrap().1
}

#[test]
fn alarms_are_listed_as_of_a_day_in_the_order_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = timeline(folder.path());
    let cache = Cache::default();
    let then = |day: &str, sort: Sort| {
        let request = Request { as_of: Some(day.parse().unwrap()), sort, ..Request::default() };
        list::run(&workspace, &context("ana", "2024-01-01"), &cache, &request).unwrap()
    };
    let (early, late) = (then("2022-03-01", Sort::Day), then("2023-06-30", Sort::Day));
    assert!(!early.rows.is_empty() && early.rows.len() < late.rows.len());
    assert!(early.rows.iter().all(|row| row.alarm.raised_on.to_string().as_str() <= "2022-03-01"));
    assert!(late.rows.windows(2).all(|pair| pair[0].alarm.raised_on >= pair[1].alarm.raised_on));
    let urgent = then("2023-06-30", Sort::Urgency);
    assert!(urgent.rows.windows(2).all(|pair| pair[0].alarm.score >= pair[1].alarm.score));
    let ids: BTreeSet<_> = late.rows.iter().map(|row| row.alarm.id).collect();
    assert_eq!(ids.len(), late.rows.len(), "one row for each alarm");
    let request = Request {
        as_of: "2023-06-30".parse().ok(),
        kind: Some(AlarmKind::Hub),
        country: "KH".parse().ok(),
        ..Request::default()
    };
    let one = list::run(&workspace, &context("ana", "2024-01-01"), &cache, &request).unwrap();
    assert_eq!(one.rows.len(), 1);
}

#[test]
fn a_decision_moves_an_alarm_and_stays_on_record() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = timeline(folder.path());
    let cache = Cache::default();
    let today = context("ana", "2023-06-30");
    let listed = |workspace: &Workspace| list::run(workspace, &today, &cache, &Request::default()).unwrap();
    let before = listed(&workspace);
    let (first, second) = (before.rows[0].alarm.id, before.rows[1].alarm.id);
    let mut decide = |id, choice, why: &str| {
        decide::run(&mut workspace, &today, &cache, id, choice, why).map_err(|error| error.to_string())
    };
    assert!(decide(first, Choice::Dismiss, " ").unwrap_err().contains("needs a reason"));
    assert!(decide(first, Choice::Merge(first), "same").unwrap_err().contains("into itself"));
    decide(first, Choice::Merge(second), "told by the other").unwrap();
    assert!(decide(second, Choice::Merge(first), "circle").unwrap_err().contains("was merged into"));
    decide(second, Choice::Watch, "wait for a second source").unwrap();
    let after = listed(&workspace);
    assert_eq!((count(&after, AlarmState::Merged), count(&after, AlarmState::Watching)), (1, 1));
    let detail = show::run(&workspace, &today, &cache, second, None).unwrap();
    assert_eq!(detail.merged.len(), 1);
    assert!(!detail.incidents.is_empty());
    assert_eq!(detail.decisions[0].reason, "wait for a second source");
    // As of the day before, nobody had decided.
    let request = Request { as_of: "2023-06-29".parse().ok(), ..Request::default() };
    let day_before = list::run(&workspace, &today, &cache, &request).unwrap();
    assert_eq!(count(&day_before, AlarmState::Merged), 0);
    decide::run(&mut workspace, &today, &cache, first, Choice::Reopen, "not the same").unwrap();
    assert_eq!(count(&listed(&workspace), AlarmState::Merged), 0);
    let detail = show::run(&workspace, &today, &cache, first, None).unwrap();
    assert_eq!(detail.decisions.len(), 2, "both stay on record");
    let reader = Context { rights: Role::Reader.rights(), ..context("rea", "2023-06-30") };
    let denied = decide::run(&mut workspace, &reader, &cache, first, Choice::Dismiss, "no");
    assert!(matches!(denied, Err(AppError::Denied { .. })));
}

#[test]
fn what_is_kept_is_never_older_than_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = timeline(folder.path());
    let cache = Cache::new(Config::default(), cache::Limits { days_count_max: 2 });
    let today = context("ana", "2023-06-30");
    let all = |workspace: &Workspace| list::run(workspace, &today, &cache, &Request::default()).unwrap().rows;
    let row = all(&workspace).into_iter().next().unwrap();
    for event in row.alarm.events.iter() {
        retract::run(&mut workspace, &today, event, "2023-06-30".parse().unwrap(), "refuted").unwrap();
    }
    let again = all(&workspace).into_iter().find(|known| known.alarm.id == row.alarm.id).unwrap();
    assert!(again.alarm.score < row.alarm.score, "{} < {}", again.alarm.score, row.alarm.score);
}

/// Twelve scam sites: each pays to a wallet of its own, and all of the first half share a handle.
fn network(folder: &std::path::Path) -> Workspace {
    let mut table = "site,handle,day\n".to_owned();
    for number in 0..12 {
        let handle = if number < 6 { "@hr_vest_test" } else { "@other_vest_test" };
        table += &format!("samplevest-{number:02}.example,{handle},2024-{:02}-06\n", number + 1);
    }
    let mut workspace = Workspace::open(folder).unwrap();
    let context = context("ana", "2025-01-01");
    let engine = Engine::builtin().unwrap();
    let request = observe::Request {
        name: "list",
        bytes_total: None,
        format: Some(forewarn_app::collect::Format::Csv),
        columns: "domain=site,telegram=handle,published_at=day".parse::<Columns>().unwrap(),
        defaults: Defaults {
            source: "a list".to_owned(),
            kind: ReportKind::ScamReport,
            marking: Marking::DEFAULT,
            grading: Grading::UNKNOWN,
            received_at: context.now,
        },
        limits: Limits::default(),
        batch_count_max: 100,
        problems_kept_max: 10,
    };
    let input = forewarn_app::collect::Source::memory(table.into_bytes());
    let outcome =
        observe::run(&mut workspace, &context, &engine, input, &request, &Silent, &mut |_| ()).unwrap();
    assert_eq!(outcome.accepted, 12, "{:?}", outcome.problems);
    process::run(&mut workspace, &context, &engine, &Silent).unwrap();
    workspace
}

#[test]
fn the_network_is_drawn_thinned_expanded_saved_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let mut workspace = network(folder.path());
    let (ana, limits) = (context("ana", "2025-01-01"), view::Limits::default());
    let query = Query { centre: vec!["@hr_vest_test".into()], steps: 1, ..Query::default() };
    let draw = |workspace: &Workspace, query: &Query| view::run(workspace, &ana, query, &limits).unwrap();
    let near = draw(&workspace, &query);
    assert_eq!((near.nodes.len(), near.complete), (7, true));
    assert_eq!(near.kinds, [("handle:telegram".to_owned(), 1), ("report".to_owned(), 6)]);
    assert_eq!((near.first.as_deref(), near.last.as_deref()), (Some("2024-01-06"), Some("2024-06-06")));

    let until = draw(&workspace, &Query { until: "2024-03-31".parse().ok(), ..query.clone() });
    assert_eq!(until.nodes.len(), 4, "the handle and three reports");
    let bare = Query { hidden_kinds: BTreeSet::from(["handle".to_owned()]), ..query.clone() };
    assert_eq!(draw(&workspace, &bare).ties.len(), 0);

    let report = near.nodes.iter().find(|node| node.kind == "report").unwrap();
    assert!(report.more && report.key.starts_with("rpt-"));
    let expanded = Query { expanded: vec![report.key.clone()], ..query.clone() };
    let expanded = draw(&workspace, &expanded);
    assert!(expanded.nodes.len() > near.nodes.len());
    let site = expanded.nodes.iter().find(|node| node.kind == "domain").unwrap();
    assert!(site.label.contains("[.]example"), "{}", site.label);
    assert_eq!(expanded.nodes.iter().find(|node| node.id == report.id).map(|node| node.more), Some(false));
    let also = Query { also: vec!["domain:samplevest-11.example".into()], ..query.clone() };
    assert_eq!(draw(&workspace, &also).nodes.len(), near.nodes.len() + 1);

    let (way, steps) =
        view::path(&workspace, &ana, "@hr_vest_test", &site.key, Aim::Shortest, &limits).unwrap().unwrap();
    assert_eq!((way.nodes.len(), steps.len()), (3, 2));
    assert!(steps.iter().all(|step| !step.proofs.is_empty()));
    let apart = view::path(&workspace, &ana, "@hr_vest_test", "@other_vest_test", Aim::Shortest, &limits);
    assert_eq!(apart.unwrap(), None);

    let between = view::ties(&workspace, &ana, "@hr_vest_test", &report.key, &limits).unwrap();
    assert!(between[0].proofs[0].excerpt.contains("hr_vest_test"));
    let node = view::node(&workspace, &ana, "handle:telegram:hr_vest_test", &limits).unwrap();
    assert_eq!((node.reports, node.label.as_str()), (6, "@hr_vest_test"));
    assert!(node.proofs[0].date > node.proofs[5].date, "the latest first");

    let request = save::Request { name: " sites ".into(), query: query.clone(), ..save::Request::default() };
    save::run(&mut workspace, &ana, &request, &save::Limits::default()).unwrap();
    let kept = save::open(&workspace, &ana, "ana", "sites", &save::Limits::default()).unwrap();
    assert_eq!(kept.query, query);
    let ben = context("ben", "2025-01-01");
    assert_eq!(save::list(&workspace, &ben, &save::Limits::default()).unwrap(), []);
    save::remove(&mut workspace, &ana, "sites").unwrap();
    assert!(save::remove(&mut workspace, &ana, "sites").is_err());

    mark::run(&mut workspace, &ana, "@hr_vest_test", &report.key, "a misprint").unwrap();
    let mended = draw(&workspace, &query);
    assert_eq!((mended.nodes.len(), mended.marked_wrong.len()), (6, 1));
}
