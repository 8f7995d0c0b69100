//! Makes the compact gazetteer that the binary carries out of the sources in `gazetteers/`.
//!
//! Runs when a source changes (`cargo xtask gen`), never at start-up. It reads nothing itself: the caller
//! hands in the bytes of the files and writes down the result. Folding of names happens here, so that the
//! reader of the compact form has only to split lines.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use flate2::read::GzDecoder;
use forewarn_model::{Country, Region};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

use crate::chars::{CharTable, Script};
use crate::fold::Folded;

/// The files that the gazetteer is made of.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// `cldr/cldr_country_names.json`: language → country → name.
    pub cldr_country_names: &'a [u8],
    /// `geonames/cities15000.tsv.gz`.
    pub cities15000_gz: &'a [u8],
    /// `geonames/cities500_KH_MM_LA.tsv`.
    pub cities500: &'a str,
    /// `forewarn/short-names.tsv`.
    pub short_names: &'a str,
    /// `forewarn/ambiguous.tsv`.
    pub ambiguous: &'a str,
    /// `forewarn/peoples.tsv`.
    pub peoples: &'a str,
    /// `forewarn/hubs.tsv`.
    pub hubs: &'a str,
    /// `forewarn/areas.tsv`.
    pub areas: &'a str,
    /// `forewarn/regions.tsv`.
    pub regions: &'a str,
    /// `forewarn/shields.tsv`.
    pub shields: &'a str,
    /// `forewarn/stop-names.tsv`.
    pub stop_names: &'a str,
}

/// The compact form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiled {
    /// `compiled/places.tsv`: kind, country or region, latitude, longitude, inhabitants in thousands,
    /// English name, folded names.
    pub places: String,
    /// `compiled/country-names.tsv`: language, country, name.
    pub country_names: String,
}

/// A source that could not be read.
#[derive(Debug, Error)]
pub enum CompileError {
    /// The country names are not JSON of the expected shape.
    #[error("read cldr country names: {0}")]
    Cldr(#[from] serde_json::Error),
    /// The city list could not be decompressed.
    #[error("decompress cities15000.tsv.gz: {0}")]
    Gzip(#[from] std::io::Error),
    /// A line has too few columns.
    #[error("read {file}: expected {columns} columns in {line:?}")]
    Columns {
        /// The file.
        file: &'static str,
        /// How many columns it should have.
        columns: usize,
        /// The line.
        line: String,
    },
    /// A code that does not exist.
    #[error("read {file}: unknown code {code:?}")]
    Code {
        /// The file.
        file: &'static str,
        /// The code.
        code: String,
    },
}

/// Languages of CLDR whose names of countries are looked for in texts. Names in the others are only
/// written, since nobody has yet checked them against everyday words.
const MATCHED_LANGUAGES: &[&str] = &[
    "am", "ar", "bn", "de", "en", "es", "fil", "fr", "he", "hi", "id", "it", "ja", "kk", "km", "ko", "ky",
    "lo", "mn", "ms", "my", "ne", "nl", "pl", "pt", "ro", "ru", "si", "sw", "ta", "th", "tr", "uk", "ur",
    "uz", "vi", "zh", "zh-Hant",
];

/// Inhabitants from which a city is known abroad by other Latin names (Estambul, Mailand).
const EXONYM_INHABITANTS_MIN: u64 = 200_000;
/// Inhabitants from which a name of two ideographs or syllables counts without the word for "city".
const TWO_SIGN_INHABITANTS_MIN: u64 = 1_000_000;
/// How many places of one name are kept: the largest of each country.
const SAME_NAME_MAX: usize = 4;

/// Makes the compact form.
pub fn compile(sources: &Sources<'_>) -> Result<Compiled, CompileError> {
    let cldr: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_slice(sources.cldr_country_names)?;
    let mut taken = BTreeSet::new();
    let mut out = String::new();
    shields(sources, &mut out, &mut taken)?;
    regions(sources, &mut out, &mut taken)?;
    hubs(sources, &mut out, &mut taken)?;
    countries(sources, &cldr, &mut out, &mut taken)?;
    peoples(sources, &mut out, &mut taken)?;
    let mut large = String::new();
    GzDecoder::new(sources.cities15000_gz).read_to_string(&mut large)?;
    let all = read_cities(&large, sources.cities500)?;
    areas(sources, &all, &mut out, &mut taken)?;
    cities(sources, all, &mut out, &taken)?;
    Ok(Compiled { places: out, country_names: country_names(&cldr) })
}

/// The lines of a table of ours, split into columns.
fn rows<'a>(
    file: &'static str,
    text: &'a str,
    columns: usize,
) -> impl Iterator<Item = Result<Vec<&'a str>, CompileError>> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(move |line| {
        let row: Vec<&str> = line.split('\t').collect();
        match row.len() == columns {
            true => Ok(row),
            false => Err(CompileError::Columns { file, columns, line: line.to_owned() }),
        }
    })
}

