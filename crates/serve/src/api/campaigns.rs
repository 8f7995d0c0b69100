//! Campaigns: offers written from one template.

use forewarn_app::campaign::{find, mark};
use forewarn_app::model::CampaignId;
use serde_json::{Value, json};

use super::ask::{CURSOR, Kind, LIMITED, body, list, path};
use super::{Answer, Endpoint, Gives, Inside, Run};
use crate::shell::PageError;

/// How many campaigns are listed.
const COUNT_MAX: usize = 5_000;

const ID: super::Param = path("id", Kind::Id("cmp"), "The campaign");

pub(super) const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: "GET",
        path: "/campaigns",
        name: "listCampaigns",
        told: "Campaigns, the largest first, at most 5,000",
        right: "look",
        params: &[LIMITED, CURSOR],
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
            list("reports", Kind::Id("rpt"), "The reports that do not belong to it"),
            body("why", Kind::Text(2_000), "Why; stays on record"),
        ],
        gives: Gives::One,
        run: Run::Write(split),
    },
];

fn all(inside: &mut Inside<'_>) -> Result<Answer, PageError> {
    let (skip, count) = (inside.ask.offset()?, inside.ask.limit());
    // One more tells whether there is a next page.
    let wanted = skip.saturating_add(count).saturating_add(1).min(COUNT_MAX);
    let found = find::overview(inside.workspace, inside.context, wanted)?;
    match find::view(&found) {
        Value::Array(items) => Answer::part(items, inside.ask),
        other => Ok(Answer::one(&other)),
    }
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
    let campaigns = outcome
        .campaigns
        .iter()
        .map(|(campaign, members)| json!({ "id": campaign.to_string(), "members": members }));
    Ok(Answer::one(&json!({ "campaigns": campaigns.collect::<Vec<_>>() })))
}
