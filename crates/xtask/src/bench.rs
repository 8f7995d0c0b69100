//! Benchmarks: builds the release binary and hands over to `bench/run.py`, which measures whole processes
//! against a baseline in the same run and writes `docs/benchmarks.md`.

use anyhow::Result;

use crate::run::{cargo, check, command};

pub(crate) fn run() -> Result<()> {
    check(cargo(&["build", "--release", "--locked", "--package", "forewarn-cli"]))?;
    check(command(
        "python3",
        &["bench/run.py", "--binary", "target/release/forewarn", "--out", "docs/benchmarks.md"],
    ))
}
