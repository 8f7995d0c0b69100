//! Lists campaigns by size, growth, suspicion or age, a page at a time.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forewarn_model::date::day_of;
use forewarn_model::rights::Right;
use forewarn_model::{CampaignId, Country, Language, Problem, Severity, Template};
use forewarn_store::{CampaignFilter, CampaignRow, CampaignSort};

use crate::{AppError, Context, Workspace};

/// What is listed. Of each list one must hold; an empty one asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Countries that a member names.
    pub countries: Vec<Country>,
    /// Languages of a member.
    pub languages: Vec<Language>,
    /// The order.
    pub sort: CampaignSort,
    /// Where the page before ended, as its outcome said.
    pub cursor: Option<String>,
    /// How many campaigns a page has.
    pub count_max: u32,
}

impl Default for Request {
    fn default() -> Self {
        let sort = CampaignSort::Size;
        Self { countries: Vec::new(), languages: Vec::new(), sort, cursor: None, count_max: 50 }
    }
}

/// A page has at most so many campaigns.
pub const PAGE_COUNT_MAX: u32 = 1_000;

/// A campaign in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// How large it is, how it grows, where.
    pub row: CampaignRow,
    /// What its members have in common; none while it is not yet made.
    pub template: Option<Template>,
}

/// A page of campaigns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// The campaigns, in the order asked for.
    pub campaigns: Vec<Listed>,
    /// Where the next page begins; none if this is the last.
    pub next: Option<String>,
}

/// Lists campaigns of which the reader may see a member. All numbers count what the reader may see.
pub fn run(workspace: &Workspace, context: &Context, request: &Request) -> Result<Outcome, AppError> {
    context.require(Right::Look)?;
    workspace.seen(context, "campaign.list", "campaigns");
    let count_max = request.count_max.clamp(1, PAGE_COUNT_MAX);
    let after = request.cursor.as_deref().map(|cursor| place(cursor, request)).transpose()?;
    let filter =
        CampaignFilter { countries: request.countries.clone(), languages: request.languages.clone() };
    let today = day_of(context.now);
    let store = &workspace.store;
    let mut rows =
        store.list_campaigns(&filter, request.sort, after, today, count_max + 1, &context.clearance)?;
    let more = rows.len() > count_max as usize;
    rows.truncate(count_max as usize);
    let next = rows.last().filter(|_| more).map(|row| cursor(row, request));
    let mut campaigns = Vec::with_capacity(rows.len());
    for row in rows {
        let template = store.campaign_template(row.id, &context.clearance)?;
        campaigns.push(Listed { row, template });
    }
    Ok(Outcome { campaigns, next })
}

/// Cursors of this form; another one is refused.
const CURSOR: u8 = 1;

fn cursor(row: &CampaignRow, request: &Request) -> String {
    let mut bytes = vec![CURSOR, request.sort as u8];
    bytes.extend(row.key.to_bits().to_be_bytes());
    bytes.extend(row.id.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

fn place(cursor: &str, request: &Request) -> Result<(f64, CampaignId), AppError> {
    let refused = |what: &str| {
        AppError::Input(Box::new(Problem {
            severity: Severity::Refused,
            code: "campaigns-cursor",
            input: "campaigns".to_owned(),
            line: None,
            what: what.to_owned(),
            remedy: "take the cursor that the page before gave, or begin without one".to_owned(),
        }))
    };
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| refused("the cursor is damaged"))?;
    let Ok([form, sort, rest @ ..]) = <[u8; 30]>::try_from(bytes.as_slice()) else {
        return Err(refused("the cursor is damaged"));
    };
    if form != CURSOR || sort != request.sort as u8 {
        return Err(refused("the cursor belongs to another order"));
    }
    let key = f64::from_bits(u64::from_be_bytes(std::array::from_fn(|at| rest[at])));
    let id = CampaignId::from_bytes(std::array::from_fn(|at| rest[8 + at]));
    if key.is_finite() { Ok((key, id)) } else { Err(refused("the cursor is damaged")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_holds_for_its_order() {
        let request = Request::default();
        let id = CampaignId::derive(&[b"x"]);
        let day = "2024-01-02".parse().unwrap();
        let row = CampaignRow {
            id,
            members: 7,
            recent: 0,
            before: 0,
            first_day: day,
            last_day: day,
            log_odds: None,
            languages: Vec::new(),
            countries: Vec::new(),
            key: 7.0,
        };
        let text = cursor(&row, &request);
        assert_eq!(place(&text, &request).unwrap(), (7.0, id));
        let other = Request { sort: CampaignSort::Growth, ..request.clone() };
        assert!(place(&text, &other).is_err());
        for text in ["", "AAAA", "é", &"A".repeat(40)] {
            assert!(place(text, &request).is_err(), "{text}");
        }
    }
}
