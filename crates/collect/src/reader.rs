//! Reports from one input, one at a time.

use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use forewarn_model::{
    Grading, Marking, Pap, PartialDate, Problem, Report, ReportKind, Sighting, Source, Timestamp, Tlp,
};

use crate::csv_records::{CsvRecords, delimiter_of};
use crate::encoding::Utf8;
use crate::fields::{COUNT, Field, Mapping};
use crate::format::Format;
use crate::input::{Input, explain, open};
use crate::json_lines;
use crate::limits::Limits;
use crate::lines::Lines;
use crate::{refused, warning};

/// What holds for every record that does not say otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defaults {
    /// The name of the source.
    pub source: String,
    /// The kind of report.
    pub kind: ReportKind,
    /// The marking.
    pub marking: Marking,
    /// The grading.
    pub grading: Grading,
    /// When the input was received.
    pub received_at: Timestamp,
}

/// A report that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The line that it starts on, from 1, the header included.
    pub line: u64,
    /// The report.
    pub report: Report,
    /// What was left out of it or changed in it.
    pub warnings: Vec<Problem>,
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

type Bytes<'a> = BufReader<Utf8<Input<'a>>>;

enum Records<'a> {
    Csv { records: Box<CsvRecords<Bytes<'a>>>, columns: [Option<usize>; COUNT], width: usize },
    JsonLines(Lines<Bytes<'a>>),
    Text(Option<Bytes<'a>>),
}

/// The reports of one input.
pub struct Reader<'a> {
    records: Records<'a>,
    name: String,
    mapping: Mapping,
    defaults: Defaults,
    limits: Limits,
    count: u64,
    pending: Vec<Problem>,
    ended: bool,
}

/// Opens an input. `format` is told by the caller, by the name, or by the first bytes; the compression by
/// the first bytes. An error here means that nothing can be read at all.
pub fn read<'a, R: Read + Send + 'a>(
    input: R,
    name: &str,
    format: Option<Format>,
    mapping: &Mapping,
    defaults: &Defaults,
    limits: &Limits,
    progress: &Progress,
) -> Result<Reader<'a>, Problem> {
    let fatal = |error: io::Error| {
        let (code, what, remedy) = explain(&error);
        refused(name, None, code, what, remedy)
    };
    let input = open(input, limits, Arc::clone(&progress.0)).map_err(fatal)?;
    let (bytes, encoding) = Utf8::new(input).map_err(fatal)?;
    let format = format.or_else(|| Format::of_name(name)).unwrap_or_else(|| Format::of_start(bytes.start()));
    let delimiter = delimiter_of(bytes.start());
    let bytes = BufReader::with_capacity(64 << 10, bytes);
    let records = match format {
        Format::Csv => csv(CsvRecords::new(bytes, name, delimiter, limits), name, mapping)?,
        Format::JsonLines => Records::JsonLines(Lines::new(bytes, limits.line_bytes_max)),
        Format::Text => Records::Text(Some(bytes)),
    };
    let converted = encoding.map(|encoding| {
        let remedy = "check a few reports; if letters are wrong, save the input as UTF-8";
        warning(name, None, "encoding", format!("read as {encoding}, which its bytes look like"), remedy)
    });
    Ok(Reader {
        records,
        name: name.to_owned(),
        mapping: mapping.clone(),
        defaults: defaults.clone(),
        limits: limits.clone(),
        count: 0,
        pending: converted.into_iter().collect(),
        ended: false,
    })
}

fn csv<'a>(
    mut records: CsvRecords<Bytes<'a>>,
    name: &str,
    mapping: &Mapping,
) -> Result<Records<'a>, Problem> {
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
    let columns = mapping.columns(&header);
    let missing = mapping.missing(&header);
    if columns[Field::Text as usize].is_none() || !missing.is_empty() {
        let what = match missing.as_slice() {
            [] => format!("no column holds the text; the header has {}", header.join(", ")),
            missing => format!("no column {}; the header has {}", missing.join(", "), header.join(", ")),
        };
        let remedy = "name the columns with --map text=COLUMN,title=COLUMN";
        return Err(refused(name, Some(1), "csv-header", what, remedy));
    }
    Ok(Records::Csv { records: Box::new(records), columns, width: header.len() })
}

impl Iterator for Reader<'_> {
    type Item = Result<Record, Problem>;

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
        let raw = match self.raw() {
            Ok(Some(raw)) => raw,
            Ok(None) => {
                self.ended = true;
                return None;
            }
            Err(error) => {
                self.ended = true;
                let (code, what, remedy) = explain(&error);
                return Some(Err(refused(&self.name, None, code, what, remedy)));
            }
        };
        self.count += 1;
        Some(raw.and_then(|raw| self.report(raw)))
    }
}

/// A record before its fields are understood.
struct Raw {
    line: u64,
    fields: [Option<String>; COUNT],
    warnings: Vec<Problem>,
}

