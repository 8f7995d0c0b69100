//! Makes the advice for one reading: chooses and orders, weighs nothing.

use forewarn_model::{
    Assessment, Country, Indicator, IndicatorName, Language, Place, PlaceKind, ReasonSource, Span, Verdict,
};
use forewarn_rules::IndicatorDoc;

use crate::Engine;
use crate::advice::catalogue::{Catalogue, home_of};
use crate::advice::help::{Directory, Entry};
use crate::advice::situation::{self, Situation};
use crate::pipeline::{self, Reading};
use crate::report::pieces::widen;

/// How many passages of one sign are quoted; the rest is counted.
const PASSAGES_MAX: usize = 5;

/// For how many countries that the offer names help is listed.
const COUNTRIES_MAX: usize = 6;

/// What is before departure, in order of urgency: messages `advice-…`.
const BEFORE: [&str; 7] = [
    "advice-visa",
    "advice-passport",
    "advice-contract",
    "advice-employer",
    "advice-licence",
    "advice-pay",
    "advice-tell",
];

/// What is for people who are there already, and for those close to them: messages `there-…`.
const THERE: [&str; 6] =
    ["there-danger", "there-family", "there-place", "there-embassy", "there-forced", "there-ransom"];

/// For whom the advice is.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// In which words.
    pub catalogue: &'a Catalogue,
    /// The country that the reader lives in, if they said so.
    pub home: Option<Country>,
}

/// One sign: an indicator with all of its passages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// Which indicator.
    pub name: IndicatorName,
    /// What it means.
    pub means: String,
    /// The language of `means` and `ask`: the answer's, or English for the words of a rule pack that has none
    /// in the answer's.
    pub language: Language,
    /// What to ask.
    pub ask: Option<String>,
    /// Where the offer shows it, each place once; empty if the text as a whole does.
    pub spans: Vec<Span>,
    /// The first passages, without control characters.
    pub passages: Vec<String>,
    /// How many further passages there are, told in words; none if there are no more.
    pub more: Option<String>,
}

/// What a group of offices is listed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpPlace {
    /// A country that the offer names.
    Offer,
    /// The reader's own country.
    Home,
    /// Anywhere.
    World,
}

/// Offices for one country, or for everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpGroup {
    /// Why it is listed.
    pub place: HelpPlace,
    /// The country, and its name in the answer's language.
    pub country: Option<(Country, String)>,
    /// The offices, in the order in which they are needed.
    pub entries: Vec<Entry>,
    /// What to do, where no office is known.
    pub none: Option<String>,
}

/// What a job seeker is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The language of the answer.
    pub language: Language,
    /// What the text is.
    pub situation: Situation,
    /// The verdict.
    pub verdict: Verdict,
    /// The verdict in words, never "safe"; for what is no offer, the situation.
    pub sentence: String,
    /// What to do now.
    pub what_to_do: String,
    /// What weakens the answer, and what a scam centre is.
    pub notes: Vec<String>,
    /// The signs, those that weigh most first.
    pub signs: Vec<Sign>,
    /// What to see to before departure; nothing for somebody who is held.
    pub before: Vec<String>,
    /// What to do if one is there already.
    pub there: Vec<String>,
    /// Where to get help.
    pub help: Vec<HelpGroup>,
}

impl HelpPlace {
    /// The name in files, and the end of the message `help-…`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Offer => "place",
            Self::Home => "home",
            Self::World => "world",
        }
    }
}

