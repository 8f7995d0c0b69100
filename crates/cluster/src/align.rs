//! Two token sequences → the tokens that they share in order: the longest common subsequence, bit-parallel
//! (Hyyrö, 2004), with the pairs read back from the kept rows.

/// The sequence that others are aligned to.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    len: usize,
    words: usize,
    /// An open-addressing table from a token to its row in `masks`.
    rows: Vec<(u32, u32)>,
    /// For each different token, the positions where the pattern has it, as bits.
    masks: Vec<u64>,
}

const FREE: u32 = u32::MAX;

impl Pattern {
    pub(crate) fn new(tokens: &[u32]) -> Self {
        let words = tokens.len().div_ceil(64);
        let mut pattern =
            Self { len: tokens.len(), words, rows: vec![(0, FREE); 2 * tokens.len() + 1], masks: Vec::new() };
        for (at, &token) in tokens.iter().enumerate() {
            let slot = pattern.slot(token);
            if pattern.rows[slot].1 == FREE {
                pattern.rows[slot] = (token, (pattern.masks.len() / words) as u32);
                pattern.masks.resize(pattern.masks.len() + words, 0);
            }
            pattern.masks[pattern.rows[slot].1 as usize * words + at / 64] |= 1 << (at % 64);
        }
        pattern
    }

    /// Where a token stands in the table, or would.
    fn slot(&self, token: u32) -> usize {
        let size = self.rows.len();
        let spread = token.wrapping_mul(0x9E37_79B1);
        let mut slot = ((u64::from(spread) * size as u64) >> 32) as usize;
        while self.rows[slot].1 != FREE && self.rows[slot].0 != token {
            slot = if slot + 1 == size { 0 } else { slot + 1 };
        }
        slot
    }

    /// The positions (in the pattern, in `other`) of a longest common subsequence, in order.
    pub(crate) fn align(&self, other: impl ExactSizeIterator<Item = u32>) -> Vec<(u32, u32)> {
        let width = self.words;
        let count = other.len();
        if width == 0 || count == 0 {
            return Vec::new();
        }
        // A zero bit says that the longest common subsequence grows at that position of the pattern.
        let mut rows = vec![u64::MAX; width * (count + 1)];
        for (at, token) in other.enumerate() {
            let (above, row) = rows[at * width..].split_at_mut(width);
            match self.rows[self.slot(token)].1 {
                FREE => row[..width].copy_from_slice(above),
                mask => {
                    let mask = &self.masks[mask as usize * width..][..width];
                    let mut carry = false;
                    for ((cell, &v), &m) in row.iter_mut().zip(above.iter()).zip(mask) {
                        let u = v & m;
                        let (sum, over) = v.overflowing_add(u);
                        let (sum, over_again) = sum.overflowing_add(u64::from(carry));
                        carry = over || over_again;
                        *cell = sum | (v & !m);
                    }
                }
            }
        }
        let grows = |row: usize, column: usize| rows[row * width + column / 64] >> (column % 64) & 1 == 0;
        let (mut row, mut column) = (count, self.len);
        let mut pairs = Vec::new();
        while row > 0 && column > 0 {
            if !grows(row, column - 1) {
                column -= 1;
            } else {
                row -= 1;
                if row == 0 || !grows(row, column - 1) {
                    column -= 1;
                    pairs.push((column as u32, row as u32));
                }
            }
        }
        pairs.reverse();
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(pattern: &[u32], other: &[u32]) {
        let pairs = Pattern::new(pattern).align(other.iter().copied());
        assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1), "{pairs:?}");
        assert!(pairs.iter().all(|&(a, b)| pattern[a as usize] == other[b as usize]), "{pairs:?}");
        assert_eq!(pairs.len(), longest(pattern, other));
    }

    /// The textbook table.
    fn longest(a: &[u32], b: &[u32]) -> usize {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for (i, x) in a.iter().enumerate() {
            for (j, y) in b.iter().enumerate() {
                table[i + 1][j + 1] =
                    if x == y { table[i][j] + 1 } else { table[i][j + 1].max(table[i + 1][j]) };
            }
        }
        table[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn finds_a_longest_common_subsequence(
            a in prop::collection::vec(0_u32..9, 0..150),
            b in prop::collection::vec(0_u32..9, 0..150),
        ) {
            check(&a, &b);
        }
    }
}
