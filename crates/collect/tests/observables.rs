//! Rows of identifiers become reports.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use forewarn_collect::{Columns, Defaults, Limits, Progress, observables};
use forewarn_model::{Grading, Marking, ReportKind};

/// The text of each report, or the code of the problem in its place.
fn read(name: &str, columns: &str, input: &str) -> Vec<String> {
    let columns: Columns = columns.parse().unwrap();
    let defaults = Defaults {
        source: "list".to_owned(),
        kind: ReportKind::ScamReport,
        marking: Marking::PUBLIC,
        grading: Grading::UNKNOWN,
        received_at: "2024-01-02T00:00:00Z".parse().unwrap(),
    };
    let input = input.as_bytes().to_vec();
    let rows = observables(
        forewarn_collect::Source::memory(input),
        name,
        None,
        &columns,
        &defaults,
        &Limits::default(),
        &Progress::default(),
    );
    match rows {
        Err(problem) => vec![problem.code.to_owned()],
        Ok(rows) => rows
            .map(|row| match row {
                Ok(row) => row.report.text().replace('\n', " / "),
                Err(problem) => format!("{} {}", problem.code, problem.line.unwrap_or_default()),
            })
            .collect(),
    }
}

#[track_caller]
fn check(name: &str, columns: &str, input: &str, expected: &[&str]) {
    assert_eq!(read(name, columns, input), expected);
}

#[test]
fn reads_tables_lines_and_documents() {
    let columns = "domain=site,wallet=address";
    let expected = ["domain: a.example / wallet: T1", "domain: b.example / wallet: T2 / wallet: T3"];
    check("x.csv", columns, "site,address,who\na.example,T1,me\nb.example,T2|T3,\n", &expected);
    let lines = "{\"site\":\"a.example\",\"address\":\"T1\"}\n\n{\"site\":\"b.example\",\"address\":[\"T2\",\"T3\"]}\n";
    check("x.jsonl", columns, lines, &expected);
    let array = "[\n {\"site\":\"a.example\",\"address\":\"T1\"},\n {\"site\":\"b.example\",\"address\":[\"T2\",\"T3\"]}\n]";
    check("x.json", columns, array, &expected);
    let object = "{\n \"a.example\": [\"T1\"],\n \"b.example\": [\"T2\", \"T3\"]\n}\n";
    check("x.json", "domain=@key,wallet=@value", object, &expected);
    check(
        "x.json",
        "wallet=@value",
        "[\"T1\", null, \"T2\"]",
        &["wallet: T1", "no-identifier 2", "wallet: T2"],
    );
}

#[test]
fn a_bad_row_costs_that_row_only() {
    let table = "address,asset,day\n,ETH,\nT1,,2024-13-40\nT2\nT3,TRX,2024-01-31\n";
    let columns = "wallet=address,currency=asset,published_at=day";
    let expected = ["no-identifier 2", "wallet: T1", "csv-columns 4", "wallet: T3 / currency: TRX"];
    check("x.csv", columns, table, &expected);
    check(
        "x.jsonl",
        "wallet=a",
        "{\"a\":\"T1\"}\nno json\n{\"a\":\"T2\"}\n",
        &["wallet: T1", "json 2", "wallet: T2"],
    );
    check("x.csv", "wallet=wallet", "address\nT1\n", &["csv-header"]);
    check("x.csv", "wallet=wallet", "", &["empty-input"]);
    check("x.json", "wallet=@value", "[1,", &["json"]);
}

#[test]
fn a_mapping_needs_an_identifier_and_known_fields() {
    for text in ["", "currency=a", "domain", "domain=", "wallets=a", "id=a"] {
        assert!(text.parse::<Columns>().is_err(), "{text}");
    }
    // A known field that identifies nothing: the remedy names those that do, and only those.
    let told = "hub=label,place=admin1".parse::<Columns>().unwrap_err().to_string();
    assert!(told.contains("no column holds an identifier") && told.ends_with("tiktok"), "{told}");
}

#[test]
fn names_of_accounts_get_the_sign_that_texts_have() {
    check(
        "x.csv",
        "telegram=t",
        "t\nhr_test\n@hr_test\nhttps://t.me/hr_test\n",
        &["telegram: @hr_test", "telegram: @hr_test", "telegram: https://t.me/hr_test"],
    );
}
