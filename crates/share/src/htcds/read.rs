//! Cases out of a table or JSON.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::{Country, Date, Problem, Severity, id::hash_parts};
use serde_json::Value;

use crate::json::csv::FORMULA_STARTS;

use super::field::{CASE_ID, EXTENSIONS, FIELDS, Field, Kind, field};

/// Field and values; a field with one value has a list of one.
pub type Values = BTreeMap<String, Vec<String>>;

/// A case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Case {
    /// What the sender calls it; a hash of its content if he calls it nothing.
    pub id: String,
    /// Codes, dates and countries: what can be counted.
    pub open: Values,
    /// What tells who somebody is, and free text.
    pub sealed: Values,
}

/// How much is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The whole input, in bytes: it is held as a whole.
    pub input_bytes_max: usize,
    /// Cases of one input; further ones are left out.
    pub cases_count_max: usize,
    /// One value, in bytes.
    pub value_bytes_max: usize,
    /// Values of one field.
    pub values_count_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes_max: 64 << 20,
            cases_count_max: 1_000_000,
            value_bytes_max: 64 << 10,
            values_count_max: 64,
        }
    }
}

/// The values between which a cell with several is cut.
const SEPARATOR: char = ';';

/// How a field is written of which consent to keep what tells who somebody is depends.
const CONSENT: [&str; 2] = ["con_Consent", "vic_AgreementToManagePersonalData"];

/// Reads cases: a table whose header names fields, with `;` between several values of a cell; or JSON, one object
/// a line, a list of them, or `{"cases": […]}`. A case with a value that its field does not know is refused as a
/// whole, so that no code is lost unseen; columns that are not fields are left out, with one warning.
///
/// What would be sealed is left out where the case does not say that the person consented.
pub fn read(bytes: &[u8], input: &str, limits: &Limits) -> (Vec<Case>, Vec<Problem>) {
    let mut reader =
        Reader { input, limits, cases: Vec::new(), problems: Vec::new(), unknown: BTreeSet::new() };
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > limits.input_bytes_max {
        let what = format!("longer than {} bytes", limits.input_bytes_max);
        reader.problem(None, "htcds-too-large", what, "split the input");
        return (reader.cases, reader.problems);
    }
    match start.trim_ascii_start().first() {
        None => {
            reader.problem(None, "htcds-empty", "it is empty".to_owned(), "give a table or JSON of cases")
        }
        Some(b'{' | b'[') => reader.json(start),
        Some(_) => reader.table(start),
    }
    (reader.cases, reader.problems)
}

struct Reader<'a> {
    input: &'a str,
    limits: &'a Limits,
    cases: Vec<Case>,
    problems: Vec<Problem>,
    unknown: BTreeSet<String>,
}