fn country(file: &'static str, code: &str) -> Result<Country, CompileError> {
    code.parse().map_err(|_| CompileError::Code { file, code: code.to_owned() })
}

/// A name with its marks: those before it, the folded name, and a star after it.
struct Marked {
    marks: String,
    name: String,
    star: bool,
}

impl Marked {
    fn read(text: &str) -> Self {
        let name = text.trim_start_matches(['^', '?', '~']);
        let marks = text[..text.len() - name.len()].to_owned();
        let (name, star) = match name.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (name, false),
        };
        Self { marks, name: stem(fold(name)), star }
    }

    fn write(&self, out: &mut Vec<String>) {
        let star = if self.star { "*" } else { "" };
        out.push(format!("{}{}{star}", self.marks, self.name));
        let plain = strip_accents(&self.name);
        if plain != self.name && plain.chars().count() >= 5 {
            out.push(format!("{}{plain}{star}", self.marks));
        }
    }
}

/// Names as the compact form has them: folded, with and without accents, each once, without those taken.
fn names<'a>(list: impl IntoIterator<Item = &'a str>, taken: &mut BTreeSet<String>) -> String {
    let mut written = Vec::new();
    for text in list {
        let marked = Marked::read(text);
        if !marked.name.is_empty() {
            marked.write(&mut written);
        }
    }
    written.retain(|name| taken.insert(name.trim_matches(['^', '?', '~', '*']).to_owned()));
    written.join("|")
}

fn line(out: &mut String, columns: [&str; 6], names: &str) {
    if !names.is_empty() {
        out.push_str(&columns.join("\t"));
        out.push('\t');
        out.push_str(names);
        out.push('\n');
    }
}

fn shields(
    sources: &Sources<'_>,
    out: &mut String,
    taken: &mut BTreeSet<String>,
) -> Result<(), CompileError> {
    for row in rows("shields.tsv", sources.shields, 1) {
        line(out, ["s", "", "", "", "", ""], &names(row?[0].split('|'), taken));
    }
    Ok(())
}

fn regions(
    sources: &Sources<'_>,
    out: &mut String,
    taken: &mut BTreeSet<String>,
) -> Result<(), CompileError> {
    for row in rows("regions.tsv", sources.regions, 2) {
        let row = row?;
        let code = row[0];
        let region: Region =
            code.parse().map_err(|_| CompileError::Code { file: "regions.tsv", code: code.to_owned() })?;
        line(out, ["r", code, "", "", "", region.english()], &names(row[1].split('|'), taken));
    }
    Ok(())
}

fn hubs(sources: &Sources<'_>, out: &mut String, taken: &mut BTreeSet<String>) -> Result<(), CompileError> {
    for row in rows("hubs.tsv", sources.hubs, 6) {
        let row = row?;
        country("hubs.tsv", row[0])?;
        line(out, ["z", row[0], row[2], row[3], "", row[1]], &names(row[5].split('|'), taken));
    }
    Ok(())
}

/// Provinces and well-known towns. A row of several places takes their positions from the city list.
fn areas(
    sources: &Sources<'_>,
    cities: &BTreeMap<&str, City<'_>>,
    out: &mut String,
    taken: &mut BTreeSet<String>,
) -> Result<(), CompileError> {
    let mut by_name: BTreeMap<(&str, &str), &City<'_>> = BTreeMap::new();
    for city in cities.values() {
        for name in &city.names {
            let known = by_name.entry((city.code, name)).or_insert(city);
            if known.inhabitants < city.inhabitants {
                *known = city;
            }
        }
    }
    for row in rows("areas.tsv", sources.areas, 5) {
        let row = row?;
        country("areas.tsv", row[0])?;
        if row[1] != "-" {
            line(out, ["a", row[0], row[2], row[3], "", row[1]], &names(row[4].split('|'), taken));
            continue;
        }
        let mut unknown = Vec::new();
        let mut known: BTreeMap<(&str, String, String), Vec<&str>> = BTreeMap::new();
        for text in row[4].split('|') {
            let bare = fold(text.trim_start_matches(['^', '?', '~']).trim_end_matches('*'));
            match by_name.get(&(row[0], bare.as_str())) {
                Some(city) => {
                    let position = (format!("{:.3}", city.latitude), format!("{:.3}", city.longitude));
                    known.entry((city.english, position.0, position.1)).or_default().push(text);
                }
                None => unknown.push(text),
            }
        }
        for ((english, latitude, longitude), list) in known {
            line(out, ["a", row[0], &latitude, &longitude, "", english], &names(list, taken));
        }
        line(out, ["a", row[0], "", "", "", ""], &names(unknown, taken));
    }
    Ok(())
}

