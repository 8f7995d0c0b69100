//! Telephone numbers, verified by the numbering plans of libphonenumber and written as E.164.
//!
//! International numbers always; national ones only with a region from the text and a sign that a number
//! is meant: a leading zero or a word such as "call".

use forewarn_model::{Country, ObservableKind};
use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};

use super::handles::Cue;
use super::{Candidates, Found, floor};

/// Digits of a number: fewest of a subscriber's, most of an international one (ITU-T E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// How far before a number a word for a telephone may stand, in bytes.
const CUE_BYTES_MAX: usize = 40;
/// How many regions are tried for a national number.
const REGIONS_MAX: usize = 3;

/// Reads telephone numbers.
pub(super) struct Numbers;

/// A run of digits with the separators that people write between them.
struct Run {
    start: usize,
    end: usize,
    digits: String,
    /// A plus sign before it, or two zeros.
    international: bool,
    /// A plus sign after it, as it stands when a right-to-left text was typed backwards.
    plus_after: bool,
    groups: Vec<String>,
}

impl Numbers {
    pub(super) fn new() -> Self {
        Self
    }

    pub(super) fn find(
        &self,
        candidates: &Candidates,
        cues: &[Cue],
        regions: &[Country],
        found: &mut Found<'_>,
    ) {
        let mut covered = 0;
        for &at in &candidates.digits {
            if at < covered {
                continue;
            }
            let run = run(found.folded.text(), at);
            covered = run.end;
            if !DIGITS.contains(&run.digits.len().saturating_sub(if run.international { 2 } else { 0 }))
                || found.is_taken(run.start, run.end)
            {
                continue;
            }
            if let Some(value) = read(&run, cues, regions) {
                found.add(ObservableKind::Phone, value, run.start, run.end);
                found.take(run.start, run.end);
            }
        }
    }
}

/// Adds the number of a link such as wa.me/66812345678, if there is such a number.
pub(super) fn add_international(found: &mut Found<'_>, digits: &str, start: usize, end: usize) {
    if DIGITS.contains(&digits.len())
        && let Some(value) = parse(&format!("+{digits}"), None)
    {
        found.add(ObservableKind::Phone, value, start, end);
    }
}

fn read(run: &Run, cues: &[Cue], regions: &[Country]) -> Option<String> {
    if run.international {
        let digits = run.digits.trim_start_matches('0');
        return parse(&format!("+{digits}"), None);
    }
    if run.plus_after {
        let mut groups = run.groups.clone();
        groups.reverse();
        return parse(&format!("+{}", groups.concat()), None);
    }
    let before = cues.partition_point(|cue| cue.end <= run.start);
    let cued = cues[..before].last().is_some_and(|cue| run.start - cue.end <= CUE_BYTES_MAX);
    if !(cued || (run.digits.starts_with('0') && run.digits.len() >= 9)) {
        return None;
    }
    let regions = regions.iter().take(REGIONS_MAX);
    regions
        .filter_map(|region| region.as_str().parse::<Region>().ok())
        .find_map(|region| parse(&run.digits, Some(region)))
}

/// The number as E.164, if the numbering plan has it.
fn parse(text: &str, region: Option<Region>) -> Option<String> {
    let number = PHONE_NUMBER_UTIL.parse(text, region).ok()?;
    let is_valid = |region| PHONE_NUMBER_UTIL.is_valid_number_for_region(&number, region);
    let valid = match region {
        Some(region) => is_valid(region),
        // Several countries may share a code; the main one comes first.
        None => match PHONE_NUMBER_UTIL.get_regions_for_country_calling_code(number.country_code) {
            Some(mut regions) => regions.any(is_valid),
            None => false,
        },
    };
    valid.then(|| number.to_string())
}

/// The run of digits at `at`: single separators between them, a line end or a word ends it.
fn run(text: &str, at: usize) -> Run {
    let bytes = text.as_bytes();
    let before = floor(text, at.saturating_sub(3));
    let plus = text[before..at].trim_end_matches(['(', ' ']).ends_with('+');
    let start = match plus {
        true => text[before..at].rfind('+').map_or(at, |found| before + found),
        false => at,
    };
    let mut end = at;
    let mut digits = String::new();
    let mut groups = vec![String::new()];
    let mut cursor = at;
    while let Some(&byte) = bytes.get(cursor) {
        if byte.is_ascii_digit() {
            digits.push(char::from(byte));
            if let Some(group) = groups.last_mut() {
                group.push(char::from(byte));
            }
            cursor += 1;
            end = cursor;
            if digits.len() > 20 {
                break;
            }
        } else {
            let gap = separator(&text[cursor..]);
            if gap == 0 || !bytes.get(cursor + gap).is_some_and(u8::is_ascii_digit) {
                break;
            }
            groups.push(String::new());
            cursor += gap;
        }
    }
    let plus_after = !plus && bytes.get(end) == Some(&b'+');
    let international = plus || (digits.starts_with("00") && !digits.starts_with("000"));
    Run { start, end: if plus_after { end + 1 } else { end }, digits, international, plus_after, groups }
}

/// The bytes of the separators at the start of `text`: at most three, such as ") " or " - ".
fn separator(text: &str) -> usize {
    let mut len = 0;
    for c in text.chars().take(3) {
        if !matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '·' | '\u{2010}' | '–' | '_' | '*') {
            break;
        }
        len += c.len_utf8();
    }
    len
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, find};

    #[test]
    fn reads_international_numbers() {
        check("+66 2 123 4567", &["phone +6621234567"]);
        check("WhatsApp: +44 (0)20 7946 0123", &["phone +442079460123"]);
        check("0066-81-234-5678", &["phone +66812345678"]);
        check("＋６６ ８１ ２３４ ５６７８", &["phone +66812345678"]);
        check("+6 6 8 1 2 3 4 5 6 7 8", &["phone +66812345678"]);
        check("+66.81.234.5678, +84 912 345 678", &["phone +66812345678", "phone +84912345678"]);
        check("+๖๖ ๘๑ ๒๓๔ ๕๖๗๘", &["phone +66812345678"]);
    }

    #[test]
    fn refuses_what_is_no_number() {
        check("+66 000 000 0001", &[]);
        check("call 000-000-0001", &[]);
        check("2024-06-07 12:30, 1,200,000 - 1,500,000", &[]);
        check("id 12345678901234567890123", &[]);
    }

    #[test]
    fn reads_national_numbers_with_a_region() {
        let with = |text: &str, regions: &[&str]| find(text, regions);
        assert_eq!(with("โทร 081-234-5678", &["TH"]), ["phone +66812345678"]);
        assert_eq!(with("call 020 7946 0123", &["KH", "GB"]), ["phone +442079460123"]);
        assert!(with("โทร 081-234-5678", &[]).is_empty());
        assert!(with("salary 81234567", &["TH"]).is_empty());
    }

    #[test]
    fn reads_numbers_typed_backwards() {
        check("واتساب 5678 234 81 66+", &["phone +66812345678"]);
    }
}
