//! `forewarn network`

use anyhow::{Result, bail};
use forewarn_app::network::build::{self, name, tell};
use serde_json::{Value, json};

use crate::args::{Global, Network};
use crate::exit::Code;
use crate::progress::Terminal;
use crate::{output, setup};

/// How many nodes are shown at most.
const ENTITIES_MAX: usize = 5_000;

pub(crate) fn run(global: &Global, args: &Network) -> Result<Code> {
    let workspace = setup::workspace(global)?;
    let context = setup::context(global);
    let network = build::run(&workspace, &context, &Terminal::new(global))?;
    let centre = network.find(&args.value)?;
    if let Some(other) = &args.path {
        let end = network.find(other)?;
        let Some(path) = network.path(centre.id, end.id) else {
            bail!("network: nothing ties {} to {}", args.value, other);
        };
        let tie = tell(&path);
        if global.json {
            let steps: Vec<Value> = path
                .steps
                .iter()
                .map(|step| {
                    let reports: Vec<String> =
                        step.link.evidence().iter().map(|proof| proof.report.to_string()).collect();
                    json!({ "link": step.link.kind.as_str(), "to": step.other.value, "reports": reports })
                })
                .collect();
            output::json(&json!({ "from": centre.value, "to": end.value, "steps": steps }))?;
        } else {
            output::line(&tie.told)?;
            output::line(&format!("{} steps; in brackets the reports that prove each", tie.steps))?;
        }
        return Ok(Code::Done);
    }
    if global.json {
        output::json(&network.view(centre.id, args.hops, ENTITIES_MAX))?;
        return Ok(Code::Done);
    }
    output::line(&output::orange(&name(centre)))?;
    let (_, links) = network.graph().around(centre.id, args.hops, ENTITIES_MAX);
    let label = |id| network.graph().entity(id).map(name).unwrap_or_default();
    let rows = links.iter().map(|link| {
        let reports: Vec<String> =
            link.evidence().iter().take(3).map(|proof| proof.report.to_string()[..12].to_owned()).collect();
        vec![
            label(link.from),
            link.kind.as_str().to_owned(),
            label(link.to),
            format!("{:.2}", link.strength),
            format!("{} ({})", link.evidence().len(), reports.join(", ")),
        ]
    });
    output::table(&["from", "", "to", "strength", "reports"], rows.collect())?;
    Ok(Code::Done)
}
