//! Cuts a text wherever a passage begins or ends, so that whoever shows it can mark each piece.

use forewarn_model::Span;

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
}
