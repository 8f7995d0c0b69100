//! Trains the model `core` from the files of `fixtures/manifest.toml` and prints its table.
//!
//! ```text
//! cargo run --release -p forewarn-assess --example train -- [--write] [--skillspan FILE] [--emscad DIR]
//! ```
//!
//! `--write` replaces `models/core/weights.txt` and `models/core/metrics.json`; `--skillspan` counts how many
//! ordinary job advertisements would be flagged; `--emscad` runs the side benchmark of ordinary job fraud,
//! which has weights of its own.

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use forewarn_assess::Model;
use forewarn_assess::evaluate::{Protocol, Row, Table, evaluate};
use forewarn_assess::manifest::{Manifest, Part};
use forewarn_assess::metrics::Interval;
use forewarn_assess::train::{Config, Example, Families, Penalties, Report, train};
use forewarn_extract::Extractor;
use forewarn_model::Language;
use forewarn_rules::Pack;
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Reads a text as the pipeline would.
struct Reader {
    extractor: Extractor,
    pack: Pack,
}

impl Reader {
    fn new() -> Outcome<Self> {
        let pack = Pack::builtin().map_err(|all| all.iter().map(ToString::to_string).collect::<String>())?;
        Ok(Self { extractor: Extractor::builtin()?, pack })
    }

    fn example(&self, id: String, data_set: &str, text: String, label: bool) -> Example {
        let (facts, _) = self.extractor.extract_text(&text);
        let indicators = self.pack.find(&facts.normalized, &facts);
        let language = facts.language;
        let group = id.clone();
        Example {
            id,
            data_set: data_set.to_owned(),
            text,
            facts,
            indicators,
            label,
            group,
            language,
            weight: 1.0,
        }
    }
}

