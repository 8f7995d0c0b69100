//! What an alarm says to a person: one short paragraph that a chief of police understands.
//!
//! Every figure in it comes from the incidents of the alarm. Numbers of people are never added up, since
//! reports overlap: the greatest single figure stands for them.

use std::collections::BTreeSet;

use forewarn_model::{
    Alarm, AlarmKind, Country, CountryNames, Date, Incident, IncidentKind, Interval, Language, PersonRole,
    Rarity, Subject, Variant,
};

use crate::report;

/// How many publishers, places and origins a sentence names.
const NAMES_MAX: usize = 3;

/// What an alarm says, in English; country names in `language` where `names` has them. `incidents` are
/// searched for those behind the alarm; more of them do no harm.
pub fn sentence(alarm: &Alarm, incidents: &[Incident], names: &CountryNames, language: Language) -> String {
    let wanted: BTreeSet<_> = alarm.incidents.iter().collect();
    let mut behind: Vec<&Incident> =
        incidents.iter().filter(|incident| wanted.contains(&incident.id)).collect();
    behind.sort_by_key(|incident| (incident.known_from.latest(), incident.id));
    behind.dedup_by_key(|incident| incident.id);
    let name = |country: Country| names.get(language, &country).to_owned();
    format!(
        "{}. {}{}{} {}",
        headline(alarm, &behind, &name),
        sources(alarm, &behind),
        people(alarm, &behind, &name),
        if alarm.sources == 1 { " It rests on one source and is not confirmed." } else { "" },
        recurrence(alarm.rarity()),
    )
}

/// What is watched, in words.
fn centres(variant: Variant) -> &'static str {
    match variant {
        Variant::ScamCentre => "scam centres that hold people by force",
        Variant::FraudNoCoercion => "fraud call centres (no coercion reported)",
        Variant::RecruitmentPyramid => "recruitment pyramids",
        Variant::LocalCartel => "forced recruitment by a cartel",
        Variant::VirtualKidnap => "virtual kidnapping",
        Variant::RansomOnly => "captivity for ransom",
    }
}

fn headline(alarm: &Alarm, behind: &[&Incident], name: &impl Fn(Country) -> String) -> String {
    let centres = centres(alarm.variant);
    match (alarm.kind, &alarm.subject) {
        (AlarmKind::Acceleration, subject) => {
            let subject = match subject {
                Subject::Country(country) if behind.iter().all(|i| i.hub == Some(*country)) => {
                    format!("{centres} in {}", name(*country))
                }
                Subject::Country(country) => format!("people from {} in {centres}", name(*country)),
                Subject::Route(from, to) => {
                    format!("people from {} in {centres} in {}", name(*from), name(*to))
                }
                Subject::Place(country, place) => format!("{centres} at {place} in {}", name(*country)),
                Subject::Region(region) => format!("{centres} in {}", region.english()),
            };
            format!("Surge: reports on {subject} grow faster than reports elsewhere")
        }
        (AlarmKind::Displacement, Subject::Route(from, to)) => format!(
            "Displacement: after raids in {}, {centres} grow in {}, which lies near it",
            name(*from),
            name(*to)
        ),
        (AlarmKind::Origin, Subject::Country(country)) => {
            format!("New country of origin: people from {} are reported in {centres}", name(*country))
        }
        (_, Subject::Country(country)) => format!("New hub: {centres} are reported in {}", name(*country)),
        (_, Subject::Place(country, place)) => {
            format!("New place: {centres} are reported at {place} in {}", name(*country))
        }
        (_, Subject::Route(from, to)) => {
            format!("New route: people from {} are reported in {centres} in {}", name(*from), name(*to))
        }
        (_, Subject::Region(region)) => format!("New region: {centres} are reported in {}", region.english()),
    }
}

fn sources(alarm: &Alarm, behind: &[&Incident]) -> String {
    let mut publishers: Vec<String> = Vec::new();
    for incident in behind {
        if !publishers.contains(&incident.publication.publisher) {
            publishers.push(incident.publication.publisher.clone());
        }
    }
    let events = plural(alarm.events.len(), "event", "events");
    let independent = plural(alarm.sources as usize, "independent source", "independent sources");
    let told = if alarm.first_incident_on == alarm.raised_on {
        format!("Known since {}", date(alarm.raised_on))
    } else {
        format!(
            "First known on {}, strong enough to warn on {}",
            date(alarm.first_incident_on),
            date(alarm.raised_on)
        )
    };
    format!("{told}: {events} from {independent} ({})", list(&publishers))
}

/// How many people, from where, and at which places, as far as it is told.
fn people(alarm: &Alarm, behind: &[&Incident], name: &impl Fn(Country) -> String) -> String {
    let held = behind.iter().filter(|incident| {
        incident.kind != IncidentKind::Statistic
            && (alarm.variant != Variant::ScamCentre || incident.person_role != Some(PersonRole::Suspect))
    });
    let most = held.filter_map(|incident| incident.count).max();
    let distinct = |texts: Vec<String>| {
        let mut seen = BTreeSet::new();
        texts.into_iter().filter(|text| seen.insert(text.clone())).collect::<Vec<_>>()
    };
    let places = behind.iter().filter_map(|incident| incident.place.as_deref()).flat_map(report::places);
    let places = distinct(places.collect());
    let from = distinct(behind.iter().filter_map(|incident| incident.origin).map(name).collect());
    let mut parts = Vec::new();
    parts.extend(
        most.map(|most| format!("up to {} in one report", plural(most as usize, "person", "people"))),
    );
    if !from.is_empty() && !matches!(alarm.kind, AlarmKind::Origin | AlarmKind::Route) {
        parts.push(format!("origins {}", list(&from)));
    }
    if !places.is_empty() && alarm.kind != AlarmKind::Place {
        parts.push(format!("at {}", list(&places)));
    }
    if parts.is_empty() { ".".to_owned() } else { format!("; {}.", parts.join("; ")) }
}

fn recurrence(rarity: Rarity) -> String {
    let interval = match rarity.interval() {
        Interval::Years(1) => "a year".to_owned(),
        Interval::Years(years) => plural(years as usize, "year", "years"),
        Interval::Months(months) => plural(months as usize, "month", "months"),
    };
    let often = if rarity.is_bound { "less than" } else { "about" };
    format!("Chance alone would raise an alarm this strong {often} once in {interval}.")
}

fn list(names: &[String]) -> String {
    let shown = names.iter().take(NAMES_MAX).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMES_MAX) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn date(day: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS.get(day.month() as usize - 1).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(days: f64, is_bound: bool, expected: &str) {
        let told = recurrence(Rarity { days, is_bound });
        assert_eq!(told, format!("Chance alone would raise an alarm this strong {expected}."));
    }

    #[test]
    fn says_how_often_in_words() {
        check(1.0, false, "about once in 1 month");
        check(100.0, false, "about once in 3 months");
        check(2064.0, false, "about once in 6 years");
        check(2064.0, true, "less than once in 5 years");
        check(600.0, true, "less than once in a year");
    }
}
