//! A notice in one language.
//!
//! Sentences are made from the message and the facts of each statement, never from another language's
//! text. What a catalogue lacks is told as a problem, and stands in English meanwhile.

use std::collections::BTreeMap;

use forewarn_model::problem::Severity;
use forewarn_model::{
    Arg, Country, CountryNames, EvidenceRef, EvidenceTarget, Language, LocalizedNotice, LocalizedSection,
    LocalizedSentence, Notice, PartialDate, Problem, Section, Statement,
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

/// A finding in words, for a reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingWords {
    /// Where it is.
    pub place: String,
    /// What is found.
    pub text: String,
    /// The rule that it is held against.
    pub rule: String,
    /// All of it, and whether it blocks, in one line.
    pub line: String,
}

/// A finding in the words of a language.
pub fn localize_finding(
    finding: &Finding,
    language: Language,
    catalogues: &Catalogues,
    names: &CountryNames,
) -> FindingWords {
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
    let rule = say(&rule_message(finding.rule), &[]);
    let parts = [("place", &place), ("text", &text), ("rule", &rule), ("severity", &severity)];
    let facts: Vec<_> = parts.map(|(name, part)| (name.to_owned(), part.clone().into())).into();
    let line = catalogues.say(language, "finding-line", &facts);
    let line = line.unwrap_or_else(|| finding.message.to_owned());
    FindingWords { place, text, rule, line }
}

/// The message that names a rule: `rule-` and its letters and digits, with hyphens for all between.
pub(crate) fn rule_message(rule: &str) -> String {
    let words = rule.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    format!("rule-{}", words.join("-"))
}

/// What a sentence rests on, in the words of a language: our own alarms and campaigns, and reports. The name of a
/// publisher stays as it is, and so does a label that another program wrote.
pub fn localize_source(
    reference: &EvidenceRef,
    language: Language,
    catalogues: &Catalogues,
    names: &CountryNames,
) -> String {
    let language = if catalogues.speaks(language) { language } else { Language::ENGLISH };
    let voice = Voice { language, catalogues, names };
    source(voice, reference).unwrap_or_else(|| reference.label.clone())
}

fn source(voice: Voice<'_>, reference: &EvidenceRef) -> Option<String> {
    let label = reference.label.as_str();
    let (message, args) = match reference.target {
        EvidenceTarget::Incident(_) => return None,
        EvidenceTarget::Campaign(_) => {
            let offers = label.strip_prefix("campaign of ")?.split(' ').next()?.parse().ok()?;
            ("source-campaign", vec![("offers", Arg::Number(offers))])
        }
        EvidenceTarget::Alarm(_) => {
            let (about, day) = label.strip_prefix("alarm ")?.rsplit_once(", ")?;
            let (_, subject) = about.split_once(' ')?;
            let day = Arg::Date(PartialDate::day(day.parse().ok()?));
            match subject_of(subject)? {
                (Arg::Name(place), Some(country)) => {
                    let country = Arg::Countries(vec![country]);
                    (
                        "source-alarm-place",
                        vec![("place", Arg::Name(place)), ("country", country), ("day", day)],
                    )
                }
                (subject, _) => ("source-alarm", vec![("subject", subject), ("day", day)]),
            }
        }
        EvidenceTarget::Report(_) => {
            let (_, name) = label.split_once(" from ")?;
            let name_of = |text: &str| Arg::Name(text.to_owned());
            match name.strip_prefix("reply of ").and_then(|rest| rest.split_once(" to ")) {
                Some((member, number)) => {
                    ("source-reply", vec![("member", name_of(member)), ("number", name_of(number))])
                }
                None => ("source-report", vec![("name", name_of(name))]),
            }
        }
    };
    let facts: Vec<_> = args.iter().flat_map(|(name, arg)| voice.forms(name, arg, &mut Vec::new())).collect();
    voice.catalogues.say(voice.language, message, &facts)
}

/// The subject of an alarm as its label has it: `KH`, `KH:Harbour Town`, `MM>LA`, `034`.
fn subject_of(text: &str) -> Option<(Arg, Option<Country>)> {
    if let Some((from, to)) = text.split_once('>') {
        return Some((Arg::Route(from.parse().ok()?, to.parse().ok()?), None));
    }
    if let Some((country, place)) = text.split_once(':') {
        return Some((Arg::Name(place.to_owned()), country.parse().ok()));
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((Arg::Region(text.parse().ok()?), None));
    }
    Some((Arg::Countries(vec![text.parse().ok()?]), None))
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
        let sources = notice.references().into_iter().filter_map(|reference| {
            Some((format!("source {}", reference.target), source(self.voice, reference)?))
        });
        values.into_iter().map(|(name, value)| (name.to_owned(), value)).chain(sources).collect()
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
                let told = localize_finding(finding, language, &catalogues, &names());
                assert!(!told.line.contains("finding-") && !told.line.contains("rule-"), "{}", told.line);
                assert!(told.line.contains(&told.text) && told.line.contains(&told.rule), "{}", told.line);
            }
        }
        let told = localize_finding(&found[0], language("en"), &catalogues, &names());
        assert_eq!(
            told.line,
            "The notice: A notice of this kind rests on an alarm; none is named. \
             [INTERPOL’s Rules on the Processing of Data, articles 88–96; blocks]"
        );
    }

    #[track_caller]
    fn check_source(tag: &str, target: EvidenceTarget, label: &str, expected: &str) {
        let reference = EvidenceRef {
            target,
            grading: "F6".parse().unwrap(),
            known_from: "2022-03-02".parse().unwrap(),
            label: label.to_owned(),
        };
        assert_eq!(localize_source(&reference, language(tag), &catalogues(), &names()), expected, "{tag}");
    }

    #[test]
    fn our_own_work_is_named_in_the_language_of_the_reader() {
        let notice = notice();
        let alarm = EvidenceTarget::Alarm(notice.alarm.unwrap());
        let campaign = EvidenceTarget::Campaign(forewarn_model::CampaignId::derive(&[b"x"]));
        let report = EvidenceTarget::Report(forewarn_model::ReportId::derive(&[b"x"]));
        check_source("en", campaign, "campaign of 7 offers", "Group of 7 similar job advertisements");
        check_source("fr", campaign, "campaign of 7 reports", "Groupe de 7 offres d’emploi semblables");
        check_source(
            "en",
            alarm,
            "alarm route MY>KH, 2022-03-02",
            "Alarm of 2 March 2022: from Malaysia to Cambodia",
        );
        check_source("en", alarm, "alarm region 034, 2022-03-02", "Alarm of 2 March 2022: Southern Asia");
        check_source("es", alarm, "alarm hub KH, 2022-03-02", "Alarma del 2 de marzo de 2022: Camboya");
        let place = "alarm place KH:Harbour Town, 2022-03-02";
        check_source("en", alarm, place, "Alarm of 2 March 2022: Harbour Town, Cambodia");
        check_source("en", report, "job ad from x.jsonl", "Report taken in from x.jsonl");
        let reply = "advisory from reply of ke-bureau to EX-1";
        check_source("fr", report, reply, "Réponse de ke-bureau à EX-1");
        check_source("en", report, "something else", "something else");
        check_source("en", alarm, "alarm of another program", "alarm of another program");
    }
}
