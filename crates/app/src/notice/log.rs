//! The transparency log as files that anybody can host and check: the checkpoint, the hashes as tiles
//! (C2SP `tlog-tiles`), and the public keys with the times in which they count.

use std::path::{Path, PathBuf};

use forewarn_notice::log::{Hash, root};
use forewarn_notice::sign::KeySet;
use forewarn_share::{notice_json, status_json};
use serde_json::{Value, json};

use crate::{AppError, Workspace, files, keys};

/// Hashes in a whole tile.
const TILE: usize = 256;

/// Largest log that is read from files, in leaves.
const LEAVES_MAX: usize = 10_000_000;

/// A log as it was read from files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The hashes of its leaves.
    pub leaves: Vec<Hash>,
    /// Its checkpoint, a signed note.
    pub checkpoint: String,
    /// The keys, as the folder names them.
    pub keys: Value,
}

/// Writes the log into a folder; the files. Tiles that are there already are written anew with the same
/// content.
pub fn export(workspace: &Workspace, out: &Path) -> Result<Vec<PathBuf>, AppError> {
    let leaves = workspace.store.log_leaves()?;
    let Some(checkpoint) = checkpoint(workspace, leaves.len())? else {
        return Err(AppError::NotFound {
            what: "log",
            name: workspace.folder().display().to_string(),
            remedy: "nothing was issued yet".to_owned(),
        });
    };
    let mut written = Vec::new();
    let mut level = leaves;
    for height in 0.. {
        for (number, tile) in level.chunks(TILE).enumerate() {
            written.push(write(&out.join(tile_path(height, number, tile.len())), &tile.concat())?);
        }
        if level.len() < TILE {
            break;
        }
        // Only whole tiles have a hash in the level above.
        level = level.chunks_exact(TILE).map(root).collect();
    }
    let keys = key_document(workspace)?;
    written.push(write(&out.join("keys.json"), keys.to_string().as_bytes())?);
    // The checkpoint last: who sees it finds everything that it speaks of.
    written.push(write(&out.join("checkpoint"), checkpoint.as_bytes())?);
    Ok(written)
}

/// The log of this data folder, to hold a document against.
pub fn own(workspace: &Workspace) -> Result<Published, AppError> {
    let leaves = workspace.store.log_leaves()?;
    Ok(Published { leaves, checkpoint: String::new(), keys: Value::Null })
}

/// Reads a log from a folder that [`export`] wrote, or that was copied from its issuer's server.
pub fn read(folder: &Path) -> Result<Published, AppError> {
    let text = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).map_err(AppError::file("read file", &path))
    };
    let checkpoint = text("checkpoint")?;
    let refused = |why: &str| AppError::Refused { operation: "read the log", why: why.to_owned() };
    let size = checkpoint.lines().nth(1).and_then(|line| line.parse::<usize>().ok());
    let size =
        size.filter(|size| *size <= LEAVES_MAX).ok_or_else(|| refused("the checkpoint has no size"))?;
    let mut leaves: Vec<Hash> = Vec::new();
    for number in 0..size.div_ceil(TILE) {
        let width = TILE.min(size - number * TILE);
        let path = folder.join(tile_path(0, number, width));
        let bytes = std::fs::read(&path).map_err(AppError::file("read file", &path))?;
        if bytes.len() != width * 32 {
            return Err(refused(&format!(
                "{} has {} bytes, expected {}",
                path.display(),
                bytes.len(),
                width * 32
            )));
        }
        leaves.extend(bytes.as_chunks::<32>().0);
    }
    let keys = serde_json::from_str(&text("keys.json")?).map_err(AppError::refused("read the keys"))?;
    Ok(Published { leaves, checkpoint, keys })
}

/// The keys of a document that [`key_document`] made: a JSON Web Key Set (RFC 7517, section 5) whose keys
/// also tell from and until when they count (`nbf`, `exp` as RFC 3339 times).
pub fn key_set(document: &Value) -> Result<KeySet, AppError> {
    let refused = |why: &str| AppError::Refused { operation: "read the keys", why: why.to_owned() };
    let list = document["keys"].as_array().ok_or_else(|| refused("expected a member `keys`, a list"))?;
    let mut stored = Vec::new();
    for item in list {
        let time = |name: &str| match &item[name] {
            Value::Null => Ok(None),
            other => {
                let time = other.as_str().and_then(|text| text.parse().ok());
                time.map(Some).ok_or_else(|| refused(&format!("{name} is not a time")))
            }
        };
        let mut jwk = item.clone();
        if let Some(members) = jwk.as_object_mut() {
            members.remove("nbf");
            members.remove("exp");
        }
        let from = time("nbf")?.ok_or_else(|| refused("a key does not say from when it counts (nbf)"))?;
        let kid = item["kid"].as_str().unwrap_or_default().to_owned();
        stored.push(forewarn_store::StoredKey { kid, jwk: jwk.to_string(), from, until: time("exp")? });
    }
    keys::set(&stored)
}

/// The public keys, as a document that the issuer publishes.
pub fn key_document(workspace: &Workspace) -> Result<Value, AppError> {
    let mut list = Vec::new();
    for stored in workspace.store.signing_keys()? {
        let mut jwk: Value =
            serde_json::from_str(&stored.jwk).map_err(AppError::refused("write the keys"))?;
        jwk["nbf"] = json!(stored.from.to_string());
        if let Some(until) = stored.until {
            jwk["exp"] = json!(until.to_string());
        }
        list.push(jwk);
    }
    Ok(json!({ "keys": list }))
}

/// The checkpoint of the whole log: that of the document which was issued last.
fn checkpoint(workspace: &Workspace, size: usize) -> Result<Option<String>, AppError> {
    let last = |log: Option<forewarn_share::LogProof>| log.filter(|proof| proof.index + 1 == size as u64);
    for notice in workspace.store.notices()? {
        let signed = notice.signed.as_deref().map(notice_json::parse_signed).transpose();
        let signed = signed.map_err(AppError::refused("read the notice"))?;
        if let Some(proof) = signed.and_then(|document| last(document.envelope.log)) {
            return Ok(Some(proof.checkpoint));
        }
        let Some(end) = workspace.store.notice_end(notice.id)? else { continue };
        let end = status_json::parse_signed(&end, &notice_json::Limits::default())
            .map_err(AppError::refused("read the end of the notice"))?;
        if let Some(proof) = last(end.envelope.log) {
            return Ok(Some(proof.checkpoint));
        }
    }
    Ok(None)
}

/// `tile/<level>/<number>[.p/<width>]`, the number in groups of three digits.
fn tile_path(level: usize, number: usize, width: usize) -> String {
    let mut groups = format!("{:03}", number % 1000);
    let mut rest = number / 1000;
    while rest > 0 {
        groups = format!("x{:03}/{groups}", rest % 1000);
        rest /= 1000;
    }
    let partial = if width < TILE { format!(".p/{width}") } else { String::new() };
    format!("tile/{level}/{groups}{partial}")
}

fn write(path: &Path, bytes: &[u8]) -> Result<PathBuf, AppError> {
    if let Some(folder) = path.parent() {
        files::make_folder(folder)?;
    }
    files::write_whole(path, bytes)?;
    Ok(path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_are_named_as_c2sp_does() {
        for (level, number, width, expected) in [
            (0, 0, 256, "tile/0/000"),
            (0, 1_234_067, 256, "tile/0/x001/x234/067"),
            (1, 5, 12, "tile/1/005.p/12"),
            (0, 1000, 256, "tile/0/x001/000"),
        ] {
            assert_eq!(tile_path(level, number, width), expected);
        }
    }
}
