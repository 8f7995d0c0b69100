//! Benchmarks: builds the release binary, installs the peers, and hands over to the scripts of `bench/`, each of which
//! measures against a peer in the same run and writes its section of `docs/benchmarks.md`.

use anyhow::Result;

use crate::run::{cargo, check, command, root};
use crate::setup;

/// `large` measures the desk at a million reports and the exchange at a million objects: some twenty minutes more.
pub(crate) fn run(large: bool) -> Result<()> {
    setup::programs(&[("wrk", "wrk"), ("npm", "npm"), ("chromium", "chromium"), ("python3", "python3")])?;
    check(cargo(&["build", "--release", "--locked", "--package", "forewarn-cli"]))?;
    check(cargo(&[
        "build",
        "--release",
        "--locked",
        "--package",
        "forewarn-privacy",
        "--example",
        "matching_speed",
    ]))?;
    let python = setup::environment("bench-venv", "bench/requirements.txt")?;
    let work = root().join("target/bench");
    let (model, examples) = (work.join("model"), work.join("examples.jsonl"));
    std::fs::create_dir_all(&work)?;
    let binary = "target/release/forewarn";
    let (model, examples) = (model.to_string_lossy(), examples.to_string_lossy());
    check(command(binary, &["train", "--quiet", "--out", &model, "--examples", &examples]))?;
    let medallion = python.with_file_name("medallion");
    let (python, medallion) = (python.to_string_lossy(), medallion.to_string_lossy());
    let (reports, incidents, objects) =
        if large { ("1000000", "10000", "1000000") } else { ("100000", "10000", "200000") };
    setup::packages("tests/web")?;
    for words in [
        &["bench/run.py", "--binary", binary, "--peer-python", &python, "--peer-examples", &examples][..],
        &["bench/desk.py", binary, "--reports", reports, "--incidents", incidents, "--phone"],
        &["bench/taxii.py", "--binary", binary, "--medallion", &medallion, "--large", objects],
        &["bench/matching.py", "target/release/examples/matching_speed", "--peer-python", &python],
    ] {
        check(command("python3", words))?;
    }
    Ok(())
}
