//! How far to trust something: the Admiralty system (NATO STANAG 2511; MISP taxonomy `admiralty-scale`).

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A grading that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read grading {0:?}: expected a letter A to F and a digit 1 to 6, such as B2")]
pub struct GradingError(pub String);

/// Reliability of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reliability {
    /// A: completely reliable.
    A,
    /// B: usually reliable.
    B,
    /// C: fairly reliable.
    C,
    /// D: not usually reliable.
    D,
    /// E: unreliable.
    E,
    /// F: reliability cannot be judged.
    F,
}

/// Credibility of the information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Credibility {
    /// 1: confirmed by other sources.
    Confirmed,
    /// 2: probably true.
    ProbablyTrue,
    /// 3: possibly true.
    PossiblyTrue,
    /// 4: doubtful.
    Doubtful,
    /// 5: improbable.
    Improbable,
    /// 6: truth cannot be judged.
    CannotBeJudged,
}

/// Both together, printed as `B2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grading {
    /// Reliability of the source.
    pub reliability: Reliability,
    /// Credibility of the information.
    pub credibility: Credibility,
}

impl Reliability {
    /// From the most reliable; F last.
    pub const ALL: [Self; 6] = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F];

    /// The letter.
    pub fn letter(self) -> char {
        (b'A' + self as u8) as char
    }
}

impl Credibility {
    /// From confirmed; 6 last.
    pub const ALL: [Self; 6] = [
        Self::Confirmed,
        Self::ProbablyTrue,
        Self::PossiblyTrue,
        Self::Doubtful,
        Self::Improbable,
        Self::CannotBeJudged,
    ];

    /// The digit, 1 to 6.
    pub fn digit(self) -> u8 {
        self as u8 + 1
    }
}

impl Grading {
    /// F6: nothing is known of the source nor of the information. The grading of whatever came without one.
    pub const UNKNOWN: Self = Self { reliability: Reliability::F, credibility: Credibility::CannotBeJudged };
}

impl fmt::Display for Grading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.reliability.letter(), self.credibility.digit())
    }
}

impl FromStr for Grading {
    type Err = GradingError;

    fn from_str(text: &str) -> Result<Self, GradingError> {
        let error = || GradingError(text.to_owned());
        let [letter, digit] = <[u8; 2]>::try_from(text.trim().as_bytes()).map_err(|_| error())?;
        let letter = letter.to_ascii_uppercase() as char;
        let reliability = Reliability::ALL.into_iter().find(|r| r.letter() == letter).ok_or_else(error)?;
        let credibility =
            Credibility::ALL.into_iter().find(|c| b'0' + c.digit() == digit).ok_or_else(error)?;
        Ok(Self { reliability, credibility })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_all_thirty_six_gradings() {
        for reliability in Reliability::ALL {
            for credibility in Credibility::ALL {
                let grading = Grading { reliability, credibility };
                assert_eq!(grading.to_string().parse(), Ok(grading));
            }
        }
        for text in ["", "G1", "A0", "A7", "AB", "A11", "é"] {
            assert!(text.parse::<Grading>().is_err(), "{text}");
        }
    }
}
