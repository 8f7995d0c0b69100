//! Regular expressions: what must stand in a text before one is tried on it.
//!
//! Expressions are read by the `regex` crate, whose time grows linearly with the text whatever the pattern.
//! They are still far dearer than literals, so each is tried only on texts that hold one of the words without
//! which it cannot match, and those words are found together with all other literals.

use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::fold::fold_pattern;
use crate::pack::Origin;

/// A compiled expression.
#[derive(Debug)]
pub(crate) struct Expression {
    pub regex: Regex,
    /// Index of the indicator.
    pub indicator: usize,
    pub origin: Origin,
    /// Whether it is tried on every text, because no word is certain to be in what it matches.
    pub always: bool,
}

/// Texts at most in a set of alternatives.
const SET_MAX: usize = 64;

/// The texts of which at least one occurs wherever the expression matches; none if nothing is certain.
pub(crate) fn required(pattern: &str) -> Option<Vec<String>> {
    let read = regex_syntax::parse(pattern).ok()?;
    let found = Found::of(&read);
    better(found.exact.filter(|set| is_useful(set)), found.required)
}

/// A text in the expression that no folded text holds, such as one with capitals.
pub(crate) fn never_occurs(pattern: &str) -> Option<String> {
    fn look(hir: &Hir) -> Option<String> {
        match hir.kind() {
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).ok()?;
                let bare = text.trim();
                (fold_pattern(bare) != bare.split_whitespace().collect::<Vec<_>>().join(" "))
                    .then(|| text.to_owned())
            }
            HirKind::Capture(capture) => look(&capture.sub),
            HirKind::Repetition(repetition) => look(&repetition.sub),
            HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().find_map(look),
            HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => None,
        }
    }
    look(&regex_syntax::parse(pattern).ok()?)
}

/// What is known of the texts that a part of an expression matches.
#[derive(Debug, Default)]
struct Found {
    /// All of them.
    exact: Option<Vec<String>>,
    /// Texts of which one occurs in each of them.
    required: Option<Vec<String>>,
}

impl Found {
    fn exactly(set: Vec<String>) -> Self {
        Self { exact: Some(set), required: None }
    }

    /// Texts of which one occurs, from whatever is known.
    fn any(self) -> Option<Vec<String>> {
        better(self.exact.filter(|set| is_useful(set)), self.required)
    }

    fn of(hir: &Hir) -> Self {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Self::exactly(vec![String::new()]),
            HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
                Ok(text) => Self::exactly(vec![text.to_lowercase()]),
                Err(_) => Self::default(),
            },
            HirKind::Class(class) => Self { exact: class_texts(class), required: None },
            HirKind::Capture(capture) => Self::of(&capture.sub),
            HirKind::Repetition(repetition) => {
                let sub = Self::of(&repetition.sub);
                match (repetition.min, repetition.max) {
                    (0, Some(1)) => {
                        let with_none = |mut set: Vec<String>| {
                            set.push(String::new());
                            set
                        };
                        Self { exact: sub.exact.map(with_none), required: None }
                    }
                    (0, _) => Self::default(),
                    _ => Self { exact: None, required: sub.any() },
                }
            }
            HirKind::Concat(parts) => Self::concat(parts),
            HirKind::Alternation(parts) => {
                let parts: Vec<Self> = parts.iter().map(Self::of).collect();
                let exact: Option<Vec<Vec<String>>> = parts.iter().map(|part| part.exact.clone()).collect();
                let exact = exact.map(|sets| sets.concat()).filter(|set| set.len() <= SET_MAX);
                let required: Option<Vec<Vec<String>>> = parts.into_iter().map(Self::any).collect();
                Self {
                    exact,
                    required: required.map(|sets| sets.concat()).filter(|set| set.len() <= SET_MAX),
                }
            }
        }
    }

    /// Neighbours that are known exactly are joined, as long as the set stays small.
    fn concat(parts: &[Hir]) -> Self {
        let mut run = vec![String::new()];
        let mut whole = true;
        let mut best = None;
        for part in parts {
            let found = Self::of(part);
            match found.exact {
                Some(set) if set.len() * run.len() <= SET_MAX => {
                    run = run
                        .iter()
                        .flat_map(|start| set.iter().map(move |end| format!("{start}{end}")))
                        .collect();
                }
                exact => {
                    whole = false;
                    let ended = std::mem::replace(&mut run, vec![String::new()]);
                    best = better(best, Some(ended).filter(|set| is_useful(set)));
                    match exact {
                        Some(set) => run = set,
                        None => best = better(best, found.required),
                    }
                }
            }
        }
        if whole {
            return Self::exactly(run);
        }
        Self { exact: None, required: better(best, Some(run).filter(|set| is_useful(set))) }
    }
}

