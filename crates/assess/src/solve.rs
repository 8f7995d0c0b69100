//! Logistic regression with a penalty and bounds for every weight, by coordinate descent.
//!
//! Each step minimises a quadratic upper bound of the loss along one weight (the logistic loss bends by at
//! most ¼; Böhning and Lindsay, 1988), so that the objective never rises and no step length has to be
//! chosen. Bounds keep a red flag from ever speaking *for* an offer.

use forewarn_model::assessment::logistic;

/// One example: what it has, which class it is, how much it counts.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Columns and values, each column once.
    pub(crate) features: Vec<(u32, f64)>,
    pub(crate) label: bool,
    pub(crate) weight: f64,
}

/// What may become of one weight.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// Half of this times the squared weight is added to the loss.
    pub(crate) penalty: f64,
    pub(crate) min: f64,
    pub(crate) max: f64,
}

/// What was found.
#[derive(Debug, Clone)]
pub(crate) struct Solution {
    pub(crate) intercept: f64,
    pub(crate) weights: Vec<f64>,
    /// Passes over all columns.
    pub(crate) epochs: usize,
}

/// Minimises weighted logistic loss plus penalties until no weight moves by more than `tolerance`, or for
/// `epochs_max` passes. Columns of no example stay zero.
pub(crate) fn solve(rows: &[Row], columns: &[Column], epochs_max: usize, tolerance: f64) -> Solution {
    let mut entries: Vec<Vec<(u32, f64)>> = vec![Vec::new(); columns.len()];
    for (at, row) in rows.iter().enumerate() {
        for &(column, value) in &row.features {
            entries[column as usize].push((at as u32, value));
        }
    }
    let used: Vec<usize> = (0..columns.len()).filter(|&j| !entries[j].is_empty()).collect();
    let curvature: Vec<f64> = (0..columns.len())
        .map(|j| {
            let bend = entries[j].iter().map(|&(i, x)| rows[i as usize].weight * x * x * 0.25);
            bend.sum::<f64>() + columns[j].penalty
        })
        .collect();
    let everything: f64 = rows.iter().map(|row| row.weight * 0.25).sum();
    let mut margins = vec![0.0; rows.len()];
    let mut found = Solution { intercept: 0.0, weights: vec![0.0; columns.len()], epochs: 0 };
    let slope = |margins: &[f64], i: usize| {
        rows[i].weight * (logistic(margins[i]) - if rows[i].label { 1.0 } else { 0.0 })
    };
    while found.epochs < epochs_max {
        found.epochs += 1;
        let mut moved: f64 = 0.0;
        let gradient: f64 = (0..rows.len()).map(|i| slope(&margins, i)).sum();
        if everything > 0.0 {
            let step = -gradient / everything;
            found.intercept += step;
            margins.iter_mut().for_each(|margin| *margin += step);
            moved = moved.max(step.abs());
        }
        for &j in &used {
            let Column { penalty, min, max } = columns[j];
            let loss: f64 = entries[j].iter().map(|&(i, x)| slope(&margins, i as usize) * x).sum();
            let old = found.weights[j];
            let new = (old - (loss + penalty * old) / curvature[j]).clamp(min, max);
            let step = new - old;
            if step != 0.0 {
                found.weights[j] = new;
                entries[j].iter().for_each(|&(i, x)| margins[i as usize] += step * x);
                moved = moved.max(step.abs());
            }
        }
        if moved < tolerance {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FREE: Column = Column { penalty: 0.0, min: f64::NEG_INFINITY, max: f64::INFINITY };

    fn row(features: &[(u32, f64)], label: bool, weight: f64) -> Row {
        Row { features: features.to_vec(), label, weight }
    }

    fn objective(rows: &[Row], columns: &[Column], found: &Solution) -> f64 {
        let loss = |row: &Row| {
            let margin: f64 = found.intercept
                + row.features.iter().map(|&(j, x)| found.weights[j as usize] * x).sum::<f64>();
            -row.weight * logistic(if row.label { margin } else { -margin }).max(1e-300).ln()
        };
        let penalty: f64 =
            columns.iter().zip(&found.weights).map(|(column, w)| column.penalty * w * w / 2.0).sum();
        rows.iter().map(loss).sum::<f64>() + penalty
    }

    #[test]
    fn finds_the_log_odds_of_a_table() {
        // Three of four with the feature are lures, one of four without: log-odds ln 3 and -ln 3.
        let with = [(0, 1.0)];
        let rows: Vec<Row> = (0..4).flat_map(|i| [row(&with, i < 3, 1.0), row(&[], i < 1, 1.0)]).collect();
        let found = solve(&rows, &[FREE], 5000, 1e-10);
        assert!((found.intercept + 3.0_f64.ln()).abs() < 1e-6, "{found:?}");
        assert!((found.weights[0] - 2.0 * 3.0_f64.ln()).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn keeps_to_bounds_and_leaves_unused_columns() {
        let rows = [row(&[(0, 1.0)], false, 1.0), row(&[], true, 1.0)];
        let bounded = Column { penalty: 0.1, min: 0.0, max: f64::INFINITY };
        let found = solve(&rows, &[bounded, FREE], 100, 1e-9);
        assert_eq!(found.weights, [0.0, 0.0]);
    }

    #[test]
    fn gives_nothing_for_nothing() {
        let found = solve(&[], &[FREE], 10, 1e-9);
        assert_eq!((found.intercept, found.weights), (0.0, vec![0.0]));
    }

    proptest! {
        #[test]
        fn the_objective_never_rises(
            data in prop::collection::vec((prop::collection::vec(-2.0..2.0_f64, 3), any::<bool>(), 0.1..3.0_f64), 1..12),
        ) {
            let rows: Vec<Row> = data
                .iter()
                .map(|(x, label, weight)| row(&[(0, x[0]), (1, x[1]), (2, x[2])], *label, *weight))
                .collect();
            let columns = [Column { penalty: 0.5, min: 0.0, max: 1.0 }; 3];
            let mut last = f64::INFINITY;
            for epochs in 1..20 {
                let value = objective(&rows, &columns, &solve(&rows, &columns, epochs, 0.0));
                prop_assert!(value <= last + 1e-9, "{value} after {last}");
                last = value;
            }
        }
    }
}
