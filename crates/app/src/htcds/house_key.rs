//! The key of the house that seals the keys of the cases: a file in `keys/`, sealed under the passphrase.

use forewarn_share::htcds::seal::{Nonce, SecretKey, read_key, write_key};

use crate::{AppError, Context, Workspace, files};

/// The file in the data folder.
const FILE: &str = "keys/cases.key";

/// Longest file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 16 << 10;

/// The key; an error if there is none yet.
pub(super) fn read(workspace: &Workspace, context: &Context) -> Result<SecretKey, AppError> {
    let operation = "open the cases";
    let path = workspace.folder().join(FILE);
    let text = files::read_text(&path, FILE_BYTES_MAX)?;
    let passphrase = (context.passphrase)(false).map_err(AppError::refused(operation))?;
    read_key(&text, &passphrase).map_err(AppError::refused(operation))
}

/// The key; made when it is needed first.
pub(super) fn read_or_make(workspace: &mut Workspace, context: &Context) -> Result<SecretKey, AppError> {
    let operation = "make the key of the cases";
    let path = workspace.folder().join(FILE);
    if path.exists() {
        return read(workspace, context);
    }
    if !workspace.store.cases_after("", 1)?.is_empty() {
        let why = format!("{} is missing, and there are cases: restore it from a backup", path.display());
        return Err(AppError::Refused { operation, why });
    }
    let key = random(context)?;
    let mut salt = [0; 16];
    salt.copy_from_slice(&random(context)?[..16]);
    let passphrase = (context.passphrase)(true).map_err(AppError::refused(operation))?;
    let file = write_key(&key, &passphrase, salt, nonce(context)?).map_err(AppError::refused(operation))?;
    if let Some(folder) = path.parent() {
        files::make_folder(folder)?;
    }
    files::write_private(&path, file.as_bytes())?;
    workspace.note(context, "case.key", "cases", "made")?;
    Ok(key)
}

/// A fresh key.
pub(super) fn random(context: &Context) -> Result<SecretKey, AppError> {
    let mut bytes = [0; 32];
    (context.random)(&mut bytes).map(|()| bytes).map_err(AppError::refused("draw a random key"))
}

/// A fresh nonce.
pub(super) fn nonce(context: &Context) -> Result<Nonce, AppError> {
    let mut nonce = [0; 24];
    nonce.copy_from_slice(&random(context)?[..24]);
    Ok(nonce)
}

/// What the sealed part of a case is bound to.
pub(super) fn about_person(id: &str) -> String {
    format!("forewarn/case/1 person of {id}")
}

/// What the sealed key of a case is bound to.
pub(super) fn about_key(id: &str) -> String {
    format!("forewarn/case/1 key of {id}")
}
