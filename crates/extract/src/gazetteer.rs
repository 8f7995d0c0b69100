//! The gazetteer: names of countries, peoples, towns, zones and regions, and the search for them.
//!
//! The compact form that `compile` makes is embedded and indexed at start-up. This room finds names and
//! knows nothing of what stands around them; `places` decides which finds count.

use std::sync::{Arc, OnceLock};

use forewarn_model::{Country, CountryNames, Language, Region};
use thiserror::Error;

mod endings;
mod index;
mod text;

use crate::chars::{CharTable, Script};
use crate::fold::Folded;
use crate::scan::{EXACT, PREFIX, Scan, Word, hash, hash_at};
use endings::{INFLECTED_BYTES_MIN, JOINED_BEFORE, LATIN_ENDINGS, is_ending};
use index::{Index, prefix_signs};
use text::{breaks_cluster, end_of_word, ends_word, is_katakana, nth_end, prefix_end};

/// A gazetteer that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read gazetteer line {line}: {what}")]
pub struct GazetteerError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: &'static str,
}

/// A place that public reports name as a seat of scam centres, or as a crossing to them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hub {
    /// Its usual English name.
    pub name: &'static str,
    /// The country that it lies in.
    pub country: Country,
    /// Latitude and longitude in degrees (WGS 84).
    pub position: (f32, f32),
}

/// Names of places, ready for search.
pub struct Gazetteer {
    rows: Vec<&'static str>,
    names: Vec<Name>,
    index: Index,
    country_names: OnceLock<CountryNames>,
}

/// What a row of the gazetteer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowKind {
    Country,
    People,
    /// A town of the city list.
    Town,
    /// A province, island or well-known town of our own table.
    Area,
    /// A seat of scam centres.
    Zone,
    Region,
    /// A phrase that hides the name in it.
    Shield,
}

/// A row, read when it is needed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) kind: RowKind,
    pub(crate) country: Option<Country>,
    pub(crate) region: Option<Region>,
    /// As it stands in the table, since few rows are asked for it.
    latitude: &'static str,
    longitude: &'static str,
    pub(crate) inhabitants: u64,
    /// Empty where several places share the row.
    pub(crate) english: &'static str,
}

impl Row {
    /// A country as such.
    pub(crate) fn of_country(country: Country) -> Self {
        Self {
            kind: RowKind::Country,
            country: Some(country),
            region: None,
            latitude: "",
            longitude: "",
            inhabitants: 0,
            english: "",
        }
    }

    /// Latitude and longitude in degrees (WGS 84).
    pub(crate) fn position(&self) -> Option<(f32, f32)> {
        self.latitude.parse().ok().zip(self.longitude.parse().ok())
    }
}

/// A name in the gazetteer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    text: &'static str,
    pub(crate) row: u32,
    marks: u8,
}

impl Name {
    const CAPITAL: u8 = 1;
    const SUPPORT: u8 = 2;
    const LANGUAGE: u8 = 4;
    const STAR: u8 = 8;

    fn has(self, mark: u8) -> bool {
        self.marks & mark != 0
    }

    /// It counts only with a capital.
    pub(crate) fn needs_capital(self) -> bool {
        self.has(Self::CAPITAL | Self::SUPPORT)
    }

    /// It counts only with support in the text.
    pub(crate) fn needs_support(self) -> bool {
        self.has(Self::SUPPORT)
    }

    /// It is the name of a language as well.
    pub(crate) fn is_language(self) -> bool {
        self.has(Self::LANGUAGE)
    }
}

/// A find: the names that match at one place of the folded text, all of the same length.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    /// Bytes of the folded text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The first of them; most finds have no second.
    pub(crate) name: Name,
    pub(crate) others: Vec<Name>,
}

const PLACES: &str = include_str!("../../../gazetteers/compiled/places.tsv");
const COUNTRY_NAMES: &str = include_str!("../../../gazetteers/compiled/country-names.tsv");

impl Gazetteer {
    /// The gazetteer that is built in: read once, and shared by all who ask.
    pub fn builtin() -> Result<Arc<Self>, GazetteerError> {
        static ONE: OnceLock<Result<Arc<Gazetteer>, GazetteerError>> = OnceLock::new();
        ONE.get_or_init(|| Self::read(PLACES).map(Arc::new)).clone()
    }

