//! What stands around every page: language, direction, menu, who is signed in, notes on what was done.
//!
//! Templates extend `frame.html` and hold a field `frame`.

use forewarn_app::model::rights::Right;
use forewarn_app::model::{Date, Language, Timestamp};

use super::error::Told;
use super::session::Theme;
use super::{Fact, INTERFACE, PageError, Shared, Signed, address, sheet};

/// An entry of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tab {
    /// Its name in `desk-frame.ftl` is `tab-<name>`, its address `/<name>` or what stands in the table.
    pub(crate) name: &'static str,
    /// Where it leads.
    pub(crate) href: &'static str,
    /// Who sees it.
    right: Right,
    /// Whether a new part of the menu begins with it.
    pub(crate) part: bool,
}

const fn tab(name: &'static str, href: &'static str, right: Right, part: bool) -> Tab {
    Tab { name, href, right, part }
}

/// The menu.
const TABS: &[Tab] = &[
    tab("situation", "/", Right::Look, false),
    tab("alarms", "/alarms", Right::Look, false),
    tab("reports", "/reports", Right::Look, false),
    tab("campaigns", "/campaigns", Right::Look, false),
    tab("network", "/network", Right::Look, false),
    tab("incidents", "/incidents", Right::Look, false),
    tab("notices", "/notices", Right::Look, false),
    tab("received", "/received", Right::NoticeAnswer, false),
    tab("exchange", "/exchange", Right::Share, false),
    tab("sources", "/sources", Right::Look, true),
    tab("members", "/members", Right::MemberWrite, false),
    tab("rules", "/rules", Right::RuleWrite, false),
    tab("users", "/users", Right::UserWrite, false),
    tab("audit", "/audit", Right::AuditRead, false),
];

/// The first page that somebody with these rights may see; one's own account if there is none.
pub(crate) fn home(rights: forewarn_app::model::rights::Rights) -> &'static str {
    TABS.iter().find(|tab| rights.has(tab.right)).map_or("/account", |tab| tab.href)
}

/// How many entries of the menu fit into the bar of a wide screen.
const BAR_TABS_MAX: usize = 7;

/// What stands around a page.
pub(crate) struct Frame {
    shell: Shared,
    language: Language,
    /// The title of the page.
    pub(crate) title: String,
    /// The name of the tab that the page belongs to; empty if to none.
    tab: &'static str,
    /// The shown name of who is signed in; empty if nobody is.
    pub(crate) user: String,
    /// Whether everybody acts as the owner.
    pub(crate) local: bool,
    theme: Theme,
    rights: forewarn_app::model::rights::Rights,
    /// What was just done, or what went wrong.
    pub(crate) note: Option<String>,
    /// What went wrong, where a page is shown again to mend it.
    pub(crate) error: Option<String>,
    /// The same in English, from deep inside.
    pub(crate) refused: Option<String>,
    /// Scripts beyond the common one: names of files in `web/dist`.
    scripts: Vec<String>,
}

impl Frame {
    /// The frame of a page: its tab, and the message that is its title.
    pub(crate) fn new(shell: &Shared, who: &Signed, tab: &'static str, title: &str) -> Self {
        let mut frame = Self {
            shell: std::sync::Arc::clone(shell),
            language: who.language,
            title: String::new(),
            tab,
            user: who.shown.clone(),
            local: who.local(),
            theme: who.theme,
            rights: who.rights(),
            note: who.note.clone(),
            error: None,
            refused: None,
            scripts: Vec::new(),
        };
        frame.title = frame.w(title);
        frame
    }

    /// With another title: one that is no message, such as a number.
    pub(crate) fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// With a note on what was refused, in the words of a [`super::PageError`]: in English, and shown as such.
    pub(crate) fn refused(mut self, error: String) -> Self {
        self.refused = Some(error);
        self
    }

    /// With a note on what went wrong, in the language of the page.
    pub(crate) fn wrong(mut self, error: String) -> Self {
        self.error = Some(error);
        self
    }

    /// With a note on what was not understood, if something was not: in the language of the page where there are words
    /// for it.
    pub(crate) fn wrong_if(self, error: Option<&PageError>) -> Self {
        let Some(error) = error else { return self };
        let told = match &error.told {
            Told::Message(name, fact, value) | Told::Both(name, fact, value) => {
                Some(self.with(&format!("error-{name}"), fact, value))
            }
            Told::Plain(name) => Some(self.w(&format!("error-{name}"))),
            Told::Here => Some(error.what.clone()),
            Told::English | Told::Status => None,
        };
        match told {
            Some(told) => self.wrong(told),
            None => self.refused(error.what.clone()),
        }
    }

    /// With a script of `web/dist`, such as `map.js`.
    pub(crate) fn with_script(mut self, name: &str) -> Self {
        self.scripts.push(address(name));
        self
    }

