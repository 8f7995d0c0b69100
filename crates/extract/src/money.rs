//! Amounts of money: numbers next to a currency, with ranges, multipliers and the time they are paid for.
//!
//! One scan over the digits of the folded text; around each number only a few words are looked at. A number
//! without a currency is no money, except where a language leaves it out: after words for pay in Chinese,
//! Japanese, Korean and Thai, and before multipliers that tell the currency ("15 triệu", "40 हजार"). What an
//! amount is paid for, and whether it is paid or asked, is not decided here.

mod lexicon;
mod number;
mod period;
mod rates;
mod unit;
mod unit_words;
mod words;

use forewarn_model::{Country, Money, Normalized, Period};

use lexicon::is_letter;
use number::{Amount, amount, skip_space};
use unit::{AFTER, BEFORE, Context, Found, Unit};
use words::{COUNTED, COUNTERS, INFIXES, JOINERS, MULTIPLIERS_BEFORE, PAY, PAY_FILLERS};

/// Ends of a range are at most this many times apart.
const RANGE_FACTOR_MAX: f64 = 20.0;

/// The same where only the first end has a currency, after it: "1000$ - 2000".
const OPEN_RANGE_FACTOR_MAX: f64 = 5.0;

/// More is no amount that an offer names.
const VALUE_MAX: f64 = 1e12;

/// What may stand between a number and its currency: how many words, at most.
const GAPS_MAX: usize = 4;

/// Between a word for pay and the number.
const PAY_GAPS_MAX: usize = 5;

/// A number after a word for pay is at least this much.
const PAY_MIN: f64 = 100.0;

/// Korean pay of less than this without a unit is in units of ten thousand won.
const BARE_WON_MAX: f64 = 10_000.0;

/// Currencies of countries that name pay by the year, and the amounts that are a year's.
const YEARLY_CODES: &[&str] = &["GBP", "AUD", "NZD", "CAD"];
const YEARLY_MIN: f64 = 15_000.0;
const YEARLY_MAX: f64 = 300_000.0;

/// The amounts of money that `text` names, in order of their spans, without overlaps. `countries` are those
/// that the text names; they decide what "$", "¥", "kr", "rs", "peso" and the like mean.
pub(crate) fn find(text: &Normalized, countries: &[Country]) -> Vec<Money> {
    let source = text.as_str();
    let context = Context::new(source, countries);
    let mut finder = Finder { text: source, context, floor: 0 };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = source.as_bytes()[at..].iter().position(u8::is_ascii_digit) {
        at += offset;
        let (next, sum) = finder.read(at);
        at = next;
        let Some(sum) = sum else { continue };
        let Some(priced) = finder.price(&sum) else { continue };
        finder.floor = sum.end;
        let end = sum.start + source[sum.start..sum.end].trim_end_matches('.').len();
        found.push(Money { span: text.original_span(sum.start..end), ..priced });
    }
    found
}

/// An amount or a range with its currency, in bytes of the text.
struct Sum {
    start: usize,
    end: usize,
    min: f64,
    max: f64,
    unit: Unit,
}

struct Finder<'a> {
    text: &'a str,
    context: Context<'a>,
    /// Where the last money ended.
    floor: usize,
}

