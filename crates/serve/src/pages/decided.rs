//! What people decided on something, as its page lists it.

use forewarn_app::store::Decision;

use crate::shell::Frame;

/// A decision; `decisions.html` shows a list of them.
pub(super) struct DecisionRow {
    /// What was decided, in words.
    pub(super) word: String,
    pub(super) by: String,
    pub(super) at: String,
    pub(super) why: String,
}

impl DecisionRow {
    pub(super) fn new(frame: &Frame, word: String, decision: &Decision) -> Self {
        let (by, at) = (decision.decided_by.clone(), frame.time(&decision.decided_at));
        Self { word, by, at, why: decision.reason.clone() }
    }
}
