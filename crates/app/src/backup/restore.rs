//! Makes a data folder out of a backup: all of it, proved, or nothing.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Entry, FORMAT, MANIFEST, Manifest, is_ours};
use crate::integrity::{self, Check};
use crate::{AppError, Context, Workspace};

/// How much is unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The manifest, in bytes.
    pub manifest_bytes_max: u64,
    /// All files together, in bytes.
    pub bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { manifest_bytes_max: 16 << 20, bytes_max: 4 << 40 }
    }
}

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// When the backup was made, as it says.
    pub made_at: String,
    /// How many files.
    pub files: usize,
    /// What `verify` says of the folder.
    pub checks: Vec<Check>,
}

const OPERATION: &str = "restore the backup";

/// Restores a backup into a folder that is empty or does not exist. It is unpacked beside it, every file is held
/// against its hash and the whole verified; only then it takes its place.
///
/// Who may write the folder may restore it: there is no one in it yet who could be asked for a right.
pub fn run(context: &Context, archive: &Path, data: &Path, limits: &Limits) -> Result<Outcome, AppError> {
    let refused = |why: String| AppError::Refused { operation: OPERATION, why };
    if fs::read_dir(data).is_ok_and(|mut items| items.next().is_some()) || data.is_file() {
        let why = format!("{} is not empty: choose a new folder with --data", data.display());
        return Err(refused(why));
    }
    let parent = data.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(AppError::file("make folder", parent))?;
    let place = tempfile::Builder::new().prefix(".forewarn-restore-").tempdir_in(parent);
    let place = place.map_err(AppError::file("make folder", parent))?;
    let manifest = unpack(archive, place.path(), limits).map_err(&refused)?;

    let workspace = Workspace::open_existing(place.path())?;
    let checks = integrity::run(&workspace, context)?;
    if let Some(broken) = checks.iter().find(|check| !check.holds) {
        return Err(refused(format!("{}: {}: {}", archive.display(), broken.what, broken.found)));
    }
    drop(workspace);
    if data.exists() {
        fs::remove_dir(data).map_err(AppError::file("replace folder", data))?;
    }
    let place = place.keep();
    fs::rename(&place, data).map_err(|error| {
        let _ = fs::remove_dir_all(&place);
        AppError::file("write folder", data)(error)
    })?;
    let mut workspace = Workspace::open_existing(data)?;
    workspace.note(context, "backup.restore", &archive.display().to_string(), &manifest.made_at)?;
    Ok(Outcome { made_at: manifest.made_at, files: manifest.files.len(), checks })
}

/// Unpacks what the manifest names, and holds each file against it.
fn unpack(archive: &Path, folder: &Path, limits: &Limits) -> Result<Manifest, String> {
    let wrong = |what: &str| format!("{}: {what}: use another backup", archive.display());
    let file = File::open(archive).map_err(|error| format!("{}: {error}", archive.display()))?;
    let decoder = zstd::Decoder::new(BufReader::new(file)).map_err(|_| wrong("not a backup"))?;
    let mut archive = tar::Archive::new(decoder);
    let mut items = archive.entries().map_err(|_| wrong("not a backup"))?;

    let first = items.next().and_then(Result::ok).ok_or_else(|| wrong("not a backup"))?;
    if first.path_bytes().as_ref() != MANIFEST.as_bytes() {
        return Err(wrong("it does not begin with a manifest"));
    }
    let mut told = Vec::new();
    first
        .take(limits.manifest_bytes_max + 1)
        .read_to_end(&mut told)
        .map_err(|error| wrong(&format!("its manifest cannot be read: {error}")))?;
    let manifest: Manifest = serde_json::from_slice(&told)
        .map_err(|error| wrong(&format!("its manifest cannot be read: {error}")))?;
    if manifest.format != FORMAT {
        return Err(wrong(&format!("format {:?}, expected {FORMAT:?}", manifest.format)));
    }
    let total: u64 = manifest.files.iter().fold(0, |sum, entry| sum.saturating_add(entry.bytes));
    if total > limits.bytes_max {
        return Err(wrong(&format!("{total} bytes, at most {} are unpacked", limits.bytes_max)));
    }

    let mut waiting: Vec<&Entry> = manifest.files.iter().rev().collect();
    for item in items {
        let item = item.map_err(|error| wrong(&format!("it is cut or changed: {error}")))?;
        let path = String::from_utf8_lossy(&item.path_bytes()).into_owned();
        let entry = waiting.pop().filter(|entry| entry.path == path && is_ours(&path));
        let entry = entry.ok_or_else(|| wrong(&format!("{path:?} is not what the manifest names next")))?;
        let target: PathBuf = folder.join(&entry.path);
        let hash = write(item, &target, entry.bytes)
            .map_err(|error| wrong(&format!("{path} is cut or changed: {error}")))?;
        if hash != entry.sha256 {
            return Err(wrong(&format!("{path} is not what its hash says")));
        }
    }
    match waiting.pop() {
        None => Ok(manifest),
        Some(missing) => Err(wrong(&format!("{} is missing", missing.path))),
    }
}

/// Writes a file of so many bytes, readable by its owner only; its SHA-256.
fn write(mut content: impl Read, path: &Path, bytes: u64) -> io::Result<String> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = BufWriter::new(options.open(path)?);
    let (mut hasher, mut buffer, mut written) = (Sha256::new(), vec![0; 1 << 16], 0);
    loop {
        let read = content.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        written += read as u64;
        if written > bytes {
            return Err(io::Error::other("longer than the manifest says"));
        }
        hasher.update(&buffer[..read]);
        file.write_all(&buffer[..read])?;
    }
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
