//! `forewarn watch`, `eval watch` and `incidents` as a user meets them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use serde_json::Value;
use support::{json, run};

const TIMELINE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../incidents/timeline.csv");

const HEADER: &str = "event_id,date,date_precision,date_basis,known_from,kind,hub_country_iso2,place,\
                      origin_country_iso2,count,coercion_stated,variant,person_role,source_url,publisher,summary\n";

fn subjects(alarms: &Value, kind: &str) -> Vec<String> {
    let of_kind = alarms.as_array().unwrap().iter().filter(|alarm| alarm["kind"] == kind);
    of_kind.map(|alarm| alarm["subject"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn tells_alarms_figures_and_pictures_from_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let replay = json(&data, &["watch", "--incidents", TIMELINE, "--replay", "--kind", "hub"], b"", 0);
    assert_eq!(subjects(&replay, "hub"), ["KH", "ME", "PH", "MM", "LA", "AE", "TH", "VN", "LK", "MY"]);
    for name in
        ["raised_on", "first_incident_on", "recurrence_interval_days", "sources", "incidents", "sentence"]
    {
        assert!(replay[0].get(name).is_some(), "{name}");
    }
    let then = json(&data, &["watch", "--incidents", TIMELINE, "--as-of", "2022-03-01"], b"", 0);
    assert_eq!(subjects(&then, "hub"), ["KH", "LA", "MM", "PH", "ME"]);
    let stricter = ["watch", "--incidents", TIMELINE, "--replay", "--recurrence-days", "3650"];
    assert!(subjects(&json(&data, &stricter, b"", 0), "hub").len() < 9);

    let trend = json(&data, &["watch", "trend", "--incidents", TIMELINE, "--as-of", "2022-12-31"], b"", 0);
    let last = trend.as_array().unwrap().last().unwrap();
    assert_eq!(last["hubs"].as_array().unwrap().len(), 11);
    assert!(last["origin_diversity"]["effective_q1"]["low"].as_f64().unwrap() > 1.0);

    let out = folder.path().join("plots");
    json(&data, &["watch", "plot", "--incidents", TIMELINE, "--out", out.to_str().unwrap()], b"", 0);
    for name in ["map", "timeline", "epidemic", "diversity"] {
        let svg = std::fs::read_to_string(out.join(format!("{name}.svg"))).unwrap();
        assert!(svg.contains("<title") && svg.contains("<desc") && svg.ends_with("</svg>\n"), "{name}");
    }
}

/// What the schema in `schemas/watch` asks of an alarm: its required names, and the values that it lists.
#[test]
fn alarms_keep_to_their_schema() {
    let folder = tempfile::tempdir().unwrap();
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/watch/alarms.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    let item = &schema["items"];
    let alarms =
        json(folder.path(), &["watch", "--incidents", TIMELINE, "--replay", "--variant", "all"], b"", 0);
    let alarms = alarms.as_array().unwrap();
    assert!(alarms.len() > 100);
    for alarm in alarms {
        let alarm = alarm.as_object().unwrap();
        for name in item["required"].as_array().unwrap() {
            assert!(alarm.contains_key(name.as_str().unwrap()), "{name} is missing in {alarm:?}");
        }
        for (name, value) in alarm {
            let of = &item["properties"][name];
            assert!(of.is_object(), "{name} is not in the schema");
            if let Some(listed) = of["enum"].as_array() {
                assert!(listed.contains(value), "{name} may not be {value}");
            }
            let kind = match value {
                Value::String(_) => "string",
                Value::Number(number) if number.is_u64() && of["type"] == "integer" => "integer",
                Value::Number(_) => "number",
                Value::Array(_) => "array",
                _ => "other",
            };
            let types = &of["type"];
            assert!(
                of["enum"].is_array()
                    || types == kind
                    || types.as_array().is_some_and(|t| t.contains(&kind.into())),
                "{name} may not be {value}"
            );
        }
    }
}

#[test]
fn refuses_bad_lines_by_number_and_loads_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let row = |event: &str, date: &str, known: &str, hub: &str, count: &str| {
        format!(
            "{event},{date},day,event,{known},raid,{hub},,CN,{count},y,scam_centre,victim,https://a.example/{event},a,Told\n"
        )
    };
    let table = [
        HEADER.to_owned(),
        row("good", "2024-01-01", "2024-01-02", "KH", "3"),
        row("code", "2024-01-01", "2024-01-02", "QQ", "3"),
        row("june", "2024-06-31", "2024-07-02", "KH", "3"),
        row("early", "2024-01-05", "2024-01-02", "KH", "3"),
        row("negative", "2024-01-01", "2024-01-02", "KH", "-3"),
        row("good", "2024-01-01", "2024-01-02", "KH", "3"),
    ]
    .concat();
    let output = run(
        &folder.path().join("data"),
        &["watch", "--incidents", "-", "--json", "--recurrence-days", "1"],
        table.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8(output.stderr).unwrap();
    for line in 3..=7 {
        assert!(told.contains(&format!("-:{line}:")), "line {line} is not in {told}");
    }
    let alarms: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(subjects(&alarms, "hub"), ["KH"]);
    assert_eq!(run(folder.path(), &["watch", "--variant", "x"], b"").status.code(), Some(1));
    assert_eq!(run(folder.path(), &["watch", "--recurrence-days", "0"], b"").status.code(), Some(1));
    assert_eq!(run(folder.path(), &["watch", "--as-of", "2024-06-31"], b"").status.code(), Some(2));
}

#[test]
fn an_incident_is_added_heard_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let add = [
        "incidents",
        "add",
        "--date",
        "2024-03-01",
        "--kind",
        "victims_rescued",
        "--hub",
        "LA",
        "--origin",
        "KE",
        "--count",
        "12",
        "--coercion",
        "y",
        "--publisher",
        "Example",
        "--url",
        "https://example.org/1",
        "--summary",
        "Twelve freed",
    ];
    let added = json(&data, &add, b"", 0);
    assert_eq!(added["new"].as_bool(), Some(true));
    assert_eq!(json(&data, &add, b"", 0)["new"].as_bool(), Some(false));
    let score = |day: &str| -> Option<f64> {
        let alarms =
            json(&data, &["watch", "--as-of", day, "--kind", "hub", "--recurrence-days", "1"], b"", 0);
        alarms[0]["score"].as_f64()
    };
    assert!(score("2024-03-05").is_some_and(|score| score > 0.0));
    let id = added["id"].as_str().unwrap();
    let early = ["incidents", "retract", id, "--why", "a hoax", "--known-from", "2024-02-01"];
    assert_eq!(run(&data, &early, b"").status.code(), Some(1));
    json(&data, &["incidents", "retract", id, "--why", "a hoax", "--known-from", "2024-03-10"], b"", 0);
    assert!(
        score("2024-03-09").is_some_and(|score| score > 0.0),
        "what was known then stays known as of then"
    );
    assert_eq!(score("2024-03-10"), Some(0.0));
    let unknown = ["incidents", "retract", "no-such", "--why", "x"];
    assert_eq!(run(&data, &unknown, b"").status.code(), Some(1));
}

#[test]
fn a_confirmed_claim_becomes_an_incident() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let news = "Police said on Monday that scam centres hold workers by force in Cambodia.";
    json(&data, &["ingest", "--kind", "news", "-"], news.as_bytes(), 0);
    let claims = json(&data, &["incidents", "candidates"], b"", 0);
    let claim = claims.as_array().unwrap().iter().find(|claim| claim["id"].is_string()).unwrap();
    let id = claim["id"].as_str().unwrap();
    let confirm = ["incidents", "confirm", id, "--why", "read it", "--coercion", "y", "--date", "2024-05-01"];
    let confirmed = json(&data, &confirm, b"", 0);
    assert!(confirmed["incident"].is_string(), "{confirmed} {claims}");
    assert_eq!(json(&data, &["incidents", "list"], b"", 0).as_array().unwrap().len(), 1);
}

#[test]
fn measures_itself_on_the_timeline() {
    let folder = tempfile::tempdir().unwrap();
    let told = json(&folder.path().join("data"), &["eval", "watch", "--runs", "1"], b"", 0);
    let slices = told["slices"].as_array().unwrap();
    assert_eq!(slices.len(), 2, "what the setting was chosen on, and all");
    for slice in slices {
        assert_eq!(slice["simple_rules"].as_array().unwrap().len(), 3);
        assert!(slice["curve"][0]["null_alarms_per_year"]["route"]["mean"].is_number());
        assert!(slice["hubs"].as_array().unwrap().iter().any(|hub| hub["explanation"].is_string()));
    }
}