impl Finder<'_> {
    /// Reads at the digit at byte `at`: where to go on, and the money if it is some.
    fn read(&self, at: usize) -> (usize, Option<Sum>) {
        let first = match amount(self.text, at, self.floor) {
            Ok(amount) => amount,
            Err(next) => return (next, None),
        };
        let before = self.sign_before(&first);
        let after = self.sign_after(&first);
        let joined = self.second(after.map_or(first.end, |found| found.end));
        let range = joined.and_then(|second| self.range(first, before, after, second));
        let sum = range.or_else(|| self.single(first, before, after));
        let next = sum.as_ref().map_or(first.end, |sum| sum.end.max(first.end));
        (next, sum)
    }

    fn single(&self, first: Amount, before: Option<Found>, after: Option<Found>) -> Option<Sum> {
        let value = first.value;
        if let Some(found) = self.choose(before, after) {
            let start = first.start.min(found.start);
            let end = first.end.max(found.end);
            return Some(Sum { start, end, min: value, max: value, unit: found.sign.unit });
        }
        let unit = self.implied(&first).or_else(|| self.pay(&first, &first))?;
        let value = won(unit, &first, value);
        Some(Sum { start: first.start, end: first.end, min: value, max: value, unit })
    }

    /// The second end of a range, with the currency before it, after the joining word at byte `at`.
    fn second(&self, at: usize) -> Option<(Amount, Option<Found>)> {
        let text = self.text;
        let (end, ()) = JOINERS.longest_at(text, skip_space(text, at))?;
        let mut at = skip_space(text, end);
        let floor = at;
        let mut sign = None;
        if let Some((end, found)) = BEFORE.longest_at(text, at) {
            sign = Some(Found { start: at, end, sign: found });
            at = skip_space(text, end);
        }
        if let Some((end, _)) = MULTIPLIERS_BEFORE.longest_at(text, at) {
            at = skip_space(text, end);
        }
        if !text.as_bytes().get(at).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let second = amount(text, at, floor).ok()?;
        Some((second, sign.filter(|found| self.context.accepts(*found, &second))))
    }

    fn range(
        &self,
        mut first: Amount,
        before: Option<Found>,
        after: Option<Found>,
        (mut second, second_before): (Amount, Option<Found>),
    ) -> Option<Sum> {
        if first.factor == 1.0 && second.factor > 1.0 && first.number <= second.number {
            first.value *= second.factor;
        } else if second.factor == 1.0 && first.factor > 1.0 && second.number >= first.number {
            let whole = second.value * first.factor;
            second.value = if second.value < first.value { whole } else { second.value };
        }
        let second_after = self.sign_after(&second);
        let own = self.choose(before, after);
        let other = self.choose(second_before, second_after);
        let factor = second.value / first.value;
        if !(1.0..=RANGE_FACTOR_MAX).contains(&factor) {
            return None;
        }
        let unit = match (own, other) {
            (Some(own), Some(other)) => agreed(own.sign.unit, other.sign.unit)?,
            (None, Some(other)) => other.sign.unit,
            (Some(own), None) if before.is_some() || factor <= OPEN_RANGE_FACTOR_MAX => own.sign.unit,
            (Some(_), None) => return None,
            (None, None) => {
                let implied = self.implied(&second).or(first.implied.copied());
                implied.or_else(|| self.pay(&first, &second))?
            }
        };
        let is_bare = first.factor == 1.0 && second.factor == 1.0 && own.is_none() && other.is_none();
        let scale = if is_bare { won(unit, &second, 1.0) } else { 1.0 };
        Some(Sum {
            start: own.map_or(first.start, |found| found.start.min(first.start)),
            end: other.map_or(second.end, |found| found.end.max(second.end)),
            min: first.value * scale,
            max: second.value * scale,
            unit,
        })
    }

    /// The sign before an amount.
    fn sign_before(&self, amount: &Amount) -> Option<Found> {
        let mut at = amount.start;
        for _ in 0..GAPS_MAX {
            if let Some((start, sign)) = BEFORE.longest_before(self.text, at) {
                let found = Found { start, end: at, sign };
                return (start >= self.floor && self.context.accepts(found, amount)).then_some(found);
            }
            let gap = self.text[self.floor.min(at)..at].chars().next_back()?;
            if !matches!(gap, ' ' | ':' | '~' | '≈' | '+' | '=' | '(') {
                return None;
            }
            at -= gap.len_utf8();
        }
        None
    }

    /// The sign after an amount.
    fn sign_after(&self, amount: &Amount) -> Option<Found> {
        let mut at = amount.end;
        for _ in 0..GAPS_MAX {
            if let Some((end, sign)) = AFTER.longest_at(self.text, at) {
                let found = Found { start: at, end, sign };
                return self.context.accepts(found, amount).then_some(found);
            }
            at = match (INFIXES.longest_at(self.text, at), skip_space(self.text, at)) {
                (Some((end, ())), _) => end,
                (None, next) if next > at => next,
                _ => return None,
            };
        }
        None
    }

    /// Of the signs on both sides of a number, the one that belongs to it.
    fn choose(&self, before: Option<Found>, after: Option<Found>) -> Option<Found> {
        let (Some(left), Some(right)) = (before, after) else { return before.or(after) };
        let next = skip_space(self.text, right.end);
        let is_of_next = self.text.as_bytes().get(next).is_some_and(u8::is_ascii_digit);
        let right_is_clearer = clearness(right.sign.unit) > clearness(left.sign.unit);
        let (start, end) = (left.start, right.end);
        if is_of_next {
            return before;
        }
        let clearer = if right_is_clearer { right } else { left };
        agreed(left.sign.unit, right.sign.unit).map_or(before, |_| Some(Found { start, end, ..clearer }))
    }

    /// The currency that the multiplier of an amount tells, if it counts nothing else.
    fn implied(&self, amount: &Amount) -> Option<Unit> {
        let unit = *amount.implied?;
        let next = skip_space(self.text, amount.end);
        COUNTED.longest_at(self.text, next).is_none().then_some(unit)
    }

    /// The currency that a word for pay before `first` tells, if nothing is counted by `last`.
    fn pay(&self, first: &Amount, last: &Amount) -> Option<Unit> {
        let next = self.text[last.end..].chars().next();
        if last.value < PAY_MIN || next.is_some_and(|c| COUNTERS.contains(c)) {
            return None;
        }
        // "2.8万–4万/月"
        if self.text[..last.end].ends_with(['万', '萬']) && period::starts_at(self.text, last.end) {
            return Some(Unit::Yuan);
        }
        let mut at = first.start;
        for _ in 0..PAY_GAPS_MAX {
            if let Some((start, unit)) = PAY.longest_before(self.text, at) {
                let is_short = self.text[start..at].chars().count() == 1;
                // A bare 月 or 월 is a date as often as pay.
                return (!is_short || last.factor > 1.0 || next.is_none_or(|c| !is_letter(c)))
                    .then_some(*unit)
                    .filter(|_| start >= self.floor);
            }
            let (start, ()) = PAY_FILLERS.longest_before(self.text, at)?;
            at = start;
        }
        None
    }

    /// The money without its span.
    fn price(&self, sum: &Sum) -> Option<Money> {
        if !(sum.min > 0.0 && sum.max <= VALUE_MAX) {
            return None;
        }
        let named = period::around(self.text, self.floor, sum.start, sum.end);
        let monthly = named.map_or(1.0, Period::per_month) * sum.max;
        let (currency, usd) = self.context.resolve(sum.unit, monthly)?;
        let is_yearly = YEARLY_CODES.contains(&currency.as_str())
            && sum.min >= YEARLY_MIN
            && sum.max <= YEARLY_MAX;
        let period = named.or(is_yearly.then_some(Period::Year));
        let rate = usd * period.map_or(1.0, Period::per_month);
        Some(Money {
            span: forewarn_model::Span::new(0, 0),
            min: sum.min,
            max: sum.max,
            currency,
            period,
            monthly_usd: Some((sum.min * rate, sum.max * rate)),
        })
    }
}

