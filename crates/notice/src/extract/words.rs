//! The words of extracts: two small catalogues for each language, one of their own and that of the check,
//! whose signs and advice job seekers know already.

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use forewarn_model::Language;
use unic_langid::LanguageIdentifier;

use crate::catalogue::CatalogueError;

macro_rules! sources {
    ($($tag:literal)*) => {
        [$((
            $tag,
            include_str!(concat!("../../../../translations/", $tag, "/extract.ftl")),
            include_str!(concat!("../../../../translations/", $tag, "/check.ftl")),
        )),*]
    };
}

/// Language, its words for extracts, its words for the check.
const SOURCES: [(&str, &str, &str); 20] = sources!(
    "en" "fr" "es" "ar" "pt" "ru" "zh-Hans" "zh-Hant" "vi" "th" "id" "ms" "fil" "hi" "ur" "bn" "ne" "sw" "ko" "tr"
);

/// The words of extracts in every language that has them.
pub struct PublicWords(BTreeMap<Language, FluentBundle<FluentResource>>);

impl PublicWords {
    /// The words of the binary.
    pub fn builtin() -> Result<Self, CatalogueError> {
        let mut all = BTreeMap::new();
        for (tag, own, shared) in SOURCES {
            let language: Language = tag.parse().map_err(|_| CatalogueError::Language(tag.to_owned()))?;
            all.insert(language, bundle(language, &[own, shared])?);
        }
        Ok(Self(all))
    }

    /// The languages, in order of tag.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        self.0.keys().copied()
    }

    /// The language that serves a reader of `wanted` best; English if there is none.
    pub fn choose(&self, wanted: Language) -> Language {
        let mut known = self.languages();
        if self.0.contains_key(&wanted) {
            return wanted;
        }
        known.find(|language| language.primary() == wanted.primary()).unwrap_or(Language::ENGLISH)
    }

    /// A message with its facts; its name where a language lacks it, so that the gap shows.
    pub fn say(&self, language: Language, message: &str, facts: &[(&str, &str)]) -> String {
        self.find(language, message, facts).unwrap_or_else(|| message.to_owned())
    }

    fn find(&self, language: Language, message: &str, facts: &[(&str, &str)]) -> Option<String> {
        let bundle = self.0.get(&language)?;
        let pattern = bundle.get_message(message)?.value()?;
        let args: FluentArgs<'_> = facts.iter().map(|(name, value)| (*name, *value)).collect();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }
}

impl std::fmt::Debug for PublicWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PublicWords").field(&self.0.len()).finish()
    }
}

fn bundle(language: Language, sources: &[&str]) -> Result<FluentBundle<FluentResource>, CatalogueError> {
    let identifier: LanguageIdentifier =
        language.as_str().parse().map_err(|_| CatalogueError::Language(language.to_string()))?;
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    bundle.set_use_isolating(language.is_right_to_left());
    for source in sources {
        let resource =
            FluentResource::try_new((*source).to_owned()).map_err(|(_, errors)| CatalogueError::Syntax {
                language,
                what: errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
            })?;
        bundle.add_resource(resource).map_err(|errors| CatalogueError::Twice {
            language,
            message: errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        })?;
    }
    Ok(bundle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::SIGNS;

    /// The messages of a source with the facts that they use.
    fn messages(source: &str) -> Vec<(String, Vec<String>)> {
        let lines = source.lines().filter_map(|line| line.split_once(" = "));
        let facts = |text: &str| {
            let mut all: Vec<String> = text
                .split("{ $")
                .skip(1)
                .filter_map(|rest| Some(rest.split_once(' ')?.0.to_owned()))
                .collect();
            all.sort_unstable();
            all
        };
        lines.map(|(name, text)| (name.to_owned(), facts(text))).collect()
    }

    #[test]
    fn every_language_says_the_same() {
        let english = messages(SOURCES[0].1);
        assert!(english.len() > 12);
        for (tag, own, _) in SOURCES {
            assert_eq!(messages(own), english, "{tag}");
        }
    }

    #[test]
    fn every_sign_has_words_in_every_language() {
        let words = PublicWords::builtin().unwrap();
        for language in words.languages() {
            for sign in SIGNS {
                let message = format!("means-{}", sign.replace('_', "-"));
                assert!(words.find(language, &message, &[]).is_some(), "{language} {message}");
            }
        }
    }

    #[test]
    fn a_reader_gets_the_nearest_language() {
        let words = PublicWords::builtin().unwrap();
        for (wanted, expected) in [("zh", "zh-Hans"), ("zh-Hant", "zh-Hant"), ("sw", "sw"), ("pl", "en")] {
            assert_eq!(words.choose(wanted.parse().unwrap()).as_str(), expected);
        }
    }
}
