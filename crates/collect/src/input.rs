//! The bytes of an input: decompressed, counted, and cut off when they become too many.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use crate::format::Compression;
use crate::limits::Limits;

/// Why an input could not be read to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Cut {
    #[error("it becomes larger than {0} bytes")]
    TooLarge(u64),
    #[error("it becomes more than {0} times larger when decompressed")]
    Bomb(u64),
}

/// The name and remedy of what ended an input.
pub(crate) fn explain(error: &io::Error) -> (&'static str, String, &'static str) {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Cut>()) {
        Some(cut @ Cut::TooLarge(_)) => {
            ("input-too-large", cut.to_string(), "split the input, or raise the limit input_bytes_max")
        }
        Some(cut @ Cut::Bomb(_)) => (
            "decompression-bomb",
            cut.to_string(),
            "do not trust this file; if you know that it is sound, decompress it yourself first",
        ),
        None if error.kind() == io::ErrorKind::UnexpectedEof => (
            "input-truncated",
            "it ends in the middle of its compressed data".to_owned(),
            "fetch the file again; what was read before is kept",
        ),
        None => (
            "input-unreadable",
            error.to_string(),
            "check the file and the disk, then run again; what was read before is kept",
        ),
    }
}

/// Counts the bytes that came in, for progress and for the ratio.
pub(crate) struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Decompressed bytes, with an error once they pass a limit.
pub(crate) struct Input<'a> {
    inner: Box<dyn BufRead + Send + 'a>,
    compressed: Arc<AtomicU64>,
    is_compressed: bool,
    out: u64,
    limits: Limits,
}

/// Opens an input: looks at its first bytes, and decompresses if they say so.
pub(crate) fn open<'a, R: Read + Send + 'a>(
    input: R,
    limits: &Limits,
    count: Arc<AtomicU64>,
) -> io::Result<Input<'a>> {
    let mut counted = Counted { inner: input, count: Arc::clone(&count) };
    let mut start = [0; 4];
    let mut filled = 0;
    while filled < start.len() {
        match counted.read(&mut start[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let compression = Compression::of_start(&start[..filled]);
    let whole = BufReader::with_capacity(64 << 10, Cursor::new(start[..filled].to_vec()).chain(counted));
    let inner: Box<dyn BufRead + Send + 'a> = match compression {
        Compression::None => Box::new(whole),
        Compression::Gzip => Box::new(BufReader::with_capacity(64 << 10, MultiGzDecoder::new(whole))),
        Compression::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(whole)?;
            decoder.window_log_max(limits.zstd_window_log_max)?;
            Box::new(BufReader::with_capacity(64 << 10, decoder))
        }
    };
    let is_compressed = compression != Compression::None;
    Ok(Input { inner, compressed: count, is_compressed, out: 0, limits: limits.clone() })
}

impl Read for Input<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.out += read as u64;
        let limits = &self.limits;
        if self.out > limits.input_bytes_max {
            return Err(io::Error::other(Cut::TooLarge(limits.input_bytes_max)));
        }
        let compressed = self.compressed.load(Ordering::Relaxed);
        let grown = self.out / compressed.max(1);
        if self.is_compressed && self.out > limits.ratio_grace_bytes && grown > limits.ratio_max {
            return Err(io::Error::other(Cut::Bomb(limits.ratio_max)));
        }
        Ok(read)
    }
}
