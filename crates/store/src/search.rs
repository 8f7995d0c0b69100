//! Finding reports again, by words in every script and by facets, in the order of arrival or of the score.
//!
//! Words and facets stand in one inverted index (SQLite's FTS5), so that any mixture of them is one walk over sorted
//! lists that ends when a page is full. Facets are terms that no text has: they begin with a character for private
//! use. What the index says of a marking is only there for speed, and it says nothing of owners; the code in
//! `search_entry` decides (see [`crate::audience`]).

use forewarn_model::date::day_of;
use forewarn_model::id::hash_parts;
use forewarn_model::search::{Phrase, Words};
use forewarn_model::{
    CampaignId, Clearance, Country, Date, Grading, Language, ObservableKind, ReportId, ReportKind, Timestamp,
    Tlp, Verdict,
};
use rusqlite::types::Value;
use rusqlite::{Row, Transaction, params_from_iter};

use crate::audience::{self, Audience};
use crate::row::{id_bytes, parsed};
use crate::{Store, StoreError};

/// What is looked for. Of each list one must hold; an empty one asks for nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReportFilter {
    /// In title or text.
    pub words: Words,
    /// Identifiers by kind and normalised value.
    pub observables: Vec<(ObservableKind, String)>,
    /// Kinds of identifier.
    pub observable_kinds: Vec<ObservableKind>,
    /// Countries that the text names.
    pub countries: Vec<Country>,
    /// Languages of the text.
    pub languages: Vec<Language>,
    /// Kinds of report.
    pub kinds: Vec<ReportKind>,
    /// Verdicts.
    pub verdicts: Vec<Verdict>,
    /// Calibrated log-odds, from and to, both included. Reports without a score are outside of any range.
    pub log_odds: (Option<f64>, Option<f64>),
    /// Names of sources, each as a whole.
    pub sources: Vec<String>,
    /// Days on which it was first received, from and to, both included, in UTC.
    pub received: (Option<Date>, Option<Date>),
    /// Days on which it was published, from and to, both included, in UTC.
    pub published: (Option<Date>, Option<Date>),
    /// Markings.
    pub markings: Vec<Tlp>,
    /// A grading that it reaches: source and information at least so good. Of neither F nor 6 is anything known;
    /// they are below all others.
    pub grading: Option<Grading>,
    /// The campaign that it belongs to now.
    pub campaign: Option<CampaignId>,
    /// Whether a claim on the trend was read from it.
    pub candidates: Option<bool>,
}

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// The last one to arrive first.
    #[default]
    Newest,
    /// The highest score first; those without one last; ties as in [`Sort::Newest`].
    Score,
}

/// Where a page ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// The number of the first sighting.
    pub number: i64,
    /// The score.
    pub log_odds: Option<f64>,
}

/// A report that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The report.
    pub report: ReportId,
    /// Its place in the order.
    pub position: Position,
}

/// Opens every facet; a character for private use, which no term of a text has.
const FACET: char = '\u{e000}';

/// Scores are put into steps of this width in log-odds, so that a page in the order of scores reads the best steps
/// only.
const STEP: f64 = 0.25;
const STEPS: i32 = 96;
/// The step of zero.
const STEP_ZERO: i32 = 48;

/// Beginnings of words make each look into the index dear: then so many steps are read together.
const GATHERED_STEPS: usize = 8;

/// Up to so many hits all are sorted at once instead of step by step.
const SORTED_AT_ONCE: u64 = 1_000;

/// The first and the last year that have a facet; a day beyond them counts as the nearest.
const YEARS: (i16, i16) = (1900, 2200);

