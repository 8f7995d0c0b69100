//! Spans of a text, and folded text that knows where each part of it came from.

use std::ops::Range;

/// A half-open range [start, end) in Unicode scalar values of the original text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first scalar value.
    pub start: u32,
    /// One past the last scalar value; never less than `start`.
    pub end: u32,
}

impl Span {
    /// A span; an `end` before `start` is taken as `start`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end: end.max(start) }
    }

    /// How many scalar values it covers.
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.end == self.start
    }

    /// Whether the two share a scalar value.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The part of `text` that it covers; what lies beyond the end of `text` is left out.
    pub fn slice(self, text: &str) -> &str {
        let mut bounds = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let start = bounds.by_ref().nth(self.start as usize).unwrap_or(text.len());
        let end = match self.len() {
            0 => start,
            len => bounds.nth(len as usize - 1).unwrap_or(text.len()),
        };
        &text[start..end]
    }
}

/// A folded text with a map back to the original: for every byte of the folded text, the scalar values
/// of the original that it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Normalized {
    text: String,
    starts: Vec<u32>,
    ends: Vec<u32>,
    original_len: u32,
}

impl Normalized {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How many scalar values the original has.
    pub fn original_len(&self) -> u32 {
        self.original_len
    }

    /// The span of the original that a byte range of the folded text stands for. A range that is empty or
    /// reaches beyond the text is cut to the text.
    pub fn original_span(&self, bytes: Range<usize>) -> Span {
        let start = bytes.start.min(self.text.len());
        let end = bytes.end.min(self.text.len());
        if end <= start {
            let at = self.starts.get(start).copied().unwrap_or(self.original_len);
            return Span::new(at, at);
        }
        Span::new(self.starts[start], self.ends[end - 1])
    }

    /// The smallest byte range of the folded text that covers a span of the original. Parts of the
    /// original that folding removed have an empty range.
    pub fn folded_range(&self, span: Span) -> Range<usize> {
        let start = self.ends.partition_point(|&end| end <= span.start);
        let end = self.starts.partition_point(|&at| at < span.end);
        start..end.max(start)
    }
}

/// Builds a [`Normalized`] from left to right.
#[derive(Debug, Default)]
pub struct NormalizedBuilder {
    out: Normalized,
}

impl NormalizedBuilder {
    /// Room for about `bytes` bytes of folded text.
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            out: Normalized {
                text: String::with_capacity(bytes),
                starts: Vec::with_capacity(bytes),
                ends: Vec::with_capacity(bytes),
                original_len: 0,
            },
        }
    }

    /// Appends a scalar value that stands for `span` of the original. Spans must not go backwards: one
    /// that starts or ends before its predecessor is moved up to it.
    pub fn push(&mut self, folded: char, span: Span) {
        let start = span.start.max(self.out.starts.last().copied().unwrap_or(0));
        let end = span.end.max(self.out.ends.last().copied().unwrap_or(0)).max(start);
        self.out.text.push(folded);
        let bytes = folded.len_utf8();
        self.out.starts.extend_from_slice(&[start; 4][..bytes]);
        self.out.ends.extend_from_slice(&[end; 4][..bytes]);
    }

    /// Appends a run of ASCII characters that stand one for one for those of the original from `start`, in
    /// lower case. The same as [`push`](Self::push) for each of them, but quicker. What is not ASCII is left
    /// out.
    pub fn push_ascii(&mut self, run: &str, start: u32) {
        let run = match run.is_ascii() {
            true => run,
            false => "",
        };
        let start = start.max(self.out.ends.last().copied().unwrap_or(0));
        let end = start.saturating_add(run.len() as u32);
        let before = self.out.text.len();
        self.out.text.push_str(run);
        self.out.text[before..].make_ascii_lowercase();
        self.out.starts.extend(start..end);
        self.out.ends.extend(start.saturating_add(1)..end.saturating_add(1));
    }

    /// The folded text so far.
    pub fn as_str(&self) -> &str {
        &self.out.text
    }

    /// Ends the text; `original_len` is the number of scalar values of the original.
    pub fn finish(mut self, original_len: u32) -> Normalized {
        self.out.original_len = original_len;
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_by_scalar_values() {
        let text = "aé🇰🇭ไทย";
        assert_eq!(Span::new(1, 2).slice(text), "é");
        assert_eq!(Span::new(2, 4).slice(text), "🇰🇭");
        assert_eq!(Span::new(4, 99).slice(text), "ไทย");
        assert_eq!(Span::new(9, 9).slice(text), "");
        assert_eq!(Span::new(3, 1).slice(text), "");
    }

    #[test]
    fn a_run_is_the_same_as_its_characters() {
        let mut by_run = NormalizedBuilder::default();
        by_run.push('é', Span::new(0, 2));
        by_run.push_ascii("Chat 24", 2);
        by_run.push_ascii("no: é", 9);
        let mut by_one = NormalizedBuilder::default();
        by_one.push('é', Span::new(0, 2));
        for (at, c) in "chat 24".chars().enumerate() {
            by_one.push(c, Span::new(2 + at as u32, 3 + at as u32));
        }
        assert_eq!(by_run.finish(9), by_one.finish(9));
    }

    #[test]
    fn maps_both_ways_over_removed_and_expanded_characters() {
        // original: t ( . ) m e ﬁ     folded: t . m e f i
        let mut builder = NormalizedBuilder::default();
        for (c, start, end) in [('t', 0, 1), ('.', 1, 4), ('m', 4, 5), ('e', 5, 6), ('f', 6, 7), ('i', 6, 7)]
        {
            builder.push(c, Span::new(start, end));
        }
        let text = builder.finish(7);
        assert_eq!(text.as_str(), "t.mefi");
        assert_eq!(text.original_span(0..3), Span::new(0, 5));
        assert_eq!(text.original_span(4..6), Span::new(6, 7));
        assert_eq!(text.original_span(6..6), Span::new(7, 7));
        assert_eq!(text.folded_range(Span::new(1, 4)), 1..2);
        assert_eq!(text.folded_range(Span::new(6, 7)), 4..6);
    }
}
