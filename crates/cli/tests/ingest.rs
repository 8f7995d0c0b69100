//! `forewarn ingest` as a user meets it: good files, bad lines, bombs, locked and read-only folders.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::Write;
use std::path::Path;

use serde_json::Value;
use support::{json, run};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// accepted, duplicates, refused of the first input.
fn counts(told: &Value) -> (u64, u64, u64) {
    let first = &told["inputs"][0];
    let count = |name: &str| first[name].as_u64().unwrap();
    (count("accepted"), count("duplicates"), count("refused"))
}

#[test]
fn takes_tables_lines_and_texts_and_says_what_it_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let table = write(folder.path(), "ads.csv", b"nr;anzeige\n1;Cook in Lima\n2;\n3;Cook in Lima\n4;a;b\n");
    let told = json(&data, &["ingest", "--map", "text=anzeige,id=nr", &table], b"", 3);
    assert_eq!(counts(&told), (1, 1, 2));
    let lines: Vec<_> =
        told["inputs"][0]["problems"].as_array().unwrap().iter().map(|p| p["line"].as_u64()).collect();
    assert_eq!(lines, [Some(3), Some(5)]);

    let lines = gzip(b"{\"text\":\"Typist in Accra\"}\nnot json\n{\"text\":\"Driver in Hanoi\"}\n");
    let lines = write(folder.path(), "ads.jsonl.gz", &lines);
    let told = json(&data, &["ingest", &lines], b"", 3);
    assert_eq!(counts(&told), (2, 0, 1));
    assert_eq!(told["read"].as_u64(), Some(2));

    let told =
        json(&data, &["ingest", "--kind", "chat", "-"], "Việc nhẹ lương cao ở Campuchia".as_bytes(), 0);
    assert_eq!(counts(&told), (1, 0, 0));
    let verified = json(&data, &["verify"], b"", 0);
    assert_eq!(verified["holds"].as_bool(), Some(true));
}

#[test]
fn a_bad_file_does_not_stop_the_good_ones() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let good = write(folder.path(), "good.txt", b"Waiter in Porto");
    let empty = write(folder.path(), "empty.csv", b"");
    let told = json(&data, &["ingest", "no-such-file.csv", &empty, &good], b"", 1);
    assert_eq!(told["failed"].as_array().map(Vec::len), Some(2));
    assert_eq!(counts(&told), (1, 0, 0));
}

#[test]
fn a_bomb_ends_in_a_clear_message_and_keeps_what_came_before() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut text = b"{\"text\":\"Waiter in Porto\"}\n".to_vec();
    text.resize(80 << 20, b'a');
    let bomb = write(folder.path(), "bomb.jsonl.gz", &gzip(&text));
    let told = json(&data, &["ingest", &bomb], b"", 3);
    assert_eq!(counts(&told).0, 1);
    let codes: Vec<_> = told["inputs"][0]["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"decompression-bomb"), "{codes:?}");
    assert_eq!(told["inputs"][0]["complete"].as_bool(), Some(false));
}

#[test]
fn limits_can_be_set() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let input = b"{\"text\":\"a rather long advertisement\"}\n{\"text\":\"short\"}\n{\"text\":\"third\"}\n";
    let arguments = ["ingest", "--format", "jsonl", "--line-bytes-max", "20", "--records-max", "2", "-"];
    let told = json(&data, &arguments, input, 3);
    assert_eq!(counts(&told), (1, 0, 2));
}

#[test]
fn a_folder_that_cannot_hold_a_store_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, b"x").unwrap();
    for arguments in [vec!["ingest", "-"], vec!["campaigns"]] {
        let output = run(&file, &arguments, b"Waiter in Porto");
        assert_eq!(output.status.code(), Some(1));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("file") && told.contains("--data"), "{told}");
    }
    let output = run(&folder.path().join("none"), &["campaigns"], b"");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("no store in") && told.contains("forewarn ingest"), "{told}");
}
