//! Records of a Parquet file, by row group and in bounded memory: of each column that is asked for, one page
//! and a few rows are held at a time.
//!
//! The `parquet` crate decodes; this room hands it nothing that would make it allocate without a bound: the
//! sizes that a file states for its footer and its pages are checked before they are believed.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use forewarn_model::{Date, Timestamp};
use parquet::basic::{Compression, ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl, get_column_reader};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::schema::types::ColumnDescPtr;

use crate::limits::Limits;
use crate::value::Value;

/// How many rows of a column are decoded at a time: few, since one text may be large.
const BATCH_ROWS: usize = 64;

/// A cell: texts stay as bytes, uncopied, until their row is wanted.
#[derive(Debug)]
pub(crate) enum Cell {
    Text(ByteArray),
    Value(Value),
}

/// The cells of a row; none where the file has null.
pub(crate) type Cells = Vec<Option<Cell>>;

pub(crate) struct ParquetRows {
    bytes: Arc<Backing>,
    meta: Arc<ParquetMetaData>,
    /// The leaves that are read.
    leaves: Vec<usize>,
    group_next: usize,
    columns: Vec<Column>,
    rows_left: u64,
    row: u64,
    limits: Limits,
    count: Arc<AtomicU64>,
}

/// Where the bytes are.
pub(crate) enum Backing {
    File(File),
    Memory(Bytes),
}

struct Column {
    descr: ColumnDescPtr,
    reader: ColumnReader,
    cells: VecDeque<Option<Cell>>,
}

impl ParquetRows {
    /// Reads the footer. `count` receives how many bytes were read.
    pub(crate) fn open(bytes: Backing, limits: &Limits, count: Arc<AtomicU64>) -> Result<Self, String> {
        let bytes = Arc::new(bytes);
        let footer = Guarded { bytes: Arc::clone(&bytes), page: None, count: Arc::clone(&count) };
        let len = footer.len();
        let tail = footer.tail(len).map_err(|error| error.to_string())?;
        let stated = u64::from(u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]));
        if &tail[4..] != crate::source::PARQUET {
            return Err("it does not end as a Parquet file does; it may be cut off".to_owned());
        }
        if stated > limits.parquet_footer_bytes_max {
            let max = limits.parquet_footer_bytes_max;
            return Err(format!("a footer of {stated} bytes, above the limit of {max}"));
        }
        let meta = ParquetMetaDataReader::new().parse_and_finish(&footer).map_err(|error| told(&error))?;
        check_ranges(&meta, len)?;
        Ok(Self {
            bytes,
            meta: Arc::new(meta),
            leaves: Vec::new(),
            group_next: 0,
            columns: Vec::new(),
            rows_left: 0,
            row: 0,
            limits: limits.clone(),
            count,
        })
    }

    /// The columns that can be read, with their places: those with one value a row. Fields of a struct are
    /// named with dots.
    pub(crate) fn names(&self) -> Vec<(usize, String)> {
        let schema = self.meta.file_metadata().schema_descr();
        let columns = schema.columns().iter().enumerate();
        columns.filter(|(_, c)| c.max_rep_level() == 0).map(|(at, c)| (at, c.path().string())).collect()
    }

    /// The columns to read; a row has one cell for each, in this order.
    pub(crate) fn select(&mut self, leaves: Vec<usize>) {
        self.leaves = leaves;
    }

    /// The next row with its number from 1; none at the end. An error ends the reading.
    pub(crate) fn next(&mut self) -> Result<Option<(u64, Cells)>, String> {
        while self.rows_left == 0 {
            if self.group_next == self.meta.num_row_groups() {
                return Ok(None);
            }
            self.open_group().map_err(|error| told(&error))?;
        }
        let mut cells = Vec::with_capacity(self.columns.len());
        for column in &mut self.columns {
            if column.cells.is_empty() {
                let rows = BATCH_ROWS.min(usize::try_from(self.rows_left).unwrap_or(BATCH_ROWS));
                column.fill(rows).map_err(|error| told(&error))?;
            }
            let Some(cell) = column.cells.pop_front() else {
                return Err(format!("column {} ends before its row group", column.descr.path()));
            };
            cells.push(cell);
        }
        self.rows_left -= 1;
        self.row += 1;
        Ok(Some((self.row, cells)))
    }

    fn open_group(&mut self) -> Result<(), ParquetError> {
        let group = self.meta.row_group(self.group_next);
        self.group_next += 1;
        self.rows_left = u64::try_from(group.num_rows()).unwrap_or(0);
        self.columns.clear();
        for &leaf in &self.leaves {
            let chunk = group.column(leaf);
            let page = Page {
                bytes_max: self.limits.parquet_page_bytes_max,
                gzip: matches!(chunk.compression(), Compression::GZIP(_)),
                packed_from: AtomicUsize::new(0),
            };
            let bytes =
                Guarded { bytes: Arc::clone(&self.bytes), page: Some(page), count: Arc::clone(&self.count) };
            let rows = usize::try_from(self.rows_left).unwrap_or(usize::MAX);
            let pages = SerializedPageReader::new(Arc::new(bytes), chunk, rows, None)?;
            let descr = chunk.column_descr_ptr();
            let reader = get_column_reader(Arc::clone(&descr), Box::new(pages));
            self.columns.push(Column { descr, reader, cells: VecDeque::new() });
        }
        Ok(())
    }
}

