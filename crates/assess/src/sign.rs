//! Signs of a regular employer: a licence, social insurance, an interview at the office, papers that stay
//! with the worker, no fee, a contract before travel, qualifications asked for, a public body, fixed hours.
//!
//! The phrases are content (`models/core/signs.tsv`). They are facts about wording, not proof: anybody can
//! type them. Training therefore bounds what each can take off a score ([`LOG_ODDS_MIN`]), and all of them
//! together take off no more than four can ([`FULL_MAX`]), less where the offer is grave ([`SHARE_MAX`]).

use forewarn_model::{Facts, Language, Span};
use forewarn_rules::fold;
use sha2::{Digest, Sha256};

use crate::letter::{Class, class};
use crate::model::ModelError;

/// The least that one sign may contribute before calibration, in log-odds: what anybody can type must not
/// outweigh a hub town and a passport handed over.
pub(crate) const LOG_ODDS_MIN: f64 = -1.0;

/// From how many signs on they share what this many may say: a text that claims everything gains no more.
pub(crate) const FULL_MAX: usize = 4;

/// What all signs of a text together may always take off, in log-odds before calibration.
pub(crate) const RELIEF_MAX: f64 = 1.5;

/// Beyond that, they take off no more than this share of what speaks against the offer: no number of
/// reassuring phrases makes a grave offer harmless.
pub(crate) const SHARE_MAX: f64 = 0.5;

/// How many passages of one sign are kept as evidence.
const SPANS_PER_SIGN_MAX: usize = 3;

pub(crate) const BUILTIN: &str = include_str!("../../../models/core/signs.tsv");

/// The phrases, by how they begin.
#[derive(Debug)]
pub(crate) struct Signs {
    names: Vec<String>,
    /// The languages of the phrases, each once.
    languages: Vec<Language>,
    /// In the order of their slots; within a slot the longest first.
    phrases: Vec<Phrase>,
    /// Where the phrases of each slot begin, and at last where they end.
    slots: Vec<u16>,
    /// One bit for every hash of a beginning: most words need no more than a look at it.
    beginnings: Vec<u64>,
    checksum: String,
}

#[derive(Debug)]
struct Phrase {
    /// Hash of how it begins.
    hash: u64,
    /// Folded.
    text: Box<str>,
    sign: u16,
    /// Its place in the languages.
    language: u16,
    /// Matches the beginning of a word, not only the whole word.
    stem: bool,
}

/// A phrase is looked up by its first bytes: the most of these that it has.
const BEGINNINGS: [usize; 3] = [2, 4, 8];

/// How many bits of the hash of a beginning name its slot, and its bit in the filter.
const SLOT_BITS: u32 = 12;
const FILTER_BITS: u32 = 16;

/// How many phrases there may be.
const PHRASES_MAX: usize = u16::MAX as usize;

impl Signs {
    /// The phrases that ship with this crate.
    pub(crate) fn builtin() -> Result<Self, ModelError> {
        Self::parse(BUILTIN)
    }

    /// Reads `sign <tab> language <tab> phrase|phrase*|…` lines; `#` begins a comment line.
    pub(crate) fn parse(text: &str) -> Result<Self, ModelError> {
        let mut names: Vec<String> = Vec::new();
        let mut languages: Vec<Language> = Vec::new();
        let mut phrases = Vec::new();
        for (at, line) in
            text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        {
            let error = || ModelError::Signs { line: at + 1 };
            let [name, language, list] =
                line.split('\t').collect::<Vec<_>>().try_into().map_err(|_| error())?;
            let language = place_in(&mut languages, language.parse().map_err(|_| error())?) as u16;
            let sign = place_in(&mut names, name.to_owned()) as u16;
            for phrase in list.split('|') {
                let (word, stem) = phrase.strip_suffix('*').map_or((phrase, false), |word| (word, true));
                let folded = folded(word);
                if folded.len() < BEGINNINGS[0] || phrases.len() == PHRASES_MAX {
                    return Err(error());
                }
                phrases.push(Phrase {
                    hash: phrase_hash(&folded),
                    text: folded.into(),
                    sign,
                    language,
                    stem,
                });
            }
        }
        let slot = |phrase: &Phrase| (phrase.hash >> (64 - SLOT_BITS)) as usize;
        phrases.sort_by_cached_key(|phrase| (slot(phrase), usize::MAX - phrase.text.len()));
        let mut slots = vec![0; (1 << SLOT_BITS) + 1];
        let mut beginnings = vec![0; (1 << FILTER_BITS) / 64];
        for phrase in &phrases {
            slots[slot(phrase) + 1] += 1;
            let bit = phrase.hash >> (64 - FILTER_BITS);
            beginnings[bit as usize / 64] |= 1 << (bit % 64);
        }
        (1..slots.len()).for_each(|at| slots[at] += slots[at - 1]);
        let checksum = hex(&Sha256::digest(text));
        Ok(Self { names, languages, phrases, slots, beginnings, checksum })
    }

