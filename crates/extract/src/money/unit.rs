//! Currencies as texts write them, and which currency an ambiguous sign or word means.

use std::cell::OnceCell;
use std::sync::LazyLock;

use forewarn_model::{Country, Currency};

use super::lexicon::Lexicon;
use super::number::Amount;
use super::rates::{currency_of, rate};
use super::unit_words::ROWS;

/// What a sign or word says of the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// The first of these that is the currency of a named country, or else the first.
    Of(&'static [&'static str]),
    /// The sign $.
    Dollar,
    /// A word for dollars.
    DollarWord,
    /// The sign ¥.
    Yen,
    /// Words for pesos, in Spanish or in the Philippines.
    Peso,
    /// Rupees of India or of Nepal.
    Devanagari,
    /// 元 and Chinese amounts without a currency.
    Yuan,
}

impl Unit {
    /// How much it tells.
    pub(super) fn clearness(self) -> u8 {
        match self {
            Self::Of([_]) => 2,
            Self::Of(_) | Self::DollarWord | Self::Peso | Self::Devanagari => 1,
            Self::Dollar | Self::Yen | Self::Yuan => 0,
        }
    }

    /// Whether it may mean the same as `vague`, which tells no more.
    pub(super) fn may_be(self, vague: Self) -> bool {
        let one_of = |codes: &[&str]| matches!(self, Self::Of(own) if own.iter().any(|c| codes.contains(c)));
        self == vague
            || match vague {
                Self::Of(codes) => one_of(codes),
                Self::Dollar => {
                    matches!(self, Self::DollarWord | Self::Peso)
                        || one_of(&["USD", "USDT", "BRL", "PHP"])
                        || one_of(DOLLARS)
                        || one_of(PESO_SIGN)
                }
                Self::DollarWord => one_of(&["USD"]) || one_of(DOLLARS),
                Self::Peso => one_of(&["PHP"]) || one_of(PESOS),
                Self::Devanagari => one_of(&["INR", "NPR"]),
                Self::Yen => self == Self::Yuan || one_of(&["JPY", "CNY"]),
                Self::Yuan => self == Self::Yen || one_of(&["JPY", "CNY", "TWD", "HKD", "MOP"]),
            }
    }
}

/// On which side of the number a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
    Either,
}

/// How much else must speak for a word that is also something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// Nothing.
    None,
    /// Fifty at least.
    Amount,
    /// A thousand at least, or a named country that uses the currency.
    Home,
    /// As `Home`, and it must touch the number.
    TouchAndHome,
    /// A named country that uses the currency.
    Named,
    /// Fifty at least, and it must touch the number.
    Touch,
}

/// A sign or word of a currency.
#[derive(Debug)]
pub(super) struct Sign {
    pub(super) unit: Unit,
    pub(super) side: Side,
    pub(super) care: Care,
}

/// A sign that stands in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) sign: &'static Sign,
}

/// Signs before a number.
pub(super) static BEFORE: LazyLock<Lexicon<Sign>> = LazyLock::new(|| {
    let rows = ROWS.iter().filter(|(sign, _)| sign.side != Side::After);
    Lexicon::new(rows.map(|(sign, words)| (sign, *words)))
});

/// Signs after a number.
pub(super) static AFTER: LazyLock<Lexicon<Sign>> = LazyLock::new(|| {
    let rows = ROWS.iter().filter(|(sign, _)| sign.side != Side::Before);
    Lexicon::new(rows.map(|(sign, words)| (sign, *words)))
});

/// Currencies whose sign is $; those of the second list are also called dollar.
const PESO_SIGN: &[&str] = &["MXN", "CLP", "COP", "ARS", "UYU", "DOP", "CUP", "MOP"];
const DOLLARS: &[&str] = &["AUD", "NZD", "CAD", "SGD", "HKD", "TWD", "BND", "FJD", "NAD", "LRD"];

