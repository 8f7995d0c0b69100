//! `forewarn cluster` from outside: what comes in, what comes out, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(folder: &Path, args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .current_dir(folder)
        .arg("--quiet")
        .arg("cluster")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments does not read its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn offer(phone: &str, town: &str) -> String {
    format!(
        "Hiring now! Chat support in {town}, no experience needed, we train you from the first day. Free room, \
         free ticket, visa arranged by our office. Write to {phone} on Telegram today and pack your bag."
    )
}

const OTHER: &str =
    "A quiet reading room needs a librarian who knows old maps, dusts them and loves silence.";

fn line(id: &str, text: &str) -> String {
    format!("{{\"id\": {id}, \"text\": {text:?}, \"board\": \"b, 1\", \"lang\": \"en\"}}\n")
}

#[test]
fn writes_members_and_templates() {
    let folder = tempfile::tempdir().unwrap();
    let ads = [
        line("1", &offer("+855 96 000 0001", "Bavet")),
        line("\"two\"", OTHER),
        "{broken\n".to_owned(),
        line("1", &offer("+855 96 000 0002", "Poipet")),
        line("null", &offer("+855 96 000 0002", "Poipet")),
    ];
    fs::write(folder.path().join("ads.jsonl"), ads.concat()).unwrap();
    let output = run(folder.path(), &["ads.jsonl", "--out", "m.csv", "--templates", "t.json"], b"");
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let members = fs::read_to_string(folder.path().join("m.csv")).unwrap();
    let rows: Vec<&str> = members.lines().collect();
    assert_eq!(rows[0], "id,campaign,role,board,lang");
    assert_eq!(rows[2], "two,,,\"b, 1\",en");
    let campaign = rows[1].split(',').nth(1).unwrap();
    assert!(campaign.starts_with("cmp-"), "{members}");
    assert_eq!(rows[1], format!("1,{campaign},member,\"b, 1\",en"));
    assert_eq!(rows[3], format!("1#2,{campaign},leader,\"b, 1\",en"));
    assert_eq!(rows[4], format!("5,{campaign},copy,\"b, 1\",en"));
    let templates = fs::read_to_string(folder.path().join("t.json")).unwrap();
    let templates: serde_json::Value = serde_json::from_str(&templates).unwrap();
    let first = &templates["campaigns"][0];
    assert_eq!(first["size"], 3);
    assert_eq!((first["first"].as_str(), first["last"].as_str()), (Some("1"), Some("5")));
    assert!(first["languages"].as_array().unwrap().contains(&"en".into()), "{first}");
    let kinds: Vec<&str> =
        first["template"].as_array().unwrap().iter().filter_map(|part| part["slot"].as_str()).collect();
    // One town of three is an edit, not yet a slot.
    assert_eq!(kinds, ["phone"], "{first}");
    assert_eq!(templates["refused"], 1);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(
        told.contains("4 ads, 1 campaigns with 3 of them, 1 refused, 1 with an id that was there"),
        "{told}"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left behind");
}

#[test]
fn reads_tables_and_streams() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [offer("+855 96 000 0001", "Bavet"), OTHER.to_owned(), offer("+855 96 000 0002", "Poipet")];
    let table: String = rows.iter().enumerate().map(|(n, text)| format!("a{n},\"{text}\"\n")).collect();
    let output = run(folder.path(), &["-", "--out", "-"], format!("id,text\n{table}").as_bytes());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let members = String::from_utf8(output.stdout).unwrap();
    let campaigns: Vec<bool> = members.lines().skip(1).map(|row| row.contains(",cmp-")).collect();
    assert_eq!(campaigns, [true, false, true], "{members}");
    let again =
        run(folder.path(), &["-", "--out", "-", "--threads", "1"], format!("id,text\n{table}").as_bytes());
    assert_eq!(String::from_utf8(again.stdout).unwrap(), members);

    let named = run(
        folder.path(),
        &["-", "--out", "-", "--text-field", "body", "--id-field", "nr"],
        format!("nr,body\n{table}").as_bytes(),
    );
    assert_eq!(String::from_utf8(named.stdout).unwrap(), members);
}

#[test]
fn refuses_what_it_cannot_do() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ads.csv"), "id,text\n1,a\n").unwrap();
    let check = |args: &[&str], input: &[u8], code: i32, part: &str| {
        let output = run(folder.path(), args, input);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {told}");
        assert!(told.contains(part), "{args:?}: {told}");
    };
    check(&["ads.csv", "--out", "ads.csv"], b"", 1, "it is the input");
    check(&["ads.csv", "--out", "x", "--templates", "x"], b"", 1, "cannot share it");
    check(&["none.csv", "--out", "x"], b"", 1, "none.csv");
    check(&["ads.csv", "--out", "none/x"], b"", 1, "none/x");
    check(&["-", "--out", "-"], b"id,words\n1,a\n", 1, "no column holds the text");
    check(&["-", "--out", "-"], b"", 3, "0 ads");
    check(&["ads.csv", "--threads", "many"], b"", 2, "--threads");
    assert_eq!(fs::read_to_string(folder.path().join("ads.csv")).unwrap(), "id,text\n1,a\n");
}
