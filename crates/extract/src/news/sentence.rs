//! Sentences and their words, with the places that stand in them.

use std::collections::BTreeSet;
use std::ops::Range;

use forewarn_model::{Facts, Report, Span};

use super::cues::Governor;

/// Words after which a sentence is ended by force, so that what looks around in it stays cheap.
const WORDS_MAX: usize = 240;

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: &str = "\
     mr mrs ms dr st no gen col lt sgt gov sen rep prof jr sr vs approx jan feb aug sept sep oct nov \
     dec sra mme km";

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space, or nothing.
    Space,
    /// A hyphen.
    Hyphen,
    /// An apostrophe.
    Apostrophe,
    /// A comma, a slash or an ampersand: what lists have.
    Comma,
    /// Anything that interrupts.
    Break,
}

/// A word: a byte range of the folded text.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    gap: Gap,
}

/// A place in a sentence: its number among the places of the text, and the words that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) place: usize,
    pub(super) words: Range<usize>,
}

/// A sentence.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    text: &'a str,
    words: Vec<Word>,
    /// The places, in order.
    pub(super) mentions: Vec<Mention>,
}

impl<'a> Sentence<'a> {
    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// A word; nothing beyond the end.
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.words.get(at).map_or("", |word| &self.text[word.start..word.end])
    }

    /// What stands before a word; an interruption beyond the end.
    pub(super) fn gap(&self, at: usize) -> Gap {
        self.words.get(at).map_or(Gap::Break, |word| word.gap)
    }

    /// The byte range of the folded text that a range of words covers.
    pub(super) fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        match (self.words.get(words.start), self.words.get(words.end.saturating_sub(1))) {
            (Some(first), Some(last)) => first.start..last.end.max(first.start),
            _ => 0..0,
        }
    }

    /// Whether a word is one of a list with spaces between.
    pub(super) fn is(&self, at: usize, list: &str) -> bool {
        is_one_of(self.word(at), list)
    }

    /// What a word says about where the place after it lies.
    pub(super) fn governor(&self, at: usize) -> Option<Governor> {
        let word = self.word(at);
        super::cues::GOVERNORS.iter().find(|(_, words)| is_one_of(word, words)).map(|(governor, _)| *governor)
    }

    /// Whether a "may" is the month: it has a number beside it, or a word of time before it.
    pub(super) fn is_month(&self, at: usize) -> bool {
        let digit = |at: usize| self.word(at).starts_with(|c: char| c.is_ascii_digit());
        self.word(at) == "may"
            && (digit(at + 1)
                || at > 0 && (digit(at - 1) || self.is(at - 1, "in of since last early late mid until")))
    }

    /// Whether a place is named by this word.
    pub(super) fn mention_at(&self, at: usize) -> Option<&Mention> {
        let next = self.mentions.partition_point(|mention| mention.words.end <= at);
        self.mentions.get(next).filter(|mention| mention.words.contains(&at))
    }
}

fn is_one_of(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

/// The sentences of a text.
pub(super) fn split<'a>(report: &Report, facts: &'a Facts) -> Vec<Sentence<'a>> {
    let text = facts.normalized.as_str();
    let wrapped = wrapped_lines(report, facts);
    let mut sentences = Vec::new();
    let mut words: Vec<Word> = Vec::new();
    let mut gap_start = 0;
    for run in word_ranges(text) {
        let between = &text[gap_start..run.start];
        let last = words.last().map(|word| &text[word.start..word.end]);
        if ends_sentence(between, last, wrapped.contains(&run.start)) || words.len() >= WORDS_MAX {
            close(text, &mut words, &mut sentences);
        }
        gap_start = run.end;
        words.push(Word { start: run.start, end: run.end, gap: gap(between) });
    }
    close(text, &mut words, &mut sentences);
    place(facts, &mut sentences);
    sentences
}

