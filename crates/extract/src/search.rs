//! The terms by which texts are found again, in every script.
//!
//! A text is cut where it is indexed and where it is asked for by the same function, over the folded text
//! ([`normalize`](crate::normalize)): scripts that are written with spaces into words without their accents;
//! Han, Kana, Hangul, Thai, Lao, Khmer and Burmese into overlapping pairs of characters with their marks (bigrams),
//! since a wrong guess of where a word ends would hide it. At the end of a run of these its last character stands
//! alone, so that each character begins exactly one term and one character alone can be looked for.

use std::borrow::Cow;
use std::ops::Range;

use forewarn_model::search::{Phrase, Words};
use forewarn_model::{Span, Vec1};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::chars::{CharTable, Script};

/// Longer words are cut here, in texts and in questions alike: what is longer is no word but an encoded file.
const TERM_CHARS_MAX: usize = 40;

/// How many phrases a question may have, and how many characters.
const PHRASES_MAX: usize = 32;
const QUERY_CHARS_MAX: usize = 1_000;

/// How many letters of a word must be given before `*`: fewer would be the beginning of half of all words.
const PREFIX_CHARS_MIN: usize = 3;

/// A question that cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("search for words: {}: {}", self.what(), self.remedy())]
pub enum QueryError {
    /// So many characters are too many.
    TooLong(usize),
    /// So many words are too many.
    TooMany(usize),
    /// Nothing in it can be looked for.
    NoWord(String),
    /// The beginning of a word is too short.
    ShortPrefix(String),
}

impl QueryError {
    /// What is wrong.
    pub fn what(&self) -> String {
        match self {
            Self::TooLong(chars) => {
                format!("a text of {chars} characters, and at most {QUERY_CHARS_MAX} can be looked for")
            }
            Self::TooMany(phrases) => format!("{phrases} words, and at most {PHRASES_MAX} can be looked for"),
            Self::NoWord(text) => format!("no letter or digit in {text:?}"),
            Self::ShortPrefix(text) => format!("{text:?} is too short for a beginning of words"),
        }
    }

    /// What to do about it.
    pub fn remedy(&self) -> String {
        match self {
            Self::TooLong(_) | Self::TooMany(_) => "give fewer words, or a phrase in quotes".to_owned(),
            Self::NoWord(_) => "give a word".to_owned(),
            Self::ShortPrefix(_) => format!("give at least {PREFIX_CHARS_MIN} letters before the asterisk"),
        }
    }
}

/// A term of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term<'a> {
    /// The term as it is indexed.
    pub text: Cow<'a, str>,
    /// The bytes of the folded text that it stands for.
    pub bytes: Range<usize>,
    part: Part,
}

/// Where a term comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Word,
    /// Two characters of a script without spaces.
    Pair,
    /// The last character of a run; whether the run has others.
    Last {
        alone: bool,
    },
}

/// The terms of a folded text, in order.
pub fn terms(folded: &str) -> Vec<Term<'_>> {
    let mut cutter = Cutter { folded, terms: Vec::with_capacity(folded.len() / 6), characters: Vec::new() };
    let table = CharTable::get();
    let mut word: Option<usize> = None;
    for (at, c) in folded.char_indices() {
        let kind = if !table.is_word(c) {
            None
        } else if is_paired(table.script(c)) {
            Some(true)
        } else {
            Some(false)
        };
        if kind != Some(false)
            && let Some(start) = word.take()
        {
            cutter.word(start..at);
        }
        if kind != Some(true) {
            cutter.run(at);
        }
        match kind {
            // A mark belongs to the character before it, if there is one.
            Some(true) if (table.is_mark(c) || is_sign(c)) && !cutter.characters.is_empty() => {}
            Some(true) => cutter.characters.push(at),
            Some(false) if word.is_none() => word = Some(at),
            _ => {}
        }
    }
    match word {
        Some(start) => cutter.word(start..folded.len()),
        None => cutter.run(folded.len()),
    }
    cutter.terms
}

/// The terms of a folded text with spaces between them, as the store indexes them.
pub fn index_text(folded: &str) -> String {
    let mut text = String::with_capacity(folded.len() + folded.len() / 8);
    for term in terms(folded) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&term.text);
    }
    text
}

