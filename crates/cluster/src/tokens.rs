//! Folded text → tokens: words where a script has spaces, single letters where it has none, and one token
//! for whatever is masked, by the caller or by its shape. Knows nothing of phrases or of other texts.

use std::ops::Range;

use forewarn_model::SlotKind;
use unicode_normalization::char::is_combining_mark;

use crate::{Document, masks};

/// A piece of a text that is compared as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    /// Equal for equal tokens; all masked tokens of a kind are equal.
    pub(crate) hash: u32,
    /// Where it starts, in bytes of the folded text.
    pub(crate) start: u32,
    /// Where it ends.
    pub(crate) end: u32,
    /// What it is, where a mask or its digits tell.
    pub(crate) kind: Option<SlotKind>,
    /// How much it adds to the width of a phrase: a word or a mask 2, a letter of a script without spaces 1.
    pub(crate) width: u8,
}

const WORD_WIDTH: u8 = 2;
const LETTER_WIDTH: u8 = 1;

/// How many letters a chunk has about, and at most.
const CHUNK_LETTERS: u64 = 2;
const CHUNK_LETTERS_MAX: u8 = 8;

/// Alphabets whose words have no spaces between them, by Unicode block: Thai, Lao, Myanmar, Khmer, New Tai
/// Lue, Tai Tham, with their extensions. One letter of so few says little, so they are cut into chunks of a
/// few letters, wherever the hash of two neighbours says so: the same words give the same chunks.
const CHUNKED: [(u32, u32); 6] = [
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x1950, 0x1AAF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
];

/// Scripts of many letters whose words have no spaces between them: Kana, Han, with their extensions. Each
/// letter is a token.
const SPACELESS: [(u32, u32); 10] = [
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x1B000, 0x1B16F),
    (0x20000, 0x2FFFF),
    (0x30000, 0x3FFFF),
];

/// The tokens of a document, at most `tokens_max`, in order.
pub(crate) fn tokenize(document: &Document<'_>, tokens_max: usize) -> Vec<Token> {
    let text = document.normalized.as_str();
    let mut tokens = Vec::with_capacity((text.len() / 6).min(tokens_max));
    let mut at = 0;
    for (range, kind) in masks(document) {
        words(text, at..range.start, tokens_max, &mut tokens);
        if tokens.len() < tokens_max {
            tokens.push(masked(kind, &range));
        }
        at = range.end;
    }
    words(text, at..text.len(), tokens_max, &mut tokens);
    tokens
}

/// A well mixed hash of a word of 64 bits (the finaliser of SplitMix64, Steele et al., OOPSLA 2014).
pub(crate) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The masks as byte ranges of the folded text, in order, without overlaps: of two that overlap the one
/// that starts first stays, then the longer one.
fn masks(document: &Document<'_>) -> Vec<(Range<usize>, SlotKind)> {
    let mut ranges: Vec<(Range<usize>, SlotKind)> = document
        .masks
        .iter()
        .map(|&(span, kind)| (document.normalized.folded_range(span), kind))
        .filter(|(range, _)| !range.is_empty())
        .collect();
    ranges.sort_unstable_by_key(|(range, kind)| (range.start, std::cmp::Reverse(range.end), *kind));
    let mut end = 0;
    ranges.retain(|(range, _)| {
        let keep = range.start >= end;
        if keep {
            end = range.end;
        }
        keep
    });
    ranges
}

fn masked(kind: SlotKind, range: &Range<usize>) -> Token {
    let hash = (mix(0x6d61_736b ^ ((kind as u64) << 40)) >> 32) as u32;
    Token { hash, start: range.start as u32, end: range.end as u32, kind: Some(kind), width: WORD_WIDTH }
}

/// A token that is being read.
struct Open {
    start: usize,
    hash: u64,
    numeric: bool,
    width: u8,
    /// The last letter of a chunk, and how many it has; none in other words.
    chunk: Option<(char, u8)>,
}

fn words(text: &str, range: Range<usize>, tokens_max: usize, tokens: &mut Vec<Token>) {
    let mut open: Option<Open> = None;
    let mut rest = range.start;
    while let Some(c) = text[rest..range.end].chars().next() {
        if tokens.len() >= tokens_max {
            return;
        }
        let at = rest;
        rest += c.len_utf8();
        let between = open.as_ref().is_none_or(|word| word.width == LETTER_WIDTH || word.chunk.is_some());
        if between && let Some((end, kind)) = masks::at_start(&text[..range.end], at) {
            close(&mut open, at, tokens);
            tokens.push(masked(kind, &(at..end)));
            rest = end;
            continue;
        }
        match class(c) {
            Class::Word => match &mut open {
                Some(word) if word.width == WORD_WIDTH && word.chunk.is_none() => word.add(c),
                _ => {
                    close(&mut open, at, tokens);
                    open = Some(Open::new(at, c, WORD_WIDTH));
                }
            },
            Class::Chunked => match &mut open {
                Some(word) if word.chunk_goes_on(c) => word.add_to_chunk(c),
                _ => {
                    close(&mut open, at, tokens);
                    open = Some(Open { chunk: Some((c, 1)), ..Open::new(at, c, LETTER_WIDTH) });
                }
            },
            Class::Letter => {
                close(&mut open, at, tokens);
                open = Some(Open::new(at, c, LETTER_WIDTH));
            }
            Class::Mark => {
                if let Some(word) = &mut open {
                    word.add(c);
                }
            }
            Class::Break => close(&mut open, at, tokens),
        }
    }
    if tokens.len() < tokens_max {
        close(&mut open, range.end, tokens);
    }
}

