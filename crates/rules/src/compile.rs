//! From the files of a pack to one automaton: names resolved, lists filled in for every language.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::{Country, Language};
use regex::RegexBuilder;

use crate::condition::{CompiledCondition, Condition, MoneyTest, WordsId};
use crate::diagnostic::{
    BAD_PATH, BAD_PATTERN, BAD_REGEX, Code, DUPLICATE_NAME, DUPLICATE_PATTERN, Diagnostic, MISSING_KEY,
    NEVER_FIRES, NO_EXAMPLES, REGEX_ALWAYS, REGEX_CAPITALS, SHADOWED, SHORT_PATTERN, Severity, TOO_MUCH,
    UNKNOWN_INDICATOR, UNKNOWN_LIST, UNUSED_LIST, did_you_mean,
};
use crate::expression::{Expression, never_occurs, required};
use crate::limits::Limits;
use crate::lists::{Homes, Wages};
use crate::matcher::{AtomId, CompiledGap, CompiledPhrase, MatcherBuilder};
use crate::pack::{Exclusion, IndicatorDoc, Origin, Pack, PhraseUse, Role, Rule};
use crate::phrase::{Atom, Literal, Phrase, parse_phrase, parse_words};
use crate::read::{
    ExclusionFile, IndicatorFile, LanguageFile, ManifestFile, Reader, WrittenCondition, WrittenText,
};
use crate::source::{FileKind, SourceFile, roots};
use crate::test::{Case, example_cases, read_tests};

pub(crate) fn compile(
    files: &[SourceFile],
    limits: &Limits,
) -> Result<(Pack, Vec<Diagnostic>), Vec<Diagnostic>> {
    let roots = roots(files);
    let mut files: Vec<(&str, &SourceFile)> = files.iter().map(|file| (file.root(&roots), file)).collect();
    files.sort_by(|a, b| (a.0, &a.1.path).cmp(&(b.0, &b.1.path)));
    let mut diagnostics = Vec::new();
    let syntax = Syntax::read(&files, limits, &mut diagnostics);
    let pack = Compiler::new(&syntax, limits, &mut diagnostics).compile();
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.path.clone(), d.span.start, d.code);
        key(a).cmp(&key(b))
    });
    diagnostics.dedup();
    match pack {
        Some(pack) if diagnostics.iter().all(|d| d.severity == Severity::Warning) => Ok((pack, diagnostics)),
        _ => Err(diagnostics),
    }
}

/// All files of a pack, read; indicators sorted by name.
#[derive(Default)]
struct Syntax<'s> {
    /// That of the pack that the others stand on comes first.
    manifests: Vec<ManifestFile>,
    indicators: Vec<IndicatorFile<'s>>,
    /// Of each pack at most one for a language.
    languages: Vec<LanguageFile<'s>>,
    exclusions: Vec<ExclusionFile<'s>>,
    wages: Wages,
    tests: Vec<Case>,
}

