//! `forewarn demo`

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use forewarn_app::demo::run::{Event, PASSPHRASE, passphrase, run as tell_story};
use forewarn_app::model::Segment;
use forewarn_app::{Context, Engine, Workspace};
use forewarn_serve::Access;
use serde_json::json;

use crate::args::{Demo, Global, ServeLimits};
use crate::command::{serve, watch};
use crate::exit::Code;
use crate::progress::Terminal;
use crate::{output, setup};

/// Where the demonstration keeps its data unless told otherwise.
const DATA: &str = "demo-data";

pub(crate) fn run(global: &Global, args: &Demo) -> Result<Code> {
    let context = setup::context(global);
    let data = global.data.clone().unwrap_or_else(|| PathBuf::from(DATA));
    let mut workspace = Workspace::open(&data)?;
    let engine = Engine::builtin()?;
    let progress = Terminal::new(global);
    let loud = !global.json && !global.quiet;
    let mut failed = None;
    let outcome = tell_story(&mut workspace, &context, &engine, &args.out, &progress, &mut |event| {
        if loud && failed.is_none() {
            failed = show(&event).err();
        }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    if global.json {
        let files: Vec<String> = outcome.files.iter().map(|path| path.display().to_string()).collect();
        output::json(&json!({ "notices": outcome.numbers, "files": files }))?;
    } else if loud {
        output::line(&format!("\n{}", output::orange("Written")))?;
        for path in &outcome.files {
            output::line(&format!("  {}", path.display()))?;
        }
        output::line(&format!("\n{}", output::orange("Signing further notices in this data folder")))?;
        output::line(&format!("  the passphrase of the demonstration's key is: {PASSPHRASE}"))?;
        output::line("  it vouches for nothing: a real desk chooses its own with its first notice")?;
    }
    if args.no_serve {
        return Ok(Code::Done);
    }
    drop(workspace);
    // Everybody who reaches the page of the demonstration may do everything in it, on this machine only.
    let access = if args.listen.ip().is_loopback() { Access::Local } else { Access::SignIn };
    let context = Context { passphrase: Arc::new(passphrase), ..context };
    let limits = ServeLimits::default();
    let options = serve::options(context, access, false, &limits);
    // Today the story is over: the page opens on its last day.
    let path = format!("/?as_of={}", outcome.last_known);
    serve::open(
        global,
        &data,
        args.listen,
        options,
        None,
        (&limits).into(),
        serve::Opening { path: &path, ..serve::Opening::default() },
    )
}

fn show(event: &Event<'_>) -> Result<()> {
    match event {
        Event::Assessed(counts) => {
            output::line(&format!("\n{}", output::orange("Offers, by verdict")))?;
            for (verdict, count) in *counts {
                output::line(&format!("  {count:4}  {}", verdict.replace('_', " ")))?;
            }
        }
        Event::Campaigns(campaigns) => {
            output::line(&format!("\n{} {}", output::orange("Campaigns"), campaigns.len()))?;
            for overview in campaigns.iter().take(3) {
                let words = overview.campaign.template.segments.iter().map(|segment| match segment {
                    Segment::Fixed(text) => text.replace('\n', " "),
                    Segment::Slot(slot) => output::slot(&format!("[{}]", slot.kind.as_str())),
                });
                let template: String = words.collect::<Vec<_>>().join(" ");
                output::line(&format!("  {} offers: {template}", overview.campaign.members.len()))?;
            }
        }
        Event::Tied(network, tie) => {
            let (entities, links) = network.size();
            output::line(&format!("\n{} {entities} nodes, {links} links", output::orange("Network")))?;
            if let Some(tie) = tie {
                output::line(&format!("  recruitment and fraud meet: {}", tie.told))?;
            }
        }
        Event::Month(month, hubs, origins, alarms) => {
            let month = month.to_string();
            let head = output::orange(&month[..7]);
            output::line(&format!("\n{head} {hubs} hub countries, {origins} countries of origin known"))?;
            for told in *alarms {
                watch::tell(told)?;
            }
        }
        Event::Chosen(told) => {
            output::line(&format!("\n{}", output::orange("The alarm that matters")))?;
            watch::tell(told)?;
        }
        Event::Method(overview) => {
            let told = format!("{} offers from one template", overview.campaign.members.len());
            output::line(&format!("\n{}\n  {told}", output::orange("How they recruit")))?;
        }
        Event::Step(who, what) => output::line(&format!("  {who} {what}"))?,
    }
    Ok(())
}
