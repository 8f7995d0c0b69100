//! `forewarn reports` as a user meets it: words in every script, filters, pages, marks, files.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{json, run};

/// A store with offers in many scripts; its folder lives as long as the first of the pair.
fn store() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let offers = [
        r#"{"id":"vi","text":"Việc nhẹ lương cao tại Campuchia, lo vé máy bay, Telegram @easy_work_kh"}"#,
        r#"{"id":"zh","text":"柬埔寨高薪招聘客服,包吃包住包机票"}"#,
        r#"{"id":"th","text":"รับสมัครงานที่กัมพูชา รายได้สูง"}"#,
        r#"{"id":"en","title":"Nurse in Cork","text":"A hospital in Cork looks for a nurse with a licence. Call +353 1 496 0123."}"#,
        r#"{"id":"fr","text":"Hôtel à Lyon cherche un réceptionniste, contrat à durée indéterminée"}"#,
        r#"{"id":"ar","text":"مطلوب مُوظَّف خدمة عملاء في كمبوديا براتب عالٍ"}"#,
    ];
    let file = folder.path().join("offers.jsonl");
    std::fs::write(&file, offers.join("\n")).unwrap();
    let told = json(&data, &["ingest", file.to_str().unwrap()], b"", 0);
    assert_eq!(told["read"].as_u64(), Some(6));
    (folder, data)
}

/// The ids at the source of what was found.
fn found(data: &Path, args: &[&str]) -> String {
    let told = json(data, &[&["reports"], args].concat(), b"", 0);
    let ids =
        told["reports"].as_array().unwrap().iter().map(|report| report["external_id"].as_str().unwrap());
    let ids: Vec<&str> = ids.collect();
    assert_eq!(told["count"].as_u64(), Some(ids.len() as u64), "{args:?}");
    ids.join(" ")
}

#[test]
fn finds_words_in_every_script() {
    let (_folder, data) = store();
    let check = |args: &[&str], expected: &str| assert_eq!(found(&data, args), expected, "{args:?}");
    check(&[], "ar fr en th zh vi");
    check(&["LUONG CAO"], "vi");
    check(&["\"cao lương\""], "");
    check(&["高薪"], "zh");
    check(&["聘"], "zh");
    check(&["กัมพูชา"], "th");
    check(&["موظف"], "ar");
    check(&["hotel", "lyon"], "fr");
    check(&["recep*"], "fr");
    check(&["cork -nurse"], "");
    check(&["--country", "kh"], "ar th zh vi");
    check(&["--country", "KH", "--language", "th"], "th");
    check(&["--identifier", "t.me/Easy_Work_KH"], "vi");
    check(&["--identifier", "+353 (0)1 4960123"], "en");
    check(&["--identifier-kind", "handle:telegram"], "vi");
    check(
        &["--source", "offers.jsonl", "--from", "2000", "--kind", "job-ad", "--tlp", "amber"],
        "ar fr en th zh vi",
    );
    check(&["--to", "2000-01"], "");
    check(&["--claims", "no", "nurse"], "en");
    let best = found(&data, &["--sort", "score"]);
    assert!(best.ends_with("fr en") || best.ends_with("en fr"), "{best}");
}

#[test]
fn pages_follow_each_other() {
    let (_folder, data) = store();
    let mut ids = Vec::new();
    let mut args: Vec<String> =
        ["reports", "--count-max", "4", "--sort", "score"].map(str::to_owned).to_vec();
    for _ in 0..2 {
        let told = json(&data, &args.iter().map(String::as_str).collect::<Vec<_>>(), b"", 0);
        ids.extend(told["reports"].as_array().unwrap().iter().map(|report| report["id"].to_string()));
        match told["next"].as_str() {
            Some(next) => args.extend(["--cursor".to_owned(), next.to_owned()]),
            None => break,
        }
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 6);
}

#[test]
fn says_what_cannot_be_asked() {
    let (_folder, data) = store();
    for (args, words) in [
        (vec!["reports", "!!!"], "no letter or digit"),
        (vec!["reports", "ab*"], "too short"),
        (vec!["reports", "--cursor", "AAAA"], "cursor"),
        (vec!["reports", "--probability-min", "7"], "no probability"),
        (vec!["reports", "--identifier", "nobody@example.org"], "no report"),
        (vec!["reports", "show", "rpt-00"], "no report that you may see"),
        (vec!["reports", "mark", "rpt-00", "--tlp", "red", "--why", "x"], "no report that you may see"),
    ] {
        let output = run(&data, &args, b"");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && told.contains(words), "{args:?}: {told}");
    }
}

#[test]
fn a_mark_is_kept_and_holds_at_once() {
    let (_folder, data) = store();
    let told = json(&data, &["reports", "nurse"], b"", 0);
    let id = told["reports"][0]["id"].as_str().unwrap().to_owned();
    let mark = ["reports", "mark", &id, "--tlp", "red", "--grading", "b2", "--why", "names a witness"];
    let changes = json(&data, &mark, b"", 0);
    assert_eq!(changes.as_array().unwrap().len(), 2);
    assert_eq!(json(&data, &mark, b"", 0), Value::Array(Vec::new()), "it is so already");
    assert_eq!(found(&data, &["--tlp", "red"]), "en");
    assert_eq!(found(&data, &["--grading", "B2", "nurse"]), "en");
    let shown = json(&data, &["reports", "show", &id[..16]], b"", 0);
    assert_eq!(shown["report"]["tlp"].as_str(), Some("RED"));
    assert_eq!(shown["changes"][1]["to"].as_str(), Some("B2"));
    assert_eq!(shown["changes"][0]["why"].as_str(), Some("names a witness"));
    assert_eq!(json(&data, &["verify"], b"", 0)["holds"].as_bool(), Some(true));
}

#[test]
fn takes_out_what_was_found() {
    let (folder, data) = store();
    let path = folder.path().join("found.csv");
    let output = run(&data, &["reports", "--country", "KH", "--csv", "--out", path.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(0));
    let table = std::fs::read_to_string(&path).unwrap();
    assert!(table.starts_with("id,kind,title,text"), "{table}");
    assert_eq!(table.matches("\r\n").count(), 5);
    let output = run(&data, &["reports", "--jsonl"], b"");
    let lines: Vec<Value> = output
        .stdout
        .split(|b| *b == b'\n')
        .filter(|l| !l.is_empty())
        .map(|l| serde_json::from_slice(l).unwrap())
        .collect();
    assert_eq!(lines.len(), 6);
}
