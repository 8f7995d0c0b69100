//! Lists of numbers in a pack: typical wages by country.

use std::collections::BTreeMap;

use forewarn_model::{Country, Facts, Language, PlaceKind};

/// Typical monthly pay for ordinary service and office work, in US dollars.
#[derive(Debug, Default)]
pub(crate) struct Wages {
    pub by_country: BTreeMap<Country, f64>,
}

/// The countries in which a language is at home.
#[derive(Debug, Default)]
pub(crate) struct Homes {
    by_language: BTreeMap<Language, Home>,
}

/// Where a language is at home.
#[derive(Debug)]
struct Home {
    countries: Vec<Country>,
    /// The wage to measure by where a text tells nothing more, in US dollars a month.
    monthly_usd: Option<f64>,
}

/// A language with more homes than this does not tell where its reader lives.
const HOMES_TELLING_MAX: usize = 2;

impl Homes {
    /// The homes of languages, with the wages there.
    pub(crate) fn new(by_language: BTreeMap<Language, Vec<Country>>, wages: &Wages) -> Self {
        let home = |(language, countries): (_, Vec<Country>)| {
            let mut at_home = wages.of(&countries);
            at_home.sort_by(f64::total_cmp);
            let monthly_usd = match countries.len() {
                0..=HOMES_TELLING_MAX => at_home.last().copied(),
                _ => at_home.get(at_home.len() / 2).copied(),
            };
            (language, Home { countries, monthly_usd })
        };
        Self { by_language: by_language.into_iter().map(home).collect() }
    }

    /// The homes of the text's language; empty where it is not known.
    pub(crate) fn of(&self, facts: &Facts) -> &[Country] {
        self.home(facts).map_or(&[], |home| home.countries.as_slice())
    }

    fn home(&self, facts: &Facts) -> Option<&Home> {
        let exact = self.by_language.get(&facts.language);
        exact.or_else(|| self.by_language.get(&facts.language.primary().parse().ok()?))
    }
}

/// Whether a place says where something is, rather than who somebody is or what he speaks.
pub(crate) fn is_location(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Country | PlaceKind::City | PlaceKind::Zone)
}

/// The different countries of the places in a text, without peoples and languages; sorted.
pub(crate) fn located_countries(facts: &Facts) -> Vec<Country> {
    let mut found: Vec<Country> = facts
        .places
        .iter()
        .filter(|place| is_location(place.kind))
        .filter_map(|place| place.country)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

impl Wages {
    /// The wage that an offer must be measured by, in US dollars a month: the highest of the usual wages
    /// where the reader lives and where the work is. The reader's country is one that the text names and
    /// where its language is at home; else the only home of the language; else its homes in the middle. Where
    /// a hub is named, the work is there: other countries are on the way to it. None where nothing tells.
    pub(crate) fn norm(&self, facts: &Facts, homes: &Homes) -> Option<f64> {
        let at_home = homes.of(facts);
        let mut countries = located_countries(facts);
        let at_hub =
            |country: &Country| facts.places.iter().any(|place| place.hub && place.country == Some(*country));
        if countries.iter().any(at_hub) {
            countries.retain(|country| at_hub(country) || at_home.contains(country));
        }
        let mut wages = self.of(&countries);
        if !countries.iter().any(|country| at_home.contains(country)) {
            wages.extend(homes.home(facts).and_then(|home| home.monthly_usd));
        }
        wages.into_iter().reduce(f64::max)
    }

    fn of(&self, countries: &[Country]) -> Vec<f64> {
        countries.iter().filter_map(|country| self.by_country.get(country)).copied().collect()
    }
}
