//! Amounts of money in a text, made comparable.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::text::Span;

/// A currency code that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read currency {0:?}: expected an ISO 4217 code of three capitals, such as USD")]
pub struct CurrencyError(pub String);

/// A currency: ISO 4217 alphabetic code, or USDT for the stablecoin.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 4]);

impl Currency {
    /// The code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???").trim_end_matches('\0')
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;

    fn from_str(text: &str) -> Result<Self, CurrencyError> {
        let form = text == "USDT" || (text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase()));
        if !form {
            return Err(CurrencyError(text.to_owned()));
        }
        let mut code = [0; 4];
        code[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self(code))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The time that an amount is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Period {
    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// How many of it a month of full-time work has: 173.33 hours, 21.67 days, 4.33 weeks (52 weeks of
    /// 40 hours a year), 1, 1/12.
    pub fn per_month(self) -> f64 {
        match self {
            Self::Hour => 52.0 * 40.0 / 12.0,
            Self::Day => 52.0 * 5.0 / 12.0,
            Self::Week => 52.0 / 12.0,
            Self::Month => 1.0,
            Self::Year => 1.0 / 12.0,
        }
    }
}

/// An amount or a range of amounts that a text names.
#[derive(Debug, Clone, PartialEq)]
pub struct Money {
    /// Where the text names it.
    pub span: Span,
    /// The lower (or only) amount, in units of `currency`.
    pub min: f64,
    /// The upper (or only) amount.
    pub max: f64,
    /// The currency.
    pub currency: Currency,
    /// The time that it is paid for, where the text says so.
    pub period: Option<Period>,
    /// Lower and upper amount in US dollars a month; none where no rate is known. An amount without a
    /// period counts as monthly.
    pub monthly_usd: Option<(f64, f64)>,
}
