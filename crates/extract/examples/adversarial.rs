//! Compares the time a byte of hostile texts costs with that of ordinary ones, at two sizes:
//! `cargo run --release --example adversarial -- fixtures/offers/en.jsonl`. A column that grows with the size
//! is not linear.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![allow(clippy::print_stdout, reason = "an example speaks on standard output")]

use std::fs;
use std::hint::black_box;
use std::time::Instant;

use forewarn_extract::{Config, Extractor};
use serde_json::Value;

/// What is repeated, and a name for it.
const UNITS: &[(&str, &str)] = &[
    ("digits", "1"),
    ("digits, then é", "7"),
    ("at signs", "@"),
    ("plus signs", "+"),
    ("dollars", "$"),
    ("brackets", "([{<"),
    ("combining marks", "\u{301}"),
    ("marks of two classes", "\u{327}\u{301}"),
    ("zero-width", "\u{200B}"),
    ("right-to-left overrides", "\u{202E}"),
    ("one long word", "a"),
    ("double spaces", "a  "),
    ("spaces", " "),
    ("mixed scripts", "aа"),
    ("look-alikes and digits", "а1b"),
    ("ideographs", "中"),
    ("kana", "カ"),
    ("Thai marks", "กุ้"),
    ("hosts", "a.b."),
    ("service names and dots", "tg."),
    ("service names", "telegram "),
    ("numbers and dashes", "$1-"),
    ("numbers and commas", "1,"),
    ("e-mail", "a@b.example "),
    ("phones", "+66812345678 "),
    ("links", "https://a.example/b "),
    ("IBAN starts", "DE89 "),
    ("saints", "San "),
    ("countries", "Kenya, "),
    ("weak places", "Nice "),
    ("flags", "🇰🇭"),
    ("languages", "Chinese Thai "),
    ("quotes", "\"(“"),
    ("Georgia after words", "of Georgia "),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = Config { text_chars_max: 2_000_000, ..Config::default() };
    let extractor = Extractor::new(Extractor::builtin()?.gazetteer().clone(), config);
    let mut ordinary = String::new();
    for path in std::env::args().skip(1) {
        for line in fs::read_to_string(path)?.lines() {
            let ad: Value = serde_json::from_str(line)?;
            ordinary.push_str(ad["text"].as_str().unwrap_or_default());
            ordinary.push('\n');
        }
    }
    black_box(extractor.extract_text(&ordinary));
    let per_byte = |text: &str| {
        let start = Instant::now();
        black_box(extractor.extract_text(text));
        start.elapsed().as_secs_f64() * 1e9 / text.len().max(1) as f64
    };
    let base = per_byte(&ordinary.repeat(100_000 / ordinary.len().max(1) + 1));
    println!("ordinary text: {base:.1} ns a byte");
    println!("{:28} {:>10} {:>10}  times ordinary", "text", "100 kB", "1 MB");
    for &(name, unit) in UNITS {
        let [small, large] = [100_000, 1_000_000].map(|bytes| {
            let mut text = unit.repeat(bytes / unit.len());
            text.push('é');
            per_byte(&text)
        });
        println!("{name:28} {small:10.1} {large:10.1}  {:.1}", large / base);
    }
    Ok(())
}
