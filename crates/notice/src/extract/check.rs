//! What stands against making a choice public: a check of its own, beside that of the notice.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::{Arg, EvidenceRef, EvidenceTarget, ExtractChoice, Notice, PublicPoint};

use super::{points, public_form};
use crate::check::{Finding, FindingSeverity, Place, is_personal};

/// Only what was chosen, in words made for it, about nobody.
const RULE: &str = "public extract";
/// FIRST, Traffic Light Protocol 2.0: a source keeps the say over who may see what it gave.
const MARKING: &str = "TLP 2.0";

/// What stands against the choice. `above` are the things among the notice's references that readers of
/// TLP:CLEAR may not see.
pub fn check_extract(
    notice: &Notice,
    choice: &ExtractChoice,
    above: &BTreeSet<EvidenceTarget>,
) -> Vec<Finding> {
    let mut all = Vec::new();
    let points = points(notice, choice);
    if points.is_empty() {
        all.push(finding(Place::Notice, RULE, FindingSeverity::Block, "finding-extract-empty", &[]));
    } else if !points.contains(&PublicPoint::Advice) {
        all.push(finding(Place::Notice, RULE, FindingSeverity::Warn, "finding-extract-advice", &[]));
    }
    for &at in &choice.statements {
        let place = Place::Statement(at);
        let Some(statement) = notice.statements.get(at) else { continue };
        if public_form(statement).is_none() {
            let name = [("name", Arg::Name(statement.message.clone()))];
            all.push(finding(place, RULE, FindingSeverity::Block, "finding-extract-form", &name));
        }
        all.extend(rests_above(place, &statement.refs, above));
    }
    for &at in &choice.observables {
        let place = Place::Observable(at);
        let Some(observable) = notice.observables.get(at) else { continue };
        if is_personal(observable.kind) {
            all.push(finding(place, RULE, FindingSeverity::Block, "finding-public-identifier", &[]));
        }
        all.extend(rests_above(place, &observable.refs, above));
    }
    all
}

/// Whether something behind a sentence was marked above TLP:CLEAR by its source.
fn rests_above(place: Place, refs: &[EvidenceRef], above: &BTreeSet<EvidenceTarget>) -> Option<Finding> {
    let hidden = refs.iter().filter(|reference| above.contains(&reference.target)).count();
    let args = [("references", Arg::Number(hidden as i64))];
    (hidden > 0).then(|| finding(place, MARKING, FindingSeverity::Block, "finding-extract-above", &args))
}

fn finding(
    place: Place,
    rule: &'static str,
    severity: FindingSeverity,
    message: &'static str,
    args: &[(&str, Arg)],
) -> Finding {
    let args: BTreeMap<String, Arg> =
        args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
    Finding { place, rule, severity, message, args }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::purple;

    #[track_caller]
    fn check(statements: &[&str], observables: &[usize], above: bool, expected: &[(&str, &str)]) {
        let notice = purple();
        let at = |name: &&str| notice.statements.iter().position(|one| one.message == **name).unwrap();
        let choice = ExtractChoice {
            statements: statements.iter().map(at).collect(),
            observables: observables.to_vec(),
        };
        let above =
            if above { notice.references().iter().map(|r| r.target).collect() } else { BTreeSet::new() };
        let found = check_extract(&notice, &choice, &above);
        let found: Vec<(&str, &str)> = found.iter().map(|f| (f.severity.as_str(), f.message)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn only_what_has_a_public_form_about_nobody() {
        check(&["hubs-country", "action-public"], &[], false, &[]);
        check(&[], &[], false, &[("block", "finding-extract-empty")]);
        check(&["hubs-country"], &[], false, &[("warn", "finding-extract-advice")]);
        let with_wording = ["action-public", "mo-wording"];
        check(&with_wording, &[], false, &[("block", "finding-extract-form")]);
        check(&["action-public"], &[0], false, &[("block", "finding-public-identifier")]);
        check(&["action-public"], &[], true, &[("block", "finding-extract-above")]);
    }
}
