//! The signing key of this organisation, in the data folder, readable by its owner only.

use std::path::PathBuf;

use forewarn_notice::sign::SigningKey;

use crate::{AppError, Context, Workspace, files};

/// The key; it is made the first time.
pub fn signing_key(workspace: &mut Workspace, context: &Context) -> Result<SigningKey, AppError> {
    let path = path(workspace);
    if path.exists() {
        let bytes = std::fs::read(&path).map_err(AppError::file("read file", &path))?;
        let secret = <[u8; 32]>::try_from(bytes).map_err(|bytes| AppError::Refused {
            operation: "read the signing key",
            why: format!(
                "{} holds {} bytes, expected 32: restore it from a backup",
                path.display(),
                bytes.len()
            ),
        })?;
        return Ok(SigningKey::from_bytes(&secret));
    }
    let mut secret = [0; 32];
    (context.random)(&mut secret).map_err(AppError::refused("make a signing key"))?;
    let key = SigningKey::from_bytes(&secret);
    if let Some(folder) = path.parent() {
        files::make_folder(folder)?;
    }
    files::write_private(&path, &secret)?;
    workspace.note(context, "key.make", &key.public().kid(), "")?;
    Ok(key)
}

fn path(workspace: &Workspace) -> PathBuf {
    workspace.folder().join("keys").join("signing.key")
}
