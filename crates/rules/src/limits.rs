//! How much a pack may hold, and how much a text may yield.

/// Limits of compiling and matching. A pack beyond them is refused; a text beyond them is answered in part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Files in a pack.
    pub files_max: usize,
    /// Bytes in one file.
    pub file_bytes_max: usize,
    /// Bytes of all files together.
    pub pack_bytes_max: usize,
    /// Bytes of one literal, folded.
    pub literal_bytes_max: usize,
    /// Literals in the whole pack, each counted once.
    pub literals_max: usize,
    /// Literals that one pattern with alternatives may stand for.
    pub alternatives_max: usize,
    /// Phrases in the whole pack, after lists are filled in for every language.
    pub phrases_max: usize,
    /// Atoms of one phrase.
    pub phrase_atoms_max: usize,
    /// Characters that a gap may span.
    pub gap_chars_max: u32,
    /// Bytes of one compiled regular expression.
    pub regex_bytes_max: usize,
    /// How deep conditions may nest.
    pub condition_depth_max: usize,
    /// Hits of literals that are looked at in one text.
    pub hits_max: usize,
    /// Matches that are given for one indicator in one text.
    pub matches_per_indicator_max: usize,
    /// Near misses that an explanation lists.
    pub almost_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            files_max: 1_000,
            file_bytes_max: 1 << 20,
            pack_bytes_max: 32 << 20,
            literal_bytes_max: 200,
            literals_max: 200_000,
            alternatives_max: 256,
            phrases_max: 100_000,
            phrase_atoms_max: 6,
            gap_chars_max: 200,
            regex_bytes_max: 1 << 20,
            condition_depth_max: 8,
            hits_max: 20_000,
            matches_per_indicator_max: 16,
            almost_max: 40,
        }
    }
}
