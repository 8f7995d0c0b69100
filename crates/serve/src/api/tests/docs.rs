//! `docs/api.md` as it stands: its examples run, and its table names every page and every operation.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_app::member;
use forewarn_app::model::MemberKind;
use forewarn_app::model::member::Member;

use super::*;

const DOCS: &str = include_str!("../../../../../docs/api.md");

/// The file that the examples send.
const ADS: &str = concat!(
    "{\"id\":\"1\",\"text\":\"Typist wanted in Poipet, ticket paid, write to @hr_example on Telegram\"}\n",
    "{\"id\":\"2\",\"text\":\"Nurse wanted in Lyon\"}\n",
);

/// The lines of the examples, in order.
fn examples() -> Vec<&'static str> {
    let blocks = DOCS.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.flat_map(str::lines).filter(|line| !line.trim().is_empty()).collect()
}

/// A line of a shell as words: quotes, and names that stand for what was found before.
fn words(line: &str, known: &BTreeMap<String, String>) -> Vec<String> {
    let (mut all, mut word, mut quote) = (Vec::new(), None::<String>, None::<char>);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, ' ') => all.extend(word.take()),
            (None | Some('"'), '$') => {
                let mut name = String::new();
                while let Some(c) = chars.next_if(|c| c.is_ascii_alphanumeric() || *c == '_') {
                    name.push(c);
                }
                let value = known.get(&name).unwrap_or_else(|| panic!("${name} in {line}"));
                word.get_or_insert_default().push_str(value);
            }
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    all.extend(word);
    all
}

/// Runs a line of `curl`.
fn curl(house: &House, words: &[String]) -> Told {
    let (mut method, mut headers, mut body, mut address) = (None, Vec::new(), String::new(), String::new());
    let mut rest = words.iter().map(String::as_str);
    assert_eq!(rest.next(), Some("curl"));
    while let Some(word) = rest.next() {
        match word {
            "-s" => {}
            "-X" => method = rest.next(),
            "-H" => headers.push(rest.next().unwrap().split_once(": ").unwrap()),
            "--json" => {
                body = rest.next().unwrap().to_owned();
                headers.push(("Content-Type", "application/json"));
                method = method.or(Some("POST"));
            }
            "--data-binary" => {
                assert_eq!(rest.next(), Some("@ads.jsonl"));
                body = ADS.to_owned();
                method = method.or(Some("POST"));
            }
            word => address = word.to_owned(),
        }
    }
    let path = address.strip_prefix("http://desk.example/api/v1").unwrap_or_else(|| panic!("{address:?}"));
    house.send(method.unwrap_or("GET"), path, &headers, &body)
}

#[test]
fn every_example_runs() {
    let house = House::new(Access::SignIn, Rights::all(), 10_000);
    let mut known = BTreeMap::from([("FOREWARN".to_owned(), "http://desk.example".to_owned())]);
    let people: [(&str, &[Role], &str); 6] = [
        ("TOKEN", &[Role::Analyst], ""),
        ("REVIEWER_1", &[Role::Reviewer], ""),
        ("REVIEWER_2", &[Role::Reviewer], ""),
        ("PUBLISHER", &[Role::Publisher], ""),
        ("MEMBER", &[Role::Partner], "kh-bureau"),
        ("ADMINISTRATOR", &[Role::Administrator], ""),
    ];
    for (name, roles, organisation) in people {
        let user = name.to_lowercase().replace('_', "-");
        known.insert(name.to_owned(), house.token(&user, roles, organisation));
    }
    house.with(|workspace, context| {
        let member = Member {
            id: "kh-bureau".into(),
            name: "Bureau Phnom Penh".into(),
            kind: MemberKind::Bureau,
            country: "KH".parse().ok(),
            clearance: Tlp::Amber,
            channels: Vec::new(),
            active: true,
        };
        member::put(workspace, context, &member)
    });
    let examples = examples();
    assert!(examples.len() > 25, "{} examples", examples.len());
    for line in examples {
        // `NAME=$(curl … | jq -r '.items[0].id')`
        let found = line.split_once("=$(").filter(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase()));
        let (name, command) = found.map_or((None, line), |(name, rest)| (Some(name), rest));
        let (command, wanted) = match command.split_once(" | jq -r '.") {
            Some((command, rest)) => (command, rest.split('\'').next().unwrap()),
            None => (command, ""),
        };
        let told = curl(&house, &words(command, &known));
        assert!(told.status < 300, "{line}\n{}: {}", told.status, told.text);
        if let Some(name) = name {
            let pointer = format!("/{}", wanted.replace(['.', '['], "/").replace(']', ""));
            let value = told.json().pointer(&pointer).and_then(Value::as_str).map(str::to_owned);
            known.insert(name.to_owned(), value.unwrap_or_else(|| panic!("{line}: {}", told.text)));
        }
    }
}

#[test]
fn the_table_names_every_page_and_every_operation() {
    let (_, table) = DOCS.split_once("## Pages and operations").unwrap();
    let (table, _) = table.split_once("## How it is tried").unwrap();
    let mut pages: BTreeSet<(String, String)> = BTreeSet::new();
    let known: BTreeSet<&str> =
        super::table::all().map(|endpoint| endpoint.name).chain(["checkOffer"]).collect();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let mut cells = row.trim_matches('|').splitn(2, '|').map(str::trim);
        let (page, told) = (cells.next().unwrap().trim_matches('`'), cells.next().unwrap());
        let (method, path) = page.split_once(' ').unwrap();
        assert!(pages.insert((method.to_owned(), path.to_owned())), "{page} twice");
        let reason = told.starts_with("none: ");
        assert!(reason || told.starts_with('`'), "{page} has neither an operation nor a reason: {told}");
    }
    let named: BTreeSet<&str> =
        table.split('`').skip(1).step_by(2).filter(|word| !word.contains(['/', ' '])).collect();
    let unknown: Vec<_> = named.difference(&known).collect();
    assert!(unknown.is_empty(), "no such operation: {unknown:?}");
    let missing: Vec<_> = known.difference(&named).collect();
    assert!(missing.is_empty(), "operations that the table does not name: {missing:?}");
    let served: BTreeSet<(String, String)> = crate::tests::matrix::routes()
        .into_iter()
        .filter(|(path, _)| !OTHERS.iter().any(|start| path.starts_with(start)))
        .flat_map(|(path, methods)| methods.into_iter().map(move |method| (method.to_string(), path.clone())))
        .collect();
    let lost: Vec<_> = served.symmetric_difference(&pages).collect();
    assert!(lost.is_empty(), "in the table or in the sources, not in both: {lost:?}");
}

/// What is no page: files, what a supervisor asks, and protocols of their own.
const OTHERS: [&str; 7] = ["/api/", "/assets/", "/favicon", "/healthz", "/readyz", "/share/", "/taxii2"];
