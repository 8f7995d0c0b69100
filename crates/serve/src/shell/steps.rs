//! Sign-ins under way: what is kept between two pages, in memory, for minutes.
//!
//! A restart forgets them: the person begins again.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use forewarn_app::model::Timestamp;

/// How long a step waits for the next, in seconds.
pub(crate) const STEP_S: i64 = 600;

/// How many wait at a time; the oldest goes for a new one.
const STEPS_MAX: usize = 1_000;

/// What waits.
#[derive(Debug)]
pub(crate) struct Steps<T> {
    waiting: Mutex<BTreeMap<String, (Timestamp, T)>>,
}

impl<T> Default for Steps<T> {
    fn default() -> Self {
        Self { waiting: Mutex::default() }
    }
}

impl<T: Clone> Steps<T> {
    /// Keeps a step under a name that nobody guesses.
    pub(crate) fn put(&self, name: String, now: Timestamp, step: T) {
        let mut waiting = self.lock();
        waiting.retain(|_, (since, _)| fresh(*since, now));
        if waiting.len() >= STEPS_MAX {
            let oldest = waiting.iter().min_by_key(|(_, (since, _))| *since).map(|(name, _)| name.clone());
            oldest.and_then(|name| waiting.remove(&name));
        }
        waiting.insert(name, (now, step));
    }

    /// A step that waits; it goes on waiting.
    pub(crate) fn get(&self, name: &str, now: Timestamp) -> Option<T> {
        self.lock().get(name).filter(|(since, _)| fresh(*since, now)).map(|(_, step)| step.clone())
    }

    /// Takes a step: it counts once.
    pub(crate) fn take(&self, name: &str, now: Timestamp) -> Option<T> {
        self.lock().remove(name).filter(|(since, _)| fresh(*since, now)).map(|(_, step)| step)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, (Timestamp, T)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn fresh(since: Timestamp, now: Timestamp) -> bool {
    now.as_second() - since.as_second() < STEP_S
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_few_short_lived_and_taken_once() {
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        let steps = Steps::default();
        for number in 0..STEPS_MAX + 1 {
            steps.put(format!("{number}"), at(number as i64 / 10), number);
        }
        assert_eq!(steps.get("0", at(100)), None, "the oldest went");
        assert_eq!(steps.get("1000", at(100)), Some(1000));
        assert_eq!(steps.take("1000", at(100)), Some(1000));
        assert_eq!(steps.take("1000", at(100)), None);
        assert_eq!(steps.take("999", at(99 + STEP_S)), None, "too late");
    }
}
