//! Shows one campaign: template, life, what its members name, what happened to it.

use forewarn_model::date::{add_days, day_of};
use forewarn_model::rights::Right;
use forewarn_model::{CampaignId, Country, Date, IndicatorName, Language, ObservableKind, Report, Template};
use forewarn_store::CampaignRow;

use super::mark::{self, Event};
use crate::network::mark::WrongNames;
use crate::{AppError, Context, Workspace};

/// How many members are shown, and how many of what they name.
const MEMBERS_MAX: u32 = 25;
const NAMED_MAX: u32 = 50;

/// Of a larger campaign, what its members name is counted in the latest ones.
const TALLIED_MAX: u32 = 500;

/// A campaign with everything that is known of it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// How large it is, how it grows, when.
    pub row: CampaignRow,
    /// What its members have in common; none while it is not yet made.
    pub template: Option<Template>,
    /// Members for each week (from Monday), without gaps, in order.
    pub weeks: Vec<(Date, u64)>,
    /// In how many of its members, the latest ones, is counted what they name.
    pub tallied: u64,
    /// Languages of its members, the most frequent first.
    pub languages: Vec<(Language, u32)>,
    /// Countries that its members name, the most frequent first.
    pub countries: Vec<(Country, u32)>,
    /// Red flags of its members, the most frequent first.
    pub indicators: Vec<(IndicatorName, u32)>,
    /// Identifiers of its members, the most frequent first.
    pub identifiers: Vec<((ObservableKind, String), u32)>,
    /// The first members that came.
    pub members: Vec<Report>,
    /// Merges and marks.
    pub history: Vec<Event>,
}

/// Shows a campaign of which the reader may see a member. One that was merged into another shows as that one.
pub fn run(workspace: &Workspace, context: &Context, id: CampaignId) -> Result<Shown, AppError> {
    context.require(Right::Look)?;
    let store = &workspace.store;
    let whole = store.campaign_whole(id)?.unwrap_or(id);
    let row = store.campaign_row(whole, day_of(context.now), &context.clearance)?;
    let row = row.ok_or_else(|| AppError::NotFound {
        what: "campaign",
        name: id.to_string(),
        remedy: "there is none that you may see a member of; see the list of campaigns".to_owned(),
    })?;
    workspace.seen(context, "campaign.view", &whole.to_string());
    let mut members = Vec::new();
    for member in store.campaign_members(whole, MEMBERS_MAX, &context.clearance)? {
        members.extend(store.report(member.report, &context.clearance)?.map(|stored| stored.report));
    }
    let tally = store.campaign_tally(whole, NAMED_MAX, TALLIED_MAX, &context.clearance)?;
    let wrong = WrongNames::load(store)?;
    let mut identifiers = Vec::new();
    for (value, named) in tally.identifiers {
        let count = wrong.count(store, whole, &value, named)?;
        identifiers.extend((count > 0).then_some((value, count)));
    }
    Ok(Shown {
        weeks: weeks(&store.campaign_days(whole, &context.clearance)?),
        template: store.campaign_template(whole, &context.clearance)?,
        languages: tally.languages,
        countries: tally.countries,
        indicators: tally.indicators,
        identifiers,
        members,
        history: mark::history(workspace, context, whole)?,
        tallied: row.members.min(u64::from(TALLIED_MAX)),
        row,
    })
}

/// A life longer than this is not drawn week by week: the last weeks are.
const WEEKS_MAX: usize = 520;

/// Days as weeks without gaps.
fn weeks(days: &[(Date, u64)]) -> Vec<(Date, u64)> {
    let monday = |day: Date| add_days(day, -i32::from(day.weekday().to_monday_zero_offset()));
    let mut weeks: Vec<(Date, u64)> = Vec::new();
    let Some(last) = days.last().map(|(day, _)| monday(*day)) else { return weeks };
    let begin = add_days(last, -7 * (WEEKS_MAX as i32 - 1));
    for (day, members) in days {
        let week = monday(*day).max(begin);
        while weeks.last().is_some_and(|(known, _)| *known < week) {
            let (known, _) = weeks[weeks.len() - 1];
            weeks.push((add_days(known, 7), 0));
        }
        match weeks.last_mut() {
            Some((_, count)) => *count += members,
            None => weeks.push((week, *members)),
        }
    }
    weeks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(days: &[(&str, u64)], expected: &str) {
        let days: Vec<(Date, u64)> = days.iter().map(|(day, count)| (day.parse().unwrap(), *count)).collect();
        let told: Vec<String> = weeks(&days).iter().map(|(day, count)| format!("{day}:{count}")).collect();
        assert_eq!(told.join(" "), expected);
    }

    #[test]
    fn days_become_weeks_without_gaps() {
        check(&[], "");
        check(&[("2024-01-03", 2), ("2024-01-07", 1)], "2024-01-01:3");
        check(
            &[("2023-12-31", 1), ("2024-01-01", 2), ("2024-01-20", 4)],
            "2023-12-25:1 2024-01-01:2 2024-01-08:0 2024-01-15:4",
        );
        let long = weeks(&[("1990-01-01".parse().unwrap(), 3), ("2024-01-01".parse().unwrap(), 1)]);
        assert_eq!((long.len(), long[0].1, long[WEEKS_MAX - 1].1), (WEEKS_MAX, 3, 1));
    }
}
