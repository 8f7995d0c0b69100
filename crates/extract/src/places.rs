//! Which of the names that the gazetteer finds count as places, and of which country.
//!
//! A name counts for itself, or for what stands around it: a capital inside a sentence, a word of place
//! before it, its country named elsewhere, the language of the text. Precision comes first: a town whose
//! name is a common word does not count alone.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use forewarn_model::{Country, Language, Place, PlaceKind, Span};

mod words;

use crate::chars::CharTable;
use crate::fold::Folded;
use crate::gazetteer::{Gazetteer, Hit, Name, Row, RowKind};
use crate::scan::Scan;
use words::{HOMES, LANGUAGE_CUES, LANGUAGE_WORDS, PEOPLE_CUES, PLACE_WORDS, THINGS};

/// Inhabitants from which a town counts without support from the text.
const INHABITANTS_ALONE_MIN: u64 = 500_000;
/// Inhabitants from which it counts even at the start of a sentence, or in a script without capitals.
const INHABITANTS_KNOWN_MIN: u64 = 1_500_000;
/// Inhabitants from which a town counts in a text in the language of its country.
const INHABITANTS_HOME_MIN: u64 = 50_000;
/// How far around a name a word about languages is looked for, in characters.
const LANGUAGE_WINDOW_CHARS: usize = 24;

/// The longest of `PLACE_WORDS`.
const PLACE_WORD_CHARS_MAX: usize = 8;

/// One search for all of them; the list is fixed, so that building cannot fail.
static CUES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(LANGUAGE_CUES).ok());

/// The countries that a text in this language is likely read in.
pub(crate) fn homes(language: Language) -> &'static [Country] {
    static TABLE: LazyLock<Vec<(Language, Vec<Country>)>> = LazyLock::new(|| {
        let countries = |codes: &[&str]| codes.iter().filter_map(|code| code.parse().ok()).collect();
        HOMES.iter().filter_map(|row| Some((row.0.parse().ok()?, countries(row.1)))).collect()
    });
    TABLE.iter().find(|row| row.0 == language).map_or(&[], |row| &row.1)
}

/// Finds the places of a text.
pub(crate) fn find(
    gazetteer: &Gazetteer,
    folded: &Folded<'_>,
    scan: &Scan,
    language: Language,
) -> Vec<Place> {
    let hits = gazetteer.find(folded.text(), scan, language);
    let mut finds: Vec<Find> = hits.iter().map(|hit| Find::new(gazetteer, folded, hit)).collect();
    if !scan.is_ascii {
        finds.extend(flags(folded.text()));
        finds.sort_by_key(|find| find.start);
    }
    let context = Context::new(folded, language, &finds);
    let languages = context.languages(&finds);
    let mut places: Vec<Place> = Vec::new();
    for (at, find) in finds.iter().enumerate() {
        let neighbours = [at.checked_sub(1).and_then(|at| finds.get(at)), finds.get(at + 1)];
        if !languages[at]
            && let Some(row) = context.choose(find, neighbours)
        {
            places.push(place(folded, find, row));
        }
    }
    places
}

/// A find with what can be said of it alone.
struct Find {
    start: usize,
    end: usize,
    span: Span,
    /// The names and their rows; the first decides the kind.
    rows: Vec<(Option<Name>, Row)>,
    /// Its letters have capitals, and the first is one.
    capital: bool,
    has_case: bool,
}

impl Find {
    fn new(gazetteer: &Gazetteer, folded: &Folded<'_>, hit: &Hit) -> Self {
        let span = folded.span(hit.start, hit.end);
        let original = folded.original(span);
        let first = original.chars().find(|c| c.is_alphabetic());
        let has_case = first.is_some_and(|c| CharTable::get().script(c).has_case());
        let names = std::iter::once(&hit.name).chain(&hit.others);
        Self {
            start: hit.start,
            end: hit.end,
            span,
            rows: names.map(|&name| (Some(name), gazetteer.row(name))).collect(),
            capital: has_case && is_capitalised(original),
            has_case,
        }
    }

    fn kind(&self) -> RowKind {
        self.rows.first().map_or(RowKind::Shield, |row| row.1.kind)
    }

