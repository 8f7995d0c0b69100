//! Cuts a text wherever a passage begins or ends, so that whoever shows it can mark each piece; and widens passages
//! to whole words, which is how people read them.

use std::collections::BTreeMap;

use forewarn_model::Span;
use unicode_normalization::char::is_combining_mark;

/// A passage is widened by no more scalar values than this: what is longer is no word.
const WIDENED_CHARS_MAX: u32 = 40;

/// A part of a text in which the same passages hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The words.
    pub text: &'a str,
    /// The passages that cover it, by their places in the list: in order.
    pub covers: Vec<usize>,
    /// The passages that end with it: in order.
    pub ends: Vec<usize>,
}

/// Cuts `text` at the bounds of `spans` (in its scalar values). The pieces together are the text; none is empty.
pub fn cut<'a>(text: &'a str, spans: &[Span]) -> Vec<Piece<'a>> {
    let mut starts: Vec<usize> = (0..spans.len()).filter(|&at| !spans[at].is_empty()).collect();
    starts.sort_by_key(|&at| (spans[at].start, at));
    let mut cuts: Vec<u32> = starts.iter().flat_map(|&at| [spans[at].start, spans[at].end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut bytes = text.char_indices().map(|(at, _)| at).enumerate();
    let mut pieces = Vec::with_capacity(cuts.len() + 1);
    let mut starts = starts.into_iter().peekable();
    let mut open: Vec<usize> = Vec::new();
    let mut from = 0;
    // What lies beyond the end of the text ends with it.
    let bounds = cuts.into_iter().map(Some).chain([None]);
    for cut in bounds {
        let byte = cut
            .and_then(|cut| bytes.find(|(at, _)| *at == cut as usize))
            .map_or(text.len(), |(_, byte)| byte);
        if byte > from {
            let at_end = byte == text.len();
            let ends = |at: &usize| at_end || cut.is_none_or(|cut| spans[*at].end <= cut);
            let ended = open.iter().copied().filter(|at| ends(at)).collect();
            pieces.push(Piece { text: &text[from..byte], covers: open.clone(), ends: ended });
            from = byte;
        }
        let Some(cut) = cut else { break };
        open.retain(|&at| spans[at].end > cut);
        while let Some(at) = starts.next_if(|&at| spans[at].start <= cut) {
            open.push(at);
        }
        open.sort_unstable();
    }
    pieces
}

/// Widens spans (in scalar values of `text`) to the borders of the words that they cut. In scripts without spaces
/// between words (Han, kana, Thai, Lao, Khmer, Burmese) only marks are kept with the letter that they belong to. Empty
/// spans stay empty.
pub fn widen(text: &str, spans: &mut [Span]) {
    let mut bounds: Vec<u32> = spans.iter().flat_map(|span| [span.start, span.end]).collect();
    bounds.sort_unstable();
    bounds.dedup();
    let mut bounds = bounds.into_iter().peekable();
    // For each bound that lies within a word, where that word begins and ends.
    let mut words: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    let (mut from, mut last) = (0, Glue::None);
    for (at, c) in (0_u32..).zip(text.chars().map(Some).chain([None])) {
        let glue = c.map_or(Glue::None, Glue::of);
        if glue.joins(last) {
            last = if glue == Glue::Mark { last } else { glue };
            continue;
        }
        while let Some(bound) = bounds.next_if(|&bound| bound <= at) {
            if bound > from && bound < at {
                let start = from.max(bound.saturating_sub(WIDENED_CHARS_MAX));
                words.insert(bound, (start, at.min(bound + WIDENED_CHARS_MAX)));
            }
        }
        if bounds.peek().is_none() {
            break;
        }
        (from, last) = (at, glue);
    }
    for span in spans.iter_mut().filter(|span| !span.is_empty()) {
        let start = words.get(&span.start).map_or(span.start, |word| word.0);
        let end = words.get(&span.end).map_or(span.end, |word| word.1);
        *span = Span::new(start, end);
    }
}

/// What a character is to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Glue {
    /// A letter or digit of a script with spaces: it goes on with others of its kind.
    Word,
    /// A letter of a script without spaces.
    Letter,
    /// A mark, or an invisible joiner: it belongs to whatever letter is before it.
    Mark,
    /// Anything else.
    None,
}

impl Glue {
    fn of(c: char) -> Self {
        match c {
            '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{ad}' => Self::Mark,
            _ if is_combining_mark(c) => Self::Mark,
            '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}' => Self::Letter,
            _ if c.is_alphanumeric() => Self::Word,
            _ => Self::None,
        }
    }

    fn joins(self, last: Self) -> bool {
        match self {
            Self::Mark => last != Self::None,
            Self::Word => last == Self::Word,
            Self::Letter | Self::None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces as `words(covers)ends`, with a bar between them.
    #[track_caller]
    fn check(text: &str, spans: &[(u32, u32)], expected: &str) {
        let spans: Vec<Span> = spans.iter().map(|(start, end)| Span::new(*start, *end)).collect();
        let pieces = cut(text, &spans);
        assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), text);
        let list = |all: &[usize]| all.iter().map(usize::to_string).collect::<String>();
        let told: Vec<String> = pieces
            .iter()
            .map(|piece| format!("{}({}){}", piece.text, list(&piece.covers), list(&piece.ends)))
            .collect();
        assert_eq!(told.join("|"), expected);
    }

    #[test]
    fn cuts_where_passages_begin_and_end() {
        check("", &[], "");
        check("word", &[], "word()");
        check("việc nhẹ 高薪", &[(5, 8)], "việc ()|nhẹ(0)0| 高薪()");
        check("abcdef", &[(0, 6), (2, 4)], "ab(0)|cd(01)1|ef(0)0");
        check("abcdef", &[(1, 3), (2, 5)], "a()|b(0)|c(01)0|de(1)1|f()");
        check("abc", &[(1, 9), (7, 8)], "a()|bc(0)0");
        check("abc", &[(3, 9), (1, 1)], "abc()");
        check("abc", &[(0, 3), (0, 3)], "abc(01)01");
    }

    /// The span, in words, after it was widened.
    #[track_caller]
    fn check_widened(text: &str, cut: &str, expected: &str) {
        let byte = text.find(cut).unwrap();
        let start = text[..byte].chars().count() as u32;
        let mut spans = [Span::new(start, start + cut.chars().count() as u32), Span::new(0, 0)];
        widen(text, &mut spans);
        assert_eq!(spans[0].slice(text), expected);
        assert!(spans[1].is_empty());
    }

    #[test]
    fn a_mark_ends_where_a_word_does() {
        check_widened("We need chat agents now", "chat agent", "chat agents");
        check_widened("وظيفة الدردشة مجانا", "دردشة", "الدردشة");
        check_widened("السكن مجانا لكم", "مجان", "مجانا");
        check_widened("free housing.", "free", "free");
        check_widened("包机票包吃住", "机票", "机票");
        check_widened("ทำงานที่ปอยเปต", "ที", "ที่");
        check_widened("रहने की सुविधा", "सुवि", "सुविधा");
        check_widened("customer\u{200b}service", "service", "customer\u{200b}service");
        check_widened("one two", "two", "two");
        check_widened("3500USD a month", "USD", "3500USD");
        let long = "x".repeat(300);
        check_widened(&long, "xx", &"x".repeat(42));
    }
}
