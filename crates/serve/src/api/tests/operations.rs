//! What programs do: people, claims, tables, views; and that no operation breaks.

use std::net::SocketAddr;

use axum::extract::ConnectInfo;

use super::*;
use crate::shell::session::Peer;

/// A value of a kind.
fn sample(kind: ask::Kind) -> Value {
    let digits = "0".repeat(40);
    match kind {
        ask::Kind::Text(_) => json!("none.example"),
        ask::Kind::Integer(from, _) => json!(from),
        ask::Kind::Share => json!(0.5),
        ask::Kind::Boolean => json!(true),
        ask::Kind::Day | ask::Kind::Date => json!("2025-01-31"),
        ask::Kind::Country => json!("KH"),
        ask::Kind::Grading => json!("B2"),
        ask::Kind::Words(words) => json!(words()[0]),
        ask::Kind::Id(prefix) => json!(format!("{prefix}-{digits}")),
    }
}

#[test]
fn every_operation_answers_every_sound_question() {
    let house = House::new(Access::Local, Rights::all(), 100_000);
    let (mut lists, mut broken) = (0, Vec::new());
    for endpoint in table::all() {
        for all in [false, true] {
            let mut path = endpoint.path.to_owned();
            let (mut query, mut body) = (form_urlencoded::Serializer::new(String::new()), json!({}));
            for param in endpoint.params.iter().filter(|param| all || param.required) {
                let value = sample(param.kind);
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                match param.place {
                    ask::Place::Path => path = path.replace(&format!("{{{}}}", param.name), &text),
                    // A cursor belongs to its question.
                    ask::Place::Query if param.name == "cursor" => {}
                    ask::Place::Query => drop(query.append_pair(param.name, &text)),
                    ask::Place::Body if param.many => body[param.name] = json!([value]),
                    ask::Place::Body => body[param.name] = value,
                }
            }
            let query = query.finish();
            let body = if endpoint.method == "GET" { String::new() } else { body.to_string() };
            let json = [("content-type", "application/json")];
            let told = house.send(endpoint.method, &format!("{path}?{query}"), &json, &body);
            let problem = told.status >= 400 && told.headers["content-type"] != "application/problem+json";
            // A list of everything is there, even if it is empty.
            let whole = endpoint.gives == Gives::Page && !endpoint.path.contains('{') && !all;
            lists += usize::from(whole && told.status == 200);
            let named = whole && told.status != 200 && endpoint.name != "listReceived";
            if told.status >= 500 || problem || named {
                broken.push(format!(
                    "{} {path}?{query} {body}: {} {}",
                    endpoint.method, told.status, told.text
                ));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(lists > 10, "{lists} lists");
}

#[test]
fn people_are_invited_changed_given_tokens_and_signed_out() {
    let house = House::new(Access::SignIn, Rights::all(), 10_000);
    let admin = house.token("root", &[Role::Administrator], "");
    let json = ("content-type", "application/json");
    let send = |method: &str, path: &str, token: &str, body: Value| {
        let bearer = format!("Bearer {token}");
        let headers = [json, ("authorization", bearer.as_str()), ("idempotency-key", "k")];
        let keyed = if path == "/users" { &headers[..] } else { &headers[..2] };
        house.send(method, path, keyed, &body.to_string())
    };
    let ana = json!({ "name": "ana", "shown": "Ana", "roles": ["analyst"], "clearance": "amber" });
    let first = send("POST", "/users", &admin, ana.clone());
    assert_eq!(first.status, 201, "{}", first.text);
    assert!(first.json()["secret"].as_str().unwrap().starts_with("/join/"));
    let again = send("POST", "/users", &admin, ana);
    assert_eq!((again.status, &again.json()["secret"]), (201, &Value::Null), "a secret is kept nowhere");
    let changed = json!({
        "shown": "Ana K.", "roles": ["analyst", "reader"], "clearance": "green", "organisations": ["Bureau A"],
    });
    let changed = send("PUT", "/users/ana", &admin, changed).json();
    assert_eq!(
        (&changed["clearance"], &changed["organisations"]),
        (&json!("TLP:GREEN"), &json!(["Bureau A"]))
    );

    let owner = json!({ "source": "a feed", "organisation": "Bureau A" });
    assert_eq!(send("PUT", "/sources/owners", &admin, owner).json()["known"], false);
    let listed = send("GET", "/sources/owners", &admin, json!({})).json();
    assert_eq!(listed["items"], json!([{ "source": "a feed", "organisation": "Bureau A" }]));
    house.refuses(
        &send("PUT", "/sources/owners", &admin, json!({ "source": "a feed" })),
        409,
        "not cleared for",
    );

    let asked = json!({ "owner": "ana", "name": "feed", "scopes": ["look"], "days": 7 });
    // Nobody gives what they may not do themselves.
    house.refuses(&send("POST", "/tokens", &admin, asked.clone()), 409, "lack that right");
    let own = house.token("ben", &[Role::Administrator, Role::Reader], "");
    let made = send("POST", "/tokens", &own, asked).json();
    let token = made["secret"].as_str().unwrap().to_owned();
    let account = send("GET", "/account", &token, json!({})).json();
    assert_eq!((&account["name"], &account["rights"]), (&json!("ana"), &json!(["look"])));
    assert_eq!(send("GET", "/alarms?limit=1", &token, json!({})).status, 200);
    // A token that leaked makes no longer-lived one of itself.
    let longer = json!({ "name": "mine", "scopes": ["look"], "days": 300 });
    house.refuses(&send("POST", "/tokens", &token, longer), 403, "user_write");
    house.refuses(&send("GET", "/users/ben/sessions", &token, json!({})), 403, "user_write");
    let prefix = made["prefix"].as_str().unwrap();
    assert_eq!(send("DELETE", &format!("/tokens/{prefix}"), &own, json!({})).json()["revoked"], true);
    house.refuses(&send("GET", "/account", &token, json!({})), 401, "token");

    assert_eq!(send("DELETE", "/users/ana/sessions", &admin, json!({})).json()["ended"], 0);
    assert_eq!(send("DELETE", "/users/ana/sessions/0000", &admin, json!({})).json()["ended"], 0);
    assert_eq!(send("DELETE", "/users/ana/second-factor", &admin, json!({})).status, 200);
    assert_eq!(send("POST", "/users/ana/invitation", &admin, json!({})).status, 201);
    assert_eq!(send("POST", "/users/ana/deactivate", &admin, json!({})).json()["active"], false);
    house.refuses(&send("POST", "/users/ana/invitation", &admin, json!({})), 409, "not active");
    house.refuses(&send("POST", "/users/nobody/deactivate", &admin, json!({})), 404, "nobody");
}

#[test]
fn a_member_answers_in_its_own_name_only() {
    let house = House::new(Access::SignIn, Rights::all(), 10_000);
    let (partner, analyst) =
        (house.token("pat", &[Role::Partner], "ke-bureau"), house.token("ana", &[Role::Analyst], "home"));
    let send = |token: &str, path: &str, body: Value| {
        let bearer = format!("Bearer {token}");
        let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
        house.send("POST", path, &headers, &body.to_string())
    };
    for (path, body) in [
        ("/notices/EB-1/receipts", json!({ "kind": "acknowledged", "member": "ug-bureau" })),
        ("/notices/EB-1/replies", json!({ "kind": "not_seen", "text": "x", "member": "ug-bureau" })),
        ("/received/EB-1/open", json!({ "member": "ug-bureau" })),
    ] {
        house.refuses(&send(&partner, path, body.clone()), 403, "your own organisation");
        house.refuses(&send(&analyst, path, body), 404, "notice");
    }
}

#[test]
fn claims_are_decided_and_tables_taken_in() {
    let house = House::new(Access::Local, Rights::all(), 10_000);
    let news = "{\"id\":\"n1\",\"text\":\"Police raided a scam centre in Poipet, Cambodia, on Monday and freed 30 \
                people who had been trafficked from Kenya and forced to defraud others online.\"}\n";
    let ndjson = [("content-type", "application/x-ndjson")];
    assert_eq!(house.send("POST", "/reports?source=paper&as=news", &ndjson, news).status, 200);
    let claims = house.get("/incidents/claims").json();
    let all = claims["items"].as_array().unwrap();
    assert!(all.len() > 1, "{claims}");
    let hub = all.iter().find(|claim| claim["claims"].as_str().unwrap().contains("KH")).unwrap();
    let path = format!("/incidents/claims/{}", hub["id"].as_str().unwrap());
    house.refuses(&house.post(&path, &json!({ "choice": "confirm" })), 400, "why");
    let confirmed =
        house.post(&path, &json!({ "choice": "confirm", "why": "the ministry says so too" })).json();
    let incident = confirmed["incident"]["id"].as_str().unwrap_or_else(|| panic!("{confirmed}"));
    assert_eq!(house.get(&format!("/incidents/{incident}")).json()["hub"], "KH");
    let other = all.iter().find(|claim| claim["id"] != hub["id"]).unwrap();
    let path = format!("/incidents/claims/{}", other["id"].as_str().unwrap());
    let rejected = house.post(&path, &json!({ "choice": "reject", "why": "said of another place" })).json();
    assert_eq!((&rejected["decided"], &rejected["incident"]), (&json!("rejected"), &Value::Null));
    let left = house.get("/incidents/claims").json()["items"].as_array().unwrap().len();
    assert_eq!(left, all.len() - 2);

    let table = "Tag;Land;Art;Text;Link\n2025-02-10;Cambodia;raid;Thirty freed;https://example.org/1\n\
                 2025-02-11;Narnia;raid;x;https://example.org/2\n";
    let columns = json!(["date=Tag", "hub_country_iso2=Land", "kind=Art", "summary=Text", "source_url=Link"]);
    let body = json!({ "table": table, "columns": columns, "texts": ["publisher=Example"] });
    let shown = house.post("/incidents/import/preview", &body).json();
    assert_eq!((&shown["understood"], &shown["refused"]), (&json!(1), &json!(1)), "{shown}");
    assert_eq!(shown["texts"]["publisher"], "Example");
    assert!(shown["problems"][0]["what"].as_str().unwrap().contains("Narnia"), "{shown}");
    let before = house.get("/incidents?q=Thirty+freed").json()["items"].as_array().unwrap().len();
    let taken = house.post("/incidents/import", &body).json();
    assert_eq!((before, &taken["accepted"], &taken["refused"]), (0, &json!(1), &json!(1)), "{taken}");
    assert_eq!(house.post("/incidents/import", &body).json()["duplicates"], 1);
    let wrong = json!({ "table": table, "columns": ["day=Tag"] });
    house.refuses(&house.post("/incidents/import", &wrong), 400, "columns: expected name=value");
}

#[test]
fn views_are_saved_drawn_and_taken_out() {
    let house = House::new(Access::Local, Rights::all(), 10_000);
    let lines = "{\"id\":\"1\",\"text\":\"Typist wanted, write to @hr_vest_test on Telegram\"}\n";
    let ndjson = [("content-type", "application/x-ndjson")];
    house.send("POST", "/reports", &ndjson, lines);
    let drawn = house.post("/network/drawing", &json!({ "centre": ["@hr_vest_test"], "steps": 1 })).json();
    assert_eq!(drawn["nodes"].as_array().unwrap().len(), 2, "{drawn}");
    let nodes = drawn["nodes"].as_array().unwrap();
    let (handle, report) = match nodes[0]["kind"] == "report" {
        true => (&nodes[1], &nodes[0]),
        false => (&nodes[0], &nodes[1]),
    };
    let key = |node: &Value| {
        form_urlencoded::byte_serialize(node["key"].as_str().unwrap().as_bytes()).collect::<String>()
    };
    let ties = house.get(&format!("/network/ties?a={}&b={}", key(handle), key(report))).json();
    assert_eq!(ties["ties"][0]["proofs"].as_array().unwrap().len(), 1, "{ties}");
    assert_eq!(house.get(&format!("/network/node?key={}", key(handle))).json()["reports"], 1);

    let json = [("content-type", "application/json")];
    let id = handle["id"].as_str().unwrap();
    let view = json!({
        "centre": ["@hr_vest_test"], "steps": 1, "shared": true, "pinned": [format!("{id} 1.5 -2")],
    });
    let saved = house.send("PUT", "/network/views/first", &json, &view.to_string());
    assert_eq!(saved.status, 200, "{}", saved.text);
    let listed = house.get("/network/views").json();
    assert_eq!(listed["items"][0]["pinned"], json!([format!("{id} 1.5 -2")]), "{listed}");
    let wrong = json!({ "centre": ["x"], "pinned": ["here"] });
    house.refuses(&house.send("PUT", "/network/views/first", &json, &wrong.to_string()), 400, "pinned");
    assert_eq!(house.send("DELETE", "/network/views/first", &[], "").status, 200);
    house.refuses(&house.send("DELETE", "/network/views/first", &[], ""), 404, "first");

    for (format, media, part) in [
        ("graphml", "application/graphml+xml", "<graphml"),
        ("gexf", "application/gexf+xml", "<gexf"),
        ("stix", "application/stix+json", "\"bundle\""),
        ("csv", "text/csv; charset=utf-8", "hr_vest_test"),
    ] {
        let told = house.post("/network/export", &json!({ "format": format, "centre": ["@hr_vest_test"] }));
        assert_eq!((told.status, &told.headers["content-type"]), (200, &HeaderValue::from_static(media)));
        assert!(told.text.contains(part), "{format}: {}", told.text);
    }
}

#[test]
fn strangers_are_counted_by_address() {
    let house = House::new(Access::SignIn, Rights::NONE, 10_000);
    let ask = |from: &str, forwarded: Option<&str>| {
        let from: SocketAddr = format!("{from}:1234").parse().unwrap();
        let mut request = Request::get("/api/v1/alarms").header("host", "localhost:1");
        if let Some(address) = forwarded {
            request = request.header("x-forwarded-for", address);
        }
        let request = request.extension(ConnectInfo(Peer::of(from))).body(Body::empty()).unwrap();
        let told = house.ask(request);
        let left = told.headers.get("ratelimit").map(|value| value.to_str().unwrap().to_owned());
        (told.status, left.is_some(), told.headers.contains_key("retry-after"))
    };
    let most = crate::StrangerLimits::default().other_minute_count_max;
    for number in 0..most {
        // What a request says of itself changes nothing: no proxy was told of.
        assert_eq!(ask("192.0.2.1", Some(&format!("198.51.100.{}", number % 250))), (401, true, false));
    }
    assert_eq!(ask("192.0.2.1", None), (429, true, true));
    assert_eq!(ask("192.0.2.2", None), (401, true, false), "another address has its own");
    assert_eq!(ask("127.0.0.1", None), (401, false, false), "this machine is not counted");
}
