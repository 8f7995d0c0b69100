//! Days, instants, and dates that are known only to the month or the year.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// An instant in UTC.
pub use jiff::Timestamp;
/// A calendar day (proleptic Gregorian).
pub use jiff::civil::Date;

/// How precisely a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
}

impl Precision {
    /// The name in files: `day`, `month`, `year`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// A date with its precision, in ISO 8601 reduced precision: `2023`, `2023-06`, `2023-06-07`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: Date,
    precision: Precision,
}

/// A date that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// Not of the form `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    #[error("read date {0:?}: expected YYYY, YYYY-MM or YYYY-MM-DD")]
    Form(String),
    /// Of the right form, but no such day or month exists.
    #[error("read date {0:?}: no such date in the calendar")]
    Impossible(String),
}

impl PartialDate {
    /// A date known to the day.
    pub fn day(date: Date) -> Self {
        Self { first: date, precision: Precision::Day }
    }

    /// The first day that it can mean.
    pub fn earliest(self) -> Date {
        self.first
    }

    /// The last day that it can mean. A fact "known in March" counts as known only at its end.
    pub fn latest(self) -> Date {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => self.first.last_of_month(),
            Precision::Year => self.first.last_of_year(),
        }
    }

    /// How precisely it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.first.year(), self.first.month(), self.first.day());
        match self.precision {
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Year => write!(f, "{year:04}"),
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let form = || DateError::Form(text.to_owned());
        let number = |part: &str, digits: usize| -> Result<i16, DateError> {
            if part.len() != digits || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(form());
            }
            part.parse().map_err(|_| form())
        };
        let parts: Vec<&str> = text.split('-').collect();
        let (precision, month, day) = match parts.as_slice() {
            [_] => (Precision::Year, 1, 1),
            [_, month] => (Precision::Month, number(month, 2)?, 1),
            [_, month, day] => (Precision::Day, number(month, 2)?, number(day, 2)?),
            _ => return Err(form()),
        };
        let first = Date::new(number(parts[0], 4)?, month as i8, day as i8)
            .map_err(|_| DateError::Impossible(text.to_owned()))?;
        Ok(Self { first, precision })
    }
}

/// The day of an instant, in UTC.
pub fn day_of(instant: Timestamp) -> Date {
    jiff::tz::TimeZone::UTC.to_datetime(instant).date()
}

/// Whole days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map(|span| span.get_days()).unwrap_or(0)
}

/// The day `days` after `date`; the calendar's last or first day when that lies beyond it.
pub fn add_days(date: Date, days: i32) -> Date {
    date.saturating_add(jiff::Span::new().days(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let got = text
            .parse::<PartialDate>()
            .ok()
            .map(|date| (date.earliest().to_string(), date.latest().to_string()));
        assert_eq!(got, expected.map(|(a, b)| (a.to_owned(), b.to_owned())), "{text:?}");
    }

    #[test]
    fn reads_days_months_and_years() {
        check("2023-06-07", Some(("2023-06-07", "2023-06-07")));
        check("2024-02", Some(("2024-02-01", "2024-02-29")));
        check("2018", Some(("2018-01-01", "2018-12-31")));
    }

    #[test]
    fn refuses_impossible_and_malformed_dates() {
        for text in [
            "",
            "18",
            "2023-6-7",
            "2023-06-31",
            "2023-13",
            "2023-06-07T00",
            "20230607",
            "२०२३",
            "-2023",
            "2023-06-",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn prints_what_it_read() {
        for text in ["2018", "2018-01", "2018-01-31"] {
            assert_eq!(text.parse::<PartialDate>().map(|d| d.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn counts_days_across_years() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(days_between(day("2022-12-31"), day("2024-01-01")), 366);
        assert_eq!(add_days(day("2024-01-01"), -366), day("2022-12-31"));
    }
}
