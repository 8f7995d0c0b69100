//! The names in order of a hash of their first signs or first word, so that a text is searched without a
//! state machine: filling the index takes a few milliseconds at start-up.

use super::Name;
use super::text::{end_of_word, nth_end};
use crate::chars::{CharTable, Script};
use crate::scan::{EXACT, PREFIX, hash};

/// Names by the hash of their key: names of one bucket lie together, and a set of bits tells in advance
/// that a bucket has none of a hash.
pub(super) struct Index {
    starts: Vec<u32>,
    order: Vec<u32>,
    hashes: Vec<u32>,
    bits: Vec<u64>,
}

impl Index {
    const BUCKET_BITS: u32 = 16;
    const FILTER_BITS: u32 = 20;

    pub(super) fn new(names: &[Name]) -> Self {
        let hashes: Vec<u32> = names.iter().map(key).collect();
        let bucket = |hash: u32| (hash >> (32 - Self::BUCKET_BITS)) as usize;
        let mut starts = vec![0u32; (1 << Self::BUCKET_BITS) + 1];
        let mut bits = vec![0u64; 1 << (Self::FILTER_BITS - 6)];
        for &hash in &hashes {
            starts[bucket(hash) + 1] += 1;
            let bit = hash & ((1 << Self::FILTER_BITS) - 1);
            bits[(bit >> 6) as usize] |= 1 << (bit & 63);
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut order = vec![0u32; hashes.len()];
        let mut sorted = vec![0u32; hashes.len()];
        for (at, &hash) in hashes.iter().enumerate() {
            let slot = &mut next[bucket(hash)];
            order[*slot as usize] = at as u32;
            sorted[*slot as usize] = hash;
            *slot += 1;
        }
        Self { starts, order, hashes: sorted, bits }
    }

    pub(super) fn bucket(&self, hash: u32) -> impl Iterator<Item = &u32> {
        let bit = hash & ((1 << Self::FILTER_BITS) - 1);
        let range = match self.bits[(bit >> 6) as usize] >> (bit & 63) & 1 {
            0 => 0..0,
            _ => {
                let bucket = (hash >> (32 - Self::BUCKET_BITS)) as usize;
                self.starts[bucket] as usize..self.starts[bucket + 1] as usize
            }
        };
        let hashes = &self.hashes[range.clone()];
        self.order[range].iter().zip(hashes).filter(move |pair| *pair.1 == hash).map(|pair| pair.0)
    }
}

/// The hash that a name is found by: its first signs, or its first word.
fn key(name: &Name) -> u32 {
    let table = CharTable::get();
    let script = name.text.chars().next().map_or(Script::Common, |c| table.script(c));
    if script.is_unspaced() {
        let end = nth_end(name.text, 3).or_else(|| nth_end(name.text, 2)).unwrap_or(name.text.len());
        return hash(&name.text[..end], PREFIX);
    }
    let word_end = end_of_word(table, name.text, 0);
    let word = &name.text[..word_end];
    let inflected = !matches!(script, Script::Latin | Script::Common) || name.has(Name::STAR);
    match nth_end(word, prefix_signs(script)) {
        Some(end) if inflected => hash(&word[..end], PREFIX),
        _ => hash(word, EXACT),
    }
}

/// How many signs of a word a name with endings is found by.
pub(super) fn prefix_signs(script: Script) -> usize {
    match script {
        Script::Hangul => 2,
        Script::Latin | Script::Cyrillic | Script::Greek | Script::Armenian | Script::Georgian => 4,
        _ => 3,
    }
}
