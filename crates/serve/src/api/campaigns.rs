//! Campaigns: offers written from one template.

use forewarn_app::campaign::find;
use forewarn_app::campaign::list::{self, Listed};
use forewarn_app::campaign::mark::{self, Event};
use forewarn_app::model::assessment::logistic;
use forewarn_app::model::{CampaignId, Segment, Template};
use forewarn_app::store::CampaignSort;
use serde_json::{Value, json};

use super::alarms::decision;
use super::ask::{self, CURSOR, Kind, LIMITED, Param, body, path, query, several};
use super::{Answer, Endpoint, GET, Gives, Inside, POST, Run};
use crate::shell::PageError;

/// The orders of the list.
const SORTS: [(&str, CampaignSort); 4] = [
    ("size", CampaignSort::Size),
    ("growth", CampaignSort::Growth),
    ("suspicion", CampaignSort::Suspicion),
    ("newest", CampaignSort::Newest),
];

const WHY: Param = body("why", Kind::Text(2_000), "Why; stays on record");
const OTHER: Param = body("other", Kind::Id("cmp"), "The other campaign");

const ID: Param = path("id", Kind::Id("cmp"), "The campaign");

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "GET",
        path: "/campaigns",
        name: "listCampaigns",
        told: "Campaigns, by size, growth, suspicion or age",
        right: "look",
        params: &[
            several("country", Kind::Country, "A country that a member names"),
            several("language", Kind::Text(35), "The language of a member (BCP 47)"),
            query("sort", Kind::Words(sorts), "In which order; the largest first if none"),
            LIMITED,
            CURSOR,
        ],
        gives: Gives::Page,
        run: Run::Read(all),
    },
    Endpoint {
        method: "GET",
        path: "/campaigns/{id}",
        name: "getCampaign",
        told: "A campaign: its template, its members, and what they name",
        right: "look",
        params: &[ID],
        gives: Gives::One,
        run: Run::Read(one),
    },
    Endpoint {
        method: "POST",
        path: "/campaigns/{id}/split",
        name: "splitCampaign",
        told: "Say that reports do not belong to a campaign; it can be taken back",
        right: "campaign_mark",
        params: &[
            ID,
            ask::list("reports", Kind::Id("rpt"), "The reports that do not belong to it"),
            body("why", Kind::Text(2_000), "Why; stays on record"),
        ],
        gives: Gives::One,
        run: Run::Write(split),
    },
    Endpoint {
        path: "/campaigns/{id}/unsplit",
        name: "unsplitCampaign",
        told: "Take back that reports do not belong to a campaign",
        right: "campaign_mark",
        params: &[ID, WHY],
        run: Run::Write(unsplit),
        ..POST
    },
    Endpoint {
        path: "/campaigns/{id}/wrong-merge",
        name: "markWrongMerge",
        told: "Say that two campaigns were merged by mistake; they are two again until it is taken back",
        right: "campaign_mark",
        params: &[ID, OTHER, WHY],
        run: Run::Write(wrong_merge),
        ..POST
    },
    Endpoint {
        path: "/campaigns/{id}/right-merge",
        name: "takeWrongMergeBack",
        told: "Take back that two campaigns were merged by mistake",
        right: "campaign_mark",
        params: &[ID, OTHER, WHY],
        run: Run::Write(right_merge),
        ..POST
    },
    Endpoint {
        path: "/campaigns/{id}/history",
        name: "listCampaignHistory",
        told: "What happened to a campaign: merges, and what analysts said of them",
        params: &[ID],
        run: Run::Read(history),
        ..GET
    },
];

fn sorts() -> Vec<String> {
    SORTS.map(|(name, _)| name.to_owned()).into()
}

fn all(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let ask = inside.ask;
    let sort = SORTS.iter().find(|(name, _)| *name == ask.word("sort"));
    let request = list::Request {
        countries: ask.all("country")?,
        languages: ask.all("language")?,
        sort: sort.map_or(CampaignSort::Size, |(_, sort)| *sort),
        cursor: ask.text("cursor").map(str::to_owned),
        count_max: u32::try_from(ask.limit()).unwrap_or(list::PAGE_COUNT_MAX),
    };
    let outcome = list::run(inside.workspace, inside.context, &request)?;
    Ok(Answer::page(outcome.campaigns.iter().map(view).collect(), outcome.next))
}

fn view(Listed { row, template }: &Listed) -> Value {
    let piece = |segment: &Segment| match segment {
        Segment::Fixed(text) => text.clone(),
        Segment::Slot(slot) => format!("{{{}}}", slot.kind.as_str()),
    };
    let words = |template: &Template| template.segments.iter().map(piece).collect::<Vec<_>>().join(" ");
    json!({
        "id": row.id.to_string(),
        "members": row.members,
        "recent": row.recent,
        "before": row.before,
        "first_day": row.first_day.to_string(),
        "last_day": row.last_day.to_string(),
        "probability": row.log_odds.map(logistic),
        "languages": row.languages.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "countries": row.countries.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "template": template.as_ref().map(words),
    })
}

fn one(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let id: CampaignId = inside.ask.need("id")?;
    let found = find::one(inside.workspace, inside.context, id)?;
    let found = found.ok_or_else(|| PageError::not_found("campaign", inside.ask.word("id")))?;
    Ok(Answer::one(&find::view(std::slice::from_ref(&found))[0]))
}

fn split(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let reports = ask.all("reports")?;
    let outcome = mark::split(workspace, context, ask.need("id")?, &reports, ask.word("why"))?;
    Ok(sizes(inside, &outcome))
}

fn unsplit(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let outcome = mark::unsplit(workspace, context, ask.need("id")?, ask.word("why"))?;
    Ok(sizes(inside, &outcome))
}

fn wrong_merge(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let outcome =
        mark::wrong_merge(workspace, context, ask.need("id")?, ask.need("other")?, ask.word("why"))?;
    Ok(sizes(inside, &outcome))
}

fn right_merge(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let Inside { workspace, context, ask, .. } = inside;
    let outcome =
        mark::right_merge(workspace, context, ask.need("id")?, ask.need("other")?, ask.word("why"))?;
    Ok(sizes(inside, &outcome))
}

/// The campaigns as they are after a mark.
fn sizes(inside: &Inside<'_>, outcome: &mark::Outcome) -> Answer {
    inside.shell.live.tell("reports", "");
    let one =
        |(campaign, members): &(CampaignId, usize)| json!({ "id": campaign.to_string(), "members": members });
    Answer::one(&json!({ "campaigns": outcome.campaigns.iter().map(one).collect::<Vec<_>>() }))
}

fn history(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let events = mark::history(inside.workspace, inside.context, inside.ask.need("id")?)?;
    let view = |event: &Event| match event {
        Event::Merged { merge, wrong } => json!({
            "event": "merged",
            "at": merge.at.to_string(),
            "absorbed": merge.absorbed.to_string(),
            "kept": merge.kept.to_string(),
            "wrong": wrong.as_ref().map(decision),
        }),
        Event::Split { report, from, to, decision: said } => json!({
            "event": "split",
            "report": report.to_string(),
            "from": from.to_string(),
            "to": to.to_string(),
            "decision": decision(said),
        }),
    };
    Ok(Answer::one(&json!({ "events": events.iter().map(view).collect::<Vec<_>>() })))
}