/// Reads what a person looks for: words, all of which must be there; `"a phrase"`; `begin*`; `-without`. What is
/// empty asks for nothing.
pub fn query(text: &str) -> Result<Words, QueryError> {
    let chars = text.chars().count();
    if chars > QUERY_CHARS_MAX {
        return Err(QueryError::TooLong(chars));
    }
    let folded = crate::normalize(text);
    let mut words = Words::default();
    let mut rest = folded.as_str().trim_start();
    while !rest.is_empty() {
        let (without, after) = match rest.strip_prefix(['-', '−', '–']) {
            Some(after) if !after.starts_with(char::is_whitespace) => (true, after),
            _ => (false, rest),
        };
        let quote = after.chars().next().and_then(closing);
        let (chunk, begin, left) = match quote {
            Some(closing) => {
                let inner = &after[after.chars().next().map_or(0, char::len_utf8)..];
                let end = inner.find(closing).unwrap_or(inner.len());
                let left = inner[end..].trim_start_matches(closing);
                match left.strip_prefix('*') {
                    Some(left) => (&inner[..end], true, left),
                    None => (&inner[..end], false, left),
                }
            }
            None => {
                let end = after.find(char::is_whitespace).unwrap_or(after.len());
                (&after[..end], after[..end].ends_with('*'), &after[end..])
            }
        };
        rest = left.trim_start();
        if let Some(phrase) = phrase(chunk, begin)? {
            if without { &mut words.none } else { &mut words.all }.push(phrase);
        }
    }
    let phrases = words.all.len() + words.none.len();
    match phrases {
        0 if !text.trim().is_empty() => Err(QueryError::NoWord(text.trim().to_owned())),
        0..=PHRASES_MAX => Ok(words),
        _ => Err(QueryError::TooMany(phrases)),
    }
}

/// Where the phrases of `words` stand in a folded text: byte ranges in order, overlapping ones made one.
pub fn find(words: &Words, folded: &str) -> Vec<Range<usize>> {
    let terms = terms(folded);
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 0..terms.len() {
        let longest = words.all.iter().filter_map(|phrase| ends(phrase, &terms[at..])).max();
        let Some(end) = longest else { continue };
        let start = terms[at].bytes.start;
        match found.last_mut() {
            Some(last) if last.end >= start => last.end = last.end.max(end),
            _ => found.push(start..end),
        }
    }
    found
}

/// The same as spans of the original text.
pub fn find_spans(words: &Words, text: &str) -> Vec<Span> {
    if words.all.is_empty() {
        return Vec::new();
    }
    let normalized = crate::normalize(text);
    let found = find(words, normalized.as_str());
    found.into_iter().map(|bytes| normalized.original_span(bytes)).collect()
}

struct Cutter<'a> {
    folded: &'a str,
    terms: Vec<Term<'a>>,
    /// Where the characters of the run at hand begin.
    characters: Vec<usize>,
}

impl<'a> Cutter<'a> {
    fn word(&mut self, bytes: Range<usize>) {
        let word = &self.folded[bytes.clone()];
        let end = word.char_indices().nth(TERM_CHARS_MAX).map_or(word.len(), |(end, _)| end);
        let text = plain(&word[..end]);
        if !text.is_empty() {
            self.terms.push(Term { text, bytes, part: Part::Word });
        }
    }

    fn run(&mut self, end: usize) {
        let Some(&last) = self.characters.last() else { return };
        let folded = self.folded;
        let mut put = |bytes: Range<usize>, part| {
            self.terms.push(Term { text: Cow::Borrowed(&folded[bytes.clone()]), bytes, part });
        };
        for (at, pair) in self.characters.windows(2).enumerate() {
            put(pair[0]..self.characters.get(at + 2).copied().unwrap_or(end), Part::Pair);
        }
        put(last..end, Part::Last { alone: self.characters.len() == 1 });
        self.characters.clear();
    }
}

/// Scripts that are cut into pairs: those without spaces, and Hangul, whose endings hang on its words.
fn is_paired(script: Script) -> bool {
    script.is_unspaced() || script == Script::Hangul
}

