//! The catalogues: what notices say, language by language (Project Fluent, syntax 1.0).
//!
//! All catalogues must have the same messages with the same facts, and those that statements can name
//! ([`crate::message::MESSAGES`]) must use all of their facts: so that no language says less, or
//! other things, than another. A set of catalogues that disagree is refused as a whole.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast;
use forewarn_model::Language;
use thiserror::Error;
use unic_langid::LanguageIdentifier;

use crate::grammar;
use crate::message::{MESSAGES, MessageSpec};

/// The catalogues of the binary.
const BUILTIN: [(&str, &str); 4] = [
    ("en", include_str!("../../../translations/en/notice.ftl")),
    ("fr", include_str!("../../../translations/fr/notice.ftl")),
    ("es", include_str!("../../../translations/es/notice.ftl")),
    ("ar", include_str!("../../../translations/ar/notice.ftl")),
];

/// Why catalogues were refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CatalogueError {
    /// Not a tag of a language.
    #[error("read notice catalogue: language {0:?}: expected a BCP 47 tag such as en")]
    Language(String),
    /// There is no English catalogue, which the others are held against.
    #[error("read notice catalogues: no English catalogue among them")]
    NoEnglish,
    /// Not in Fluent syntax.
    #[error("read notice catalogue {language}: {what}")]
    Syntax {
        /// The catalogue.
        language: Language,
        /// What is wrong, as the parser tells it.
        what: String,
    },
    /// A message twice.
    #[error("read notice catalogue {language}: message {message} is there twice")]
    Twice {
        /// The catalogue.
        language: Language,
        /// The message.
        message: String,
    },
    /// A message that only some catalogues have.
    #[error("compare notice catalogues {language} and en: only one of them has message {message}")]
    Lone {
        /// The catalogue that was held against the English one.
        language: Language,
        /// The message.
        message: String,
    },
    /// A message that uses other facts than it should.
    #[error(
        "compare notice catalogue {language}: message {message} uses facts [{found}], expected [{expected}]"
    )]
    Facts {
        /// The catalogue.
        language: Language,
        /// The message.
        message: String,
        /// What it uses.
        found: String,
        /// What the English catalogue, or the table of messages, says.
        expected: String,
    },
}

/// The messages of notices in several languages.
pub struct Catalogues {
    /// In the order given.
    all: Vec<(Language, FluentBundle<FluentResource>)>,
    /// The names of the messages, sorted: the same in every language.
    messages: BTreeSet<String>,
}

impl Catalogues {
    /// The four languages of the binary: English, French, Spanish, Arabic.
    pub fn builtin() -> Result<Self, CatalogueError> {
        Self::from_sources(&BUILTIN)
    }

    /// Catalogues from pairs of language tag and Fluent source; English must be among them.
    pub fn from_sources(sources: &[(&str, &str)]) -> Result<Self, CatalogueError> {
        let mut all = Vec::with_capacity(sources.len());
        let mut facts = BTreeMap::new();
        for (tag, source) in sources {
            let language: Language = tag.parse().map_err(|_| CatalogueError::Language((*tag).to_owned()))?;
            let resource = parse(language, source)?;
            facts.insert(language, facts_of(&resource));
            all.push((language, bundle(language, resource)?));
        }
        let english = facts.get(&Language::ENGLISH).ok_or(CatalogueError::NoEnglish)?;
        compare_with_table(english)?;
        for (language, other) in &facts {
            compare(*language, english, other)?;
        }
        Ok(Self { all, messages: english.keys().cloned().collect() })
    }

    /// The languages, in the order given.
    pub fn languages(&self) -> Vec<Language> {
        self.all.iter().map(|(language, _)| *language).collect()
    }

    /// Whether it has this language.
    pub fn speaks(&self, language: Language) -> bool {
        self.bundle_of(language).is_some()
    }

