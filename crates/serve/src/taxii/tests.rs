//! The protocol, asked as TAXII clients ask it.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use forewarn_app::model::rights::Rights;
use forewarn_app::model::{Clearance, Tlp};
use forewarn_app::{Context, Pool, Workspace, exchange, pool};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::shell::{Access, Options, Shell};
use crate::{Desk, Site};

struct Node {
    _folder: tempfile::TempDir,
    site: Site,
    runtime: tokio::runtime::Runtime,
}

struct Told {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

fn context() -> Context {
    Context {
        now: "2025-01-01T00:00:00Z".parse().unwrap(),
        actor: "owner".into(),
        clearance: Clearance::ALL,
        rights: Rights::all(),
        random: |bytes| {
            *bytes = [7; 32];
            Ok(())
        },
        passphrase: Arc::new(|_| Err("none".into())),
    }
}

impl Node {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = Workspace::open(folder.path()).unwrap();
        let root = exchange::collection::ROOT;
        exchange::collection::put(&mut workspace, &context(), root, "main", "Main", "", Tlp::Amber).unwrap();
        drop(workspace);
        let options = Options {
            access: Access::Local,
            tls: false,
            behind_proxy: false,
            strangers: Default::default(),
            provider: None,
            courier: None,
            context: context(),
            clock: || "2025-01-01T00:00:00Z".parse().unwrap_or_default(),
            readers_count_max: 4,
            body_bytes_max: 100_000,
            answer_ms_max: 30_000,
            api_minute_count_max: 600,
        };
        let desk = Desk::new(
            Box::new(|| forewarn_app::Engine::builtin().map_err(|error| error.to_string())),
            crate::Limits::default(),
        );
        let pool = Pool::open(folder.path(), pool::Limits::default()).unwrap();
        let shell = Shell::new(pool, Arc::new(desk.unwrap()), options).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Self { _folder: folder, site: Site::new(Arc::new(shell)), runtime }
    }

    fn send(&self, request: Request<Body>) -> Told {
        self.runtime.block_on(async {
            let response = self.site.clone().router().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
            Told { status: parts.status.as_u16(), headers: parts.headers, body }
        })
    }

    fn request(&self, method: &str, path: &str, body: Body) -> Told {
        let request = Request::builder()
            .method(method)
            .uri(format!("/taxii2/{path}"))
            .header("host", "localhost:1")
            .header("accept", MEDIA_TYPE)
            .header("content-type", MEDIA_TYPE);
        self.send(request.body(body).unwrap())
    }

    fn get(&self, path: &str) -> Told {
        self.request("GET", path, Body::empty())
    }

    fn post(&self, objects: &[Value]) -> Told {
        let body = json!({ "objects": objects }).to_string();
        self.request("POST", "forewarn/collections/main/objects/", Body::from(body))
    }
}

fn tool(number: u32, day: u32) -> Value {
    json!({
        "type": "tool", "spec_version": "2.1", "id": format!("tool--00000000-0000-4000-8000-{number:012}"),
        "name": format!("tool {number}"), "created": "2024-01-01T00:00:00.000Z",
        "modified": format!("2024-01-{day:02}T00:00:00.000Z"),
    })
}

