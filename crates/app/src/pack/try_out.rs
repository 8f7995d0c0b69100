//! Runs the tests of rule packs, and tries their indicators on honest offers: a rule that fires on those says
//! little, however well it fires on its examples.

use std::collections::BTreeMap;

use forewarn_extract::Extractor;
use forewarn_rules::TestReport;
use serde_json::Value;

use super::load::Loaded;
use crate::{AppError, bundled};

/// What came of it.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The tests of the packs that were asked for.
    pub own: TestReport,
    /// The tests of the packs that they stand on.
    pub others: TestReport,
    /// On how many of the honest and of the luring offers that ship inside each new indicator fires, by name.
    pub on_offers: Vec<OnOffers>,
    /// How many honest offers ship inside.
    pub honest: usize,
    /// How many luring offers ship inside.
    pub lures: usize,
}

/// How an indicator does on the offers that ship inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnOffers {
    /// The indicator.
    pub name: String,
    /// Honest offers on which it fires.
    pub honest: usize,
    /// Lures on which it fires.
    pub lures: usize,
}

/// Runs the tests of all packs, and tells those of the packs on top from the others.
///
/// # Errors
/// [`AppError::BuiltIn`] if what ships inside cannot be read.
pub fn run(loaded: &Loaded) -> Result<Outcome, AppError> {
    let pack = &loaded.pack;
    let whole = pack.test();
    let of_own =
        |path: &str| loaded.roots.is_empty() || loaded.roots.iter().any(|root| path.starts_with(root));
    let passed = loaded.roots.iter().map(|root| pack.test_under(root).passed).sum();
    let passed = if loaded.roots.is_empty() { whole.passed } else { passed };
    let (own, others) = whole.failed.into_iter().partition(|failed| of_own(&failed.path));
    let mut outcome = Outcome {
        own: TestReport { passed, failed: own },
        others: TestReport { passed: whole.passed - passed, failed: others },
        on_offers: Vec::new(),
        honest: 0,
        lures: 0,
    };
    if !loaded.roots.is_empty() {
        on_offers(loaded, &mut outcome)?;
    }
    Ok(outcome)
}

/// Counts, for the indicators that the built-in pack does not have, the offers on which they fire.
fn on_offers(loaded: &Loaded, outcome: &mut Outcome) -> Result<(), AppError> {
    let core = crate::engine::builtin_pack()?;
    let new = loaded.pack.indicators().iter().map(|doc| doc.name.as_str());
    let mut counts: BTreeMap<&str, (usize, usize)> =
        new.filter(|name| core.indicator(name).is_none()).map(|name| (name, (0, 0))).collect();
    let extractor = Extractor::builtin().map_err(AppError::built_in("gazetteer"))?;
    for (name, bytes) in bundled::offers()? {
        for line in bytes.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
            let offer: Value = serde_json::from_slice(line).map_err(AppError::built_in("bundled offers"))?;
            let (Some(text), Some(label)) = (offer["text"].as_str(), offer["label"].as_str()) else {
                let what = format!("{name}: an offer without text or label");
                return Err(AppError::BuiltIn { part: "bundled offers", what });
            };
            let lures = label == "lure";
            *(if lures { &mut outcome.lures } else { &mut outcome.honest }) += 1;
            let (facts, _) = extractor.extract_text(text);
            let mut found = loaded.pack.find(&facts.normalized, &facts);
            found.sort_by(|a, b| a.name.cmp(&b.name));
            found.dedup_by(|a, b| a.name == b.name);
            for indicator in found {
                if let Some((honest, luring)) = counts.get_mut(indicator.name.as_str()) {
                    *(if lures { luring } else { honest }) += 1;
                }
            }
        }
    }
    let row = |(name, (honest, lures)): (&str, _)| OnOffers { name: name.to_owned(), honest, lures };
    outcome.on_offers = counts.into_iter().map(row).collect();
    Ok(())
}
