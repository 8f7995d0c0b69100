//! Words laid out in lines of a terminal's width.
//!
//! Breaks stand after a space, and after any character of a script that writes no spaces between words
//! (Chinese, Japanese, Thai, Lao, Khmer, Burmese), but never before a mark that belongs to the character or
//! clause in front of it. This is the part of UAX #14 that our own sentences need, no more.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Lines are never cut shorter than this, however narrow the terminal.
const WIDTH_MIN: usize = 20;

/// One paragraph.
pub(crate) struct Paragraph<'a> {
    words: String,
    /// What stands before the first line; further lines are indented as far.
    mark: &'a str,
    paint: fn(&str) -> String,
}

impl<'a> Paragraph<'a> {
    pub(crate) fn new(words: &str) -> Self {
        Self { words: words.to_owned(), mark: "", paint: str::to_owned }
    }

    /// With a mark before its first line.
    pub(crate) fn after(self, mark: &'a str) -> Self {
        Self { mark, ..self }
    }

    /// In a colour.
    pub(crate) fn painted(self, paint: fn(&str) -> String) -> Self {
        Self { paint, ..self }
    }

    /// Its lines, none wider than `width` columns where a break allows it; one line without a width.
    pub(crate) fn wrapped(&self, width: Option<usize>) -> String {
        let indent = self.mark.width();
        let room = width.map_or(usize::MAX, |width| width.max(WIDTH_MIN).saturating_sub(indent).max(1));
        let lines = lines(&self.words, room);
        let told = lines.iter().enumerate().map(|(at, line)| {
            let before = if at == 0 { self.mark.to_owned() } else { " ".repeat(indent) };
            format!("{before}{}", (self.paint)(line))
        });
        told.collect::<Vec<_>>().join("\n")
    }
}

fn lines(words: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(words) {
        if !line.is_empty() && line.width() + piece.trim_end().width() > room {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        line.push_str(piece);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The parts between which a line may break.
fn pieces(words: &str) -> impl Iterator<Item = &str> {
    let mut rest = words;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices().peekable();
        while let Some((_, c)) = chars.next() {
            let Some(&(next_at, next)) = chars.peek() else { break };
            let breaks =
                if c == ' ' { next != ' ' } else { c != '“' && spaceless(c) && !joins(c) && starts(next) };
            if breaks {
                let (piece, after) = rest.split_at(next_at);
                rest = after;
                return Some(piece);
            }
        }
        (!rest.is_empty()).then(|| std::mem::take(&mut rest))
    })
}

/// Whether its script writes no spaces between words.
fn spaceless(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Whether it belongs to the letter after it: vowels of Thai and Lao that are written first, and the signs
/// that stack consonants in Burmese and Khmer.
fn joins(c: char) -> bool {
    matches!(c, '\u{e40}'..='\u{e44}' | '\u{ec0}'..='\u{ec4}' | '\u{1039}' | '\u{17d2}')
}

/// Whether a line may start with it: a letter that stands by itself.
fn starts(c: char) -> bool {
    let held = matches!(c,
        // Thai and Lao: vowels and marks that follow or sit on a consonant.
        '\u{e2f}'..='\u{e3a}' | '\u{e45}'..='\u{e4e}' | '\u{eaf}'..='\u{ebd}' | '\u{ec6}'..='\u{ecd}'
        // Burmese and Khmer: the same, and stacked consonants.
        | '\u{102b}'..='\u{103e}' | '\u{104a}' | '\u{104b}' | '\u{17b4}'..='\u{17dd}'
        // Chinese and Japanese: closing marks, long vowels, small kana.
        | '\u{3001}' | '\u{3002}' | '\u{3009}' | '\u{300b}' | '\u{300d}' | '\u{300f}' | '\u{30fc}'
        | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ッ' | 'ャ' | 'ュ' | 'ョ'
        | '\u{ff01}' | '\u{ff09}' | '\u{ff0c}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}');
    !held && c.width() != Some(0) && !matches!(c, ' ' | '.' | ',' | ':' | ';' | '!' | '?' | ')' | '”')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(words: &str, mark: &str, width: usize, expected: &str) {
        assert_eq!(Paragraph::new(words).after(mark).wrapped(Some(width)), expected);
    }

    #[test]
    fn breaks_where_readers_expect_it() {
        check("They keep your passport and phone.", "- ", 20, "- They keep your\n  passport and\n  phone.");
        check(
            "https://a.example/averyverylongaddress now",
            "",
            20,
            "https://a.example/averyverylongaddress\nnow",
        );
        check(
            "他们要扣留你的护照。除官方机构外,谁也不能扣留。",
            "",
            20,
            "他们要扣留你的护照。\n除官方机构外,谁也不\n能扣留。",
        );
        check("อย่าเดินทางไปทำงานด้วยวีซ่าท่องเที่ยว", "", 20, "อย่าเดินทางไปทำงานด้วยวี\nซ่าท่องเที่ยว");
        check("ทำงานในประเทศไทยที่เมืองแม่สอด", "", 22, "ทำงานในประเทศไทยที่เมือง\nแม่สอด");
        check("", "", 40, "");
        assert_eq!(Paragraph::new("one long line that stays").wrapped(None), "one long line that stays");
    }

    proptest! {
        #[test]
        fn loses_nothing_but_spaces_at_the_ends_of_lines(words in "[a-z กา了。 ]{0,80}", width in 1usize..60) {
            let wrapped = Paragraph::new(&words).wrapped(Some(width));
            let kept = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(kept(&wrapped), kept(&words));
        }
    }
}
