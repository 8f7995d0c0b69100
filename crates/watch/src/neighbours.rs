//! Which countries lie next to each other: scam centres move across borders when one side cracks down.
//!
//! A table of facts and two questions about it; no judgement about any country.

use std::collections::{BTreeMap, BTreeSet};

use forewarn_model::{Country, Region};

/// A country and those later in the table that share a land border with it, or lie across a strait of at
/// most about 100 km with regular boats. Land borders after the CIA World Factbook (public domain).
const BORDERS: &[(&str, &str)] = &[
    ("AE", "OM SA"),
    ("AF", "CN IR PK TJ TM UZ"),
    ("AL", "GR ME MK XK"),
    ("AM", "AZ GE IR TR"),
    ("AO", "CD CG NA ZM"),
    ("AR", "BO BR CL PY UY"),
    ("AT", "CH CZ DE HU IT LI SI SK"),
    ("AZ", "GE IR RU TR"),
    ("BA", "HR ME RS"),
    ("BD", "IN MM"),
    ("BE", "DE FR LU NL"),
    ("BF", "BJ CI GH ML NE TG"),
    ("BG", "GR MK RO RS TR"),
    ("BH", "QA SA"),
    ("BI", "CD RW TZ"),
    ("BJ", "NE NG TG"),
    ("BN", "MY"),
    ("BO", "BR CL PE PY"),
    ("BR", "CO GF GY PE PY SR UY VE"),
    ("BT", "CN IN"),
    ("BW", "NA ZA ZM ZW"),
    ("BY", "LT LV PL RU UA"),
    ("BZ", "GT MX"),
    ("CA", "US"),
    ("CD", "CF CG RW SS TZ UG ZM"),
    ("CF", "CG CM SD SS TD"),
    ("CG", "CM GA"),
    ("CH", "DE FR IT LI"),
    ("CI", "GH GN LR ML"),
    ("CL", "PE"),
    ("CM", "GA GQ NG TD"),
    ("CN", "HK IN KG KP KZ LA MM MN MO NP PK RU TJ VN"),
    ("CO", "EC PA PE VE"),
    ("CR", "NI PA"),
    ("CZ", "DE PL SK"),
    ("DE", "DK FR LU NL PL"),
    ("DJ", "ER ET SO"),
    ("DO", "HT"),
    ("DZ", "EH LY MA ML MR NE TN"),
    ("EC", "PE"),
    ("EE", "FI LV RU"),
    ("EG", "IL LY PS SD"),
    ("ER", "ET SD"),
    ("ES", "FR GI MA PT"),
    ("ET", "KE SD SO SS"),
    ("FI", "NO RU SE"),
    ("FR", "GB IT LU MC"),
    ("GA", "GQ"),
    ("GB", "IE IM"),
    ("GE", "RU TR"),
    ("GF", "SR"),
    ("GH", "TG"),
    ("GM", "SN"),
    ("GN", "GW LR ML SL SN"),
    ("GR", "MK TR"),
    ("GT", "HN MX SV"),
    ("GW", "SN"),
    ("GY", "SR VE"),
    ("HN", "NI SV"),
    ("HR", "HU ME RS SI"),
    ("HU", "RO RS SI SK UA"),
    ("ID", "MY PG PH SG TL"),
    ("IL", "JO LB PS SY"),
    ("IN", "LK MM NP PK"),
    ("IQ", "IR JO KW SA SY TR"),
    ("IR", "PK TM TR"),
    ("IT", "SI SM VA"),
    ("JO", "PS SA SY"),
    ("KE", "SO SS TZ UG"),
    ("KG", "KZ TJ UZ"),
    ("KH", "LA TH VN"),
    ("KP", "KR RU"),
    ("KW", "SA"),
    ("KZ", "RU TM UZ"),
    ("LA", "MM TH VN"),
    ("LB", "SY"),
    ("LR", "SL"),
    ("LS", "ZA"),
    ("LT", "LV PL RU"),
    ("LV", "RU"),
    ("LY", "NE SD TD TN"),
    ("MA", "EH"),
    ("MD", "RO UA"),
    ("ME", "RS XK"),
    ("MK", "RS XK"),
    ("ML", "MR NE SN"),
    ("MM", "TH"),
    ("MN", "RU"),
    ("MR", "EH SN"),
    ("MW", "MZ TZ ZM"),
    ("MX", "US"),
    ("MY", "PH SG TH"),
    ("MZ", "SZ TZ ZA ZM ZW"),
    ("NA", "ZA ZM"),
    ("NE", "NG TD"),
    ("NG", "TD"),
    ("NO", "RU SE"),
    ("OM", "SA YE"),
    ("PL", "RU SK UA"),
    ("QA", "SA"),
    ("RO", "RS UA"),
    ("RS", "XK"),
    ("RU", "UA"),
    ("RW", "TZ UG"),
    ("SA", "YE"),
    ("SD", "SS TD"),
    ("SK", "UA"),
    ("SS", "UG"),
    ("SY", "TR"),
    ("SZ", "ZA"),
    ("TJ", "UZ"),
    ("TM", "UZ"),
    ("TZ", "UG ZM"),
    ("ZA", "ZW"),
    ("ZM", "ZW"),
];

