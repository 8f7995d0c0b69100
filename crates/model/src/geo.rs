//! Countries (ISO 3166-1), regions (UN M49) and places named in a text.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::language::Language;
use crate::text::Span;

/// A country code that is not assigned.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read country {0:?}: expected an ISO 3166-1 alpha-2 code in capitals, such as KH")]
pub struct CountryError(pub String);

/// A region code that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read region {0:?}: expected a UN M49 code of three digits, such as 011 for Western Africa")]
pub struct RegionError(pub String);

/// A country or territory: an assigned ISO 3166-1 alpha-2 code, or XK (Kosovo, user-assigned).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// A geographic region of the UN M49 standard: a continent or one of its parts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(u16);

/// A region, the continent that it belongs to (itself for a continent), its English name, its countries.
type RegionRow = (u16, u16, &'static str, &'static str);

/// UN M49 (Statistics Division, series M no. 49): regions and the alpha-2 codes of their members. Taiwan,
/// which M49 does not list apart, stands with Eastern Asia; Kosovo with Southern Europe.
const REGIONS: &[RegionRow] = &[
    (2, 2, "Africa", ""),
    (19, 19, "Americas", ""),
    (142, 142, "Asia", ""),
    (150, 150, "Europe", ""),
    (9, 9, "Oceania", ""),
    (10, 10, "Antarctica", "AQ"),
    (15, 2, "Northern Africa", "DZ EG EH LY MA SD TN"),
    (11, 2, "Western Africa", "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG"),
    (17, 2, "Middle Africa", "AO CD CF CG CM GA GQ ST TD"),
    (14, 2, "Eastern Africa", "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW"),
    (18, 2, "Southern Africa", "BW LS NA SZ ZA"),
    (21, 19, "Northern America", "BM CA GL PM US"),
    (13, 19, "Central America", "BZ CR GT HN MX NI PA SV"),
    (
        29,
        19,
        "Caribbean",
        "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
    ),
    (5, 19, "South America", "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE"),
    (143, 142, "Central Asia", "KG KZ TJ TM UZ"),
    (30, 142, "Eastern Asia", "CN HK JP KP KR MN MO TW"),
    (35, 142, "South-eastern Asia", "BN ID KH LA MM MY PH SG TH TL VN"),
    (34, 142, "Southern Asia", "AF BD BT IN IR LK MV NP PK"),
    (145, 142, "Western Asia", "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE"),
    (151, 150, "Eastern Europe", "BG BY CZ HU MD PL RO RU SK UA"),
    (154, 150, "Northern Europe", "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ"),
    (39, 150, "Southern Europe", "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK"),
    (155, 150, "Western Europe", "AT BE CH DE FR LI LU MC NL"),
    (53, 9, "Australia and New Zealand", "AU CC CX HM NF NZ"),
    (54, 9, "Melanesia", "FJ NC PG SB VU"),
    (57, 9, "Micronesia", "FM GU KI MH MP NR PW UM"),
    (61, 9, "Polynesia", "AS CK NU PF PN TK TO TV WF WS"),
];

fn region_row(code: u16) -> Option<&'static RegionRow> {
    REGIONS.iter().find(|row| row.0 == code)
}

impl Country {
    /// The code, two capitals.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// The part of a continent that it lies in, such as South-eastern Asia.
    pub fn region(self) -> Region {
        let row = REGIONS.iter().find(|row| row.3.split(' ').any(|code| code == self.as_str()));
        Region(row.map_or(10, |row| row.0))
    }

    /// Every country, in order of code.
    pub fn all() -> Vec<Self> {
        let codes = REGIONS.iter().flat_map(|row| row.3.split(' '));
        let mut all: Vec<Self> = codes.filter_map(|code| code.parse().ok()).collect();
        all.sort_unstable();
        all
    }
}

impl Region {
    /// The continent that it belongs to; a continent belongs to itself.
    pub fn continent(self) -> Self {
        Self(region_row(self.0).map_or(self.0, |row| row.1))
    }

    /// Its English name, as M49 writes it.
    pub fn english(self) -> &'static str {
        region_row(self.0).map_or("", |row| row.2)
    }

    /// Whether a country lies in it (in any of its parts, for a continent).
    pub fn contains(self, country: Country) -> bool {
        country.region() == self || country.region().continent() == self
    }

    /// Every region, continents first.
    pub fn all() -> impl Iterator<Item = Self> {
        REGIONS.iter().map(|row| Self(row.0))
    }
}

