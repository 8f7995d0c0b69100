//! `forewarn audit`

use anyhow::Result;
use forewarn_app::audit;
use forewarn_app::store::AuditFilter;
use serde_json::{Value, json};

use crate::args::{Audit, Global};
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Audit) -> Result<Code> {
    let workspace = setup::workspace(global)?;
    let filter = AuditFilter {
        actor: args.actor.clone(),
        action: args.action.clone(),
        subject: args.subject.clone(),
        from: args.from,
        to: args.to,
        text: args.text.clone(),
    };
    let found = audit::search(&workspace, &setup::context(global), &filter, args.before, args.limit)?;
    if global.json {
        let entries = found.entries.iter().map(|(number, entry)| {
            json!({
                "number": number, "at": entry.at.to_string(), "actor": entry.actor, "action": entry.action,
                "subject": entry.subject, "detail": entry.detail,
            })
        });
        output::json(&json!({ "entries": entries.collect::<Vec<Value>>(), "next": found.next }))?;
        return Ok(Code::Done);
    }
    let rows = found.entries.iter().map(|(number, entry)| {
        vec![
            number.to_string(),
            entry.at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
            entry.actor.clone(),
            entry.action.clone(),
            entry.subject.clone(),
            entry.detail.clone(),
        ]
    });
    let header = ["number", "at (UTC)", "who", "what", "on", "more"];
    output::list(&header, rows.collect(), "no entry fits: ask for less, see `forewarn audit --help`")?;
    if let Some(next) = found.next {
        output::note!("There are older ones: --before {next}");
    }
    Ok(Code::Done)
}
