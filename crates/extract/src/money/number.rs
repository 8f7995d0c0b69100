//! Numbers with their separators, and amounts: numbers with the words that multiply them.

use super::lexicon::{Lexicon, is_spaced_letter};
use super::unit::Unit;
use super::words::{COUNTED, HALVES, HALVES_BEFORE, MULTIPLIERS, MULTIPLIERS_BEFORE, Multiplier};

/// Longer runs of digits are identifiers.
const DIGITS_MAX: usize = 15;

/// From this factor on, one separator before three digits is a decimal one ("2.650 juta").
const DECIMAL_FACTOR: f64 = 1e6;

/// Ten thousand: the unit of counting in East Asia, after which the next power may go unsaid.
const MYRIAD: f64 = 1e4;

/// A hundred thousand, the unit of counting in South Asia.
const LAKH: f64 = 1e5;

/// A number with the words that multiply it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amount {
    /// Bytes of the text, from the first digit or a multiplier before it.
    pub(super) start: usize,
    pub(super) end: usize,
    /// As written.
    pub(super) number: f64,
    /// Of the first multiplier; 1 without.
    pub(super) factor: f64,
    /// All together.
    pub(super) value: f64,
    /// What the multiplier says of the currency.
    pub(super) implied: Option<&'static Unit>,
}

/// A number as written: where it ends, and its value if it reads as one.
struct Number {
    end: usize,
    value: Option<f64>,
    /// The value if its one separator before three digits is a decimal one.
    as_decimal: Option<f64>,
    digits: usize,
}

/// Reads the amount whose first digit is at byte `at`. What stands before `floor` is not looked at. The error
/// is where to go on.
pub(super) fn amount(text: &str, at: usize, floor: usize) -> Result<Amount, usize> {
    let number = number(text, at);
    let (Some(value), true) = (number.value, may_start(text, at, floor)) else { return Err(number.end) };
    let plain = Amount { start: at, end: number.end, number: value, factor: 1.0, value, implied: None };
    if let Some((end, multiplier)) = after_space(&MULTIPLIERS, text, number.end)
        && !is_loose_letter(&text[number.end..end])
    {
        let value = match number.as_decimal {
            Some(decimal) if multiplier.factor >= DECIMAL_FACTOR => decimal,
            _ => value,
        };
        let mut amount = plain.times(value, multiplier);
        amount.end = end;
        amount.add_half(text, floor);
        amount.add_rest(text, multiplier.factor);
        return Ok(amount);
    }
    if let Some((start, multiplier)) = before_space(&MULTIPLIERS_BEFORE, text, at)
        && start >= floor
    {
        let mut amount = plain.times(value, multiplier);
        amount.start = start;
        return Ok(amount);
    }
    Ok(plain)
}

impl Amount {
    fn times(self, number: f64, multiplier: &'static Multiplier) -> Self {
        let implied = multiplier.implied.as_ref();
        Self { number, factor: multiplier.factor, value: number * multiplier.factor, implied, ..self }
    }

    fn add_half(&mut self, text: &str, floor: usize) {
        let before = before_space(&HALVES_BEFORE, text, self.start).filter(|(start, ())| *start >= floor);
        let after = after_space(&HALVES, text, self.end);
        if before.is_some() || after.is_some() {
            self.value += self.factor / 2.0;
        }
        self.start = before.map_or(self.start, |(start, ())| start);
        self.end = after.map_or(self.end, |(end, ())| end);
    }

    /// The smaller powers after the first: "1万2千", "4 लाख 50 हजार", and unsaid "1万2", "1 लाख 20".
    fn add_rest(&mut self, text: &str, factor: f64) {
        let mut factor = factor;
        while factor > 1.0 {
            let at = skip_space(text, self.end);
            if !text.as_bytes().get(at).is_some_and(u8::is_ascii_digit) {
                return;
            }
            let next = number(text, at);
            let Some(value) = next.value else { return };
            match after_space(&MULTIPLIERS, text, next.end) {
                Some((end, below)) if below.factor < factor && value * below.factor < factor => {
                    self.value += value * below.factor;
                    self.end = end;
                    factor = below.factor;
                }
                None if factor == MYRIAD && at == self.end && matches!(next.digits, 1 | 4) => {
                    self.value += if next.digits == 1 { value * MYRIAD / 10.0 } else { value };
                    self.end = next.end;
                    return;
                }
                None if factor == LAKH
                    && next.digits == 2
                    && value >= 10.0
                    && !is_counted(text, next.end) =>
                {
                    self.value += value * 1e3;
                    self.end = next.end;
                    return;
                }
                _ => return,
            }
        }
    }
}

