//! An extract in the words of a language.

use forewarn_model::{
    Country, CountryNames, Date, ExtractChoice, Language, LocalizedExtract, Notice, PublicPoint,
};

use super::points;
use super::words::PublicWords;

/// How an extract ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtractEnd {
    /// Taken back: the extract, or its notice.
    Withdrawn(Date),
    /// Its notice was replaced.
    Superseded(Date),
    /// Its notice is past its last day.
    Expired(Date),
}

/// What a job seeker should do: messages of the check's catalogue.
const ADVICE: [&str; 6] =
    ["advice-employer", "advice-contract", "advice-visa", "advice-passport", "advice-pay", "advice-tell"];
const IF_THERE: [&str; 3] = ["there-danger", "there-embassy", "there-forced"];

/// An extract in the language, or in English where there are no words for it.
pub fn localize_extract(
    notice: &Notice,
    choice: &ExtractChoice,
    end: Option<ExtractEnd>,
    language: Language,
    words: &PublicWords,
    names: &CountryNames,
) -> LocalizedExtract {
    let language = words.choose(language);
    // Names of countries are written in the script, where the gazetteer knows it, else in the language.
    let known = names.languages();
    let primary = || known.iter().copied().find(|known| known.as_str() == language.primary());
    let naming = if known.contains(&language) { language } else { primary().unwrap_or(language) };
    let voice = Voice { language, naming, words, names };
    let (mut said, mut lists) = (Vec::new(), Vec::new());
    // What has ended says only that.
    for point in if end.is_some() { Vec::new() } else { points(notice, choice) } {
        voice.point(&point, &mut said, &mut lists);
    }
    let avoid = choice.observables.iter().filter_map(|at| notice.observables.get(*at));
    let avoid: Vec<String> = avoid.map(|observable| observable.value.clone()).collect();
    if end.is_none() && !avoid.is_empty() {
        lists.push((voice.word("extract-avoid"), avoid));
    }
    LocalizedExtract {
        language,
        title: voice.word(&format!("extract-title-{}", notice.kind.as_str())),
        ended: end.map(|end| voice.end(end)),
        points: said,
        lists,
        notes: voice.notes(notice),
    }
}

#[derive(Clone, Copy)]
struct Voice<'a> {
    language: Language,
    /// The language of the names of countries.
    naming: Language,
    words: &'a PublicWords,
    names: &'a CountryNames,
}

impl Voice<'_> {
    fn word(self, message: &str) -> String {
        self.words.say(self.language, message, &[])
    }

    fn point(self, point: &PublicPoint, said: &mut Vec<String>, lists: &mut Vec<(String, Vec<String>)>) {
        let say = |message: &str, facts: &[(&str, &str)]| self.words.say(self.language, message, facts);
        let all = |messages: &[&str]| messages.iter().map(|message| self.word(message)).collect::<Vec<_>>();
        match point {
            PublicPoint::Hubs(list) => {
                said.push(say("extract-hubs", &[("countries", &self.countries(list))]))
            }
            PublicPoint::Origins(list) => {
                said.push(say("extract-origins", &[("countries", &self.countries(list))]))
            }
            PublicPoint::Destinations(list) => {
                said.push(say("extract-destinations", &[("countries", &self.countries(list))]));
            }
            PublicPoint::Route(from, to) => {
                let ends = [from, to].map(|country| self.names.get(self.naming, country));
                said.push(say("extract-route", &[("from", ends[0]), ("to", ends[1])]));
            }
            PublicPoint::People(min, max) => {
                let people = if min == max { min.to_string() } else { format!("{min}–{max}") };
                said.push(say("extract-people", &[("people", &people)]));
            }
            PublicPoint::Signs(names) => {
                let means = |name: &forewarn_model::IndicatorName| {
                    self.word(&format!("means-{}", name.as_str().replace('_', "-")))
                };
                lists.push((self.word("extract-signs"), names.iter().map(means).collect()));
            }
            PublicPoint::Advice => {
                lists.push((self.word("heading-advice"), all(&ADVICE)));
                lists.push((self.word("heading-there"), all(&IF_THERE)));
            }
        }
    }

    fn countries(self, list: &[Country]) -> String {
        let names: Vec<&str> = list.iter().map(|country| self.names.get(self.naming, country)).collect();
        names.join(match self.language.primary() {
            "zh" | "ja" => "、",
            "ar" | "ur" | "fa" => "، ",
            _ => ", ",
        })
    }

    fn end(self, end: ExtractEnd) -> String {
        let (message, date) = match end {
            ExtractEnd::Withdrawn(date) => ("extract-withdrawn", date),
            ExtractEnd::Superseded(date) => ("extract-superseded", date),
            ExtractEnd::Expired(date) => ("extract-expired", date),
        };
        self.words.say(self.language, message, &[("date", &date.to_string())])
    }

    fn notes(self, notice: &Notice) -> Vec<String> {
        let issued = notice.issued_at().map(forewarn_model::date::day_of);
        let issued = issued.map(|date| {
            let facts = [("issuer", notice.issuer.as_str()), ("date", &date.to_string())];
            self.words.say(self.language, "extract-issued", &facts)
        });
        let number = format!("{}: {}", self.word("extract-number"), notice.number);
        let fixed = ["what-is-a-scam-centre", "independent", "translation"];
        // The four languages of notices were written with care; the note stays where nobody has checked.
        let checked = self.language == Language::ENGLISH;
        let fixed = fixed.into_iter().filter(|message| !(checked && *message == "translation"));
        issued.into_iter().chain([number]).chain(fixed.map(|message| self.word(message))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{language, names, purple};

    fn localized(tag: &str, end: Option<ExtractEnd>) -> LocalizedExtract {
        let notice = purple();
        let statements = (0..notice.statements.len()).collect();
        let choice = ExtractChoice { statements, observables: Vec::new() };
        let words = PublicWords::builtin().unwrap();
        localize_extract(&notice, &choice, end, language(tag), &words, &names())
    }

    #[test]
    fn says_the_same_in_every_language() {
        let english = localized("en", None);
        assert_eq!(english.points[0], "Scam centres were reported in: Cambodia, Laos.");
        assert_eq!(english.lists.len(), 3);
        let words = PublicWords::builtin().unwrap();
        for tag in words.languages() {
            let other = localized(tag.as_str(), None);
            assert_eq!(other.points.len(), english.points.len(), "{tag}");
            let shape =
                |one: &LocalizedExtract| one.lists.iter().map(|(_, list)| list.len()).collect::<Vec<_>>();
            assert_eq!(shape(&other), shape(&english), "{tag}");
            let texts = other.points.iter().chain(other.lists.iter().flat_map(|(_, list)| list));
            for text in texts.chain([&other.title]).chain(&other.notes) {
                let is_a_name =
                    ["extract-", "means-", "advice-", "there-"].iter().any(|p| text.starts_with(p));
                assert!(!is_a_name, "{tag} lacks {text}");
            }
        }
        assert!(localized("fr", None).points[0].contains("Cambodge, Laos"));
    }

    #[test]
    fn what_has_ended_says_only_that() {
        let ended = localized("es", Some(ExtractEnd::Withdrawn("2022-08-01".parse().unwrap())));
        assert!(ended.ended.unwrap().contains("2022-08-01"));
        assert!(ended.points.is_empty() && ended.lists.is_empty());
    }
}
