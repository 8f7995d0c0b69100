//! The notation of patterns.
//!
//! ```text
//! phrase  = atom { gap atom }
//! gap     = " .. "   then, in this order      | " ..12 "  at most 12 characters between
//!         | " <> "   near, in either order    | " <>12 "
//! atom    = "@list" | words
//! words   = text with (alternatives|in|brackets), "*" at the end of a word: it may go on
//! ```
//!
//! An atom stands at word boundaries in scripts that put spaces between words; `*` lifts that. Nothing
//! matches across a line or the end of a sentence.

use forewarn_model::Language;

use crate::fold::{fold_pattern, is_dense, is_shared_letter};
use crate::limits::Limits;

/// Characters that a gap spans where the pattern does not say.
pub(crate) const GAP_CHARS: u32 = 40;
/// The same where the first atom is written in Han, kana or Hangul.
pub(crate) const GAP_CHARS_DENSE: u32 = 14;

/// Characters from the stem of a word that may go on to the next word.
const STEM_CHARS: u32 = 14;

/// A pattern, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub first: Atom,
    pub rest: Vec<(Gap, Atom)>,
}

/// How two neighbours stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gap {
    /// Whether the second must come after the first.
    pub ordered: bool,
    /// Characters between them at most; none: the default of the script.
    pub chars_max: Option<u32>,
}

/// One of several things that may stand in a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Atom {
    /// The words of a list, which every language has its own of.
    List(String),
    /// Words.
    Words(Vec<Literal>),
}

/// Folded words, and whether the first and the last of them may go on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Literal {
    pub text: String,
    pub open_start: bool,
    pub open_end: bool,
    /// The language that the words are looked for in; none: in every text.
    pub only: Option<Language>,
}

impl Literal {
    /// A literal that is found in every text and inside words.
    pub(crate) fn anywhere(text: String) -> Self {
        Self { text, open_start: true, open_end: true, only: None }
    }

    /// Binds the literal to its language if its script is shared by many languages, so that it is not found
    /// in texts where it means something else (Spanish "ya", Portuguese "slots"). English stands in texts of
    /// every language; a script that one language has tells it well enough by itself.
    pub(crate) fn bind_shared(self, language: Language) -> Self {
        let wide = matches!(language, Language::UNKNOWN | Language::ENGLISH);
        if !wide && self.text.chars().any(is_shared_letter) { self.bind(language) } else { self }
    }

    /// Binds the literal to a language.
    pub(crate) fn bind(self, language: Language) -> Self {
        Self { only: Some(language), ..self }
    }
}

impl Phrase {
    /// All atoms, in order.
    pub(crate) fn atoms(&self) -> impl Iterator<Item = &Atom> {
        std::iter::once(&self.first).chain(self.rest.iter().map(|(_, atom)| atom))
    }

    /// Its words, if it is of one atom with one wording.
    pub(crate) fn into_single(self) -> Option<Literal> {
        match self.first {
            Atom::Words(literals) if self.rest.is_empty() => {
                <[Literal; 1]>::try_from(literals).ok().map(|[word]| word)
            }
            _ => None,
        }
    }
}

