//! A notice in one language.
//!
//! Sentences are made from the message and the facts of each statement, never from another language's
//! text. What a catalogue lacks is told as a problem, and stands in English meanwhile.

use std::collections::BTreeMap;

use forewarn_model::problem::Severity;
use forewarn_model::{
    Arg, Country, CountryNames, Language, LocalizedNotice, LocalizedSection, LocalizedSentence, Notice,
    Problem, Section, Statement,
};

use crate::catalogue::Catalogues;
use crate::check::{Finding, Place};
use crate::facet::Voice;

/// A notice in a language of the catalogues; in English, with a problem, in any other.
pub fn localize(
    notice: &Notice,
    language: Language,
    catalogues: &Catalogues,
    names: &CountryNames,
) -> (LocalizedNotice, Vec<Problem>) {
    let mut problems = Vec::new();
    let spoken = if catalogues.speaks(language) { language } else { Language::ENGLISH };
    let input = notice.number.clone();
    if spoken != language {
        problems.push(problem(&input, "notice-language", format!("no catalogue for language {language}")));
    }
    let mut speaker = Speaker { voice: Voice { language: spoken, catalogues, names }, input, problems };
    let numbers: BTreeMap<_, usize> =
        notice.references().iter().enumerate().map(|(place, r)| (r.target, place + 1)).collect();
    let mut sentence = |statement: &Statement| LocalizedSentence {
        text: speaker.sentence(statement),
        refs: sorted(statement.refs.iter().filter_map(|r| numbers.get(&r.target).copied())),
    };
    let headline = sentence(&notice.headline);
    let mut by_section: BTreeMap<Section, Vec<LocalizedSentence>> = BTreeMap::new();
    for statement in &notice.statements {
        by_section.entry(statement.section).or_default().push(sentence(statement));
    }
    let sections = by_section
        .into_iter()
        .map(|(section, sentences)| LocalizedSection {
            section,
            heading: speaker.word(&format!("section-{}", section.as_str())),
            sentences,
        })
        .collect();
    let (labels, values) = (speaker.labels(notice), speaker.values(notice));
    let localized = LocalizedNotice { language: spoken, headline, sections, labels, values };
    (localized, speaker.problems)
}

/// A finding as one line, for a reviewer: place, text, rule, severity.
pub fn localize_finding(
    finding: &Finding,
    language: Language,
    catalogues: &Catalogues,
    names: &CountryNames,
) -> String {
    let language = if catalogues.speaks(language) { language } else { Language::ENGLISH };
    let voice = Voice { language, catalogues, names };
    let say = |message: &str, args: &[(&str, Arg)]| {
        let mut lacking = Vec::new();
        let facts: Vec<_> =
            args.iter().flat_map(|(name, arg)| voice.forms(name, arg, &mut lacking)).collect();
        catalogues.say(language, message, &facts).unwrap_or_else(|| message.to_owned())
    };
    let place = match finding.place {
        Place::Notice => say("place-notice", &[]),
        Place::Headline => say("place-headline", &[]),
        Place::Statement(at) => say("place-statement", &[("number", Arg::Number(at as i64 + 1))]),
        Place::Observable(at) => say("place-observable", &[("number", Arg::Number(at as i64 + 1))]),
        Place::Field(field) => say(&format!("place-field-{field}"), &[]),
    };
    let args: Vec<(&str, Arg)> =
        finding.args.iter().map(|(name, arg)| (name.as_str(), arg.clone())).collect();
    let text = say(finding.message, &args);
    let severity = say(&format!("severity-{}", finding.severity.as_str()), &[]);
    let parts = [("place", place), ("text", text), ("rule", finding.rule.to_owned()), ("severity", severity)];
    let facts: Vec<_> = parts.map(|(name, part)| (name.to_owned(), part.into())).into();
    catalogues.say(language, "finding-line", &facts).unwrap_or_else(|| finding.message.to_owned())
}

/// The name of a country in a language, as notices write it.
pub fn country_name(
    country: Country,
    language: Language,
    catalogues: &Catalogues,
    names: &CountryNames,
) -> String {
    let language = if catalogues.speaks(language) { language } else { Language::ENGLISH };
    Voice { language, catalogues, names }.country(country)
}

struct Speaker<'a> {
    voice: Voice<'a>,
    /// The number of the notice, for problems.
    input: String,
    problems: Vec<Problem>,
}