/// Korean pay without a unit is counted in ten thousands.
fn won(unit: Unit, amount: &Amount, value: f64) -> f64 {
    let is_won = matches!(unit, Unit::Of(["KRW"]));
    if is_won && amount.factor == 1.0 && amount.value < BARE_WON_MAX { value * 1e4 } else { value }
}

/// How much a sign tells.
fn clearness(unit: Unit) -> u8 {
    match unit {
        Unit::Of([_]) => 2,
        Unit::Of(_) | Unit::DollarWord | Unit::Peso | Unit::Devanagari => 1,
        Unit::Dollar | Unit::Yen | Unit::Yuan => 0,
    }
}

/// The clearer of two signs that may mean the same currency.
fn agreed(one: Unit, other: Unit) -> Option<Unit> {
    let (clear, vague) = if clearness(one) >= clearness(other) { (one, other) } else { (other, one) };
    let may_mean = match (clear, vague) {
        (a, b) if a == b => true,
        (Unit::Of(a), Unit::Of(b)) => a.iter().any(|code| b.contains(code)),
        (Unit::Of(_), Unit::Yen | Unit::Yuan | Unit::Peso | Unit::Devanagari) => true,
        (Unit::Peso, Unit::Dollar) => true,
        (Unit::Of(_) | Unit::DollarWord, Unit::Dollar | Unit::DollarWord) => true,
        _ => false,
    };
    may_mean.then_some(clear)
}
