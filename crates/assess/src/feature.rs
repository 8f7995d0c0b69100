//! What the model sees of a text: red flags, pairs of them, structure, signs of a regular employer, wording.
//!
//! Every feature is present or absent and carries the words that show it; signs of a regular employer and
//! n-grams count less, each, the more there are of them. The tables here are the model's vocabulary; what
//! each weighs is learned.

use std::sync::LazyLock;

use forewarn_model::{Country, Facts, Indicator, IndicatorName, ObservableKind, Place, PlaceKind, Span};

use crate::sign::{FULL_MAX, Signs};
use crate::wording::Grams;

/// Red flags that mean more together than apart: each alone is common in honest offers (a ticket, a beginner's
/// post, a chat desk), together they are what public advisories describe (`packs/core` names the sources).
pub(crate) const PAIRS: &[(&str, &str)] = &[
    ("overseas_offer", "no_experience"),
    ("overseas_offer", "salary_above_norm"),
    ("overseas_offer", "typing_or_chat_work"),
    ("overseas_offer", "crypto_or_gaming"),
    ("overseas_offer", "vague_employer"),
    ("overseas_offer", "debt_or_deposit"),
    ("hub_location", "overseas_offer"),
    ("hub_location", "salary_above_norm"),
    ("hub_location", "vague_employer"),
    ("hub_location", "typing_or_chat_work"),
    ("salary_above_norm", "no_experience"),
    ("salary_above_norm", "free_housing"),
    ("salary_above_norm", "typing_or_chat_work"),
    ("free_travel", "typing_or_chat_work"),
    ("free_housing", "typing_or_chat_work"),
    ("free_housing", "passport_handover"),
    ("messaging_app_contact", "vague_employer"),
    ("urgent", "vague_employer"),
];

/// What a property of the whole text rests on; none if the text does not have it.
pub(crate) type Property = fn(&Whole<'_>) -> Option<Vec<Span>>;

/// Properties of the whole text, by name.
pub(crate) const STRUCTURE: &[(&str, Property)] = &[
    ("no_web_or_mail", no_web_or_mail),
    ("hub_and_other_country", hub_and_other_country),
    ("hub_country_from_abroad", hub_country_from_abroad),
    ("three_countries", three_countries),
    ("pay_in_foreign_dollars", pay_in_foreign_dollars),
    ("crypto_address", crypto_address),
    ("flags_without_regular_signs", flags_without_regular_signs),
];

/// A text as its properties see it.
pub(crate) struct Whole<'a> {
    facts: &'a Facts,
    /// The countries that it names, each once.
    countries: &'a [Country],
    /// How many different red flags it has.
    flags: usize,
    signs: &'a [Vec<Span>],
    /// Whether there are phrases in its language.
    signs_known: bool,
}

/// The features of one text.
pub(crate) struct Features<'a> {
    /// Red flags with their passages, sorted by name.
    pub(crate) indicators: Vec<(&'a IndicatorName, Vec<Span>)>,
    /// Places in [`PAIRS`]; the passages are those of the two.
    pub(crate) pairs: Vec<usize>,
    /// Places in [`STRUCTURE`].
    pub(crate) structure: Vec<(usize, Vec<Span>)>,
    /// Places in the names of the signs.
    pub(crate) signs: Vec<(usize, Vec<Span>)>,
    /// What each sign counts: one, or less where there are many.
    pub(crate) sign_unit: f64,
    /// The wording.
    pub(crate) grams: Grams,
}

impl<'a> Features<'a> {
    pub(crate) fn of(facts: &Facts, indicators: &'a [Indicator], signs: &Signs, hash_bits: u32) -> Self {
        let indicators = by_name(indicators);
        let paired: u32 = indicators.iter().map(|(name, _)| paired_bit(name.as_str())).sum();
        let has = |at: &usize| paired & PAIR_BITS[*at] == PAIR_BITS[*at];
        let pairs = (0..PAIRS.len()).filter(has).collect();
        let mut finder = signs.finder(facts);
        let grams = Grams::of(facts, hash_bits, |at| finder.at(at));
        let signs_known = signs.know(facts);
        let signs = finder.found();
        let countries = facts.countries();
        let whole =
            Whole { facts, countries: &countries, flags: indicators.len(), signs: &signs, signs_known };
        let structure = STRUCTURE
            .iter()
            .enumerate()
            .filter_map(|(at, (_, property))| Some((at, property(&whole)?)))
            .collect();
        let signs: Vec<(usize, Vec<Span>)> =
            signs.into_iter().enumerate().filter(|(_, spans)| !spans.is_empty()).collect();
        let sign_unit = FULL_MAX as f64 / signs.len().max(FULL_MAX) as f64;
        Self { indicators, pairs, structure, signs, sign_unit, grams }
    }

