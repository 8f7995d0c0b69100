//! What the index keeps of a text: its tokens as small numbers, and a consistent sample of its phrases.
//! A sketch is made from one document alone, so sketches can be made on all cores.

use forewarn_model::{ReportId, Timestamp};

use crate::tokens::{Token, mix, tokenize};
use crate::{Config, Document};

/// A phrase: a few tokens in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) hash: u64,
    /// The token that it starts with.
    pub(crate) at: u16,
    /// How many tokens it has.
    pub(crate) len: u16,
}

/// A token as it is kept: 15 bits of its hash, and in the lowest bit whether it is a word or a mask (a
/// letter of a script without spaces else). Enough to compare two texts, small enough to keep.
pub(crate) type Code = u16;

pub(crate) const CODE_BITS: u32 = 16;
pub(crate) const WORD_CODE: Code = 1;

/// How much a token adds to the width of a phrase or stretch: a word or mask 2, a letter 1.
pub(crate) fn width(token: Code) -> usize {
    if token & WORD_CODE == WORD_CODE { 2 } else { 1 }
}

/// One document, ready to be inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    pub(crate) report: ReportId,
    pub(crate) received_at: Option<Timestamp>,
    pub(crate) tokens: Vec<Code>,
    /// Equal for texts that are the same letter for letter after folding; 0 where there are no tokens.
    pub(crate) copy: u64,
}

/// The width of a phrase: three words, or six letters of a script without spaces.
const PHRASE_WIDTH: usize = 6;

impl Sketch {
    /// The sketch of a document.
    pub fn new(document: &Document<'_>, config: &Config) -> Self {
        // Positions are kept in 16 bits, and one of them stands for "none".
        let tokens = tokenize(document, config.tokens_max.min(usize::from(u16::MAX) - 1));
        let copy = if tokens.is_empty() { 0 } else { copy_hash(document.normalized.as_str()) };
        let tokens = tokens.iter().map(code).collect();
        Self { report: document.report, received_at: document.received_at, tokens, copy }
    }

    /// The same sketch under another name, for a caller who learns it later.
    pub fn named(self, report: ReportId) -> Self {
        Self { report, ..self }
    }
}

/// A consistent sample of the phrases of a text, about `phrases_max` of them, in order.
///
/// It keeps all, a half, a quarter, an eighth … of the phrases, whichever first is few enough. The choice
/// hangs on the hash alone, so two texts keep the same ones of the phrases that they share, and what the
/// longer one keeps, the shorter one keeps too.
pub(crate) fn phrases(tokens: &[Code], phrases_max: usize, sample: &mut Vec<Phrase>) {
    let rate = tokens.len().div_ceil(phrases_max.max(1)).next_power_of_two();
    let mask = rate as u64 - 1;
    sample.clear();
    for at in 0..tokens.len() {
        let Some(phrase) = phrase(tokens, at) else { break };
        if phrase.hash & mask == 0 {
            sample.push(phrase);
        }
    }
}

/// The phrase that starts at a token; a text that is shorter than a phrase is one phrase.
fn phrase(tokens: &[Code], at: usize) -> Option<Phrase> {
    let mut hash = 0;
    let mut width = 0;
    let mut len = 0;
    for &token in &tokens[at..] {
        hash = (hash ^ u64::from(token)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31);
        width += self::width(token);
        len += 1;
        if width >= PHRASE_WIDTH {
            break;
        }
    }
    (width >= PHRASE_WIDTH || at == 0).then(|| Phrase { hash: mix(hash), at: at as u16, len })
}

fn code(token: &Token) -> Code {
    let word = if token.width > 1 { WORD_CODE } else { 0 };
    ((token.hash >> 16) as Code & !WORD_CODE) | word
}

fn copy_hash(text: &str) -> u64 {
    let mut hash = text.len() as u64;
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    for word in words {
        hash = (hash ^ u64::from_le_bytes(*word)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31);
    }
    for &byte in rest {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(31);
    }
    mix(hash).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synthetic::fold;

    fn check(text: &str, phrases_max: usize, expected: std::ops::RangeInclusive<usize>) {
        let normalized = fold(text);
        let report = ReportId::derive(&[text.as_bytes()]);
        let document = Document { report, text, normalized: &normalized, masks: &[], received_at: None };
        let sketch = Sketch::new(&document, &Config::default());
        let mut sample = Vec::new();
        phrases(&sketch.tokens, phrases_max, &mut sample);
        assert!(expected.contains(&sample.len()), "{text}: {} phrases", sample.len());
    }

    #[test]
    fn keeps_about_as_many_phrases_as_it_may() {
        let long = (0..800).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
        check("", 64, 0..=0);
        check("one two", 64, 1..=1);
        check("one two three four", 64, 2..=2);
        check("月薪三万包机票", 64, 2..=2);
        check(&long, 64, 20..=110);
        check(&long, 0, 0..=4);
    }
}