impl Reader<'_> {
    fn problem(&mut self, line: Option<u64>, code: &'static str, what: String, remedy: &str) {
        let warning = matches!(code, "htcds-column" | "htcds-consent");
        self.problems.push(Problem {
            severity: if warning { Severity::Warning } else { Severity::Refused },
            code,
            input: self.input.to_owned(),
            line,
            what,
            remedy: remedy.to_owned(),
        });
    }

    fn table(&mut self, bytes: &[u8]) {
        let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        // Spreadsheets of half of the world write semicolons; then several values of a cell stand in quotes.
        let count = |wanted: u8| first.iter().filter(|byte| **byte == wanted).count();
        let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|byte| count(*byte)).unwrap_or(b',');
        let mut table = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bytes);
        let header: Vec<String> = match table.headers() {
            Ok(header) => header.iter().map(|name| name.trim().to_owned()).collect(),
            Err(error) => {
                return self.problem(Some(1), "htcds-header", error.to_string(), "save the table as UTF-8");
            }
        };
        if !header.iter().any(|name| field(name).is_some()) {
            let what = format!(
                "no column is a field of HTCDS: {}",
                header.join(", ").chars().take(120).collect::<String>()
            );
            return self.problem(Some(1), "htcds-header", what, "see `forewarn htcds fields`");
        }
        for record in table.records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    if record.len() != header.len() {
                        let what = format!("{} cells, the header has {}", record.len(), header.len());
                        self.problem(
                            Some(line),
                            "htcds-columns",
                            what,
                            "quote cells that contain the separator",
                        );
                        continue;
                    }
                    let cells = header.iter().zip(&record).map(|(name, cell)| {
                        let many =
                            matches!(field(name).map(|it| it.kind), Some(Kind::Many(_) | Kind::Countries));
                        let values: Vec<String> = match many {
                            true => cell.split(SEPARATOR).map(unguarded).collect(),
                            false => vec![unguarded(cell)],
                        };
                        (name.clone(), values)
                    });
                    self.case(line, cells.collect());
                }
                Err(error) => {
                    let line = error.position().map(csv::Position::line);
                    self.problem(line, "htcds-record", error.to_string(), "save the table as UTF-8");
                }
            }
        }
    }

    fn json(&mut self, bytes: &[u8]) {
        let document: Result<Value, _> = serde_json::from_slice(bytes);
        match document {
            Ok(Value::Array(items)) => self.objects(items),
            Ok(Value::Object(mut members)) => match members.remove("cases") {
                Some(Value::Array(items)) => self.objects(items),
                _ => self.objects(vec![Value::Object(members)]),
            },
            _ => {
                for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
                    if line.trim_ascii().is_empty() {
                        continue;
                    }
                    match serde_json::from_slice(line) {
                        Ok(value) => self.object(at as u64 + 1, value),
                        Err(error) => {
                            let remedy = "give one object a line, or a list of objects";
                            self.problem(Some(at as u64 + 1), "htcds-json", error.to_string(), remedy);
                        }
                    }
                }
            }
        }
    }

    fn objects(&mut self, items: Vec<Value>) {
        for (at, item) in items.into_iter().enumerate() {
            self.object(at as u64 + 1, item);
        }
    }

    fn object(&mut self, line: u64, item: Value) {
        let Value::Object(members) = item else {
            return self.problem(Some(line), "htcds-json", "it is no object".to_owned(), "give objects");
        };
        let texts = |value: &Value| match value {
            Value::String(text) => vec![text.trim().to_owned()],
            Value::Number(number) => vec![number.to_string()],
            Value::Bool(known) => vec![known.to_string()],
            Value::Array(items) => {
                items.iter().filter_map(|it| it.as_str().map(|it| it.trim().to_owned())).collect()
            }
            Value::Null | Value::Object(_) => Vec::new(),
        };
        self.case(line, members.iter().map(|(name, value)| (name.clone(), texts(value))).collect());
    }

    fn case(&mut self, line: u64, cells: Vec<(String, Vec<String>)>) {
        if self.cases.len() >= self.limits.cases_count_max {
            if !self.problems.iter().any(|problem| problem.code == "htcds-too-many") {
                let what = format!("more than {} cases", self.limits.cases_count_max);
                self.problem(Some(line), "htcds-too-many", what, "split the input");
            }
            return;
        }
        let mut case = Case::default();
        let mut wrong = Vec::new();
        for (name, values) in cells {
            let values: Vec<String> = values.into_iter().filter(|value| !value.is_empty()).collect();
            if values.is_empty() {
                continue;
            }
            if name == CASE_ID {
                case.id = values.concat();
                continue;
            }
            let Some(known) = field(&name) else {
                if self.unknown.insert(name.clone()) {
                    let near = nearest(&name, FIELDS.iter().chain(EXTENSIONS).map(|field| field.name));
                    let what = format!("no field is called {:?}", name.chars().take(60).collect::<String>());
                    let remedy = format!("it is left out; the nearest is {near}");
                    self.problem(Some(line), "htcds-column", what, &remedy);
                }
                continue;
            };
            match self.checked(known, values) {
                Ok(values) if known.sealed => drop(case.sealed.insert(name, values)),
                Ok(values) => drop(case.open.insert(name, values)),
                Err((what, remedy)) => wrong.push((format!("{name}: {what}"), remedy)),
            }
        }
        if !case.id.is_empty() && !is_name(&case.id) {
            wrong.push((
                format!("{CASE_ID} {:?}", case.id.chars().take(40).collect::<String>()),
                "use up to 100 letters, digits, hyphens, dots and underscores".to_owned(),
            ));
        }
        if let Some((what, remedy)) = wrong.into_iter().next() {
            return self.problem(Some(line), "htcds-value", what, &remedy);
        }
        if case.open.is_empty() && case.sealed.is_empty() {
            return;
        }
        let consented = CONSENT.iter().any(|name| case.open.get(*name).is_some_and(|it| it == &["true"]));
        if !consented && !case.sealed.is_empty() {
            let what = format!("{} fields that tell who somebody is, without consent", case.sealed.len());
            let remedy = "they are left out; record con_Consent where the person consented";
            self.problem(Some(line), "htcds-consent", what, remedy);
            case.sealed.clear();
        }
        if case.id.is_empty() {
            case.id = derived(&case);
        }
        self.cases.push(case);
    }

    /// The values in the form in which they are kept; or what is wrong, and the remedy.
    fn checked(&self, field: &Field, values: Vec<String>) -> Result<Vec<String>, (String, String)> {
        let Limits { value_bytes_max, values_count_max, .. } = *self.limits;
        fn own<T>(what: String, remedy: &str) -> Result<T, (String, String)> {
            Err((what, remedy.to_owned()))
        }
        if values.len() > values_count_max || values.iter().any(|value| value.len() > value_bytes_max) {
            return own(
                format!("more than {values_count_max} values, or one longer than {value_bytes_max} bytes"),
                "shorten it",
            );
        }
        let many = matches!(field.kind, Kind::Many(_) | Kind::Countries);
        if values.len() > 1 && !many {
            return own(format!("{} values, it holds one", values.len()), "give the one that counts");
        }
        values
            .into_iter()
            .map(|value| match field.kind {
                Kind::Text => Ok(value),
                Kind::Number => match value.replace(',', ".").parse::<f64>() {
                    Ok(number) if number.is_finite() => Ok(value),
                    _ => own(format!("{value:?} is no number"), "give digits"),
                },
                Kind::Date => match value.get(..10).unwrap_or(&value).parse::<Date>() {
                    Ok(day) => Ok(day.to_string()),
                    Err(_) => own(format!("{value:?} is no day"), "write it as 2024-12-31"),
                },
                Kind::Checkbox => match value.to_lowercase().as_str() {
                    "true" | "yes" | "y" | "1" => Ok("true".to_owned()),
                    "false" | "no" | "n" | "0" => Ok("false".to_owned()),
                    _ => own(format!("{value:?} is neither yes nor no"), "write true or false"),
                },
                Kind::Country | Kind::Countries => match value.to_uppercase().parse::<Country>() {
                    Ok(country) => Ok(country.to_string()),
                    Err(_) => own(format!("{value:?} is no country"), "write the two letters of ISO 3166-1"),
                },
                Kind::Language => {
                    let lower = value.to_lowercase();
                    match (2..=3).contains(&lower.len())
                        && lower.bytes().all(|byte| byte.is_ascii_lowercase())
                    {
                        true => Ok(lower),
                        false => own(format!("{value:?} is no language"), "write the letters of ISO 639"),
                    }
                }
                Kind::One(codes) | Kind::Many(codes) => match codes.contains(&value.as_str()) {
                    true => Ok(value),
                    false => {
                        let near = nearest(&value, codes.iter().copied());
                        let value: String = value.chars().take(60).collect();
                        Err((format!("{value:?} is no code of the list"), format!("the nearest is {near}")))
                    }
                },
            })
            .collect()
    }
}

