//! Red flags that a rule found in a text: facts, not verdicts.

use std::fmt;
use std::sync::Arc;

use crate::text::Span;

/// The name of an indicator, such as `passport_handover`: lower-case letters, digits and underscores.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndicatorName(Arc<str>);

impl IndicatorName {
    /// A name; none if it is empty, longer than 64 bytes, or has other characters than `a`–`z`, `0`–`9`
    /// and `_`.
    pub fn new(name: &str) -> Option<Self> {
        let form = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        (!name.is_empty() && name.len() <= 64 && name.bytes().all(form)).then(|| Self(name.into()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IndicatorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for IndicatorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One red flag in a text, with the words that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Which one.
    pub name: IndicatorName,
    /// The words that show it.
    pub span: Span,
    /// The pattern of the rule that matched, for `rules explain`: its place in the pack.
    pub pattern: String,
}
