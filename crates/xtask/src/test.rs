//! Everything that CI runs, in the order in which it fails fastest.

use anyhow::{Context, Result};

use crate::run::{cargo, check, command, root};
use crate::{generate, layers, setup, shots};

/// Scripts of independent implementations, and the file of the demonstration that each verifies.
const THIRD_PARTY: &[(&str, &str)] = &[
    ("validate_stix.py", "notice.stix.json"),
    ("validate_cap.py", "notice.cap.xml"),
    ("verify_notice.py", "notice.json"),
];

/// What people do, in a real browser.
const STORIES: &[&str] =
    &["tests/web/check.mjs", "tests/web/people.mjs", "tests/web/network.mjs", "tests/web/notices.mjs"];

pub(crate) fn run() -> Result<()> {
    let python = setup::run()?;
    check(cargo(&["fmt", "--all", "--check"]))?;
    layers::run()?;
    check(cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))?;
    let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--locked", "--quiet"]);
    doc.env("RUSTDOCFLAGS", "-D warnings");
    check(doc)?;
    check(cargo(&["test", "--workspace", "--locked"]))?;
    generate::run(true)?;
    demo(&python.to_string_lossy())?;
    for story in STORIES {
        check(command("node", &[story, "target/debug/forewarn"]))?;
    }
    let mut sign_in = command("node", &["tests/oidc/sign-in.mjs"]);
    sign_in.env("FOREWARN", root().join("target/debug/forewarn"));
    check(sign_in)?;
    check(command("node", &["tests/web/desk.mjs", "target/debug/forewarn", &shots::demonstration()?]))?;
    println!("xtask: everything passes");
    Ok(())
}

/// Runs the demonstration as a user would, and has independent implementations look at what it wrote.
fn demo(python: &str) -> Result<()> {
    let out = root().join("target/demo-check");
    if out.exists() {
        std::fs::remove_dir_all(&out).with_context(|| format!("remove {}", out.display()))?;
    }
    let (data, files) = (out.join("data"), out.join("out"));
    let (data, files) = (data.to_string_lossy(), files.to_string_lossy());
    let words = ["run", "--quiet", "--locked", "--", "demo", "--no-serve", "--data", &data, "--out", &files];
    check(cargo(&words))?;
    for (script, file) in THIRD_PARTY {
        let script = format!("tests/thirdparty/{script}");
        check(command(python, &[&script, &format!("{files}/{file}")]))?;
    }
    for folder in ["", "method/"] {
        let words = ["notice.pdf", "notice.json"].map(|name| format!("{files}/{folder}{name}"));
        check(command(python, &["tests/thirdparty/validate_pdf.py", &words[0], &words[1]]))?;
    }
    let feeds = ["en", "ar", "zh-Hans", "sw"].map(|language| format!("{files}/public/feed.{language}.atom"));
    let script = "tests/thirdparty/validate_feed.py".to_owned();
    let words: Vec<&str> = std::iter::once(&script).chain(&feeds).map(String::as_str).collect();
    check(command(python, &words))?;
    let mail = ["tests/thirdparty/deliver_mail.py", "target/debug/forewarn", &data, "FW-DEMO-OR-0001"];
    check(command(python, &mail))?;
    let feed = format!("{files}/misp");
    let words = ["run", "--quiet", "--locked", "--", "misp", "feed", "--data", &data, "--out", &feed];
    check(cargo(&words))?;
    check(command(python, &["tests/thirdparty/validate_misp.py", &feed]))?;
    let formats = ["graphml", "gexf", "csv"];
    let exports = formats.map(|format| format!("{files}/network.{format}"));
    for (format, export) in formats.iter().zip(&exports) {
        let words = ["run", "--quiet", "--locked", "--", "network", "--data", &data];
        check(cargo(&[&words[..], &["--export", format, "--out", export]].concat()))?;
    }
    let script = "tests/thirdparty/validate_graph.py".to_owned();
    let words: Vec<&str> = std::iter::once(&script).chain(&exports).map(String::as_str).collect();
    check(command(python, &words))?;
    taxii(python, &data, &files)?;
    let words = ["tests/thirdparty/fuzz_api.py", "--binary", "target/debug/forewarn", "--data", &data];
    check(command(python, &words))?;
    check(command("pdftotext", &[&format!("{files}/notice.pdf"), &format!("{files}/notice.txt")]))
}

/// Other people's TAXII clients walk the running service.
fn taxii(python: &str, data: &str, files: &str) -> Result<()> {
    let (script, binary) = ("tests/thirdparty/check_taxii.py", "target/debug/forewarn");
    let bundle = format!("{files}/notice.stix.json");
    check(command(python, &[script, "--binary", binary, "--data", data, "--bundle", &bundle]))
}
