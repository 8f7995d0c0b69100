//! Events as a whole: what is written, and what is read back.

use forewarn_model::{IndicatorName, Marking, Notice, NoticeState, Step};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::sample;

fn event_of(notice: &Notice) -> Event {
    let incidents = sample::incidents();
    let texts = sample::texts();
    notice_event(&NoticeEventInput { notice, texts: &texts, incidents: &incidents, sender: "bureau.example" })
}

fn ended(state: NoticeState) -> Notice {
    let mut notice = sample::notice();
    let when = "2023-01-01T00:00:00Z".parse().unwrap();
    notice.history.push(Step { to: state, who: "u3".into(), when, why: "mistaken".into() });
    notice
}

fn campaign() -> Event {
    let identifier = |kind: &str, value: &str, list: Option<&str>| CampaignIdentifier {
        kind: kind.parse().unwrap(),
        value: value.into(),
        members: 2,
        list: list.map(str::to_owned),
    };
    campaign_event(&CampaignEventInput {
        campaign: &sample::campaign(),
        members: 2,
        issuer: "Example Bureau",
        marking: Marking::PUBLIC,
        changed_at: "2022-08-03T10:00:00Z".parse().unwrap(),
        countries: &["KH".parse().unwrap()],
        indicators: &[(IndicatorName::new("free_travel").unwrap(), 2)],
        identifiers: &[
            identifier("handle:telegram", "hr_example", None),
            identifier("crypto:tron", "TXYZ", None),
            identifier("handle:line", "hr.example", None),
            identifier("handle:x", "hr_x", None),
            identifier("domain", "t.example", Some("Known \"shorteners\"")),
        ],
    })
}

/// Every attribute of an event, those of its objects included.
fn attributes(event: &Event) -> Vec<&Value> {
    let event = &event.document["Event"];
    fn items(value: &Value) -> &[Value] {
        value.as_array().map(Vec::as_slice).unwrap_or_default()
    }
    let loose = items(&event["Attribute"]).iter();
    loose.chain(items(&event["Object"]).iter().flat_map(|object| items(&object["Attribute"]))).collect()
}

#[test]
fn tells_the_whole_notice() {
    insta::assert_snapshot!(sample::pretty(&event_of(&sample::notice()).document));
}

#[test]
fn tells_a_campaign() {
    insta::assert_snapshot!(sample::pretty(&campaign().document));
}

#[test]
fn says_the_same_twice() {
    assert_eq!(event_of(&sample::notice()), event_of(&sample::notice()));
    assert_eq!(campaign(), campaign());
}

#[test]
fn the_end_of_a_notice_reaches_whoever_has_it() {
    let before = event_of(&sample::notice());
    for (state, deleted) in
        [(NoticeState::Withdrawn, true), (NoticeState::Superseded, true), (NoticeState::Expired, false)]
    {
        let after = event_of(&ended(state));
        assert_eq!(after.uuid, before.uuid);
        assert!(after.changed_at > before.changed_at);
        let tag = format!("forewarn:state=\"{state}\"");
        assert!(after.document["Event"]["Tag"].to_string().contains(&tag.replace('"', "\\\"")), "{state}");
        let uuids = |event: &Event| -> Vec<Value> {
            attributes(event).iter().map(|attribute| attribute["uuid"].clone()).collect()
        };
        assert_eq!(uuids(&after), uuids(&before), "the same attributes");
        for attribute in attributes(&after) {
            assert_eq!(attribute["deleted"], json!(deleted), "{state} {attribute}");
            assert_eq!(attribute["to_ids"], json!(false), "nobody looks for it any more: {attribute}");
        }
        let read = read_event(&after.document["Event"], "e", &Limits::default());
        assert_eq!(read.groups.is_empty(), deleted);
    }
}

#[test]
fn only_identifiers_correlate() {
    for event in [event_of(&sample::notice()), campaign()] {
        for attribute in attributes(&event) {
            let kind =
                attribute["object_relation"].as_str().or(attribute["type"].as_str()).unwrap_or_default();
            let identifier =
                ["phone-number", "username", "campaign-id", "address-crypto", "domain", "twitter-id"];
            assert_eq!(attribute["disable_correlation"], json!(!identifier.contains(&kind)), "{attribute}");
        }
    }
}

#[test]
fn the_manifest_and_the_hashes_name_the_events() {
    let events = [event_of(&sample::notice()), campaign()];
    let (entries, problems) = manifest_entries(&feed_manifest(&events), "manifest.json");
    assert_eq!(problems, []);
    let mut expected: Vec<_> = events.iter().map(|event| (event.uuid.clone(), event.changed_at)).collect();
    expected.sort();
    let found: Vec<_> = entries.into_iter().map(|(uuid, at)| (uuid, at.unwrap())).collect();
    assert_eq!(found, expected);
    // `printf %s +85512000001 | md5sum`
    let line = format!("9fcbe2027bebc74c6890c2cd8a4969ea,{}", events[0].uuid);
    let hashes = feed_hashes(&events);
    assert!(hashes.lines().any(|known| known == line), "{hashes}");
    assert!(hashes.lines().all(|line| line.len() == 32 + 1 + 36));
    assert!(!feed_hashes(&[event_of(&ended(NoticeState::Withdrawn))]).contains(&events[0].uuid));
}

