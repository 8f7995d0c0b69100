//! A second generator, made independently of the first one, so that nothing is tuned to one set of habits:
//! another vocabulary, whole sentences out of real-looking offers as boilerplate, slots that are sentences,
//! footers, quotations, exact copies, tiny campaigns and a huge one.

use std::ops::RangeInclusive;

use forewarn_model::{SlotKind, Span};

use super::{Ad, Random};

/// How words of an invented language look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alphabet {
    /// The letters, as ranges of scalar values.
    pub letters: &'static [(u32, u32)],
    /// How many letters a word has at least and at most.
    pub word: (usize, usize),
    /// What stands between words.
    pub space: &'static str,
    /// What ends a sentence.
    pub stop: &'static str,
}

/// Alphabets by name: scripts with spaces between words and scripts without.
pub const ALPHABETS: [(&str, Alphabet); 9] = [
    ("latin", Alphabet { letters: &[(0x61, 0x7A)], word: (2, 10), space: " ", stop: ". " }),
    ("arabic", Alphabet { letters: &[(0x628, 0x63A)], word: (2, 8), space: " ", stop: ". " }),
    ("devanagari", Alphabet { letters: &[(0x915, 0x939)], word: (2, 6), space: " ", stop: "। " }),
    ("han", Alphabet { letters: &[(0x4E00, 0x5900)], word: (1, 3), space: "", stop: "。" }),
    (
        "japanese",
        Alphabet { letters: &[(0x3042, 0x3082), (0x4E00, 0x5200)], word: (1, 4), space: "", stop: "。" },
    ),
    ("thai", Alphabet { letters: &[(0x0E01, 0x0E2E)], word: (2, 6), space: "", stop: " " }),
    ("lao", Alphabet { letters: &[(0x0E94, 0x0EA3)], word: (2, 6), space: "", stop: " " }),
    ("khmer", Alphabet { letters: &[(0x1780, 0x17A2)], word: (2, 6), space: "", stop: "។ " }),
    ("burmese", Alphabet { letters: &[(0x1000, 0x1020)], word: (2, 6), space: "", stop: "။ " }),
];

/// What ads to make.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture<'a> {
    /// Other seeds give other ads.
    pub seed: u64,
    /// How many ads, about.
    pub ads: usize,
    /// How words look.
    pub alphabet: Alphabet,
    /// How many sentences an ad has.
    pub sentences: RangeInclusive<usize>,
    /// Sentences that unrelated ads share, out of real or real-looking offers.
    pub stock: &'a [String],
    /// Which share of an ad's sentences comes from there.
    pub stocked: f64,
    /// Which share of the ads is written from templates.
    pub templated: f64,
    /// How many ads are written from one template.
    pub members: RangeInclusive<usize>,
    /// How many slots a template has.
    pub slots: RangeInclusive<usize>,
    /// Which share of the words of a member is edited, drawn per template.
    pub edits: (f64, f64),
    /// With which probability a sentence of a member is dropped, and a member has one moved.
    pub dropped: f64,
    /// With which probability a member has a sentence moved; above 1 all sentences are shuffled.
    pub moved: f64,
    /// How many members one more campaign has.
    pub huge: usize,
    /// Which share of all ads ends in one of three long footers.
    pub footers: f64,
    /// Which share of the ads outside templates quotes a part of another ad.
    pub quoting: f64,
    /// Which share of the members repeats the member before it letter for letter.
    pub copies: f64,
}

impl<'a> Mixture<'a> {
    /// Long ads of 8 to 20 sentences.
    pub fn long(seed: u64, ads: usize, alphabet: Alphabet, stock: &'a [String]) -> Self {
        Self {
            seed,
            ads,
            alphabet,
            sentences: 8..=20,
            stock,
            stocked: 0.2,
            templated: 0.3,
            members: 5..=50,
            slots: 3..=6,
            edits: (0.05, 0.15),
            dropped: 0.05,
            moved: 0.3,
            huge: 0,
            footers: 0.0,
            quoting: 0.0,
            copies: 0.0,
        }
    }

    /// Ads of two to four sentences, about 30 words, with one to three slots.
    pub fn short(seed: u64, ads: usize, alphabet: Alphabet, stock: &'a [String]) -> Self {
        Self {
            sentences: 2..=4,
            slots: 1..=3,
            dropped: 0.0,
            moved: 0.1,
            ..Self::long(seed, ads, alphabet, stock)
        }
    }

