//! `forewarn share`

use anyhow::Result;

use crate::args::{Global, Share, ShareAction};
use crate::command::matching;
use crate::exit::Code;

pub(crate) fn run(global: &Global, args: &Share) -> Result<Code> {
    match &args.action {
        ShareAction::Matching(action) => matching::run(global, action),
    }
}