    /// The passages of both red flags of a pair.
    pub(crate) fn pair_spans(&self, pair: usize) -> Vec<Span> {
        let (a, b) = PAIRS[pair];
        let of = self.indicators.iter().filter(|(name, _)| name.as_str() == a || name.as_str() == b);
        let mut all: Vec<Span> = of.flat_map(|(_, spans)| spans.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Indicators with their passages, each name once, sorted.
fn by_name(indicators: &[Indicator]) -> Vec<(&IndicatorName, Vec<Span>)> {
    let mut all: Vec<(&IndicatorName, Vec<Span>)> = Vec::new();
    for Indicator { name, span, .. } in indicators {
        let at = all.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            all.push((name, Vec::new()));
            all.len() - 1
        });
        if !span.is_empty() {
            all[at].1.push(*span);
        }
    }
    all.sort_unstable_by_key(|(name, _)| *name);
    all
}

/// The red flags that [`PAIRS`] names.
const PAIRED: [&str; 13] = [
    "crypto_or_gaming",
    "debt_or_deposit",
    "free_housing",
    "free_travel",
    "hub_location",
    "messaging_app_contact",
    "no_experience",
    "overseas_offer",
    "passport_handover",
    "salary_above_norm",
    "typing_or_chat_work",
    "urgent",
    "vague_employer",
];

/// One bit for each of [`PAIRED`]; none for another name.
fn paired_bit(name: &str) -> u32 {
    PAIRED.iter().position(|known| *known == name).map_or(0, |at| 1 << at)
}

/// The two bits of every pair.
static PAIR_BITS: LazyLock<Vec<u32>> =
    LazyLock::new(|| PAIRS.iter().map(|(a, b)| paired_bit(a) | paired_bit(b)).collect());

/// The name of a pair.
pub(crate) fn pair_name((a, b): (&str, &str)) -> String {
    format!("{a}+{b}")
}

/// What a text does not say speaks against it only where it says something: from so many bytes of folded UTF-8
/// (some ten words of English, twenty letters of Chinese).
const TELLING_BYTES_MIN: usize = 60;

fn says_something(whole: &Whole<'_>) -> bool {
    whole.facts.normalized.as_str().trim().len() >= TELLING_BYTES_MIN
}

fn no_web_or_mail(whole: &Whole<'_>) -> Option<Vec<Span>> {
    use ObservableKind::{Domain, Email, Url};
    let on_the_web = |kind: ObservableKind| matches!(kind, Domain | Email | Url);
    (says_something(whole) && !whole.facts.observables.iter().any(|o| on_the_web(o.kind))).then(Vec::new)
}

fn hub_and_other_country(whole: &Whole<'_>) -> Option<Vec<Span>> {
    let hubs: Vec<_> = whole.facts.places.iter().filter(|place| place.hub).collect();
    let elsewhere = whole.countries.iter().any(|c| hubs.iter().all(|hub| hub.country != Some(*c)));
    (!hubs.is_empty() && elsewhere).then(|| hubs.iter().map(|hub| hub.span).collect())
}

/// The countries around the Mekong that public reports name most as places of scam centres, each with the
/// language that its own people are hired in (UN OHCHR, 2023).
const HUB_COUNTRIES: [(&str, &str); 3] = [("KH", "km"), ("LA", "lo"), ("MM", "my")];

fn hub_country_from_abroad(whole: &Whole<'_>) -> Option<Vec<Span>> {
    let language = whole.facts.language.primary();
    let hub = |place: &&Place| {
        let named = matches!(place.kind, PlaceKind::Country | PlaceKind::City | PlaceKind::Zone);
        let code = place.country.as_ref().map_or("", |country| country.as_str());
        named && HUB_COUNTRIES.iter().any(|&(country, own)| code == country && language != own)
    };
    let spans: Vec<Span> = whole.facts.places.iter().filter(hub).map(|place| place.span).collect();
    (!spans.is_empty()).then_some(spans)
}

fn three_countries(whole: &Whole<'_>) -> Option<Vec<Span>> {
    let named = whole.facts.places.iter().filter(|place| place.kind != PlaceKind::Region);
    (whole.countries.len() >= 3).then(|| named.map(|place| place.span).collect())
}

/// Where wages are ordinarily named in US dollars (their official or usual currency), which makes them no sign.
const DOLLAR_COUNTRIES: &[&str] = &["EC", "GU", "KH", "PA", "PR", "SV", "TL", "US"];

fn pay_in_foreign_dollars(whole: &Whole<'_>) -> Option<Vec<Span>> {
    let at_home = whole.countries.iter().any(|c| DOLLAR_COUNTRIES.contains(&c.as_str()));
    let dollars = whole.facts.money.iter().filter(|money| money.currency.as_str().starts_with("USD"));
    let spans: Vec<Span> = dollars.map(|money| money.span).collect();
    (!at_home && !spans.is_empty()).then_some(spans)
}

fn crypto_address(whole: &Whole<'_>) -> Option<Vec<Span>> {
    let crypto = |kind: ObservableKind| matches!(kind, ObservableKind::Crypto(_));
    let spans: Vec<Span> =
        whole.facts.observables.iter().filter(|o| crypto(o.kind)).map(|o| o.span).collect();
    (!spans.is_empty()).then_some(spans)
}

/// Absence alone proves nothing: it takes two different red flags, in a language whose signs we know.
fn flags_without_regular_signs(whole: &Whole<'_>) -> Option<Vec<Span>> {
    let holds = says_something(whole)
        && whole.flags >= 2
        && whole.signs_known
        && whole.signs.iter().all(Vec::is_empty);
    holds.then(Vec::new)
}

#[cfg(test)]
pub(crate) mod tests {
    use forewarn_model::Language;

