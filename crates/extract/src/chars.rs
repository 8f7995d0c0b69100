//! What each character is: its script, whether it belongs to a word, and what it folds to.
//!
//! One table over the Basic Multilingual Plane, filled once from the Unicode data; it must hold no rule
//! that depends on the characters around one (`fold` has those).

use std::sync::LazyLock;

use unicode_normalization::char::{canonical_combining_class, compose};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// A script that decides how text is split into words and which language it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Script {
    /// Digits, punctuation, symbols, emoji.
    Common,
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Tibetan,
    Myanmar,
    Georgian,
    Ethiopic,
    Khmer,
    Hangul,
    Kana,
    Han,
}

impl Script {
    /// How many scripts there are: the length of a table indexed by `script as usize`.
    pub(crate) const COUNT: usize = Self::Han as usize + 1;

    /// Whether its letters come in two cases.
    pub(crate) fn has_case(self) -> bool {
        matches!(self, Self::Latin | Self::Greek | Self::Cyrillic | Self::Armenian)
    }

    /// Whether it is written without spaces between words.
    pub(crate) fn is_unspaced(self) -> bool {
        matches!(self, Self::Thai | Self::Lao | Self::Myanmar | Self::Khmer | Self::Kana | Self::Han)
    }
}

/// Blocks of the Unicode standard (Blocks.txt), as half-open ranges in steps of 32.
const BLOCKS: &[(u32, u32, Script)] = &[
    (0x0040, 0x0080, Script::Latin),
    (0x00A0, 0x02C0, Script::Latin),
    (0x0360, 0x0400, Script::Greek),
    (0x0400, 0x0540, Script::Cyrillic),
    (0x0540, 0x05A0, Script::Armenian),
    (0x05A0, 0x0600, Script::Hebrew),
    (0x0600, 0x0780, Script::Arabic),
    (0x08A0, 0x0900, Script::Arabic),
    (0x0900, 0x0980, Script::Devanagari),
    (0x0980, 0x0A00, Script::Bengali),
    (0x0A00, 0x0A80, Script::Gurmukhi),
    (0x0A80, 0x0B00, Script::Gujarati),
    (0x0B80, 0x0C00, Script::Tamil),
    (0x0C00, 0x0C80, Script::Telugu),
    (0x0C80, 0x0D00, Script::Kannada),
    (0x0D00, 0x0D80, Script::Malayalam),
    (0x0D80, 0x0E00, Script::Sinhala),
    (0x0E00, 0x0E80, Script::Thai),
    (0x0E80, 0x0F00, Script::Lao),
    (0x0F00, 0x1000, Script::Tibetan),
    (0x1000, 0x10A0, Script::Myanmar),
    (0x10A0, 0x1100, Script::Georgian),
    (0x1100, 0x1200, Script::Hangul),
    (0x1200, 0x13A0, Script::Ethiopic),
    (0x1780, 0x1800, Script::Khmer),
    (0x19E0, 0x1A00, Script::Khmer),
    (0x1C80, 0x1CA0, Script::Cyrillic),
    (0x1D00, 0x1DC0, Script::Latin),
    (0x1E00, 0x1F00, Script::Latin),
    (0x1F00, 0x2000, Script::Greek),
    (0x2D80, 0x2DE0, Script::Ethiopic),
    (0x2DE0, 0x2E00, Script::Cyrillic),
    (0x2E80, 0x3000, Script::Han),
    (0x3040, 0x3100, Script::Kana),
    (0x3120, 0x31A0, Script::Hangul),
    (0x31E0, 0x3200, Script::Kana),
    (0x3400, 0x4DC0, Script::Han),
    (0x4E00, 0xA000, Script::Han),
    (0xA640, 0xA6A0, Script::Cyrillic),
    (0xA720, 0xA800, Script::Latin),
    (0xA9E0, 0xAA00, Script::Myanmar),
    (0xAA60, 0xAA80, Script::Myanmar),
    (0xAB00, 0xAB40, Script::Ethiopic),
    (0xAC00, 0xD7C0, Script::Hangul),
    (0xF900, 0xFB00, Script::Han),
    (0xFB00, 0xFB20, Script::Latin),
    (0xFB40, 0xFE00, Script::Arabic),
    (0xFE60, 0xFF00, Script::Arabic),
];

