//! Rows of identifiers that belong together (a site and its wallet, a sanctioned address and its currency)
//! become reports, so that they have a source, a date and a grading like everything else.
//!
//! The text of such a report is the row: one line for each mapped column that has a value, `domain:
//! site.example`. Identifiers are found in it as in any other text, by `extract`; nothing is taken on trust.
//! Columns that were not mapped are left out, so that no personal data comes in unasked.

use std::collections::VecDeque;
use std::io::{self, BufReader, Read};
use std::str::FromStr;

use forewarn_model::{PartialDate, Problem, Report, ReportKind, Sighting, Source, Timestamp};
use serde_json::Value;
use thiserror::Error;

use crate::csv_records::{CsvRecords, delimiter_of};
use crate::encoding::Utf8;
use crate::format::Format;
use crate::input::{Input, explain, open};
use crate::limits::Limits;
use crate::lines::Lines;
use crate::reader::Defaults;
use crate::rows::Progress;
use crate::{refused, warning};

/// A mapping of columns to identifiers that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ColumnsError {
    /// A part that is no mapping, or names a field that there is not.
    #[error(
        "read mapping {part:?}: expected field=column, where field is one of {}; @key and @value name the two \
         sides of a JSON object",
        names(|_| true)
    )]
    Part {
        /// The part that is wrong.
        part: String,
    },
    /// No column holds an identifier, so that nothing could tie the rows to anything.
    #[error("read mapping {mapping:?}: no column holds an identifier: map at least one of {}", names(|is| is))]
    NoIdentifier {
        /// The whole mapping.
        mapping: String,
    },
}

/// Fields that become lines of the text, with whether they are identifiers.
const LINES: [(&str, bool); 26] = [
    ("observable", true),
    ("domain", true),
    ("url", true),
    ("email", true),
    ("phone", true),
    ("wallet", true),
    ("iban", true),
    ("telegram", true),
    ("whatsapp", true),
    ("line", true),
    ("wechat", true),
    ("zalo", true),
    ("viber", true),
    ("signal", true),
    ("kakao", true),
    ("qq", true),
    ("skype", true),
    ("facebook", true),
    ("instagram", true),
    ("tiktok", true),
    ("name", false),
    ("organisation", false),
    ("hub", false),
    ("place", false),
    ("currency", false),
    ("note", false),
];

/// Fields that say something of the row.
const OF_ROW: [&str; 5] = ["id", "source_url", "published_at", "grading", "kind"];

/// The names of fields: those of lines for which `wanted` holds, given whether they are identifiers, and with
/// those that are not also those of the row.
fn names(wanted: fn(bool) -> bool) -> String {
    let lines = LINES.iter().filter(|(_, identifier)| wanted(*identifier)).map(|(name, _)| *name);
    let of_row = OF_ROW.into_iter().filter(|_| wanted(false));
    lines.chain(of_row).collect::<Vec<_>>().join(", ")
}

/// Which column or key holds what; a field may be named several times.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    told: Vec<(&'static str, String)>,
}

impl FromStr for Columns {
    type Err = ColumnsError;

    /// Reads `domain=host,wallet=address,published_at=first_listed`.
    fn from_str(text: &str) -> Result<Self, ColumnsError> {
        let mut told = Vec::new();
        for part in text.split(',').filter(|part| !part.trim().is_empty()) {
            let error = || ColumnsError::Part { part: part.to_owned() };
            let (field, column) = part.split_once('=').ok_or_else(error)?;
            let mut all = LINES.iter().map(|(name, _)| *name).chain(OF_ROW);
            let field = all.find(|name| *name == field.trim()).ok_or_else(error)?;
            if column.trim().is_empty() {
                return Err(error());
            }
            told.push((field, column.trim().to_owned()));
        }
        if !told.iter().any(|(field, _)| LINES.contains(&(*field, true))) {
            return Err(ColumnsError::NoIdentifier { mapping: text.to_owned() });
        }
        Ok(Self { told })
    }
}

/// A row that became a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservableRow {
    /// The line that it starts on, from 1; the number of the entry in a JSON document.
    pub line: u64,
    /// The report.
    pub report: Report,
    /// How many identifiers the row should have.
    pub identifiers: usize,
    /// What was left out of it.
    pub warnings: Vec<Problem>,
}

type Bytes<'a> = BufReader<Utf8<Input<'a>>>;

enum Records<'a> {
    Csv {
        records: Box<CsvRecords<Bytes<'a>>>,
        header: Vec<String>,
    },
    JsonLines(Box<Lines<Bytes<'a>>>),
    /// The entries of one JSON array or object.
    Document(VecDeque<Fields>, u64),
}

/// Column and values of a row.
type Fields = Vec<(String, Vec<String>)>;

/// The rows of one input.
pub struct ObservableRows<'a> {
    records: Records<'a>,
    name: String,
    columns: Columns,
    defaults: Defaults,
    limits: Limits,
    count: u64,
    ended: bool,
}

