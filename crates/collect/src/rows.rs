//! Records of any format, as their source wrote them: an id, a text, and what else they have.
//!
//! Reading has two halves. [`Rows::next_piece`] cuts the input into records, in order and on one thread;
//! [`Parser::parse`] understands one record, and may run on any thread. As an iterator, [`Rows`] does both.

use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use forewarn_model::Problem;

use crate::csv_records::{CsvRecords, delimiter_of, split};
use crate::encoding::Utf8;
use crate::fields::{COUNT, Field, Mapping};
use crate::format::Format;
use crate::input::{Input, explain, open};
use crate::json_lines;
use crate::limits::Limits;
use crate::lines::Lines;
use crate::parquet_rows::{Backing, Cell, Cells, ParquetRows};
use crate::source::{Kind, PARQUET, Source};
use crate::value::Value;
use crate::{refused, warning};

/// How an input is read.
#[derive(Debug, Clone, Default)]
pub struct RowOptions {
    /// The format, where the caller knows better than the name; Parquet is told by the first bytes.
    pub format: Option<Format>,
    /// Which column or key holds which field.
    pub mapping: Mapping,
    /// Whether columns and keys that are no field of a report are kept too.
    pub carry: bool,
    /// How much is read.
    pub limits: Limits,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line, from 1, the header included; in Parquet its row, from 1.
    pub line: u64,
    /// Its id, of the type that the source gave it.
    pub id: Option<Value>,
    /// Its title.
    pub title: Option<String>,
    /// Its text; never blank.
    pub text: String,
    /// What else it says of itself.
    pub declared: Declared,
    /// Its other columns, in their order, if they were asked for; those without a value are left out.
    pub carried: Vec<(String, Value)>,
    /// What was changed in it or left out.
    pub warnings: Vec<Problem>,
}

/// What a record says of itself, not yet understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Declared {
    /// Its address.
    pub url: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// When it was published.
    pub published_at: Option<String>,
    /// Its marking.
    pub marking: Option<String>,
    /// Its grading.
    pub grading: Option<String>,
}

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its id, where that much could be read.
    pub id: Option<Value>,
    /// Why.
    pub problem: Box<Problem>,
    /// Whether it is no record but what ended the reading: a broken archive, a bomb, a failing disk.
    pub ends: bool,
}

/// How many bytes of an input were read, before decompression; can be asked while reading.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    /// Bytes so far.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.0)
    }
}

/// A record that was cut out and not yet understood.
pub struct Piece(Cut);

enum Cut {
    Line { line: u64, bytes: Vec<u8> },
    Table { line: u64, bytes: Vec<u8> },
    Text { bytes: Vec<u8> },
    Cells { line: u64, cells: Cells },
    Refused(Refused),
}

impl Piece {
    /// About how much memory it holds, in bytes.
    pub fn bytes(&self) -> usize {
        match &self.0 {
            Cut::Line { bytes, .. } | Cut::Table { bytes, .. } | Cut::Text { bytes } => bytes.len(),
            Cut::Cells { cells, .. } => cells.iter().map(cell_bytes).sum(),
            Cut::Refused(_) => 0,
        }
    }
}

fn cell_bytes(cell: &Option<Cell>) -> usize {
    match cell {
        Some(Cell::Text(text)) => text.len(),
        Some(Cell::Value(_)) | None => 0,
    }
}

type Bytes<'a> = BufReader<Utf8<Input<'a>>>;

