//! What goes to partners beside notices and incidents: campaigns, the identifiers that their offers name, and the
//! signed documents of notices, so that a receiver can verify them without asking anybody.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use forewarn_model::{Campaign, Country, CountryNames, IndicatorName, Marking, ObservableKind, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::location::Location;
use super::object::{self, Head};
use super::{Bundle, campaign, id, marking, observable};

/// A campaign that is sent on its own.
#[derive(Debug, Clone, Copy)]
pub struct CampaignBundleInput<'a> {
    /// The campaign.
    pub campaign: &'a Campaign,
    /// What its offers name, with how many name each.
    pub identifiers: &'a [((ObservableKind, String), u32)],
    /// Countries that its offers name.
    pub countries: &'a [Country],
    /// Red flags of its offers.
    pub red_flags: &'a [IndicatorName],
    /// The organisation that sends it.
    pub issuer: &'a str,
    /// Who may see it.
    pub marking: Marking,
    /// The time of this revision of it.
    pub written_at: Timestamp,
    /// For the names of locations, in English.
    pub names: &'a CountryNames,
}

/// A bundle of the campaign: what its offers have in common, the countries that they name, and the red flags that they
/// show, each as an attack pattern. No value of a slot, no text of an offer.
pub fn campaign_bundle(input: &CampaignBundleInput<'_>) -> Value {
    let head = head_of(input);
    let mut bundle = Bundle::default();
    bundle.add(object::identity(input.issuer));
    let kind_of_fraud = bundle.add(campaign::attack_pattern());
    let it = bundle.add(campaign::campaign(&head, input.campaign));
    bundle.add(head.relationship(&it, "uses", &kind_of_fraud, "offers of this kind"));
    for country in input.countries {
        let location = bundle.add(Location::Country(*country).object(&head, input.names));
        bundle.add(head.relationship(&it, "related-to", &location, "named by its offers"));
    }
    for red_flag in input.red_flags {
        let pattern = bundle.add(red_flag_pattern(red_flag));
        bundle.add(head.relationship(&it, "uses", &pattern, "red flag of its offers"));
    }
    bundle.finish(input.marking)
}

/// A bundle of the identifiers that the offers of a campaign name, each with the pattern that finds it.
pub fn identifier_bundle(input: &CampaignBundleInput<'_>) -> Value {
    let head = head_of(input);
    let mut bundle = Bundle::default();
    bundle.add(object::identity(input.issuer));
    let kind_of_fraud = bundle.add(campaign::attack_pattern());
    let it = campaign::campaign(&head, input.campaign);
    let valid_from = it["created"].as_str().unwrap_or(&head.created).to_owned();
    let campaign_id = input.campaign.id.to_string();
    for ((kind, value), offers) in input.identifiers {
        bundle.add(observable::plain(&head, *kind, value));
        let found = (*kind, value.as_str());
        let indicator =
            bundle.add(observable::indicator_of_campaign(&head, &campaign_id, found, *offers, &valid_from));
        bundle.add(head.relationship(&indicator, "indicates", &kind_of_fraud, "sign of such an offer"));
    }
    bundle.finish(input.marking)
}

/// An object keeps its time of creation through all revisions; what has no better one has a fixed one.
fn head_of(input: &CampaignBundleInput<'_>) -> Head {
    let created = Timestamp::from_second(FIRST_SECOND).unwrap_or(input.written_at);
    Head::new(input.issuer, input.marking, created, input.written_at)
}

/// 2000-01-01, in seconds.
const FIRST_SECOND: i64 = 946_684_800;

/// A bundle of a notice with its signed documents as `artifact` objects, which its report refers to.
pub fn with_documents(mut bundle: Value, documents: &[&[u8]], whose: Marking) -> Value {
    let artifacts: Vec<Value> = documents.iter().map(|document| artifact(document, whose)).collect();
    let ids: Vec<Value> = artifacts.iter().map(|artifact| artifact["id"].clone()).collect();
    let Some(objects) = bundle["objects"].as_array_mut() else { return bundle };
    for report in objects.iter_mut().filter(|object| object["type"] == "report") {
        if let Some(refs) = report["object_refs"].as_array_mut() {
            refs.extend(ids.iter().cloned());
        }
    }
    objects.extend(artifacts);
    let id = id::of_content("bundle", &bundle["objects"]);
    bundle["id"] = json!(id);
    bundle
}

