//! Generated ads whose templates are known, and the measures that compare a clustering with them.
//!
//! The same [`Recipe`] gives the same ads on every machine. The words are invented, but they follow the
//! statistics that make the task hard: word frequencies after Zipf, set phrases, and boilerplate sentences
//! that many unrelated ads share. Nothing here is used when real ads are clustered.

pub mod mixture;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use forewarn_model::{Normalized, NormalizedBuilder, SlotKind, Span};

/// A script to write in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Latin: words with spaces between them.
    Latin,
    /// Cyrillic: the same, two bytes a letter.
    Cyrillic,
    /// Han: words of one to three letters, no spaces.
    Han,
    /// Thai: words of two to four syllables, no spaces.
    Thai,
}

/// What ads to make.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// Other seeds give other ads.
    pub seed: u64,
    /// How many ads.
    pub ads: usize,
    /// The script.
    pub script: Script,
    /// About how many words an ad has.
    pub words: usize,
    /// Which share of the ads is written from templates.
    pub templated: f64,
    /// How many ads are written from one template.
    pub members: RangeInclusive<usize>,
    /// How many slots a template has.
    pub slots: RangeInclusive<usize>,
    /// Shares of words that are edited; template n takes the (n mod length)-th of them.
    pub edits: Vec<f64>,
    /// With which probability a sentence is dropped from a member.
    pub dropped: f64,
    /// With which probability a member has a sentence moved to another place.
    pub moved: f64,
    /// Which share of the sentences of every ad comes from a stock that all ads share.
    pub boilerplate: f64,
}

impl Recipe {
    /// Ads of about 200 words, 30 % of them from templates with 5 to 50 members and 3 to 6 slots; 5, 10
    /// or 15 % of the words edited, sentences dropped and moved.
    pub fn long(seed: u64, ads: usize) -> Self {
        Self {
            seed,
            ads,
            script: Script::Latin,
            words: 200,
            templated: 0.3,
            members: 5..=50,
            slots: 3..=6,
            edits: vec![0.05, 0.10, 0.15],
            dropped: 0.05,
            moved: 0.3,
            boilerplate: 0.2,
        }
    }

    /// Ads of about 30 words with one to three slots, edited like the long ones, a third of each shared
    /// with unrelated ads.
    pub fn short(seed: u64, ads: usize) -> Self {
        Self { words: 30, slots: 1..=3, dropped: 0.0, moved: 0.1, boilerplate: 0.3, ..Self::long(seed, ads) }
    }

    /// Ads of about 30 words that differ in one slot and nothing else.
    pub fn single_slot(seed: u64, ads: usize) -> Self {
        Self { slots: 1..=1, edits: vec![0.0], moved: 0.0, ..Self::short(seed, ads) }
    }
}

/// A generated ad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ad {
    /// Its text.
    pub text: String,
    /// The template that it was written from, if any.
    pub template: Option<u32>,
    /// Which of the recipe's edit rates its template has.
    pub level: usize,
    /// Where its slots are filled, in order.
    pub slots: Vec<(Span, SlotKind)>,
}

/// The ads of a recipe, in random order.
pub fn ads(recipe: &Recipe) -> Vec<Ad> {
    let mut random = Random(recipe.seed);
    let stock = Stock::new(recipe, &mut random);
    let mut ads = Vec::with_capacity(recipe.ads);
    let templated = (recipe.ads as f64 * recipe.templated) as usize;
    let mut template = 0;
    while ads.len() < templated {
        let level = template as usize % recipe.edits.len().max(1);
        let slots = random.within(&recipe.slots);
        let sentences = stock.ad(recipe, slots, &mut random);
        for _ in 0..random.within(&recipe.members).min(templated - ads.len()) {
            let member = vary(&sentences, recipe, level, &stock, &mut random);
            ads.push(write(&member, recipe.script, Some(template), level, &mut random));
        }
        template += 1;
    }
    while ads.len() < recipe.ads {
        let slots = random.within(&recipe.slots);
        let sentences = stock.ad(recipe, slots, &mut random);
        ads.push(write(&sentences, recipe.script, None, 0, &mut random));
    }
    random.shuffle(&mut ads);
    ads
}

