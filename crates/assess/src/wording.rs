//! The wording of a text as hashed n-grams: words, pairs of words, and parts of words, so that a language
//! without spaces, a misspelling or an inflected form still resembles what was learned.
//!
//! Identifiers (numbers, handles, addresses) are left out: they say who wrote, not how.

use std::ops::Range;

use forewarn_model::{Facts, Span};

use crate::random::mix;
use crate::sign::{is_spaced, is_unspaced};

/// After how many different n-grams no further word is read.
const GRAMS_MAX: usize = 40_000;

/// How many passages are shown as evidence.
const SPANS_MAX: usize = 5;

/// Among how many of the strongest n-grams they are sought: neighbours overlap.
const CANDIDATES_MAX: usize = 40;

/// The n-grams of a text, each bucket once, with the place of its first occurrence in the folded text.
pub(crate) struct Grams {
    /// Bucket and byte range, in the order of the text.
    pub(crate) buckets: Vec<(u32, Range<u32>)>,
}

impl Grams {
    /// The n-grams of the folded text in 2^`hash_bits` buckets.
    pub(crate) fn of(facts: &Facts, hash_bits: u32) -> Self {
        let seen = vec![0; (1_usize << hash_bits).div_ceil(64)];
        let mut grams = Collector { out: Vec::new(), seen, shift: 64 - hash_bits, previous: None };
        let text = facts.normalized.as_str();
        let mut masked = facts.observables.iter().map(|o| facts.normalized.folded_range(o.span)).peekable();
        let mut at = 0;
        while at < text.len() && grams.out.len() < GRAMS_MAX {
            while masked.next_if(|range| range.end <= at).is_some() {}
            if let Some(range) = masked.peek().filter(|range| range.start <= at) {
                at = range.end;
                grams.previous = None;
                continue;
            }
            at = grams.token(text, at);
        }
        Self { buckets: grams.out }
    }

    /// What every n-gram counts, so that long texts do not speak louder: one by the root of their number.
    pub(crate) fn unit(&self) -> f64 {
        1.0 / (self.buckets.len().max(1) as f64).sqrt()
    }
}

struct Collector {
    out: Vec<(u32, Range<u32>)>,
    /// One bit a bucket.
    seen: Vec<u64>,
    shift: u32,
    /// Hash and place of the word before, if nothing stands between.
    previous: Option<(u64, usize)>,
}

impl Collector {
    /// Reads the token that begins at `start` and gives its end.
    fn token(&mut self, text: &str, start: usize) -> usize {
        let rest = &text[start..];
        let Some(first) = rest.chars().next() else { return text.len() };
        if is_unspaced(first) {
            let end = start + rest.find(|c| !is_unspaced(c)).unwrap_or(rest.len());
            self.previous = None;
            self.parts(text, start..end, &[2, 3]);
            end
        } else if is_spaced(first) {
            let end = start + rest.find(|c| !is_spaced(c)).unwrap_or(rest.len());
            self.word(text, start..end);
            end
        } else {
            if first == '\n' {
                self.previous = None;
            }
            start + first.len_utf8()
        }
    }

    fn word(&mut self, text: &str, range: Range<usize>) {
        let hash = text[range.clone()].chars().fold(WORD, |h, c| step(h, plain(c)));
        self.push(hash, range.clone());
        if let Some((before, start)) = self.previous {
            self.push(mix(before ^ hash.rotate_left(21)), start..range.end);
        }
        self.previous = Some((hash, range.start));
        self.parts(text, range, &[4]);
    }

    /// All runs of `sizes` scalar values.
    fn parts(&mut self, text: &str, range: Range<usize>, sizes: &[usize]) {
        const KEPT: usize = 4;
        let mut window = [(' ', 0_usize); KEPT];
        for (count, (at, c)) in text[range.clone()].char_indices().enumerate() {
            window.rotate_left(1);
            window[KEPT - 1] = (plain(c), range.start + at);
            for &size in sizes.iter().filter(|&&size| count + 1 >= size) {
                let part = &window[KEPT - size..];
                let hash = part.iter().fold(PART, |h, (c, _)| step(h, *c));
                self.push(hash, part[0].1..range.start + at + c.len_utf8());
            }
        }
    }

    fn push(&mut self, hash: u64, range: Range<usize>) {
        let bucket = (mix(hash) >> self.shift) as u32;
        let (word, bit) = (&mut self.seen[bucket as usize / 64], 1 << (bucket % 64));
        if *word & bit == 0 {
            *word |= bit;
            self.out.push((bucket, range.start as u32..range.end as u32));
        }
    }
}

/// Seeds of the hashes of words and of parts of words.
const WORD: u64 = 0x517c_c1b7_2722_0a95;
const PART: u64 = 0x2545_f491_4f6c_dd1d;

fn step(hash: u64, c: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Numbers differ from offer to offer and tell nothing as words.
fn plain(c: char) -> char {
    if c.is_ascii_digit() { '0' } else { c }
}

/// The passages whose n-grams weigh most in the direction of `sign`: sorted, not overlapping.
pub(crate) fn strongest(facts: &Facts, grams: &Grams, weight: impl Fn(u32) -> f64, sign: f64) -> Vec<Span> {
    let mut ranked: Vec<(f64, &Range<u32>)> = grams
        .buckets
        .iter()
        .map(|(bucket, range)| (weight(*bucket) * sign, range))
        .filter(|(weight, _)| *weight > 0.0)
        .collect();
    let strength = |(a, x): &(f64, &Range<u32>), (b, y): &(f64, &Range<u32>)| {
        b.total_cmp(a).then(x.start.cmp(&y.start)).then(y.end.cmp(&x.end))
    };
    if ranked.len() > CANDIDATES_MAX {
        ranked.select_nth_unstable_by(CANDIDATES_MAX, strength);
        ranked.truncate(CANDIDATES_MAX);
    }
    ranked.sort_by(strength);
    let mut spans: Vec<Span> = Vec::new();
    for (_, range) in ranked {
        let span = facts.normalized.original_span(range.start as usize..range.end as usize);
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
        Grams::of(&facts(text), 20).buckets.into_iter().map(|(bucket, _)| bucket).collect()
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
        let shown: Vec<&str> = Grams::of(&facts, 20)
            .buckets
            .iter()
            .map(|(_, range)| &text[range.start as usize..range.end as usize])
            .collect();
        assert!(shown.contains(&"write") && shown.contains(&"today"), "{shown:?}");
        assert!(shown.iter().all(|part| !part.contains('@') && !part.contains("example")), "{shown:?}");
    }

    #[test]
    fn shows_what_weighs_most() {
        let facts = facts("easy money in a far town");
        let grams = Grams::of(&facts, 20);
        let heavy = grams.buckets.iter().find(|(_, range)| *range == (5..10)).map(|(bucket, _)| *bucket);
        let weight = |bucket| if Some(bucket) == heavy { 1.0 } else { -0.1 };
        assert_eq!(strongest(&facts, &grams, weight, 1.0), [Span::new(5, 10)]);
        let others = strongest(&facts, &grams, weight, -1.0);
        assert!(
            others.len() <= SPANS_MAX && others.windows(2).all(|pair| pair[0].end <= pair[1].start),
            "{others:?}"
        );
    }
}
