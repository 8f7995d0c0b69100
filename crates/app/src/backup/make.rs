//! Makes a backup while others read and write.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use forewarn_model::rights::Right;
use sha2::{Digest, Sha256};

use super::{Entry, FOLDERS, FORMAT, MANIFEST, Manifest};
use crate::{AppError, Context, Progress, Workspace};

/// How hard is compressed: 3 is Zstandard's default.
const LEVEL: i32 = 3;

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How many files are in it.
    pub files: usize,
    /// Their length, in bytes.
    pub bytes: u64,
    /// The length of the backup, in bytes.
    pub archive_bytes: u64,
}

/// Writes a backup into a new file, whole or not at all.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    out: &Path,
    progress: &dyn Progress,
) -> Result<Outcome, AppError> {
    context.require(Right::Operate)?;
    if out.exists() {
        let why = format!("{} exists: choose another name, or remove it first", out.display());
        return Err(AppError::Refused { operation: "make a backup", why });
    }
    progress.begin("copy the database", None);
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Beside the backup, so that a full disk is told before anything of the house is touched.
    let place = tempfile::Builder::new().prefix(".forewarn-backup-").tempdir_in(parent);
    let place = place.map_err(AppError::file("make folder", parent))?;
    let database = place.path().join(forewarn_store::FILE_NAME);
    workspace.store.copy_into(&database)?;
    let mut files = vec![(forewarn_store::FILE_NAME.to_owned(), database)];
    for folder in FOLDERS {
        files.extend(below(&workspace.folder().join(folder), folder)?);
    }
    progress.begin("pack", Some(files.len() as u64));
    let entries = files.iter().map(|(name, path)| entry(name, path)).collect::<Result<Vec<Entry>, _>>()?;
    let bytes = entries.iter().map(|entry| entry.bytes).sum();
    let manifest = Manifest { format: FORMAT.to_owned(), made_at: context.now.to_string(), files: entries };
    let archive = place.path().join("archive");
    let archive_bytes = pack(&archive, &manifest, &files, progress)?;
    fs::rename(&archive, out).map_err(AppError::file("write file", out))?;
    let told = format!("{} files, {bytes} bytes", files.len());
    workspace.note(context, "backup.make", &out.display().to_string(), &told)?;
    progress.end(&told);
    Ok(Outcome { files: files.len(), bytes, archive_bytes })
}

/// The files below a folder, by their name in the archive, in order. Links are not followed.
fn below(folder: &Path, name: &str) -> Result<Vec<(String, PathBuf)>, AppError> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for item in fs::read_dir(folder).map_err(AppError::file("read", folder))? {
        let item = item.map_err(AppError::file("read", folder))?;
        let kind = item.file_type().map_err(AppError::file("read", folder))?;
        let Ok(own) = item.file_name().into_string() else { continue };
        let name = format!("{name}/{own}");
        if kind.is_dir() {
            found.extend(below(&item.path(), &name)?);
        } else if kind.is_file() && !own.ends_with(".part") && super::is_ours(&name) {
            found.push((name, item.path()));
        }
    }
    found.sort();
    Ok(found)
}

fn entry(name: &str, path: &Path) -> Result<Entry, AppError> {
    let mut file = File::open(path).map_err(AppError::file("read", path))?;
    let (mut hasher, mut buffer, mut bytes) = (Sha256::new(), vec![0; 1 << 16], 0);
    loop {
        let read = file.read(&mut buffer).map_err(AppError::file("read", path))?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        bytes += read as u64;
    }
    let sha256 = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Entry { path: name.to_owned(), bytes, sha256 })
}

/// Writes the archive, readable by its owner only: it holds everything.
fn pack(
    path: &Path,
    manifest: &Manifest,
    files: &[(String, PathBuf)],
    progress: &dyn Progress,
) -> Result<u64, AppError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || -> io::Result<u64> {
        let encoder = zstd::Encoder::new(BufWriter::new(options.open(path)?), LEVEL)?;
        let mut archive = tar::Builder::new(encoder);
        let told = serde_json::to_vec_pretty(manifest)?;
        append(&mut archive, MANIFEST, told.len() as u64, &told[..])?;
        for (at, ((name, path), entry)) in files.iter().zip(&manifest.files).enumerate() {
            // A file that grew meanwhile is taken at the length that was hashed.
            append(&mut archive, name, entry.bytes, File::open(path)?.take(entry.bytes))?;
            progress.at(at as u64 + 1);
        }
        let mut file = archive.into_inner()?.finish()?;
        file.flush()?;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(file.metadata()?.len())
    };
    write().map_err(AppError::file("write file", path))
}

fn append(
    archive: &mut tar::Builder<impl Write>,
    name: &str,
    bytes: u64,
    content: impl Read,
) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    archive.append_data(&mut header, name, content)
}