/// Opens an input: a table, JSON Lines, or one JSON array or object, plain or compressed. In an object, each
/// member is a row with `@key` and `@value`.
pub fn observables<'a>(
    source: crate::source::Source<'a>,
    name: &str,
    format: Option<Format>,
    columns: &Columns,
    defaults: &Defaults,
    limits: &Limits,
    progress: &Progress,
) -> Result<ObservableRows<'a>, Problem> {
    let fatal = |error: io::Error| {
        let (code, what, remedy) = explain(&error);
        refused(name, None, code, what, remedy)
    };
    let input = open(source.into_read(), limits, progress.counter()).map_err(fatal)?;
    let (bytes, _) = Utf8::new(input).map_err(fatal)?;
    let start = bytes.start().to_vec();
    let format = format.or_else(|| Format::of_name(name)).unwrap_or_else(|| Format::of_start(&start));
    let delimiter = delimiter_of(&start);
    let bytes = BufReader::with_capacity(64 << 10, bytes);
    let records = match format {
        Format::Csv => {
            let mut records = CsvRecords::new(bytes, name, delimiter, limits);
            let header = match records.next().map_err(fatal)? {
                Some(header) => header?.1,
                None => {
                    let remedy = "give the table a header line and at least one record";
                    return Err(refused(name, None, "empty-input", "an empty table".to_owned(), remedy));
                }
            };
            let header: Vec<String> =
                header.iter().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect();
            if let Some((_, missing)) = columns.told.iter().find(|(_, column)| !header.contains(column)) {
                let what = format!("no column {missing}; the header has {}", header.join(", "));
                let remedy = "name the columns with --map domain=COLUMN,wallet=COLUMN";
                return Err(refused(name, Some(1), "csv-header", what, remedy));
            }
            Records::Csv { records: Box::new(records), header }
        }
        _ if is_document(&start) => document(bytes, name, limits)?,
        _ => Records::JsonLines(Box::new(Lines::new(bytes, limits.line_bytes_max))),
    };
    Ok(ObservableRows {
        records,
        name: name.to_owned(),
        columns: columns.clone(),
        defaults: defaults.clone(),
        limits: limits.clone(),
        count: 0,
        ended: false,
    })
}

/// Whether a JSON text is one value over many lines: then its first line is not a whole object.
fn is_document(start: &[u8]) -> bool {
    let text = start.trim_ascii_start();
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    text.first() == Some(&b'[')
        || (text.first() == Some(&b'{')
            && first.len() < text.len()
            && serde_json::from_slice::<serde::de::IgnoredAny>(first).is_err())
}

fn document<'a>(bytes: Bytes<'_>, name: &str, limits: &Limits) -> Result<Records<'a>, Problem> {
    /// A document is held as a whole, so it has a bound of its own.
    const DOCUMENT_BYTES_MAX: u64 = 256 << 20;
    let bound = limits.input_bytes_max.min(DOCUMENT_BYTES_MAX);
    let mut text = Vec::new();
    let read = bytes.take(bound + 1).read_to_end(&mut text);
    if let Err(error) = read {
        let (code, what, remedy) = explain(&error);
        return Err(refused(name, None, code, what, remedy));
    }
    if text.len() as u64 > bound {
        let remedy = "write one JSON object on each line instead";
        let what = format!("a JSON document longer than {bound} bytes");
        return Err(refused(name, None, "record-too-large", what, remedy));
    }
    let value: Value = serde_json::from_slice(&text).map_err(|error| {
        let remedy = "write one JSON object on each line, or one whole array or object";
        refused(name, Some(error.line() as u64), "json", error.to_string(), remedy)
    })?;
    let rows = match value {
        Value::Array(items) => items.iter().map(fields).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| {
                let mut row = fields(value);
                row.push(("@key".to_owned(), vec![key.clone()]));
                row
            })
            .collect(),
        other => vec![fields(&other)].into(),
    };
    Ok(Records::Document(rows, 0))
}

/// The columns of a JSON value: its members if it is an object, else `@value`.
fn fields(value: &Value) -> Fields {
    match value {
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), scalars(value))).collect(),
        other => vec![("@value".to_owned(), scalars(other))],
    }
}

/// A scalar, or the scalars of an array, as texts; null and deeper values are nothing.
fn scalars(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Bool(known) => vec![known.to_string()],
        Value::Array(items) => items.iter().filter(|item| !item.is_array()).flat_map(scalars).collect(),
        Value::Null | Value::Object(_) => Vec::new(),
    }
}

impl Iterator for ObservableRows<'_> {
    type Item = Result<ObservableRow, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        if self.count >= self.limits.records_max {
            self.ended = true;
            let what = format!("more than {} records", self.limits.records_max);
            let remedy = "split the input, or raise the limit records_max";
            return Some(Err(refused(&self.name, None, "too-many-records", what, remedy)));
        }
        self.count += 1;
        match self.fields() {
            Ok(Some(row)) => Some(row.and_then(|(line, fields)| self.row(line, &fields))),
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(error) => {
                self.ended = true;
                let (code, what, remedy) = explain(&error);
                Some(Err(refused(&self.name, None, code, what, remedy)))
            }
        }
    }
}

