//! `forewarn completions`

use std::io;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::generate;

use crate::args::{Args, Completions};
use crate::exit::Code;

pub(crate) fn run(args: &Completions) -> Result<Code> {
    generate(args.shell, &mut Args::command(), "forewarn", &mut io::stdout());
    Ok(Code::Done)
}
