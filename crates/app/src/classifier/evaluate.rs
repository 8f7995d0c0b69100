//! Measures a model and its baselines on what is held out, or on anybody's labelled files.

use std::fs;
use std::path::{Path, PathBuf};

use forewarn_assess::Model;
use forewarn_assess::evaluate::{Protocol, Table, evaluate};
use forewarn_assess::manifest::Part;
use forewarn_assess::train::{Config, Example, train};
use forewarn_model::Problem;

use crate::classifier::examples::{self, Origin};
use crate::{AppError, Engine, Progress};

/// What to measure.
#[derive(Debug)]
pub struct Request<'a> {
    /// Files or folders; none for what is held out.
    pub data: &'a [PathBuf],
    /// The label of lines that have none.
    pub unlabelled: Option<bool>,
    /// The manifest that says what is held out, and what the baseline of wording learns from; none for the
    /// one inside the binary.
    pub manifest: Option<&'a Path>,
    /// A weights file; none for the model that ships.
    pub model: Option<&'a Path>,
    /// Share of lures that calibration is measured at; none for the share that the model was made for.
    pub prevalence: Option<f64>,
    /// How many resamples an interval rests on.
    pub resamples: usize,
    /// Decides the resamples.
    pub seed: u64,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// The name of the model.
    pub model: String,
    /// Share of lures that calibration was measured at.
    pub prevalence: f64,
    /// The table.
    pub table: Table,
    /// Lines that could not be used.
    pub problems: Vec<Problem>,
    /// Lures without a word of warning and others with one: id, whether it is a lure, probability.
    pub errors: Vec<(String, bool, f64)>,
}

/// Measures. The baseline of wording is trained on the spot from the part `train` of the manifest.
pub fn run(engine: &Engine, request: &Request<'_>, progress: &dyn Progress) -> Result<Outcome, AppError> {
    const OPERATION: &str = "measure the model";
    let prevalence_ok = request.prevalence.is_none_or(|share| share > 0.0 && share < 1.0);
    if !prevalence_ok || request.resamples == 0 {
        let why = "the prevalence must lie between 0 and 1, and there must be resamples".to_owned();
        return Err(AppError::Refused { operation: OPERATION, why });
    }
    progress.begin("read the examples", None);
    let listed = examples::of_manifest(engine, &Origin::new(request.manifest))?;
    let of = |part: Part| listed.iter().filter(move |(p, _)| *p == part).map(|(_, example)| example.clone());
    let seen: Vec<Example> = of(Part::Train).collect();
    let (measured, problems) = match request.data {
        [] => (of(Part::HeldOut).collect(), Vec::new()),
        paths => examples::of_files(engine, paths, request.unlabelled)?,
    };
    progress.end(&format!("{} to measure on", measured.len()));
    if measured.is_empty() {
        let why = match problems.first() {
            Some(problem) => format!("there is no example: {problem}"),
            None => "there is no example in the data".to_owned(),
        };
        return Err(AppError::Refused { operation: OPERATION, why });
    }
    progress.begin("measure", None);
    let other = match request.model {
        None => None,
        Some(path) => {
            let bytes = fs::read(path).map_err(AppError::file("read model", path))?;
            Some(Model::parse(&bytes).map_err(AppError::refused(OPERATION))?)
        }
    };
    let model = other.as_ref().unwrap_or(&engine.model);
    let (wording, _) =
        train(&seen, &Config::default().wording_alone()).map_err(AppError::refused(OPERATION))?;
    let prevalence = request.prevalence.unwrap_or(model.prevalence());
    let protocol =
        Protocol { seed: request.seed, resamples: request.resamples, prevalence: Some(prevalence) };
    let table = evaluate(model, &wording, &measured, &protocol);
    let errors = errors(model, &measured);
    progress.end(&format!("{} examples", measured.len()));
    Ok(Outcome { model: model.name().to_owned(), prevalence, table, problems, errors })
}

fn errors(model: &Model, examples: &[Example]) -> Vec<(String, bool, f64)> {
    let some = model.thresholds().some;
    let score = |e: &Example| model.assess(&e.text, &e.facts, &e.indicators).probability();
    let scored = examples.iter().map(|example| (example.id.clone(), example.label, score(example)));
    scored.filter(|(_, label, p)| *label != (*p >= some)).collect()
}
