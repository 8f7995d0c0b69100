//! Numbers in words and digits, as ranges: "tens of thousands" is 20,000 to 99,999.

use std::ops::Range;

use forewarn_model::Quantity;

use super::sentence::{Gap, Sentence};

/// Numbers in words.
const WORDS: &[(&str, u64)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("dix", 10),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("diez", 10),
];

/// What multiplies the number before it.
const POWERS: &[(&str, u64)] = &[
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("dozen", 12),
    ("cent", 100),
    ("mille", 1_000),
    ("mil", 1_000),
];

/// Vague numbers; "tens of" and "hundreds of" multiply one that follows.
const VAGUE: &[(&str, u64, u64)] = &[
    ("dozens", 24, 99),
    ("scores", 40, 99),
    ("tens", 20, 99),
    ("hundreds", 200, 999),
    ("thousands", 2_000, 9_999),
    ("millions", 2_000_000, 9_999_999),
    ("dizaines", 20, 99),
    ("decenas", 20, 99),
    ("centaines", 200, 999),
    ("milliers", 2_000, 9_999),
    ("cientos", 200, 999),
    ("miles", 2_000, 9_999),
];

/// What a qualification does to a number.
#[derive(Debug, Clone, Copy)]
enum Bound {
    AtLeast,
    AtMost,
    Nearly,
    About,
}

/// Qualifications: the words before a number.
const BOUNDS: &[(Bound, &str)] = &[
    (Bound::AtLeast, "at least"),
    (Bound::AtLeast, "more than"),
    (Bound::AtLeast, "over"),
    (Bound::AtLeast, "au moins"),
    (Bound::AtLeast, "plus de"),
    (Bound::AtLeast, "al menos"),
    (Bound::AtLeast, "más de"),
    (Bound::AtMost, "up to"),
    (Bound::AtMost, "as many as"),
    (Bound::AtMost, "fewer than"),
    (Bound::AtMost, "less than"),
    (Bound::Nearly, "nearly"),
    (Bound::Nearly, "almost"),
    (Bound::Nearly, "close to"),
    (Bound::About, "about"),
    (Bound::About, "around"),
    (Bound::About, "some"),
    (Bound::About, "approximately"),
    (Bound::About, "roughly"),
    (Bound::About, "an estimated"),
    (Bound::About, "environ"),
    (Bound::About, "unos"),
];

/// What joins the ends of a range.
const RANGE_JOINS: &str = "to and à et a y";

/// Words before a number of four digits that make it a year.
const YEAR_CUES: &str = "\
     in since of by from until during early late mid january february march april may june july \
     august september october november december en de depuis desde";

/// A number where it stands, qualification included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) quantity: Quantity,
    pub(super) words: Range<usize>,
}

/// The numbers of a sentence, in order.
pub(super) fn find(sentence: &Sentence<'_>) -> Vec<Found> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < sentence.len() {
        let Some((low, high, mut end)) = read(sentence, at) else {
            at += 1;
            continue;
        };
        let (start, bound) = bound_before(sentence, at);
        let mut quantity = bounded(low, high, bound);
        // "200 to 300", "200-300", "between 200 and 300"
        let between = at > 0 && sentence.is(at - 1, "between entre");
        let hyphen = usize::from(sentence.gap(end) != Gap::Hyphen);
        let joined =
            hyphen == 0 || (sentence.is(end, RANGE_JOINS) && (between || sentence.word(end) != "and"));
        if joined
            && let Some((_, top, after)) = read(sentence, end + hyphen)
            && top > low
            && (hyphen == 0 || between || matches!(sentence.word(end), "to" | "à"))
        {
            quantity = Quantity { min: low, max: Some(top) };
            end = after;
        }
        all.push(Found { quantity, words: start..end });
        at = end;
    }
    all
}

