//! The allowance: so many requests a minute for each who asks (headers after
//! draft-ietf-httpapi-ratelimit-headers). What is remembered is bounded.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use forewarn_app::model::Timestamp;

/// The window, in seconds.
const WINDOW_S: i64 = 60;

/// How many who ask are remembered; those whose window began first are forgotten first.
const REMEMBERED_MAX: usize = 10_000;

/// Counts who asked how often.
#[derive(Debug)]
pub(crate) struct Limiter {
    limit: u32,
    /// When the window began, in seconds, and how many came in it.
    windows: Mutex<BTreeMap<String, (i64, u32)>>,
}

/// What is left to one who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    pub(crate) limit: u32,
    pub(crate) left: u32,
    pub(crate) reset_s: u64,
    pub(crate) over: bool,
}

impl Limiter {
    /// Allows so many a minute.
    pub(crate) fn new(limit: u32) -> Self {
        Self { limit: limit.max(1), windows: Mutex::default() }
    }

    /// Takes one request of an allowance.
    pub(crate) fn take(&self, who: &str, now: Timestamp) -> Allowance {
        let now = now.as_second();
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= REMEMBERED_MAX && !windows.contains_key(who) {
            windows.retain(|_, (began, _)| (0..WINDOW_S).contains(&(now - *began)));
            let oldest = windows.iter().min_by_key(|(_, (began, _))| *began).map(|(name, _)| name.clone());
            if let Some(oldest) = oldest.filter(|_| windows.len() >= REMEMBERED_MAX) {
                windows.remove(&oldest);
            }
        }
        let window = windows.entry(who.to_owned()).or_insert((now, 0));
        // A clock that was set back begins a new window too.
        if !(0..WINDOW_S).contains(&(now - window.0)) {
            *window = (now, 0);
        }
        let over = window.1 >= self.limit;
        window.1 = window.1.saturating_add(1).min(self.limit);
        let reset_s = (window.0 + WINDOW_S - now).max(0).unsigned_abs();
        Allowance { limit: self.limit, left: self.limit - window.1, reset_s, over }
    }
}

impl Allowance {
    /// Says it in the headers of an answer.
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        let policy = format!("\"minute\";q={};w={WINDOW_S}", self.limit);
        let left = format!("\"minute\";r={};t={}", self.left, self.reset_s);
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", left)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        if self.over {
            headers.insert(header::RETRY_AFTER, super::digits(self.reset_s.max(1)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allows_so_many_a_minute_to_each() {
        let limiter = Limiter::new(2);
        let at = |second: i64| Timestamp::from_second(second).unwrap();
        let over = |who: &str, second: i64| limiter.take(who, at(second)).over;
        assert_eq!([over("a", 0), over("a", 1), over("a", 2), over("b", 2)], [false, false, true, false]);
        assert_eq!([over("a", 59), over("a", 60), over("a", -100)], [true, false, false]);
        let left = Limiter::new(10).take("a", at(7));
        assert_eq!((left.left, left.reset_s), (9, 60));
    }

    #[test]
    fn remembers_no_more_than_it_may() {
        let limiter = Limiter::new(2);
        for number in 0..REMEMBERED_MAX + 50 {
            limiter.take(&number.to_string(), Timestamp::from_second(5).unwrap());
        }
        assert!(limiter.windows.lock().unwrap().len() <= REMEMBERED_MAX);
    }
}
