//! Which values two lists have in common (private set intersection), or only how many of each case (its
//! cardinality).
//!
//! The asking side blinds its values. The answering side evaluates them under a key made for this session, and
//! adds its own values under the same key, sealed. The asking side takes its blinds off and looks its values up.
//! To tell the answering side, it names the outputs of its hits, which it can know of values that it asked for
//! only; the answering side finds them among its own or refuses.
//!
//! Where only numbers may be learned, the answers come back mixed within each case, so that a hit cannot be laid
//! at a value's door (after De Cristofaro, Gasti, Tsudik: *Fast and private computation of cardinality of set
//! intersection and union*, CANS 2012). No proof of the key can be given then.
//!
//! What a lying partner can and cannot do stands in `docs/threat-model.md`.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::id::hash_parts;
use rayon::prelude::*;
use thiserror::Error;

use crate::oprf::{self, Blinds, Element, Mode, OprfError, Output, Proof, SecretKey};
use crate::sealed::{Sealed, SealedError, bits_for, cut};

/// What a hit is claimed with: the head of an output.
pub type Claim = [u8; 32];

/// What the other side sent cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MatchError {
    /// The function.
    #[error(transparent)]
    Oprf(#[from] OprfError),
    /// The sealed set.
    #[error(transparent)]
    Sealed(#[from] SealedError),
    /// A value that was asked twice, which an honest side never does.
    #[error("read the blinded values: value {number} came before")]
    Repeated {
        /// Its place, from 1.
        number: usize,
    },
    /// The groups do not cover the values, or one is too small to hide a value in.
    #[error("read the cases: {0}")]
    Groups(String),
    /// Values cut so short that chance would make hits.
    #[error("read the other side's values: cut to {bits} bits, expected {needed}: chance would make hits")]
    Chance {
        /// To how many bits they are cut.
        bits: u32,
        /// How many it takes.
        needed: u32,
    },
    /// A hit that is none.
    #[error("read the hits: hit {number} is no value of this set, or named twice")]
    Claim {
        /// Its place, from 1.
        number: usize,
    },
}

/// What the answering side sends back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The public half of the session's key.
    pub public: Element,
    /// The evaluated values: in the order of the question, or mixed within each case.
    pub evaluated: Vec<Element>,
    /// The proofs; none where the values are mixed.
    pub proofs: Vec<Proof>,
    /// The answering side's own values.
    pub sealed: Sealed,
}

/// A value that both sides have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The value.
    pub value: String,
    /// What it is claimed with.
    pub claim: Claim,
}

/// A question for values, with what is needed to read the answer.
pub struct Question {
    values: Vec<String>,
    blinds: Blinds,
    /// What goes to the other side.
    pub blinded: Vec<Element>,
}

/// A question for numbers, with what is needed to read the answer.
pub struct CaseQuestion {
    cases: Vec<String>,
    blinds: Blinds,
    /// How many values each case has, in the order of `blinded`.
    pub groups: Vec<usize>,
    /// What goes to the other side.
    pub blinded: Vec<Element>,
}

/// Binds a side to its set: a hash of its values and of 32 random bytes that are shown only when the set is.
pub fn commitment(values: &BTreeSet<String>, nonce: &[u8; 32]) -> [u8; 32] {
    let parts: Vec<&[u8]> = std::iter::once(&nonce[..]).chain(values.iter().map(String::as_bytes)).collect();
    hash_parts("forewarn/match-set/1", &parts)
}

impl Question {
    /// Blinds values, in an order that tells nothing, filled up to a multiple so that their exact number stays
    /// unknown. The same values and seed make the same question.
    pub fn of(values: &BTreeSet<String>, seed: &[u8; 32], multiple: usize) -> Result<Self, MatchError> {
        let mut values: Vec<String> = values.iter().cloned().collect();
        let fill = missing(values.len(), multiple);
        values.extend((0..fill).map(|number| filler(seed, number)));
        values.sort_by_cached_key(|value| hash_parts("forewarn/match-order/1", &[seed, value.as_bytes()]));
        let blinds = Blinds::each(seed, values.len());
        let blinded = oprf::blind(Mode::Voprf, &values, &blinds)?;
        Ok(Self { values, blinds, blinded })
    }

