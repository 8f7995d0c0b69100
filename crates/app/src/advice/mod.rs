//! What a job seeker is told about an offer, in a language of theirs: a careful verdict, what each sign
//! means, what to ask, and where to get help.
//!
//! [`catalogue`] holds the words, [`help`] the directory of offices, [`situation`] tells an offer from a call for
//! help, [`mod@give`] chooses and orders words and offices for one reading, and [`wire`] is its form in JSON. Nothing here weighs anything: the verdict is the
//! assessment's, and no sentence says that an offer is safe.

pub mod catalogue;
pub mod give;
pub mod help;
pub mod situation;
pub mod wire;

pub use catalogue::{Catalogue, Catalogues};
pub use give::{Advice, HelpGroup, HelpPlace, Request, Sign, give};
pub use help::{Directory, Entry, HelpKind};
pub use situation::Situation;
