//! One alarm with everything behind it: incidents with their sources, earlier alarms, decisions, notices.

use forewarn_model::date::day_of;
use forewarn_model::{Alarm, AlarmId, Date, Incident};
use forewarn_store::Decision;

use super::cache::Cache;
use super::list::{Row, rows};
use crate::model::rights::Right;
use crate::{AppError, Context, Workspace};

/// An alarm and what is behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// As of the end of this day.
    pub as_of: Date,
    /// The alarm as it stands.
    pub row: Row,
    /// Its soundings before the last one, the last first.
    pub earlier: Vec<Alarm>,
    /// The incidents behind its last sounding, in the order in which they became known.
    pub incidents: Vec<Incident>,
    /// Other alarms on the same subject, the last first.
    pub same_subject: Vec<Row>,
    /// Alarms that were merged into this one.
    pub merged: Vec<Row>,
    /// The alarm that tells this one, if it was merged.
    pub merged_into: Option<Row>,
    /// Every decision on it, the last one last; also those made after the day.
    pub decisions: Vec<Decision>,
}

/// Shows an alarm as of the end of a day; today if none.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    cache: &Cache,
    id: AlarmId,
    as_of: Option<Date>,
) -> Result<Detail, AppError> {
    context.require(Right::Look)?;
    // Nobody knows what will be known: a day to come is today, and costs no more.
    let day = as_of.unwrap_or_else(|| day_of(context.now)).min(day_of(context.now));
    let heard = cache.at(workspace, day)?;
    let mut all = rows(workspace, context, &heard)?;
    let Some(at) = all.iter().position(|row| row.alarm.id == id) else { return Err(missing(id, day)) };
    workspace.seen(context, "alarm.view", &id.to_string());
    let row = all.remove(at);
    let mut earlier = heard.soundings.get(&id).cloned().unwrap_or_default();
    earlier.pop();
    earlier.reverse();
    let mut same_subject: Vec<Row> = Vec::new();
    let (mut merged, mut merged_into) = (Vec::new(), None);
    for other in all {
        if row.merged_into == Some(other.alarm.id) {
            merged_into = Some(other.clone());
        }
        if other.merged_into == Some(id) {
            merged.push(other);
        } else if other.alarm.subject == row.alarm.subject {
            same_subject.push(other);
        }
    }
    same_subject.sort_by_key(|other| (std::cmp::Reverse(other.alarm.raised_on), other.alarm.kind));
    Ok(Detail {
        as_of: day,
        incidents: heard.behind(&row.alarm),
        decisions: workspace.store.decisions(&id.to_string())?,
        row,
        earlier,
        same_subject,
        merged,
        merged_into,
    })
}

/// The error for an alarm that did not sound.
pub(super) fn missing(id: AlarmId, day: Date) -> AppError {
    let remedy = format!("no such alarm had sounded by {day}: choose one from the list of alarms");
    AppError::NotFound { what: "alarm", name: id.to_string(), remedy }
}
