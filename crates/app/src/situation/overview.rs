//! One look at the situation: what changed since a week ago, what is open, how far the trend reaches.
//!
//! Everything is as known at the end of the day that is asked for. What the watch heard and where the world stood
//! come from the caches, so that a page asks for little more than what is new.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use forewarn_extract::Gazetteer;
use forewarn_model::date::{add_days, day_of};
use forewarn_model::rights::Right;
use forewarn_model::{
    Alarm, AlarmState, Country, Date, Incident, NoticeId, NoticeKind, NoticeState, Timestamp,
};
use forewarn_store::CampaignSort;
use forewarn_watch::course::{Outline, outline};

use super::world::{self, World};
use crate::alarm::cache::{self, Known};
use crate::alarm::list::{self, Row, Sort};
use crate::campaign::list::Listed;
use crate::{AppError, Context, Workspace, campaign, notice};

/// How much of each list is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many days are "this week".
    pub week_days: u16,
    /// How many open alarms.
    pub open_count_max: usize,
    /// How many alarms that sounded.
    pub alarms_count_max: usize,
    /// How many events that became known.
    pub events_count_max: usize,
    /// How many campaigns that grow.
    pub campaigns_count_max: u32,
    /// How many notices.
    pub notices_count_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            week_days: 7,
            open_count_max: 8,
            alarms_count_max: 6,
            events_count_max: 5,
            campaigns_count_max: 5,
            notices_count_max: 5,
        }
    }
}

/// A notice that was issued, superseded or withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Its id.
    pub id: NoticeId,
    /// The number that people quote.
    pub number: String,
    /// Orange or purple.
    pub kind: NoticeKind,
    /// Where it stands.
    pub state: NoticeState,
    /// When it was issued.
    pub at: Timestamp,
}

/// An event that became known, or became better known.
#[derive(Debug, Clone, PartialEq)]
pub struct News {
    /// The last of its incidents that became known.
    pub incident: Incident,
    /// How many of its incidents became known.
    pub incidents_count: usize,
}

/// What is different from the end of the day before the week.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// The last day before it.
    pub since: Date,
    /// Alarms that sounded in it, the last first; as many as the limit allows.
    pub alarms: Vec<Alarm>,
    /// How many they are.
    pub alarms_count: usize,
    /// Events that became known in it, the last first; as many as the limit allows.
    pub events: Vec<News>,
    /// How many they are.
    pub events_count: usize,
    /// Hub countries that were not known before.
    pub hubs: Vec<Country>,
    /// Hub countries that were not confirmed before.
    pub hubs_confirmed: Vec<Country>,
    /// Countries of origin that were not known before.
    pub origins: Vec<Country>,
    /// Notices that were issued in it, the last first.
    pub notices: Vec<Issued>,
}

/// The situation at the end of a day.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The day.
    pub as_of: Date,
    /// The last day, not after it, on which something became known; none if nothing is known.
    pub last_known: Option<Date>,
    /// What changed.
    pub week: Week,
    /// Where the trend was before the week.
    pub before: Outline,
    /// Where it is.
    pub now: Outline,
    /// Open alarms, the last that sounded first; as many as the limit allows.
    pub open: Vec<Row>,
    /// How many alarms are open.
    pub open_count: usize,
    /// Campaigns that grow, the fastest first; none for a day of the past.
    pub growing: Vec<Listed>,
    /// Every month until the day.
    pub world: Arc<World>,
    /// The incidents of the store; also those that became known later.
    pub known: Arc<Known>,
    /// How many reports were taken in; the same text at another place counts again. None for a day of the past: the
    /// store tells how many there are, and not how many there were.
    pub reports_count: Option<u64>,
}

