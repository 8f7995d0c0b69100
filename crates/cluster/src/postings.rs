//! Which texts have a phrase: an inverted index whose lists are short whatever the data. A phrase that very
//! many campaigns use is boilerplate: its list is dropped, and only that fact is kept.
//!
//! The table is cut into many small ones, so that the growth of one never takes long.

use crate::chunks::Chunks;

/// At how many texts of different campaigns a phrase becomes boilerplate.
const COMMON_AT: usize = 16;

/// What is known of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found<'a> {
    /// No text has it.
    Nowhere,
    /// These texts have it, fewer than `COMMON_AT`.
    In(&'a [u32]),
    /// It is boilerplate.
    Common,
}

/// Postings and the texts that have them.
#[derive(Debug, Clone)]
pub(crate) struct Postings {
    shards: Vec<Shard>,
    /// Lists of two to four, and of five to fifteen.
    short: Lists<4>,
    long: Lists<{ COMMON_AT - 1 }>,
}

const SHARD_BITS: u32 = 12;

impl Default for Postings {
    fn default() -> Self {
        Self {
            shards: vec![Shard::default(); 1 << SHARD_BITS],
            short: Lists::default(),
            long: Lists::default(),
        }
    }
}

impl Postings {
    /// What is known of a phrase.
    pub(crate) fn find<'a>(&'a self, hash: u64, single: &'a mut [u32; 1]) -> Found<'a> {
        match self.shard(hash).get(hash).map(Cell::read) {
            None => Found::Nowhere,
            Some(Place::Common) => Found::Common,
            Some(Place::One(text)) => {
                *single = [text];
                Found::In(single)
            }
            Some(Place::Short(list)) => Found::In(self.short.get(list)),
            Some(Place::Long(list)) => Found::In(self.long.get(list)),
        }
    }

    /// Notes that a text has a phrase. The caller sees to it that a campaign is noted once.
    pub(crate) fn add(&mut self, hash: u64, text: u32) {
        let shard = &mut self.shards[(hash >> (64 - SHARD_BITS)) as usize];
        let Some(slot) = shard.slot(hash) else {
            shard.insert(hash, Cell::write(Place::One(text)));
            return;
        };
        let place = match shard.cells[slot].1.read() {
            Place::Common => Place::Common,
            Place::One(first) => Place::Short(self.short.new_list(&[first, text])),
            Place::Short(list) if self.short.push(list, text) => Place::Short(list),
            Place::Short(list) => {
                let texts: [u32; 4] = *self.short.free(list);
                let list = self.long.new_list(&texts);
                self.long.push(list, text);
                Place::Long(list)
            }
            Place::Long(list) if self.long.push(list, text) => Place::Long(list),
            Place::Long(list) => {
                self.long.free(list);
                Place::Common
            }
        };
        shard.cells[slot].1 = Cell::write(place);
    }

    /// How many bytes it holds.
    pub(crate) fn bytes(&self) -> usize {
        let cells: usize = self.shards.iter().map(|shard| shard.cells.capacity()).sum();
        cells * size_of::<(u32, Cell)>() + self.short.lists.bytes() + self.long.lists.bytes()
    }

    /// How many phrases it knows.
    pub(crate) fn len(&self) -> u32 {
        self.shards.iter().map(|shard| shard.used as u32).sum()
    }

    /// Hands out every phrase: its shard, its key in it, and the texts that have it; none if it is boilerplate.
    pub(crate) fn cells(&self, mut each: impl FnMut(u16, u32, &[u32])) {
        for (number, shard) in self.shards.iter().enumerate() {
            for (key, cell) in shard.cells.iter().filter(|(_, cell)| *cell != Cell::EMPTY) {
                let single;
                let texts: &[u32] = match cell.read() {
                    Place::One(text) => {
                        single = [text];
                        &single
                    }
                    Place::Short(list) => self.short.get(list),
                    Place::Long(list) => self.long.get(list),
                    Place::Common => &[],
                };
                each(number as u16, *key, texts);
            }
        }
    }

    /// Takes back a phrase that [`cells`](Self::cells) handed out; none if it cannot be one.
    pub(crate) fn restore_cell(&mut self, shard: u32, key: u32, texts: &[u32]) -> Option<()> {
        let place = match texts {
            [] => Place::Common,
            [text] => Place::One(*text),
            texts if texts.len() <= 4 => Place::Short(self.short.new_list(texts)),
            texts if texts.len() < COMMON_AT => Place::Long(self.long.new_list(texts)),
            _ => return None,
        };
        self.shards.get_mut(shard as usize)?.insert_key(key, Cell::write(place));
        Some(())
    }

    fn shard(&self, hash: u64) -> &Shard {
        &self.shards[(hash >> (64 - SHARD_BITS)) as usize]
    }
}

/// Where the texts of a phrase stand, in two bits of kind and thirty of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    One(u32),
    Short(u32),
    Long(u32),
    Common,
}

impl Cell {
    const EMPTY: Self = Self(u32::MAX);
    const NUMBER: u32 = (1 << 30) - 1;