impl<'s> Syntax<'s> {
    fn read(files: &[(&str, &'s SourceFile)], limits: &Limits, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut syntax = Self::default();
        if files.len() > limits.files_max {
            let label = format!("{} files, {} are allowed", files.len(), limits.files_max);
            diagnostics.push(Diagnostic::new(&TOO_MUCH, "pack.toml", "", 0..0, label, "split the pack"));
            return syntax;
        }
        let bytes: usize = files.iter().map(|(_, source)| source.text.len()).sum();
        if bytes > limits.pack_bytes_max {
            let label = format!("{bytes} bytes, {} are allowed", limits.pack_bytes_max);
            diagnostics.push(Diagnostic::new(&TOO_MUCH, "pack.toml", "", 0..0, label, "split the pack"));
            return syntax;
        }
        let mut languages = BTreeMap::new();
        for &(root, source) in files {
            let Some(kind) = source.kind(root) else {
                let help = "a pack has pack.toml, indicators/*.toml, languages/*.toml, exclusions/*.toml, \
                            lists/*.toml and tests/*.md";
                let found = Diagnostic::new(&BAD_PATH, &source.path, &source.text, 0..0, "not read", help);
                diagnostics.push(found);
                continue;
            };
            if kind == FileKind::Tests {
                syntax.tests.extend(read_tests(source, diagnostics));
                continue;
            }
            let mut reader = Reader::new(source, limits, diagnostics);
            match kind {
                FileKind::Manifest => {
                    syntax.manifests.extend(reader.manifest().map(|manifest| ManifestFile {
                        digest: if root.is_empty() { None } else { Some(digest(root, files)) },
                        ..manifest
                    }));
                }
                FileKind::Indicator => syntax.indicators.extend(reader.indicator()),
                FileKind::Language => {
                    let Some(file) = reader.language() else { continue };
                    if let Some(other) = languages.insert((root, file.language), &source.path) {
                        let label = format!("{} is also in {other}", file.language);
                        let help = "keep one file for each language";
                        let (path, text) = (&source.path, &source.text);
                        diagnostics.push(Diagnostic::new(&DUPLICATE_NAME, path, text, 0..0, label, help));
                    }
                    syntax.languages.push(file);
                }
                FileKind::Exclusion => syntax.exclusions.extend(reader.exclusion()),
                FileKind::List => {
                    syntax.wages.by_country.extend(reader.list().map(|l| l.monthly_usd).unwrap_or_default());
                }
                FileKind::Tests => {}
            }
        }
        if syntax.manifests.is_empty() && diagnostics.is_empty() {
            let help = "add pack.toml with name, version, description and licence";
            diagnostics.push(Diagnostic::new(
                &MISSING_KEY,
                "pack.toml",
                "",
                0..0,
                "the pack has no manifest",
                help,
            ));
        }
        syntax.indicators.sort_by(|a, b| a.name.value.cmp(&b.name.value));
        syntax
    }
}

/// Lists by language and name.
type Lists = BTreeMap<(Language, String), Vec<Literal>>;

struct Compiler<'c, 's> {
    syntax: &'c Syntax<'s>,
    limits: &'c Limits,
    diagnostics: &'c mut Vec<Diagnostic>,
    lists: Lists,
    lists_known: BTreeSet<String>,
    lists_used: BTreeSet<String>,
    lines: BTreeMap<&'c str, Vec<usize>>,
    builder: MatcherBuilder,
    uses: Vec<PhraseUse>,
    words_count: WordsId,
    languages: BTreeSet<Language>,
    list_atoms: BTreeMap<Language, BTreeMap<String, Option<(AtomId, u32)>>>,
}

impl<'c, 's> Compiler<'c, 's> {
    fn new(syntax: &'c Syntax<'s>, limits: &'c Limits, diagnostics: &'c mut Vec<Diagnostic>) -> Self {
        Self {
            syntax,
            limits,
            diagnostics,
            lists: Lists::new(),
            lists_known: BTreeSet::new(),
            lists_used: BTreeSet::new(),
            lines: BTreeMap::new(),
            builder: MatcherBuilder::default(),
            uses: Vec::new(),
            words_count: 0,
            languages: syntax.languages.iter().map(|file| file.language).collect(),
            list_atoms: BTreeMap::new(),
        }
    }

    fn compile(mut self) -> Option<Pack> {
        let syntax = self.syntax;
        self.read_lists();
        self.check_names();
        let mut rules = Vec::new();
        for (at, file) in syntax.indicators.iter().enumerate() {
            for pattern in &file.patterns {
                self.pattern(file.source, pattern, None, Role::Indicator(at));
            }
            let mut rule = Rule::default();
            for condition in &file.when {
                let origin = self.origin(file.source, condition.span.start, "when", None);
                rule.conditions.push((self.condition(file.source, &condition.value), origin));
            }
            rules.push(rule);
        }
        let exclusions = self.exclusions();
        for language in &syntax.languages {
            for (name, patterns) in &language.patterns {
                let Some(at) = self.indicator(language.source, name, patterns.span.clone()) else { continue };
                let mut single = Vec::new();
                for pattern in &patterns.value {
                    let only = Some(language.language);
                    let phrase = self.pattern(language.source, pattern, only, Role::Indicator(at));
                    single.extend(phrase.and_then(Phrase::into_single).map(|word| (word, &pattern.span)));
                }
                self.warn_twice(language.source, &patterns.value);
                self.warn_shadowed(language.source, &single);
            }
        }
        let expressions = self.expressions();
        self.check_fires();
        self.check_lists_used();
        let cases = self.cases();
        let too_much = [
            ("literals", self.builder.literal_count(), self.limits.literals_max),
            ("phrases", self.builder.phrase_count(), self.limits.phrases_max),
        ];
        for (what, found, max) in too_much {
            if found > max {
                let label = format!("{found} {what}, {max} are allowed");
                self.diagnostics.push(Diagnostic::new(
                    &TOO_MUCH,
                    "pack.toml",
                    "",
                    0..0,
                    label,
                    "split the pack",
                ));
                return None;
            }
        }
        let manifest = syntax.manifests.first()?;
        let mut homes: BTreeMap<Language, Vec<Country>> = BTreeMap::new();
        for file in &syntax.languages {
            let known = homes.entry(file.language).or_default();
            let new = file.home.iter().filter(|country| !known.contains(country)).copied();
            let new: Vec<Country> = new.collect();
            known.extend(new);
        }
        Some(Pack {
            name: manifest.name.clone(),
            version: version(&syntax.manifests),
            docs: syntax.indicators.iter().map(doc).collect(),
            rules,
            exclusions,
            uses: self.uses,
            matcher: self.builder.build(),
            expressions,
            homes: Homes::new(homes, &syntax.wages),
            wages: Wages { by_country: syntax.wages.by_country.clone() },
            cases,
            limits: *self.limits,
        })
    }

    fn report(
        &mut self,
        code: &Code,
        source: &SourceFile,
        span: std::ops::Range<usize>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics.push(Diagnostic::new(code, &source.path, &source.text, span, label, help));
    }

    /// Where a pattern stands: path, line, the pattern, and the language whose words fill its lists.
    fn origin(
        &mut self,
        source: &'c SourceFile,
        at: usize,
        pattern: &str,
        language: Option<Language>,
    ) -> Origin {
        let line_feeds = || source.text.match_indices('\n').map(|(at, _)| at).collect();
        let line_feeds = self.lines.entry(source.path.as_str()).or_insert_with(line_feeds);
        let line = line_feeds.partition_point(|&line_feed| line_feed < at) + 1;
        match language {
            Some(language) => format!("{}:{line} {pattern} [{language}]", source.path),
            None => format!("{}:{line} {pattern}", source.path),
        }
    }

    fn read_lists(&mut self) {
        for file in &self.syntax.languages {
            for (name, written) in &file.lists {
                let mut literals = Vec::new();
                for text in &written.value {
                    match parse_words(&text.value, self.limits) {
                        Ok(words) => {
                            literals.extend(words.into_iter().map(|word| word.bind_shared(file.language)))
                        }
                        Err((what, help)) => {
                            self.report(&BAD_PATTERN, file.source, text.span.clone(), what, help)
                        }
                    }
                }
                literals.sort();
                literals.dedup();
                self.lists.entry((file.language, name.clone())).or_default().extend(literals);
                self.warn_twice(file.source, &written.value);
                self.lists_known.insert(name.clone());
            }
        }
    }

    /// The words of a list in a language, and those that all languages share; the latter count for this
    /// language only in its own texts, so that one word does not count for all of them everywhere.
    fn list(&self, language: Language, name: &str) -> Vec<Literal> {
        let mut literals = self.lists.get(&(language, name.to_owned())).cloned().unwrap_or_default();
        if language != Language::UNKNOWN && !literals.is_empty() {
            let shared = self.lists.get(&(Language::UNKNOWN, name.to_owned())).cloned().unwrap_or_default();
            literals.extend(shared.into_iter().map(|word| word.bind(language)));
        }
        literals.sort();
        literals.dedup();
        literals
    }

    fn check_names(&mut self) {
        for pair in self.syntax.indicators.windows(2) {
            if pair[0].name.value == pair[1].name.value {
                let label = format!("the indicator of {} has it", pair[0].source.path);
                let help = "rename one of them; to add words to an indicator of another pack, write them under \
                            [patterns] in a file of languages/";
                self.report(&DUPLICATE_NAME, pair[1].source, pair[1].name.span.clone(), label, help);
            }
        }
    }

    /// The index of an indicator by name.
    fn indicator(&mut self, source: &SourceFile, name: &str, span: std::ops::Range<usize>) -> Option<usize> {
        let indicators = &self.syntax.indicators;
        let found = indicators.iter().position(|file| file.name.value.as_str() == name);
        if found.is_none() {
            let known = indicators.iter().map(|file| file.name.value.as_str());
            let help = match did_you_mean(name, known) {
                Some(meant) => format!("did you mean {meant:?}?"),
                None => "add a file for it under indicators/".to_owned(),
            };
            self.report(&UNKNOWN_INDICATOR, source, span, format!("no indicator {name:?}"), help);
        }
        found
    }

    fn exclusions(&mut self) -> Vec<Exclusion> {
        let syntax = self.syntax;
        let mut exclusions = Vec::new();
        for file in &syntax.exclusions {
            let cancels = file
                .cancels
                .iter()
                .filter_map(|name| self.indicator(file.source, &name.value, name.span.clone()))
                .collect();
            let at = exclusions.len();
            exclusions.push(Exclusion { cancels, name: file.name.clone() });
            for pattern in &file.patterns {
                self.pattern(file.source, pattern, None, Role::Exclusion(at));
            }
        }
        for language in &syntax.languages {
            for (name, patterns) in &language.exclude {
                let Some(indicator) = self.indicator(language.source, name, patterns.span.clone()) else {
                    continue;
                };
                let at = exclusions.len();
                let title = format!("{} exclude.{name}", language.source.path);
                exclusions.push(Exclusion { cancels: vec![indicator], name: title });
                for pattern in &patterns.value {
                    self.pattern(language.source, pattern, Some(language.language), Role::Exclusion(at));
                }
            }
        }
        exclusions
    }

    /// Compiles a pattern: once where it has no lists; else once for every language that has them all.
    /// Gives back what it says, if it can be read.
    fn pattern(
        &mut self,
        source: &'c SourceFile,
        pattern: &WrittenText,
        only: Option<Language>,
        role: Role,
    ) -> Option<Phrase> {
        let phrase = match parse_phrase(&pattern.value, self.limits) {
            Ok(phrase) => phrase,
            Err((what, help)) => {
                self.report(&BAD_PATTERN, source, pattern.span.clone(), what, help);
                return None;
            }
        };
        if !self.check_lists_known(source, pattern, &phrase) {
            return None;
        }
        let has_lists = phrase.atoms().any(|atom| matches!(atom, Atom::List(_)));
        if !has_lists {
            self.warn_short(source, pattern, &phrase);
        }
        let languages: Vec<Language> = match only {
            Some(language) => vec![language],
            None if has_lists => self.languages.iter().copied().collect(),
            None => vec![Language::UNKNOWN],
        };
        for language in languages {
            let origin_language = (has_lists && only.is_none()).then_some(language);
            if let Some(compiled) = self.phrase(&phrase, language) {
                self.builder.phrase(compiled);
                let origin = self.origin(source, pattern.span.start, &pattern.value, origin_language);
                self.uses.push(PhraseUse { role, origin });
            }
        }
        Some(phrase)
    }

    fn phrase(&mut self, phrase: &Phrase, language: Language) -> Option<CompiledPhrase> {
        let mut atoms = Vec::with_capacity(phrase.rest.len() + 1);
        for atom in phrase.atoms() {
            atoms.push(match atom {
                Atom::Words(literals) => {
                    let bound: Vec<Literal> =
                        literals.iter().cloned().map(|word| word.bind_shared(language)).collect();
                    self.builder.atom(&bound)
                }
                Atom::List(name) => self.list_atom(language, name)?,
            });
        }
        let (first, default) = *atoms.first()?;
        let rest = phrase.rest.iter().zip(&atoms[1..]).map(|((gap, _), &(atom, _))| CompiledGap {
            ordered: gap.ordered,
            chars_max: gap.chars_max.unwrap_or(default),
            atom,
        });
        Some(CompiledPhrase { first, rest: rest.collect() })
    }

    /// The atom of a list in a language, made once; none where the language has no such list.
    fn list_atom(&mut self, language: Language, name: &str) -> Option<(AtomId, u32)> {
        if let Some(known) = self.list_atoms.get(&language).and_then(|atoms| atoms.get(name)) {
            return *known;
        }
        let literals = self.list(language, name);
        let made = (!literals.is_empty()).then(|| self.builder.atom(&literals));
        self.list_atoms.entry(language).or_default().insert(name.to_owned(), made);
        made
    }

    fn condition(&mut self, source: &'c SourceFile, condition: &WrittenCondition) -> CompiledCondition {
        let mut each =
            |parts: &[WrittenCondition]| parts.iter().map(|part| self.condition(source, part)).collect();
        match condition {
            Condition::All(parts) => Condition::All(each(parts)),
            Condition::Any(parts) => Condition::Any(each(parts)),
            Condition::Near { chars_max, of } => Condition::Near { chars_max: *chars_max, of: each(of) },
            Condition::Not(part) => Condition::Not(Box::new(self.condition(source, part))),
            Condition::Words(patterns) => Condition::Words(self.condition_patterns(source, patterns)),
            Condition::Money(test) => Condition::Money(MoneyTest {
                norm_factor_min: test.norm_factor_min,
                monthly_usd_min: test.monthly_usd_min,
                not_near: test.not_near.as_ref().map(|patterns| self.condition_patterns(source, patterns)),
                chars_max: test.chars_max,
            }),
            Condition::Place(test) => Condition::Place(test.clone()),
            Condition::Observable(kinds) => Condition::Observable(kinds.clone()),
            Condition::Number { min, max } => Condition::Number { min: *min, max: *max },
            Condition::Language(languages) => Condition::Language(languages.clone()),
        }
    }

    /// Compiles the patterns of a condition as a set of words with a number of its own.
    fn condition_patterns(&mut self, source: &'c SourceFile, patterns: &[WrittenText]) -> WordsId {
        let words = self.words_count;
        self.words_count += 1;
        for pattern in patterns {
            self.pattern(source, pattern, None, Role::Condition(words));
        }
        words
    }

    fn check_lists_known(&mut self, source: &SourceFile, pattern: &WrittenText, phrase: &Phrase) -> bool {
        let mut all = true;
        for atom in phrase.atoms() {
            let Atom::List(name) = atom else { continue };
            self.lists_used.insert(name.clone());
            if self.lists_known.contains(name) {
                continue;
            }
            let help = match did_you_mean(name, self.lists_known.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean @{meant}?"),
                None => "add it under [lists] in at least one file of languages/".to_owned(),
            };
            self.report(
                &UNKNOWN_LIST,
                source,
                pattern.span.clone(),
                format!("no language has @{name}"),
                help,
            );
            all = false;
        }
        all
    }

    fn check_lists_used(&mut self) {
        for file in &self.syntax.languages {
            for (name, written) in &file.lists {
                if !self.lists_used.contains(name) {
                    let help = "use it in a pattern as @name, or take it out";
                    self.report(&UNUSED_LIST, file.source, written.span.clone(), format!("@{name}"), help);
                }
            }
        }
    }

    fn check_fires(&mut self) {
        for (at, file) in self.syntax.indicators.iter().enumerate() {
            let by_words = self.uses.iter().any(|used| matches!(used.role, Role::Indicator(i) if i == at));
            if !by_words && file.regex.is_empty() && file.when.is_empty() {
                let help = "add patterns here or under [patterns] of a language";
                let label = "no pattern, no expression, no condition";
                self.report(&NEVER_FIRES, file.source, file.name.span.clone(), label, help);
            }
            if file.matches.is_empty() || file.no_matches.is_empty() {
                let help = "add [examples] with match = [...] and no_match = [...]";
                let label = "needs at least one example of each kind";
                self.report(&NO_EXAMPLES, file.source, file.name.span.clone(), label, help);
            }
        }
    }

    /// A single letter, or two that may go on, match almost everywhere; a single Han character may be a word.
    fn warn_short(&mut self, source: &SourceFile, pattern: &WrittenText, phrase: &Phrase) {
        let Atom::Words(literals) = &phrase.first else { return };
        let short = |l: &Literal| {
            let letters = l.text.chars().count();
            let dense = l.text.chars().any(crate::fold::is_dense);
            (letters < 2 && !dense) || (letters < 3 && (l.open_start || l.open_end) && l.text.is_ascii())
        };
        if phrase.rest.is_empty() && literals.iter().any(short) {
            let help = "make it longer, or tie it to another word with a gap";
            self.report(&SHORT_PATTERN, source, pattern.span.clone(), "will match by chance", help);
        }
    }

    fn warn_twice(&mut self, source: &SourceFile, texts: &[WrittenText]) {
        let mut seen = BTreeSet::new();
        for text in texts {
            if !seen.insert(text.value.as_str()) {
                self.report(
                    &DUPLICATE_PATTERN,
                    source,
                    text.span.clone(),
                    "stands above already",
                    "take it out",
                );
            }
        }
    }

    /// Patterns of one word that an open one of the same list covers.
    fn warn_shadowed(&mut self, source: &SourceFile, single: &[(Literal, &std::ops::Range<usize>)]) {
        let open: Vec<&str> =
            single.iter().filter(|(word, _)| word.open_end).map(|(word, _)| word.text.as_str()).collect();
        for (word, span) in single {
            let covers = |other: &&&str| word.text.len() > other.len() && word.text.starts_with(**other);
            if let Some(other) = open.iter().find(covers) {
                let label = format!("covered by \"{other}*\"");
                self.report(&SHADOWED, source, (*span).clone(), label, "take it out");
            }
        }
    }

    fn expressions(&mut self) -> Vec<Expression> {
        let syntax = self.syntax;
        let mut expressions: Vec<Expression> = Vec::new();
        for (indicator, file) in syntax.indicators.iter().enumerate() {
            for written in &file.regex {
                let built = RegexBuilder::new(&written.value).size_limit(self.limits.regex_bytes_max).build();
                let regex = match built {
                    Ok(regex) if !regex.is_match("") => regex,
                    Ok(_) => {
                        let help = "it must need at least one character";
                        let label = "matches the empty text";
                        self.report(&BAD_REGEX, file.source, written.span.clone(), label, help);
                        continue;
                    }
                    Err(error) => {
                        let what = error.to_string().lines().last().unwrap_or_default().to_owned();
                        let help = "the syntax is that of the regex crate; it has no look-around and no backreferences";
                        self.report(&BAD_REGEX, file.source, written.span.clone(), what, help);
                        continue;
                    }
                };
                if let Some(text) = never_occurs(&written.value) {
                    let label =
                        format!("{text:?} never occurs: texts are compared in lower case and plain forms");
                    let help = "write it in lower case";
                    self.report(&REGEX_CAPITALS, file.source, written.span.clone(), label, help);
                }
                let origin = self.origin(file.source, written.span.start, "regex", None);
                let words = required(&written.value);
                if words.is_none() {
                    let label = "it needs no certain word";
                    let help = "add a word that it always holds, or accept that every text takes longer";
                    self.report(&REGEX_ALWAYS, file.source, written.span.clone(), label, help);
                }
                let always = words.is_none();
                let mut literals: Vec<Literal> = words.into_iter().flatten().map(Literal::anywhere).collect();
                literals.sort();
                literals.dedup();
                if !literals.is_empty() {
                    let (first, _) = self.builder.atom(&literals);
                    self.builder.phrase(CompiledPhrase { first, rest: Vec::new() });
                    let role = Role::Expression(expressions.len());
                    self.uses.push(PhraseUse { role, origin: origin.clone() });
                }
                expressions.push(Expression { regex, indicator, origin, always });
            }
        }
        expressions
    }

    /// The examples of indicators and the tests; a test that names an indicator that does not exist is an
    /// error.
    fn cases(&mut self) -> Vec<Case> {
        let syntax = self.syntax;
        let mut cases: Vec<Case> = syntax.indicators.iter().flat_map(example_cases).collect();
        for case in &syntax.tests {
            for name in case.expect.iter().chain(&case.never) {
                if syntax.indicators.iter().all(|file| file.name.value.as_str() != name) {
                    let label = format!("line {}: no indicator {name:?}", case.line);
                    let help = "use a name of a file under indicators/";
                    self.diagnostics.push(Diagnostic::new(
                        &UNKNOWN_INDICATOR,
                        &case.path,
                        "",
                        0..0,
                        label,
                        help,
                    ));
                }
            }
        }
        cases.extend(syntax.tests.iter().cloned());
        cases
    }
}

/// The version of the first pack, with those that stand on it: `1.0.0+acme.2.1f0c93aa`. What they hold counts,
/// not only what they call their version, so that findings of an older state can be told.
fn version(manifests: &[ManifestFile]) -> String {
    let mut version = manifests.first().map(|manifest| manifest.version.clone()).unwrap_or_default();
    for manifest in manifests {
        if let Some(digest) = manifest.digest {
            version += &format!("+{}.{}.{digest:08x}", manifest.name, manifest.version);
        }
    }
    version
}

/// A short digest of the files of a pack (FNV-1a, 32 bits).
fn digest(root: &str, files: &[(&str, &SourceFile)]) -> u32 {
    let of_pack = files.iter().filter(|(other, _)| *other == root);
    let bytes =
        of_pack.flat_map(|(_, file)| file.path.bytes().chain([0]).chain(file.text.bytes()).chain([0]));
    bytes.fold(0x811c_9dc5, |digest, byte| (digest ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn doc(file: &IndicatorFile<'_>) -> IndicatorDoc {
    IndicatorDoc {
        name: file.name.value.clone(),
        title: file.title.clone(),
        what: file.what.clone(),
        why: file.why.clone(),
        source: file.public_source.clone(),
        means: file.means.clone(),
        ask: file.ask.clone(),
    }
}
