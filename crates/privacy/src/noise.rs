//! Exact noise: the discrete Gaussian and discrete Laplace distributions after Canonne, Kamath and Steinke, *The
//! discrete Gaussian for differential privacy* (NeurIPS 2020), algorithms 1 to 3.
//!
//! All of it is arithmetic of whole numbers, so that no rounding leaks what noise should hide (Mironov, CCS 2012).
//! Randomness comes from a seed that the caller draws from the operating system and uses once.

use sha2::{Digest as _, Sha512};
use thiserror::Error;

/// A variance that the arithmetic has no room for.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("draw noise: variance {numerator}/{denominator}: expected one between 1/1000 and 10^8")]
pub struct NoiseError {
    numerator: u64,
    denominator: u64,
}

/// A stream of random bits out of a seed.
#[derive(Clone)]
pub struct Bits {
    seed: [u8; 32],
    block: [u8; 64],
    used: usize,
    number: u64,
}

/// The discrete Gaussian with mean 0 and a variance parameter that is a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiscreteGaussian {
    numerator: u128,
    denominator: u128,
    /// The scale of the discrete Laplace distribution that it is drawn from.
    scale: u128,
}

impl Bits {
    /// The stream of a seed.
    pub fn new(seed: [u8; 32]) -> Self {
        Self { seed, block: [0; 64], used: 64, number: 0 }
    }

    fn byte(&mut self) -> u8 {
        if self.used == self.block.len() {
            let hash = Sha512::new().chain_update(b"forewarn/noise/1").chain_update(self.seed);
            self.block = hash.chain_update(self.number.to_le_bytes()).finalize().into();
            self.number += 1;
            self.used = 0;
        }
        self.used += 1;
        self.block[self.used - 1]
    }

    /// Uniform in `0..below`; by rejection, so that no value is likelier than another.
    fn below(&mut self, below: u128) -> u128 {
        let bits = 128 - below.saturating_sub(1).leading_zeros();
        loop {
            let bytes = bits.div_ceil(8);
            let drawn = (0..bytes).fold(0_u128, |all, _| all << 8 | u128::from(self.byte()));
            let drawn = if bits == 0 { 0 } else { drawn & (u128::MAX >> (128 - bits)) };
            if drawn < below {
                return drawn;
            }
        }
    }

    /// True with probability `numerator / denominator`.
    fn bernoulli(&mut self, numerator: u128, denominator: u128) -> bool {
        self.below(denominator) < numerator
    }

    /// True with probability exp(−numerator / denominator): algorithm 1.
    fn bernoulli_exp(&mut self, numerator: u128, denominator: u128) -> bool {
        let whole = numerator / denominator;
        (0..whole).all(|_| self.bernoulli_exp_fraction(1, 1))
            && self.bernoulli_exp_fraction(numerator % denominator, denominator)
    }

    /// The same for an exponent of at most 1.
    fn bernoulli_exp_fraction(&mut self, numerator: u128, denominator: u128) -> bool {
        let mut turn = 1;
        while self.bernoulli(numerator, denominator * turn) {
            turn += 1;
        }
        turn % 2 == 1
    }

    /// Discrete Laplace: y with probability proportional to exp(−|y| / scale): algorithm 2.
    fn discrete_laplace(&mut self, scale: u128) -> i128 {
        loop {
            let low = self.below(scale);
            if !self.bernoulli_exp_fraction(low, scale) {
                continue;
            }
            let mut high = 0;
            while self.bernoulli_exp_fraction(1, 1) {
                high += 1;
            }
            let size = (low + scale * high) as i128;
            match self.bernoulli(1, 2) {
                true if size == 0 => {}
                true => return -size,
                false => return size,
            }
        }
    }
}

impl DiscreteGaussian {
    /// With a variance parameter of `numerator / denominator`.
    pub fn new(numerator: u64, denominator: u64) -> Result<Self, NoiseError> {
        let error = NoiseError { numerator, denominator };
        let fits = denominator > 0
            && u128::from(numerator) * 1000 >= u128::from(denominator)
            && u128::from(numerator) <= u128::from(denominator) * 100_000_000
            && denominator <= 1_000_000_000;
        if !fits {
            return Err(error);
        }
        let divisor = gcd(numerator, denominator);
        let (numerator, denominator) = (numerator / divisor, denominator / divisor);
        let scale = u128::from((numerator / denominator).isqrt() + 1);
        Ok(Self { numerator: numerator.into(), denominator: denominator.into(), scale })
    }

    /// Draws a number: algorithm 3.
    pub fn draw(&self, bits: &mut Bits) -> i64 {
        let Self { numerator, denominator, scale } = *self;
        loop {
            let drawn = bits.discrete_laplace(scale);
            // exp(−(|y| − σ²/t)² / 2σ²), with σ² = numerator / denominator and t = scale.
            let offset = (drawn.unsigned_abs() * denominator * scale).abs_diff(numerator);
            let bottom = 2 * numerator * denominator * scale * scale;
            // What does not fit is so far out that it is accepted less often than once in the age of the universe.
            let accepted = offset.checked_mul(offset).is_some_and(|top| bits.bernoulli_exp(top, bottom));
            if accepted && let Ok(drawn) = i64::try_from(drawn) {
                return drawn;
            }
        }
    }

