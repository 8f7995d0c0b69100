//! Reports from one input, one at a time.

use forewarn_model::{
    Grading, Marking, Pap, PartialDate, Problem, Report, ReportKind, Sighting, Source as Origin, Timestamp,
    Tlp,
};

use crate::rows::{Declared, Progress, Row, RowOptions, Rows, rows};
use crate::source::Source;
use crate::value::Value;
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

/// The reports of one input.
pub struct Reader<'a> {
    rows: Rows<'a>,
    name: String,
    defaults: Defaults,
    pending: Vec<Problem>,
}

/// Opens an input as [`rows()`] does, for reports. An error here means that nothing can be read at all.
pub fn read<'a>(
    source: Source<'a>,
    name: &str,
    options: &RowOptions,
    defaults: &Defaults,
    progress: &Progress,
) -> Result<Reader<'a>, Problem> {
    let mut rows = rows(source, name, options, progress)?;
    let pending = rows.take_notes();
    Ok(Reader { rows, name: name.to_owned(), defaults: defaults.clone(), pending })
}

impl Iterator for Reader<'_> {
    type Item = Result<Record, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        Some(row.map_err(|refused| *refused.problem).and_then(|row| self.report(row)))
    }
}

impl Reader<'_> {
    fn report(&mut self, row: Row) -> Result<Record, Problem> {
        let Row { line, id, title, text, declared, mut warnings, .. } = row;
        let Declared { url, language, kind, published_at, marking, grading } = declared;
        let name = &self.name;
        let refuse = |code, what: String, remedy: &str| refused(name, Some(line), code, what, remedy);
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
        let source =
            Origin { name: self.defaults.source.clone(), external_id: id.map(Value::into_text), url };
        let sighting = Sighting { source, received_at: self.defaults.received_at, published_at };
        warnings.append(&mut self.pending);
        let report = Report::new(kind, title, text, declared_language, marking, grading, sighting);
        Ok(Record { line, report, warnings })
    }
}

/// An instant written as RFC 3339, or a day, which counts from its midnight in UTC.
fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse::<Timestamp>().ok().or_else(|| {
        let day = text.parse::<PartialDate>().ok()?.earliest();
        format!("{day}T00:00:00Z").parse().ok()
    })
}