/// A number may touch a letter only where scripts have no spaces or put a preposition to the number; the
/// letters of a currency before it are looked at by the caller through `floor`.
fn may_start(text: &str, at: usize, floor: usize) -> bool {
    let Some(before) = text[..at].chars().next_back() else { return true };
    let attaches = matches!(u32::from(before), 0x0590..=0x08FF | 0x1200..=0x139F);
    at == floor || !is_spaced_letter(before) || attaches || super::unit::touches(text, at)
}

fn number(text: &str, at: usize) -> Number {
    let bytes = text.as_bytes();
    let mut groups = Groups::default();
    let mut end = at;
    loop {
        let start = end;
        while bytes.get(end).is_some_and(u8::is_ascii_digit) {
            end += 1;
        }
        groups.push(&text[start..end]);
        let Some((separator, len)) = separator(text, end) else { break };
        let next = end + len;
        let run = bytes[next..].iter().take(DIGITS_MAX + 1).take_while(|b| b.is_ascii_digit()).count();
        if run == 0 || (separator == ' ' && !(run == 3 && groups.may_have_space())) {
            break;
        }
        groups.separators.push(separator);
        end = next;
    }
    let digits = groups.digits.len();
    let value = groups.value();
    Number { end, value, as_decimal: groups.as_decimal(), digits }
}

/// A separator at byte `at`, read as one of `.`, `,`, `'` and space.
fn separator(text: &str, at: usize) -> Option<(char, usize)> {
    let c = text[at..].chars().next()?;
    let read = match c {
        '.' | '\u{66B}' => '.',
        ',' | '\u{66C}' => ',',
        '\'' | ' ' => c,
        _ => return None,
    };
    Some((read, c.len_utf8()))
}

/// Groups of digits with what separates them.
#[derive(Default)]
struct Groups {
    digits: String,
    lens: Vec<usize>,
    separators: Vec<char>,
}

impl Groups {
    fn push(&mut self, digits: &str) {
        self.lens.push(digits.len());
        // What is too long to be a number need not be kept.
        if self.digits.len() <= DIGITS_MAX {
            self.digits.push_str(digits);
        }
    }

    /// Spaces separate thousands only, and nothing else then does; a number does not start with 0.
    fn may_have_space(&self) -> bool {
        self.lens.first().is_some_and(|len| (1..=3).contains(len))
            && !self.digits.starts_with('0')
            && self.separators.iter().all(|&separator| separator == ' ')
            && self.digits.len() <= DIGITS_MAX
    }

    fn value(&self) -> Option<f64> {
        if self.digits.len() > DIGITS_MAX {
            return None;
        }
        let (&last, first) = match self.separators.split_last() {
            None => return self.digits.parse().ok(),
            Some(split) => split,
        };
        let decimals = self.lens.last().copied().unwrap_or(0);
        let starts_with_zero = self.digits.starts_with('0');
        let uniform = first.iter().all(|&separator| separator == last);
        if uniform && self.grouped(self.lens.len()) && !(starts_with_zero && last != ' ') {
            return self.digits.parse().ok();
        }
        let is_decimal = matches!(last, '.' | ',')
            && match first {
                [] => decimals <= 2 || (starts_with_zero && decimals <= 4),
                _ => {
                    decimals <= 3
                        && !first.contains(&last)
                        && first.iter().all(|&separator| separator == first[0])
                        && self.grouped(self.lens.len() - 1)
                }
            };
        if is_decimal { self.point(decimals) } else { None }
    }

    /// The value with the one separator before three digits taken as decimal.
    fn as_decimal(&self) -> Option<f64> {
        match (self.separators.as_slice(), self.lens.as_slice()) {
            (['.' | ','], [1..=2, 3]) => self.point(3),
            _ => None,
        }
    }

