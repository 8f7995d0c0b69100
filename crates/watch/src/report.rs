//! Incidents made ready: what each report says about which subjects, how much it weighs, and when it counts.
//!
//! Everything here can be worked out from one report and those of the same event that were known by the same
//! day; what the world looked like on that day is for `replay`.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::date::days_between;
use forewarn_model::{
    AlarmKind, Country, Date, Incident, IncidentKind, PersonRole, Region, Reliability, Subject, Variant,
};

use crate::config::{self, Config};
use crate::source;

/// The kinds of subject that can be new, in the order in which they are judged on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    Hub,
    Place,
    Origin,
    Route,
    Region,
}

impl Family {
    pub(crate) const ALL: [Self; 5] = [Self::Hub, Self::Place, Self::Origin, Self::Route, Self::Region];

    pub(crate) fn kind(self) -> AlarmKind {
        match self {
            Self::Hub => AlarmKind::Hub,
            Self::Place => AlarmKind::Place,
            Self::Origin => AlarmKind::Origin,
            Self::Route => AlarmKind::Route,
            Self::Region => AlarmKind::Region,
        }
    }
}

/// A subject within its family: `TW` as a hub is not `TW` as an origin.
pub(crate) type Key = (Family, Subject);

/// One incident of the watched variant, weighed.
#[derive(Debug, Clone)]
pub(crate) struct Report<'a> {
    pub(crate) incident: &'a Incident,
    /// The day at whose end it counts as known.
    pub(crate) known: Date,
    /// Its event, as a number.
    pub(crate) event: usize,
    /// Its source, as a number; copies share one.
    pub(crate) source: usize,
    /// How much it says about captivity: kind, role and late telling; 0 to 1.
    pub(crate) weight: f64,
    /// The chance that it is true as far as its source goes; 0 to 1.
    pub(crate) reliability: f64,
    /// What is left of its weight for subjects that are hubs: a statement that lists several countries is
    /// one statement, and people held at home are not brought anywhere.
    pub(crate) hub_share: f64,
    /// Whether it was told in time to help establish a subject.
    pub(crate) timely: bool,
    /// What it speaks of.
    pub(crate) subjects: Vec<Key>,
}

impl Report<'_> {
    /// Whether it tells of something that happened just before: only that is a sign of a surge. Totals
    /// are not, since they add up what was told before.
    pub(crate) fn is_prompt(&self, config: &Config) -> bool {
        let late = days_between(self.incident.happened.latest(), self.known);
        late <= config.surge_telling_days_max && self.incident.kind != IncidentKind::Statistic
    }
}

/// The reports of one variant, in order of the day on which they became known.
#[derive(Debug)]
pub(crate) struct Reports<'a> {
    pub(crate) all: Vec<Report<'a>>,
    pub(crate) event_names: Vec<&'a str>,
}