/// The first of each run of ten decimal digits (UnicodeData.txt, Nd) below U+10000. Those of the
/// fullwidth forms and the mathematical alphanumerics fold by NFKC.
const ZEROS: &[u32] = &[
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0,
    0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
];

/// Single characters that people use for an ASCII one, beyond what NFKC folds: apostrophes, and the small
/// capitals of the phonetic extensions.
const STAND_INS: &[(char, char)] = &[
    ('\u{2018}', '\''),
    ('\u{2019}', '\''),
    ('\u{201B}', '\''),
    ('\u{02B9}', '\''),
    ('\u{02BB}', '\''),
    ('\u{02BC}', '\''),
    ('\u{02C8}', '\''),
    ('\u{0060}', '\''),
    ('\u{00B4}', '\''),
    ('\u{2032}', '\''),
    ('ᴀ', 'a'),
    ('ʙ', 'b'),
    ('ᴄ', 'c'),
    ('ᴅ', 'd'),
    ('ᴇ', 'e'),
    ('ꜰ', 'f'),
    ('ɢ', 'g'),
    ('ʜ', 'h'),
    ('ɪ', 'i'),
    ('ᴊ', 'j'),
    ('ᴋ', 'k'),
    ('ʟ', 'l'),
    ('ᴍ', 'm'),
    ('ɴ', 'n'),
    ('ᴏ', 'o'),
    ('ᴘ', 'p'),
    ('ʀ', 'r'),
    ('ꜱ', 's'),
    ('ᴛ', 't'),
    ('ᴜ', 'u'),
    ('ᴠ', 'v'),
    ('ᴡ', 'w'),
    ('ʏ', 'y'),
    ('ᴢ', 'z'),
];

/// What folding makes of one character, before its neighbours are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fold {
    /// It becomes this one.
    One(char),
    /// It is left out: zero-width and bidi controls, control characters, variation selectors, strokes laid
    /// over letters.
    Drop,
    /// White space other than a line end.
    Space,
    /// A line end.
    Line,
    /// It needs the full normalisation algorithm.
    Full,
}

const VALUE: u32 = 0x003F_FFFF;
const DROP: u32 = 0x0020_0000;
const SPACE: u32 = 0x0020_0001;
const LINE: u32 = 0x0020_0002;
const FULL: u32 = 0x0020_0003;
/// It may combine with the character before it.
const COMPOSES: u32 = 1 << 31;
/// It has a combining class, so that two of them may have to change places.
const MARK: u32 = 1 << 30;
/// It belongs to a word.
const WORD: u32 = 1 << 29;
const SCRIPT_SHIFT: u32 = 22;
const BMP: usize = 0x1_0000;

/// The table.
pub(crate) struct CharTable {
    entries: Vec<u32>,
}

