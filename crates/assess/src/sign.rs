//! Signs of a regular employer: a licence, social insurance, an interview at the office, papers that stay
//! with the worker, no fee, a contract before travel, qualifications asked for, a public body, fixed hours.
//!
//! The phrases are content (`models/core/signs.tsv`). They are facts about wording, not proof: anybody can
//! type them. Training therefore bounds what each can take off a score ([`LOG_ODDS_MIN`]), and all of them
//! together take off no more than four can ([`FULL_MAX`]), less where the offer is grave ([`SHARE_MAX`]).

use aho_corasick::AhoCorasick;
use forewarn_model::{Facts, Language, Span};
use forewarn_rules::fold;
use sha2::{Digest, Sha256};

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

const BUILTIN: &str = include_str!("../../../models/core/signs.tsv");

/// The phrases, compiled.
#[derive(Debug)]
pub(crate) struct Signs {
    names: Vec<String>,
    /// The languages of the phrases, each once.
    languages: Vec<Language>,
    phrases: Vec<Phrase>,
    automaton: AhoCorasick,
    checksum: String,
}

#[derive(Debug)]
struct Phrase {
    sign: usize,
    /// Its place in the languages.
    language: usize,
    /// Matches the beginning of a word, not only the whole word.
    stem: bool,
}

impl Signs {
    /// The phrases that ship with this crate.
    pub(crate) fn builtin() -> Result<Self, ModelError> {
        Self::parse(BUILTIN)
    }

    /// Reads `sign <tab> language <tab> phrase|phrase*|…` lines; `#` begins a comment line.
    pub(crate) fn parse(text: &str) -> Result<Self, ModelError> {
        let mut names: Vec<String> = Vec::new();
        let mut languages: Vec<Language> = Vec::new();
        let (mut phrases, mut patterns) = (Vec::new(), Vec::new());
        for (at, line) in
            text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        {
            let error = || ModelError::Signs { line: at + 1 };
            let [name, language, list] =
                line.split('\t').collect::<Vec<_>>().try_into().map_err(|_| error())?;
            let language = place_in(&mut languages, language.parse().map_err(|_| error())?);
            let sign = place_in(&mut names, name.to_owned());
            for phrase in list.split('|') {
                let (word, stem) = phrase.strip_suffix('*').map_or((phrase, false), |word| (word, true));
                let folded = fold(word).as_str().trim().to_owned();
                if folded.is_empty() {
                    return Err(error());
                }
                patterns.push(folded);
                phrases.push(Phrase { sign, language, stem });
            }
        }
        let automaton = AhoCorasick::new(&patterns).map_err(|_| ModelError::Signs { line: 0 })?;
        let checksum = hex(&Sha256::digest(text));
        Ok(Self { names, languages, phrases, automaton, checksum })
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

    /// For every sign, the passages that show it. Phrases of the text's languages and of English count;
    /// all phrases where the language is not known.
    pub(crate) fn find(&self, facts: &Facts) -> Vec<Vec<Span>> {
        let text = facts.normalized.as_str();
        let spoken: Vec<bool> = self.languages.iter().map(|&language| speaks(facts, language)).collect();
        let mut found = vec![Vec::new(); self.names.len()];
        for matched in self.automaton.find_overlapping_iter(text) {
            let phrase = &self.phrases[matched.pattern().as_usize()];
            let spans = &mut found[phrase.sign];
            if spoken[phrase.language]
                && spans.len() < SPANS_PER_SIGN_MAX
                && is_word(text, matched.start(), matched.end(), phrase.stem)
            {
                let span = facts.normalized.original_span(matched.range());
                if !spans.iter().any(|known: &Span| known.overlaps(span)) {
                    spans.push(span);
                }
            }
        }
        found
    }
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

/// Whether a match begins at the beginning of a word and, unless it is a stem, ends at its end. Scripts that
/// are written without spaces have no such boundaries.
fn is_word(text: &str, start: usize, end: usize, stem: bool) -> bool {
    let joins = |a: Option<char>, b: Option<char>| matches!((a, b), (Some(a), Some(b)) if is_spaced(a) && is_spaced(b));
    let (before, matched, after) = (&text[..start], &text[start..end], &text[end..]);
    let cut_left = joins(before.chars().next_back(), matched.chars().next());
    let cut_right = !stem && joins(matched.chars().next_back(), after.chars().next());
    !cut_left && !cut_right
}

/// Whether `c` belongs to a word of a script that divides words by spaces: letters, digits, and the signs
/// that Indic and Arabic letters carry. Coarser than the Unicode properties, and many times as fast.
pub(crate) fn is_spaced(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c >= '\u{c0}' && !is_unspaced(c) && !NOT_LETTERS.iter().any(|&(first, last)| (first..=last).contains(&c))
}

/// Punctuation and symbols above U+00C0, by block or one by one, in the folded text of the scripts we read.
const NOT_LETTERS: [(char, char); 14] = [
    ('\u{d7}', '\u{d7}'),
    ('\u{f7}', '\u{f7}'),
    ('\u{589}', '\u{58a}'),
    ('\u{60c}', '\u{60d}'),
    ('\u{61b}', '\u{61f}'),
    ('\u{66a}', '\u{66d}'),
    ('\u{6d4}', '\u{6d4}'),
    ('\u{964}', '\u{965}'),
    ('\u{df4}', '\u{df4}'),
    ('\u{1360}', '\u{1368}'),
    ('\u{2000}', '\u{2bff}'),
    ('\u{3000}', '\u{303f}'),
    ('\u{fe00}', '\u{fe6f}'),
    ('\u{1f000}', '\u{1ffff}'),
];

/// Thai, Lao, Burmese, Khmer, Han, kana: written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::tests::facts;

    fn check(text: &str, language: &str, expected: &[(&str, &[&str])]) {
        let signs = Signs::builtin().unwrap();
        let mut facts = facts(text);
        facts.language = language.parse().unwrap_or(Language::UNKNOWN);
        let found = signs.find(&facts);
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
        for (text, line) in [("a\ten", 1), ("# ok\n\na\ten\tx\na\tnot a tag\tx", 4), ("a\ten\tx||y", 1)] {
            assert_eq!(Signs::parse(text).map(|_| ()), Err(ModelError::Signs { line }));
        }
    }
}
