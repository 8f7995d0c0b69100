//! One automaton over every literal of a pack, and the phrases built of them.
//!
//! The text is read once. Every hit of a literal counts for the atoms that contain it; a phrase is looked
//! at only if its first atom was hit, so the cost follows what the text says, not how many rules exist.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, MatchKind};

use forewarn_model::Language;

use crate::fold::is_spaced_letter;
use crate::phrase::{Literal, default_gap_chars};

/// Index of an atom: a set of literals.
pub(crate) type AtomId = u32;
/// Index of a phrase.
pub(crate) type PhraseId = u32;

/// A phrase with its atoms resolved.
#[derive(Debug)]
pub(crate) struct CompiledPhrase {
    pub first: AtomId,
    pub rest: Vec<CompiledGap>,
}

/// A gap and the atom behind it.
#[derive(Debug)]
pub(crate) struct CompiledGap {
    pub ordered: bool,
    pub chars_max: u32,
    pub atom: AtomId,
}

/// An atom found in a text, by byte range of the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    atom: AtomId,
    start: usize,
    end: usize,
}

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhraseMatch {
    pub phrase: PhraseId,
    pub range: Range<usize>,
}

/// All hits of one text, and where clauses end in it.
pub(crate) struct Scan<'t> {
    text: &'t str,
    hits: Vec<Hit>,
    barriers: Vec<usize>,
}

/// A literal, the atoms that it belongs to, and which of its ends must be the edge of a word.
#[derive(Debug)]
struct LiteralUse {
    atom: AtomId,
    edge_start: bool,
    edge_end: bool,
    only: LanguageSet,
}

/// Languages so near to one another that words of one are looked for in the other.
const KIN: [(&str, &str); 1] = [("id", "ms")];

/// A set of languages: one bit for each that literals are bound to, and one for every text.
type LanguageSet = u128;

/// The bit of literals that are looked for in every text.
const EVERY_TEXT: LanguageSet = 1 << 127;

/// The bits of languages; beyond 127 languages the last share one.
#[derive(Debug, Default)]
struct LanguageBits(BTreeMap<Language, LanguageSet>);

impl LanguageBits {
    /// The bit of a language; new ones get the next.
    fn bit(&mut self, language: Language) -> LanguageSet {
        let next = self.0.len().min(126);
        *self.0.entry(language).or_insert(1 << next)
    }

    /// The languages in whose texts, or whose kin's, words may be looked for; none known: all.
    fn set(&self, spoken: &[Language]) -> LanguageSet {
        if spoken.is_empty() {
            return LanguageSet::MAX;
        }
        let kin = |a: &str, b: &str| a == b || KIN.contains(&(a, b)) || KIN.contains(&(b, a));
        let near = |language: &Language| spoken.iter().any(|other| kin(language.primary(), other.primary()));
        self.0.iter().filter(|(language, _)| near(language)).fold(EVERY_TEXT, |set, (_, bit)| set | bit)
    }
}

/// Collects literals, atoms and phrases.
#[derive(Debug, Default)]
pub(crate) struct MatcherBuilder {
    literals: BTreeMap<String, Vec<LiteralUse>>,
    atoms: BTreeMap<Vec<Literal>, (AtomId, u32)>,
    phrases: Vec<CompiledPhrase>,
    languages: LanguageBits,
}

impl MatcherBuilder {
    /// The atom of these literals (sorted, each once), and its default gap in characters.
    pub(crate) fn atom(&mut self, literals: &[Literal]) -> (AtomId, u32) {
        if let Some(&known) = self.atoms.get(literals) {
            return known;
        }
        let id = self.atoms.len() as AtomId;
        let entry = (id, default_gap_chars(literals));
        self.atoms.insert(literals.to_vec(), entry);
        for literal in literals {
            let edge = |c: Option<char>, open: bool| !open && c.is_some_and(is_edge_letter);
            let used = LiteralUse {
                atom: id,
                edge_start: edge(literal.text.chars().next(), literal.open_start),
                edge_end: edge(literal.text.chars().next_back(), literal.open_end),
                only: literal.only.map_or(EVERY_TEXT, |language| self.languages.bit(language)),
            };
            self.literals.entry(literal.text.clone()).or_default().push(used);
        }
        entry
    }

    /// Adds a phrase.
    pub(crate) fn phrase(&mut self, phrase: CompiledPhrase) -> PhraseId {
        self.phrases.push(phrase);
        self.phrases.len() as PhraseId - 1
    }

    /// How many different literals there are so far.
    pub(crate) fn literal_count(&self) -> usize {
        self.literals.len()
    }

    /// How many phrases there are so far.
    pub(crate) fn phrase_count(&self) -> usize {
        self.phrases.len()
    }

