//! Reading domain values out of columns.

use std::error::Error;
use std::fmt::Display;
use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::Type;

/// A column with the text form of a domain value.
pub(crate) fn parsed<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    let text: String = row.get(column)?;
    text.parse().map_err(|error: T::Err| damaged(column, &error))
}

/// A column with the text form of a domain value, or NULL.
pub(crate) fn parsed_option<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse().map_err(|error: T::Err| damaged(column, &error))).transpose()
}

/// The twenty bytes of an id.
pub(crate) fn id_bytes(row: &Row<'_>, column: &str) -> rusqlite::Result<[u8; 20]> {
    row.get(column)
}

/// A column with JSON.
pub(crate) fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| damaged(column, &error))
}

/// An item of a closed list, by position.
pub(crate) fn item<T: Copy>(row: &Row<'_>, column: &str, all: &[T]) -> rusqlite::Result<T> {
    let position: u8 = row.get(column)?;
    all.get(usize::from(position)).copied().ok_or_else(|| damaged(column, &format!("no item {position}")))
}

/// The error for a value that cannot be read back.
pub(crate) fn damaged(column: &str, what: &dyn Display) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, format!("column {column}: {what}").into())
}

/// Text of a value that always has a JSON form.
pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}
