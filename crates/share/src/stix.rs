//! STIX 2.1 (OASIS Standard, 10 June 2021): a notice with its evidence as a bundle, incidents on their own,
//! and incidents read out of other people's bundles.
//!
//! Standard objects first: `report` for the notice (its translations as `language-content`), `incident`,
//! `campaign`, `attack-pattern` for the modus operandi, `location`, `indicator` with `observed-data` and the
//! observables for what to look for, `note` for the alarm, `relationship` between them, and the marking
//! definitions of TLP 2.0 and PAP under their published ids. Own extensions only where the standard has
//! nothing: see [`SCHEMAS`]. The incident core extension of OASIS is left out on purpose: it exists in
//! revisions that exclude each other. Tools that drop `incident` objects lose no fact that matters, because
//! the report says it again in its description and labels.
//!
//! Every id and every timestamp follows from the input, so that sending it again changes nothing, and an
//! object that two notices of one issuer share keeps its id. Ids are UUIDv5 in a namespace of our own, those
//! of observables in the standard's.

mod admit;
mod alarm;
mod campaign;
mod extension;
mod id;
mod identify;
mod incident;
mod location;
mod marking;
mod network;
mod object;
mod observable;
mod outbox;
mod read;
mod report;
mod split;
mod text;

use std::collections::BTreeMap;

use forewarn_model::{
    Alarm, Campaign, CampaignId, CountryNames, Incident, IncidentId, LocalizedNotice, Marking, Notice,
    Timestamp,
};
use serde_json::{Value, json};

pub use admit::{Admission, Admitted, Oddity, Refusal, admit, is_id, read_time};
pub use extension::{SCHEMAS, Schema};
pub use id::collection as collection_id;
pub use identify::{read_observable, read_pattern};
pub use network::{NetworkBundleInput, network_bundle};
pub use outbox::{CampaignBundleInput, campaign_bundle, document_of, identifier_bundle, with_documents};
pub use read::read_incidents;
pub use split::{Piece, SplitError, SplitLimits, Splitter};

use object::Head;

/// What goes into the bundle of a notice.
#[derive(Debug, Clone, Copy)]
pub struct BundleInput<'a> {
    /// The notice.
    pub notice: &'a Notice,
    /// Its texts. The report speaks English if English is among them, else the first; the others become its
    /// translations.
    pub texts: &'a [LocalizedNotice],
    /// The alarm that it was drafted from.
    pub alarm: Option<&'a Alarm>,
    /// The incidents that it refers to; others may be among them and are sent too.
    pub incidents: &'a [Incident],
    /// The campaigns that it refers to.
    pub campaigns: &'a [Campaign],
    /// For the names of locations, in English.
    pub names: &'a CountryNames,
}

/// The bundle. Every object that tells of the notice carries its marking; countries and regions, which
/// are public, carry none.
pub fn notice_bundle(input: &BundleInput<'_>) -> Value {
    let notice = input.notice;
    let head = Head::of_notice(notice);
    let mut bundle = Bundle::default();
    bundle.add(object::identity(&notice.issuer));

    let attack_pattern = bundle.add(campaign::attack_pattern());
    for (role, place) in location::of_notice(notice, input.alarm) {
        let location = bundle.add(place.object(&head, input.names));
        bundle.add(head.relationship(&attack_pattern, role.of_attack_pattern(), &location, role.describe()));
    }
    let incidents = add_incidents(&mut bundle, &head, input.incidents, input.names);
    let campaigns = add_campaigns(&mut bundle, &head, input, &attack_pattern);
    add_observables(&mut bundle, &head, notice, &attack_pattern, &campaigns);
    if let Some(alarm) = input.alarm {
        let about = alarm.incidents.iter().filter_map(|id| incidents.get(id)).cloned();
        let about = std::iter::once(report::id(notice)).chain(about).collect();
        bundle.add(alarm::note(&head, alarm, about));
    }

    let report = report::report(&head, input, &bundle.ids());
    let translations = report::translations(&head, input, &report);
    bundle.add(report);
    if let Some(content) = translations {
        bundle.add(content);
    }
    bundle.finish(notice.marking)
}

