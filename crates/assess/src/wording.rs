//! The wording of a text as hashed n-grams: words, pairs of words, and parts of words, so that a language
//! without spaces, a misspelling or an inflected form still resembles what was learned.
//!
//! Identifiers (numbers, handles, addresses) are left out: they say who wrote, not how. The folded text is
//! read once; whoever else wants to know where words begin is told on the way.

use forewarn_model::{Facts, Span};

use crate::letter::{Class, class};

/// After how many different n-grams no further word is read.
const GRAMS_MAX: usize = 40_000;

/// How many passages are shown as evidence.
const SPANS_MAX: usize = 5;

/// Among how many n-grams they are sought: neighbours overlap.
const CANDIDATES_MAX: usize = 40;

/// Evidence weighs at least one part in this many of what the strongest n-gram weighs.
const WEAKEST_PART: i32 = 2;

/// An n-gram at its first occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gram {
    pub(crate) bucket: u32,
    /// Where it begins in the folded text, in bytes.
    pub(crate) start: u32,
    /// Where it ends.
    pub(crate) end: u32,
}

/// The n-grams of a text, each bucket once, in the order of the text.
#[derive(Debug)]
pub(crate) struct Grams {
    pub(crate) all: Vec<Gram>,
}

impl Grams {
    /// The n-grams of the folded text in 2^`hash_bits` buckets. `begins` is called with every byte outside
    /// identifiers where a word, a letter of a script without spaces, or a symbol begins.
    pub(crate) fn of(facts: &Facts, hash_bits: u32, mut begins: impl FnMut(usize)) -> Self {
        let text = facts.normalized.as_str();
        let seen = vec![0; (1_usize << hash_bits).div_ceil(64)];
        let all = Vec::with_capacity(text.len().min(GRAMS_MAX));
        let mut grams = Collector { all, seen, shift: 64 - hash_bits, previous: None };
        let mut masked = facts.observables.iter().map(|o| facts.normalized.folded_range(o.span)).peekable();
        let mut at = 0;
        while at < text.len() && grams.all.len() < GRAMS_MAX {
            while masked.next_if(|range| range.end <= at).is_some() {}
            if let Some(range) = masked.peek().filter(|range| range.start <= at) {
                at = range.end;
                grams.previous = None;
                continue;
            }
            at = grams.token(text, at, &mut begins);
        }
        Self { all: grams.all }
    }

    /// What every n-gram counts, so that long texts do not speak louder: one by the root of their number.
    pub(crate) fn unit(&self) -> f64 {
        1.0 / (self.all.len().max(1) as f64).sqrt()
    }
}

struct Collector {
    all: Vec<Gram>,
    /// One bit a bucket.
    seen: Vec<u64>,
    shift: u32,
    /// Hash and place of the word before, if nothing stands between.
    previous: Option<(u64, usize)>,
}

impl Collector {
    /// Reads the token that begins at `start` and gives its end.
    fn token(&mut self, text: &str, start: usize, begins: &mut impl FnMut(usize)) -> usize {
        let Some(first) = text[start..].chars().next() else { return text.len() };
        match class(first) {
            Class::Word => {
                begins(start);
                self.word(text, start)
            }
            Class::Unspaced => {
                self.previous = None;
                self.unspaced(text, start, begins)
            }
            Class::Other => {
                match first {
                    ' ' => {}
                    '\n' => self.previous = None,
                    _ => begins(start),
                }
                start + first.len_utf8()
            }
        }
    }

    /// A word, the pair with the word before, and its runs of four letters.
    fn word(&mut self, text: &str, start: usize) -> usize {
        let (mut letters, mut hash) = (Letters::default(), WORD);
        let mut end = text.len();
        for (at, c) in text[start..].char_indices() {
            if class(c) != Class::Word {
                end = start + at;
                break;
            }
            letters.push(c);
            if letters.count >= 4 {
                let end = start + at + c.len_utf8();
                self.push(spread(letters.last(4) ^ PART), end - letters.bytes(4), end);
            }
            if letters.count.is_multiple_of(4) {
                hash = step(hash, letters.last(4));
            }
        }
        let hash = step(step(hash, letters.last(4)), letters.count as u64);
        self.push(hash, start, end);
        if let Some((before, from)) = self.previous {
            self.push(spread(before ^ hash.rotate_left(21)), from, end);
        }
        self.previous = Some((hash, start));
        end
    }

    /// Runs of two and three letters of a script without spaces.
    fn unspaced(&mut self, text: &str, start: usize, begins: &mut impl FnMut(usize)) -> usize {
        let mut letters = Letters::default();
        for (at, c) in text[start..].char_indices() {
            if class(c) != Class::Unspaced {
                return start + at;
            }
            begins(start + at);
            letters.push(c);
            let end = start + at + c.len_utf8();
            if letters.count >= 2 {
                self.push(spread(letters.last(2) ^ PART), end - letters.bytes(2), end);
            }
            if letters.count >= 3 {
                self.push(spread(letters.last(3) ^ PART), end - letters.bytes(3), end);
            }
        }
        text.len()
    }

    fn push(&mut self, hash: u64, start: usize, end: usize) {
        let bucket = (hash >> self.shift) as u32;
        let (word, bit) = (&mut self.seen[bucket as usize / 64], 1 << (bucket % 64));
        let new = *word & bit == 0;
        *word |= bit;
        // Whether it is new cannot be predicted: written always and taken back is quicker than a branch.
        let kept = self.all.len() + usize::from(new);
        self.all.push(Gram { bucket, start: start as u32, end: end as u32 });
        self.all.truncate(kept);
    }
}

/// The last four letters, sixteen bits each, and how many bytes each takes.
#[derive(Default)]
struct Letters {
    packed: u64,
    bytes: u32,
    count: usize,
}

