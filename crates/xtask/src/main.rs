//! The developers' helper: `cargo xtask test | setup | layers | gen | shots | bench`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program speaks on its standard streams"
)]

mod bench;
mod generate;
mod layers;
mod run;
mod setup;
mod shots;
mod test;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask test          install what the tests need, then run everything that CI runs
cargo xtask setup         only install what the tests need
cargo xtask layers        compare the crates' dependencies with the table in ARCHITECTURE.md
cargo xtask gen [--check] write the generated files, or prove that they are fresh
cargo xtask shots         take the pictures of the pages in docs/img anew
cargo xtask bench         measure, and write docs/benchmarks.md; --large: at a million reports";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result<()> {
    match words {
        ["test"] => test::run(),
        ["setup"] => setup::run().map(|_| ()),
        ["layers"] => layers::run(),
        ["gen"] => generate::run(false),
        ["gen", "--check"] => generate::run(true),
        ["shots"] => shots::run(),
        ["bench"] => bench::run(false),
        ["bench", "--large"] => bench::run(true),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => bail!("no such task: {}\n{HELP}", words.join(" ")),
    }
}
