//! Conditions over what `extract` found: places, money, observables, language; and their combinations.

use std::ops::Range;

use forewarn_model::{Country, Language, ObservableKind};

/// A condition, read from TOML: one key of an inline table each.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition<P> {
    /// Every one.
    All(Vec<Condition<P>>),
    /// At least one.
    Any(Vec<Condition<P>>),
    /// It does not hold. Shows no words.
    Not(Box<Condition<P>>),
    /// All hold within `chars` characters of one another.
    Near { chars_max: u32, of: Vec<Condition<P>> },
    /// One of these patterns occurs.
    Words(P),
    /// A place of this kind is named.
    Place(PlaceTest),
    /// An amount of this size is named.
    Money(MoneyTest<P>),
    /// An identifier of one of these kinds occurs: `phone`, `handle:*`.
    Observable(Vec<KindTest>),
    /// A whole number from `min` to `max` is written, in digits.
    Number { min: u64, max: u64 },
    /// The text is in one of these languages.
    Language(Vec<Language>),
}

/// What a place condition asks. All that is given must hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct PlaceTest {
    /// Public reports name it as a place of scam centres.
    pub hub: Option<bool>,
    /// It lies outside the countries in which the language of the text is at home.
    pub abroad: Option<bool>,
    /// It lies in one of these.
    pub country: Vec<Country>,
    /// So many different countries are named in the text.
    pub countries_min: Option<usize>,
}

/// What a money condition asks. All that is given must hold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MoneyTest<P> {
    /// At least so many times the usual wage of the place.
    pub norm_factor_min: Option<f64>,
    /// At least so many US dollars a month.
    pub monthly_usd_min: Option<f64>,
    /// Amounts with one of these patterns close before or behind are not pay.
    pub not_near: Option<P>,
    /// How close, in characters.
    pub chars_max: u32,
}

/// What kind of identifier is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KindTest {
    /// This one.
    Is(ObservableKind),
    /// `handle:*`
    AnyHandle,
    /// `crypto:*`
    AnyCrypto,
}

impl KindTest {
    /// Reads a kind as the model prints it, or with a star.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "handle:*" => Some(Self::AnyHandle),
            "crypto:*" => Some(Self::AnyCrypto),
            _ => text.parse().ok().map(Self::Is),
        }
    }

    pub(crate) fn fits(self, kind: ObservableKind) -> bool {
        match self {
            Self::Is(wanted) => wanted == kind,
            Self::AnyHandle => matches!(kind, ObservableKind::Handle(_)),
            Self::AnyCrypto => matches!(kind, ObservableKind::Crypto(_)),
        }
    }
}

/// The number of a set of words that conditions ask for.
pub(crate) type WordsId = u32;

/// A compiled condition: sets of words are told by number.
pub(crate) type CompiledCondition = Condition<WordsId>;

/// What a condition found: the words that show it; none where it rests on an absence.
pub(crate) type Evidence = Vec<Range<usize>>;