    /// Builds the automaton.
    pub(crate) fn build(self) -> Result<Matcher, BuildError> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(self.literals.keys())?;
        let mut by_first = vec![Vec::new(); self.atoms.len()];
        for (id, phrase) in self.phrases.iter().enumerate() {
            by_first[phrase.first as usize].push(id as PhraseId);
        }
        let uses = self.literals.into_values().collect();
        Ok(Matcher { automaton, uses, phrases: self.phrases, by_first, languages: self.languages })
    }
}

/// Letters, and digits, whose neighbours decide whether a word ends.
fn is_edge_letter(c: char) -> bool {
    is_spaced_letter(c) || c.is_ascii_digit()
}

/// The compiled literals and phrases of a pack.
#[derive(Debug)]
pub(crate) struct Matcher {
    automaton: AhoCorasick,
    uses: Vec<Vec<LiteralUse>>,
    phrases: Vec<CompiledPhrase>,
    by_first: Vec<Vec<PhraseId>>,
    languages: LanguageBits,
}

/// Why a phrase whose atoms all occur does not match, for `explain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Miss {
    /// Too far apart: how many characters, of how many allowed.
    TooFar { chars: u32, chars_max: u32 },
    /// A line or sentence ends between them.
    AcrossClauses,
    /// In the other order.
    WrongOrder,
}

impl Matcher {
    /// Finds every literal at the edges that it asks for; at most `hits_max` hits are kept. `spoken` are the
    /// languages of the text; empty where they are not known.
    pub(crate) fn scan<'t>(&self, text: &'t str, spoken: &[Language], hits_max: usize) -> Scan<'t> {
        let mut hits = Vec::new();
        let languages = self.languages.set(spoken);
        for found in self.automaton.find_overlapping_iter(text) {
            for used in &self.uses[found.pattern().as_usize()] {
                let start_ok = || !used.edge_start || is_edge(text, found.start());
                let end_ok = || !used.edge_end || is_edge(text, found.end());
                if used.only & languages != 0 && start_ok() && end_ok() {
                    hits.push(Hit { atom: used.atom, start: found.start(), end: found.end() });
                }
            }
            if hits.len() >= hits_max {
                break;
            }
        }
        hits.sort_unstable();
        hits.dedup();
        Scan { text, hits, barriers: barriers(text) }
    }

    /// Every match of every phrase, in order of phrase and place.
    pub(crate) fn matches(&self, scan: &Scan<'_>) -> Vec<PhraseMatch> {
        let mut found = Vec::new();
        self.each_candidate(scan, |id, first, phrase| {
            if let Some(end) =
                phrase.rest.iter().try_fold(first.clone(), |range, gap| scan.step(range, gap).ok())
            {
                found.push(PhraseMatch { phrase: id, range: end });
            }
        });
        found.sort_unstable_by_key(|m| (m.phrase, m.range.start, m.range.end));
        found
    }

    /// Phrases all of whose atoms occur but which match nowhere: the place of the first atom and why.
    pub(crate) fn misses(&self, scan: &Scan<'_>) -> Vec<(PhraseMatch, Miss)> {
        let mut misses: BTreeMap<PhraseId, Option<(Range<usize>, Miss)>> = BTreeMap::new();
        self.each_candidate(scan, |id, first, phrase| {
            if phrase.rest.iter().any(|gap| scan.of(gap.atom).is_empty()) {
                return;
            }
            let walked = phrase.rest.iter().try_fold(first.clone(), |range, gap| scan.step(range, gap));
            match walked {
                Ok(_) => {
                    misses.insert(id, None);
                }
                Err(miss) => {
                    misses.entry(id).or_insert_with(|| Some((first, miss)));
                }
            }
        });
        misses
            .into_iter()
            .filter_map(|(phrase, miss)| miss.map(|(range, miss)| (PhraseMatch { phrase, range }, miss)))
            .collect()
    }

    /// Calls `look` for every phrase at every place where its first atom occurs.
    fn each_candidate(&self, scan: &Scan<'_>, mut look: impl FnMut(PhraseId, Range<usize>, &CompiledPhrase)) {
        for hit in &scan.hits {
            for &id in &self.by_first[hit.atom as usize] {
                look(id, hit.start..hit.end, &self.phrases[id as usize]);
            }
        }
    }
}