    /// A message.
    pub(crate) fn w(&self, message: &str) -> String {
        self.shell.words().say(self.language, message, &[])
    }

    /// A message with a count, named `$count`.
    pub(crate) fn count(&self, message: &str, count: impl TryInto<u64>) -> String {
        let count = count.try_into().unwrap_or(u64::MAX);
        self.say(message, &[("count", Fact::Count(count))])
    }

    /// A message with one fact.
    pub(crate) fn with(&self, message: &str, name: &str, fact: impl std::fmt::Display) -> String {
        self.say(message, &[(name, Fact::Text(fact.to_string()))])
    }

    /// A message with its facts.
    pub(crate) fn say(&self, message: &str, facts: &[(&str, Fact)]) -> String {
        self.shell.words().say(self.language, message, facts)
    }

    /// A message by a name that may not be one.
    pub(crate) fn find(&self, message: &str) -> Option<String> {
        self.shell.words().find(self.language, message, &[])
    }

    /// A word of a closed list: the message `<list>-<word>`, with hyphens for underlines.
    pub(crate) fn word_of(&self, list: &str, word: impl std::fmt::Display) -> String {
        self.w(&format!("{list}-{}", word.to_string().to_lowercase().replace(['_', '+'], "-")))
    }

    /// The name of a country in the language of the page.
    pub(crate) fn country(&self, country: &forewarn_app::model::Country) -> String {
        self.shell.desk.with_engine(|engine| engine.country_names().get(self.language, country).to_owned())
    }

    /// A number with its digits in groups, as the language writes it.
    pub(crate) fn number(&self, number: impl TryInto<u64>) -> String {
        group(number.try_into().unwrap_or(u64::MAX), self.language)
    }

    /// A day in words.
    pub(crate) fn day(&self, day: &Date) -> String {
        let month = self.w(&format!("month-{}", day.month()));
        let facts = [
            ("day", Fact::Text(day.day().to_string())),
            ("month", Fact::Text(month)),
            ("year", Fact::Text(day.year().to_string())),
        ];
        self.say("day-in-words", &facts)
    }

    /// A time, to the minute, in UTC.
    pub(crate) fn time(&self, time: &Timestamp) -> String {
        let text = time.to_string();
        format!("{} {} UTC", text.get(..10).unwrap_or(&text), text.get(11..16).unwrap_or_default())
    }

    /// The language of the page.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// Its tag.
    pub(crate) fn lang(&self) -> String {
        self.language.to_string()
    }

    /// Its direction, for the attribute `dir`.
    pub(crate) fn dir(&self) -> &'static str {
        if self.language.is_right_to_left() { "rtl" } else { "ltr" }
    }

    /// The chosen theme: the class of the page.
    pub(crate) fn theme(&self) -> &'static str {
        self.theme.as_str()
    }

    /// Whether the reader may do something: what may not be done is not offered.
    pub(crate) fn may(&self, right: impl std::borrow::Borrow<Right>) -> bool {
        self.rights.has(*right.borrow())
    }

    /// The menu, as far as the reader's rights go.
    pub(crate) fn tabs(&self) -> Vec<&'static Tab> {
        TABS.iter().filter(|tab| self.rights.has(tab.right)).collect()
    }

    /// What stands in the bar.
    pub(crate) fn first_tabs(&self) -> Vec<&'static Tab> {
        self.tabs().into_iter().take(BAR_TABS_MAX).collect()
    }

    /// What stands behind "More".
    pub(crate) fn further_tabs(&self) -> Vec<&'static Tab> {
        self.tabs().into_iter().skip(BAR_TABS_MAX).collect()
    }

    pub(crate) fn is_tab(&self, name: &str) -> bool {
        self.tab == name
    }

    pub(crate) fn sheet(&self) -> String {
        sheet()
    }

    pub(crate) fn script(&self) -> String {
        address("app.js")
    }

    pub(crate) fn scripts(&self) -> &[String] {
        &self.scripts
    }

    pub(crate) fn interface(&self) -> &'static [(&'static str, &'static str)] {
        &INTERFACE
    }
}

/// Digits in groups of three, with the mark of the language between them (CLDR).
fn group(number: u64, language: Language) -> String {
    let mark = match language.primary() {
        "fr" => '\u{202f}',
        "es" => '\u{a0}',
        _ => ',',
    };
    let digits = number.to_string();
    // Spanish writes four digits together.
    if language.primary() == "es" && digits.len() == 4 {
        return digits;
    }
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_digits_as_the_language_does() {
        let say = |tag: &str, number: u64| group(number, tag.parse().unwrap());
        assert_eq!(say("en", 1_234_567), "1,234,567");
        assert_eq!(say("fr", 1_234), "1\u{202f}234");
        assert_eq!(say("es", 1_234), "1234");
        assert_eq!(say("es", 12_345), "12\u{a0}345");
        assert_eq!(say("ar", 999), "999");
    }
}
