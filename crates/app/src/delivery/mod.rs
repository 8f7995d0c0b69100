//! Issued notices on their way to the members: queued once, tried until they arrive, answered.

pub mod answer;
pub mod identifier;
pub mod queue;
pub mod send;
pub mod status;

use forewarn_model::{Channel, Timestamp};

/// What goes to a member in one piece.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// The number of the delivery; the other side tells a second arrival by it.
    pub number: i64,
    /// The way.
    pub channel: Channel,
    /// A line that says what it is.
    pub subject: String,
    /// A text for a person.
    pub text: String,
    /// The signed document.
    pub document: Vec<u8>,
    /// Further files, by name.
    pub files: Vec<(String, Vec<u8>)>,
    /// What it is signed with.
    pub secret: [u8; 32],
    /// When it leaves.
    pub at: Timestamp,
}

/// Carries parcels over the network. The binary hands in the real one, a test one that fails as it is told.
pub trait Courier: Send + Sync {
    /// Whether it can go that way at all; what it cannot carry waits for one that can, and no attempt is counted.
    fn takes(&self, channel: &Channel) -> bool;

    /// Takes a parcel to where it goes; what the other side said, or why it did not arrive. It must end
    /// within a bounded time.
    fn carry(&self, parcel: &Parcel) -> Result<String, String>;
}
