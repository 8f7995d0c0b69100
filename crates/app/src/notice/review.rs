//! The way of a notice through its reviewers.

use forewarn_model::rights::Right;
use forewarn_model::{CountryNames, Language, Notice, Tlp};
use forewarn_notice::{
    Act, Action, Finding, FindingSeverity, FindingWords, Override, apply, check, localize_finding,
};

use crate::notice::{localize, lookup, save};
use crate::{AppError, Context, Workspace};

/// What a person does with a notice that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Hand it to the reviewers.
    Submit {
        /// The clearance of those who will receive it; the notice's own marking if it is not said.
        audience: Option<Tlp>,
        /// Findings that may stand.
        overrides: Vec<Overridden>,
    },
    /// Approve it.
    Approve,
    /// Send it back to its author.
    Reject,
}

/// A finding that may stand, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overridden {
    /// The message of the finding, as [`Told::message`].
    pub finding: String,
    /// Its place; none for every place.
    pub place: Option<String>,
    /// Why it may stand; kept in the notice's history.
    pub reason: String,
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
    /// The place, as an override names it.
    pub place: String,
    /// What is found, in a language.
    pub text: String,
    /// The rule, in that language.
    pub rule_words: String,
    /// Place, finding and rule in that language.
    pub told: String,
}

impl Told {
    pub(super) fn of(finding: &Finding, words: FindingWords) -> Self {
        Self {
            message: finding.message,
            rule: finding.rule,
            blocks: finding.severity == FindingSeverity::Block,
            place: finding.place.name(),
            text: words.text,
            rule_words: words.rule,
            told: words.line,
        }
    }
}

/// What the rules object to, for recipients with that clearance; with the notice's own marking if none is
/// given.
pub fn findings(
    notice: &Notice,
    audience: Option<Tlp>,
    language: Language,
    names: &CountryNames,
) -> Result<Vec<Told>, AppError> {
    let catalogues = localize::catalogues()?;
    let tell = |finding: Finding| Told::of(&finding, localize_finding(&finding, language, catalogues, names));
    Ok(check(notice, audience.unwrap_or(notice.marking.tlp)).into_iter().map(tell).collect())
}

/// Who has approved what is in review now, or was approved, in order.
pub fn approvals(notice: &Notice) -> Vec<&str> {
    forewarn_notice::approvals(notice)
}

/// What was done in each step of a notice, and why, in the order of its history.
pub fn acts(notice: &Notice) -> Vec<(Act, &str)> {
    forewarn_notice::acts(notice)
}

/// Takes the step; the notice after it.
pub fn run(
    workspace: &mut Workspace,
    context: &Context,
    name: &str,
    choice: Choice,
    why: &str,
) -> Result<Notice, AppError> {
    context.require(match choice {
        Choice::Submit { .. } => Right::NoticeDraft,
        Choice::Approve | Choice::Reject => Right::NoticeReview,
    })?;
    let (_, mut notice) = lookup(workspace, context, name)?;
    let overrides: Vec<Override<'_>> = match &choice {
        Choice::Submit { overrides, .. } => overrides.iter().map(Overridden::borrowed).collect(),
        _ => Vec::new(),
    };
    let (action, told) = match choice {
        Choice::Submit { audience, .. } => {
            let audience = audience.unwrap_or(notice.marking.tlp);
            (Action::Submit { audience, overrides: &overrides }, "notice.submit")
        }
        Choice::Approve => (Action::Approve, "notice.approve"),
        Choice::Reject => (Action::Reject, "notice.reject"),
    };
    apply(&mut notice, action, &context.actor, context.now, why).map_err(AppError::refused(told))?;
    save(workspace, &notice)?;
    workspace.note(context, told, &notice.id.to_string(), notice.state().as_str())?;
    Ok(notice)
}

impl Overridden {
    pub(super) fn borrowed(&self) -> Override<'_> {
        Override { finding: &self.finding, place: self.place.as_deref(), reason: &self.reason }
    }
}
