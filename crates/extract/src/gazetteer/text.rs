//! Where words and clusters of signs end.

use crate::chars::{CharTable, Script};
use crate::scan::parts;

/// Where the n-th sign ends; none if there are fewer.
pub(super) fn nth_end(text: &str, signs: usize) -> Option<usize> {
    text.char_indices().nth(signs - 1).map(|(at, c)| at + c.len_utf8())
}

/// The same, quick where the first signs are ASCII.
pub(super) fn prefix_end(text: &str, signs: usize) -> Option<usize> {
    match text.as_bytes().get(..signs) {
        Some(first) if first.is_ascii() => Some(signs),
        _ => nth_end(text, signs),
    }
}

/// The end of the word that starts or goes on at `from`.
pub(super) fn end_of_word(table: &CharTable, text: &str, from: usize) -> usize {
    let mut latest = Script::Common;
    for (at, c) in text[from..].char_indices() {
        let script = table.script(c);
        if !table.is_word(c) || parts(latest, script) {
            return from + at;
        }
        latest = if script == Script::Common { latest } else { script };
    }
    text.len()
}

/// Whether a name that ends at `at` ends a word.
pub(super) fn ends_word(table: &CharTable, text: &str, at: usize) -> bool {
    let Some(next) = text[at..].chars().next() else { return true };
    if !table.is_word(next) {
        return true;
    }
    let last = text[..at].chars().next_back().map_or(Script::Common, |c| table.script(c));
    parts(last, table.script(next))
}

/// Whether a name that ends at `at` would cut a vowel or tone sign off its letter, or a word in katakana.
pub(super) fn breaks_cluster(text: &str, at: usize) -> bool {
    let table = CharTable::get();
    let last = text[..at].chars().next_back();
    text[at..].chars().next().is_some_and(|c| {
        table.is_mark(c)
            || matches!(c as u32,
                0x0E30..=0x0E3A | 0x0E45 | 0x0E47..=0x0E4E | 0x0EB0..=0x0EBC | 0x0EC8..=0x0ECD
                | 0x102B..=0x103E | 0x17B4..=0x17D3)
            || (last.is_some_and(is_katakana) && is_katakana(c))
    })
}

/// Whether `c` is katakana or the mark that lengthens it.
pub(super) fn is_katakana(c: char) -> bool {
    matches!(c as u32, 0x30A1..=0x30FA | 0x30FC..=0x30FF)
}
