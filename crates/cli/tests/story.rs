//! The whole way, as users go it: check, read, watch, and the demonstration to a signed notice.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use serde_json::Value;
use support::{json, run};

/// A news text with the facts of June 2023, in our own words.
const NEWS: &str = "INTERPOL has sent its member countries an Orange Notice on online scam centres, a warning of \
an imminent threat to public safety. The centres were first found in Cambodia. Later, hubs were identified in Laos \
and Myanmar too, and the scheme has since spread to at least four more Asian countries, with indications of \
replication in West Africa. Tens of thousands of people are held in them. At first the victims were mostly \
Chinese-speaking people from China, Malaysia, Thailand and Singapore. By now victims are brought in from South \
America, East Africa and Western Europe as well.";

const LURE: &str = "URGENT! Chat support in Sihanoukville, no experience needed. 2,500 USD a month, free ticket, free \
visa, free room in the company compound. Passport is kept by the office. Only Telegram @test_sample_hr";

fn strings<'a>(list: &'a Value, pointer: &str) -> Vec<&'a str> {
    list.as_array().unwrap().iter().filter_map(|item| item.pointer(pointer)?.as_str()).collect()
}

#[test]
fn a_pasted_offer_gets_a_verdict_whose_reasons_add_up() {
    let folder = tempfile::tempdir().unwrap();
    let told = json(folder.path(), &["check", "-"], LURE.as_bytes(), 0);
    assert_eq!(told["verdict"], "strong_signs");
    let sum: f64 =
        told["reasons"].as_array().unwrap().iter().map(|reason| reason["log_odds"].as_f64().unwrap()).sum();
    let probability = 1.0 / (1.0 + (-sum).exp());
    assert!((probability - told["probability"].as_f64().unwrap()).abs() < 1e-9);
    let letters: Vec<char> = LURE.chars().collect();
    for indicator in told["indicators"].as_array().unwrap() {
        let (start, end) = (indicator["span"][0].as_u64().unwrap(), indicator["span"][1].as_u64().unwrap());
        let quoted: String = letters[start as usize..end as usize].iter().collect();
        assert_eq!(indicator["text"], quoted);
    }
    let indicators = strings(&told["indicators"], "/id");
    for name in ["hub_location", "passport_handover", "no_experience"] {
        assert!(indicators.contains(&name), "{name} in {indicators:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is stored");
}

#[test]
fn empty_and_odd_texts_get_an_answer() {
    let folder = tempfile::tempdir().unwrap();
    let nested = "[".repeat(10_000);
    for text in ["", " \n", "\0\u{202e}", "???", &nested, "xyzzy plugh"] {
        let told = json(folder.path(), &["check", "-"], text.as_bytes(), 0);
        assert_eq!(told["verdict"], "no_known_signs", "{text:.20?}");
    }
    let told = json(folder.path(), &["check", "-"], b"\xff\xfe\x00bad", 0);
    assert!(told["probability"].is_number());
}

#[test]
fn a_news_text_becomes_claims_that_wait_for_an_analyst() {
    let folder = tempfile::tempdir().unwrap();
    let told = json(folder.path(), &["read", "-"], NEWS.as_bytes(), 0);
    let claims: Vec<String> = told["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            format!(
                "{} {}",
                it["subject"]["type"].as_str().unwrap(),
                it["subject"]["value"].as_str().unwrap_or("")
            )
        })
        .collect();
    for claim in [
        "hub_country KH",
        "hub_country LA",
        "hub_country MM",
        "hub_region 011",
        "origin_country CN",
        "origin_country MY",
        "origin_country TH",
        "origin_country SG",
        "origin_region 005",
        "origin_region 014",
        "origin_region 155",
        "notice_issued orange",
    ] {
        assert!(claims.iter().any(|found| found == claim), "{claim} in {claims:?}");
    }
    let arguments = ["ingest", "--kind", "news", "-"];
    json(folder.path(), &arguments, NEWS.as_bytes(), 0);
    let waiting = json(folder.path(), &["incidents", "candidates"], b"", 0);
    assert_eq!(waiting.as_array().unwrap().len(), claims.len());
    let id = waiting[0]["id"].as_str().unwrap();
    let output = run(folder.path(), &["incidents", "confirm", id, "--why", " "], b"");
    assert_eq!(output.status.code(), Some(1), "a decision needs a reason");
    let output = run(folder.path(), &["incidents", "reject", id, "--why", "told elsewhere"], b"");
    assert_eq!(output.status.code(), Some(0));
    let waiting = json(folder.path(), &["incidents", "candidates"], b"", 0);
    assert_eq!(waiting.as_array().unwrap().len(), claims.len() - 1);
}