impl CharTable {
    /// The one table of the process.
    pub(crate) fn get() -> &'static Self {
        static TABLE: LazyLock<CharTable> = LazyLock::new(CharTable::new);
        &TABLE
    }

    fn new() -> Self {
        let mut entries = vec![FULL; BMP];
        for &(start, end, script) in BLOCKS {
            for entry in &mut entries[start as usize..end as usize] {
                *entry |= (script as u32) << SCRIPT_SHIFT;
            }
        }
        for (code, entry) in entries.iter_mut().enumerate() {
            let Some(c) = char::from_u32(code as u32) else { continue };
            // Ideographs, Hangul syllables and private use fold to themselves; skipping them keeps the
            // start-up short.
            let plain = matches!(code, 0x3400..0xA000 | 0xAC00..0xD7A4 | 0xE000..0xF900);
            let (fold, flags) = if plain { (c as u32, 0) } else { Self::entry(c) };
            let word = if plain { code < 0xE000 } else { is_word(c) };
            let script = if word || flags != 0 { *entry & !VALUE } else { 0 };
            *entry = script | fold | flags | if word { WORD } else { 0 };
        }
        for &(c, to) in STAND_INS {
            let entry = &mut entries[c as usize];
            *entry = (*entry & !VALUE) | to as u32;
        }
        Self { entries }
    }

    fn entry(c: char) -> (u32, u32) {
        let mark = canonical_combining_class(c) != 0;
        let composes = is_nfkc_quick(std::iter::once(c).nfkd().take(1)) == IsNormalized::Maybe;
        let flags = if composes { COMPOSES } else { 0 } | if mark { MARK } else { 0 };
        if is_dropped(c) || (is_stroke(c) && !composes) {
            return (DROP, 0);
        }
        let mut folded = std::iter::once(c).nfkc().flat_map(lower).map(digit);
        let value = match (folded.next(), folded.next()) {
            (Some('\n' | '\u{2028}' | '\u{2029}' | '\u{85}'), None) => LINE,
            (Some(one), None) if one.is_whitespace() => SPACE,
            (Some(one), None) => one as u32,
            _ => FULL,
        };
        (value, flags)
    }

    fn raw(&self, c: char) -> Option<u32> {
        self.entries.get(c as usize).copied()
    }

    /// What folding makes of `c`.
    pub(crate) fn fold(&self, c: char) -> Fold {
        match self.raw(c).map_or_else(|| astral(c), |entry| entry & VALUE) {
            DROP => Fold::Drop,
            SPACE => Fold::Space,
            LINE => Fold::Line,
            FULL => Fold::Full,
            code => char::from_u32(code).map_or(Fold::Drop, Fold::One),
        }
    }

    /// What folding makes of `c` before `next` where nothing around it matters: a character beyond ASCII, of
    /// no script that has look-alikes and no bracket, that does not combine with what follows.
    pub(crate) fn plain(&self, c: char, next: Option<char>) -> Option<char> {
        let entry = self.raw(c).filter(|_| !c.is_ascii() && c != '【')?;
        let script = entry >> SCRIPT_SHIFT & 0x1F;
        if entry & VALUE >= DROP || (script != 0 && script <= Script::Cyrillic as u32) {
            return None;
        }
        if next.is_some_and(|next| self.interact(c, next)) {
            return None;
        }
        char::from_u32(entry & VALUE)
    }

    /// Whether `c` may combine or change places with `next` after it.
    pub(crate) fn interact(&self, c: char, next: char) -> bool {
        if next.is_ascii() {
            return false;
        }
        let (one, other) = (self.raw(c).unwrap_or(0), self.raw(next).unwrap_or(0));
        if other & COMPOSES == 0 {
            // Marks in their order stay as they are.
            let marks = one & other & MARK != 0;
            return marks && canonical_combining_class(c) > canonical_combining_class(next);
        }
        // Vowel signs of many scripts combine with a few letters only.
        let is_itself = one & VALUE == c as u32 && other & VALUE == next as u32;
        if other & MARK == 0 && is_itself { compose(c, next).is_some() } else { true }
    }

    /// Whether `c` may combine with the character before it.
    pub(crate) fn composes(&self, c: char) -> bool {
        self.raw(c).is_some_and(|entry| entry & COMPOSES != 0)
    }

    /// Whether `c` has a combining class.
    pub(crate) fn is_mark(&self, c: char) -> bool {
        self.raw(c).is_some_and(|entry| entry & MARK != 0)
    }

    /// Whether `c` belongs to a word: a letter, a digit, or a mark on one.
    pub(crate) fn is_word(&self, c: char) -> bool {
        match self.raw(c) {
            Some(entry) => entry & WORD != 0,
            None => c.is_alphanumeric(),
        }
    }

    /// Its script; `Common` for what is no part of a word.
    pub(crate) fn script(&self, c: char) -> Script {
        const ALL: [Script; Script::COUNT] = [
            Script::Common,
            Script::Latin,
            Script::Greek,
            Script::Cyrillic,
            Script::Armenian,
            Script::Hebrew,
            Script::Arabic,
            Script::Devanagari,
            Script::Bengali,
            Script::Gurmukhi,
            Script::Gujarati,
            Script::Tamil,
            Script::Telugu,
            Script::Kannada,
            Script::Malayalam,
            Script::Sinhala,
            Script::Thai,
            Script::Lao,
            Script::Tibetan,
            Script::Myanmar,
            Script::Georgian,
            Script::Ethiopic,
            Script::Khmer,
            Script::Hangul,
            Script::Kana,
            Script::Han,
        ];
        match self.raw(c) {
            Some(entry) => {
                ALL.get((entry >> SCRIPT_SHIFT & 0x1F) as usize).copied().unwrap_or(Script::Common)
            }
            None if matches!(c as u32, 0x2_0000..0x3_2000) => Script::Han,
            None => Script::Common,
        }
    }
}

