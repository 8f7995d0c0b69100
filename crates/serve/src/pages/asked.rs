//! The parameters of a list: fields that may come several times, empty ones left out; and the addresses of the same
//! list with one of them changed.

use axum::http::StatusCode;
use forewarn_app::model::Date;

use crate::shell::{PageError, Told};

/// The parameters of an address, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked(Vec<(String, String)>);

/// An address has at most so many parameters.
const PARAMETERS_MAX: usize = 200;

impl Asked {
    /// Reads the query of an address (`application/x-www-form-urlencoded`).
    pub(super) fn read(query: Option<&str>) -> Result<Self, PageError> {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        // No page may hold control characters.
        let shown = |value: &str| value.replace(|c: char| c.is_control(), " ");
        let pairs = pairs.map(|(name, value)| (name.into_owned(), shown(&value)));
        let pairs: Vec<(String, String)> =
            pairs.filter(|(_, value)| !value.trim().is_empty()).take(PARAMETERS_MAX + 1).collect();
        if pairs.len() > PARAMETERS_MAX {
            return Err(PageError::bad(format!(
                "read the address: more than {PARAMETERS_MAX} parameters: ask for less"
            )));
        }
        Ok(Self(pairs))
    }

    /// Every value of a parameter.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.trim())
    }

    /// Its first value.
    pub(super) fn one<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.all(name).next()
    }

    /// Its first value, or nothing: what a field of the form shows.
    pub(super) fn text(&self, name: &str) -> String {
        self.one(name).unwrap_or_default().to_owned()
    }

    /// Every value of a parameter, read.
    pub(super) fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        name: &str,
    ) -> Result<Vec<T>, PageError> {
        self.all(name).map(|value| parse(name, value)).collect()
    }

    /// Its first value, read.
    pub(super) fn parsed_one<T: std::str::FromStr<Err: std::fmt::Display>>(
        &self,
        name: &str,
    ) -> Result<Option<T>, PageError> {
        self.one(name).map(|value| parse(name, value)).transpose()
    }

    /// One word of a closed list.
    pub(super) fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, PageError> {
        let Some(value) = self.one(name) else { return Ok(None) };
        let found = words.iter().find(|(word, _)| *word == value).map(|(_, meant)| *meant);
        found.map(Some).ok_or_else(|| {
            let expected: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            PageError::bad(format!("read {name} {value:?}: expected one of {}", expected.join(", ")))
        })
    }

    /// The names and values, in order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.trim()))
    }

    /// The address `path` with these parameters, but with one value of `name` instead of all; without it if `value` is
    /// none. A page begins anew unless its cursor is what changes.
    pub(super) fn with(&self, path: &str, name: &str, value: Option<&str>) -> String {
        let kept = self.pairs().filter(|(known, _)| *known != name && *known != "cursor" && *known != "done");
        address(path, kept.chain(value.map(|value| (name, value))))
    }

    /// The same without one value of a parameter.
    pub(super) fn without(&self, path: &str, name: &str, value: &str) -> String {
        let kept = self.pairs().filter(|(known, had)| !(*known == name && *had == value));
        address(path, kept.filter(|(known, _)| *known != "cursor" && *known != "done"))
    }
}

fn address<'a>(path: &str, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn parse<T: std::str::FromStr<Err: std::fmt::Display>>(name: &str, value: &str) -> Result<T, PageError> {
    value.parse().map_err(|error| PageError::bad(format!("{name}: {error}")))
}

/// A day of a form, which may be left empty.
pub(super) fn day(name: &str, text: &str) -> Result<Option<Date>, PageError> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| no_day(name, text)),
    }
}

/// What is said of a text that is no day.
pub(super) fn no_day(name: &str, text: &str) -> PageError {
    PageError::bad(format!("read {name} {text:?}: expected a day as 2024-12-31")).told(Told::Message(
        "day",
        "value",
        text.to_owned(),
    ))
}

/// What is wrong with what was asked for, to be shown above the form; other errors stay what they are. What cannot be
/// read is a request that was not understood, and so is a thing that does not exist where it only narrows a list.
pub(super) fn misunderstood(error: PageError) -> Result<String, PageError> {
    match error.status {
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY | StatusCode::NOT_FOUND => Ok(error.what),
        _ => Err(error),
    }
}

/// A choice of a list.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) word: String,
    pub(super) chosen: bool,
}

/// A field with a list of choices, the first of which chooses nothing.
pub(super) struct Select {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) choices: Vec<Choice>,
}

/// A list of choices, of which `asked` says what is chosen.
pub(super) fn select(
    asked: &Asked,
    name: &'static str,
    label: String,
    choices: impl IntoIterator<Item = (String, String)>,
) -> Select {
    let choices = choices.into_iter().map(|(value, word)| Choice {
        chosen: asked.all(name).any(|had| had == value),
        value,
        word,
    });
    Select { name, label, choices: choices.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_none_is_told_with_an_example() {
        assert_eq!(day("from", " ").unwrap(), None);
        assert_eq!(day("from", " 2024-02-29 ").unwrap().unwrap().to_string(), "2024-02-29");
        for text in ["x", "2023-02-29", "31.12.2024"] {
            let error = day("from", text).unwrap_err();
            assert!(error.what.ends_with("expected a day as 2024-12-31"), "{}", error.what);
            assert_eq!(error.told, Told::Message("day", "value", text.to_owned()));
        }
    }

    #[test]
    fn parameters_come_and_go() {
        let asked = Asked::read(Some("q=a+b&country=KH&country=MM&kind=&cursor=x&done=y")).unwrap();
        assert_eq!(asked.all("country").collect::<Vec<_>>(), ["KH", "MM"]);
        assert_eq!((asked.one("kind"), asked.text("q")), (None, "a b".to_owned()));
        assert_eq!(asked.with("/r", "cursor", Some("z")), "/r?q=a+b&country=KH&country=MM&cursor=z");
        assert_eq!(asked.with("/r", "sort", Some("score")), "/r?q=a+b&country=KH&country=MM&sort=score");
        assert_eq!(asked.without("/r", "country", "KH"), "/r?q=a+b&country=MM");
        assert_eq!(Asked::default().with("/r", "x", None), "/r");
        assert!(Asked::read(Some(&"a=1&".repeat(201))).is_err());
        assert!(Asked::read(Some("%ff%fe=%00&&&==")).is_ok());
        assert!(asked.word("q", &[("x", 1)]).is_err());
    }
}
