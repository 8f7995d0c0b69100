//! Telephone numbers, verified by the numbering plans of libphonenumber and written as E.164.
//!
//! International numbers always; national ones only with a region from the text and a sign that a number
//! is meant: a leading zero or a word such as "call".

use forewarn_model::{Country, HandleService, ObservableKind};
use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};

use super::handles::Cue;
use super::{Candidates, Found, floor};
use crate::chars::CharTable;

/// Digits of a number: fewest of a subscriber's, most of an international one (ITU-T E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// How far before a number a word for a telephone may stand, in bytes.
const CUE_BYTES_MAX: usize = 40;
/// How many regions are tried for a national number.
const REGIONS_MAX: usize = 3;

/// A national number without a word before it has at least this many digits, and starts with a zero.
const NATIONAL_DIGITS_MIN: usize = 9;
/// Digits of an international number without its plus sign.
const INTERNATIONAL_DIGITS: std::ops::RangeInclusive<usize> = 10..=15;

/// Mobile numbers of the United Kingdom that nobody has: Ofcom keeps them for drama, so that examples and trainings
/// are written with them (Ofcom, "Telephone numbers for use in TV and radio drama programmes").
const DRAMA_44: std::ops::RangeInclusive<u64> = 7_700_900_000..=7_700_900_999;

/// Services whose users are nearly all in one country, for numbers that nothing else places.
const SERVICE_HOMES: &[(HandleService, &str)] =
    &[(HandleService::Zalo, "VN"), (HandleService::Kakao, "KR"), (HandleService::WeChat, "CN")];

/// Words for numbers that are no telephone's: of licences, orders, documents, accounts.
const NUMBERED: &[&str] = &[
    "no",
    "nr",
    "license",
    "licence",
    "licensed",
    "registration",
    "reg",
    "invoice",
    "order",
    "passport",
    "account",
    "acc",
    "ref",
    "reference",
    "permit",
    "code",
    "npwp",
    "nik",
    "siup",
    "lesen",
    "licencia",
    "licença",
    "licenza",
    "registro",
    "factura",
    "pasaporte",
    "passeport",
    "siret",
    "siren",
    "rccm",
    "izin",
    "lisansı",
    "лицензия",
    "лицензии",
    "инн",
    "огрн",
    "бин",
    "єдрпоу",
    "паспорт",
    "ใบอนุญาต",
    "ใบอนุญาตเลขที่",
    "เลขที่",
    "ทะเบียน",
    "许可证",
    "許可證",
    "编号",
    "編號",
    "证号",
    "證號",
    "账号",
    "帳號",
    "订单",
    "訂單",
    "등록번호",
    "허가번호",
    "계좌",
    "許可番号",
    "番号",
    "लाइसेंस",
    "লাইসেন্স",
    "রিক্রুটিং",
    "ترخيص",
    "رخصة",
    "سجل",
    "لائسنس",
];

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
            if let Some(value) = read(found.folded.text(), &run, cues, regions) {
                found.add(ObservableKind::Phone, value, run.start, run.end);
                found.take(run.start, run.end);
            }
        }
    }
}

/// Adds the number of a link such as wa.me/66812345678, if there is such a number.
pub(super) fn add_linked(
    found: &mut Found<'_>,
    service: HandleService,
    digits: &str,
    start: usize,
    end: usize,
) {
    let home = SERVICE_HOMES.iter().find(|row| row.0 == service).and_then(|row| row.1.parse().ok());
    let national = || home.and_then(|region| parse(digits, Some(region)));
    if DIGITS.contains(&digits.len())
        && let Some(value) = parse(&format!("+{digits}"), None).or_else(national)
    {
        found.add(ObservableKind::Phone, value, start, end);
    }
}

fn read(text: &str, run: &Run, cues: &[Cue], regions: &[Country]) -> Option<String> {
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
    let cue = cues[..before].last().filter(|cue| run.start - cue.end <= CUE_BYTES_MAX);
    let from = cue.map_or(run.start.saturating_sub(CUE_BYTES_MAX), |cue| cue.end);
    if is_numbered(&text[ceil(text, from.min(run.start))..run.start]) {
        return None;
    }
    let starts_with_zero = run.digits.starts_with('0');
    if cue.is_none() && !(starts_with_zero && run.digits.len() >= NATIONAL_DIGITS_MIN) {
        return None;
    }
    let service = cue.and_then(|cue| cue.service);
    // "WhatsApp 66812345678": the accounts of messengers are international numbers, often without the plus.
    if service.is_some()
        && !starts_with_zero
        && INTERNATIONAL_DIGITS.contains(&run.digits.len())
        && let Some(value) = parse(&format!("+{}", run.digits), None)
    {
        return Some(value);
    }
    let home = SERVICE_HOMES.iter().find(|row| Some(row.0) == service).and_then(|row| row.1.parse().ok());
    let regions =
        regions.iter().take(REGIONS_MAX).filter_map(|region| region.as_str().parse::<Region>().ok());
    regions.chain(home).find_map(|region| parse(&run.digits, Some(region)))
}

/// Whether the words before a number say that it counts or names something else than a telephone.
fn is_numbered(before: &str) -> bool {
    let table = CharTable::get();
    let before = before.trim_end_matches(|c: char| !table.is_word(c));
    NUMBERED.iter().any(|word| {
        before.ends_with(word) && {
            let start = before[..before.len() - word.len()].chars().next_back();
            !(word.is_ascii() && start.is_some_and(|c| c.is_ascii_alphabetic()))
        }
    })
}

/// `at` moved up to the start of a character.
fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
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
    let drama = number.country_code == 44 && DRAMA_44.contains(&number.national_number);
    (valid || drama).then(|| number.to_string())
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
        check("call +44 7700 900123", &["phone +447700900123"]);
        check("call +44 7700 901123", &[]);
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
    fn places_a_number_by_its_service() {
        check("Zalo: 0912 345 678", &["phone +84912345678"]);
        check("Zalo 84912345678", &["phone +84912345678"]);
        check("WhatsApp 66812345678", &["phone +66812345678"]);
        check("https://zalo.me/0912345678", &["phone +84912345678"]);
        check("WhatsApp 12345678", &[]);
    }

    #[test]
    fn leaves_other_numbers_alone() {
        let with = |text: &str, regions: &[&str]| find(text, regions);
        assert!(with("ใบอนุญาตเลขที่ 0812345678", &["TH"]).is_empty());
        assert!(with("License No. 0812345678", &["TH"]).is_empty());
        assert!(with("许可证编号：13800138000", &["CN"]).is_empty());
        assert_eq!(with("no fee, call 0812345678", &["TH"]), ["phone +66812345678"]);
        check("Order no. 123456789012, invoice 2024-0012345", &[]);
        check("born 1990 1995 2000 2004, 01.02.2024 - 05.06.2025, 08:00-17:00", &[]);
        check("Rp 7.000.000 - 16.000.000, 1,200,000", &[]);
    }

    #[test]
    fn reads_numbers_typed_backwards() {
        check("واتساب 5678 234 81 66+", &["phone +66812345678"]);
    }
}
