//! An index as bytes and back, so that a restart need not read every ad again.
//!
//! The form: a mark, the version, the sections in a fixed order, and a SHA-256 over all before it. Numbers are
//! little-endian; a list is preceded by its length. Bytes that were cut, changed, or made by someone else are
//! refused with an error: nothing in them is believed before it is checked.

use std::collections::BTreeMap;

use forewarn_model::id::{ID_BYTES, hash_parts};
use forewarn_model::{CampaignId, ReportId, Timestamp};
use thiserror::Error;

use crate::chunks::{Chunks, Place, Texts};
use crate::groups::{CAMPAIGN, Entry, Groups, Known, Merge};
use crate::index::{Index, Representative};
use crate::postings::Postings;
use crate::{Config, sketch};

const MARK: &[u8; 8] = b"fwindex\n";
const VERSION: u32 = 1;
const LABEL: &str = "forewarn/cluster-index/1";
const CHECKSUM_BYTES: usize = 32;

/// A snapshot that cannot be restored.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SnapshotError {
    /// It is no snapshot of an index.
    #[error("restore index: no snapshot of an index: build it anew from the reports")]
    NoSnapshot,
    /// It was written by another version.
    #[error("restore index: snapshot of version {found}, expected {VERSION}: build it anew from the reports")]
    Version {
        /// The version that it says.
        found: u32,
    },
    /// It was cut or changed.
    #[error("restore index: the checksum does not fit: build it anew from the reports")]
    Checksum,
    /// It contradicts itself.
    #[error("restore index: {what} out of range: build it anew from the reports")]
    Contradiction {
        /// What.
        what: &'static str,
    },
}

impl Index {
    /// The index as bytes, about as many as it takes in memory.
    pub fn snapshot(&self) -> Vec<u8> {
        let mut out = Out(Vec::with_capacity(self.bytes() / 2 + 1024));
        out.0.extend_from_slice(MARK);
        out.u32(VERSION);
        out.groups(&self.groups);
        out.u32(self.representatives.len() as u32);
        for Representative { entry, place } in self.representatives.iter() {
            out.u32(*entry);
            out.u32(place.at);
            out.u32(u32::from(place.len) | (u32::from(place.coarse) << 16));
        }
        out.u32(self.texts.chunks().len() as u32);
        self.texts.chunks().iter().for_each(|chunk| out.bytes(chunk));
        let counts = self.counts.iter().enumerate().filter(|(_, (count, _))| *count > 0);
        out.u32(counts.clone().count() as u32);
        for (token, (count, _)) in counts {
            out.u32(token as u32);
            out.u32(*count);
        }
        out.u64(self.counted);
        for postings in [&self.by_phrase, &self.by_report, &self.by_copy] {
            out.u32(0);
            let start = out.0.len();
            postings.cells(|shard, key, place| {
                out.u32(u32::from(shard));
                out.u32(key);
                out.u32(place.len() as u32);
                place.iter().for_each(|&text| out.u32(text));
            });
            let len = postings.len();
            out.0[start - 4..start].copy_from_slice(&len.to_le_bytes());
        }
        let checksum = hash_parts(LABEL, &[&out.0]);
        out.0.extend_from_slice(&checksum);
        out.0
    }

    /// An index from its snapshot. `config` is to be the one with which it was filled.
    pub fn restore(bytes: &[u8], config: Config) -> Result<Self, SnapshotError> {
        let rest = bytes.strip_prefix(MARK).ok_or(SnapshotError::NoSnapshot)?;
        let (version, _) = rest.split_first_chunk::<4>().ok_or(SnapshotError::NoSnapshot)?;
        let found = u32::from_le_bytes(*version);
        if found != VERSION {
            return Err(SnapshotError::Version { found });
        }
        let body_len = bytes.len().checked_sub(CHECKSUM_BYTES).ok_or(SnapshotError::Checksum)?;
        let (body, checksum) = bytes.split_at(body_len);
        if hash_parts(LABEL, &[body]) != checksum {
            return Err(SnapshotError::Checksum);
        }
        let mut input = In(body.get(MARK.len() + 4..).unwrap_or_default());
        let mut index = Self::new(config);
        index.groups = input.groups()?;
        let entries = index.groups.entries.len() as u32;
        let mut representatives = Chunks::default();
        for _ in 0..input.u32()? {
            let (entry, at, len) = (input.below(entries, "representative")?, input.u32()?, input.u32()?);
            let place = Place { at, len: len as u16, coarse: len >> 16 & 1 == 1 };
            representatives.push(Representative { entry, place });
        }
        let mut chunks = Vec::new();
        for _ in 0..input.u32()? {
            chunks.push(input.bytes()?.to_vec());
        }
        index.texts = Texts::from_chunks(chunks).ok_or(contradiction("text"))?;
        if !representatives.iter().all(|one: &Representative| index.texts.holds(one.place)) {
            return Err(contradiction("text of a representative"));
        }
        for _ in 0..input.u32()? {
            let (token, count) = (input.below(1 << sketch::CODE_BITS, "token")?, input.u32()?);
            index.counts[token as usize] = (count, (count as f32 + 1.0).log2());
        }
        index.counted = input.u64()?;
        let count = representatives.len() as u32;
        index.representatives = representatives;
        index.by_phrase = input.postings(count)?;
        index.by_report = input.postings(entries)?;
        index.by_copy = input.postings(entries)?;
        if input.0.is_empty() { Ok(index) } else { Err(contradiction("length")) }
    }
}

