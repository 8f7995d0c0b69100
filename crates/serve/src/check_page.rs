//! The page for job seekers as a page: cuts the offer where signs begin and end, chooses words, escapes
//! nothing by hand (the template does).

use askama::Template;
use forewarn_app::advice::{Catalogue, Entry, HelpGroup, Situation};
use forewarn_app::model::{Country, Language, Span, Verdict};
use forewarn_app::report::check::Answer;
use forewarn_app::report::pieces::cut;

use crate::desk::Parts;

/// What a reader sends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) text: String,
    /// The language of the answer, if not the offer's.
    pub(crate) answer: Option<Language>,
    pub(crate) country: Option<Country>,
}

impl Form {
    /// Reads the body of a form (`application/x-www-form-urlencoded`); what is not UTF-8 is replaced, and a
    /// field that cannot be read counts as empty.
    pub(crate) fn read(body: &[u8]) -> Self {
        let mut form = Self::default();
        for (name, value) in form_urlencoded::parse(body) {
            match name.as_ref() {
                "text" => form.text = value.into_owned(),
                "answer" => form.answer = value.parse().ok(),
                "country" => form.country = value.parse().ok(),
                _ => {}
            }
        }
        form
    }
}

/// A part of the offer in which the same signs hold.
struct Piece<'a> {
    text: &'a str,
    marked: bool,
    /// Numbers of the signs whose passage ends here.
    ends: Vec<usize>,
}

struct Sign<'a> {
    number: usize,
    passages: &'a [String],
    more: Option<&'a str>,
    means: &'a str,
    ask: Option<&'a str>,
    lang: &'a str,
}

struct Office<'a> {
    kind: String,
    name: &'a str,
    phone: Option<Number<'a>>,
    abroad: Option<Number<'a>>,
    always: bool,
    web: Option<&'a str>,
    source: &'a str,
    site: &'a str,
    checked: String,
    dated: Option<String>,
}

struct Number<'a> {
    shown: &'a str,
    dialled: String,
}

struct Group<'a> {
    title: String,
    none: Option<&'a str>,
    offices: Vec<Office<'a>>,
}

struct Found<'a> {
    /// Somebody is held: what to do there comes first, and nothing is said of an offer.
    held: bool,
    tone: &'static str,
    /// Whether the verdict leads to the offices.
    links_help: bool,
    sentence: &'a str,
    what_to_do: &'a str,
    notes: &'a [String],
    pieces: Vec<Piece<'a>>,
    offer_lang: &'a str,
    signs: Vec<Sign<'a>>,
    before: &'a [String],
    there: &'a [String],
    groups: Vec<Group<'a>>,
}

struct Choice {
    value: String,
    name: String,
    dir: &'static str,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "check.html")]
struct Page<'a> {
    words: &'a Catalogue,
    lang: &'a str,
    dir: &'static str,
    translated: bool,
    style: String,
    languages: Vec<Choice>,
    countries: Vec<Choice>,
    form: &'a Form,
    error: Option<String>,
    result: Option<Found<'a>>,
}

impl Page<'_> {
    /// A message without facts.
    fn w(&self, message: &str) -> String {
        self.words.word(message)
    }
}

/// The page with nothing checked yet, or with what was wrong.
pub(crate) fn blank(
    parts: &Parts,
    words: &Catalogue,
    form: &Form,
    error: Option<String>,
) -> Result<String, askama::Error> {
    page(parts, words, form, error, None)
}

/// The page with an answer.
pub(crate) fn answered(parts: &Parts, answer: &Answer<'_>, form: &Form) -> Result<String, askama::Error> {
    let (advice, words) = (&answer.advice, answer.catalogue);
    let signs = advice.signs.iter().enumerate().map(|(at, sign)| Sign {
        number: at + 1,
        passages: &sign.passages,
        more: sign.more.as_deref(),
        means: &sign.means,
        ask: sign.ask.as_deref(),
        lang: sign.language.as_str(),
    });
    let tone = match (advice.situation, advice.verdict) {
        (Situation::TooShort, _) => "short",
        (Situation::Held, _) | (Situation::Offer, Verdict::StrongSigns) => "strong",
        (Situation::Offer, Verdict::SomeSigns) => "some",
        (Situation::Offer, Verdict::NoKnownSigns) => "calm",
    };
    let result = Found {
        held: advice.situation == Situation::Held,
        tone,
        links_help: matches!(tone, "some" | "strong"),
        sentence: &advice.sentence,
        what_to_do: &advice.what_to_do,
        notes: &advice.notes,
        pieces: pieces(answer),
        offer_lang: answer.reading.facts.language.as_str(),
        signs: signs.collect(),
        before: &advice.before,
        there: &advice.there,
        groups: advice.help.iter().map(|found| group(words, advice.situation, found)).collect(),
    };
    page(parts, words, form, None, Some(result))
}

