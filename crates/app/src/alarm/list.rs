//! Alarms with what people made of them: which are open, watched, told in a notice, merged or dismissed.
//!
//! An alarm keeps its id for as long as it is about the same change, however often it is replayed. A decision
//! holds for the soundings that the person saw: an alarm that sounds again later is open again.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::date::day_of;
use forewarn_model::{
    Alarm, AlarmId, AlarmKind, AlarmState, Country, Date, NoticeId, NoticeState, Subject, Timestamp,
};
use forewarn_store::Decision;

use super::cache::{Cache, Heard};
use super::decide::Verdict;
use crate::model::rights::Right;
use crate::{AppError, Context, Workspace, notice};

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The highest score first.
    #[default]
    Urgency,
    /// The last that sounded first.
    Day,
    /// What chance would bring about least often first.
    Rarity,
}

impl Sort {
    /// All of them, with their names.
    pub const ALL: [(&'static str, Self); 3] =
        [("urgency", Self::Urgency), ("day", Self::Day), ("rarity", Self::Rarity)];
}

/// Which alarms.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// As of the end of this day; today if none.
    pub as_of: Option<Date>,
    /// In this state.
    pub state: Option<AlarmState>,
    /// Of this kind.
    pub kind: Option<AlarmKind>,
    /// About this country.
    pub country: Option<Country>,
    /// In which order.
    pub sort: Sort,
}

/// A notice that was drafted from an alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The notice.
    pub id: NoticeId,
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub state: NoticeState,
    /// When it was drafted.
    pub created_at: Timestamp,
    /// What was known by the end of this day went into it.
    pub as_of: Date,
}

/// An alarm as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its last sounding.
    pub alarm: Alarm,
    /// How often it sounded.
    pub soundings_count: usize,
    /// Whether its incidents all lie in the country that it is about: then it is about the centres there, not
    /// about people from there.
    pub about_hub: bool,
    /// Where it stands.
    pub state: AlarmState,
    /// The last decision, if it still holds.
    pub decision: Option<Decision>,
    /// The alarm that tells it, if it was merged.
    pub merged_into: Option<AlarmId>,
    /// The notices that the reader may see.
    pub notices: Vec<Told>,
}

/// The alarms that were asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// As of the end of this day.
    pub as_of: Date,
    /// The alarms.
    pub rows: Vec<Row>,
    /// How many there are in each state, whatever state was asked for, in the order of the states.
    pub counts: Vec<(AlarmState, usize)>,
    /// The countries that any alarm names, in order of code.
    pub countries: Vec<Country>,
}

/// Lists alarms as of a day.
pub fn run(
    workspace: &Workspace,
    context: &Context,
    cache: &Cache,
    request: &Request,
) -> Result<Listed, AppError> {
    context.require(Right::Look)?;
    workspace.seen(context, "alarm.list", "alarms");
    // Nobody knows what will be known: a day to come is today, and costs no more.
    let day = request.as_of.unwrap_or_else(|| day_of(context.now)).min(day_of(context.now));
    let heard = cache.at(workspace, day)?;
    let wanted = |alarm: &Alarm| {
        request.kind.is_none_or(|kind| alarm.kind == kind)
            && request.country.is_none_or(|country| countries(&alarm.subject).contains(&country))
    };
    let mut rows = rows(workspace, context, &heard)?;
    let named: BTreeSet<Country> = rows.iter().flat_map(|row| countries(&row.alarm.subject)).collect();
    rows.retain(|row| wanted(&row.alarm));
    let count = |state: AlarmState| rows.iter().filter(|row| row.state == state).count();
    let counts = AlarmState::ALL.iter().map(|state| (*state, count(*state))).collect();
    rows.retain(|row| request.state.is_none_or(|state| row.state == state));
    let day_of_last = |row: &Row| Reverse(row.alarm.raised_on);
    let descending = |a: f64, b: f64| b.total_cmp(&a);
    match request.sort {
        Sort::Urgency => rows.sort_by(|a, b| {
            descending(a.alarm.score, b.alarm.score).then_with(|| day_of_last(a).cmp(&day_of_last(b)))
        }),
        Sort::Day => rows.sort_by(|a, b| {
            day_of_last(a).cmp(&day_of_last(b)).then_with(|| descending(a.alarm.score, b.alarm.score))
        }),
        Sort::Rarity => rows.sort_by(|a, b| {
            descending(a.alarm.recurrence_interval_days, b.alarm.recurrence_interval_days)
                .then_with(|| day_of_last(a).cmp(&day_of_last(b)))
        }),
    }
    Ok(Listed { as_of: day, rows, counts, countries: named.into_iter().collect() })
}

/// The countries that a subject names.
pub fn countries(subject: &Subject) -> Vec<Country> {
    match subject {
        Subject::Country(country) | Subject::Place(country, _) => vec![*country],
        Subject::Route(from, to) => vec![*from, *to],
        Subject::Region(_) => Vec::new(),
    }
}

/// Every alarm as it stands, in order of id.
pub(super) fn rows(workspace: &Workspace, context: &Context, heard: &Heard) -> Result<Vec<Row>, AppError> {
    let decisions = decisions(workspace, heard.day)?;
    let notices = notices(workspace, context, heard.day)?;
    let one = |(id, soundings): (&AlarmId, &Vec<Alarm>)| {
        let alarm = soundings.last()?;
        let told = notices.get(id).cloned().unwrap_or_default();
        let decision = decisions.get(&id.to_string());
        Some(Row { about_hub: about_hub(heard, alarm), ..row(alarm, soundings.len(), decision, told) })
    };
    Ok(heard.soundings.iter().filter_map(one).collect())
}

