//! What a text is, before anything is said about it: an offer, a call of somebody who is held, or too little to judge.
//!
//! The words of people who are held come from the pack `distress`; which of them decide stands here, in one table.
//! No model has a part in it: who calls for help must not be answered by a score.

use forewarn_model::{Assessment, Indicator, Span, Verdict};

use crate::pipeline::Reading;

/// A text with fewer letters and digits than this is hardly an offer.
pub(crate) const LETTERS_MIN: usize = 50;

/// A character of Han, kana or Hangul tells about as much as so many letters.
const DENSE_LETTERS: usize = 3;

/// The words of the pack, in the order in which they are told, each with the message that answers it and whether
/// it decides alone. Papers that were taken may lie at an embassy for a visa: they decide where the text names a
/// known hub.
const WORDS: [(&str, &str, bool); 6] = [
    ("held_beaten", "there-danger", true),
    ("held_plea", "there-danger", true),
    ("held_captive", "there-place", true),
    ("held_papers", "there-embassy", false),
    ("held_forced", "there-forced", true),
    ("held_ransom", "there-ransom", true),
];

/// The words of a report about others: what stands in its quotation marks is not the reader's own call.
const REPORTED: &str = "reported";

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Situation {
    /// An offer, or what may be one.
    Offer,
    /// Somebody is held or threatened, and says so, or somebody close to them does.
    Held,
    /// Too little to say anything about.
    TooShort,
}

impl Situation {
    /// The name in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Offer => "offer",
            Self::Held => "held",
            Self::TooShort => "too_short",
        }
    }
}

/// What a text is. `distress` are the words of people who are held that it has.
pub fn of(text: &str, reading: &Reading, assessment: &Assessment, distress: &[Indicator]) -> Situation {
    if held(text, reading, distress) {
        return Situation::Held;
    }
    let shown = reading.indicators.iter().any(|indicator| !indicator.span.is_empty());
    let calm = assessment.verdict() == Verdict::NoKnownSigns;
    if is_short(text) && (calm || !shown) { Situation::TooShort } else { Situation::Offer }
}

/// Whether a text has too few letters and digits to be an offer.
pub fn is_short(text: &str) -> bool {
    let counted = text.chars().filter(|c| c.is_alphanumeric());
    let mut letters = 0;
    for c in counted {
        letters += if is_dense(c) { DENSE_LETTERS } else { 1 };
        if letters >= LETTERS_MIN {
            return false;
        }
    }
    true
}

/// For words of the pack: their place in the order of telling, and the message that answers them.
pub(crate) fn answer(name: &str) -> Option<(usize, &'static str)> {
    let at = WORDS.iter().position(|(known, ..)| *known == name)?;
    Some((at, WORDS[at].1))
}

fn held(text: &str, reading: &Reading, distress: &[Indicator]) -> bool {
    let hub = reading.facts.places.iter().any(|place| place.hub);
    let decides = |indicator: &&Indicator| {
        WORDS.iter().any(|(name, _, alone)| *name == indicator.name.as_str() && (*alone || hub))
    };
    let mut deciding = distress.iter().filter(decides).peekable();
    if deciding.peek().is_none() {
        return false;
    }
    if !distress.iter().any(|indicator| indicator.name.as_str() == REPORTED) {
        return true;
    }
    let quoted = quotations(text);
    deciding.any(|indicator| !quoted.iter().any(|quote| quote.contains(indicator.span)))
}

/// What stands in quotation marks, line by line; a mark that is not closed quotes nothing.
fn quotations(text: &str) -> Vec<Span> {
    const PAIRS: [(char, &[char]); 6] =
        [('“', &['”']), ('«', &['»']), ('„', &['“', '”']), ('「', &['」']), ('『', &['』']), ('"', &['"'])];
    let mut found = Vec::new();
    let mut open: Option<(u32, &[char])> = None;
    for (at, c) in (0_u32..).zip(text.chars()) {
        open = match open {
            _ if c == '\n' => None,
            Some((from, closing)) if closing.contains(&c) => {
                found.push(Span::new(from, at + 1));
                None
            }
            None => PAIRS.iter().find(|(opening, _)| *opening == c).map(|(_, closing)| (at, *closing)),
            still => still,
        };
    }
    found
}

/// Han, kana and Hangul.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let told: Vec<&str> = quotations(text).iter().map(|span| span.slice(text)).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn finds_what_is_quoted() {
        check("He said: “They beat me.” Then", &["“They beat me.”"]);
        check("「救救我」他说 «да» \"x\"", &["「救救我」", "«да»", "\"x\""]);
        check("5\" screen\n6\" screen", &[]);
        check("„Hilfe“ und „mehr", &["„Hilfe“"]);
    }

    #[test]
    fn counts_letters_by_what_they_tell() {
        for (text, expected) in [
            ("", true),
            ("hello", true),
            (
                "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
                true,
            ),
            ("柬埔寨高薪招聘客服，包机票包吃住，月薪两万", false),
            ("我在园区", true),
            ("Waiter wanted for our café in Leeds, evenings, twelve pounds an hour.", false),
        ] {
            assert_eq!(is_short(text), expected, "{text}");
        }
    }
}
