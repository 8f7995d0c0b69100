//! Writing a file wholly or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::AppError;

/// Writes a file through a neighbour that is renamed into place, so that a reader never sees half of it
/// and a full disk leaves the old one.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    write(path, bytes, OpenOptions::new().write(true).create(true).truncate(true))
}

/// The same, readable and writable by its owner only.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    write(path, bytes, &options)
}

/// Reads a text of at most `bytes_max` bytes.
pub fn read_text(path: &Path, bytes_max: u64) -> Result<String, AppError> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(bytes_max + 1).read_to_string(&mut text));
    read.map_err(AppError::file("read", path))?;
    if text.len() as u64 > bytes_max {
        let why = format!("{} is longer than {bytes_max} bytes", path.display());
        return Err(AppError::Refused { operation: "read a file", why });
    }
    Ok(text)
}

/// Makes a folder and those above it.
pub fn make_folder(path: &Path) -> Result<(), AppError> {
    fs::create_dir_all(path).map_err(AppError::file("make folder", path))
}

fn write(path: &Path, bytes: &[u8], options: &OpenOptions) -> Result<(), AppError> {
    let neighbour = neighbour(path);
    let attempt = || -> std::io::Result<()> {
        let mut file: File = options.open(&neighbour)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&neighbour, path)
    };
    attempt().map_err(|error| {
        // What is left of the attempt is of no use; if it cannot be removed, the error below says enough.
        let _ = fs::remove_file(&neighbour);
        AppError::file("write file", path)(error)
    })
}

fn neighbour(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_whole_files_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        for text in ["first", "second"] {
            write_whole(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let error = write_whole(&folder.path().join("none/a.json"), b"x").unwrap_err().to_string();
        assert!(error.starts_with("write file"), "{error}");
    }
}