impl Column {
    fn fill(&mut self, rows: usize) -> Result<(), ParquetError> {
        let descr = &self.descr;
        let cells = &mut self.cells;
        let value = |value: Option<Value>| value.map(Cell::Value);
        match &mut self.reader {
            ColumnReader::BoolColumnReader(r) => {
                fill(r, descr, rows, cells, |&x| value(Some(Value::Bool(x))))
            }
            ColumnReader::Int32ColumnReader(r) => fill(r, descr, rows, cells, |&x| value(int32(descr, x))),
            ColumnReader::Int64ColumnReader(r) => fill(r, descr, rows, cells, |&x| value(int64(descr, x))),
            ColumnReader::Int96ColumnReader(r) => fill(r, descr, rows, cells, |x| value(int96(x.data()))),
            ColumnReader::FloatColumnReader(r) => {
                let shown = |x: f32| x.is_finite().then(|| Value::Number(x.to_string()));
                fill(r, descr, rows, cells, |&x| value(shown(x)))
            }
            ColumnReader::DoubleColumnReader(r) => fill(r, descr, rows, cells, |&x| value(Value::of_f64(x))),
            ColumnReader::ByteArrayColumnReader(r) => {
                let is_number = descr.converted_type() == ConvertedType::DECIMAL;
                fill(r, descr, rows, cells, |x| (!is_number).then(|| Cell::Text(x.clone())))
            }
            ColumnReader::FixedLenByteArrayColumnReader(r) => {
                fill(r, descr, rows, cells, |x| value(fixed(descr, x.data())))
            }
        }
    }
}

fn fill<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    descr: &ColumnDescPtr,
    rows: usize,
    cells: &mut VecDeque<Option<Cell>>,
    convert: impl Fn(&T::T) -> Option<Cell>,
) -> Result<(), ParquetError> {
    let mut values: Vec<T::T> = Vec::with_capacity(rows);
    let mut levels: Vec<i16> = Vec::with_capacity(rows);
    reader.read_records(rows, Some(&mut levels), None, &mut values)?;
    let mut values = values.iter();
    if descr.max_def_level() == 0 {
        cells.extend(values.map(convert));
        return Ok(());
    }
    for level in levels {
        let present = level == descr.max_def_level();
        cells.push_back(if present { values.next().and_then(&convert) } else { None });
    }
    Ok(())
}

