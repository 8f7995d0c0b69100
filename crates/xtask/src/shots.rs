//! The pictures of the pages in `docs/img/`, made anew from the demonstration.

use anyhow::{Context, Result, bail};

use crate::run::{cargo, check, command, root};
use crate::setup;

/// The most that a picture may have, in bytes: they are read on slow lines too.
const BYTES_MAX: u64 = 150_000;

/// Fills a data folder with the demonstration, has a browser take the pictures, and keeps those that are small.
pub(crate) fn run() -> Result<()> {
    setup::packages("tests/web")?;
    if !has_fonts() {
        println!(
            "shots: letters of some scripts will be boxes: install fonts-noto-core and fonts-noto-color-emoji"
        );
    }
    let data = demonstration()?;
    check(command(
        "node",
        &["tests/web/desk.mjs", "target/debug/forewarn", &data, "--pictures", "docs/img"],
    ))?;
    let mut large = Vec::new();
    for entry in std::fs::read_dir(root().join("docs/img")).context("read docs/img")? {
        let entry = entry?;
        let path = entry.path().to_string_lossy().into_owned();
        // Fewer colours, a third of the bytes; what is small already stays as it is.
        if entry.metadata()?.len() > BYTES_MAX / 2 {
            check(command(
                "pngquant",
                &["--force", "--ext", ".png", "--strip", "--quality", "60-95", &path],
            ))?;
        }
        let bytes = std::fs::metadata(&path).with_context(|| format!("read {path}"))?.len();
        if bytes > BYTES_MAX {
            large.push(format!("{} has {bytes} bytes", entry.file_name().to_string_lossy()));
        }
    }
    if !large.is_empty() {
        bail!("pictures of more than {BYTES_MAX} bytes: {}: show less of the page", large.join(", "));
    }
    println!("shots: the pictures in docs/img are fresh");
    Ok(())
}

/// Whether there is a font for Devanagari, and so probably for the rest.
fn has_fonts() -> bool {
    let told = std::process::Command::new("fc-list").arg(":lang=hi").output();
    told.is_ok_and(|told| !told.stdout.is_empty())
}

/// A data folder of its own with the demonstration in it, made if it is not there.
pub(crate) fn demonstration() -> Result<String> {
    let data = root().join("target/desk-check/data").to_string_lossy().into_owned();
    let out = root().join("target/desk-check/out").to_string_lossy().into_owned();
    check(cargo(&[
        "run",
        "--quiet",
        "--locked",
        "--",
        "demo",
        "--no-serve",
        "--data",
        &data,
        "--out",
        &out,
    ]))?;
    Ok(data)
}
