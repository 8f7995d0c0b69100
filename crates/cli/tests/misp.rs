//! A feed goes out, another house takes it in; a withdrawal follows.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use serde_json::{Value, json};
use support::{forewarn, json, run};

fn demo(folder: &Path) {
    let (data, out) = (folder.join("data"), folder.join("out"));
    let done = forewarn(&data, &["demo", "--no-serve", "--out", out.to_str().unwrap()]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn feed(folder: &Path) -> String {
    let out = folder.join("feed").to_str().unwrap().to_owned();
    json(&folder.join("data"), &["misp", "feed", "--out", &out], b"", 0);
    out
}

fn manifest(feed: &str) -> serde_json::Map<String, Value> {
    let bytes = std::fs::read(Path::new(feed).join("manifest.json")).unwrap();
    serde_json::from_slice::<Value>(&bytes).unwrap().as_object().unwrap().clone()
}

#[test]
fn a_feed_is_taken_in_once_and_its_withdrawals_follow() {
    let folder = tempfile::tempdir().unwrap();
    demo(folder.path());
    let (out, other) = (feed(folder.path()), folder.path().join("other"));
    let first = json(&other, &["misp", "import", &out], b"", 0);
    assert_eq!(first["events"], manifest(&out).len());
    assert!(first["accepted"].as_u64() > Some(10) && first["incidents"].as_u64() > Some(10), "{first}");
    let again = json(&other, &["misp", "import", &out], b"", 0);
    assert_eq!((&again["accepted"], &again["incidents"]), (&json!(0), &json!(0)));
    assert_eq!(again["duplicates"], first["accepted"]);

    let notice = ["notice", "withdraw", "FW-DEMO-OR-0001", "--why", "mistaken"];
    let mut withdraw = forewarn(&folder.path().join("data"), &notice);
    withdraw.env("FOREWARN_KEY_PASSPHRASE", "only for the demonstration").current_dir(folder.path());
    let done = withdraw.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    feed(folder.path());
    let after = json(&other, &["misp", "import", &out], b"", 0);
    assert!(after["withdrawn"].as_u64() > Some(10), "{after}");
    // What the other notice cites too stands on.
    assert!(
        after["retracted"].as_u64() > Some(10) && after["retracted"].as_u64() < first["incidents"].as_u64(),
        "{after}"
    );
}

#[test]
fn only_what_may_leave_goes_out() {
    let folder = tempfile::tempdir().unwrap();
    demo(folder.path());
    let out = folder.path().join("clear").to_str().unwrap().to_owned();
    // The notice is TLP:GREEN, the offers are public.
    json(&folder.path().join("data"), &["misp", "feed", "--out", &out, "--tlp", "clear"], b"", 0);
    let told = serde_json::to_string(&manifest(&out)).unwrap();
    assert!(told.contains("tlp:clear") && !told.contains("tlp:green") && !told.contains("Notice"), "{told}");
    // What is no longer in a feed is removed from its folder, what is not of the feed stays.
    std::fs::write(Path::new(&out).join("readme.json"), "{}").unwrap();
    let later = ["misp", "feed", "--out", &out, "--tlp", "clear", "--since", "2030-01-01"];
    json(&folder.path().join("data"), &later, b"", 0);
    let mut left: Vec<_> = std::fs::read_dir(&out).unwrap().map(|file| file.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["hashes.csv", "manifest.json", "readme.json"]);
}

#[track_caller]
fn check(document: &str, code: i32, expected: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("event.json");
    std::fs::write(&file, document).unwrap();
    let output = run(&folder.path().join("data"), &["misp", "import", file.to_str().unwrap()], b"");
    let told = [output.stdout, output.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(told.contains(expected), "{told:?} lacks {expected:?}");
}

#[test]
fn says_what_it_cannot_take() {
    check("", 1, "EOF while parsing");
    check("<html>", 1, "give a MISP event in JSON");
    check("{\"a\":1}", 1, "it holds no event");
    check(r#"{"Event":{"info":"x"}}"#, 0, "1 events, 0 not readable: 0 new reports");
    check(r#"{"Event":{"info":"x","Attribute":[{"type":"btc","value":"1Boat"}]}}"#, 1, "wallet: 1Boat");
    let one_good = r#"{"Event":{"info":"x","Attribute":[
        {"type":"btc","value":"1Boat"},{"type":"domain","value":"evil.example"},
        {"type":"full-name","value":"A B"}]}}"#;
    check(one_good, 3, "1 identifiers, 0 of them on warning lists, 1 refused");
    check(one_good, 3, "1 attributes of persons");
}