fn int32(descr: &ColumnDescPtr, x: i32) -> Option<Value> {
    match descr.converted_type() {
        ConvertedType::DATE => day(i64::from(x)),
        ConvertedType::DECIMAL => decimal(descr, i64::from(x)),
        ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 => {
            Some(Value::Number(x.cast_unsigned().to_string()))
        }
        _ => Some(Value::Number(x.to_string())),
    }
}

fn int64(descr: &ColumnDescPtr, x: i64) -> Option<Value> {
    if let Some(LogicalType::Timestamp(stamp)) = descr.logical_type_ref() {
        let read = match stamp.unit {
            TimeUnit::MILLIS => Timestamp::from_millisecond(x),
            TimeUnit::MICROS => Timestamp::from_microsecond(x),
            TimeUnit::NANOS => Timestamp::from_nanosecond(i128::from(x)),
        };
        return read.ok().map(|at| Value::Text(at.to_string()));
    }
    match descr.converted_type() {
        ConvertedType::TIMESTAMP_MILLIS => instant(Timestamp::from_millisecond(x).ok()),
        ConvertedType::TIMESTAMP_MICROS => instant(Timestamp::from_microsecond(x).ok()),
        ConvertedType::DECIMAL => decimal(descr, x),
        ConvertedType::UINT_64 => Some(Value::Number(x.cast_unsigned().to_string())),
        _ => Some(Value::Number(x.to_string())),
    }
}

/// Nanoseconds of a day and a Julian day number, as old writers write instants.
fn int96(words: &[u32]) -> Option<Value> {
    const UNIX_EPOCH_JULIAN_DAY: i64 = 2_440_588;
    let [low, high, day] = words else { return None };
    let nanos = (i128::from(*high) << 32) | i128::from(*low);
    let days = i128::from(i64::from(*day) - UNIX_EPOCH_JULIAN_DAY);
    instant(Timestamp::from_nanosecond(days * 86_400 * 1_000_000_000 + nanos).ok())
}

fn instant(at: Option<Timestamp>) -> Option<Value> {
    at.map(|at| Value::Text(at.to_string()))
}

/// A day counted from 1 January 1970.
fn day(days: i64) -> Option<Value> {
    let at = Timestamp::from_second(days.checked_mul(86_400)?).ok()?;
    let text = at.to_string();
    let day: Date = text.get(..text.find('T')?)?.parse().ok()?;
    Some(Value::Text(day.to_string()))
}

/// An unscaled number with its scale; an absurd scale has no value.
fn decimal(descr: &ColumnDescPtr, unscaled: i64) -> Option<Value> {
    let scale = usize::try_from(descr.type_scale()).ok().filter(|&scale| scale <= 38)?;
    let digits = format!("{:0>width$}", unscaled.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale);
    let sign = if unscaled < 0 { "-" } else { "" };
    let dot = if scale == 0 { "" } else { "." };
    Some(Value::Number(format!("{sign}{whole}{dot}{fraction}")))
}

/// A UUID in its usual form; other fixed bytes as hexadecimal.
fn fixed(descr: &ColumnDescPtr, bytes: &[u8]) -> Option<Value> {
    if descr.converted_type() == ConvertedType::DECIMAL || bytes.len() > 256 {
        return None;
    }
    let mut text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    if matches!(descr.logical_type_ref(), Some(LogicalType::Uuid)) && bytes.len() == 16 {
        for at in [20, 16, 12, 8] {
            text.insert(at, '-');
        }
    }
    Some(Value::Text(text))
}

/// What the `parquet` crate says, without its prefix and in one line.
fn told(error: &ParquetError) -> String {
    let text = match error {
        ParquetError::General(text) | ParquetError::EOF(text) | ParquetError::NYI(text) => text.clone(),
        ParquetError::External(inner) => inner.to_string(),
        other => other.to_string(),
    };
    text.replace('\n', " ")
}

