//! Storage that grows without moving what it holds: no insertion ever waits for a large copy, and nothing is
//! reserved beyond one chunk.

use std::ops::{Index, IndexMut};

use crate::sketch::{Code, WORD_CODE};

/// A list in chunks of a fixed length.
#[derive(Debug, Clone)]
pub(crate) struct Chunks<T> {
    chunks: Vec<Vec<T>>,
    len: usize,
}

const CHUNK_ITEMS: usize = 1 << 12;

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { chunks: Vec::new(), len: 0 }
    }
}

impl<T> Chunks<T> {
    pub(crate) fn push(&mut self, item: T) {
        if self.len.is_multiple_of(CHUNK_ITEMS) {
            self.chunks.push(Vec::with_capacity(CHUNK_ITEMS));
        }
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.push(item);
            self.len += 1;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flatten()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.chunks.len() * CHUNK_ITEMS * size_of::<T>()
    }
}

impl<T> Index<usize> for Chunks<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        &self.chunks[at / CHUNK_ITEMS][at % CHUNK_ITEMS]
    }
}

impl<T> IndexMut<usize> for Chunks<T> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        &mut self.chunks[at / CHUNK_ITEMS][at % CHUNK_ITEMS]
    }
}

/// The tokens of many texts. Long texts of words are kept coarsely, in a byte a token: so many of them in a
/// row do not agree by chance.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    chunks: Vec<Vec<u8>>,
}

/// Where the tokens of a text are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// In units of `UNIT_BYTES`.
    pub(crate) at: u32,
    /// How many tokens.
    pub(crate) len: u16,
    pub(crate) coarse: bool,
}

const CHUNK_BYTES: usize = 1 << 18;
const UNIT_BYTES: usize = 4;
/// From how many tokens a text is kept coarsely.
const COARSE_FROM: usize = 64;
const COARSE_MASK: Code = 0x01FF;

/// A token as a text that is kept coarsely has it.
pub(crate) fn coarse(token: Code) -> Code {
    token & COARSE_MASK
}

impl Texts {
    /// Keeps a text of fewer than 65,536 tokens; none when all 16 GiB are taken.
    pub(crate) fn push(&mut self, tokens: &[Code]) -> Option<Place> {
        let coarse = tokens.len() >= COARSE_FROM && tokens.iter().all(|token| token & WORD_CODE == WORD_CODE);
        let bytes = tokens.len() * if coarse { 1 } else { 2 };
        let room = self.chunks.last().map_or(0, |chunk| CHUNK_BYTES - chunk.len());
        if bytes >= room {
            self.chunks.push(Vec::with_capacity(CHUNK_BYTES));
        }
        let number = self.chunks.len().saturating_sub(1);
        let chunk = self.chunks.last_mut()?;
        let at = u32::try_from((number * CHUNK_BYTES + chunk.len()) / UNIT_BYTES).ok()?;
        match coarse {
            true => chunk.extend(tokens.iter().map(|token| (token >> 1) as u8)),
            false => chunk.extend(tokens.iter().flat_map(|token| token.to_le_bytes())),
        }
        chunk.resize(chunk.len().next_multiple_of(UNIT_BYTES).min(CHUNK_BYTES), 0);
        Some(Place { at, len: tokens.len() as u16, coarse })
    }

    /// The tokens of a text, as they were kept.
    pub(crate) fn read(&self, place: Place, tokens: &mut Vec<Code>) {
        tokens.clear();
        let at = place.at as usize * UNIT_BYTES;
        let Some(chunk) = self.chunks.get(at / CHUNK_BYTES) else { return };
        let bytes = chunk.get(at % CHUNK_BYTES..).unwrap_or_default();
        let len = usize::from(place.len);
        match place.coarse {
            true => tokens.extend(bytes.iter().take(len).map(|&byte| (Code::from(byte) << 1) | WORD_CODE)),
            false => {
                let (pairs, _) = bytes.as_chunks::<2>();
                tokens.extend(pairs.iter().take(len).map(|pair| Code::from_le_bytes(*pair)));
            }
        }
    }

    /// Whether a place lies in what is kept.
    pub(crate) fn holds(&self, place: Place) -> bool {
        let at = place.at as usize * UNIT_BYTES;
        let bytes = usize::from(place.len) * if place.coarse { 1 } else { 2 };
        self.chunks.get(at / CHUNK_BYTES).is_some_and(|chunk| at % CHUNK_BYTES + bytes <= chunk.len())
    }

    /// What is kept, in chunks: all but the last are full when padded.
    pub(crate) fn chunks(&self) -> &[Vec<u8>] {
        &self.chunks
    }

    /// Texts from their chunks; none if one is too large.
    pub(crate) fn from_chunks(chunks: Vec<Vec<u8>>) -> Option<Self> {
        chunks.iter().all(|chunk| chunk.len() <= CHUNK_BYTES).then_some(Self { chunks })
    }

    pub(crate) fn bytes(&self) -> usize {
        self.chunks.len() * CHUNK_BYTES
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn gives_back_what_was_kept(texts in prop::collection::vec((prop::collection::vec(any::<u16>(), 0..300), any::<bool>()), 0..900)) {
            let mut kept = Texts::default();
            let mut places = Vec::new();
            for (text, words) in &texts {
                let text: Vec<Code> = text.iter().map(|token| if *words { token | 1 } else { *token }).collect();
                places.push((kept.push(&text).unwrap(), text));
            }
            let mut read = Vec::new();
            for (place, text) in places {
                prop_assert!(kept.holds(place));
                kept.read(place, &mut read);
                let expected: Vec<Code> = text.iter().map(|&token| if place.coarse { coarse(token) } else { token }).collect();
                prop_assert_eq!(&read, &expected);
            }
        }

        #[test]
        fn a_list_in_chunks_is_a_list(items in prop::collection::vec(any::<u32>(), 0..20_000)) {
            let mut chunks = Chunks::default();
            items.iter().for_each(|item| chunks.push(*item));
            prop_assert_eq!(chunks.len(), items.len());
            prop_assert!(chunks.iter().eq(&items));
            prop_assert!(items.iter().enumerate().all(|(at, item)| chunks[at] == *item));
        }
    }
}
