//! Countries, regions and places, and the part that each plays.

use std::collections::BTreeSet;

use forewarn_model::{
    Alarm, AlarmKind, Arg, Country, CountryNames, Incident, Language, Notice, Region, Section, Statement,
    Subject,
};
use serde_json::{Value, json};

use super::object::{self, Head};

/// The part that a location plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// Centres are there.
    Hub,
    /// People come from there.
    Origin,
}

impl Role {
    /// What a relationship to such a location says.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Hub => "scam centres are there",
            Self::Origin => "people come from there",
        }
    }

    /// How the attack pattern relates to such a location: those who are recruited are its targets.
    pub(super) fn of_attack_pattern(self) -> &'static str {
        match self {
            Self::Hub => "related-to",
            Self::Origin => "targets",
        }
    }

    /// The name in machine tags.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::Hub => "hub",
            Self::Origin => "origin",
        }
    }
}

/// A location.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Location {
    Country(Country),
    Region(Region),
    /// A named place in a country.
    Place(Country, String),
}

impl Location {
    /// Its object. Countries and regions are the same in every bundle; a named place belongs to the issuer
    /// and carries the notice's marking.
    pub(super) fn object(&self, head: &Head, names: &CountryNames) -> Value {
        match self {
            Self::Country(country) => object::common(
                "location",
                &[country.as_str()],
                json!({
                    "name": country_name(names, *country),
                    "country": country.as_str(),
                }),
            ),
            Self::Region(region) => object::common(
                "location",
                &[&region.to_string()],
                json!({
                    "name": region.english(),
                    "region": region_word(*region),
                }),
            ),
            Self::Place(country, place) => {
                let key = [country.as_str(), place, &head.marking.to_string()];
                head.fixed("location", &key, json!({ "name": place, "country": country.as_str() }))
            }
        }
    }

    /// The name in machine tags.
    pub(super) fn tag(&self) -> String {
        match self {
            Self::Country(country) => country.to_string(),
            Self::Region(region) => region.to_string(),
            Self::Place(country, place) => format!("{country}:{place}"),
        }
    }
}

/// The locations that a notice and its alarm speak of.
pub(super) fn of_notice(notice: &Notice, alarm: Option<&Alarm>) -> BTreeSet<(Role, Location)> {
    let stated = notice.statements.iter().flat_map(of_statement);
    stated.chain(alarm.into_iter().flat_map(of_alarm)).collect()
}

/// The routes that a notice and its alarm speak of.
pub(super) fn routes(notice: &Notice, alarm: Option<&Alarm>) -> BTreeSet<(Country, Country)> {
    let route = |arg: &Arg| match arg {
        Arg::Route(from, to) => Some((*from, *to)),
        _ => None,
    };
    let stated = notice.statements.iter().flat_map(|statement| statement.args.values()).filter_map(route);
    let raised = alarm.and_then(|alarm| match alarm.subject {
        Subject::Route(from, to) => Some((from, to)),
        _ => None,
    });
    stated.chain(raised).collect()
}

/// The locations of an incident.
pub(super) fn of_incident(incident: &Incident) -> Vec<(Role, Location)> {
    let hub = incident.hub.map(|country| (Role::Hub, Location::Country(country)));
    let place = incident.hub.zip(incident.place.clone());
    let place = place.map(|(country, place)| (Role::Hub, Location::Place(country, place)));
    let origin = incident.origin.map(|country| (Role::Origin, Location::Country(country)));
    [hub, place, origin].into_iter().flatten().collect()
}

fn of_statement(statement: &Statement) -> Vec<(Role, Location)> {
    let role = match statement.section {
        Section::Hubs => Role::Hub,
        Section::Origins => Role::Origin,
        Section::Routes => return statement.args.values().flat_map(of_route).collect(),
        _ => return Vec::new(),
    };
    let places = statement.args.values().flat_map(|arg| match arg {
        Arg::Countries(countries) => countries.iter().copied().map(Location::Country).collect(),
        Arg::Region(region) => vec![Location::Region(*region)],
        Arg::Name(place) => of_name(statement, place).into_iter().collect(),
        _ => Vec::new(),
    });
    places.map(|place| (role, place)).collect()
}

fn of_route(arg: &Arg) -> Vec<(Role, Location)> {
    match arg {
        Arg::Route(from, to) => {
            vec![(Role::Origin, Location::Country(*from)), (Role::Hub, Location::Country(*to))]
        }
        _ => Vec::new(),
    }
}

/// A name is that of a place where the statement names the one country that it lies in.
fn of_name(statement: &Statement, place: &str) -> Option<Location> {
    let countries = statement.args.values().find_map(|arg| match arg {
        Arg::Countries(countries) => Some(countries.as_slice()),
        _ => None,
    });
    match countries {
        Some([country]) if !place.is_empty() => Some(Location::Place(*country, place.to_owned())),
        _ => None,
    }
}

fn of_alarm(alarm: &Alarm) -> Vec<(Role, Location)> {
    match (&alarm.kind, &alarm.subject) {
        (AlarmKind::Origin, Subject::Country(country)) => vec![(Role::Origin, Location::Country(*country))],
        (AlarmKind::Hub, Subject::Country(country)) => vec![(Role::Hub, Location::Country(*country))],
        (AlarmKind::Region, Subject::Region(region)) => vec![(Role::Hub, Location::Region(*region))],
        (_, Subject::Place(country, place)) => vec![(Role::Hub, Location::Place(*country, place.clone()))],
        (_, Subject::Route(from, to)) => of_route(&Arg::Route(*from, *to)),
        // A country or region that grows or shrinks may be a hub or an origin: the statements say which.
        _ => Vec::new(),
    }
}

/// The English name of a country.
pub(super) fn country_name(names: &CountryNames, country: Country) -> String {
    names.get(Language::ENGLISH, &country).to_owned()
}

/// The word of STIX's vocabulary of regions (STIX 2.1, section 10.23), which follows M49.
fn region_word(region: Region) -> String {
    region.english().to_lowercase().replace(" and ", " ").replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// STIX 2.1, section 10.23, without `latin-america-caribbean`, which is no region of ours.
    const VOCABULARY: [&str; 28] = [
        "africa",
        "eastern-africa",
        "middle-africa",
        "northern-africa",
        "southern-africa",
        "western-africa",
        "americas",
        "south-america",
        "caribbean",
        "central-america",
        "northern-america",
        "asia",
        "central-asia",
        "eastern-asia",
        "southern-asia",
        "south-eastern-asia",
        "western-asia",
        "europe",
        "eastern-europe",
        "northern-europe",
        "southern-europe",
        "western-europe",
        "oceania",
        "australia-new-zealand",
        "melanesia",
        "micronesia",
        "polynesia",
        "antarctica",
    ];

    #[test]
    fn every_region_has_its_word() {
        let mut words: Vec<String> = Region::all().map(region_word).collect();
        words.sort_unstable();
        let mut expected = VOCABULARY;
        expected.sort_unstable();
        assert_eq!(words, expected);
    }
}
