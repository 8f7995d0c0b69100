//! Analysts say that a tie is wrong; it stays wrong, with who, when and why, until they take it back.
//!
//! Nothing derived is kept: every graph, path, export and count of what campaigns name is made from the
//! reports and the marks that stand.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_link::Wrong;
use forewarn_model::rights::Right;
use forewarn_model::{CampaignId, Entity, EntityKind, ObservableKind, ReportId};
use forewarn_share::json;
use forewarn_store::{Decision, Store};
use serde_json::Value;

use super::explore::{self, Limits};
use super::find::{self, Key};
use crate::campaign;
use crate::{AppError, Context, Workspace};

const TIE: &str = "tie:";
const WRONG: &str = "wrong";
const UNMARKED: &str = "unmarked";

/// A tie that an analyst marked.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// One end.
    pub a: Key,
    /// The other.
    pub b: Key,
    /// Who, when, why.
    pub decision: Decision,
}

/// What became of a mark.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The tie is out of the network.
    Marked(Mark),
    /// The tie was one of a report to its campaign: the report was split off.
    Split(campaign::mark::Outcome),
}

/// Marks the tie between two nodes as wrong.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    a: &str,
    b: &str,
    why: &str,
) -> Result<Outcome, AppError> {
    context.require(Right::NetworkMark)?;
    if why.trim().is_empty() {
        let why = "a mark needs a reason: give one with --why".to_owned();
        return Err(AppError::Refused { operation: "mark a tie as wrong", why });
    }
    let (a, b) = (find::one(workspace, context, a)?, find::one(workspace, context, b)?);
    if let (Key::Report(report), Key::Campaign(id)) | (Key::Campaign(id), Key::Report(report)) = (&a, &b) {
        return campaign::mark::split(workspace, context, *id, &[*report], why).map(Outcome::Split);
    }
    let around = explore::gather(workspace, context, std::slice::from_ref(&a), 1, &Limits::default())?;
    let tied = around.direct(&a, &b);
    let Some(strength) = tied else {
        let why =
            "nothing ties the two directly; `forewarn network A --path B` shows by which steps they are \
                   tied: mark the step that is wrong"
                .to_owned();
        return Err(AppError::Refused { operation: "mark a tie as wrong", why });
    };
    let mark = decide(workspace, context, a, b, WRONG, why, Some(strength))?;
    Ok(Outcome::Marked(mark))
}

/// Takes a mark back.
pub fn take_back(
    workspace: &mut Workspace,
    context: &Context,
    a: &str,
    b: &str,
    why: &str,
) -> Result<Mark, AppError> {
    context.require(Right::NetworkMark)?;
    let (a, b) = (find::one(workspace, context, a)?, find::one(workspace, context, b)?);
    let standing = marks(&workspace.store)?;
    let known = standing.iter().any(|mark| (&mark.a, &mark.b) == (&a, &b) || (&mark.a, &mark.b) == (&b, &a));
    if !known {
        let remedy = "no mark stands on the two; see `forewarn network marks`".to_owned();
        let name = format!("{} {}", a.node().1, b.node().1);
        return Err(AppError::NotFound { what: "mark", name, remedy });
    }
    decide(workspace, context, a, b, UNMARKED, why, None)
}

/// The marks that stand, in the order in which they were made.
pub fn standing(workspace: &Workspace, context: &Context) -> Result<Vec<Mark>, AppError> {
    context.require(Right::Look)?;
    workspace.seen(context, "network.marks", "network");
    marks(&workspace.store)
}

/// The same for an action that has asked for a right of its own.
pub(super) fn marks(store: &Store) -> Result<Vec<Mark>, AppError> {
    let last = store.last_decisions(TIE)?.into_iter().filter(|decision| decision.verdict == WRONG);
    let read = |decision: Decision| {
        let ends: [(String, String); 2] = serde_json::from_str(decision.subject.strip_prefix(TIE)?).ok()?;
        let [a, b] = ends.map(|(kind, value)| Key::of(entity_kind(&kind)?, &value));
        Some(Mark { a: a?, b: b?, decision })
    };
    Ok(last.filter_map(read).collect())
}

