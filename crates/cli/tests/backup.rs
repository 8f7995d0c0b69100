//! A backup of a working house, and a house out of it; and that a kill leaves nothing half.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use support::{forewarn, json, run};

fn house(folder: &Path) -> PathBuf {
    let (data, out) = (folder.join("data"), folder.join("out"));
    let done = forewarn(&data, &["demo", "--no-serve", "--out", out.to_str().unwrap()]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    data
}

fn backup(data: &Path, name: &str) -> PathBuf {
    let file = data.with_file_name(name);
    json(data, &["backup", "--out", file.to_str().unwrap()], b"", 0);
    file
}

fn told(data: &Path, arguments: &[&str]) -> Value {
    json(data, arguments, b"", 0)
}

#[test]
fn a_house_comes_back_whole_and_only_into_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    let data = house(folder.path());
    let file = backup(&data, "a.tar.zst");
    let path = file.to_str().unwrap();
    let again = folder.path().join("again");
    let restored = json(&again, &["restore", path], b"", 0);
    assert!(restored["checks"].as_array().unwrap().len() >= 3, "{restored}");
    for question in [&["campaigns"][..], &["incidents", "list"], &["notice", "list"], &["keys", "list"]] {
        assert_eq!(told(&again, question), told(&data, question), "{question:?}");
    }
    let kept = std::fs::read_dir(again.join("keys")).unwrap().count();
    assert_eq!(kept, std::fs::read_dir(data.join("keys")).unwrap().count());
    // Neither the folder nor the file is written over.
    for arguments in [&["restore", path][..], &["backup", "--out", path]] {
        let refused = run(&again, arguments, b"");
        assert_eq!(refused.status.code(), Some(1), "{arguments:?}");
    }
    let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600, "it holds everything");
}

#[test]
fn a_changed_or_cut_backup_restores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = house(folder.path());
    let file = backup(&data, "a.tar.zst");
    let whole = std::fs::read(&file).unwrap();
    let unpacked = zstd::decode_all(&whole[..]).unwrap();
    let changed = |at: usize| {
        let mut bytes = unpacked.clone();
        bytes[at] ^= 1;
        zstd::encode_all(&bytes[..], 1).unwrap()
    };
    let database = unpacked.windows(15).position(|bytes| bytes == b"SQLite format 3").unwrap();
    let cases: [(Vec<u8>, &str); 6] = [
        (Vec::new(), "not a backup"),
        (b"text".to_vec(), "not a backup"),
        (whole[..whole.len() / 2].to_vec(), "cut"),
        (changed(database + 5_000), "not what its hash says"),
        (changed(3), "not a backup"),
        (zstd::encode_all(&unpacked[..database], 1).unwrap(), ""),
    ];
    for (at, (bytes, expected)) in cases.into_iter().enumerate() {
        let broken = folder.path().join("broken.tar.zst");
        std::fs::write(&broken, bytes).unwrap();
        let target = folder.path().join(format!("target-{at}"));
        let refused = run(&target, &["restore", broken.to_str().unwrap()], b"");
        let words = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(1), "case {at}: {words}");
        assert!(words.contains(expected), "case {at}: {words:?} lacks {expected:?}");
        assert!(!target.exists(), "case {at}: nothing is left");
    }
    let rest: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .filter(|item| item.as_ref().unwrap().file_name().to_string_lossy().starts_with(".forewarn"))
        .collect();
    assert!(rest.is_empty(), "{rest:?}");
}

#[test]
fn a_kill_leaves_a_whole_backup_or_none_and_a_whole_house_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let data = house(folder.path());
    let whole = backup(&data, "whole.tar.zst");
    for round in 0..8_u64 {
        let delay = Duration::from_millis(20 + round * round * 12);
        let file = folder.path().join(format!("{round}.tar.zst"));
        let mut child = forewarn(&data, &["backup", "--out", file.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(delay);
        child.kill().unwrap();
        child.wait().unwrap();
        if file.exists() {
            json(&folder.path().join(format!("of-{round}")), &["restore", file.to_str().unwrap()], b"", 0);
        }
        let target = folder.path().join(format!("house-{round}"));
        let mut child = forewarn(&target, &["restore", whole.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(delay);
        child.kill().unwrap();
        child.wait().unwrap();
        if target.exists() {
            json(&target, &["verify"], b"", 0);
        }
    }
    json(&data, &["verify"], b"", 0);
}
