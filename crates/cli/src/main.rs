//! The binary `forewarn`: arguments, configuration, logging, and how outcomes look on a terminal.
//!
//! Everything that it does stands in `app`; here is only how it is asked for and shown. This is the one
//! place that reads the clock, the environment and the operating system's randomness.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program speaks on its standard streams"
)]

mod args;
mod command;
mod exit;
mod output;
mod paragraph;
mod progress;
mod setup;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    setup::logging(&args.global);
    let result = match &args.command {
        Command::Demo(it) => command::demo::run(&args.global, it),
        Command::Check(it) => command::check::run(&args.global, it),
        Command::Read(it) => command::read::run(&args.global, it),
        Command::Ingest(it) => command::ingest::run(&args.global, it),
        Command::Reports(it) => command::reports::run(&args.global, it),
        Command::Incidents(it) => command::incidents::run(&args.global, it),
        Command::Campaigns(it) => command::campaigns::run(&args.global, it),
        Command::Cluster(it) => command::cluster::run(&args.global, it),
        Command::Network(it) => command::network::run(&args.global, it),
        Command::Watch(it) => command::watch::run(&args.global, it),
        Command::Eval(it) => command::eval::run(&args.global, it),
        Command::Notice(it) => command::notice::run(&args.global, it),
        Command::Sources(it) => command::sources::run(&args.global, it),
        Command::Members(it) => command::members::run(&args.global, it),
        Command::Users(it) => command::users::run(&args.global, it),
        Command::Audit(it) => command::audit::run(&args.global, it),
        Command::Htcds(it) => command::htcds::run(&args.global, it),
        Command::Misp(it) => command::misp::run(&args.global, it),
        Command::Share(it) => command::share::run(&args.global, it),
        Command::Statistics(it) => command::statistics::run(&args.global, it),
        Command::Rules(it) => command::rules::run(&args.global, it),
        Command::Train(it) => command::train::run(&args.global, it),
        Command::Serve(it) => command::serve::run(&args.global, it),
        Command::Verify(it) => command::verify::run(&args.global, it),
        Command::Backup(it) => command::backup::make(&args.global, it),
        Command::Restore(it) => command::backup::restore(&args.global, it),
        Command::Keys(it) => command::keys::run(&args.global, it),
        Command::Completions(it) => command::completions::run(it),
    };
    match result {
        Ok(code) => code.into(),
        Err(error) => {
            output::note!("forewarn: {}", told(&error));
            exit::Code::Failed.into()
        }
    }
}

/// An error with its causes; a cause that the words before it end with is not told twice.
fn told(error: &anyhow::Error) -> String {
    let mut words = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !words.ends_with(&cause) {
            words = format!("{words}: {cause}");
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use anyhow::Context;

    #[track_caller]
    fn check(error: anyhow::Error, expected: &str) {
        assert_eq!(super::told(&error), expected);
    }

    #[test]
    fn each_cause_is_told_once() {
        let missing = || std::io::Error::other("not there");
        let file = |path: &str| forewarn_app::AppError::file("open", path.as_ref())(missing());
        check(file("a").into(), "open \"a\": not there");
        check(Err::<(), _>(missing()).context("open b").unwrap_err(), "open b: not there");
        check(Err::<(), _>(file("c")).context("read list").unwrap_err(), "read list: open \"c\": not there");
    }
}