fn contradiction(what: &'static str) -> SnapshotError {
    SnapshotError::Contradiction { what }
}

struct Out(Vec<u8>);

impl Out {
    fn u32(&mut self, number: u32) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn u64(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.u32(bytes.len() as u32);
        self.0.extend_from_slice(bytes);
    }

    fn time(&mut self, time: Option<Timestamp>) {
        self.0.push(u8::from(time.is_some()));
        if let Some(time) = time {
            self.0.extend_from_slice(&time.as_nanosecond().to_le_bytes());
        }
    }

    fn groups(&mut self, groups: &Groups) {
        self.u32(groups.entries.len() as u32);
        for entry in groups.entries.iter() {
            self.0.extend_from_slice(entry.report.as_bytes());
            self.u32(entry.copy);
            self.u32(entry.up);
            self.u32(entry.next);
        }
        self.u32(groups.known.len() as u32);
        for Known { size, founder, founded_at, representatives } in groups.known.iter() {
            [*size, *founder, *founded_at, *representatives].into_iter().for_each(|number| self.u32(number));
        }
        self.u32(groups.received.len() as u32);
        groups.received.iter().for_each(|time| self.time(*time));
        self.u32(groups.merges.len() as u32);
        for Merge { kept, absorbed, by, received_at } in &groups.merges {
            self.0.extend_from_slice(kept.as_bytes());
            self.0.extend_from_slice(absorbed.as_bytes());
            self.0.extend_from_slice(by.as_bytes());
            self.time(*received_at);
        }
        let pairs =
            groups.apart.iter().flat_map(|(one, others)| others.iter().map(move |other| (one, other)));
        self.u32(pairs.clone().count() as u32);
        for (one, other) in pairs {
            self.0.extend_from_slice(one.as_bytes());
            self.0.extend_from_slice(other.as_bytes());
        }
        self.u32(groups.apart_entries.len() as u32);
        for (one, other) in &groups.apart_entries {
            self.u32(*one);
            self.u32(*other);
        }
    }
}

struct In<'a>(&'a [u8]);