impl Scan<'_> {
    /// The hits of an atom, in order of place.
    fn of(&self, atom: AtomId) -> &[Hit] {
        let start = self.hits.partition_point(|hit| hit.atom < atom);
        let end = self.hits.partition_point(|hit| hit.atom <= atom);
        &self.hits[start..end]
    }

    /// The range so far, widened by the nearest hit of the next atom that the gap allows.
    fn step(&self, from: Range<usize>, gap: &CompiledGap) -> Result<Range<usize>, Miss> {
        let hits = self.of(gap.atom);
        let split = hits.partition_point(|hit| hit.start < from.end);
        let after = hits[split..].first();
        let before = hits[..split].iter().rev().find(|hit| hit.end <= from.start);
        let mut miss = Miss::WrongOrder;
        let mut best: Option<(u32, Range<usize>)> = None;
        let sides = [(after, true), (before.filter(|_| !gap.ordered), false)];
        for (hit, is_after) in sides {
            let Some(hit) = hit else { continue };
            let between = if is_after { from.end..hit.start } else { hit.end..from.start };
            match self.chars_between(between, gap.chars_max) {
                Ok(chars) if best.as_ref().is_none_or(|(least, _)| chars < *least) => {
                    best = Some((chars, from.start.min(hit.start)..from.end.max(hit.end)));
                }
                Ok(_) => {}
                Err(why) => miss = why,
            }
        }
        best.map(|(_, range)| range).ok_or(miss)
    }

    /// How many characters lie in `between`; an error if too many, or if a clause ends among them.
    pub(crate) fn chars_between(&self, between: Range<usize>, chars_max: u32) -> Result<u32, Miss> {
        let chars = self.text.get(between.clone()).map_or(u32::MAX, |gap| gap.chars().count() as u32);
        if chars > chars_max {
            return Err(Miss::TooFar { chars, chars_max });
        }
        let next = self.barriers.partition_point(|&at| at < between.start);
        match self.barriers.get(next) {
            Some(&at) if at < between.end => Err(Miss::AcrossClauses),
            _ => Ok(chars),
        }
    }
}

/// Whether a word may begin or end at byte `at`: not between two letters, nor between two digits.
fn is_edge(text: &str, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
    match (before, after) {
        (Some(a), Some(b)) => {
            let letters = is_spaced_letter(a) && is_spaced_letter(b);
            let digits = a.is_ascii_digit() && b.is_ascii_digit();
            !letters && !digits
        }
        _ => true,
    }
}

/// Where lines end, and sentences: a full stop or its like, before white space or the end of the text.
fn barriers(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            '\n' | '。' | '।' | '။' | '។' | '።' | '۔' | '؟' => true,
            '.' | '!' | '?' => chars.peek().is_none_or(|(_, next)| next.is_whitespace()),
            _ => false,
        };
        if ends {
            found.push(at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::phrase::{Atom, parse_phrase};

    /// Compiles one pattern and shows what it matches in the text.
    fn check(pattern: &str, text: &str, expected: &[&str]) {
        let phrase = parse_phrase(pattern, &Limits::default()).unwrap();
        let mut builder = MatcherBuilder::default();
        let literals = |atom: &Atom, builder: &mut MatcherBuilder| match atom {
            Atom::Words(words) => builder.atom(words),
            Atom::List(name) => panic!("no lists here: {name}"),
        };
        let (first, default) = literals(&phrase.first, &mut builder);
        let rest = phrase.rest.iter().map(|(gap, atom)| CompiledGap {
            ordered: gap.ordered,
            chars_max: gap.chars_max.unwrap_or(default),
            atom: literals(atom, &mut builder).0,
        });
        let rest = rest.collect();
        builder.phrase(CompiledPhrase { first, rest });
        let matcher = builder.build().unwrap();
        let scan = matcher.scan(text, &[], 1000);
        let found: Vec<&str> = matcher.matches(&scan).into_iter().map(|m| &text[m.range]).collect();
        assert_eq!(found, expected, "{pattern:?} in {text:?}");
    }

    #[test]
    fn finds_words_at_their_edges() {
        check("free", "free, freedom, carefree", &["free"]);
        check("free*", "free, freedom, carefree", &["free", "free"]);
        check("*free", "free, freedom, carefree", &["free", "free"]);
        check("usd", "1500usd usdt", &["usd"]);
        check("包吃住", "公司包吃住宿", &["包吃住"]);
        check("ที่พัก", "มีที่พักฟรี", &["ที่พัก"]);
        check("काम", "काम कामना", &["काम"]);
    }

    #[test]
    fn keeps_order_distance_and_clause() {
        check("ticket .. free", "ticket is free", &["ticket is free"]);
        check("ticket .. free", "free ticket", &[]);
        check("ticket <> free", "free ticket", &["free ticket"]);
        check("ticket <>3 free", "ticket is all free", &[]);
        check("ticket <> free", "ticket\nfree", &[]);
        check("ticket <> free", "ticket paid. free food", &[]);
        check("ticket <> free", "ticket no.1 free", &["ticket no.1 free"]);
        check("a .. b .. c", "a b c c", &["a b c"]);
        check("包 .. 票", "包来回机票", &["包来回机票"]);
    }
}
