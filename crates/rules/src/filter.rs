//! Tells in a few steps that no word of a set begins at a place in a text, which is so at most places.
//!
//! It looks at no more than four bytes. Sets can be joined, so that each language has its own and a text is
//! looked through with those of its languages only.

/// Bloom filters of one hash, for words of two bytes, of three, and of more.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    /// Whether any member begins with a byte.
    first: [bool; 256],
    /// Whether a byte is a member.
    one: [bool; 256],
    two: Vec<u64>,
    three: Vec<u64>,
    four: Vec<u64>,
}

/// Bits of each filter, as powers of two: small enough to stay in the nearest cache, large enough to be
/// mostly empty.
const TWO_BITS: u32 = 12;
const THREE_BITS: u32 = 14;
const FOUR_BITS: u32 = 16;

impl Filter {
    /// Lets nothing through.
    pub(crate) fn new() -> Self {
        let empty = |bits: u32| vec![0; (1 << bits) / 64];
        let (two, three, four) = (empty(TWO_BITS), empty(THREE_BITS), empty(FOUR_BITS));
        Self { first: [false; 256], one: [false; 256], two, three, four }
    }

    /// Lets a word through.
    pub(crate) fn add(&mut self, word: &str) {
        let set = |bits: &mut [u64], bit: usize| bits[bit / 64] |= 1 << (bit % 64);
        match *word.as_bytes() {
            [] => {}
            [only] => self.one[usize::from(only)] = true,
            [a, b] => set(&mut self.two, filter_bit([a, b, 0, 0], TWO_BITS)),
            [a, b, c] => set(&mut self.three, filter_bit([a, b, c, 0], THREE_BITS)),
            [a, b, c, d, ..] => set(&mut self.four, filter_bit([a, b, c, d], FOUR_BITS)),
        }
        word.bytes().take(1).for_each(|first| self.first[usize::from(first)] = true);
    }

    /// Lets through what the other does, too.
    pub(crate) fn join(&mut self, other: &Self) {
        for (own, others) in [(&mut self.first, &other.first), (&mut self.one, &other.one)] {
            own.iter_mut().zip(others).for_each(|(own, other)| *own |= other);
        }
        let pairs =
            [(&mut self.two, &other.two), (&mut self.three, &other.three), (&mut self.four, &other.four)];
        for (own, others) in pairs {
            own.iter_mut().zip(others).for_each(|(own, other)| *own |= other);
        }
    }

    /// Whether any word begins with this byte.
    pub(crate) fn may_start_with(&self, byte: u8) -> bool {
        self.first[usize::from(byte)]
    }

    /// Whether a word may begin at byte `at`, which lies in the text. False is certain.
    #[inline]
    pub(crate) fn may_start(&self, text: &[u8], at: usize) -> bool {
        self.first[usize::from(text[at])] && self.may_start_longer(text, at)
    }

    #[inline]
    fn may_start_longer(&self, text: &[u8], at: usize) -> bool {
        let Some(&[a, b, c, d]) = text[at..].first_chunk() else {
            return true;
        };
        let has = |bits: &[u64], bit: usize| bits[bit / 64] >> (bit % 64) & 1;
        // Three looks without a branch between them.
        let two = has(&self.two, filter_bit([a, b, 0, 0], TWO_BITS));
        let three = has(&self.three, filter_bit([a, b, c, 0], THREE_BITS));
        let four = has(&self.four, filter_bit([a, b, c, d], FOUR_BITS));
        u64::from(self.one[usize::from(a)]) | two | three | four != 0
    }
}

/// Multiplicative hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4).
#[inline]
fn filter_bit(bytes: [u8; 4], bits: u32) -> usize {
    (u32::from_le_bytes(bytes).wrapping_mul(0x9e37_79b1) >> (32 - bits)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lets_every_word_through(a in "[abé包]{1,5}", b in "[abé包]{1,5}", text in "[abé包]{1,30}") {
            let (mut filter, mut other) = (Filter::new(), Filter::new());
            filter.add(&a);
            other.add(&b);
            filter.join(&other);
            for (at, _) in text.char_indices() {
                let begins = text[at..].starts_with(&a) || text[at..].starts_with(&b);
                prop_assert!(!begins || filter.may_start(text.as_bytes(), at));
            }
        }
    }
}
