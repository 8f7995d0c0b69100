//! The words of the interface (Project Fluent), in English, French, Spanish and Arabic.
//!
//! A language's words are the files `translations/<tag>/desk-<room>.ftl` together. A test holds every language
//! against English: the same messages with the same facts.

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use forewarn_app::AppError;
use forewarn_app::model::Language;
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

#[derive(RustEmbed)]
#[folder = "../../translations/"]
#[include = "*/desk-*.ftl"]
struct Files;

/// The languages of the interface with their own names.
pub(crate) const INTERFACE: [(&str, &str); 4] =
    [("en", "English"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")];

/// A fact in a message.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fact {
    /// Words.
    Text(String),
    /// A count: chooses the plural.
    Count(u64),
}

/// The words of all languages.
pub(crate) struct Words {
    all: BTreeMap<&'static str, FluentBundle<FluentResource>>,
}

impl Words {
    /// What ships inside.
    pub(crate) fn builtin() -> Result<Self, AppError> {
        let mut all = BTreeMap::new();
        for (tag, _) in INTERFACE {
            all.insert(tag, bundle(tag)?);
        }
        Ok(Self { all })
    }

    /// The language of the interface that serves a reader best; English if there is none.
    pub(crate) fn choose(wanted: impl IntoIterator<Item = Language>) -> Language {
        let known = |language: Language| INTERFACE.iter().find(|(tag, _)| *tag == language.primary());
        let tag = wanted.into_iter().find_map(known).map_or("en", |(tag, _)| tag);
        tag.parse().unwrap_or(Language::ENGLISH)
    }

    /// A message with its facts; English where a language lacks it; its name, so that the gap shows, where
    /// English lacks it too.
    pub(crate) fn say(&self, language: Language, message: &str, facts: &[(&str, Fact)]) -> String {
        self.find(language, message, facts).unwrap_or_else(|| message.to_owned())
    }

    /// The same, but nothing where there is no such message: for names that come from elsewhere.
    pub(crate) fn find(&self, language: Language, message: &str, facts: &[(&str, Fact)]) -> Option<String> {
        let order = [language.primary(), "en"];
        let mut bundles = order.iter().filter_map(|tag| self.all.get(tag));
        bundles.find_map(|bundle| find(bundle, message, facts))
    }
}

fn find(bundle: &FluentBundle<FluentResource>, message: &str, facts: &[(&str, Fact)]) -> Option<String> {
    let pattern = bundle.get_message(message)?.value()?;
    let mut args = FluentArgs::new();
    for (name, fact) in facts {
        match fact {
            Fact::Text(text) => args.set(*name, FluentValue::from(text.as_str())),
            Fact::Count(count) => args.set(*name, FluentValue::from(*count)),
        }
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

fn bundle(tag: &str) -> Result<FluentBundle<FluentResource>, AppError> {
    let broken =
        |what: String| AppError::BuiltIn { part: "words of the desk", what: format!("{tag}: {what}") };
    let identifier: LanguageIdentifier = tag.parse().map_err(|_| broken("no BCP 47 tag".to_owned()))?;
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // Isolation (U+2068 … U+2069) keeps names and numbers in order in a line that runs from right to left.
    bundle.set_use_isolating(tag == "ar");
    let prefix = format!("{tag}/desk-");
    for path in Files::iter().filter(|path| path.starts_with(&prefix)) {
        let Some(file) = Files::get(&path) else { continue };
        let source = String::from_utf8_lossy(&file.data).into_owned();
        let list = |errors: Vec<String>| broken(format!("{path}: {}", errors.join("; ")));
        let resource = FluentResource::try_new(source)
            .map_err(|(_, errors)| list(errors.iter().map(ToString::to_string).collect()))?;
        bundle
            .add_resource(resource)
            .map_err(|errors| list(errors.iter().map(ToString::to_string).collect()))?;
    }
    Ok(bundle)
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Fact {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Fact {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// `message` with `{ $fact }`s, by message.
    fn messages(tag: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut all = BTreeMap::new();
        let prefix = format!("{tag}/desk-");
        for path in Files::iter().filter(|path| path.starts_with(&prefix)) {
            let source = String::from_utf8(Files::get(&path).unwrap().data.into_owned()).unwrap();
            let mut current = String::new();
            for line in source.lines() {
                let name: String =
                    line.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
                if !name.is_empty() && line[name.len()..].trim_start().starts_with('=') {
                    assert!(
                        all.insert(name.clone(), BTreeSet::new()).is_none(),
                        "{path} says {name} a second time"
                    );
                    current = name;
                }
                for piece in line.split('$').skip(1) {
                    let fact: String =
                        piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                    all.entry(current.clone()).or_default().insert(fact);
                }
            }
        }
        all
    }

    #[test]
    fn every_language_says_the_same() {
        let english = messages("en");
        assert!(english.len() > 20);
        for (tag, _) in INTERFACE {
            let other = messages(tag);
            let names = |of: &BTreeMap<String, BTreeSet<String>>| of.keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(&other), names(&english), "{tag}");
            assert_eq!(other, english, "facts in {tag}");
        }
    }

    #[test]
    fn counts_choose_the_plural() {
        let words = Words::builtin().unwrap();
        let say = |tag: &str, count: u64| {
            words.say(tag.parse().unwrap(), "found-count", &[("count", Fact::Count(count))])
        };
        assert_eq!(say("en", 1), "1 result");
        assert_eq!(say("en", 2), "2 results");
        assert_ne!(say("ar", 2), say("ar", 11));
        assert_eq!(words.say("fr".parse().unwrap(), "no-such-message", &[]), "no-such-message");
    }

    #[test]
    fn an_unknown_language_is_english() {
        let choose = |tags: &[&str]| Words::choose(tags.iter().map(|tag| tag.parse().unwrap())).to_string();
        assert_eq!(choose(&["fr-CA"]), "fr");
        assert_eq!(choose(&["th", "ar"]), "ar");
        assert_eq!(choose(&["th"]), "en");
    }
}
