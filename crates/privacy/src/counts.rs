//! Tables of counts that may be published: with small counts suppressed (k-anonymity), or with noise (differential
//! privacy).
//!
//! The values that a table may have are given beforehand and do not depend on the data: that a row is there tells
//! nothing. Besides the cells there are margins: the counts of each value of one dimension.
//!
//! - [`suppressed`]: exact counts; below `k` they are left out, and further ones with them, so that no count can be
//!   worked out from its margin (secondary suppression; Cox 1980). Suppression protects against reading off a small
//!   count, and against nothing else: who compares two releases, or knows all but one event, may learn the rest.
//! - [`noisy`]: every cell and margin gets discrete Gaussian noise. With σ² = Δ²/2ρ a release satisfies ρ-zero-
//!   concentrated differential privacy (Bun and Steinke 2016; Canonne, Kamath, Steinke 2020, theorem 4), and what
//!   several releases cost adds up. What is then left out is decided by the noisy count alone.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::noise::{Bits, DiscreteGaussian, NoiseError};

/// A table that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CountsError {
    /// Too many cells.
    #[error("make the table: {found} cells, at most {max}: choose fewer dimensions or a shorter time")]
    Cells {
        /// How many there would be.
        found: u128,
        /// How many there may be.
        max: usize,
    },
    /// Noise that cannot be drawn.
    #[error(transparent)]
    Noise(#[from] NoiseError),
}

/// Counts over all combinations of the values of some dimensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    sizes: Vec<usize>,
    counts: Vec<u64>,
    /// For each value of each dimension, how many events have a cell with it: one that has several counts once.
    events: Vec<Vec<u64>>,
}

/// A published count: of a cell, or a margin in which all dimensions but one are summed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// For each dimension, which value; none if it is summed up.
    pub key: Vec<Option<usize>>,
    /// How many; none if it is suppressed.
    pub count: Option<u64>,
}

/// What a noisy release is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noise {
    /// What the whole release costs, in millionths of zero-concentrated differential privacy.
    pub rho_micro: u64,
    /// In how many cells one event counts at most: the square of the sensitivity.
    pub cells_per_event_max: u32,
    /// Counts below this are left out.
    pub k: u64,
}

/// A noisy release.
#[derive(Debug, Clone, PartialEq)]
pub struct Noisy {
    /// The margins and cells that are published.
    pub published: Vec<Published>,
    /// The standard deviation of the noise of a cell or margin.
    pub sigma: f64,
    /// From how much on a count is published: so high that noise alone reaches it hardly ever.
    pub shown_from: u64,
}

/// The largest cost, in millionths of zero-concentrated differential privacy, that keeps (ε, δ)-differential privacy
/// (Bun and Steinke 2016, proposition 1.3: ε = ρ + 2·√(ρ·ln 1/δ)).
pub fn rho_micro(epsilon: f64, delta: f64) -> u64 {
    let log = (1.0 / delta).ln();
    let rho = ((log + epsilon).sqrt() - log.sqrt()).powi(2);
    if rho.is_finite() { (rho * 1e6).floor() as u64 } else { 0 }
}

/// The ε at a δ of what cost so many millionths.
pub fn epsilon(rho_micro: u64, delta: f64) -> f64 {
    let rho = rho_micro as f64 / 1e6;
    rho + 2.0 * (rho * (1.0 / delta).ln()).sqrt()
}

/// How likely it is at most that noise alone makes any count of a release appear.
const GHOST_CHANCE: f64 = 0.05;

/// The count that noise alone reaches in any of so many cells with at most that chance: the tail of a Gaussian beyond
/// z standard deviations is at most φ(z)/z.
fn ghosts_below(sigma: f64, cells: usize) -> u64 {
    let tail = |z: f64| (-z * z / 2.0).exp() / (z * (2.0 * std::f64::consts::PI).sqrt());
    let steps = (100..1_000).map(|hundredth| f64::from(hundredth) / 100.0);
    let enough = |z: &f64| tail(*z) * cells.max(1) as f64 <= GHOST_CHANCE;
    (steps.into_iter().find(enough).unwrap_or(10.0) * sigma).ceil() as u64
}

impl Table {
    /// A table of zeros; `sizes` says how many values each dimension has.
    pub fn new(sizes: Vec<usize>, cells_max: usize) -> Result<Self, CountsError> {
        let found = sizes.iter().fold(1_u128, |all, size| all.saturating_mul(*size as u128));
        if found > cells_max as u128 {
            return Err(CountsError::Cells { found, max: cells_max });
        }
        let events = sizes.iter().map(|size| vec![0; *size]).collect();
        Ok(Self { counts: vec![0; found as usize], sizes, events })
    }