fn page(
    parts: &Parts,
    words: &Catalogue,
    form: &Form,
    error: Option<String>,
    result: Option<Found<'_>>,
) -> Result<String, askama::Error> {
    let language = words.language();
    let languages = parts.words.catalogues.languages().map(|known| Choice {
        value: known.language().to_string(),
        name: known.word("language-name"),
        dir: direction(known.language()),
        chosen: form.answer == Some(known.language()),
    });
    let mut known: Vec<Country> = parts
        .words
        .directory
        .entries()
        .iter()
        .flat_map(|entry| [entry.country, entry.nationals])
        .flatten()
        .collect();
    known.sort_unstable();
    known.dedup();
    let mut countries: Vec<Choice> = known
        .iter()
        .map(|country| Choice {
            value: country.to_string(),
            name: parts.engine.country_names().get(language, country).to_owned(),
            dir: "auto",
            chosen: form.country == Some(*country),
        })
        .collect();
    countries.sort_by(|a, b| a.name.cmp(&b.name));
    Page {
        words,
        lang: language.as_str(),
        dir: direction(language),
        translated: language != Language::ENGLISH,
        style: crate::shell::address("check.css"),
        languages: languages.collect(),
        countries,
        form,
        error,
        result,
    }
    .render()
}

fn direction(language: Language) -> &'static str {
    if language.is_right_to_left() { "rtl" } else { "ltr" }
}

/// The offer, cut wherever a passage begins or ends.
fn pieces<'a>(answer: &'a Answer<'_>) -> Vec<Piece<'a>> {
    let signs = answer.advice.signs.iter().enumerate();
    let marked: Vec<(usize, Span)> =
        signs.flat_map(|(at, sign)| sign.spans.iter().map(move |span| (at + 1, *span))).collect();
    let spans: Vec<Span> = marked.iter().map(|(_, span)| *span).collect();
    let pieces = cut(&answer.text, &spans).into_iter().map(|piece| {
        let mut ends: Vec<usize> = piece.ends.iter().map(|at| marked[*at].0).collect();
        ends.dedup();
        Piece { text: piece.text, marked: !piece.covers.is_empty(), ends }
    });
    pieces.collect()
}

fn group<'a>(words: &Catalogue, situation: Situation, group: &'a HelpGroup) -> Group<'a> {
    let place = words.word(&format!("help-{}", group.place.as_str()));
    let title = match &group.country {
        // Where somebody is held there is no offer that names the country.
        Some((_, name)) if situation == Situation::Held => name.clone(),
        Some((_, name)) => format!("{place}: {name}"),
        None => place,
    };
    let offices = group.entries.iter().map(|entry| office(words, entry)).collect();
    Group { title, none: group.none.as_deref(), offices }
}

fn office<'a>(words: &Catalogue, entry: &'a Entry) -> Office<'a> {
    Office {
        kind: words.word(&format!("help-kind-{}", entry.kind.as_str())),
        name: &entry.name,
        phone: entry.phone.as_deref().map(number),
        abroad: entry.abroad.as_deref().map(number),
        always: entry.always,
        web: entry.web.as_deref(),
        source: &entry.source,
        site: site(&entry.source),
        checked: words.say("help-checked", &[("date", &unbroken(&entry.checked.to_string()))]),
        dated: entry.dated.as_ref().map(|date| words.say("help-dated", &[("date", &unbroken(date))])),
    }
}

/// A date that no line breaks: with hyphens that hold together.
fn unbroken(date: &str) -> String {
    date.replace('-', "\u{2011}")
}

/// A number as it is shown and as it is dialled (RFC 3966).
fn number(shown: &str) -> Number<'_> {
    Number { shown, dialled: shown.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect() }
}

/// The name of the site of an address.
fn site(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_form() {
        let form = Form::read("text=vi%E1%BB%87c+nh%E1%BA%B9&answer=fr&country=VN&other=1".as_bytes());
        assert_eq!(form.text, "việc nhẹ");
        assert_eq!(form.answer.map(|language| language.to_string()).as_deref(), Some("fr"));
        assert_eq!(form.country.map(|country| country.to_string()).as_deref(), Some("VN"));
        assert_eq!(
            Form::read(b"answer=&country=&text=%ff%fe"),
            Form { text: "\u{fffd}\u{fffd}".into(), ..Form::default() }
        );
        assert_eq!(Form::read(b"\x00\xff&&&=="), Form::default());
    }

    #[test]
    fn names_the_site_of_an_address() {
        assert_eq!(site("https://www.a.example/b?c"), "a.example");
        assert_eq!(site("https://a.example"), "a.example");
    }
}
