//! What a person makes of an alarm: dismiss it, merge it into another, watch it, open it again.
//!
//! Decisions are only ever added. Each notes the sounding that the person saw, so that it does not hold for
//! one that comes later.

use std::fmt;
use std::str::FromStr;

use forewarn_model::date::day_of;
use forewarn_model::{AlarmId, AlarmState, Date};
use forewarn_store::Decision;

use super::cache::Cache;
use super::list::{Row, rows};
use super::show::missing;
use crate::model::rights::Right;
use crate::{AppError, Context, Workspace};

/// How many characters a reason may have.
const REASON_CHARS_MAX: usize = 2_000;

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// There is no reason to act.
    Dismiss,
    /// Another alarm tells the same.
    Merge(AlarmId),
    /// Keep an eye on it.
    Watch,
    /// Look at it anew.
    Reopen,
}

/// A decision as it is written down: the state, the sounding, and the other alarm of a merge. Printed as
/// `dismissed:2023-06-07` or `merged:2023-06-07:alm-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) state: AlarmState,
    /// The day of the last sounding that the person saw.
    pub(super) sounded_on: Date,
    pub(super) into: Option<AlarmId>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.state, self.sounded_on)?;
        self.into.iter().try_for_each(|into| write!(f, ":{into}"))
    }
}

impl FromStr for Verdict {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split(':');
        let state: AlarmState = parts.next().and_then(|part| part.parse().ok()).ok_or(())?;
        let sounded_on = parts.next().and_then(|part| part.parse().ok()).ok_or(())?;
        let into: Option<AlarmId> = parts.next().map(|part| part.parse().map_err(|_| ())).transpose()?;
        match (into.is_some(), parts.next()) == ((state == AlarmState::Merged), None) {
            true => Ok(Self { state, sounded_on, into }),
            false => Err(()),
        }
    }
}

/// Decides on an alarm as it stands today.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    cache: &Cache,
    id: AlarmId,
    choice: Choice,
    reason: &str,
) -> Result<(), AppError> {
    context.require(Right::AlarmDecide)?;
    let refused = |why: String| Err(AppError::Refused { operation: "decide on an alarm", why });
    let reason = reason.trim();
    if reason.is_empty() {
        return refused("a decision needs a reason: say why".to_owned());
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        return refused(format!("the reason has more than {REASON_CHARS_MAX} characters: shorten it"));
    }
    let heard = cache.at(workspace, day_of(context.now))?;
    let all = rows(workspace, context, &heard)?;
    let find = |id: AlarmId| {
        all.iter().find(|row| row.alarm.id == id).ok_or_else(|| missing(id, day_of(context.now)))
    };
    let row = find(id)?;
    let (state, into) = match choice {
        Choice::Dismiss => (AlarmState::Dismissed, None),
        Choice::Watch => (AlarmState::Watching, None),
        Choice::Reopen => (AlarmState::Open, None),
        Choice::Merge(into) => {
            if let Err(why) = may_merge(&all, id, find(into)?) {
                return refused(why);
            }
            (AlarmState::Merged, Some(into))
        }
    };
    let verdict = Verdict { state, sounded_on: row.alarm.raised_on, into };
    workspace.store.put_decision(&Decision {
        subject: id.to_string(),
        verdict: verdict.to_string(),
        decided_by: context.actor.clone(),
        decided_at: context.now,
        reason: reason.to_owned(),
        seen_score: Some(row.alarm.score).filter(|score| score.is_finite()),
    })?;
    workspace.note(context, "alarm.decide", &id.to_string(), state.as_str())
}

/// An alarm is told by one that stands by itself: no circles, no chains.
fn may_merge(all: &[Row], id: AlarmId, into: &Row) -> Result<(), String> {
    if into.alarm.id == id {
        return Err("an alarm cannot be merged into itself: choose another".to_owned());
    }
    if let Some(further) = into.merged_into {
        return Err(format!("{} was merged into {further}: merge into that one", into.alarm.id));
    }
    if into.state == AlarmState::Dismissed {
        return Err(format!("{} was dismissed: open it again first", into.alarm.id));
    }
    if let Some(other) = all.iter().find(|row| row.merged_into == Some(id)) {
        return Err(format!("{} was merged into this one: open that again first", other.alarm.id));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_reads_back_and_nothing_else_is_one() {
        let other = AlarmId::derive(&[b"other"]);
        for text in ["dismissed:2023-06-07", "open:2023-06-07", &format!("merged:2023-06-07:{other}")] {
            assert_eq!(text.parse::<Verdict>().map(|verdict| verdict.to_string()), Ok(text.to_owned()));
        }
        for text in [
            "",
            "dismissed",
            "dismissed:",
            "closed:2023-06-07",
            "merged:2023-06-07",
            "dismissed:2023-06-07:alm-1",
            &format!("open:2023-06-07:{other}"),
            &format!("merged:2023-06-07:{other}:x"),
        ] {
            assert_eq!(text.parse::<Verdict>(), Err(()), "{text}");
        }
    }
}