enum Records<'a> {
    Csv(Box<CsvRecords<Bytes<'a>>>),
    JsonLines(Lines<Bytes<'a>>),
    Parquet(Box<ParquetRows>),
    Text(Option<Bytes<'a>>),
}

/// The records of one input.
pub struct Rows<'a> {
    records: Records<'a>,
    parser: Arc<Parser>,
    notes: Vec<Problem>,
    count: u64,
    ended: bool,
}

/// Understands records; the same for all threads.
pub struct Parser {
    name: String,
    options: RowOptions,
    form: Form,
}

/// What is known of the records before the first.
enum Form {
    Table {
        columns: [Option<usize>; COUNT],
        header: Vec<String>,
        delimiter: u8,
    },
    Json,
    Text,
    /// For each cell of a row, its field and its name.
    Cells(CellColumns),
}

/// Opens an input. The format is told by the caller, by the name, or by the first bytes; the compression by
/// the first bytes. An error here means that nothing can be read at all.
pub fn rows<'a>(
    mut source: Source<'a>,
    name: &str,
    options: &RowOptions,
    progress: &Progress,
) -> Result<Rows<'a>, Problem> {
    let fatal = |error: io::Error| {
        let (code, what, remedy) = explain(&error);
        refused(name, None, code, what, remedy)
    };
    let parser = |form| Arc::new(Parser { name: name.to_owned(), options: options.clone(), form });
    if source.is_parquet().map_err(fatal)? {
        let (records, cells) = parquet(source, name, options, progress)?;
        let records = Records::Parquet(Box::new(records));
        return Ok(Rows {
            records,
            parser: parser(Form::Cells(cells)),
            notes: Vec::new(),
            count: 0,
            ended: false,
        });
    }
    let limits = &options.limits;
    let input = open(source.into_read(), limits, Arc::clone(&progress.0)).map_err(fatal)?;
    let (bytes, encoding) = Utf8::new(input).map_err(fatal)?;
    let told = options.format.or_else(|| Format::of_name(name));
    let format = told.unwrap_or_else(|| Format::of_start(bytes.start()));
    if bytes.start().starts_with(PARQUET) || format == Format::Parquet {
        return Err(no_parquet(name, bytes.start()));
    }
    let delimiter = delimiter_of(bytes.start());
    let bytes = BufReader::with_capacity(64 << 10, bytes);
    let (records, form) = match format {
        Format::Csv => table(CsvRecords::new(bytes, name, delimiter, limits), name, options, delimiter)?,
        Format::JsonLines => (Records::JsonLines(Lines::new(bytes, limits.line_bytes_max)), Form::Json),
        Format::Text | Format::Parquet => (Records::Text(Some(bytes)), Form::Text),
    };
    let converted = encoding.map(|encoding| {
        let remedy = "check a few reports; if letters are wrong, save the input as UTF-8";
        warning(name, None, "encoding", format!("read as {encoding}, which its bytes look like"), remedy)
    });
    Ok(Rows { records, parser: parser(form), notes: converted.into_iter().collect(), count: 0, ended: false })
}

/// Why an input that is, or should be, Parquet cannot be read as a stream.
fn no_parquet(name: &str, start: &[u8]) -> Problem {
    if start.starts_with(PARQUET) {
        let what = "Parquet can only be read from a file: its table of contents is at its end".to_owned();
        let remedy = "save it to a file, not compressed once more, and name that file";
        return refused(name, None, "parquet-needs-file", what, remedy);
    }
    let what = "this is no Parquet file: it does not begin with PAR1".to_owned();
    let remedy = "fetch it again, or tell the format that it is in with --format";
    refused(name, None, "parquet", what, remedy)
}

type Opened<T> = Result<T, Problem>;

/// For each cell of a row, its field and its name.
type CellColumns = Vec<(Option<Field>, String)>;

fn parquet(
    source: Source<'_>,
    name: &str,
    options: &RowOptions,
    progress: &Progress,
) -> Opened<(ParquetRows, CellColumns)> {
    let backing = match source.0 {
        Kind::File(file) => Backing::File(file),
        Kind::Memory(bytes) => Backing::Memory(bytes.into()),
        Kind::Stream(_) => return Err(no_parquet(name, PARQUET)),
    };
    let mut rows = ParquetRows::open(backing, &options.limits, Arc::clone(&progress.0))
        .map_err(|what| refused(name, None, "parquet", what, "fetch the file again, or write it anew"))?;
    let names = rows.names();
    if names.len() > options.limits.columns_max {
        let what = format!("{} columns", names.len());
        let remedy = "remove columns, or raise the limit columns_max";
        return Err(refused(name, None, "parquet-columns", what, remedy));
    }
    let header: Vec<String> = names.iter().map(|(_, name)| name.clone()).collect();
    let columns = columns(&options.mapping, &header, name, "parquet-columns")?;
    let field_of = |at: usize| {
        let found = columns.iter().position(|column| *column == Some(at));
        found.and_then(|field| Field::ALL.get(field).copied())
    };
    let all = names.into_iter().enumerate().map(|(at, (leaf, name))| (leaf, field_of(at), name));
    let wanted: Vec<_> = all.filter(|(_, field, _)| options.carry || field.is_some()).collect();
    rows.select(wanted.iter().map(|(leaf, _, _)| *leaf).collect());
    Ok((rows, wanted.into_iter().map(|(_, field, name)| (field, name)).collect()))
}

