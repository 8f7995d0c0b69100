//! The folded text that everything is matched against, with its map back to the original.
//!
//! Folding is NFKC and lower case, digits of every script to ASCII, look-alike letters of another script to
//! those of the word around them, and the ways in which people hide a dot or an at sign undone. Spans stay
//! true: nothing here may lose the place in the original that a folded character stands for.

use forewarn_model::{Normalized, NormalizedBuilder, Span};

use crate::chars::{CharTable, Fold, Script, fold_cluster};

/// How many scalar values apart the remembered byte offsets of the original are.
const STRIDE: usize = 64;

/// A text with its folded form.
pub(crate) struct Folded<'a> {
    original: &'a str,
    normalized: Normalized,
    /// The byte offset in `original` of every scalar value whose number is a multiple of `STRIDE`.
    offsets: Vec<u32>,
}

impl<'a> Folded<'a> {
    /// Folds `text`.
    pub(crate) fn new(text: &'a str) -> Self {
        let mut folder = Folder::new(text);
        folder.run();
        let original_len = folder.at;
        let offsets = std::mem::take(&mut folder.offsets);
        Self { original: text, normalized: folder.out.finish(original_len), offsets }
    }

    /// The folded text.
    pub(crate) fn text(&self) -> &str {
        self.normalized.as_str()
    }

    /// The span of the original that a byte range of the folded text stands for.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        self.normalized.original_span(start..end)
    }

    /// The words of the original that `span` covers, in time that does not depend on where it lies.
    pub(crate) fn original(&self, span: Span) -> &'a str {
        let start = self.offset(span.start);
        let end = self.offset(span.end);
        self.original.get(start..end).unwrap_or_default()
    }

    /// The folded text and its map, when the rest is no longer needed.
    pub(crate) fn into_normalized(self) -> Normalized {
        self.normalized
    }

    fn offset(&self, at: u32) -> usize {
        let at = at as usize;
        let Some(&base) = self.offsets.get(at / STRIDE) else { return self.original.len() };
        let rest = &self.original[base as usize..];
        rest.char_indices().nth(at % STRIDE).map_or(self.original.len(), |(byte, _)| base as usize + byte)
    }
}

/// Words that stand for a dot or an at sign when they stand in brackets.
const BRACKETED: &[(&str, char)] = &[
    (".", '.'),
    ("dot", '.'),
    ("punkt", '.'),
    ("punto", '.'),
    ("ponto", '.'),
    ("point", '.'),
    ("点", '.'),
    ("點", '.'),
    ("@", '@'),
    ("at", '@'),
    ("arroba", '@'),
];

/// The longest of them with a space on either side, in bytes.
const BRACKETED_BYTES_MAX: usize = 8;

/// Letters of Cyrillic and Greek that look like a Latin one (Unicode confusables, the everyday part). The
/// small letters в, к, м, н, т look like small capitals.
const LOOK_ALIKES: &[(char, char)] = &[
    ('а', 'a'),
    ('в', 'b'),
    ('е', 'e'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('һ', 'h'),
    ('ԁ', 'd'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
    ('χ', 'x'),
];

/// What happens to the look-alikes of the word at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mixed {
    /// Nothing: one script only, or letters that do not look alike.
    No,
    ToLatin,
    ToCyrillic,
}

struct Folder<'a> {
    table: &'static CharTable,
    text: &'a str,
    out: NormalizedBuilder,
    offsets: Vec<u32>,
    /// The number of the next scalar value, and its byte offset.
    at: u32,
    byte: usize,
    /// White space that was read and not yet written.
    pending: Option<(char, Span)>,
    /// Inside a word of Latin, Cyrillic or Greek letters: what to do with look-alikes.
    word: Option<Mixed>,
    /// Up to this byte no ASCII run is looked for.
    slow_until: usize,
    cluster: Vec<char>,
    folded: Vec<char>,
}

