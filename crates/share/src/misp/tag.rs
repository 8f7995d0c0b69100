//! Machine tags (`namespace:predicate="value"`): markings, gradings, codes.

use forewarn_model::{Credibility, Grading, HandleService, Likelihood, Marking, Pap, Reliability, Tlp};
use serde_json::{Value, json};

/// The marking, in the taxonomies `tlp` (version 2.0 of the protocol) and `PAP`.
pub(super) fn of_marking(marking: Marking) -> [String; 2] {
    [format!("tlp:{}", marking.tlp.as_str().to_lowercase()), marking.pap.to_string()]
}

/// The grading, in the taxonomy `admiralty-scale`.
pub(super) fn of_grading(grading: Grading) -> Vec<String> {
    vec![
        format!(
            "admiralty-scale:source-reliability=\"{}\"",
            grading.reliability.letter().to_ascii_lowercase()
        ),
        format!("admiralty-scale:information-credibility=\"{}\"", grading.credibility.digit()),
    ]
}

/// How likely, in the taxonomy `estimative-language`.
pub(super) fn of_likelihood(likelihood: Likelihood) -> String {
    format!("estimative-language:likelihood-probability=\"{}\"", likelihood.as_str().replace('_', "-"))
}

/// Codes of fraud that hold for the trend as such: recruiting under a false name (Reference Security Incident
/// Taxonomy), by scams in social media (MISP galaxy `financial-fraud`, ATT&CK4FRAUD).
pub(super) const FRAUD: [&str; 2] =
    ["rsit:fraud=\"masquerade\"", "misp-galaxy:financial-fraud=\"Social Media Scams\""];

/// A code of the Human Trafficking Case Data Standard 2.0 (IOM), verbatim.
pub(super) fn htcds(field: &str, code: &str) -> String {
    format!("htcds:{field}=\"{code}\"")
}

/// A tag of our own.
pub(super) fn own(predicate: &str, value: &str) -> String {
    format!("forewarn:{predicate}=\"{value}\"")
}

/// The code of HTCDS for a service by which people are recruited (`vic_RecruitmentWebsitesAndApps`).
pub(super) fn recruited_by(service: HandleService) -> Option<&'static str> {
    Some(match service {
        HandleService::Facebook => "Facebook",
        HandleService::Instagram => "Instagram",
        HandleService::WhatsApp => "WhatsApp",
        HandleService::Telegram => "Telegram",
        HandleService::Viber => "Viber",
        HandleService::Line => "Line",
        HandleService::WeChat => "WeChat",
        HandleService::Qq => "QQ",
        HandleService::TikTok => "TikTok",
        HandleService::X => "Twitter",
        HandleService::Unknown => return None,
        HandleService::Zalo
        | HandleService::Signal
        | HandleService::Kakao
        | HandleService::Skype
        | HandleService::Imo => "Other",
    })
}

/// A tag as an event has it, in the colour that its taxonomy gives it.
pub(super) fn object(name: &str) -> Value {
    let colour = COLOURS.iter().find(|(start, _)| name.starts_with(start)).map_or("#4a4a4a", |row| row.1);
    json!({ "name": name, "colour": colour, "exportable": true })
}

const COLOURS: [(&str, &str); 10] = [
    ("tlp:clear", "#ffffff"),
    ("tlp:green", "#33ff00"),
    ("tlp:amber", "#ffc000"),
    ("tlp:red", "#ff2b2b"),
    ("PAP:WHITE", "#ffffff"),
    ("PAP:GREEN", "#33ff00"),
    ("PAP:AMBER", "#ffc000"),
    ("PAP:RED", "#ff2b2b"),
    ("forewarn:", "#d9630f"),
    ("htcds:", "#00558c"),
];

/// What tags say of who may see something and how far it can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Told {
    pub(super) tlp: Option<Tlp>,
    pub(super) pap: Option<Pap>,
    pub(super) reliability: Option<Reliability>,
    pub(super) credibility: Option<Credibility>,
}

