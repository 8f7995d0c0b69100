//! Identifiers, dates and amounts in a folded text, found by their shape alone: what an extractor would find
//! with certainty is masked by its spans; this masks the rest cheaply, so that a phone number does not hide
//! a template. Nothing here is verified: a mask is no finding, only a place where ads may differ.

use forewarn_model::SlotKind;

/// Signs of currencies, before or after an amount.
const SIGNS: &[char] = &['$', '€', '£', '¥', '฿', '₫', '₹', '₱', '៛', '₭', '₩', '₽', '₺', '₦', '元', '円'];

/// Codes and names of currencies after (or before) an amount.
const CURRENCIES: &[&str] = &[
    "usd", "eur", "gbp", "thb", "php", "vnd", "inr", "myr", "khr", "cny", "rmb", "aed", "usdt", "idr", "pkr",
    "bdt", "npr", "lkr", "kes", "ngn", "brl", "baht", "dollar", "dollars", "euro", "euros", "pesos", "peso",
    "rupees", "riel", "ringgit", "dong", "dirhams",
];

/// Ends of a host name that tell one from a sentence whose space is missing.
const DOMAINS: &[&str] = &[
    "com", "net", "org", "info", "biz", "xyz", "top", "vip", "me", "io", "cc", "shop", "online", "site",
    "club", "example",
];

/// How many digits a number has at least to be taken for a phone number, with and without a leading plus
/// or nought.
const PHONE_DIGITS: usize = 7;
const BARE_PHONE_DIGITS: usize = 9;

/// What starts at `at` in `text`, where no word is open, and where it ends. `text[at..]` is not empty.
pub(crate) fn at_start(text: &str, at: usize) -> Option<(usize, SlotKind)> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b'0'..=b'9' => number(text, at),
        b'+' | b'(' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
            phone(bytes, at).map(|end| (end, SlotKind::Phone))
        }
        b'@' => handle(bytes, at).map(|end| (end, SlotKind::Handle)),
        b'w' if text[at..].starts_with("www.") => Some((address_end(bytes, at), SlotKind::Url)),
        b'h' if text[at..].starts_with("http://") || text[at..].starts_with("https://") => {
            Some((address_end(bytes, at), SlotKind::Url))
        }
        b'a'..=b'z' => word(text, at),
        b'$' => amount_after_sign(bytes, at + 1).map(|end| (end, SlotKind::Salary)),
        byte if byte >= 0x80 => {
            let sign = text[at..].chars().next().filter(|c| SIGNS.contains(c))?;
            amount_after_sign(bytes, at + sign.len_utf8()).map(|end| (end, SlotKind::Salary))
        }
        _ => None,
    }
}

/// An amount, a date, a phone number or another number.
fn number(text: &str, at: usize) -> Option<(usize, SlotKind)> {
    let bytes = text.as_bytes();
    if let Some(end) = date(bytes, at) {
        return Some((end, SlotKind::Date));
    }
    if let Some(end) = phone(bytes, at) {
        return Some((end, SlotKind::Phone));
    }
    let end = digits(bytes, at);
    // A word that only begins with digits stays a word.
    let next = text[end..].chars().next();
    let amount = if bytes.get(end) == Some(&b'k') && !is_word(bytes, end + 1) { end + 1 } else { end };
    let space = usize::from(bytes.get(amount) == Some(&b' '));
    if let Some(sign) = text[amount + space..].chars().next().filter(|c| SIGNS.contains(c)) {
        return Some((amount + space + sign.len_utf8(), SlotKind::Salary));
    }
    let code = ascii_word(bytes, amount + space);
    if CURRENCIES.contains(&&text[amount + space..code]) {
        return Some((code, SlotKind::Salary));
    }
    match next {
        Some(c) if c.is_ascii_alphanumeric() => None,
        _ => Some((end, SlotKind::Number)),
    }
}

/// Digits with single points or commas between them.
fn digits(bytes: &[u8], mut at: usize) -> usize {
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let goes_on =
            matches!(bytes.get(at), Some(b'.' | b',')) && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !goes_on {
            return at;
        }
        at += 1;
    }
}

/// Three numbers with the same of `-`, `/`, `.` between them, one of them a year or all of two digits.
fn date(bytes: &[u8], at: usize) -> Option<usize> {
    let run = |from: usize| bytes[from..].iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    let first = run(at);
    let sign = *bytes.get(at + first).filter(|byte| matches!(byte, b'-' | b'/' | b'.'))?;
    let second = run(at + first + 1);
    if !(1..=2).contains(&second) || bytes.get(at + first + 1 + second) != Some(&sign) {
        return None;
    }
    let third_at = at + first + second + 2;
    let third = run(third_at);
    let fits = matches!((first, third), (4, 1..=2) | (1..=2, 4) | (1..=2, 2));
    (fits && !is_word(bytes, third_at + third)).then_some(third_at + third)
}

