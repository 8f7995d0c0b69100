//! `forewarn eval`

use anyhow::Result;

use crate::args::{Eval, EvalAction, Global};
use crate::command::eval_watch;
use crate::exit::Code;

pub(crate) fn run(global: &Global, args: &Eval) -> Result<Code> {
    match &args.action {
        EvalAction::Watch(it) => eval_watch::run(global, it),
    }
}
