//! Campaigns grow over many runs, some of them killed, as they would in one.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use support::{forewarn, json, run};

/// More than the two pages of offers that an update takes at a time.
const ADS: usize = 4_500;

/// Every second ad is written from one of 90 templates, in turn: 28 words, of which each ad changes three.
fn ads() -> Vec<String> {
    let word = |of: usize, at: usize| {
        let mixed = (of * 64 + at + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 38;
        let syllables = ["ba", "ke", "li", "mo", "nu", "ra", "se", "ti"];
        (0..7).map(|n| syllables[mixed >> (3 * n) & 7]).collect::<String>()
    };
    (0..ADS)
        .map(|ad| {
            let template = if ad % 2 == 0 { ad / 2 % 90 } else { 100 + ad };
            let words: Vec<String> = (0..28)
                .map(|at| if (at + ad / 2) % 10 == 0 { word(100_000 + ad, at) } else { word(template, at) })
                .collect();
            format!("{{\"id\":\"{ad}\",\"text\":\"{}\"}}\n", words.join(" "))
        })
        .collect()
}

fn ingest(data: &Path, ads: &[String]) {
    let output = run(data, &["ingest", "--no-assess", "-"], ads.concat().as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Every campaign with its size and its members.
fn campaigns(data: &Path) -> Vec<(String, u64, Vec<String>)> {
    let all = json(data, &["campaigns", "--count-max", "200"], b"", 0);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut told: Vec<(String, u64, Vec<String>)> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let members = one["members"].as_array().unwrap().iter();
            let mut members: Vec<String> = members.map(|member| text(&member["report"])).collect();
            members.sort();
            (text(&one["id"]), one["size"].as_u64().unwrap(), members)
        })
        .collect();
    told.sort();
    told
}

#[test]
fn many_runs_give_what_one_run_gives() {
    let folder = tempfile::tempdir().unwrap();
    let ads = ads();
    let data = |name: &str| folder.path().join(name);
    ingest(&data("once"), &ads);
    let once = campaigns(&data("once"));
    assert_eq!(once.len(), 90);
    assert_eq!(once.iter().map(|one| one.1).sum::<u64>(), ADS as u64 / 2);

    // Some runs bring enough that the index is kept, some are caught up with by the next one.
    for part in [&ads[..2_500], &ads[2_500..2_510], &ads[2_510..2_511], &ads[2_511..3_000], &ads[3_000..]] {
        ingest(&data("parts"), part);
        campaigns(&data("parts"));
    }
    assert_eq!(campaigns(&data("parts")), once);

    // An update that is killed again and again loses nothing and doubles nothing.
    ingest(&data("killed"), &ads);
    for delay_ms in [40, 300, 700, 1_100, 1_900] {
        let mut child = forewarn(&data("killed"), &["campaigns"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(delay_ms));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(campaigns(&data("killed")), once);
    let verified = run(&data("killed"), &["verify"], b"");
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}