/// Reads `incidents` for one variant: those that speak of it, known by `until`, each id once, in an order that
/// does not depend on the order of the input.
pub(crate) fn prepare<'a>(
    incidents: &'a [Incident],
    variant: Variant,
    config: &Config,
    until: Date,
) -> Reports<'a> {
    let mut wanted: Vec<&Incident> = incidents
        .iter()
        .filter(|incident| {
            let known = incident.known_from.latest();
            speaks_of(incident, variant) && known <= until && incident.known_at(known)
        })
        .collect();
    wanted.sort_by(|a, b| {
        // A withdrawal comes last: one that is known only later must not change the order of a day.
        let known = |i: &Incident| i.known_from.latest();
        let order = known(a).cmp(&known(b)).then_with(|| a.event.cmp(&b.event)).then_with(|| a.id.cmp(&b.id));
        order.then_with(|| a.retracted_on.cmp(&b.retracted_on))
    });
    let mut seen = BTreeSet::new();
    wanted.retain(|incident| seen.insert(incident.id));

    let mut events: BTreeMap<&str, EventSoFar> = BTreeMap::new();
    let mut event_names = Vec::new();
    let mut sources: BTreeMap<String, usize> = BTreeMap::new();
    let shares = hub_shares(&wanted);
    let mut all = Vec::with_capacity(wanted.len());
    for (incident, hub_share) in wanted.into_iter().zip(shares) {
        let event = events.entry(&incident.event).or_insert_with(|| {
            event_names.push(incident.event.as_str());
            EventSoFar { number: event_names.len() - 1, statements: Vec::new() }
        });
        let own = sources.len();
        let own = *sources.entry(source::source_key(&incident.publication)).or_insert(own);
        let (kind_weight, kind_reliability) = config::kind_weight(incident.kind);
        let late = days_between(incident.happened.latest(), incident.known_from.latest()).max(0);
        let freshness = 0.5_f64.powf(f64::from(late) / config.telling_half_life_days);
        all.push(Report {
            incident,
            known: incident.known_from.latest(),
            event: event.number,
            source: event.source_of(own, &incident.summary),
            weight: kind_weight * role_weight(incident, variant) * freshness,
            reliability: reliability(incident, kind_reliability),
            hub_share,
            timely: late <= config.telling_days_max,
            subjects: subjects(incident, variant),
        });
    }
    Reports { all, event_names }
}

/// Whether a report tells of `variant`. The trend itself needs captivity to be stated; its look-alikes are
/// what they are without it.
pub(crate) fn speaks_of(incident: &Incident, variant: Variant) -> bool {
    incident.variant == variant && (variant != Variant::ScamCentre || incident.coercion_stated)
}

/// The places that a report names: "Porac/Angeles" are two, "Istanbul (Silivri)" is Istanbul.
pub(crate) fn places(text: &str) -> Vec<String> {
    let outside: String = text
        .split('(')
        .map(|part| part.split_once(')').map_or(part, |(_, after)| after))
        .collect::<Vec<_>>()
        .join(" ");
    let mut names: Vec<String> = outside
        .split(['/', ',', ';'])
        .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|name| !name.is_empty())
        .collect();
    names.sort();
    names.dedup();
    names
}

/// What is told of one event so far: its number, and which source said what.
struct EventSoFar {
    number: usize,
    statements: Vec<(usize, BTreeSet<String>)>,
}

/// How many statements of one event are compared for copies; a flood of them cannot cost more than this.
const STATEMENTS_COMPARED_MAX: usize = 64;

impl EventSoFar {
    /// The source that a statement counts for: the first that said the same in the same words, else its own.
    fn source_of(&mut self, own: usize, statement: &str) -> usize {
        if let Some((source, _)) = self.statements.iter().find(|(source, _)| *source == own) {
            return *source;
        }
        let words = source::words(statement);
        let copied = self.statements.iter().find(|(_, known)| source::is_copy(known, &words));
        let source = copied.map_or(own, |(source, _)| *source);
        if copied.is_none() && self.statements.len() < STATEMENTS_COMPARED_MAX {
            self.statements.push((own, words));
        }
        source
    }
}

/// For each report, what is left of it for one hub: one over the number of hubs that the statements of its
/// event had listed by the day on which it became known, and less where the people are held at home.
fn hub_shares(reports: &[&Incident]) -> Vec<f64> {
    let mut listed: BTreeMap<&str, BTreeSet<Country>> = BTreeMap::new();
    let mut shares = vec![1.0; reports.len()];
    let mut start = 0;
    while start < reports.len() {
        let day = reports[start].known_from.latest();
        let length = reports[start..].iter().take_while(|report| report.known_from.latest() == day).count();
        let today = start..start + length;
        for report in &reports[today.clone()] {
            listed.entry(&report.event).or_default().extend(report.hub);
        }
        for index in today {
            let report = reports[index];
            let hubs = listed.get(report.event.as_str()).map_or(1, |hubs| hubs.len().max(1));
            let lists = !matches!(report.kind, IncidentKind::Raid | IncidentKind::VictimsRescued);
            let at_home = report.origin.is_some() && report.origin == report.hub;
            shares[index] = if lists { 1.0 / hubs as f64 } else { 1.0 }
                * if at_home { config::DOMESTIC_WEIGHT } else { 1.0 };
        }
        start += length;
    }
    shares
}

