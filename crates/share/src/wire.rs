//! How single values are written: ids, dates and codes as their text, words of closed lists by their name.
//!
//! Reading is strict: a value is taken only in the one spelling in which it is written, so that two
//! documents that say the same have the same bytes.

use std::fmt::{self, Display};
use std::str::FromStr;

use forewarn_model::words::WordError;
use forewarn_model::{Likelihood, NoticeKind, NoticeState, Section, Span};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::{Value, json};

/// A value that is written as it prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text<T>(pub(crate) T);

impl<T: Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: FromStr<Err: Display> + Display> Deserialize<'de> for Text<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let value: T =
            text.parse().map_err(|error| Error::custom(format_args!("{text:?} cannot be read: {error}")))?;
        let usual = value.to_string();
        if usual != text {
            return Err(Error::custom(format_args!("{text:?} has to be written {usual:?}")));
        }
        Ok(Self(value))
    }
}

/// A closed list whose words have one name each in files.
pub(crate) trait Word: Copy + FromStr<Err = WordError> {
    /// The name in files.
    fn name(self) -> &'static str;
}

macro_rules! words {
    ($($name:ident),*) => {$(
        impl Word for $name {
            fn name(self) -> &'static str {
                self.as_str()
            }
        }
    )*};
}

words!(Likelihood, NoticeKind, NoticeState, Section);

/// A word of a closed list, written by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named<T>(pub(crate) T);

impl<T: Word> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de, T: Word> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map(Self).map_err(Error::custom)
    }
}

/// The largest integer that every JSON reader keeps exactly: 2^53 − 1 (RFC 7493, section 2.2).
pub(crate) const SAFE_INTEGER_MAX: i64 = (1 << 53) - 1;

/// A whole number: a JSON number where every reader keeps it exactly, else its digits as a string, as
/// RFC 7493 (section 2.2) recommends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Integer(pub(crate) i64);

fn is_safe(number: i64) -> bool {
    (-SAFE_INTEGER_MAX..=SAFE_INTEGER_MAX).contains(&number)
}

impl Serialize for Integer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if is_safe(self.0) { serializer.serialize_i64(self.0) } else { serializer.collect_str(&self.0) }
    }
}

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IntegerVisitor)
    }
}

struct IntegerVisitor;

impl Visitor<'_> for IntegerVisitor {
    type Value = Integer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, as a string beyond 2^53 - 1")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Integer, E> {
        if is_safe(number) {
            Ok(Integer(number))
        } else {
            Err(E::custom(format_args!("{number} has to be written as a string")))
        }
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Integer, E> {
        self.visit_i64(i64::try_from(number).map_err(E::custom)?)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Integer, E> {
        let number: i64 = text.parse().map_err(E::custom)?;
        if is_safe(number) || number.to_string() != text {
            return Err(E::custom(format_args!("{text:?} is not how {number} is written")));
        }
        Ok(Integer(number))
    }
}

/// A span as `[start, end)` in Unicode scalar values.
pub(crate) fn pair(span: Span) -> [u32; 2] {
    [span.start, span.end]
}

/// A view as a JSON value. Views have string keys only and no part that refuses to be written, so this
/// does not fail; should one ever do so, its reader sees the reason in place of the value.
pub(crate) fn value(view: impl Serialize) -> Value {
    serde_json::to_value(view).unwrap_or_else(|error| json!({ "error": error.to_string() }))
}

#[cfg(test)]
mod tests {
    use forewarn_model::{Country, Date};

    use super::*;

    #[track_caller]
    fn check<T: for<'de> Deserialize<'de> + Serialize>(wire: &str, readable: bool) {
        let read = serde_json::from_str::<T>(wire);
        assert_eq!(read.is_ok(), readable, "{wire}");
        if let Ok(value) = read {
            assert_eq!(serde_json::to_string(&value).unwrap(), wire);
        }
    }

    #[test]
    fn takes_a_value_only_in_its_one_spelling() {
        check::<Text<Date>>("\"2023-06-07\"", true);
        check::<Text<Date>>("\"20230607\"", false);
        check::<Text<Country>>("\"KH\"", true);
        check::<Text<Country>>("\"kh\"", false);
        check::<Named<NoticeKind>>("\"orange\"", true);
        check::<Named<NoticeKind>>("\"Orange\"", false);
    }

    #[test]
    fn keeps_every_whole_number() {
        check::<Integer>("9007199254740991", true);
        check::<Integer>("-9007199254740991", true);
        check::<Integer>("\"9007199254740992\"", true);
        check::<Integer>("\"-9223372036854775808\"", true);
        for wire in
            ["9007199254740992", "\"5\"", "\"+9007199254740992\"", "5.0", "18446744073709551615", "null"]
        {
            check::<Integer>(wire, false);
        }
    }
}