/// Incidents that are sent on their own.
#[derive(Debug, Clone, Copy)]
pub struct IncidentBundleInput<'a> {
    /// The incidents; of two with one id, the first counts.
    pub incidents: &'a [Incident],
    /// The organisation that sends them.
    pub issuer: &'a str,
    /// Who may see them.
    pub marking: Marking,
    /// The time of this revision of them.
    pub written_at: Timestamp,
    /// For the names of locations, in English.
    pub names: &'a CountryNames,
}

/// A bundle of incidents with their locations; [`read_incidents`] reads it without loss.
pub fn incident_bundle(input: &IncidentBundleInput<'_>) -> Value {
    let head = Head::new(input.issuer, input.marking, input.written_at, input.written_at);
    let mut bundle = Bundle::default();
    bundle.add(object::identity(input.issuer));
    add_incidents(&mut bundle, &head, input.incidents, input.names);
    bundle.finish(input.marking)
}

fn add_incidents(
    bundle: &mut Bundle,
    head: &Head,
    incidents: &[Incident],
    names: &CountryNames,
) -> BTreeMap<IncidentId, String> {
    let mut ids = BTreeMap::new();
    for incident in incidents {
        let object = bundle.add(incident::incident(head, incident, names));
        for (role, place) in location::of_incident(incident) {
            let location = bundle.add(place.object(head, names));
            bundle.add(head.relationship(&object, "related-to", &location, role.describe()));
        }
        ids.insert(incident.id, object::id_of(&object).to_owned());
    }
    ids
}

fn add_campaigns(
    bundle: &mut Bundle,
    head: &Head,
    input: &BundleInput<'_>,
    attack_pattern: &Value,
) -> BTreeMap<CampaignId, Value> {
    let mut objects = BTreeMap::new();
    for campaign in input.campaigns {
        let object = bundle.add(campaign::campaign(head, campaign));
        bundle.add(head.relationship(&object, "uses", attack_pattern, "offers of this kind"));
        objects.insert(campaign.id, object);
    }
    objects
}

fn add_observables(
    bundle: &mut Bundle,
    head: &Head,
    notice: &Notice,
    attack_pattern: &Value,
    campaigns: &BTreeMap<CampaignId, Value>,
) {
    for watched in &notice.observables {
        let observable = bundle.add(observable::observable(head, watched));
        let observed =
            bundle.add(observable::observed_data(head, notice, watched, object::id_of(&observable)));
        let indicator = bundle.add(observable::indicator(head, notice, watched));
        bundle.add(head.relationship(&indicator, "based-on", &observed, "where it was seen"));
        bundle.add(head.relationship(&indicator, "indicates", attack_pattern, "sign of such an offer"));
        for campaign in observable::campaigns_of(watched).filter_map(|id| campaigns.get(&id)) {
            bundle.add(head.relationship(&indicator, "indicates", campaign, "named by its offers"));
        }
    }
}

/// The objects so far, each id once, in the order in which they came.
#[derive(Default)]
struct Bundle {
    objects: Vec<Value>,
    known: std::collections::BTreeSet<String>,
}

impl Bundle {
    /// Adds an object unless one with its id is there; gives it back for references to it.
    fn add(&mut self, object: Value) -> Value {
        if self.known.insert(object::id_of(&object).to_owned()) {
            self.objects.push(object.clone());
        }
        object
    }

    fn ids(&self) -> Vec<String> {
        self.objects.iter().map(|object| object::id_of(object).to_owned()).collect()
    }

    /// Adds the definitions of those extensions that an object uses.
    fn add_extension_definitions(&mut self) {
        let uses = |schema: &&Schema| {
            let extension = |object: &Value| object["extensions"].get(schema.id).is_some();
            self.objects.iter().any(extension)
        };
        let used: Vec<&Schema> = SCHEMAS.iter().filter(uses).collect();
        if !used.is_empty() {
            self.add(object::identity(extension::AUTHOR));
        }
        for schema in used {
            self.add(extension::definition(schema));
        }
    }

