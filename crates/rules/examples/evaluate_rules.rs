//! Measures the built-in pack on labelled offers: `evaluate [--half dev|report] [--misses NAME] FILE.jsonl …`.
//!
//! Offers are numbered in pairs of a lure and a look-alike; the halves take every other pair, so that what
//! is tuned on (`dev`) and what is reported (`report`) share no text and hold both kinds.
//! Each line has `id`, `lang`, `text` and `indicators`. Prints precision, recall and F1 by indicator and
//! over all, and recall by language. Indicators that no line of the data uses are left out.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a developer's tool")]

use std::collections::{BTreeMap, BTreeSet};

use forewarn_extract::Extractor;
use forewarn_rules::Pack;

#[derive(Default, Clone, Copy)]
struct Counts {
    both: u32,
    labelled: u32,
    found: u32,
}

impl Counts {
    fn add(&mut self, labelled: bool, found: bool) {
        self.both += u32::from(labelled && found);
        self.labelled += u32::from(labelled);
        self.found += u32::from(found);
    }

    fn row(&self) -> String {
        let (p, r) = (f64::from(self.both) / f64::from(self.found.max(1)), self.recall());
        let f1 = 2.0 * f64::from(self.both) / f64::from((self.found + self.labelled).max(1));
        format!("P {p:.2}  R {r:.2}  F1 {f1:.3}  n {:4}  found {:4}", self.labelled, self.found)
    }

    fn recall(&self) -> f64 {
        f64::from(self.both) / f64::from(self.labelled.max(1))
    }
}

fn main() {
    let mut args = std::env::args().skip(1);
    let (mut half, mut misses, mut files) = (None, None, Vec::new());
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--half" => half = args.next(),
            "--misses" => misses = args.next(),
            _ => files.push(arg),
        }
    }
    let pack = Pack::builtin().unwrap_or_else(|found| {
        found.iter().for_each(|diagnostic| println!("{diagnostic}"));
        std::process::exit(1)
    });
    let extractor = Extractor::builtin().unwrap();
    let lines: Vec<serde_json::Value> = files
        .iter()
        .flat_map(|file| {
            std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(&line).unwrap())
        .filter(|row: &serde_json::Value| {
            let number = row["id"].as_str().unwrap().rsplit('-').next().and_then(|n| n.parse::<u32>().ok());
            let dev = number.is_some_and(|n| n.div_ceil(2) % 2 == 1);
            half.as_deref().is_none_or(|half| (half == "dev") == dev)
        })
        .collect();
    let labels = |row: &serde_json::Value| -> BTreeSet<String> {
        row["indicators"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let used: BTreeSet<String> = lines.iter().flat_map(labels).collect();
    let (mut by_name, mut by_language) = (BTreeMap::new(), BTreeMap::new());
    let mut all = Counts::default();
    for row in &lines {
        let text = row["text"].as_str().unwrap();
        let (facts, _) = extractor.extract_text(text);
        let indicators = pack.find(&facts.normalized, &facts);
        let expected = labels(row);
        for name in &used {
            let found = indicators.iter().any(|indicator| indicator.name.as_str() == name);
            let labelled = expected.contains(name);
            all.add(labelled, found);
            by_name.entry(name.clone()).or_insert_with(Counts::default).add(labelled, found);
            let language = row["lang"].as_str().unwrap().to_owned();
            by_language.entry(language).or_insert_with(Counts::default).add(labelled, found);
            if misses.as_deref().is_some_and(|m| m == name || m == "all" || m == row["lang"])
                && labelled != found
            {
                let why: Vec<String> = indicators
                    .iter()
                    .filter(|i| i.name.as_str() == name)
                    .map(|i| format!("{} <{}>", i.span.slice(text).replace('\n', "/"), i.pattern))
                    .collect();
                println!(
                    "{} {name} {}: {}",
                    if labelled { "MISS" } else { "EXTRA" },
                    row["id"],
                    why.join(" | ")
                );
                if labelled {
                    println!("     {}", text.replace('\n', " / "));
                }
            }
        }
    }
    for (name, counts) in &by_name {
        println!("{name:24} {}", counts.row());
    }
    let languages: Vec<String> = by_language.iter().map(|(name, c)| format!("{name} {}", c.row())).collect();
    println!("\nby language\n{}", languages.join("\n"));
    println!("\nmicro over {} offers      {}", lines.len(), all.row());
}
