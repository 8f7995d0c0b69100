//! Running the binary as a user would.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The binary on a data folder, at a fixed time, with nothing of this machine's environment.
pub(crate) fn forewarn(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_forewarn"));
    command.args(arguments).arg("--quiet").arg("--data").arg(data);
    for name in ["FOREWARN_DATA", "FOREWARN_USER", "FOREWARN_LOG"] {
        command.env_remove(name);
    }
    command.env("FOREWARN_NOW", "2025-01-02T03:04:05Z");
    command
}

/// Runs it to its end, with something on its standard input.
pub(crate) fn run(data: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = forewarn(data, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that refuses its input early closes it; that is not this test's concern.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

/// What it says in JSON; it must end with `code`.
#[track_caller]
pub(crate) fn json(data: &Path, arguments: &[&str], input: &[u8], code: i32) -> Value {
    let arguments = [arguments, &["--json"]].concat();
    let output = run(data, &arguments, input);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {told}");
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", String::from_utf8_lossy(&output.stdout)))
}
