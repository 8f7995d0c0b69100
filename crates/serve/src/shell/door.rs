//! What stands around a page for somebody who has not signed in: no menu, a choice of language.
//!
//! Templates extend `door.html` and hold a field `door`.

use axum::http::HeaderMap;
use forewarn_app::model::Language;

use super::session::{THEME_COOKIE, Theme, cookie, page_language};
use super::{Fact, INTERFACE, Shared, sheet};

/// What stands around it.
pub(crate) struct Door {
    shell: Shared,
    language: Language,
    theme: Theme,
    /// The title of the page.
    pub(crate) title: String,
    /// What was just done; blank if nothing was.
    pub(crate) note: String,
    /// What went wrong; blank if nothing did.
    pub(crate) error: String,
}

impl Door {
    /// The frame of a page; the message that is its title.
    pub(crate) fn new(shell: &Shared, headers: &HeaderMap, title: &str) -> Self {
        let mut door = Self {
            shell: std::sync::Arc::clone(shell),
            language: page_language(headers),
            theme: cookie(headers, THEME_COOKIE).map_or(Theme::Auto, Theme::read),
            title: String::new(),
            note: String::new(),
            error: String::new(),
        };
        door.title = door.w(title);
        door
    }

    /// With what went wrong, told.
    pub(crate) fn wrong(mut self, error: String) -> Self {
        self.error = error;
        self
    }

    /// A message.
    pub(crate) fn w(&self, message: &str) -> String {
        self.shell.words().say(self.language, message, &[])
    }

    /// A message with its facts.
    pub(crate) fn say(&self, message: &str, facts: &[(&str, Fact)]) -> String {
        self.shell.words().say(self.language, message, facts)
    }

    /// A message with one fact.
    pub(crate) fn with(&self, message: &str, name: &str, fact: impl std::fmt::Display) -> String {
        self.say(message, &[(name, fact.to_string().into())])
    }

    /// A message with a count, named `$count`.
    pub(crate) fn count(&self, message: &str, count: impl TryInto<u64>) -> String {
        let count: u64 = count.try_into().unwrap_or(u64::MAX);
        self.say(message, &[("count", count.into())])
    }

    pub(crate) fn lang(&self) -> String {
        self.language.to_string()
    }

    pub(crate) fn dir(&self) -> &'static str {
        if self.language.is_right_to_left() { "rtl" } else { "ltr" }
    }

    pub(crate) fn theme(&self) -> &'static str {
        self.theme.as_str()
    }

    pub(crate) fn sheet(&self) -> String {
        sheet()
    }

    pub(crate) fn interface(&self) -> &'static [(&'static str, &'static str)] {
        &INTERFACE
    }
}