    /// The names of the signs, in the order of the file.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// SHA-256 of the file, in hexadecimal: weights belong to one state of the phrases.
    pub(crate) fn checksum(&self) -> &str {
        &self.checksum
    }

    /// Whether there are phrases in the language of the text: else it says nothing that none is found.
    pub(crate) fn know(&self, facts: &Facts) -> bool {
        self.languages.iter().any(|language| language.primary() == facts.language.primary())
    }

    /// Looks for phrases in a text, from beginning to beginning. Phrases of the text's languages and of
    /// English count; all phrases where the language is not known.
    pub(crate) fn finder<'a>(&'a self, facts: &'a Facts) -> Finder<'a> {
        Finder { signs: self, facts, found: vec![Vec::new(); self.names.len()] }
    }
}

/// A search for signs in one text.
pub(crate) struct Finder<'a> {
    signs: &'a Signs,
    facts: &'a Facts,
    found: Vec<Vec<Span>>,
}

impl Finder<'_> {
    /// Looks for phrases that begin at this byte of the folded text, where a word begins.
    #[inline]
    pub(crate) fn at(&mut self, at: usize) {
        let first = first_bytes(self.facts.normalized.as_str(), at);
        for bytes in BEGINNINGS {
            let hash = beginning(first, bytes);
            let bit = hash >> (64 - FILTER_BITS);
            if self.signs.beginnings[bit as usize / 64] >> (bit % 64) & 1 == 1 {
                self.compare(at, hash);
            }
        }
    }

    /// For every sign, the passages that show it.
    pub(crate) fn found(self) -> Vec<Vec<Span>> {
        self.found
    }

    fn compare(&mut self, at: usize, hash: u64) {
        let text = self.facts.normalized.as_str();
        let slot = (hash >> (64 - SLOT_BITS)) as usize;
        let phrases = usize::from(self.signs.slots[slot])..usize::from(self.signs.slots[slot + 1]);
        for phrase in self.signs.phrases[phrases].iter().filter(|phrase| phrase.hash == hash) {
            let end = at + phrase.text.len();
            let spans = &mut self.found[usize::from(phrase.sign)];
            if text[at..].starts_with(&*phrase.text)
                && spans.len() < SPANS_PER_SIGN_MAX
                && ends_well(text, end, phrase.stem)
                && speaks(self.facts, self.signs.languages[usize::from(phrase.language)])
            {
                let span = self.facts.normalized.original_span(at..end);
                if !spans.iter().any(|known: &Span| known.overlaps(span)) {
                    spans.push(span);
                }
            }
        }
    }
}

fn phrase_hash(phrase: &str) -> u64 {
    let bytes = BEGINNINGS.into_iter().filter(|&bytes| bytes <= phrase.len()).max();
    beginning(first_bytes(phrase, 0), bytes.unwrap_or(BEGINNINGS[0]))
}

/// The eight bytes of `text` from `at` on, zeros after its end.
fn first_bytes(text: &str, at: usize) -> u64 {
    let rest = &text.as_bytes()[at..];
    let mut bytes = [0; 8];
    match rest.first_chunk() {
        Some(eight) => bytes = *eight,
        None => bytes[..rest.len()].copy_from_slice(rest),
    }
    u64::from_le_bytes(bytes)
}

