//! The life of an extract: proposed by one person, published or rejected by another, withdrawn.

use std::collections::BTreeSet;

use forewarn_model::{
    EvidenceTarget, Extract, ExtractChoice, ExtractState, ExtractStep, Notice, NoticeState, Timestamp,
};
use thiserror::Error;

use super::check::check_extract;
use crate::check::FindingSeverity;
use crate::life::{Override, same_person};

/// The one finding that a person can answer for: the source has agreed.
const OVERRIDABLE: &str = "finding-extract-above";

/// What a person does with an extract.
#[derive(Debug, Clone, Copy)]
pub enum ExtractAction<'a> {
    /// Choose what is to be public.
    Propose {
        /// What.
        choice: &'a ExtractChoice,
        /// What readers of TLP:CLEAR may not see among the references.
        above: &'a BTreeSet<EvidenceTarget>,
        /// Findings that may stand, with the reason.
        overrides: &'a [Override<'a>],
    },
    /// Make it public.
    Publish,
    /// Refuse it.
    Reject,
    /// Take it back.
    Withdraw,
}

/// Why a step was refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExtractError {
    /// The notice was not issued, or has ended.
    #[error("{action} extract of {number}: the notice is {state}: only what is issued has a public extract")]
    NotIssued {
        /// The action.
        action: &'static str,
        /// The number of the notice.
        number: String,
        /// The state that it is in.
        state: &'static str,
    },
    /// The action does not fit the state of the extract.
    #[error("{action} extract of {number}: {why}")]
    NotNow {
        /// The action.
        action: &'static str,
        /// The number of the notice.
        number: String,
        /// What is in the way, and what to do.
        why: &'static str,
    },
    /// Who or why is blank.
    #[error("{action} extract of {number}: {field} is blank")]
    Blank {
        /// The action.
        action: &'static str,
        /// The number of the notice.
        number: String,
        /// `who` or `why`.
        field: &'static str,
    },
    /// A position that the notice does not have.
    #[error("propose extract of {number}: there is no {what} {at}: it has {count}")]
    Place {
        /// The number of the notice.
        number: String,
        /// `sentence` or `identifier`.
        what: &'static str,
        /// The position, from 1.
        at: usize,
        /// How many there are.
        count: usize,
    },
    /// Findings block it.
    #[error("propose extract of {number}: blocked by {findings}")]
    Blocked {
        /// The number of the notice.
        number: String,
        /// The findings, each with its place.
        findings: String,
    },
    /// Who chose it cannot also review it.
    #[error("publish extract of {number}: {who} proposed it; another person must review it")]
    OwnWork {
        /// The number of the notice.
        number: String,
        /// Who.
        who: String,
    },
    /// The step lies before the last one.
    #[error("{action} extract of {number}: {when} lies before its last step at {last}")]
    TimeBackwards {
        /// The action.
        action: &'static str,
        /// The number of the notice.
        number: String,
        /// When the step would be.
        when: Timestamp,
        /// When the last one was.
        last: Timestamp,
    },
}

/// The step that an action takes, after all extracts of the notice so far (the oldest first).
pub fn apply_extract(
    notice: &Notice,
    before: &[Extract],
    action: ExtractAction<'_>,
    who: &str,
    when: Timestamp,
    why: &str,
) -> Result<ExtractStep, ExtractError> {
    let name = action.name();
    let number = || notice.number.clone();
    for (field, text) in [("who", who), ("why", why)] {
        if text.trim().is_empty() {
            return Err(ExtractError::Blank { action: name, number: number(), field });
        }
    }
    let last = before.iter().flat_map(|extract| &extract.steps).map(|step| step.when).max();
    let last = last.max(notice.issued_at()).unwrap_or(when);
    if when < last {
        return Err(ExtractError::TimeBackwards { action: name, number: number(), when, last });
    }
    if !matches!(action, ExtractAction::Reject | ExtractAction::Withdraw)
        && notice.state() != NoticeState::Issued
    {
        let state = notice.state().as_str();
        return Err(ExtractError::NotIssued { action: name, number: number(), state });
    }
    let pending = before.last().filter(|extract| extract.state() == ExtractState::Proposed);
    let refused = |why| ExtractError::NotNow { action: name, number: number(), why };
    let (to, why) = match action {
        ExtractAction::Propose { .. } if pending.is_some() => {
            return Err(refused("one is under review: publish or reject that first"));
        }
        ExtractAction::Propose { choice, above, overrides } => {
            let reasons = examine(notice, choice, above, overrides)?;
            (ExtractState::Proposed, format!("{}{reasons}", why.trim()))
        }
        ExtractAction::Publish => {
            let pending = pending.ok_or_else(|| refused("none was proposed"))?;
            if same_person(who, &pending.steps.first().who) {
                return Err(ExtractError::OwnWork { number: number(), who: who.trim().to_owned() });
            }
            (ExtractState::Published, why.trim().to_owned())
        }
        ExtractAction::Reject => {
            pending.ok_or_else(|| refused("none was proposed"))?;
            (ExtractState::Rejected, why.trim().to_owned())
        }
        ExtractAction::Withdraw => {
            if !before.iter().any(|extract| extract.state() == ExtractState::Published) {
                return Err(refused("none is public"));
            }
            (ExtractState::Withdrawn, why.trim().to_owned())
        }
    };
    Ok(ExtractStep { to, who: who.trim().to_owned(), when, why })
}

impl ExtractAction<'_> {
    /// The name in messages.
    fn name(&self) -> &'static str {
        match self {
            Self::Propose { .. } => "propose",
            Self::Publish => "publish",
            Self::Reject => "reject",
            Self::Withdraw => "withdraw",
        }
    }
}