    /// The names of the messages that begin with `prefix`, sorted.
    pub fn names<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.messages.iter().map(String::as_str).filter(move |name| name.starts_with(prefix))
    }

    /// A message with its facts in a language; none if there is no such message or language, or if a fact
    /// that it uses is not given.
    pub(crate) fn say(
        &self,
        language: Language,
        message: &str,
        facts: &[(String, FluentValue<'_>)],
    ) -> Option<String> {
        let bundle = self.bundle_of(language)?;
        let pattern = bundle.get_message(message)?.value()?;
        let args: FluentArgs<'_> = facts.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }

    /// A message without facts.
    pub(crate) fn word(&self, language: Language, message: &str) -> Option<String> {
        self.say(language, message, &[])
    }

    fn bundle_of(&self, language: Language) -> Option<&FluentBundle<FluentResource>> {
        self.all.iter().find(|(known, _)| *known == language).map(|(_, bundle)| bundle)
    }
}

impl std::fmt::Debug for Catalogues {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogues")
            .field("languages", &self.languages())
            .field("messages", &self.messages.len())
            .finish()
    }
}

fn parse(language: Language, source: &str) -> Result<FluentResource, CatalogueError> {
    FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| CatalogueError::Syntax {
        language,
        what: errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    })
}

fn bundle(
    language: Language,
    resource: FluentResource,
) -> Result<FluentBundle<FluentResource>, CatalogueError> {
    let identifier: LanguageIdentifier =
        language.as_str().parse().map_err(|_| CatalogueError::Language(language.to_string()))?;
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // Isolation (U+2068 … U+2069) keeps numbers and foreign names in order in a line that runs from right
    // to left; elsewhere it would only leave marks in copied text.
    bundle.set_use_isolating(language.is_right_to_left());
    bundle.set_formatter(Some(match language.primary() {
        "fr" => |value, _| number(value, "fr"),
        "es" => |value, _| number(value, "es"),
        _ => |value, _| number(value, "en"),
    }));
    bundle.add_resource(resource).map_err(|errors| CatalogueError::Twice {
        language,
        message: errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    })?;
    Ok(bundle)
}

fn number(value: &FluentValue<'_>, tag: &str) -> Option<String> {
    match value {
        FluentValue::Number(number) => {
            Some(grammar::number(tag.parse().unwrap_or(Language::ENGLISH), number.value as i64))
        }
        _ => None,
    }
}

/// The facts that each message uses: the names of its variables up to the first hyphen, since what follows
/// is only a form of the fact (`$hubs-in`).
type FactsOfMessages = BTreeMap<String, BTreeSet<String>>;

fn compare_with_table(english: &FactsOfMessages) -> Result<(), CatalogueError> {
    for MessageSpec { name, facts, .. } in MESSAGES {
        let expected: BTreeSet<String> = facts.iter().map(|(name, _)| (*name).to_owned()).collect();
        let found = english.get(*name).ok_or_else(|| CatalogueError::Lone {
            language: Language::ENGLISH,
            message: (*name).to_owned(),
        })?;
        same_facts(Language::ENGLISH, name, found, &expected)?;
    }
    Ok(())
}

fn compare(
    language: Language,
    english: &FactsOfMessages,
    other: &FactsOfMessages,
) -> Result<(), CatalogueError> {
    for message in english.keys().chain(other.keys()) {
        let (Some(expected), Some(found)) = (english.get(message), other.get(message)) else {
            return Err(CatalogueError::Lone { language, message: message.clone() });
        };
        same_facts(language, message, found, expected)?;
    }
    Ok(())
}

fn same_facts(
    language: Language,
    message: &str,
    found: &BTreeSet<String>,
    expected: &BTreeSet<String>,
) -> Result<(), CatalogueError> {
    let join = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(", ");
    if found == expected {
        return Ok(());
    }
    let (message, found, expected) = (message.to_owned(), join(found), join(expected));
    Err(CatalogueError::Facts { language, message, found, expected })
}

fn facts_of(resource: &FluentResource) -> FactsOfMessages {
    let messages = resource.entries().filter_map(|entry| match entry {
        ast::Entry::Message(message) => Some(message),
        _ => None,
    });
    messages
        .map(|message| {
            let mut facts = BTreeSet::new();
            let attributes = message.attributes.iter().map(|attribute| &attribute.value);
            for pattern in message.value.iter().chain(attributes) {
                facts_of_pattern(pattern, &mut facts);
            }
            (message.id.name.to_owned(), facts)
        })
        .collect()
}

fn facts_of_pattern(pattern: &ast::Pattern<&str>, facts: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            facts_of_expression(expression, facts);
        }
    }
}

fn facts_of_expression(expression: &ast::Expression<&str>, facts: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => facts_of_inline(inline, facts),
        ast::Expression::Select { selector, variants } => {
            facts_of_inline(selector, facts);
            for variant in variants {
                facts_of_pattern(&variant.value, facts);
            }
        }
    }
}

