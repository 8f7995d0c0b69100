//! What a request asks: parameters of the path, the query and the body, each checked against its kind.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use forewarn_app::model::Date;
use forewarn_app::model::date::day_of;
use serde_json::Value;

use crate::shell::PageError;

/// How many things a page has, if it is not said, and at most.
pub(crate) const LIMIT: usize = 50;
pub(crate) const LIMIT_MAX: i64 = 1_000;

/// How many values a list may have: in a body, and in an address, which servers and proxies cut.
pub(crate) const VALUES_MAX: usize = 1_000;
pub(crate) const ASKED_VALUES_MAX: usize = 100;

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Body,
}

/// What a parameter holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// A text of at most so many characters, not blank.
    Text(usize),
    /// A whole number, from and to.
    Integer(i64, i64),
    /// A number between 0 and 1.
    Share,
    /// `true` or `false`.
    Boolean,
    /// A day: `2024-12-31`.
    Day,
    /// A year, month or day.
    Date,
    /// A country (ISO 3166-1 alpha-2).
    Country,
    /// `A1` to `F6`.
    Grading,
    /// One of these words.
    Words(fn() -> Vec<String>),
    /// An id with this prefix.
    Id(&'static str),
}

/// A parameter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Param {
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    /// Whether it may be given several times.
    pub(crate) many: bool,
    pub(crate) told: &'static str,
}

impl Param {
    /// How many values it may have where it may have several.
    pub(crate) fn values_max(&self) -> usize {
        if self.place == Place::Body { VALUES_MAX } else { ASKED_VALUES_MAX }
    }
}

/// A parameter of the path.
pub(crate) const fn path(name: &'static str, kind: Kind, told: &'static str) -> Param {
    Param { name, place: Place::Path, kind, required: true, many: false, told }
}

/// A parameter of the query that may be left out.
pub(crate) const fn query(name: &'static str, kind: Kind, told: &'static str) -> Param {
    Param { name, place: Place::Query, kind, required: false, many: false, told }
}

/// The same, of which several may be given.
pub(crate) const fn several(name: &'static str, kind: Kind, told: &'static str) -> Param {
    Param { many: true, ..query(name, kind, told) }
}

/// A member of the body.
pub(crate) const fn body(name: &'static str, kind: Kind, told: &'static str) -> Param {
    Param { name, place: Place::Body, kind, required: true, many: false, told }
}

/// A member of the body that may be left out.
pub(crate) const fn maybe(name: &'static str, kind: Kind, told: &'static str) -> Param {
    Param { required: false, ..body(name, kind, told) }
}

/// A list in the body that may be left out.
pub(crate) const fn list(name: &'static str, kind: Kind, told: &'static str) -> Param {
    Param { many: true, ..maybe(name, kind, told) }
}

/// How many things, and where the page begins.
pub(crate) const LIMITED: Param = query("limit", Kind::Integer(1, LIMIT_MAX), "How many things the page has");
pub(crate) const CURSOR: Param =
    query("cursor", Kind::Text(1_000), "Where the page begins: `next` of the one before");

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Ask {
    values: BTreeMap<&'static str, Vec<String>>,
}

