//! The messages that a statement can name, and the facts that each of them takes: one table.
//!
//! The catalogues of all languages are held against it, and so is every notice before its review: a
//! message that is not here, or a fact of another kind, is a finding. Free text ([`FactKind::Name`]) can
//! enter a notice only where this table has a place for it, and none of these places is for a person.

use forewarn_model::{Arg, Section};

/// What kind of fact a message takes under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactKind {
    /// A number.
    Number,
    /// At least, at most.
    Range,
    /// A date with its precision.
    Date,
    /// Countries; at least one.
    Countries,
    /// A region.
    Region,
    /// A route.
    Route,
    /// Messages of the catalogue; at least one.
    Messages,
    /// The name of a place or a publisher; never of a person.
    Name,
    /// Words of an offer, as they stand there; nothing by which a person could be reached.
    Quote,
    /// How likely.
    Likelihood,
    /// What an alarm is about: countries, a region, a route, or the name of a place.
    Subject,
}

/// A message that a statement can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageSpec {
    /// Its name in the catalogues.
    pub name: &'static str,
    /// The part of a notice that it stands in; none for a headline.
    pub section: Option<Section>,
    /// The facts that it takes, by name.
    pub facts: &'static [(&'static str, FactKind)],
}

use FactKind::{Countries, Date, Likelihood, Messages, Name, Number, Quote, Range, Region, Route, Subject};

const fn headline(name: &'static str, facts: &'static [(&'static str, FactKind)]) -> MessageSpec {
    MessageSpec { name, section: None, facts }
}

const fn in_section(
    section: Section,
    name: &'static str,
    facts: &'static [(&'static str, FactKind)],
) -> MessageSpec {
    MessageSpec { name, section: Some(section), facts }
}

/// Every message that a statement can name.
pub const MESSAGES: &[MessageSpec] = &[
    headline("headline-hub", &[("country", Countries)]),
    headline("headline-place", &[("place", Name), ("country", Countries)]),
    headline("headline-origin", &[("country", Countries)]),
    headline("headline-route", &[("route", Route)]),
    headline("headline-region", &[("region", Region)]),
    headline("headline-acceleration", &[("subject", Subject)]),
    headline("headline-displacement", &[("subject", Subject)]),
    headline("headline-campaign", &[("reports", Number)]),
    in_section(
        Section::Threat,
        "threat-events",
        &[("events", Number), ("publishers", Number), ("hubs", Countries), ("known", Date)],
    ),
    in_section(
        Section::Threat,
        "threat-events-any",
        &[("events", Number), ("publishers", Number), ("known", Date)],
    ),
    in_section(Section::Threat, "threat-alarm", &[("raised", Date), ("sources", Number)]),
    in_section(Section::Threat, "threat-rarity-months", &[("months", Number)]),
    in_section(Section::Threat, "threat-rarity-years", &[("years", Number)]),
    in_section(Section::Threat, "threat-rarity-months-bound", &[("months", Number)]),
    in_section(Section::Threat, "threat-rarity-years-bound", &[("years", Number)]),
    // In notices that were drafted before the units were months and years.
    in_section(Section::Threat, "threat-rarity", &[("days", Number)]),
    in_section(Section::Threat, "threat-estimate", &[("likelihood", Likelihood)]),
    in_section(Section::Threat, "threat-offers", &[("likelihood", Likelihood)]),
    in_section(Section::ModusOperandi, "mo-coercion", &[("events", Number), ("total", Number)]),
    in_section(Section::ModusOperandi, "mo-coercion-all", &[("events", Number)]),
    in_section(Section::ModusOperandi, "mo-roles", &[("events", Number)]),
    in_section(Section::ModusOperandi, "mo-responses", &[("events", Number)]),
    in_section(
        Section::ModusOperandi,
        "mo-groups",
        &[("campaigns", Number), ("reports", Number), ("countries", Countries)],
    ),
    // In notices that were drafted before campaigns were told by what they name.
    in_section(Section::ModusOperandi, "mo-campaigns", &[("campaigns", Number), ("reports", Number)]),
    in_section(Section::ModusOperandi, "mo-template", &[("reports", Number)]),
    in_section(Section::ModusOperandi, "mo-copies", &[("copies", Number)]),
    in_section(Section::ModusOperandi, "mo-wording", &[("wording", Quote)]),
    in_section(Section::ModusOperandi, "mo-languages", &[("languages", Messages)]),
    in_section(Section::ModusOperandi, "mo-channels", &[("channels", Messages)]),
    in_section(Section::ModusOperandi, "mo-destinations", &[("countries", Countries)]),
    in_section(
        Section::Hubs,
        "hubs-country",
        &[("country", Countries), ("events", Number), ("publishers", Number), ("since", Date)],
    ),
    in_section(
        Section::Hubs,
        "hubs-place",
        &[("place", Name), ("country", Countries), ("events", Number), ("since", Date)],
    ),
    in_section(Section::Hubs, "hubs-other", &[("countries", Countries)]),
    in_section(Section::Origins, "origins-region", &[("region", Region), ("countries", Countries)]),
    in_section(Section::Routes, "routes-one", &[("route", Route), ("events", Number), ("since", Date)]),
    in_section(Section::Period, "period-span", &[("first", Date), ("last", Date)]),
    in_section(Section::Period, "period-once", &[("first", Date)]),
    in_section(Section::Period, "period-known", &[("since", Date)]),
    in_section(Section::Period, "period-offers", &[("first", Date), ("last", Date)]),
    in_section(Section::Period, "period-offers-once", &[("first", Date)]),
    in_section(Section::Scale, "scale-people", &[("people", Range), ("events", Number)]),
    in_section(Section::Scale, "scale-claim", &[("people", Number), ("publisher", Name), ("known", Date)]),
    in_section(Section::Scale, "scale-unstated", &[("events", Number)]),
    in_section(Section::Signs, "signs-campaign", &[("signs", Messages), ("reports", Number)]),
    in_section(Section::Signs, "signs-one", &[("sign", Messages), ("offers", Number), ("total", Number)]),
    in_section(Section::Actions, "action-border", &[("hubs", Countries)]),
    in_section(Section::Actions, "action-border-any", &[]),
    in_section(Section::Actions, "action-police", &[]),
    in_section(Section::Actions, "action-embassy", &[("hubs", Countries)]),
    in_section(Section::Actions, "action-embassy-any", &[]),
    in_section(Section::Actions, "action-bank", &[]),
    in_section(Section::Actions, "action-platform", &[]),
    in_section(Section::Actions, "action-public", &[]),
    in_section(Section::Actions, "action-identifiers", &[("identifiers", Number)]),
];

