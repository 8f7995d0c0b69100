//! The directory of help: offices that a job seeker can call, each with the public page that gives its
//! number and the day on which that page was read.
//!
//! It is a table, `gazetteers/help/directory.tsv`. A row whose number no source supports must not be in it: a
//! wrong number costs more than none. Rows that cannot be read are refused with their line, all at once.

use forewarn_model::{Country, Date, PartialDate};

use crate::AppError;

const BUILTIN: &str = include_str!("../../../../gazetteers/help/directory.tsv");

/// The columns, in order.
const COLUMNS: [&str; 12] = [
    "country",
    "kind",
    "nationals",
    "name",
    "phone",
    "abroad",
    "web",
    "languages",
    "hours",
    "source",
    "dated",
    "checked",
];

/// What an office is for, in the order in which a reader needs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HelpKind {
    /// An embassy or consulate of the reader's country.
    Embassy,
    /// The foreign ministry's line for citizens abroad.
    Consular,
    /// A line against human trafficking.
    Trafficking,
    /// The police.
    Police,
    /// Any emergency.
    Emergency,
    /// An office for workers abroad.
    Workers,
    /// An international organisation.
    International,
}

/// An office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it helps; none for everywhere.
    pub country: Option<Country>,
    /// What it is for.
    pub kind: HelpKind,
    /// Whose citizens it helps; none for anybody.
    pub nationals: Option<Country>,
    /// Its name.
    pub name: String,
    /// The number to call within the country.
    pub phone: Option<String>,
    /// The number to call from abroad, with `+`.
    pub abroad: Option<String>,
    /// Its page.
    pub web: Option<String>,
    /// Languages spoken, as tags.
    pub languages: Vec<String>,
    /// Whether it answers day and night, where the source says so.
    pub always: bool,
    /// The public page that gives the number.
    pub source: String,
    /// The day, month or year of that page, where it says so.
    pub dated: Option<String>,
    /// The day on which that page was read.
    pub checked: Date,
}

/// All offices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    entries: Vec<Entry>,
}

impl HelpKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Embassy,
        Self::Consular,
        Self::Trafficking,
        Self::Police,
        Self::Emergency,
        Self::Workers,
        Self::International,
    ];

    /// The name in files, and the end of the message `help-kind-…`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Embassy => "embassy",
            Self::Consular => "consular",
            Self::Trafficking => "trafficking",
            Self::Police => "police",
            Self::Emergency => "emergency",
            Self::Workers => "workers",
            Self::International => "international",
        }
    }
}

impl Directory {
    /// The directory that ships inside.
    pub fn builtin() -> Result<Self, AppError> {
        Self::read(BUILTIN)
            .map_err(|wrong| AppError::BuiltIn { part: "directory of help", what: wrong.join("\n") })
    }

    /// Reads a table: tab-separated, one header line, `-` for nothing. Everything that is wrong with it, each
    /// with its line.
    pub fn read(table: &str) -> Result<Self, Vec<String>> {
        let (mut entries, mut wrong) = (Vec::new(), Vec::new());
        let mut lines = table.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
        if lines.next().map(|(_, line)| line) != Some(COLUMNS.join("\t").as_str()) {
            return Err(vec![format!("expected the columns {}", COLUMNS.join(", "))]);
        }
        for (at, line) in lines {
            match entry(line) {
                Ok(entry) => entries.push(entry),
                Err(what) => wrong.push(format!("line {}: {what}", at + 1)),
            }
        }
        if wrong.is_empty() { Ok(Self { entries }) } else { Err(wrong) }
    }

    /// All offices, in the order of the table.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Who helps in a country: a reader from `home`, in order of kind. Embassies of other countries than
    /// `home` are left out.
    pub fn in_country(&self, country: Country, home: Option<Country>) -> Vec<&Entry> {
        self.sorted(|entry| {
            entry.country == Some(country) && (entry.nationals.is_none() || entry.nationals == home)
        })
    }

    /// Who helps anywhere: in order of kind.
    pub fn anywhere(&self, home: Option<Country>) -> Vec<&Entry> {
        self.sorted(|entry| entry.country.is_none() && (entry.nationals.is_none() || entry.nationals == home))
    }

    fn sorted(&self, wanted: impl Fn(&Entry) -> bool) -> Vec<&Entry> {
        let mut found: Vec<&Entry> = self.entries.iter().filter(|entry| wanted(entry)).collect();
        found.sort_by_key(|entry| entry.kind);
        found
    }
}

fn entry(line: &str) -> Result<Entry, String> {
    let cells: Vec<Option<&str>> =
        line.split('\t').map(|cell| (cell != "-").then_some(cell.trim())).collect();
    let count = cells.len();
    let cells: [Option<&str>; COLUMNS.len()] =
        cells.try_into().map_err(|_| format!("has {count} cells, expected {}", COLUMNS.len()))?;
    let [country, kind, nationals, name, phone, abroad, web, languages, hours, source, dated, checked] =
        cells;
    let country_of =
        |cell: Option<&str>| cell.map(|code| code.parse().map_err(|error| format!("{error}"))).transpose();
    let entry = Entry {
        country: country_of(country)?,
        kind: HelpKind::ALL
            .into_iter()
            .find(|known| Some(known.as_str()) == kind)
            .ok_or_else(|| format!("kind {kind:?} is not known"))?,
        nationals: country_of(nationals)?,
        name: name.ok_or("has no name")?.to_owned(),
        phone: phone.map(|number| dialled(number, false)).transpose()?,
        abroad: abroad.map(|number| dialled(number, true)).transpose()?,
        web: web.map(address).transpose()?,
        languages: languages.map(|list| list.split(' ').map(str::to_owned).collect()).unwrap_or_default(),
        always: match hours {
            None => false,
            Some("always") => true,
            Some(other) => return Err(format!("hours {other:?}: expected always or -")),
        },
        source: address(source.ok_or("has no source")?)?,
        dated: dated.map(partial_day).transpose()?,
        checked: checked.and_then(|day| day.parse().ok()).ok_or("has no day on which it was checked")?,
    };
    match (&entry.phone, &entry.abroad, &entry.web) {
        (None, None, None) => Err("has neither a number nor a page".to_owned()),
        _ => Ok(entry),
    }
}