/// The last decision on each alarm that was made by the end of a day.
fn decisions(workspace: &Workspace, day: Date) -> Result<BTreeMap<String, Decision>, AppError> {
    let all = workspace.store.decisions_on_kind(AlarmId::PREFIX)?.into_iter();
    let by_then = all.filter(|decision| day_of(decision.decided_at) <= day);
    Ok(by_then.map(|decision| (decision.subject.clone(), decision)).collect())
}

/// The notices that were drafted from each alarm by the end of a day, as far as the reader may see them.
fn notices(
    workspace: &Workspace,
    context: &Context,
    day: Date,
) -> Result<BTreeMap<AlarmId, Vec<Told>>, AppError> {
    let mut all: BTreeMap<AlarmId, Vec<Told>> = BTreeMap::new();
    for (_, notice) in notice::all_visible(workspace, context)? {
        let state = notice.state();
        if let Some(alarm) = notice.alarm.filter(|_| day_of(notice.created_at) <= day) {
            let (id, number, created_at, as_of) = (notice.id, notice.number, notice.created_at, notice.as_of);
            all.entry(alarm).or_default().push(Told { id, number, state, created_at, as_of });
        }
    }
    Ok(all)
}

fn about_hub(heard: &Heard, alarm: &Alarm) -> bool {
    let Subject::Country(country) = alarm.subject else { return false };
    alarm.incidents.iter().filter_map(|id| heard.known.get(id)).all(|incident| incident.hub == Some(country))
}

fn row(alarm: &Alarm, soundings_count: usize, decision: Option<&Decision>, notices: Vec<Told>) -> Row {
    let verdict = decision
        .and_then(|decision| decision.verdict.parse::<Verdict>().ok())
        .filter(|verdict| verdict.sounded_on >= alarm.raised_on);
    let told = notices
        .iter()
        .any(|notice| notice.state != NoticeState::Withdrawn && notice.as_of >= alarm.raised_on);
    let state = match (verdict.map(|verdict| verdict.state), told) {
        (Some(state @ (AlarmState::Dismissed | AlarmState::Merged)), _) => state,
        (_, true) => AlarmState::Noticed,
        (Some(state), false) => state,
        (None, false) => AlarmState::Open,
    };
    Row {
        alarm: alarm.clone(),
        soundings_count,
        about_hub: false,
        state,
        decision: verdict.and(decision).cloned(),
        merged_into: verdict.and_then(|verdict| verdict.into),
        notices,
    }
}

#[cfg(test)]
mod tests {
    use forewarn_model::{IncidentId, Variant, Vec1};

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// An alarm that sounded on 1 June 2023.
    fn alarm() -> Alarm {
        let subject = Subject::Country("KH".parse().unwrap());
        Alarm {
            id: Alarm::derive_id(AlarmKind::Hub, &subject, Variant::ScamCentre),
            kind: AlarmKind::Hub,
            subject,
            variant: Variant::ScamCentre,
            raised_on: day("2023-06-01"),
            first_incident_on: day("2023-01-01"),
            recurrence_interval_days: 1000.0,
            recurrence_backed_days: 2000.0,
            score: 1.0,
            sources: 2,
            events: Vec1::new("e".to_owned()),
            incidents: Vec1::new(IncidentId::derive(&[b"i"])),
        }
    }

    #[track_caller]
    fn check(verdict: Option<&str>, notice: Option<(NoticeState, &str)>, expected: AlarmState) {
        let decision = verdict.map(|verdict| Decision {
            subject: alarm().id.to_string(),
            verdict: verdict.to_owned(),
            decided_by: "ana".into(),
            decided_at: "2023-07-01T00:00:00Z".parse().unwrap(),
            reason: "r".into(),
            seen_score: None,
        });
        let told = notice.map(|(state, as_of)| Told {
            id: NoticeId::derive(&[b"n"]),
            number: "FW-1".into(),
            state,
            created_at: "2023-07-01T00:00:00Z".parse().unwrap(),
            as_of: day(as_of),
        });
        let row = row(&alarm(), 1, decision.as_ref(), told.into_iter().collect());
        assert_eq!(row.state, expected, "{verdict:?} {notice:?}");
        assert_eq!(row.merged_into.is_some(), expected == AlarmState::Merged);
    }

    #[test]
    fn a_decision_holds_for_what_had_sounded() {
        use AlarmState::{Dismissed, Merged, Noticed, Open, Watching};
        let issued = Some((NoticeState::Issued, "2023-06-07"));
        check(None, None, Open);
        check(Some("dismissed:2023-06-01"), None, Dismissed);
        check(Some("dismissed:2023-05-31"), None, Open);
        check(Some("dismissed:2023-06-01"), issued, Dismissed);
        check(Some("watching:2023-06-01"), None, Watching);
        check(Some("watching:2023-06-01"), issued, Noticed);
        check(Some("open:2023-06-01"), None, Open);
        check(None, issued, Noticed);
        check(None, Some((NoticeState::Issued, "2023-05-31")), Open);
        check(None, Some((NoticeState::Withdrawn, "2023-06-07")), Open);
        let merged = format!("merged:2023-06-01:{}", AlarmId::derive(&[b"other"]));
        check(Some(&merged), None, Merged);
        check(Some("merged:2023-06-01"), None, Open);
        check(Some("unheard of"), None, Open);
    }
}