impl Speaker<'_> {
    fn sentence(&mut self, statement: &Statement) -> String {
        let mut lacking = Vec::new();
        let in_own = self.try_sentence(self.voice, statement, &mut lacking);
        for message in lacking {
            self.lacks(&message);
        }
        if let Some(text) = in_own {
            return text;
        }
        self.lacks(&statement.message);
        let english = Voice { language: Language::ENGLISH, ..self.voice };
        let in_english = self.try_sentence(english, statement, &mut Vec::new());
        in_english.unwrap_or_else(|| statement.message.clone())
    }

    fn try_sentence(
        &self,
        voice: Voice<'_>,
        statement: &Statement,
        lacking: &mut Vec<String>,
    ) -> Option<String> {
        let facts: Vec<_> =
            statement.args.iter().flat_map(|(name, arg)| voice.forms(name, arg, lacking)).collect();
        voice.catalogues.say(voice.language, &statement.message, &facts)
    }

    fn word(&mut self, message: &str) -> String {
        let word = self.voice.catalogues.word(self.voice.language, message);
        word.unwrap_or_else(|| {
            self.lacks(message);
            message.to_owned()
        })
    }

    /// Everything around the facts: all messages `label-…` and `observable-…`, and those of the kind and the
    /// state.
    fn labels(&mut self, notice: &Notice) -> BTreeMap<String, String> {
        let catalogues = self.voice.catalogues;
        let mut labels: BTreeMap<String, String> = catalogues
            .names("label-")
            .map(|name| (name["label-".len()..].to_owned(), self.word(name)))
            .collect();
        for name in catalogues.names("observable-") {
            labels.insert(name.to_owned(), self.word(name));
        }
        let kind = format!("kind-{}", notice.kind.as_str());
        labels.insert("kind".to_owned(), self.word(&kind));
        labels.insert("kind-meaning".to_owned(), self.word(&format!("{kind}-meaning")));
        labels
    }

    /// The head of the notice: dates, marking, state.
    fn values(&mut self, notice: &Notice) -> BTreeMap<String, String> {
        let day_of = |at| jiff::tz::TimeZone::UTC.to_datetime(at).date();
        let issued = match notice.issued_at() {
            Some(at) => self.voice.day(day_of(at)),
            None => self.word("value-not-issued"),
        };
        let values = [
            ("issued", issued),
            ("as-of", self.voice.day(notice.as_of)),
            ("review-by", self.voice.day(notice.review_by)),
            ("created", self.voice.day(day_of(notice.created_at))),
            ("marking", self.isolate(notice.marking.to_string())),
            ("state", self.word(&format!("state-{}", notice.state().as_str()))),
            ("number", self.isolate(notice.number.clone())),
        ];
        values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// A code that runs from left to right, kept in order in a line that does not.
    fn isolate(&self, code: String) -> String {
        if self.voice.language.is_right_to_left() { format!("\u{2066}{code}\u{2069}") } else { code }
    }

    fn lacks(&mut self, message: &str) {
        let what = format!("message {message} cannot be said in {}", self.voice.language);
        self.problems.push(problem(&self.input, "notice-message", what));
    }
}