    /// The bundle, with the definitions that its objects use.
    fn finish(mut self, marking: Marking) -> Value {
        for definition in marking::definitions(marking) {
            self.add(definition);
        }
        self.add_extension_definitions();
        let objects = Value::Array(self.objects);
        let id = id::of_content("bundle", &objects);
        json!({ "type": "bundle", "id": id, "objects": objects })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use forewarn_model::{AlarmKind, Language, NoticeState, Region, Subject};
    use proptest::prelude::*;

    use super::*;
    use crate::sample;

    fn names() -> CountryNames {
        let mut names = CountryNames::default();
        for (code, name) in [("KH", "Cambodia"), ("TW", "Taiwan"), ("MY", "Malaysia"), ("TH", "Thailand")] {
            names.insert(Language::ENGLISH, code.parse().unwrap(), name.to_owned());
        }
        names
    }

    fn bundle_of(notice: &Notice, texts: &[LocalizedNotice], alarm: Option<&Alarm>) -> Value {
        let (incidents, campaigns, names) = (sample::incidents(), vec![sample::campaign()], names());
        notice_bundle(&BundleInput {
            notice,
            texts,
            alarm,
            incidents: &incidents,
            campaigns: &campaigns,
            names: &names,
        })
    }

    fn sample_bundle() -> Value {
        bundle_of(&sample::notice(), &sample::texts(), Some(&sample::alarm()))
    }

    fn objects<'a>(bundle: &'a Value, kind: &str) -> Vec<&'a Value> {
        let all = bundle["objects"].as_array().unwrap().iter();
        all.filter(|object| object["type"] == kind).collect()
    }

    /// Every string in a value that has the form of a STIX identifier.
    fn identifiers(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::String(text) if id::is_identifier(text) => {
                found.insert(text.clone());
            }
            Value::Array(items) => items.iter().for_each(|item| identifiers(item, found)),
            Value::Object(members) => members.iter().for_each(|(name, member)| {
                identifiers(&Value::String(name.clone()), found);
                identifiers(member, found);
            }),
            _ => {}
        }
    }

    fn has_no_null(value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::Array(items) => items.iter().all(has_no_null),
            Value::Object(members) => members.values().all(has_no_null),
            _ => true,
        }
    }

    /// What holds for the bundle of any notice.
    fn check_soundness(bundle: &Value, notice: &Notice) {
        let all = bundle["objects"].as_array().unwrap();
        let ids: Vec<&str> = all.iter().map(object::id_of).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "every id once");
        let mut named = BTreeSet::new();
        identifiers(bundle, &mut named);
        let elsewhere: Vec<&String> = named.iter().filter(|id| !unique.contains(id.as_str())).collect();
        let tlp = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
        let pap = "extension-definition--f8d78575-edfd-406e-8e84-6162a8450f5b";
        for id in elsewhere {
            let earlier = notice.supersedes.is_some() && id.starts_with("report--");
            assert!(
                id == tlp || id == pap || id.starts_with("bundle--") || earlier,
                "{id} is not in the bundle"
            );
        }
        for object in all {
            assert!(object["spec_version"] == "2.1", "{object}");
            let (created, modified) = (object["created"].as_str(), object["modified"].as_str());
            assert!(modified.is_none() || created <= modified, "{object}");
            assert!(has_no_null(object), "no member without a value: {object}");
        }
    }

    #[test]
    fn tells_the_whole_notice() {
        let bundle = sample_bundle();
        check_soundness(&bundle, &sample::notice());
        insta::assert_snapshot!(sample::pretty(&bundle));
    }

    #[test]
    fn says_the_same_twice() {
        assert_eq!(sample_bundle().to_string(), sample_bundle().to_string());
    }

    #[test]
    fn marks_all_that_is_not_public_by_nature() {
        let notice = sample::notice();
        let expected = json!(marking::refs(notice.marking));
        let public = ["identity", "marking-definition", "extension-definition", "location", "attack-pattern"];
        for object in sample_bundle()["objects"].as_array().unwrap() {
            let kind = object["type"].as_str().unwrap();
            if !public.contains(&kind) {
                assert_eq!(object["object_marking_refs"], expected, "{object}");
            }
        }
    }

    #[test]
    fn says_in_the_report_what_tools_without_incidents_would_lose() {
        let bundle = sample_bundle();
        let report = objects(&bundle, "report")[0];
        let labels: Vec<&str> =
            report["labels"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        for label in [
            "tlp:amber+strict",
            "PAP:AMBER",
            "forewarn:notice=\"orange\"",
            "forewarn:state=\"issued\"",
            "forewarn:hub=\"KH\"",
            "forewarn:origin=\"MY\"",
            "forewarn:route=\"TW>KH\"",
            "forewarn:recurrence-interval-days=\"3650\"",
            "forewarn:coerced-labour=\"stated\"",
        ] {
            assert!(labels.contains(&label), "{label} in {labels:?}");
        }
        let description = report["description"].as_str().unwrap();
        for part in ["Sihanoukville in Cambodia. [2, 3]", "[2] Example Post, https://post.example/raid (B2,"]
        {
            assert!(description.contains(part), "{part} in {description}");
        }
    }

    #[test]
    fn a_withdrawn_notice_revokes_its_report_and_keeps_its_ids() {
        let issued = sample_bundle();
        let mut notice = sample::notice();
        let mut step = notice.history[2].clone();
        (step.to, step.when) = (NoticeState::Withdrawn, "2022-11-01T00:00:00Z".parse().unwrap());
        notice.history.push(step);
        let withdrawn = bundle_of(&notice, &sample::texts(), Some(&sample::alarm()));
        let (before, after) = (objects(&issued, "report")[0], objects(&withdrawn, "report")[0]);
        assert_eq!((&before["id"], &before["created"]), (&after["id"], &after["created"]));
        assert_eq!(after["modified"], "2022-11-01T00:00:00.000Z");
        assert_eq!((before.get("revoked"), after["revoked"].as_bool()), (None, Some(true)));
    }

    #[test]
    fn a_retracted_incident_is_sent_as_revoked() {
        let bundle = sample_bundle();
        let revoked: Vec<&str> = objects(&bundle, "incident")
            .into_iter()
            .filter(|incident| incident["revoked"] == true)
            .filter_map(|incident| incident["description"].as_str())
            .collect();
        assert_eq!(revoked, ["A rescue that did not take place"]);
    }

    #[test]
    fn speaks_of_every_kind_of_alarm() {
        let country = |code: &str| code.parse().unwrap();
        let region = Region::all().next().unwrap();
        for (kind, subject, word) in [
            (AlarmKind::Hub, Subject::Country(country("KH")), "KH"),
            (AlarmKind::Place, Subject::Place(country("KH"), "Bavet".into()), "KH:Bavet"),
            (AlarmKind::Route, Subject::Route(country("TW"), country("KH")), "TW>KH"),
            (AlarmKind::Region, Subject::Region(region), "002"),
            (AlarmKind::Displacement, Subject::Country(country("KH")), "KH"),
        ] {
            let alarm = Alarm { kind, subject, recurrence_interval_days: f64::INFINITY, ..sample::alarm() };
            let bundle = bundle_of(&sample::notice(), &[], Some(&alarm));
            check_soundness(&bundle, &sample::notice());
            let note = objects(&bundle, "note")[0];
            assert!(note["abstract"].as_str().unwrap().contains(word), "{note}");
        }
    }

    #[test]
    fn two_issuers_do_not_claim_one_another_s_objects() {
        let ours = sample_bundle();
        let notice = Notice { issuer: "Another Bureau".into(), ..sample::notice() };
        let theirs = bundle_of(&notice, &sample::texts(), None);
        let made_by_issuer = |bundle: &Value| -> BTreeSet<String> {
            let all = bundle["objects"].as_array().unwrap().iter();
            let issuer = object::identity(notice.issuer.as_str())["id"].clone();
            let made = |object: &&Value| object["created_by_ref"] == issuer;
            all.filter(made).map(|object| object::id_of(object).to_owned()).collect()
        };
        let theirs = made_by_issuer(&theirs);
        assert!(!theirs.is_empty());
        let ours: BTreeSet<String> = objects(&ours, "incident")
            .into_iter()
            .chain(objects(&ours, "campaign"))
            .map(|object| object::id_of(object).to_owned())
            .collect();
        assert!(theirs.is_disjoint(&ours));
    }

    proptest! {
        #[test]
        fn any_notice_makes_a_sound_bundle(notice in sample::any_notice(), texts in sample::any_texts()) {
            let mut notice = notice;
            notice.marking = Marking::DEFAULT;
            check_soundness(&bundle_of(&notice, &texts, Some(&sample::alarm())), &notice);
        }
    }
}