#[test]
fn what_was_written_is_read_back() {
    let event = event_of(&sample::notice());
    let read = read_event(&events(event.document.clone())[0], "e", &Limits::default());
    assert_eq!(read.problems, []);
    assert_eq!(read.incidents, sample::incidents());
    assert_eq!((read.uuid.as_str(), read.creator.as_str()), (event.uuid.as_str(), "Example Bureau"));
    assert_eq!(read.changed_at, Some(event.changed_at));
    let lines: Vec<&str> = read.groups.iter().flat_map(|group| &group.lines).map(String::as_str).collect();
    assert_eq!(lines, ["phone: +85512000001", "telegram: @o'hr\\example"]);
    assert!(read.groups.iter().all(|group| group.marking == sample::notice().marking));
}

proptest! {
    #[test]
    fn incidents_come_back_as_they_were(incident in sample::any_incident()) {
        // Members without a value are left out, and values are trimmed, as servers do.
        let mut incident = incident;
        let trimmed = |text: &str| text.replace(char::is_control, " ").trim().to_owned();
        incident.event = format!("e{}", trimmed(&incident.event)).trim().to_owned();
        incident.place = incident.place.map(|place| trimmed(&place)).filter(|place| !place.is_empty());
        incident.publication.publisher = format!("p{}", trimmed(&incident.publication.publisher)).trim().to_owned();
        incident.publication.url = format!("u{}", trimmed(&incident.publication.url)).trim().to_owned();
        incident.summary = trimmed(&incident.summary);
        incident.id = incident.derive_id();
        let (notice, texts, incidents) = (sample::notice(), sample::texts(), [incident]);
        let input = NoticeEventInput { notice: &notice, texts: &texts, incidents: &incidents, sender: "s" };
        let read = read_event(&notice_event(&input).document["Event"], "e", &Limits::default());
        prop_assert_eq!(read.incidents, incidents);
        prop_assert_eq!(read.problems, []);
    }

    #[test]
    fn no_notice_is_too_odd_to_be_written(notice in sample::any_notice(), texts in sample::any_texts()) {
        let input = NoticeEventInput { notice: &notice, texts: &texts, incidents: &[], sender: "s" };
        let event = notice_event(&input);
        for attribute in attributes(&event) {
            prop_assert!(!attribute["value"].as_str().unwrap_or_default().is_empty(), "{}", attribute);
        }
        prop_assert_eq!(read_event(&event.document["Event"], "e", &Limits::default()).uuid, event.uuid);
    }

    #[test]
    fn no_json_is_too_odd_to_be_read(text in r#"[\[\]{}",:0-9a-zEA]{0,60}"#) {
        if let Ok(value) = serde_json::from_str::<Value>(&text) {
            let _ = manifest_entries(&value, "m");
            for event in events(value) {
                let _ = read_event(&event, "e", &Limits::default());
            }
        }
    }
}

/// The attributes of an event, and the lines that become of them.
#[track_caller]
fn check(attributes: Value, lines: &[&str]) {
    let event = json!({ "info": "messy", "Attribute": attributes });
    let read = read_event(&event, "e", &Limits::default());
    let found: Vec<&str> = read.groups.iter().flat_map(|group| &group.lines).map(String::as_str).collect();
    assert_eq!(found, lines, "{event}");
}

#[test]
fn reads_attributes_as_servers_write_them() {
    check(json!([{ "type": "domain", "value": "a.example" }]), &["domain: a.example"]);
    check(json!([{ "type": "domain|ip", "value": "a.example|192.0.2.1" }]), &["domain: a.example"]);
    check(json!([{ "type": "url", "value": "hxxps://a[.]example/x" }]), &["url: https://a.example/x"]);
    check(json!([{ "type": "twitter-id", "value": "@hr" }]), &["url: https://x.com/hr"]);
    check(json!([{ "type": "phone-number", "value": 85512000001_i64 }]), &["phone: 85512000001"]);
    check(json!([{ "type": "md5", "value": "x" }, { "type": "text", "value": "domain: b.example" }]), &[]);
    check(json!([{ "type": "domain", "value": "a.example", "deleted": true }]), &[]);
    check(json!([{ "type": "domain", "value": "a.example", "deleted": "1" }]), &[]);
    check(
        json!([{ "type": "url", "value": "http://a.example/\nphone: +85512000001" }]),
        &["url: http://a.example/ phone: +85512000001"],
    );
    check(json!([{ "type": "domain", "value": null }, { "value": "x" }, 7, null]), &[]);
    check(json!({ "type": "domain", "value": "one.example" }), &["domain: one.example"]);
}

