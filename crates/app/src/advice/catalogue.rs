//! The words of the advice, language by language (Project Fluent, syntax 1.0).
//!
//! A language is a file `translations/<tag>/check.ftl`; to add one is to add that file. A test holds every
//! file against the English one: the same messages with the same facts, so that no language says less.

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use forewarn_model::{Country, Language};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use crate::AppError;

#[derive(RustEmbed)]
#[folder = "../../translations/"]
#[include = "*/check.ftl"]
struct Files;

/// The file of a language, within its folder.
const FILE: &str = "/check.ftl";

/// Languages that are an official language of one country and whose speakers mostly live there: who reads
/// an offer in one of them most likely comes from it (CLDR supplemental data, territory information).
const HOMES: [(&str, &str); 21] = [
    ("am", "ET"),
    ("fil", "PH"),
    ("hi", "IN"),
    ("id", "ID"),
    ("it", "IT"),
    ("ja", "JP"),
    ("kk", "KZ"),
    ("km", "KH"),
    ("ko", "KR"),
    ("lo", "LA"),
    ("mn", "MN"),
    ("ms", "MY"),
    ("my", "MM"),
    ("ne", "NP"),
    ("ro", "RO"),
    ("si", "LK"),
    ("th", "TH"),
    ("tr", "TR"),
    ("uk", "UA"),
    ("uz", "UZ"),
    ("vi", "VN"),
];

/// The words of one language.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

/// The words of every language that ships inside, English always among them.
#[derive(Debug)]
pub struct Catalogues {
    all: BTreeMap<Language, Catalogue>,
    english: Catalogue,
}

/// The languages that ship inside, in order of tag.
pub fn languages() -> Vec<Language> {
    let mut all: Vec<Language> =
        Files::iter().filter_map(|path| path.strip_suffix(FILE)?.parse().ok()).collect();
    all.sort_unstable();
    all
}

/// The one of `known` that serves a reader of `wanted` best; none if there is no such language. Chinese
/// without a script is taken as simplified, which more people read.
pub fn resolve(known: &[Language], wanted: Language) -> Option<Language> {
    let has = |tag: &str| known.iter().copied().find(|language| language.as_str() == tag);
    has(wanted.as_str()).or_else(|| match wanted.primary() {
        "zh" => has("zh-Hans"),
        primary => has(primary),
    })
}

/// The country that a reader of a language most likely comes from, where the language tells.
pub fn home_of(language: Language) -> Option<Country> {
    let (_, country) = HOMES.iter().find(|(tag, _)| *tag == language.as_str())?;
    country.parse().ok()
}

impl Catalogue {
    /// The catalogue of a language that ships inside; none if there is none.
    pub fn builtin(language: Language) -> Result<Option<Self>, AppError> {
        let Some(language) = resolve(&languages(), language) else { return Ok(None) };
        let Some(file) = Files::get(&format!("{language}{FILE}")) else { return Ok(None) };
        Self::read(language, &String::from_utf8_lossy(&file.data)).map(Some)
    }