impl Store {
    /// Reports that a reader with this clearance may see, at most `count_max`, after a position in the order.
    pub fn search_reports(
        &self,
        filter: &ReportFilter,
        sort: Sort,
        after: Option<Position>,
        count_max: u32,
        clearance: &Clearance,
    ) -> Result<Vec<Hit>, StoreError> {
        let question = Question::new(filter, &self.audience(clearance)?);
        if sort == Sort::Newest {
            return self.hits(&question, None, sort, after, count_max);
        }
        if question.index.is_none() {
            let mut hits = Vec::new();
            if after.is_none_or(|position| position.log_odds.is_some()) {
                hits = self.hits(&question, Some(Part::Scored), sort, after, count_max)?;
            }
            let left = count_max.saturating_sub(hits.len() as u32);
            if left > 0 {
                let after = after.filter(|position| position.log_odds.is_none());
                hits.extend(self.hits(&question, Some(Part::Unscored), sort, after, left)?);
            }
            return Ok(hits);
        }
        if self.count_hits(&question, SORTED_AT_ONCE + 1)? <= SORTED_AT_ONCE {
            return self.hits(&question, None, sort, after, count_max);
        }
        let first = match after {
            None => STEPS - 1,
            Some(Position { log_odds: Some(log_odds), .. }) => step(log_odds),
            Some(_) => -1,
        };
        let width = if question.gathers { GATHERED_STEPS } else { 1 };
        let steps =
            (0..=first).rev().step_by(width).map(|step| Part::Steps((step + 1 - width as i32).max(0), step));
        let mut hits = Vec::new();
        for part in steps.chain([Part::Unscored]) {
            let left = count_max.saturating_sub(hits.len() as u32);
            if left == 0 {
                break;
            }
            hits.extend(self.hits(&question, Some(part), sort, after, left)?);
        }
        Ok(hits)
    }

    /// How many reports there are, counted up to `count_max`.
    pub fn count_found(
        &self,
        filter: &ReportFilter,
        count_max: u64,
        clearance: &Clearance,
    ) -> Result<u64, StoreError> {
        self.count_hits(&Question::new(filter, &self.audience(clearance)?), count_max)
    }

    fn count_hits(&self, question: &Question, count_max: u64) -> Result<u64, StoreError> {
        // Without a condition on it the entry need not be read.
        let (sql, mut parameters) = question.select(None, !question.conditions.is_empty()).sql("1", "");
        parameters.push(Value::Integer(count_max as i64));
        self.count(&format!("SELECT count(*) FROM ({sql})"), params_from_iter(parameters))
    }

    fn hits(
        &self,
        question: &Question,
        part: Option<Part>,
        sort: Sort,
        after: Option<Position>,
        count_max: u32,
    ) -> Result<Vec<Hit>, StoreError> {
        let (sql, parameters) = question.page(part, sort, after, count_max);
        self.read("search in", &sql, params_from_iter(parameters), hit)
    }
}

