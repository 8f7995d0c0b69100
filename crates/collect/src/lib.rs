//! Sources and formats become reports and incidents.
//!
//! Everything is read as a stream, in bounded memory, from any `Read`; Parquet, whose table of contents is at
//! its end, from a file. A malformed record costs that record
//! only: it comes out as a [`Problem`] with its line and the remedy, and reading goes on. What ends the
//! reading (a decompression bomb, a broken archive, a failing disk) comes out as the last problem, after
//! every record before it.

mod csv_records;
mod encoding;
mod fields;
mod format;
pub mod incidents;
mod input;
mod json_lines;
mod limits;
mod lines;
mod observables;
mod parquet_rows;
mod reader;
mod rows;
mod source;
mod value;

pub use encoding::to_text;
pub use fields::{Field, Mapping, MappingError};
pub use format::{Compression, Format, FormatError};
pub use limits::Limits;
pub use observables::{Columns, ColumnsError, ObservableRow, ObservableRows, observables};
pub use reader::{Defaults, Reader, Record, read};
pub use rows::{Declared, Parser, Piece, Progress, Refused, Row, RowOptions, Rows, rows};
pub use source::Source;
pub use value::Value;

use forewarn_model::{Problem, Severity};

/// A problem that refuses a piece of input.
fn refused(input: &str, line: Option<u64>, code: &'static str, what: String, remedy: &str) -> Problem {
    Problem {
        severity: Severity::Refused,
        code,
        input: input.to_owned(),
        line,
        what,
        remedy: remedy.to_owned(),
    }
}

/// A problem that leaves something out, or changes it.
fn warning(input: &str, line: Option<u64>, code: &'static str, what: String, remedy: &str) -> Problem {
    Problem { severity: Severity::Warning, ..refused(input, line, code, what, remedy) }
}
