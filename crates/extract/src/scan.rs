//! One pass over the folded text: where its words are, which scripts it is written in, and where an
//! identifier could be. `language`, `gazetteer` and `observables` read this list, so that none of them has
//! to walk the text again.

use crate::chars::{CharTable, Script};

/// Salt of a hash of a whole word.
pub(crate) const EXACT: u64 = 0x9E37_79B9_7F4A_7C15;
/// Salt of a hash of the start of a word.
pub(crate) const PREFIX: u64 = 0xC2B2_AE3D_27D4_EB4F;

/// Letters are counted by script in this much of a text, in bytes: more does not make the answer better.
pub(crate) const COUNTED_BYTES_MAX: usize = 4096;

/// Shortest address of a crypto-asset, and longest.
const CODE_BYTES: std::ops::RangeInclusive<usize> = 26..=90;

/// A run of letters, digits and marks of one group of scripts, from its first letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    /// Bytes of the folded text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// [`hash`] with the salt [`EXACT`]; nothing for a script without spaces.
    pub(crate) hash: u32,
    /// Of its first letter.
    pub(crate) script: Script,
    pub(crate) is_ascii: bool,
}

/// Where an identifier could be, in bytes of the folded text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Candidates {
    /// At signs.
    pub(crate) ats: Vec<usize>,
    /// Dots with a letter or digit on either side.
    pub(crate) dots: Vec<usize>,
    /// First digits of runs.
    pub(crate) digits: Vec<usize>,
    /// Runs of ASCII letters and digits that are long enough for an address of a crypto-asset.
    pub(crate) codes: Vec<(usize, usize)>,
    /// Two letters and two digits at the start of a run: perhaps an IBAN.
    pub(crate) ibans: Vec<usize>,
}

/// Letters of each script.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) by_script: [u32; Script::COUNT],
    pub(crate) letters: u32,
}

/// What one pass over a folded text found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Scan {
    pub(crate) words: Vec<Word>,
    pub(crate) candidates: Candidates,
    pub(crate) count: Count,
    pub(crate) is_ascii: bool,
}

impl Scan {
    /// Scans a folded text. At most `candidates_max` of each kind of candidate are kept, so that a text made
    /// of candidates stays cheap.
    pub(crate) fn new(text: &str, candidates_max: usize) -> Self {
        let mut scanner = Scanner {
            table: CharTable::get(),
            text,
            scan: Self { words: Vec::with_capacity(text.len() / 6), is_ascii: true, ..Self::default() },
            word: None,
            max: candidates_max,
        };
        scanner.run();
        scanner.scan
    }
}

/// A multiplicative hash of a word, eight bytes at a time, with a salt for the two kinds of key.
pub(crate) fn hash(word: &str, salt: u64) -> u32 {
    hash_at(word.as_bytes(), 0, word.len(), salt)
}

/// The same of the bytes `start..end`.
pub(crate) fn hash_at(bytes: &[u8], start: usize, end: usize, salt: u64) -> u32 {
    let mut state = salt;
    let mut at = start;
    while at < end {
        let part = (end - at).min(8);
        let word = match bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) {
            Some(eight) => u64::from_le_bytes(eight) & (u64::MAX >> (64 - 8 * part)),
            None => bytes[at..end].iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
        };
        state = (state ^ word).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        state ^= state >> 32;
        at += part;
    }
    (state >> 16) as u32
}

/// Whether a word ends between letters of these scripts. Latin, Greek and Cyrillic stay together, since
/// look-alikes mix them; digits and marks belong to any word.
pub(crate) fn parts(one: Script, other: Script) -> bool {
    let group = |script: Script| match script {
        Script::Greek | Script::Cyrillic => Script::Latin,
        script if script.is_unspaced() => Script::Han,
        script => script,
    };
    one != other && one != Script::Common && other != Script::Common && group(one) != group(other)
}