/// Lower case with a map back, for generated and other clean texts; `extract` folds real ones.
pub fn fold(text: &str) -> Normalized {
    let mut builder = NormalizedBuilder::with_capacity(text.len());
    let mut count = 0;
    for (at, c) in text.chars().enumerate() {
        let span = Span::new(at as u32, at as u32 + 1);
        c.to_lowercase().for_each(|lower| builder.push(lower, span));
        count = at as u32 + 1;
    }
    builder.finish(count)
}

/// How well groups agree with the truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// The adjusted Rand index (Hubert and Arabie, 1985): 1 is perfect, 0 is chance.
    pub rand_index: f64,
    /// Which share of the pairs that were put together belong together.
    pub precision: f64,
    /// Which share of the pairs that belong together were put together.
    pub recall: f64,
}

/// Compares two labellings of the same things; `None` is a group of its own each time.
pub fn agreement(truth: &[Option<u32>], found: &[Option<u32>]) -> Agreement {
    let alone = |at: usize| u64::from(u32::MAX) + 1 + at as u64;
    let label = |labels: &[Option<u32>], at: usize| labels[at].map_or(alone(at), u64::from);
    let mut both: BTreeMap<(u64, u64), u64> = BTreeMap::new();
    let mut left: BTreeMap<u64, u64> = BTreeMap::new();
    let mut right: BTreeMap<u64, u64> = BTreeMap::new();
    let count = truth.len().min(found.len());
    for at in 0..count {
        let (a, b) = (label(truth, at), label(found, at));
        *both.entry((a, b)).or_default() += 1;
        *left.entry(a).or_default() += 1;
        *right.entry(b).or_default() += 1;
    }
    let pairs = |n: u64| (n * n.saturating_sub(1) / 2) as f64;
    let together: f64 = both.values().map(|&n| pairs(n)).sum();
    let in_truth: f64 = left.values().map(|&n| pairs(n)).sum();
    let in_found: f64 = right.values().map(|&n| pairs(n)).sum();
    let chance = in_truth * in_found / pairs(count as u64).max(1.0);
    let most = (in_truth + in_found) / 2.0;
    let ratio = |part: f64, whole: f64| if whole == 0.0 { 1.0 } else { part / whole };
    Agreement {
        rand_index: ratio(together - chance, most - chance),
        precision: ratio(together, in_found),
        recall: ratio(together, in_truth),
    }
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        crate::tokens::mix(self.0)
    }

    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        ((self.unit() * end as f64) as usize).min(end.saturating_sub(1))
    }

    fn within(&mut self, range: &RangeInclusive<usize>) -> usize {
        range.start() + self.below(range.end() + 1 - range.start())
    }

    /// Of `count` things, one with a probability about as 1 over its rank.
    fn zipf(&mut self, count: usize) -> usize {
        ((count as f64).powf(self.unit()) as usize - 1).min(count - 1)
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Word(u32),
    Slot(SlotKind),
}

type Sentence = Vec<Piece>;

const VOCABULARY: usize = 20_000;
const SET_PHRASES: usize = 4_000;
const BOILERPLATE: usize = 200;
const SENTENCE_WORDS: RangeInclusive<usize> = 8..=15;
const SLOT_KINDS: [SlotKind; 7] = [
    SlotKind::Phone,
    SlotKind::Handle,
    SlotKind::Salary,
    SlotKind::Place,
    SlotKind::Name,
    SlotKind::Date,
    SlotKind::Text,
];

/// What all ads draw from.
struct Stock {
    set_phrases: Vec<Sentence>,
    boilerplate: Vec<Sentence>,
}

impl Stock {
    fn new(recipe: &Recipe, random: &mut Random) -> Self {
        let words = |random: &mut Random, count: usize| -> Sentence {
            (0..count).map(|_| Piece::Word(random.zipf(VOCABULARY) as u32)).collect()
        };
        let set_phrases = (0..SET_PHRASES)
            .map(|_| {
                let count = random.within(&(2..=4));
                words(random, count)
            })
            .collect();
        let mut stock = Self { set_phrases, boilerplate: Vec::new() };
        let longest = (recipe.words / 2).clamp(4, *SENTENCE_WORDS.end());
        stock.boilerplate = (0..BOILERPLATE).map(|_| stock.sentence(longest, random)).collect();
        stock
    }