fn facts_of_inline(inline: &ast::InlineExpression<&str>, facts: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            facts.insert(id.name.split('-').next().unwrap_or(id.name).to_owned());
        }
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            let named = arguments.named.iter().map(|argument| &argument.value);
            arguments.positional.iter().chain(named).for_each(|argument| facts_of_inline(argument, facts));
        }
        ast::InlineExpression::Placeable { expression } => facts_of_expression(expression, facts),
        ast::InlineExpression::StringLiteral { .. }
        | ast::InlineExpression::NumberLiteral { .. }
        | ast::InlineExpression::MessageReference { .. }
        | ast::InlineExpression::TermReference { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::SIGNS;
    use forewarn_model::{CryptoChain, HandleService, Likelihood, NoticeKind, NoticeState, ObservableKind};
    use forewarn_model::{Region, Section};

    #[test]
    fn the_four_languages_say_the_same_facts() {
        // The constructor compares them; it must have had something to compare.
        let catalogues = Catalogues::builtin().unwrap();
        let tags: Vec<String> = catalogues.languages().iter().map(ToString::to_string).collect();
        assert_eq!(tags, ["en", "fr", "es", "ar"]);
        assert!(catalogues.names("").count() > 200);
    }

    #[test]
    fn every_word_of_the_model_has_a_message() {
        let mut expected: Vec<String> = Vec::new();
        for kind in NoticeKind::ALL {
            expected.extend([format!("kind-{}", kind.as_str()), format!("kind-{}-meaning", kind.as_str())]);
        }
        expected.extend(NoticeState::ALL.iter().map(|state| format!("state-{}", state.as_str())));
        expected.extend(Section::ALL.iter().map(|section| format!("section-{}", section.as_str())));
        expected.extend(Likelihood::ALL.iter().map(|word| format!("likelihood-{}", word.as_str())));
        expected.extend(Region::all().map(|region| format!("region-{region}")));
        expected.extend((1..=12).map(|month| format!("month-{month}")));
        expected.extend(SIGNS.iter().map(|sign| format!("sign-{sign}")));
        use ObservableKind::{Crypto, Domain, Email, Handle, Iban, Phone, Url};
        let kinds = [Phone, Email, Url, Domain, Iban].into_iter();
        let handles = HandleService::ALL.iter().map(|service| Handle(*service));
        let chains = CryptoChain::ALL.iter().map(|chain| Crypto(*chain));
        for kind in kinds.chain(handles).chain(chains) {
            expected.push(format!("observable-{}", kind.to_string().replace(':', "-")));
        }
        let rules = ["RPD, data quality", "RPD, retention", "RPD, sensitive data", "RPD arts. 88–96"];
        let rules = rules.into_iter().chain(["Constitution art. 2", "Constitution art. 3", "TLP 2.0"]);
        expected.extend(rules.map(crate::localize::rule_message));
        let catalogues = Catalogues::builtin().unwrap();
        for language in catalogues.languages() {
            for message in &expected {
                assert!(catalogues.word(language, message).is_some(), "{language} {message}");
            }
        }
    }

    #[test]
    fn catalogues_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&Catalogues::builtin().unwrap());
    }

    /// The English catalogue with one change, beside the unchanged one as French.
    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        let english = BUILTIN[0].1;
        let changed = english.replacen(from, to, 1);
        assert_ne!(english, changed, "{from:?} is not in the catalogue");
        let error = Catalogues::from_sources(&[("en", english), ("fr", &changed)]).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn refuses_catalogues_that_disagree() {
        check("month-5 = May\n", "", "message month-5");
        check("month-5 = May\n", "month-5 = May\nmonth-13 = Smarch\n", "message month-13");
        check("{ $countries-in }", "somewhere", "message hubs-other uses facts [], expected [countries]");
        check("{ $countries-in }", "{ $countries } { $hub }", "uses facts [countries, hub]");
        check("month-5 = May\n", "month-5 = May\nmonth-5 = Mai\n", "twice");
        check("month-5 = May\n", "month-5\n", "read notice catalogue fr: ");
    }

    #[test]
    fn refuses_a_set_without_english() {
        let error = Catalogues::from_sources(&BUILTIN[1..]).unwrap_err();
        assert_eq!(error, CatalogueError::NoEnglish);
        let error = Catalogues::from_sources(&[("english", "")]).unwrap_err();
        assert_eq!(error, CatalogueError::Language("english".into()));
    }
}