    /// The long ads with everything that makes it hard at once.
    pub fn hard(seed: u64, ads: usize, alphabet: Alphabet, stock: &'a [String]) -> Self {
        Self {
            members: 2..=30,
            footers: 0.2,
            quoting: 0.05,
            copies: 0.1,
            ..Self::long(seed, ads, alphabet, stock)
        }
    }

    /// The ads, in random order.
    pub fn ads(&self) -> Vec<Ad> {
        let mut maker = Maker { of: self, random: Random(self.seed ^ 0x5eed), footers: Vec::new() };
        maker.footers = (0..3).map(|_| (0..4).flat_map(|_| maker.sentence(18)).collect()).collect();
        maker.ads()
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Word(String),
    Slot(SlotKind),
    Stop,
}

struct Maker<'a> {
    of: &'a Mixture<'a>,
    random: Random,
    footers: Vec<Vec<Piece>>,
}

const VOCABULARY: f64 = 60_000.0;
/// Words around a slot: a label, then the value.
const SLOTS: [SlotKind; 6] =
    [SlotKind::Phone, SlotKind::Handle, SlotKind::Salary, SlotKind::Place, SlotKind::Name, SlotKind::Date];

impl Maker<'_> {
    fn ads(&mut self) -> Vec<Ad> {
        let mut ads: Vec<Ad> = Vec::with_capacity(self.of.ads);
        let templated = (self.of.ads as f64 * self.of.templated) as usize;
        let mut template = 0;
        let mut sizes = vec![self.of.huge; usize::from(self.of.huge > 0)];
        while ads.len() < templated || !sizes.is_empty() {
            let size = sizes.pop().unwrap_or_else(|| self.random.within(&self.of.members));
            let base = self.template();
            let (least, most) = self.of.edits;
            let edits = least + (most - least) * self.random.unit();
            for member in 0..size {
                if member > 0 && self.random.unit() < self.of.copies {
                    ads.extend(ads.last().cloned());
                    continue;
                }
                let varied = self.vary(&base, edits);
                ads.push(self.write(varied, Some(template)));
            }
            template += 1;
        }
        let mut earlier: Option<Vec<Vec<Piece>>> = None;
        while ads.len() < self.of.ads {
            let mut sentences = self.plain();
            if let Some(quoted) = earlier.take_if(|_| self.random.unit() < self.of.quoting) {
                // A quarter of what it says itself.
                let count = (sentences.len() / 4).min(quoted.len());
                sentences.splice(0..0, quoted.into_iter().take(count));
            }
            earlier = Some(sentences.clone());
            ads.push(self.write(sentences, None));
        }
        self.random.shuffle(&mut ads);
        ads
    }

    fn plain(&mut self) -> Vec<Vec<Piece>> {
        let count = self.random.within(&self.of.sentences);
        let mut sentences: Vec<Vec<Piece>> = (0..count).map(|_| self.any_sentence()).collect();
        if !sentences.iter().any(|sentence| sentence.len() > 4) {
            sentences.push(self.sentence(10));
        }
        // At least one sentence of its own, as an ad has that is not all boilerplate.
        sentences[0] = self.sentence(12);
        sentences
    }

    fn any_sentence(&mut self) -> Vec<Piece> {
        if !self.of.stock.is_empty() && self.random.unit() < self.of.stocked {
            let sentence = &self.of.stock[self.random.below(self.of.stock.len())];
            return sentence
                .split(' ')
                .map(|word| Piece::Word(word.to_owned()))
                .chain([Piece::Stop])
                .collect();
        }
        let count = self.random.within(&(6..=16));
        self.sentence(count)
    }

    fn sentence(&mut self, count: usize) -> Vec<Piece> {
        (0..count).map(|_| Piece::Word(self.word())).chain([Piece::Stop]).collect()
    }

    /// A word by Zipf's law: the n-th most common one about 1/n as often as the first.
    fn word(&mut self) -> String {
        let rank = VOCABULARY.powf(self.random.unit()) as u64;
        spell(rank, &self.of.alphabet)
    }

    fn template(&mut self) -> Vec<Vec<Piece>> {
        let mut sentences = self.plain();
        for n in 0..self.random.within(&self.of.slots) {
            let kind = SLOTS[(n + self.random.below(3)) % SLOTS.len()];
            let mut sentence: Vec<Piece> = vec![Piece::Word(self.word()), Piece::Word(self.word())];
            sentence.push(Piece::Slot(kind));
            let end = self.word();
            sentence.extend([Piece::Word(end), Piece::Stop]);
            let at = self.random.below(sentences.len() + 1);
            sentences.insert(at, sentence);
        }
        sentences
    }

    fn vary(&mut self, template: &[Vec<Piece>], edits: f64) -> Vec<Vec<Piece>> {
        let mut member = Vec::with_capacity(template.len());
        for sentence in template {
            if template.len() > 3 && self.random.unit() < self.of.dropped {
                continue;
            }
            let mut varied = Vec::with_capacity(sentence.len() + 2);
            for piece in sentence {
                if !matches!(piece, Piece::Word(_)) || self.random.unit() >= edits {
                    varied.push(piece.clone());
                    continue;
                }
                match self.random.below(4) {
                    0 => {}
                    1 => varied.extend([Piece::Word(self.word()), piece.clone()]),
                    _ => varied.push(Piece::Word(self.word())),
                }
            }
            member.push(varied);
        }
        if self.of.moved > 1.0 {
            self.random.shuffle(&mut member);
        } else if member.len() > 1 && self.random.unit() < self.of.moved {
            let sentence = member.remove(self.random.below(member.len()));
            let at = self.random.below(member.len() + 1);
            member.insert(at, sentence);
        }
        member
    }

    fn write(&mut self, mut sentences: Vec<Vec<Piece>>, template: Option<u32>) -> Ad {
        if self.random.unit() < self.of.footers {
            sentences.push(self.footers[self.random.below(self.footers.len())].clone());
        }
        let mut ad = Ad { text: String::new(), template, level: 0, slots: Vec::new() };
        let Alphabet { space, stop, .. } = self.of.alphabet;
        for piece in sentences.iter().flatten() {
            match piece {
                Piece::Word(word) => ad.text.extend([word.as_str(), space]),
                Piece::Slot(kind) => {
                    let start = ad.text.chars().count() as u32;
                    let value = fill(*kind, &self.of.alphabet, &mut self.random);
                    ad.slots.push((Span::new(start, start + value.chars().count() as u32), *kind));
                    ad.text.extend([value.as_str(), space]);
                }
                Piece::Stop => {
                    ad.text.truncate(ad.text.trim_end().len());
                    ad.text.push_str(stop);
                }
            }
        }
        ad
    }
}

