//! Text of other people's making, made safe to print.
//!
//! Invisible characters can hide words, turn them round or break a file. Here they are removed or made
//! visible; what a person can see is never changed.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// Opens an isolate that runs from left to right (Unicode Standard Annex 9).
const LRI: char = '\u{2066}';
/// Opens an isolate whose direction its first strong character gives.
const FSI: char = '\u{2068}';
/// Closes an isolate.
const PDI: char = '\u{2069}';

/// The blocks of the scripts that run from right to left (Unicode Standard, DerivedBidiClass.txt, classes R
/// and AL).
const RIGHT_TO_LEFT: &[RangeInclusive<char>] = &[
    '\u{590}'..='\u{8FF}',
    '\u{FB1D}'..='\u{FDFF}',
    '\u{FE70}'..='\u{FEFE}',
    '\u{10800}'..='\u{10FFF}',
    '\u{1E800}'..='\u{1EFFF}',
];

/// Characters that show nothing and that no language needs.
const HIDDEN: &[RangeInclusive<char>] = &[
    // Byte order mark.
    '\u{FEFF}'..='\u{FEFF}',
    // Word joiner and invisible operators; deprecated format characters.
    '\u{2060}'..='\u{2065}',
    '\u{206A}'..='\u{206F}',
    // Annotation marks.
    '\u{FFF9}'..='\u{FFFB}',
    // Non-characters.
    '\u{FDD0}'..='\u{FDEF}',
    // Tags and further variation selectors.
    '\u{E0000}'..='\u{E0FFF}',
];

/// The text without characters that XML 1.0 forbids or discourages (section 2.2) and without invisible
/// tags; line ends are `\n`; overrides and embeddings of direction stand as `[U+202E]`, since they make a
/// text read differently from what it is; isolates are balanced, since an open one would swallow what
/// follows.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open = 0_usize;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            _ if c.is_control() || is_hidden(c) => {}
            '\u{202A}'..='\u{202E}' => push_code(&mut out, c),
            '\u{2066}'..='\u{2068}' => {
                open += 1;
                out.push(c);
            }
            PDI if open == 0 => {}
            PDI => {
                open -= 1;
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out.extend(std::iter::repeat_n(PDI, open));
    out
}

/// The cleaned text on one line, white space runs as one space.
pub(crate) fn one_line(text: &str) -> String {
    let cleaned = clean(text);
    let words: Vec<&str> = cleaned.split_whitespace().collect();
    words.join(" ")
}

/// A value in a text of unknown direction: kept apart from what stands around it.
pub(crate) fn isolate(text: &str) -> String {
    format!("{FSI}{text}{PDI}")
}

/// Whether a text has letters of a script that runs from right to left.
pub(crate) fn runs_right_to_left(text: &str) -> bool {
    text.chars().any(|c| RIGHT_TO_LEFT.iter().any(|block| block.contains(&c)))
}

/// Keeps every number with its signs and separators (`+855 96 123`, `116 000`, `2023-06-07`) from being
/// turned round in a text that runs from right to left.
pub(crate) fn isolate_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let start = start - usize::from(rest[..start].ends_with(['+', '-']));
        let end = number_end(&rest[start..]) + start;
        out.push_str(&rest[..start]);
        out.push(LRI);
        out.push_str(&rest[start..end]);
        out.push(PDI);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Shows a character that cannot be printed by its code point: `[U+202E]`.
pub(crate) fn push_code(out: &mut String, c: char) {
    // Writing to a string cannot fail.
    let _ = write!(out, "[U+{:04X}]", u32::from(c));
}

/// Appends a text to XML or HTML as character data, fit for attribute values too.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

fn is_hidden(c: char) -> bool {
    // The last two code points of every plane are no characters.
    u32::from(c) & 0xFFFE == 0xFFFE || HIDDEN.iter().any(|block| block.contains(&c))
}

/// Where the number ends that starts a text: digits, with single separators only between digits.
fn number_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 1;
    while end < bytes.len() {
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let separates = b" .,:/-".contains(&bytes[end]) && is_digit(end - 1) && is_digit(end + 1);
        if !is_digit(end) && !separates {
            break;
        }
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(input: &str, expected: &str) {
        assert_eq!(clean(input), expected);
    }

    #[test]
    fn removes_what_xml_forbids() {
        check("a\0b\u{1}c\u{8}\u{b}\u{c}\u{1f}d\u{7f}\u{9f}\u{FFFE}\u{1FFFF}", "abcd");
        check("tab\tand\nline", "tab\tand\nline");
        check("a\r\nb\rc\u{2028}d\u{85}e", "a\nb\nc\nd\ne");
    }

    #[test]
    fn shows_overrides_and_drops_hidden_tags() {
        check("moc.\u{202E}elgoog", "moc.[U+202E]elgoog");
        check("a\u{E0041}\u{E007F}\u{FEFF}b", "ab");
    }

    #[test]
    fn balances_isolates() {
        check("\u{2066}1\u{2069}", "\u{2066}1\u{2069}");
        check("\u{2067}open", "\u{2067}open\u{2069}");
        check("closed\u{2069}twice\u{2069}", "closedtwice");
    }

    #[test]
    fn keeps_what_people_write() {
        for text in ["#import \"x\"", "]]> <script> & *a* _b_ $x$", "نص عربي\u{200f}", "ក្រុង", "👩\u{200d}👧"]
        {
            check(text, text);
        }
    }

    #[test]
    fn isolates_each_number_once() {
        for (input, expected) in [
            ("", ""),
            ("بلا", "بلا"),
            ("نحو 116 000 شخص", "نحو <116 000> شخص"),
            ("+855 96 12-34، ثم 5.", "<+855 96 12-34>، ثم <5>."),
            ("2023-06-07", "<2023-06-07>"),
            ("12", "<12>"),
            ("-7 %", "<-7> %"),
        ] {
            let shown = isolate_numbers(input).replace(LRI, "<").replace(PDI, ">");
            assert_eq!(shown, expected);
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC*|[\\x00-\\x1f\u{2066}-\u{2069}\u{202A}-\u{202E}a]*") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once.clone());
            prop_assert!(!once.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')));
        }

        #[test]
        fn isolating_numbers_keeps_the_text(text in "[-+0-9 .,:/a-cم]*") {
            let isolated = isolate_numbers(&text);
            let without: String = isolated.chars().filter(|c| ![LRI, PDI].contains(c)).collect();
            prop_assert_eq!(without, text);
        }
    }
}
