//! Every literal of a pack in one look-up, and the phrases built of them.
//!
//! The text is read once. Every hit of a literal counts for the atoms that contain it; a phrase is looked
//! at only if its first atom was hit, so the cost follows what the text says, not how many rules exist.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use forewarn_model::Language;
use rustc_hash::FxHashMap;

use crate::filter::Filter;
use crate::fold::is_spaced_letter;
use crate::phrase::{Literal, default_gap_chars};
use crate::scan::{Class, Classes, Hit, Miss, Scan};
use crate::trie::Trie;

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

/// A phrase found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PhraseMatch {
    pub phrase: PhraseId,
    pub range: Range<usize>,
}

/// A literal in an atom: in which language it counts, and which of its ends must be the edge of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct LiteralUse {
    atom: AtomId,
    /// The bit of the language that it is bound to.
    only: u8,
    edge_start: bool,
    edge_end: bool,
}

/// Languages so near to one another that words of one are looked for in the other.
const KIN: [(&str, &str); 1] = [("id", "ms")];

/// A set of languages: one bit for each that literals are bound to, and one for every text.
type LanguageSet = u128;

/// The bit of literals that are looked for in every text.
const EVERY_TEXT: u8 = 127;

/// The bits of languages; beyond 127 languages the last share one.
#[derive(Debug, Default)]
struct LanguageBits(BTreeMap<Language, (String, u8)>);

impl LanguageBits {
    /// The bit of a language; new ones get the next.
    fn bit(&mut self, language: Language) -> u8 {
        let next = self.0.len().min(126) as u8;
        self.0.entry(language).or_insert_with(|| (language.primary().to_owned(), next)).1
    }

    /// The languages in whose texts, or whose kin's, words may be looked for; none known: all.
    fn wanted(&self, spoken: &[Language]) -> Wanted {
        let kin = |a: &str, b: &str| a == b || KIN.contains(&(a, b)) || KIN.contains(&(b, a));
        let spoken: Vec<&str> = spoken.iter().map(Language::primary).collect();
        let near = |primary: &str| spoken.is_empty() || spoken.iter().any(|other| kin(primary, other));
        let mut each: Vec<u8> =
            self.0.values().filter(|(primary, _)| near(primary)).map(|&(_, bit)| bit).collect();
        each.push(EVERY_TEXT);
        each.sort_unstable();
        each.dedup();
        Wanted { set: each.iter().fold(0, |set, bit| set | 1 << bit), each, all: spoken.is_empty() }
    }
}

/// The languages whose words are looked for in a text.
struct Wanted {
    set: LanguageSet,
    /// The same, sorted.
    each: Vec<u8>,
    /// Whether it is all of them.
    all: bool,
}

/// A literal with so many times more uses than languages are wanted is searched rather than gone through.
const SEARCHED_FACTOR: usize = 4;

/// Collects literals, atoms and phrases.
#[derive(Debug, Default)]
pub(crate) struct MatcherBuilder {
    literals: FxHashMap<String, Vec<LiteralUse>>,
    atoms: FxHashMap<Vec<Literal>, (AtomId, u32)>,
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
            match self.literals.get_mut(&literal.text) {
                Some(uses) => uses.push(used),
                None => drop(self.literals.insert(literal.text.clone(), vec![used])),
            }
        }
        entry
    }

    /// Adds a phrase; its id is how many there were before.
    pub(crate) fn phrase(&mut self, phrase: CompiledPhrase) {
        self.phrases.push(phrase);
    }

    /// How many different literals there are so far.
    pub(crate) fn literal_count(&self) -> usize {
        self.literals.len()
    }

    /// How many phrases there are so far.
    pub(crate) fn phrase_count(&self) -> usize {
        self.phrases.len()
    }

    /// Builds the look-up.
    pub(crate) fn build(self) -> Matcher {
        let mut by_first = vec![Vec::new(); self.atoms.len()];
        let mut roles = vec![AtomRole::default(); self.atoms.len()];
        for (id, phrase) in self.phrases.iter().enumerate() {
            by_first[phrase.first as usize].push(id as PhraseId);
            roles[phrase.first as usize].leads = true;
            phrase.rest.iter().for_each(|gap| roles[gap.atom as usize].follows = true);
        }
        let mut literals: Vec<(String, Vec<LiteralUse>)> = self.literals.into_iter().collect();
        for (_, uses) in &mut literals {
            uses.sort_unstable_by_key(|used| (used.only, used.atom, used.edge_start, used.edge_end));
        }
        literals.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let (at_edges, anywhere) =
            literals.into_iter().partition(|(_, uses)| uses.iter().all(|used| used.edge_start));
        let anywhere = Literals::new(anywhere);
        let mut skipped = [false; 256];
        for byte in b'a'..=b'z' {
            skipped[usize::from(byte)] = !anywhere.filter.may_start_with(byte);
        }
        Matcher {
            at_edges: Literals::new(at_edges),
            anywhere,
            skipped,
            classes: Classes::new(),
            phrases: self.phrases,
            by_first: Rows::new(by_first),
            roles,
            languages: self.languages,
        }
    }
}

