//! Measures the side benchmark of ordinary job fraud (EMSCAD), by a learner of its own.

use std::collections::BTreeMap;
use std::path::Path;

use forewarn_assess::jobfraud::{Ad, Config, FIELDS, Figures, Learner, figures, out_of_fold};

use crate::{AppError, Progress};

/// How many folds a measurement without test data uses.
const FOLDS: usize = 5;

/// What to measure.
#[derive(Debug)]
pub struct Request<'a> {
    /// A table to learn from: EMSCAD's columns, with `fraudulent` and `group_id`.
    pub train: &'a Path,
    /// A table to measure on; none to measure out of fold on the first.
    pub test: Option<&'a Path>,
    /// Settings.
    pub config: Config,
    /// How many resamples an interval rests on.
    pub resamples: usize,
    /// Decides folds and resamples.
    pub seed: u64,
}

/// An advertisement that ranks wrongly.
#[derive(Debug, Clone, PartialEq)]
pub struct Misplaced {
    /// The row in the table, from 1, without the head.
    pub row: usize,
    /// Whether it is a fraud.
    pub fraud: bool,
    /// Its score.
    pub score: f64,
}

/// What came of it.
#[derive(Debug)]
pub struct Outcome {
    /// The figures.
    pub figures: Figures,
    /// The others that score highest and the frauds that score lowest, five each.
    pub misplaced: Vec<Misplaced>,
}

/// Learns and measures.
pub fn run(request: &Request<'_>, progress: &dyn Progress) -> Result<Outcome, AppError> {
    const SHOWN: usize = 5;
    progress.begin("read the advertisements", None);
    let seen = read(request.train)?;
    let test = request.test.map(read).transpose()?;
    progress.end(&format!("{} to learn from", seen.len()));
    for fraud in [true, false] {
        if !seen.iter().any(|ad| ad.fraud == fraud) {
            let why = format!("{} must hold both frauds and others", request.train.display());
            return Err(AppError::Refused { operation: "learn job fraud", why });
        }
    }
    progress.begin("learn and measure", None);
    let (ads, scores) = match test {
        None => {
            let scores = out_of_fold(&seen, &request.config, FOLDS, request.seed);
            (seen, scores)
        }
        Some(test) => {
            let learner = Learner::train(&seen, &request.config);
            let scores = test.iter().map(|ad| learner.score(ad)).collect();
            (test, scores)
        }
    };
    let found = figures(&ads, &scores, request.seed, request.resamples);
    let mut ranked: Vec<Misplaced> = ads
        .iter()
        .zip(&scores)
        .enumerate()
        .map(|(at, (ad, &score))| Misplaced { row: at + 1, fraud: ad.fraud, score })
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
    let others = ranked.iter().filter(|ad| !ad.fraud).take(SHOWN).cloned();
    let frauds = ranked.iter().rev().filter(|ad| ad.fraud).take(SHOWN).cloned();
    let misplaced = others.chain(frauds).collect();
    progress.end(&format!("{} advertisements", ads.len()));
    Ok(Outcome { figures: found, misplaced })
}

fn read(path: &Path) -> Result<Vec<Ad>, AppError> {
    let wrong = |what: String| AppError::Refused {
        operation: "read job advertisements",
        why: format!("{}: {what}", path.display()),
    };
    let file = std::fs::File::open(path).map_err(AppError::file("open", path))?;
    let mut rows = csv::Reader::from_reader(file);
    let head = rows.headers().map_err(|error| wrong(error.to_string()))?.clone();
    let column: BTreeMap<&str, usize> = head.iter().enumerate().map(|(at, name)| (name, at)).collect();
    let place = |name: &str| {
        column.get(name).copied().ok_or_else(|| wrong(format!("no column {name}: give it EMSCAD's columns")))
    };
    let places = FIELDS.iter().map(|name| place(name)).collect::<Result<Vec<_>, _>>()?;
    let (fraudulent, group) = (place("fraudulent")?, place("group_id")?);
    let mut ads = Vec::new();
    for (at, row) in rows.records().enumerate() {
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let cell = |at: usize| row.get(at).unwrap_or_default();
        let fraud = match cell(fraudulent) {
            "1" | "t" => true,
            "0" | "f" => false,
            other => {
                let line = at + 1;
                return Err(wrong(format!("row {line}: fraudulent is {other:?}, expected 0 or 1")));
            }
        };
        let mut ad = Ad { fraud, group: cell(group).to_owned(), ..Ad::default() };
        ad.fields.iter_mut().zip(&places).for_each(|(field, &at)| *field = cell(at).to_owned());
        ads.push(ad);
    }
    Ok(ads)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Silent;

    const HEAD: &str =
        "title,company_profile,description,requirements,benefits,department,location,fraudulent,group_id\n";

    fn check(rows: &str, expected: Result<(usize, usize), &str>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, rows).unwrap();
        let request =
            Request { train: &path, test: Some(&path), config: Config::default(), resamples: 5, seed: 1 };
        match (run(&request, &Silent), expected) {
            (Ok(outcome), Ok(counts)) => assert_eq!((outcome.figures.frauds, outcome.figures.others), counts),
            (Err(error), Err(part)) => assert!(error.to_string().contains(part), "{error}"),
            (found, expected) => panic!("{found:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn reads_tables_and_says_what_is_wrong_with_them() {
        let good = format!("{HEAD}clerk,,earn at home,,,,,1,a\nengineer,a firm,build,degree,,,,0,b\n");
        check(&good, Ok((1, 1)));
        check("title,fraudulent\n", Err("no column company_profile"));
        check(&format!("{HEAD}a,,,,,,,maybe,a\n"), Err("row 1: fraudulent is \"maybe\""));
        check(&format!("{HEAD}a,,,,,,,1,a\n"), Err("must hold both frauds and others"));
    }
}
