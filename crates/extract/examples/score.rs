//! Scores language and countries against labelled ads, with the misses:
//! `cargo run --example score -- fixtures/offers/*.jsonl`.

#![allow(clippy::print_stdout, reason = "an example speaks on standard output")]

use std::collections::BTreeSet;
use std::fs;

use forewarn_extract::Extractor;
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let extractor = Extractor::builtin()?;
    let (mut right, mut ads) = (0u32, 0u32);
    let (mut both, mut found_all, mut labelled_all) = (0usize, 0usize, 0usize);
    for path in std::env::args().skip(1) {
        for line in fs::read_to_string(path)?.lines() {
            let ad: Value = serde_json::from_str(line)?;
            let text = |key: &str| ad[key].as_str().unwrap_or_default().to_owned();
            let (facts, _) = extractor.extract_text(&text("text"));
            ads += 1;
            if facts.language.as_str() == text("lang") {
                right += 1;
            } else {
                println!(
                    "{} language {} found {} {:?}",
                    text("id"),
                    text("lang"),
                    facts.language,
                    facts.other_languages
                );
            }
            let found: BTreeSet<String> = facts.countries().iter().map(ToString::to_string).collect();
            let labelled: BTreeSet<String> = ad["countries"]
                .as_array()
                .map(|codes| codes.iter().filter_map(|code| code.as_str().map(str::to_owned)).collect())
                .unwrap_or_default();
            both += found.intersection(&labelled).count();
            found_all += found.len();
            labelled_all += labelled.len();
            let missed: Vec<&String> = labelled.difference(&found).collect();
            let extra: Vec<String> = found
                .difference(&labelled)
                .map(|code| {
                    let words: Vec<&str> = facts
                        .places
                        .iter()
                        .filter(|place| place.country.is_some_and(|country| country.as_str() == code))
                        .map(|place| place.span.slice(ad["text"].as_str().unwrap_or_default()))
                        .collect();
                    format!("{code} {words:?}")
                })
                .collect();
            if !missed.is_empty() || !extra.is_empty() {
                println!("{} countries missed {missed:?} extra {extra:?}", text("id"));
            }
        }
    }
    let precision = both as f64 / found_all.max(1) as f64;
    let recall = both as f64 / labelled_all.max(1) as f64;
    println!("ads {ads}; language right {right} ({:.3})", f64::from(right) / f64::from(ads.max(1)));
    println!(
        "countries precision {precision:.3} recall {recall:.3} F1 {:.3}",
        2.0 * precision * recall / (precision + recall).max(1e-9)
    );
    Ok(())
}