/// Signs of Thai, Lao, Khmer and Burmese that stand on, under or around a letter and have no combining class.
fn is_sign(c: char) -> bool {
    matches!(c as u32,
        0x0E31 | 0x0E33..=0x0E3A | 0x0E47..=0x0E4E | 0x0EB1 | 0x0EB3..=0x0EBC | 0x0EC8..=0x0ECE
        | 0x102B..=0x103E | 0x1056..=0x1059 | 0x105E..=0x1060 | 0x1062..=0x1064 | 0x1067..=0x106D
        | 0x1071..=0x1074 | 0x1082..=0x108D | 0x17B6..=0x17D3 | 0x17DD)
}

/// A word without its accents and vowel points. These are the combining classes 10 to 36 (Hebrew, Arabic,
/// Syriac) and from 200 (Unicode Standard Annex 44, table 15); the vowel signs and viramas of Indic scripts, which
/// carry meaning, have others.
fn plain(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let letters = word.nfd().filter(|&c| !matches!(canonical_combining_class(c), 10..=36 | 200..));
    Cow::Owned(letters.map(bare).nfc().collect())
}

/// Letters that are written without their stroke where there is none on the keyboard.
fn bare(c: char) -> char {
    match c {
        'đ' | 'ð' => 'd',
        'ł' => 'l',
        'ø' => 'o',
        'ı' => 'i',
        'ħ' => 'h',
        'ŧ' => 't',
        c => c,
    }
}