    /// Whether the first `count` groups are thousands, or lakhs and thousands.
    fn grouped(&self, count: usize) -> bool {
        match &self.lens[..count] {
            [] => false,
            [first] => *first <= DIGITS_MAX,
            [first, middle @ .., 3] => {
                let western = (1..=3).contains(first) && middle.iter().all(|&len| len == 3);
                let indian = (1..=2).contains(first) && middle.iter().all(|&len| len == 2);
                (western || indian) && !(self.digits.starts_with('0') && *first > 1)
            }
            _ => false,
        }
    }

    fn point(&self, decimals: usize) -> Option<f64> {
        let (whole, part) = self.digits.split_at_checked(self.digits.len().checked_sub(decimals)?)?;
        format!("{whole}.{part}").parse().ok()
    }
}

/// Byte after one space at `at`, if there is one.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    at + usize::from(text.as_bytes().get(at) == Some(&b' '))
}

/// Whether a multiplier is one letter after a space: "20 w/ meals" is not 200,000.
fn is_loose_letter(multiplier: &str) -> bool {
    multiplier.len() == 2 && multiplier.starts_with(' ')
}

/// Whether what comes at byte `at` is counted, or the number there goes on.
fn is_counted(text: &str, at: usize) -> bool {
    let goes_on = text[at..].starts_with(|c: char| is_spaced_letter(c) || matches!(c, '-' | '–' | '%' | '/'));
    goes_on || COUNTED.longest_at(text, skip_space(text, at)).is_some()
}

fn after_space<T>(lexicon: &Lexicon<T>, text: &str, at: usize) -> Option<(usize, &'static T)> {
    lexicon.longest_at(text, skip_space(text, at))
}

fn before_space<T>(lexicon: &Lexicon<T>, text: &str, at: usize) -> Option<(usize, &'static T)> {
    let at = at - usize::from(text[..at].ends_with(' '));
    lexicon.longest_before(text, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<f64>) {
        let at = text.find(|c: char| c.is_ascii_digit()).unwrap();
        let found = amount(text, at, 0).ok();
        assert_eq!(found.map(|amount| (amount.value * 1000.0).round() / 1000.0), expected, "{text:?}");
    }

    #[test]
    fn reads_separators() {
        for (text, expected) in [
            ("1500", 1500.0),
            ("1.500", 1500.0),
            ("1,500", 1500.0),
            ("1 500", 1500.0),
            ("1'500", 1500.0),
            ("1,50,000", 150_000.0),
            ("12,50,000.50", 1_250_000.5),
            ("1 850 000", 1_850_000.0),
            ("1.234.567,89", 1_234_567.89),
            ("1 234,50", 1234.5),
            ("14,20", 14.2),
            ("14.2", 14.2),
            ("0,80", 0.8),
            ("0.125", 0.125),
            ("20 30", 20.0),
            ("1 5000", 1.0),
            ("5.", 5.0),
            ("1,500,", 1500.0),
            ("1٬500٫25", 1500.25),
        ] {
            check(text, Some(expected));
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["12.05.2024", "192.168.0.1", "1.2.3", "12345678901234567890", "1,2345", "hsk5", "b2"] {
            check(text, None);
        }
    }

    #[test]
    fn multiplies() {
        for (text, expected) in [
            ("1.5万", 15_000.0),
            ("1万2", 12_000.0),
            ("1万2千", 12_000.0),
            ("2万3000", 23_000.0),
            ("1万 2", 10_000.0),
            ("55k", 55_000.0),
            ("55kg", 55.0),
            ("2,6k", 2600.0),
            ("7,5 triệu", 7.5e6),
            ("2.650 juta", 2.65e6),
            ("4 लाख 50 हजार", 450_000.0),
            ("2 သိန်း 8 သောင်း", 280_000.0),
            ("25만", 250_000.0),
            ("450 тыс.", 450_000.0),
            ("ලක්ෂ 3.5", 350_000.0),
            ("elfu 30", 30_000.0),
            ("1,000만", 1e7),
            ("5 แสน", 500_000.0),
            ("1.3 லட்சம்", 130_000.0),
        ] {
            check(text, Some(expected));
        }
    }
}
