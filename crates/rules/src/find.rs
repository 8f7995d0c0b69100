//! From a text to its indicators.

use std::ops::{Range, RangeInclusive};

use forewarn_model::{Facts, Indicator, Language, Normalized, Observable, Span};

use crate::condition::{CompiledCondition, Condition, Evidence, MoneyTest, PlaceTest};
use crate::lists::{is_location, located_countries};
use crate::matcher::{PhraseId, PhraseMatch};
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
    /// In order of phrase and place.
    pub matches: Vec<PhraseMatch>,
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

impl<'a> Context<'a> {
    pub(crate) fn new(pack: &'a Pack, text: &'a Normalized, facts: &'a Facts) -> Self {
        let known = [facts.language].into_iter().chain(facts.other_languages.iter().copied());
        let spoken: Vec<Language> = known.filter(|language| !language.is_unknown()).collect();
        let scan = pack.matcher.scan(text.as_str(), &spoken, pack.limits.hits_max);
        let mut matches = pack.matcher.matches(&scan);
        matches.sort_unstable_by_key(|m| (m.phrase, m.range.start, m.range.end));
        Self { pack, text, facts, scan, matches }
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
        let exclusions = self.exclusions();
        let mut found = Vec::new();
        let mut push = |indicator: usize, range: Range<usize>, origin: &'a str| {
            let cancelled_by = exclusions
                .iter()
                .find(|(exclusion, where_)| {
                    overlap(where_, &range) && pack.exclusions[*exclusion].cancels.contains(&indicator)
                })
                .cloned();
            found.push(Candidate { indicator, range, origin, cancelled_by });
        };
        for matched in &self.matches {
            let used = pack.phrase_use(matched.phrase);
            if let Role::Indicator(indicator) = used.role {
                push(indicator, matched.range.clone(), &used.origin);
            }
        }
        for at in pack.regexes.set.matches(self.text.as_str()) {
            let (regex, indicator, origin) = &pack.regexes.each[at];
            for matched in regex.find_iter(self.text.as_str()).take(pack.limits.matches_per_indicator_max) {
                push(*indicator, matched.range(), origin);
            }
        }
        for (indicator, rule) in pack.rules.iter().enumerate() {
            for (condition, origin) in &rule.conditions {
                match self.evaluate(condition) {
                    None => {}
                    Some(evidence) if evidence.is_empty() => push(indicator, 0..0, origin),
                    Some(evidence) => {
                        for range in evidence {
                            push(indicator, range, origin);
                        }
                    }
                }
            }
        }
        found
    }

    /// Where exclusions match.
    fn exclusions(&self) -> Vec<(usize, Range<usize>)> {
        let roles = self.matches.iter().map(|m| (&self.pack.phrase_use(m.phrase).role, &m.range));
        roles
            .filter_map(|(role, range)| match role {
                Role::Exclusion(exclusion) => Some((*exclusion, range.clone())),
                _ => None,
            })
            .collect()
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
            Condition::Words(phrases) => non_empty(self.ranges(phrases)),
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

    /// Where any of the phrases matches.
    fn ranges(&self, phrases: &[PhraseId]) -> Evidence {
        let mut found = Vec::new();
        for &phrase in phrases {
            let start = self.matches.partition_point(|m| m.phrase < phrase);
            let same = self.matches[start..].iter().take_while(|m| m.phrase == phrase);
            found.extend(same.map(|m| m.range.clone()));
        }
        found
    }

    /// The first place where all parts hold within `chars_max` characters of the first part.
    fn near(&self, parts: &[CompiledCondition], chars_max: u32) -> Option<Evidence> {
        let mut found = parts.iter().map(|part| self.evaluate(part));
        let first = found.next()??;
        let others: Vec<Evidence> = found.collect::<Option<_>>()?;
        let together = |anchor: &Range<usize>| -> Option<Range<usize>> {
            others.iter().try_fold(anchor.clone(), |all, ranges| {
                let close = ranges.iter().find(|range| self.is_close(anchor, range, chars_max))?;
                Some(all.start.min(close.start)..all.end.max(close.end))
            })
        };
        non_empty(first.iter().filter_map(together).collect())
    }

    /// Whether two ranges lie in one clause, with at most `chars_max` characters between.
    fn is_close(&self, a: &Range<usize>, b: &Range<usize>, chars_max: u32) -> bool {
        let (left, right) = if a.start <= b.start { (a, b) } else { (b, a) };
        left.end > right.start || self.scan.chars_between(left.end..right.start, chars_max).is_ok()
    }

    fn places(&self, test: &PlaceTest) -> Option<Evidence> {
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

    fn money(&self, test: &MoneyTest<Vec<PhraseId>>) -> Option<Evidence> {
        let least = self.money_least(test)?;
        let not_pay = test.not_near.as_deref().map(|phrases| self.ranges(phrases)).unwrap_or_default();
        let amounts = self.facts.money.iter().filter(|m| m.monthly_usd.is_some_and(|(_, max)| max >= least));
        let ranges = amounts.map(|money| self.text.folded_range(money.span));
        non_empty(
            ranges
                .filter(|range| !range.is_empty())
                .filter(|range| !not_pay.iter().any(|words| self.is_close(words, range, test.chars_max)))
                .collect(),
        )
    }

    /// From how many US dollars a month a money condition holds in this text.
    pub(crate) fn money_least(&self, test: &MoneyTest<Vec<PhraseId>>) -> Option<f64> {
        let by_norm = match test.norm_factor_min {
            Some(factor) => Some(factor * self.pack.wages.norm(self.facts, &self.pack.homes)?),
            None => None,
        };
        [by_norm, test.monthly_usd_min].into_iter().flatten().reduce(f64::max)
    }

    /// Runs of digits that read as a number in the range.
    fn numbers(&self, wanted: RangeInclusive<u64>) -> Evidence {
        let text = self.text.as_str();
        let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| (1..=18).contains(&run.len()));
        let place = |run: &str| run.as_ptr() as usize - text.as_ptr() as usize;
        runs.filter(|run| run.parse().is_ok_and(|number| wanted.contains(&number)))
            .map(|run| place(run)..place(run) + run.len())
            .collect()
    }

    fn observables(&self, kinds: &[String]) -> Evidence {
        let wanted = |observable: &&Observable| {
            let name = observable.kind.to_string();
            kinds.iter().any(|kind| match kind.strip_suffix('*') {
                Some(prefix) => name.starts_with(prefix),
                None => name == *kind,
            })
        };
        let found = self.facts.observables.iter().filter(wanted);
        found.map(|observable| self.text.folded_range(observable.span)).filter(|r| !r.is_empty()).collect()
    }
}

fn non_empty(evidence: Evidence) -> Option<Evidence> {
    (!evidence.is_empty()).then_some(evidence)
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
