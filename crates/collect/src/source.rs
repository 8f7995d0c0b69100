//! Where the bytes of an input come from.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// An input: a stream, which is read once from its start; or a file or bytes in memory, which can be read
/// from any place, as Parquet must be.
pub struct Source<'a>(pub(crate) Kind<'a>);

pub(crate) enum Kind<'a> {
    Stream(Box<dyn Read + Send + 'a>),
    File(File),
    Memory(Vec<u8>),
}

impl<'a> Source<'a> {
    /// An input that is read once: standard input, a pipe, a socket.
    pub fn stream(inner: impl Read + Send + 'a) -> Self {
        Self(Kind::Stream(Box::new(inner)))
    }

    /// An open file. What is no regular file (a named pipe) is read as a stream.
    pub fn file(file: File) -> Self {
        match file.metadata() {
            Ok(meta) if meta.is_file() => Self(Kind::File(file)),
            _ => Self::stream(file),
        }
    }

    /// Bytes that are in memory already.
    pub fn memory(bytes: Vec<u8>) -> Self {
        Self(Kind::Memory(bytes))
    }

    /// Whether it can be read from any place and begins with the mark of Parquet.
    pub(crate) fn is_parquet(&mut self) -> io::Result<bool> {
        match &mut self.0 {
            Kind::Stream(_) => Ok(false),
            Kind::Memory(bytes) => Ok(bytes.starts_with(PARQUET)),
            Kind::File(file) => {
                let mut start = Vec::new();
                file.by_ref().take(PARQUET.len() as u64).read_to_end(&mut start)?;
                file.seek(SeekFrom::Start(0))?;
                Ok(start == PARQUET)
            }
        }
    }

    /// The bytes from the start.
    pub(crate) fn into_read(self) -> Box<dyn Read + Send + 'a> {
        match self.0 {
            Kind::Stream(inner) => inner,
            Kind::File(file) => Box::new(file),
            Kind::Memory(bytes) => Box::new(io::Cursor::new(bytes)),
        }
    }
}

/// The first four bytes of a Parquet file (Apache Parquet format, "File format").
pub(crate) const PARQUET: &[u8] = b"PAR1";
