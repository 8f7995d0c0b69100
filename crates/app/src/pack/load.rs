//! Reads rule packs: the one that is built in, and people's own on top of it.
//!
//! A pack of one's own is a folder; it may be named on the command line, or lie in `packs/` of the data folder,
//! where every command that assesses finds it. It may use the lists of the pack `core`, add words to its
//! indicators, and add indicators. A folder whose `pack.toml` says `name = "core"` takes the place of the built-in
//! pack.

use std::fs;
use std::path::{Path, PathBuf};

use forewarn_rules::{Diagnostic, Limits, Pack, SourceFile, builtin_files};

use crate::AppError;

/// How many files a pack may have, and how deep its folders may nest.
const FILES_MAX: usize = 10_000;
const DEPTH_MAX: usize = 8;
/// How many packs may lie in a data folder.
const PACKS_MAX: usize = 100;

/// The folder of a data folder in which packs lie.
pub const PACKS: &str = "packs";

/// Prose that may lie in a pack's folder.
const PROSE: [&str; 4] = ["README.md", "CHANGELOG.md", "LICENSE.md", "CONTRIBUTING.md"];

/// Packs, compiled together.
#[derive(Debug)]
pub struct Loaded {
    /// What finds indicators.
    pub pack: Pack,
    /// What may not be as their authors think.
    pub warnings: Vec<Diagnostic>,
    /// The folders of the packs that stand on the built-in one, as paths of their files begin: `acme/`.
    pub roots: Vec<String>,
}

/// The built-in pack, with those in the data folder and then those in `folders` on top.
///
/// # Errors
/// [`AppError::Rules`] with every finding if any of them has a mistake; other variants if a folder cannot be read.
pub fn from_data(data: Option<&Path>, folders: &[PathBuf]) -> Result<Loaded, AppError> {
    let mut all = match data {
        Some(data) => in_data(data)?,
        None => Vec::new(),
    };
    all.extend(folders.iter().cloned());
    with_core(&all)
}

/// The built-in pack with these on top.
///
/// # Errors
/// As [`from_data`].
pub fn with_core(folders: &[PathBuf]) -> Result<Loaded, AppError> {
    let (sources, roots) = sources(folders)?;
    match Pack::compile(&sources, &Limits::default()) {
        Ok((pack, warnings)) => Ok(Loaded { pack, warnings, roots }),
        Err(findings) => Err(AppError::Rules { findings }),
    }
}

/// The files of the pack in a folder, with paths below it, in order of path.
pub fn files(folder: &Path) -> Result<Vec<SourceFile>, AppError> {
    let mut paths = Vec::new();
    walk(folder, 0, &mut paths)?;
    paths.sort_unstable();
    if paths.is_empty() {
        let remedy = "name a folder with .toml files in it".to_owned();
        let name = folder.display().to_string();
        return Err(AppError::NotFound { what: "a rule pack in", name, remedy });
    }
    paths.into_iter().map(|path| file(folder, &path)).collect()
}

