//! `forewarn misp`

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use forewarn_app::Workspace;
use forewarn_app::campaign::update;
use forewarn_app::misp::feed;
use forewarn_app::misp::import::{self, Folder, Origin, Outcome};
use forewarn_app::report::process;
use forewarn_app::share::misp::Limits;
use forewarn_courier::{Config, WebFeed};
use serde_json::json;

use crate::args::{FeedArgs, Global, ImportArgs, Misp, MispAction};
use crate::exit::Code;
use crate::progress::Terminal;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Misp) -> Result<Code> {
    match &args.action {
        MispAction::Feed(it) => write_feed(global, it),
        MispAction::Import(it) => take_in(global, it),
    }
}

fn write_feed(global: &Global, args: &FeedArgs) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let request = feed::Request {
        tlp: args.tlp,
        since: args.since,
        issuer: args.issuer.clone(),
        campaigns_count_max: args.campaigns_count_max,
    };
    let written = feed::write(&mut workspace, &setup::context(global), &request, &args.out)?;
    if global.json {
        output::json(&json!({ "events": written.events.len(), "tlp": args.tlp.to_string() }))?;
    } else {
        output::line(&format!(
            "{} events up to {} in {}",
            written.events.len(),
            args.tlp,
            args.out.display()
        ))?;
    }
    Ok(Code::Done)
}

fn take_in(global: &Global, args: &ImportArgs) -> Result<Code> {
    let source = args.source.as_str();
    let request = import::Request {
        since: args.since,
        grading: args.grading,
        limits: Limits { together_count_max: args.together_count_max, ..Limits::default() },
        file_bytes_max: args.file_bytes_max,
        events_count_max: args.events_count_max,
        ..import::Request::new(source)
    };
    let config = Config { timeout_seconds: 60, plain_http: args.plain_http, ..Config::default() };
    let (web, folder);
    let origin = if source.starts_with("https://") || source.starts_with("http://") {
        web = WebFeed::new(source, &config);
        Origin::Feed(&web)
    } else if let Some(path) = feed_folder(Path::new(source)) {
        folder = Folder(path);
        Origin::Feed(&folder)
    } else {
        Origin::Document(
            import::read_file(Path::new(source), args.file_bytes_max)
                .map_err(|what| anyhow!("read {what}"))?,
        )
    };
    let engine = setup::engine(global)?;
    let mut workspace = Workspace::open(&setup::data_folder(global)?)?;
    let context = setup::context(global);
    let progress = Terminal::new(global);
    let outcome = import::run(&mut workspace, &context, &engine, origin, &request, &progress)?;
    process::run(&mut workspace, &context, &engine, &progress)?;
    update::run(&mut workspace, &context, &engine, &update::Limits::default(), &progress)?;
    output::problems(&outcome.problems);
    show(global, &outcome)?;
    let refused = outcome.refused + outcome.events_refused;
    let taken = outcome.accepted + outcome.duplicates + outcome.incidents;
    Ok(match (refused, taken) {
        (0, _) => Code::Done,
        (_, 0) => Code::Failed,
        _ => Code::SomeRefused,
    })
}

/// The folder of a feed, if the path is one or is its manifest.
fn feed_folder(path: &Path) -> Option<PathBuf> {
    if path.is_dir() {
        return Some(path.to_owned());
    }
    let manifest = path.file_name().is_some_and(|name| name == "manifest.json");
    manifest.then(|| path.parent().unwrap_or(Path::new("")).to_owned())
}

fn show(global: &Global, outcome: &Outcome) -> Result<()> {
    let Outcome { events, accepted, duplicates, incidents, identifiers, listed, refused, .. } = outcome;
    if global.json {
        return output::json(&json!({
            "events": events,
            "events_refused": outcome.events_refused,
            "accepted": accepted,
            "duplicates": duplicates,
            "incidents": incidents,
            "retracted": outcome.retracted,
            "identifiers": identifiers,
            "on_warning_lists": listed,
            "refused": refused,
            "withdrawn": outcome.withdrawn,
            "personal": outcome.personal,
            "passed_over": outcome.passed,
        }));
    }
    output::line(&format!(
        "{events} events, {} not readable: {accepted} new reports, {duplicates} known; {identifiers} identifiers, \
         {listed} of them on warning lists, {refused} refused",
        outcome.events_refused
    ))?;
    if *incidents + outcome.retracted > 0 {
        output::line(&format!("{incidents} new incidents, {} withdrawn by their makers", outcome.retracted))?;
    }
    if outcome.personal + outcome.withdrawn > 0 {
        let (personal, withdrawn) = (outcome.personal, outcome.withdrawn);
        output::line(&format!("left out: {personal} attributes of persons, {withdrawn} withdrawn"))?;
    }
    if !outcome.passed.is_empty() {
        let mut all: Vec<_> = outcome.passed.iter().collect();
        all.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let told: Vec<String> = all.iter().take(8).map(|(kind, count)| format!("{kind} {count}")).collect();
        output::line(&format!("passed over, by type: {}", told.join(", ")))?;
    }
    Ok(())
}
