//! Reading records of every format: ids of their own type, carried columns, Parquet whole and broken.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write;
use std::sync::Arc;

use forewarn_collect::{Limits, Progress, RowOptions, Source, Value, rows};
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;

/// A Parquet file of ads: `rows` of them in groups of `group`, each second one without a title.
fn ads(rows: usize, group: usize, properties: WriterProperties) -> Vec<u8> {
    let schema = parse_message_type(
        "message ads { required int64 id; optional binary title (UTF8); required binary description (UTF8); \
         optional double label; required int64 seen (TIMESTAMP(MILLIS,true)); required int32 day (DATE); \
         repeated binary tags (UTF8); }",
    )
    .unwrap();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties)).unwrap();
    let all: Vec<usize> = (0..rows).collect();
    for part in all.chunks(group) {
        let mut out = writer.next_row_group().unwrap();
        let texts = |prefix: &str, step: usize| -> Vec<ByteArray> {
            part.iter().filter(|n| **n % step == 0).map(|n| format!("{prefix} {n}").as_str().into()).collect()
        };
        let half: Vec<i16> = part.iter().map(|n| i16::from(n % 2 == 0)).collect();
        let none = vec![0_i16; part.len()];
        let whole = |by: i64| -> Vec<i64> { part.iter().map(|n| *n as i64 * by).collect() };
        let mut at = 0;
        while let Some(mut column) = out.next_column().unwrap() {
            let _count: usize = match at {
                0 => column.typed::<Int64Type>().write_batch(&whole(1), None, None).unwrap(),
                1 => column
                    .typed::<ByteArrayType>()
                    .write_batch(&texts("Title", 2), Some(&half), None)
                    .unwrap(),
                2 => column.typed::<ByteArrayType>().write_batch(&texts("việc", 1), None, None).unwrap(),
                3 => {
                    let labels: Vec<f64> =
                        part.iter().filter(|n| **n % 2 == 0).map(|n| *n as f64 / 2.0).collect();
                    column.typed::<DoubleType>().write_batch(&labels, Some(&half), None).unwrap()
                }
                4 => column.typed::<Int64Type>().write_batch(&whole(86_400_000), None, None).unwrap(),
                5 => {
                    let days: Vec<i32> = part.iter().map(|n| *n as i32).collect();
                    column.typed::<Int32Type>().write_batch(&days, None, None).unwrap()
                }
                _ => column.typed::<ByteArrayType>().write_batch(&[], Some(&none), Some(&none)).unwrap(),
            };
            column.close().unwrap();
            at += 1;
        }
        out.close().unwrap();
    }
    writer.into_inner().unwrap()
}

fn properties(compression: Compression, version: WriterVersion) -> WriterProperties {
    WriterProperties::builder()
        .set_compression(compression)
        .set_writer_version(version)
        .set_data_page_row_count_limit(100)
        .set_write_batch_size(50)
        .build()
}

/// One line for each row or refusal.
fn told(source: Source<'_>, name: &str, options: &RowOptions) -> Vec<String> {
    let rows = match rows(source, name, options, &Progress::default()) {
        Ok(rows) => rows,
        Err(problem) => return vec![format!("! {} {}", problem.code, problem.what)],
    };
    rows.map(|row| match row {
        Ok(row) => {
            let id = match row.id {
                None => "-".to_owned(),
                Some(Value::Text(text)) => format!("{text:?}"),
                Some(other) => other.into_text(),
            };
            let carried: Vec<_> =
                row.carried.into_iter().map(|(name, value)| format!(" {name}={}", value.text())).collect();
            let title = row.title.map(|title| format!("{title}/")).unwrap_or_default();
            format!("{}: {id} {title}{}{}", row.line, row.text, carried.concat())
        }
        Err(refused) => {
            let id = refused.id.map_or("-".to_owned(), Value::into_text);
            format!("{}! {id} {}", refused.problem.line.unwrap_or(0), refused.problem.code)
        }
    })
    .collect()
}

fn carrying() -> RowOptions {
    RowOptions { carry: true, ..RowOptions::default() }
}

#[test]
fn reads_parquet_in_every_compression() {
    let all = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::ZSTD(ZstdLevel::default()),
        Compression::LZ4_RAW,
    ];
    for compression in all {
        for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
            let told =
                told(Source::memory(ads(1_000, 300, properties(compression, version))), "a", &carrying());
            assert_eq!(told.len(), 1_000, "{compression:?}");
            let expected = [
                "1: 0 Title 0/việc 0 label=0",
                "2: 1 việc 1",
                "778: 777 việc 777",
                "999: 998 Title 998/việc 998 label=499",
            ];
            for line in expected {
                let number: usize = line.split(':').next().unwrap().parse().unwrap();
                assert!(told[number - 1].starts_with(line), "{compression:?}: {}", told[number - 1]);
            }
            assert!(told[2].ends_with(" day=1970-01-03"), "{}", told[2]);
        }
    }
}