fn table<'a>(
    mut records: CsvRecords<Bytes<'a>>,
    name: &str,
    options: &RowOptions,
    delimiter: u8,
) -> Opened<(Records<'a>, Form)> {
    let header = match records.next() {
        Ok(Some(Ok((_, fields)))) => fields,
        Ok(Some(Err(problem))) => return Err(problem),
        Ok(None) => {
            let remedy = "give the table a header line and at least one record";
            return Err(refused(name, None, "empty-input", "an empty table".to_owned(), remedy));
        }
        Err(error) => {
            let (code, what, remedy) = explain(&error);
            return Err(refused(name, None, code, what, remedy));
        }
    };
    let header: Vec<String> =
        header.iter().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect();
    let columns = columns(&options.mapping, &header, name, "csv-header")?;
    Ok((Records::Csv(Box::new(records)), Form::Table { columns, header, delimiter }))
}

fn columns(
    mapping: &Mapping,
    header: &[String],
    name: &str,
    code: &'static str,
) -> Opened<[Option<usize>; COUNT]> {
    let columns = mapping.columns(header);
    let missing = mapping.missing(header);
    if columns[Field::Text as usize].is_some() && missing.is_empty() {
        return Ok(columns);
    }
    let what = match missing.as_slice() {
        [] => format!("no column holds the text; the header has {}", header.join(", ")),
        missing => format!("no column {}; the header has {}", missing.join(", "), header.join(", ")),
    };
    let remedy = "name the columns with --map text=COLUMN,title=COLUMN";
    Err(refused(name, Some(1), code, what, remedy))
}

impl Rows<'_> {
    /// What is to be said of the input as a whole, such as its encoding; only the first call has it.
    pub fn take_notes(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.notes)
    }

    /// What understands the pieces.
    pub fn parser(&self) -> Arc<Parser> {
        Arc::clone(&self.parser)
    }

    /// The next record, cut out and not yet understood; none at the end.
    pub fn next_piece(&mut self) -> Option<Piece> {
        if self.ended {
            return None;
        }
        let limits = &self.parser.options.limits;
        if self.count >= limits.records_max {
            self.ended = true;
            let what = format!("more than {} records", limits.records_max);
            let remedy = "split the input, or raise the limit records_max";
            return Some(self.end("too-many-records", what, remedy));
        }
        match self.cut() {
            Ok(Some(cut)) => {
                self.count += 1;
                Some(Piece(cut))
            }
            Ok(None) => {
                self.ended = true;
                None
            }
            Err(Broken::Bytes(error)) => {
                let (code, what, remedy) = explain(&error);
                Some(self.end(code, what, remedy))
            }
            Err(Broken::Parquet(what)) => {
                // The reader says so of a compression that is not built in (Brotli, LZO).
                let remedy = match what.starts_with("Disabled feature") {
                    true => "write it with Zstandard or Snappy",
                    false => "fetch the file again; what was read before is kept",
                };
                Some(self.end("parquet", what, remedy))
            }
        }
    }

    fn end(&mut self, code: &'static str, what: String, remedy: &str) -> Piece {
        self.ended = true;
        let problem = Box::new(refused(&self.parser.name, None, code, what, remedy));
        Piece(Cut::Refused(Refused { id: None, problem, ends: true }))
    }

    fn cut(&mut self) -> Result<Option<Cut>, Broken> {
        let Parser { name, options, .. } = &*self.parser;
        let limits = &options.limits;
        let refuse = |problem| Cut::Refused(Refused { id: None, problem: Box::new(problem), ends: false });
        match &mut self.records {
            Records::Csv(records) => Ok(records.next_unsplit()?.map(|record| match record {
                Ok((line, bytes)) => Cut::Table { line, bytes },
                Err(problem) => refuse(problem),
            })),
            Records::JsonLines(lines) => loop {
                let Some(line) = lines.next()? else { return Ok(None) };
                if line.too_long {
                    let what = format!("a line longer than {} bytes", limits.line_bytes_max);
                    let remedy = "shorten it, or raise the limit line_bytes_max";
                    return Ok(Some(refuse(refused(name, Some(line.number), "line-too-long", what, remedy))));
                }
                if !line.bytes.iter().all(u8::is_ascii_whitespace) {
                    return Ok(Some(Cut::Line { line: line.number, bytes: line.bytes }));
                }
            },
            Records::Parquet(rows) => {
                Ok(rows.next().map_err(Broken::Parquet)?.map(|(line, cells)| Cut::Cells { line, cells }))
            }
            Records::Text(bytes) => {
                let Some(bytes) = bytes.take() else { return Ok(None) };
                let limit = limits.record_bytes_max;
                let mut whole = Vec::new();
                bytes.take(limit as u64 + 1).read_to_end(&mut whole)?;
                if whole.len() > limit {
                    let what = format!("a text longer than {limit} bytes");
                    let remedy = "split it, or raise the limit record_bytes_max";
                    return Ok(Some(refuse(refused(name, Some(1), "record-too-large", what, remedy))));
                }
                Ok(Some(Cut::Text { bytes: whole }))
            }
        }
    }
}