    /// A sentence of words, two in five of them in set phrases.
    fn sentence(&self, longest: usize, random: &mut Random) -> Sentence {
        let count = random.within(&SENTENCE_WORDS).min(longest);
        let mut sentence = Vec::with_capacity(count + 3);
        while sentence.len() < count {
            if random.unit() < 0.2 {
                sentence.extend_from_slice(&self.set_phrases[random.zipf(SET_PHRASES)]);
            } else {
                sentence.push(Piece::Word(random.zipf(VOCABULARY) as u32));
            }
        }
        sentence
    }

    fn ad(&self, recipe: &Recipe, slots: usize, random: &mut Random) -> Vec<Sentence> {
        let mut sentences: Vec<Sentence> = Vec::new();
        let mut own = Vec::new();
        let mut words = 0;
        while words < recipe.words {
            let shared = random.unit() < recipe.boilerplate;
            let sentence = if shared {
                self.boilerplate[random.zipf(BOILERPLATE)].clone()
            } else {
                own.push(sentences.len());
                self.sentence(recipe.words - words.min(recipe.words - 4), random)
            };
            words += sentence.len();
            sentences.push(sentence);
        }
        if own.is_empty() {
            own.push(0);
            sentences[0] = self.sentence(*SENTENCE_WORDS.end(), random);
        }
        for n in 0..slots {
            let sentence = &mut sentences[own[random.below(own.len())]];
            let at = 1 + random.below(sentence.len());
            sentence.insert(
                at.min(sentence.len()),
                Piece::Slot(SLOT_KINDS[(n + random.below(3)) % SLOT_KINDS.len()]),
            );
        }
        sentences
    }
}

/// A member of a template: words edited, sentences dropped, one moved.
fn vary(
    template: &[Sentence],
    recipe: &Recipe,
    level: usize,
    stock: &Stock,
    random: &mut Random,
) -> Vec<Sentence> {
    let edits = recipe.edits.get(level).copied().unwrap_or_default();
    let mut member: Vec<Sentence> = Vec::with_capacity(template.len());
    for sentence in template {
        if template.len() > 3 && random.unit() < recipe.dropped {
            continue;
        }
        let mut varied = Vec::with_capacity(sentence.len() + 2);
        for &piece in sentence {
            if matches!(piece, Piece::Slot(_)) || random.unit() >= edits {
                varied.push(piece);
                continue;
            }
            let other = stock.sentence(1, random)[0];
            match random.below(3) {
                0 => {}
                1 => varied.push(other),
                _ => varied.extend([piece, other]),
            }
        }
        member.push(varied);
    }
    if member.len() > 1 && random.unit() < recipe.moved {
        let sentence = member.remove(random.below(member.len()));
        member.insert(random.below(member.len() + 1), sentence);
    }
    member
}

fn write(
    sentences: &[Sentence],
    script: Script,
    template: Option<u32>,
    level: usize,
    random: &mut Random,
) -> Ad {
    let (space, stop) = match script {
        Script::Latin | Script::Cyrillic => (" ", ". "),
        Script::Han => ("", "。"),
        Script::Thai => ("", " "),
    };
    let mut text = String::new();
    let mut count = 0;
    let mut slots = Vec::new();
    for sentence in sentences {
        for (at, &piece) in sentence.iter().enumerate() {
            let word = match piece {
                Piece::Word(id) => spell(id, script, at == 0),
                Piece::Slot(kind) => fill(kind, script, random),
            };
            let len = word.chars().count() as u32;
            if let Piece::Slot(kind) = piece {
                slots.push((Span::new(count, count + len), kind));
            }
            let after = if at + 1 == sentence.len() { stop } else { space };
            text.push_str(&word);
            text.push_str(after);
            count += len + after.chars().count() as u32;
        }
    }
    Ad { text, template, level, slots }
}

const LATIN: [&str; 16] =
    ["ka", "ren", "to", "si", "mal", "po", "du", "vis", "en", "or", "tan", "le", "bri", "cho", "gu", "ast"];
const CYRILLIC: [&str; 16] =
    ["ка", "рен", "то", "си", "мал", "по", "ду", "вис", "ен", "ор", "тан", "ле", "бри", "чо", "гу", "аст"];