    fn read(text: &'static str) -> Result<Self, GazetteerError> {
        let mut rows = Vec::with_capacity(text.len() / 64);
        let mut names = Vec::with_capacity(text.len() / 20);
        for (number, line) in text.lines().enumerate() {
            let error = |what| GazetteerError { line: number + 1, what };
            let tab = memchr::memrchr(b'\t', line.as_bytes()).ok_or_else(|| error("no tab"))?;
            let row = u32::try_from(rows.len()).map_err(|_| error("too many rows"))?;
            rows.push(&line[..tab]);
            for name in line[tab + 1..].split('|') {
                names.push(read_name(name, row).ok_or_else(|| error("an empty name"))?);
            }
        }
        let index = Index::new(&names);
        Ok(Self { rows, names, index, country_names: OnceLock::new() })
    }

    /// Names of countries in 47 languages (CLDR 48).
    pub fn country_names(&self) -> &CountryNames {
        self.country_names.get_or_init(|| {
            let mut names = CountryNames::default();
            for line in COUNTRY_NAMES.lines() {
                let mut columns = line.splitn(3, '\t');
                if let (Some(language), Some(country), Some(name)) =
                    (columns.next(), columns.next(), columns.next())
                    && let (Ok(language), Ok(country)) = (language.parse(), country.parse())
                {
                    names.insert(language, country, name.to_owned());
                }
            }
            names
        })
    }

    /// The seats of scam centres and the crossings to them, as the gazetteer lists them.
    pub fn hubs(&self) -> Vec<Hub> {
        let rows = self.rows.iter().filter(|row| row.starts_with('z')).map(|row| read_row(row));
        rows.filter_map(|row| {
            Some(Hub { name: row.english, country: row.country?, position: row.position()? })
        })
        .collect()
    }

    /// Where a place of `country` lies: latitude and longitude in degrees (WGS 84). `name` is any of its
    /// names, or a list of places of which the first known one counts ("Maribor/Ljubljana", "A, B").
    pub fn hub_position(&self, country: Country, name: &str) -> Option<(f32, f32)> {
        let folded = Folded::new(name);
        let listed = folded.text().split([',', '/', ';', '(', ')', '&']);
        listed.map(str::trim).find_map(|part| {
            let rows = self.find(part, &Scan::new(part, 0), Language::UNKNOWN).into_iter().flat_map(|hit| {
                let whole = hit.end - hit.start;
                std::iter::once(hit.name).chain(hit.others).map(move |name| (whole, self.row(name)))
            });
            rows.filter(|(_, row)| row.country == Some(country))
                .filter_map(|(len, row)| Some((row.position()?, len)))
                .max_by_key(|found| found.1)
                .map(|found| found.0)
        })
    }

    /// The row of a name.
    pub(crate) fn row(&self, name: Name) -> Row {
        self.rows.get(name.row as usize).map_or_else(|| read_row(""), |row| read_row(row))
    }

    /// Every name in a folded text: leftmost, then longest, without overlaps. `language` decides which
    /// endings a word in Latin letters may have.
    pub(crate) fn find(&self, text: &str, scan: &Scan, language: Language) -> Vec<Hit> {
        let endings =
            LATIN_ENDINGS.iter().find(|row| row.0 == language.as_str()).map_or(&[][..], |row| row.1);
        let mut hits: Vec<Hit> = Vec::new();
        // The end of the last find.
        let mut covered = 0;
        for word in &scan.words {
            if word.end <= covered {
                continue;
            }
            if !word.script.is_unspaced() {
                if word.start >= covered
                    && let Some(hit) = self.match_word(text, word, endings)
                {
                    covered = hit.end;
                    hits.push(hit);
                }
                continue;
            }
            let mut before = ' ';
            for (offset, c) in text[word.start..word.end].char_indices() {
                let at = word.start + offset;
                let joined = is_katakana(c) && is_katakana(before);
                before = c;
                if at >= covered
                    && !joined
                    && let Some(hit) = self.match_unspaced(text, at)
                {
                    covered = hit.end;
                    hits.push(hit);
                }
            }
        }
        hits
    }

    fn match_unspaced(&self, text: &str, at: usize) -> Option<Hit> {
        let rest = &text[at..];
        let mut best = Best::default();
        for signs in [3, 2] {
            if let Some(end) = nth_end(rest, signs) {
                self.candidates(hash(&rest[..end], PREFIX), |name| {
                    if rest.starts_with(name.text) {
                        let end = at + name.text.len();
                        if !breaks_cluster(text, end) {
                            best.offer(at, end, end, name);
                        }
                    }
                });
            }
        }
        best.hit
    }