fn sorted(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut all: Vec<usize> = numbers.collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn problem(input: &str, code: &'static str, what: String) -> Problem {
    Problem {
        severity: Severity::Warning,
        code,
        input: input.to_owned(),
        line: None,
        what,
        remedy: "add it to translations/<language>/notice.ftl; English stands in its place".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::check as findings;
    use crate::testing::{catalogues, language, names, notice, purple};
    use forewarn_model::Tlp;

    fn text(tag: &str) -> String {
        [notice(), purple()].map(|notice| one_text(&notice, tag)).join("\n\n---\n\n")
    }

    fn one_text(notice: &Notice, tag: &str) -> String {
        let (localized, problems) = localize(notice, language(tag), &catalogues(), &names());
        assert_eq!(problems, []);
        let mut lines = vec![format!("{} {:?}", localized.headline.text, localized.headline.refs)];
        for section in &localized.sections {
            lines.push(format!("\n# {}", section.heading));
            lines.extend(section.sentences.iter().map(|one| format!("{} {:?}", one.text, one.refs)));
        }
        lines.push(String::new());
        lines.extend(localized.values.iter().map(|(name, value)| format!("{name}: {value}")));
        lines.join("\n")
    }

    #[test]
    fn english() {
        insta::assert_snapshot!(text("en"));
    }

    #[test]
    fn french() {
        insta::assert_snapshot!(text("fr"));
    }

    #[test]
    fn spanish() {
        insta::assert_snapshot!(text("es"));
    }

    #[test]
    fn arabic() {
        // The isolates are shown, so that a lost one is seen.
        insta::assert_snapshot!(text("ar").replace('\u{2068}', "⟨").replace('\u{2069}', "⟩"));
    }

    #[test]
    fn references_are_cited_by_their_position() {
        let notice = notice();
        let (localized, _) = localize(&notice, language("en"), &catalogues(), &names());
        let references = notice.references();
        let cited = localized.sections.iter().flat_map(|section| &section.sentences);
        for (sentence, statement) in cited.zip(&notice.statements) {
            let targets: Vec<_> = sentence.refs.iter().map(|number| references[number - 1].target).collect();
            assert_eq!(targets.len(), statement.refs.len());
            assert!(statement.refs.iter().all(|reference| targets.contains(&reference.target)));
        }
    }

    #[test]
    fn the_four_have_the_same_shape() {
        let shape = |tag| {
            let (localized, _) = localize(&notice(), language(tag), &catalogues(), &names());
            let sections = localized.sections.iter().map(|section| {
                (section.section, section.sentences.iter().map(|one| one.refs.clone()).collect::<Vec<_>>())
            });
            let labels: Vec<String> = localized.labels.keys().cloned().collect();
            (sections.collect::<Vec<_>>(), labels)
        };
        let english = shape("en");
        for tag in ["fr", "es", "ar"] {
            assert_eq!(shape(tag), english, "{tag}");
        }
        for label in ["kind", "kind-meaning", "issuer", "disclaimer", "page", "observable-handle-telegram"] {
            assert!(english.1.iter().any(|known| known == label), "{label}");
        }
    }

    #[track_caller]
    fn check(change: impl Fn(&mut Notice), tag: &str, code: &str, what: &str) {
        let mut notice = notice();
        change(&mut notice);
        let (_, problems) = localize(&notice, language(tag), &catalogues(), &names());
        assert!(problems.iter().any(|p| p.code == code && p.what.contains(what)), "{problems:?}");
    }

    #[test]
    fn tells_what_it_cannot_say() {
        check(|_| {}, "de", "notice-language", "no catalogue for language de");
        check(|n| n.headline.message = "headline-new".into(), "fr", "notice-message", "headline-new");
        check(|n| n.headline.args.clear(), "fr", "notice-message", "headline-hub");
        let unknown_sign = |notice: &mut Notice| {
            let signs = notice.statements.iter_mut().find(|one| one.section == Section::Signs).unwrap();
            signs.args.insert("signs".into(), Arg::Messages(vec!["sign-odd_name".into()]));
        };
        check(unknown_sign, "es", "notice-message", "sign-odd_name");
    }

    /// The six forms of Arabic (CLDR plural rules), on the sentence that counts events without figures.
    #[test]
    fn arabic_counts_in_six_forms() {
        let (catalogues, names) = (catalogues(), names());
        let forms = [
            (0, "لا أحداث"),
            (1, "حدث واحد"),
            (2, "حدثين"),
            (3, "\u{2068}3\u{2069} أحداث"),
            (11, "\u{2068}11\u{2069} حدثًا"),
            (100, "\u{2068}100\u{2069} حدث "),
        ];
        for (count, expected) in forms {
            let mut notice = notice();
            let events = std::collections::BTreeMap::from([("events".to_owned(), Arg::Number(count))]);
            notice.headline.message = "scale-unstated".to_owned();
            notice.headline.args = events;
            let (localized, _) = localize(&notice, language("ar"), &catalogues, &names);
            let spaced = localized.headline.text.replace("\u{2069} لا", " لا");
            assert!(spaced.contains(expected), "{count}: {spaced}");
        }
    }

    #[test]
    fn every_finding_can_be_told_in_every_language() {
        let mut notice = notice();
        notice.author.clear();
        notice.alarm = None;
        notice.headline.args.insert("country".into(), Arg::Name("Mr X, trafficker of the army, hiv".into()));
        notice.headline.message = "headline-place".into();
        let catalogues = catalogues();
        let found = findings(&notice, Tlp::Clear);
        assert!(found.len() >= 7, "{found:?}");
        for language in catalogues.languages() {
            for finding in &found {
                let line = localize_finding(finding, language, &catalogues, &names());
                assert!(!line.contains("finding-") && line.contains(finding.rule), "{line}");
            }
        }
        let line = localize_finding(&found[0], language("en"), &catalogues, &names());
        assert_eq!(
            line,
            "The notice: A notice of this kind rests on an alarm; none is named. [RPD arts. 88–96; blocks]"
        );
    }
}