    /// Counts one event, given the cells that it belongs to: each once, and no more than the first
    /// `cells_per_event_max` of them in order, so that one event weighs no more than the noise hides.
    pub fn add(&mut self, cells: &[Vec<usize>], cells_per_event_max: u32) {
        let mut places: Vec<usize> = cells.iter().filter_map(|cell| self.place(cell)).collect();
        places.sort_unstable();
        places.dedup();
        places.truncate(cells_per_event_max as usize);
        places.iter().for_each(|place| self.counts[*place] += 1);
        let cells: Vec<Vec<usize>> = places.iter().map(|place| self.cell(*place)).collect();
        for (dimension, events) in self.events.iter_mut().enumerate() {
            let values: BTreeSet<usize> = cells.iter().map(|cell| cell[dimension]).collect();
            values.iter().for_each(|at| events[*at] += 1);
        }
    }

    /// How many dimensions.
    pub fn dimensions(&self) -> usize {
        self.sizes.len()
    }

    fn place(&self, cell: &[usize]) -> Option<usize> {
        let fits = cell.len() == self.sizes.len() && cell.iter().zip(&self.sizes).all(|(at, size)| at < size);
        fits.then(|| cell.iter().zip(&self.sizes).fold(0, |place, (at, size)| place * size + at))
    }

    fn cell(&self, mut place: usize) -> Vec<usize> {
        let mut cell = vec![0; self.sizes.len()];
        for (at, size) in cell.iter_mut().zip(&self.sizes).rev() {
            *at = place % size;
            place /= size;
        }
        cell
    }

    /// The sums of the cells over all dimensions but one.
    fn sums(&self) -> Vec<Vec<u64>> {
        let mut margins: Vec<Vec<u64>> = self.sizes.iter().map(|size| vec![0; *size]).collect();
        for (place, count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            for (margin, at) in margins.iter_mut().zip(self.cell(place)) {
                margin[at] += count;
            }
        }
        margins
    }

    fn margin_key(&self, dimension: usize, at: usize) -> Vec<Option<usize>> {
        (0..self.sizes.len()).map(|other| (other == dimension).then_some(at)).collect()
    }
}

/// Exact counts with those below `k` suppressed, and as many more as it takes that none can be worked out from a
/// margin. Cells and margins without any event are left out.
pub fn suppressed(table: &Table, k: u64) -> Vec<Published> {
    let margins = table.sums();
    let mut cells: BTreeMap<usize, (Vec<usize>, u64, bool)> = BTreeMap::new();
    for (place, count) in table.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        cells.insert(place, (table.cell(place), *count, *count < k));
    }
    // With one dimension the cells are the margins.
    let several = table.dimensions() > 1;
    let mut hidden_margins: Vec<Vec<bool>> =
        margins.iter().map(|margin| margin.iter().map(|count| *count > 0 && *count < k).collect()).collect();
    let mut changed = several;
    while changed {
        changed = false;
        for (dimension, margin) in hidden_margins.iter_mut().enumerate() {
            for (at, hidden_margin) in margin.iter_mut().enumerate() {
                if *hidden_margin {
                    continue;
                }
                let line = cells.values().filter(|(cell, _, hidden)| *hidden && cell[dimension] == at);
                let (number, sum) =
                    line.fold((0, 0), |(number, sum), (_, count, _)| (number + 1, sum + count));
                // One alone is the margin less the others; several must still be k together.
                if number == 0 || (number > 1 && sum >= k) {
                    continue;
                }
                changed = true;
                let open = cells.values_mut().filter(|(cell, _, hidden)| !*hidden && cell[dimension] == at);
                match open.min_by_key(|(_, count, _)| *count) {
                    Some((_, _, hidden)) => *hidden = true,
                    None => *hidden_margin = true,
                }
            }
        }
    }
    let mut published = Vec::new();
    for (dimension, margin) in margins.iter().enumerate() {
        for (at, count) in margin.iter().enumerate().filter(|(_, count)| **count > 0) {
            let shown = (!hidden_margins[dimension][at]).then_some(*count);
            published.push(Published { key: table.margin_key(dimension, at), count: shown });
        }
    }
    if several {
        let all = cells.into_values();
        published.extend(all.map(|(cell, count, hidden)| Published {
            key: cell.into_iter().map(Some).collect(),
            count: (!hidden).then_some(count),
        }));
    }
    published
}

