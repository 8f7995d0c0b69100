//! What a batch keeps on disk while it is compared: the texts, and the columns that are carried along. Both
//! files have no name, so that nothing is left of them however the program ends.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// Records on disk: written one after the other, then read in any order.
pub(super) struct Spill {
    out: Option<BufWriter<File>>,
    at: u64,
    /// Where each record starts, and where the last one ends.
    starts: Vec<u64>,
}

/// The records of a spill, for reading.
pub(super) struct Spilled {
    file: BufReader<File>,
    at: u64,
    starts: Vec<u64>,
}

const BUFFER_BYTES: usize = 1 << 16;

impl Spill {
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        let out = BufWriter::with_capacity(BUFFER_BYTES, tempfile::tempfile_in(folder)?);
        Ok(Self { out: Some(out), at: 0, starts: vec![0] })
    }

    pub(super) fn push(&mut self, record: &[u8]) -> io::Result<()> {
        if let Some(out) = &mut self.out {
            out.write_all(record)?;
        }
        self.at += record.len() as u64;
        self.starts.push(self.at);
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<Spilled> {
        let ended = || io::Error::other("the records were read already");
        let out = self.out.take().ok_or_else(ended)?;
        let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(Spilled { file: BufReader::with_capacity(BUFFER_BYTES, file), at: 0, starts: self.starts })
    }
}

impl Spilled {
    /// How many bytes a record has.
    pub(super) fn len(&self, record: u32) -> u64 {
        let at = record as usize;
        self.starts[at + 1] - self.starts[at]
    }

    /// Reads a record; quickest in the order in which they were written.
    pub(super) fn read(&mut self, record: u32) -> io::Result<Vec<u8>> {
        let start = self.starts[record as usize];
        self.file.seek_relative(start as i64 - self.at as i64)?;
        let mut bytes = vec![0; self.len(record) as usize];
        self.file.read_exact(&mut bytes)?;
        self.at = start + bytes.len() as u64;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_records_in_any_order() {
        let folder = tempfile::tempdir().unwrap();
        let mut spill = Spill::new(folder.path()).unwrap();
        let records: Vec<Vec<u8>> =
            (0..500_u32).map(|n| n.to_string().repeat(n as usize).into_bytes()).collect();
        records.iter().for_each(|record| spill.push(record).unwrap());
        let mut spilled = spill.finish().unwrap();
        for n in 0..500 {
            let at = n * 373 % 500;
            assert_eq!(spilled.read(at).unwrap(), records[at as usize]);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