impl Ask {
    /// Reads a request; what is not asked for here is refused, so that a misspelt filter does not widen an answer.
    pub(crate) fn read(
        params: &'static [Param],
        path: &[(String, String)],
        query: &str,
        body: &[u8],
    ) -> Result<Self, PageError> {
        let mut ask = Self::default();
        for (name, value) in path {
            ask.add(params, Place::Path, name, value.clone())?;
        }
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            ask.add(params, Place::Query, &name, value.into_owned())?;
        }
        let has_body = params.iter().any(|param| param.place == Place::Body);
        if has_body {
            let bytes: &[u8] = if body.trim_ascii().is_empty() { b"{}" } else { body };
            let members = match serde_json::from_slice::<Value>(bytes) {
                Ok(Value::Object(members)) => members,
                Ok(_) => return Err(PageError::bad("body: expected a JSON object")),
                Err(error) => return Err(PageError::bad(format!("body: not JSON: {error}"))),
            };
            for (name, value) in members {
                let values = match value {
                    Value::Null => continue,
                    Value::Array(items) => items,
                    other => vec![other],
                };
                for value in values {
                    ask.add(params, Place::Body, &name, scalar(&name, value)?)?;
                }
            }
        }
        match params.iter().find(|param| param.required && !ask.values.contains_key(param.name)) {
            Some(missing) => {
                Err(PageError::bad(format!("{}: it is required: {}", missing.name, missing.told)))
            }
            None => Ok(ask),
        }
    }

    fn add(
        &mut self,
        params: &'static [Param],
        place: Place,
        name: &str,
        value: String,
    ) -> Result<(), PageError> {
        let Some(param) = params.iter().find(|param| param.place == place && param.name == name) else {
            let known: Vec<&str> = params.iter().filter(|it| it.place == place).map(|it| it.name).collect();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            let name: String = name.chars().take(60).collect();
            return Err(PageError::bad(format!(
                "{name:?}: there is no such parameter here: expected {known}"
            )));
        };
        // An empty field of a query is one that was left out.
        if value.is_empty() && place == Place::Query {
            return Ok(());
        }
        param.kind.check(&value).map_err(|what| PageError::bad(format!("{}: {what}", param.name)))?;
        let values = self.values.entry(param.name).or_default();
        values.push(value);
        match param.many {
            false if values.len() > 1 => Err(PageError::bad(format!("{}: it is given twice", param.name))),
            true if values.len() > param.values_max() => {
                Err(PageError::bad(format!("{}: more than {} values", param.name, param.values_max())))
            }
            _ => Ok(()),
        }
    }

    /// The text of a parameter, if it is there.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).and_then(|values| values.first()).map(String::as_str)
    }

    /// The text of a parameter; empty if it is not there.
    pub(crate) fn word(&self, name: &str) -> &str {
        self.text(name).unwrap_or_default()
    }

    /// All its values.
    pub(crate) fn texts(&self, name: &str) -> &[String] {
        self.values.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Its value as something of the house, if it is there.
    pub(crate) fn get<T: FromStr<Err: Display>>(&self, name: &str) -> Result<Option<T>, PageError> {
        self.text(name).map(|text| parsed(name, text)).transpose()
    }

    /// Its value, which is there because the table requires it.
    pub(crate) fn need<T: FromStr<Err: Display>>(&self, name: &str) -> Result<T, PageError> {
        parsed(name, self.word(name))
    }

    /// The day as of which is asked. What is not yet is refused: nothing is known of it, and to look so far ahead
    /// would cost for nothing.
    pub(crate) fn as_of(&self, now: forewarn_app::model::Timestamp) -> Result<Option<Date>, PageError> {
        let day: Option<Date> = self.get("as_of")?;
        let (first, today) = (Date::constant(1990, 1, 1), day_of(now));
        match day {
            Some(day) if day > today || day < first => {
                Err(PageError::bad(format!("as_of: expected a day from {first} to today, {today}")))
            }
            day => Ok(day),
        }
    }

    /// All its values as something of the house.
    pub(crate) fn all<T: FromStr<Err: Display>>(&self, name: &str) -> Result<Vec<T>, PageError> {
        self.texts(name).iter().map(|text| parsed(name, text)).collect()
    }

    /// Whether it is `true`.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.text(name) == Some("true")
    }

    /// How many things the page has.
    pub(crate) fn limit(&self) -> usize {
        self.text("limit").and_then(|text| text.parse().ok()).unwrap_or(LIMIT)
    }

    /// Where a page of a whole list begins.
    pub(crate) fn offset(&self) -> Result<usize, PageError> {
        Ok(self.get("cursor")?.unwrap_or(0))
    }
}

fn parsed<T: FromStr<Err: Display>>(name: &str, text: &str) -> Result<T, PageError> {
    text.parse().map_err(|error: T::Err| PageError::bad(format!("{name}: {error}")))
}

fn scalar(name: &str, value: Value) -> Result<String, PageError> {
    match value {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(known) => Ok(known.to_string()),
        _ => Err(PageError::bad(format!("{name:.60}: expected a text, a number, true or false"))),
    }
}