fn peoples(
    sources: &Sources<'_>,
    out: &mut String,
    taken: &mut BTreeSet<String>,
) -> Result<(), CompileError> {
    let mut by_country: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in rows("peoples.tsv", sources.peoples, 3) {
        let row = row?;
        country("peoples.tsv", row[0])?;
        by_country.entry(row[0]).or_default().extend(row[2].split('|'));
    }
    for (code, list) in by_country {
        line(out, ["p", code, "", "", "", ""], &names(list, taken));
    }
    Ok(())
}

fn countries(
    sources: &Sources<'_>,
    cldr: &BTreeMap<String, BTreeMap<String, String>>,
    out: &mut String,
    taken: &mut BTreeSet<String>,
) -> Result<(), CompileError> {
    let mut marks: BTreeMap<String, &str> = BTreeMap::new();
    for row in rows("ambiguous.tsv", sources.ambiguous, 2) {
        let row = row?;
        for name in row[1].split('|') {
            marks.insert(fold(name), row[0]);
        }
    }
    let mut by_country: BTreeMap<Country, Vec<String>> = BTreeMap::new();
    for row in rows("short-names.tsv", sources.short_names, 3) {
        let row = row?;
        let code = country("short-names.tsv", row[0])?;
        by_country.entry(code).or_default().extend(row[2].split('|').map(str::to_owned));
    }
    for language in MATCHED_LANGUAGES {
        for (key, name) in cldr.get(*language).into_iter().flatten() {
            let (code, variant) = key.split_once('-').unwrap_or((key, ""));
            let Ok(code) = code.parse::<Country>() else { continue };
            // The long names of these two name China as well.
            let long = matches!(code.as_str(), "HK" | "MO") && variant != "alt-short";
            if !long {
                let names = parts(code, name).into_iter();
                // German writes every noun with a capital; without one the word is of another language.
                let mark = if *language == "de" { "^" } else { "" };
                by_country.entry(code).or_default().extend(names.map(|name| format!("{mark}{name}")));
            }
        }
    }
    for (code, list) in &by_country {
        let marked = list.iter().filter_map(|name| {
            let folded = Marked::read(name).name;
            match marks.get(&folded).copied() {
                Some("!") => None,
                Some(mark) => Some(format!("{mark}{folded}")),
                None if is_short(&folded) && !name.starts_with(['^', '?', '~']) => Some(format!("^{name}")),
                None => Some(name.clone()),
            }
        });
        let marked = merge_marks(marked);
        let english = cldr.get("en").and_then(|names| english_name(names, code.as_str()));
        let names = names(marked.iter().map(String::as_str), taken);
        line(out, ["c", code.as_str(), "", "", "", english.unwrap_or(code.as_str())], &names);
    }
    Ok(())
}

/// Each name once, with the marks of all its mentions: two languages may write it alike, and one of them
/// knows why it needs care.
fn merge_marks(list: impl Iterator<Item = String>) -> Vec<String> {
    let mut merged: Vec<(String, String)> = Vec::new();
    for name in list {
        let bare = name.trim_start_matches(['^', '?', '~']);
        let marks = &name[..name.len() - bare.len()];
        let folded = fold(bare);
        match merged.iter_mut().find(|known| known.1 == folded) {
            Some(known) => {
                for mark in marks.chars().filter(|&mark| !known.0.contains(mark)).collect::<Vec<_>>() {
                    known.0.push(mark);
                }
            }
            None => merged.push((marks.to_owned(), folded)),
        }
    }
    merged.into_iter().map(|(marks, name)| marks + &name).collect()
}