/// The bytes of a signed document that an object carries, if it is an artifact that carries one.
pub fn document_of(object: &Value) -> Option<Vec<u8>> {
    let is_document = object["type"] == "artifact" && object["mime_type"] == MIME_TYPE;
    let payload = object["payload_bin"].as_str().filter(|_| is_document)?;
    let bytes = BASE64.decode(payload).ok()?;
    let signed: Value = serde_json::from_slice(&bytes).ok()?;
    let of_ours =
        signed.get("signature").is_some() && (signed.get("notice").or(signed.get("status"))).is_some();
    of_ours.then_some(bytes)
}

const MIME_TYPE: &str = "application/json";

fn artifact(document: &[u8], whose: Marking) -> Value {
    let hash: String = Sha256::digest(document).iter().map(|byte| format!("{byte:02x}")).collect();
    let contributing = json!({ "hashes": { "SHA-256": hash }, "payload_bin": BASE64.encode(document) });
    let common = json!({
        "type": "artifact",
        "spec_version": "2.1",
        "id": id::observable("artifact", &contributing),
        "mime_type": MIME_TYPE,
        "object_marking_refs": marking::refs(whose),
    });
    object::merged(common, contributing)
}

/// A red flag, the same for all issuers.
fn red_flag_pattern(red_flag: &IndicatorName) -> Value {
    let name = red_flag.to_string();
    let words = name.replace(['_', '-', '.'], " ");
    object::common(
        "attack-pattern",
        &["red-flag", &name],
        json!({
            "name": format!("Red flag: {words}"),
            "description": "A sign that job offers of scam centres show often; one alone proves nothing.",
            "external_references": [object::external_reference("Forewarn", None, &name, "")],
        }),
    )
}

#[cfg(test)]
mod tests {
    use forewarn_model::{Pap, Tlp};

    use super::*;
    use crate::sample;
    use crate::stix::{Admission, admit};

    fn input<'a>(campaign: &'a Campaign, names: &'a CountryNames) -> CampaignBundleInput<'a> {
        CampaignBundleInput {
            campaign,
            identifiers: &[],
            countries: &[],
            red_flags: &[],
            issuer: "Example Bureau",
            marking: Marking { tlp: Tlp::Green, pap: Pap::Amber },
            written_at: "2024-05-01T12:00:00Z".parse().unwrap_or_default(),
            names,
        }
    }

    /// What is made here passes what is asked of others, and tells nothing beyond its parts.
    fn check_sound(bundle: &Value) {
        for object in bundle["objects"].as_array().unwrap() {
            let admitted = admit(object.to_string().as_bytes(), &Admission { unmarked: Marking::PUBLIC });
            assert!(admitted.is_ok(), "{object}: {admitted:?}");
        }
    }

    #[test]
    fn a_campaign_tells_no_value_and_its_identifiers_go_apart() {
        let (campaign, names) = (sample::campaign(), CountryNames::default());
        let identifiers = [((ObservableKind::Phone, "+85512000001".to_owned()), 2)];
        let countries = ["KH".parse().unwrap()];
        let red_flags: Vec<IndicatorName> = vec![IndicatorName::new("travel_paid").unwrap()];
        let input = CampaignBundleInput {
            identifiers: &identifiers,
            countries: &countries,
            red_flags: &red_flags,
            ..input(&campaign, &names)
        };
        let told = campaign_bundle(&input);
        check_sound(&told);
        assert!(!told.to_string().contains("+85512000001") && !told.to_string().contains("hr_example"));
        let identifiers = identifier_bundle(&input);
        check_sound(&identifiers);
        assert!(identifiers.to_string().contains("user-account:user_id = '+85512000001'"));
        insta::assert_snapshot!(sample::pretty(&told));
    }

    #[test]
    fn a_signed_document_comes_out_as_it_went_in() {
        let document = br#"{"notice":{},"signature":{}}"#;
        let bundle = json!({ "type": "bundle", "objects": [{ "type": "report", "object_refs": ["a"] }] });
        let bundle = with_documents(bundle, &[document], Marking::DEFAULT);
        let artifact = &bundle["objects"][1];
        assert_eq!(bundle["objects"][0]["object_refs"][1], artifact["id"]);
        assert_eq!(document_of(artifact).as_deref(), Some(&document[..]));
        assert_eq!(document_of(&bundle["objects"][0]), None);
        let other = json!({ "type": "artifact", "mime_type": "application/json", "payload_bin": "e30=" });
        assert_eq!(document_of(&other), None);
    }
}
