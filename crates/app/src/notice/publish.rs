//! Signs a document, finds its place at the end of the log, and has both written together.

use forewarn_notice::log::{Checkpoint, Hash, inclusion, leaf_hash};
use forewarn_notice::sign;
use forewarn_share::notice_json::{self, LogProof, NoticeJsonError, canonical, entry};
use forewarn_store::{Leaf, Logged};
use serde_json::Value;

use crate::{AppError, Context, Workspace, keys};

/// How often the end of the log may move under us before we give up.
const ATTEMPTS_MAX: u32 = 20;

/// The name of the setting that holds the name of the log.
pub(super) const ORIGIN: &str = "log.origin";

/// How a payload and its signature become a document.
pub(super) type Seal = fn(Value, &str, Value) -> Result<Value, NoticeJsonError>;

/// The document; or none if `write` says that there is one already.
pub(super) fn run(
    workspace: &mut Workspace,
    context: &Context,
    payload: &Value,
    seal: Seal,
    subject: &str,
    mut write: impl FnMut(&mut Workspace, &[u8], &Leaf) -> Result<Logged, AppError>,
) -> Result<Option<(Vec<u8>, String)>, AppError> {
    let operation = "sign the document";
    let current = keys::current(workspace, context)?;
    let signed_bytes = canonical(payload).map_err(AppError::refused(operation))?;
    let jws = sign::sign(&current.key, &signed_bytes);
    let jwk: Value = serde_json::from_str(&current.jwk).map_err(AppError::refused(operation))?;
    let signed = seal(payload.clone(), jws.as_str(), jwk).map_err(AppError::refused(operation))?;
    let hash = leaf_hash(&entry(&signed).map_err(AppError::refused(operation))?);
    let origin = origin(workspace, &current.key.public().kid())?;
    for _ in 0..ATTEMPTS_MAX {
        let mut leaves = workspace.store.log_leaves()?;
        let position = leaves.len();
        leaves.push(hash);
        let proof = LogProof {
            index: position as u64,
            hashes: inclusion(&leaves, position).unwrap_or_default(),
            checkpoint: Checkpoint::of(&origin, &leaves)
                .sign(&current.key)
                .map_err(AppError::refused(operation))?,
        };
        let document = notice_json::with_log(signed.clone(), &proof);
        let bytes = serde_json::to_vec_pretty(&document).map_err(AppError::refused(operation))?;
        let leaf = Leaf { position: position as u64, subject: subject.to_owned(), hash };
        match write(workspace, &bytes, &leaf)? {
            Logged::Written => return Ok(Some((bytes, current.key.public().kid()))),
            Logged::Before => return Ok(None),
            Logged::Moved => {}
        }
    }
    let why = format!("the log was written by others {ATTEMPTS_MAX} times meanwhile: try again");
    Err(AppError::Refused { operation, why })
}

/// The name of this data folder's log. It is settled with the first leaf and never changes.
pub(crate) fn origin(workspace: &mut Workspace, kid: &str) -> Result<String, AppError> {
    if let Some(origin) = workspace.store.setting(ORIGIN)? {
        return Ok(origin);
    }
    let origin = format!("forewarn.log/{kid}");
    workspace.store.put_setting(ORIGIN, &origin)?;
    Ok(origin)
}

/// The hash of the leaf that a signed document stands for.
pub(crate) fn leaf_of(document: &forewarn_share::Envelope) -> Result<Hash, NoticeJsonError> {
    document.entry().map(|bytes| leaf_hash(&bytes))
}