impl FromStr for Country {
    type Err = CountryError;

    fn from_str(text: &str) -> Result<Self, CountryError> {
        let error = || CountryError(text.to_owned());
        let code = <[u8; 2]>::try_from(text.as_bytes()).map_err(|_| error())?;
        let known = code.iter().all(u8::is_ascii_uppercase)
            && REGIONS
                .iter()
                .any(|row| row.3.as_bytes().chunks(3).any(|known| known[..2.min(known.len())] == code));
        if known { Ok(Self(code)) } else { Err(error()) }
    }
}

impl FromStr for Region {
    type Err = RegionError;

    fn from_str(text: &str) -> Result<Self, RegionError> {
        let error = || RegionError(text.to_owned());
        if text.len() != 3 {
            return Err(error());
        }
        let code = text.parse().map_err(|_| error())?;
        region_row(code).map(|row| Self(row.0)).ok_or_else(error)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03} {}", self.0, self.english())
    }
}

/// What kind of place a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A country, by its name or its flag.
    Country,
    /// A country, by the name of its people or its language.
    People,
    /// A town or city.
    City,
    /// A named zone, compound or border area known from public reports on scam centres.
    Zone,
    /// A region of several countries: "West Africa".
    Region,
}

impl PlaceKind {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::People => "people",
            Self::City => "city",
            Self::Zone => "zone",
            Self::Region => "region",
        }
    }
}

/// A place that a text names.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Where the text names it.
    pub span: Span,
    /// What kind of place.
    pub kind: PlaceKind,
    /// Its usual English name: "Sihanoukville", "Cambodia", "Western Africa".
    pub name: String,
    /// The country that it is or lies in; none for a region, which names no country.
    pub country: Option<Country>,
    /// The region, where the text names one.
    pub region: Option<Region>,
    /// Latitude and longitude in degrees (WGS 84), for towns and zones.
    pub position: Option<(f32, f32)>,
    /// Whether public reports name it as a place of scam centres (a hub town, zone or border crossing).
    pub hub: bool,
}

/// Names of countries in several languages, as the gazetteer gives them; handed to the stages that write
/// for people.
#[derive(Debug, Clone, Default)]
pub struct CountryNames(std::collections::BTreeMap<(Language, Country), String>);

impl CountryNames {
    /// Adds or replaces a name.
    pub fn insert(&mut self, language: Language, country: Country, name: String) {
        self.0.insert((language, country), name);
    }

    /// The name in a language; else in English; else the code.
    pub fn get<'a>(&'a self, language: Language, country: &'a Country) -> &'a str {
        self.0
            .get(&(language, *country))
            .or_else(|| self.0.get(&(Language::ENGLISH, *country)))
            .map_or(country.as_str(), String::as_str)
    }

    /// The country with this name in any language, whatever its case; or with this code.
    pub fn find(&self, name: &str) -> Option<Country> {
        let name = name.trim().to_lowercase();
        let named = || self.0.iter().find(|(_, known)| known.to_lowercase() == name).map(|((_, of), _)| *of);
        name.to_uppercase().parse().ok().or_else(named)
    }

    /// The languages that it has at least one name in.
    pub fn languages(&self) -> Vec<Language> {
        let mut all: Vec<Language> = self.0.keys().map(|(language, _)| *language).collect();
        all.dedup();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_every_country_once() {
        let all = Country::all();
        assert_eq!(all.len(), 250, "249 assigned codes and XK");
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]));
        for country in all {
            assert_eq!(country.as_str().parse(), Ok(country));
            assert!(country.region().contains(country));
            assert!(country.region().continent().contains(country));
        }
    }

    #[test]
    fn refuses_what_is_no_country() {
        for text in ["", "K", "kh", "UK", "ZZ", "KHM", "EU", "A ", " A", "é"] {
            assert!(text.parse::<Country>().is_err(), "{text}");
        }
    }

    #[test]
    fn knows_the_regions_of_the_trend() {
        let region = |code: &str| code.parse::<Country>().map(|c| c.region().english()).unwrap();
        assert_eq!(region("KH"), "South-eastern Asia");
        assert_eq!(region("NG"), "Western Africa");
        assert_eq!(region("PW"), "Micronesia");
        assert_eq!("011".parse::<Region>().map(|r| r.to_string()), Ok("011".to_owned()));
        assert!("999".parse::<Region>().is_err() && "11".parse::<Region>().is_err());
    }
}
