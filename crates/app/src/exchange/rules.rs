//! Who gets what, as data: rules over marking, permissible actions, kind, country and partner. A pure decision, so
//! that it can be shown before anything leaves.

use std::path::Path;

use forewarn_model::words::WordError;
use forewarn_model::{Country, Marking, Pap, Tlp};
use serde::Deserialize;

use super::partner::Partner;
use crate::{AppError, files};

/// The name of the file in the data folder.
pub const FILE_NAME: &str = "share-rules.toml";

/// The rules that hold where there is no such file.
pub const DEFAULT: &str = include_str!("default-rules.toml");

/// Longest file of rules, in bytes.
const BYTES_MAX: u64 = 1 << 20;

/// What kind of thing an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// An issued notice, with what it rests on.
    Notice,
    /// A dated fact.
    Incident,
    /// Offers from one template.
    Campaign,
    /// The identifiers that the offers of a campaign name.
    Observable,
}

impl ItemKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Notice, Self::Incident, Self::Campaign, Self::Observable];

    /// The name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Incident => "incident",
            Self::Campaign => "campaign",
            Self::Observable => "observable",
        }
    }
}

impl std::str::FromStr for ItemKind {
    type Err = WordError;

    fn from_str(text: &str) -> Result<Self, WordError> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| WordError {
            list: "kind of item",
            text: text.to_owned(),
            expected: Self::ALL.map(Self::as_str).join(", "),
        })
    }
}

/// The rules of a node.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// The organisation in whose name it publishes.
    pub issuer: String,
    /// The marking of incidents.
    pub incident_marking: Marking,
    /// A campaign with fewer offers does not go out.
    pub campaign_offers_min: usize,
    /// A campaign whose most suspicious offer is less likely to recruit into a scam centre does not go out.
    pub campaign_probability_min: f64,
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    name: String,
    kinds: Vec<ItemKind>,
    tlp_max: Option<Tlp>,
    pap_max: Option<Pap>,
    countries: Vec<Country>,
    partners: Vec<String>,
    partner_countries: Vec<Country>,
    concerns_partner: bool,
    send: bool,
}

/// What a rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject<'a> {
    /// What kind of thing it is.
    pub kind: ItemKind,
    /// Who may see it.
    pub marking: Marking,
    /// The countries that it concerns.
    pub countries: &'a [Country],
}

/// What was decided, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether it goes.
    pub send: bool,
    /// The rule or the limit that decided.
    pub because: String,
}

impl Rules {
    /// The rules of a data folder: its file, or those that ship inside.
    pub fn load(folder: &Path) -> Result<Self, AppError> {
        let path = folder.join(FILE_NAME);
        match path.exists() {
            true => Self::read(&files::read_text(&path, BYTES_MAX)?),
            false => Self::read(DEFAULT),
        }
    }

    /// Reads rules.
    pub fn read(text: &str) -> Result<Self, AppError> {
        let file: File = toml::from_str(text).map_err(AppError::refused("read share-rules.toml"))?;
        let rules = file.rule.into_iter().map(rule).collect::<Result<_, String>>();
        let refused = AppError::refused("read share-rules.toml");
        let read = || -> Result<Self, String> {
            let text = |error: forewarn_model::marking::MarkingError| error.to_string();
            Ok(Self {
                issuer: file.issuer,
                incident_marking: Marking {
                    tlp: file.incident_marking.parse().map_err(text)?,
                    pap: file.incident_pap.parse().map_err(text)?,
                },
                campaign_offers_min: file.campaign_offers_min.max(2),
                campaign_probability_min: file.campaign_probability_min,
                rules: rules?,
            })
        };
        read().map_err(refused)
    }

    /// Whether an item goes to a partner.
    pub fn decide(&self, subject: &Subject<'_>, partner: &Partner) -> Decision {
        let held = |because: String| Decision { send: false, because };
        let marking = subject.marking;
        if !partner.active {
            return held("the partner is not active".to_owned());
        }
        if marking.tlp == Tlp::Red {
            return held("TLP:RED goes to nobody by machine".to_owned());
        }
        if marking.tlp > partner.clearance {
            return held(format!("{} is beyond its clearance, {}", marking.tlp, partner.clearance));
        }
        if marking.pap > partner.pap {
            return held(format!("{} is beyond what is agreed, {}", marking.pap, partner.pap));
        }
        match self.rules.iter().find(|rule| rule.fits(subject, partner)) {
            Some(rule) => Decision { send: rule.send, because: format!("rule {:?}", rule.name) },
            None => held("no rule fits it".to_owned()),
        }
    }
}

