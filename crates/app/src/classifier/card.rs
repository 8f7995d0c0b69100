//! The model card with the figures of this training: what it is for is written by hand, how good it is is not.

use forewarn_assess::evaluate::{Slice, Table};
use forewarn_assess::metrics::Interval;
use forewarn_assess::train::Report;
use forewarn_model::Thresholds;

const CARD: &str = include_str!("../../../../models/core/card.md");

/// Between these two the figures stand.
const BEGIN: &str = "## Figures\n";
const END: &str = "## How far";

/// How many languages are named as the weakest.
const WEAKEST: usize = 3;

/// The card of `models/core` with another name and other figures.
pub fn filled(
    name: &str,
    report: &Report,
    thresholds: Thresholds,
    development: &Table,
    held_out: &Table,
) -> String {
    let (first, rest) = CARD.split_once('\n').unwrap_or(("", CARD));
    let title = first.split_once(": ").map_or(first, |(title, _)| title);
    let (before, after) = rest.split_once(BEGIN).unwrap_or((rest, ""));
    let after = after.find(END).map_or(after, |at| &after[at..]);
    let mut figures = vec![
        "Written by `forewarn train`, from the examples that `fixtures/manifest.toml` names.".to_owned(),
        format!(
            "- Trained on {} texts ({} lures) in {} groups. Out of fold: ROC AUC {:.3}, calibration error {:.3}. Some \
             signs from {}, strong signs from {}.",
            report.examples,
            report.lures,
            report.groups,
            report.roc_auc,
            report.calibration_error,
            thresholds.some,
            thresholds.strong
        ),
    ];
    figures.extend(part("Development", name, development));
    figures.extend(part("Held out", name, held_out));
    figures.extend(weakest(name, held_out));
    format!("{title}: {name}\n{before}{BEGIN}{}\n\n{after}", figures.join("\n"))
}

fn part(title: &str, name: &str, table: &Table) -> Option<String> {
    let row = table.rows.iter().find(|row| row.slice == Slice::Overall && row.system == name)?;
    let verdicts = row.verdicts?;
    Some(format!(
        "- {title}: {} lures, {} others. ROC AUC {}, average precision {}, recall at 10 % false positives {}, calibration \
         error {}. A warning for {} of the lures and {} of the others, a strong one for {} and {}.",
        row.lures,
        row.others,
        text(&row.roc_auc),
        text(&row.average_precision),
        text(&row.recall_at[2]),
        text(&row.calibration_error),
        text(&verdicts.lures_some),
        text(&verdicts.others_some),
        text(&verdicts.lures_strong),
        text(&verdicts.others_strong),
    ))
}

fn weakest(name: &str, table: &Table) -> Option<String> {
    let mut languages: Vec<(f64, String)> = table
        .rows
        .iter()
        .filter(|row| row.system == name && matches!(row.slice, Slice::Language(_)))
        .filter_map(|row| Some((row.roc_auc?.value, format!("{} {}", row.slice, text(&row.roc_auc)))))
        .collect();
    languages.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    languages.truncate(WEAKEST);
    let named: Vec<String> = languages.into_iter().map(|(_, text)| text).collect();
    (!named.is_empty())
        .then(|| format!("- Languages with the lowest held-out ROC AUC: {}.", named.join(", ")))
}

fn text(of: &Option<Interval>) -> String {
    of.map_or_else(|| "–".to_owned(), |of| format!("{:.3} [{:.3}, {:.3}]", of.value, of.low, of.high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_card_has_a_place_for_figures() {
        let begin = CARD.find(BEGIN).unwrap();
        assert!(CARD[begin..].contains(END));
        assert!(CARD.starts_with("# Model card: "));
    }
}
