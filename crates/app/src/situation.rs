//! The situation in one view: what is known, what was raised, who recruits, what was issued.

pub mod overview;
pub mod world;

use forewarn_model::date::day_of;
use forewarn_model::rights::Right;
use forewarn_model::{Country, CountryNames, Date, Language};
use forewarn_store::StoredNotice;
use forewarn_watch::Config;

use crate::alarm::replay::{self, Told};
use crate::campaign::find::{self, Overview};
use crate::{AppError, Context, Workspace};

/// How many campaigns are told of.
const CAMPAIGNS_MAX: usize = 100;

/// A month with the alarms that were raised in it.
#[derive(Debug, Clone)]
pub struct Month {
    /// `2023-06`.
    pub month: String,
    /// Countries with coercion in scam centres, as known at its end.
    pub hubs: usize,
    /// Countries of origin, as known at its end.
    pub origins: usize,
    /// Alarms in order of day.
    pub alarms: Vec<Told>,
}

/// The situation as of a day.
#[derive(Debug, Clone)]
pub struct Situation {
    /// What was known by the end of this day.
    pub as_of: Date,
    /// How many reports there are.
    pub reports: u64,
    /// How many offers have which verdict.
    pub verdicts: Vec<(String, u64)>,
    /// Hub countries by English name, in order of name.
    pub hubs: Vec<String>,
    /// Countries of origin by English name, in order of name.
    pub origins: Vec<String>,
    /// Months in which an alarm sounded.
    pub months: Vec<Month>,
    /// Campaigns, the largest first.
    pub campaigns: Vec<Overview>,
    /// Notices.
    pub notices: Vec<StoredNotice>,
}

/// Tells the situation; as of the last day on which something became known if no day is given.
pub fn tell(
    workspace: &Workspace,
    context: &Context,
    names: &CountryNames,
    as_of: Option<Date>,
) -> Result<Situation, AppError> {
    context.require(Right::Look)?;
    let incidents = replay::incidents(workspace, context)?;
    let as_of = as_of.or_else(|| replay::last_known(&incidents)).unwrap_or(day_of(context.now));
    let alarms = replay::run(&incidents, names, &Config::default(), as_of);
    let (hubs, origins) = replay::reach(&incidents, as_of);
    let english = |countries: &[Country]| {
        let mut all: Vec<String> =
            countries.iter().map(|country| names.get(Language::ENGLISH, country).to_owned()).collect();
        all.sort_unstable();
        all
    };
    let months = by_month(alarms)
        .into_iter()
        .map(|(last, alarms)| {
            let (hubs, origins) = replay::reach(&incidents, last);
            Month {
                month: last.to_string()[..7].to_owned(),
                hubs: hubs.len(),
                origins: origins.len(),
                alarms,
            }
        })
        .collect();
    Ok(Situation {
        as_of,
        reports: workspace.store.counts()?.0,
        verdicts: workspace.store.verdict_counts()?,
        hubs: english(&hubs),
        origins: english(&origins),
        months,
        campaigns: find::overview(workspace, context, CAMPAIGNS_MAX)?,
        notices: workspace.store.notices()?,
    })
}

/// Alarms by the last day of the month in which they were raised.
pub fn by_month(alarms: Vec<Told>) -> Vec<(Date, Vec<Told>)> {
    let mut months: Vec<(Date, Vec<Told>)> = Vec::new();
    for told in alarms {
        let last = told.alarm.raised_on.last_of_month();
        match months.last_mut() {
            Some((month, alarms)) if *month == last => alarms.push(told),
            _ => months.push((last, vec![told])),
        }
    }
    months
}
