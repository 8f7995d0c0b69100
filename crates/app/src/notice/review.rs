//! The way of a notice through its reviewers.

use forewarn_model::{CountryNames, Language, Notice, Tlp};
use forewarn_notice::{Action, Catalogues, Finding, FindingSeverity, apply, check, localize_finding};

use crate::notice::{find, save};
use crate::{AppError, Context, Workspace};

/// What a person does with a notice that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// Hand it to the reviewers.
    Submit,
    /// Approve it.
    Approve,
    /// Send it back to its author.
    Reject,
    /// Take it back.
    Withdraw,
}

/// What a rule objects to, told for a reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The message of the catalogue; also its name in an override.
    pub message: &'static str,
    /// The rule.
    pub rule: &'static str,
    /// Whether it stops the submission.
    pub blocks: bool,
    /// Place, finding and rule in English.
    pub told: String,
}

/// What the rules object to, for recipients who are cleared for its marking.
pub fn findings(notice: &Notice, names: &CountryNames) -> Result<Vec<Told>, AppError> {
    let catalogues = Catalogues::builtin().map_err(AppError::built_in("message catalogues"))?;
    let tell = |finding: Finding| Told {
        message: finding.message,
        rule: finding.rule,
        blocks: finding.severity == FindingSeverity::Block,
        told: localize_finding(&finding, Language::ENGLISH, &catalogues, names),
    };
    Ok(check(notice, audience(notice)).into_iter().map(tell).collect())
}

/// Takes the step; the notice after it.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    choice: Choice,
    why: &str,
) -> Result<Notice, AppError> {
    let (_, mut notice) = find(workspace, context, name)?;
    let (action, told) = match choice {
        Choice::Submit => (Action::Submit { audience: audience(&notice), overrides: &[] }, "notice.submit"),
        Choice::Approve => (Action::Approve, "notice.approve"),
        Choice::Reject => (Action::Reject, "notice.reject"),
        Choice::Withdraw => (Action::Withdraw, "notice.withdraw"),
    };
    apply(&mut notice, action, &context.actor, context.now, why).map_err(AppError::refused(told))?;
    save(workspace, &notice, None)?;
    workspace.note(context, told, &notice.id.to_string(), notice.state().as_str())?;
    Ok(notice)
}

fn audience(notice: &Notice) -> Tlp {
    notice.marking.tlp
}
