//! Writes the files of a pack in the one form.

use std::path::Path;

use forewarn_rules::{Diagnostic, SourceFile, format};

use crate::{AppError, files};

/// What became of the files.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files whose form changed, or would change.
    pub changed: Vec<String>,
    /// What could not be formatted.
    pub diagnostics: Vec<Diagnostic>,
}

/// Formats every TOML file; with `write`, writes those that changed.
pub fn run(folder: &Path, sources: &[SourceFile], write: bool) -> Result<Outcome, AppError> {
    let mut outcome = Outcome::default();
    for source in sources.iter().filter(|source| source.path.ends_with(".toml")) {
        match format(source) {
            Ok(text) if text != source.text => {
                if write {
                    files::write_whole(&folder.join(&source.path), text.as_bytes())?;
                }
                outcome.changed.push(source.path.clone());
            }
            Ok(_) => {}
            Err(mut diagnostics) => outcome.diagnostics.append(&mut diagnostics),
        }
    }
    Ok(outcome)
}
