//! From the TOML files of a pack to its syntax. Every mistake is reported with its place; a file with
//! mistakes gives what could be read of it, so that one run shows all of them.

use std::collections::BTreeMap;
use std::ops::Range;

use forewarn_model::{Country, IndicatorName, Language};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::condition::{Condition, KindTest, MoneyTest, PlaceTest};
use crate::diagnostic::{
    BAD_CODE, BAD_CONDITION, BAD_NAME, Code, Diagnostic, MISSING_KEY, SYNTAX, TOO_MUCH, UNKNOWN_KEY,
    WRONG_TYPE, did_you_mean,
};
use crate::limits::Limits;
use crate::source::SourceFile;

/// A value and its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Written<T> {
    pub value: T,
    pub span: Range<usize>,
}

/// Text with its place.
pub(crate) type WrittenText = Written<String>;
/// A condition whose patterns are not compiled yet.
pub(crate) type WrittenCondition = Condition<Vec<WrittenText>>;

/// `pack.toml`.
#[derive(Debug, Default)]
pub(crate) struct ManifestFile {
    pub name: String,
    pub version: String,
    /// Of the pack's files; none for the pack that the others stand on.
    pub digest: Option<u32>,
}

/// `indicators/*.toml`.
#[derive(Debug)]
pub(crate) struct IndicatorFile<'s> {
    pub source: &'s SourceFile,
    pub name: Written<IndicatorName>,
    pub title: String,
    pub what: String,
    pub why: String,
    pub public_source: String,
    pub means: Vec<(Language, String)>,
    pub ask: Vec<(Language, String)>,
    pub patterns: Vec<WrittenText>,
    pub regex: Vec<WrittenText>,
    pub when: Vec<Written<WrittenCondition>>,
    pub matches: Vec<WrittenText>,
    pub no_matches: Vec<WrittenText>,
}

/// `languages/*.toml`.
#[derive(Debug)]
pub(crate) struct LanguageFile<'s> {
    pub source: &'s SourceFile,
    pub language: Language,
    pub home: Vec<Country>,
    pub lists: Named,
    pub patterns: Named,
    pub exclude: Named,
}

/// Names, each with its place and its texts.
pub(crate) type Named = BTreeMap<String, Written<Vec<WrittenText>>>;

/// `exclusions/*.toml`.
#[derive(Debug)]
pub(crate) struct ExclusionFile<'s> {
    pub source: &'s SourceFile,
    pub name: String,
    pub cancels: Vec<WrittenText>,
    pub patterns: Vec<WrittenText>,
}

/// `lists/*.toml`: wages by country.
#[derive(Debug, Default)]
pub(crate) struct ListFile {
    pub monthly_usd: BTreeMap<Country, f64>,
}

/// Reads one file; collects what is wrong with it.
pub(crate) struct Reader<'s, 'd> {
    source: &'s SourceFile,
    limits: &'d Limits,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'s, 'd> Reader<'s, 'd> {
    pub(crate) fn new(
        source: &'s SourceFile,
        limits: &'d Limits,
        diagnostics: &'d mut Vec<Diagnostic>,
    ) -> Self {
        Self { source, limits, diagnostics }
    }

    pub(crate) fn manifest(&mut self) -> Option<ManifestFile> {
        let root = self.parse()?;
        let (table, span) = (root.get_ref(), root.span());
        self.known_keys(table, &["name", "version", "description", "licence"]);
        self.text(table, &span, "description")?;
        self.text(table, &span, "licence")?;
        let name = self.text(table, &span, "name")?.value;
        Some(ManifestFile { name, version: self.text(table, &span, "version")?.value, digest: None })
    }