impl ObservableRows<'_> {
    fn fields(&mut self) -> io::Result<Option<Result<(u64, Fields), Problem>>> {
        let name = &self.name;
        match &mut self.records {
            Records::Csv { records, header } => Ok(records.next()?.map(|record| {
                let (line, values) = record?;
                if values.len() != header.len() {
                    let what = format!("{} columns where the header has {}", values.len(), header.len());
                    let remedy = "quote fields that contain the delimiter, and give every record all columns";
                    return Err(refused(name, Some(line), "csv-columns", what, remedy));
                }
                let text = |bytes: &Vec<u8>| vec![String::from_utf8_lossy(bytes).into_owned()];
                Ok((line, header.iter().cloned().zip(values.iter().map(text)).collect()))
            })),
            Records::JsonLines(lines) => loop {
                let Some(line) = lines.next()? else { return Ok(None) };
                if line.bytes.iter().all(u8::is_ascii_whitespace) && !line.too_long {
                    continue;
                }
                let remedy = "write one JSON object on each line";
                let refuse = |what: String| Err(refused(name, Some(line.number), "json", what, remedy));
                return Ok(Some(match serde_json::from_slice::<Value>(&line.bytes) {
                    _ if line.too_long => {
                        refuse(format!("a line longer than {} bytes", self.limits.line_bytes_max))
                    }
                    Ok(value) => Ok((line.number, fields(&value))),
                    Err(error) => refuse(error.to_string()),
                }));
            },
            Records::Document(rows, at) => {
                *at += 1;
                Ok(rows.pop_front().map(|fields| Ok((*at, fields))))
            }
        }
    }

    fn row(&self, line: u64, fields: &Fields) -> Result<ObservableRow, Problem> {
        let name = &self.name;
        let of = |wanted: &'static str| {
            let told = self.columns.told.iter().filter(move |(field, _)| *field == wanted);
            told.flat_map(|(_, column)| {
                let of_column = fields.iter().filter(move |(known, _)| known == column);
                of_column.flat_map(|(_, values)| values.iter().map(|value| value.trim()))
            })
            .filter(|value| !value.is_empty())
        };
        let mut lines = Vec::new();
        let mut identifiers = 0;
        for (field, identifier) in LINES {
            for value in of(field) {
                // One column may hold several identifiers.
                let parts: Vec<&str> =
                    if identifier { value.split(['|', ';']).collect() } else { vec![value] };
                for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
                    identifiers += usize::from(identifier);
                    let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
                    lines.push(match (field, part.strip_prefix('@')) {
                        ("observable", _) => part,
                        ("telegram" | "instagram" | "tiktok" | "line" | "facebook", None)
                            if is_name(&part) =>
                        {
                            format!("{field}: @{part}")
                        }
                        _ => format!("{field}: {part}"),
                    });
                }
            }
        }
        if identifiers == 0 {
            let remedy = "give the row an identifier, or map the right column with --map";
            return Err(refused(
                name,
                Some(line),
                "no-identifier",
                "a row without identifier".to_owned(),
                remedy,
            ));
        }
        let text = lines.join("\n");
        if text.len() > self.limits.record_bytes_max {
            let remedy = "split it, or raise the limit record_bytes_max";
            let what = format!("a row of {} bytes", text.len());
            return Err(refused(name, Some(line), "record-too-large", what, remedy));
        }
        let mut warnings = Vec::new();
        let grading = match of("grading").next() {
            Some(grading) => grading.parse().map_err(|error| {
                let remedy = "mend the value, or leave it empty";
                refused(name, Some(line), "grading", format!("{error}"), remedy)
            })?,
            None => self.defaults.grading,
        };
        let kind = match of("kind").next() {
            Some(kind) => kind.parse::<ReportKind>().map_err(|error| {
                let remedy = "mend the value, or map another column to kind";
                refused(name, Some(line), "kind", format!("{error}"), remedy)
            })?,
            None => self.defaults.kind,
        };
        let published_at = of("published_at").next().and_then(|text| {
            let read = instant(text);
            if read.is_none() {
                let what = format!("a date {text:?}");
                let remedy = "it was left out; write it as 2024-05-31 or 2024-05-31T10:00:00Z";
                warnings.push(warning(name, Some(line), "published-at", what, remedy));
            }
            read
        });
        let source = Source {
            name: self.defaults.source.clone(),
            external_id: of("id").next().map(str::to_owned),
            url: of("source_url").next().map(str::to_owned),
        };
        let sighting = Sighting { source, received_at: self.defaults.received_at, published_at };
        let report = Report::new(kind, None, text, None, self.defaults.marking, grading, sighting);
        Ok(ObservableRow { line, report, identifiers, warnings })
    }
}

/// Whether a value is a bare name of an account, not an address of it.
fn is_name(value: &str) -> bool {
    value.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

/// An instant written as RFC 3339, or a day, which counts from its midnight in UTC.
fn instant(text: &str) -> Option<Timestamp> {
    text.parse::<Timestamp>().ok().or_else(|| {
        let day = text.parse::<PartialDate>().ok()?.earliest();
        format!("{day}T00:00:00Z").parse().ok()
    })
}
