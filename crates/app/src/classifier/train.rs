//! Trains the model from the files that a manifest names, and writes weights and figures.

use std::path::Path;

use forewarn_assess::Model;
use forewarn_assess::evaluate::{Protocol, Table, evaluate};
use forewarn_assess::manifest::Part;
use forewarn_assess::train::{Config, Example, Report, train};
use serde_json::json;

use crate::classifier::examples::{self, Origin};
use crate::classifier::{card, table};
use crate::{AppError, Engine, Progress, files};

/// What to train.
#[derive(Debug)]
pub struct Request<'a> {
    /// The manifest; none for the files inside the binary.
    pub manifest: Option<&'a Path>,
    /// The folder that `weights.txt`, `signs.tsv`, `metrics.json` and `card.md` are written to; it is made.
    pub out: &'a Path,
    /// Where all examples are written as JSON Lines, with the part that each belongs to; none to write none.
    pub examples: Option<&'a Path>,
    /// Settings; the seed is one of them.
    pub config: Config,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// The model.
    pub model: Model,
    /// How training went.
    pub report: Report,
    /// On the development part, which chooses settings.
    pub development: Table,
    /// On what is held out; only written down.
    pub held_out: Table,
    /// How many examples the manifest holds out.
    pub held_out_examples: usize,
}

/// Trains on the part `train`. What is held out decides nothing; its figures are the last thing that is made.
pub fn run(engine: &Engine, request: &Request<'_>, progress: &dyn Progress) -> Result<Outcome, AppError> {
    progress.begin("read the examples", None);
    let all = examples::of_manifest(engine, &Origin::new(request.manifest))?;
    if let Some(path) = request.examples {
        files::write_whole(path, examples::to_lines(&all).as_bytes())?;
    }
    let of = |part: Part| all.iter().filter(move |(p, _)| *p == part).map(|(_, example)| example.clone());
    let [seen, dev, kept]: [Vec<Example>; 3] =
        [Part::Train, Part::Dev, Part::HeldOut].map(|part| of(part).collect());
    progress.end(&format!(
        "{} to train on, {} for development, {} held out",
        seen.len(),
        dev.len(),
        kept.len()
    ));
    progress.begin("train", None);
    let config = &request.config;
    let refused = || AppError::refused("train the model");
    let (model, report) = train(&seen, config).map_err(refused())?;
    let (wording, _) = train(&seen, &config.wording_alone()).map_err(refused())?;
    progress.end(&format!("{} in {} groups", report.examples, report.groups));
    let protocol = Protocol { prevalence: Some(config.prevalence), ..Protocol::default() };
    progress.begin("measure", None);
    let development = evaluate(&model, &wording, &dev, &protocol);
    let held_out = evaluate(&model, &wording, &kept, &protocol);
    progress.end(&format!("{} for development, {} held out", dev.len(), kept.len()));
    let metrics = json!({
        "model": model.name(),
        "seed": config.seed,
        "train": { "examples": report.examples, "lures": report.lures, "groups": report.groups },
        "out_of_fold": {
            "roc_auc": table::rounded(report.roc_auc),
            "calibration_error": table::rounded(report.calibration_error),
            "prevalence": config.prevalence,
            "reliability": table::reliability(&report.reliability),
        },
        "thresholds": { "some": model.thresholds().some, "strong": model.thresholds().strong },
        "development": table::json(&development),
        "held_out": table::json(&held_out),
    });
    files::make_folder(request.out)?;
    files::write_whole(&request.out.join("weights.txt"), &model.to_bytes())?;
    files::write_whole(&request.out.join("metrics.json"), table::lines(&metrics).as_bytes())?;
    files::write_whole(&request.out.join("signs.tsv"), model.signs().as_bytes())?;
    let card = card::filled(model.name(), &report, model.thresholds(), &development, &held_out);
    files::write_whole(&request.out.join("card.md"), card.as_bytes())?;
    Ok(Outcome { model, report, development, held_out, held_out_examples: kept.len() })
}
