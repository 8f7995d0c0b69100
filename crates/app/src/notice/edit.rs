//! Editing a draft: strikes sentences and identifiers out and puts them back, out of what can be drafted from
//! the same evidence.

use forewarn_model::rights::Right;
use forewarn_model::{Date, EvidenceTarget, Marking, Notice, NoticeState, Statement, WatchedObservable};
use forewarn_notice::edit as pure;

use crate::notice::draft::{self, Origin};
use crate::notice::{find, lookup, save};
use crate::{AppError, Context, Workspace};

/// A draft with everything that could stand in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidates {
    /// The draft.
    pub notice: Notice,
    /// Which version of it that is; a choice names it.
    pub version: String,
    /// Sentences, in order: the key of each, and whether it stands in the draft.
    pub statements: Vec<(String, Statement, bool)>,
    /// Identifiers, and whether each stands in the draft.
    pub observables: Vec<(WatchedObservable, bool)>,
}

/// What shall stand in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The version that the choice was made from: a draft that says something else by now is not changed. None
    /// takes it as it is.
    pub version: Option<String>,
    /// The keys of its sentences.
    pub statements: Vec<String>,
    /// Its identifiers, as `kind:value`.
    pub observables: Vec<String>,
    /// Who may see it.
    pub marking: Marking,
    /// Its last day.
    pub review_by: Date,
}

/// The notice with what could stand in it; of a notice that is no draft any more, what stands in it.
pub fn candidates(workspace: &Workspace, context: &Context, name: &str) -> Result<Candidates, AppError> {
    let (_, notice) = find(workspace, context, name)?;
    Ok(gather(workspace, context, notice))
}

/// Changes a draft; the notice after it.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    choice: &Choice,
) -> Result<Notice, AppError> {
    context.require(Right::NoticeDraft)?;
    let operation = "change the draft";
    let (_, notice) = lookup(workspace, context, name)?;
    if choice.version.as_ref().is_some_and(|seen| *seen != pure::version(&notice)) {
        return Err(AppError::Stale { operation });
    }
    let before = notice.clone();
    let all = gather(workspace, context, notice);
    let unknown =
        choice.statements.iter().find(|key| !all.statements.iter().any(|(known, ..)| known == *key));
    if let Some(key) = unknown {
        let why = format!("there is no sentence {key} any more: look again");
        return Err(AppError::Refused { operation, why });
    }
    let statements = all.statements.into_iter().filter(|(key, ..)| choice.statements.contains(key));
    let observables = all.observables.into_iter().map(|(observable, _)| observable);
    let edit = pure::Edit {
        statements: statements.map(|(_, statement, _)| statement).collect(),
        observables: observables.filter(|one| choice.observables.contains(&identifier_key(one))).collect(),
        marking: choice.marking,
        review_by: choice.review_by,
    };
    let mut notice = all.notice;
    pure::edit(&mut notice, edit).map_err(AppError::refused(operation))?;
    if notice == before {
        return Ok(notice);
    }
    save(workspace, &notice)?;
    let told = format!("{} sentences, {} identifiers", notice.statements.len(), notice.observables.len());
    workspace.note(context, "notice.edit", &notice.id.to_string(), &told)?;
    Ok(notice)
}

/// How a choice names an identifier.
pub fn identifier_key(observable: &WatchedObservable) -> String {
    format!("{}:{}", observable.kind, observable.value)
}

/// What stands in the notice, and what a new draft from the same evidence adds to it. If none can be made any
/// more (its evidence was retracted, say), only what stands there.
fn gather(workspace: &Workspace, context: &Context, notice: Notice) -> Candidates {
    let fresh = match notice.state() {
        NoticeState::Draft => {
            origin(&notice).and_then(|from| draft::again(workspace, context, from, &notice).ok())
        }
        _ => None,
    };
    let (fresh_statements, fresh_observables) =
        fresh.map_or_else(Default::default, |fresh| (fresh.statements.to_vec(), fresh.observables));
    let same = |one: &Statement, other: &Statement| pure::statement_key(one) == pure::statement_key(other);
    let mut statements = pure::merged(&notice.statements, &fresh_statements, same);
    statements.sort_by_key(|(one, _)| one.section);
    let same = |one: &WatchedObservable, other: &WatchedObservable| {
        (one.kind, &one.value) == (other.kind, &other.value)
    };
    let observables = pure::merged(&notice.observables, &fresh_observables, same);
    let keyed = statements.into_iter().map(|(one, stands)| (pure::statement_key(&one), one, stands));
    Candidates { version: pure::version(&notice), statements: keyed.collect(), observables, notice }
}

/// What a notice was drafted from: its alarm, else the campaign that its headline cites.
fn origin(notice: &Notice) -> Option<Origin> {
    let campaign = notice.headline.refs.iter().find_map(|reference| match reference.target {
        EvidenceTarget::Campaign(id) => Some(Origin::Campaign(id)),
        _ => None,
    });
    notice.alarm.map(Origin::Alarm).or(campaign)
}
