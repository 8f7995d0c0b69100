//! `forewarn campaigns`

use anyhow::{Result, bail};
use forewarn_app::campaign::find::{self, Overview};
use forewarn_app::campaign::list::{self, Listed, Request};
use forewarn_app::campaign::mark::{self, Event, Outcome};
use forewarn_app::campaign::update::{self, Limits};
use forewarn_app::model::assessment::logistic;
use forewarn_app::model::{ReportId, Segment, percent};
use forewarn_app::network::find::{Key, one};
use forewarn_app::store::{CampaignRow, CampaignSort};
use forewarn_app::{Context, Workspace};
use serde_json::{Value, json};

use crate::args::{CampaignAction, CampaignOrder, Campaigns, Global};
use crate::exit::Code;
use crate::progress::Terminal;
use crate::{output, setup};

/// What is said where none is found.
const NONE: &str = "no campaigns: `forewarn ingest` takes in offers, and two of one template make a campaign";

pub(crate) fn run(global: &Global, args: &Campaigns) -> Result<Code> {
    let context = setup::context(global);
    let mut workspace = setup::workspace(global)?;
    let engine = setup::engine(global)?;
    let progress = Terminal::new(global);
    if let Some(action) = &args.action {
        act(global, &mut workspace, &context, action)?;
        // The templates of what changed are made anew.
        update::run(&mut workspace, &context, &engine, &Limits::default(), &progress)?;
        return Ok(Code::Done);
    }
    let outcome = update::run(&mut workspace, &context, &engine, &Limits::default(), &progress)?;
    if args.sort.is_some() || !args.country.is_empty() || !args.language.is_empty() {
        list(global, &workspace, &context, args)?;
        return Ok(Code::Done);
    }
    let all = find::overview(&workspace, &context, args.count_max)?;
    if global.json {
        output::json(&find::view(&all))?;
        return Ok(Code::Done);
    }
    for overview in &all {
        show(overview)?;
    }
    if all.is_empty() {
        output::note!("{NONE}");
    }
    output::line(&format!("{} campaigns of {} offers", outcome.campaigns, outcome.members))?;
    Ok(Code::Done)
}

/// A page of the list, as a table.
fn list(global: &Global, workspace: &Workspace, context: &Context, args: &Campaigns) -> Result<()> {
    let request = Request {
        countries: args.country.clone(),
        languages: args.language.clone(),
        sort: match args.sort {
            None | Some(CampaignOrder::Size) => CampaignSort::Size,
            Some(CampaignOrder::Growth) => CampaignSort::Growth,
            Some(CampaignOrder::Suspicion) => CampaignSort::Suspicion,
            Some(CampaignOrder::Newest) => CampaignSort::Newest,
        },
        cursor: args.cursor.clone(),
        count_max: u32::try_from(args.count_max).unwrap_or(u32::MAX),
    };
    let outcome = list::run(workspace, context, &request)?;
    if global.json {
        let campaigns: Vec<Value> = outcome.campaigns.iter().map(|listed| row_view(&listed.row)).collect();
        return output::json(&json!({ "campaigns": campaigns, "next": outcome.next }));
    }
    let words = |row: &CampaignRow| {
        let countries = row.countries.iter().take(4).map(|country| country.to_string());
        let languages = row.languages.iter().take(3).map(|language| language.to_string());
        (languages.collect::<Vec<_>>().join(" "), countries.collect::<Vec<_>>().join(" "))
    };
    let rows = outcome.campaigns.iter().map(|Listed { row, .. }| {
        let (languages, countries) = words(row);
        vec![
            row.id.to_string()[..12].to_owned(),
            row.members.to_string(),
            format!("{} ({:+})", row.recent, row.recent as i64 - row.before as i64),
            row.log_odds.map_or_else(String::new, |log_odds| format!("{} %", percent(logistic(log_odds)))),
            row.first_day.to_string(),
            row.last_day.to_string(),
            languages,
            countries,
        ]
    });
    let head = [
        "campaign",
        "members",
        "in 30 days (change)",
        "highest score",
        "first",
        "last",
        "languages",
        "countries",
    ];
    output::list(&head, rows.collect(), NONE)?;
    match outcome.next {
        Some(next) => output::line(&format!("more: the same with --cursor {next}")),
        None => Ok(()),
    }
}

fn row_view(row: &CampaignRow) -> Value {
    json!({
        "id": row.id.to_string(),
        "members": row.members,
        "recent": row.recent,
        "before": row.before,
        "first_day": row.first_day.to_string(),
        "last_day": row.last_day.to_string(),
        "probability": row.log_odds.map(logistic),
        "languages": row.languages.iter().map(|language| language.to_string()).collect::<Vec<String>>(),
        "countries": row.countries.iter().map(|country| country.to_string()).collect::<Vec<String>>(),
    })
}

