//! Where results go: a file that appears only when it is complete, or a stream; compressed by its name.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::write::GzEncoder;

use crate::AppError;

/// A place for results.
pub struct Output {
    encoder: Encoder,
    whole: Option<Whole>,
}

/// A file that is written beside its place and moved there at the end.
struct Whole {
    beside: PathBuf,
    path: PathBuf,
    done: bool,
}

enum Encoder {
    Plain(Box<dyn Write + Send>),
    Gzip(GzEncoder<Box<dyn Write + Send>>),
    Zstd(zstd::stream::write::Encoder<'static, Box<dyn Write + Send>>),
}

/// Levels that cost little against the checking itself.
const GZIP_LEVEL: u32 = 3;
const ZSTD_LEVEL: i32 = 3;

const BUFFER_BYTES: usize = 64 << 10;

impl Output {
    /// Standard output or another stream; never compressed.
    pub fn stream(inner: impl Write + Send + 'static) -> Self {
        Self { encoder: Encoder::Plain(Box::new(inner)), whole: None }
    }

    /// A file, compressed if its name ends in `.gz` or `.zst`. A file that is there keeps its content until
    /// [`Output::finish`]. What is no regular file (a device, a named pipe) is written to as it is. It must
    /// not be the `input`.
    pub fn file(path: &Path, input: Option<&Path>) -> Result<Self, AppError> {
        // A link stays a link: what it points to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let meta = fs::metadata(&target).ok();
        if meta.as_ref().is_some_and(fs::Metadata::is_dir) {
            let why = format!("{} is a folder: name a file in it", path.display());
            return Err(AppError::Refused { operation: "write results", why });
        }
        if let Some(input) = input
            && same_file(&target, input)
        {
            let why = format!("{} is the input too: name another file", path.display());
            return Err(AppError::Refused { operation: "write results", why });
        }
        if meta.is_some_and(|meta| !meta.is_file()) {
            let file = fs::OpenOptions::new().write(true).open(&target);
            let file = file.map_err(AppError::file("open", path))?;
            return Ok(Self { encoder: encoder(path, file)?, whole: None });
        }
        let beside = beside(&target);
        let file = File::create(&beside).map_err(AppError::file("make file for results", &beside))?;
        let whole = Whole { beside, path: target, done: false };
        Ok(Self { encoder: encoder(path, file)?, whole: Some(whole) })
    }

    /// The unfinished file, for who must remove it when the process is ended from outside.
    pub fn unfinished(&self) -> Option<&Path> {
        self.whole.as_ref().map(|whole| whole.beside.as_path())
    }

    /// Ends the compression and puts the file in its place. Without this, the file is removed.
    pub fn finish(mut self) -> Result<(), AppError> {
        let path = self.whole.as_ref().map_or_else(|| PathBuf::from("-"), |whole| whole.path.clone());
        let ended = match self.encoder {
            Encoder::Plain(out) => Ok(out),
            Encoder::Gzip(encoder) => encoder.finish(),
            Encoder::Zstd(encoder) => encoder.finish(),
        };
        let flushed = ended.and_then(|mut out| out.flush());
        match (flushed, &mut self.whole) {
            (Err(error), None) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            (Ok(()), Some(whole)) => whole.put(),
            (flushed, _) => flushed,
        }
        .map_err(AppError::file("write file", &path))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.encoder {
            Encoder::Plain(out) => out.write(bytes),
            Encoder::Gzip(out) => out.write(bytes),
            Encoder::Zstd(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.encoder {
            Encoder::Plain(out) => out.flush(),
            // Compressed output is flushed at its end: each flush before costs size.
            Encoder::Gzip(_) | Encoder::Zstd(_) => Ok(()),
        }
    }
}

impl Whole {
    fn put(&mut self) -> io::Result<()> {
        File::open(&self.beside)?.sync_all()?;
        fs::rename(&self.beside, &self.path)?;
        self.done = true;
        Ok(())
    }
}

impl Drop for Whole {
    fn drop(&mut self) {
        if !self.done {
            // Half a file is of no use; if it cannot be removed, the error that came before says enough.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

fn encoder(path: &Path, file: File) -> Result<Encoder, AppError> {
    let out: Box<dyn Write + Send> = Box::new(BufWriter::with_capacity(BUFFER_BYTES, file));
    let name = path.to_string_lossy().to_ascii_lowercase();
    if name.ends_with(".gz") || name.ends_with(".gzip") {
        return Ok(Encoder::Gzip(GzEncoder::new(out, flate2::Compression::new(GZIP_LEVEL))));
    }
    if name.ends_with(".zst") || name.ends_with(".zstd") {
        let encoder = zstd::stream::write::Encoder::new(out, ZSTD_LEVEL);
        return Ok(Encoder::Zstd(encoder.map_err(AppError::file("compress", path))?));
    }
    Ok(Encoder::Plain(out))
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    path.with_file_name(name)
}

/// Whether two paths name one file, also by links.
fn same_file(a: &Path, b: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let identity = |path| fs::metadata(path).map(|meta| (meta.dev(), meta.ino())).ok();
        identity(a).is_some() && identity(a) == identity(b)
    }
    #[cfg(not(unix))]
    {
        matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_file_appears_when_it_is_complete_and_not_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        fs::write(&path, "old").unwrap();
        let mut output = Output::file(&path, None).unwrap();
        output.write_all(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        drop(output);
        assert_eq!((fs::read(&path).unwrap(), names(folder.path()).len()), (b"old".to_vec(), 1));
        let mut output = Output::file(&path, None).unwrap();
        output.write_all(b"new").unwrap();
        output.finish().unwrap();
        assert_eq!((fs::read(&path).unwrap(), names(folder.path()).len()), (b"new".to_vec(), 1));
    }

    #[test]
    fn names_tell_the_compression() {
        let folder = tempfile::tempdir().unwrap();
        for (name, magic) in
            [("a.jsonl.gz", [0x1f, 0x8b]), ("a.jsonl.ZST", [0x28, 0xb5]), ("a.jsonl", *b"{}")]
        {
            let path = folder.path().join(name);
            let mut output = Output::file(&path, None).unwrap();
            output.write_all(b"{}\n").unwrap();
            output.finish().unwrap();
            assert!(fs::read(&path).unwrap().starts_with(&magic), "{name}");
        }
    }

    #[test]
    fn refuses_the_input_and_folders() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("in.jsonl");
        fs::write(&path, "x").unwrap();
        let told = |path: &Path, input: Option<&Path>| Output::file(path, input).err().unwrap().to_string();
        assert!(told(&path, Some(&path)).contains("is the input too"));
        let link = folder.path().join("link.jsonl");
        fs::hard_link(&path, &link).unwrap();
        assert!(told(&link, Some(&path)).contains("is the input too"));
        assert!(told(folder.path(), None).contains("is a folder"));
        assert!(told(&folder.path().join("none/a.jsonl"), None).contains("make file"));
    }
}