/// The reasons of the overrides, to be kept with the step; an error if something blocks.
fn examine(
    notice: &Notice,
    choice: &ExtractChoice,
    above: &BTreeSet<EvidenceTarget>,
    overrides: &[Override<'_>],
) -> Result<String, ExtractError> {
    let number = || notice.number.clone();
    let lists = [
        ("sentence", &choice.statements, notice.statements.len()),
        ("identifier", &choice.observables, notice.observables.len()),
    ];
    for (what, positions, count) in lists {
        if let Some(at) = positions.iter().find(|at| **at >= count) {
            return Err(ExtractError::Place { number: number(), what, at: at + 1, count });
        }
    }
    let (mut reasons, mut blocking) = (String::new(), Vec::new());
    for finding in check_extract(notice, choice, above) {
        if finding.severity != FindingSeverity::Block {
            continue;
        }
        let place = finding.place.name();
        let fits = |o: &&Override<'_>| {
            o.finding == finding.message && o.place.is_none_or(|p| p == place) && !o.reason.trim().is_empty()
        };
        match overrides.iter().filter(|_| finding.message == OVERRIDABLE).find(fits) {
            Some(o) => reasons += &format!("; override {} at {place}: {}", finding.message, o.reason.trim()),
            None => blocking.push(format!("{} at {place} ({})", finding.message, finding.rule)),
        }
    }
    if blocking.is_empty() {
        return Ok(reasons);
    }
    Err(ExtractError::Blocked { number: number(), findings: blocking.join(", ") })
}

#[cfg(test)]
mod tests {
    use forewarn_model::{NoticeState, Step, Vec1};

    use super::*;
    use crate::testing::purple;

    fn issued() -> Notice {
        let mut notice = purple();
        let when = "2022-07-02T00:00:00Z".parse().unwrap();
        notice.history.push(Step { to: NoticeState::Issued, who: "dee".into(), when, why: "w".into() });
        notice
    }

    fn at(day: u8) -> Timestamp {
        format!("2022-07-{day:02}T00:00:00Z").parse().unwrap()
    }

    fn advice(notice: &Notice) -> ExtractChoice {
        let at = notice.statements.iter().position(|one| one.message == "action-public").unwrap();
        ExtractChoice { statements: vec![at], observables: Vec::new() }
    }

    #[test]
    fn goes_the_whole_way_with_two_people() {
        let notice = issued();
        let (choice, above) = (advice(&notice), BTreeSet::new());
        let propose = ExtractAction::Propose { choice: &choice, above: &above, overrides: &[] };
        let first = apply_extract(&notice, &[], propose, "dee", at(3), "for job seekers").unwrap();
        let mut extract = Extract { notice: notice.id, choice: choice.clone(), steps: Vec1::new(first) };
        let so_far = |extract: &Extract| vec![extract.clone()];
        let refused = |all: &[Extract], action, who: &str, day, expected: &str| {
            let told = apply_extract(&notice, all, action, who, at(day), "w").unwrap_err().to_string();
            assert!(told.contains(expected), "{told:?} should say {expected:?}");
        };
        refused(&so_far(&extract), propose, "bo", 4, "one is under review");
        refused(&so_far(&extract), ExtractAction::Publish, " DEE ", 4, "another person");
        refused(&so_far(&extract), ExtractAction::Publish, "bo", 2, "lies before");
        refused(&so_far(&extract), ExtractAction::Withdraw, "bo", 4, "none is public");
        let step =
            apply_extract(&notice, &so_far(&extract), ExtractAction::Publish, "bo", at(4), "w").unwrap();
        extract.steps.push(step);
        assert_eq!(extract.state(), ExtractState::Published);
        refused(&so_far(&extract), ExtractAction::Publish, "bo", 5, "none was proposed");
        let step =
            apply_extract(&notice, &so_far(&extract), ExtractAction::Withdraw, "bo", at(5), "w").unwrap();
        assert_eq!(step.to, ExtractState::Withdrawn);
    }

    #[test]
    fn only_what_is_issued_and_only_with_consent() {
        let (draft, above) = (purple(), BTreeSet::new());
        let choice = advice(&draft);
        let propose = ExtractAction::Propose { choice: &choice, above: &above, overrides: &[] };
        let told = apply_extract(&draft, &[], propose, "dee", at(3), "w").unwrap_err().to_string();
        assert!(told.contains("is draft"), "{told}");
        let notice = issued();
        let above: BTreeSet<_> = notice.references().iter().map(|reference| reference.target).collect();
        let reason = Override { finding: OVERRIDABLE, place: None, reason: "the source agreed by letter" };
        let wrong = Override { finding: "finding-extract-form", place: None, reason: "because" };
        for (overrides, expected) in
            [(&[][..], None), (&[wrong], None), (&[reason], Some("agreed by letter"))]
        {
            let propose = ExtractAction::Propose { choice: &choice, above: &above, overrides };
            let step = apply_extract(&notice, &[], propose, "dee", at(3), "w").ok();
            assert_eq!(step.is_some(), expected.is_some());
            assert!(step.is_none_or(|step| step.why.contains(expected.unwrap_or_default())));
        }
        let far = ExtractChoice { statements: vec![99], observables: Vec::new() };
        let propose = ExtractAction::Propose { choice: &far, above: &above, overrides: &[] };
        let told = apply_extract(&notice, &[], propose, "dee", at(3), "w").unwrap_err().to_string();
        assert!(told.contains("no sentence 100"), "{told}");
    }
}
