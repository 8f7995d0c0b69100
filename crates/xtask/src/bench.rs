//! Benchmarks: builds the release binary, installs the peers, and hands over to `bench/run.py`, which measures
//! whole processes against them in the same run and writes `docs/benchmarks.md`.

use anyhow::Result;

use crate::run::{cargo, check, command, root};
use crate::setup;

pub(crate) fn run() -> Result<()> {
    check(cargo(&["build", "--release", "--locked", "--package", "forewarn-cli"]))?;
    let python = setup::environment("bench-venv", "bench/requirements.txt")?;
    let work = root().join("target/bench");
    let (model, examples) = (work.join("model"), work.join("examples.jsonl"));
    std::fs::create_dir_all(&work)?;
    let binary = "target/release/forewarn";
    let (model, examples) = (model.to_string_lossy(), examples.to_string_lossy());
    check(command(binary, &["train", "--quiet", "--out", &model, "--examples", &examples]))?;
    let python = python.to_string_lossy();
    let out = "docs/benchmarks.md";
    let peers = ["--peer-python", &python, "--peer-examples", &examples];
    check(command("python3", &[&["bench/run.py", "--binary", binary, "--out", out][..], &peers].concat()))
}