    fn name_has(&self, mark: impl Fn(Name) -> bool) -> bool {
        self.rows.first().and_then(|row| row.0).is_some_and(mark)
    }

    /// Names a country or region by itself, whatever stands around it.
    fn is_plain(&self) -> bool {
        !matches!(self.kind(), RowKind::Town | RowKind::Shield)
            && !self.name_has(|name| name.needs_support() || name.is_language())
            && (self.capital || !self.has_case || !self.name_has(Name::needs_capital))
    }
}

/// Whether every longer word starts with a capital.
fn is_capitalised(original: &str) -> bool {
    let mut words = original.split_whitespace().filter(|word| word.chars().count() > 3).peekable();
    let first = original.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    match words.peek() {
        // "US", "UK" and "AS" are names, "Us" and "As" are words.
        None if original.len() == 2 => original.bytes().all(|byte| byte.is_ascii_uppercase()),
        None => first,
        Some(_) => words.all(|word| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)),
    }
}

/// What the rest of a text says about a find.
struct Context<'a> {
    folded: &'a Folded<'a>,
    german: bool,
    homes: &'static [Country],
    /// Countries that the text names beyond doubt.
    named: Vec<Country>,
}

impl<'a> Context<'a> {
    fn new(folded: &'a Folded<'a>, language: Language, finds: &[Find]) -> Self {
        let plain = finds.iter().filter(|find| find.is_plain());
        let mut named: Vec<Country> = plain.filter_map(|find| find.rows.first()?.1.country).collect();
        named.sort_unstable();
        named.dedup();
        Self { folded, german: language.as_str() == "de", homes: homes(language), named }
    }

    /// Which finds are names of languages: a word about languages stands near, or one right before, or they
    /// go on with a list of languages.
    fn languages(&self, finds: &[Find]) -> Vec<bool> {
        let mut found: Vec<bool> = Vec::with_capacity(finds.len());
        for (at, find) in finds.iter().enumerate() {
            let may_be = matches!(find.kind(), RowKind::People | RowKind::Country);
            let named = find.name_has(Name::is_language);
            let listed = at.checked_sub(1).is_some_and(|before| {
                let gap = self.folded.text().get(finds[before].end..find.start);
                found[before] && gap.is_some_and(|gap| is_list_gap(gap) && !gap.is_empty())
            });
            let words = &self.folded.text()[find.start..find.end];
            let shield =
                find.kind() == RowKind::Shield && LANGUAGE_WORDS.iter().any(|w| words.starts_with(w));
            let direct = may_be && self.follows_language_word(find);
            found.push(shield || (may_be && (direct || listed || (named && self.is_language(find)))));
        }
        found
    }

    /// "Bahasa Korea", "tiếng Nhật": the name after such a word is a language, whatever it is elsewhere.
    fn follows_language_word(&self, find: &Find) -> bool {
        let before = self.folded.text()[..find.start].trim_end_matches(' ');
        LANGUAGE_WORDS.iter().any(|word| before.ends_with(word))
    }

    /// "Thai curry", "Brazil nuts": things are called after places that they need not come from.
    fn names_a_thing(&self, find: &Find) -> bool {
        let after = self.folded.text()[find.end..].strip_prefix(' ').unwrap_or_default();
        let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        THINGS.contains(&&after[..end])
    }

    /// The row that a find stands for; none if it does not count.
    fn choose(&self, find: &Find, neighbours: [Option<&Find>; 2]) -> Option<Row> {
        match find.kind() {
            RowKind::Shield => None,
            // "US$", "HK$": a currency.
            _ if self.folded.text()[find.end..].starts_with('$') => None,
            RowKind::Town => self.choose_town(find),
            RowKind::People | RowKind::Country if self.names_a_thing(find) => None,
            _ if find.is_plain() => find.rows.first().map(|row| row.1),
            _ => {
                let row = find.rows.first().map(|row| row.1)?;
                let capital = find.capital || !find.has_case || !find.name_has(Name::needs_capital);
                let supported = !find.name_has(Name::needs_support)
                    || (!self.has_rival(row)
                        && (self.is_supported(row, find, neighbours) || self.follows_place_word(find)));
                (capital && supported).then_some(row)
            }
        }
    }

