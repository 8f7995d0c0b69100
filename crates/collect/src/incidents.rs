//! Incidents from a table in the form of `incidents/timeline.csv`.
//!
//! One row is one fact for one origin country; `event_id` ties rows of one event. Two further columns are
//! optional: `grading` and `retracted_on`.

use std::collections::BTreeSet;
use std::io::{BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use forewarn_model::{Date, Grading, Incident, IncidentId, PartialDate, Problem, Publication};

use crate::csv_records::{CsvRecords, delimiter_of};
use crate::encoding::Utf8;
use crate::input::{explain, open};
use crate::limits::Limits;
use crate::refused;

/// The columns that a table must have; further ones are passed over.
const COLUMNS: [&str; 16] = [
    "event_id",
    "date",
    "date_precision",
    "date_basis",
    "known_from",
    "kind",
    "hub_country_iso2",
    "place",
    "origin_country_iso2",
    "count",
    "coercion_stated",
    "variant",
    "person_role",
    "source_url",
    "publisher",
    "summary",
];

/// Reads a table: the incidents in order of its lines, and what was refused. A table whose header lacks a
/// column gives one problem and no incidents.
pub fn read<R: Read + Send>(input: R, name: &str, limits: &Limits) -> (Vec<Incident>, Vec<Problem>) {
    let mut incidents = Vec::new();
    let mut problems = Vec::new();
    if let Err(problem) = read_into(input, name, limits, &mut incidents, &mut problems) {
        problems.push(*problem);
    }
    (incidents, problems)
}

fn read_into<R: Read + Send>(
    input: R,
    name: &str,
    limits: &Limits,
    incidents: &mut Vec<Incident>,
    problems: &mut Vec<Problem>,
) -> Result<(), Box<Problem>> {
    let fatal = |error: std::io::Error| {
        let (code, what, remedy) = explain(&error);
        Box::new(refused(name, None, code, what, remedy))
    };
    let input = open(input, limits, Arc::new(AtomicU64::new(0))).map_err(fatal)?;
    let (bytes, _) = Utf8::new(input).map_err(fatal)?;
    let delimiter = delimiter_of(bytes.start());
    let mut records = CsvRecords::new(BufReader::new(bytes), name, delimiter, limits);
    let header = match records.next().map_err(fatal)? {
        Some(header) => header.map_err(Box::new)?.1,
        None => return Err(Box::new(missing(name, &COLUMNS.join(", ")))),
    };
    let header: Vec<String> =
        header.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
    let column = |wanted: &str| header.iter().position(|known| known == wanted);
    let absent: Vec<&str> = COLUMNS.into_iter().filter(|wanted| column(wanted).is_none()).collect();
    if !absent.is_empty() {
        return Err(Box::new(missing(name, &absent.join(", "))));
    }
    let mut seen: BTreeSet<IncidentId> = BTreeSet::new();
    while let Some(record) = records.next().map_err(fatal)? {
        if (incidents.len() + problems.len()) as u64 >= limits.records_max {
            let what = format!("more than {} records", limits.records_max);
            let remedy = "split the table, or raise the limit records_max";
            return Err(Box::new(refused(name, None, "too-many-records", what, remedy)));
        }
        let (line, cells) = match record {
            Ok(record) => record,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let texts: Vec<String> =
            cells.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
        let cell = |wanted: &str| column(wanted).and_then(|at| texts.get(at)).map_or("", String::as_str);
        if texts.len() != header.len() {
            let what = format!("{} columns where the header has {}", texts.len(), header.len());
            let remedy = "quote fields that contain the delimiter, and give every record all columns";
            problems.push(refused(name, Some(line), "csv-columns", what, remedy));
            continue;
        }
        match incident(&cell) {
            Ok(incident) if !seen.insert(incident.id) => {
                let what = format!("the same fact of event {:?} again", incident.event);
                let remedy = "remove the row; further sources of one event need another source_url";
                problems.push(refused(name, Some(line), "duplicate-row", what, remedy));
            }
            Ok(incident) => incidents.push(incident),
            Err((what, remedy)) => problems.push(refused(name, Some(line), "incident", what, remedy)),
        }
    }
    Ok(())
}

fn missing(name: &str, columns: &str) -> Problem {
    let remedy = "the columns are those of incidents/timeline.csv; see docs/formats.md";
    refused(name, Some(1), "csv-header", format!("the header lacks {columns}"), remedy)
}

/// One row; or what is wrong with it, and the remedy.
fn incident<'a>(cell: &impl Fn(&str) -> &'a str) -> Result<Incident, (String, &'static str)> {
    const DATES: &str =
        "write dates as 2023-06-07, 2023-06 or 2023, and date_precision as day, month or year";
    const WORDS: &str = "use one of the words that docs/formats.md lists for this column";
    const CODES: &str = "use the ISO 3166-1 alpha-2 code, or leave the cell empty";

    fn say<E: std::fmt::Display>(
        column: &'static str,
        remedy: &'static str,
    ) -> impl Fn(E) -> (String, &'static str) {
        move |error| (format!("column {column}: {error}"), remedy)
    }

    let required = |column: &'static str| match cell(column) {
        "" => Err((format!("column {column} is empty"), "fill it in")),
        text => Ok(text.to_owned()),
    };
    let optional = |text: &'a str| Some(text).filter(|text| !text.is_empty());

    let happened: PartialDate = cell("date").parse().map_err(say("date", DATES))?;
    let known_from: PartialDate = cell("known_from").parse().map_err(say("known_from", DATES))?;
    if cell("date_precision") != happened.precision().as_str() {
        let what = format!(
            "date {happened} is known to the {}, date_precision says {:?}",
            happened.precision().as_str(),
            cell("date_precision")
        );
        return Err((what, DATES));
    }
    if known_from.latest() < happened.earliest() {
        let remedy = "known_from is when it became public: not before it happened";
        return Err((format!("known from {known_from}, before it happened on {happened}"), remedy));
    }
    let code = |column: &'static str| {
        optional(cell(column)).map(|text| text.parse().map_err(say(column, CODES))).transpose()
    };
    let count = optional(cell("count"))
        .map(|text| {
            let remedy = "write a whole number from 0 to 4294967295, or leave the cell empty";
            text.parse::<u32>().map_err(|error| (format!("column count: {text:?}: {error}"), remedy))
        })
        .transpose()?;
    let coercion_stated = match cell("coercion_stated") {
        "y" => true,
        "n" => false,
        other => return Err((format!("column coercion_stated: {other:?}"), "write y or n")),
    };
    let grading = match optional(cell("grading")) {
        Some(text) => text.parse().map_err(say("grading", "write a letter A to F and a digit 1 to 6"))?,
        None => Grading::UNKNOWN,
    };
    let retracted_on = match optional(cell("retracted_on")) {
        Some(text) => Some(text.parse::<Date>().map_err(|_| {
            (format!("column retracted_on: {text:?} is no date"), "write a day as 2023-06-07")
        })?),
        None => None,
    };
    let mut incident = Incident {
        id: IncidentId::from_bytes([0; 20]),
        event: required("event_id")?,
        happened,
        basis: cell("date_basis").parse().map_err(say("date_basis", WORDS))?,
        known_from,
        kind: cell("kind").parse().map_err(say("kind", WORDS))?,
        hub: code("hub_country_iso2")?,
        place: optional(cell("place")).map(str::to_owned),
        origin: code("origin_country_iso2")?,
        count,
        coercion_stated,
        variant: cell("variant").parse().map_err(say("variant", WORDS))?,
        person_role: optional(cell("person_role"))
            .map(|text| text.parse().map_err(say("person_role", WORDS)))
            .transpose()?,
        publication: Publication { publisher: required("publisher")?, url: required("source_url")? },
        summary: required("summary")?,
        grading,
        retracted_on,
    };
    incident.id = incident.derive_id();
    Ok(incident)
}
