//! What the tests need beside a Rust toolchain: Debian packages (installed when run as root), Python packages
//! in a private virtual environment under `target/`, and from npm's lock files what walks the pages in a browser
//! and what bundles their scripts.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::run::{check, command, exists, root};

/// Programs, and the Debian package that brings each.
const PROGRAMS: &[(&str, &str)] = &[
    ("chromium", "chromium"),
    ("npm", "npm"),
    ("pdftotext", "poppler-utils"),
    ("pngquant", "pngquant"),
    ("python3", "python3"),
    ("xmllint", "libxml2-utils"),
];

/// Installs what is missing; returns the Python of the virtual environment.
pub(crate) fn run() -> Result<PathBuf> {
    programs(PROGRAMS)?;
    for folder in ["tests/oidc", "tests/web", "web"] {
        packages(folder)?;
    }
    environment("venv", "tests/thirdparty/requirements.txt")
}

/// Installs those programs that are missing: each with the Debian package that brings it.
pub(crate) fn programs(wanted: &[(&str, &str)]) -> Result<()> {
    let missing: Vec<&str> =
        wanted.iter().filter(|(program, _)| !exists(program)).map(|(_, package)| *package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !is_root() || !exists("apt-get") {
        bail!("this needs {}: install them, or run as root on Debian", missing.join(", "));
    }
    check(command("apt-get", &["update", "-qq"]))?;
    let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
    arguments.extend(&missing);
    check(command("apt-get", &arguments))
}

/// A private environment under `target/` with the packages of a list, made anew when the list has changed;
/// returns its Python.
pub(crate) fn environment(name: &str, requirements: &str) -> Result<PathBuf> {
    let venv = root().join("target").join(name);
    let python = venv.join("bin/python");
    let wanted = root().join(requirements);
    let list = std::fs::read_to_string(&wanted).with_context(|| format!("read {requirements}"))?;
    let stamp = venv.join("installed.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == list) {
        return Ok(python);
    }
    check(command("python3", &["-m", "venv", &text(&venv)]))?;
    check(command(&text(&python), &["-m", "pip", "install", "--quiet", "-r", &text(&wanted)]))?;
    std::fs::write(&stamp, list).context("write the stamp of the virtual environment")?;
    Ok(python)
}

/// The packages of a folder: installed from its lock file, anew when that has changed.
pub(crate) fn packages(folder: &str) -> Result<()> {
    let lock = root().join(folder).join("package-lock.json");
    let wanted =
        std::fs::read_to_string(&lock).with_context(|| format!("read {folder}/package-lock.json"))?;
    let stamp = root().join(folder).join("node_modules/installed.json");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    check(command("npm", &["--prefix", folder, "ci", "--no-audit", "--no-fund", "--silent"]))?;
    std::fs::write(&stamp, wanted).with_context(|| format!("write the stamp of {folder}"))
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|meta| {
        #[cfg(unix)]
        return std::os::unix::fs::MetadataExt::uid(&meta) == 0;
        #[cfg(not(unix))]
        return false;
    })
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