impl<'a> In<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], SnapshotError> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or(contradiction("length"))?;
        self.0 = rest;
        Ok(*taken)
    }

    fn u32(&mut self) -> Result<u32, SnapshotError> {
        self.take().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, SnapshotError> {
        self.take().map(u64::from_le_bytes)
    }

    /// A number below a bound.
    fn below(&mut self, end: u32, what: &'static str) -> Result<u32, SnapshotError> {
        self.u32().and_then(|number| if number < end { Ok(number) } else { Err(contradiction(what)) })
    }

    fn bytes(&mut self) -> Result<&'a [u8], SnapshotError> {
        let len = self.u32()? as usize;
        let (taken, rest) = self.0.split_at_checked(len).ok_or(contradiction("length"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn report(&mut self) -> Result<ReportId, SnapshotError> {
        self.take::<ID_BYTES>().map(ReportId::from_bytes)
    }

    fn campaign(&mut self) -> Result<CampaignId, SnapshotError> {
        self.take::<ID_BYTES>().map(CampaignId::from_bytes)
    }

    fn time(&mut self) -> Result<Option<Timestamp>, SnapshotError> {
        match self.take::<1>()? {
            [0] => Ok(None),
            _ => {
                let nanoseconds = i128::from_le_bytes(self.take()?);
                Timestamp::from_nanosecond(nanoseconds).map(Some).map_err(|_| contradiction("time"))
            }
        }
    }

    fn groups(&mut self) -> Result<Groups, SnapshotError> {
        let mut groups = Groups::default();
        let entries = self.u32()?;
        for _ in 0..entries {
            let (report, copy, up) = (self.report()?, self.u32()?, self.u32()?);
            let next = self.below(entries, "next member")?;
            groups.entries.push(Entry { report, copy, up, next });
        }
        for _ in 0..self.u32()? {
            let (size, founder) = (self.u32()?, self.below(entries, "founder")?);
            let (founded_at, representatives) = (self.below(entries, "founding")?, self.u32()?);
            groups.known.push(Known { size, founder, founded_at, representatives });
        }
        let known = groups.known.len() as u32;
        let fits = |up: u32| if up & CAMPAIGN != 0 { up & !CAMPAIGN < known } else { up < entries };
        if !groups.entries.iter().all(|entry| fits(entry.up)) || !is_forest(&groups.entries) {
            return Err(contradiction("group"));
        }
        for _ in 0..self.u32()? {
            let time = self.time()?;
            groups.received.push(time);
        }
        for _ in 0..self.u32()? {
            let (kept, absorbed) = (self.campaign()?, self.campaign()?);
            groups.merges.push(Merge { kept, absorbed, by: self.report()?, received_at: self.time()? });
        }
        let mut apart: BTreeMap<ReportId, Vec<ReportId>> = BTreeMap::new();
        for _ in 0..self.u32()? {
            let (one, other) = (self.report()?, self.report()?);
            apart.entry(one).or_default().push(other);
        }
        groups.apart = apart;
        for _ in 0..self.u32()? {
            let pair = (self.below(entries, "pair kept apart")?, self.below(entries, "pair kept apart")?);
            groups.apart_entries.push(pair);
        }
        Ok(groups)
    }

    fn postings(&mut self, texts: u32) -> Result<Postings, SnapshotError> {
        let mut postings = Postings::default();
        let mut list = Vec::new();
        for _ in 0..self.u32()? {
            let (shard, key, len) = (self.u32()?, self.u32()?, self.u32()?);
            list.clear();
            for _ in 0..len {
                list.push(self.below(texts, "posting")?);
            }
            postings.restore_cell(shard, key, &list).ok_or(contradiction("posting"))?;
        }
        Ok(postings)
    }
}

/// Whether every way up ends at an ad that stands for its group.
fn is_forest(entries: &Chunks<Entry>) -> bool {
    // Every path is walked once: what was seen to end is not walked again.
    let mut ends = vec![false; entries.len()];
    let mut path = Vec::new();
    (0..entries.len()).all(|start| {
        path.clear();
        let mut at = start;
        while !ends[at] {
            let up = entries[at].up;
            path.push(at);
            if up & CAMPAIGN != 0 || up as usize == at {
                break;
            }
            if path.len() > entries.len() {
                return false;
            }
            at = up as usize;
        }
        path.iter().for_each(|&at| ends[at] = true);
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synthetic::{Recipe, ads, fold};
    use crate::{Document, Outcome};
    use proptest::prelude::*;

    fn insert(index: &mut Index, text: &str) -> Outcome {
        let normalized = fold(text);
        let report = ReportId::derive(&[text.as_bytes()]);
        let received_at = Timestamp::from_second(text.len() as i64).ok();
        index.insert(&Document { report, text, normalized: &normalized, masks: &[], received_at })
    }

    fn filled() -> (Index, Vec<String>) {
        let texts: Vec<String> = ads(&Recipe::short(5, 240)).into_iter().map(|ad| ad.text).collect();
        let mut index = Index::new(Config::default());
        let id = |text: &str| ReportId::derive(&[text.as_bytes()]);
        index.keep_apart(id(&texts[0]), id(&texts[1]));
        texts[..200].iter().for_each(|text| {
            insert(&mut index, text);
        });
        (index, texts)
    }

    #[test]
    fn goes_on_where_it_stopped() {
        let (mut index, texts) = filled();
        let bytes = index.snapshot();
        let mut restored = Index::restore(&bytes, Config::default()).unwrap();
        assert_eq!(restored.snapshot().len(), bytes.len());
        assert_eq!(restored.groups(), index.groups());
        assert_eq!(restored.merges(), index.merges());
        for text in &texts[150..] {
            assert_eq!(insert(&mut restored, text), insert(&mut index, text));
        }
        assert_eq!(restored.groups(), index.groups());
    }

    #[test]
    fn refuses_what_is_no_whole_snapshot() {
        let bytes = filled().0.snapshot();
        let check = |bytes: &[u8], expected: SnapshotError| {
            assert_eq!(Index::restore(bytes, Config::default()).err(), Some(expected));
        };
        check(b"", SnapshotError::NoSnapshot);
        check(b"fwindex\n", SnapshotError::NoSnapshot);
        check(&bytes[..bytes.len() - 1], SnapshotError::Checksum);
        let mut other = bytes.clone();
        other[8] = 9;
        check(&other, SnapshotError::Version { found: 9 });
        let mut other = bytes;
        other[1_000] ^= 1;
        check(&other, SnapshotError::Checksum);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

        /// Even with a right checksum, wrong numbers make an error or an index that works, never a panic.
        #[test]
        fn believes_nothing(at in 12_usize..40_000, byte: u8) {
            static FILLED: std::sync::OnceLock<(Vec<u8>, Vec<String>)> = std::sync::OnceLock::new();
            let (bytes, texts) = FILLED.get_or_init(|| {
                let (index, texts) = filled();
                (index.snapshot(), texts)
            });
            let mut bytes = bytes.clone();
            let body = bytes.len() - CHECKSUM_BYTES;
            bytes.truncate(body);
            let at = at % body;
            bytes[at.max(12)] = byte;
            let checksum = hash_parts(LABEL, &[&bytes]);
            bytes.extend_from_slice(&checksum);
            if let Ok(mut index) = Index::restore(&bytes, Config::default()) {
                insert(&mut index, &texts[230]);
                index.groups();
                index.members(ReportId::derive(&[texts[0].as_bytes()]));
            }
        }
    }
}
