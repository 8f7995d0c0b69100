//! A single value of a record, of the type that its source gave it.

use std::borrow::Cow;

/// A value of a record. What is null or absent has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number, in the digits in which its source wrote it: always a valid JSON number.
    Number(String),
    /// True or false.
    Bool(bool),
}

impl Value {
    /// The value as text.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) | Self::Number(text) => text.into(),
            Self::Bool(true) => "true".into(),
            Self::Bool(false) => "false".into(),
        }
    }

    /// The value as text, without a copy where it is text already.
    pub fn into_text(self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) => text,
            Self::Bool(value) => value.to_string(),
        }
    }

    /// A number that is not finite has no JSON form, and so no value.
    pub(crate) fn of_f64(value: f64) -> Option<Self> {
        // JSON has no signs of infinity; Rust's shortest digits for the rest are JSON numbers.
        value.is_finite().then(|| Self::Number(value.to_string()))
    }
}
