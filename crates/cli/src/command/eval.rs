//! `forewarn eval`

use anyhow::Result;
use forewarn_app::Engine;
use forewarn_app::assess::evaluate::{HEADS, Table};
use forewarn_app::assess::metrics::{Bin, Interval};
use forewarn_app::classifier::evaluate::{self, Outcome, Request};
use forewarn_app::classifier::{job_fraud, table};
use serde_json::{Value, json};

use crate::args::{Eval, EvalJobFraud, EvalOffers, EvalWhat, Global, Label};
use crate::command::eval_watch;
use crate::exit::Code;
use crate::output;
use crate::progress::Terminal;

pub(crate) fn run(global: &Global, args: &Eval) -> Result<Code> {
    match &args.what {
        None => offers(global, &args.offers),
        Some(EvalWhat::Offers(args)) => offers(global, args),
        Some(EvalWhat::JobFraud(args)) => job_fraud(global, args),
        Some(EvalWhat::Watch(args)) => eval_watch::run(global, args),
    }
}

fn offers(global: &Global, args: &EvalOffers) -> Result<Code> {
    let request = Request {
        data: &args.files,
        unlabelled: args.unlabelled.map(|label| label == Label::Lure),
        manifest: args.manifest.as_deref(),
        model: args.model.as_deref(),
        prevalence: args.prevalence,
        resamples: args.resamples as usize,
        seed: args.seed,
    };
    let outcome = evaluate::run(&Engine::builtin()?, &request, &Terminal::new(global))?;
    output::problems(&outcome.problems);
    if global.json {
        output::json(&view(&outcome, args.errors))?;
    } else {
        show(&outcome, args.errors)?;
    }
    Ok(if outcome.problems.is_empty() { Code::Done } else { Code::SomeRefused })
}

fn view(outcome: &Outcome, errors: bool) -> Value {
    let mut view = table::json(&outcome.table);
    view["model"] = json!(outcome.model);
    view["prevalence"] = json!(outcome.prevalence);
    view["refused"] = json!(outcome.problems.len());
    if errors {
        let list = outcome.errors.iter();
        view["errors"] = list
            .map(|(id, lure, p)| json!({ "id": id, "lure": lure, "probability": table::rounded(*p) }))
            .collect();
    }
    view
}

fn show(outcome: &Outcome, errors: bool) -> Result<()> {
    output::line(&format!(
        "{}; 95 % bootstrap intervals, whole groups drawn; calibration (ECE) at {} % lures\n",
        outcome.model,
        outcome.prevalence * 100.0
    ))?;
    rows(&outcome.table)?;
    output::line("")?;
    reliability(&outcome.table.reliability)?;
    findings(&outcome.table)?;
    if errors {
        output::line("")?;
        let row = |(id, lure, p): &(String, bool, f64)| {
            let what = if *lure { "lure without a warning" } else { "warning without a lure" };
            vec![id.clone(), what.to_owned(), format!("{p:.2}")]
        };
        output::table(&["offer", "what", "probability"], outcome.errors.iter().map(row).collect())?;
    }
    Ok(())
}

/// The rows of a table. Columns that say nothing in any row are left out.
pub(crate) fn rows(table: &Table) -> Result<()> {
    let rows: Vec<_> = table.rows.iter().map(|row| row.cells()).collect();
    let says = |at: &usize| rows.iter().any(|row| !matches!(row[*at].as_str(), "" | "–"));
    let kept: Vec<usize> = (0..HEADS.len()).filter(says).collect();
    let heads: Vec<&str> = kept.iter().map(|&at| HEADS[at]).collect();
    let cells = rows.iter().map(|row| kept.iter().map(|&at| row[at].clone()).collect());
    output::table(&heads, cells.collect())
}

/// A reliability diagram in figures.
pub(crate) fn reliability(bins: &[Bin]) -> Result<()> {
    let row = |bin: &Bin| {
        vec![
            format!("{:.2}", bin.predicted),
            format!("{:.2}", bin.observed),
            format!("{:.1} %", bin.share * 100.0),
        ]
    };
    output::table(&["says", "are lures", "of all offers"], bins.iter().map(row).collect())?;
    if bins.is_empty() { Ok(()) } else { output::line("") }
}

fn findings(table: &Table) -> Result<()> {
    let found = &table.findings;
    if let (Some(micro), Some(macro_f1)) = (found.micro(), found.macro_f1()) {
        output::line(&format!(
            "red flags against the labels of {} offers: micro F1 {:.3} (precision {:.2}, recall {:.2}), macro F1 {macro_f1:.3}",
            found.indicator_texts,
            micro.f1(),
            micro.precision(),
            micro.recall()
        ))?;
        let row = |(name, of): (&String, &forewarn_app::assess::finding::Counts)| {
            vec![
                name.clone(),
                of.labelled.to_string(),
                of.found.to_string(),
                format!("{:.2}", of.precision()),
                format!("{:.2}", of.recall()),
                format!("{:.2}", of.f1()),
            ]
        };
        output::table(
            &["red flag", "labelled", "found", "precision", "recall", "F1"],
            found.indicators.iter().map(row).collect(),
        )?;
    }
    if found.country_texts > 0 {
        let of = &found.countries;
        output::line(&format!(
            "countries against the labels of {} offers: F1 {:.3} (precision {:.2}, recall {:.2})",
            found.country_texts,
            of.f1(),
            of.precision(),
            of.recall()
        ))?;
    }
    Ok(())
}

fn job_fraud(global: &Global, args: &EvalJobFraud) -> Result<Code> {
    let request = job_fraud::Request {
        train: &args.train,
        test: args.test.as_deref(),
        config: Default::default(),
        resamples: args.resamples as usize,
        seed: args.seed,
    };
    let outcome = job_fraud::run(&request, &Terminal::new(global))?;
    let figures = &outcome.figures;
    let [one, five, ten] = figures.recall_at;
    let told = [
        ("average precision", "average_precision", figures.average_precision),
        ("ROC AUC", "roc_auc", figures.roc_auc),
        ("recall @1% FP", "recall_at_1_percent", one),
        ("recall @5% FP", "recall_at_5_percent", five),
        ("recall @10% FP", "recall_at_10_percent", ten),
    ];
    if global.json {
        let mut view = json!({ "frauds": figures.frauds, "others": figures.others });
        for (_, key, value) in told {
            view[key] = table::interval(&value);
        }
        let row = |ad: &job_fraud::Misplaced| json!({ "row": ad.row, "fraud": ad.fraud, "score": table::rounded(ad.score) });
        view["misplaced"] = outcome.misplaced.iter().map(row).collect();
        output::json(&view)?;
        return Ok(Code::Done);
    }
    output::line(&format!("{} frauds, {} others, weighed to 4.84 % frauds", figures.frauds, figures.others))?;
    let row = |(name, _, value): (&str, &str, Option<_>)| {
        vec![name.to_owned(), value.map_or("–".to_owned(), |value: Interval| value.to_string())]
    };
    output::table(&["", "value [95 %]"], told.into_iter().map(row).collect())?;
    let row = |ad: &job_fraud::Misplaced| {
        let what = if ad.fraud { "fraud, low" } else { "other, high" };
        vec![ad.row.to_string(), what.to_owned(), format!("{:+.2}", ad.score)]
    };
    output::table(&["row", "misplaced", "score"], outcome.misplaced.iter().map(row).collect())?;
    Ok(Code::Done)
}
