//! What is wrong with a pack, told so that an analyst can mend it: a stable code, the place, the line with
//! a mark under it, and help. Modelled on the error reports of compilers and of YARA-X.

use std::fmt;
use std::ops::Range;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The pack works, but not as its author may think.
    Warning,
    /// The pack is refused.
    Error,
}

/// One finding in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Never changes its meaning: `E005`. Errors begin with E, warnings with W.
    pub code: &'static str,
    /// What kind of finding, in a few words: "unknown key".
    pub title: String,
    /// What was found here, next to the mark.
    pub label: String,
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in Unicode scalar values, from 1.
    pub column: usize,
    /// The place as a byte range of the file.
    pub span: Range<usize>,
    /// What to do about it.
    pub help: String,
    /// How bad it is.
    pub severity: Severity,
    /// The line of the file in which `span` begins, for printing.
    pub source_line: String,
}

/// A finding's kind: code, severity, title.
pub(crate) struct Code(pub &'static str, pub Severity, pub &'static str);

pub(crate) const SYNTAX: Code = Code("E001", Severity::Error, "not valid TOML");
pub(crate) const UNKNOWN_KEY: Code = Code("E002", Severity::Error, "unknown key");
pub(crate) const MISSING_KEY: Code = Code("E003", Severity::Error, "missing key");
pub(crate) const WRONG_TYPE: Code = Code("E004", Severity::Error, "wrong type of value");
pub(crate) const BAD_PATTERN: Code = Code("E005", Severity::Error, "pattern cannot be read");
pub(crate) const UNKNOWN_LIST: Code = Code("E006", Severity::Error, "unknown list");
pub(crate) const BAD_REGEX: Code = Code("E007", Severity::Error, "regular expression cannot be used");
pub(crate) const TOO_MUCH: Code = Code("E008", Severity::Error, "limit exceeded");
pub(crate) const DUPLICATE_NAME: Code = Code("E009", Severity::Error, "name used twice");
pub(crate) const BAD_NAME: Code = Code("E010", Severity::Error, "name cannot be used");
pub(crate) const BAD_CODE: Code = Code("E011", Severity::Error, "unknown code");
pub(crate) const UNKNOWN_INDICATOR: Code = Code("E012", Severity::Error, "unknown indicator");
pub(crate) const BAD_PATH: Code = Code("E013", Severity::Error, "file has no place in a pack");
pub(crate) const BAD_TEST: Code = Code("E014", Severity::Error, "test cannot be read");
pub(crate) const BAD_CONDITION: Code = Code("E015", Severity::Error, "condition cannot be read");
pub(crate) const NEVER_FIRES: Code = Code("E016", Severity::Error, "indicator can never fire");
pub(crate) const FORMAT_UNSAFE: Code = Code("E017", Severity::Error, "file cannot be formatted");
pub(crate) const DUPLICATE_PATTERN: Code = Code("W101", Severity::Warning, "pattern given twice");
pub(crate) const SHORT_PATTERN: Code = Code("W102", Severity::Warning, "pattern is very short");
pub(crate) const UNUSED_LIST: Code = Code("W103", Severity::Warning, "list is never used");
pub(crate) const NO_EXAMPLES: Code = Code("W104", Severity::Warning, "indicator lacks examples");
pub(crate) const REGEX_ALWAYS: Code = Code("W106", Severity::Warning, "expression is tried on every text");
pub(crate) const REGEX_CAPITALS: Code = Code("W107", Severity::Warning, "expression cannot match");
pub(crate) const SHADOWED: Code = Code("W105", Severity::Warning, "pattern adds nothing");

impl Diagnostic {
    /// A finding at `span` (bytes) of `text`.
    pub(crate) fn new(
        code: &Code,
        path: &str,
        text: &str,
        span: Range<usize>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let start = floor_boundary(text, span.start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        Self {
            code: code.0,
            title: code.2.to_owned(),
            label: label.into(),
            path: path.to_owned(),
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            span: start..floor_boundary(text, span.end).max(start),
            help: help.into(),
            severity: code.1,
            source_line: text[line_start..line_end].trim_end().to_owned(),
        }
    }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// How much of a long line is printed around the mark, in characters.
const LINE_CHARS_MAX: usize = 100;

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let cut = (self.column - 1).saturating_sub(LINE_CHARS_MAX / 2);
        let shown: String = self.source_line.chars().skip(cut).take(LINE_CHARS_MAX).collect();
        let before = self.column - 1 - cut;
        let room = shown.chars().count().saturating_sub(before).max(1);
        let carets = self.caret_chars().clamp(1, room);
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        writeln!(f, "{severity}[{}]: {}", self.code, self.title)?;
        writeln!(f, "{margin}--> {}:{}:{}", self.path, self.line, self.column)?;
        writeln!(f, "{margin} |")?;
        writeln!(f, "{number} | {shown}")?;
        writeln!(f, "{margin} | {}{} {}", " ".repeat(before), "^".repeat(carets), self.label)?;
        write!(f, "{margin} = help: {}", self.help)
    }
}

impl Diagnostic {
    /// How many characters of the source line the mark covers: the bytes of the span that lie on it.
    fn caret_chars(&self) -> usize {
        let mut left = self.span.len();
        let marked = self.source_line.chars().skip(self.column - 1).take_while(|c| {
            let fits = left >= c.len_utf8();
            left = left.saturating_sub(c.len_utf8());
            fits
        });
        marked.count()
    }
}

/// The nearest of `known` to a word, if it is near enough to be what was meant.
pub(crate) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (edit_distance(word, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= candidate.chars().count().max(3) / 3)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, &y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_the_line_and_marks_the_place() {
        let text = "name = \"x\"\npaterns = [\"包吃住\"]\n";
        let found =
            Diagnostic::new(&UNKNOWN_KEY, "indicators/x.toml", text, 11..18, "here", "write \"patterns\"");
        insta::assert_snapshot!(found.to_string(), @r#"
        error[E002]: unknown key
         --> indicators/x.toml:2:1
          |
        2 | paterns = ["包吃住"]
          | ^^^^^^^ here
          = help: write "patterns"
        "#);
    }

    #[test]
    fn a_place_outside_the_text_is_moved_inside() {
        let found = Diagnostic::new(&SYNTAX, "p", "é", 1..99, "", "");
        assert_eq!((found.line, found.column, found.span), (1, 1, 0..2));
    }

    #[test]
    fn guesses_what_was_meant() {
        let known = ["patterns", "regex", "when"];
        for (word, expected) in [
            ("paterns", Some("patterns")),
            ("regexs", Some("regex")),
            ("colour", None),
            ("wen", Some("when")),
        ] {
            assert_eq!(did_you_mean(word, known), expected, "{word}");
        }
    }
}
