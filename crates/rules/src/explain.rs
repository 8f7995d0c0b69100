//! What fired and where, and what almost fired and why not: for the analyst who writes or doubts a rule.

use std::fmt;

use forewarn_model::{Facts, Indicator, IndicatorName, Normalized, Span};

use crate::condition::{CompiledCondition, Condition};
use crate::find::{Candidate, Context, merge};

use crate::pack::{Pack, Role};
use crate::scan::Miss;

/// An account of what a pack makes of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What fired, as [`Pack::find`] gives it, with the words.
    pub fired: Vec<Fired>,
    /// What almost fired, in order of name.
    pub almost: Vec<Almost>,
}

/// An indicator that fired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fired {
    /// The indicator with its place and pattern.
    pub indicator: Indicator,
    /// The folded words that matched.
    pub text: String,
}

/// A pattern that nearly matched.
#[derive(Debug, Clone, PartialEq)]
pub struct Almost {
    /// The indicator that would have fired.
    pub name: IndicatorName,
    /// The pattern, by its place in the pack.
    pub pattern: String,
    /// Where; empty where it concerns the whole text.
    pub span: Span,
    /// Why it did not.
    pub obstacle: Obstacle,
}

/// Why a pattern did not match.
#[derive(Debug, Clone, PartialEq)]
pub enum Obstacle {
    /// It matched, and an exclusion cancelled it.
    Excluded {
        /// The exclusion's name.
        exclusion: String,
        /// The words of the exclusion.
        span: Span,
    },
    /// Its parts stand too far apart.
    TooFar {
        /// Characters between them.
        chars: u32,
        /// Characters allowed.
        chars_max: u32,
    },
    /// A line or sentence ends between its parts.
    AcrossClauses,
    /// Its parts stand in the other order.
    WrongOrder,
    /// The highest amount is below what the rule asks.
    TooLittle {
        /// The highest amount named, in US dollars a month.
        monthly_usd: f64,
        /// What the rule asks, in US dollars a month.
        monthly_usd_min: f64,
    },
    /// A part of the pattern does not occur.
    Lacks {
        /// The part, as the pattern has it: `@provided`.
        part: String,
    },
    /// Some parts of a condition hold, others do not.
    Partly {
        /// How many hold.
        holding: usize,
        /// Of how many.
        parts: usize,
        /// What the others ask for.
        lacking: Vec<String>,
    },
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Excluded { exclusion, .. } => write!(f, "cancelled by {exclusion}"),
            Self::TooFar { chars, chars_max } => {
                write!(f, "its parts are {chars} characters apart, {chars_max} allowed")
            }
            Self::AcrossClauses => f.write_str("a line or sentence ends between its parts"),
            Self::WrongOrder => f.write_str("its parts stand in the other order"),
            Self::TooLittle { monthly_usd, monthly_usd_min } => {
                write!(f, "{monthly_usd:.0} USD a month, {monthly_usd_min:.0} asked")
            }
            Self::Lacks { part } => write!(f, "nothing of {part} occurs"),
            Self::Partly { holding, parts, lacking } => {
                write!(f, "{holding} of {parts} parts hold; missing: {}", lacking.join("; "))
            }
        }
    }
}

pub(crate) fn explain(pack: &Pack, text: &Normalized, facts: &Facts) -> Explanation {
    let context = Context::new(pack, text, facts);
    let (mut kept, cancelled): (Vec<Candidate<'_>>, Vec<Candidate<'_>>) =
        context.candidates().into_iter().partition(|candidate| candidate.cancelled_by.is_none());
    merge(&mut kept, pack.limits.matches_per_indicator_max);
    let mut fired: Vec<Fired> = kept
        .iter()
        .map(|candidate| Fired {
            indicator: context.indicator(candidate),
            text: text.as_str()[candidate.range.clone()].to_owned(),
        })
        .collect();
    fired.sort_by(|a, b| {
        let key = |f: &Fired| (f.indicator.span, f.indicator.name.clone(), f.indicator.pattern.clone());
        key(a).cmp(&key(b))
    });

    let mut almost: Vec<Almost> = cancelled.iter().filter_map(|c| excluded(&context, c)).collect();
    let has_fired = |name: &IndicatorName| fired.iter().any(|f| f.indicator.name == *name);
    for (matched, miss) in pack.matcher.misses(&context.scan) {
        let used = pack.phrase_use(matched.phrase);
        let Role::Indicator(indicator) = used.role else { continue };
        almost.push(Almost {
            name: pack.docs[indicator].name.clone(),
            pattern: used.origin.clone(),
            span: text.original_span(matched.range),
            obstacle: match miss {
                Miss::TooFar { between, chars_max } => {
                    Obstacle::TooFar { chars: context.scan.count_chars(between), chars_max }
                }
                Miss::AcrossClauses => Obstacle::AcrossClauses,
                Miss::WrongOrder => Obstacle::WrongOrder,
            },
        });
    }
    for (doc, rule) in pack.docs.iter().zip(&pack.rules) {
        for (condition, origin) in &rule.conditions {
            if let Some(obstacle) = obstacle(&context, condition) {
                almost.push(Almost {
                    name: doc.name.clone(),
                    pattern: origin.clone(),
                    span: Span::new(0, 0),
                    obstacle,
                });
            }
        }
    }
    // A pattern of which only the beginning occurs is worth telling where nothing came nearer; once.
    for (matched, missing) in pack.matcher.partial(&context.scan) {
        let used = pack.phrase_use(matched.phrase);
        let Role::Indicator(indicator) = used.role else { continue };
        let name = &pack.docs[indicator].name;
        if almost.iter().any(|entry| entry.name == *name) {
            continue;
        }
        let obstacle = Obstacle::Lacks { part: part_of(&used.origin, missing) };
        let (pattern, span) = (used.origin.clone(), text.original_span(matched.range));
        almost.push(Almost { name: name.clone(), pattern, span, obstacle });
    }
    almost.retain(|entry| matches!(entry.obstacle, Obstacle::Excluded { .. }) || !has_fired(&entry.name));
    almost.sort_by(|a, b| (&a.name, a.span, &a.pattern).cmp(&(&b.name, b.span, &b.pattern)));
    almost.truncate(pack.limits.almost_max);
    Explanation { fired, almost }
}