    /// The values that both sides have, sorted.
    pub fn hits(&self, answer: &Answer) -> Result<Vec<Hit>, MatchError> {
        let Answer { public, evaluated, proofs, sealed } = answer;
        let outputs =
            oprf::verify_and_finalize(public, &self.values, &self.blinds, &self.blinded, evaluated, proofs)?;
        let theirs = checked(sealed, self.blinded.len())?;
        let hits = self.values.iter().zip(&outputs);
        let hits = hits.filter(|(_, output)| theirs.binary_search(&cut(&output[..], sealed.bits)).is_ok());
        let mut hits: Vec<Hit> =
            hits.map(|(value, output)| Hit { value: value.clone(), claim: claim(output) }).collect();
        hits.sort_unstable_by(|a, b| a.value.cmp(&b.value));
        Ok(hits)
    }
}

impl CaseQuestion {
    /// Blinds the values of each case, each case filled up to `case_values_min`. The same cases and seed make the
    /// same question.
    pub fn of(
        cases: &BTreeMap<String, BTreeSet<String>>,
        seed: &[u8; 32],
        case_values_min: usize,
    ) -> Result<Self, MatchError> {
        let mut order: Vec<(&String, &BTreeSet<String>)> = cases.iter().collect();
        order.sort_by_cached_key(|(case, _)| hash_parts("forewarn/match-order/1", &[seed, case.as_bytes()]));
        let (mut values, mut groups, mut fillers) = (Vec::new(), Vec::new(), 0);
        for (_, held) in &order {
            let fill = case_values_min.saturating_sub(held.len());
            values.extend(held.iter().cloned());
            values.extend((fillers..fillers + fill).map(|number| filler(seed, number)));
            fillers += fill;
            groups.push(held.len() + fill);
        }
        let blinds = Blinds::grouped(seed, &groups);
        let mut blinded = oprf::blind(Mode::Oprf, &values, &blinds)?;
        // All of a case share a blind, so that their order is free.
        mix(&mut blinded, &groups);
        let cases = order.into_iter().map(|(case, _)| case.clone()).collect();
        Ok(Self { cases, blinds, groups, blinded })
    }

    /// How many values of each case the other side has too; the cases sorted, those without left out.
    pub fn counts(&self, answer: &Answer) -> Result<BTreeMap<String, usize>, MatchError> {
        distinct(&answer.evaluated)?;
        let elements = oprf::unblind_grouped(&self.blinds, &answer.evaluated)?;
        let theirs = checked(&answer.sealed, self.blinded.len())?;
        let (mut counts, mut at) = (BTreeMap::new(), 0);
        for (case, size) in self.cases.iter().zip(&self.groups) {
            let held = |element: &&Element| {
                theirs.binary_search(&cut(&hash_element(element), answer.sealed.bits)).is_ok()
            };
            let count = elements[at..at + size].iter().filter(held).count();
            at += size;
            if count > 0 {
                counts.insert(case.clone(), count);
            }
        }
        Ok(counts)
    }
}

/// Answers a question for values. `session` makes the key one of this session, whatever the seed.
pub fn answer(
    values: &BTreeSet<String>,
    seed: &[u8; 32],
    session: &[u8],
    multiple: usize,
    blinded: &[Element],
) -> Result<Answer, MatchError> {
    distinct(blinded)?;
    let key = SecretKey::derive(Mode::Voprf, seed, session);
    let (evaluated, proofs) = key.evaluate(blinded)?;
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let heads = key.outputs(&values)?.iter().map(claim).collect();
    let sealed = seal(heads, seed, multiple, blinded.len());
    Ok(Answer { public: key.public(), evaluated, proofs, sealed })
}

/// Answers a question for numbers.
pub fn answer_cases(
    values: &BTreeSet<String>,
    seed: &[u8; 32],
    session: &[u8],
    multiple: usize,
    (groups, case_values_min): (&[usize], usize),
    blinded: &[Element],
) -> Result<Answer, MatchError> {
    distinct(blinded)?;
    let covered = groups.iter().try_fold(0_usize, |all, size| all.checked_add(*size));
    if covered != Some(blinded.len()) {
        return Err(MatchError::Groups(format!("they do not cover the {} values", blinded.len())));
    }
    if let Some(small) = groups.iter().find(|size| **size < case_values_min) {
        let why =
            format!("one has {small} values: fill it up to {case_values_min}, so that no value stands alone");
        return Err(MatchError::Groups(why));
    }
    let key = SecretKey::derive(Mode::Oprf, seed, session);
    let (mut evaluated, proofs) = key.evaluate(blinded)?;
    mix(&mut evaluated, groups);
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let heads = key.elements(&values)?.iter().map(hash_element).collect();
    let sealed = seal(heads, seed, multiple, blinded.len());
    Ok(Answer { public: key.public(), evaluated, proofs, sealed })
}