/// The word with this number, always the same one.
fn spell(number: u64, alphabet: &Alphabet) -> String {
    let mut random = Random(number.wrapping_mul(0xA24B_AED4_963E_E407));
    let (least, most) = alphabet.word;
    // Common words are short.
    let most = if number < 100 { (least + most) / 2 } else { most };
    (0..random.within(&(least..=most)))
        .filter_map(|_| {
            let (first, end) = alphabet.letters[random.below(alphabet.letters.len())];
            char::from_u32(first + random.below((end - first) as usize) as u32)
        })
        .collect()
}

fn fill(kind: SlotKind, alphabet: &Alphabet, random: &mut Random) -> String {
    match kind {
        SlotKind::Phone => format!("+44 7700 900{:03}", random.below(1_000)),
        SlotKind::Handle => {
            format!("@{}{}", ["hr", "job", "boss", "desk"][random.below(4)], random.below(10_000))
        }
        SlotKind::Salary => format!("${}", 500 + 50 * random.below(60)),
        SlotKind::Date => format!("2024-{:02}-{:02}", 1 + random.below(12), 1 + random.below(28)),
        _ => spell(1_000 + random.below(20_000) as u64, alphabet),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_what_is_asked_for() {
        let stock = ["Apply today and tell your friends".to_owned()];
        for (name, alphabet) in ALPHABETS {
            let mixture = Mixture { huge: 100, ..Mixture::hard(3, 600, alphabet, &stock) };
            let ads = mixture.ads();
            assert!(ads.len() >= 600, "{name}");
            assert_eq!(ads, mixture.ads(), "{name}: the same seed gives the same ads");
            assert!(ads.iter().filter(|ad| ad.template == Some(0)).count() == 100, "{name}");
            assert!(ads.iter().all(|ad| ad.slots.iter().all(|(span, _)| !span.slice(&ad.text).is_empty())));
            assert!(
                ads.iter()
                    .any(|ad| ad.text.contains("Apply today and tell your friends")
                        || ad.text.contains("Apply")),
                "{name}"
            );
        }
    }
}