    /// Whether the country is named elsewhere, or the find stands in a list of places.
    fn is_supported(&self, row: Row, find: &Find, neighbours: [Option<&Find>; 2]) -> bool {
        let named =
            row.country.is_some_and(|country| self.named.contains(&country) || self.homes.contains(&country));
        let listed = neighbours.into_iter().flatten().any(|other| {
            let gap = match other.start < find.start {
                true => self.folded.text().get(other.end..find.start),
                false => self.folded.text().get(find.end..other.start),
            };
            let same_country = other.rows.iter().any(|other| other.1.country == row.country);
            gap.is_some_and(is_list_gap)
                && (same_country || (other.is_plain() && other.kind() == find.kind()))
        });
        named || listed
    }

    /// Georgia in a text on the United States is the state.
    fn has_rival(&self, row: Row) -> bool {
        let is = |code: &str, countries: &[Country]| countries.iter().any(|country| country.as_str() == code);
        row.kind == RowKind::Country
            && row.country.is_some_and(|country| is("GE", &[country]))
            && is("US", &self.named)
            && !is("GE", &self.named)
    }

    fn choose_town(&self, find: &Find) -> Option<Row> {
        let capital = find.capital || !find.has_case;
        let inside = !find.has_case || self.is_inside_sentence(find);
        let needs_support = find.name_has(Name::needs_support);
        let signs = find.span.len();
        let mut best: Option<(u8, u64, Row)> = None;
        for &(_, row) in &find.rows {
            let Some(country) = row.country else { continue };
            let named = self.named.contains(&country);
            let home = self.homes.contains(&country);
            let alone = row.inhabitants >= INHABITANTS_ALONE_MIN && signs >= 5 && find.has_case;
            let known = row.inhabitants >= INHABITANTS_KNOWN_MIN;
            let home_min = if self.german { INHABITANTS_ALONE_MIN } else { INHABITANTS_HOME_MIN };
            let counts = match needs_support {
                true => named && inside,
                false => {
                    named
                        || (home && row.inhabitants >= home_min && signs >= 4 && inside)
                        || (alone && inside)
                        || known
                }
            };
            if capital && counts {
                let rank = u8::from(named) * 2 + u8::from(home);
                if best.as_ref().is_none_or(|best| (rank, row.inhabitants) > (best.0, best.1)) {
                    best = Some((rank, row.inhabitants, row));
                }
            }
        }
        best.map(|best| best.2)
    }

    /// Whether the words before a find belong to the same sentence, so that its capital is its own.
    fn is_inside_sentence(&self, find: &Find) -> bool {
        let before = self.folded.text()[..find.start].trim_end_matches([' ', '"', '“', '«', '(']);
        let last = before.chars().next_back();
        last.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '/' | '&' | ')' | ':' | '–' | '-'))
            && !self.folded.text()[before.len()..find.start].contains('\n')
    }

    /// Whether a word of place stands before a find, with or without an article between.
    fn follows_place_word(&self, find: &Find) -> bool {
        let before = &self.folded.text()[..find.start];
        let (rest, last) = last_word(before);
        let last = if last == "the" { last_word(rest).1 } else { last };
        PLACE_WORDS.contains(&last)
    }

    fn is_language(&self, find: &Find) -> bool {
        let text = self.folded.text();
        let mut back = text[..find.start].char_indices().rev().take(LANGUAGE_WINDOW_CHARS);
        let from = back.by_ref().last().map_or(find.start, |(at, _)| at);
        let mut ahead = text[find.end..].char_indices().skip(LANGUAGE_WINDOW_CHARS);
        let to = ahead.next().map_or(text.len(), |(at, _)| find.end + at);
        let before = text[from..find.start].rsplit(['.', '\n', '!']).next().unwrap_or_default();
        let after = text[find.end..to].split(['.', '\n', '!']).next().unwrap_or_default();
        let next = after.trim_start().split(' ').next().unwrap_or_default();
        if PEOPLE_CUES.iter().any(|cue| next.starts_with(cue)) {
            return false;
        }
        CUES.as_ref().is_some_and(|cues| cues.is_match(before) || cues.is_match(after))
    }
}