impl Kind {
    /// What is wrong with a value.
    fn check(self, value: &str) -> Result<(), String> {
        let hold = |holds: bool, expected: String| if holds { Ok(()) } else { Err(expected) };
        match self {
            Self::Text(chars_max) => {
                let (count, blank) = (value.chars().count(), value.trim().is_empty());
                let plain = !value.contains('\0');
                hold(!blank && count <= chars_max && plain, format!("expected 1 to {chars_max} characters"))
            }
            Self::Integer(from, to) => {
                let number = value.parse::<i64>();
                hold(
                    number.is_ok_and(|number| (from..=to).contains(&number)),
                    format!("expected a whole number from {from} to {to}"),
                )
            }
            Self::Share => {
                let number = value.parse::<f64>();
                hold(
                    number.is_ok_and(|number| (0.0..=1.0).contains(&number)),
                    "expected a number from 0 to 1".to_owned(),
                )
            }
            Self::Boolean => hold(matches!(value, "true" | "false"), "expected true or false".to_owned()),
            Self::Day => {
                let day = value.parse::<forewarn_app::model::Date>();
                hold(day.is_ok() && value.len() == 10, "expected a day, such as 2024-12-31".to_owned())
            }
            Self::Date => {
                let date = value.parse::<forewarn_app::model::PartialDate>();
                hold(date.is_ok(), "expected a year, month or day, such as 2024-12".to_owned())
            }
            Self::Country => hold(
                value.parse::<forewarn_app::model::Country>().is_ok(),
                "expected the two letters of a country (ISO 3166-1)".to_owned(),
            ),
            Self::Grading => hold(
                value.parse::<forewarn_app::model::Grading>().is_ok(),
                "expected a grading, A1 to F6".to_owned(),
            ),
            Self::Words(words) => {
                let words = words();
                hold(words.iter().any(|word| word == value), format!("expected one of {}", words.join(", ")))
            }
            Self::Id(prefix) => {
                let digits = value.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('-'));
                let hex = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
                hold(
                    digits.is_some_and(|digits| digits.len() == 40 && digits.bytes().all(hex)),
                    format!("expected {prefix}- and 40 hexadecimal digits"),
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: &[Param] = &[
        query("day", Kind::Day, "a day"),
        several("country", Kind::Country, "countries"),
        LIMITED,
        body("why", Kind::Text(10), "why"),
        list("ids", Kind::Id("rpt"), "reports"),
    ];

    #[track_caller]
    fn check(query: &str, body: &str, expected: Result<(), &str>) {
        let read = Ask::read(PARAMS, &[], query, body.as_bytes()).map(drop);
        match expected {
            Ok(()) => assert_eq!(read, Ok(()), "{query} {body}"),
            Err(words) => {
                let error = read.unwrap_err();
                assert!(error.what.contains(words), "{error:?} lacks {words:?}");
                assert_eq!(error.status, 400);
            }
        }
    }

    #[test]
    fn takes_what_the_table_names_and_nothing_else() {
        let why = r#"{"why":"x"}"#;
        check("day=2024-12-31&country=KH&country=MM&limit=1000", why, Ok(()));
        check("day=&limit=", why, Ok(()));
        check("day=2024-12-32", why, Err("day: expected a day"));
        check("day=2024-12-01&day=2024-12-02", why, Err("given twice"));
        check("country=Cambodia", why, Err("ISO 3166-1"));
        check("limit=0", why, Err("from 1 to 1000"));
        check("limits=1", why, Err("\"limits\": there is no such parameter"));
        check("", "", Err("why: it is required"));
        check("", "{", Err("not JSON"));
        check("", "[]", Err("expected a JSON object"));
        check("", r#"{"why":{}}"#, Err("expected a text"));
        check("", r#"{"why":" "}"#, Err("1 to 10 characters"));
        check("", r#"{"why":"x","ids":["rpt-1"]}"#, Err("40 hexadecimal digits"));
        check("", r#"{"why":"x","surprise":1}"#, Err("surprise"));
        check("", r#"{"why":"x","ids":null}"#, Ok(()));
    }
}
