//! Values get numbers in the order in which they come; the texts lie one after the other.

use std::hash::{DefaultHasher, Hash, Hasher};

use forewarn_model::ObservableKind;

/// Values by number, and numbers by value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interner {
    /// Open addressing, at most half full: a number plus one, or 0 where nothing stands.
    table: Vec<u32>,
    kinds: Vec<ObservableKind>,
    /// Where each text ends.
    ends: Vec<u64>,
    text: String,
}

impl Interner {
    /// The number of a value; a new one if it is new.
    pub(crate) fn number(&mut self, kind: ObservableKind, value: &str) -> u32 {
        if self.kinds.len() * 2 >= self.table.len() {
            self.grow();
        }
        let at = self.slot(kind, value);
        if self.table[at] == 0 {
            self.kinds.push(kind);
            self.text.push_str(value);
            self.ends.push(self.text.len() as u64);
            self.table[at] = self.kinds.len() as u32;
        }
        self.table[at] - 1
    }

    /// How many values there are.
    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// A value by its number.
    pub(crate) fn value(&self, number: u32) -> (ObservableKind, &str) {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        (self.kinds[at], &self.text[start as usize..self.ends[at] as usize])
    }

    /// The number of a value, if it has one.
    pub(crate) fn find(&self, kind: ObservableKind, value: &str) -> Option<u32> {
        if self.table.is_empty() {
            return None;
        }
        self.table[self.slot(kind, value)].checked_sub(1)
    }

    /// The values that are kept, numbered in the order of kind and text; and the new number of each old
    /// one, `u32::MAX` for those that are not kept.
    pub(crate) fn sorted(&self, kept: impl Fn(u32) -> bool) -> (Self, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.len() as u32).filter(|number| kept(*number)).collect();
        order.sort_unstable_by(|a, b| self.value(*a).cmp(&self.value(*b)));
        let mut sorted = Self::default();
        sorted.kinds.reserve_exact(order.len());
        sorted.ends.reserve_exact(order.len());
        let mut ranks = vec![u32::MAX; self.len()];
        for (rank, &old) in order.iter().enumerate() {
            let (kind, value) = self.value(old);
            sorted.kinds.push(kind);
            sorted.text.push_str(value);
            sorted.ends.push(sorted.text.len() as u64);
            ranks[old as usize] = rank as u32;
        }
        (sorted, ranks)
    }

    /// The number of a value in an interner that [`sorted`](Self::sorted) made.
    pub(crate) fn search(&self, kind: ObservableKind, value: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.len() as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.value(middle).cmp(&(kind, value)) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn slot(&self, kind: ObservableKind, value: &str) -> usize {
        // The keys of this hasher are fixed, so that a run can be repeated; nothing depends on the order.
        let mut hasher = DefaultHasher::new();
        (kind, value).hash(&mut hasher);
        let mask = self.table.len() - 1;
        let mut at = hasher.finish() as usize & mask;
        while self.table[at] != 0 && self.value(self.table[at] - 1) != (kind, value) {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        self.table = vec![0; (self.table.len() * 2).max(64)];
        for number in 0..self.kinds.len() as u32 {
            let (kind, value) = self.value(number);
            let at = self.slot(kind, value);
            self.table[at] = number + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_and_sorting_keeps_every_value() {
        let mut interner = Interner::default();
        let values: Vec<String> = (0..1_000).map(|n| format!("v{}", n * 7_919 % 1_000)).collect();
        let numbers: Vec<u32> = values.iter().map(|v| interner.number(ObservableKind::Phone, v)).collect();
        assert_ne!(
            interner.number(ObservableKind::Email, "v1"),
            interner.number(ObservableKind::Phone, "v1")
        );
        assert_eq!(interner.len(), 1_001);
        let (sorted, ranks) = interner.sorted(|_| true);
        for (value, &number) in values.iter().zip(&numbers) {
            assert_eq!(interner.value(number).1, value);
            assert_eq!(sorted.search(ObservableKind::Phone, value), Some(ranks[number as usize]));
        }
        assert_eq!(sorted.search(ObservableKind::Phone, "w"), None);
        assert_eq!(interner.find(ObservableKind::Email, "v2"), None);
        let (fewer, ranks) = interner.sorted(|number| number < 10);
        assert_eq!((fewer.len(), ranks[10]), (10, u32::MAX));
    }
}
