//! Closed lists of words: one type for each list, written and read by the same names everywhere.

use thiserror::Error;

/// A word of a closed list that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read {list} {text:?}: expected one of {expected}")]
pub struct WordError {
    /// Which list.
    pub list: &'static str,
    /// What was given.
    pub text: String,
    /// The words that exist.
    pub expected: String,
}

/// `Name ("list"): Variant = "word", …`: an enumeration with its names.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident ($list:literal): $($(#[$vdoc:meta])* $variant:ident = $text:literal,)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::words::WordError;

            fn from_str(text: &str) -> Result<Self, crate::words::WordError> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or_else(|| crate::words::WordError {
                    list: $list,
                    text: text.to_owned(),
                    expected: Self::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

pub(crate) use words;
