//! The signing keys of this organisation: private halves encrypted in the data folder, public halves and the
//! times in which they count in the store.

use std::path::{Path, PathBuf};

use forewarn_model::Timestamp;
use forewarn_model::rights::Right;
use forewarn_notice::key_file::{self, KeyFileError};
use forewarn_notice::sign::{KeyPeriod, KeySet, PublicKey, SigningKey};
use forewarn_store::{AuditFilter, StoredKey};

use crate::error::PassphraseFault;
use crate::{AppError, Context, Workspace, files};

/// A signing key that counts now.
#[derive(Debug)]
pub struct Current {
    /// The key.
    pub key: SigningKey,
    /// Its public half as a JSON Web Key.
    pub jwk: String,
}

/// The key that counts now; the first is made when it is needed.
pub fn current(workspace: &mut Workspace, context: &Context) -> Result<Current, AppError> {
    let operation = "read the signing key";
    let keys = workspace.store.signing_keys()?;
    let Some(stored) = keys.into_iter().rev().find(|key| key.until.is_none()) else {
        return make(workspace, context);
    };
    let path = path(workspace.folder(), &stored.kid);
    let pem = std::fs::read_to_string(&path).map_err(AppError::file("read file", &path))?;
    let passphrase = passphrase(context, false, operation)?;
    let key = key_file::decrypt(&pem, &passphrase).map_err(|error| match error {
        KeyFileError::Passphrase => {
            let why = format!("{}: {error}", path.display());
            AppError::Passphrase { operation, fault: PassphraseFault::Wrong, why }
        }
        _ => AppError::file(operation, &path)(std::io::Error::other(error)),
    })?;
    if key.public().kid() != stored.kid {
        let why = std::io::Error::other("it holds another key: restore it from a backup");
        return Err(AppError::file(operation, &path)(why));
    }
    Ok(Current { key, jwk: stored.jwk })
}

/// What whoever issues should know of the key before it signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// When the key was made that counts now, and by whom: they know its passphrase. None if there is no key yet.
    pub made: Option<(Timestamp, String)>,
    /// Whether a passphrase is known here without anybody who gives it.
    pub server_opens: bool,
}

/// Which key will sign; nothing is opened.
pub fn outlook(workspace: &Workspace, context: &Context) -> Result<Outlook, AppError> {
    context.require(Right::NoticeIssue)?;
    let keys = workspace.store.signing_keys()?;
    let current = keys.into_iter().rev().find(|key| key.until.is_none());
    let mut made = None;
    if let Some(key) = current {
        let filter =
            AuditFilter { action: Some("key.make".to_owned()), subject: Some(key.kid), ..Default::default() };
        let noted = workspace.store.search_audit(&filter, None, 1)?.pop();
        made = Some((key.from, noted.map(|(_, entry)| entry.actor).unwrap_or_default()));
    }
    Ok(Outlook { server_opens: (context.passphrase)(made.is_none()).is_ok(), made })
}

/// Makes a new key, from now on the one that counts. Signatures made with the old ones stay valid.
pub fn rotate(workspace: &mut Workspace, context: &Context) -> Result<Current, AppError> {
    context.require(Right::Operate)?;
    make(workspace, context)
}

fn make(workspace: &mut Workspace, context: &Context) -> Result<Current, AppError> {
    let operation = "make a signing key";
    let random = || {
        let mut bytes = [0; 32];
        (context.random)(&mut bytes).map(|()| bytes).map_err(AppError::refused(operation))
    };
    let key = SigningKey::from_bytes(&random()?);
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    let fresh = random()?;
    salt.copy_from_slice(&fresh[..16]);
    iv.copy_from_slice(&fresh[16..]);
    let passphrase = passphrase(context, true, operation)?;
    let pem = key_file::encrypt(&key, &passphrase, salt, iv).map_err(|error| match error {
        KeyFileError::Short => {
            AppError::Passphrase { operation, fault: PassphraseFault::Short, why: error.to_string() }
        }
        _ => AppError::refused(operation)(error),
    })?;
    let (kid, jwk) = (key.public().kid(), key.public().to_jwk());
    let path = path(workspace.folder(), &kid);
    if let Some(folder) = path.parent() {
        files::make_folder(folder)?;
    }
    // The private half first: a public half without it could sign nothing.
    files::write_private(&path, pem.as_bytes())?;
    let stored = StoredKey { kid: kid.clone(), jwk: jwk.clone(), from: context.now, until: None };
    workspace.store.put_signing_key(&stored)?;
    workspace.note(context, "key.make", &kid, "")?;
    Ok(Current { key, jwk })
}

/// All keys with their times, the oldest first.
pub fn list(workspace: &Workspace, context: &Context) -> Result<Vec<StoredKey>, AppError> {
    context.require(Right::Operate)?;
    Ok(workspace.store.signing_keys()?)
}

/// The public keys as a set that verifies.
pub fn set(keys: &[StoredKey]) -> Result<KeySet, AppError> {
    let period = |stored: &StoredKey| {
        let key = PublicKey::from_jwk(&stored.jwk).map_err(AppError::refused("read the signing keys"))?;
        Ok(KeyPeriod { key, from: stored.from, until: stored.until })
    };
    keys.iter().map(period).collect::<Result<_, AppError>>().map(KeySet)
}

fn passphrase(context: &Context, new: bool, operation: &'static str) -> Result<String, AppError> {
    (context.passphrase)(new).map_err(|why| AppError::Passphrase {
        operation,
        fault: PassphraseFault::Missing,
        why,
    })
}

fn path(folder: &Path, kid: &str) -> PathBuf {
    folder.join("keys").join(format!("{kid}.pem"))
}
