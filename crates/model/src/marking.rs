//! Who may see something, and what they may do with it.
//!
//! Source: FIRST, *Traffic Light Protocol 2.0* (2022), and the Permissible Actions Protocol as the MISP
//! taxonomy `PAP` states it.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A label that is not one of the standard's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read marking {text:?}: expected one of {expected}")]
pub struct MarkingError {
    /// What was given.
    pub text: String,
    /// The labels that exist.
    pub expected: &'static str,
}

/// Traffic Light Protocol 2.0: how far something may be passed on. Ordered from the most open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tlp {
    /// May be disclosed to the world.
    Clear,
    /// May be disclosed within the community, not publicly.
    Green,
    /// On a need-to-know basis within the organisation and its clients.
    Amber,
    /// On a need-to-know basis within the organisation only.
    AmberStrict,
    /// For the eyes and ears of the individual recipients only.
    Red,
}

/// Permissible Actions Protocol: what may be done with something. Ordered from the most open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pap {
    /// No restrictions.
    White,
    /// Active actions allowed.
    Green,
    /// Passive cross-checks only.
    Amber,
    /// Non-detectable actions only.
    Red,
}

/// A marking: both protocols together. `Ord` compares TLP first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Marking {
    /// How far it may be passed on.
    pub tlp: Tlp,
    /// What may be done with it.
    pub pap: Pap,
}

impl Tlp {
    /// All labels, from the most open.
    pub const ALL: [Self; 5] = [Self::Clear, Self::Green, Self::Amber, Self::AmberStrict, Self::Red];

    /// The label as the standard writes it after `TLP:`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "CLEAR",
            Self::Green => "GREEN",
            Self::Amber => "AMBER",
            Self::AmberStrict => "AMBER+STRICT",
            Self::Red => "RED",
        }
    }
}

impl Pap {
    /// All labels, from the most open.
    pub const ALL: [Self; 4] = [Self::White, Self::Green, Self::Amber, Self::Red];

    /// The label as the taxonomy writes it after `PAP:`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::White => "WHITE",
            Self::Green => "GREEN",
            Self::Amber => "AMBER",
            Self::Red => "RED",
        }
    }
}

impl Marking {
    /// Public: TLP:CLEAR, PAP:WHITE.
    pub const PUBLIC: Self = Self { tlp: Tlp::Clear, pap: Pap::White };

    /// What is assumed of a report that came without a marking: TLP:AMBER, PAP:AMBER.
    pub const DEFAULT: Self = Self { tlp: Tlp::Amber, pap: Pap::Amber };

    /// May a reader who is cleared up to `clearance` see this?
    pub fn visible_to(self, clearance: Tlp) -> bool {
        self.tlp <= clearance
    }

    /// The marking of something made from both: the stricter of each.
    pub fn join(self, other: Self) -> Self {
        Self { tlp: self.tlp.max(other.tlp), pap: self.pap.max(other.pap) }
    }
}

impl fmt::Display for Tlp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TLP:{}", self.as_str())
    }
}

impl fmt::Display for Pap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PAP:{}", self.as_str())
    }
}

impl fmt::Display for Marking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.tlp, self.pap)
    }
}

impl FromStr for Tlp {
    type Err = MarkingError;

    /// Reads `TLP:AMBER+STRICT`, `amber+strict`, and TLP 1.0's `WHITE` as `CLEAR`.
    fn from_str(text: &str) -> Result<Self, MarkingError> {
        let upper = text.trim().to_ascii_uppercase();
        let name = upper.strip_prefix("TLP:").unwrap_or(&upper);
        if name == "WHITE" {
            return Ok(Self::Clear);
        }
        Self::ALL.into_iter().find(|tlp| tlp.as_str() == name).ok_or_else(|| MarkingError {
            text: text.to_owned(),
            expected: "TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT, TLP:RED",
        })
    }
}

impl FromStr for Pap {
    type Err = MarkingError;

    /// Reads `PAP:GREEN`, `green`, and `CLEAR` as `WHITE`.
    fn from_str(text: &str) -> Result<Self, MarkingError> {
        let upper = text.trim().to_ascii_uppercase();
        let name = upper.strip_prefix("PAP:").unwrap_or(&upper);
        if name == "CLEAR" {
            return Ok(Self::White);
        }
        Self::ALL.into_iter().find(|pap| pap.as_str() == name).ok_or_else(|| MarkingError {
            text: text.to_owned(),
            expected: "PAP:WHITE, PAP:GREEN, PAP:AMBER, PAP:RED",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_label_it_prints() {
        for tlp in Tlp::ALL {
            assert_eq!(tlp.to_string().parse(), Ok(tlp));
        }
        for pap in Pap::ALL {
            assert_eq!(pap.to_string().parse(), Ok(pap));
        }
        assert_eq!("tlp:white".parse(), Ok(Tlp::Clear));
        assert!("TLP:ORANGE".parse::<Tlp>().is_err());
    }

    #[test]
    fn a_join_is_never_more_open() {
        for a in Tlp::ALL {
            for b in Tlp::ALL {
                let join = Marking { tlp: a, pap: Pap::White }.join(Marking { tlp: b, pap: Pap::Red });
                assert!(join.tlp >= a && join.tlp >= b && join.pap == Pap::Red);
                assert!(!join.visible_to(Tlp::Clear) || a.max(b) == Tlp::Clear);
            }
        }
    }
}