impl Open {
    fn new(start: usize, c: char, width: u8) -> Self {
        let mut open = Self { start, hash: 0, numeric: true, width, chunk: None };
        open.add(c);
        open
    }

    /// Whether a letter belongs to the chunk that is being read.
    fn chunk_goes_on(&self, c: char) -> bool {
        self.chunk.is_some_and(|(last, count)| {
            let pair = ((last as u64) << 32) | c as u64;
            count < CHUNK_LETTERS_MAX && !mix(pair).is_multiple_of(CHUNK_LETTERS)
        })
    }

    fn add_to_chunk(&mut self, c: char) {
        self.chunk = self.chunk.map(|(_, count)| (c, count + 1));
        self.add(c);
    }

    fn add(&mut self, c: char) {
        self.hash = (self.hash ^ c as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
        self.numeric &= if c.is_ascii() { c.is_ascii_digit() } else { c.is_numeric() };
    }
}

fn close(open: &mut Option<Open>, end: usize, tokens: &mut Vec<Token>) {
    let Some(word) = open.take() else { return };
    tokens.push(if word.numeric {
        masked(SlotKind::Number, &(word.start..end))
    } else {
        Token {
            hash: (mix(word.hash) >> 32) as u32,
            start: word.start as u32,
            end: end as u32,
            kind: None,
            width: word.width,
        }
    });
}

enum Class {
    Word,
    Letter,
    Chunked,
    Mark,
    Break,
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Class::Word } else { Class::Break };
    }
    // Joiners keep a word together (Persian, Indic scripts, Khmer); they are no part of the alphabet.
    if is_combining_mark(c) || matches!(c, '\u{200C}' | '\u{200D}') {
        return Class::Mark;
    }
    let in_one_of =
        |blocks: &[(u32, u32)]| blocks.iter().any(|&(first, last)| (first..=last).contains(&(c as u32)));
    if !c.is_alphanumeric() {
        Class::Break
    } else if c.is_numeric() {
        Class::Word
    } else if in_one_of(&CHUNKED) {
        Class::Chunked
    } else if in_one_of(&SPACELESS) {
        Class::Letter
    } else {
        Class::Word
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synthetic::fold;
    use forewarn_model::{ReportId, Span};

    fn check(text: &str, masks: &[(Span, SlotKind)], expected: &[&str]) {
        let normalized = fold(text);
        let document = Document {
            report: ReportId::derive(&[text.as_bytes()]),
            text,
            normalized: &normalized,
            masks,
            received_at: None,
        };
        let folded = normalized.as_str();
        let told = |token: &Token| {
            let word = &folded[token.start as usize..token.end as usize];
            token.kind.map_or(word.to_owned(), |kind| format!("<{} {word}>", kind.as_str()))
        };
        let tokens = tokenize(&document, 12);
        assert_eq!(tokens.iter().map(told).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn cuts_every_script() {
        check("Don't WAIT - apply", &[], &["don", "t", "wait", "apply"]);
        check("pay 3,500 or 30k", &[], &["pay", "<number 3,500>", "or", "30k"]);
        check("电话+85596000001或", &[], &["电", "话", "<phone +85596000001>", "或"]);
        check("月薪3万,包吃住", &[], &["月", "薪", "<number 3>", "万", "包", "吃", "住"]);
        check("ที่พัก", &[], &["ที่พั", "ก"]);
        check("काम हिन्दी", &[], &["काम", "हिन्दी"]);
        check("می\u{200C}خواهم کار", &[], &["می\u{200C}خواهم", "کار"]);
        check("🎉🎉", &[], &[]);
    }

    #[test]
    fn masks_what_it_is_told_to() {
        let phone = (Span::new(5, 17), SlotKind::Phone);
        check("call +85596000000 now", &[phone], &["call", "<phone +85596000000>", "now"]);
        let inside = (Span::new(6, 9), SlotKind::Number);
        check("call +85596000000 now", &[inside, phone], &["call", "<phone +85596000000>", "now"]);
        let beyond = (Span::new(90, 99), SlotKind::Place);
        check("call me", &[beyond], &["call", "me"]);
    }

    #[test]
    fn stops_at_the_limit() {
        check(
            "a b c d e f g h i j k l m",
            &[],
            &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"],
        );
        check("月".repeat(14).as_str(), &[], &["月"; 12]);
    }
}