/// Countries where pay in US dollars is common in offers to foreigners: where one of them is named, a
/// dollar is one of the United States.
const PAID_IN_US_DOLLARS: &str = "US KH MM LA TH PH VN AE ID GE EC SV PA TL NG GH";

/// Dollars a month: less is no pay, more is none of a wage earner.
const MONTHLY_USD_MIN: f64 = 60.0;
const MONTHLY_USD_MAX: f64 = 30_000.0;

/// Pesos, first those of the countries that speak Spanish.
const PESOS: &[&str] = &["MXN", "COP", "ARS", "CLP", "UYU", "DOP", "CUP"];

/// Frequent words that tell two languages of one script apart: Spanish from Filipino, Nepali from Hindi.
const SPANISH: &[&str] = &["ción", " que ", " los ", " por ", " al mes"];
const NEPALI: &[&str] = &[" छ", "हरू", "गर्न", "मलाई", "लाई ", "हुन्छ"];

/// Yen are at least this much, yuan mostly less.
const YEN_MIN: f64 = 60_000.0;

/// Characters that only traditional Chinese has, of those frequent in offers.
const TRADITIONAL: &str = "萬錢東國們來電話資勞臺灣應徵經驗機會職無為請聯絡與個這裡對開發獎";
const SIMPLIFIED: &str = "万钱东国们来电话资劳湾应经验机会职无为请联络与个这里对开发奖";

/// Whether a sign of a currency ends right before byte `at`.
pub(super) fn touches(text: &str, at: usize) -> bool {
    BEFORE.longest_before(text, at).is_some()
}

/// What of a text decides between currencies.
pub(super) struct Context<'a> {
    text: &'a str,
    countries: &'a [Country],
    locals: OnceCell<Vec<&'static str>>,
    spanish: OnceCell<bool>,
    nepali: OnceCell<bool>,
    traditional: OnceCell<bool>,
    kana: OnceCell<bool>,
}

impl<'a> Context<'a> {
    pub(super) fn new(text: &'a str, countries: &'a [Country]) -> Self {
        Self {
            text,
            countries,
            locals: OnceCell::new(),
            spanish: OnceCell::new(),
            nepali: OnceCell::new(),
            traditional: OnceCell::new(),
            kana: OnceCell::new(),
        }
    }

    /// Whether `found` may be a currency next to `amount`.
    pub(super) fn accepts(&self, found: Found, amount: &Amount) -> bool {
        let touches = found.end == amount.start || found.start == amount.end;
        match found.sign.care {
            Care::None => true,
            Care::Amount => amount.value >= 50.0,
            Care::Touch => touches && amount.value >= 50.0,
            Care::Named => self.is_home(found.sign.unit),
            Care::Home => amount.value >= 1000.0 || self.is_home(found.sign.unit),
            Care::TouchAndHome => touches && (amount.value >= 1000.0 || self.is_home(found.sign.unit)),
        }
    }

    /// The currency, and US dollars for a unit of it; `monthly` is the greatest amount, in units a month.
    pub(super) fn resolve(&self, unit: Unit, monthly: f64) -> Option<(Currency, f64)> {
        let code = match unit {
            Unit::Of(codes) => *codes.iter().find(|code| self.locals().contains(code)).or(codes.first())?,
            Unit::Peso => self.peso(),
            Unit::Devanagari => self.devanagari(),
            Unit::Dollar => self.dollar(monthly, true),
            Unit::DollarWord => self.dollar(monthly, false),
            Unit::Yen => self.yen(monthly),
            Unit::Yuan => self.yuan(),
        };
        rate(code)
    }

    fn is_home(&self, unit: Unit) -> bool {
        matches!(unit, Unit::Of(codes) if codes.iter().any(|code| self.locals().contains(code)))
    }

    fn locals(&self) -> &[&'static str] {
        self.locals.get_or_init(|| {
            let mut locals: Vec<_> = self.countries.iter().filter_map(|c| currency_of(*c)).collect();
            locals.sort_unstable();
            locals.dedup();
            locals
        })
    }

