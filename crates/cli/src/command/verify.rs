//! `forewarn verify`

use anyhow::{Context as _, Result};
use forewarn_app::integrity;
use forewarn_app::notice::verify;
use serde_json::json;

use crate::args::{Global, Verify};
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Verify) -> Result<Code> {
    let Some(path) = &args.file else { return folder(global) };
    let bytes = std::fs::read(path).with_context(|| format!("read {}", path.display()))?;
    match verify::run(&bytes, args.kid.as_deref()) {
        Ok(verified) => {
            if global.json {
                output::json(
                    &json!({ "holds": true, "number": verified.number, "kid": verified.kid, "trusted": verified.trusted }),
                )?;
            } else {
                output::line(&format!("notice {}: the signature holds", verified.number))?;
                output::line(&format!("signed with key {}", verified.kid))?;
                if !verified.trusted {
                    output::line(
                        "Compare this thumbprint with the one that the issuer has published, or give it with --kid.",
                    )?;
                }
            }
            Ok(Code::Done)
        }
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

fn folder(global: &Global) -> Result<Code> {
    let workspace = setup::workspace(global)?;
    let checks = integrity::run(&workspace)?;
    let holds = checks.iter().all(|check| check.holds);
    if global.json {
        let all: Vec<_> = checks
            .iter()
            .map(|check| json!({ "what": check.what, "found": check.found, "holds": check.holds }))
            .collect();
        output::json(&json!({ "holds": holds, "checks": all }))?;
    } else {
        let rows = checks.iter().map(|check| {
            let mark = if check.holds { "holds" } else { "DOES NOT HOLD" };
            vec![check.what.clone(), mark.to_owned(), check.found.clone()]
        });
        output::table(&["", "", ""], rows.collect())?;
    }
    Ok(if holds { Code::Done } else { Code::DoesNotHold })
}