/// The full folding of one cluster: a character and the marks that follow it.
pub(crate) fn fold_cluster(cluster: &[char], out: &mut Vec<char>) {
    out.clear();
    out.extend(cluster.iter().copied().nfkc().flat_map(lower).map(digit).filter(|&c| !is_stroke(c)));
}

/// Lower case, one character for one: of `İ` (i and a dot above) the dot is left out.
fn lower(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().take(1)
}

fn digit(c: char) -> char {
    let code = c as u32;
    let at = ZEROS.partition_point(|&zero| zero <= code);
    match at.checked_sub(1).map(|at| code - ZEROS[at]) {
        Some(value @ 0..=9) => char::from(b'0' + value as u8),
        _ => c,
    }
}

/// Characters that are invisible or only change how others are shown; U+0640 stretches an Arabic word.
fn is_dropped(c: char) -> bool {
    let control = c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}');
    control
        || matches!(c as u32,
            0x00AD | 0x034F | 0x061C | 0x0640 | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180F
            | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x20E3 | 0x3164
            | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB)
}

/// Combining diacritical marks that stay alone after composition: strokes, rings and dots laid over
/// letters. Marks of Indic, Thai, Arabic and other scripts lie in their own blocks and stay.
fn is_stroke(c: char) -> bool {
    matches!(c as u32, 0x0300..=0x036F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

/// Letters, digits, and marks; the ranges are marks of Thai, Lao and Khmer that have neither a combining
/// class nor the property Alphabetic.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || canonical_combining_class(c) != 0
        || matches!(c as u32, 0x0E47 | 0x0E4C | 0x0E4E | 0x0ECC | 0x0ECD | 0x17C6..=0x17D1 | 0x17D3 | 0x17DD)
}

/// The fold of a character beyond the Basic Multilingual Plane.
fn astral(c: char) -> u32 {
    match c as u32 {
        // Letters in circles and squares, dark ground: no decomposition, but read as letters.
        code @ (0x1F150..=0x1F169 | 0x1F170..=0x1F189) => u32::from(b'a') + (code - 0x1F150) % 32,
        0xE0000..=0xE0FFF => DROP,
        0x1F000..=0x1F0FF | 0x1F18A..=0x1F1FF | 0x1F300..=0x1FAFF | 0x20000..=0x2F7FF => c as u32,
        _ => {
            let mut folded = std::iter::once(c).nfkc().flat_map(lower).map(digit);
            match (folded.next(), folded.next()) {
                (Some(one), None) => one as u32,
                _ => FULL,
            }
        }
    }
}
