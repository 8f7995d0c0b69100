//! `forewarn campaigns`

use anyhow::Result;
use forewarn_app::campaign::find::{self, Limits, Overview};
use forewarn_app::model::Segment;

use crate::args::{Campaigns, Global};
use crate::exit::Code;
use crate::progress::Terminal;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Campaigns) -> Result<Code> {
    let context = setup::context(global);
    let mut workspace = setup::workspace(global)?;
    let engine = setup::engine(global)?;
    find::run(&mut workspace, &context, &engine, &Limits::default(), &Terminal::new(global))?;
    let mut all = find::overview(&workspace, &context)?;
    let found = all.len();
    all.truncate(args.count_max);
    if global.json {
        output::json(&find::view(&all))?;
        return Ok(Code::Done);
    }
    for overview in &all {
        show(overview)?;
    }
    output::line(&format!("{found} campaigns"))?;
    Ok(Code::Done)
}

/// A campaign: how large, where, and its template with the slots in colour.
fn show(overview: &Overview) -> Result<()> {
    let campaign = &overview.campaign;
    output::line(&format!(
        "{} · {} offers · {} · naming {}",
        output::orange(&campaign.id.to_string()[..12]),
        campaign.members.len(),
        top(&overview.languages),
        top(&overview.countries),
    ))?;
    let words = campaign.template.segments.iter().map(|segment| match segment {
        Segment::Fixed(text) => text.clone(),
        Segment::Slot(slot) => output::slot(&format!("[{}]", slot.kind.as_str())),
    });
    output::line(&words.collect::<Vec<_>>().join(" "))?;
    for ((kind, value), count) in overview.identifiers.iter().take(5) {
        output::line(&output::dim(&format!("  {kind} {value} in {count}")))?;
    }
    output::line("")
}

/// The most frequent of a list, with their counts.
fn top<T: std::fmt::Display>(list: &[(T, u32)]) -> String {
    list.iter().take(5).map(|(name, count)| format!("{name} ×{count}")).collect::<Vec<_>>().join(", ")
}
