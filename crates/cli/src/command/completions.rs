//! `forewarn completions`

use std::io;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::{Shell as Target, generate};

use crate::args::{Args, Completions, Shell};
use crate::exit::Code;

pub(crate) fn run(args: &Completions) -> Result<Code> {
    let target = match args.shell {
        Shell::Bash => Target::Bash,
        Shell::Elvish => Target::Elvish,
        Shell::Fish => Target::Fish,
        Shell::PowerShell => Target::PowerShell,
        Shell::Zsh => Target::Zsh,
    };
    generate(target, &mut Args::command(), "forewarn", &mut io::stdout());
    Ok(Code::Done)
}
