//! Reads the files of a rule pack from a folder.

use std::fs;
use std::path::{Path, PathBuf};

use forewarn_rules::{Diagnostic, Limits, Pack, SourceFile, builtin_files};

use crate::AppError;

/// How many files a pack may have, and how deep its folders may nest.
const FILES_MAX: usize = 10_000;
const DEPTH_MAX: usize = 8;

/// The files of a pack: of a folder, or of the pack that is built in. In order of path.
pub fn files(folder: Option<&Path>) -> Result<Vec<SourceFile>, AppError> {
    let Some(folder) = folder else {
        let file = |&(path, text): &(&str, &str)| SourceFile { path: path.to_owned(), text: text.to_owned() };
        return Ok(builtin_files().iter().map(file).collect());
    };
    let mut paths = Vec::new();
    walk(folder, 0, &mut paths)?;
    paths.sort_unstable();
    if paths.is_empty() {
        let remedy = "name a folder with pack.toml and .toml or .md files in it".to_owned();
        return Err(AppError::NotFound {
            what: "a rule pack in",
            name: folder.display().to_string(),
            remedy,
        });
    }
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).map_err(AppError::file("read file", &path))?;
            let short = path.strip_prefix(folder).unwrap_or(&path);
            Ok(SourceFile { path: short.to_string_lossy().replace('\\', "/"), text })
        })
        .collect()
}

/// Compiles a pack: with its warnings; or everything that is wrong with it.
pub fn compile(files: &[SourceFile]) -> Result<(Pack, Vec<Diagnostic>), Vec<Diagnostic>> {
    Pack::compile(files, &Limits::default())
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), AppError> {
    let entries = fs::read_dir(folder).map_err(AppError::file("read folder", folder))?;
    for entry in entries {
        let entry = entry.map_err(AppError::file("read folder", folder))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(AppError::file("read folder", folder))?;
        if kind.is_dir() && depth < DEPTH_MAX {
            walk(&path, depth + 1, found)?;
        } else if kind.is_file() && path.extension().is_some_and(|end| end == "toml" || end == "md") {
            found.push(path);
        }
        if found.len() > FILES_MAX {
            let why = format!("more than {FILES_MAX} files: name the folder of one pack");
            return Err(AppError::Refused { operation: "read the rule pack", why });
        }
    }
    Ok(())
}
