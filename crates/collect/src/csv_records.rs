//! Records of a table, each a bounded number of lines.
//!
//! A quoted field may span lines (RFC 4180). If a quote is never closed, the record would swallow the rest
//! of the table; so a record that grows beyond its limits, or is still open at the end, costs its first
//! line only, and reading goes on with the line after it.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use forewarn_model::Problem;

use crate::limits::Limits;
use crate::lines::{Line, Lines};
use crate::refused;

pub(crate) struct CsvRecords<R> {
    lines: Lines<R>,
    /// Lines that were read ahead and belong to later records.
    ahead: VecDeque<Line>,
    delimiter: u8,
    limits: Limits,
    name: String,
}

/// A record: the line that it starts on, and its fields.
pub(crate) type Fields = (u64, Vec<Vec<u8>>);

/// The same before it is split.
pub(crate) type Unsplit = (u64, Vec<u8>);

impl<R: BufRead> CsvRecords<R> {
    pub(crate) fn new(inner: R, name: &str, delimiter: u8, limits: &Limits) -> Self {
        let lines = Lines::new(inner, limits.line_bytes_max);
        Self { lines, ahead: VecDeque::new(), delimiter, limits: limits.clone(), name: name.to_owned() }
    }

    /// The next record's fields or the problem with it; none at the end. Blank lines are passed over.
    pub(crate) fn next(&mut self) -> io::Result<Option<Result<Fields, Problem>>> {
        let Some(record) = self.next_unsplit()? else { return Ok(None) };
        Ok(Some(record.and_then(|(line, bytes)| {
            let fields = split(&self.name, line, &bytes, self.delimiter, self.limits.columns_max)?;
            Ok((line, fields))
        })))
    }

    /// The same, as the bytes of its lines, for [`split`].
    pub(crate) fn next_unsplit(&mut self) -> io::Result<Option<Result<Unsplit, Problem>>> {
        let first = loop {
            match self.line()? {
                None => return Ok(None),
                Some(line) if line.too_long => return Ok(Some(Err(self.too_long(line.number)))),
                Some(line) if line.bytes.iter().all(u8::is_ascii_whitespace) => {}
                Some(line) => break line,
            }
        };
        let number = first.number;
        let mut state = Quotes::FieldStart;
        state.feed(&first.bytes, self.delimiter);
        let mut bytes = first.bytes;
        let mut more = VecDeque::new();
        let mut size = bytes.len();
        while state == Quotes::Quoted {
            let next = match self.line()? {
                Some(line) => line,
                None => break,
            };
            size += next.bytes.len() + 1;
            let fits = size <= self.limits.record_bytes_max && more.len() + 2 <= self.limits.record_lines_max;
            let stop = !fits || next.too_long;
            state.feed(b"\n", self.delimiter);
            state.feed(&next.bytes, self.delimiter);
            more.push_back(next);
            if stop {
                state = Quotes::Quoted;
                break;
            }
        }
        if state == Quotes::Quoted {
            more.append(&mut self.ahead);
            self.ahead = more;
            let what = "a quoted field is opened and never closed".to_owned();
            let remedy =
                "close the quote, or double it if it is meant as a character; the next line was read anew";
            return Ok(Some(Err(refused(&self.name, Some(number), "csv-quote", what, remedy))));
        }
        for line in more {
            bytes.push(b'\n');
            bytes.extend_from_slice(&line.bytes);
        }
        if bytes.len() > self.limits.record_bytes_max {
            let what = format!("a record of {} bytes", bytes.len());
            let remedy = "shorten it, or raise the limit record_bytes_max";
            return Ok(Some(Err(refused(&self.name, Some(number), "record-too-large", what, remedy))));
        }
        Ok(Some(Ok((number, bytes))))
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        match self.ahead.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.lines.next(),
        }
    }

    fn too_long(&self, number: u64) -> Problem {
        let what = format!("a line longer than {} bytes", self.limits.line_bytes_max);
        refused(
            &self.name,
            Some(number),
            "line-too-long",
            what,
            "shorten it, or raise the limit line_bytes_max",
        )
    }
}