impl Rule {
    fn fits(&self, subject: &Subject<'_>, partner: &Partner) -> bool {
        let any = |all: &[Country]| all.is_empty() || all.iter().any(|it| subject.countries.contains(it));
        (self.kinds.is_empty() || self.kinds.contains(&subject.kind))
            && self.tlp_max.is_none_or(|most| subject.marking.tlp <= most)
            && self.pap_max.is_none_or(|most| subject.marking.pap <= most)
            && any(&self.countries)
            && (self.partners.is_empty() || self.partners.contains(&partner.id))
            && (self.partner_countries.is_empty()
                || partner.country.is_some_and(|country| self.partner_countries.contains(&country)))
            && (!self.concerns_partner
                || partner.country.is_some_and(|country| subject.countries.contains(&country)))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    issuer: String,
    incident_marking: String,
    incident_pap: String,
    #[serde(default)]
    campaign_offers_min: usize,
    #[serde(default = "half")]
    campaign_probability_min: f64,
    #[serde(default)]
    rule: Vec<FileRule>,
}

fn half() -> f64 {
    0.5
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRule {
    name: String,
    #[serde(default)]
    kinds: Vec<String>,
    tlp_max: Option<String>,
    pap_max: Option<String>,
    #[serde(default)]
    countries: Vec<String>,
    #[serde(default)]
    partners: Vec<String>,
    #[serde(default)]
    partner_countries: Vec<String>,
    #[serde(default)]
    concerns_partner: bool,
    action: Action,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Action {
    Send,
    Hold,
}

fn rule(file: FileRule) -> Result<Rule, String> {
    fn all<T: std::str::FromStr<Err: std::fmt::Display>>(
        texts: &[String],
        rule: &str,
    ) -> Result<Vec<T>, String> {
        let told = |error: T::Err| format!("rule {rule:?}: {error}");
        texts.iter().map(|text| text.parse().map_err(told)).collect()
    }
    let one = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
    Ok(Rule {
        kinds: all(&file.kinds, &file.name)?,
        tlp_max: all(&one(&file.tlp_max), &file.name)?.pop(),
        pap_max: all(&one(&file.pap_max), &file.name)?.pop(),
        countries: all(&file.countries, &file.name)?,
        partner_countries: all(&file.partner_countries, &file.name)?,
        partners: file.partners,
        concerns_partner: file.concerns_partner,
        send: file.action == Action::Send,
        name: file.name,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partner() -> Partner {
        Partner { clearance: Tlp::Amber, pap: Pap::Amber, country: "KE".parse().ok(), ..Partner::new("ke") }
    }

    #[track_caller]
    fn check(rules: &str, kind: ItemKind, marking: &str, countries: &[&str], expected: (bool, &str)) {
        let head = "issuer = \"x\"\nincident_marking = \"GREEN\"\nincident_pap = \"WHITE\"\n";
        let rules = Rules::read(&format!("{head}{rules}")).unwrap();
        let (tlp, pap) = marking.split_once(' ').unwrap();
        let marking = Marking { tlp: tlp.parse().unwrap(), pap: pap.parse().unwrap() };
        let countries: Vec<Country> = countries.iter().map(|code| code.parse().unwrap()).collect();
        let decision = rules.decide(&Subject { kind, marking, countries: &countries }, &partner());
        assert_eq!(decision.send, expected.0, "{}", decision.because);
        assert!(decision.because.contains(expected.1), "{}", decision.because);
    }

    #[test]
    fn no_rule_loosens_a_marking() {
        let all = "[[rule]]\nname = \"all\"\naction = \"send\"\n";
        check(all, ItemKind::Notice, "AMBER AMBER", &[], (true, "all"));
        check(all, ItemKind::Notice, "AMBER+STRICT WHITE", &[], (false, "beyond its clearance"));
        check(all, ItemKind::Notice, "RED WHITE", &[], (false, "goes to nobody"));
        check(all, ItemKind::Notice, "CLEAR RED", &[], (false, "beyond what is agreed"));
        check("", ItemKind::Notice, "CLEAR WHITE", &[], (false, "no rule"));
    }

    #[test]
    fn the_first_rule_that_fits_decides() {
        let rules = r#"
            [[rule]]
            name = "not Cambodia"
            countries = ["KH"]
            kinds = ["incident"]
            action = "hold"
            [[rule]]
            name = "own country"
            concerns_partner = true
            action = "send"
            [[rule]]
            name = "open ones"
            tlp_max = "GREEN"
            partners = ["ke", "tz"]
            action = "send"
            [[rule]]
            name = "others"
            partner_countries = ["TZ"]
            action = "send"
        "#;
        check(rules, ItemKind::Incident, "CLEAR WHITE", &["KH", "KE"], (false, "not Cambodia"));
        check(rules, ItemKind::Notice, "AMBER WHITE", &["KH", "KE"], (true, "own country"));
        check(rules, ItemKind::Notice, "GREEN WHITE", &["KH"], (true, "open ones"));
        check(rules, ItemKind::Notice, "AMBER WHITE", &["KH"], (false, "no rule"));
    }

    #[test]
    fn says_what_is_wrong_with_rules() {
        for (text, part) in [
            ("x = 1", "unknown field"),
            ("issuer = \"x\"\nincident_marking = \"BLUE\"\nincident_pap = \"WHITE\"", "BLUE"),
            (&format!("{DEFAULT}\n[[rule]]\nname = \"r\"\nkinds = [\"tweet\"]\naction = \"send\""), "tweet"),
            (&format!("{DEFAULT}\n[[rule]]\nname = \"r\"\naction = \"maybe\""), "maybe"),
        ] {
            let error = Rules::read(text).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
        assert!(Rules::read(DEFAULT).is_ok());
    }
}
