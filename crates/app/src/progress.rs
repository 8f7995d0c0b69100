//! How an action tells how far it is.

/// Receives what happens; the binary shows it, a test ignores it.
pub trait Progress: Sync {
    /// A step begins; `total` is how much there is to do, where that is known. Ends the step before it.
    fn begin(&self, step: &str, total: Option<u64>);
    /// The step is at `done` of its total.
    fn at(&self, done: u64);
    /// The step ended, with a line that says what came of it.
    fn end(&self, outcome: &str);
}

/// Ignores everything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: &str, _: Option<u64>) {}
    fn at(&self, _: u64) {}
    fn end(&self, _: &str) {}
}
