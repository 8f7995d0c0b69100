//! `forewarn backup` and `forewarn restore`

use anyhow::Result;
use forewarn_app::backup::{make, restore};
use serde_json::json;

use crate::args::{Backup, Global, Restore};
use crate::exit::Code;
use crate::progress::Terminal;
use crate::{output, setup};

pub(crate) fn make(global: &Global, args: &Backup) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let made = make::run(&mut workspace, &setup::context(global), &args.out, &Terminal::new(global))?;
    if global.json {
        output::json(&json!({
            "files": made.files,
            "bytes": made.bytes,
            "archive_bytes": made.archive_bytes,
        }))?;
    } else {
        let (files, bytes, archive) = (made.files, made.bytes, made.archive_bytes);
        output::line(&format!("{}: {files} files, {bytes} bytes in {archive}", args.out.display()))?;
    }
    Ok(Code::Done)
}

pub(crate) fn restore(global: &Global, args: &Restore) -> Result<Code> {
    let data = setup::data_folder(global)?;
    let done = restore::run(&setup::context(global), &args.file, &data, &restore::Limits::default())?;
    if global.json {
        let checks = done.checks.iter().map(|check| json!({ "what": check.what, "found": check.found }));
        output::json(&json!({
            "made_at": done.made_at,
            "files": done.files,
            "checks": checks.collect::<Vec<_>>(),
        }))?;
        return Ok(Code::Done);
    }
    for check in &done.checks {
        output::line(&format!("holds    {}: {}", check.what, check.found))?;
    }
    output::line(&format!("{}: {} files as of {}", data.display(), done.files, done.made_at))?;
    Ok(Code::Done)
}