    fn write(place: Place) -> Self {
        let (kind, number) = match place {
            Place::One(text) => (0, text),
            Place::Short(list) => (1, list),
            Place::Long(list) => (2, list),
            Place::Common => (3, 0),
        };
        Self((kind << 30) | (number & Self::NUMBER))
    }

    fn read(self) -> Place {
        let number = self.0 & Self::NUMBER;
        match self.0 >> 30 {
            0 => Place::One(number),
            1 => Place::Short(number),
            2 => Place::Long(number),
            _ => Place::Common,
        }
    }
}

/// An open-addressing table from 32 bits of a hash to a cell.
#[derive(Debug, Clone, Default)]
struct Shard {
    cells: Vec<(u32, Cell)>,
    used: usize,
}

impl Shard {
    fn get(&self, hash: u64) -> Option<Cell> {
        self.slot(hash).map(|slot| self.cells[slot].1)
    }

    fn slot(&self, hash: u64) -> Option<usize> {
        let key = key(hash);
        let mut slot = self.start(key)?;
        while self.cells[slot].1 != Cell::EMPTY {
            if self.cells[slot].0 == key {
                return Some(slot);
            }
            slot = (slot + 1) % self.cells.len();
        }
        None
    }

    fn insert(&mut self, hash: u64, cell: Cell) {
        self.insert_key(key(hash), cell);
    }

    fn insert_key(&mut self, key: u32, cell: Cell) {
        if (self.used + 1) * 8 > self.cells.len() * 7 {
            let room = (self.cells.len() * 5 / 4).max(16);
            let old = std::mem::replace(&mut self.cells, vec![(0, Cell::EMPTY); room]);
            for (key, cell) in old.into_iter().filter(|(_, cell)| *cell != Cell::EMPTY) {
                self.put(key, cell);
            }
        }
        self.put(key, cell);
        self.used += 1;
    }

    fn put(&mut self, key: u32, cell: Cell) {
        let Some(mut slot) = self.start(key) else { return };
        while self.cells[slot].1 != Cell::EMPTY {
            slot = (slot + 1) % self.cells.len();
        }
        self.cells[slot] = (key, cell);
    }

    /// Where the search for a key starts; none in an empty table.
    fn start(&self, key: u32) -> Option<usize> {
        (!self.cells.is_empty()).then(|| ((u64::from(key) * self.cells.len() as u64) >> 32) as usize)
    }
}

/// The bits of a hash that tell phrases of a shard apart: above the sampled ones, below the shard's.
fn key(hash: u64) -> u32 {
    (hash >> (32 - SHARD_BITS)) as u32
}

/// Many lists of at most `N`, one after the other, with the freed ones used again.
#[derive(Debug, Clone, Default)]
struct Lists<const N: usize> {
    lists: Chunks<Row<N>>,
    free: Vec<u32>,
}

type Row<const N: usize> = [u32; N];

const NOTHING: u32 = u32::MAX;

impl<const N: usize> Lists<N> {
    fn new_list(&mut self, texts: &[u32]) -> u32 {
        let mut row = [NOTHING; N];
        row[..texts.len()].copy_from_slice(texts);
        match self.free.pop() {
            Some(list) => {
                self.lists[list as usize] = row;
                list
            }
            None => {
                self.lists.push(row);
                self.lists.len() as u32 - 1
            }
        }
    }

    fn get(&self, list: u32) -> &[u32] {
        let row = &self.lists[list as usize];
        &row[..row.iter().position(|&text| text == NOTHING).unwrap_or(N)]
    }

    /// Whether there was room.
    fn push(&mut self, list: u32, text: u32) -> bool {
        let room = self.lists[list as usize].iter_mut().find(|entry| **entry == NOTHING);
        room.map(|entry| *entry = text).is_some()
    }

    fn free(&mut self, list: u32) -> &Row<N> {
        self.free.push(list);
        &self.lists[list as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::mix;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        /// The table agrees with a map of lists, whatever comes in whichever order.
        #[test]
        fn agrees_with_a_plain_map(adds in prop::collection::vec((0_u64..40, 0_u32..1_000_000), 0..1_500)) {
            let mut postings = Postings::default();
            let mut plain: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
            for (phrase, text) in adds {
                postings.add(mix(phrase), text);
                plain.entry(phrase).or_default().push(text);
            }
            for phrase in 0..50 {
                let mut single = [0];
                let found = postings.find(mix(phrase), &mut single);
                match plain.get(&phrase) {
                    None => prop_assert_eq!(found, Found::Nowhere),
                    Some(texts) if texts.len() >= COMMON_AT => prop_assert_eq!(found, Found::Common),
                    Some(texts) => prop_assert_eq!(found, Found::In(texts)),
                }
            }
        }
    }

    #[test]
    fn holds_many_phrases_in_little_room() {
        let mut postings = Postings::default();
        let count = 400_000;
        for n in 0..count {
            postings.add(mix(n), n as u32);
        }
        let mut single = [0];
        let lost = (0..count)
            .filter(|&n| !matches!(postings.find(mix(n), &mut single), Found::In(texts) if texts.contains(&(n as u32))));
        assert_eq!(lost.count(), 0);
        assert!(
            postings.bytes() < 14 * count as usize,
            "{} bytes a phrase",
            postings.bytes() / count as usize
        );
    }
}
