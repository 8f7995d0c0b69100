//! A compiled pack.

use forewarn_model::{Facts, Indicator, IndicatorName, Language, Normalized};

use crate::builtin::{builtin_files, distress_files};
use crate::condition::{CompiledCondition, WordsId};
use crate::diagnostic::Diagnostic;
use crate::explain::Explanation;
use crate::expression::Expression;
use crate::limits::Limits;
use crate::lists::{Homes, Wages};
use crate::matcher::{Matcher, PhraseId};
use crate::source::SourceFile;
use crate::test::{Case, TestReport};

/// What an indicator is, for the people who read its findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorDoc {
    /// Its name: `free_travel`.
    pub name: IndicatorName,
    /// Its title: "Travel paid by the employer".
    pub title: String,
    /// What counts as it, and what does not.
    pub what: String,
    /// Why it matters, and why it may be harmless.
    pub why: String,
    /// The public source of that knowledge.
    pub source: String,
    /// What it means, for a job seeker, by language; sorted; English is always there.
    pub means: Vec<(Language, String)>,
    /// What to ask before accepting, by language; sorted; English is always there.
    pub ask: Vec<(Language, String)>,
}

/// A compiled pack. Immutable; one value serves all threads.
#[derive(Debug)]
pub struct Pack {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) docs: Vec<IndicatorDoc>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) exclusions: Vec<Exclusion>,
    pub(crate) uses: Vec<PhraseUse>,
    pub(crate) matcher: Matcher,
    pub(crate) expressions: Vec<Expression>,
    pub(crate) wages: Wages,
    pub(crate) homes: Homes,
    pub(crate) cases: Vec<Case>,
    pub(crate) limits: Limits,
}

/// The conditions of one indicator; its phrases and expressions point back to it.
#[derive(Debug, Default)]
pub(crate) struct Rule {
    pub conditions: Vec<(CompiledCondition, Origin)>,
}

/// Words that cancel.
#[derive(Debug)]
pub(crate) struct Exclusion {
    /// Indices of the indicators that it cancels.
    pub cancels: Vec<usize>,
    /// What it is called.
    pub name: String,
}

/// What a phrase is for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Role {
    /// It shows an indicator.
    Indicator(usize),
    /// It belongs to an exclusion.
    Exclusion(usize),
    /// A condition asks for it, by the number of its set of words.
    Condition(WordsId),
    /// An expression is tried where it occurs.
    Expression(usize),
}

/// A phrase of the matcher: what for, and where the pack has it.
#[derive(Debug)]
pub(crate) struct PhraseUse {
    pub role: Role,
    pub origin: Origin,
}

/// Where a pattern stands in the pack, as people are told: `languages/th.toml:12 ที่พัก*`.
pub(crate) type Origin = String;

impl Pack {
    /// Reads and compiles a pack. On success, warnings come along; on failure, every finding.
    pub fn compile(
        files: &[SourceFile],
        limits: &Limits,
    ) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        crate::compile::compile(files, limits)
    }

    /// The pack `core`, which ships with this crate.
    pub fn builtin() -> Result<Self, Vec<Diagnostic>> {
        Self::embedded(builtin_files())
    }

    /// The pack `distress`, which ships with this crate: words of people who are held. It says what a text is,
    /// not what it weighs, and is no part of what the model sees.
    pub fn distress() -> Result<Self, Vec<Diagnostic>> {
        Self::embedded(distress_files())
    }

    fn embedded(files: &[(&str, &str)]) -> Result<Self, Vec<Diagnostic>> {
        let file = |&(path, text): &(&str, &str)| SourceFile { path: path.to_owned(), text: text.to_owned() };
        let files: Vec<SourceFile> = files.iter().map(file).collect();
        Self::compile(&files, &Limits::default()).map(|(pack, _)| pack)
    }

    /// The pack's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The pack's version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Every indicator, sorted by name.
    pub fn indicators(&self) -> &[IndicatorDoc] {
        &self.docs
    }

    /// The indicator of this name.
    pub fn indicator(&self, name: &str) -> Option<&IndicatorDoc> {
        let at = self.docs.binary_search_by(|doc| doc.name.as_str().cmp(name)).ok()?;
        Some(&self.docs[at])
    }

    /// The indicators of a text, sorted by span, then by name. Passages of one indicator do not overlap.
    /// An indicator that rests on an absence ("names no employer") has an empty span at the start.
    pub fn find(&self, text: &Normalized, facts: &Facts) -> Vec<Indicator> {
        crate::find::find(self, text, facts)
    }

    /// What fired, and what almost fired and why not.
    pub fn explain(&self, text: &Normalized, facts: &Facts) -> Explanation {
        crate::explain::explain(self, text, facts)
    }

    /// Runs the examples and tests of the pack.
    pub fn test(&self) -> TestReport {
        crate::test::run(self, "")
    }

    /// Runs the tests of one of several packs: those in files whose path begins with `root`.
    pub fn test_under(&self, root: &str) -> TestReport {
        crate::test::run(self, root)
    }

    pub(crate) fn phrase_use(&self, id: PhraseId) -> &PhraseUse {
        &self.uses[id as usize]
    }
}
