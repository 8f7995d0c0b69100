//! A text, read once: where literals were hit, where clauses end, and what lies between two places.

use std::ops::Range;

use crate::fold::is_spaced_letter;
use crate::matcher::{AtomId, CompiledGap};

/// An atom found in a text, by byte range of the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    pub atom: AtomId,
    pub start: usize,
    pub end: usize,
}

/// All hits of one text, and where clauses end in it.
pub(crate) struct Scan<'t> {
    pub text: &'t str,
    /// Hits of atoms that phrases begin with, in order of place.
    pub hits: Vec<Hit>,
    /// Hits of atoms that stand behind a gap, in order of atom and place.
    pub followers: Vec<Hit>,
    /// Where lines and sentences end.
    pub barriers: Vec<usize>,
}

/// Why a phrase whose atoms all occur does not match, for `explain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Miss {
    /// Too far apart: what lies between, and how many characters are allowed.
    TooFar { between: Range<usize>, chars_max: u32 },
    /// A line or sentence ends between them.
    AcrossClauses,
    /// In the other order.
    WrongOrder,
}

/// Bytes of a gap that are counted; more than the widest gap that a pattern may have can take.
const GAP_BYTES_COUNTED_MAX: usize = 4096;

impl<'t> Scan<'t> {
    /// A text without hits yet.
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            hits: Vec::with_capacity(64),
            followers: Vec::with_capacity(64),
            barriers: Vec::with_capacity(32),
        }
    }

    /// The hits of an atom behind a gap, in order of place.
    pub(crate) fn of(&self, atom: AtomId) -> &[Hit] {
        let start = self.followers.partition_point(|hit| hit.atom < atom);
        let len = self.followers[start..].partition_point(|hit| hit.atom == atom);
        &self.followers[start..start + len]
    }

    /// The range so far, widened by the nearest hit of the next atom that the gap allows.
    pub(crate) fn step(&self, from: Range<usize>, gap: &CompiledGap) -> Result<Range<usize>, Miss> {
        let hits = self.of(gap.atom);
        let split = hits.partition_point(|hit| hit.start < from.end);
        let after = hits[split..].first();
        let before = hits[..split].iter().rev().find(|hit| hit.end <= from.start);
        let mut miss = Miss::WrongOrder;
        let mut best: Option<(u32, Range<usize>)> = None;
        let sides = [(after, true), (before.filter(|_| !gap.ordered), false)];
        for (hit, is_after) in sides {
            let Some(hit) = hit else { continue };
            let between = if is_after { from.end..hit.start } else { hit.end..from.start };
            match self.chars_between(between, gap.chars_max) {
                Ok(chars) if best.as_ref().is_none_or(|(least, _)| chars < *least) => {
                    best = Some((chars, from.start.min(hit.start)..from.end.max(hit.end)));
                }
                Ok(_) => {}
                Err(why) => miss = why,
            }
        }
        best.map(|(_, range)| range).ok_or(miss)
    }

    /// How many characters lie in `between`; an error if too many, or if a clause ends among them.
    pub(crate) fn chars_between(&self, between: Range<usize>, chars_max: u32) -> Result<u32, Miss> {
        // No character has more than four bytes: most of what is too far away need not be counted.
        let far = between.len() > chars_max as usize * 4;
        let chars = if far { u32::MAX } else { self.count_chars(between.clone()) };
        if chars > chars_max {
            return Err(Miss::TooFar { between, chars_max });
        }
        let next = self.barriers.partition_point(|&at| at < between.start);
        match self.barriers.get(next) {
            Some(&at) if at < between.end => Err(Miss::AcrossClauses),
            _ => Ok(chars),
        }
    }

    /// How many characters lie in a range; of a long one, in its beginning.
    pub(crate) fn count_chars(&self, range: Range<usize>) -> u32 {
        let counted = range.start..range.end.min(range.start + GAP_BYTES_COUNTED_MAX);
        let bytes = self.text.as_bytes().get(counted).unwrap_or_default();
        bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u32
    }
}

/// What a character does to the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Nothing: white space, signs, letters of scripts without spaces.
    Other,
    /// A letter of a script that puts spaces between words.
    Letter,
    /// `0`–`9`.
    Digit,
    /// It ends a clause.
    Stop,
    /// It ends a clause before white space and at the end of a text.
    StopBeforeSpace,
}

impl Class {
    /// Whether the two, side by side, stand inside one word or number.
    #[inline]
    pub(crate) fn joins(self, other: Self) -> bool {
        self == other && matches!(self, Self::Letter | Self::Digit)
    }

    fn of(c: char) -> Self {
        match c {
            '\n' | '。' | '।' | '။' | '។' | '።' | '۔' | '؟' => Self::Stop,
            '.' | '!' | '?' => Self::StopBeforeSpace,
            '0'..='9' => Self::Digit,
            _ if is_spaced_letter(c) => Self::Letter,
            _ => Self::Other,
        }
    }
}

/// Characters below this have their class in a table; beyond are scripts without spaces, signs, and rare
/// forms of letters.
const TABLE_CHARS: u32 = 0x3100;

/// The classes of characters, worked out once.
#[derive(Debug)]
pub(crate) struct Classes {
    ascii: [Class; 256],
    table: Vec<Class>,
}

impl Classes {
    pub(crate) fn new() -> Self {
        let class = |code| char::from_u32(code).map_or(Class::Other, Class::of);
        let table: Vec<Class> = (0..TABLE_CHARS).map(class).collect();
        let mut ascii = [Class::Other; 256];
        ascii[..0x80].copy_from_slice(&table[..0x80]);
        Self { ascii, table }
    }

    /// The class of the character at byte `at`, and its length in bytes. `at` is a character's beginning.
    #[inline]
    pub(crate) fn at(&self, text: &str, at: usize) -> (Class, usize) {
        let byte = text.as_bytes()[at];
        if byte < 0x80 {
            return (self.ascii[usize::from(byte)], 1);
        }
        self.at_wide(text, at)
    }

    fn at_wide(&self, text: &str, at: usize) -> (Class, usize) {
        match text[at..].chars().next() {
            Some(c) => (self.of(c), c.len_utf8()),
            None => (Class::Other, 1),
        }
    }

    /// Whether a word may end at byte `at`, behind a character: not between two letters, nor between two
    /// digits.
    #[inline]
    pub(crate) fn is_edge(&self, text: &str, at: usize) -> bool {
        if at >= text.len() {
            return true;
        }
        let after = self.at(text, at).0;
        !text[..at].chars().next_back().is_some_and(|c| after.joins(self.of(c)))
    }

    #[inline]
    fn of(&self, c: char) -> Class {
        self.table.get(c as usize).copied().unwrap_or_else(|| Class::of(c))
    }
}