/// Tells the situation at the end of a day; of today if none is given.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    (watch, worlds): (&cache::Cache, &world::Cache),
    gazetteer: &Gazetteer,
    as_of: Option<Date>,
    limits: Limits,
) -> Result<Overview, AppError> {
    context.require(Right::Look)?;
    workspace.seen(context, "situation.view", "situation");
    // Nobody knows what will be known: a day to come is today, and costs no more.
    let as_of = as_of.unwrap_or_else(|| day_of(context.now)).min(day_of(context.now));
    let since = add_days(as_of, -i32::from(limits.week_days));
    let heard = watch.at(workspace, as_of)?;
    let request = list::Request {
        as_of: Some(as_of),
        state: Some(AlarmState::Open),
        sort: Sort::Day,
        ..Default::default()
    };
    let mut open = list::run(workspace, context, watch, &request)?.rows;
    let open_count = open.len();
    open.truncate(limits.open_count_max);
    let world = world::run(workspace, context, (watch, worlds), gazetteer, as_of)?;
    let incidents = heard.known.all();
    let (before, now) =
        (outline(incidents, world::WATCHED, since), outline(incidents, world::WATCHED, as_of));
    let mut alarms: Vec<Alarm> =
        heard.soundings.values().flatten().filter(|alarm| alarm.raised_on > since).cloned().collect();
    alarms.sort_by(|a, b| b.raised_on.cmp(&a.raised_on).then_with(|| b.score.total_cmp(&a.score)));
    let alarms_count = alarms.len();
    alarms.truncate(limits.alarms_count_max);
    let mut events = news(incidents, since, as_of);
    let events_count = events.len();
    events.truncate(limits.events_count_max);
    let added = |before: &[Country], now: &[Country]| {
        now.iter().filter(|country| !before.contains(country)).copied().collect::<Vec<_>>()
    };
    Ok(Overview {
        as_of,
        last_known: incidents.iter().map(|one| one.known_from.latest()).filter(|day| *day <= as_of).max(),
        week: Week {
            since,
            alarms,
            alarms_count,
            events,
            events_count,
            hubs: added(&before.hubs, &now.hubs),
            hubs_confirmed: added(&before.hubs_confirmed, &now.hubs_confirmed),
            origins: added(&before.origins, &now.origins),
            notices: issued(workspace, context, since, as_of, limits.notices_count_max)?,
        },
        before,
        now,
        open,
        open_count,
        growing: growing(workspace, context, as_of, limits.campaigns_count_max)?,
        world,
        known: Arc::clone(&heard.known),
        reports_count: (as_of == day_of(context.now)).then(|| taken_in(workspace)).transpose()?,
    })
}

/// Campaigns of which more came in lately than before.
fn growing(
    workspace: &Workspace,
    context: &Context,
    as_of: Date,
    count_max: u32,
) -> Result<Vec<Listed>, AppError> {
    if as_of < day_of(context.now) {
        return Ok(Vec::new());
    }
    let request = campaign::list::Request {
        sort: CampaignSort::Growth,
        count_max,
        ..campaign::list::Request::default()
    };
    let mut all = campaign::list::run(workspace, context, &request)?.campaigns;
    all.retain(|listed| listed.row.recent > listed.row.before);
    Ok(all)
}

/// Events of which something became known after `since` and until `as_of`, the last first.
fn news(incidents: &[Incident], since: Date, as_of: Date) -> Vec<News> {
    let new = incidents.iter().filter(|one| one.known_at(as_of) && one.known_from.latest() > since);
    let mut events: BTreeMap<&str, Vec<&Incident>> = BTreeMap::new();
    for incident in new {
        events.entry(&incident.event).or_default().push(incident);
    }
    let told = |rows: Vec<&Incident>| {
        let incidents_count = rows.len();
        let last = rows.into_iter().max_by_key(|one| one.known_from.latest())?;
        Some(News { incident: last.clone(), incidents_count })
    };
    let mut all: Vec<News> = events.into_values().filter_map(told).collect();
    all.sort_by_key(|news| Reverse(news.incident.known_from.latest()));
    all
}

/// Notices that were issued after `since` and until `as_of`, the last first.
fn issued(
    workspace: &Workspace,
    context: &Context,
    since: Date,
    as_of: Date,
    count_max: usize,
) -> Result<Vec<Issued>, AppError> {
    let mut all: Vec<Issued> = notice::all_visible(workspace, context)?
        .into_iter()
        .filter_map(|(_, notice)| {
            let at = notice.issued_at().filter(|at| (day_of(*at) > since) && (day_of(*at) <= as_of))?;
            let state = notice.state();
            Some(Issued { id: notice.id, number: notice.number, kind: notice.kind, state, at })
        })
        .collect();
    all.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.number.cmp(&b.number)));
    all.truncate(count_max);
    Ok(all)
}

/// How many reports were taken in, from the end of an index.
fn taken_in(workspace: &Workspace) -> Result<u64, AppError> {
    let tide = workspace.store.tide()?;
    Ok(tide.iter().find(|(topic, _)| *topic == "reports").map_or(0, |(_, count)| *count))
}