/// Letters, and digits, whose neighbours decide whether a word ends.
fn is_edge_letter(c: char) -> bool {
    is_spaced_letter(c) || c.is_ascii_digit()
}

/// Lists of various length, stored one behind the other.
#[derive(Debug)]
struct Rows<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Rows<T> {
    fn new(rows: Vec<Vec<T>>) -> Self {
        let mut all = Self { starts: vec![0], items: Vec::new() };
        for row in rows {
            all.items.extend(row);
            all.starts.push(all.items.len() as u32);
        }
        all
    }

    #[inline]
    fn row(&self, at: usize) -> &[T] {
        &self.items[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// Literals with what they are for.
#[derive(Debug)]
struct Literals {
    trie: Trie,
    /// The languages in which a literal counts at all.
    only: Vec<LanguageSet>,
    uses: Rows<LiteralUse>,
    /// What begins any of them.
    filter: Filter,
    /// What begins those that count in texts of a language, by its bit, with those that count in every text.
    by_language: BTreeMap<u8, Filter>,
}

impl Literals {
    /// Sorted by text.
    fn new(literals: Vec<(String, Vec<LiteralUse>)>) -> Self {
        let texts: Vec<&str> = literals.iter().map(|(text, _)| text.as_str()).collect();
        let trie = Trie::new(&texts);
        let only = literals.iter().map(|(_, uses)| uses.iter().fold(0, |set, used| set | 1 << used.only));
        let only = only.collect();
        let (mut filter, mut each, mut by_language) = (Filter::new(), Filter::new(), BTreeMap::new());
        for (text, uses) in &literals {
            filter.add(text);
            for used in uses {
                match used.only {
                    EVERY_TEXT => each.add(text),
                    language => by_language.entry(language).or_insert_with(Filter::new).add(text),
                }
            }
        }
        by_language.values_mut().for_each(|filter| filter.join(&each));
        by_language.insert(EVERY_TEXT, each);
        let uses = Rows::new(literals.into_iter().map(|(_, uses)| uses).collect());
        Self { trie, only, uses, filter, by_language }
    }

    /// The filter for texts of these languages.
    fn filter(&self, languages: &Wanted) -> Cow<'_, Filter> {
        if languages.all {
            return Cow::Borrowed(&self.filter);
        }
        let filters = languages.each.iter().filter_map(|language| self.by_language.get(language));
        match *filters.collect::<Vec<_>>().as_slice() {
            [] => Cow::Borrowed(&self.filter),
            // The last is that of every text, which the others hold.
            [only] | [only, _] => Cow::Borrowed(only),
            [first, ref others @ ..] => {
                let mut joined = first.clone();
                others.iter().for_each(|filter| joined.join(filter));
                Cow::Owned(joined)
            }
        }
    }
}

/// Where an atom stands in phrases.
#[derive(Debug, Clone, Copy, Default)]
struct AtomRole {
    /// A phrase begins with it.
    leads: bool,
    /// It stands behind a gap.
    follows: bool,
}

/// The compiled literals and phrases of a pack.
#[derive(Debug)]
pub(crate) struct Matcher {
    /// Literals that begin only where a word does.
    at_edges: Literals,
    /// Literals that begin at any character.
    anywhere: Literals,
    classes: Classes,
    /// ASCII letters with which nothing begins inside a word: most bytes of most texts.
    skipped: [bool; 256],
    phrases: Vec<CompiledPhrase>,
    /// The phrases that begin with an atom.
    by_first: Rows<PhraseId>,
    roles: Vec<AtomRole>,
    languages: LanguageBits,
}

impl Matcher {
    /// Finds every literal at the edges that it asks for; at most about `hits_max` hits are kept. `spoken` are
    /// the languages of the text; empty where they are not known.
    pub(crate) fn scan<'t>(&self, text: &'t str, spoken: &[Language], hits_max: usize) -> Scan<'t> {
        let languages = self.languages.wanted(spoken);
        let bytes = text.as_bytes();
        let (at_edges, anywhere) = (self.at_edges.filter(&languages), self.anywhere.filter(&languages));
        let mut scan = Scan::new(text);
        let mut before = Class::Other;
        let mut at = 0;
        while at < bytes.len() && scan.hits.len() < hits_max {
            if before == Class::Letter {
                at += bytes[at..].iter().take_while(|&&byte| self.skipped[usize::from(byte)]).count();
                if at == bytes.len() {
                    break;
                }
            }
            let (class, len) = self.classes.at(text, at);
            let edge = !class.joins(before);
            before = class;
            let here = at;
            at += len;
            if edge && at_edges.may_start(bytes, here) {
                self.look_up(&self.at_edges, here, edge, &languages, &mut scan);
            }
            if anywhere.may_start(bytes, here) {
                self.look_up(&self.anywhere, here, edge, &languages, &mut scan);
            }
            if class == Class::Stop || (class == Class::StopBeforeSpace && is_space(text, at)) {
                scan.barriers.push(here);
            }
        }
        scan.followers.sort_unstable();
        scan
    }

