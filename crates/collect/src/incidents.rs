//! Incidents from a table in the form of `incidents/timeline.csv`.
//!
//! One row is one fact for one origin country; `event_id` ties rows of one event. Two further columns are
//! optional: `grading` and `retracted_on`. A table of another form is read by a [`Mapping`] that says which of
//! its columns is which.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use forewarn_model::{CountryNames, Date, Grading, Incident, IncidentId, PartialDate, Problem, Publication};

use crate::csv_records::{CsvRecords, delimiter_of};
use crate::encoding::Utf8;
use crate::input::{explain, open};
use crate::limits::Limits;
use crate::refused;

/// The columns that a table must have; further ones are passed over.
pub const COLUMNS: [&str; 16] = [
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

/// The columns that it may have.
pub const FURTHER: [&str; 2] = ["grading", "retracted_on"];

/// Names that tables of others give to our columns, in lower case with underlines.
const NAMES: &[(&str, &[&str])] = &[
    ("event_id", &["event", "id", "case", "case_id", "incident", "incident_id"]),
    ("date", &["day", "event_date", "date_of_event", "happened", "fecha", "occurred"]),
    ("known_from", &["published", "publication_date", "date_published", "reported", "report_date", "known"]),
    ("kind", &["type", "event_type", "incident_type", "tipo", "category"]),
    (
        "hub_country_iso2",
        &["hub", "hub_country", "country", "location_country", "destination", "pais", "pays"],
    ),
    ("place", &["location", "city", "town", "site", "lugar", "lieu", "admin1"]),
    ("origin_country_iso2", &["origin", "origin_country", "nationality", "from", "citizenship", "origen"]),
    ("count", &["number", "people", "persons", "victims", "n", "total", "cantidad", "nombre"]),
    ("coercion_stated", &["coercion", "forced", "trafficking"]),
    ("person_role", &["role", "persons_role", "status"]),
    ("source_url", &["url", "link", "source_link", "reference"]),
    ("publisher", &["source", "media", "outlet", "fuente"]),
    ("summary", &["description", "notes", "text", "title", "headline", "resumen", "details"]),
    ("grading", &["grade", "reliability"]),
    ("retracted_on", &["retracted", "withdrawn"]),
];

/// Where the cells of one of our columns come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A column of the table, by its name in the header.
    Column(String),
    /// The same text in every row.
    Text(String),
}

/// Which columns of a table are which of ours. What is not mapped takes what goes without saying: the precision
/// of a date from its form, `known_from` from the date, a name of the event from its facts, no coercion, the
/// trend itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping(pub BTreeMap<String, Cell>);

impl Mapping {
    /// The mapping that the names of columns suggest.
    pub fn detect(header: &[String]) -> Self {
        let mut cells = BTreeMap::new();
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        let plain: Vec<(String, &String)> = header.iter().map(|name| (words(name), name)).collect();
        for ours in COLUMNS.iter().chain(&FURTHER) {
            if let Some((_, name)) = plain.iter().find(|(plain, _)| plain == ours) {
                taken.insert(name);
                cells.insert((*ours).to_owned(), Cell::Column((*name).clone()));
            }
        }
        for (ours, names) in NAMES.iter().filter(|(ours, _)| *ours != "date_precision") {
            let fits = |known: &&str| {
                plain.iter().find(|(plain, name)| plain == known && !taken.contains(name.as_str()))
            };
            if !cells.contains_key(*ours)
                && let Some((_, name)) = names.iter().find_map(fits)
            {
                taken.insert(name);
                cells.insert((*ours).to_owned(), Cell::Column((*name).clone()));
            }
        }
        Self(cells)
    }
}

/// The names of the columns of a table.
pub fn header<R: Read + Send>(input: R, name: &str, limits: &Limits) -> Result<Vec<String>, Problem> {
    let fatal = |error: std::io::Error| {
        let (code, what, remedy) = explain(&error);
        refused(name, None, code, what, remedy)
    };
    let input = open(input, limits, Arc::new(AtomicU64::new(0))).map_err(fatal)?;
    let (bytes, _) = Utf8::new(input).map_err(fatal)?;
    let delimiter = delimiter_of(bytes.start());
    let mut records = CsvRecords::new(BufReader::new(bytes), name, delimiter, limits);
    let first = records.next().map_err(fatal)?;
    let (_, cells) = first.ok_or_else(|| missing(name, &COLUMNS.join(", ")))??;
    Ok(cells.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect())
}

/// Reads a table of another form; countries may be written by their names if `names` has them.
pub fn read_mapped<R: Read + Send>(
    input: R,
    name: &str,
    mapping: &Mapping,
    names: Option<&CountryNames>,
    limits: &Limits,
) -> (Vec<Incident>, Vec<Problem>) {
    let (mut incidents, mut problems) = (Vec::new(), Vec::new());
    let how = Some((mapping, names));
    if let Err(problem) = read_into(input, name, limits, how, &mut incidents, &mut problems) {
        problems.push(*problem);
    }
    (incidents, problems)
}

/// Reads a table: the incidents in order of its lines, and what was refused. A table whose header lacks a
/// column gives one problem and no incidents.
pub fn read<R: Read + Send>(input: R, name: &str, limits: &Limits) -> (Vec<Incident>, Vec<Problem>) {
    let mut incidents = Vec::new();
    let mut problems = Vec::new();
    if let Err(problem) = read_into(input, name, limits, None, &mut incidents, &mut problems) {
        problems.push(*problem);
    }
    (incidents, problems)
}