/// A mark, as JSON shows it.
pub(super) fn view(mark: &Mark) -> json::NetworkMark {
    let node = |key: &Key| {
        let (kind, value) = key.node();
        json::NetworkNode::new(&Entity::new(kind, &value), None)
    };
    json::NetworkMark {
        a: node(&mark.a),
        b: node(&mark.b),
        by: mark.decision.decided_by.clone(),
        at: mark.decision.decided_at.to_string(),
        why: mark.decision.reason.clone(),
    }
}

/// Marks as JSON.
pub fn views(marks: &[Mark]) -> Value {
    json::network_marks(&marks.iter().map(view).collect::<Vec<_>>())
}

/// The marks that stand, as the graph takes them.
pub(crate) fn wrong(store: &Store) -> Result<Wrong, AppError> {
    let mut wrong = Wrong::default();
    for mark in marks(store)? {
        let (a, b) = (mark.a.node(), mark.b.node());
        wrong.insert((a.0, &a.1), (b.0, &b.1));
    }
    Ok(wrong)
}

/// Identifiers that a campaign or a report does not stand for, whatever its text says.
#[derive(Debug, Clone, Default)]
pub(crate) struct WrongNames {
    campaigns: BTreeSet<(CampaignId, ObservableKind, String)>,
    reports: BTreeMap<(ObservableKind, String), BTreeSet<ReportId>>,
}

impl WrongNames {
    pub(crate) fn load(store: &Store) -> Result<Self, AppError> {
        let mut names = Self::default();
        for mark in marks(store)? {
            match (mark.a, mark.b) {
                (Key::Value(kind, value), Key::Campaign(id))
                | (Key::Campaign(id), Key::Value(kind, value)) => {
                    names.campaigns.insert((id, kind, value));
                }
                (Key::Value(kind, value), Key::Report(id)) | (Key::Report(id), Key::Value(kind, value)) => {
                    names.reports.entry((kind, value)).or_default().insert(id);
                }
                _ => {}
            }
        }
        Ok(names)
    }

    /// How many members of a campaign stand for an identifier, of those whose texts name it.
    pub(crate) fn count(
        &self,
        store: &Store,
        campaign: CampaignId,
        (kind, value): &(ObservableKind, String),
        named: u32,
    ) -> Result<u32, AppError> {
        if self.campaigns.contains(&(campaign, *kind, value.clone())) {
            return Ok(0);
        }
        let mut count = named;
        for report in self.reports.get(&(*kind, value.clone())).into_iter().flatten() {
            count -= u32::from(store.campaign_of(*report)? == Some(campaign)).min(count);
        }
        Ok(count)
    }
}

fn decide(
    workspace: &mut Workspace,
    context: &Context,
    a: Key,
    b: Key,
    verdict: &str,
    why: &str,
    seen_score: Option<f64>,
) -> Result<Mark, AppError> {
    if why.trim().is_empty() {
        let why = "a decision needs a reason: give one with --why".to_owned();
        return Err(AppError::Refused { operation: "decide on a tie", why });
    }
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    let ends = [a.node(), b.node()].map(|(kind, value)| (kind.name(), value));
    let ends = serde_json::to_string(&ends).map_err(AppError::refused("write the mark"))?;
    let decision = Decision {
        subject: format!("{TIE}{ends}"),
        verdict: verdict.to_owned(),
        decided_by: context.actor.clone(),
        decided_at: context.now,
        reason: why.trim().to_owned(),
        seen_score,
    };
    workspace.store.put_decision(&decision)?;
    workspace.note(context, "network.mark", "", verdict)?;
    Ok(Mark { a, b, decision })
}

/// The kind of node with a name in files.
fn entity_kind(name: &str) -> Option<EntityKind> {
    match name {
        "report" => Some(EntityKind::Report),
        "campaign" => Some(EntityKind::Campaign),
        name => name.parse().ok().map(EntityKind::Observable),
    }
}
