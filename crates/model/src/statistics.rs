//! Statistics for publication: what is counted by.

use crate::words::words;

words! {
    /// What events are counted by.
    Dimension ("what to count by"):
    /// The country of the centre.
    Hub = "hub",
    /// The country where the people come from.
    Origin = "origin",
    /// What kind of event.
    Kind = "kind",
    /// The month in which it happened.
    Month = "month",
    /// The year in which it happened.
    Year = "year",
}