impl<'a> Folder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            table: CharTable::get(),
            text,
            out: NormalizedBuilder::with_capacity(text.len()),
            offsets: Vec::with_capacity(text.len() / STRIDE + 1),
            at: 0,
            byte: 0,
            pending: None,
            word: None,
            slow_until: 0,
            cluster: Vec::new(),
            folded: Vec::new(),
        }
    }

    fn run(&mut self) {
        self.ascii_run();
        while self.step() {
            self.plain_run();
            self.ascii_run();
        }
    }

    /// Takes the characters ahead of scripts that no look-alike hides in, as long as each folds to one
    /// character by itself.
    fn plain_run(&mut self) {
        let bytes = self.text.as_bytes();
        if bytes.get(self.byte).is_none_or(u8::is_ascii) {
            return;
        }
        let mut chars = self.rest().chars();
        let mut ahead = chars.next();
        while let Some(c) = ahead {
            ahead = chars.next();
            let Some(folded) = self.table.plain(c, ahead) else { return };
            self.word = None;
            let _ = self.next();
            self.push(folded, Span::new(self.at - 1, self.at));
        }
    }

    /// Folds one character; false at the end.
    fn step(&mut self) -> bool {
        let Some(c) = self.next() else { return false };
        let start = self.at - 1;
        let here = Span::new(start, self.at);
        match self.table.fold(c) {
            Fold::Drop => {}
            Fold::Space => self.space(' ', here),
            Fold::Line => self.space('\n', here),
            Fold::One(one) if !self.must_compose(c) => self.letter(c, one, here),
            Fold::One(_) | Fold::Full => self.cluster(c, start),
        }
        true
    }

    /// Takes the ASCII words ahead at once: most of a Latin text folds to its own lower case. A word that
    /// touches a character beyond ASCII is left to the slow way, since look-alikes may stand in it.
    fn ascii_run(&mut self) {
        if self.word.is_some() || self.byte < self.slow_until {
            return;
        }
        let bytes = &self.text.as_bytes()[self.byte..];
        if bytes.first().is_none_or(|&byte| byte == b' ') {
            return;
        }
        let mut len = 0;
        while let Some(&byte) = bytes.get(len) {
            if !is_plain(byte) || (byte == b' ' && bytes[len - 1] == b' ') {
                break;
            }
            len += 1;
        }
        if bytes.get(len).is_some_and(|byte| !byte.is_ascii()) {
            let touched = len;
            while len > 0 && bytes[len - 1] != b' ' {
                len -= 1;
            }
            // What was looked at in vain is not looked at again.
            self.slow_until = self.byte + touched;
        }
        // White space waits for what follows it; a run has only single spaces inside.
        while len > 0 && bytes[len - 1] == b' ' {
            len -= 1;
        }
        if len == 0 {
            return;
        }
        self.flush();
        let run = &self.text[self.byte..self.byte + len];
        self.out.push_ascii(run, self.at);
        let first = (self.at as usize).next_multiple_of(STRIDE);
        let end = self.at as usize + len;
        self.offsets
            .extend((first..end).step_by(STRIDE).map(|at| (self.byte + at - self.at as usize) as u32));
        self.byte += len;
        self.at += len as u32;
    }

    /// The next scalar value of the original.
    fn next(&mut self) -> Option<char> {
        let c = self.text[self.byte..].chars().next()?;
        if (self.at as usize).is_multiple_of(STRIDE) {
            self.offsets.push(self.byte as u32);
        }
        self.byte += c.len_utf8();
        self.at += 1;
        Some(c)
    }

    fn rest(&self) -> &'a str {
        &self.text[self.byte..]
    }

    /// Whether what follows `c` may combine with it, or consists of marks that may have to change places.
    fn must_compose(&self, c: char) -> bool {
        let bytes = self.text.as_bytes();
        if bytes.get(self.byte).is_none_or(u8::is_ascii) {
            return false;
        }
        self.rest().chars().next().is_some_and(|next| self.table.interact(c, next))
    }

    /// Remembers white space; a line end outweighs a space.
    fn space(&mut self, c: char, span: Span) {
        self.word = None;
        self.pending = Some(match self.pending {
            Some((before, first)) => (before.min(c), Span::new(first.start, span.end)),
            None => (c, span),
        });
    }

    fn letter(&mut self, original: char, folded: char, span: Span) {
        if matches!(original, '(' | '[' | '{' | '<' | '【') && self.bracketed(span.start) {
            return;
        }
        let folded = if folded.is_ascii() && !folded.is_ascii_alphabetic() {
            self.word = None;
            folded
        } else {
            self.unmix(original, folded)
        };
        self.push(folded, span);
    }

    fn push(&mut self, folded: char, span: Span) {
        self.flush();
        self.out.push(folded, span);
    }

    /// Writes the white space that waits, unless it opens the text.
    fn flush(&mut self) {
        if let Some((space, at)) = self.pending.take()
            && !self.out.as_str().is_empty()
        {
            self.out.push(space, at);
        }
    }

    /// A character that needs the whole algorithm, with the marks after it.
    fn cluster(&mut self, first: char, start: u32) {
        self.cluster.clear();
        self.cluster.push(first);
        while let Some(next) = self.rest().chars().next()
            && (self.table.composes(next) || self.table.is_mark(next))
        {
            self.next();
            self.cluster.push(next);
        }
        let mut folded = std::mem::take(&mut self.folded);
        fold_cluster(&self.cluster, &mut folded);
        let one_to_one = folded.len() == self.cluster.len();
        for (index, &c) in folded.iter().enumerate() {
            let span = match one_to_one {
                true => Span::new(start + index as u32, start + index as u32 + 1),
                false => Span::new(start, self.at),
            };
            match c {
                '\n' => self.space('\n', span),
                c if c.is_whitespace() => self.space(' ', span),
                c => {
                    let c = self.unmix(first, c);
                    self.push(c, span);
                }
            }
        }
        self.folded = folded;
    }

    /// Reads `[dot]`, `(at)` and the like after an opening bracket; true when it was one.
    fn bracketed(&mut self, start: u32) -> bool {
        let rest = self.rest();
        let mut end = rest.len().min(BRACKETED_BYTES_MAX + 3);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let Some(close) = rest[..end].find([')', ']', '}', '>', '】']) else { return false };
        let inner = rest[..close].trim();
        let Some(&(_, sign)) = BRACKETED.iter().find(|(word, _)| inner.eq_ignore_ascii_case(word)) else {
            return false;
        };
        let after = self.byte + close;
        while self.byte <= after {
            self.next();
        }
        self.pending = None;
        self.word = None;
        self.push(sign, Span::new(start, self.at));
        while self.rest().starts_with([' ', '\t']) {
            self.next();
        }
        true
    }

    /// Folds a look-alike to the script of the word around it.
    fn unmix(&mut self, original: char, folded: char) -> char {
        let script = self.table.script(original);
        if !is_mixable(script) {
            self.word = None;
            return folded;
        }
        let mixed = match self.word {
            Some(mixed) => mixed,
            None => {
                let mixed = self.judge(original);
                self.word = Some(mixed);
                mixed
            }
        };
        let found = match mixed {
            Mixed::No => None,
            Mixed::ToLatin => LOOK_ALIKES.iter().find(|pair| pair.0 == folded).map(|pair| pair.1),
            Mixed::ToCyrillic => LOOK_ALIKES.iter().find(|pair| pair.1 == folded).map(|pair| pair.0),
        };
        found.unwrap_or(folded)
    }

    /// Looks through the word that starts with `first`: letters of the minority script are folded only if
    /// every one of them is a look-alike, so that a real mixed word stays as it is; so does one of Latin
    /// capitals with an ending in small letters ("SMSка").
    fn judge(&self, first: char) -> Mixed {
        let (table, text) = (self.table, self.text);
        let word = std::iter::once(first).chain(text[self.byte..].chars()).map(|c| (c, table.script(c)));
        let word = word.filter(|&(c, script)| is_mixable(script) || !matches!(table.fold(c), Fold::Drop));
        let word = word.take_while(|&(_, script)| is_mixable(script));
        let (mut latin, mut other) = (0usize, 0usize);
        for (_, script) in word.clone() {
            *(if script == Script::Latin { &mut latin } else { &mut other }) += 1;
        }
        // Most words are of one script.
        if latin == 0 || other == 0 {
            return Mixed::No;
        }
        let (mut latin_alike, mut other_alike) = (true, true);
        let mut ending = table.script(first) == Script::Latin;
        for (c, script) in word {
            let Fold::One(folded) = table.fold(c) else { continue };
            ending &= (script == Script::Latin) == (c != folded);
            match script {
                Script::Latin => latin_alike &= LOOK_ALIKES.iter().any(|pair| pair.1 == folded),
                _ => other_alike &= LOOK_ALIKES.iter().any(|pair| pair.0 == folded),
            }
        }
        match () {
            () if ending => Mixed::No,
            () if other_alike && (latin >= other || !latin_alike) => Mixed::ToLatin,
            () if latin_alike => Mixed::ToCyrillic,
            () => Mixed::No,
        }
    }
}