/// The indicators that have a message of their own, `sign-` before their name: the vocabulary of the
/// bundled rule pack and of the evaluation set.
pub const SIGNS: [&str; 23] = [
    "overseas_offer",
    "hub_location",
    "salary_above_norm",
    "no_experience",
    "free_travel",
    "free_housing",
    "visa_handled",
    "urgent",
    "messaging_app_contact",
    "language_skill_bonus",
    "typing_or_chat_work",
    "crypto_or_gaming",
    "age_or_gender_limits",
    "passport_handover",
    "visa_run_or_border",
    "vague_employer",
    "debt_or_deposit",
    "group_recruiting_bonus",
    "travel_paid_by_victim",
    "easy_interview",
    "destination_changed",
    "confinement",
    "euphemism",
];

/// The languages (primary subtags) whose names the catalogues have, `language-` before the tag: those of the
/// bundled offers, of the help pages, and of where people were taken from.
pub const LANGUAGES: [&str; 37] = [
    "am", "ar", "bn", "cs", "de", "en", "es", "fa", "fil", "fr", "hi", "id", "it", "ja", "kk", "km", "ko",
    "lo", "mn", "ms", "my", "ne", "nl", "pl", "pt", "ro", "ru", "si", "sw", "ta", "th", "tr", "uk", "ur",
    "uz", "vi", "zh",
];

/// The message of this name, if statements can name it.
pub fn spec(name: &str) -> Option<&'static MessageSpec> {
    MESSAGES.iter().find(|spec| spec.name == name)
}

impl FactKind {
    /// Whether `arg` is of this kind, and says something: a list must not be empty, a name not blank.
    pub fn accepts(self, arg: &Arg) -> bool {
        match (self, arg) {
            (Number, Arg::Number(_))
            | (Range, Arg::Range(..))
            | (Date, Arg::Date(_))
            | (Region | Subject, Arg::Region(_))
            | (Route | Subject, Arg::Route(..))
            | (Likelihood, Arg::Likelihood(_)) => true,
            (Countries | Subject, Arg::Countries(list)) => !list.is_empty(),
            (Messages, Arg::Messages(list)) => !list.is_empty(),
            (Name | Quote | Subject, Arg::Name(name)) => !name.trim().is_empty(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<&str> = MESSAGES.iter().map(|spec| spec.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), MESSAGES.len());
    }

    #[test]
    fn every_section_has_a_message() {
        for section in Section::ALL {
            assert!(MESSAGES.iter().any(|spec| spec.section == Some(*section)), "{section:?}");
        }
    }

    #[track_caller]
    fn check(kind: FactKind, arg: Arg, expected: bool) {
        assert_eq!(kind.accepts(&arg), expected, "{kind:?} {arg:?}");
    }

    #[test]
    fn accepts_facts_of_its_kind_that_say_something() {
        check(Number, Arg::Number(0), true);
        check(Number, Arg::Range(1, 2), false);
        check(Countries, Arg::Countries(vec![]), false);
        check(Countries, Arg::Countries(vec!["KH".parse().unwrap()]), true);
        check(Subject, Arg::Countries(vec!["KH".parse().unwrap()]), true);
        check(Subject, Arg::Number(1), false);
        check(Name, Arg::Name(" ".into()), false);
        check(Name, Arg::Name("Poipet".into()), true);
        check(Messages, Arg::Messages(vec![]), false);
    }
}