/// Column chunks must lie within the file: the decoder would not look.
fn check_ranges(meta: &ParquetMetaData, len: u64) -> Result<(), String> {
    let fits = |chunk: &ColumnChunkMetaData| {
        let start = chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset());
        let bounds = (u64::try_from(start), u64::try_from(chunk.compressed_size()));
        matches!(bounds, (Ok(start), Ok(size)) if start.checked_add(size).is_some_and(|end| end <= len))
    };
    for (at, group) in meta.row_groups().iter().enumerate() {
        if group.num_rows() < 0 || !group.columns().iter().all(fits) {
            return Err(format!("row group {at} does not lie within the file; it may be cut off"));
        }
    }
    Ok(())
}

/// Bytes of a file whose pages are measured before they are decoded.
struct Guarded {
    bytes: Arc<Backing>,
    /// None while the footer is read.
    page: Option<Page>,
    count: Arc<AtomicU64>,
}

/// How the pages of a column chunk are measured.
struct Page {
    bytes_max: usize,
    /// Whether the decoder would decompress without regard to the size that the page states.
    gzip: bool,
    /// Where in the current page the compressed part starts.
    packed_from: AtomicUsize,
}

impl Guarded {
    fn read_at(&self, start: u64) -> io::Result<Box<dyn BufRead + Send>> {
        Ok(match &*self.bytes {
            Backing::Memory(bytes) => {
                let rest = usize::try_from(start).ok().filter(|&start| start <= bytes.len());
                Box::new(Cursor::new(rest.map_or(Bytes::new(), |start| bytes.slice(start..))))
            }
            Backing::File(file) => {
                let mut file = file.try_clone()?;
                file.seek(SeekFrom::Start(start))?;
                Box::new(BufReader::new(file))
            }
        })
    }

    /// The length of the footer and the mark, at the end of the file.
    fn tail(&self, len: u64) -> io::Result<[u8; 8]> {
        let mut tail = [0; 8];
        // Four bytes of mark at the start, and eight at the end.
        if len < 12 {
            return Err(io::Error::other("it is too short for a Parquet file; it may be cut off"));
        }
        self.read_at(len - 8)?.read_exact(&mut tail)?;
        Ok(tail)
    }
}

impl Page {
    fn check(&self, bytes: u64) -> Result<(), ParquetError> {
        let max = self.bytes_max as u64;
        if bytes <= max {
            return Ok(());
        }
        Err(ParquetError::General(format!("a page of at least {bytes} bytes, above the limit of {max}")))
    }
}

impl Length for Guarded {
    fn len(&self) -> u64 {
        match &*self.bytes {
            Backing::File(file) => file.metadata().map_or(0, |meta| meta.len()),
            Backing::Memory(bytes) => bytes.len() as u64,
        }
    }
}

impl ChunkReader for Guarded {
    type T = Box<dyn BufRead + Send>;

    /// The decoder asks for this where the header of a page starts.
    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        let mut read = self.read_at(start)?;
        if let Some(page) = &self.page {
            let header = PageHeader::parse(read.fill_buf()?);
            page.check(header.bytes_max)?;
            page.packed_from.store(header.packed_from.unwrap_or(usize::MAX), Ordering::Relaxed);
        }
        Ok(read)
    }

    /// The decoder asks for this where the data of a page starts.
    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        if let Some(page) = &self.page {
            page.check(length as u64)?;
        }
        let mut bytes = Vec::new();
        self.read_at(start)?.take(length as u64).read_to_end(&mut bytes)?;
        self.count.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        if bytes.len() < length {
            return Err(ParquetError::EOF("it ends in the middle of a page".to_owned()));
        }
        if let Some(page) = self.page.as_ref().filter(|page| page.gzip) {
            let packed = bytes.get(page.packed_from.load(Ordering::Relaxed)..).unwrap_or_default();
            if !packed.is_empty() {
                let mut unpacked = MultiGzDecoder::new(packed).take(page.bytes_max as u64 + 1);
                page.check(io::copy(&mut unpacked, &mut io::sink())?)?;
            }
        }
        Ok(bytes.into())
    }
}

