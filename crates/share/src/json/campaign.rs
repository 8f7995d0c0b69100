//! Campaigns with their templates.

use std::collections::BTreeMap;

use forewarn_model::{
    Campaign, Country, IndicatorName, Language, ObservableKind, ReportId, Segment, Timestamp,
};
use serde::Serialize;
use serde_json::Value;

use crate::wire::value;

/// What the caller knows of a campaign beyond its template and members. Every list in the order in which
/// it is to be shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CampaignExtras {
    /// The countries that its reports name.
    pub countries: Vec<Country>,
    /// The languages that its reports are written in.
    pub languages: Vec<Language>,
    /// The red flags of its reports.
    pub indicators: Vec<IndicatorName>,
    /// The identifiers that its reports name, each with the number of reports that name it.
    pub identifiers: Vec<(ObservableKind, String, u32)>,
    /// The ids of its reports at their source, where they have one.
    pub external_ids: BTreeMap<ReportId, String>,
    /// The highest probability among its reports that they recruit into a scam centre.
    pub probability: Option<f64>,
}

/// Campaigns in the order given, as a JSON array.
///
/// Each has `id`, `size`, `first_seen` and `last_seen` (of its members' times of receipt), `template`
/// (`segments`, each `{"fixed": …}` or `{"slot": kind, "values": [[value, count], …], "empty": count}`;
/// `relative_length`, `compression`), `members` (`report`, `role`, `external_id`, `received_at`), and the
/// `countries`, `languages`, `indicators`, `identifiers` (`type`, `value`, `reports`) and `probability` of
/// its extras.
pub fn campaigns(campaigns: &[(Campaign, CampaignExtras)]) -> Value {
    value(campaigns.iter().map(|(campaign, extras)| view(campaign, extras)).collect::<Vec<_>>())
}

#[derive(Serialize)]
struct CampaignView<'a> {
    id: String,
    size: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen: Option<String>,
    template: TemplateView<'a>,
    members: Vec<MemberView<'a>>,
    countries: Vec<&'a str>,
    languages: Vec<&'a str>,
    indicators: Vec<&'a str>,
    identifiers: Vec<IdentifierView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
}

#[derive(Serialize)]
struct TemplateView<'a> {
    segments: Vec<SegmentView<'a>>,
    relative_length: f64,
    compression: f64,
}

#[derive(Serialize)]
#[serde(untagged)]
enum SegmentView<'a> {
    Fixed { fixed: &'a str },
    Slot { slot: &'static str, values: &'a [(String, u32)], empty: u32 },
}

#[derive(Serialize)]
struct MemberView<'a> {
    report: String,
    role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    received_at: Option<String>,
}

#[derive(Serialize)]
struct IdentifierView<'a> {
    r#type: String,
    value: &'a str,
    reports: u32,
}

fn view<'a>(campaign: &'a Campaign, extras: &'a CampaignExtras) -> CampaignView<'a> {
    let times = || campaign.members.iter().filter_map(|member| member.received_at);
    let written = |time: Timestamp| time.to_string();
    CampaignView {
        id: campaign.id.to_string(),
        size: campaign.members.len(),
        first_seen: times().min().map(written),
        last_seen: times().max().map(written),
        template: TemplateView {
            segments: campaign.template.segments.iter().map(segment).collect(),
            relative_length: campaign.template.relative_length,
            compression: campaign.template.compression,
        },
        members: campaign
            .members
            .iter()
            .map(|member| MemberView {
                report: member.report.to_string(),
                role: member.role.as_str(),
                external_id: extras.external_ids.get(&member.report).map(String::as_str),
                received_at: member.received_at.map(written),
            })
            .collect(),
        countries: extras.countries.iter().map(Country::as_str).collect(),
        languages: extras.languages.iter().map(Language::as_str).collect(),
        indicators: extras.indicators.iter().map(IndicatorName::as_str).collect(),
        identifiers: extras
            .identifiers
            .iter()
            .map(|(kind, value, reports)| IdentifierView {
                r#type: kind.to_string(),
                value,
                reports: *reports,
            })
            .collect(),
        probability: extras.probability,
    }
}

fn segment(segment: &Segment) -> SegmentView<'_> {
    match segment {
        Segment::Fixed(fixed) => SegmentView::Fixed { fixed },
        Segment::Slot(slot) => {
            SegmentView::Slot { slot: slot.kind.as_str(), values: &slot.values, empty: slot.empty }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn shows_the_template_with_its_slots() {
        let campaign = sample::campaign();
        let extras = CampaignExtras {
            countries: vec!["KH".parse().unwrap()],
            languages: vec![Language::ENGLISH],
            indicators: vec![IndicatorName::new("free_travel").unwrap()],
            identifiers: vec![(ObservableKind::Phone, "+85512000001".to_owned(), 2)],
            external_ids: [(campaign.members[0].report, "ad-1".to_owned())].into(),
            probability: Some(0.75),
        };
        insta::assert_snapshot!(sample::pretty(&campaigns(&[(campaign, extras)])));
    }
}
