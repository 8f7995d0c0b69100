//! How well the language of short texts is told: every ad of the given files is cut to its first words (a
//! word of a script without spaces counts as three characters), and its language compared with its label:
//! `cargo run --release --example language -- 20 fixtures/offers/*.jsonl`.

#![allow(clippy::print_stdout, reason = "an example speaks on standard output")]

use std::collections::BTreeMap;
use std::fs;

use forewarn_extract::Extractor;
use serde_json::Value;

/// Characters that count as one word where no spaces stand between words.
const WORD_CHARS: usize = 3;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let words: usize = arguments.next().ok_or("usage: language WORDS FILE...")?.parse()?;
    let extractor = Extractor::builtin()?;
    let mut table: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for path in arguments {
        for line in fs::read_to_string(path)?.lines() {
            let ad: Value = serde_json::from_str(line)?;
            let label = ad["lang"].as_str().unwrap_or_default().to_owned();
            let cut = first_words(ad["text"].as_str().unwrap_or_default(), words);
            let (facts, _) = extractor.extract_text(&cut);
            let row = table.entry(label.clone()).or_default();
            row.1 += 1;
            if facts.language.as_str() == label {
                row.0 += 1;
            } else {
                println!("{label} found {} in {cut:?}", facts.language);
            }
        }
    }
    let (mut right, mut all) = (0, 0);
    for (language, row) in &table {
        println!("{language:8} {:3} of {:3}", row.0, row.1);
        right += row.0;
        all += row.1;
    }
    println!("all      {right} of {all} ({:.3})", f64::from(right) / f64::from(all.max(1)));
    Ok(())
}

/// The first `words` words of a text.
fn first_words(text: &str, words: usize) -> String {
    let mut cut = String::new();
    let mut left = words * WORD_CHARS;
    for word in text.split_whitespace() {
        let signs = word.chars().filter(|c| !c.is_ascii()).count();
        let is_unspaced =
            word.chars().any(|c| matches!(c as u32, 0x0E00..0x1100 | 0x1780..0x1800 | 0x3040..0xA000));
        let cost = if is_unspaced { signs.max(WORD_CHARS) } else { WORD_CHARS };
        if cost > left {
            cut.extend(word.chars().take(left));
            break;
        }
        left -= cost;
        cut.push_str(word);
        cut.push(' ');
    }
    cut
}