/// What ended the reading.
enum Broken {
    Bytes(io::Error),
    Parquet(String),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Bytes(error)
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        let piece = self.next_piece()?;
        Some(self.parser.parse(piece))
    }
}

/// A record whose values are known and not yet judged.
#[derive(Default)]
struct Raw {
    line: u64,
    fields: [Option<Value>; COUNT],
    carried: Vec<(String, Value)>,
    text_is: Option<&'static str>,
    warnings: Vec<Problem>,
}

impl Parser {
    /// Understands a record.
    pub fn parse(&self, piece: Piece) -> Result<Row, Refused> {
        let without_id = |problem| Refused { id: None, problem: Box::new(problem), ends: false };
        let raw = match piece.0 {
            Cut::Refused(refused) => return Err(refused),
            Cut::Line { line, bytes } => self.json(line, bytes).map_err(without_id)?,
            Cut::Table { line, bytes } => self.table(line, &bytes).map_err(without_id)?,
            Cut::Cells { line, cells } => self.cells(line, cells),
            Cut::Text { bytes } => {
                let mut raw = Raw { line: 1, ..Raw::default() };
                raw.fields[Field::Text as usize] = Some(self.utf8(bytes, 1, &mut raw.warnings));
                raw
            }
        };
        self.judge(raw)
    }

    fn json(&self, line: u64, bytes: Vec<u8>) -> Result<Raw, Problem> {
        let RowOptions { mapping, limits, carry, .. } = &self.options;
        let mut warnings = Vec::new();
        let text = self.utf8(bytes, line, &mut warnings).into_text();
        let object = json_lines::parse(&text, mapping, limits.json_depth_max, *carry).map_err(|what| {
            let remedy = match text.trim_start().starts_with('[') {
                true => "write one JSON object on each line, not an array: jq -c '.[]' does so",
                false => "write one JSON object on each line",
            };
            refused(&self.name, Some(line), "json", what, remedy)
        })?;
        if object.mended {
            let remedy = "it was replaced by U+FFFD; mend the program that wrote it";
            let what = "half of a surrogate pair alone".to_owned();
            warnings.push(warning(&self.name, Some(line), "lone-surrogate", what, remedy));
        }
        Ok(Raw { line, fields: object.fields, carried: object.carried, text_is: object.text_is, warnings })
    }

