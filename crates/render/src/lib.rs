//! A notice on paper, in XML, in HTML and in plain text.
//!
//! Every function takes the notice and its texts as `notice` localised them and gives back the finished
//! bytes. Nothing here chooses words: what stands on a page comes from [`LocalizedNotice::labels`] and its
//! sentences, or is a value that is the same in every language. No clock, no files, no network: fonts, the
//! page template and the outline of the world are part of the binary, and dates come from the notice, so
//! that the same notice gives the same bytes everywhere.
//!
//! This is the only crate that knows Typst. Text of other people's making reaches the template as data and
//! is never read as markup.

mod cap;
mod clean;
mod html;
mod pdf;
mod plain;
mod plot;
mod public;
#[cfg(test)]
mod sample;
mod sheet;

use thiserror::Error;

pub use cap::{cap, cap_update};
pub use html::{html, html_article};
pub use pdf::{Hub, MapInput, PdfInput, PdfRenderer};
pub use plain::{short, text};
pub use plot::{
    Appearance, CurvePlot, EpidemicPlot, Line, MapPlot, Month, TimelinePlot, curve_plot, epidemic_plot,
    map_plot, timeline_plot,
};
pub use public::{FeedHead, PublicEntry, atom, public_article, public_page};
pub use sheet::LABELS;

#[cfg(doc)]
use forewarn_model::LocalizedNotice;

/// A rendering that could not be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RenderError {
    /// No text in any language was given.
    #[error("render notice {number}: expected it in at least one language")]
    NoText {
        /// The number of the notice.
        number: String,
    },
    /// More than the renderer is willing to lay out.
    #[error("render notice {number}: {count} {what}, at most {max} are allowed")]
    TooLarge {
        /// The number of the notice.
        number: String,
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        max: usize,
    },
    /// A CAP message names its sender by an identifier without spaces, commas, `<` and `&`.
    #[error("render cap: sender {sender:?} is empty or holds a space, a comma, < or &")]
    CapSender {
        /// What was given.
        sender: String,
    },
    /// A CAP update has to name the message that it updates, with the time when that was sent.
    #[error("render cap of notice {number}: it replaces {supersedes}, which was not given")]
    CapPrevious {
        /// The number of the notice.
        number: String,
        /// The notice that it replaces; `nothing` where it replaces none.
        supersedes: String,
    },
    /// The text for the QR code does not fit into one.
    #[error("draw qr code: {bytes} bytes do not fit")]
    Qr {
        /// How long it is.
        bytes: usize,
    },
    /// A font, the template or the map that comes with the program cannot be read.
    #[error("load {what}: {reason}")]
    Asset {
        /// Which one.
        what: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The page layout failed.
    #[error("lay out notice {number}: {reason}")]
    Layout {
        /// The number of the notice.
        number: String,
        /// What the typesetter said.
        reason: String,
    },
}

/// How much one rendering may hold. What exceeds it is an error, not cut off: a warning is whole or it is
/// none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Languages in one PDF.
    pub languages_max: usize,
    /// Observables in one notice.
    pub observables_max: usize,
    /// References in one notice.
    pub references_max: usize,
    /// Bytes of all sentences, labels, observables and references together, per language.
    pub text_bytes_max: usize,
    /// Days with a count in the timeline.
    pub timeline_days_max: usize,
    /// Hubs on the map.
    pub hubs_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            languages_max: 16,
            observables_max: 2_000,
            references_max: 2_000,
            text_bytes_max: 1 << 20,
            timeline_days_max: 40_000,
            hubs_max: 200,
        }
    }
}