/// Counts with noise. The cost is shared out evenly over the margins of each dimension and the cells.
pub fn noisy(table: &Table, noise: &Noise, seed: [u8; 32]) -> Result<Noisy, CountsError> {
    let several = table.dimensions() > 1;
    let parts = table.dimensions() as u64 + u64::from(several);
    // σ² = Δ² / 2ρ for each part, with ρ in millionths: Δ² · 10⁶ · parts / 2 · micro.
    let numerator =
        u64::from(noise.cells_per_event_max.max(1)).saturating_mul(1_000_000).saturating_mul(parts);
    let gaussian = DiscreteGaussian::new(numerator, noise.rho_micro.saturating_mul(2))?;
    let mut bits = Bits::new(seed);
    let mut draw = |count: u64| u64::try_from(count as i64 + gaussian.draw(&mut bits)).unwrap_or_default();
    let margins: usize = table.events.iter().map(Vec::len).sum();
    let shown_from = noise.k.max(ghosts_below(gaussian.sigma(), margins + table.counts.len()));
    let mut published = Vec::new();
    for (dimension, margin) in table.events.iter().enumerate() {
        for (at, count) in margin.iter().enumerate() {
            let count = draw(*count);
            let shown = (count >= shown_from).then_some(count);
            published.push(Published { key: table.margin_key(dimension, at), count: shown });
        }
    }
    if several {
        for (place, count) in table.counts.iter().enumerate() {
            let count = draw(*count);
            if count >= shown_from {
                let key = table.cell(place).into_iter().map(Some).collect();
                published.push(Published { key, count: Some(count) });
            }
        }
    }
    Ok(Noisy { published, sigma: gaussian.sigma(), shown_from })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(sizes: &[usize], counts: &[(&[usize], u64)]) -> Table {
        let mut table = Table::new(sizes.to_vec(), 10_000).unwrap();
        for (cell, count) in counts {
            (0..*count).for_each(|_| table.add(&[cell.to_vec()], 1));
        }
        table
    }

    fn shown(published: &[Published]) -> Vec<(String, Option<u64>)> {
        let part = |at: &Option<usize>| at.map_or("*".to_owned(), |at| at.to_string());
        let line = |one: &Published| (one.key.iter().map(part).collect::<Vec<_>>().join(","), one.count);
        published.iter().map(line).collect()
    }

    #[test]
    fn a_small_count_takes_another_with_it() {
        let table = table(&[2, 3], &[(&[0, 0], 9), (&[0, 1], 2), (&[0, 2], 7), (&[1, 0], 20), (&[1, 1], 30)]);
        let found: Vec<(String, Option<u64>)> = shown(&suppressed(&table, 5));
        let hidden: Vec<&str> =
            found.iter().filter(|(_, count)| count.is_none()).map(|(key, _)| key.as_str()).collect();
        assert_eq!(found.len(), 10);
        assert!(hidden.contains(&"0,1"));
        for line in ["0,*", "1,*"] {
            assert!(
                hidden.iter().filter(|key| key.starts_with(&line[..1]) && !key.contains('*')).count() >= 2,
                "{hidden:?}"
            );
        }
    }

    #[test]
    fn one_dimension_hides_what_is_small() {
        let table = table(&[3], &[(&[0], 9), (&[1], 2)]);
        assert_eq!(shown(&suppressed(&table, 5)), [("0".to_owned(), Some(9)), ("1".to_owned(), None)]);
    }

    proptest! {
        #[test]
        fn nothing_small_is_shown_nor_left_alone_in_its_line(
            counts in prop::collection::vec(0_u64..12, 12), k in 1_u64..7,
        ) {
            let cells: Vec<Vec<usize>> = (0..12).map(|at| vec![at / 4, at % 4]).collect();
            let filled: Vec<(&[usize], u64)> = cells.iter().map(Vec::as_slice).zip(counts.iter().copied()).collect();
            let published = suppressed(&table(&[3, 4], &filled), k);
            for one in &published {
                prop_assert!(one.count.is_none_or(|count| count >= k));
                let (Some(total), [row, column]) = (one.count, one.key.as_slice()) else { continue };
                if row.is_some() && column.is_some() {
                    continue;
                }
                // What a reader works out of a margin less the cells that are shown.
                let of_line = |other: &&Published| {
                    other.key.iter().all(Option::is_some)
                        && one.key.iter().zip(&other.key).all(|(margin, at)| margin.is_none() || margin == at)
                };
                let line: Vec<&Published> = published.iter().filter(of_line).collect();
                let rest = total - line.iter().filter_map(|cell| cell.count).sum::<u64>();
                let hidden = line.iter().filter(|cell| cell.count.is_none()).count();
                prop_assert!(hidden == 0 || (hidden > 1 && rest >= k), "{hidden} hidden, {rest}");
            }
        }

        #[test]
        fn one_event_more_changes_no_more_than_the_noise_hides(
            cells in prop::collection::vec((0_usize..3, 0_usize..4), 1..10), most in 1_u32..5,
        ) {
            let cells: Vec<Vec<usize>> = cells.into_iter().map(|(row, column)| vec![row, column]).collect();
            let before = table(&[3, 4], &[(&[0, 0], 3), (&[2, 1], 1)]);
            let mut after = before.clone();
            after.add(&cells, most);
            let squared = |before: &[u64], after: &[u64]| -> u64 {
                before.iter().zip(after).map(|(one, other)| one.abs_diff(*other).pow(2)).sum()
            };
            prop_assert!(squared(&before.counts, &after.counts) <= u64::from(most));
            for (before, after) in before.events.iter().zip(&after.events) {
                prop_assert!(squared(before, after) <= u64::from(most));
            }
        }
    }

    #[test]
    fn noise_is_as_wide_as_it_is_paid_for() {
        let noise = Noise { rho_micro: 17_000, cells_per_event_max: 1, k: 1 };
        let mut high = Table::new(vec![400], 1000).unwrap();
        (0..400 * 300).for_each(|event| high.add(&[vec![event % 400]], 1));
        let made = noisy(&high, &noise, [1; 32]).unwrap();
        assert!((made.sigma - (1.0 / (2.0 * 0.017_f64)).sqrt()).abs() < 1e-9, "{}", made.sigma);
        let squares =
            made.published.iter().filter_map(|one| one.count).map(|count| (count as f64 - 300.0).powi(2));
        let variance = squares.sum::<f64>() / 400.0;
        assert!((variance / made.sigma.powi(2) - 1.0).abs() < 0.3, "{variance}");
        // Two dimensions share the cost among three parts, and four cells an event take twice the noise.
        let wide = Table::new(vec![20, 20], 1000).unwrap();
        let shared = noisy(&wide, &Noise { cells_per_event_max: 4, ..noise }, [1; 32]).unwrap();
        assert!((shared.sigma / made.sigma - 12_f64.sqrt()).abs() < 1e-9);
        assert!(shared.published.iter().all(|one| one.count.is_none()), "nothing appears of noise alone");
        assert!(noisy(&wide, &Noise { rho_micro: 0, ..noise }, [1; 32]).is_err());
    }

    #[test]
    fn large_counts_come_out_near_the_truth() {
        let table = table(&[2, 2], &[(&[0, 0], 900), (&[1, 1], 500)]);
        let made =
            noisy(&table, &Noise { rho_micro: 17_000, cells_per_event_max: 1, k: 5 }, [2; 32]).unwrap();
        let cells: Vec<_> = made.published.iter().filter(|one| !one.key.contains(&None)).collect();
        assert_eq!(cells.len(), 2);
        for (one, truth) in cells.iter().zip([900_f64, 500.0]) {
            assert!((one.count.unwrap() as f64 - truth).abs() < 6.0 * made.sigma, "{one:?}");
        }
    }

    #[test]
    fn costs_add_up_and_round_in_favour_of_privacy() {
        let one = rho_micro(1.0, 1e-6);
        assert_eq!(one, 17_468);
        assert!(epsilon(one, 1e-6) <= 1.0 && epsilon(one + 1, 1e-6) > 1.0);
        // Ten releases of ε = 1 cost less than ε = 10 together.
        assert!(epsilon(10 * one, 1e-6) < 3.5);
        assert_eq!(rho_micro(f64::NAN, 1e-6), 0);
        assert_eq!(rho_micro(1.0, 0.0), 0);
    }

    #[test]
    fn too_many_cells_are_refused() {
        let told = Table::new(vec![usize::MAX, usize::MAX], 1000).unwrap_err().to_string();
        assert!(told.contains("choose fewer dimensions"), "{told}");
    }
}