fn role_weight(incident: &Incident, variant: Variant) -> f64 {
    if variant == Variant::ScamCentre { config::role_weight(incident.person_role) } else { 1.0 }
}

/// The chance that a report is true, from its grading: the letter sets it, a digit of 4 or 5 halves or
/// quarters it. Where nothing is known of the source, the kind of report decides.
fn reliability(incident: &Incident, of_kind: f64) -> f64 {
    let of_source = match incident.grading.reliability {
        Reliability::A => 0.9,
        Reliability::B => 0.8,
        Reliability::C => 0.65,
        Reliability::D => 0.35,
        Reliability::E => 0.15,
        Reliability::F => of_kind,
    };
    of_source
        * match incident.grading.credibility.digit() {
            4 => 0.5,
            5 => 0.25,
            _ => 1.0,
        }
}

/// What a report speaks of. The nationality of suspects is not an origin of victims.
fn subjects(incident: &Incident, variant: Variant) -> Vec<Key> {
    let mut subjects = Vec::new();
    let suspects = variant == Variant::ScamCentre && incident.person_role == Some(PersonRole::Suspect);
    let origin = incident.origin.filter(|origin| !suspects && Some(*origin) != incident.hub);
    if let Some(hub) = incident.hub {
        subjects.push((Family::Hub, Subject::Country(hub)));
        for place in places(incident.place.as_deref().unwrap_or_default()) {
            subjects.push((Family::Place, Subject::Place(hub, place)));
        }
    } else {
        // A hub's own region is told with the hub; here is what names a region and no country.
        subjects.extend(region_named(incident).map(|region| (Family::Region, Subject::Region(region))));
    }
    if let Some(origin) = origin {
        subjects.push((Family::Origin, Subject::Country(origin)));
        subjects.extend(incident.hub.map(|hub| (Family::Route, Subject::Route(origin, hub))));
    }
    subjects
}

/// Regions as reports write them, and their M49 codes.
pub(crate) const REGION_WORDS: &[(&str, &str)] = &[
    ("west africa", "011"),
    ("western africa", "011"),
    ("east africa", "014"),
    ("southern africa", "018"),
    ("north africa", "015"),
    ("central africa", "017"),
    ("middle east", "145"),
    ("central america", "013"),
    ("south america", "005"),
    ("caribbean", "029"),
    ("central asia", "143"),
    ("south asia", "034"),
    ("eastern europe", "151"),
    ("western europe", "155"),
    ("melanesia", "054"),
    ("micronesia", "057"),
    ("polynesia", "061"),
];

/// The region in which a warning sees centres without naming a country: "hubs in …, signs in West Africa".
/// Only what warns of hubs is read; the regions of other reports are as likely to be those of the victims.
pub(crate) fn region_named(incident: &Incident) -> Option<Region> {
    if !matches!(incident.kind, IncidentKind::Notice | IncidentKind::HubReport) {
        return None;
    }
    let text = incident.summary.to_lowercase();
    let row = REGION_WORDS.iter().find(|(words, _)| text.contains(words))?;
    row.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(places(text), expected, "{text:?}");
    }

    #[test]
    fn reads_the_places_of_a_report() {
        check("Porac/Angeles", &["Angeles", "Porac"]);
        check("Ljubljana, Maribor", &["Ljubljana", "Maribor"]);
        check("Istanbul (Silivri)", &["Istanbul"]);
        check("Golden Triangle  SEZ", &["Golden Triangle SEZ"]);
        check("(unknown)", &[]);
        check("", &[]);
    }

    #[test]
    fn every_region_word_names_a_region() {
        for (words, code) in REGION_WORDS {
            assert!(code.parse::<Region>().is_ok(), "{words}");
        }
    }
}