/// The last word of a text, if it is no longer than a word of place, and what comes before it.
fn last_word(text: &str) -> (&str, &str) {
    let text = text.trim_end_matches(' ');
    let word = text.chars().rev().take(PLACE_WORD_CHARS_MAX + 1).take_while(|c| c.is_alphabetic());
    text.split_at(text.len() - word.map(char::len_utf8).sum::<usize>())
}

/// Whether what stands between two names is only what joins the members of a list.
fn is_list_gap(gap: &str) -> bool {
    let gap = gap.trim();
    gap.len() <= 4
        && matches!(
            gap,
            "," | "/"
                | "and"
                | "or"
                | "&"
                | ", or"
                | "y"
                | "e"
                | "et"
                | "ou"
                | "и"
                | "dan"
                | "or,"
                | "،"
                | "و"
                | "、"
                | "na"
                | "at"
                | "และ"
                | "και"
                | "und"
                | "și"
                | "ve"
                | "và"
        )
}

/// Flags: pairs of regional indicators (Unicode, UTS 51). A run in which some pair is no country spells
/// something else.
fn flags(text: &str) -> Vec<Find> {
    const FIRST: u32 = 0x1F1E6;
    let mut found = Vec::new();
    // All regional indicators start with the same three bytes.
    let finder = memchr::memmem::Finder::new("\u{1F1E6}".as_bytes().get(..3).unwrap_or_default());
    let mut covered = 0;
    for at in finder.find_iter(text.as_bytes()) {
        if at < covered || !text.is_char_boundary(at) {
            continue;
        }
        let run: Vec<char> =
            text[at..].chars().take_while(|c| (FIRST..FIRST + 26).contains(&(*c as u32))).collect();
        covered = at + 4 * run.len();
        let countries: Option<Vec<Country>> = run
            .chunks(2)
            .map(|pair| {
                let code: String =
                    pair.iter().map(|&c| char::from(b'A' + (c as u32 - FIRST) as u8)).collect();
                code.parse().ok()
            })
            .collect();
        for (number, country) in countries.into_iter().flatten().enumerate() {
            found.push((at + 8 * number, country));
        }
    }
    let flag = |(start, country)| Find {
        start,
        end: start + 8,
        span: Span::new(0, 0),
        rows: vec![(None, Row::of_country(country))],
        capital: false,
        has_case: false,
    };
    found.into_iter().map(flag).collect()
}

