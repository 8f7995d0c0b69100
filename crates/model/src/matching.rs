//! Private matching: what two organisations agree on before they compare lists.

use crate::words::words;

words! {
    /// What is learned.
    MatchPurpose ("purpose of a match"):
    /// Which values both sides have.
    Values = "values",
    /// How many values of each case both sides have, and not which.
    Cases = "cases",
}

words! {
    /// Who learns it.
    MatchLearns ("who learns of a match"):
    /// The side that asks.
    Requester = "requester",
    /// Both sides.
    Both = "both",
}

words! {
    /// How far an exchange has come.
    MatchState ("state of a match"):
    /// This side has asked, and waits for the answer.
    Asked = "asked",
    /// This side has answered.
    Answered = "answered",
    /// The result is known as far as was agreed.
    Finished = "finished",
}

/// Who is to be talked to about a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The name, or the name of a desk.
    pub name: String,
    /// How to reach them: a telephone number, an address.
    pub contact: String,
}