impl Reader<'_> {
    fn raw(&mut self) -> io::Result<Option<Result<Raw, Problem>>> {
        let name = &self.name;
        match &mut self.records {
            Records::Csv { records, columns, width } => Ok(records.next()?.map(|record| {
                let (line, values) = record?;
                if values.len() != *width {
                    let what = format!("{} columns where the header has {width}", values.len());
                    let remedy = "quote fields that contain the delimiter, and give every record all columns";
                    return Err(refused(name, Some(line), "csv-columns", what, remedy));
                }
                let mut warnings = Vec::new();
                let fields = columns.map(|column| {
                    let bytes = values.get(column?)?;
                    Some(utf8(bytes.clone(), name, line, &mut warnings)).filter(|text| !text.is_empty())
                });
                Ok(Raw { line, fields, warnings })
            })),
            Records::JsonLines(lines) => loop {
                let Some(line) = lines.next()? else { return Ok(None) };
                let number = line.number;
                if line.too_long {
                    let what = format!("a line longer than {} bytes", self.limits.line_bytes_max);
                    let remedy = "shorten it, or raise the limit line_bytes_max";
                    return Ok(Some(Err(refused(name, Some(number), "line-too-long", what, remedy))));
                }
                if line.bytes.iter().all(u8::is_ascii_whitespace) {
                    continue;
                }
                let mut warnings = Vec::new();
                let text = utf8(line.bytes, name, number, &mut warnings);
                let parsed = json_lines::parse(&text, &self.mapping, self.limits.json_depth_max);
                return Ok(Some(match parsed {
                    Ok((fields, mended)) => {
                        if mended {
                            let what = "half of a surrogate pair alone".to_owned();
                            let remedy = "it was replaced by U+FFFD; mend the program that wrote it";
                            warnings.push(warning(name, Some(number), "lone-surrogate", what, remedy));
                        }
                        Ok(Raw { line: number, fields, warnings })
                    }
                    Err(what) => {
                        let remedy = "write one JSON object on each line";
                        Err(refused(name, Some(number), "json", what, remedy))
                    }
                }));
            },
            Records::Text(bytes) => {
                let Some(bytes) = bytes.take() else { return Ok(None) };
                let limit = self.limits.record_bytes_max;
                let mut whole = Vec::new();
                bytes.take(limit as u64 + 1).read_to_end(&mut whole)?;
                if whole.len() > limit {
                    let what = format!("a text longer than {limit} bytes");
                    let remedy = "split it, or raise the limit record_bytes_max";
                    return Ok(Some(Err(refused(name, Some(1), "record-too-large", what, remedy))));
                }
                let mut warnings = Vec::new();
                let mut fields: [Option<String>; COUNT] = Default::default();
                fields[Field::Text as usize] = Some(utf8(whole, name, 1, &mut warnings));
                Ok(Some(Ok(Raw { line: 1, fields, warnings })))
            }
        }
    }

    fn report(&mut self, raw: Raw) -> Result<Record, Problem> {
        let Raw { line, fields, mut warnings } = raw;
        let [text, title, id, url, language, kind, published_at, marking, grading] = fields;
        let name = &self.name;
        let refuse = |code, what: String, remedy: &str| refused(name, Some(line), code, what, remedy);
        let text = text.filter(|text| !text.trim().is_empty()).ok_or_else(|| {
            let remedy = "give the record a text, or map the right column with --map text=COLUMN";
            refuse("empty-text", "a record without text".to_owned(), remedy)
        })?;
        let length = text.len() + title.as_ref().map_or(0, String::len);
        if length > self.limits.record_bytes_max {
            let remedy = "shorten it, or raise the limit record_bytes_max";
            return Err(refuse("record-too-large", format!("a record of {length} bytes"), remedy));
        }
        // What a record says of itself is refused if it cannot be understood where a guess could do harm
        // (who may see it, what it is), and passed over with a warning where it is only of help.
        let kind = match kind {
            Some(kind) => kind.parse().map_err(|error| {
                refuse("kind", format!("{error}"), "mend the value, or map another column to kind")
            })?,
            None => self.defaults.kind,
        };
        let marking = match marking {
            Some(label) => {
                let remedy = "mend the value: a record whose marking is unclear is not taken in";
                let tlp: Tlp =
                    label.parse().map_err(|error| refuse("marking", format!("{error}"), remedy))?;
                let pap = if tlp == Tlp::Clear { Pap::White } else { self.defaults.marking.pap };
                Marking { tlp, pap }
            }
            None => self.defaults.marking,
        };
        let grading = match grading {
            Some(grading) => grading.parse().map_err(|error| {
                refuse("grading", format!("{error}"), "mend the value, or leave it empty")
            })?,
            None => self.defaults.grading,
        };
        let declared_language = language.and_then(|tag| {
            let read = tag.parse();
            if let Err(error) = &read {
                let remedy = "it was left out; the language is told from the text";
                warnings.push(warning(name, Some(line), "language", format!("{error}"), remedy));
            }
            read.ok()
        });
        let published_at = published_at.and_then(|text| {
            let read = instant(&text);
            if read.is_none() {
                let what = format!("a publication date {text:?}");
                let remedy = "it was left out; write it as 2024-05-31 or 2024-05-31T10:00:00Z";
                warnings.push(warning(name, Some(line), "published-at", what, remedy));
            }
            read
        });
        let source = Source { name: self.defaults.source.clone(), external_id: id, url };
        let sighting = Sighting { source, received_at: self.defaults.received_at, published_at };
        warnings.append(&mut self.pending);
        let report = Report::new(kind, title, text, declared_language, marking, grading, sighting);
        Ok(Record { line, report, warnings })
    }
}

/// The text of bytes; what is not UTF-8 becomes U+FFFD, with a warning.
fn utf8(bytes: Vec<u8>, name: &str, line: u64, warnings: &mut Vec<Problem>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| {
        let what = "bytes that are not UTF-8".to_owned();
        let remedy = "they were replaced by U+FFFD; save the input as UTF-8";
        warnings.push(warning(name, Some(line), "invalid-utf8", what, remedy));
        String::from_utf8_lossy(error.as_bytes()).into_owned()
    })
}

/// An instant written as RFC 3339, or a day, which counts from its midnight in UTC.
fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse::<Timestamp>().ok().or_else(|| {
        let day = text.parse::<PartialDate>().ok()?.earliest();
        format!("{day}T00:00:00Z").parse().ok()
    })
}
