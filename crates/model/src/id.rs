//! Identifiers derived from content, so that the same input has the same id on every machine.
//!
//! An id is the first 20 bytes of a SHA-256 (FIPS 180-4) over a domain label and length-prefixed parts,
//! printed as a three-letter prefix, a hyphen and 40 hexadecimal digits: `rpt-3f…`.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use thiserror::Error;

/// How many bytes of the hash an id keeps: enough that a collision costs 2^80 hashes to make.
pub const ID_BYTES: usize = 20;

/// An id that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read id {text:?}: expected {prefix}- followed by 40 hexadecimal digits")]
pub struct IdError {
    /// What was given.
    pub text: String,
    /// The prefix that this kind of id has.
    pub prefix: &'static str,
}

/// SHA-256 over a label and parts, each part preceded by its length, so that no two lists of parts
/// hash alike by shifting bytes between parts.
pub fn hash_parts(label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in std::iter::once(label.as_bytes()).chain(parts.iter().copied()) {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; ID_BYTES]);

        impl $name {
            /// The prefix in the printed form.
            pub const PREFIX: &'static str = $prefix;

            /// The id of the thing that these parts describe.
            pub fn derive(parts: &[&[u8]]) -> Self {
                let hash = hash_parts(concat!("forewarn/", $prefix, "/1"), parts);
                let mut bytes = [0; ID_BYTES];
                bytes.copy_from_slice(&hash[..ID_BYTES]);
                Self(bytes)
            }

            /// The raw bytes, as the store keeps them.
            pub fn as_bytes(&self) -> &[u8; ID_BYTES] {
                &self.0
            }

            /// An id from raw bytes, as the store kept them.
            pub fn from_bytes(bytes: [u8; ID_BYTES]) -> Self {
                Self(bytes)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!($prefix, "-"))?;
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                let error = || IdError { text: text.to_owned(), prefix: $prefix };
                let hex = text.strip_prefix(concat!($prefix, "-")).ok_or_else(error)?;
                if hex.len() != 2 * ID_BYTES || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
                    return Err(error());
                }
                let mut bytes = [0; ID_BYTES];
                for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
                    let pair = std::str::from_utf8(pair).map_err(|_| error())?;
                    *byte = u8::from_str_radix(pair, 16).map_err(|_| error())?;
                }
                Ok(Self(bytes))
            }
        }
    )*};
}

ids! {
    /// A report: hash of its title and text.
    ReportId = "rpt";
    /// A campaign: hash of the report that founded it, so that it keeps its id as it grows.
    CampaignId = "cmp";
    /// A node of the graph: hash of its kind and normalised value.
    EntityId = "ent";
    /// An edge of the graph: hash of its kind and its two ends.
    LinkId = "lnk";
    /// One row of the incident table: hash of the facts that it states.
    IncidentId = "inc";
    /// A fact read from a text that no analyst has confirmed yet.
    CandidateId = "cnd";
    /// An alarm: hash of its kind, subject and variant.
    AlarmId = "alm";
    /// A notice: hash of its author organisation, kind, subject and creation time.
    NoticeId = "ntc";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_and_reads_back() {
        let id = ReportId::derive(&[b"title", b"text"]);
        assert_eq!(id.to_string().parse::<ReportId>(), Ok(id));
        assert_eq!(id.to_string().len(), 44);
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(ReportId::derive(&[b"ab", b"c"]), ReportId::derive(&[b"a", b"bc"]));
        assert_ne!(ReportId::derive(&[b"a"]).as_bytes(), CampaignId::derive(&[b"a"]).as_bytes());
    }

    #[test]
    fn refuses_what_is_not_an_id() {
        for text in ["", "rpt-", "rpt-zz", "cmp-0000000000000000000000000000000000000000", "rpt-é"] {
            assert!(text.parse::<ReportId>().is_err(), "{text}");
        }
    }
}
