//! How outcomes look: JSON as it is, tables for reading.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;
use comfy_table::{ContentArrangement, Table, presets::NOTHING};
use forewarn_app::model::Problem;
use serde_json::Value;

/// Lines of prose are not longer than this, however wide the terminal: longer ones are hard to follow.
const WIDTH_MAX: usize = 90;

/// Writes a line on standard error. A reader that went away (`2>&1 | head`) is no reason to end: the exit code
/// still tells the outcome.
macro_rules! note {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        // In one piece: who reads along must not find half a line.
        let line = format!("{}\n", format_args!($($words)*));
        let _ = std::io::stderr().lock().write_all(line.as_bytes());
    }};
}
pub(crate) use note;

/// Writes JSON on standard output, indented. A reader that went away is no error.
pub(crate) fn json(value: &Value) -> Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    line(&text)
}

/// Writes a line on standard output. A reader that went away (`| head`) is no error.
pub(crate) fn line(text: &str) -> Result<()> {
    match writeln!(io::stdout().lock(), "{text}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}

/// The width of the terminal in columns; none where standard output is none.
pub(crate) fn width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(usize::from(width.0).min(WIDTH_MAX))
}

/// A list that may well be empty: its rows as a table, or a line on what to do. The line goes to standard error, so
/// that a program that reads the rows reads none.
pub(crate) fn list(header: &[&str], rows: Vec<Vec<String>>, if_empty: &str) -> Result<()> {
    if rows.is_empty() {
        note!("{if_empty}");
    }
    table(header, rows)
}

/// A table as wide as the terminal.
pub(crate) fn table(header: &[&str], rows: Vec<Vec<String>>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(header.to_vec());
    table.set_content_arrangement(ContentArrangement::Dynamic);
    if !io::stdout().is_terminal() {
        table.set_content_arrangement(ContentArrangement::Disabled);
    }
    table.add_rows(rows);
    line(&table.trim_fmt())
}

/// Lists problems on standard error.
pub(crate) fn problems(problems: &[Problem]) {
    for problem in problems {
        note!("{problem}");
    }
}

/// Words in orange, where a terminal shows colour.
pub(crate) fn orange(words: &str) -> String {
    paint(words, "38;5;208;1")
}

/// Quiet words, where a terminal shows colour.
pub(crate) fn dim(words: &str) -> String {
    paint(words, "2")
}

/// Words of a slot, where a terminal shows colour.
pub(crate) fn slot(words: &str) -> String {
    paint(words, "36")
}

fn paint(words: &str, code: &str) -> String {
    #[allow(
        clippy::disallowed_methods,
        reason = "NO_COLOR is a convention of terminals, read where colour is made"
    )]
    let colour =
        io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    if colour { format!("\u{1b}[{code}m{words}\u{1b}[0m") } else { words.to_owned() }
}