/// A number as people dial it: digits, spaces and hyphens, with `+` in front of one for callers abroad.
fn dialled(number: &str, abroad: bool) -> Result<String, String> {
    let digits = number.strip_prefix('+').unwrap_or(number);
    let form = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ' || byte == b'-');
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    if form && (2..=15).contains(&count) && (!abroad || number.starts_with('+')) {
        return Ok(number.to_owned());
    }
    Err(format!("number {number:?}: expected digits, spaces and hyphens; with + for callers abroad"))
}

fn address(text: &str) -> Result<String, String> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(rest) if rest.contains('.') && !text.contains(bad) => Ok(text.to_owned()),
        _ => Err(format!("address {text:?}: expected https://…")),
    }
}

/// A year, a month or a day: `2024`, `2024-05`, `2024-05-31`.
fn partial_day(text: &str) -> Result<String, String> {
    let known = text.parse::<PartialDate>();
    known.map(|_| text.to_owned()).map_err(|_| format!("date {text:?}: expected a year, a month or a day"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn table(row: &str) -> String {
        format!("# comment\n{}\n{row}\n", COLUMNS.join("\t"))
    }

    #[track_caller]
    fn check(row: &str, expected: &str) {
        let wrong = Directory::read(&table(&row.replace(' ', "\t"))).unwrap_err().join("; ");
        assert!(wrong.contains(expected), "{wrong}");
    }

    #[test]
    fn refuses_what_a_reader_could_not_use() {
        check("KH police - Police 117 - - - - https://a.example - 2026-11-22 more", "line 3: has 13 cells");
        check("XX police - Police 117 - - - - https://a.example - 2026-11-22", "ISO 3166-1");
        check("KH polizei - Police 117 - - - - https://a.example - 2026-11-22", "is not known");
        check("KH police - Police 1x7 - - - - https://a.example - 2026-11-22", "number \"1x7\"");
        check("KH police - Police 117 117 - - - https://a.example - 2026-11-22", "callers abroad");
        check("KH police - Police 117 - - - - - - 2026-11-22", "has no source");
        check("KH police - Police 117 - - - - javascript:a.b - 2026-11-22", "expected https");
        check("KH police - Police 117 - - - - https://a.example May 2026-11-22", "date \"May\"");
        check("KH police - Police 117 - - - - https://a.example - -", "on which it was checked");
        check("KH police - Police - - - - - https://a.example - 2026-11-22", "neither a number nor a page");
        assert!(Directory::read("country\tkind\n").unwrap_err()[0].contains("columns"));
    }

    #[test]
    fn reads_a_row() {
        let row = "KH\tpolice\t-\tNational Police\t117\t+855 12 345\t-\ten km\talways\thttps://a.example/x\t2024-05\t2026-11-22";
        let directory = Directory::read(&table(row)).unwrap();
        let [entry] = directory.entries() else { panic!() };
        assert_eq!((entry.phone.as_deref(), entry.always), (Some("117"), true));
        assert_eq!(entry.languages, ["en", "km"]);
        assert_eq!(entry.dated.as_deref(), Some("2024-05"));
    }

    #[test]
    fn an_embassy_is_for_its_own_citizens() {
        let rows = "KH\tembassy\tIN\tIndian Embassy\t1 23\t-\t-\t-\t-\thttps://a.example\t-\t2026-11-22\n\
                    KH\tpolice\t-\tPolice\t117\t-\t-\t-\t-\thttps://a.example\t-\t2026-11-22";
        let directory = Directory::read(&table(rows)).unwrap();
        let named = |home: Option<&str>| -> Vec<String> {
            let home = home.map(|code| code.parse().unwrap());
            let found = directory.in_country("KH".parse().unwrap(), home);
            found.iter().map(|entry| entry.name.clone()).collect()
        };
        assert_eq!(named(Some("IN")), ["Indian Embassy", "Police"]);
        assert_eq!(named(Some("KE")), ["Police"]);
        assert_eq!(named(None), ["Police"]);
    }

    #[test]
    fn the_directory_that_ships_inside_is_whole() {
        let directory = Directory::builtin().unwrap();
        let countries: BTreeSet<_> = directory.entries().iter().filter_map(|entry| entry.country).collect();
        assert!(countries.len() >= 70, "{} countries", countries.len());
        for code in ["MM", "KH", "LA", "TH", "PH", "VN", "MY", "ID", "AE", "TL"] {
            assert!(!directory.in_country(code.parse().unwrap(), None).is_empty(), "{code}");
        }
        assert!(!directory.anywhere(None).is_empty(), "nothing for everywhere");
        let mut seen = BTreeSet::new();
        for entry in directory.entries() {
            let key = (entry.country, entry.nationals, entry.kind, &entry.name, &entry.phone);
            assert!(seen.insert(key), "{} is there twice", entry.name);
        }
    }
}