fn main() -> Outcome<()> {
    let mut write = false;
    let (mut skillspan, mut emscad) = (None, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--write" => write = true,
            "--skillspan" => skillspan = arguments.next().map(PathBuf::from),
            "--emscad" => emscad = arguments.next().map(PathBuf::from),
            other => return Err(format!("read arguments: {other:?} is not known").into()),
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let reader = Reader::new()?;
    let parts = offers(&root, &reader)?;
    let of = |part: Part| -> Vec<Example> {
        parts.iter().filter(|(p, _)| *p == part).map(|(_, example)| example.clone()).collect()
    };
    let config = Config::default();
    let (model, report) = train(&of(Part::Train), &config)?;
    let (wording, _) = train(&of(Part::Train), &config.wording_alone())?;
    print_report(&report, &model);

    let protocol = Protocol { prevalence: Some(config.prevalence), ..Protocol::default() };
    let dev = evaluate(&model, &wording, &of(Part::Dev), &protocol);
    let held_out = evaluate(&model, &wording, &of(Part::HeldOut), &protocol);
    println!("development\n{dev}\nheld out\n{held_out}");
    for part in [Part::Dev, Part::HeldOut] {
        print_errors(&model, &of(part));
    }
    let mut figures = json!({
        "model": model.name(),
        "train": { "examples": report.examples, "lures": report.lures, "groups": report.groups },
        "out_of_fold": {
            "roc_auc": round(report.roc_auc),
            "calibration_error": round(report.calibration_error),
            "prevalence": config.prevalence,
            "reliability": report.reliability.iter()
                .map(|b| json!([round(b.predicted), round(b.observed), round(b.share)])).collect::<Vec<_>>(),
        },
        "thresholds": { "some": model.thresholds().some, "strong": model.thresholds().strong },
        "development": json_table(&dev),
        "held_out": json_table(&held_out),
    });
    if let Some(path) = skillspan {
        figures["skillspan"] = ordinary(&reader, &model, &path)?;
    }
    if let Some(folder) = emscad {
        figures["emscad"] = job_fraud(&reader, &model, &folder)?;
    }
    if write {
        fs::write(root.join("models/core/weights.txt"), model.to_bytes())?;
        fs::write(root.join("models/core/metrics.json"), serde_json::to_string_pretty(&figures)? + "\n")?;
    }
    Ok(())
}

/// The offers of the manifest, each with the part that it belongs to.
fn offers(root: &Path, reader: &Reader) -> Outcome<Vec<(Part, Example)>> {
    let folder = root.join("fixtures");
    let manifest = Manifest::parse(&fs::read_to_string(folder.join("manifest.toml"))?)?;
    let mut all = Vec::new();
    for file in &manifest.files {
        let bytes = fs::read(folder.join(&file.path))?;
        file.verify(&bytes)?;
        let stem = Path::new(&file.path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let data_set = if matches!(stem, "campaigns" | "lures-dev") { stem } else { "offers" };
        for line in String::from_utf8(bytes)?.lines() {
            let row: Value = serde_json::from_str(line)?;
            let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            let mut example = reader.example(text("id"), data_set, text("text"), row["label"] == "lure");
            example.language = text("lang").parse::<Language>()?;
            if let Some(campaign) = row["campaign"].as_str() {
                example.group = campaign.to_owned();
            }
            all.push((manifest.part(file.role, example.language, &example.group), example));
        }
    }
    Ok(all)
}

/// How many of the ordinary advertisements get a verdict.
fn ordinary(reader: &Reader, model: &Model, path: &Path) -> Outcome<Value> {
    let (mut all, mut some, mut strong) = (0_u32, 0_u32, 0_u32);
    for line in fs::read_to_string(path)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let text = row["text"].as_str().unwrap_or_default().to_owned();
        let id = row["id"].as_str().unwrap_or_default().to_owned();
        let example = reader.example(id, "skillspan", text, false);
        let found = model.assess(&example.text, &example.facts, &example.indicators);
        all += 1;
        some += u32::from(found.probability() >= model.thresholds().some);
        strong += u32::from(found.probability() >= model.thresholds().strong);
        if found.probability() >= model.thresholds().some {
            explain(model, &example);
        }
    }
    println!("ordinary advertisements: {all}, some signs {some}, strong signs {strong}\n");
    Ok(json!({ "advertisements": all, "some": some, "strong": strong }))
}

/// The side benchmark: frauds of ordinary jobs, split by group, weighed to their real prevalence.
fn job_fraud(reader: &Reader, core: &Model, folder: &Path) -> Outcome<Value> {
    const PREVALENCE: f64 = 0.0484;
    let read = |name: &str| -> Outcome<Vec<Example>> {
        let mut rows = csv::Reader::from_path(folder.join(name))?;
        let mut all = Vec::new();
        for row in rows.deserialize() {
            let row: std::collections::BTreeMap<String, String> = row?;
            let part = |key: &str| row.get(key).map(String::as_str).unwrap_or_default();
            let keys = [
                "title",
                "location",
                "department",
                "company_profile",
                "description",
                "requirements",
                "benefits",
            ];
            let text = keys.map(part).join("\n");
            let mut example =
                reader.example(part("job_id").to_owned(), "emscad", text, part("fraudulent") == "1");
            example.group = part("group_id").to_owned();
            example.language = Language::ENGLISH;
            all.push(example);
        }
        let count = |label: bool| all.iter().filter(|e| e.label == label).count() as f64;
        let (frauds, others) = (count(true), count(false));
        for example in &mut all {
            example.weight = if example.label { PREVALENCE / frauds } else { (1.0 - PREVALENCE) / others };
            example.weight *= frauds + others;
        }
        Ok(all)
    };
    let config = Config {
        name: "emscad-1".to_owned(),
        penalties: Penalties { wording: 0.2, ..Config::default().penalties },
        families: Families { indicators: true, structure: true, wording: true },
        hash_bits: 18,
        wording_log_odds_max: 50.0,
        prevalence: PREVALENCE,
        ..Config::default()
    };
    let (seen, dev) = (read("train.csv")?, read("dev.csv")?);
    let (model, _) = train(&seen, &config)?;
    let (wording, _) = train(&seen, &config.wording_alone())?;
    let table = evaluate(&model, &wording, &dev, &Protocol::default());
    let transfer = evaluate(core, &wording, &dev, &Protocol::default());
    println!("ordinary job fraud, own weights\n{table}\nthe model core on it\n{transfer}");
    Ok(json!({ "own_weights": json_table(&table), "core": json_table(&transfer) }))
}

fn print_report(report: &Report, model: &Model) {
    println!(
        "trained {} on {} examples ({} lures) in {} groups, {} epochs\nout of fold: ROC AUC {:.3}, ECE {:.3}; {:?}\n",
        model.name(),
        report.examples,
        report.lures,
        report.groups,
        report.epochs,
        report.roc_auc,
        report.calibration_error,
        model.thresholds(),
    );
    for bin in &report.reliability {
        println!("  predicted {:.2} observed {:.2} share {:.2}", bin.predicted, bin.observed, bin.share);
    }
    println!();
}

/// Lures without a word of warning, and others with one.
fn print_errors(model: &Model, examples: &[Example]) {
    for example in examples {
        let p = model.assess(&example.text, &example.facts, &example.indicators).probability();
        if example.label != (p >= model.thresholds().some) {
            explain(model, example);
        }
    }
    println!();
}

fn explain(model: &Model, example: &Example) {
    let found = model.assess(&example.text, &example.facts, &example.indicators);
    let label = if example.label { "lure" } else { "legit" };
    println!("{} {label} {:.2}", example.id, found.probability());
    let reasons: Vec<String> =
        found.reasons().iter().map(|r| format!("{:?} {:+.2}", r.source, r.log_odds)).collect();
    println!("    {}", reasons.join(", "));
}

fn json_table(table: &Table) -> Value {
    let interval = |i: &Option<Interval>| {
        i.map_or(Value::Null, |i| json!([round(i.value), round(i.low), round(i.high)]))
    };
    let row = |row: &Row| {
        json!({
            "part": row.slice.to_string(),
            "system": row.system,
            "lures": row.lures,
            "others": row.others,
            "average_precision": interval(&row.average_precision),
            "roc_auc": interval(&row.roc_auc),
            "recall_at_1_5_10_percent": row.recall_at.iter().map(interval).collect::<Vec<_>>(),
            "calibration_error": row.calibration_error.map(round),
            "verdicts": row.verdicts.map(|v| json!({
                "lures_some": v.lures_some.map(round), "others_some": v.others_some.map(round),
                "lures_strong": v.lures_strong.map(round), "others_strong": v.others_strong.map(round),
            })),
        })
    };
    Value::Array(table.rows.iter().map(row).collect())
}

fn round(x: f64) -> f64 {
    (x * 1e4).round() / 1e4
}