/// The word with this number, always the same one; common words are short.
fn spell(id: u32, script: Script, capital: bool) -> String {
    let syllables = match script {
        Script::Latin => &LATIN,
        Script::Cyrillic => &CYRILLIC,
        Script::Thai => {
            // Two or three syllables of a consonant and a vowel.
            let hash = crate::tokens::mix(u64::from(id)) as u32;
            let count = if id < 200 { 1 } else { 2 + (hash & 1) };
            let letter = |first: u32, count: u32, n: u32| char::from_u32(first + n % count).unwrap_or('ก');
            let syllable =
                |n: u32| [letter(0x0E01, 44, hash >> (9 * n)), letter(0x0E30, 8, hash >> (9 * n + 6))];
            return (0..count).flat_map(syllable).collect();
        }
        Script::Han => {
            // Two letters out of three thousand for most words, one for the commonest.
            let letter = |n: u32| char::from_u32(0x4E00 + n % 3_000).unwrap_or('一');
            let hash = crate::tokens::mix(u64::from(id)) as u32;
            return if id < 200 {
                letter(id * 13).to_string()
            } else {
                [letter(hash), letter(hash >> 12)].iter().collect()
            };
        }
    };
    let mut word = String::new();
    let mut rest = id + 1;
    while rest > 0 {
        word.push_str(syllables[rest as usize % 16]);
        rest /= 16;
    }
    if !capital {
        return word;
    }
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn fill(kind: SlotKind, script: Script, random: &mut Random) -> String {
    let words = |random: &mut Random, count: usize, capital: bool| -> String {
        let all: Vec<String> =
            (0..count).map(|_| spell(random.below(VOCABULARY) as u32, script, capital)).collect();
        all.join(if matches!(script, Script::Han | Script::Thai) { "" } else { " " })
    };
    match kind {
        SlotKind::Phone => format!("+855{:08}", random.below(100_000_000)),
        SlotKind::Handle => {
            format!("@{}{}", spell(random.below(VOCABULARY) as u32, Script::Latin, false), random.below(100))
        }
        SlotKind::Salary => format!("${}", 500 + 50 * random.below(60)),
        SlotKind::Date => format!("{:02}/{:02}/2024", 1 + random.below(28), 1 + random.below(12)),
        SlotKind::Place | SlotKind::Name => {
            let count = random.within(&(1..=2));
            words(random, count, true)
        }
        _ => {
            let count = random.within(&(1..=4));
            words(random, count, false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_to_the_recipe() {
        for script in [Script::Latin, Script::Cyrillic, Script::Han, Script::Thai] {
            let recipe = Recipe { script, ..Recipe::long(7, 1_000) };
            let made = ads(&recipe);
            assert_eq!(made.len(), 1_000);
            assert_eq!(made, ads(&recipe), "the same recipe gives the same ads");
            assert_ne!(made, ads(&Recipe { seed: 8, ..recipe.clone() }));
            assert_eq!(made.iter().filter(|ad| ad.template.is_some()).count(), 300);
            for ad in &made {
                assert!(ad.slots.iter().all(|(span, _)| !span.slice(&ad.text).trim().is_empty()));
            }
        }
        let words: usize = ads(&Recipe::short(1, 500)).iter().map(|ad| ad.text.split(' ').count()).sum();
        assert!((28..=42).contains(&(words / 500)), "{} words an ad", words / 500);
    }

    #[test]
    fn measures_agreement() {
        let check = |truth: &[Option<u32>], found: &[Option<u32>], expected: [f64; 3]| {
            let Agreement { rand_index, precision, recall } = agreement(truth, found);
            for (value, expected) in [rand_index, precision, recall].into_iter().zip(expected) {
                assert!((value - expected).abs() < 1e-9, "{value} for {expected}");
            }
        };
        let (a, b) = (Some(0), Some(1));
        check(&[a, a, b, b, None], &[b, b, a, a, None], [1.0, 1.0, 1.0]);
        check(&[a, a, b, b], &[a, a, a, a], [0.0, 1.0 / 3.0, 1.0]);
        check(&[a, a, b, b], &[None; 4], [0.0, 1.0, 0.0]);
        // Worked by hand: pairs 2 in common, 3 in truth, 4 found, 10 in all.
        check(&[a, a, a, None, None], &[a, a, b, b, b], [(1.0 - 1.2) / (3.5 - 1.2), 0.25, 1.0 / 3.0]);
    }
}