/// Makes the advice for a text that was read and assessed. `text` is the original that the spans count in.
pub fn give(
    engine: &Engine,
    directory: &Directory,
    text: &str,
    reading: &Reading,
    assessment: &Assessment,
    request: Request<'_>,
) -> Advice {
    let Request { catalogue, home } = request;
    let distress = pipeline::distress(engine, &reading.facts);
    let situation = situation::of(text, reading, assessment, &distress);
    let verdict = assessment.verdict();
    let (sentence, what_to_do) = sentences(situation, verdict);
    let signs = match situation {
        Situation::Held => pleas(catalogue, text, &distress),
        Situation::Offer => signs(engine, catalogue, text, &reading.indicators, assessment),
        // What the text as a whole lacks says nothing where there is hardly a text.
        Situation::TooShort => {
            let mut shown = signs(engine, catalogue, text, &reading.indicators, assessment);
            shown.retain(|sign| !sign.passages.is_empty());
            shown
        }
    };
    let unknown = reading.facts.language.is_unknown();
    let notes = match situation {
        Situation::Offer => notes(verdict, !signs.is_empty(), situation::is_short(text), unknown),
        Situation::Held | Situation::TooShort => Vec::new(),
    };
    let before: &[&str] = if situation == Situation::Held { &[] } else { &BEFORE };
    let home = home.or_else(|| home_of(reading.facts.language));
    Advice {
        language: catalogue.language(),
        situation,
        verdict,
        sentence: catalogue.word(&sentence),
        what_to_do: catalogue.word(&what_to_do),
        notes: notes.into_iter().map(|message| catalogue.word(message)).collect(),
        signs,
        before: before.iter().map(|message| catalogue.word(message)).collect(),
        there: THERE.iter().map(|message| catalogue.word(message)).collect(),
        help: help(engine, catalogue, directory, &reading.facts.places, home),
    }
}

/// The messages that say what was found, and what to do.
fn sentences(situation: Situation, verdict: Verdict) -> (String, String) {
    match situation {
        Situation::Held => ("verdict-held".to_owned(), "verdict-held-advice".to_owned()),
        Situation::TooShort => ("verdict-too-short".to_owned(), "note-short".to_owned()),
        Situation::Offer => {
            let key = format!("verdict-{}", verdict.as_str().replace('_', "-"));
            let advice = format!("{key}-advice");
            (key, advice)
        }
    }
}

/// What weakens an answer about an offer, and what a scam centre is: messages.
fn notes(verdict: Verdict, signs: bool, short: bool, unknown: bool) -> Vec<&'static str> {
    let calm = verdict == Verdict::NoKnownSigns;
    let rows = [
        (calm && signs, "note-usual"),
        (short, "note-short"),
        (!short && unknown, "note-language"),
        (!calm, "what-is-a-scam-centre"),
    ];
    rows.into_iter().filter(|(holds, _)| *holds).map(|(_, message)| message).collect()
}

/// The words of somebody who is held, each kind with what to do about it: there is nothing to ask.
fn pleas(catalogue: &Catalogue, text: &str, distress: &[Indicator]) -> Vec<Sign> {
    let mut found: Vec<(usize, Sign)> = Vec::new();
    for (name, spans) in grouped(distress) {
        let Some((at, message)) = situation::answer(name.as_str()) else { continue };
        let Passages { spans, passages, more } = passages(catalogue, text, spans);
        let (means, language) = (catalogue.word(message), catalogue.language());
        found.push((at, Sign { name: name.clone(), means, language, ask: None, spans, passages, more }));
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, sign)| sign).collect()
}

/// Indicators by name, each with its spans.
fn grouped(indicators: &[Indicator]) -> Vec<(&IndicatorName, Vec<Span>)> {
    let mut grouped: Vec<(&IndicatorName, Vec<Span>)> = Vec::new();
    for indicator in indicators {
        match grouped.iter_mut().find(|(name, _)| **name == indicator.name) {
            Some((_, spans)) => spans.push(indicator.span),
            None => grouped.push((&indicator.name, vec![indicator.span])),
        }
    }
    grouped
}

fn signs(
    engine: &Engine,
    catalogue: &Catalogue,
    text: &str,
    indicators: &[Indicator],
    assessment: &Assessment,
) -> Vec<Sign> {
    let mut grouped = grouped(indicators);
    let weight = |name: &IndicatorName| {
        let of = |source: &ReasonSource| matches!(source, ReasonSource::Indicator(known) if known == name);
        assessment
            .reasons()
            .iter()
            .filter(|reason| of(&reason.source))
            .map(|reason| reason.log_odds)
            .sum::<f64>()
    };
    grouped.sort_by(|(a, _), (b, _)| weight(b).total_cmp(&weight(a)).then_with(|| a.cmp(b)));
    grouped
        .into_iter()
        .map(|(name, spans)| {
            let words = Words::of(catalogue, name, engine.pack().indicator(name.as_str()));
            let Passages { spans, passages, more } = passages(catalogue, text, spans);
            let Words { means, ask, language } = words;
            Sign { name: name.clone(), means, language, ask, spans, passages, more }
        })
        .collect()
}