    fn dollar(&self, monthly: f64, sign: bool) -> &'static str {
        let is_dollar = |code: &&str| DOLLARS.contains(code) || (sign && PESO_SIGN.contains(code));
        let mut candidates = self.locals().iter().filter(|code| is_dollar(code));
        let (Some(&local), None) = (candidates.next(), candidates.next()) else { return "USD" };
        let usd = rate(local).map_or(0.0, |(_, rate)| rate * monthly);
        let in_usd = |country: &Country| PAID_IN_US_DOLLARS.split(' ').any(|c| c == country.as_str());
        let too_much = monthly > MONTHLY_USD_MAX && usd <= MONTHLY_USD_MAX;
        let common = !self.countries.iter().any(in_usd);
        let is_pay = usd >= MONTHLY_USD_MIN || DOLLARS.contains(&local);
        if is_pay && (common || too_much) { local } else { "USD" }
    }

    fn peso(&self) -> &'static str {
        let local = PESOS.iter().find(|code| self.locals().contains(code));
        let is_philippine = self.locals().contains(&"PHP") || local.is_none();
        match (is_philippine, *self.spanish.get_or_init(|| self.says(SPANISH))) {
            (true, false) => "PHP",
            _ => local.unwrap_or(&"MXN"),
        }
    }

    fn devanagari(&self) -> &'static str {
        let local = ["NPR", "INR"].into_iter().filter(|code| self.locals().contains(code));
        let is_nepali = || *self.nepali.get_or_init(|| self.says(NEPALI));
        match local.collect::<Vec<_>>().as_slice() {
            ["NPR"] => "NPR",
            _ if is_nepali() => "NPR",
            _ => "INR",
        }
    }

    /// Whether the text has one of these words.
    fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.contains(word))
    }

    fn yen(&self, monthly: f64) -> &'static str {
        let has = |code| self.locals().contains(&code);
        match (has("JPY"), has("CNY")) {
            (true, false) => "JPY",
            (false, true) => "CNY",
            _ if self.has_kana() || monthly >= YEN_MIN => "JPY",
            _ => "CNY",
        }
    }

    fn yuan(&self) -> &'static str {
        if self.has_kana() && !self.locals().contains(&"CNY") {
            return "JPY";
        }
        let local = ["CNY", "TWD", "HKD", "MOP"].into_iter().find(|code| self.locals().contains(code));
        match local {
            Some("CNY") | None if self.is_traditional() => {
                let outside = ["TWD", "HKD", "MOP"].into_iter().find(|code| self.locals().contains(code));
                outside.unwrap_or("TWD")
            }
            Some(local) => local,
            None => "CNY",
        }
    }

    fn has_kana(&self) -> bool {
        *self.kana.get_or_init(|| self.text.chars().any(|c| ('ぁ'..='ヺ').contains(&c)))
    }

    fn is_traditional(&self) -> bool {
        *self.traditional.get_or_init(|| {
            let (mut traditional, mut simplified) = (0usize, 0usize);
            for c in self.text.chars().filter(|&c| super::lexicon::is_unspaced(c)) {
                traditional += usize::from(TRADITIONAL.contains(c) && !SIMPLIFIED.contains(c));
                simplified += usize::from(SIMPLIFIED.contains(c) && !TRADITIONAL.contains(c));
            }
            traditional > simplified
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::{MULTIPLIERS, PAY};
    use super::*;

    #[test]
    fn every_currency_of_the_words_has_a_rate() {
        for (sign, words) in ROWS {
            let codes = match sign.unit {
                Unit::Of(codes) => codes,
                _ => &[],
            };
            for code in codes {
                assert!(rate(code).is_some(), "{code} of {words}");
            }
        }
        for code in DOLLARS.iter().chain(PESO_SIGN) {
            assert!(rate(code).is_some(), "{code}");
        }
        assert!(PAY.longest_at("月薪", 0).is_some() && MULTIPLIERS.longest_at("万", 0).is_some());
    }
}