/// Enters a report into the search, or enters it anew: its terms, and its facets as the tables have them.
pub(crate) fn index(transaction: &Transaction<'_>, report: ReportId, terms: &str) -> rusqlite::Result<()> {
    let id = report.as_bytes();
    let mut facets = Facets::default();
    let mut number = i64::MAX;
    let mut first: Option<(Timestamp, Option<Timestamp>)> = None;
    let mut sightings = transaction.prepare_cached(
        "SELECT number, source, received_at, published_at FROM sighting WHERE report = ?1 ORDER BY number",
    )?;
    let mut rows = sightings.query([id])?;
    while let Some(row) = rows.next()? {
        number = number.min(row.get("number")?);
        facets.put(&source(&row.get::<_, String>("source")?));
        if first.is_none() {
            first = Some((parsed(row, "received_at")?, crate::row::parsed_option(row, "published_at")?));
        }
    }
    let Some((received, published)) = first else { return Ok(()) };
    for (letter, at) in [('r', Some(received)), ('p', published)] {
        if let Some(at) = at {
            [Unit::Day, Unit::Month, Unit::Year]
                .iter()
                .for_each(|unit| facets.put(&unit.facet(letter, day_of(at))));
        }
    }
    let mut meta = transaction.prepare_cached(
        "SELECT r.kind, r.tlp, r.grading, f.language, f.countries, f.log_odds, f.verdict,
             EXISTS (SELECT 1 FROM candidate c WHERE c.report = r.id) AS claims
         FROM report r LEFT JOIN finding f ON f.report = r.id WHERE r.id = ?1",
    )?;
    let (code, log_odds) = meta.query_row([id], |row| {
        facets.put(&word("k", &row.get::<_, String>("kind")?));
        let code: i64 = row.get("tlp")?;
        facets.put(&marking(audience::marking_number(code)));
        let grading: Grading = parsed(row, "grading")?;
        facets.put(&word("g", &grading.to_string()));
        if let Some(language) = row.get::<_, Option<String>>("language")? {
            facets.put(&word("l", &language));
        }
        let countries: Option<String> = row.get("countries")?;
        countries.unwrap_or_default().split_whitespace().for_each(|country| facets.put(&word("c", country)));
        if let Some(verdict) = row.get::<_, Option<String>>("verdict")? {
            facets.put(&word("v", &verdict));
        }
        if row.get("claims")? {
            facets.put(CLAIMS);
        }
        let log_odds: Option<f64> = row.get("log_odds")?;
        facets.put(&log_odds.map_or(UNSCORED.to_owned(), |log_odds| scored(step(log_odds))));
        Ok((code, log_odds))
    })?;
    let mut observables =
        transaction.prepare_cached("SELECT DISTINCT kind, value FROM observable WHERE report = ?1")?;
    let mut rows = observables.query([id])?;
    while let Some(row) = rows.next()? {
        let (kind, value): (String, String) = (row.get("kind")?, row.get("value")?);
        facets.put(&word("o", &kind));
        facets.put(&identifier(&kind, &value));
    }
    let known =
        transaction.prepare_cached("SELECT 1 FROM search_entry WHERE number = ?1")?.exists([number])?;
    if known {
        transaction.prepare_cached("DELETE FROM search_text WHERE rowid = ?1")?.execute([number])?;
    }
    transaction
        .prepare_cached("INSERT INTO search_text (rowid, terms) VALUES (?1, ?2)")?
        .execute((number, facets.before(terms)))?;
    transaction
        .prepare_cached(
            "INSERT INTO search_entry (number, report, tlp, log_odds) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (number) DO UPDATE SET tlp = excluded.tlp, log_odds = excluded.log_odds",
        )?
        .execute((number, id, code, log_odds))?;
    Ok(())
}

/// The part of the hits that a page is taken from.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// Steps of scores, from and to, both included.
    Steps(i32, i32),
    /// Those with a score.
    Scored,
    /// Those without one.
    Unscored,
}

/// A filter as SQL.
struct Question {
    /// What is asked of the inverted index; none if it is not needed.
    index: Option<Expression>,
    /// What is asked of each entry besides: conditions and their parameters.
    conditions: Vec<(String, Vec<Value>)>,
    /// Whether the index has to gather the lists of many terms before it gives the first hit.
    gathers: bool,
}

/// What is asked of the inverted index: all of some, none of others.
#[derive(Clone)]
struct Expression {
    all: Vec<String>,
    none: Vec<String>,
}

impl Expression {
    /// In the language of FTS5. Terms hold letters, digits and marks only, so that quotes are safe.
    fn text(&self, further: Option<String>) -> String {
        let all: Vec<&str> = self.all.iter().map(String::as_str).chain(further.as_deref()).collect();
        let all = all.join(" AND ");
        if self.none.is_empty() { all } else { format!("({all}) NOT ({})", self.none.join(" OR ")) }
    }
}