    /// Every literal of a set that begins at byte `at`.
    fn look_up(&self, literals: &Literals, at: usize, edge: bool, languages: &Wanted, scan: &mut Scan<'_>) {
        let text = scan.text;
        literals.trie.each_at(text.as_bytes(), at, |literal, end| {
            if literals.only[literal] & languages.set == 0 {
                return;
            }
            let mut ends_word = None;
            let mut hit = |used: &LiteralUse| {
                let starts = edge || !used.edge_start;
                if !starts
                    || (used.edge_end && !*ends_word.get_or_insert_with(|| self.classes.is_edge(text, end)))
                {
                    return;
                }
                let hit = Hit { atom: used.atom, start: at, end };
                let role = self.roles[used.atom as usize];
                if role.leads {
                    scan.hits.push(hit);
                }
                if role.follows {
                    scan.followers.push(hit);
                }
            };
            // Words that all languages share stand in a list of each: the lists wanted are looked up.
            let uses = literals.uses.row(literal);
            if uses.len() > languages.each.len() * SEARCHED_FACTOR {
                for &language in &languages.each {
                    let start = uses.partition_point(|used| used.only < language);
                    uses[start..].iter().take_while(|used| used.only == language).for_each(&mut hit);
                }
            } else {
                uses.iter().filter(|used| languages.set >> used.only & 1 == 1).for_each(&mut hit);
            }
        });
    }

    /// Every match of every phrase, in order of place.
    pub(crate) fn matches(&self, scan: &Scan<'_>) -> Vec<PhraseMatch> {
        let mut found = Vec::with_capacity(scan.hits.len());
        self.each_candidate(scan, |id, first, phrase| {
            if let Some(range) = phrase.rest.iter().try_fold(first, |range, gap| scan.step(range, gap).ok()) {
                found.push(PhraseMatch { phrase: id, range });
            }
        });
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

    /// Phrases whose first atom occurs and another does not: the place of the first, and which part is the first
    /// that is missing, from 1.
    pub(crate) fn partial(&self, scan: &Scan<'_>) -> Vec<(PhraseMatch, usize)> {
        let mut found: BTreeMap<PhraseId, (PhraseMatch, usize)> = BTreeMap::new();
        self.each_candidate(scan, |phrase, range, compiled| {
            if let Some(missing) = compiled.rest.iter().position(|gap| scan.of(gap.atom).is_empty()) {
                found.entry(phrase).or_insert_with(|| (PhraseMatch { phrase, range }, missing + 1));
            }
        });
        found.into_values().collect()
    }

    /// Calls `look` for every phrase at every place where its first atom occurs.
    fn each_candidate(&self, scan: &Scan<'_>, mut look: impl FnMut(PhraseId, Range<usize>, &CompiledPhrase)) {
        for hit in &scan.hits {
            for &id in self.by_first.row(hit.atom as usize) {
                look(id, hit.start..hit.end, &self.phrases[id as usize]);
            }
        }
    }
}

/// Whether white space, or nothing, comes at byte `at`.
fn is_space(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_none_or(char::is_whitespace)
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
        let matcher = builder.build();
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
