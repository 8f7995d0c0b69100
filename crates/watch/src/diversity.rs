//! How many kinds there are, when one sees only a sample: Hill numbers, corrected for what was not seen.
//!
//! Order 0 counts kinds, order 1 weighs them by how common they are, order 2 counts the common ones. The
//! estimators are those of Chao (1984) for order 0; Chao, Wang and Jost (2013), *Methods in Ecology and
//! Evolution* 4, for order 1; and the unbiased Simpson concentration for order 2 (Chao and Jost 2015).

/// Terms of a convergent sum that are added at most.
const TERMS_MAX: usize = 100_000;

/// Hill numbers of orders 0, 1 and 2 from `abundances`, how often each kind was seen (0 is not seen). All
/// are 0 for an empty sample; each is at least what was observed.
pub(crate) fn hill(abundances: &[u32]) -> [f64; 3] {
    let seen: Vec<f64> = abundances.iter().filter(|x| **x > 0).map(|x| f64::from(*x)).collect();
    let n: f64 = seen.iter().sum();
    if n == 0.0 {
        return [0.0; 3];
    }
    let of = |times: f64| seen.iter().filter(|x| **x == times).count() as f64;
    let (once, twice) = (of(1.0), of(2.0));
    [richness(seen.len() as f64, n, once, twice), shannon(&seen, n, once, twice).exp(), simpson(&seen, n)]
}

fn richness(observed: f64, n: f64, once: f64, twice: f64) -> f64 {
    let unseen = if twice > 0.0 { once * once / (2.0 * twice) } else { once * (once - 1.0) / 2.0 };
    observed + (n - 1.0) / n * unseen
}

/// The entropy in nats.
fn shannon(seen: &[f64], n: f64, once: f64, twice: f64) -> f64 {
    let total = n as usize;
    // sums[x] = Σ 1/k for k = x … n − 1.
    let mut sums = vec![0.0; total + 1];
    for k in (1..total).rev() {
        sums[k] = sums[k + 1] + 1.0 / k as f64;
    }
    let observed: f64 = seen.iter().map(|x| x / n * sums[*x as usize]).sum();
    let a = if twice > 0.0 {
        2.0 * twice / ((n - 1.0) * once + 2.0 * twice)
    } else if once > 0.0 {
        2.0 / ((n - 1.0) * (once - 1.0) + 2.0)
    } else {
        1.0
    };
    // (1 − A)^(1 − n) · (−ln A − Σ (1 − A)^r / r for r < n) is the rest of that series, which converges.
    let mut power = 1.0 - a;
    let mut rest = 0.0;
    for j in 0..TERMS_MAX {
        let term = power / (n + j as f64);
        rest += term;
        if term <= rest * 1e-12 {
            break;
        }
        power *= 1.0 - a;
    }
    observed + once / n * rest
}

fn simpson(seen: &[f64], n: f64) -> f64 {
    let pairs: f64 = seen.iter().map(|x| x * (x - 1.0)).sum();
    if pairs > 0.0 { n * (n - 1.0) / pairs } else { seen.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(abundances: &[u32], expected: [f64; 3]) {
        for (got, expected) in hill(abundances).into_iter().zip(expected) {
            assert!((got - expected).abs() < 1e-3, "{abundances:?}: {got} is not {expected}");
        }
    }

    #[test]
    fn agrees_with_values_worked_out_by_hand() {
        check(&[], [0.0, 0.0, 0.0]);
        check(&[0, 7], [1.0, 1.0, 1.0]);
        // Chao1: 3 + 3/4 · 2²/(2 · 1) = 4.5; Simpson: 4 · 3 / 2 = 6. Entropy: two singletons of 1/4 · 11/6,
        // one doubleton of 1/2 · 5/6, A = 2/(3 · 2 + 2) = 1/4 and 1/2 · (4/3)³ · (ln 4 − 3/4 − 9/32 − 9/64).
        check(&[1, 1, 2], [4.5, (11.0_f64 / 12.0 + 5.0 / 12.0 + 0.253_996).exp(), 6.0]);
    }

    proptest! {
        #[test]
        fn a_large_even_sample_has_as_many_kinds_as_it_shows(kinds in 1..30_usize) {
            let [zero, one, two] = hill(&vec![400; kinds]);
            let kinds = kinds as f64;
            prop_assert!((zero - kinds).abs() < 1e-9);
            prop_assert!((one - kinds).abs() < 0.01 * kinds && (two - kinds).abs() < 0.01 * kinds);
        }

        #[test]
        fn is_finite_and_positive(abundances in proptest::collection::vec(0..50_u32, 1..40)) {
            for value in hill(&abundances) {
                prop_assert!(value.is_finite() && value >= 0.0);
            }
        }
    }
}
