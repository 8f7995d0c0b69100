//! Writing a file wholly or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Read, Write};
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

/// A file that is written piece by piece and takes its place when it is whole: until then a reader sees the
/// old one, and if it is dropped before, nothing is left of it.
#[derive(Debug)]
pub struct Replacement {
    file: Option<BufWriter<File>>,
    path: PathBuf,
}

impl Replacement {
    /// Begins a file.
    pub fn begin(path: &Path) -> Result<Self, AppError> {
        let file = File::create(neighbour(path)).map_err(AppError::file("write file", path))?;
        Ok(Self { file: Some(BufWriter::with_capacity(1 << 16, file)), path: path.to_owned() })
    }

    /// Puts it in its place.
    pub fn finish(mut self) -> Result<(), AppError> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let attempt = || -> std::io::Result<()> {
            file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
            fs::rename(neighbour(&self.path), &self.path)
        };
        attempt().map_err(|error| {
            let _ = fs::remove_file(neighbour(&self.path));
            AppError::file("write file", &self.path)(error)
        })
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // Of no use to anyone; if it cannot be removed, the next attempt writes over it.
            let _ = fs::remove_file(neighbour(&self.path));
        }
    }
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
