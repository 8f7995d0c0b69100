//! Word lists that are looked up at a place in a text, forwards or backwards.
//!
//! It knows where words end in scripts with and without spaces, and nothing of what the words mean.

/// How many characters an ending may have after a word that is marked as open.
const ENDING_CHARS_MAX: usize = 10;

/// Words with what they stand for. Rows hold words divided by `|`; a `*` after a word means that any ending
/// may follow, a `^` before it that no letter or digit of any script may stand before it.
pub(super) struct Lexicon<T: 'static> {
    by_first: Buckets<T>,
    by_last: Buckets<T>,
}

/// Words by one of their characters.
struct Buckets<T: 'static> {
    /// In order of their characters.
    rows: Vec<(char, Vec<Word<T>>)>,
    /// For each ASCII character one more than its place in `rows`, or 0.
    ascii: [u8; 128],
}

struct Word<T: 'static> {
    text: &'static str,
    open: bool,
    alone: bool,
    meaning: &'static T,
}

// Not derived: that would ask for `T: Copy`.
impl<T> Clone for Word<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Word<T> {}

impl<T> Lexicon<T> {
    /// The words of all rows.
    pub(super) fn new(rows: impl IntoIterator<Item = (&'static T, &'static str)>) -> Self {
        let mut words = Vec::new();
        for (meaning, row) in rows {
            words.extend(row.split('|').map(|entry| {
                let (alone, entry) = entry.strip_prefix('^').map_or((false, entry), |rest| (true, rest));
                let (open, text) = entry.strip_suffix('*').map_or((false, entry), |rest| (true, rest));
                Word { text, open, alone, meaning }
            }));
        }
        Self {
            by_first: buckets(&words, |text| text.chars().next()),
            by_last: buckets(&words, |text| text.chars().next_back()),
        }
    }

    /// The longest word that starts at byte `at`: where it ends, and what it stands for.
    pub(super) fn longest_at(&self, text: &str, at: usize) -> Option<(usize, &'static T)> {
        let rest = text.get(at..)?;
        let bucket = bucket(&self.by_first, rest.chars().next()?)?;
        bucket
            .iter()
            .filter(|word| rest.starts_with(word.text) && word.may_start(text, at))
            .find_map(|word| Some((word.end(text, at + word.text.len())?, word.meaning)))
    }

    /// The longest word that ends at byte `at`: where it starts, and what it stands for.
    pub(super) fn longest_before(&self, text: &str, at: usize) -> Option<(usize, &'static T)> {
        let rest = text.get(..at)?;
        let bucket = bucket(&self.by_last, rest.chars().next_back()?)?;
        bucket
            .iter()
            .filter(|word| rest.ends_with(word.text))
            .map(|word| (at - word.text.len(), word))
            .find(|(start, word)| word.may_start(text, *start))
            .map(|(start, word)| (start, word.meaning))
    }
}

fn buckets<T>(words: &[Word<T>], key: impl Fn(&str) -> Option<char>) -> Buckets<T> {
    let mut keyed: Vec<(char, Word<T>)> =
        words.iter().filter_map(|word| Some((key(word.text)?, *word))).collect();
    keyed.sort_by_key(|(key, word)| (*key, std::cmp::Reverse(word.text.len())));
    let groups = keyed.chunk_by(|a, b| a.0 == b.0);
    let rows: Vec<(char, Vec<Word<T>>)> =
        groups.map(|group| (group[0].0, group.iter().map(|(_, word)| *word).collect())).collect();
    let mut ascii = [0; 128];
    // ASCII comes first in the order, and has fewer characters than a byte can count.
    for (place, (key, _)) in (1..).zip(rows.iter().take_while(|row| row.0.is_ascii())) {
        ascii[*key as usize] = place;
    }
    Buckets { rows, ascii }
}

fn bucket<T>(buckets: &Buckets<T>, key: char) -> Option<&[Word<T>]> {
    let index = match buckets.ascii.get(key as usize) {
        Some(&place) => usize::from(place).checked_sub(1)?,
        None => buckets.rows.binary_search_by_key(&key, |(first, _)| *first).ok()?,
    };
    Some(&buckets.rows[index].1)
}

impl<T> Word<T> {
    fn may_start(&self, text: &str, at: usize) -> bool {
        let Some(before) = text[..at].chars().next_back() else { return true };
        if self.alone {
            return !is_letter(before) && !before.is_ascii_digit();
        }
        !(is_spaced_letter(before) && self.text.chars().next().is_some_and(is_spaced_letter))
    }

    /// Where the word that stretches to `end` ends with its ending; none if it is part of another word.
    fn end(&self, text: &str, end: usize) -> Option<usize> {
        let rest = &text[end..];
        if self.open {
            let ending = rest.chars().take(ENDING_CHARS_MAX).take_while(|&c| is_spaced_letter(c));
            return Some(end + ending.map(char::len_utf8).sum::<usize>());
        }
        let joins = |c: Option<char>| c.is_some_and(is_spaced_letter);
        (!(joins(self.text.chars().next_back()) && joins(rest.chars().next()))).then_some(end)
    }
}

/// Whether `c` is a letter or a mark that belongs to one.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{94D}' | '\u{9CD}' | '\u{BCD}' | '\u{DCA}' | '\u{1039}'..='\u{103A}')
}

/// Whether `c` is a letter of a script that puts spaces between words, and none between a word and its
/// ending. Korean puts particles after words, so it counts with the scripts without spaces.
pub(super) fn is_spaced_letter(c: char) -> bool {
    is_letter(c) && !is_unspaced(c)
}

/// Whether `c` belongs to a script in which a word may start or end next to any letter (Unicode blocks).
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF | 0x2E80..=0x9FFF
            | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}
