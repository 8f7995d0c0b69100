//! What the fuzz targets of `collect` run, shared with its tests: any bytes, as each format. What must hold:
//! no panic, lines rise, and there are never more rows than the limits allow.

use forewarn_collect::{Format, Limits, Progress, RowOptions, Source, incidents, rows, to_text};

/// Small limits, so that a fuzzer meets them.
fn options(format: Option<Format>) -> RowOptions {
    let limits = Limits {
        line_bytes_max: 4 << 10,
        record_bytes_max: 4 << 10,
        record_lines_max: 8,
        columns_max: 32,
        json_depth_max: 16,
        records_max: 1_000,
        input_bytes_max: 1 << 20,
        ratio_grace_bytes: 64 << 10,
        parquet_page_bytes_max: 1 << 20,
        parquet_footer_bytes_max: 1 << 16,
        zstd_window_log_max: 20,
        ..Limits::default()
    };
    RowOptions { format, carry: true, limits, ..RowOptions::default() }
}

fn read(source: Source<'_>, format: Option<Format>) {
    let Ok(rows) = rows(source, "fuzz", &options(format), &Progress::default()) else { return };
    let (mut count, mut last) = (0, 0);
    for row in rows {
        count += 1;
        let line = match row {
            Ok(row) => {
                assert!(!row.text.trim().is_empty(), "a row has a text");
                row.line
            }
            Err(refused) if refused.ends => continue,
            Err(refused) => refused.problem.line.unwrap_or(0),
        };
        assert!(line > last, "line {line} after {last}");
        last = line;
    }
    assert!(count <= 1_001, "{count} rows");
}

/// A table.
pub(crate) fn read_csv(bytes: &[u8]) {
    read(Source::stream(bytes), Some(Format::Csv));
}

/// Lines of JSON.
pub(crate) fn read_jsonl(bytes: &[u8]) {
    read(Source::stream(bytes), Some(Format::JsonLines));
}

/// A Parquet file.
pub(crate) fn read_parquet(bytes: &[u8]) {
    read(Source::memory(bytes.to_vec()), None);
}

/// A text in any encoding, compressed or not.
pub(crate) fn read_text(bytes: &[u8]) {
    read(Source::stream(bytes), Some(Format::Text));
    read(Source::stream(bytes), None);
    to_text(bytes.to_vec());
}

/// A table of incidents.
pub(crate) fn read_incidents(bytes: &[u8]) {
    let (read, problems) = incidents::read(bytes, "fuzz", &options(None).limits);
    assert!(read.len() + problems.len() <= 1_001, "the limit of records holds");
}