/// The fields of a record that starts on `line` of the input `name`.
pub(crate) fn split(
    name: &str,
    line: u64,
    bytes: &[u8],
    delimiter: u8,
    columns_max: usize,
) -> Result<Vec<Vec<u8>>, Problem> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(bytes.len().max(1))
        .from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    match reader.read_byte_record(&mut record) {
        Ok(_) if record.len() <= columns_max => Ok(record.iter().map(<[u8]>::to_vec).collect()),
        Ok(_) => {
            let what = format!("{} columns", record.len());
            let remedy = "remove columns, or raise the limit columns_max";
            Err(refused(name, Some(line), "csv-columns", what, remedy))
        }
        Err(error) => {
            let remedy = "write the record as RFC 4180 says";
            Err(refused(name, Some(line), "csv-record", error.to_string(), remedy))
        }
    }
}

/// Where in a record the reading stands, as the `csv` crate reads it: a quote opens a quoted field only at
/// its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quotes {
    FieldStart,
    Plain,
    Quoted,
    /// After a quote in a quoted field: its end, or the first half of a doubled quote.
    QuoteInQuoted,
}

impl Quotes {
    fn feed(&mut self, bytes: &[u8], delimiter: u8) {
        for &byte in bytes {
            *self = match (*self, byte) {
                (Self::Quoted, b'"') => Self::QuoteInQuoted,
                (Self::Quoted, _) => Self::Quoted,
                (Self::FieldStart | Self::QuoteInQuoted, b'"') => Self::Quoted,
                (_, byte) if byte == delimiter => Self::FieldStart,
                _ => Self::Plain,
            };
        }
    }
}

/// The delimiter of a table, by its header: whichever of tab, semicolon and comma it has most of.
pub(crate) fn delimiter_of(start: &[u8]) -> u8 {
    let header = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| header.iter().filter(|&&byte| byte == delimiter).count();
    [b',', b'\t', b';'].into_iter().rev().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(table: &str, limits: &Limits, expected: &[&str]) {
        let mut records = CsvRecords::new(table.as_bytes(), "t.csv", b',', limits);
        let mut seen = Vec::new();
        while let Some(record) = records.next().unwrap() {
            seen.push(match record {
                Ok((line, fields)) => {
                    let fields: Vec<_> = fields.iter().map(|f| String::from_utf8_lossy(f)).collect();
                    format!("{line}: {}", fields.join("|"))
                }
                Err(problem) => format!("{}! {}", problem.line.unwrap(), problem.code),
            });
        }
        assert_eq!(seen, expected, "{table:?}");
    }

    #[test]
    fn reads_quotes_over_lines() {
        let limits = Limits::default();
        check("a,b\n1,\"x\ny\"\"z\"\n\n2,5\" pipe\n", &limits, &["1: a|b", "2: 1|x\ny\"z", "5: 2|5\" pipe"]);
    }

    #[test]
    fn an_open_quote_costs_its_line_only() {
        let limits = Limits::default();
        check("a\n\"open\nb\nc\n", &limits, &["1: a", "2! csv-quote", "3: b", "4: c"]);
        let limits = Limits { record_lines_max: 2, line_bytes_max: 8, ..limits };
        check("\"1\n2\n3\n4\n", &limits, &["1! csv-quote", "2: 2", "3: 3", "4: 4"]);
        check("a\nfar too long\nb", &limits, &["1: a", "2! line-too-long", "3: b"]);
        check("\"a\nfar too long\nb\"\nc", &limits, &["1! csv-quote", "2! line-too-long", "3: b\"", "4: c"]);
    }

    #[test]
    fn tells_delimiters() {
        for (header, expected) in [("a,b", b','), ("a;b;c,d", b';'), ("a\tb", b'\t'), ("a", b',')] {
            assert_eq!(delimiter_of(header.as_bytes()), expected, "{header}");
        }
    }
}
