//! Objects come once, and pages of them meet without gaps.

use super::*;
use crate::Options;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const NOW: &str = "2025-01-01T00:00:00Z";

fn store() -> (tempfile::TempDir, Store, i64) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path(), &Options::default()).unwrap();
    let number = store.put_collection(&shared("main")).unwrap();
    (folder, store, number)
}

fn shared(alias: &str) -> Collection {
    Collection {
        number: 0,
        id: format!("uuid-{alias}"),
        root: "r".into(),
        alias: alias.into(),
        title: alias.into(),
        description: String::new(),
        role: CollectionRole::Shared,
        tlp: Tlp::Amber,
        partner: None,
    }
}

fn object(id: &str, version: Option<&str>, says: u8) -> ExchangeObject {
    ExchangeObject {
        id: id.into(),
        kind: id.split("--").next().unwrap_or_default().into(),
        spec_version: "2.1".into(),
        version: version.map(|text| (at(text), text.to_owned())),
        digest: [says; 32],
        marking: Marking::DEFAULT,
        revoked: false,
        creator: None,
        bytes: vec![says],
    }
}

const V1: &str = "2024-01-01T00:00:00Z";
const V2: &str = "2024-01-02T00:00:00Z";
const V3: &str = "2024-01-03T00:00:00Z";

fn last() -> EntryFilter {
    EntryFilter {
        versions: VersionFilter { last: true, ..VersionFilter::default() },
        ..EntryFilter::default()
    }
}

const PAGE: PageLimits = PageLimits { entries_max: 100, bytes_max: 1 << 20 };

fn said(page: &EntryPage) -> Vec<u8> {
    page.entries.iter().map(|entry| entry.bytes[0]).collect()
}

#[test]
fn adds_once_and_tells_collisions() {
    let (_folder, mut store, main) = store();
    let objects = [object("tool--1", Some(V1), 1), object("url--1", None, 2)];
    let first = store.add_objects(main, &objects, at(NOW)).unwrap();
    assert!(matches!(first[..], [Added::New(_), Added::New(_)]));
    assert_eq!(store.add_objects(main, &objects, at(NOW)).unwrap(), [Added::Known, Added::Known]);
    let other = [object("tool--1", Some(V1), 9), object("url--1", None, 9)];
    let other = store.add_objects(main, &other, at(NOW)).unwrap();
    assert!(matches!(other[..], [Added::Collides, Added::New(_)]), "{other:?}");
    assert_eq!(said(&store.object_page(main, &last(), None, PAGE).unwrap()), [1, 9]);
    assert_eq!(store.collection_size(main, 100).unwrap(), 2);
}

#[test]
fn versions_may_come_in_any_order() {
    let (_folder, mut store, main) = store();
    for (version, says) in [(V2, 2), (V3, 3), (V1, 1)] {
        store.add_objects(main, &[object("tool--1", Some(version), says)], at(NOW)).unwrap();
    }
    let of = |versions: VersionFilter| {
        let filter = EntryFilter { versions, ..EntryFilter::default() };
        said(&store.object_page(main, &filter, None, PAGE).unwrap())
    };
    assert_eq!(of(VersionFilter { last: true, ..VersionFilter::default() }), [3]);
    assert_eq!(of(VersionFilter { first: true, ..VersionFilter::default() }), [1]);
    assert_eq!(of(VersionFilter { all: true, ..VersionFilter::default() }), [2, 3, 1]);
    let exact = vec![at(V2).as_microsecond()];
    assert_eq!(of(VersionFilter { exact, first: true, ..VersionFilter::default() }), [2, 1]);
    assert_eq!(store.remove_object(main, "tool--1", &last().versions).unwrap(), 1);
    assert_eq!(said(&store.object_page(main, &last(), None, PAGE).unwrap()), [2]);
    let all = VersionFilter { all: true, ..VersionFilter::default() };
    assert_eq!(store.remove_object(main, "tool--1", &all).unwrap(), 2);
    assert!(!store.has_object(main, "tool--1").unwrap());
}

