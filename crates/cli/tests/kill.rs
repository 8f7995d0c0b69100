//! What `ingest` acknowledged survives `kill -9` at any instant, and to start again doubles nothing.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use support::{forewarn, json, run};

const ADS: usize = 6_000;
/// Every tenth ad is the one before it once more.
const TEXTS: u64 = (ADS - ADS / 10) as u64;

fn ads() -> String {
    let mut lines = String::new();
    for number in 0..ADS {
        let text = if number % 10 == 9 { number - 1 } else { number };
        writeln!(
            lines,
            r#"{{"id":"{number}","text":"Typist number {text} wanted, {}"}}"#,
            "meals and room ".repeat(20)
        )
        .unwrap();
    }
    lines
}

/// Starts to ingest, kills it after `delay`, and returns how many records it had acknowledged.
fn killed(data: &Path, file: &Path, delay: Duration) -> u64 {
    let file = file.to_str().unwrap();
    let mut child = forewarn(data, &["ingest", "--no-assess", "--acks", "--batch-count-max", "50", file])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let reader = std::thread::spawn(move || {
        let acks = lines.map_while(Result::ok).filter_map(|line| serde_json::from_str::<Value>(&line).ok());
        acks.filter_map(|ack| ack["records"].as_u64()).max().unwrap_or(0)
    });
    std::thread::sleep(delay);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn nothing_is_lost_and_nothing_doubled_at_twenty_instants() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ads.jsonl");
    std::fs::write(&file, ads()).unwrap();
    // Instants spread unevenly over the time that a whole run takes here, from the start of the program on.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut partial = BTreeSet::new();
    for round in 0..20 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let delay = Duration::from_micros(3_000 + state % 400_000);
        let data = folder.path().join(format!("data-{round}"));
        let acknowledged = killed(&data, &file, delay);
        if data.join("forewarn.db").exists() {
            let verified = run(&data, &["verify"], b"");
            assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
        }
        // Those acknowledged are there: given again, exactly they and perhaps one more batch are duplicates.
        let again = json(&data, &["ingest", "--no-assess", file.to_str().unwrap()], b"", 0);
        let again = &again["inputs"][0];
        let known = again["duplicates"].as_u64().unwrap() - again["seen_again"].as_u64().unwrap();
        assert!(known >= acknowledged, "round {round}: {acknowledged} acknowledged, {known} found");
        assert!(known <= acknowledged + 50, "round {round}: {acknowledged} acknowledged, {known} found");
        partial.insert(known > 0 && known < ADS as u64);
        // And the whole is there once.
        let third = json(&data, &["ingest", "--no-assess", file.to_str().unwrap()], b"", 0);
        let third = &third["inputs"][0];
        assert_eq!((third["accepted"].as_u64(), third["duplicates"].as_u64()), (Some(0), Some(ADS as u64)));
        assert_eq!(third["seen_again"].as_u64(), Some(0));
        let accepted = again["accepted"].as_u64().unwrap();
        assert!(accepted <= TEXTS);
        std::fs::remove_dir_all(&data).unwrap();
    }
    assert!(
        partial.contains(&true),
        "no kill hit the middle of an ingest: the delays do not fit this machine"
    );
}