impl Question {
    fn new(filter: &ReportFilter, audience: &Audience) -> Self {
        let mut all: Vec<String> = filter.words.all.iter().map(terms_of).collect();
        let none: Vec<String> = filter.words.none.iter().map(terms_of).collect();
        let mut one_of = |facets: Vec<String>| {
            if !facets.is_empty() {
                all.push(any(&facets));
            }
        };
        let observables = filter.observables.iter();
        one_of(observables.map(|(kind, value)| identifier(&kind.to_string(), value)).collect());
        one_of(filter.observable_kinds.iter().map(|kind| word("o", &kind.to_string())).collect());
        one_of(filter.countries.iter().map(|country| word("c", &country.to_string())).collect());
        one_of(filter.languages.iter().map(|language| word("l", language.as_str())).collect());
        one_of(filter.kinds.iter().map(|kind| word("k", kind.as_str())).collect());
        one_of(filter.verdicts.iter().map(|verdict| word("v", verdict.as_str())).collect());
        one_of(filter.sources.iter().map(|name| source(name)).collect());
        one_of(days('r', filter.received));
        one_of(days('p', filter.published));
        one_of(filter.grading.map(gradings).unwrap_or_default());
        one_of(filter.markings.iter().map(|tlp| marking(*tlp as i64)).collect());
        let (from, to) = filter.log_odds;
        if from.is_some() || to.is_some() {
            let (from, to) = (from.map_or(0, step), to.map_or(STEPS - 1, step));
            one_of((from..=to.max(from)).map(scored).collect());
        }
        if filter.candidates == Some(true) {
            one_of(vec![CLAIMS.to_owned()]);
        }
        let none = match filter.candidates {
            Some(false) => none.into_iter().chain([any(&[CLAIMS.to_owned()])]).collect(),
            _ => none,
        };
        let mut conditions = Vec::new();
        let visible = Tlp::ALL.into_iter().filter(|tlp| *tlp as i64 <= audience.marking());
        if audience.marking() < Tlp::Red as i64 || (all.is_empty() && !none.is_empty()) {
            all.push(any(&visible.map(|tlp| marking(tlp as i64)).collect::<Vec<_>>()));
        }
        if !audience.sees_all() {
            conditions.push((audience.seen("e.tlp", "?"), vec![Value::Integer(audience.marking())]));
        }
        if let Some(hidden) = audience.hides_source("s.source").filter(|_| !filter.sources.is_empty()) {
            // That it was seen again there is not for this reader to know.
            let names = filter.sources.iter().map(|name| Value::Text(name.clone())).collect();
            let asked = vec!["?"; filter.sources.len()].join(", ");
            let told = format!("(s.number = e.number OR NOT {hidden})");
            let told = format!(
                "EXISTS (SELECT 1 FROM sighting s WHERE s.report = e.report AND s.source IN ({asked}) AND {told})"
            );
            conditions.push((told, names));
        }
        for (condition, bound) in [("e.log_odds >= ?", from), ("e.log_odds <= ?", to)] {
            conditions.extend(bound.map(|bound| (condition.to_owned(), vec![Value::Real(bound)])));
        }
        if let Some(campaign) = filter.campaign {
            // The plus keeps SQLite from asking the inverted index for each member apart.
            let members = "e.number IN (
                SELECT (SELECT min(s.number) FROM sighting s WHERE s.report = m.report)
                FROM campaign c JOIN campaign_member m ON m.home = c.id WHERE c.whole = ?)";
            let sign = if all.is_empty() { "" } else { "+" };
            conditions.push((format!("{sign}{members}"), vec![Value::Blob(campaign.as_bytes().to_vec())]));
        }
        let index = (!all.is_empty()).then_some(Expression { all, none });
        let phrases = filter.words.all.iter().chain(&filter.words.none);
        Self { index, conditions, gathers: phrases.into_iter().any(|phrase| phrase.prefix) }
    }

    /// What is read, without an order.
    fn select(&self, part: Option<Part>, with_entry: bool) -> Select {
        let mut select = Select::default();
        match &self.index {
            Some(expression) => {
                select.tables = match with_entry {
                    true => "search_text f CROSS JOIN search_entry e ON e.number = f.rowid",
                    false => "search_text f",
                };
                let further = match part {
                    Some(Part::Steps(from, to)) => Some(any(&(from..=to).map(scored).collect::<Vec<_>>())),
                    Some(Part::Unscored) => Some(any(&[UNSCORED.to_owned()])),
                    Some(Part::Scored) | None => None,
                };
                select.demand("f.search_text MATCH ?", [Value::Text(expression.text(further))]);
            }
            None => select.tables = "search_entry e",
        }
        match part {
            Some(Part::Unscored) => select.demand("e.log_odds IS NULL", []),
            Some(Part::Scored) => select.demand("e.log_odds IS NOT NULL", []),
            _ => {}
        }
        for (condition, values) in &self.conditions {
            select.demand(condition, values.iter().cloned());
        }
        select
    }

    fn page(
        &self,
        part: Option<Part>,
        sort: Sort,
        after: Option<Position>,
        count_max: u32,
    ) -> (String, Vec<Value>) {
        let mut select = self.select(part, true);
        let number = if self.index.is_some() { "f.rowid" } else { "e.number" };
        if let Some(Position { number: last, log_odds }) = after {
            let last = Value::Integer(last);
            match (sort, log_odds, part) {
                (Sort::Newest, ..) => select.demand(&format!("{number} < ?"), [last]),
                (Sort::Score, None, _) => select.demand("e.log_odds IS NULL AND e.number < ?", [last]),
                // They come after every score.
                (Sort::Score, Some(_), Some(Part::Unscored)) => {}
                (Sort::Score, Some(log_odds), Some(_)) => {
                    select.demand("(e.log_odds, e.number) < (?, ?)", [Value::Real(log_odds), last]);
                }
                (Sort::Score, Some(log_odds), None) => select.demand(
                    "(e.log_odds IS NULL OR (e.log_odds, e.number) < (?, ?))",
                    [Value::Real(log_odds), last],
                ),
            }
        }
        let order = match sort {
            Sort::Newest => format!("{number} DESC"),
            Sort::Score => "e.log_odds DESC, e.number DESC".to_owned(),
        };
        let columns = "e.number, e.report, e.log_odds";
        let (sql, mut parameters) = select.sql(columns, &format!("ORDER BY {order}"));
        parameters.push(Value::Integer(i64::from(count_max)));
        (sql, parameters)
    }
}