fn close<'a>(text: &'a str, words: &mut Vec<Word>, sentences: &mut Vec<Sentence<'a>>) {
    if !words.is_empty() {
        sentences.push(Sentence { text, words: std::mem::take(words), mentions: Vec::new() });
    }
}

/// Runs of letters, digits and marks; a point or comma between two digits belongs to the number.
fn word_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(char::is_alphanumeric)?;
        let mut end = start;
        for (at, c) in text[start..].char_indices() {
            let at = start + at;
            let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
            let inside = c.is_alphanumeric()
                || !c.is_ascii() && !is_separator(c)
                || matches!(c, '.' | ',') && digit(at.wrapping_sub(1)) && digit(at + 1);
            if !inside {
                break;
            }
            end = at + c.len_utf8();
        }
        from = end;
        Some(start..end)
    })
}

/// Signs outside ASCII that end a word; the rest are marks of some script.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{A1}'..='\u{BF}' | '\u{2010}'..='\u{205E}' | '\u{3000}'..='\u{303F}')
        || matches!(c, '।' | '؟' | '،' | '။')
}

fn ends_sentence(between: &str, last: Option<&str>, wrapped: bool) -> bool {
    let Some(last) = last else { return false };
    if between.contains(['!', '?', '。', '！', '？', '।', '။']) {
        return true;
    }
    if let Some((_, after)) = between.split_once('.') {
        // An initial or an abbreviation goes on; so does "u.s.", whose point is followed by no space.
        let goes_on = last.chars().count() == 1 && !last.starts_with(|c: char| c.is_ascii_digit())
            || is_one_of(last, ABBREVIATIONS);
        return after.contains(char::is_whitespace) && !goes_on || after.contains('\n');
    }
    between.contains('\n') && !wrapped
}

fn gap(between: &str) -> Gap {
    match between.trim() {
        "" => Gap::Space,
        "-" | "\u{2010}" | "\u{2011}" => Gap::Hyphen,
        "'" | "\u{2019}" => Gap::Apostrophe,
        "," | "/" | "&" | "、" => Gap::Comma,
        _ => Gap::Break,
    }
}

/// The starts of lines, in bytes of the folded text, that go on with the sentence of the line before: they
/// begin with a small letter in the original.
fn wrapped_lines(report: &Report, facts: &Facts) -> BTreeSet<usize> {
    let text = facts.normalized.as_str();
    let starts = text.match_indices('\n').map(|(at, _)| at + 1);
    let full = report.full_text();
    let mut chars = full.chars();
    let mut next = 0;
    let mut wrapped = BTreeSet::new();
    for start in starts {
        let original = facts.normalized.original_span(start..start + 1).start as usize;
        let Some(skip) = original.checked_sub(next) else { continue };
        let Some(c) = chars.nth(skip) else { break };
        next = original + 1;
        if c.is_lowercase() {
            wrapped.insert(start);
        }
    }
    wrapped
}

/// Puts the places into their sentences.
fn place(facts: &Facts, sentences: &mut [Sentence<'_>]) {
    for (index, place) in facts.places.iter().enumerate() {
        let bytes = facts.normalized.folded_range(place.span);
        let at = sentences
            .partition_point(|sentence| sentence.words.last().is_none_or(|word| word.end <= bytes.start));
        let Some(sentence) = sentences.get_mut(at) else { continue };
        let first = sentence.words.partition_point(|word| word.end <= bytes.start);
        let last = sentence.words.partition_point(|word| word.start < bytes.end);
        // Places are in order; one that overlaps its predecessor adds nothing.
        if first < last && sentence.mentions.last().is_none_or(|mention| mention.words.end <= first) {
            sentence.mentions.push(Mention { place: index, words: first..last });
        }
    }
}

/// The span of a whole sentence.
pub(super) fn span(facts: &Facts, sentence: &Sentence<'_>) -> Span {
    facts.normalized.original_span(sentence.bytes(&(0..sentence.len())))
}
