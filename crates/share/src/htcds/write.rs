//! Cases as a table or JSON. What is written is read again as it was.

use serde_json::{Map, Value, json};

use super::field::{CASE_ID, EXTENSIONS, FIELDS, Field, Kind};
use super::read::Case;
use crate::json::csv;

/// The cases as JSON: `{"standard": "HTCDS 2.0", "cases": […]}`. Sealed parts are written as they are in `cases`;
/// whoever must not have them hands in cases without.
pub fn json(cases: &[Case]) -> Value {
    let case = |case: &Case| {
        let mut members = Map::new();
        members.insert(CASE_ID.to_owned(), json!(case.id));
        for (field, values) in values(case) {
            let value = match (field.kind, values) {
                (Kind::Many(_) | Kind::Countries, values) => json!(values),
                (Kind::Checkbox, [value]) => json!(value == "true"),
                (_, values) => json!(values.concat()),
            };
            members.insert(field.name.to_owned(), value);
        }
        Value::Object(members)
    };
    json!({ "standard": "HTCDS 2.0", "cases": cases.iter().map(case).collect::<Vec<_>>() })
}

/// The cases as a table with a column for each field that one of them has. Cells that a spreadsheet would take for
/// formulas get an apostrophe before them, which reading takes away.
pub fn csv(cases: &[Case]) -> String {
    let used: Vec<&Field> = FIELDS
        .iter()
        .chain(EXTENSIONS)
        .filter(|field| cases.iter().any(|case| of(case, field).is_some()))
        .collect();
    let header = std::iter::once(CASE_ID).chain(used.iter().map(|field| field.name));
    let mut out = row(header.map(str::to_owned));
    for case in cases {
        let cells =
            used.iter().map(|field| of(case, field).map(|values| values.join(";")).unwrap_or_default());
        out.push_str(&row(std::iter::once(case.id.clone()).chain(cells)));
    }
    out
}

/// The fields that a case has, in the order of the standard.
fn values(case: &Case) -> impl Iterator<Item = (&'static Field, &[String])> {
    FIELDS.iter().chain(EXTENSIONS).filter_map(|field| of(case, field).map(|values| (field, values)))
}

fn of<'a>(case: &'a Case, field: &Field) -> Option<&'a [String]> {
    case.open.get(field.name).or_else(|| case.sealed.get(field.name)).map(Vec::as_slice)
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    let fields: Vec<csv::Field<'_>> = cells.iter().map(|cell| csv::Field::Text(cell)).collect();
    let mut out = String::new();
    csv::record(&mut out, &fields);
    out
}