/// A number that starts at a word: its least, its most, and the word after it.
fn read(sentence: &Sentence<'_>, at: usize) -> Option<(u64, u64, usize)> {
    if let Some(found) = vague(sentence, at) {
        return Some(found);
    }
    let word = sentence.word(at);
    let (mut value, mut end) = if let Some(value) = digits(word) {
        if is_year(sentence, at, value) {
            return None;
        }
        let mut value = value;
        let mut end = at + 1;
        // "20 000": groups of three after a space.
        while word.len() <= 3 && sentence.word(end).len() == 3 && sentence.gap(end) == Gap::Space {
            let Some(group) = digits(sentence.word(end)) else { break };
            value = value.checked_mul(1_000)?.checked_add(group)?;
            end += 1;
        }
        (value, end)
    } else if let Some(value) = in_words(word) {
        let unit =
            in_words(sentence.word(at + 1)).filter(|unit| value >= 20 && value % 10 == 0 && *unit < 10);
        (value + unit.unwrap_or(0), at + 1 + usize::from(unit.is_some()))
    } else if matches!(word, "a" | "an") && power(sentence.word(at + 1)).is_some() {
        (1, at + 1)
    } else if word == "half" && sentence.word(at + 1) == "a" && sentence.word(at + 2) == "dozen" {
        return Some((6, 6, at + 3));
    } else if matches!(word, "mille" | "mil" | "cent") {
        (1, at)
    } else {
        return None;
    };
    while let Some(factor) = power(sentence.word(end)) {
        value = value.checked_mul(factor)?;
        end += 1;
        // "two hundred and fifty", "three thousand five hundred"
        let skip = usize::from(sentence.word(end) == "and");
        if let Some(more) = in_words(sentence.word(end + skip)) {
            if power(sentence.word(end + skip + 1)).is_some_and(|next| next < factor) {
                let next = power(sentence.word(end + skip + 1))?;
                value = value.checked_add(more.checked_mul(next)?)?;
                end += skip + 2;
            } else if factor != 12 && sentence.gap(end) != Gap::Comma {
                let unit = in_words(sentence.word(end + skip + 1)).filter(|unit| more >= 20 && *unit < 10);
                value = value.checked_add(more + unit.unwrap_or(0))?;
                end += skip + 1 + usize::from(unit.is_some());
            }
        }
    }
    Some((value, value, end))
}

fn vague(sentence: &Sentence<'_>, at: usize) -> Option<(u64, u64, usize)> {
    let row = |at: usize| VAGUE.iter().find(|row| row.0 == sentence.word(at));
    let (_, low, high) = row(at)?;
    let joins = sentence.is(at + 1, "of de");
    match row(at + 2).filter(|_| joins && *low < 1_000) {
        // "tens of thousands" is 20,000 to 99,999: the second is the unit.
        Some((_, unit, _)) => {
            let unit = unit / 2;
            Some((low * unit, high * unit + (unit - 1), at + 3))
        }
        None => Some((*low, *high, at + 1)),
    }
}

/// Digits with commas or points between groups of three; nothing with a decimal part.
fn digits(word: &str) -> Option<u64> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut groups = word.split([',', '.']);
    let mut value: u64 = groups.next()?.parse().ok()?;
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        value = value.checked_mul(1_000)?.checked_add(group.parse().ok()?)?;
    }
    Some(value)
}

fn in_words(word: &str) -> Option<u64> {
    WORDS.iter().find(|row| row.0 == word).map(|row| row.1)
}

fn power(word: &str) -> Option<u64> {
    POWERS.iter().find(|row| row.0 == word).map(|row| row.1)
}

fn is_year(sentence: &Sentence<'_>, at: usize, value: u64) -> bool {
    (1_900..2_100).contains(&value)
        && sentence.word(at).len() == 4
        && (at == 0 || sentence.is(at - 1, YEAR_CUES) || sentence.is(at.saturating_sub(2), YEAR_CUES))
}

/// The qualification before a number, and where it starts.
fn bound_before(sentence: &Sentence<'_>, at: usize) -> (usize, Option<Bound>) {
    for (bound, words) in BOUNDS {
        let words = words.split_ascii_whitespace();
        let Some(start) = at.checked_sub(words.clone().count()) else { continue };
        if words.enumerate().all(|(offset, word)| sentence.word(start + offset) == word) {
            return (start, Some(*bound));
        }
    }
    (at, None)
}

fn bounded(low: u64, high: u64, bound: Option<Bound>) -> Quantity {
    match bound {
        None => Quantity { min: low, max: Some(high) },
        Some(Bound::AtLeast) => Quantity { min: low, max: None },
        Some(Bound::AtMost) => Quantity { min: 1.min(high), max: Some(high) },
        // Within a tenth, as such words are commonly meant.
        Some(Bound::Nearly) => Quantity { min: low - low / 10, max: Some(high) },
        Some(Bound::About) => Quantity { min: low - low / 10, max: Some(high.saturating_add(high / 10)) },
    }
}
