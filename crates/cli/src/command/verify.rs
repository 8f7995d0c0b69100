//! `forewarn verify`

use std::path::Path;

use anyhow::{Context as _, Result};
use forewarn_app::integrity::{self, Check};
use forewarn_app::notice::log;
use forewarn_app::notice::verify::{self, Known, Verified};
use serde_json::{Value, json};

use crate::args::{Global, Verify};
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Verify) -> Result<Code> {
    let Some(path) = &args.file else { return folder(global) };
    let bytes = read(path)?;
    let log = args.log_folder.as_deref().map(log::read).transpose()?;
    let keys = match (&args.keys, &log) {
        (Some(path), _) => {
            let document = serde_json::from_slice(&read(path)?);
            Some(document.with_context(|| format!("read {}: expected JSON", path.display()))?)
        }
        (None, Some(log)) => Some(log.keys.clone()),
        (None, None) => None,
    };
    let checkpoint = args.checkpoint.as_deref().map(read).transpose()?;
    let checkpoint = checkpoint.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let known = Known {
        kid: args.kid.as_deref(),
        keys: keys.as_ref().map(log::key_set).transpose()?,
        log: log.as_ref(),
        checkpoint: checkpoint.as_deref(),
    };
    match verify::run(&bytes, &known) {
        Ok(verified) => show(global, path, &verified),
        Err(error) => {
            if global.json {
                output::json(&json!({ "holds": false, "why": error.to_string() }))?;
            } else {
                output::line(&format!("{}: does not hold: {error}", path.display()))?;
            }
            Ok(Code::DoesNotHold)
        }
    }
}

fn show(global: &Global, path: &Path, verified: &Verified) -> Result<Code> {
    let why = verified.why_not();
    if global.json {
        output::json(&json!({
            "holds": why.is_none(), "why": why, "number": verified.number, "state": verified.state,
            "kid": verified.kid, "trusted": verified.trusted, "checks": views(&verified.checks),
        }))?;
    } else {
        let verdict = if why.is_none() { "holds" } else { "DOES NOT HOLD" };
        let (number, state) = (&verified.number, &verified.state);
        output::line(&format!("{}: notice {number} ({state}): {verdict}", path.display()))?;
        table(&verified.checks)?;
        if !verified.trusted {
            output::line(&format!(
                "Compare the key {} with the one that the issuer has published, or give it with --kid or --keys.",
                verified.kid
            ))?;
        }
    }
    Ok(if why.is_none() { Code::Done } else { Code::DoesNotHold })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("read {}", path.display()))
}

fn views(checks: &[Check]) -> Vec<Value> {
    let view = |check: &Check| json!({ "what": check.what, "found": check.found, "holds": check.holds });
    checks.iter().map(view).collect()
}

fn table(checks: &[Check]) -> Result<()> {
    let rows = checks.iter().map(|check| {
        let mark = if check.holds { "holds" } else { "DOES NOT HOLD" };
        vec![check.what.clone(), mark.to_owned(), check.found.clone()]
    });
    output::table(&["", "", ""], rows.collect())
}

fn folder(global: &Global) -> Result<Code> {
    let workspace = setup::workspace(global)?;
    let checks = integrity::run(&workspace, &setup::context(global))?;
    let holds = checks.iter().all(|check| check.holds);
    if global.json {
        output::json(&json!({ "holds": holds, "checks": views(&checks) }))?;
    } else {
        table(&checks)?;
    }
    Ok(if holds { Code::Done } else { Code::DoesNotHold })
}
