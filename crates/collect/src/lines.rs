//! Lines with their numbers, none longer than allowed.

use std::io::{self, BufRead};

/// A line without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// From 1.
    pub(crate) number: u64,
    pub(crate) bytes: Vec<u8>,
    /// Whether it was longer than allowed; then `bytes` is empty, and the line was passed over.
    pub(crate) too_long: bool,
}

pub(crate) struct Lines<R> {
    inner: R,
    number: u64,
    bytes_max: usize,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn new(inner: R, bytes_max: usize) -> Self {
        Self { inner, number: 0, bytes_max }
    }

    /// The next line; none at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let (mut any, mut too_long) = (false, false);
        loop {
            let available = match self.inner.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                break;
            }
            any = true;
            let end = memchr::memchr(b'\n', available);
            let part = &available[..end.unwrap_or(available.len())];
            if bytes.len() + part.len() > self.bytes_max {
                too_long = true;
                bytes = Vec::new();
            }
            if !too_long {
                bytes.extend_from_slice(part);
            }
            let used = part.len() + usize::from(end.is_some());
            self.inner.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        self.number += 1;
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Ok(Some(Line { number: self.number, bytes, too_long }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lines_and_passes_over_long_ones() {
        let mut lines = Lines::new(&b"a\r\n\nlong line\nb"[..], 4);
        let mut seen = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            seen.push((line.number, String::from_utf8(line.bytes).unwrap(), line.too_long));
        }
        let expected = [(1, "a", false), (2, "", false), (3, "", true), (4, "b", false)];
        assert_eq!(seen, expected.map(|(n, text, long)| (n, text.to_owned(), long)));
    }
}