/// A query in the making.
#[derive(Default)]
struct Select {
    tables: &'static str,
    conditions: Vec<String>,
    parameters: Vec<Value>,
}

impl Select {
    fn demand(&mut self, condition: &str, parameters: impl IntoIterator<Item = Value>) {
        self.conditions.push(condition.to_owned());
        self.parameters.extend(parameters);
    }

    /// The last parameter, the limit, is missing.
    fn sql(self, columns: &str, order: &str) -> (String, Vec<Value>) {
        let conditions = match self.conditions.is_empty() {
            true => String::new(),
            false => format!("WHERE {}", self.conditions.join(" AND ")),
        };
        (format!("SELECT {columns} FROM {} {conditions} {order} LIMIT ?", self.tables), self.parameters)
    }
}

/// The facets of a report.
#[derive(Default)]
struct Facets {
    text: String,
}

impl Facets {
    fn put(&mut self, facet: &str) {
        self.text.push(FACET);
        self.text.push_str(facet);
        self.text.push(' ');
    }

    /// Facets stand before the words, where their places cost one byte.
    fn before(mut self, terms: &str) -> String {
        self.text.push_str(terms);
        self.text
    }
}

const CLAIMS: &str = "n1";
const UNSCORED: &str = "bn";

/// A facet of a word of a closed list: its letters and digits.
fn word(list: &str, word: &str) -> String {
    let letters = word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase());
    list.chars().chain(letters).collect()
}

fn marking(tlp: i64) -> String {
    format!("t{tlp}")
}

fn source(name: &str) -> String {
    format!("s{}", digest("source", &[name.as_bytes()]))
}

fn identifier(kind: &str, value: &str) -> String {
    format!("i{}", digest("identifier", &[kind.as_bytes(), value.as_bytes()]))
}