fn closing(quote: char) -> Option<char> {
    Some(match quote {
        '"' => '"',
        '“' | '”' => '”',
        '„' => '“',
        '«' => '»',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}

/// A phrase to look for; none if nothing in it can be.
fn phrase(chunk: &str, begin: bool) -> Result<Option<Phrase>, QueryError> {
    let mut terms = terms(chunk);
    let Some(last) = terms.last() else { return Ok(None) };
    let prefix = match last.part {
        Part::Word if begin => {
            if last.text.chars().count() < PREFIX_CHARS_MIN {
                return Err(QueryError::ShortPrefix(chunk.to_owned()));
            }
            true
        }
        Part::Word | Part::Pair => false,
        // In a longer text another character may follow.
        Part::Last { alone } => {
            if !alone {
                terms.pop();
            }
            alone
        }
    };
    let terms = terms.into_iter().map(|term| term.text.into_owned()).collect();
    Ok(Vec1::try_from_vec(terms).ok().map(|terms| Phrase { terms, prefix }))
}

/// Where a phrase ends that begins with the first of `terms`; none if it does not stand there.
fn ends(phrase: &Phrase, terms: &[Term<'_>]) -> Option<usize> {
    let last = phrase.terms.len() - 1;
    let found = terms.get(..=last)?;
    let whole = phrase.terms.iter().zip(found).take(last).all(|(wanted, term)| *wanted == term.text);
    let (wanted, term) = (&phrase.terms[last], &found[last]);
    if !whole || !(if phrase.prefix { term.text.starts_with(wanted) } else { *wanted == term.text }) {
        return None;
    }
    // Of a pair of which one character was looked for only this one is shown.
    Some(match term.part {
        Part::Pair if phrase.prefix => term.bytes.start + wanted.len(),
        _ => term.bytes.end,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn cut(text: &str, expected: &str) {
        assert_eq!(index_text(crate::normalize(text).as_str()), expected, "{text:?}");
    }

    #[test]
    fn every_script_has_its_terms() {
        cut("Việc nhẹ, lương CAO!", "viec nhe luong cao");
        cut("Đà Nẵng Łódź STRAẞE", "da nang lodz straße");
        cut("高薪招聘", "高薪 薪招 招聘 聘");
        cut("月薪5000美元", "月薪 薪 5000 美元 元");
        cut("ｶﾞ行", "ガ行 行");
        cut("캄보디아에서", "캄보 보디 디아 아에 에서 서");
        cut("งานที่กัมพูชา", "งา าน นที่ ที่กั กัม มพู พูช ชา า");
        cut("ការងារ", "ការ រងា ងារ រ");
        cut("वेतन ७५०", "वेतन 750");
        cut("مُحَمَّد أحمد", "محمد احمد");
        cut("ёлка Йога", "елка иога");
        cut("+855 12-345", "855 12 345");
        cut("t[.]me/hr_asia", "t me hr asia");
        cut("", "");
        cut("!!! 🎉", "");
        cut(&"x".repeat(100), &"x".repeat(40));
    }

    #[track_caller]
    fn asked(text: &str, expected: &str) {
        let words = query(text).unwrap();
        let show =
            |phrase: &Phrase| format!("{}{}", phrase.terms.join("+"), if phrase.prefix { "*" } else { "" });
        let all = words.all.iter().map(show);
        let told: Vec<String> = all.chain(words.none.iter().map(|none| format!("-{}", show(none)))).collect();
        assert_eq!(told.join(" "), expected, "{text:?}");
    }

    #[test]
    fn a_question_is_cut_as_a_text_is() {
        asked("", "");
        asked("Thailand  Lương", "thailand luong");
        asked("\"light work\" -visa pay*", "light+work pay* -visa");
        asked("“light work”* «à venir»", "light+work* a+venir");
        asked("\"never closed", "never+closed");
        asked("e-mail @hr_asia", "e+mail hr+asia");
        asked("招聘", "招聘");
        asked("招", "招*");
        asked("月薪5000", "月薪+薪+5000");
        asked("5000美", "5000+美*");
        asked("ที่", "ที่*");
        asked("work - pay", "work pay");
        asked("-\"no visa\"", "-no+visa");
    }

    #[test]
    fn refuses_what_cannot_be_looked_for() {
        for text in ["!!", "* *", "\"\"", "ab*", &"a ".repeat(33), &"a".repeat(1_001)] {
            assert!(query(text).is_err(), "{text:?}");
        }
    }

    #[track_caller]
    fn shown(asked: &str, text: &str, expected: &[&str]) {
        let spans = find_spans(&query(asked).unwrap(), text);
        assert_eq!(spans.iter().map(|span| span.slice(text)).collect::<Vec<_>>(), expected, "{asked:?}");
    }

    #[test]
    fn shows_what_was_found() {
        shown("luong CAO", "Việc nhẹ LƯƠNG cao", &["LƯƠNG", "cao"]);
        shown("\"luong cao\" viec", "Việc nhẹ LƯƠNG  cao", &["Việc", "LƯƠNG  cao"]);
        shown("薪招", "高薪招聘", &["薪招"]);
        shown("招", "高薪招聘。招", &["招", "招"]);
        shown("cust*", "Customers’ custom", &["Customers", "custom"]);
        shown("nothing", "高薪招聘", &[]);
    }

    proptest! {
        #[test]
        fn what_stands_in_a_text_is_found_in_it(text in "[a-zàđ 高薪招聘คนงาน0-9.,!-]{1,40}", from in 0usize..40, len in 1usize..12) {
            let chars: Vec<char> = text.chars().collect();
            let part: String = chars.iter().skip(from).take(len).collect();
            // A part of a word is no word: take only whole ones.
            let before = from.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
            let after = chars.get(from + len).copied().unwrap_or(' ');
            let cuts = |a: char, b: char| !(a.is_ascii_alphanumeric() || "àđ".contains(a))
                || !(b.is_ascii_alphanumeric() || "àđ".contains(b));
            let whole = part.chars().next().is_some_and(|c| cuts(before, c)) && part.chars().last().is_some_and(|c| cuts(c, after));
            if whole && let Ok(words) = query(&format!("\"{}\"", part.replace('"', " "))) && !words.is_empty() {
                prop_assert!(!find_spans(&words, &text).is_empty(), "{part:?} in {text:?}: {words:?}");
            }
        }

        #[test]
        fn no_text_and_no_question_breaks_it(text in "\\PC{0,60}", asked in "\\PC{0,40}") {
            let folded = crate::normalize(&text);
            let mut end = 0;
            for term in terms(folded.as_str()) {
                prop_assert!(folded.as_str().is_char_boundary(term.bytes.start) && term.bytes.end >= end);
                prop_assert!(!term.text.contains(' '));
                end = term.bytes.start;
            }
            if let Ok(words) = query(&asked) {
                find_spans(&words, &text);
            }
        }
    }
}
