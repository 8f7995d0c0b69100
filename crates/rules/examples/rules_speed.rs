//! Measures compiling the built-in pack and finding its indicators, in time on the processor:
//! `cargo run --release -p forewarn-rules --example rules_speed -- [--grow] [--once] [--cut BYTES] FILE.jsonl …`.
//!
//! Each line has a `text`. `--cut` joins the texts of a file and cuts them into pieces of about so many bytes.
//! `--once` runs everything once, for counting instructions.
//! `--grow` measures the pack also with two and four times as many phrases, the further ones invented.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a developer's tool")]

use std::hint::black_box;
use std::time::Instant;

use forewarn_extract::Extractor;
use forewarn_model::Facts;
use forewarn_rules::{Limits, Pack, SourceFile, builtin_files};

/// Each figure is the median of so many rounds.
const ROUNDS: usize = 5;
/// Calls in a round, at least: Linux counts time on the processor in steps of milliseconds.
const CALLS_MIN: usize = 20_000;

fn main() {
    let mut args = std::env::args().skip(1);
    let (mut grow, mut once, mut cut, mut files) = (false, false, None, Vec::new());
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--grow" => grow = true,
            "--once" => once = true,
            "--cut" => cut = args.next().map(|bytes| bytes.parse::<usize>().unwrap()),
            _ => files.push(arg),
        }
    }
    let core: Vec<SourceFile> = builtin_files()
        .iter()
        .map(|&(path, text)| SourceFile { path: path.to_owned(), text: text.to_owned() })
        .collect();
    let compile = |files: &[SourceFile]| match Pack::compile(files, &Limits::default()) {
        Ok((pack, _)) => pack,
        Err(found) => panic!("{} findings, the first: {:.300}", found.len(), found[0].to_string()),
    };
    let (rounds, calls_min) = if once { (1, 1) } else { (ROUNDS, CALLS_MIN) };
    let start = median(rounds, || seconds(|| drop(black_box(Pack::builtin().unwrap()))));
    println!("start-up of the built-in pack: {:.1} ms", start * 1e3);

    let extractor = Extractor::builtin().unwrap();
    let sets: Vec<(String, Vec<Facts>)> = files
        .iter()
        .map(|file| (file.clone(), texts(file, cut).iter().map(|t| extractor.extract_text(t).0).collect()))
        .collect();
    for times in if grow { vec![1, 2, 4] } else { vec![1] } {
        let mut grown = core.clone();
        grown.extend((1..times).map(|copy| invented(&core, copy)));
        let pack = match times {
            1 => Pack::builtin().unwrap(),
            _ => compile(&grown),
        };
        println!("pack × {times}");
        for (name, facts) in &sets {
            let bytes: usize = facts.iter().map(|f| f.normalized.as_str().len()).sum();
            let calls = calls_min.div_ceil(facts.len().max(1));
            let each = || {
                for _ in 0..calls {
                    for facts in facts {
                        black_box(pack.find(&facts.normalized, facts));
                    }
                }
            };
            let spent = median(rounds, || seconds(each)) / (calls * facts.len()) as f64;
            let size = bytes / facts.len().max(1);
            println!("{:6.2} µs an ad of {size:5} bytes ({} ads)  {name}", spent * 1e6, facts.len());
        }
    }
}

/// The texts of a file of JSON Lines; with `cut`, joined and cut again.
fn texts(file: &str, cut: Option<usize>) -> Vec<String> {
    let lines = std::fs::read_to_string(file).unwrap();
    let text = |line: &str| {
        serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned()
    };
    let texts: Vec<String> = lines.lines().filter(|line| !line.trim().is_empty()).map(text).collect();
    let Some(cut) = cut else { return texts };
    let mut pieces = vec![String::new()];
    for line in texts.iter().flat_map(|text| text.lines()) {
        if pieces.last().unwrap().len() >= cut {
            pieces.push(String::new());
        }
        let last = pieces.last_mut().unwrap();
        last.push_str(line);
        last.push('\n');
    }
    pieces
}

/// An indicator with as many patterns as the languages of the pack have, made of their words with letters
/// exchanged, so that they look like words and hardly occur.
fn invented(core: &[SourceFile], copy: usize) -> SourceFile {
    let mut patterns = Vec::new();
    for file in core.iter().filter(|file| file.path.starts_with("languages/")) {
        let quoted = file.text.split('"').skip(1).step_by(2);
        for text in quoted.filter(|text| text.chars().count() > 3 && !text.contains(['(', '@', '\\'])) {
            let mut letters: Vec<char> = text.chars().collect();
            let letter = |i: usize| letters[i].is_alphabetic();
            let places: Vec<usize> = (0..letters.len()).filter(|&i| letter(i)).collect();
            for pair in places.chunks_exact(2).skip(copy % 2) {
                letters.swap(pair[0], pair[1]);
            }
            let word: String = letters.into_iter().collect();
            patterns.push(toml::Value::String(word).to_string());
        }
    }
    patterns.sort();
    patterns.dedup();
    let text = format!(
        "name = \"invented_{copy}\"\ntitle = \"t\"\nwhat = \"w\"\nwhy = \"y\"\nsource = \"s\"\npatterns = [{}]\n\
         [means]\nen = \"m\"\n[ask]\nen = \"a\"\n",
        patterns.join(", ")
    );
    SourceFile { path: format!("indicators/invented_{copy}.toml"), text }
}

fn median(rounds: usize, mut measure: impl FnMut() -> f64) -> f64 {
    let mut all: Vec<f64> = (0..rounds).map(|_| measure()).collect();
    all.sort_by(f64::total_cmp);
    all[rounds / 2]
}

/// Seconds on the processor where Linux tells, else by the clock.
fn seconds(work: impl FnOnce()) -> f64 {
    let (cpu, wall) = (cpu_seconds(), Instant::now());
    work();
    cpu.zip(cpu_seconds()).map_or(wall.elapsed().as_secs_f64(), |(start, end)| end - start)
}

fn cpu_seconds() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    Some(text.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
