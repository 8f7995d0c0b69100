//! The signing key of this organisation, in the data folder, readable by its owner only.

use std::path::PathBuf;

use forewarn_notice::sign::SigningKey;

use crate::{AppError, Context, Workspace, files};

fn path(workspace: &Workspace) -> PathBuf {
    workspace.folder().join("keys").join("signing.key")
}

/// The key; it is made the first time.
pub fn signing_key(workspace: &mut Workspace, context: &Context) -> Result<SigningKey, AppError> {
    let path = path(workspace);
    if path.exists() {
        let text = std::fs::read_to_string(&path).map_err(AppError::file("read file", &path))?;
        return SigningKey::from_text(&text).map_err(AppError::refused("read the signing key"));
    }
    let mut seed = [0; 32];
    (context.random)(&mut seed).map_err(AppError::refused("make a signing key"))?;
    let key = SigningKey::from_seed(&seed);
    if let Some(folder) = path.parent() {
        files::make_folder(folder)?;
    }
    files::write_private(&path, key.to_text().as_bytes())?;
    workspace.note(context, "key.make", &key.kid(), "")?;
    Ok(key)
}