/// The usual English name: the short form where CLDR has one.
fn english_name<'a>(names: &'a BTreeMap<String, String>, code: &str) -> Option<&'a str> {
    match code {
        "MM" => Some("Myanmar"),
        "HK" => Some("Hong Kong"),
        "MO" => Some("Macao"),
        "PS" => Some("Palestine"),
        _ => names.get(code).map(String::as_str),
    }
}

/// A name without what it has in brackets, and of Myanmar's also that: the older name. In other names the
/// brackets hold a word such as "republic".
fn parts(code: Country, name: &str) -> Vec<String> {
    let Some((before, rest)) = name.split_once(['(', '（']) else { return vec![name.to_owned()] };
    let older = if code.as_str() == "MM" { rest.trim_end_matches([')', '）', ' ']) } else { "" };
    [before, older].map(|part| part.trim().to_owned()).into_iter().filter(|part| !part.is_empty()).collect()
}

/// Whether a name in a cased script is so short that it needs a capital to count.
fn is_short(folded: &str) -> bool {
    let table = CharTable::get();
    folded.chars().next().is_some_and(|c| table.script(c).has_case()) && folded.chars().count() <= 4
}

struct City<'a> {
    code: &'a str,
    latitude: f64,
    longitude: f64,
    inhabitants: u64,
    english: &'a str,
    names: BTreeSet<String>,
}

/// Names of the city list that are other words as well, with what they need.
fn stops<'a>(sources: &Sources<'a>) -> Result<BTreeMap<String, &'a str>, CompileError> {
    let mut stops: BTreeMap<String, &str> = BTreeMap::new();
    for row in rows("stop-names.tsv", sources.stop_names, 2) {
        let row = row?;
        for name in row[1].split('|') {
            stops.entry(fold(name)).or_insert(row[0]);
        }
    }
    Ok(stops)
}

/// The cities by their ids, with every name that may be kept.
fn read_cities<'a>(large: &'a str, small: &'a str) -> Result<BTreeMap<&'a str, City<'a>>, CompileError> {
    let mut all: BTreeMap<&str, City<'_>> = BTreeMap::new();
    for (file, text) in [("cities15000.tsv", large), ("cities500.tsv", small)] {
        for row in rows(file, text, 8).skip(1) {
            let row = row?;
            if country(file, row[2]).is_err() || row[2] == "XK" {
                continue;
            }
            let number = |column: &str| column.parse::<f64>().unwrap_or(0.0);
            let mut city = City {
                code: row[2],
                latitude: number(row[4]),
                longitude: number(row[5]),
                inhabitants: row[6].parse().unwrap_or(0),
                english: row[1],
                names: BTreeSet::new(),
            };
            add_names(&mut city, row[1], row[7]);
            all.insert(row[0], city);
        }
    }
    Ok(all)
}

fn cities(
    sources: &Sources<'_>,
    mut all: BTreeMap<&str, City<'_>>,
    out: &mut String,
    taken: &BTreeSet<String>,
) -> Result<(), CompileError> {
    let stops = stops(sources)?;
    for city in all.values_mut() {
        let names = std::mem::take(&mut city.names).into_iter();
        let names = names.filter(|name| stops.get(name).copied() != Some("never"));
        city.names = names.map(stem).filter(|name| !taken.contains(name)).collect();
    }
    // Of the places of one name, the largest in each country, and not too many countries.
    let mut by_name: BTreeMap<&str, Vec<(&str, u64, &str)>> = BTreeMap::new();
    for (id, city) in &all {
        for name in &city.names {
            by_name.entry(name).or_default().push((city.code, city.inhabitants, id));
        }
    }
    let mut kept: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, mut places) in by_name {
        places.sort_by(|a, b| b.1.cmp(&a.1).then(a.2.cmp(b.2)));
        let mut codes = BTreeSet::new();
        places.retain(|place| codes.insert(place.0));
        for place in places.iter().take(SAME_NAME_MAX) {
            kept.entry(place.2).or_default().push(name);
        }
    }
    for (id, names) in kept {
        let Some(city) = all.get(id) else { continue };
        let names: Vec<String> = names
            .into_iter()
            .map(|name| match stops.get(name).copied() {
                Some(_) => format!("?{name}"),
                None => name.to_owned(),
            })
            .collect();
        let position = [format!("{:.3}", city.latitude), format!("{:.3}", city.longitude)];
        let inhabitants = (city.inhabitants / 1000).to_string();
        line(out, ["t", city.code, &position[0], &position[1], &inhabitants, city.english], &names.join("|"));
    }
    Ok(())
}

