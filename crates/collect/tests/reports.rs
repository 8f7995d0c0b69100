//! Reading reports: good input, and every kind of bad input.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write;

use forewarn_collect::{Defaults, Format, Limits, Progress, RowOptions, Source, read};
use forewarn_model::{Grading, Marking, ReportKind, Tlp};
use proptest::prelude::*;

fn defaults() -> Defaults {
    Defaults {
        source: "test".into(),
        kind: ReportKind::JobAd,
        marking: Marking::DEFAULT,
        grading: Grading::UNKNOWN,
        received_at: "2024-01-02T03:04:05Z".parse().unwrap(),
    }
}

/// One line for each record or problem: `line: text` or `line! code`, warnings as `+code`.
fn told(input: &[u8], name: &str, map: &str, limits: &Limits) -> Vec<String> {
    let options =
        RowOptions { mapping: map.parse().unwrap(), limits: limits.clone(), ..RowOptions::default() };
    let reader = match read(Source::stream(input), name, &options, &defaults(), &Progress::default()) {
        Ok(reader) => reader,
        Err(problem) => return vec![format!("! {}", problem.code)],
    };
    reader
        .map(|item| match item {
            Ok(record) => {
                let codes: Vec<_> =
                    record.warnings.iter().map(|warning| format!(" +{}", warning.code)).collect();
                format!("{}: {}{}", record.line, record.report.full_text().replace('\n', "/"), codes.concat())
            }
            Err(problem) => format!("{}! {}", problem.line.unwrap_or(0), problem.code),
        })
        .collect()
}

