//! `forewarn keys list --json`

use anyhow::Result;
use forewarn_app::keys;
use forewarn_app::notice::log::key_document;

use crate::args::{Global, Keys, KeysAction};
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Keys) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    if matches!(args.action, KeysAction::Rotate) {
        keys::rotate(&mut workspace, &setup::context(global))?;
    }
    if global.json {
        output::json(&key_document(&workspace)?)?;
        return Ok(Code::Done);
    }
    let rows = keys::list(&workspace, &setup::context(global))?.into_iter().map(|key| {
        let until = key.until.map_or_else(|| "counts now".to_owned(), |until| until.to_string());
        vec![key.kid, key.from.to_string(), until]
    });
    let empty =
        "no keys yet: the first `forewarn notice issue` makes one, and so does `forewarn keys rotate`";
    output::list(&["key", "from", "until"], rows.collect(), empty)?;
    Ok(Code::Done)
}
