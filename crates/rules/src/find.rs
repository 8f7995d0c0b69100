//! From a text to its indicators.

use std::cell::OnceCell;
use std::ops::{Range, RangeInclusive};

use forewarn_model::{Facts, Indicator, Language, Normalized, Observable, Span};

use crate::condition::{CompiledCondition, Condition, Evidence, KindTest, MoneyTest, PlaceTest, WordsId};
use crate::lists::{is_location, located_countries};
use crate::matcher::PhraseMatch;
use crate::pack::{Pack, Role};
use crate::scan::Scan;

/// A match of an indicator before overlaps are merged.
pub(crate) struct Candidate<'p> {
    /// Index of the indicator.
    pub indicator: usize,
    pub range: Range<usize>,
    pub origin: &'p str,
    /// The exclusion that cancels it, and where.
    pub cancelled_by: Option<(usize, Range<usize>)>,
}

/// Everything that was looked up once for a text.
pub(crate) struct Context<'a> {
    pub pack: &'a Pack,
    pub text: &'a Normalized,
    pub facts: &'a Facts,
    pub scan: Scan<'a>,
    /// Every phrase that matches, in order of place.
    matches: Vec<PhraseMatch>,
    /// Where the sets of words that conditions ask for were found, in order of set and place.
    words: Vec<(WordsId, Range<usize>)>,
    /// Numbers written in digits, once they were asked for.
    numbers: OnceCell<Vec<(u64, Range<usize>)>>,
}

pub(crate) fn find(pack: &Pack, text: &Normalized, facts: &Facts) -> Vec<Indicator> {
    let context = Context::new(pack, text, facts);
    let mut kept: Vec<Candidate<'_>> =
        context.candidates().into_iter().filter(|candidate| candidate.cancelled_by.is_none()).collect();
    merge(&mut kept, pack.limits.matches_per_indicator_max);
    let mut indicators: Vec<Indicator> = kept.iter().map(|candidate| context.indicator(candidate)).collect();
    indicators.sort_by(|a, b| (a.span, &a.name, &a.pattern).cmp(&(b.span, &b.name, &b.pattern)));
    indicators
}

/// Keeps, for each indicator, the longest of the passages that overlap, from left to right.
pub(crate) fn merge(candidates: &mut Vec<Candidate<'_>>, matches_max: usize) {
    candidates.sort_by(|a, b| {
        let key = |c: &Candidate<'_>| (c.indicator, c.range.start, usize::MAX - c.range.end);
        key(a).cmp(&key(b)).then_with(|| a.origin.cmp(b.origin))
    });
    let mut last: Option<(usize, usize, usize)> = None;
    candidates.retain(|candidate| {
        let (end, count) = match last {
            Some((indicator, end, count)) if indicator == candidate.indicator => (end, count),
            _ => (0, 0),
        };
        let free = count == 0 || (candidate.range.start >= end && !candidate.range.is_empty());
        let keep = free && count < matches_max;
        if keep {
            last = Some((candidate.indicator, candidate.range.end, count + 1));
        }
        keep
    });
}

/// Places of the first part of a `near` that are looked around, in one text.
const ANCHORS_MAX: usize = 1_000;

impl<'a> Context<'a> {
    pub(crate) fn new(pack: &'a Pack, text: &'a Normalized, facts: &'a Facts) -> Self {
        let known = [facts.language].into_iter().chain(facts.other_languages.iter().copied());
        let spoken: Vec<Language> = known.filter(|language| !language.is_unknown()).collect();
        let scan = pack.matcher.scan(text.as_str(), &spoken, pack.limits.hits_max);
        let matches = pack.matcher.matches(&scan);
        let of_conditions = matches.iter().filter_map(|matched| match pack.phrase_use(matched.phrase).role {
            Role::Condition(words) => Some((words, matched.range.clone())),
            _ => None,
        });
        let mut words: Vec<_> = of_conditions.collect();
        words.sort_unstable_by_key(|(words, range)| (*words, range.start, range.end));
        Self { pack, text, facts, scan, matches, words, numbers: OnceCell::new() }
    }