#[track_caller]
fn check(input: &[u8], name: &str, map: &str, expected: &[&str]) {
    assert_eq!(told(input, name, map, &Limits::default()), expected, "{name}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn reads_tables() {
    check(
        b"id,title,description\n1,Cook,\"Bangkok,\nnow\"\n2,,x\n",
        "a.csv",
        "",
        &["2: Cook/Bangkok,/now", "4: x"],
    );
    check(b"nr;anzeige\n1;a\n", "a.csv", "text=anzeige,id=nr", &["2: a"]);
    check(b"id,text\n1,a,b\n2,\n3,c\n", "a.csv", "", &["2! csv-columns", "3! empty-text", "4: c"]);
    check(b"id,title\n1,a\n", "a.csv", "", &["! csv-header"]);
    check(b"id,text\n1,a\n", "a.csv", "text=nothing", &["! csv-header"]);
    check(b"", "a.csv", "", &["! empty-input"]);
}

#[test]
fn reads_json_lines() {
    check(
        b"{\"text\":\"a\"}\n\nnope\n{\"text\":\"b\",\"title\":\"T\"}\r\n",
        "a.jsonl",
        "",
        &["1: a", "3! json", "4: T/b"],
    );
    check(br#"{"text":null}"#, "a.jsonl", "", &["1! empty-text"]);
    check(br#"{"text":7}"#, "a.jsonl", "", &["1! text-not-string"]);
    check(br#"{"text":["a"]}"#, "a.jsonl", "", &["1! text-not-string"]);
    check(br#"{"text":"\ud83d"}"#, "a.jsonl", "", &["1: \u{fffd} +lone-surrogate"]);
    check(b"{\"text\":\"vi\xe1\xbb\x87c\xff\"}", "a.jsonl", "", &["1: vi\u{1ec7}c\u{fffd} +invalid-utf8"]);
    check(br#"{"text":"a","tlp":"PURPLE"}"#, "a.jsonl", "", &["1! marking"]);
    check(br#"{"text":"a","kind":"poem"}"#, "a.jsonl", "", &["1! kind"]);
    check(
        br#"{"text":"a","lang":"klingon","date":"soon"}"#,
        "a.jsonl",
        "",
        &["1: a +language +published-at"],
    );
    check(b"{\"text\":\"sniffed\"}", "-", "", &["1: sniffed"]);
}

#[test]
fn reads_texts() {
    check("việc nhẹ\n\nlương cao".as_bytes(), "a.txt", "", &["1: việc nhẹ//lương cao"]);
    check(b" \n ", "a.txt", "", &["1! empty-text"]);
    check(b"", "-", "", &["1! empty-text"]);
    check(b"\0\0\0", "-", "", &["1: \0\0\0"]);
}

#[test]
fn decompresses_by_the_first_bytes() {
    check(&gzip(b"{\"text\":\"a\"}\n"), "a.jsonl.gz", "", &["1: a"]);
    check(&gzip(b"{\"text\":\"a\"}\n"), "-", "", &["1: a"]);
    let mut two = gzip(b"{\"text\":\"a\"}\n");
    two.extend(gzip(b"{\"text\":\"b\"}\n"));
    check(&two, "a.jsonl.gz", "", &["1: a", "2: b"]);
    let zstd = zstd::encode_all(&b"{\"text\":\"a\"}\n"[..], 3).unwrap();
    check(&zstd, "a.jsonl.zst", "", &["1: a"]);
}

#[test]
fn a_cut_archive_keeps_what_came_before() {
    let lines: String =
        (0..5_000).map(|n| format!("{{\"text\":\"ad number {n} {:x}\"}}\n", n * 7_919)).collect();
    let whole = gzip(lines.as_bytes());
    let told = told(&whole[..whole.len() / 2], "a.jsonl.gz", "", &Limits::default());
    assert_eq!(told.last().map(String::as_str), Some("0! input-truncated"));
    assert!(told.len() > 1_000, "{}", told.len());
    // Also where it is cut within the bytes that are looked at first.
    let whole = gzip(&lines.as_bytes()[..40_000]);
    let told = self::told(&whole[..whole.len() / 2], "a.jsonl.gz", "", &Limits::default());
    assert_eq!(told.last().map(String::as_str), Some("0! input-truncated"));
    assert!(told.len() > 100, "{}", told.len());
}

#[test]
fn a_bomb_ends_in_a_clear_problem() {
    let bomb = gzip(&vec![b'a'; 32 << 20]);
    let limits = Limits { ratio_grace_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(told(&bomb, "a.jsonl.gz", "", &limits), ["0! decompression-bomb"]);
    let limits = Limits { input_bytes_max: 1 << 20, ..Limits::default() };
    assert_eq!(told(&bomb, "a.jsonl.gz", "", &limits), ["0! input-too-large"]);
    let zstd = zstd::encode_all(&vec![b'a'; 32 << 20][..], 3).unwrap();
    let limits = Limits { ratio_grace_bytes: 1 << 20, ..Limits::default() };
    assert_eq!(told(&zstd, "a.jsonl.zst", "", &limits), ["0! decompression-bomb"]);
}

#[test]
fn long_lines_and_many_records_meet_their_limits() {
    let limits = Limits { line_bytes_max: 16, records_max: 2, ..Limits::default() };
    let input = b"{\"text\":\"far too long for it\"}\n{\"text\":\"a\"}\n{\"text\":\"b\"}\n";
    assert_eq!(told(input, "a.jsonl", "", &limits), ["1! line-too-long", "2: a", "0! too-many-records"]);
    let limits = Limits { record_bytes_max: 4, ..Limits::default() };
    assert_eq!(told(b"far too long", "a.txt", "", &limits), ["1! record-too-large"]);
}

#[test]
fn fields_reach_the_report() {
    let line = br#"{"id":7,"url":"https://a.example/7","text":"x","lang":"zh-CN","tlp":"TLP:GREEN","grading":"B2","date":"2024-05-31","kind":"chat"}"#;
    let options = RowOptions { format: Some(Format::JsonLines), ..RowOptions::default() };
    let mut reader = read(Source::stream(&line[..]), "a", &options, &defaults(), &Progress::default())
        .unwrap_or_else(|problem| panic!("{problem}"));
    let report = reader.next().unwrap().unwrap().report;
    assert_eq!(report.sighting.source.external_id.as_deref(), Some("7"));
    assert_eq!(report.sighting.source.url.as_deref(), Some("https://a.example/7"));
    assert_eq!(report.declared_language.map(|l| l.to_string()).as_deref(), Some("zh-Hans"));
    assert_eq!((report.marking.tlp, report.kind), (Tlp::Green, ReportKind::Chat));
    assert_eq!(report.grading.to_string(), "B2");
    assert_eq!(report.sighting.published_at.unwrap().to_string(), "2024-05-31T00:00:00Z");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_lines_rise(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"\",;\n\r{}[]\\ud8:x".to_vec())], 0..400),
        format in prop::sample::select(vec![Format::Csv, Format::JsonLines, Format::Text]),
    ) {
        let limits = Limits { line_bytes_max: 64, record_lines_max: 3, ..Limits::default() };
        let options = RowOptions { format: Some(format), limits, ..RowOptions::default() };
        let reader = read(Source::stream(bytes.as_slice()), "p", &options, &defaults(), &Progress::default());
        if let Ok(reader) = reader {
            let mut last = 0;
            for item in reader {
                let line = match item {
                    Ok(record) => record.line,
                    Err(problem) => problem.line.unwrap_or(u64::MAX),
                };
                prop_assert!(line > last, "{line} after {last}");
                last = line;
            }
        }
    }
}