impl Letters {
    fn push(&mut self, c: char) {
        self.packed = self.packed << 16 | u64::from(plain(c));
        self.bytes = self.bytes << 8 | c.len_utf8() as u32;
        self.count += 1;
    }

    /// How many bytes the last `count` of them take, 1 to 4.
    fn bytes(&self, count: u32) -> usize {
        let kept = self.bytes & (u32::MAX >> (32 - 8 * count));
        (kept.wrapping_mul(0x0101_0101) >> 24) as usize
    }

    /// The last `count` of them, 1 to 4, as a number.
    fn last(&self, count: u32) -> u64 {
        self.packed & (u64::MAX >> (64 - 16 * count))
    }
}

/// Seeds of the hashes of words and of parts of words.
const WORD: u64 = 0x517c_c1b7_2722_0a95;
const PART: u64 = 0x2545_f491_4f6c_dd1d;

fn step(hash: u64, letters: u64) -> u64 {
    mix_fast(hash.rotate_left(23) ^ letters)
}

/// Multiplicative hashing: the high bits, which name the bucket, depend on all bits of `x`.
fn spread(x: u64) -> u64 {
    mix_fast(x ^ (x >> 29))
}

fn mix_fast(x: u64) -> u64 {
    x.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Sixteen bits of a letter. Numbers differ from offer to offer and tell nothing as words: digits are alike.
fn plain(c: char) -> u16 {
    if c.is_ascii_digit() { u16::from(b'0') } else { (c as u32 ^ (c as u32 >> 16)) as u16 }
}

/// The passages whose n-grams weigh most in the direction of `sign` (1 or -1): sorted, not overlapping.
/// `steps` are the weights of the n-grams, in their order.
pub(crate) fn strongest(facts: &Facts, grams: &Grams, steps: &[i8], sign: i32) -> Vec<Span> {
    let strength = |step: i8| i32::from(step) * sign;
    let most = steps.iter().map(|&step| strength(step)).max().unwrap_or(0);
    if most <= 0 {
        return Vec::new();
    }
    let mut ranked: Vec<(i32, &Gram)> = Vec::with_capacity(CANDIDATES_MAX);
    for (&step, gram) in steps.iter().zip(&grams.all) {
        if strength(step) * WEAKEST_PART >= most && strength(step) > 0 {
            ranked.push((strength(step), gram));
        }
    }
    ranked.sort_unstable_by_key(|(strength, gram)| (-strength, gram.start, u32::MAX - gram.end));
    let mut spans: Vec<Span> = Vec::new();
    for (_, gram) in ranked.into_iter().take(CANDIDATES_MAX) {
        let span = facts.normalized.original_span(gram.start as usize..gram.end as usize);
        if !spans.iter().any(|known| known.overlaps(span)) {
            spans.push(span);
        }
        if spans.len() == SPANS_MAX {
            break;
        }
    }
    spans.sort_unstable();
    spans
}

#[cfg(test)]
mod tests {
    use forewarn_model::{Observable, ObservableKind};

    use super::*;
    use crate::feature::tests::facts;

    fn buckets(text: &str) -> Vec<u32> {
        Grams::of(&facts(text), 20, |_| ()).all.into_iter().map(|gram| gram.bucket).collect()
    }

    #[test]
    fn reads_words_pairs_and_parts() {
        // "fly now": two words, one pair; too short for parts of four.
        assert_eq!(buckets("fly now").len(), 3);
        // One word and its three parts of four letters.
        assert_eq!(buckets("flight").len(), 1 + 3);
        // Three pairs and two triples.
        assert_eq!(buckets("包吃包住").len(), 3 + 2);
        assert_eq!(buckets("").len(), 0);
        assert_eq!(buckets("12 34"), buckets("56 78"), "numbers are alike");
        // A word of letters and vowel signs is one word.
        assert_eq!(buckets("हिंदी").len(), 1 + 2);
        // Long words differ by any letter.
        assert_ne!(buckets("abcdefgh")[5], buckets("abcdefgx")[5]);
    }

    #[test]
    fn leaves_identifiers_out() {
        let text = "write to me@x.example today";
        let mut facts = facts(text);
        facts.observables.push(Observable {
            kind: ObservableKind::Email,
            value: "me@x.example".into(),
            span: Span::new(9, 21),
        });
        let shown: Vec<&str> = Grams::of(&facts, 20, |_| ())
            .all
            .iter()
            .map(|gram| &text[gram.start as usize..gram.end as usize])
            .collect();
        assert!(shown.contains(&"write") && shown.contains(&"today"), "{shown:?}");
        assert!(shown.iter().all(|part| !part.contains('@') && !part.contains("example")), "{shown:?}");
    }

    #[test]
    fn shows_what_weighs_most() {
        let facts = facts("easy money in a far town");
        let grams = Grams::of(&facts, 20, |_| ());
        let steps: Vec<i8> =
            grams.all.iter().map(|gram| if (gram.start, gram.end) == (5, 10) { 100 } else { -1 }).collect();
        assert_eq!(strongest(&facts, &grams, &steps, 1), [Span::new(5, 10)]);
        let others = strongest(&facts, &grams, &steps, -1);
        assert!(
            others.len() <= SPANS_MAX && others.windows(2).all(|pair| pair[0].end <= pair[1].start),
            "{others:?}"
        );
        assert!(strongest(&facts, &grams, &vec![0; grams.all.len()], 1).is_empty());
    }

    #[test]
    fn tells_where_words_begin() {
        let mut begins = Vec::new();
        Grams::of(&facts("to 包吃, a\nb"), 20, |at| begins.push(at));
        assert_eq!(begins, [0, 3, 6, 9, 11, 13]);
    }
}