/// Digits with up to two of space, hyphen, point, slash and bracket between them, enough to be a phone number.
fn phone(bytes: &[u8], at: usize) -> Option<usize> {
    let marked = matches!(bytes[at], b'+' | b'0' | b'(');
    let (mut count, mut end, mut here, mut between) = (0, at, at, 0);
    while let Some(byte) = bytes.get(here) {
        match byte {
            b'0'..=b'9' => {
                count += 1;
                between = 0;
                end = here + 1;
            }
            b' ' | b'-' | b'.' | b'(' | b')' | b'+' | b'/' if between < 2 => between += 1,
            _ => break,
        }
        here += 1;
    }
    let least = if marked { PHONE_DIGITS } else { BARE_PHONE_DIGITS };
    ((least..=17).contains(&count) && !is_word(bytes, end)).then_some(end)
}

fn handle(bytes: &[u8], at: usize) -> Option<usize> {
    let end =
        (at + 1..).find(|&here| !bytes.get(here).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_'))?;
    (end >= at + 4).then_some(end)
}

/// An e-mail address, a host name, or a currency with its amount.
fn word(text: &str, at: usize) -> Option<(usize, SlotKind)> {
    let bytes = text.as_bytes();
    let end = ascii_word(bytes, at);
    match bytes.get(end) {
        Some(b'@' | b'.' | b'_' | b'-' | b'+') => {}
        Some(b' ') if end - at <= 4 && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => {
            return CURRENCIES.contains(&&text[at..end]).then(|| (digits(bytes, end + 1), SlotKind::Salary));
        }
        _ => return None,
    }
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+');
    let local = (end..).find(|&here| !bytes.get(here).is_some_and(part))?;
    if bytes.get(local) == Some(&b'@') && is_word(bytes, local + 1) {
        let host = (local + 1..).find(|&here| !bytes.get(here).is_some_and(part))?;
        return Some((trim(bytes, host), SlotKind::Email));
    }
    let host = trim(bytes, local);
    let last = text[at..host].rsplit_once('.').map(|(_, last)| last)?;
    let address = bytes.get(host) == Some(&b'/') && is_word(bytes, host + 1) || DOMAINS.contains(&last);
    address.then(|| (address_end(bytes, host), SlotKind::Url))
}

fn amount_after_sign(bytes: &[u8], at: usize) -> Option<usize> {
    let start = at + usize::from(bytes.get(at) == Some(&b' '));
    let end = digits(bytes, start);
    let end =
        if end > start && bytes.get(end) == Some(&b'k') && !is_word(bytes, end + 1) { end + 1 } else { end };
    (end > start).then_some(end)
}

/// Where an address ends: at white space or a letter beyond ASCII, without the stops of the sentence.
fn address_end(bytes: &[u8], at: usize) -> usize {
    let end = bytes[at..].iter().position(|byte| byte.is_ascii_whitespace() || !byte.is_ascii());
    trim(bytes, end.map_or(bytes.len(), |end| at + end))
}

fn trim(bytes: &[u8], mut end: usize) -> usize {
    while end > 0
        && matches!(bytes[end - 1], b'.' | b',' | b')' | b';' | b':' | b'!' | b'?' | b'-' | b'"' | b'\'')
    {
        end -= 1;
    }
    end
}

fn ascii_word(bytes: &[u8], at: usize) -> usize {
    at + bytes[at.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

fn is_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tells_identifiers_by_their_shape() {
        let check = |text: &str, expected: Option<(&str, SlotKind)>| {
            let found = at_start(text, 0).map(|(end, kind)| (&text[..end], kind));
            assert_eq!(found, expected, "{text}");
        };
        check("+855 96 000 0001 now", Some(("+855 96 000 0001", SlotKind::Phone)));
        check("012-345-6789", Some(("012-345-6789", SlotKind::Phone)));
        check("(020) 7946 0000, ask", Some(("(020) 7946 0000", SlotKind::Phone)));
        check("@boss_77!", Some(("@boss_77", SlotKind::Handle)));
        check("@me", None);
        check("hr.team@specimen.example.", Some(("hr.team@specimen.example", SlotKind::Email)));
        check("hr@specimen.example", Some(("hr@specimen.example", SlotKind::Email)));
        check("https://a.example/x?y=1, or", Some(("https://a.example/x?y=1", SlotKind::Url)));
        check("t.me/joinus now", Some(("t.me/joinus", SlotKind::Url)));
        check("specimen.example", Some(("specimen.example", SlotKind::Url)));
        check("work.apply now", None);
        check("$1,500-", Some(("$1,500", SlotKind::Salary)));
        check("1,500 usd a month", Some(("1,500 usd", SlotKind::Salary)));
        check("usd 900 plus", Some(("usd 900", SlotKind::Salary)));
        check("฿30,000", Some(("฿30,000", SlotKind::Salary)));
        check("900$", Some(("900$", SlotKind::Salary)));
        check("31/05/2024 or", Some(("31/05/2024", SlotKind::Date)));
        check("2024-05-31", Some(("2024-05-31", SlotKind::Date)));
        check("3,500 people", Some(("3,500", SlotKind::Number)));
        check("30k", None);
        check("24x7", None);
        check("18-35 years", Some(("18", SlotKind::Number)));
        check("wait", None);
        check("the 5 best", None);
    }

    proptest! {
        #[test]
        fn ends_on_a_letter_whatever_comes(text in "[a-z0-9@+().,/:$€元 wht\\-]{1,40}") {
            for (at, _) in text.char_indices() {
                if let Some((end, _)) = at_start(&text, at) {
                    prop_assert!(end > at && text.is_char_boundary(end));
                }
            }
        }
    }
}