    /// The English catalogue.
    pub fn english() -> Result<Self, AppError> {
        Self::builtin(Language::ENGLISH)?.ok_or_else(|| AppError::BuiltIn {
            part: "catalogue en",
            what: "translations/en/check.ftl is missing".to_owned(),
        })
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A message with its facts; none if there is no such message or a fact is missing.
    pub fn find(&self, message: &str, facts: &[(&str, &str)]) -> Option<String> {
        let pattern = self.bundle.get_message(message)?.value()?;
        let args: FluentArgs<'_> = facts.iter().map(|(name, value)| (*name, *value)).collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }

    /// A message with its facts; its name, where the catalogue lacks it, so that the gap shows.
    pub fn say(&self, message: &str, facts: &[(&str, &str)]) -> String {
        self.find(message, facts).unwrap_or_else(|| message.to_owned())
    }

    /// A message without facts.
    pub fn word(&self, message: &str) -> String {
        self.say(message, &[])
    }

    fn read(language: Language, source: &str) -> Result<Self, AppError> {
        let broken =
            |what: String| AppError::BuiltIn { part: "catalogue", what: format!("{language}: {what}") };
        let list = |errors: Vec<String>| broken(errors.join("; "));
        let resource = FluentResource::try_new(source.to_owned())
            .map_err(|(_, errors)| list(errors.iter().map(ToString::to_string).collect()))?;
        let identifier: LanguageIdentifier =
            language.as_str().parse().map_err(|_| broken("no BCP 47 tag".to_owned()))?;
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // Isolation (U+2068 … U+2069) keeps numbers and foreign names in order in a line that runs from
        // right to left; elsewhere it would only leave marks in copied text.
        bundle.set_use_isolating(language.is_right_to_left());
        bundle
            .add_resource(resource)
            .map_err(|errors| list(errors.iter().map(ToString::to_string).collect()))?;
        Ok(Self { language, bundle })
    }
}

impl Catalogues {
    /// Every language that ships inside.
    pub fn builtin() -> Result<Self, AppError> {
        let mut all = BTreeMap::new();
        for language in languages() {
            if let Some(catalogue) = Catalogue::builtin(language)? {
                all.insert(language, catalogue);
            }
        }
        Ok(Self { all, english: Catalogue::english()? })
    }

    /// The languages, in order of tag.
    pub fn languages(&self) -> impl Iterator<Item = &Catalogue> {
        self.all.values()
    }

    /// The catalogue that serves a reader of `wanted` best, if there is one.
    pub fn find(&self, wanted: Language) -> Option<&Catalogue> {
        let known: Vec<Language> = self.all.keys().copied().collect();
        self.all.get(&resolve(&known, wanted)?)
    }

    /// The first of the wanted languages that there is; else English.
    pub fn choose(&self, wanted: impl IntoIterator<Item = Language>) -> &Catalogue {
        wanted.into_iter().find_map(|language| self.find(language)).unwrap_or(&self.english)
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue").field("language", &self.language).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use fluent_syntax::{ast, parser};

    use super::*;

    type Messages = BTreeMap<String, (String, BTreeSet<String>)>;

    /// The messages of a file: what each says, and the facts that it uses.
    fn messages(language: Language) -> Messages {
        let file = Files::get(&format!("{language}{FILE}")).unwrap();
        let source = String::from_utf8(file.data.into_owned()).unwrap();
        let resource = parser::parse(source).unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
        let mut found = Messages::new();
        for entry in resource.body {
            let ast::Entry::Message(message) = entry else { continue };
            let (mut text, mut facts) = (String::new(), BTreeSet::new());
            for element in message.value.unwrap().elements {
                match element {
                    ast::PatternElement::TextElement { value } => text.push_str(&value),
                    ast::PatternElement::Placeable {
                        expression: ast::Expression::Inline(ast::InlineExpression::VariableReference { id }),
                    } => assert!(facts.insert(id.name)),
                    other => panic!("{language} {}: {other:?} is more than a fact", message.id.name),
                }
            }
            let name = message.id.name;
            assert!(found.insert(name.clone(), (text, facts)).is_none(), "{language}: {name} is there twice");
        }
        found
    }

    #[test]
    fn every_language_has_the_same_messages_with_the_same_facts() {
        let english = messages(Language::ENGLISH);
        for language in languages() {
            let other = messages(language);
            let names = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
            let lone: Vec<_> = names(&english).symmetric_difference(&names(&other)).cloned().collect();
            assert!(lone.is_empty(), "{language}: not in both catalogues: {lone:?}");
            for (name, (text, facts)) in &other {
                assert!(!text.trim().is_empty(), "{language}: {name} is empty");
                assert_eq!(facts, &english[name].1, "{language}: facts of {name}");
                let same = language != Language::ENGLISH && text == &english[name].0 && text.len() > 20;
                assert!(!same, "{language}: {name} is not translated");
            }
        }
    }

    #[test]
    fn every_language_is_written_in_its_own_script() {
        let scripts: [(&str, std::ops::RangeInclusive<char>); 18] = [
            ("am", '\u{1200}'..='\u{137f}'),
            ("ar", '\u{600}'..='\u{6ff}'),
            ("bn", '\u{980}'..='\u{9ff}'),
            ("hi", '\u{900}'..='\u{97f}'),
            ("ja", '\u{3040}'..='\u{9fff}'),
            ("kk", '\u{400}'..='\u{4ff}'),
            ("km", '\u{1780}'..='\u{17ff}'),
            ("ko", '\u{ac00}'..='\u{d7a3}'),
            ("lo", '\u{e80}'..='\u{eff}'),
            ("mn", '\u{400}'..='\u{4ff}'),
            ("my", '\u{1000}'..='\u{109f}'),
            ("ne", '\u{900}'..='\u{97f}'),
            ("ru", '\u{400}'..='\u{4ff}'),
            ("si", '\u{d80}'..='\u{dff}'),
            ("ta", '\u{b80}'..='\u{bff}'),
            ("th", '\u{e00}'..='\u{e7f}'),
            ("uk", '\u{400}'..='\u{4ff}'),
            ("ur", '\u{600}'..='\u{6ff}'),
        ];
        let expected = |language: Language| {
            let row = scripts.iter().find(|(tag, _)| *tag == language.as_str());
            let chinese = language.primary() == "zh";
            row.map(|(_, range)| range.clone()).or_else(|| chinese.then_some('\u{4e00}'..='\u{9fff}'))
        };
        for language in languages() {
            for (name, (text, _)) in messages(language) {
                let Some(range) = expected(language) else { continue };
                assert!(text.chars().any(|c| range.contains(&c)), "{language}: {name}: {text}");
            }
        }
    }

    #[test]
    fn no_language_is_missing_that_the_issue_names_first() {
        let tags: Vec<String> = languages().iter().map(ToString::to_string).collect();
        for tag in ["ar", "en", "es", "fr"] {
            assert!(tags.iter().any(|known| known == tag), "{tag}");
        }
    }

    #[track_caller]
    fn check(wanted: &str, expected: Option<&str>) {
        let known = ["en", "zh-Hans", "zh-Hant", "fil"].map(|tag| tag.parse().unwrap());
        let found = resolve(&known, wanted.parse().unwrap());
        assert_eq!(found.map(|language| language.to_string()).as_deref(), expected, "{wanted}");
    }

    #[test]
    fn resolves_a_wanted_language() {
        check("en-GB", Some("en"));
        check("zh", Some("zh-Hans"));
        check("zh-HK", Some("zh-Hant"));
        check("tl", Some("fil"));
        check("cy", None);
        check("und", None);
    }

    #[test]
    fn says_the_facts_and_shows_a_gap() {
        let english = Catalogue::english().unwrap();
        assert_eq!(english.say("help-checked", &[("date", "2026-11-22")]), "Checked on 2026-11-22");
        assert_eq!(english.find("help-checked", &[]), None);
        assert_eq!(english.word("no-such-message"), "no-such-message");
    }

    #[test]
    fn homes_are_countries() {
        for (tag, country) in HOMES {
            assert!(tag.parse::<Language>().is_ok() && country.parse::<Country>().is_ok(), "{tag}");
        }
    }
}
