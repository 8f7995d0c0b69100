//! A set of pseudorandom values, packed: membership can be looked up, nothing else can be read.
//!
//! The values are cut to so many bits that a chance match among all that are compared has a probability of at
//! most 2^-40, sorted, and their differences written as Golomb–Rice codes (Golomb 1966; Rice 1979): about
//! `40 + log2(asked) + 2` bits each. The order in which they were given is lost, which is wanted.

use thiserror::Error;

/// The binary logarithm of how unlikely one chance match in a whole comparison is.
const CHANCE_BITS: u32 = 40;

/// Values are cut to at least this many bits, however few there are.
const BITS_MIN: u32 = 48;

/// Values are cut to at most this many bits: sets of 2^40 values each.
const BITS_MAX: u32 = 120;

/// A packed set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// To how many bits the values are cut.
    pub bits: u32,
    /// How many values it holds.
    pub count: usize,
    /// The codes, padded with zero bits.
    pub packed: Vec<u8>,
}

/// A packed set that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read the other side's values: {0}")]
pub struct SealedError(&'static str);

/// To how many bits values are cut when `asked` values are looked up among `held`.
pub fn bits_for(asked: usize, held: usize) -> u32 {
    let log = |count: usize| count.max(1).next_power_of_two().trailing_zeros();
    (CHANCE_BITS + log(asked) + log(held)).clamp(BITS_MIN, BITS_MAX)
}

/// The first bits of a pseudorandom value of at least 16 bytes.
pub fn cut(value: &[u8], bits: u32) -> u128 {
    let head = value.iter().take(16).fold(0, |all, byte| all << 8 | u128::from(*byte));
    head >> (128 - bits)
}

impl Sealed {
    /// Packs values that were cut to `bits`.
    pub fn pack(mut values: Vec<u128>, bits: u32) -> Self {
        values.sort_unstable();
        let (count, low) = (values.len(), low_bits(bits, values.len()));
        let mut writer = Writer { bytes: Vec::new(), used: 0 };
        let mut before = 0;
        for value in values {
            let step = value - before;
            (0..step >> low).for_each(|_| writer.put(true));
            writer.put(false);
            (0..low).rev().for_each(|at| writer.put(step >> at & 1 == 1));
            before = value;
        }
        Self { bits, count, packed: writer.bytes }
    }

    /// The values, sorted. Reads no more than there is, whatever `count` says.
    pub fn unpack(&self) -> Result<Vec<u128>, SealedError> {
        if !(BITS_MIN..=BITS_MAX).contains(&self.bits) {
            return Err(SealedError("cut to fewer or more bits than are allowed"));
        }
        let low = low_bits(self.bits, self.count);
        // Each value takes at least its low bits and one more.
        let bits_min = (self.count as u128) * u128::from(low + 1);
        let available = self.packed.len() as u128 * 8;
        if bits_min > available {
            return Err(SealedError("shorter than its count"));
        }
        let mut reader = Reader { bytes: &self.packed, at: 0 };
        let mut values = Vec::with_capacity(self.count);
        let mut before = 0_u128;
        for _ in 0..self.count {
            let mut step = 0_u128;
            while reader.next()? {
                step += 1;
            }
            for _ in 0..low {
                step = step << 1 | u128::from(reader.next()?);
            }
            before = before.checked_add(step).ok_or(SealedError("a value is too large"))?;
            if before >> self.bits != 0 {
                return Err(SealedError("a value is too large"));
            }
            values.push(before);
        }
        let rest = self.packed.len() * 8 - reader.at;
        let clean = (0..rest).all(|_| reader.next() == Ok(false));
        if rest < 8 && clean { Ok(values) } else { Err(SealedError("longer than its count")) }
    }
}

/// How many bits of a difference are written as they are; the rest is unary and about one.
fn low_bits(bits: u32, count: usize) -> u32 {
    bits.saturating_sub(count.max(1).next_power_of_two().trailing_zeros())
}

struct Writer {
    bytes: Vec<u8>,
    /// Bits used of the last byte; 0 if it is full.
    used: u32,
}

impl Writer {
    fn put(&mut self, bit: bool) {
        if self.used == 0 {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << (7 - self.used);
        }
        self.used = (self.used + 1) % 8;
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    /// In bits.
    at: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<bool, SealedError> {
        let byte = self.bytes.get(self.at / 8).ok_or(SealedError("shorter than its count"))?;
        let bit = byte >> (7 - self.at % 8) & 1 == 1;
        self.at += 1;
        Ok(bit)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn gives_back_what_was_packed(values in prop::collection::vec(0_u128..1 << 64, 0..300)) {
            let sealed = Sealed::pack(values.clone(), 64);
            let mut sorted = values;
            sorted.sort_unstable();
            prop_assert_eq!(sealed.unpack().unwrap(), sorted);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bits in 0_u32..140, count in 0_usize..1 << 40,
                                         packed in prop::collection::vec(any::<u8>(), 0..200)) {
            let sealed = Sealed { bits, count, packed };
            if let Ok(values) = sealed.unpack() {
                prop_assert_eq!(Sealed::pack(values, bits), sealed);
            }
        }
    }

    #[test]
    fn is_small() {
        let values: Vec<u128> = (0..10_000_u64)
            .map(|number| cut(&forewarn_model::id::hash_parts("t", &[&number.to_le_bytes()]), 68))
            .collect();
        let sealed = Sealed::pack(values, 68);
        assert!(sealed.packed.len() * 8 < 10_000 * 58, "{}", sealed.packed.len());
    }

    #[test]
    fn the_cut_leaves_chance_no_room() {
        assert_eq!(bits_for(100_000, 100_000), 74);
        assert_eq!(bits_for(0, 0), 48);
        assert_eq!(bits_for(usize::MAX / 2, usize::MAX / 2), 120);
        assert_eq!(cut(&[0xff; 64], 74), (1 << 74) - 1);
    }

    #[test]
    fn more_or_less_than_counted_is_refused() {
        let sealed = Sealed::pack(vec![5, 1 << 40, 1 << 47], 48);
        let cases = [
            Sealed { count: 4, ..sealed.clone() },
            Sealed { count: 2, ..sealed.clone() },
            Sealed { packed: sealed.packed[1..].to_vec(), ..sealed.clone() },
            Sealed { packed: [&sealed.packed[..], &[0, 0]].concat(), ..sealed.clone() },
            Sealed { packed: vec![0xff; sealed.packed.len()], ..sealed.clone() },
        ];
        assert!(sealed.unpack().is_ok());
        cases.iter().for_each(|case| assert!(case.unpack().is_err(), "{case:?}"));
    }
}
