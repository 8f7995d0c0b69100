//! Ties that an analyst marked as wrong: they stay out, however often they are found again.

use std::collections::BTreeSet;

use forewarn_model::EntityKind;

type End = (EntityKind, String);

/// Pairs of nodes that are not tied, whatever the reports say.
///
/// A report that does not belong to a campaign stands alone; a report or campaign that does not stand for
/// an identifier is no evidence for any tie of it; two identifiers are not part of, nor pay to, each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wrong {
    pairs: BTreeSet<(End, End)>,
}

impl Wrong {
    /// Adds a pair; its order does not matter.
    pub fn insert(&mut self, a: (EntityKind, &str), b: (EntityKind, &str)) {
        let (a, b) = ((a.0, a.1.to_owned()), (b.0, b.1.to_owned()));
        self.pairs.insert(if a <= b { (a, b) } else { (b, a) });
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The pairs, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&End, &End)> {
        self.pairs.iter().map(|(a, b)| (a, b))
    }
}