/// A hash of the first `bytes` of eight.
fn beginning(eight: u64, bytes: usize) -> u64 {
    let kept = eight & (u64::MAX >> (64 - 8 * bytes));
    (kept ^ (kept >> 31)).wrapping_add(bytes as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// As `forewarn_rules::fold`, which is dear: most phrases are written as they are folded.
fn folded(phrase: &str) -> String {
    let plain = |c: char| {
        matches!(c, ' '..='~' | 'а'..='я' | 'ก'..='ฮ' | '\u{4e00}'..='\u{9fff}') && !c.is_ascii_uppercase()
    };
    if phrase.chars().all(plain) && !phrase.contains("  ") {
        return phrase.trim().to_owned();
    }
    fold(phrase).as_str().trim().to_owned()
}

/// The place of `item` in `list`, where it is put if it is new.
fn place_in<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    list.iter().position(|known| *known == item).unwrap_or_else(|| {
        list.push(item);
        list.len() - 1
    })
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn speaks(facts: &Facts, language: Language) -> bool {
    let same = |l: &Language| l.primary() == language.primary();
    language == Language::ENGLISH
        || facts.language.is_unknown()
        || same(&facts.language)
        || facts.other_languages.iter().any(same)
}

/// Whether a match ends at the end of a word, or is a stem. Scripts that are written without spaces have no
/// such ends.
fn ends_well(text: &str, end: usize, stem: bool) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| class(c) == Class::Word);
    stem || !word(text[..end].chars().next_back()) || !word(text[end..].chars().next())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::feature::tests::facts;
    use crate::wording::Grams;

    /// What a text shows of each sign.
    pub(crate) fn find(signs: &Signs, facts: &Facts) -> Vec<Vec<Span>> {
        let mut finder = signs.finder(facts);
        Grams::of(facts, 12, |at| finder.at(at));
        finder.found()
    }

    fn check(text: &str, language: &str, expected: &[(&str, &[&str])]) {
        let signs = Signs::builtin().unwrap();
        let mut facts = facts(text);
        facts.language = language.parse().unwrap_or(Language::UNKNOWN);
        let found = find(&signs, &facts);
        let found: Vec<(&str, Vec<&str>)> = signs
            .names()
            .iter()
            .zip(&found)
            .filter(|(_, spans)| !spans.is_empty())
            .map(|(name, spans)| (name.as_str(), spans.iter().map(|span| span.slice(text)).collect()))
            .collect();
        let expected: Vec<(&str, Vec<&str>)> = expected.iter().map(|(n, s)| (*n, s.to_vec())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn finds_signs_with_their_words() {
        check(
            "Licence NEA/000. Walk-in.",
            "en",
            &[("names_licence", &["Licence"]), ("selection_in_person", &["Walk-in"])],
        );
        check(
            "护照自行保管，不收任何费用",
            "zh-Hans",
            &[("own_documents", &["护照自行保管"]), ("no_fee", &["不收任何"])],
        );
        check("มีประกันสังคม", "th", &[("statutory_benefits", &["ประกันสังคม"])]);
        check("retour au bachot", "fr", &[]);
        check("Bewerbung kostenlos", "de", &[("no_fee", &["kostenlos"])]);
    }

    #[test]
    fn keeps_to_the_languages_of_the_text() {
        check("the art of saa", "en", &[]);
        check("saa", "sw", &[("fixed_hours", &["saa"])]);
        check("saa", "und", &[("fixed_hours", &["saa"])]);
    }

    #[test]
    fn names_the_line_that_it_cannot_read() {
        for (text, line) in [("a\ten", 1), ("# ok\n\na\ten\txy\na\tnot a tag\txy", 4), ("a\ten\txy||yz", 1)] {
            assert_eq!(Signs::parse(text).map(|_| ()), Err(ModelError::Signs { line }));
        }
    }
}