/// Whether a script has letters that look like those of another.
fn is_mixable(script: Script) -> bool {
    matches!(script, Script::Latin | Script::Cyrillic | Script::Greek)
}

/// ASCII that folds to its own lower case wherever it stands: all but controls, opening brackets (which may
/// hide a dot) and the grave accent.
fn is_plain(byte: u8) -> bool {
    const TABLE: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = b' ';
        while byte <= b'~' {
            table[byte as usize] = !matches!(byte, b'(' | b'[' | b'{' | b'<' | b'`');
            byte += 1;
        }
        table
    };
    TABLE[usize::from(byte)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(Folded::new(text).text(), expected, "{text:?}");
    }

    #[test]
    fn folds_case_width_and_style() {
        check("HeLLo", "hello");
        check("ＷｈａｔｓＡｐｐ：１２３", "whatsapp:123");
        check("𝐓𝐞𝐥𝐞𝐠𝐫𝐚𝐦 𝟘𝟙 ⓣⓔⓛ 🅣🅔🅛 🆃", "telegram 01 tel tel t");
        check("ᴛᴇʟᴇɢʀᴀᴍ", "telegram");
        check("ﬁx ½ №", "fix 1⁄2 no");
        check("ＡＢ㈱ ﾊﾞﾝｺｸ", "ab(株) バンコク");
        check("It’s `ok´", "it's 'ok'");
        check("İSTANBUL", "istanbul");
    }

    #[test]
    fn composes() {
        check("Cafe\u{301} e\u{301}e\u{301}", "café éé");
        check("Việt Nam Vie\u{323}\u{302}t", "việt nam việt");
        check("\u{1112}\u{1161}\u{11AB}", "한");
    }

    #[test]
    fn leaves_the_marks_of_other_scripts() {
        check("ที่นี่ เมียวดี", "ที่นี่ เมียวดี");
        check("लाओसको क्यासिनो", "लाओसको क्यासिनो");
        check("လစာ ၁၅ သိန်း", "လစာ 15 သိန်း");
        check("السَّلام", "السَّلام");
        check("ភ្នំពេញ", "ភ្នំពេញ");
    }

    #[test]
    fn folds_digits() {
        check("๐๑๒ ០១២ ໐໑໒ ၀၁၂ ०१२ ০১২ ٠١٢ ۰۱۲ 1️⃣2️⃣", "012 012 012 012 012 012 012 012 12");
    }

    #[test]
    fn drops_what_is_invisible() {
        check("te\u{200B}le\u{2060}gr\u{AD}am \u{202E}x\u{0}", "telegram x");
        check("T\u{336}e\u{336}l\u{336}", "tel");
        check("تيليـــجرام", "تيليجرام");
    }

    #[test]
    fn undoes_hidden_dots_and_at_signs() {
        check("t(.)me/x", "t.me/x");
        check("me [at] mail [dot] example", "me@mail.example");
        check("(at 9) [x]", "(at 9) [x]");
        check("((((((((((", "((((((((((");
    }

    #[test]
    fn folds_look_alikes_only_in_mixed_words() {
        check("Теlеgrаm", "telegram");
        check("рaбoтa", "работа");
        check("работа в Telegram", "работа в telegram");
        check("SMSка", "smsка");
        check("ΤΕLEGRAM", "telegram");
    }

    #[test]
    fn joins_white_space() {
        check("  a \t b\u{A0}c \r\n\n d  ", "a b c\nd");
        check("", "");
        check("\u{0}\u{1}\u{7F}", "");
    }

    #[test]
    fn maps_back() {
        let text = "Chat: t(.)me/Ｘ １００ e\u{301}🇰🇭".repeat(40);
        let folded = Folded::new(&text);
        let at = folded.text().rfind("t.me/x").unwrap();
        assert_eq!(folded.original(folded.span(at, at + 6)), "t(.)me/Ｘ");
        let at = folded.text().rfind("é").unwrap();
        assert_eq!(folded.original(folded.span(at, at + 2)), "e\u{301}");
    }

    proptest! {
        #[test]
        fn never_loses_its_place(text in "\\PC*|[\\s\\S]{0,200}") {
            let folded = Folded::new(&text);
            let len = text.chars().count() as u32;
            prop_assert_eq!(folded.normalized.original_len(), len);
            let mut before = Span::new(0, 0);
            for (at, c) in folded.text().char_indices() {
                let span = folded.span(at, at + c.len_utf8());
                prop_assert!(span.start >= before.start && span.end >= before.end && span.end <= len);
                prop_assert_eq!(folded.original(span), span.slice(&text));
                before = span;
            }
        }

        #[test]
        fn the_quick_way_is_the_slow_way(text in "[a-zA-Z0-9 .,()é\u{301}Тоа\n`\u{200B}กี中，。【】か\u{3099}한\u{11A8}क़्१]{0,80}") {
            let slow = || {
                let mut folder = Folder::new(&text);
                while folder.step() {}
                let len = folder.at;
                (folder.out.finish(len), folder.offsets)
            };
            let quick = Folded::new(&text);
            prop_assert_eq!((quick.normalized, quick.offsets), slow());
        }

        #[test]
        fn composes_as_unicode_does(text in "[ก-๎ँ-ॏঁ-্ஂ-்ක-෴က-၏က-႟ក-៓か-゚ᄀ-하-ᅵᆨ-ᇂ]{0,40}") {
            use unicode_normalization::UnicodeNormalization;
            let dropped = |c: char| matches!(c, '\u{17B4}' | '\u{17B5}' | '\u{1160}');
            let plain: String = text.chars().filter(|&c| !dropped(c)).collect();
            let text_digits = Folded::new(&plain).text().to_owned();
            let whole: String = plain.nfkc().map(|c| match c as u32 {
                code @ (0x1040..=0x1049 | 0x1090..=0x1099) => char::from(b'0' + ((code - 0x1040) % 0x50) as u8),
                code @ 0x0DE6..=0x0DEF => char::from(b'0' + (code - 0x0DE6) as u8),
                _ => c,
            }).collect();
            prop_assert_eq!(text_digits, whole);
        }

        #[test]
        fn folding_twice_changes_nothing(text in "[a-zA-Z0-9 .,ก-๙éÉİﬁ①🇰]{0,60}") {
            let once = Folded::new(&text).text().to_owned();
            let twice = Folded::new(&once).text().to_owned();
            prop_assert_eq!(twice, once);
        }
    }
}
