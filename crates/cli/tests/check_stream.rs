//! `forewarn check --jsonl` as a platform's engineer meets it: every format, every kind of bad input.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::{Value, json};
use support::{forewarn, run};

const LURE: &str =
    "Typist wanted in Sihanoukville, 2,000 USD a month, ticket and room paid. Telegram @test_sample_hr";

fn check(arguments: &[&str], input: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &[&["check", "--jsonl"], arguments].concat(), input)
}

fn results(bytes: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(bytes).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// `id verdict` or `id! code` of each line.
fn told(bytes: &[u8]) -> Vec<String> {
    let tell = |result: &Value| match result["error"]["code"].as_str() {
        Some(code) => format!("{}! {code}", result["id"]),
        None => format!("{} {}", result["id"], result["verdict"].as_str().unwrap()),
    };
    results(bytes).iter().map(tell).collect()
}

#[track_caller]
fn check_bytes(arguments: &[&str], input: &[u8], expected: &[&str], code: i32) {
    let output = check(&[arguments, &["-"]].concat(), input);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(told(&output.stdout), expected, "{stderr}");
    assert_eq!(output.status.code(), Some(code), "{stderr}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

#[test]
fn a_result_says_what_was_found_and_its_reasons_add_up() {
    let line = json!({ "id": 7, "text": format!("🇰🇭 {LURE}"), "lang": "en" }).to_string();
    let output = check(&["-"], line.as_bytes());
    let [result] = results(&output.stdout).try_into().unwrap();
    let text: Vec<char> = format!("🇰🇭 {LURE}").chars().collect();
    assert_eq!((&result["id"], &result["language"]), (&json!(7), &json!("en")));
    assert_eq!(result["verdict"], "strong_signs");
    assert_eq!(result["countries"], json!(["KH"]));
    let indicators = result["indicators"].as_array().unwrap();
    assert!(indicators.iter().any(|found| found["id"] == "hub_location"), "{indicators:?}");
    for found in indicators {
        let at = |n: usize| usize::try_from(found["span"][n].as_u64().unwrap()).unwrap();
        let words: String = text[at(0)..at(1)].iter().collect();
        assert_eq!(found["text"], words);
    }
    assert!(result["observables"].as_array().unwrap().iter().any(|o| o["value"] == "test_sample_hr"));
    let reasons = result["reasons"].as_array().unwrap();
    let sum: f64 = reasons.iter().map(|reason| reason["log_odds"].as_f64().unwrap()).sum();
    let probability = result["probability"].as_f64().unwrap();
    assert!((1.0 / (1.0 + (-sum).exp()) - probability).abs() < 1e-12, "{sum} {probability}");
    assert!(reasons.iter().all(|reason| reason["name"].is_string()), "{reasons:?}");
}

#[test]
fn keeps_order_and_ids_whatever_the_threads() {
    let input: String = (0..2_000)
        .map(|n| match n % 5 {
            0 => format!("{{\"id\":{n},\"text\":\"{}\"}}\n", "word ".repeat(n % 400 + 1)),
            1 => format!("{{\"id\":\"{n}\",\"text\":\"Cook in Lima\"}}\n"),
            2 => "not json\n".to_owned(),
            3 => format!("{{\"id\":{n}}}\n"),
            _ => "{\"text\":\"Waiter in Porto\"}\n".to_owned(),
        })
        .collect();
    let one = check(&["--threads", "1", "-"], input.as_bytes());
    let many = check(&["--threads", "7", "-"], input.as_bytes());
    assert!(one.stdout == many.stdout, "the same on any number of threads");
    let told = told(&one.stdout);
    assert_eq!(told.len(), 2_000);
    let expected =
        ["0 no_known_signs", "\"1\" no_known_signs", "3! json", "3! empty-text", "5 no_known_signs"];
    assert_eq!(told[..5], expected);
    assert_eq!(one.status.code(), Some(3));
    let stderr = String::from_utf8_lossy(&one.stderr);
    assert!(stderr.contains("1200 checked, 800 refused (400 empty-text, 400 json)"), "{stderr}");
}

#[test]
fn bad_records_cost_themselves_only() {
    let nested = format!("{{\"id\":1,\"x\":{}{},\"text\":\"a\"}}", "[".repeat(10_000), "]".repeat(10_000));
    let cases: [(&[u8], &str); 14] = [
        (b"", ""),
        (nested.as_bytes(), "1! json"),
        (br#"{"id":1,"text":"Cook \ud800 in Lima"}"#, "1 no_known_signs"),
        (b"{\"id\":1,\"text\":\"Cook \xff in Lima\"}", "1 no_known_signs"),
        (b"{\"id\":1,\"text\":\"Cook \\u0000 in Lima\"}", "1 no_known_signs"),
        (b"\0\0\0", "1! json"),
        (b"null", "1! json"),
        (b"[{\"text\":\"a\"}]", "1! json"),
        (br#"{"id":1,"text":null}"#, "1! empty-text"),
        (br#"{"id":1,"text":" \n "}"#, "1! empty-text"),
        (br#"{"id":1,"text":12}"#, "1! text-not-string"),
        (br#"{"id":1,"text":{"en":"a"}}"#, "1! text-not-string"),
        (br#"{"id":[1],"text":"Cook in Lima"}"#, "1 no_known_signs"),
        (b"\xef\xbb\xbf{\"id\":1,\"text\":\"Cook in Lima\"}\r\n", "1 no_known_signs"),
    ];
    for (bytes, expected) in cases {
        let expected: Vec<&str> = Some(expected).filter(|e| !e.is_empty()).into_iter().collect();
        let code = if expected.iter().any(|line| line.contains('!')) { 3 } else { 0 };
        check_bytes(&[], bytes, &expected, code);
    }
    // Neighbours of a bad record are read, and ids may repeat.
    let good = r#"{"id":"a","text":"Cook in Lima"}"#;
    let input = format!("{good}\n{{\"id\":\"a\",\"te\n\n{good}");
    check_bytes(&[], input.as_bytes(), &["\"a\" no_known_signs", "2! json", "\"a\" no_known_signs"], 3);
}

#[test]
fn a_text_of_fifty_megabytes_meets_the_limits() {
    let text = "word ".repeat(10 << 20);
    let line = format!("{{\"id\":1,\"text\":\"{text}\"}}\n{{\"id\":2,\"text\":\"Cook in Lima\"}}\n");
    check_bytes(&[], line.as_bytes(), &["1! line-too-long", "2 no_known_signs"], 3);
    let limits = ["--max-line-bytes", "100000000", "--record-bytes-max", "100000000"];
    let output = check(&[&limits[..], &["-"]].concat(), line.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(results(&output.stdout)[0]["warnings"][0]["code"], "text-too-long");
}

#[test]
fn other_encodings_are_told_and_converted() {
    let texts = [
        ("windows-1251", "Требуются сотрудники без опыта, работа в Камбодже, проезд и жильё бесплатно"),
        ("GBK", "高薪招聘打字员，包吃住，月薪三万，无需经验，机票报销，地点在柬埔寨西港，联系人急招"),
        ("Shift_JIS", "カンボジアでの高収入の仕事です。経験は不要、航空券と住居は無料です。"),
        ("EUC-KR", "캄보디아에서 일할 직원을 모집합니다. 경험 무관, 항공권과 숙소 무료 제공합니다."),
        ("UTF-16LE", "Cần người gõ máy ở Campuchia, bao vé máy bay và chỗ ở, không cần kinh nghiệm"),
    ];
    for (name, text) in texts {
        let line = format!("{{\"id\":\"x\",\"text\":\"{text}\"}}\n").repeat(3);
        let bytes = match name {
            "UTF-16LE" => {
                let units = std::iter::once(0xfeff).chain(line.encode_utf16());
                units.flat_map(u16::to_le_bytes).collect()
            }
            _ => {
                let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).unwrap();
                encoding.encode(&line).0.into_owned()
            }
        };
        let output = check(&["-"], &bytes);
        let results = results(&output.stdout);
        assert_eq!(results.len(), 3, "{name}");
        assert_eq!(results[0]["countries"], json!(["KH"]), "{name}: {}", results[0]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(stderr.contains(&format!("read as {name}")), "{name}: {stderr}");
    }
}

#[test]
fn reads_and_writes_files_by_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let lines = format!("{{\"id\":1,\"text\":{}}}\n", json!(LURE));
    let table = format!("nr,ad\n1,\"{LURE}\"\n");
    let zstd = zstd::encode_all(lines.as_bytes(), 3).unwrap();
    let inputs: [(&str, Vec<u8>, &[&str]); 5] = [
        ("a.ndjson", lines.clone().into_bytes(), &[]),
        ("a.jsonl.gz", gzip(lines.as_bytes()), &[]),
        ("a.jsonl.zst", zstd, &[]),
        ("a.csv", table.clone().into_bytes(), &["--map", "text=ad,id=nr"]),
        ("a.csv.gz", gzip(table.as_bytes()), &["--text-field", "ad", "--id-field", "nr"]),
    ];
    for (name, bytes, more) in inputs {
        let input = path(folder.path(), name);
        std::fs::write(&input, bytes).unwrap();
        for out in ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst"] {
            let out = path(folder.path(), out);
            let output = check(&[&[input.as_str(), "--out", &out], more].concat(), b"");
            assert_eq!(output.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&output.stderr));
            assert!(output.stdout.is_empty());
            let bytes = std::fs::read(&out).unwrap();
            // What was written can be read again, by its first bytes.
            let text = match bytes[0] {
                0x1f => std::io::read_to_string(flate2::read::GzDecoder::new(&bytes[..])).unwrap(),
                0x28 => String::from_utf8(zstd::decode_all(&bytes[..]).unwrap()).unwrap(),
                _ => String::from_utf8(bytes).unwrap(),
            };
            let id = if name.contains("csv") { "\"1\"" } else { "1" };
            assert_eq!(told(text.as_bytes()), [format!("{id} strong_signs")], "{name}");
        }
    }
}

#[test]
fn broken_archives_keep_what_came_before() {
    let folder = tempfile::tempdir().unwrap();
    // What does not repeat fills many blocks of compressed data, of which some come before the cut.
    let noise =
        |n: u64| (1..40).map(move |k| format!("{:x}", (n * 40 + k).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
    let line =
        |n| format!("{{\"id\":{n},\"text\":\"Cook in Lima\",\"x\":\"{}\"}}\n", noise(n).collect::<String>());
    let lines: String = (0..1_000).map(line).collect();
    let (gz, zst) = (gzip(lines.as_bytes()), zstd::encode_all(lines.as_bytes(), 3).unwrap());
    for whole in [gz, zst] {
        let output = check(&["-"], &whole[..whole.len() * 3 / 4]);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{stderr}");
        assert!(stderr.contains("input-truncated") && stderr.contains("not read to its end"), "{stderr}");
        assert!(told(&output.stdout).len() > 100, "{stderr}");
    }
    let mut bomb = b"{\"text\":\"Cook in Lima\"}\n".to_vec();
    bomb.resize(80 << 20, b' ');
    let output = check(&["-"], &gzip(&bomb));
    assert!(String::from_utf8_lossy(&output.stderr).contains("decompression-bomb"));
    assert_eq!(told(&output.stdout).len(), 1);
    // A folder, a file that is not there, Parquet that is none or comes from a pipe: nothing to read at all.
    let parquet = path(folder.path(), "a.parquet");
    std::fs::write(&parquet, b"PAR1 and no more").unwrap();
    let gone = path(folder.path(), "gone.jsonl");
    let folder = folder.path().to_str().unwrap();
    for (file, input, part) in [
        (folder, &b""[..], "it is a folder"),
        (gone.as_str(), b"", "gone.jsonl"),
        (parquet.as_str(), b"", "does not end as a Parquet file does"),
        ("-", b"PAR1", "can only be read from a file"),
    ] {
        let output = check(&[file], input);
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{stderr}");
        assert!(stderr.contains(part) && output.stdout.is_empty(), "{stderr}");
    }
}

#[test]
fn results_replace_a_file_only_when_they_are_complete() {
    let folder = tempfile::tempdir().unwrap();
    let input = path(folder.path(), "in.jsonl");
    std::fs::write(&input, "{\"text\":\"Cook in Lima\"}\n").unwrap();
    for (arguments, part) in [
        (vec![input.as_str(), "--out", input.as_str()], "is the input too"),
        (vec![input.as_str(), "--out", "results.csv"], "results are JSON Lines"),
        (vec!["none.jsonl", "--out", input.as_str()], "none.jsonl"),
    ] {
        let output = check(&arguments, b"");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(1) && stderr.contains(part), "{stderr}");
    }
    assert_eq!(std::fs::read(&input).unwrap(), b"{\"text\":\"Cook in Lima\"}\n");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    // Without --jsonl a file of records is not taken for one text.
    let output = run(folder.path(), &["check", &input], b"");
    assert!(String::from_utf8_lossy(&output.stderr).contains("add --jsonl"));
}

#[test]
fn a_reader_that_leaves_and_an_interrupt_end_it_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let out = path(folder.path(), "out.jsonl");
    let lines: Vec<u8> = b"{\"text\":\"Cook in Lima\"}\n".repeat(20_000);
    let mut child = forewarn(folder.path(), &["check", "--jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        // It is closed early on purpose.
        let _ = stdin.write_all(&lines);
        stdin
    });
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(first.contains("\"verdict\""), "{first}");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    drop(writer.join().unwrap());

    // The pipe stays open and says nothing more: only the interrupt can end it.
    let mut child = forewarn(folder.path(), &["check", "--jsonl", "-", "--out", &out])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(&b"{\"text\":\"Cook in Lima\"}\n".repeat(10_000)).unwrap();
    let begun = || {
        let mut files = std::fs::read_dir(folder.path()).unwrap();
        files.any(|file| file.unwrap().metadata().is_ok_and(|meta| meta.len() > 0))
    };
    while !begun() {
        assert_eq!(child.try_wait().unwrap(), None, "it ended before it wrote anything");
        std::thread::yield_now();
    }
    let status = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(status.success());
    let ended = child.wait().unwrap();
    drop(stdin);
    assert_eq!(ended.code(), Some(130));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing unfinished is left");
}
