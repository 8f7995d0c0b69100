//! `forewarn train`

use anyhow::Result;
use forewarn_app::Engine;
use forewarn_app::assess::train::Config;
use forewarn_app::classifier::table;
use forewarn_app::classifier::train::{self, Request};
use serde_json::json;

use crate::args::{Global, Train};
use crate::command::eval;
use crate::exit::Code;
use crate::output;
use crate::progress::Terminal;

pub(crate) fn run(global: &Global, args: &Train) -> Result<Code> {
    let default = Config::default();
    let name = args.name.clone().unwrap_or_else(|| default.name.clone());
    let config = Config { seed: args.seed, name, ..default };
    let request = Request {
        manifest: args.manifest.as_deref(),
        out: &args.out,
        examples: args.examples.as_deref(),
        config,
    };
    let outcome = train::run(&Engine::builtin()?, &request, &Terminal::new(global))?;
    let (report, thresholds) = (&outcome.report, outcome.model.thresholds());
    if global.json {
        output::json(&json!({
            "model": outcome.model.name(),
            "out": args.out,
            "examples": report.examples, "lures": report.lures, "groups": report.groups,
            "held_out": outcome.held_out_examples,
            "out_of_fold": {
                "roc_auc": report.roc_auc,
                "calibration_error": report.calibration_error,
                "reliability": table::reliability(&report.reliability),
            },
            "thresholds": { "some": thresholds.some, "strong": thresholds.strong },
            "development": table::json(&outcome.development),
        }))?;
        return Ok(Code::Done);
    }
    output::line(&format!(
        "{} from {} offers ({} lures) in {} groups; {} held out",
        outcome.model.name(),
        report.examples,
        report.lures,
        report.groups,
        outcome.held_out_examples
    ))?;
    output::line(&format!(
        "out of fold: ROC AUC {:.3}, calibration error {:.3}; some signs from {}, strong signs from {}\n",
        report.roc_auc, report.calibration_error, thresholds.some, thresholds.strong
    ))?;
    eval::reliability(&report.reliability)?;
    output::line("development part:")?;
    eval::rows(&outcome.development)?;
    output::line(&format!(
        "\nwritten to {}: weights.txt, signs.tsv, metrics.json, card.md (with the figures of what is held out)",
        args.out.display()
    ))?;
    Ok(Code::Done)
}
