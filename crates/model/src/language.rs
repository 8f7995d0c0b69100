//! Languages as short BCP 47 tags (RFC 5646).

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A tag that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read language {0:?}: expected a BCP 47 tag of at most 8 letters, such as en or zh-Hans")]
pub struct LanguageError(pub String);

/// A language tag of at most eight bytes: `en`, `fil`, `zh-Hans`; `und` where it is not known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 8]);

impl Language {
    /// `und`: undetermined.
    pub const UNKNOWN: Self = Self(*b"und\0\0\0\0\0");
    /// English.
    pub const ENGLISH: Self = Self(*b"en\0\0\0\0\0\0");

    /// The tag.
    pub fn as_str(&self) -> &str {
        let len = self.0.iter().position(|&b| b == 0).unwrap_or(8);
        std::str::from_utf8(&self.0[..len]).unwrap_or("und")
    }

    /// The primary subtag: `zh` of `zh-Hans`.
    pub fn primary(&self) -> &str {
        self.as_str().split('-').next().unwrap_or("und")
    }

    /// Whether the language is not known.
    pub fn is_unknown(self) -> bool {
        self == Self::UNKNOWN
    }

    /// Whether it is written from right to left (Arabic, Persian, Hebrew, Urdu, Pashto, …).
    pub fn is_right_to_left(self) -> bool {
        matches!(self.primary(), "ar" | "fa" | "he" | "ur" | "ps" | "sd" | "ug" | "yi" | "dv" | "ckb")
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    /// Reads a tag, in any case, with `-` or `_`; a region is dropped (`pt-BR` is `pt`), `zh-CN` and
    /// `zh-TW` become the scripts that they mean, and `tl` is `fil`.
    fn from_str(text: &str) -> Result<Self, LanguageError> {
        let error = || LanguageError(text.to_owned());
        let mut parts = text.trim().split(['-', '_']);
        let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
        if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(error());
        }
        let mut tag = if primary == "tl" { "fil".to_owned() } else { primary };
        for part in parts {
            if part.is_empty() || part.len() > 8 || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return Err(error());
            }
            let script = match (tag.as_str(), part.to_ascii_lowercase().as_str()) {
                ("zh", "hans" | "cn" | "sg") => Some("Hans"),
                ("zh", "hant" | "tw" | "hk" | "mo") => Some("Hant"),
                _ => None,
            };
            if let Some(script) = script {
                tag = format!("zh-{script}");
            }
        }
        let mut bytes = [0; 8];
        bytes.get_mut(..tag.len()).ok_or_else(error)?.copy_from_slice(tag.as_bytes());
        Ok(Self(bytes))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags() {
        for (text, expected) in [
            ("en", "en"),
            ("EN_us", "en"),
            ("zh-Hant", "zh-Hant"),
            ("zh-CN", "zh-Hans"),
            ("zh-hant-HK", "zh-Hant"),
            ("tl", "fil"),
            ("pt-BR", "pt"),
        ] {
            assert_eq!(text.parse::<Language>().map(|l| l.to_string()), Ok(expected.to_owned()));
        }
        for text in ["", "e", "english", "zh-", "ไทย"] {
            assert!(text.parse::<Language>().is_err(), "{text}");
        }
    }
}