/// What an ASCII byte is.
const WORD: u8 = 1;
const DIGIT: u8 = 2;
const SIGN: u8 = 4;

const ASCII: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' => WORD | DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' => WORD,
            b'@' | b'.' => SIGN,
            _ => 0,
        };
        byte += 1;
    }
    table
};

struct Scanner<'a> {
    table: &'static CharTable,
    text: &'a str,
    scan: Scan,
    /// The word at hand: its start, its first script, its latest script, whether it is ASCII so far.
    word: Option<(usize, Script, Script, bool)>,
    max: usize,
}

impl Scanner<'_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if !byte.is_ascii() {
                at = self.beyond_ascii(at);
                continue;
            }
            let class = ASCII[usize::from(byte)];
            if class & WORD != 0 {
                at = self.ascii_run(at);
                continue;
            }
            self.end_word(at);
            if class == SIGN {
                self.sign(at);
            }
            at += 1;
        }
        self.end_word(bytes.len());
    }

    /// A run of ASCII letters and digits: where it ends.
    fn ascii_run(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let (mut end, mut digits) = (start, 0);
        while let Some(&byte) = bytes.get(end)
            && ASCII[usize::from(byte)] & WORD != 0
        {
            digits += usize::from(ASCII[usize::from(byte)] >> 1 & 1);
            end += 1;
        }
        if digits > 0 {
            self.identifier(start, end);
        } else if end - start >= *CODE_BYTES.start() {
            self.code(start, end);
        }
        if digits < end - start {
            let first = start + bytes[start..end].iter().take_while(|byte| byte.is_ascii_digit()).count();
            self.letter(first, Script::Latin, true);
            self.counted(start, Script::Latin, end - start - digits);
        }
        end
    }

    /// One character beyond ASCII: where it ends.
    fn beyond_ascii(&mut self, at: usize) -> usize {
        self.scan.is_ascii = false;
        let Some(c) = self.text[at..].chars().next() else { return at + 1 };
        let script = self.table.script(c);
        if !self.table.is_word(c) {
            self.end_word(at);
        } else if script != Script::Common {
            self.letter(at, script, false);
        } else if let Some(word) = &mut self.word {
            word.3 = false;
        }
        if script != Script::Common {
            // An ideograph or a syllable says as much as several letters.
            let weight = if matches!(script, Script::Han | Script::Hangul | Script::Kana) { 3 } else { 1 };
            self.counted(at, script, weight);
        }
        at + c.len_utf8()
    }

    fn counted(&mut self, at: usize, script: Script, letters: usize) {
        if at < COUNTED_BYTES_MAX {
            self.scan.count.by_script[script as usize] += letters as u32;
            self.scan.count.letters += letters as u32;
        }
    }

    /// A letter goes on with the word at hand, or opens one.
    fn letter(&mut self, at: usize, script: Script, is_ascii: bool) {
        match &mut self.word {
            Some(word) if !parts(word.2, script) => {
                word.2 = script;
                word.3 &= is_ascii;
            }
            _ => {
                self.end_word(at);
                self.word = Some((at, script, script, is_ascii));
            }
        }
    }

    fn end_word(&mut self, end: usize) {
        let Some((start, script, _, is_ascii)) = self.word.take() else { return };
        let hash = match script.is_unspaced() {
            true => 0,
            false => hash_at(self.text.as_bytes(), start, end, EXACT),
        };
        self.scan.words.push(Word { start, end, hash, script, is_ascii });
    }

    fn sign(&mut self, at: usize) {
        let bytes = self.text.as_bytes();
        let is_host = |byte: Option<&u8>| byte.is_some_and(|&b| b.is_ascii_alphanumeric() || b >= 0x80);
        let candidates = &mut self.scan.candidates;
        if bytes[at] == b'@' {
            keep(&mut candidates.ats, self.max, at);
        } else if at > 0 && is_host(bytes.get(at - 1)) && is_host(bytes.get(at + 1)) {
            keep(&mut candidates.dots, self.max, at);
        }
    }

    /// A run of ASCII letters and digits that has a digit.
    fn identifier(&mut self, start: usize, end: usize) {
        let run = &self.text.as_bytes()[start..end];
        self.code(start, end);
        let candidates = &mut self.scan.candidates;
        if run[0].is_ascii_digit() {
            keep(&mut candidates.digits, self.max, start);
        } else if let [a, b, c, d, ..] = *run
            && a.is_ascii_alphabetic()
            && b.is_ascii_alphabetic()
            && c.is_ascii_digit()
            && d.is_ascii_digit()
        {
            keep(&mut candidates.ibans, self.max, start);
        }
    }

    fn code(&mut self, start: usize, end: usize) {
        if CODE_BYTES.contains(&(end - start)) {
            keep(&mut self.scan.candidates.codes, self.max, (start, end));
        }
    }
}

