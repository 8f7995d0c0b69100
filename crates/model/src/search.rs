//! What a reader looks for in the texts of reports: phrases of terms. `extract` cuts texts and questions into the
//! same terms; `store` looks them up.

use vec1::Vec1;

/// Terms that follow each other in a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// The terms, in order.
    pub terms: Vec1<String>,
    /// Whether the last one is only the beginning of a term.
    pub prefix: bool,
}

/// What a text must have and must not have.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Words {
    /// Every one of these.
    pub all: Vec<Phrase>,
    /// None of these.
    pub none: Vec<Phrase>,
}

impl Words {
    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.none.is_empty()
    }
}