fn act(global: &Global, workspace: &mut Workspace, context: &Context, action: &CampaignAction) -> Result<()> {
    let named = |workspace: &Workspace, text: &str| find::named(workspace, text);
    match action {
        CampaignAction::Show { campaign } => {
            let id = named(workspace, campaign)?;
            let whole = workspace.store.campaign_whole(id)?.unwrap_or(id);
            if whole != id {
                output::note!("{id} is part of {whole} now: see forewarn campaigns history {id}");
            }
            let Some(overview) = find::one(workspace, context, whole)? else {
                bail!("campaigns: {whole} has no members that you may see");
            };
            if global.json {
                return output::json(&find::view(&[overview])[0]);
            }
            show(&overview)?;
            for member in &overview.campaign.members {
                let id = overview.external_ids.get(&member.report).map(String::as_str).unwrap_or_default();
                let day = member.received_at.map(|at| at.to_string()[..10].to_owned()).unwrap_or_default();
                output::line(&format!("  {} {day} {} {id}", member.report, member.role.as_str()))?;
            }
            Ok(())
        }
        CampaignAction::History { campaign } => {
            let events = mark::history(workspace, context, named(workspace, campaign)?)?;
            if global.json {
                return output::json(&Value::Array(events.iter().map(event_view).collect()));
            }
            events.iter().try_for_each(|event| output::line(&told(event)))?;
            output::line(&format!("{} merges and marks", events.len()))
        }
        CampaignAction::Split { campaign, members, why } => {
            let id = named(workspace, campaign)?;
            let reports = members
                .iter()
                .map(|text| match one(workspace, context, text)? {
                    Key::Report(report) => Ok(report),
                    _ => bail!("campaigns: {text} is no report: name members by their ids, rpt-…"),
                })
                .collect::<Result<Vec<ReportId>>>()?;
            sizes(global, &mark::split(workspace, context, id, &reports, why)?)
        }
        CampaignAction::Unsplit { campaign, why } => {
            let id = named(workspace, campaign)?;
            sizes(global, &mark::unsplit(workspace, context, id, why)?)
        }
        CampaignAction::MarkWrongMerge(pair) => {
            let (a, b) = (named(workspace, &pair.a)?, named(workspace, &pair.b)?);
            sizes(global, &mark::wrong_merge(workspace, context, a, b, &pair.why)?)
        }
        CampaignAction::UnmarkMerge(pair) => {
            let (a, b) = (named(workspace, &pair.a)?, named(workspace, &pair.b)?);
            sizes(global, &mark::right_merge(workspace, context, a, b, &pair.why)?)
        }
    }
}

/// The campaigns as they are after a mark.
fn sizes(global: &Global, outcome: &Outcome) -> Result<()> {
    if global.json {
        let one = |(id, members): &(_, usize)| {
            let id: &forewarn_app::model::CampaignId = id;
            json!({ "campaign": id.to_string(), "members": members })
        };
        return output::json(&Value::Array(outcome.campaigns.iter().map(one).collect()));
    }
    outcome.campaigns.iter().try_for_each(|(id, members)| output::line(&format!("{id}: {members} reports")))
}

fn told(event: &Event) -> String {
    match event {
        Event::Merged { merge, wrong } => {
            let day = &merge.at.to_string()[..10];
            let mark = wrong.as_ref().map(|decision| {
                let (by, why) = (&decision.decided_by, &decision.reason);
                format!(
                    "; marked wrong by {by} on {} because “{why}”",
                    &decision.decided_at.to_string()[..10]
                )
            });
            let mark = mark.unwrap_or_default();
            format!("{day} {} turned out to be {}, by {}{mark}", merge.absorbed, merge.kept, merge.by)
        }
        Event::Split { report, from, to, decision } => {
            let (by, why, day) =
                (&decision.decided_by, &decision.reason, &decision.decided_at.to_string()[..10]);
            match decision.verdict.as_str() {
                "wrong" => format!("{day} {report} split from {from} into {to} by {by} because “{why}”"),
                _ => format!("{day} {report} back in {from} by {by} because “{why}”"),
            }
        }
    }
}

fn event_view(event: &Event) -> Value {
    let decided = |decision: &forewarn_app::store::Decision| {
        json!({
            "verdict": decision.verdict,
            "by": decision.decided_by,
            "at": decision.decided_at.to_string(),
            "why": decision.reason,
        })
    };
    match event {
        Event::Merged { merge, wrong } => json!({
            "event": "merged",
            "absorbed": merge.absorbed.to_string(),
            "kept": merge.kept.to_string(),
            "by_report": merge.by.to_string(),
            "at": merge.at.to_string(),
            "marked": wrong.as_ref().map(decided),
        }),
        Event::Split { report, from, to, decision } => json!({
            "event": "split",
            "report": report.to_string(),
            "from": from.to_string(),
            "to": to.to_string(),
            "marked": decided(decision),
        }),
    }
}

/// A campaign: how large, where, and its template with the slots in colour.
fn show(overview: &Overview) -> Result<()> {
    let campaign = &overview.campaign;
    output::line(&format!(
        "{} · {} offers · {} · naming {}",
        output::orange(&campaign.id.to_string()[..12]),
        overview.members,
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
