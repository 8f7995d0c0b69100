//! `forewarn train` and `forewarn eval` on a small manifest of one's own.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use sha2::{Digest, Sha256};
use support::{json, run};

/// Twelve lures and twelve others in each of two files, one of which is for development.
fn rows(name: &str) -> String {
    let mut out = String::new();
    for at in 0..24 {
        let (label, text) = match at % 2 {
            0 => {
                ("lure", "Typists for Myawaddy, no experience, ticket paid, passport stays with the manager")
            }
            _ => ("legit", "Bakery in Leeds needs a helper, interview at the shop, pension paid"),
        };
        writeln!(out, r#"{{"id":"{name}-{at}","lang":"en","label":"{label}","text":"{text}, place {at}"}}"#)
            .unwrap();
    }
    out
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn folder(train: &str, dev: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut manifest = "[split]\nheld_out_languages = [\"sw\"]\nheld_out_every = 8\n".to_owned();
    for (name, role, text) in [("a.jsonl", "train", train), ("b.jsonl", "dev", dev)] {
        fs::write(folder.path().join(name), text).unwrap();
        let sum = sha256(text.as_bytes());
        write!(manifest, "\n[[file]]\npath = \"{name}\"\nrole = \"{role}\"\nsha256 = \"{sum}\"\n").unwrap();
    }
    fs::write(folder.path().join("manifest.toml"), manifest).unwrap();
    folder
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().unwrap().to_owned()
}

#[test]
fn trains_the_same_model_twice_and_measures_it() {
    let folder = folder(&rows("a"), &rows("b"));
    let at = folder.path();
    let manifest = path(at, "manifest.toml");
    for out in ["one", "two"] {
        let told = json(
            at,
            &["train", "--manifest", &manifest, "--out", &path(at, out), "--name", "small-1"],
            b"",
            0,
        );
        assert_eq!(told["model"], "small-1");
        assert_eq!(told["examples"].as_u64().unwrap() + told["held_out"].as_u64().unwrap(), 24);
    }
    for file in ["weights.txt", "signs.tsv", "metrics.json", "card.md"] {
        let [one, two] = ["one", "two"].map(|out| fs::read(at.join(out).join(file)).unwrap());
        assert!(one == two && !one.is_empty(), "{file}");
    }
    assert!(fs::read_to_string(at.join("one/card.md")).unwrap().starts_with("# Model card: small-1\n"));
    let (weights, data) = (path(at, "one/weights.txt"), path(at, "b.jsonl"));
    let output = eval(&["--manifest", &manifest, "--model", &weights, &data]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["model"], "small-1");
    assert_eq!(told["rows"][0]["lures"], 12);
    assert_eq!(told["rows"][0]["roc_auc"][0], 1.0);
}

/// Runs `forewarn eval offers`.
fn eval(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_forewarn"))
        .args(["eval", "offers", "--json", "--quiet", "--resamples", "20"])
        .args(arguments)
        .env_remove("FOREWARN_DATA")
        .output()
        .unwrap()
}

/// Training on this folder after `change` ends with an error that says so.
fn check(change: impl FnOnce(&Path), expected: &str) {
    let folder = folder(&rows("a"), &rows("b"));
    let at = folder.path();
    change(at);
    let output =
        run(at, &["train", "--manifest", &path(at, "manifest.toml"), "--out", &path(at, "out")], b"");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && told.contains(expected), "{told}");
    assert!(!at.join("out/weights.txt").exists());
}

#[test]
fn refuses_what_it_cannot_train_on() {
    let manifest = |at: &Path, text: &str| fs::write(at.join("manifest.toml"), text).unwrap();
    check(|at| fs::write(at.join("a.jsonl"), "{}\n").unwrap(), "read a.jsonl: checksum is");
    check(|at| fs::remove_file(at.join("b.jsonl")).unwrap(), "b.jsonl");
    check(|at| fs::remove_file(at.join("manifest.toml")).unwrap(), "manifest.toml");
    check(|at| manifest(at, ""), "expected [split]");
    check(|at| manifest(at, "[split"), "read manifest");
    let empty = format!(
        "[split]\nheld_out_languages = []\nheld_out_every = 8\n[[file]]\npath = \"a.jsonl\"\nrole = \"train\"\nsha256 = \"{}\"\n",
        sha256(b"")
    );
    check(
        |at| {
            fs::write(at.join("a.jsonl"), "").unwrap();
            manifest(at, &empty);
        },
        "0 groups of lures and 0 others",
    );
}

#[test]
fn measures_what_can_be_read_and_names_the_rest() {
    let folder = folder(&rows("a"), &format!("{}nonsense\n", rows("b")));
    let at = folder.path();
    let output = eval(&[&path(at, "b.jsonl")]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&told["refused"], &told["rows"][0]["lures"]), (&1.into(), &12.into()));
    fs::write(at.join("empty.jsonl"), "").unwrap();
    let output = eval(&[&path(at, "empty.jsonl")]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && error.contains("there is no example in the data"), "{error}");
}