#[test]
fn the_watch_knows_nothing_of_the_future() {
    let folder = tempfile::tempdir().unwrap();
    let timeline = concat!(env!("CARGO_MANIFEST_DIR"), "/../../incidents/timeline.csv");
    let all = json(folder.path(), &["watch", "--replay", "--incidents", timeline], b"", 0);
    let then = json(folder.path(), &["watch", "--as-of", "2023-03-01", "--incidents", timeline], b"", 0);
    let then = then.as_array().unwrap();
    assert!(!then.is_empty() && then.len() < all.as_array().unwrap().len());
    for alarm in then {
        assert!(alarm["raised_on"].as_str().unwrap() <= "2023-03-01", "{alarm}");
    }
    let output = run(folder.path(), &["watch", "--as-of", "2023-02-31"], b"");
    assert_eq!(output.status.code(), Some(2));
}

fn files(out: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = std::fs::read_dir(out)
        .unwrap()
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                return files(&path);
            }
            vec![(path.to_string_lossy().into_owned(), std::fs::read(&path).unwrap())]
        })
        .collect();
    all.sort();
    all
}

#[test]
fn the_demonstration_ends_in_a_notice_that_holds() {
    let folder = tempfile::tempdir().unwrap();
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    let arguments = ["demo", "--no-serve", "--out", out.to_str().unwrap()];
    let output = run(&data, &arguments, b"");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let first = files(&out);
    let within =
        |name: &str| name.strip_prefix(out.to_str().unwrap()).unwrap().trim_start_matches('/').to_owned();
    let names: Vec<String> =
        first.iter().map(|(name, _)| within(name)).filter(|name| !name.starts_with("public/")).collect();
    let expected = [
        "alarms.csv",
        "alarms.json",
        "campaigns.json",
        "method/notice.cap.xml",
        "method/notice.json",
        "method/notice.pdf",
        "method/notice.stix.json",
        "notice.cap.xml",
        "notice.json",
        "notice.pdf",
        "notice.stix.json",
    ];
    assert_eq!(names, expected);
    assert!(first.iter().filter(|(name, _)| name.ends_with(".atom")).count() >= 12);

    let notice = out.join("notice.json");
    let verified = json(&data, &["verify", notice.to_str().unwrap()], b"", 0);
    let kid = verified["kid"].as_str().unwrap();
    json(&data, &["verify", notice.to_str().unwrap(), "--kid", kid], b"", 0);
    json(&data, &["verify", notice.to_str().unwrap(), "--kid", "another"], b"", 4);
    let forged = out.join("forged.json");
    let text = std::fs::read_to_string(&notice).unwrap();
    std::fs::write(&forged, text.replacen("FW-DEMO-OR-0001", "FW-DEMO-OR-0002", 1)).unwrap();
    json(&data, &["verify", forged.to_str().unwrap()], b"", 4);
    std::fs::remove_file(&forged).unwrap();

    let again = run(&data, &arguments, b"");
    assert_eq!(again.status.code(), Some(0), "{}", String::from_utf8_lossy(&again.stderr));
    assert_eq!(files(&out), first, "told again, it is the same, byte for byte");

    let campaigns: Value = serde_json::from_slice(&first[2].1).unwrap();
    let truth: Vec<usize> = vec![6, 5, 7, 6, 5, 5, 6, 6];
    let mut sizes: Vec<u64> =
        campaigns.as_array().unwrap().iter().map(|c| c["size"].as_u64().unwrap()).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    assert!(sizes.len() >= truth.len() - 1, "{sizes:?}");
    let listed = json(&data, &["notice", "list"], b"", 0);
    assert_eq!(listed.as_array().unwrap().len(), 2, "the Orange and the Purple");
}

#[test]
fn completions_and_help_are_there() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(folder.path(), &["completions", shell], b"");
        assert!(output.status.success() && output.stdout.len() > 1_000, "{shell}");
    }
    let output = run(folder.path(), &["--help"], b"");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("Exit codes") && told.contains("no part of INTERPOL"), "{told}");
}