#[test]
fn leaves_out_what_belongs_to_persons() {
    let event = json!({ "info": "i", "Attribute": [
        { "type": "full-name", "value": "A" },
        { "type": "passport-number", "value": "X1" },
        { "type": "target-email", "value": "victim@a.example" },
        { "type": "email", "category": "Targeting data", "value": "victim@a.example" },
        { "type": "text", "category": "Person", "value": "B" },
    ], "Object": [
        { "name": "person", "Attribute": [{ "type": "phone-number", "object_relation": "phone-number", "value": "+1" }] },
        { "name": "victim", "Attribute": [{ "type": "email", "object_relation": "email", "value": "v@a.example" }] },
    ] });
    let read = read_event(&event, "e", &Limits::default());
    assert_eq!((read.personal, read.taken, read.groups.len()), (7, 0, 0));
}

#[test]
fn groups_by_object_marking_and_size() {
    let red = json!([{ "name": "tlp:red" }]);
    let event = json!({ "info": "i", "distribution": "0", "Attribute": [
        { "type": "domain", "value": "a.example" },
        { "type": "domain", "value": "b.example", "Tag": red },
        { "type": "domain", "value": "c.example" },
    ], "Object": [{ "name": "user-account", "uuid": "u", "Attribute": [
        { "type": "text", "object_relation": "username", "value": "hr" },
        { "type": "text", "object_relation": "account-type", "value": "WhatsApp" },
    ] }] });
    let told = |limits: &Limits| -> Vec<(String, String)> {
        let groups = read_event(&event, "e", limits).groups;
        groups.iter().map(|group| (group.lines.join(" "), group.marking.tlp.to_string())).collect()
    };
    let of = |rows: &[(&str, &str)]| -> Vec<(String, String)> {
        rows.iter().map(|(lines, tlp)| ((*lines).to_owned(), (*tlp).to_owned())).collect()
    };
    let together = [
        ("domain: a.example domain: c.example whatsapp: hr", "TLP:AMBER+STRICT"),
        ("domain: b.example", "TLP:RED"),
    ];
    assert_eq!(told(&Limits::default()), of(&together));
    let apart = told(&Limits { together_count_max: 1, ..Limits::default() });
    assert_eq!(apart.len(), 4, "a list ties nobody: {apart:?}");
}

#[test]
fn limits_hold_and_are_told() {
    let many: Vec<Value> =
        (0..5).map(|at| json!({ "type": "domain", "value": format!("{at}.example") })).collect();
    let event = json!({ "info": "i", "Attribute": many });
    let limits = Limits { attributes_count_max: 3, ..Limits::default() };
    let read = read_event(&event, "e", &limits);
    assert_eq!(read.taken, 3);
    assert!(read.problems[0].what.starts_with("2 attributes beyond"), "{:?}", read.problems);
    let long = json!({ "info": "i", "Attribute": [{ "type": "url", "value": "x".repeat(9000) }] });
    assert_eq!(read_event(&long, "e", &Limits::default()).problems[0].code, "misp-attribute");
}

#[test]
fn finds_events_however_they_are_wrapped() {
    let event = json!({ "info": "i" });
    for (document, count) in [
        (json!({ "Event": event }), 1),
        (json!({ "response": [{ "Event": event }, { "Event": event }] }), 2),
        (json!([{ "Event": event }, event]), 2),
        (event.clone(), 1),
        (json!({ "errors": "none" }), 0),
        (json!("x"), 0),
    ] {
        assert_eq!(events(document.clone()).len(), count, "{document}");
    }
}

#[test]
fn a_manifest_cannot_name_files_elsewhere() {
    let (entries, problems) = manifest_entries(&json!({ "../../etc/passwd": {}, "x": {} }), "m");
    assert_eq!((entries.len(), problems.len()), (0, 2));
    assert_eq!(manifest_entries(&json!([]), "m").1[0].code, "misp-manifest");
}

#[test]
fn an_incident_that_cannot_be_read_is_told_and_the_rest_is_read() {
    let mut event = event_of(&sample::notice()).document;
    let objects = event["Event"]["Object"].as_array_mut().unwrap();
    let first = objects.iter_mut().find(|object| object["name"] == "scam-centre-incident").unwrap();
    let members = first["Attribute"].as_array_mut().unwrap();
    members.iter_mut().find(|member| member["object_relation"] == "kind").unwrap()["value"] = json!("ambush");
    let read = read_event(&event["Event"], "e", &Limits::default());
    assert_eq!(read.incidents, sample::incidents()[1..]);
    assert!(read.problems[0].what.contains("ambush"), "{:?}", read.problems);
}

#[test]
fn the_template_that_servers_install_is_the_one_that_is_used() {
    let template: Value = serde_json::from_str(INCIDENT_TEMPLATE).unwrap();
    let event = event_of(&sample::notice());
    let objects = event.document["Event"]["Object"].as_array().unwrap();
    let used: Vec<&Value> = objects.iter().filter(|object| object["name"] == template["name"]).collect();
    assert_eq!(used.len(), 3);
    for object in used {
        assert_eq!(object["template_uuid"], template["uuid"]);
        assert_eq!(object["description"], template["description"]);
        for member in object["Attribute"].as_array().unwrap() {
            let known = &template["attributes"][member["object_relation"].as_str().unwrap()];
            assert_eq!(known["misp-attribute"], member["type"], "{member}");
        }
    }
}
