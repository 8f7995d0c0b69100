//! What ships inside the binary for the demonstration and for first steps.

use rust_embed::RustEmbed;

use crate::AppError;

#[derive(RustEmbed)]
#[folder = "../../fixtures/"]
#[include = "manifest.toml"]
#[include = "offers/*.jsonl"]
#[include = "reports/*.jsonl"]
#[include = "templates/*.toml"]
struct Fixtures;

/// The public timeline of the trend until the end of 2024, as CSV.
pub const TIMELINE: &[u8] = include_bytes!("../../../incidents/timeline.csv");

/// The name of a bundled file, and its bytes.
pub type File = (String, Vec<u8>);

/// The invented job offers: JSON Lines, one file a language, in order of name.
pub fn offers() -> Result<Vec<File>, AppError> {
    folder("offers/")
}

/// The invented scam reports: JSON Lines, in order of name.
pub fn scam_reports() -> Result<Vec<File>, AppError> {
    folder("reports/")
}

/// A bundled file by its path below `fixtures/`.
pub fn fixture(path: &str) -> Result<Vec<u8>, AppError> {
    let missing = || AppError::BuiltIn { part: "bundled files", what: format!("{path} is missing") };
    Fixtures::get(path).map(|file| file.data.into_owned()).ok_or_else(missing)
}

fn folder(prefix: &str) -> Result<Vec<File>, AppError> {
    let mut names: Vec<String> =
        Fixtures::iter().map(|name| name.into_owned()).filter(|name| name.starts_with(prefix)).collect();
    names.sort_unstable();
    let read = |name: String| match Fixtures::get(&name) {
        Some(file) => Ok((name, file.data.into_owned())),
        None => Err(AppError::BuiltIn { part: "bundled files", what: format!("{name} is missing") }),
    };
    names.into_iter().map(read).collect()
}