fn add_names(city: &mut City<'_>, name: &str, alternates: &str) {
    let table = CharTable::get();
    let plain = fold(name);
    if plain.chars().count() >= 4 {
        city.names.insert(strip_accents(&plain));
        city.names.insert(plain);
    }
    for alternate in alternates.split('|') {
        let Some(first) = alternate.chars().find(|&c| table.is_word(c)) else { continue };
        let script = table.script(first);
        let folded = fold(alternate);
        if folded.contains([',', '(', ')', '\'', '"', '/', '.']) || folded.chars().any(|c| c.is_ascii_digit())
        {
            continue;
        }
        let signs = folded.chars().count();
        let big = city.inhabitants >= TWO_SIGN_INHABITANTS_MIN;
        let keep = match script {
            Script::Latin => city.inhabitants >= EXONYM_INHABITANTS_MIN && signs >= 5 && is_proper(alternate),
            Script::Han | Script::Hangul => signs > 2 || (signs == 2 && big),
            // Names in hiragana look like endings of verbs.
            Script::Kana => signs >= 3 && folded.chars().all(|c| !matches!(c as u32, 0x3041..=0x309F)),
            Script::Thai | Script::Lao | Script::Khmer | Script::Myanmar => signs >= 5,
            Script::Cyrillic
            | Script::Arabic
            | Script::Hebrew
            | Script::Devanagari
            | Script::Bengali
            | Script::Tamil
            | Script::Sinhala
            | Script::Ethiopic => signs >= 4,
            _ => false,
        };
        if keep {
            city.names.insert(folded);
        } else if signs == 2 && matches!(script, Script::Han | Script::Hangul) {
            let city_word = if script == Script::Han { '市' } else { '시' };
            city.names.insert(format!("{folded}{city_word}"));
        }
    }
}

/// Whether every word starts with a capital and has only letters: the list also holds codes and
/// transliterations without capitals.
fn is_proper(name: &str) -> bool {
    name.split([' ', '-']).all(|word| {
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.all(char::is_lowercase)
    })
}

fn country_names(cldr: &BTreeMap<String, BTreeMap<String, String>>) -> String {
    let mut out = String::new();
    for (language, names) in cldr {
        for code in Country::all() {
            let short = names
                .get(&format!("{code}-alt-short"))
                .filter(|_| matches!(code.as_str(), "HK" | "MO" | "MM" | "PS"));
            let name = short.or_else(|| names.get(code.as_str()));
            if let Some(name) = name {
                let name = match code.as_str() {
                    "MM" => name.split(['(', '（']).next().unwrap_or(name).trim(),
                    _ => name,
                };
                out.push_str(&format!("{language}\t{code}\t{name}\n"));
            }
        }
    }
    out
}

/// The part of a name that keeps still when an ending replaces its own: `gazetteer` has the endings.
fn stem(mut folded: String) -> String {
    const ENDINGS: &[(Script, &[char], usize)] = &[
        (Script::Cyrillic, &['а', 'я', 'ь', 'й', 'ы'], 5),
        (Script::Tamil, &['\u{BC1}', '\u{BCD}'], 5),
        (Script::Sinhala, &['ය', 'ව'], 6),
    ];
    let table = CharTable::get();
    let Some(last) = folded.chars().next_back() else { return folded };
    let first = folded.chars().next().map_or(Script::Common, |c| table.script(c));
    let signs = folded.chars().take_while(|&c| table.is_word(c)).count();
    if ENDINGS
        .iter()
        .any(|&(script, endings, min)| script == first && endings.contains(&last) && signs >= min)
    {
        folded.pop();
    }
    folded
}

fn fold(name: &str) -> String {
    Folded::new(name).text().to_owned()
}

/// The name without the accents of Latin letters; other scripts stay as they are.
fn strip_accents(folded: &str) -> String {
    let table = CharTable::get();
    folded
        .chars()
        .flat_map(|c| match c {
            'đ' => vec!['d'],
            'ł' => vec!['l'],
            'ø' => vec!['o'],
            'ı' => vec!['i'],
            'æ' => vec!['a', 'e'],
            'ß' => vec!['s', 's'],
            c if table.script(c) == Script::Latin => std::iter::once(c).nfd().take(1).collect(),
            c => vec![c],
        })
        .collect()
}