/// What is wrong with a pattern, and the help.
pub(crate) type PhraseError = (String, &'static str);

/// Reads a pattern.
pub(crate) fn parse_phrase(text: &str, limits: &Limits) -> Result<Phrase, PhraseError> {
    let mut words: Vec<&str> = Vec::new();
    let mut first: Option<Atom> = None;
    let mut gap: Option<Gap> = None;
    let mut rest = Vec::new();
    let mut close = |words: &mut Vec<&str>, gap: &mut Option<Gap>| -> Result<(), PhraseError> {
        if words.is_empty() {
            return Err((
                "a gap needs words on both sides".to_owned(),
                "write words or @list before and after \"..\" or \"<>\"",
            ));
        }
        let atom = parse_atom(&words.join(" "), limits)?;
        words.clear();
        match gap.take() {
            None => first = Some(atom),
            Some(gap) => rest.push((gap, atom)),
        }
        Ok(())
    };
    let mut depth = 0_usize;
    let mut after_stem = false;
    for token in text.split_whitespace() {
        let found = parse_gap(token, limits)?;
        if found.is_some() || after_stem {
            close(&mut words, &mut gap)?;
            gap = found.or(Some(Gap { ordered: true, chars_max: Some(STEM_CHARS) }));
        }
        if found.is_none() {
            words.push(token);
            depth += token.matches('(').count();
            depth = depth.saturating_sub(token.matches(')').count());
        }
        after_stem = found.is_none() && depth == 0 && token.len() > 1 && token.ends_with('*');
    }
    close(&mut words, &mut gap)?;
    if rest.len() >= limits.phrase_atoms_max {
        return Err((
            format!("more than {} parts in one pattern", limits.phrase_atoms_max),
            "split it into several patterns",
        ));
    }
    match first {
        Some(first) => Ok(Phrase { first, rest }),
        None => Err(("empty pattern".to_owned(), "write at least one word")),
    }
}

/// Reads the words of a list: an atom that is not a list itself.
pub(crate) fn parse_words(text: &str, limits: &Limits) -> Result<Vec<Literal>, PhraseError> {
    if text.split_whitespace().any(|token| token.starts_with("..") || token.starts_with("<>")) {
        return Err(("a gap inside a list".to_owned(), "write the pattern under [patterns] instead"));
    }
    match parse_atom(text, limits)? {
        Atom::Words(literals) => Ok(literals),
        Atom::List(_) => {
            Err(("a list inside a list".to_owned(), "copy the words, or use both lists in a pattern"))
        }
    }
}

fn parse_gap(token: &str, limits: &Limits) -> Result<Option<Gap>, PhraseError> {
    let (ordered, chars) = match (token.strip_prefix(".."), token.strip_prefix("<>")) {
        (Some(chars), _) => (true, chars),
        (_, Some(chars)) => (false, chars),
        _ => return Ok(None),
    };
    if chars.is_empty() {
        return Ok(Some(Gap { ordered, chars_max: None }));
    }
    match chars.parse::<u32>() {
        Ok(n) if n <= limits.gap_chars_max => Ok(Some(Gap { ordered, chars_max: Some(n) })),
        _ => Err((
            format!("{token:?} is no gap"),
            "write \"..\" or \"<>\", with a number of characters up to 200 right behind it if need be",
        )),
    }
}

fn parse_atom(text: &str, limits: &Limits) -> Result<Atom, PhraseError> {
    if let Some(name) = text.strip_prefix('@') {
        let form = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        return if !name.is_empty() && name.bytes().all(form) {
            Ok(Atom::List(name.to_owned()))
        } else {
            Err((
                format!("{text:?} is no list"),
                "a list is \"@\" and a name of a-z, 0-9 and _, alone in its place",
            ))
        };
    }
    if text.contains('@') {
        return Err((
            format!("{text:?} mixes a list with words"),
            "put a gap between them, such as \"word ..1 @list\"",
        ));
    }
    let mut literals = Vec::new();
    for written in expand(text, limits)? {
        literals.extend(parse_literal(&written, limits)?);
    }
    literals.sort();
    literals.dedup();
    Ok(Atom::Words(literals))
}

/// Every way to choose one of the alternatives in each pair of brackets.
fn expand(text: &str, limits: &Limits) -> Result<Vec<String>, PhraseError> {
    const HELP: &str = "write (one|two|three); brackets do not nest, and every \"(\" needs a \")\"";
    if !text.contains(['(', ')', '|']) {
        return Ok(vec![text.to_owned()]);
    }
    let mut all = vec![String::new()];
    let mut left = text;
    while let Some(open) = left.find(['(', ')', '|']) {
        if !left[open..].starts_with('(') {
            return Err(("a bracket or bar without its opening bracket".to_owned(), HELP));
        }
        let inside = &left[open + 1..];
        let close = inside.find(['(', ')']).filter(|&at| inside[at..].starts_with(')'));
        let Some(close) = close else {
            return Err(("brackets that do not close".to_owned(), HELP));
        };
        let choices: Vec<&str> = inside[..close].split('|').collect();
        if all.len() * choices.len() > limits.alternatives_max {
            return Err((
                format!("stands for more than {} wordings", limits.alternatives_max),
                "use fewer alternatives, or a gap between two groups of them",
            ));
        }
        let prefix = &left[..open];
        all = all
            .iter()
            .flat_map(|start| choices.iter().map(move |choice| format!("{start}{prefix}{choice}")))
            .collect();
        left = &inside[close + 1..];
    }
    Ok(all.into_iter().map(|start| start + left).collect())
}

/// A literal; with an apostrophe in it, one for each of the two characters that people type.
fn parse_literal(written: &str, limits: &Limits) -> Result<Vec<Literal>, PhraseError> {
    let trimmed = written.trim();
    let open_start = trimmed.starts_with('*');
    let open_end = trimmed.len() > 1 && trimmed.ends_with('*');
    let inner = trimmed.trim_matches('*');
    if inner.contains('*') {
        return Err((
            "\"*\" inside a word".to_owned(),
            "\"*\" stands at an end of a word, outside brackets or last in them",
        ));
    }
    let text = fold_pattern(inner);
    if text.is_empty() {
        return Err(("a wording without words".to_owned(), "write at least one letter"));
    }
    if text.len() > limits.literal_bytes_max {
        return Err((
            format!("a wording of more than {} bytes", limits.literal_bytes_max),
            "shorten it to what is distinctive, or use a gap",
        ));
    }
    let literal = |text| Literal { text, open_start, open_end, only: None };
    if !text.contains(['\'', '\u{2019}']) {
        return Ok(vec![literal(text)]);
    }
    let plain = text.replace('\u{2019}', "'");
    let curly = plain.replace('\'', "\u{2019}");
    Ok(vec![literal(plain), literal(curly)])
}

/// The gap that a phrase means where it does not say: narrower in dense scripts.
pub(crate) fn default_gap_chars(literals: &[Literal]) -> u32 {
    let dense = literals.iter().any(|literal| literal.text.chars().any(is_dense));
    if dense { GAP_CHARS_DENSE } else { GAP_CHARS }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> String {
        match parse_phrase(text, &Limits::default()) {
            Err((what, _)) => format!("error: {what}"),
            Ok(phrase) => {
                let atom = |atom: &Atom| match atom {
                    Atom::List(name) => format!("@{name}"),
                    Atom::Words(literals) => {
                        let star = |open: bool| if open { "*" } else { "" };
                        let shown: Vec<String> = literals
                            .iter()
                            .map(|l| format!("{}{}{}", star(l.open_start), l.text, star(l.open_end)))
                            .collect();
                        format!("[{}]", shown.join(", "))
                    }
                };
                let mut out = atom(&phrase.first);
                for (gap, next) in &phrase.rest {
                    let sign = if gap.ordered { ".." } else { "<>" };
                    let chars = gap.chars_max.map_or(String::new(), |n| n.to_string());
                    out += &format!(" {sign}{chars} {}", atom(next));
                }
                out
            }
        }
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(show(text), expected, "{text:?}");
    }

    #[test]
    fn reads_patterns() {
        check("Free Housing", "[free housing]");
        check("(no|zero) fee*", "[no fee*, zero fee*]");
        check("staff (|free )housing", "[staff free housing, staff housing]");
        check("@ticket <> @free", "@ticket <> @free");
        check("@ticket ..12 (free|paid)", "@ticket ..12 [free, paid]");
        check("d'expérience", "[d'expérience, d’expérience]");
        check("包吃 .. 包住", "[包吃] .. [包住]");
        check("leav* (this|next) week*", "[leav*] ..14 [next week*, this week*]");
        check("leav* .. week*", "[leav*] .. [week*]");
        check(
            "bring (a |)(friend*|cousin*) .. bonus",
            "[bring a cousin*, bring a friend*, bring cousin*, bring friend*] .. [bonus]",
        );
        check("house(d|s)*", "[housed*, houses*]");
    }

    #[test]
    fn refuses_what_it_cannot_read() {
        for text in [
            "",
            "..",
            "a ..",
            ".. a",
            "(a",
            "a)",
            "((a))",
            "a|b",
            "a*b",
            "(a* b|c)",
            "@",
            "@A",
            "a @b",
            "*",
            "()",
            "a ..x b",
            "a ..999 b",
        ] {
            assert!(show(text).starts_with("error: "), "{text:?}: {}", show(text));
        }
        let wide = "(a|b|c|d|e)".repeat(5);
        assert!(show(&wide).starts_with("error: stands for more"));
    }
}
