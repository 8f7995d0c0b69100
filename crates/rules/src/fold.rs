//! Folding: how a text is written before patterns are compared with it.
//!
//! Texts reach this crate folded by `extract`; patterns are folded here, in the same way: NFKC, lower
//! case, invisible characters removed, digits of all scripts as ASCII, runs of white space as one space,
//! line feeds kept. What `extract` does beyond that (look-alike letters, spaced-out words) has no
//! counterpart in patterns, which are written plainly.

use forewarn_model::{Normalized, NormalizedBuilder, Span};
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A plain fold of a text, with its map back: for tests of a pack, and where nothing better is at hand.
pub fn fold(text: &str) -> Normalized {
    let mut builder = NormalizedBuilder::with_capacity(text.len());
    let mut last = '\n';
    let mut count = 0;
    let mut chars = text.chars().peekable();
    while let Some(first) = chars.next() {
        let mut cluster = String::from(first);
        while let Some(mark) = chars.next_if(|&c| is_combining_mark(c)) {
            cluster.push(mark);
        }
        let start = count;
        count += cluster.chars().count() as u32;
        for c in cluster.nfkc().flat_map(char::to_lowercase) {
            let c = match c {
                _ if is_invisible(c) => continue,
                '\n' if last == '\n' => continue,
                '\n' => '\n',
                _ if c.is_whitespace() && last.is_whitespace() => continue,
                _ if c.is_whitespace() => ' ',
                _ => ascii_digit(c),
            };
            last = c;
            builder.push(c, Span::new(start, count));
        }
    }
    builder.finish(count)
}

/// The fold of a pattern: as [`fold`], without white space at the ends.
pub(crate) fn fold_pattern(pattern: &str) -> String {
    let words: Vec<&str> = pattern.split_whitespace().collect();
    let text = words.join(" ");
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    if text.chars().all(|c| c == ' ' || is_bare(c)) {
        return text;
    }
    let plain = |c: char| c.to_lowercase().filter(|&c| !is_invisible(c)).map(ascii_digit);
    match is_nfkc_quick(text.chars()) {
        IsNormalized::Yes => text.chars().flat_map(plain).collect(),
        _ => text.nfkc().flat_map(plain).collect(),
    }
}

/// Whether folding surely leaves `c` as it is, whatever of the same stands beside it: lower case, and letters of
/// scripts without case (Unicode: NFKC_Quick_Check=Yes, combining class 0).
fn is_bare(c: char) -> bool {
    matches!(c,
        'a'..='z' | '0'..='9' | '\u{430}'..='\u{45f}'       // lower case
        | '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}'   // Arabic
        | '\u{904}'..='\u{939}' | '\u{93d}'..='\u{94c}'   // Devanagari
        | '\u{1200}'..='\u{135a}'                         // Ethiopic
        | '\u{e01}'..='\u{e30}' | '\u{e40}'..='\u{e46}' // Thai
        | '\u{e81}'..='\u{eb0}'                          // Lao
        | '\u{1780}'..='\u{17b3}' | '\u{17b6}'..='\u{17d1}' // Khmer
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' // Han
        | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' // kana
        | '\u{ac00}'..='\u{d7a3}')
}

/// Zero-width characters, bidirectional controls and the soft hyphen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The zeros of the scripts in which advertisements write digits (Unicode general category Nd); nine more
/// digits follow each.
const ZEROS: [char; 19] = [
    '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{1090}', '\u{17e0}',
    '\u{1810}',
];

fn ascii_digit(c: char) -> char {
    if c < ZEROS[0] {
        return c;
    }
    let digit = ZEROS.iter().find_map(|&zero| (c as u32).checked_sub(zero as u32).filter(|&d| d < 10));
    digit.and_then(|d| char::from_digit(d, 10)).unwrap_or(c)
}

/// Whether words of the script of `c` stand apart by spaces, so that the edge of a word can be seen.
/// Korean counts as not: its particles are written onto the word.
pub(crate) fn is_spaced_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    let unspaced = matches!(c,
        '\u{e00}'..='\u{eff}'        // Thai, Lao
        | '\u{1000}'..='\u{109f}'    // Burmese
        | '\u{1780}'..='\u{17ff}'    // Khmer
        | '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7ff}' // Korean
        | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // Han, kana
        | '\u{20000}'..='\u{3ffff}');
    !unspaced && (c.is_alphabetic() || is_combining_mark(c))
}

/// Whether `c` is a letter of a script in which several languages of the pack are written: Latin, Cyrillic,
/// Arabic, Devanagari, Han.
pub(crate) fn is_shared_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{400}'..='\u{52f}'
        | '\u{600}'..='\u{77f}' | '\u{900}'..='\u{97f}' | '\u{4e00}'..='\u{9fff}')
}

/// Whether `c` is Han or kana, in which a clause has far fewer characters.
pub(crate) fn is_dense(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds() {
        for (text, expected) in [
            ("Free  HOUSING", "free housing"),
            ("ＷｈａｔｓＡｐｐ", "whatsapp"),
            ("１８–३० वर्ष", "18–30 वर्ष"),
            ("a\u{200b}b\u{202e}c", "abc"),
            ("one\r\n\r\n two", "one\ntwo"),
            ("e\u{301}", "é"),
        ] {
            let folded = fold(text);
            assert_eq!(folded.as_str().replace(" \n", "\n").replace("\n ", "\n"), expected, "{text:?}");
            assert_eq!(fold_pattern(text), expected.replace('\n', " "), "{text:?}");
        }
    }

    #[test]
    fn bare_characters_stay_as_they_are() {
        let all = (0..=0x0010_ffff_u32).filter_map(char::from_u32).filter(|&c| is_bare(c));
        for c in all {
            let text = format!("{c}a{c}");
            let long: String = text.nfkc().flat_map(char::to_lowercase).map(ascii_digit).collect();
            assert_eq!((long, is_nfkc_quick(text.chars())), (text, IsNormalized::Yes), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn spans_stay_inside_the_original(text in "\\PC{0,40}") {
            let folded = fold(&text);
            let len = folded.as_str().len();
            prop_assert_eq!(folded.original_len() as usize, text.chars().count());
            prop_assert!(folded.original_span(0..len).end <= folded.original_len());
        }
    }
}