/// Takes away the sign that a table guards formulas with.
fn unguarded(cell: &str) -> String {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start().starts_with(FORMULA_STARTS) => rest.trim().to_owned(),
        _ => cell.to_owned(),
    }
}

/// Whether a text can name a case.
pub(super) fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '/' | ':' | ' ');
    !text.trim().is_empty() && text.chars().count() <= 100 && text.chars().all(plain)
}

/// The name of a case that has none: the same content has the same.
fn derived(case: &Case) -> String {
    let parts: Vec<String> = case
        .open
        .iter()
        .chain(&case.sealed)
        .map(|(name, values)| format!("{name}\0{}", values.join("\0")))
        .collect();
    let parts: Vec<&[u8]> = parts.iter().map(String::as_bytes).collect();
    let hash = hash_parts("forewarn/case/1", &parts);
    let digits: String = hash[..10].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("case-{digits}")
}

/// The word that takes the fewest changes to come to (Levenshtein distance, without regard to case).
fn nearest<'a>(text: &str, words: impl Iterator<Item = &'a str>) -> String {
    let text: Vec<char> = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(60).collect();
    let distance = |word: &&str| {
        let word: Vec<char> = word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        let mut row: Vec<usize> = (0..=word.len()).collect();
        for (i, a) in text.iter().enumerate() {
            let mut corner = row[0];
            row[0] = i + 1;
            for (j, b) in word.iter().enumerate() {
                let change = corner + usize::from(a != b);
                corner = row[j + 1];
                row[j + 1] = change.min(corner + 1).min(row[j] + 1);
            }
        }
        row[word.len()]
    };
    words.min_by_key(distance).unwrap_or_default().to_owned()
}
