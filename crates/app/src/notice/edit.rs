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
    /// Sentences, in order: the key of each, and whether it stands in the draft.
    pub statements: Vec<(String, Statement, bool)>,
    /// Identifiers, and whether each stands in the draft.
    pub observables: Vec<(WatchedObservable, bool)>,
}

/// What shall stand in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
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
    let mut statements: Vec<(String, Statement, bool)> =
        notice.statements.iter().map(|one| (pure::statement_key(one), one.clone(), true)).collect();
    let mut observables: Vec<(WatchedObservable, bool)> =
        notice.observables.iter().map(|one| (one.clone(), true)).collect();
    if let Some(fresh) = fresh {
        for one in fresh.statements {
            let key = pure::statement_key(&one);
            if !statements.iter().any(|(known, ..)| *known == key) {
                statements.push((key, one, false));
            }
        }
        for one in fresh.observables {
            if !observables.iter().any(|(known, _)| (known.kind, &known.value) == (one.kind, &one.value)) {
                observables.push((one, false));
            }
        }
    }
    statements.sort_by_key(|(_, one, _)| one.section);
    Candidates { notice, statements, observables }
}

/// What a notice was drafted from: its alarm, else the campaign that its headline cites.
fn origin(notice: &Notice) -> Option<Origin> {
    let campaign = notice.headline.refs.iter().find_map(|reference| match reference.target {
        EvidenceTarget::Campaign(id) => Some(Origin::Campaign(id)),
        _ => None,
    });
    notice.alarm.map(Origin::Alarm).or(campaign)
}