/// The values behind the hits that the asking side claims, in their order; none twice, and none that is not held.
pub fn confirm(
    values: &BTreeSet<String>,
    seed: &[u8; 32],
    session: &[u8],
    claims: &[Claim],
) -> Result<Vec<String>, MatchError> {
    let key = SecretKey::derive(Mode::Voprf, seed, session);
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let outputs = key.outputs(&values)?;
    let mut held: BTreeMap<Claim, &str> = outputs.iter().map(claim).zip(values).collect();
    let one = |(at, claim)| held.remove(claim).map(str::to_owned).ok_or(MatchError::Claim { number: at + 1 });
    claims.iter().enumerate().map(one).collect()
}

/// Sorts within each group: pseudorandom bytes, whose order tells nothing of the order before.
fn mix(elements: &mut [Element], groups: &[usize]) {
    let mut rest = elements;
    for size in groups {
        let (group, others) = rest.split_at_mut(*size);
        group.sort_unstable();
        rest = others;
    }
}

fn distinct(elements: &[Element]) -> Result<(), MatchError> {
    let mut order: Vec<usize> = (0..elements.len()).collect();
    order.par_sort_unstable_by_key(|at| (elements[*at], *at));
    let twice = order.windows(2).filter(|pair| elements[pair[0]] == elements[pair[1]]).map(|pair| pair[1]);
    twice.min().map_or(Ok(()), |at| Err(MatchError::Repeated { number: at + 1 }))
}

fn seal(heads: Vec<Claim>, seed: &[u8; 32], multiple: usize, asked: usize) -> Sealed {
    let fill = missing(heads.len(), multiple);
    let bits = bits_for(asked, heads.len() + fill);
    let mut cuts: Vec<u128> = heads.iter().map(|head| cut(head, bits)).collect();
    cuts.extend((0..fill).map(|number| cut(&fill_hash(seed, number), bits)));
    Sealed::pack(cuts, bits)
}

/// The other side's values, if they were cut so long that chance has no room.
fn checked(sealed: &Sealed, asked: usize) -> Result<Vec<u128>, MatchError> {
    let needed = bits_for(asked, sealed.count);
    if sealed.bits < needed {
        return Err(MatchError::Chance { bits: sealed.bits, needed });
    }
    Ok(sealed.unpack()?)
}

fn missing(count: usize, multiple: usize) -> usize {
    let multiple = multiple.max(1);
    count.max(1).div_ceil(multiple) * multiple - count
}

fn fill_hash(seed: &[u8; 32], number: usize) -> [u8; 32] {
    hash_parts("forewarn/match-fill/1", &[seed, &(number as u64).to_le_bytes()])
}

