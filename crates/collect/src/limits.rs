//! How much is read before it is refused.

/// Limits of reading. Each has a default that ordinary input never meets.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// The whole input after decompression, in bytes.
    pub input_bytes_max: u64,
    /// How many times larger than its compressed form an input may become, after the first
    /// `ratio_grace_bytes`.
    pub ratio_max: u64,
    /// How many decompressed bytes are read before `ratio_max` counts.
    pub ratio_grace_bytes: u64,
    /// One line, in bytes; a longer one is refused and passed over.
    pub line_bytes_max: usize,
    /// One record (its lines together; a whole plain text), in bytes.
    pub record_bytes_max: usize,
    /// How many lines one CSV record may span.
    pub record_lines_max: usize,
    /// How many columns a table may have.
    pub columns_max: usize,
    /// How deep a JSON value may nest.
    pub json_depth_max: usize,
    /// How many records are read from one input.
    pub records_max: u64,
    /// One page of a Parquet file, compressed or not, in bytes: what is held in memory for each column.
    pub parquet_page_bytes_max: usize,
    /// The footer of a Parquet file, which describes its columns, in bytes.
    pub parquet_footer_bytes_max: u64,
    /// Memory that decompression of Zstandard may take: the base-2 logarithm of the window in bytes.
    pub zstd_window_log_max: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes_max: 1 << 40,
            ratio_max: 200,
            ratio_grace_bytes: 64 << 20,
            line_bytes_max: 8 << 20,
            record_bytes_max: 4 << 20,
            record_lines_max: 10_000,
            columns_max: 1_000,
            json_depth_max: 64,
            records_max: 1 << 40,
            parquet_page_bytes_max: 256 << 20,
            parquet_footer_bytes_max: 64 << 20,
            zstd_window_log_max: 27,
        }
    }
}