/// Where a text shows a sign, as it is shown.
struct Passages {
    spans: Vec<Span>,
    passages: Vec<String>,
    more: Option<String>,
}

fn passages(catalogue: &Catalogue, text: &str, mut spans: Vec<Span>) -> Passages {
    widen(text, &mut spans);
    let spans = outermost(spans);
    let passages: Vec<String> = spans.iter().take(PASSAGES_MAX).map(|span| plain(span.slice(text))).collect();
    let rest = spans.len() - passages.len();
    let more = (rest > 0).then(|| catalogue.say("note-more", &[("count", &rest.to_string())]));
    Passages { spans, passages, more }
}

/// Spans in order, without the empty ones (they stand for the text as a whole) and those inside others.
fn outermost(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut kept: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        if kept.last().is_none_or(|last| !last.contains(span)) {
            kept.push(span);
        }
    }
    kept
}

/// A passage on one line, without control characters and without marks that turn the direction of what
/// follows: a pasted text must not write to a terminal nor reorder our own words.
pub fn plain(passage: &str) -> String {
    let kept: String = passage
        .chars()
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c })
        .collect();
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What is said about an indicator.
struct Words {
    means: String,
    ask: Option<String>,
    language: Language,
}

impl Words {
    /// From the catalogue; for an indicator of another pack, from the pack, in the answer's language or in
    /// English.
    fn of(catalogue: &Catalogue, name: &IndicatorName, doc: Option<&IndicatorDoc>) -> Self {
        let key = name.as_str().replace('_', "-");
        if let Some(means) = catalogue.find(&format!("means-{key}"), &[]) {
            let ask = catalogue.find(&format!("ask-{key}"), &[]);
            return Self { means, ask, language: catalogue.language() };
        }
        let from = |list: &[(Language, String)], wanted: Language| {
            list.iter().find(|(language, _)| *language == wanted).map(|(_, words)| words.clone())
        };
        for language in [catalogue.language(), Language::ENGLISH] {
            if let Some(means) = doc.and_then(|doc| from(&doc.means, language)) {
                return Self { means, ask: doc.and_then(|doc| from(&doc.ask, language)), language };
            }
        }
        let means = doc.map_or_else(|| name.as_str().replace('_', " "), |doc| doc.title.clone());
        Self { means, ask: None, language: Language::ENGLISH }
    }
}

fn help(
    engine: &Engine,
    catalogue: &Catalogue,
    directory: &Directory,
    places: &[Place],
    home: Option<Country>,
) -> Vec<HelpGroup> {
    let named = |country: Country| engine.country_names().get(catalogue.language(), &country).to_owned();
    let group = |place: HelpPlace, country: Country| {
        let entries: Vec<Entry> = directory.in_country(country, home).into_iter().cloned().collect();
        let name = named(country);
        let none = entries.is_empty().then(|| catalogue.say("help-none", &[("country", &name)]));
        HelpGroup { place, country: Some((country, name)), entries, none }
    };
    let abroad = destinations(places).into_iter().filter(|country| Some(*country) != home);
    let mut groups: Vec<HelpGroup> =
        abroad.take(COUNTRIES_MAX).map(|country| group(HelpPlace::Offer, country)).collect();
    groups.extend(home.map(|country| group(HelpPlace::Home, country)));
    let entries: Vec<Entry> = directory.anywhere(home).into_iter().cloned().collect();
    if !entries.is_empty() {
        groups.push(HelpGroup { place: HelpPlace::World, country: None, entries, none: None });
    }
    groups
}