#[test]
fn reads_parquet_from_a_file_and_says_why_not_from_a_stream() {
    let bytes = ads(10, 4, properties(Compression::SNAPPY, WriterVersion::PARQUET_1_0));
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    std::io::Seek::rewind(&mut file).unwrap();
    let options = RowOptions::default();
    assert_eq!(told(Source::file(file), "a.parquet", &options).len(), 10);
    let told = |bytes: &[u8], name| told(Source::stream(bytes), name, &options).remove(0);
    assert!(told(&bytes, "-").starts_with("! parquet-needs-file "), "{}", told(&bytes, "-"));
    assert!(told(b"id,text", "a.parquet").starts_with("! parquet "), "{}", told(b"id,text", "a.parquet"));
}

#[test]
fn a_cut_or_changed_parquet_file_is_a_problem_and_no_panic() {
    let bytes = ads(500, 100, properties(Compression::SNAPPY, WriterVersion::PARQUET_1_0));
    let options = RowOptions::default();
    for len in [0, 4, 11, 12, 100, bytes.len() / 2, bytes.len() - 1] {
        let told = told(Source::memory(bytes[..len].to_vec()), "a.parquet", &options);
        assert!(told[0].starts_with("! "), "{len}: {told:?}");
    }
    // The first page of the texts overwritten: what came before it is kept.
    let mut changed = bytes.clone();
    let text = "việc".as_bytes();
    let at = changed.windows(text.len()).position(|part| part == text).unwrap();
    changed[at - 40..at].fill(0xff);
    let told = told(Source::memory(changed), "a.parquet", &options);
    assert_eq!(told.last().map(String::as_str), Some("0! - parquet"), "{told:?}");
}

#[test]
fn a_page_that_states_too_much_is_refused_before_it_is_read() {
    for compression in [Compression::GZIP(GzipLevel::default()), Compression::ZSTD(ZstdLevel::default())] {
        let bytes = ads(2_000, 2_000, properties(compression, WriterVersion::PARQUET_1_0));
        let limits = Limits { parquet_page_bytes_max: 300, ..Limits::default() };
        let told = told(Source::memory(bytes), "a", &RowOptions { limits, ..RowOptions::default() });
        assert_eq!(told.last().map(String::as_str), Some("0! - parquet"), "{}", told.len());
    }
}

#[test]
fn a_compression_that_is_not_read_is_told_with_those_that_are() {
    let bytes = include_bytes!("../../../fuzz/corpus/read_parquet/brotli-1").to_vec();
    let read = rows(Source::memory(bytes), "a.parquet", &RowOptions::default(), &Progress::default());
    let problems: Vec<String> =
        read.unwrap().filter_map(Result::err).map(|refused| refused.problem.to_string()).collect();
    let [told] = problems.as_slice() else { panic!("{problems:?}") };
    assert!(told.contains("brotli: write it with Zstandard or Snappy"), "{told}");
}

#[test]
fn ids_keep_their_type_and_other_columns_are_carried() {
    let lines = br#"{"id": 7, "text": "a", "label": 1.50}
{"id": "7", "text": "b", "x": [1], "y": {"z": 1}}
{"text": "c", "id": null}
{"id": 1e3, "text": ""}
{"id": 123456789012345678901234567890, "text": "d"}
{"id": "lost", "text": "e"
{"id": {"a": 1}, "text": "f"}"#;
    let expected = [
        "1: 7 a label=1.50",
        "2: \"7\" b",
        "3: - c",
        "4! 1e3 empty-text",
        "5: 123456789012345678901234567890 d",
        "6! - json",
        "7: - f",
    ];
    assert_eq!(told(Source::stream(&lines[..]), "a.jsonl", &carrying()), expected);
    let table = b"id,text,corridor\n7,a,KH\n8,,\n9,c\n";
    let expected = ["2: \"7\" a corridor=KH", "3! 8 empty-text", "4! - csv-columns"];
    assert_eq!(told(Source::stream(&table[..]), "a.csv", &carrying()), expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn no_change_of_a_parquet_file_makes_it_panic(changes in prop::collection::vec((0.0..1.0, any::<u8>()), 1..6)) {
        let mut bytes = ads(60, 30, properties(Compression::SNAPPY, WriterVersion::PARQUET_1_0));
        for (place, byte) in changes {
            let at = (place * bytes.len() as f64) as usize;
            bytes[at] = byte;
        }
        prop_assert!(told(Source::memory(bytes), "a", &carrying()).len() <= 61);
    }
}