    /// The indicator that a candidate stands for.
    pub(crate) fn indicator(&self, candidate: &Candidate<'_>) -> Indicator {
        let span = if candidate.range.is_empty() {
            Span::new(0, 0)
        } else {
            self.text.original_span(candidate.range.clone())
        };
        Indicator {
            name: self.pack.docs[candidate.indicator].name.clone(),
            span,
            pattern: candidate.origin.to_owned(),
        }
    }

    /// Every match of phrases, expressions and conditions, with what cancels it.
    pub(crate) fn candidates(&self) -> Vec<Candidate<'a>> {
        let pack = self.pack;
        let mut found = Vec::with_capacity(self.matches.len());
        let mut exclusions = Vec::new();
        let mut tried = Vec::new();
        let mut push = |indicator: usize, range: Range<usize>, origin: &'a str| {
            found.push(Candidate { indicator, range, origin, cancelled_by: None });
        };
        for matched in &self.matches {
            let used = pack.phrase_use(matched.phrase);
            match used.role {
                Role::Indicator(indicator) => push(indicator, matched.range.clone(), &used.origin),
                Role::Exclusion(exclusion) => exclusions.push((exclusion, matched.range.clone())),
                Role::Expression(expression) => tried.push(expression),
                Role::Condition(_) => {}
            }
        }
        for (at, expression) in pack.expressions.iter().enumerate() {
            if expression.always || tried.contains(&at) {
                let matches = expression.regex.find_iter(self.text.as_str());
                for matched in matches.take(pack.limits.matches_per_indicator_max) {
                    push(expression.indicator, matched.range(), &expression.origin);
                }
            }
        }
        for (indicator, rule) in pack.rules.iter().enumerate() {
            for (condition, origin) in &rule.conditions {
                match self.evaluate(condition) {
                    None => {}
                    Some(evidence) if evidence.is_empty() => push(indicator, 0..0, origin),
                    Some(evidence) => evidence.into_iter().for_each(|range| push(indicator, range, origin)),
                }
            }
        }
        if !exclusions.is_empty() {
            for candidate in &mut found {
                let cancels = |(exclusion, range): &&(usize, Range<usize>)| {
                    overlap(range, &candidate.range)
                        && pack.exclusions[*exclusion].cancels.contains(&candidate.indicator)
                };
                candidate.cancelled_by = exclusions.iter().find(cancels).cloned();
            }
        }
        found
    }

    /// What shows that a condition holds; none if it does not.
    pub(crate) fn evaluate(&self, condition: &CompiledCondition) -> Option<Evidence> {
        match condition {
            Condition::All(parts) => parts.iter().try_fold(Vec::new(), |mut all, part| {
                all.extend(self.evaluate(part)?);
                Some(all)
            }),
            Condition::Any(parts) => {
                let found: Vec<Evidence> = parts.iter().filter_map(|part| self.evaluate(part)).collect();
                (!found.is_empty()).then(|| found.into_iter().flatten().collect())
            }
            Condition::Not(part) => self.evaluate(part).is_none().then(Vec::new),
            Condition::Near { chars_max, of } => self.near(of, *chars_max),
            Condition::Words(words) => {
                non_empty(self.ranges(*words).map(|(_, range)| range.clone()).collect())
            }
            Condition::Place(test) => self.places(test),
            Condition::Money(test) => self.money(test),
            Condition::Observable(kinds) => non_empty(self.observables(kinds)),
            Condition::Number { min, max } => non_empty(self.numbers(*min..=*max)),
            Condition::Language(languages) => {
                let language = self.facts.language;
                let known = |&l: &Language| l == language || l.as_str() == language.primary();
                languages.iter().any(known).then(Vec::new)
            }
        }
    }

    /// Where any of a set of words was found.
    fn ranges(&self, words: WordsId) -> impl Iterator<Item = &(WordsId, Range<usize>)> {
        let start = self.words.partition_point(|(other, _)| *other < words);
        self.words[start..].iter().take_while(move |(other, _)| *other == words)
    }

    /// The first place where all parts hold within `chars_max` characters of the first part.
    fn near(&self, parts: &[CompiledCondition], chars_max: u32) -> Option<Evidence> {
        // Words were looked up already: where they are missing, nothing else need be.
        let missing = |part: &CompiledCondition| match part {
            Condition::Words(words) => self.ranges(*words).next().is_none(),
            _ => false,
        };
        if parts.iter().any(missing) {
            return None;
        }
        let mut found = parts.iter().map(|part| self.evaluate(part));
        let first = found.next()??;
        let others: Vec<Evidence> = found.collect::<Option<_>>()?;
        let together = |anchor: &Range<usize>| -> Option<Range<usize>> {
            others.iter().try_fold(anchor.clone(), |all, ranges| {
                let close = ranges.iter().find(|range| self.is_close(anchor, range, chars_max))?;
                Some(all.start.min(close.start)..all.end.max(close.end))
            })
        };
        non_empty(first.iter().take(ANCHORS_MAX).filter_map(together).collect())
    }

    /// Whether two ranges lie in one clause, with at most `chars_max` characters between.
    fn is_close(&self, a: &Range<usize>, b: &Range<usize>, chars_max: u32) -> bool {
        let (left, right) = if a.start <= b.start { (a, b) } else { (b, a) };
        left.end > right.start || self.scan.chars_between(left.end..right.start, chars_max).is_ok()
    }

    fn places(&self, test: &PlaceTest) -> Option<Evidence> {
        if self.facts.places.is_empty() {
            return None;
        }
        let homes = self.pack.homes.of(self.facts);
        if test.countries_min.is_some_and(|min| located_countries(self.facts).len() < min) {
            return None;
        }
        let fits = |place: &&forewarn_model::Place| {
            let abroad = || !homes.is_empty() && place.country.is_some_and(|c| !homes.contains(&c));
            is_location(place.kind)
                && test.hub.is_none_or(|hub| hub == place.hub)
                && test.abroad.is_none_or(|wanted| wanted == abroad())
                && (test.country.is_empty() || place.country.is_some_and(|c| test.country.contains(&c)))
        };
        let places = self.facts.places.iter().filter(fits);
        non_empty(places.map(|place| self.text.folded_range(place.span)).filter(|r| !r.is_empty()).collect())
    }

    fn money(&self, test: &MoneyTest<WordsId>) -> Option<Evidence> {
        if self.facts.money.is_empty() {
            return None;
        }
        let least = self.money_least(test)?;
        let is_pay = |range: &Range<usize>| {
            let mut others = test.not_near.into_iter().flat_map(|words| self.ranges(words));
            !others.any(|(_, words)| self.is_close(words, range, test.chars_max))
        };
        let amounts = self.facts.money.iter().filter(|m| m.monthly_usd.is_some_and(|(_, max)| max >= least));
        let ranges = amounts.map(|money| self.text.folded_range(money.span));
        non_empty(ranges.filter(|range| !range.is_empty()).filter(is_pay).collect())
    }

    /// From how many US dollars a month a money condition holds in this text.
    pub(crate) fn money_least(&self, test: &MoneyTest<WordsId>) -> Option<f64> {
        let by_norm = match test.norm_factor_min {
            Some(factor) => Some(factor * self.pack.wages.norm(self.facts, &self.pack.homes)?),
            None => None,
        };
        [by_norm, test.monthly_usd_min].into_iter().flatten().reduce(f64::max)
    }

    /// Runs of digits that read as a number in the range.
    fn numbers(&self, wanted: RangeInclusive<u64>) -> Evidence {
        let all = self.numbers.get_or_init(|| numbers(self.text.as_str()));
        all.iter().filter(|(number, _)| wanted.contains(number)).map(|(_, range)| range.clone()).collect()
    }

    fn observables(&self, kinds: &[KindTest]) -> Evidence {
        let wanted = |observable: &&Observable| kinds.iter().any(|kind| kind.fits(observable.kind));
        let found = self.facts.observables.iter().filter(wanted);
        found.map(|observable| self.text.folded_range(observable.span)).filter(|r| !r.is_empty()).collect()
    }
}

/// Every run of up to 18 digits, with its number.
fn numbers(text: &str) -> Vec<(u64, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|skipped| at + skipped) {
        let len = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        at = start + len;
        if let Ok(number) = text[start..at].parse::<u64>()
            && len <= 18
        {
            found.push((number, start..at));
        }
    }
    found
}

fn non_empty(evidence: Evidence) -> Option<Evidence> {
    (!evidence.is_empty()).then_some(evidence)
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
