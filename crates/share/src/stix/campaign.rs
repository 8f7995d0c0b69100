//! A campaign, and the modus operandi that all of them share.

use forewarn_model::{Campaign, Segment, Template};
use serde_json::{Value, json};

use super::object::{self, Head};

/// How much of a template is shown, in Unicode scalar values.
const TEMPLATE_CHARS_MAX: usize = 2000;

/// The `campaign` object. The template is shown with its slots named, not filled: their values may be
/// names and numbers of people, and those that recipients should look for are in the indicators.
pub(super) fn campaign(head: &Head, campaign: &Campaign) -> Value {
    let id = campaign.id.to_string();
    let times = || campaign.members.iter().filter_map(|member| member.received_at);
    let first = times().min().map(object::instant);
    // The first receipt does not change as members join: later ones were received later.
    let created = first.clone().unwrap_or_else(|| head.created.clone());
    let size = campaign.members.len();
    head.object("campaign", &[&id], &created, json!({
        "name": format!("Job offers from one template, {id}"),
        "description": format!("{size} offers written from one template: {}", skeleton(&campaign.template)),
        "first_seen": first,
        "last_seen": times().max().map(object::instant),
        "external_references": [object::external_reference("Forewarn", None, &id, "")],
    }))
}

/// The `attack-pattern` object for the modus operandi, the same for all notices of all issuers; what it
/// says is public knowledge.
pub(super) fn attack_pattern() -> Value {
    object::common(
        "attack-pattern",
        &["scam-centre-recruitment"],
        json!({
            "name": "Recruitment into scam centres by job offers",
            "description": "Offers of well-paid work abroad bring people into centres where they are held and \
                made to defraud others online.",
        }),
    )
}

/// The template as one line: fixed words as they are, slots by their kind in brackets.
fn skeleton(template: &Template) -> String {
    let parts = template.segments.iter().map(|segment| match segment {
        Segment::Fixed(words) => words.split_whitespace().collect::<Vec<_>>().join(" "),
        Segment::Slot(slot) => format!("[{}]", slot.kind.as_str()),
    });
    let line = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(TEMPLATE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use forewarn_model::vec1;

    use super::*;
    use crate::sample;

    #[test]
    fn shows_no_value_of_a_slot() {
        let template = sample::campaign().template;
        assert_eq!(skeleton(&template), "Typist wanted in [place] ticket paid, write to [handle]");
    }

    #[test]
    fn cuts_a_long_template_between_characters() {
        let words = Segment::Fixed("ไทย".repeat(1000));
        let template = Template { segments: vec1![words], relative_length: 1.0, compression: 1.0 };
        let line = skeleton(&template);
        assert_eq!(line.chars().count(), TEMPLATE_CHARS_MAX + 1);
        assert!(line.ends_with('…'));
    }
}
