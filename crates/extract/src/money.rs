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

use forewarn_model::{Country, Money, Normalized, Period, Span};

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
        let end = sum.start + source[sum.start..sum.end].trim_end_matches('.').len();
        let span = text.original_span(sum.start..end);
        let Some(money) = finder.price(&sum, span) else { continue };
        finder.floor = sum.end;
        found.push(money);
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
                // Letters between digits belong to a code, not to an amount.
                let bytes = self.text.as_bytes();
                let is_inside = bytes[start].is_ascii_alphabetic()
                    && start.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_digit());
                let counts = start >= self.floor && !is_inside && self.context.accepts(found, amount);
                return counts.then_some(found);
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
        if is_of_next || agreed(left.sign.unit, right.sign.unit).is_none() {
            return before;
        }
        let right_is_clearer = right.sign.unit.clearness() > left.sign.unit.clearness();
        let sign = if right_is_clearer { right.sign } else { left.sign };
        Some(Found { start: left.start, end: right.end, sign })
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

    fn price(&self, sum: &Sum, span: Span) -> Option<Money> {
        if !(sum.min > 0.0 && sum.max <= VALUE_MAX) {
            return None;
        }
        let named = period::around(self.text, self.floor, sum.start, sum.end);
        let monthly = named.map_or(1.0, Period::per_month) * sum.max;
        let (currency, usd) = self.context.resolve(sum.unit, monthly)?;
        let is_yearly =
            YEARLY_CODES.contains(&currency.as_str()) && sum.min >= YEARLY_MIN && sum.max <= YEARLY_MAX;
        let period = named.or(is_yearly.then_some(Period::Year));
        let rate = usd * period.map_or(1.0, Period::per_month);
        Some(Money {
            span,
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

/// The clearer of two signs that may mean the same currency.
fn agreed(one: Unit, other: Unit) -> Option<Unit> {
    let (clear, vague) = if other.clearness() > one.clearness() { (other, one) } else { (one, other) };
    clear.may_be(vague).then_some(clear)
}

#[cfg(test)]
mod tests {
    use forewarn_model::NormalizedBuilder;
    use proptest::prelude::*;

    use super::*;

    fn normalized(text: &str) -> Normalized {
        let mut builder = NormalizedBuilder::default();
        for (at, c) in (0u32..).zip(text.chars()) {
            builder.push(c, Span::new(at, at + 1));
        }
        builder.finish(text.chars().count() as u32)
    }

    fn countries(codes: &str) -> Vec<Country> {
        codes.split_whitespace().map(|code| code.parse().unwrap()).collect()
    }

    fn summary(money: &Money) -> String {
        let period = money.period.map(|period| format!("/{}", period.as_str())).unwrap_or_default();
        match money.min == money.max {
            true => format!("{} {}{period}", money.currency, money.min),
            false => format!("{} {}-{}{period}", money.currency, money.min, money.max),
        }
    }

    /// Folded text, the countries that it names, and the money in it.
    #[track_caller]
    fn check(text: &str, codes: &str, expected: &str) {
        let found = find(&normalized(text), &countries(codes));
        let found: Vec<_> = found.iter().map(summary).collect();
        assert_eq!(found.join(", "), expected, "{text:?} [{codes}]");
    }

    #[test]
    fn reads_signs_codes_and_words() {
        for (text, codes, expected) in [
            ("pay $1,200", "", "USD 1200"),
            ("底薪15k–20k", "", "CNY 15000-20000"),
            ("日给300元", "", "CNY 300/day"),
            ("salary 1.5 lakh per month", "IN", "INR 150000/month"),
            ("salary 2 lakh", "PK", "PKR 200000"),
            ("2 lakh followers", "IN", ""),
            ("sahod 55k–70k", "PH", "PHP 55000-70000"),
            ("reb8tk3gbgk5auzkwc6shnwrgvjh8dualh", "", ""),
            ("1.300 $ netti", "", "USD 1300"),
            ("usd 1,200 – 2,500", "", "USD 1200-2500"),
            ("us$ 2.000 livres", "BR", "USD 2000"),
            ("$800-1500/month", "KH", "USD 800-1500/month"),
            ("$800 to $1500", "", "USD 800-1500"),
            ("1000$ - 1500$", "", "USD 1000-1500"),
            ("2.000–2.500 €", "", "EUR 2000-2500"),
            ("3000 usdt a month", "", "USDT 3000/month"),
            ("底薪3000u", "", "USDT 3000"),
            ("chf 3 700 brut", "", "CHF 3700"),
            ("fr. 4'500", "", "CHF 4500"),
            ("250 000 fcfa", "SN", "XOF 250000"),
            ("250 000 fcfa", "CM", "XAF 250000"),
            ("ksh 28,000–34,000", "", "KES 28000-34000"),
            ("r9,500", "", "ZAR 9500"),
            ("r70 an hour", "ZA", "ZAR 70/hour"),
            ("s/ 6.000 mensuales", "PE", "PEN 6000/month"),
            ("r$ 1.518 + vr", "", "BRL 1518"),
            ("rm2,300–2,800", "", "MYR 2300-2800"),
            ("₱32k–₱38k", "", "PHP 32000-38000"),
            ("55k–70k php monthly", "", "PHP 55000-70000/month"),
            ("17 500–21 000 грн", "", "UAH 17500-21000"),
            ("450–520 тыс. ₽", "", "RUB 450000-520000"),
            ("от 118 000 руб. за месяц", "", "RUB 118000/month"),
            ("26.000 tl net", "", "TRY 26000"),
            ("24,80 зл/год", "PL", "PLN 24.8/hour"),
            ("sgd 1,650 + elaun", "", "SGD 1650"),
            ("32 lucas diarias", "CL", "CLP 32000/day"),
            ("35 mil pesos al mes", "MX", "MXN 35000/month"),
            ("25,000 pesos kada buwan", "PH KH", "PHP 25000/month"),
            ("hk$20,000", "", "HKD 20000"),
            ("$20 w/ meals", "", "USD 20"),
            ("750 000 ar + prime", "MG", "MGA 750000"),
            ("3000 won, 12,000 kr", "SE", "KRW 3000, SEK 12000"),
            ("nt$29.500", "", "TWD 29500"),
        ] {
            check(text, codes, expected);
        }
    }

    #[test]
    fn reads_the_languages_of_asia_and_africa() {
        for (text, codes, expected) in [
            ("月薪3万", "", "CNY 30000/month"),
            ("底薪1.5万人民币+提成,月入3万–8万", "", "CNY 15000, CNY 30000-80000/month"),
            ("底薪1万2,开单", "", "CNY 12000"),
            ("2.8万–4万/月", "AE", "CNY 28000-40000/month"),
            ("月薪8萬起跳", "TW KH", "TWD 80000/month"),
            ("月薪18,500–20,000", "HK", "HKD 18500-20000/month"),
            ("時薪 200 元", "TW", "TWD 200/hour"),
            ("年薪30万", "CN", "CNY 300000/year"),
            ("日结800,做满20天", "MM", "CNY 800/day"),
            ("底薪28,000铢", "TH", "THB 28000"),
            ("1500美金", "", "USD 1500"),
            ("每月加100美元", "", "USD 100/month"),
            ("月給25万円", "", "JPY 250000/month"),
            ("月120万〜です", "", "JPY 1200000/month"),
            ("時給1,250円〜", "", "JPY 1250/hour"),
            ("500 万ウォン", "", "KRW 5000000"),
            ("급여 280만원", "", "KRW 2800000"),
            ("25만원", "", "KRW 250000"),
            ("월 800~1500 (기본급 400 보장)", "KH", "KRW 8000000-15000000/month, KRW 4000000"),
            ("월 2,300~2,800달러", "", "USD 2300-2800/month"),
            ("연봉 3,800만~4,600만원", "", "KRW 38000000-46000000/year"),
            ("เงินเดือน 14,000 มีห้อง", "", "THB 14000"),
            ("54,000 บาทต่อเดือน", "", "THB 54000/month"),
            ("3 หมื่นบาท", "", "THB 30000"),
            ("lương 15 triệu", "", "VND 15000000"),
            ("lương 7,5–9 triệu", "", "VND 7500000-9000000"),
            ("36–38 triệu đồng/tháng", "", "VND 36000000-38000000/month"),
            ("28 củ", "", "VND 28000000"),
            ("500 đô", "", "USD 500"),
            ("rp 7–16 juta", "", "IDR 7000000-16000000"),
            ("gapok rp12 jt + bonus", "", "IDR 12000000"),
            ("400 ribu sebulan", "", "IDR 400000/month"),
            ("₹15,500 – ₹19,000", "", "INR 15500-19000"),
            ("₹1,50,000", "", "INR 150000"),
            ("वेतन 75,000 रुपये महीना", "", "INR 75000/month"),
            ("महिनाको 55 हजार रुपैयाँ", "", "NPR 55000/month"),
            ("तलब: रु. 1,60,000 बाट सुरु", "NP", "NPR 160000"),
            ("900 से 1,300 डॉलर", "", "USD 900-1300"),
            ("মাস শেষে 80 হাজার থেকে 1 লাখ 20", "BD", "BDT 80000-120000/month"),
            ("সাড়ে 4 লাখ", "BD", "BDT 450000"),
            ("வயது 20, மாசம் 1.3 லட்சம்", "", "INR 130000/month"),
            ("22–26 சிங்கப்பூர் டாலர்", "SG", "SGD 22-26"),
            ("رو 38,000 سے 50,000 روپے", "", "PKR 38000-50000"),
            ("රු. ලක්ෂ 3.5 – 5", "", "LKR 350000-500000"),
            ("လစာ 15 သိန်းမှ 30 သိန်း", "", "MMK 1500000-3000000"),
            ("တစ်လ ဘတ် 45,000", "", "THB 45000/month"),
            ("340–400 បាត/ថ្ងៃ", "", "THB 340-400/day"),
            ("12 ລ້ານກີບ", "", "LAK 12000000"),
            ("сарын 6–9 сая төгрөг", "", "MNT 6000000-9000000/month"),
            ("айлығы 330–380 мың теңге", "", "KZT 330000-380000/month"),
            ("kuniga 160 ming so'm", "", "UZS 160000/day"),
            ("mshahara dola 900 kwa mwezi", "", "USD 900/month"),
            ("shilingi elfu 30", "TZ", "TZS 30000"),
            ("1200 – 2500 دولار", "", "USD 1200-2500"),
            ("من 4500 إلى 6000 ريال", "QA", "QAR 4500-6000"),
            ("320 ديناراً", "JO", "JOD 320"),
            ("ከ4,500 እስከ 9,000 ብር", "", "ETB 4500-9000"),
            ("ለሰዓት 85 ብር", "", "ETB 85/hour"),
        ] {
            check(text, codes, expected);
        }
    }

    #[test]
    fn reads_periods() {
        for (text, codes, expected) in [
            ("£27,500–£30,000, 37.5 h", "GB", "GBP 27500-30000/year"),
            ("€42,000 brutto/jahr", "", "EUR 42000/year"),
            ("$48,000 per annum", "", "USD 48000/year"),
            ("$60k/yr", "", "USD 60000/year"),
            ("600 $ par mois", "", "USD 600/month"),
            ("120 € al mes", "", "EUR 120/month"),
            ("3.000 $ al mese", "", "USD 3000/month"),
            ("13,80 € je stunde", "", "EUR 13.8/hour"),
            ("240 € monatlich", "", "EUR 240/month"),
            ("3.200 coroane pe lună", "NO", "NOK 3200/month"),
            ("aylık 900 dolar", "", "USD 900/month"),
            ("haftalık 750 tl", "", "TRY 750/week"),
            ("сағатына 12,41 еуро", "", "EUR 12.41/hour"),
            ("ставка 190 крон на годину", "NO", "NOK 190/hour"),
            ("90 sterline a settimana", "", "GBP 90/week"),
            ("us$ 200 na hora", "", "USD 200"),
            ("$150 bonus. monthly team dinner", "", "USD 150"),
            ("1.800 dólares libres más comisión a la semana", "", "USD 1800"),
            ("90 ஆயிரம் மூணு மாசம்", "", "INR 90000"),
            ("เดือนละ 16,000–18,000 หยุดอาทิตย์ละวัน", "", "THB 16000-18000/month"),
        ] {
            check(text, codes, expected);
        }
    }

    #[test]
    fn resolves_ambiguous_signs_by_country() {
        for (text, codes, expected) in [
            ("$5,000", "AU", "AUD 5000"),
            ("$5,000", "AU KH", "USD 5000"),
            ("$35,000", "MX", "MXN 35000"),
            ("$2.500", "CO", "USD 2500"),
            ("2.500 dólares", "MX", "USD 2500"),
            ("週170ドル", "AU JP", "AUD 170/week"),
            ("¥8000", "", "CNY 8000"),
            ("¥178,000", "", "JPY 178000"),
            ("¥1,250", "JP", "JPY 1250"),
            ("rs 45,000", "", "INR 45000"),
            ("rs. 45,000", "PK", "PKR 45000"),
            ("rs 45,000", "LK", "LKR 45000"),
            ("165 kr/timme", "DK", "DKK 165"),
            ("250 dinar", "KW", "KWD 250"),
            ("1500 dirham", "MA", "MAD 1500"),
            ("500 francs", "CH", "CHF 500"),
            ("2300 riyals", "QA", "QAR 2300"),
            ("6000元", "CN", "CNY 6000"),
        ] {
            check(text, codes, expected);
        }
    }

    #[test]
    fn leaves_other_numbers() {
        for text in [
            "",
            "call +44 7700 900145 or 0000 000 0051",
            "age 20-35, 2 years, 12 hours",
            "since 2009, 40 wpm, 8% commission",
            "18:00–23:59 on 30/11/2024",
            "年龄18–24,男女都要,7月3号",
            "提成8个点起,每月15号发工资",
            "工资上浮15%",
            "5월 200명 모집, 3월 8일",
            "40 हजार लोग",
            "500 ribu orang",
            "hsk5, jlpt n4, c1/d visa, f-16",
            "192.168.1.1",
            "3 php developers, team of 5 r users",
            "salary in usd. 20 people",
            "mga 30,000 tao, 20 some people, 15 won prizes, 5 europeans",
            "mo.-fr. 8 uhr, 30 sek., 6 ft tall, scan qr 2 times, 2 bath",
            "20 реальных отзывов, 5 должностей, 15 вони",
            "try 1500 words, 20欧美客户, 20엔지니어",
            "0 грн",
        ] {
            check(text, "PH", "");
        }
    }

    #[test]
    fn compares_by_the_month() {
        #[track_caller]
        fn check_usd(text: &str, expected: (f64, f64)) {
            let found = find(&normalized(text), &[]);
            let (min, max) = found[0].monthly_usd.unwrap();
            assert!(
                (min - expected.0).abs() < 0.01 && (max - expected.1).abs() < 0.01,
                "{text:?}: {min} {max}"
            );
        }
        check_usd("$800-1500", (800.0, 1500.0));
        check_usd("$12 per hour", (2080.0, 2080.0));
        check_usd("$24,000 a year", (2000.0, 2000.0));
        check_usd("thb 50,000", (1460.0, 1460.0));
    }

    #[test]
    fn spans_cover_the_currency_and_the_whole_range() {
        let text = "базовая 450–520 тыс. ₽ до вычета, бонус 5 000 руб. в мае";
        let found = find(&normalized(text), &[]);
        let words: Vec<_> = found.iter().map(|money| money.span.slice(text)).collect();
        assert_eq!(words, ["450–520 тыс. ₽", "5 000 руб"]);
    }

    #[test]
    fn words_are_written_as_texts_are_folded() {
        for (sign, words) in unit_words::ROWS {
            assert_eq!(words.to_lowercase(), *words, "{sign:?}");
        }
    }

    proptest! {
        #[test]
        fn finds_in_order_without_overlaps(text in r"(\PC|[0-9.,' $€万k\n-]|1,500|usd|月薪| triệu|/month| लाख|–){0,60}") {
            let text = normalized(&text.to_lowercase());
            let found = find(&text, &countries("TW KH MX AU"));
            let mut end = 0;
            for money in &found {
                prop_assert!(money.span.start >= end && money.span.end > money.span.start);
                prop_assert!(money.span.end <= text.original_len());
                prop_assert!(money.min > 0.0 && money.min <= money.max && money.max.is_finite());
                end = money.span.end;
            }
        }

        #[test]
        fn arbitrary_text_is_no_problem(text in any::<String>()) {
            find(&normalized(&text), &[]);
        }
    }
}