#[test]
fn pages_meet_without_gap_or_overlap() {
    let (_folder, mut store, main) = store();
    let kinds = ["tool", "url", "tool", "note"];
    let objects: Vec<ExchangeObject> =
        (0..40u8).map(|n| object(&format!("{}--{n}", kinds[usize::from(n) % 4]), Some(V1), n)).collect();
    store.add_objects(main, &objects, at(NOW)).unwrap();
    for (kinds, expected) in [
        (vec![], 40),
        (vec!["tool".to_owned()], 20),
        (vec!["tool".to_owned(), "note".to_owned()], 30),
        (vec!["none".to_owned()], 0),
    ] {
        let filter = EntryFilter { kinds, ..last() };
        for entries_max in [1, 3, 100] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let limits = PageLimits { entries_max, ..PAGE };
                let page = store.object_page(main, &filter, after, limits).unwrap();
                assert!(page.entries.len() <= entries_max);
                after = page.entries.last().map(|entry| entry.added);
                seen.extend(said(&page));
                if !page.more {
                    break;
                }
            }
            assert_eq!(seen.len(), expected);
            assert!(seen.is_sorted());
        }
    }
    let small = PageLimits { entries_max: 100, bytes_max: 5 };
    assert_eq!(store.object_page(main, &last(), None, small).unwrap().entries.len(), 5);
    assert_eq!(store.manifest_page(main, &last(), None, small).unwrap().entries.len(), 40);
}

/// What is asked for is found whichever index leads to it.
#[test]
fn filters_meet_in_every_way() {
    let (_folder, mut store, main) = store();
    let earlier = ExchangeObject { spec_version: "2.0".into(), ..object("url--2", Some(V1), 4) };
    let objects = [
        object("tool--1", Some(V1), 1),
        object("tool--1", Some(V2), 2),
        object("url--1", Some(V1), 3),
        earlier,
    ];
    store.add_objects(main, &objects, at(NOW)).unwrap();
    let all: [(u8, &str, &str, &str, bool); 4] = [
        (1, "tool--1", "tool", "2.1", false),
        (2, "tool--1", "tool", "2.1", true),
        (3, "url--1", "url", "2.1", true),
        (4, "url--2", "url", "2.0", true),
    ];
    let pick = |on: bool, value: &str| if on { vec![value.to_owned()] } else { vec![] };
    for chosen in 0..64 {
        let on = |bit: u8| chosen & (1 << bit) != 0;
        let specs = [pick(on(2), "2.1"), pick(on(3), "2.0")].concat();
        let filter = EntryFilter {
            ids: pick(on(0), "tool--1"),
            kinds: pick(on(1), "url"),
            spec_versions: specs.clone(),
            versions: VersionFilter { last: !on(4), all: on(4), ..VersionFilter::default() },
            added_after: on(5).then(|| at(NOW).as_microsecond()),
        };
        let fits = |(says, id, kind, spec, last): &(u8, &str, &str, &str, bool)| {
            (!on(0) || *id == "tool--1")
                && (!on(1) || *kind == "url")
                && (specs.is_empty() || specs.iter().any(|it| it == spec))
                && (on(4) || *last)
                && (!on(5) || *says > 1)
        };
        let expected: Vec<u8> = all.iter().filter(|row| fits(row)).map(|row| row.0).collect();
        let found = store.object_page(main, &filter, None, PAGE).unwrap();
        assert_eq!(said(&found), expected, "{filter:?}");
    }
}

#[test]
fn instants_never_go_back() {
    let (_folder, mut store, main) = store();
    store.add_objects(main, &[object("tool--1", Some(V1), 1)], at(NOW)).unwrap();
    let earlier = store.add_objects(main, &[object("tool--2", Some(V1), 2)], at(V1)).unwrap();
    let Added::New(added) = earlier[0] else { panic!("{earlier:?}") };
    assert_eq!(added, at(NOW).as_microsecond() + 1);
    let filter = EntryFilter { added_after: Some(at(NOW).as_microsecond()), ..last() };
    assert_eq!(said(&store.object_page(main, &filter, None, PAGE).unwrap()), [2]);
    assert_eq!(instant_text(added), "2025-01-01T00:00:00.000001Z");
}

#[test]
fn one_object_in_two_collections_is_kept_once() {
    let (_folder, mut store, main) = store();
    let other = store.put_collection(&shared("other")).unwrap();
    for collection in [main, other] {
        store.add_objects(collection, &[object("tool--1", Some(V1), 1)], at(NOW)).unwrap();
    }
    let count = |store: &Store| -> i64 {
        let sql = "SELECT count(*) FROM exchange_object";
        store.connection.query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(count(&store), 1);
    assert_eq!(store.known_object("tool--1").unwrap().len(), 2);
    store.remove_object(main, "tool--1", &last().versions).unwrap();
    assert_eq!(count(&store), 1);
    store.remove_object(other, "tool--1", &last().versions).unwrap();
    assert_eq!(count(&store), 0);
}
