//! Checks what the data folder holds: the database, the audit chain, the signatures of issued notices.

use crate::notice::verify;
use crate::{AppError, Workspace};

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
pub fn run(workspace: &Workspace) -> Result<Vec<Check>, AppError> {
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
    for notice in workspace.store.notices()? {
        let Some(signed) = &notice.signed else { continue };
        let verified = verify::run(signed, None);
        checks.push(Check {
            what: format!("notice {}", notice.number),
            found: match &verified {
                Ok(verified) => format!("signature holds, key {}", verified.kid),
                Err(error) => error.to_string(),
            },
            holds: verified.is_ok(),
        });
    }
    Ok(checks)
}