fn read_into<R: Read + Send>(
    input: R,
    name: &str,
    limits: &Limits,
    mapped: Option<(&Mapping, Option<&CountryNames>)>,
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
    if mapped.is_none() && !absent.is_empty() {
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
        let understood = match mapped {
            None => incident(&cell),
            Some((mapping, names)) => {
                let cells = cells_of(mapping, names, &cell);
                incident(&|wanted: &str| cells.get(wanted).map_or("", String::as_str))
            }
        };
        match understood {
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

/// The cells of a row of another form, by the names of our columns.
fn cells_of<'a>(
    mapping: &Mapping,
    names: Option<&CountryNames>,
    cell: &impl Fn(&str) -> &'a str,
) -> BTreeMap<&'static str, String> {
    let mut cells: BTreeMap<&'static str, String> = BTreeMap::new();
    for ours in COLUMNS.into_iter().chain(FURTHER) {
        let text = match mapping.0.get(ours) {
            Some(Cell::Column(theirs)) => cell(theirs).to_owned(),
            Some(Cell::Text(text)) => text.trim().to_owned(),
            None => String::new(),
        };
        let text = match ours {
            "kind" | "variant" | "person_role" | "date_basis" => words(&text),
            "coercion_stated" => match words(&text).as_str() {
                "y" | "yes" | "true" | "1" => "y".to_owned(),
                "" | "n" | "no" | "false" | "0" => "n".to_owned(),
                _ => text,
            },
            "hub_country_iso2" | "origin_country_iso2" => {
                let known = names.and_then(|names| names.find(&text));
                known.map_or(text, |country| country.to_string())
            }
            "date" | "known_from" => day_part(&text).to_owned(),
            _ => text,
        };
        cells.insert(ours, text);
    }
    let get =
        |cells: &BTreeMap<&'static str, String>, name: &str| cells.get(name).cloned().unwrap_or_default();
    let date = get(&cells, "date");
    let precision = ["year", "month", "day"].get(date.matches('-').count()).copied().unwrap_or_default();
    let parts = ["hub_country_iso2", "origin_country_iso2", "kind", "date"];
    let parts = parts.map(|part| get(&cells, part).to_lowercase());
    let event = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("-");
    for (name, usual) in [
        ("event_id", event),
        ("date_precision", precision.to_owned()),
        ("date_basis", "event".to_owned()),
        ("known_from", date),
        ("variant", "scam_centre".to_owned()),
    ] {
        cells.entry(name).and_modify(|text| {
            if text.is_empty() {
                text.clone_from(&usual)
            }
        });
    }
    cells
}

/// A word of a list as files write it: in lower case, with underlines.
fn words(text: &str) -> String {
    text.trim().to_lowercase().replace([' ', '-'], "_")
}

/// A day without the time of day behind it.
fn day_part(text: &str) -> &str {
    match text.get(10..11) {
        Some("T" | " ") => &text[..10],
        _ => text,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> CountryNames {
        let mut names = CountryNames::default();
        names.insert(forewarn_model::Language::ENGLISH, "KH".parse().unwrap(), "Cambodia".into());
        names
    }

    #[track_caller]
    fn check(table: &str, further: &[(&str, Cell)], expected: &str) {
        let limits = Limits::default();
        let header = header(table.as_bytes(), "table", &limits).unwrap();
        let mut mapping = Mapping::detect(&header);
        mapping.0.extend(further.iter().map(|(name, cell)| ((*name).to_owned(), cell.clone())));
        let (read, problems) = read_mapped(table.as_bytes(), "table", &mapping, Some(&names()), &limits);
        let country = |country: Option<forewarn_model::Country>| {
            country.map(|country| country.to_string()).unwrap_or_default()
        };
        let mut told: Vec<String> = read
            .iter()
            .map(|i| {
                format!("{} {} {} {} {}", i.event, i.happened, i.kind, country(i.hub), i.coercion_stated)
            })
            .collect();
        told.extend(problems.iter().map(|p| format!("{}: {}", p.line.unwrap_or_default(), p.what)));
        assert_eq!(told.join("; "), expected);
    }

    #[test]
    fn reads_tables_of_others_by_a_mapping() {
        let text = |text: &str| Cell::Text(text.to_owned());
        check(
            "Date;Country;Type;Victims;URL;Source;Description\n2024-05-06 10:00;cambodia;Victims rescued;12;https://a.example;A;b\n",
            &[],
            "kh-victims_rescued-2024-05-06 2024-05-06 victims_rescued KH false",
        );
        check(
            "when,where,what\n2024-05,KH,Raid of a compound\n",
            &[
                ("date", Cell::Column("when".into())),
                ("hub_country_iso2", Cell::Column("where".into())),
                ("summary", Cell::Column("what".into())),
                ("kind", text("raid")),
                ("publisher", text("Ministry")),
                ("source_url", text("https://a.example")),
                ("coercion_stated", text("yes")),
            ],
            "kh-raid-2024-05 2024-05 raid KH true",
        );
        check(
            "Date,Country\n06/05/2024,Narnia\n",
            &[],
            "2: column date: read date \"06/05/2024\": expected YYYY, YYYY-MM or YYYY-MM-DD",
        );
    }

    #[test]
    fn a_table_in_our_form_is_mapped_onto_itself() {
        let header: Vec<String> = COLUMNS.iter().map(|name| (*name).to_owned()).collect();
        let mapping = Mapping::detect(&header);
        assert!(mapping.0.iter().all(|(ours, cell)| *cell == Cell::Column(ours.clone())));
        assert_eq!(mapping.0.len(), COLUMNS.len());
    }

    #[test]
    fn an_empty_table_has_no_header() {
        assert!(header(&b""[..], "empty", &Limits::default()).is_err());
    }
}
