//! Editing a draft: which sentences and identifiers stand in it, for whom, and until when.
//!
//! No sentence is written by hand: a person strikes out and puts back what was drafted from evidence.

use forewarn_model::date::{day_of, days_between};
use forewarn_model::id::hash_parts;
use forewarn_model::{Date, Marking, Notice, NoticeState, Statement, Vec1, WatchedObservable};
use thiserror::Error;

use crate::draft::RETENTION_DAYS_MAX;
use crate::fingerprint::{fingerprint, statement_parts};

/// A draft as it shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// Its sentences, in any order.
    pub statements: Vec<Statement>,
    /// Its identifiers.
    pub observables: Vec<WatchedObservable>,
    /// Who may see it.
    pub marking: Marking,
    /// Its last day.
    pub review_by: Date,
}

/// Why a draft was not changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// It is no draft any more.
    #[error("edit notice {number}: it is {state}: reject it first, then it is a draft again")]
    NotDraft {
        /// Its number.
        number: String,
        /// Where it stands.
        state: &'static str,
    },
    /// Nothing is left.
    #[error("edit notice {number}: no sentence is left: keep at least one")]
    Empty {
        /// Its number.
        number: String,
    },
    /// A last day that no notice can have.
    #[error(
        "edit notice {number}: its last day {review_by} is {days} days after it was drafted: expected 1 to {max}"
    )]
    Retention {
        /// Its number.
        number: String,
        /// The day.
        review_by: Date,
        /// How many days after the draft that is.
        days: i64,
        /// How many there may be.
        max: u32,
    },
}

/// Changes a draft.
pub fn edit(notice: &mut Notice, edit: Edit) -> Result<(), EditError> {
    let number = || notice.number.clone();
    if notice.state() != NoticeState::Draft {
        return Err(EditError::NotDraft { number: number(), state: notice.state().as_str() });
    }
    let Edit { statements, observables, marking, review_by } = edit;
    let days = i64::from(days_between(day_of(notice.created_at), review_by));
    if !(1..=i64::from(RETENTION_DAYS_MAX)).contains(&days) {
        return Err(EditError::Retention { number: number(), review_by, days, max: RETENTION_DAYS_MAX });
    }
    let Ok(mut statements) = Vec1::try_from_vec(statements) else {
        return Err(EditError::Empty { number: number() });
    };
    statements.sort_by_key(|statement| statement.section);
    (notice.statements, notice.observables) = (statements, observables);
    (notice.marking, notice.review_by) = (marking, review_by);
    Ok(())
}

/// A name for all that a notice says now: 32 hexadecimal digits, others as soon as anything in it is changed.
pub fn version(notice: &Notice) -> String {
    fingerprint(notice)
}

/// What stands and what could stand beside it, in one order, each with whether it stands: what was struck out is
/// where it was, behind the one that it follows in `fresh`.
pub fn merged<T: Clone>(standing: &[T], fresh: &[T], same: impl Fn(&T, &T) -> bool) -> Vec<(T, bool)> {
    let mut all: Vec<(T, bool)> = standing.iter().map(|one| (one.clone(), true)).collect();
    let place = |all: &[(T, bool)], one: &T| all.iter().position(|(known, _)| same(known, one));
    let mut next = 0;
    for one in fresh {
        match place(&all, one) {
            Some(at) => next = at + 1,
            None => {
                all.insert(next, (one.clone(), false));
                next += 1;
            }
        }
    }
    all
}

/// A name for what a sentence says: 16 hexadecimal digits, the same for the same message and facts, whatever
/// the sentence rests on.
pub fn statement_key(statement: &Statement) -> String {
    let parts = statement_parts(statement);
    let bytes: Vec<&[u8]> = parts.iter().map(String::as_bytes).collect();
    let hash = hash_parts("forewarn/statement/1", &bytes);
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::notice;
    use crate::{Action, apply};
    use forewarn_model::Tlp;

    fn as_is(notice: &Notice) -> Edit {
        Edit {
            statements: notice.statements.to_vec(),
            observables: notice.observables.clone(),
            marking: notice.marking,
            review_by: notice.review_by,
        }
    }

    #[test]
    fn strikes_out_and_puts_back_in_order() {
        let mut changed = notice();
        let mut shorter = as_is(&changed);
        let struck = shorter.statements.remove(0);
        edit(&mut changed, shorter.clone()).unwrap();
        assert_eq!(changed.statements.len() + 1, notice().statements.len());
        shorter.statements.push(struck);
        edit(&mut changed, shorter).unwrap();
        assert!(changed.statements.is_sorted_by_key(|one| one.section));
        let keys = |notice: &Notice| {
            let mut all: Vec<String> = notice.statements.iter().map(statement_key).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        assert_eq!(keys(&changed), keys(&notice()));
        assert_eq!(keys(&changed).len(), changed.statements.len(), "each has a key of its own");
    }

    #[test]
    fn what_was_struck_out_keeps_its_place() {
        #[track_caller]
        fn check(standing: &str, fresh: &str, expected: &str) {
            let letters = |text: &str| text.chars().collect::<Vec<char>>();
            let all = merged(&letters(standing), &letters(fresh), |one, other| one == other);
            let told: String = all
                .iter()
                .map(|(one, stands)| if *stands { *one } else { one.to_ascii_lowercase() })
                .collect();
            assert_eq!(told, expected, "{standing} of {fresh}");
        }
        check("ACD", "ABCD", "AbCD");
        check("CD", "ABCD", "abCD");
        check("A", "ABCD", "Abcd");
        check("AXD", "ABCD", "AbcXD");
        check("ABCD", "", "ABCD");
    }

    #[test]
    fn each_change_makes_another_version() {
        let before = notice();
        let mut shorter = as_is(&before);
        shorter.statements.remove(0);
        let mut changed = notice();
        edit(&mut changed, shorter).unwrap();
        assert_ne!(version(&changed), version(&before));
        edit(&mut changed, as_is(&before)).unwrap();
        assert_eq!(version(&changed), version(&before));
    }

    #[track_caller]
    fn check(change: impl Fn(&mut Notice, &mut Edit), expected: &str) {
        let mut changed = notice();
        let mut wanted = as_is(&changed);
        change(&mut changed, &mut wanted);
        let told = edit(&mut changed, wanted).unwrap_err().to_string();
        assert!(told.contains(expected), "{told:?} should say {expected:?}");
    }

    #[test]
    fn refuses_what_would_be_no_draft() {
        check(|_, wanted| wanted.statements.clear(), "no sentence is left");
        check(|_, wanted| wanted.review_by = "2030-01-01".parse().unwrap(), "expected 1 to 1826");
        let submit = Action::Submit { audience: Tlp::Green, overrides: &[] };
        let submitted = |notice: &mut Notice, _: &mut Edit| {
            apply(notice, submit, "asha", notice.created_at, "w").unwrap()
        };
        check(submitted, "is in_review");
    }
}