    use super::*;

    /// Facts of a text that only the plain fold has read.
    pub(crate) fn facts(text: &str) -> Facts {
        Facts {
            language: Language::ENGLISH,
            other_languages: Vec::new(),
            normalized: forewarn_rules::fold(text),
            observables: Vec::new(),
            places: Vec::new(),
            money: Vec::new(),
        }
    }

    pub(crate) fn indicator(name: &str, start: u32, end: u32) -> Indicator {
        let name = IndicatorName::new(name).unwrap();
        Indicator { name, span: Span::new(start, end), pattern: String::new() }
    }

    fn check(text: &str, indicators: &[Indicator], expected: &[&str]) {
        let signs = Signs::builtin().unwrap();
        let features = Features::of(&facts(text), indicators, &signs, 12);
        let mut found: Vec<String> = features.indicators.iter().map(|(name, _)| name.to_string()).collect();
        found.extend(features.pairs.iter().map(|at| pair_name(PAIRS[*at])));
        found.extend(features.structure.iter().map(|(at, _)| STRUCTURE[*at].0.to_owned()));
        found.extend(features.signs.iter().map(|(at, _)| signs.names()[*at].clone()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn sees_flags_pairs_structure_and_signs() {
        // What is too short to say much is not held against it for what it leaves out.
        let long =
            |text: &str| format!("{text}. We sort mail in the back of the shop from morning until noon.");
        check("", &[], &[]);
        check("fly", &[indicator("a", 0, 1), indicator("b", 0, 1)], &["a", "b"]);
        check(
            &long("fly"),
            &[indicator("a", 0, 1), indicator("b", 0, 1)],
            &["a", "b", "no_web_or_mail", "flags_without_regular_signs"],
        );
        check(
            &long("fly, no fee"),
            &[indicator("overseas_offer", 0, 3), indicator("no_experience", 0, 0)],
            &["no_experience", "overseas_offer", "overseas_offer+no_experience", "no_web_or_mail", "no_fee"],
        );
    }

    #[test]
    fn keeps_the_words_of_both_flags_of_a_pair() {
        let signs = Signs::builtin().unwrap();
        let flags = [indicator("no_experience", 4, 6), indicator("overseas_offer", 0, 3)];
        let features = Features::of(&facts("fly no matter"), &flags, &signs, 12);
        assert_eq!(features.pairs, [0]);
        assert_eq!(features.pair_spans(0), [Span::new(0, 3), Span::new(4, 6)]);
    }

    #[test]
    fn every_paired_flag_has_its_bit() {
        assert!(PAIR_BITS.iter().all(|bits| bits.count_ones() == 2), "{PAIR_BITS:?}");
    }
}