fn place(folded: &Folded<'_>, find: &Find, row: Row) -> Place {
    let span = folded.span(find.start, find.end);
    let name = match (row.english, row.country) {
        ("", Some(country)) if find.rows.first().is_some_and(|row| row.0.is_none()) => country.to_string(),
        ("", _) => folded.original(span).to_owned(),
        (english, _) => english.to_owned(),
    };
    let kind = match row.kind {
        RowKind::Country | RowKind::Shield => PlaceKind::Country,
        RowKind::People => PlaceKind::People,
        RowKind::Town | RowKind::Area => PlaceKind::City,
        RowKind::Zone => PlaceKind::Zone,
        RowKind::Region => PlaceKind::Region,
    };
    Place {
        span,
        kind,
        name,
        country: row.country,
        region: row.region,
        position: row.position(),
        hub: row.kind == RowKind::Zone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of a text as "words kind code", with `hub` for a seat of scam centres.
    fn read(text: &str, language: &str) -> Vec<String> {
        let gazetteer = Gazetteer::builtin().unwrap();
        let folded = Folded::new(text);
        find(&gazetteer, &folded, &Scan::new(folded.text(), 0), language.parse().unwrap())
            .iter()
            .map(|place| {
                let country = place.country.map(|country| country.to_string());
                let code = country.or(place.region.map(|region| region.to_string())).unwrap_or_default();
                let hub = if place.hub { " hub" } else { "" };
                format!("{} {} {code}{hub}", place.span.slice(text), place.kind.as_str())
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, language: &str, expected: &[&str]) {
        assert_eq!(read(text, language), expected, "{text:?}");
    }

    #[test]
    fn names_countries_peoples_towns_zones_and_regions() {
        check(
            "47 Malaysians from West Africa were taken from Bangkok to KK Park in Myanmar",
            "en",
            &[
                "Malaysians people MY",
                "West Africa region 011",
                "Bangkok city TH",
                "KK Park zone MM hub",
                "Myanmar country MM",
            ],
        );
        check(
            "🇰🇪 Kenya 🇺🇬 🇬🇭🇹🇭",
            "en",
            &["🇰🇪 country KE", "Kenya country KE", "🇺🇬 country UG", "🇬🇭 country GH", "🇹🇭 country TH"],
        );
        check("🇹🇬🇲", "en", &[]);
        check("🇹🇪", "en", &[]);
    }

    #[test]
    fn georgia_is_a_country_unless_the_text_is_about_the_state() {
        check("Visa for work in Georgia, Batumi", "en", &["Georgia country GE", "Batumi city GE"]);
        check("an office in Georgia", "en", &["Georgia country GE"]);
        check("Savannah, Georgia, USA", "en", &["Savannah, Georgia city US", "USA country US"]);
        check("Jobs all over Georgia, United States", "en", &["United States country US"]);
        check("ask Georgia", "en", &[]);
    }

    #[test]
    fn words_that_are_also_places_need_support() {
        check("Turkey breast sandwiches, a jersey shirt and a turkey", "en", &[]);
        check("moving to Turkey or Jersey", "en", &["Turkey country TR", "Jersey country JE"]);
        check("mali wa shamba", "sw", &[]);
        check("wafanyakazi kutoka Mali na Kenya", "sw", &["Mali country ML", "Kenya country KE"]);
        check("contact Jordan for details", "en", &[]);
        check("hired in Jordan and Lebanon", "en", &["Jordan country JO", "Lebanon country LB"]);
        check("contact us, or tell us", "en", &[]);
        check("flights to the US", "en", &["US country US"]);
        check("ask the US", "en", &[]);
        check("As vagas em Portugal e Us", "pt", &["Portugal country PT"]);
        check("flights to US and UK", "en", &["US country US", "UK country GB"]);
        check("US$ 500, HK$ 20", "en", &[]);
    }

    #[test]
    fn towns_need_a_capital_and_a_reason() {
        check("a nice man of reading", "en", &[]);
        check("Nice people wanted. Best regards, Mary", "en", &[]);
        check("an hotel in Nairobi", "en", &["Nairobi city KE"]);
        check("ofisi iko Kericho, Kenya", "sw", &["Kericho city KE", "Kenya country KE"]);
        check("call Kericho", "en", &[]);
        check("Essen und Regen", "de", &[]);
    }

    #[test]
    fn languages_are_no_places() {
        check("must speak Chinese and Thai fluently", "en", &[]);
        check("a Chinese company", "en", &["Chinese people CN"]);
        check("phiên dịch tiếng Trung, tiếng Thái", "vi", &[]);
        check("ล่ามภาษาจีน อ่านจีนได้", "th", &[]);
        check("日本語→中国語の翻訳", "ja", &[]);
        check("Chinese-speaking individuals", "en", &[]);
        check("bahasa Inggris aktif", "id", &[]);
        check("Fluent in Chinese, Japanese or Korean", "en", &[]);
        check("boleh bahasa Jepun atau Korea", "ms", &[]);
        check("kilang di Korea dan Jepun", "ms", &["Korea country KR", "Jepun country JP"]);
    }

    #[test]
    fn things_are_no_places() {
        check("Thai curry, Brazil nuts, French fries and a Turkish bath", "en", &[]);
        check("Thai cooks from Brazil", "en", &["Thai people TH", "Brazil country BR"]);
    }

    #[test]
    fn knows_the_hubs_in_many_scripts() {
        for text in [
            "妙瓦底",
            "เมียวดี",
            "မြဝတီ",
            "ミャワディ",
            "먀와디",
            "Мьявади",
            "म्यावाडी",
            "ምያዋዲ",
            "مياوادي",
            "ເມຍວະດີ",
        ] {
            let found = read(text, "und");
            assert_eq!(found, [format!("{text} zone MM hub")]);
        }
        check("penempatan Poipet", "id", &["Poipet zone KH hub"]);
        check("金三角经济特区（老挝）", "zh-Hans", &["金三角经济特区 zone LA hub", "老挝 country LA"]);
    }
}