fn ids(told: &Told) -> Vec<String> {
    let all = told.body["objects"].as_array().cloned().unwrap_or_default();
    all.iter().map(|it| it["id"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_client_finds_its_way_from_discovery_to_an_object() {
    let node = Node::new();
    let told = node.get("");
    assert_eq!((told.status, &told.headers["content-type"]), (200, &HeaderValue::from_static(MEDIA_TYPE)));
    assert_eq!(told.body["api_roots"], json!(["http://localhost:1/taxii2/forewarn/"]));
    assert_eq!(node.get("forewarn/").body["max_content_length"], 100_000);
    let collections = node.get("forewarn/collections/").body;
    let main =
        collections["collections"].as_array().unwrap().iter().find(|it| it["alias"] == "main").unwrap();
    assert_eq!((&main["can_read"], &main["can_write"]), (&json!(true), &json!(true)));
    let id = main["id"].as_str().unwrap();
    let told = node.post(&[tool(1, 1), tool(2, 1)]);
    assert_eq!((told.status, told.body["success_count"].as_u64()), (202, Some(2)));
    let status = node.get(&format!("forewarn/status/{}/", told.body["id"].as_str().unwrap()));
    assert_eq!(status.body, told.body);
    let told = node.get(&format!("forewarn/collections/{id}/objects/"));
    assert_eq!(told.body["objects"], json!([tool(1, 1), tool(2, 1)]));
    assert_eq!(told.headers["x-taxii-date-added-first"], "2025-01-01T00:00:00.000000Z");
    assert_eq!(told.headers["x-taxii-date-added-last"], "2025-01-01T00:00:00.000001Z");
    let one = node.get(&format!("forewarn/collections/{id}/objects/{}/", ids(&told)[1]));
    assert_eq!(one.body["objects"], json!([tool(2, 1)]));
    let listed = node.get(&format!("forewarn/collections/{id}/manifest/?limit=1"));
    assert_eq!(listed.body["objects"][0]["media_type"], "application/stix+json;version=2.1");
    assert_eq!(listed.body["more"], true);
}

#[test]
fn versions_are_kept_filtered_and_removed() {
    let node = Node::new();
    node.post(&[tool(1, 1)]);
    node.post(&[tool(1, 3), tool(1, 2)]);
    let days = |path: &str| -> Vec<String> {
        let told = node.get(&format!("forewarn/collections/main/objects/{path}"));
        let all = told.body["objects"].as_array().cloned().unwrap_or_default();
        all.iter().map(|it| it["modified"].as_str().unwrap_or_default()[8..10].to_owned()).collect()
    };
    assert_eq!(days(""), ["03"]);
    assert_eq!(days("?match[version]=first"), ["01"]);
    assert_eq!(days("?match[version]=all"), ["01", "03", "02"]);
    assert_eq!(days("?match[version]=2024-01-02T00:00:00Z"), ["02"]);
    assert_eq!(days("?match[spec_version]=2.0"), [""; 0]);
    let id = tool(1, 1)["id"].as_str().unwrap().to_owned();
    let versions = node.get(&format!("forewarn/collections/main/objects/{id}/versions/"));
    assert_eq!(versions.body["versions"].as_array().unwrap().len(), 3);
    let removed = node.request("DELETE", &format!("forewarn/collections/main/objects/{id}/"), Body::empty());
    assert_eq!(removed.status, 200);
    assert_eq!(days(""), ["02"]);
    let all = format!("forewarn/collections/main/objects/{id}/?match[version]=all");
    assert_eq!(node.request("DELETE", &all, Body::empty()).status, 200);
    assert_eq!(node.get(&all).status, 404);
    assert_eq!(node.request("DELETE", &all, Body::empty()).status, 404);
}

#[test]
fn pages_lead_through_everything_once() {
    let node = Node::new();
    let all: Vec<Value> = (0..25).map(|number| tool(number, 1)).collect();
    node.post(&all);
    let (mut seen, mut next) = (Vec::new(), String::new());
    for _ in 0..10 {
        let told = node.get(&format!("forewarn/collections/main/objects/?limit=10&next={next}"));
        seen.extend(ids(&told));
        if told.body["more"] == false {
            break;
        }
        next = told.body["next"].as_str().unwrap().to_owned();
    }
    assert_eq!(seen.len(), 25);
    let told = node.get("forewarn/collections/main/objects/?added_after=2025-01-01T00:00:00.000019Z");
    assert_eq!(ids(&told).len(), 5);
}

#[test]
fn says_what_is_wrong_with_objects() {
    let node = Node::new();
    let mut nameless = tool(2, 1);
    nameless["name"] = Value::Null;
    let mut red = tool(3, 1);
    red["object_marking_refs"] = json!(["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"]);
    let mut other = tool(1, 1);
    other["name"] = json!("otherwise");
    let told = node.post(&[tool(1, 1), nameless, red, other, json!(5), tool(1, 1)]).body;
    assert_eq!((&told["success_count"], &told["failure_count"]), (&json!(2), &json!(4)));
    let messages = told["failures"].to_string();
    for part in
        ["lacks \\\"name\\\"", "marked TLP:RED", "another object with this id", "no object with a type"]
    {
        assert!(messages.contains(part), "{part} in {messages}");
    }
}

#[track_caller]
fn check(node: &Node, request: Request<Body>, status: StatusCode) {
    let told = node.send(request);
    assert_eq!(told.status, status.as_u16(), "{}", told.body);
    assert_eq!(told.body["http_status"], status.as_u16().to_string());
    assert_eq!(told.headers["content-type"], MEDIA_TYPE);
}

#[test]
fn errors_are_told_as_the_standard_says() {
    let node = Node::new();
    let request = |method: &str, path: &str, accept: Option<&str>, content: &str, body: &str| {
        let request =
            Request::builder().method(method).uri(format!("/taxii2/{path}")).header("host", "localhost");
        let request = request.header("content-type", content);
        let request = match accept {
            Some(accept) => request.header("accept", accept),
            None => request,
        };
        request.body(Body::from(body.to_owned())).unwrap()
    };
    let objects = "forewarn/collections/main/objects/";
    let it = Some(MEDIA_TYPE);
    for (asked, status) in [
        (request("GET", "", None, "", ""), StatusCode::NOT_ACCEPTABLE),
        (request("GET", "", Some("application/taxii+json;version=2.0"), "", ""), StatusCode::NOT_ACCEPTABLE),
        (request("GET", "", Some("text/html"), "", ""), StatusCode::NOT_ACCEPTABLE),
        (request("GET", "none/", it, "", ""), StatusCode::NOT_FOUND),
        (request("GET", "forewarn/none/", it, "", ""), StatusCode::NOT_FOUND),
        (request("GET", "forewarn/collections/none/", it, "", ""), StatusCode::NOT_FOUND),
        (request("GET", "forewarn/status/none/", it, "", ""), StatusCode::NOT_FOUND),
        (request("GET", "forewarn/collections/main/objects/?limit=0", it, "", ""), StatusCode::BAD_REQUEST),
        (request("PUT", objects, it, MEDIA_TYPE, "{}"), StatusCode::METHOD_NOT_ALLOWED),
        (request("POST", objects, it, "application/json", "{}"), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (
            request("POST", objects, it, "application/taxii+json;version=2.0", "{}"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (request("POST", objects, it, MEDIA_TYPE, "{\"objects\":["), StatusCode::UNPROCESSABLE_ENTITY),
        (request("POST", objects, it, MEDIA_TYPE, &" ".repeat(100_001)), StatusCode::PAYLOAD_TOO_LARGE),
        (
            request("POST", "forewarn/collections/published-green/objects/", it, MEDIA_TYPE, "{}"),
            StatusCode::FORBIDDEN,
        ),
    ] {
        check(&node, asked, status);
    }
    for accept in ["application/taxii+json", "*/*", "text/html, application/taxii+json; version=\"2.1\""] {
        assert_eq!(node.send(request("GET", "", Some(accept), "", "")).status, 200, "{accept}");
    }
}