    fn table(&self, line: u64, bytes: &[u8]) -> Result<Raw, Problem> {
        let Form::Table { columns, header, delimiter } = &self.form else { return Ok(Raw::default()) };
        let mut values = split(&self.name, line, bytes, *delimiter, self.options.limits.columns_max)?;
        if values.len() != header.len() {
            let what = format!("{} columns where the header has {}", values.len(), header.len());
            let remedy = "quote fields that contain the delimiter, and give every record all columns";
            return Err(refused(&self.name, Some(line), "csv-columns", what, remedy));
        }
        let mut raw = Raw { line, ..Raw::default() };
        let mut value = |at: usize, raw: &mut Raw| {
            let bytes = std::mem::take(&mut values[at]);
            (!bytes.is_empty()).then(|| self.utf8(bytes, line, &mut raw.warnings))
        };
        for (field, column) in columns.iter().enumerate() {
            raw.fields[field] = column.and_then(|at| value(at, &mut raw));
        }
        if self.options.carry {
            for (at, name) in header.iter().enumerate().filter(|(at, _)| !columns.contains(&Some(*at))) {
                if let Some(value) = value(at, &mut raw) {
                    raw.carried.push((name.clone(), value));
                }
            }
        }
        Ok(raw)
    }

    fn cells(&self, line: u64, cells: Cells) -> Raw {
        let mut raw = Raw { line, ..Raw::default() };
        let Form::Cells(columns) = &self.form else { return raw };
        for ((field, name), cell) in columns.iter().zip(cells) {
            let value = match cell {
                None => continue,
                Some(Cell::Value(value)) => value,
                Some(Cell::Text(text)) => self.utf8(text.data().to_vec(), line, &mut raw.warnings),
            };
            match field {
                Some(Field::Text) if !matches!(value, Value::Text(_)) => {
                    raw.text_is = Some("of another type")
                }
                Some(field) => raw.fields[*field as usize] = Some(value),
                None => raw.carried.push((name.clone(), value)),
            }
        }
        raw
    }

    /// What every record must have, whatever its format.
    fn judge(&self, raw: Raw) -> Result<Row, Refused> {
        let Raw { line, fields, carried, text_is, warnings } = raw;
        let [text, title, id, url, language, kind, published_at, marking, grading] = fields;
        let refuse = |id, code, what: String, remedy: &str| {
            let problem = Box::new(refused(&self.name, Some(line), code, what, remedy));
            Err(Refused { id, problem, ends: false })
        };
        if let Some(what) = text_is {
            let remedy = "write the text as a string, or map another column with --map text=COLUMN";
            return refuse(id, "text-not-string", format!("the text is {what}"), remedy);
        }
        let text = text.map(Value::into_text).filter(|text| !text.trim().is_empty());
        let Some(text) = text else {
            let remedy = "give the record a text, or map the right column with --map text=COLUMN";
            return refuse(id, "empty-text", "a record without text".to_owned(), remedy);
        };
        let title = title.map(Value::into_text).filter(|title| !title.trim().is_empty());
        let length = text.len() + title.as_ref().map_or(0, String::len);
        if length > self.options.limits.record_bytes_max {
            let remedy = "shorten it, or raise the limit record_bytes_max";
            return refuse(id, "record-too-large", format!("a record of {length} bytes"), remedy);
        }
        let declared = Declared {
            url: url.map(Value::into_text),
            language: language.map(Value::into_text),
            kind: kind.map(Value::into_text),
            published_at: published_at.map(Value::into_text),
            marking: marking.map(Value::into_text),
            grading: grading.map(Value::into_text),
        };
        Ok(Row { line, id, title, text, declared, carried, warnings })
    }

    /// The text of bytes; what is not UTF-8 becomes U+FFFD, with a warning.
    fn utf8(&self, bytes: Vec<u8>, line: u64, warnings: &mut Vec<Problem>) -> Value {
        Value::Text(String::from_utf8(bytes).unwrap_or_else(|error| {
            let what = "bytes that are not UTF-8".to_owned();
            let remedy = "they were replaced by U+FFFD; save the input as UTF-8";
            warnings.push(warning(&self.name, Some(line), "invalid-utf8", what, remedy));
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        }))
    }
}