fn keep<T>(list: &mut Vec<T>, max: usize, item: T) {
    if list.len() < max {
        list.push(item);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Script)]) {
        let scan = Scan::new(text, 10);
        let words: Vec<(&str, Script)> =
            scan.words.iter().map(|word| (&text[word.start..word.end], word.script)).collect();
        assert_eq!(words, expected, "{text:?}");
    }

    #[test]
    fn finds_words() {
        check(
            "go to k2, 3rd",
            &[("go", Script::Latin), ("to", Script::Latin), ("k2", Script::Latin), ("rd", Script::Latin)],
        );
        check("123 -- 🇰🇭", &[]);
        check("вbc", &[("вbc", Script::Cyrillic)]);
    }

    #[test]
    fn ends_a_word_where_the_script_changes() {
        check("去bangkok工作", &[("去", Script::Han), ("bangkok", Script::Latin), ("工作", Script::Han)]);
        check("thailandमा", &[("thailand", Script::Latin), ("मा", Script::Devanagari)]);
        check("bangkok에서", &[("bangkok", Script::Latin), ("에서", Script::Hangul)]);
        check("タイ国", &[("タイ国", Script::Kana)]);
    }

    #[test]
    fn finds_candidates() {
        let text = "a@b.co 12 de89 370400440532013000 v1.2 .5 aaaaaaaaaaaaaaaaaaaaaaaaaa";
        let found = Scan::new(text, 10).candidates;
        let starts =
            |list: &[usize]| list.iter().map(|&at| text[at..].chars().next().unwrap()).collect::<String>();
        assert_eq!(found.ats, [1]);
        assert_eq!(found.dots, [3, 36]);
        assert_eq!(starts(&found.digits), "1325");
        assert_eq!(starts(&found.ibans), "d");
        assert_eq!(found.codes, [(42, 68)]);
    }

    #[test]
    fn keeps_no_more_than_it_may() {
        let scan = Scan::new(&"@1.2 ".repeat(100), 7);
        assert_eq!((scan.candidates.ats.len(), scan.candidates.digits.len()), (7, 7));
    }

    proptest! {
        #[test]
        fn a_hash_is_of_the_bytes_alone(word in "[a-zé中]{0,30}", around in "[a-z]{0,12}") {
            let text = format!("{around}{word}{around}");
            let at = hash_at(text.as_bytes(), around.len(), around.len() + word.len(), EXACT);
            prop_assert_eq!(at, hash(&word, EXACT));
        }

        #[test]
        fn words_are_whole_and_in_order(text in "[a-z0-9 .@é中กа]{0,60}") {
            let scan = Scan::new(&text, 5);
            let mut before = 0;
            for word in &scan.words {
                prop_assert!(before <= word.start && word.start < word.end);
                prop_assert!(text.is_char_boundary(word.start) && text.is_char_boundary(word.end));
                prop_assert_eq!(word.is_ascii, text[word.start..word.end].is_ascii());
                before = word.end;
            }
        }
    }
}