/// The graph of countries that share a border.
#[derive(Debug, Clone)]
pub(crate) struct Neighbours {
    borders: BTreeMap<Country, BTreeSet<Country>>,
    /// The region of each country of the graph: looked up once, asked every day.
    regions: BTreeMap<Country, Region>,
}

impl Neighbours {
    /// The graph from the table.
    pub(crate) fn new() -> Self {
        let mut borders: BTreeMap<Country, BTreeSet<Country>> = BTreeMap::new();
        let country = |code: &str| code.parse::<Country>().ok();
        for (code, others) in BORDERS {
            for other in others.split(' ') {
                let (Some(a), Some(b)) = (country(code), country(other)) else { continue };
                borders.entry(a).or_default().insert(b);
                borders.entry(b).or_default().insert(a);
            }
        }
        let regions = borders.keys().map(|country| (*country, country.region())).collect();
        Self { borders, regions }
    }

    /// The countries that centres could move to from `hub`: those that share a border, and those of the
    /// same M49 region that are two borders away.
    pub(crate) fn near(&self, hub: Country) -> BTreeSet<Country> {
        let direct = self.borders.get(&hub).cloned().unwrap_or_default();
        let second = direct
            .iter()
            .filter_map(|country| self.borders.get(country))
            .flatten()
            .copied()
            .filter(|country| self.regions.get(country) == self.regions.get(&hub));
        let mut near: BTreeSet<Country> = second.collect();
        near.extend(direct);
        near.remove(&hub);
        near
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hub: &str, expected: &str) {
        let near = Neighbours::new().near(hub.parse().unwrap());
        let near: Vec<String> = near.iter().map(|country| country.to_string()).collect();
        assert_eq!(near.join(" "), expected, "near {hub}");
    }

    #[test]
    fn finds_the_countries_that_centres_could_move_to() {
        check("KH", "LA MM MY TH VN");
        check("MM", "BD CN IN KH LA MY TH VN");
        check("AE", "BH IQ JO KW OM QA SA YE");
        check("PH", "BN ID MY SG TH TL");
        check("IS", "");
    }

    #[test]
    fn every_code_of_the_table_is_a_country_and_each_pair_stands_once() {
        let mut pairs = BTreeSet::new();
        for (code, others) in BORDERS {
            assert!(code.parse::<Country>().is_ok(), "{code}");
            for other in others.split(' ').filter(|other| !other.is_empty()) {
                assert!(other.parse::<Country>().is_ok(), "{other}");
                assert!(code < &other || *code == "LT" || !pairs.contains(&(other, *code)), "{code} {other}");
                assert!(pairs.insert((*code, other)), "{code} {other}");
            }
        }
    }
}