    /// The standard deviation, nearly.
    pub fn sigma(&self) -> f64 {
        (self.numerator as f64 / self.denominator as f64).sqrt()
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const DRAWS: usize = 200_000;

    /// Pearson's chi-squared over the values −reach..=reach, the tails thrown together.
    fn chi_squared(drawn: &BTreeMap<i64, usize>, weight: impl Fn(i64) -> f64, reach: i64) -> f64 {
        let total: f64 = (-1000..=1000).map(&weight).sum();
        let cells = (-reach..=reach).map(|value| {
            let expected = DRAWS as f64 * weight(value) / total;
            (drawn.get(&value).copied().unwrap_or_default() as f64, expected)
        });
        let inside: Vec<(f64, f64)> = cells.collect();
        let rest =
            inside.iter().fold((DRAWS as f64, DRAWS as f64), |rest, cell| (rest.0 - cell.0, rest.1 - cell.1));
        let cell = |(found, expected): &(f64, f64)| (found - expected).powi(2) / expected.max(1e-9);
        inside.iter().map(cell).sum::<f64>() + if rest.1 > 1.0 { cell(&rest) } else { 0.0 }
    }

    fn tally(mut draw: impl FnMut() -> i64) -> BTreeMap<i64, usize> {
        let mut drawn = BTreeMap::new();
        (0..DRAWS).for_each(|_| *drawn.entry(draw()).or_default() += 1);
        drawn
    }

    /// The seeds are fixed: with 11 to 31 cells, chi-squared stays below 75 unless the distribution is wrong.
    const CHI_SQUARED_MAX: f64 = 75.0;

    #[test]
    fn the_discrete_gaussian_has_its_exact_probabilities() {
        for (numerator, denominator, reach) in [(1, 4, 2), (1, 1, 5), (10, 3, 8), (30, 1, 15), (250, 7, 15)] {
            let gaussian = DiscreteGaussian::new(numerator, denominator).unwrap();
            let mut bits = Bits::new([numerator as u8; 32]);
            let drawn = tally(|| gaussian.draw(&mut bits));
            let variance = numerator as f64 / denominator as f64;
            let found =
                chi_squared(&drawn, |value| (-(value * value) as f64 / (2.0 * variance)).exp(), reach);
            assert!(found < CHI_SQUARED_MAX, "{numerator}/{denominator}: {found}");
        }
    }

    #[test]
    fn the_discrete_laplace_has_its_exact_probabilities() {
        for scale in [1, 3, 7] {
            let mut bits = Bits::new([scale as u8; 32]);
            let drawn = tally(|| bits.discrete_laplace(scale) as i64);
            let found = chi_squared(&drawn, |value| (-(value.abs() as f64) / scale as f64).exp(), 15);
            assert!(found < CHI_SQUARED_MAX, "{scale}: {found}");
        }
    }

    #[test]
    fn the_test_would_see_a_wrong_variance() {
        let gaussian = DiscreteGaussian::new(11, 10).unwrap();
        let mut bits = Bits::new([3; 32]);
        let drawn = tally(|| gaussian.draw(&mut bits));
        assert!(chi_squared(&drawn, |value| (-(value * value) as f64 / 2.0).exp(), 5) > CHI_SQUARED_MAX);
    }

    #[test]
    fn coins_fall_as_they_should() {
        let mut bits = Bits::new([1; 32]);
        for (numerator, denominator) in [(0_u128, 1_u128), (1, 3), (1, 1), (5, 2)] {
            let heads = (0..DRAWS).filter(|_| bits.bernoulli_exp(numerator, denominator)).count();
            let expected = (-(numerator as f64) / denominator as f64).exp() * DRAWS as f64;
            assert!(
                (heads as f64 - expected).abs() < 5.0 * (DRAWS as f64).sqrt() / 2.0,
                "{numerator}/{denominator}"
            );
        }
        assert!((0..1000).all(|_| bits.below(1) == 0 && bits.below(7) < 7));
    }

    #[test]
    fn the_same_seed_draws_the_same_and_odd_variances_are_refused() {
        let gaussian = DiscreteGaussian::new(30, 1).unwrap();
        let draw = |seed| {
            let mut bits = Bits::new([seed; 32]);
            (0..20).map(|_| gaussian.draw(&mut bits)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        for (numerator, denominator) in [(0, 1), (1, 0), (1, 1001), (u64::MAX, 1), (1, u64::MAX)] {
            assert!(DiscreteGaussian::new(numerator, denominator).is_err(), "{numerator}/{denominator}");
        }
        let mut bits = Bits::new([1; 32]);
        let widest = DiscreteGaussian::new(100_000_000 * 999_999_937, 999_999_937).unwrap();
        assert!((0..50).all(|_| widest.draw(&mut bits).abs() < 100_000));
        let finest = DiscreteGaussian::new(99_999_999_999_999_989, 999_999_937 + 63).unwrap();
        assert!((0..50).all(|_| finest.draw(&mut bits).abs() < 100_000));
    }
}