/// The folders in `packs/` of a data folder, in order of name.
fn in_data(data: &Path) -> Result<Vec<PathBuf>, AppError> {
    let folder = data.join(PACKS);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).map_err(AppError::file("read folder", &folder))? {
        let path = entry.map_err(AppError::file("read folder", &folder))?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !hidden {
            found.push(path);
        }
        if found.len() > PACKS_MAX {
            let why = format!("more than {PACKS_MAX} packs in {}", folder.display());
            return Err(AppError::Refused { operation: "read the rule packs", why });
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// The files of the built-in pack and of the packs on top, each of these below a root of its own.
fn sources(folders: &[PathBuf]) -> Result<(Vec<SourceFile>, Vec<String>), AppError> {
    let mut core = None;
    let (mut own, mut roots) = (Vec::new(), Vec::new());
    for folder in folders {
        let files = files(folder)?;
        let manifest = files.iter().find(|file| file.path == "pack.toml");
        if manifest.is_some_and(|manifest| name_of(manifest).as_deref() == Some("core")) {
            core = Some(files);
            continue;
        }
        let name = folder_name(folder)?;
        let root = format!("{name}/");
        if roots.contains(&root) {
            let why = format!("two packs are in folders named {name:?}: rename one of the folders");
            return Err(AppError::Refused { operation: "read the rule packs", why });
        }
        // A folder with one indicator in it needs no papers.
        if manifest.is_none() {
            let name = toml_text(&name);
            let text =
                format!("name = {name}\nversion = \"0\"\ndescription = {name}\nlicence = \"not stated\"\n");
            own.push(SourceFile { path: format!("{root}pack.toml"), text });
        }
        own.extend(files.into_iter().map(|file| SourceFile { path: format!("{root}{}", file.path), ..file }));
        roots.push(root);
    }
    let mut all = core.unwrap_or_else(built_in);
    all.extend(own);
    Ok((all, roots))
}

fn built_in() -> Vec<SourceFile> {
    let file = |&(path, text): &(&str, &str)| SourceFile { path: path.to_owned(), text: text.to_owned() };
    builtin_files().iter().map(file).collect()
}

/// The name in a manifest, if it can be read; what is wrong with it is told when it is compiled.
fn name_of(manifest: &SourceFile) -> Option<String> {
    let lines = manifest.text.lines().filter_map(|line| line.split_once('='));
    let (_, value) = lines.into_iter().find(|(key, _)| key.trim() == "name")?;
    Some(value.trim().trim_matches(['"', '\'']).to_owned())
}

fn folder_name(folder: &Path) -> Result<String, AppError> {
    let whole = fs::canonicalize(folder).map_err(AppError::file("read folder", folder))?;
    Ok(whole.file_name().map_or_else(|| "pack".to_owned(), |name| name.to_string_lossy().into_owned()))
}

/// A text as TOML writes it.
fn toml_text(text: &str) -> String {
    let plain: String =
        text.chars().map(|c| if c.is_control() || matches!(c, '"' | '\\') { '_' } else { c }).collect();
    format!("\"{plain}\"")
}

fn file(folder: &Path, path: &Path) -> Result<SourceFile, AppError> {
    let bytes_max = Limits::default().file_bytes_max as u64;
    let bytes = fs::metadata(path).map_err(AppError::file("read file", path))?.len();
    if bytes > bytes_max {
        let why = format!("{} has {bytes} bytes, {bytes_max} are allowed: split it", path.display());
        return Err(AppError::Refused { operation: "read the rule pack", why });
    }
    let text = fs::read_to_string(path).map_err(AppError::file("read file", path))?;
    let short = path.strip_prefix(folder).unwrap_or(path);
    Ok(SourceFile { path: short.to_string_lossy().replace('\\', "/"), text })
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), AppError> {
    let entries = fs::read_dir(folder).map_err(AppError::file("read folder", folder))?;
    for entry in entries {
        let entry = entry.map_err(AppError::file("read folder", folder))?;
        let path = entry.path();
        let kind = entry.file_type().map_err(AppError::file("read folder", folder))?;
        if kind.is_dir() && depth < DEPTH_MAX {
            walk(&path, depth + 1, found)?;
        } else if kind.is_file() && is_of_pack(&path) {
            found.push(path);
        }
        if found.len() > FILES_MAX {
            let why = format!("more than {FILES_MAX} files: name the folder of one pack");
            return Err(AppError::Refused { operation: "read the rule pack", why });
        }
    }
    Ok(())
}

fn is_of_pack(path: &Path) -> bool {
    let prose = path.file_name().is_some_and(|name| PROSE.iter().any(|prose| name == *prose));
    !prose && path.extension().is_some_and(|end| end == "toml" || end == "md")
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDICATOR: &str = "name = \"blood_group\"\ntitle = \"t\"\nwhat = \"w\"\nwhy = \"y\"\nsource = \"s\"\n\
                             patterns = [\"blood group\"]\n[means]\nen = \"m\"\n[ask]\nen = \"a\"\n\
                             [examples]\nmatch = [\"blood group\"]\nno_match = [\"bakery\"]\n";

    fn write(folder: &Path, path: &str, text: &str) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn packs_of_the_data_folder_stand_on_the_built_in_one() {
        let data = tempfile::tempdir().unwrap();
        let built_in = from_data(Some(data.path()), &[]).unwrap();
        assert_eq!(built_in.roots, Vec::<String>::new());
        write(data.path(), "packs/own/blood_group.toml", INDICATOR);
        write(data.path(), "packs/own/README.md", "Prose.");
        write(data.path(), "packs/.hidden/x.toml", "not TOML");
        let loaded = from_data(Some(data.path()), &[]).unwrap();
        assert_eq!(loaded.roots, ["own/"]);
        assert_eq!(loaded.pack.indicators().len(), built_in.pack.indicators().len() + 1);
        assert_ne!(loaded.pack.version(), built_in.pack.version());
        let outcome = crate::pack::try_out::run(&loaded).unwrap();
        assert_eq!((outcome.own.passed, outcome.own.failed.len(), outcome.others.failed.len()), (2, 0, 0));
        assert!(outcome.honest > 100 && outcome.on_offers[0].name == "blood_group", "{outcome:?}");
    }

    #[test]
    fn mistakes_are_told_and_keep_the_old_rules_in_use() {
        let data = tempfile::tempdir().unwrap();
        write(data.path(), "packs/own/x.toml", &INDICATOR.replace("patterns", "paterns"));
        let error = from_data(Some(data.path()), &[]).unwrap_err();
        assert!(error.to_string().contains("the first in own/x.toml:"), "{error}");
        let AppError::Rules { findings } = error else { panic!("{error}") };
        assert!(findings.iter().any(|finding| finding.code == "E002" && finding.line == 6), "{findings:?}");
    }

    #[test]
    fn a_folder_may_take_the_place_of_the_built_in_pack() {
        let folder = tempfile::tempdir().unwrap();
        write(
            folder.path(),
            "pack.toml",
            "name = \"core\"\nversion = \"9\"\ndescription = \"d\"\nlicence = \"l\"\n",
        );
        write(folder.path(), "indicators/blood_group.toml", INDICATOR);
        let loaded = with_core(&[folder.path().to_owned()]).unwrap();
        assert_eq!((loaded.pack.version(), loaded.pack.indicators().len()), ("9", 1));
    }

    #[test]
    fn two_packs_in_folders_of_one_name_are_refused() {
        let data = tempfile::tempdir().unwrap();
        write(data.path(), "a/own/x.toml", INDICATOR);
        write(data.path(), "b/own/x.toml", INDICATOR);
        let error = with_core(&["a/own", "b/own"].map(|path| data.path().join(path))).unwrap_err();
        assert!(error.to_string().contains("rename one of the folders"), "{error}");
    }
}