/// What is looked at of a page's header before the decoder is trusted with it.
#[derive(Debug, PartialEq, Eq)]
struct PageHeader {
    /// The larger of the two sizes that it states, in bytes; zero if it is not of the usual form, which the
    /// decoder then says itself.
    bytes_max: u64,
    /// Where in the page the compressed part starts; none if the page says that it is not compressed.
    packed_from: Option<usize>,
}

impl PageHeader {
    /// Reads the first fields in Thrift's compact protocol (Apache Parquet format, `PageHeader`): type,
    /// sizes, a checksum perhaps, and of a page of version 2 the lengths of the levels, which are never
    /// compressed and stand before what is.
    fn parse(header: &[u8]) -> Self {
        const NEXT_I32: u8 = 0x15;
        /// Field 8, a struct, after field 3 and after field 4.
        const VERSION_2: [u8; 2] = [0x5c, 0x4c];
        const NEXT_FALSE: u8 = 0x12;
        let mut rest = header;
        let mut next = || match rest.split_first() {
            Some((&NEXT_I32, after)) => {
                let (number, after) = zigzag(after);
                rest = after;
                Ok(number)
            }
            Some((&other, after)) => {
                rest = after;
                Err(other)
            }
            None => Err(0),
        };
        let plain = |bytes_max| Self { bytes_max, packed_from: Some(0) };
        let (Ok(_), Ok(unpacked), Ok(packed)) = (next(), next(), next()) else { return plain(0) };
        let bytes_max = unpacked.max(packed);
        let mut after = next();
        if after.is_ok() {
            after = next();
        }
        if !matches!(after, Err(field) if VERSION_2.contains(&field)) {
            return plain(bytes_max);
        }
        // Values, nulls, rows, encoding; then the two lengths.
        let levels = (0..6).map(|_| next().unwrap_or(0)).skip(4).sum::<u64>();
        if next() == Err(NEXT_FALSE) {
            return Self { bytes_max, packed_from: None };
        }
        Self { bytes_max, packed_from: Some(usize::try_from(levels).unwrap_or(usize::MAX)) }
    }
}

/// A 32-bit number of Thrift's compact protocol, and what follows it. A negative one counts as zero: the
/// decoder refuses it.
fn zigzag(bytes: &[u8]) -> (u64, &[u8]) {
    let mut rest = bytes;
    let mut number = 0_u64;
    for place in 0..5 {
        let Some((&byte, after)) = rest.split_first() else { break };
        rest = after;
        number |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            break;
        }
    }
    (if number & 1 == 0 { number >> 1 } else { 0 }, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &[u8], bytes_max: u64, packed_from: Option<usize>) {
        assert_eq!(PageHeader::parse(header), PageHeader { bytes_max, packed_from }, "{header:?}");
    }

    #[test]
    fn reads_what_a_page_states() {
        check(&[0x15, 0, 0x15, 0x80, 0x02, 0x15, 0x10, 0x2c], 128, Some(0));
        check(&[0x15, 0, 0x15, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0x15, 2, 0x15, 8, 0x1c], 0x7fff_ffff, Some(0));
        let version_2 =
            [0x15, 6, 0x15, 40, 0x15, 20, 0x5c, 0x15, 2, 0x15, 0, 0x15, 2, 0x15, 0, 0x15, 6, 0x15, 4];
        check(&version_2, 20, Some(5));
        check(&[&version_2[..], &[0x12]].concat(), 20, None);
        check(&[&version_2[..], &[0x11]].concat(), 20, Some(5));
        check(&[0x15, 0, 0x15], 0, Some(0));
        check(&[], 0, Some(0));
    }
}