/// A value that no list holds: kinds of observables have other names.
fn filler(seed: &[u8; 32], number: usize) -> String {
    fill_hash(seed, number).iter().fold("fill:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

fn hash_element(element: &Element) -> Claim {
    hash_parts("forewarn/match-element/1", &[element])
}

fn claim(output: &Output) -> Claim {
    let mut claim = [0; 32];
    claim.copy_from_slice(&output[..32]);
    claim
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SESSION: &[u8] = b"session";

    fn set(values: impl IntoIterator<Item = u16>) -> BTreeSet<String> {
        values.into_iter().map(|number| format!("phone:+{number}")).collect()
    }

    fn values() -> impl Strategy<Value = BTreeSet<String>> {
        prop::collection::btree_set(0_u16..60, 0..40).prop_map(set)
    }

    fn found(asked: &BTreeSet<String>, held: &BTreeSet<String>) -> BTreeSet<String> {
        let question = Question::of(asked, &[1; 32], 10).unwrap();
        let answer = answer(held, &[2; 32], SESSION, 10, &question.blinded).unwrap();
        let hits = question.hits(&answer).unwrap();
        let claims: Vec<Claim> = hits.iter().map(|hit| hit.claim).collect();
        let found: Vec<String> = hits.into_iter().map(|hit| hit.value).collect();
        assert_eq!(confirm(held, &[2; 32], SESSION, &claims).unwrap(), found);
        found.into_iter().collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn finds_what_both_have_whoever_asks((one, other) in (values(), values())) {
            let both: BTreeSet<String> = one.intersection(&other).cloned().collect();
            prop_assert_eq!(found(&one, &other), both.clone());
            prop_assert_eq!(found(&other, &one), both);
        }

        #[test]
        fn counts_what_each_case_has_in_common(
            cases in prop::collection::btree_map("[a-z]{1,3}", values(), 0..6), held in values(),
        ) {
            let question = CaseQuestion::of(&cases, &[1; 32], 5).unwrap();
            let groups = (&question.groups[..], 5);
            let answer = answer_cases(&held, &[2; 32], SESSION, 10, groups, &question.blinded).unwrap();
            let count = |values: &BTreeSet<String>| values.intersection(&held).count();
            let expected = cases.iter().map(|(case, values)| (case.clone(), count(values)));
            let expected: BTreeMap<String, usize> = expected.filter(|(_, count)| *count > 0).collect();
            prop_assert_eq!(question.counts(&answer).unwrap(), expected);
        }
    }

    fn honest() -> (Question, Answer) {
        let question = Question::of(&set(0..30), &[1; 32], 10).unwrap();
        let answer = answer(&set(20..50), &[2; 32], SESSION, 10, &question.blinded).unwrap();
        (question, answer)
    }

    /// What the asking side says of an answer that somebody changed.
    #[track_caller]
    fn check(change: impl FnOnce(&mut Answer), expected: &str) {
        let (question, mut answer) = honest();
        change(&mut answer);
        let told = question.hits(&answer).map(|hits| hits.len()).unwrap_err().to_string();
        assert!(told.contains(expected), "{told}");
    }

    #[test]
    fn a_lying_answer_is_refused() {
        check(|answer| answer.evaluated.swap(3, 4), "not in their order");
        check(|answer| answer.evaluated[3] = answer.evaluated[4], "verify the proof");
        check(|answer| answer.evaluated[7] = [0; 32], "element 8: it is the identity");
        check(|answer| answer.evaluated[7] = [0xee; 32], "element 8: it is not on the curve");
        check(|answer| answer.evaluated.truncate(29), "29, expected 30");
        check(
            |answer| answer.public = SecretKey::derive(Mode::Voprf, &[3; 32], SESSION).public(),
            "verify the proof",
        );
        check(|answer| answer.public = [0; 32], "identity");
        check(|answer| answer.proofs.clear(), "verify the proof");
        check(|answer| answer.sealed.count += 30, "expected 51");
        check(|answer| answer.sealed = Sealed::pack((0..30).collect(), 48), "chance would make hits");
        check(|answer| answer.sealed.packed.truncate(20), "shorter than its count");
    }

    #[test]
    fn a_lying_question_is_refused() {
        let (mut question, _) = honest();
        let ask = |blinded: &[Element]| answer(&set(0..3), &[2; 32], SESSION, 10, blinded).unwrap_err();
        question.blinded[9] = question.blinded[2];
        assert_eq!(ask(&question.blinded), MatchError::Repeated { number: 10 });
        question.blinded[9] = [0; 32];
        assert_eq!(ask(&question.blinded), OprfError::Identity { number: 10 }.into());
        let (question, _) = honest();
        let cases = |groups: &[usize]| {
            answer_cases(&set(0..3), &[2; 32], SESSION, 10, (groups, 5), &question.blinded)
                .unwrap_err()
                .to_string()
        };
        assert!(cases(&[10, 10]).contains("do not cover"));
        assert!(cases(&[usize::MAX, 31]).contains("do not cover"));
        assert!(cases(&[29, 1]).contains("no value stands alone"));
    }

    #[test]
    fn a_hit_that_is_none_is_refused() {
        let (question, answer) = honest();
        let hits = question.hits(&answer).unwrap();
        assert_eq!(hits.len(), 10);
        let confirm = |claims: &[Claim]| confirm(&set(20..50), &[2; 32], SESSION, claims);
        let (first, second) = (hits[0].claim, hits[1].claim);
        assert_eq!(confirm(&[second, first]).unwrap(), [hits[1].value.clone(), hits[0].value.clone()]);
        assert_eq!(confirm(&[first, first]).unwrap_err(), MatchError::Claim { number: 2 });
        assert_eq!(confirm(&[[9; 32]]).unwrap_err(), MatchError::Claim { number: 1 });
    }

    #[test]
    fn sizes_are_told_only_roughly_and_keys_serve_once() {
        let small = Question::of(&set(0..1), &[1; 32], 100).unwrap();
        assert_eq!(small.blinded.len(), 100);
        assert_eq!(Question::of(&set([]), &[1; 32], 100).unwrap().blinded.len(), 100);
        assert_eq!(Question::of(&set(0..100), &[1; 32], 100).unwrap().blinded.len(), 100);
        let key = |session| answer(&set(0..1), &[2; 32], session, 10, &small.blinded).unwrap().public;
        assert_ne!(key(b"one"), key(b"two"));
    }

    #[test]
    fn a_commitment_holds_a_set_fast() {
        let one = commitment(&set(0..3), &[1; 32]);
        assert_eq!(one, commitment(&set(0..3), &[1; 32]));
        assert_ne!(one, commitment(&set(0..4), &[1; 32]));
        assert_ne!(one, commitment(&set(0..3), &[2; 32]));
    }
}
