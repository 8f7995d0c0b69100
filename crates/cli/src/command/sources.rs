//! `forewarn sources`

use anyhow::Result;
use forewarn_app::source::own;
use forewarn_app::store::StoredSource;
use serde_json::{Value, json};

use crate::args::{Global, Sources, SourcesAction};
use crate::exit::Code;
use crate::{output, setup};

pub(crate) fn run(global: &Global, args: &Sources) -> Result<Code> {
    let mut workspace = setup::workspace(global)?;
    let context = setup::context(global);
    match &args.action {
        SourcesAction::List { limit, after } => {
            let (sources, next) = own::list(&workspace, &context, after.as_deref(), *limit)?;
            list(global, &sources, next.as_deref())
        }
        SourcesAction::Own { source, organisation, .. } => {
            let outcome = own::run(&mut workspace, &context, source, organisation.as_deref())?;
            told(global, &outcome)
        }
    }
}

fn list(global: &Global, sources: &[StoredSource], next: Option<&str>) -> Result<Code> {
    if global.json {
        output::json(&json!({
            "sources": sources.iter().map(view).collect::<Vec<Value>>(), "next": next,
        }))?;
        return Ok(Code::Done);
    }
    let rows = sources
        .iter()
        .map(|source| vec![source.name.clone(), source.organisation.clone().unwrap_or_default()]);
    output::table(&["source", "organisation"], rows.collect())?;
    if let Some(next) = next {
        output::note!("There are more: --after {next:?}");
    }
    Ok(Code::Done)
}

fn told(global: &Global, outcome: &own::Outcome) -> Result<Code> {
    if global.json {
        let mut shown = view(&outcome.source);
        shown["known"] = json!(outcome.known);
        shown["reports"] = json!(outcome.reports);
        output::json(&shown)?;
        return Ok(Code::Done);
    }
    let name = &outcome.source.name;
    let whose = match &outcome.source.organisation {
        Some(organisation) => format!("{name:?} belongs to {organisation:?}"),
        None => format!("{name:?} belongs to nobody"),
    };
    output::line(&format!("{whose}; {} restricted reports have another owner now", outcome.reports))?;
    if !outcome.known {
        output::note!("No report came from {name:?} yet: it will hold for what comes.");
    }
    Ok(Code::Done)
}

fn view(source: &StoredSource) -> Value {
    json!({ "name": source.name, "organisation": source.organisation })
}
