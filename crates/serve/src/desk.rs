//! The engine that answers, shared by all requests; how many may wait for it; and how it is renewed.
//!
//! Reading an offer takes processor time, so it runs on the blocking threads, never on those that talk to
//! the network. The queue is bounded: who finds it full is told to come again, at once.

use std::sync::{Arc, PoisonError, RwLock};

use forewarn_app::advice::{Catalogues, Directory};
use forewarn_app::{AppError, Engine};
use tokio::sync::Semaphore;

/// Makes the engine anew from its files; the message says why not.
pub type Load = Box<dyn Fn() -> Result<Engine, String> + Send + Sync>;

/// How much is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// One offer, in bytes of UTF-8.
    pub text_bytes_max: usize,
    /// How many offers wait or are read at a time.
    pub waiting_count_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { text_bytes_max: 65_536, waiting_count_max: 64 }
    }
}

/// Everything that an answer is made of.
pub(crate) struct Parts {
    pub(crate) engine: Engine,
    pub(crate) words: Arc<Words>,
}

/// What does not change while the service runs.
pub(crate) struct Words {
    pub(crate) catalogues: Catalogues,
    pub(crate) directory: Directory,
}

/// The shared engine.
pub struct Desk {
    parts: RwLock<Arc<Parts>>,
    words: Arc<Words>,
    slots: Arc<Semaphore>,
    load: Load,
    pub(crate) limits: Limits,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAnswer {
    /// The queue is full.
    Busy,
    /// A defect of ours.
    Failed,
}

impl Desk {
    /// Loads everything for the first time.
    pub fn new(load: Load, limits: Limits) -> Result<Self, AppError> {
        let engine = load().map_err(|what| AppError::BuiltIn { part: "engine", what })?;
        let words = Words { catalogues: Catalogues::builtin()?, directory: Directory::builtin()? };
        let words = Arc::new(words);
        let parts = RwLock::new(Arc::new(Parts { engine, words: Arc::clone(&words) }));
        Ok(Self { parts, words, slots: Arc::new(Semaphore::new(limits.waiting_count_max)), load, limits })
    }

    /// Loads the engine anew and puts it in place of the old one, between two requests. If it does not load,
    /// the old one stays. Says which version answers now, or why not.
    pub fn reload(&self) -> Result<String, String> {
        let engine = (self.load)()?;
        let version = engine.version();
        let parts = Arc::new(Parts { engine, words: Arc::clone(&self.words) });
        *self.parts.write().unwrap_or_else(PoisonError::into_inner) = parts;
        Ok(version)
    }

    /// What `ask` wants of the engine that answers now.
    pub fn with_engine<T>(&self, ask: impl FnOnce(&Engine) -> T) -> T {
        ask(&self.parts().engine)
    }

    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    pub(crate) fn parts(&self) -> Arc<Parts> {
        Arc::clone(&self.parts.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Runs a piece of work with the engine on a blocking thread, if there is room in the queue.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Parts) -> T + Send + 'static,
    ) -> Result<T, NoAnswer> {
        let slot = Arc::clone(&self.slots).try_acquire_owned().map_err(|_| NoAnswer::Busy)?;
        let parts = self.parts();
        let done = tokio::task::spawn_blocking(move || {
            let answer = work(&parts);
            drop(slot);
            answer
        });
        done.await.map_err(|_| NoAnswer::Failed)
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("limits", &self.limits).finish_non_exhaustive()
    }
}
