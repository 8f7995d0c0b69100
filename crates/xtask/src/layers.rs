//! Walls between the crates: what `cargo metadata` says must be what the table in ARCHITECTURE.md allows.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::run::{cargo, read, root};

type Edges = BTreeMap<String, BTreeSet<String>>;

pub(crate) fn run() -> Result<()> {
    let document = std::fs::read_to_string(root().join("ARCHITECTURE.md")).context("read ARCHITECTURE.md")?;
    let metadata = read(cargo(&["metadata", "--format-version", "1", "--no-deps", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("read cargo metadata")?;
    let wrong = compare(&table(&document)?, &edges(&metadata));
    if !wrong.is_empty() {
        bail!("the walls do not stand:\n{}", wrong.join("\n"));
    }
    println!("layers: every crate keeps to the table in ARCHITECTURE.md");
    Ok(())
}

/// The rows of the crate table: | `crate` | purpose | `a`, `b` |; `stages` stands for all that use `model`
/// alone, and `–` for nothing.
fn table(document: &str) -> Result<Edges> {
    let mut allowed = Edges::new();
    for line in document.lines() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, uses] = cells.as_slice() else { continue };
        let Some(name) = name.strip_prefix('`').and_then(|name| name.strip_suffix('`')) else { continue };
        let uses = uses.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        allowed.insert(name.to_owned(), uses);
    }
    if allowed.is_empty() {
        bail!("ARCHITECTURE.md has no crate table");
    }
    Ok(allowed)
}

/// What each crate uses of ours, outside of its tests.
fn edges(metadata: &Value) -> Edges {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let short =
        |value: &Value| value.as_str().and_then(|name| name.strip_prefix("forewarn-")).map(str::to_owned);
    let mut edges = Edges::new();
    for package in list(&metadata["packages"]) {
        let Some(name) = short(&package["name"]) else { continue };
        let uses = list(&package["dependencies"]);
        let uses = uses.iter().filter(|dependency| dependency["kind"] != "dev");
        edges.insert(name, uses.filter_map(|dependency| short(&dependency["name"])).collect());
    }
    edges
}

fn compare(allowed: &Edges, used: &Edges) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, uses) in used {
        let Some(may) = allowed.get(name) else {
            wrong.push(format!("  {name} is not in the table"));
            continue;
        };
        for other in uses.difference(may) {
            wrong.push(format!("  {name} uses {other}, which the table does not allow"));
        }
        for other in may.difference(uses) {
            wrong.push(format!("  {name} may use {other} by the table, and does not"));
        }
    }
    for name in allowed.keys().filter(|name| !used.contains_key(*name)) {
        wrong.push(format!("  {name} is in the table, and does not exist"));
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "| crate | purpose | uses |\n|---|---|---|\n| `model` | words | – |\n| `link` | graph | `model` |\n";

    /// A crate, and what it uses: name, kind of dependency.
    type Package<'a> = (&'a str, &'a [(&'a str, Option<&'a str>)]);

    #[track_caller]
    fn check(packages: &[Package<'_>], expected: &[&str]) {
        let packages: Vec<Value> = packages
            .iter()
            .map(|(name, uses)| {
                let uses: Vec<Value> = uses
                    .iter()
                    .map(|(name, kind)| serde_json::json!({"name": format!("forewarn-{name}"), "kind": kind}))
                    .collect();
                serde_json::json!({"name": format!("forewarn-{name}"), "dependencies": uses})
            })
            .collect();
        let used = edges(&serde_json::json!({ "packages": packages }));
        let wrong = compare(&table(TABLE).unwrap(), &used);
        assert_eq!(wrong.iter().map(|line| line.trim()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn finds_what_the_table_does_not_say() {
        check(&[("model", &[]), ("link", &[("model", None)])], &[]);
        check(&[("model", &[("link", Some("dev"))]), ("link", &[("model", None)])], &[]);
        check(
            &[("model", &[("link", None)]), ("link", &[]), ("new", &[])],
            &[
                "link may use model by the table, and does not",
                "model uses link, which the table does not allow",
                "new is not in the table",
            ],
        );
        check(&[("model", &[])], &["link is in the table, and does not exist"]);
    }
}
