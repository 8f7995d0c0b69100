//! Reads the rule packs again, for a server that runs on.

use std::path::{Path, PathBuf};

use forewarn_model::rights::Right;
use forewarn_rules::Diagnostic;

use super::load;
use crate::{AppError, Context, Engine, Workspace};

/// The same engine with the rules as they are now; none if they have not changed.
///
/// Nothing but the rules is loaded again. On an error the caller keeps the engine that it has, and tells the error.
///
/// # Errors
/// As [`load::from_data`].
pub fn run(engine: &Engine, data: Option<&Path>, folders: &[PathBuf]) -> Result<Option<Engine>, AppError> {
    let loaded = load::from_data(data, folders)?;
    let same = loaded.pack.version() == engine.pack().version();
    Ok((!same).then(|| engine.replacing_pack(loaded.pack)))
}

/// Reads the packs of the data folder, without using them: how many indicators they have together, and every
/// finding, mistakes and warnings.
pub fn check(workspace: &Workspace, context: &Context) -> Result<(Option<usize>, Vec<Diagnostic>), AppError> {
    context.require(Right::RuleWrite)?;
    match load::from_data(Some(workspace.folder()), &[]) {
        Ok(loaded) => Ok((Some(loaded.pack.indicators().len()), loaded.warnings)),
        Err(AppError::Rules { findings }) => Ok((None, findings)),
        Err(error) => Err(error),
    }
}

/// Notes who had the rules read again, and which version answers now.
pub fn note(workspace: &mut Workspace, context: &Context, version: &str) -> Result<(), AppError> {
    context.require(Right::RuleWrite)?;
    workspace.note(context, "rules.reload", version, "")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn takes_new_rules_and_keeps_the_old_where_the_new_are_wrong() {
        let data = tempfile::tempdir().unwrap();
        let engine = Engine::builtin().unwrap();
        assert!(run(&engine, Some(data.path()), &[]).unwrap().is_none());
        let folder = data.path().join("packs/own/languages");
        fs::create_dir_all(&folder).unwrap();
        let words = |key: &str| format!("language = \"en\"\n[{key}]\nurgent = [\"chop chop\"]\n");
        fs::write(folder.join("en.toml"), words("patterns")).unwrap();
        let newer = run(&engine, Some(data.path()), &[]).unwrap().unwrap();
        assert_ne!(newer.version(), engine.version());
        fs::write(folder.join("en.toml"), words("paterns")).unwrap();
        assert!(run(&newer, Some(data.path()), &[]).is_err());
    }
}