impl Told {
    /// Reads tags; of two labels of one protocol the stricter counts, as does `Red` of one that cannot be read.
    pub(super) fn of(tags: &[String]) -> Self {
        let mut told = Self::default();
        for name in tags {
            let lower = name.trim().to_lowercase();
            if let Some(label) = lower.strip_prefix("tlp:").filter(|label| !label.starts_with("ex:")) {
                let label = label.split_once('=').map_or(label, |(_, value)| value.trim_matches('"'));
                let read = label.parse().unwrap_or(Tlp::Red);
                told.tlp = Some(told.tlp.map_or(read, |known| known.max(read)));
            } else if let Some(label) = lower.strip_prefix("pap:") {
                let read = label.parse().unwrap_or(Pap::Red);
                told.pap = Some(told.pap.map_or(read, |known| known.max(read)));
            } else if let Some(value) = lower.strip_prefix("admiralty-scale:source-reliability=") {
                told.reliability = told.reliability.or_else(|| reliability(value.trim_matches('"')));
            } else if let Some(value) = lower.strip_prefix("admiralty-scale:information-credibility=") {
                told.credibility = told.credibility.or_else(|| credibility(value.trim_matches('"')));
            }
        }
        told
    }

    /// What holds for a part: what it says itself of trust, and the stricter of both markings.
    pub(super) fn within(self, whole: Self) -> Self {
        Self {
            tlp: self.tlp.max(whole.tlp),
            pap: self.pap.max(whole.pap),
            reliability: self.reliability.or(whole.reliability),
            credibility: self.credibility.or(whole.credibility),
        }
    }

    /// The marking, with `otherwise` for what was not told.
    pub(super) fn marking(self, otherwise: Marking) -> Marking {
        Marking { tlp: self.tlp.unwrap_or(otherwise.tlp), pap: self.pap.unwrap_or(otherwise.pap) }
    }

    /// The grading; what was not told is unknown.
    pub(super) fn grading(self) -> Grading {
        Grading {
            reliability: self.reliability.unwrap_or(Reliability::F),
            credibility: self.credibility.unwrap_or(Credibility::CannotBeJudged),
        }
    }
}

/// A letter of the taxonomy; its `g`, deliberately deceptive, is our E, unreliable.
fn reliability(text: &str) -> Option<Reliability> {
    if text == "g" {
        return Some(Reliability::E);
    }
    Reliability::ALL.into_iter().find(|known| known.letter().to_ascii_lowercase().to_string() == text)
}

fn credibility(text: &str) -> Option<Credibility> {
    Credibility::ALL.into_iter().find(|known| known.digit().to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tags: &[&str], marking: &str, grading: &str) {
        let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
        let told = Told::of(&tags);
        assert_eq!(told.marking(Marking::DEFAULT).to_string(), marking, "{tags:?}");
        assert_eq!(told.grading().to_string(), grading, "{tags:?}");
    }

    #[test]
    fn reads_what_servers_write() {
        check(&[], "TLP:AMBER PAP:AMBER", "F6");
        check(&["tlp:white"], "TLP:CLEAR PAP:AMBER", "F6");
        check(&["tlp:green", "tlp:amber+strict", "PAP:GREEN"], "TLP:AMBER+STRICT PAP:GREEN", "F6");
        check(&["TLP:GREEN", "tlp:ex:chr", "pap:white"], "TLP:GREEN PAP:WHITE", "F6");
        check(&["tlp:unclear"], "TLP:RED PAP:AMBER", "F6");
        check(
            &["admiralty-scale:source-reliability=\"b\"", "admiralty-scale:information-credibility=\"2\""],
            "TLP:AMBER PAP:AMBER",
            "B2",
        );
        check(&["admiralty-scale:source-reliability=\"g\""], "TLP:AMBER PAP:AMBER", "E6");
        check(&["admiralty-scale:source-reliability=\"z\""], "TLP:AMBER PAP:AMBER", "F6");
    }

    #[test]
    fn what_is_written_is_read_back() {
        for tlp in Tlp::ALL {
            for pap in Pap::ALL {
                let marking = Marking { tlp, pap };
                assert_eq!(Told::of(&of_marking(marking)).marking(Marking::PUBLIC), marking);
            }
        }
        for reliability in Reliability::ALL {
            for credibility in Credibility::ALL {
                let grading = Grading { reliability, credibility };
                assert_eq!(Told::of(&of_grading(grading)).grading(), grading);
            }
        }
    }

    #[test]
    fn a_part_is_never_more_open_than_the_whole() {
        let told = |tags: &[&str]| Told::of(&tags.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>());
        let part = told(&["tlp:clear"]).within(told(&["tlp:red"]));
        assert_eq!(part.tlp, Some(Tlp::Red));
        assert_eq!(told(&["tlp:red"]).within(told(&["tlp:clear"])).tlp, Some(Tlp::Red));
    }
}
