//! `forewarn statistics`

use anyhow::Result;
use forewarn_app::files;
use forewarn_app::model::date::day_of;
use forewarn_app::statistics::{self, Budget, Limits, Release, Request};
use serde_json::{Value, json};

use crate::args::{Global, Statistics};
use crate::exit::Code;
use crate::{output, setup};

/// Most past releases that are listed.
const PAST_MAX: u32 = 1_000;

pub(crate) fn run(global: &Global, args: &Statistics) -> Result<Code> {
    let (mut workspace, context) = (setup::workspace(global)?, setup::context(global));
    let limits = Limits { budget_epsilon: args.budget_epsilon, ..Limits::default() };
    if args.past {
        let past = statistics::past(&workspace, &context, &limits, PAST_MAX)?;
        let budget = statistics::budget(&workspace, &context, &limits)?;
        if global.json {
            let view = |one: &statistics::Past| json!({ "at": one.at.to_string(), "actor": one.actor, "question": one.question, "epsilon": one.epsilon });
            let past: Vec<Value> = past.iter().map(view).collect();
            output::json(&json!({ "past": past, "budget": budget_view(&budget) }))?;
            return Ok(Code::Done);
        }
        let row = |one: statistics::Past| {
            vec![one.at.to_string(), one.actor, one.question, format!("{:.2}", one.epsilon)]
        };
        let rows = past.into_iter().map(row).collect();
        output::list(&["when", "who", "what", "epsilon"], rows, "nothing was released yet")?;
        output::line(&told(&budget))?;
        return Ok(Code::Done);
    }
    let request = Request {
        by: args.by.clone(),
        from: args.from,
        until: args.until.unwrap_or(day_of(context.now)),
        k: args.k,
        epsilon: args.epsilon,
        cells_per_event_max: args.cells_per_event_max,
    };
    let made = statistics::run(&mut workspace, &context, &request, &limits)?;
    if global.json {
        let line = |line: &statistics::Line| json!({ "values": line.values, "count": line.count });
        let by: Vec<&str> = made.by.iter().map(|dimension| dimension.as_str()).collect();
        let lines: Vec<Value> = made.lines.iter().map(line).collect();
        let view = json!({
            "by": by, "lines": lines, "sigma": made.sigma, "shown_from": made.shown_from,
            "budget": budget_view(&made.budget),
        });
        match &args.out {
            Some(path) => files::write_whole(path, serde_json::to_string_pretty(&view)?.as_bytes())?,
            None => output::json(&view)?,
        }
        return Ok(Code::Done);
    }
    let text = table(&made);
    match &args.out {
        Some(path) => {
            files::write_whole(path, text.as_bytes())?;
            let shown = made.lines.iter().filter(|line| line.count.is_some()).count();
            output::line(&format!("{}: {shown} counts", path.display()))?;
        }
        None => output::line(text.trim_end())?,
    }
    if made.lines.is_empty() {
        output::note!("no count is large enough to be shown: count by less, or over a longer time");
    }
    match made.sigma {
        Some(sigma) => {
            let from = made.shown_from;
            output::note!(
                "noise of standard deviation {sigma:.1}; counts are shown from {from} on; {}",
                told(&made.budget)
            );
        }
        None => {
            output::note!("exact counts, those below {} and what would tell them left out", made.shown_from)
        }
    }
    Ok(Code::Done)
}

/// The table as CSV: values are codes, words and months, in which nothing need be quoted. An empty count was left out.
fn table(made: &Release) -> String {
    let by: Vec<&str> = made.by.iter().map(|dimension| dimension.as_str()).collect();
    let mut text = format!("{},count\n", by.join(","));
    for line in &made.lines {
        let count = line.count.map_or_else(String::new, |count| count.to_string());
        text += &format!("{},{count}\n", line.values.join(","));
    }
    text
}

fn told(budget: &Budget) -> String {
    format!("{:.2} of epsilon {:.2} is spent", budget.spent_epsilon, budget.epsilon)
}

fn budget_view(budget: &Budget) -> Value {
    json!({ "spent_epsilon": budget.spent_epsilon, "epsilon": budget.epsilon, "delta": budget.delta })
}
