//! Which format an input is in, by its name or its first bytes.

use std::str::FromStr;

use thiserror::Error;

/// A format that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read format {0:?}: expected csv, jsonl, parquet or text")]
pub struct FormatError(pub String);

/// A format of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Comma-, semicolon- or tab-separated values with a header (RFC 4180).
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// Columns in row groups (Apache Parquet); from a file only, since its table of contents is at its end.
    Parquet,
    /// The whole input is one report.
    Text,
}

/// How an input is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip (RFC 1952), also several members one after the other.
    Gzip,
    /// Zstandard (RFC 8878).
    Zstd,
}

/// Endings of file names.
const FORMATS: &[(&str, Format)] = &[
    (".csv", Format::Csv),
    (".tsv", Format::Csv),
    (".jsonl", Format::JsonLines),
    (".ndjson", Format::JsonLines),
    (".jsonlines", Format::JsonLines),
    (".json", Format::JsonLines),
    (".parquet", Format::Parquet),
    (".pq", Format::Parquet),
    (".txt", Format::Text),
    (".text", Format::Text),
    (".md", Format::Text),
];

const COMPRESSIONS: &[(&str, Compression)] = &[
    (".gz", Compression::Gzip),
    (".gzip", Compression::Gzip),
    (".zst", Compression::Zstd),
    (".zstd", Compression::Zstd),
];

impl Format {
    /// The format that a file name tells; an ending of a compression is looked through.
    pub fn of_name(name: &str) -> Option<Self> {
        let lower = name.to_ascii_lowercase();
        let inner = COMPRESSIONS.iter().find_map(|(end, _)| lower.strip_suffix(end)).unwrap_or(&lower);
        FORMATS.iter().find(|(end, _)| inner.ends_with(end)).map(|(_, format)| *format)
    }

    /// The format that a text looks like: a line that opens an object is JSON Lines; anything else is text,
    /// since a comma in prose does not make a table.
    pub(crate) fn of_start(start: &[u8]) -> Self {
        let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
        if first == Some(&b'{') { Self::JsonLines } else { Self::Text }
    }
}

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        match text {
            "csv" | "tsv" => Ok(Self::Csv),
            "jsonl" | "json-lines" | "ndjson" => Ok(Self::JsonLines),
            "parquet" => Ok(Self::Parquet),
            "text" | "txt" => Ok(Self::Text),
            _ => Err(FormatError(text.to_owned())),
        }
    }
}

impl Compression {
    /// The compression that the first bytes tell.
    pub(crate) fn of_start(start: &[u8]) -> Self {
        match start {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Self::Zstd,
            _ => Self::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_formats() {
        for (name, expected) in [
            ("ads.csv", Some(Format::Csv)),
            ("ads.jsonl.gz", Some(Format::JsonLines)),
            ("ADS.NDJSON.ZST", Some(Format::JsonLines)),
            ("ads.parquet", Some(Format::Parquet)),
            ("offer.txt", Some(Format::Text)),
            ("offer", None),
            ("-", None),
        ] {
            assert_eq!(Format::of_name(name), expected, "{name}");
        }
    }
}