/// The countries that an offer names as places, those with known hubs first, then in order of the text. The
/// name of a people or a language is no place.
fn destinations(places: &[Place]) -> Vec<Country> {
    let mut ordered: Vec<&Place> = places.iter().filter(|place| place.kind != PlaceKind::People).collect();
    ordered.sort_by_key(|place| !place.hub);
    let mut found: Vec<Country> = Vec::new();
    for country in ordered.iter().filter_map(|place| place.country) {
        if !found.contains(&country) {
            found.push(country);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use forewarn_model::{ReportKind, Timestamp};

    use super::*;
    use crate::{pipeline, report::check::pasted};

    const LURE: &str = "Customer service in Poipet, Cambodia: 3,500 USD, no experience. We pay the flight, your \
                        passport is kept by the company. Telegram only. Start this week!";

    fn advise(text: &str, language: &str, home: Option<&str>) -> Advice {
        let engine = Engine::builtin().unwrap();
        let report = pasted(text, None, ReportKind::JobAd, Timestamp::UNIX_EPOCH);
        let reading = pipeline::document(&engine, &report);
        let assessment = reading.assessment.clone().unwrap();
        let catalogue = Catalogue::builtin(language.parse().unwrap()).unwrap().unwrap();
        let request = Request { catalogue: &catalogue, home: home.map(|code| code.parse().unwrap()) };
        give(&engine, &Directory::builtin().unwrap(), text, &reading, &assessment, request)
    }

    #[test]
    fn a_lure_is_told_with_passages_questions_and_help() {
        let advice = advise(LURE, "en", Some("IN"));
        assert_eq!(advice.verdict, Verdict::StrongSigns);
        let kept = advice.signs.iter().find(|sign| sign.name.as_str() == "passport_handover").unwrap();
        assert!(kept.passages[0].contains("passport"), "{kept:?}");
        assert!(kept.ask.is_some());
        let places: Vec<_> = advice.help.iter().map(|group| group.place).collect();
        assert_eq!(places[..2], [HelpPlace::Offer, HelpPlace::Home]);
        assert_eq!(advice.help[0].country.as_ref().unwrap().1, "Cambodia");
        assert!(advice.help.iter().all(|group| group.none.is_some() == group.entries.is_empty()));
    }

    #[test]
    fn no_words_ever_call_an_offer_safe() {
        for text in
            ["", "Accountant in Leeds, 30 hours, apply at the town hall with your certificates.", LURE]
        {
            let advice = advise(text, "en", None);
            assert!(!advice.sentence.contains("safe"), "{}", advice.sentence);
            if advice.situation == Situation::Offer && advice.verdict == Verdict::NoKnownSigns {
                assert!(advice.what_to_do.contains("does not mean that the offer is safe"));
            }
        }
    }

    #[test]
    fn an_empty_text_says_that_it_is_short() {
        let advice = advise("", "en", None);
        assert_eq!((advice.situation, advice.notes.len()), (Situation::TooShort, 0));
        assert!(advice.what_to_do.contains("very short"), "{}", advice.what_to_do);
        assert!(
            advice.signs.is_empty() && advise(" \n\t", "en", None).signs.is_empty(),
            "{:?}",
            advice.signs
        );
    }

    #[test]
    fn the_hub_comes_first_and_no_country_that_only_sends_people_hides_the_stop_on_the_way() {
        let text = "We recruit from Kenya, Uganda and Ghana. Online account managers, 1,000 USD, two weeks of \
                    training in Dubai, after that the team moves to the campus on the Myawaddy side. Tourist visa.";
        let advice = advise(text, "en", None);
        let named: Vec<_> = advice.help.iter().filter_map(|group| group.country.as_ref()).collect();
        let named: Vec<&str> = named.into_iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(named, ["Myanmar", "Kenya", "Uganda", "Ghana", "United Arab Emirates"]);
    }

    #[test]
    fn a_passage_cannot_write_to_a_terminal_or_turn_our_words() {
        assert_eq!(plain("pay\u{1b}[2J\u{202e}now\r\n\tfast\u{2028}"), "pay [2Jnow fast");
        assert_eq!(plain("  ไทย  العربية "), "ไทย العربية");
    }

    #[test]
    fn spans_inside_others_are_told_once() {
        let spans =
            [(4, 9), (0, 3), (5, 6), (4, 9), (7, 7), (8, 12)].map(|(start, end)| Span::new(start, end));
        let expected = [(0, 3), (4, 9), (8, 12)].map(|(start, end)| Span::new(start, end));
        assert_eq!(outermost(spans.to_vec()), expected);
    }
}
