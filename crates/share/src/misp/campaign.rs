//! A campaign as an event: the template of its offers, and what they name.

use std::collections::BTreeSet;

use forewarn_model::{Campaign, Country, Date, IndicatorName, Marking, ObservableKind, Segment, Timestamp};

use super::event::{Attribute, Builder, Event, Standing, day};
use super::observable::{self, Note};
use super::tag;

/// How many identifiers go into one event; the most frequent first.
const IDENTIFIERS_MAX: usize = 100;

/// What goes into the event of a campaign.
#[derive(Debug, Clone, Copy)]
pub struct CampaignEventInput<'a> {
    /// The campaign, with those of its members that may leave.
    pub campaign: &'a Campaign,
    /// How many members it has, if not all of them are listed in it.
    pub members: usize,
    /// The organisation that sends it.
    pub issuer: &'a str,
    /// Who may see it.
    pub marking: Marking,
    /// When it last changed: when a member came, or an analyst decided.
    pub changed_at: Timestamp,
    /// Countries that its members name.
    pub countries: &'a [Country],
    /// Red flags of its members, with how many have each.
    pub indicators: &'a [(IndicatorName, u32)],
    /// Identifiers of its members, the most frequent first.
    pub identifiers: &'a [CampaignIdentifier],
}

/// An identifier that members of a campaign name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignIdentifier {
    /// What kind.
    pub kind: ObservableKind,
    /// The normalised value.
    pub value: String,
    /// How many members name it.
    pub members: u32,
    /// The warning list that it stands on: it is so common that it ties nobody.
    pub list: Option<String>,
}

/// The event of a campaign. No reviewer has seen it, so no tool is told to look for its identifiers; those that
/// stand on a warning list say so and tie nothing.
///
/// The uuid covers the marking: what may be seen under TLP:GREEN and what under TLP:AMBER are two events.
pub fn campaign_event(input: &CampaignEventInput<'_>) -> Event {
    let CampaignEventInput { campaign, members, issuer, marking, changed_at, .. } = input;
    let id = campaign.id.to_string();
    let mut event = Builder::new(&[issuer, &id, marking.tlp.as_str()], *changed_at);
    add_tags(&mut event, input);
    let seen = span(campaign);
    event.attribute(&Attribute {
        comment: "id of the campaign",
        seen,
        correlates: true,
        ..Attribute::text("campaign-id", "Attribution", &id)
    });
    let template = template(campaign);
    event.attribute(&Attribute {
        comment: "what the offers have in common; what varies stands in brackets",
        seen,
        ..Attribute::text("text", "Payload delivery", &template)
    });
    for CampaignIdentifier { kind, value, members: count, list } in
        input.identifiers.iter().take(IDENTIFIERS_MAX)
    {
        let mut comment = format!("named by {count} of {members} offers");
        let mut tags = Vec::new();
        if let Some(list) = list {
            comment.push_str(&format!("; common: on the warning list {list:?}"));
            tags.push(tag::own("warning-list", &list.replace('"', "'")));
        }
        let note = Note { comment: &comment, seen, tags, to_ids: false };
        observable::add(&mut event, *kind, value, &note);
    }
    let places: Vec<String> = input.countries.iter().take(5).map(ToString::to_string).collect();
    let naming = if places.is_empty() { String::new() } else { format!(", naming {}", places.join(", ")) };
    let info = format!("Campaign {}: {members} offers from one template{naming}", &id[..12.min(id.len())]);
    let date = seen.map_or_else(|| day(*changed_at), |(first, _)| first);
    event.finish(&info, date, Standing { threat_level: 3, analysis: 1 }, issuer, *marking, *changed_at)
}

fn add_tags(event: &mut Builder, input: &CampaignEventInput<'_>) {
    event.tag(tag::own("campaign", "recruitment"));
    tag::FRAUD.iter().for_each(|code| event.tag((*code).to_owned()));
    event.tag(tag::htcds("hte_Type", "Recruitment"));
    event.tag(tag::htcds("vic_MethodOfRecruitment", "ThroughAnOnlineAdvertisement"));
    for country in input.countries {
        event.tag(tag::own("names", country.as_str()));
    }
    for (indicator, _) in input.indicators {
        event.tag(tag::own("sign", indicator.as_str()));
    }
    let services: BTreeSet<&str> = input
        .identifiers
        .iter()
        .filter_map(|identifier| match identifier.kind {
            ObservableKind::Handle(service) => tag::recruited_by(service),
            _ => None,
        })
        .collect();
    for code in services {
        event.tag(tag::htcds("vic_RecruitmentWebsitesAndApps", code));
    }
}

/// The first and the last day on which a member was received.
fn span(campaign: &Campaign) -> Option<(Date, Date)> {
    let days = campaign.members.iter().filter_map(|member| member.received_at).map(day);
    days.map(|day| (day, day)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

fn template(campaign: &Campaign) -> String {
    let segment = |segment: &Segment| match segment {
        Segment::Fixed(words) => words.clone(),
        Segment::Slot(slot) => format!("[{}]", slot.kind.as_str()),
    };
    campaign.template.segments.iter().map(segment).collect::<Vec<_>>().join(" ")
}