fn excluded(context: &Context<'_>, candidate: &Candidate<'_>) -> Option<Almost> {
    let (exclusion, range) = candidate.cancelled_by.clone()?;
    let indicator = context.indicator(candidate);
    Some(Almost {
        name: indicator.name,
        pattern: indicator.pattern,
        span: indicator.span,
        obstacle: Obstacle::Excluded {
            exclusion: context.pack.exclusions[exclusion].name.clone(),
            span: context.text.original_span(range),
        },
    })
}

/// What keeps a condition from holding, where it came near.
fn obstacle(context: &Context<'_>, condition: &CompiledCondition) -> Option<Obstacle> {
    if context.evaluate(condition).is_some() {
        return None;
    }
    match condition {
        Condition::All(parts) | Condition::Near { of: parts, .. } => {
            let shown =
                |part: &&CompiledCondition| context.evaluate(part).is_some_and(|found| !found.is_empty());
            let holding = parts.iter().filter(|part| context.evaluate(part).is_some()).count();
            let mut lacking: Vec<String> = parts
                .iter()
                .filter(|part| context.evaluate(part).is_none())
                .map(|part| describe(context.pack, part))
                .collect();
            if lacking.is_empty() {
                lacking.push("they do not stand near one another".to_owned());
            }
            let near = parts.iter().any(|part| shown(&part));
            near.then_some(Obstacle::Partly { holding, parts: parts.len(), lacking })
        }
        Condition::Any(parts) => parts.iter().find_map(|part| obstacle(context, part)),
        Condition::Money(test) => {
            let monthly_usd_min = context.money_least(test)?;
            let amounts = context.facts.money.iter().filter_map(|money| money.monthly_usd);
            let monthly_usd = amounts.map(|(_, max)| max).reduce(f64::max)?;
            (monthly_usd < monthly_usd_min).then_some(Obstacle::TooLittle { monthly_usd, monthly_usd_min })
        }
        _ => None,
    }
}

/// The part of a pattern, counted from 0; the whole where it cannot be told.
fn part_of(origin: &str, part: usize) -> String {
    let pattern = origin.split_once(' ').map_or(origin, |(_, pattern)| pattern);
    let is_gap = |token: &&str| token.starts_with("..") || token.starts_with("<>");
    let tokens: Vec<&str> = pattern.split_whitespace().collect();
    let parts: Vec<String> = tokens.split(is_gap).map(|words| words.join(" ")).collect();
    parts.get(part).cloned().unwrap_or_else(|| format!("the end of {pattern}"))
}

/// What a condition asks for, in the words of the pack language.
fn describe(pack: &Pack, condition: &CompiledCondition) -> String {
    let each = |parts: &[CompiledCondition]| {
        parts.iter().map(|part| describe(pack, part)).collect::<Vec<_>>().join(", ")
    };
    match condition {
        Condition::All(parts) => format!("all of ({})", each(parts)),
        Condition::Any(parts) => format!("any of ({})", each(parts)),
        Condition::Not(part) => format!("not {}", describe(pack, part)),
        Condition::Near { chars_max, of } => format!("within {chars_max} characters: {}", each(of)),
        Condition::Words(words) => {
            let asked =
                pack.uses.iter().find(|used| matches!(used.role, Role::Condition(id) if id == *words));
            let pattern = asked.and_then(|used| used.origin.split_once(' '));
            format!("words such as {}", pattern.map_or("those of a list", |(_, pattern)| pattern))
        }
        Condition::Place(test) => match (test.hub, test.abroad, test.countries_min) {
            (Some(true), _, _) => "a known scam-centre place".to_owned(),
            (_, Some(true), _) => "a place abroad for the reader".to_owned(),
            (_, _, Some(min)) => format!("{min} countries"),
            _ if !test.country.is_empty() => {
                let codes: Vec<String> = test.country.iter().map(ToString::to_string).collect();
                format!("a place in {}", codes.join(" or "))
            }
            _ => "a place".to_owned(),
        },
        Condition::Money(test) => match (test.norm_factor_min, test.monthly_usd_min) {
            (Some(factor), _) => format!("pay of at least {factor} times the usual"),
            (None, least) => format!("pay of at least {:.0} USD a month", least.unwrap_or(0.0)),
        },
        Condition::Observable(_) => "an identifier of the kinds asked for".to_owned(),
        Condition::Number { min, max } => format!("a number from {min} to {max}"),
        Condition::Language(languages) => {
            let tags: Vec<&str> = languages.iter().map(|language| language.as_str()).collect();
            format!("a text in {}", tags.join(" or "))
        }
    }
}