/// Eight bytes of a hash in hexadecimal: short, and no two values of a store are likely to share it.
fn digest(label: &str, parts: &[&[u8]]) -> String {
    hash_parts(label, parts)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn step(log_odds: f64) -> i32 {
    // Saturates, and takes what is no number as zero.
    ((log_odds / STEP).floor() as i32).saturating_add(STEP_ZERO).clamp(0, STEPS - 1)
}

fn scored(step: i32) -> String {
    format!("b{step}")
}

/// Gradings at least as good as one. F and 6 say that nothing is known, and so only what asks for no more takes them.
fn gradings(least: Grading) -> Vec<String> {
    let reliabilities = forewarn_model::Reliability::ALL.into_iter().filter(|&r| r <= least.reliability);
    reliabilities
        .flat_map(|reliability| {
            let all = forewarn_model::Credibility::ALL.into_iter();
            all.filter(|&c| c <= least.credibility)
                .map(move |credibility| Grading { reliability, credibility })
        })
        .map(|grading| word("g", &grading.to_string()))
        .collect()
}

/// A stretch of the calendar that has a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Month,
    Year,
}

impl Unit {
    fn facet(self, letter: char, day: Date) -> String {
        let (year, month) = (day.year().clamp(YEARS.0, YEARS.1), day.month());
        match self {
            Self::Day => format!("{letter}d{year}{month:02}{:02}", day.day()),
            Self::Month => format!("{letter}m{year}{month:02}"),
            Self::Year => format!("{letter}y{year}"),
        }
    }

    /// The first day of it after the one that `day` lies in.
    fn next(self, day: Date) -> Option<Date> {
        match self {
            Self::Day => day,
            Self::Month => day.last_of_month(),
            Self::Year => day.last_of_year(),
        }
        .tomorrow()
        .ok()
    }

    fn begins(self, day: Date) -> bool {
        match self {
            Self::Day => true,
            Self::Month => day.day() == 1,
            Self::Year => day.day_of_year() == 1,
        }
    }
}

/// The facets of a range of days: years where they are whole, else months, else days. None if there is no bound;
/// a range that holds no day has a facet that nothing has.
fn days(letter: char, (from, to): (Option<Date>, Option<Date>)) -> Vec<String> {
    if from.is_none() && to.is_none() {
        return Vec::new();
    }
    let bound = |year, month, day| Date::new(year, month, day).unwrap_or(Date::ZERO);
    let (first, last) = (bound(YEARS.0, 1, 1), bound(YEARS.1, 12, 31));
    let (mut day, to) = (from.unwrap_or(first).max(first), to.unwrap_or(last).min(last));
    let mut facets = Vec::new();
    while day <= to {
        let units = [Unit::Year, Unit::Month, Unit::Day];
        let whole = units.into_iter().find_map(|unit| {
            let next = unit.next(day)?;
            (unit.begins(day) && next.yesterday().is_ok_and(|end| end <= to)).then_some((unit, next))
        });
        let Some((unit, next)) = whole else { break };
        facets.push(unit.facet(letter, day));
        day = next;
    }
    if facets.is_empty() {
        facets.push(format!("{letter}n"));
    }
    facets
}

/// One of some facets, in the language of FTS5.
fn any(facets: &[String]) -> String {
    let quoted: Vec<String> = facets.iter().map(|facet| format!("\"{FACET}{facet}\"")).collect();
    format!("({})", quoted.join(" OR "))
}

/// A phrase in the language of FTS5.
fn terms_of(phrase: &Phrase) -> String {
    let terms: Vec<String> =
        phrase.terms.iter().map(|term| term.chars().filter(|c| *c != '"').collect()).collect();
    format!("\"{}\"{}", terms.join(" "), if phrase.prefix { "*" } else { "" })
}

fn hit(row: &Row<'_>) -> rusqlite::Result<Hit> {
    Ok(Hit {
        report: ReportId::from_bytes(id_bytes(row, "report")?),
        position: Position { number: row.get("number")?, log_odds: row.get("log_odds")? },
    })
}

#[cfg(test)]
mod tests;