fn is_useful(set: &[String]) -> bool {
    !set.is_empty() && set.iter().all(|text| !text.trim().is_empty())
}

/// The set whose shortest text is longer; of equals, the smaller.
fn better(a: Option<Vec<String>>, b: Option<Vec<String>>) -> Option<Vec<String>> {
    let key = |set: &Vec<String>| {
        let shortest = set.iter().map(|text| text.trim().chars().count()).min().unwrap_or(0);
        (shortest, std::cmp::Reverse(set.len()))
    };
    match (a, b) {
        (Some(a), Some(b)) => Some(if key(&a) >= key(&b) { a } else { b }),
        (a, b) => a.or(b),
    }
}

/// The characters of a small class, in lower case as texts are.
fn class_texts(class: &Class) -> Option<Vec<String>> {
    let Class::Unicode(class) = class else { return None };
    let mut set = Vec::new();
    for range in class.ranges() {
        for c in range.start()..=range.end() {
            set.push(match c {
                '\n' => "\n".to_owned(),
                _ if c.is_whitespace() => " ".to_owned(),
                _ => fold_pattern(c.encode_utf8(&mut [0; 4])),
            });
            if set.len() > SET_MAX {
                return None;
            }
        }
    }
    set.sort();
    set.dedup();
    Some(set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(pattern: &str, expected: Option<&[&str]>) {
        let mut found = required(pattern);
        if let Some(set) = &mut found {
            set.sort();
        }
        let expected = expected.map(|set| set.iter().map(|&text| text.to_owned()).collect::<Vec<_>>());
        assert_eq!(found, expected, "{pattern:?}");
    }

    #[test]
    fn tells_what_must_occur() {
        check("visa", Some(&["visa"]));
        check(r"\bvisas?\b", Some(&["visa", "visas"]));
        check(r"(?i)Visa", Some(&["visa"]));
        check(r"\d+ usdt", Some(&[" usdt"]));
        check(r"(kk|dragon)\s+park", Some(&["park"]));
        check(r"(thai|lao)\s*visa|permit\d", Some(&["permit", "visa"]));
        check(r"1[6-8]\p{L}", Some(&["16", "17", "18"]));
        check(r"\d+", None);
        check(r"a*", None);
        check(r"x|\d", None);
    }

    #[test]
    fn tells_what_never_occurs() {
        for (pattern, expected) in [
            ("visa", None),
            ("Visa", Some("Visa")),
            ("(?i)Visa", None),
            (r"\d+ (USD|usdt)", Some("USD")),
            ("ＫＫ", Some("ＫＫ")),
        ] {
            assert_eq!(never_occurs(pattern).as_deref(), expected, "{pattern:?}");
        }
    }

    proptest! {
        #[test]
        fn what_must_occur_does(pattern in "(a|b|ab|[ab]|c\\?|\\(a\\|bc\\)|\\(ab\\)\\+|x\\*){1,6}", text in "[abcx]{0,12}") {
            let regex = Regex::new(&pattern).unwrap();
            if let (Some(set), Some(found)) = (required(&pattern), regex.find(&text)) {
                prop_assert!(set.iter().any(|one| found.as_str().contains(one)), "{pattern} {text} {set:?}");
            }
        }
    }
}