    fn match_word(&self, text: &str, word: &Word, endings: &[(&str, &str)]) -> Option<Hit> {
        let mut best = Best::default();
        let Word { start, end, hash: whole, script, .. } = *word;
        let letters = &text[start..end];
        self.match_forms(text, start, start, letters, whole, script, &mut best);
        if script == Script::Latin {
            if best.hit.is_none() && letters.len() >= INFLECTED_BYTES_MIN {
                self.match_inflected(start, letters, endings, &mut best);
            }
            return best.hit;
        }
        if !matches!(script, Script::Arabic | Script::Ethiopic | Script::Hebrew) {
            return best.hit;
        }
        // Articles and prepositions that are written together with the word.
        for &(with, prefix) in JOINED_BEFORE {
            if with == script
                && best.hit.is_none()
                && let Some(rest) = letters.strip_prefix(prefix)
            {
                let whole = hash(rest, EXACT);
                self.match_forms(text, start, start + prefix.len(), rest, whole, script, &mut best);
            }
        }
        best.hit
    }

    /// A single word whose name has another ending.
    fn match_inflected(&self, at: usize, word: &str, endings: &[(&str, &str)], best: &mut Best) {
        for &(ending, instead) in endings {
            let Some(stem) = word.strip_suffix(ending) else { continue };
            let mut offer = |name: Name| {
                if name.text.strip_suffix(instead) == Some(stem) {
                    best.offer(at, at + word.len(), at + word.len(), name);
                }
            };
            match instead {
                "" => self.candidates(hash(stem, EXACT), &mut offer),
                _ => self.candidates(hash(&format!("{stem}{instead}"), EXACT), &mut offer),
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one step of match_word, which holds them all")]
    fn match_forms(
        &self,
        text: &str,
        at: usize,
        from: usize,
        word: &str,
        whole: u32,
        script: Script,
        best: &mut Best,
    ) {
        let rest = &text[from..];
        let table = CharTable::get();
        self.candidates(whole, |name| {
            if rest.starts_with(name.text) && ends_word(table, text, from + name.text.len()) {
                let end = from + name.text.len();
                best.offer(at, end, end, name);
            }
        });
        let Some(end) = prefix_end(word, prefix_signs(script)) else { return };
        self.candidates(hash_at(text.as_bytes(), from, from + end, PREFIX), |name| {
            if !rest.starts_with(name.text) {
                return;
            }
            let end = from + name.text.len();
            let tail_end = end_of_word(table, text, end);
            let tail = &text[end..tail_end];
            if tail.is_empty() || name.has(Name::STAR) || is_ending(script, name.text, tail) {
                best.offer(at, end, tail_end, name);
            }
        });
    }

    fn candidates(&self, hash: u32, mut offer: impl FnMut(Name)) {
        for &at in self.index.bucket(hash) {
            offer(self.names[at as usize]);
        }
    }
}

/// The longest find so far.
#[derive(Default)]
struct Best {
    hit: Option<Hit>,
    matched: usize,
}

impl Best {
    /// `matched` is the end of the name itself, `end` that of the word with its ending.
    fn offer(&mut self, start: usize, matched: usize, end: usize, name: Name) {
        match &mut self.hit {
            Some(_) if matched < self.matched => {}
            Some(hit) if matched == self.matched => {
                // The same spelling: a country before a people before a town, as the rows are ordered.
                if name.row < hit.name.row {
                    hit.others.push(hit.name);
                    hit.name = name;
                } else if name.row != hit.name.row {
                    hit.others.push(name);
                }
            }
            hit => {
                *hit = Some(Hit { start, end, name, others: Vec::new() });
                self.matched = matched;
            }
        }
    }
}

fn read_name(text: &'static str, row: u32) -> Option<Name> {
    let mut marks = 0;
    let mut name = text;
    loop {
        let mark = match name.as_bytes().first() {
            Some(b'^') => Name::CAPITAL,
            Some(b'?') => Name::SUPPORT,
            Some(b'~') => Name::LANGUAGE,
            _ => break,
        };
        marks |= mark;
        name = &name[1..];
    }
    if let Some(stem) = name.strip_suffix('*') {
        marks |= Name::STAR;
        name = stem;
    }
    (!name.is_empty()).then_some(Name { text: name, row, marks })
}

fn read_row(line: &'static str) -> Row {
    let mut columns = line.split('\t');
    let mut next = || columns.next().unwrap_or_default();
    let (kind, code, latitude, longitude, thousands, english) =
        (next(), next(), next(), next(), next(), next());
    let kind = match kind {
        "c" => RowKind::Country,
        "p" => RowKind::People,
        "t" => RowKind::Town,
        "a" => RowKind::Area,
        "z" => RowKind::Zone,
        "r" => RowKind::Region,
        _ => RowKind::Shield,
    };
    Row {
        kind,
        country: if kind == RowKind::Region { None } else { code.parse().ok() },
        region: if kind == RowKind::Region { code.parse().ok() } else { None },
        latitude,
        longitude,
        inhabitants: thousands.parse::<u64>().unwrap_or(0) * 1000,
        english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> Arc<Gazetteer> {
        Gazetteer::builtin().unwrap()
    }

    /// What is found in a folded text: the words, and the country or region.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<(String, String)> = gazetteer()
            .find(text, &Scan::new(text, 0), Language::UNKNOWN)
            .iter()
            .map(|hit| {
                let row = gazetteer().row(hit.name);
                let code = row.country.map(|c| c.to_string()).or(row.region.map(|r| r.to_string()));
                (text[hit.start..hit.end].to_owned(), code.unwrap_or_default())
            })
            .collect();
        let expected: Vec<(String, String)> =
            expected.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn finds_the_longest_name() {
        check("jobs in cambodia and south korea", &[("cambodia", "KH"), ("south korea", "KR")]);
        check("new mexico", &[("new mexico", "US")]);
        check("papua new guinea", &[("papua new guinea", "PG")]);
    }

    #[test]
    fn keeps_to_words_where_there_are_spaces() {
        check("thailandx xthailand", &[]);
        check("thailand's", &[("thailand", "TH")]);
    }

    #[test]
    fn finds_names_inside_text_without_spaces() {
        check("从昆明去缅甸妙瓦底工作", &[("昆明", "CN"), ("缅甸", "MM"), ("妙瓦底", "MM")]);
        check("ทำงานที่กัมพูชา", &[("กัมพูชา", "KH")]);
        check("ヌタイ、タイヌ", &[]);
        check("タイの会社", &[("タイ", "TH")]);
    }

    #[test]
    fn finds_names_with_endings_and_articles() {
        check("в камбодже и таиланде", &[("камбодже", "KH"), ("таиланде", "TH")]);
        check("لاوسको", &[]);
        check("लाओसको क्यासिनो", &[("लाओसको", "LA")]);
        check("캄보디아에서 태국으로", &[("캄보디아에서", "KH"), ("태국으로", "TH")]);
        check("بالدوحة والمغرب", &[("بالدوحة", "QA"), ("والمغرب", "MA")]);
        check("በዱባይ", &[("በዱባይ", "AE")]);
        check("দুবাইতে", &[("দুবাইতে", "AE")]);
        check("தாய்லாந்தில்", &[("தாய்லாந்தில்", "TH")]);
    }

    #[test]
    fn every_country_has_a_name_to_find_and_to_write() {
        let built_in = gazetteer();
        let names = built_in.country_names();
        for country in Country::all() {
            assert!(
                gazetteer().rows.iter().any(|row| row.starts_with(&format!("c\t{country}\t"))),
                "{country}"
            );
            for language in ["en", "fr", "es", "ar"] {
                let language: Language = language.parse().unwrap();
                assert!(names.get(language, &country).len() > 2, "{country} {language}");
            }
        }
    }

    #[test]
    fn knows_the_hubs() {
        let hubs = gazetteer().hubs();
        assert!(hubs.iter().any(|hub| hub.name == "KK Park" && hub.country.as_str() == "MM"));
        assert!(hubs.len() > 30);
    }

    #[test]
    fn knows_where_places_lie() {
        let position = |code: &str, name: &str| gazetteer().hub_position(code.parse().unwrap(), name);
        assert_eq!(position("MM", "KK Park"), position("MM", "kk园区"));
        assert!(position("MM", "Myawaddy (KK Park)").is_some());
        assert!(position("SI", "Maribor/Ljubljana").is_some());
        assert!(position("KH", "Sihanoukville, Poipet").is_some_and(|at| (at.0 - 10.6).abs() < 0.1));
        assert_eq!(position("TH", "Sihanoukville"), None);
        assert_eq!(position("KH", ""), None);
    }

    #[test]
    fn refuses_a_broken_file() {
        assert!(Gazetteer::read("no tab here").is_err());
        assert!(Gazetteer::read("c\tKH\t\t\t\tCambodia\t").is_err());
    }
}