    pub(crate) fn indicator(&mut self) -> Option<IndicatorFile<'s>> {
        let root = self.parse()?;
        let (table, span) = (root.get_ref(), root.span());
        self.known_keys(
            table,
            &[
                "name", "title", "what", "why", "source", "means", "ask", "patterns", "regex", "when",
                "examples",
            ],
        );
        let [title, what, why, public_source] = ["title", "what", "why", "source"].map(|key| {
            self.text(table, &span, key).map(|text| text.value.trim().to_owned()).unwrap_or_default()
        });
        let means = self.by_language(table, &span, "means");
        let ask = self.by_language(table, &span, "ask");
        let patterns = self.texts(table, "patterns");
        let regex = self.texts(table, "regex");
        let when = self.conditions(table);
        let (matches, no_matches) = match self.table(table, "examples") {
            Some((examples, _)) => {
                self.known_keys(examples, &["match", "no_match"]);
                (self.texts(examples, "match"), self.texts(examples, "no_match"))
            }
            None => (Vec::new(), Vec::new()),
        };
        let name = self.text(table, &span, "name")?;
        let Some(value) = IndicatorName::new(&name.value) else {
            let help = "use at most 64 of a-z, 0-9 and _, as in free_travel";
            self.report(&BAD_NAME, name.span, "not a name of an indicator", help);
            return None;
        };
        let name = Written { value, span: name.span };
        let source = self.source;
        Some(IndicatorFile {
            source,
            name,
            title,
            what,
            why,
            public_source,
            means,
            ask,
            patterns,
            regex,
            when,
            matches,
            no_matches,
        })
    }

    pub(crate) fn language(&mut self) -> Option<LanguageFile<'s>> {
        let root = self.parse()?;
        let (table, span) = (root.get_ref(), root.span());
        self.known_keys(table, &["language", "home", "lists", "patterns", "exclude"]);
        let home = self.countries(table, "home");
        let [lists, patterns, exclude] = ["lists", "patterns", "exclude"].map(|key| self.named(table, key));
        let tag = self.text(table, &span, "language")?;
        let language = self.language_tag(&tag.value, tag.span)?;
        Some(LanguageFile { source: self.source, language, home, lists, patterns, exclude })
    }

    pub(crate) fn exclusion(&mut self) -> Option<ExclusionFile<'s>> {
        let root = self.parse()?;
        let (table, span) = (root.get_ref(), root.span());
        self.known_keys(table, &["name", "why", "cancels", "patterns"]);
        self.text(table, &span, "why")?;
        let name = self.text(table, &span, "name")?.value;
        let (cancels, patterns) = (self.texts(table, "cancels"), self.texts(table, "patterns"));
        if cancels.is_empty() {
            self.report(
                &MISSING_KEY,
                0..0,
                "an exclusion that cancels nothing",
                "add cancels = [\"indicator\"]",
            );
        }
        Some(ExclusionFile { source: self.source, name, cancels, patterns })
    }

    pub(crate) fn list(&mut self) -> Option<ListFile> {
        let root = self.parse()?;
        let (table, span) = (root.get_ref(), root.span());
        self.known_keys(table, &["name", "what", "source", "as_of", "monthly_usd"]);
        for key in ["name", "what", "source", "as_of"] {
            self.text(table, &span, key)?;
        }
        let (rows, _) = self.table(table, "monthly_usd")?;
        let mut monthly_usd = BTreeMap::new();
        for (key, value) in rows {
            let country = self.country(key.get_ref(), key.span());
            let amount = self.wage(value);
            if let (Some(country), Some(amount)) = (country, amount) {
                monthly_usd.insert(country, amount);
            }
        }
        Some(ListFile { monthly_usd })
    }

    /// A wage: a bare number, which is an estimate; or a table that tells the published figure behind it.
    fn wage(&mut self, value: &Spanned<DeValue<'_>>) -> Option<f64> {
        let Some(table) = value.get_ref().as_table() else {
            return self.number(value.get_ref(), value.span());
        };
        self.known_keys(table, &["usd", "published_usd", "what", "year", "source"]);
        for key in ["what", "source"] {
            self.text(table, &value.span(), key)?;
        }
        let numbers = ["usd", "published_usd", "year"].map(|key| {
            let Some(found) = get(table, key) else {
                let help = format!("add {key} = 0, with the figure");
                self.report(&MISSING_KEY, value.span(), format!("{key} is missing"), help);
                return None;
            };
            self.number(found.get_ref(), found.span())
        });
        let [Some(usd), Some(_), Some(_)] = numbers else { return None };
        Some(usd)
    }

    fn parse(&mut self) -> Option<Spanned<DeTable<'s>>> {
        let text: &'s str = &self.source.text;
        if text.len() > self.limits.file_bytes_max {
            let label = format!("{} bytes, {} are allowed", text.len(), self.limits.file_bytes_max);
            self.report(&TOO_MUCH, 0..0, label, "split the file");
            return None;
        }
        match DeTable::parse(text) {
            Ok(root) => Some(root),
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                let help = "see https://toml.io/en/v1.0.0; texts stand in quotes, lists in square brackets";
                self.report(&SYNTAX, span, error.message().to_owned(), help);
                None
            }
        }
    }

    fn report(&mut self, code: &Code, span: Range<usize>, label: impl Into<String>, help: impl Into<String>) {
        let found = Diagnostic::new(code, &self.source.path, &self.source.text, span, label, help);
        self.diagnostics.push(found);
    }

    fn known_keys(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for (key, _) in table {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let help = match did_you_mean(name, known.iter().copied()) {
                Some(meant) => format!("did you mean {meant:?}?"),
                None => format!("known here: {}", known.join(", ")),
            };
            self.report(&UNKNOWN_KEY, key.span(), format!("{name:?} means nothing here"), help);
        }
    }

    /// A text that must be there and must not be empty.
    fn text(&mut self, table: &DeTable<'_>, place: &Range<usize>, key: &str) -> Option<WrittenText> {
        let Some(value) = get(table, key) else {
            let help = format!("add {key} = \"...\"");
            self.report(&MISSING_KEY, place.start..place.start, format!("{key} is missing"), help);
            return None;
        };
        let text = self.as_text(value)?;
        if text.value.trim().is_empty() {
            self.report(&MISSING_KEY, text.span, format!("{key} is empty"), "write it for the next person");
            return None;
        }
        Some(text)
    }

    fn as_text(&mut self, value: &Spanned<DeValue<'_>>) -> Option<WrittenText> {
        match value.get_ref().as_str() {
            Some(text) => Some(Written { value: text.to_owned(), span: value.span() }),
            None => {
                self.report(&WRONG_TYPE, value.span(), "expected a text", "put it in quotes");
                None
            }
        }
    }

    /// A list of texts; empty where the key is missing.
    fn texts(&mut self, table: &DeTable<'_>, key: &str) -> Vec<WrittenText> {
        get(table, key).map(|value| self.as_texts(value)).unwrap_or_default()
    }

    fn as_texts(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<WrittenText> {
        match value.get_ref().as_array() {
            Some(items) => items.iter().filter_map(|item| self.as_text(item)).collect(),
            None => {
                self.report(
                    &WRONG_TYPE,
                    value.span(),
                    "expected a list of texts",
                    "write [\"one\", \"two\"]",
                );
                Vec::new()
            }
        }
    }

    fn table<'t, 'i>(
        &mut self,
        table: &'t DeTable<'i>,
        key: &str,
    ) -> Option<(&'t DeTable<'i>, Range<usize>)> {
        let value = get(table, key)?;
        let found = value.get_ref().as_table();
        if found.is_none() {
            self.report(
                &WRONG_TYPE,
                value.span(),
                "expected a table",
                format!("write [{key}] and its keys below"),
            );
        }
        found.map(|found| (found, value.span()))
    }

    fn named(&mut self, table: &DeTable<'_>, key: &str) -> Named {
        let Some((rows, _)) = self.table(table, key) else {
            return Named::new();
        };
        let read = |(name, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
            let name: &Spanned<std::borrow::Cow<'_, str>> = name;
            (name.get_ref().to_string(), Written { value: self.as_texts(value), span: name.span() })
        };
        rows.iter().map(read).collect()
    }

    /// A table of texts by language that has English.
    fn by_language(
        &mut self,
        table: &DeTable<'_>,
        place: &Range<usize>,
        key: &str,
    ) -> Vec<(Language, String)> {
        let Some((rows, span)) = self.table(table, key) else {
            let help = format!("add [{key}] with en = \"...\"");
            self.report(&MISSING_KEY, place.start..place.start, format!("[{key}] is missing"), help);
            return Vec::new();
        };
        let mut found = Vec::new();
        for (tag, value) in rows {
            let language = self.language_tag(tag.get_ref(), tag.span());
            if let (Some(language), Some(text)) = (language, self.as_text(value)) {
                found.push((language, text.value));
            }
        }
        if found.iter().all(|(language, _)| *language != Language::ENGLISH) {
            self.report(&MISSING_KEY, span, "no English text", "add en = \"...\"; others fall back to it");
        }
        found.sort();
        found
    }

    fn language_tag(&mut self, tag: &str, span: Range<usize>) -> Option<Language> {
        match tag.parse() {
            Ok(language) => Some(language),
            Err(_) => {
                self.report(
                    &BAD_CODE,
                    span,
                    "not a language tag",
                    "write a BCP 47 tag such as \"th\" or \"zh-Hans\"",
                );
                None
            }
        }
    }

    fn country(&mut self, code: &str, span: Range<usize>) -> Option<Country> {
        match code.parse() {
            Ok(country) => Some(country),
            Err(_) => {
                self.report(
                    &BAD_CODE,
                    span,
                    "not a country",
                    "write an ISO 3166-1 code of two capitals, such as \"KH\"",
                );
                None
            }
        }
    }

    fn countries(&mut self, table: &DeTable<'_>, key: &str) -> Vec<Country> {
        let codes = self.texts(table, key);
        codes.into_iter().filter_map(|code| self.country(&code.value, code.span)).collect()
    }

    fn number(&mut self, value: &DeValue<'_>, span: Range<usize>) -> Option<f64> {
        let text = match value {
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
            DeValue::Float(number) => Some(number.as_str()),
            _ => None,
        };
        let number = text.and_then(|text| text.replace('_', "").parse::<f64>().ok());
        match number.filter(|number| number.is_finite() && *number >= 0.0) {
            Some(number) => Some(number),
            None => {
                self.report(&WRONG_TYPE, span, "expected a number, zero or more", "write it without quotes");
                None
            }
        }
    }

    fn conditions(&mut self, table: &DeTable<'_>) -> Vec<Written<WrittenCondition>> {
        let Some(value) = get(table, "when") else {
            return Vec::new();
        };
        self.condition_list(value, 1)
    }

    fn condition_list(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        depth: usize,
    ) -> Vec<Written<WrittenCondition>> {
        let Some(items) = value.get_ref().as_array() else {
            let help = "write [[when]], or a list of inline tables";
            self.report(&BAD_CONDITION, value.span(), "expected a list of conditions", help);
            return Vec::new();
        };
        let read = |item: &Spanned<DeValue<'_>>| {
            Some(Written { value: self.condition(item, depth)?, span: item.span() })
        };
        items.iter().filter_map(read).collect()
    }

    /// One condition: a table with one of the keys below; `near` has a distance beside it.
    fn condition(&mut self, value: &Spanned<DeValue<'_>>, depth: usize) -> Option<WrittenCondition> {
        const KEYS: [&str; 10] =
            ["all", "any", "not", "near", "words", "place", "money", "observable", "number", "language"];
        if depth > self.limits.condition_depth_max {
            self.report(&TOO_MUCH, value.span(), "conditions nest too deep", "split the rule");
            return None;
        }
        let Some(table) = value.get_ref().as_table() else {
            self.report(
                &BAD_CONDITION,
                value.span(),
                "expected a condition",
                "write { words = [\"...\"] } or the like",
            );
            return None;
        };
        let mut known = KEYS.to_vec();
        known.push("chars");
        self.known_keys(table, &known);
        let mut given = KEYS.into_iter().filter_map(|key| get(table, key).map(|value| (key, value)));
        let (Some((key, inner)), None) = (given.next(), given.next()) else {
            let help = format!("give exactly one of: {}", KEYS.join(", "));
            self.report(&BAD_CONDITION, value.span(), "not one condition", help);
            return None;
        };
        let parts = |reader: &mut Self| -> Vec<WrittenCondition> {
            reader.condition_list(inner, depth + 1).into_iter().map(|part| part.value).collect()
        };
        Some(match key {
            "all" => Condition::All(parts(self)),
            "any" => Condition::Any(parts(self)),
            "not" => Condition::Not(Box::new(self.condition(inner, depth + 1)?)),
            "near" => Condition::Near { chars_max: self.chars(table)?, of: parts(self) },
            "words" => Condition::Words(self.as_texts(inner)),
            "place" => Condition::Place(self.place_test(inner)?),
            "money" => Condition::Money(self.money_test(inner)?),
            "observable" => Condition::Observable(self.observable_kinds(inner)),
            "number" => self.number_test(inner)?,
            _ => {
                let tags = self.as_texts(inner);
                Condition::Language(
                    tags.into_iter().filter_map(|t| self.language_tag(&t.value, t.span)).collect(),
                )
            }
        })
    }

    /// The key `chars`: how close; 40 where it is missing.
    fn chars(&mut self, table: &DeTable<'_>) -> Option<u32> {
        match get(table, "chars") {
            None => Some(crate::phrase::GAP_CHARS),
            Some(value) => self.number(value.get_ref(), value.span()).map(|number| number as u32),
        }
    }

    fn place_test(&mut self, value: &Spanned<DeValue<'_>>) -> Option<PlaceTest> {
        let table = self.inner_table(value)?;
        self.known_keys(table, &["hub", "abroad", "country", "countries_min"]);
        let countries_min = match get(table, "countries_min") {
            Some(value) => Some(self.number(value.get_ref(), value.span())? as usize),
            None => None,
        };
        Some(PlaceTest {
            hub: self.truth(table, "hub"),
            abroad: self.truth(table, "abroad"),
            country: self.countries(table, "country"),
            countries_min,
        })
    }

    fn money_test(&mut self, value: &Spanned<DeValue<'_>>) -> Option<MoneyTest<Vec<WrittenText>>> {
        let table = self.inner_table(value)?;
        self.known_keys(table, &["norm_factor_min", "monthly_usd_min", "not_near", "chars"]);
        let mut bound =
            |key: &str| get(table, key).and_then(|value| self.number(value.get_ref(), value.span()));
        let (norm_factor_min, monthly_usd_min) = (bound("norm_factor_min"), bound("monthly_usd_min"));
        if norm_factor_min.is_none() && monthly_usd_min.is_none() {
            let help = "give norm_factor_min (times the usual wage) or monthly_usd_min";
            self.report(&BAD_CONDITION, value.span(), "an amount without a bound", help);
            return None;
        }
        let not_near = get(table, "not_near").map(|value| self.as_texts(value));
        Some(MoneyTest { norm_factor_min, monthly_usd_min, not_near, chars_max: self.chars(table)? })
    }

    fn number_test(&mut self, value: &Spanned<DeValue<'_>>) -> Option<WrittenCondition> {
        let table = self.inner_table(value)?;
        self.known_keys(table, &["min", "max"]);
        let bounds = ["min", "max"].map(|key| {
            get(table, key).and_then(|value| self.number(value.get_ref(), value.span())).map(|n| n as u64)
        });
        let [Some(min), Some(max)] = bounds else {
            self.report(
                &BAD_CONDITION,
                value.span(),
                "a number without bounds",
                "write { min = 16, max = 65 }",
            );
            return None;
        };
        Some(Condition::Number { min, max })
    }

    fn inner_table<'t, 'i>(&mut self, value: &'t Spanned<DeValue<'i>>) -> Option<&'t DeTable<'i>> {
        let found = value.get_ref().as_table();
        if found.is_none() {
            self.report(&BAD_CONDITION, value.span(), "expected a table", "write { key = value }");
        }
        found
    }

    fn truth(&mut self, table: &DeTable<'_>, key: &str) -> Option<bool> {
        let value = get(table, key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.report(&WRONG_TYPE, value.span(), "expected true or false", "write it without quotes");
        }
        found
    }

    /// Kinds as the model prints them, or `handle:*`, `crypto:*`.
    fn observable_kinds(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<KindTest> {
        let mut found = Vec::new();
        for kind in self.as_texts(value) {
            match KindTest::parse(&kind.value) {
                Some(kind) => found.push(kind),
                None => {
                    let help = "write phone, email, url, domain, iban, handle:telegram, handle:*, crypto:btc, crypto:*";
                    self.report(&BAD_CODE, kind.span, "not a kind of identifier", help);
                }
            }
        }
        found
    }
}

fn get<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<&'t Spanned<DeValue<'i>>> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
}
