//! Checks what the data folder holds: the database, the audit chain, the signatures of issued notices.

use forewarn_model::rights::Right;
use serde_json::Value;

use crate::notice::log::Published;
use crate::notice::verify::{self, Known};
use crate::{AppError, Context, Workspace, keys};

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was checked.
    pub what: String,
    /// What was found.
    pub found: String,
    /// Whether it holds.
    pub holds: bool,
}

/// Runs all checks; each says exactly what fails.
pub fn run(workspace: &Workspace, context: &Context) -> Result<Vec<Check>, AppError> {
    context.require_any(&[Right::Operate, Right::AuditRead])?;
    let mut checks = Vec::new();
    let problems = workspace.store.integrity()?;
    checks.push(Check {
        what: "database".to_owned(),
        found: if problems.is_empty() { "sound".to_owned() } else { problems.join("; ") },
        holds: problems.is_empty(),
    });
    let audit = workspace.store.verify_audit()?;
    checks.push(Check {
        what: "audit log".to_owned(),
        found: match &audit {
            Ok(entries) => format!("{entries} entries, each follows the one before it"),
            Err(error) => error.to_string(),
        },
        holds: audit.is_ok(),
    });
    let leaves = workspace.store.log_leaves()?;
    let keys = keys::set(&workspace.store.signing_keys()?)?;
    let copy = Published { leaves, checkpoint: String::new(), keys: Value::Null };
    for notice in workspace.store.notices()? {
        let end = workspace.store.notice_end(notice.id)?;
        let documents = [("notice", notice.signed.as_ref()), ("end of notice", end.as_ref())];
        for (what, signed) in documents {
            let Some(signed) = signed else { continue };
            let known = Known { kid: None, keys: Some(keys.clone()), log: Some(&copy), checkpoint: None };
            let verified = verify::run(signed, &known);
            let (found, holds) = match verified {
                Ok(verified) => match verified.why_not() {
                    None => (format!("signature, key and place in the log hold, key {}", verified.kid), true),
                    Some(why) => (why, false),
                },
                Err(error) => (error.to_string(), false),
            };
            checks.push(Check { what: format!("{what} {}", notice.number), found, holds });
        }
    }
    Ok(checks)
}
