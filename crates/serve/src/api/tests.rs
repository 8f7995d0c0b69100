//! The API as a program asks it.

mod audit;
mod docs;
mod operations;
mod pages;

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use forewarn_app::collect::Limits;
use forewarn_app::model::rights::{Rights, Role};
use forewarn_app::model::{Clearance, Tlp, User};
use forewarn_app::user::Password;
use forewarn_app::{AppError, Context, Pool, Silent, Workspace, bundled, incident, pool, token, user};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::shell::{Access, Options};
use crate::{Desk, Site};

struct House {
    _folder: tempfile::TempDir,
    site: Site,
    shell: Shared,
    noted_until: std::sync::Mutex<i64>,
    runtime: tokio::runtime::Runtime,
}

struct Told {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Told {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }
}

fn random(bytes: &mut [u8; 32]) -> Result<(), String> {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    bytes[..8].copy_from_slice(&number.to_le_bytes());
    Ok(())
}

fn context(rights: Rights) -> Context {
    Context {
        now: "2025-06-01T00:00:00Z".parse().unwrap(),
        actor: "owner".into(),
        clearance: Clearance::ALL,
        rights,
        random,
        passphrase: Arc::new(|_| Ok("a passphrase for a test".into())),
    }
}

impl House {
    fn new(access: Access, rights: Rights, minute_count_max: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut workspace = Workspace::open(folder.path()).unwrap();
        let all = context(Rights::all());
        let limits = Limits::default();
        incident::import::run(&mut workspace, &all, bundled::TIMELINE, "timeline.csv", &limits, &Silent)
            .unwrap();
        drop(workspace);
        let options = Options {
            access,
            tls: false,
            behind_proxy: false,
            strangers: Default::default(),
            provider: None,
            courier: None,
            context: context(rights),
            clock: || "2025-06-01T00:00:00Z".parse().unwrap_or_default(),
            readers_count_max: 4,
            body_bytes_max: 100_000,
            answer_ms_max: 120_000,
            api_minute_count_max: minute_count_max,
        };
        let desk = Desk::new(
            Box::new(|| forewarn_app::Engine::builtin().map_err(|error| error.to_string())),
            crate::Limits::default(),
        );
        let pool = Pool::open(folder.path(), pool::Limits::default()).unwrap();
        let shell = Arc::new(Shell::new(pool, Arc::new(desk.unwrap()), options).unwrap());
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Self {
            _folder: folder,
            site: Site::new(Arc::clone(&shell)),
            shell,
            noted_until: Default::default(),
            runtime,
        }
    }

    fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Told {
        let mut request =
            Request::builder().method(method).uri(format!("/api/v1{path}")).header("host", "localhost:1");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::from(body.to_owned())).unwrap())
    }

    fn ask(&self, request: Request<Body>) -> Told {
        self.runtime.block_on(async {
            let response = self.site.clone().router().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes();
            let text = String::from_utf8_lossy(&body).into_owned();
            Told { status: parts.status.as_u16(), headers: parts.headers, text }
        })
    }

    /// Works with the store, as its owner.
    fn with<T>(&self, work: impl FnOnce(&mut Workspace, &Context) -> Result<T, AppError>) -> T {
        self.shell.pool.with(|workspace| work(workspace, &context(Rights::all()))).unwrap()
    }

    /// A token of a new user with these roles, for everything that they may.
    fn token(&self, name: &str, roles: &[Role], organisation: &str) -> String {
        let user = User {
            name: name.parse().unwrap(),
            shown: name.to_owned(),
            organisation: organisation.to_owned(),
            roles: roles.to_vec(),
            clearance: Tlp::Amber,
            organisations: Vec::new(),
            locale: None,
            active: true,
            created: context(Rights::NONE).now,
        };
        self.with(|workspace, context| {
            user::add(workspace, context, &user, &Password::new("violet-anchor-mosaic-tundra"))?;
            let request = token::Request { owner: name, name: "test", scopes: Rights::of(roles), days: 7 };
            Ok(token::make(workspace, context, &request)?.secret)
        })
    }

    /// The actions that were noted since the last time.
    fn noted(&self) -> BTreeSet<String> {
        self.shell.pool.flush_views().unwrap();
        let mut last = self.noted_until.lock().unwrap();
        let found = self.with(|workspace, _| Ok(workspace.store.audit_after(*last, 10_000)?));
        *last = found.last().map_or(*last, |(number, _)| *number);
        found.into_iter().map(|(_, entry)| entry.action).collect()
    }

    fn get(&self, path: &str) -> Told {
        self.send("GET", path, &[], "")
    }

    fn post(&self, path: &str, body: &Value) -> Told {
        self.send("POST", path, &[("content-type", "application/json")], &body.to_string())
    }

    #[track_caller]
    fn refuses(&self, told: &Told, status: u16, words: &str) {
        assert_eq!(told.status, status, "{}", told.text);
        assert_eq!(told.headers["content-type"], "application/problem+json", "{}", told.text);
        let problem = told.json();
        assert!(problem["detail"].as_str().unwrap().contains(words), "{problem} lacks {words:?}");
    }
}

/// A path with something in place of its parameters.
fn filled(endpoint: &Endpoint) -> String {
    let digits = "0".repeat(40);
    let mut path = endpoint.path.to_owned();
    for param in endpoint.params.iter().filter(|param| param.place == ask::Place::Path) {
        let value = match param.kind {
            ask::Kind::Id(prefix) => format!("{prefix}-{digits}"),
            ask::Kind::Words(words) => words()[0].clone(),
            ask::Kind::Integer(from, _) => from.to_string(),
            _ => "none".to_owned(),
        };
        path = path.replace(&format!("{{{}}}", param.name), &value);
    }
    let needed = endpoint.params.iter().filter(|param| param.place == ask::Place::Query && param.required);
    let value = |param: &ask::Param| match param.kind {
        ask::Kind::Words(words) => words()[0].clone(),
        _ => "none.example".to_owned(),
    };
    let query: Vec<String> = needed.map(|param| format!("{}={}", param.name, value(param))).collect();
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}

#[test]
fn the_document_names_every_operation_once_and_is_the_committed_one() {
    let document = openapi();
    let mut names = BTreeSet::new();
    for endpoint in table::all() {
        let operation =
            &document["paths"][format!("/api/v1{}", endpoint.path)][endpoint.method.to_lowercase()];
        assert_eq!(operation["operationId"], endpoint.name);
        assert!(names.insert(endpoint.name), "{} twice", endpoint.name);
        for param in endpoint.params.iter().filter(|param| param.place == ask::Place::Path) {
            assert!(endpoint.path.contains(&format!("{{{}}}", param.name)), "{}", endpoint.path);
        }
        assert_eq!(
            endpoint.path.matches('{').count(),
            endpoint.params.iter().filter(|param| param.place == ask::Place::Path).count()
        );
    }
    let committed = include_str!("../../../../schemas/openapi.json");
    let committed: Value = serde_json::from_str(committed).unwrap();
    if committed != document {
        let fresh = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/openapi.json");
        std::fs::write(fresh, serde_json::to_string_pretty(&document).unwrap() + "\n").unwrap();
        panic!("schemas/openapi.json is stale: run `cargo xtask gen`, or take target/openapi.json");
    }
}

#[test]
fn nobody_comes_in_without_a_token_nor_does_more_than_he_may() {
    let closed = House::new(Access::SignIn, Rights::NONE, 10_000);
    let powerless = House::new(Access::Local, Rights::NONE, 10_000);
    for endpoint in table::all() {
        let path = filled(endpoint);
        let json = [("content-type", "application/json")];
        let told = closed.send(endpoint.method, &path, &json, "{}");
        closed.refuses(&told, 401, "token");
        assert!(told.headers.contains_key("www-authenticate"));
        // Without the right nothing is done, whatever else is wrong with the request.
        if endpoint.method == "GET" && !endpoint.right.starts_with("none") {
            let told = powerless.get(&path);
            powerless.refuses(&told, 403, "lacks the right");
        }
    }
    assert_eq!(closed.get("/openapi.json").status, 200, "the document is open");
}

#[test]
fn lists_go_page_by_page_and_what_is_misspelt_is_refused() {
    let house = House::new(Access::Local, Rights::all(), 10_000);
    let mut ids = BTreeSet::new();
    let mut cursor = String::new();
    let mut pages = 0;
    loop {
        let told = house.get(&format!("/incidents?limit=100{cursor}")).json();
        for item in told["items"].as_array().unwrap() {
            assert!(ids.insert(item["id"].as_str().unwrap().to_owned()), "{item} twice");
        }
        pages += 1;
        let Some(next) = told["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert!(pages > 1 && ids.len() > 100, "{pages} pages, {} incidents", ids.len());
    let alarms = house.get("/alarms?limit=2&state=open").json();
    assert_eq!(alarms["items"].as_array().unwrap().len(), 2);
    let alarm = alarms["items"][0]["id"].as_str().unwrap().to_owned();
    assert!(
        !house.get(&format!("/alarms/{alarm}")).json()["incidents_behind"].as_array().unwrap().is_empty()
    );
    assert_eq!(house.get("/situation").status, 200);

    house.refuses(&house.get("/incidents?kinds=raid"), 400, "there is no such parameter");
    house.refuses(&house.get("/incidents?kind=ambush"), 400, "expected one of hub_report");
    for list in ["alarms", "situation"] {
        house.refuses(&house.get(&format!("/{list}?as_of=9999-12-31")), 400, "to today");
    }
    house.refuses(&house.get("/alarms/alm-1"), 400, "40 hexadecimal digits");
    house.refuses(&house.get(&format!("/alarms/alm-{}", "0".repeat(40))), 404, "find alarm");
    house.refuses(&house.get("/nothing"), 404, "no such page");
    house.refuses(&house.post("/incidents", &json!({})), 400, "it is required");
    house.refuses(
        &house.send("POST", "/incidents", &[("content-type", "text/xml")], "<a/>"),
        415,
        "text/xml",
    );
    let long = house.post("/incidents", &json!({ "summary": "x".repeat(200_000) }));
    house.refuses(&long, 413, "longer than");

    let decision = json!({ "choice": "dismiss", "why": "a test" });
    assert_eq!(house.post(&format!("/alarms/{alarm}/decision"), &decision).status, 200);
    assert_eq!(house.get(&format!("/alarms/{alarm}")).json()["state"], "dismissed");
}

#[test]
fn a_request_with_a_key_acts_once() {
    let house = House::new(Access::Local, Rights::all(), 10_000);
    let incident = json!({
        "date": "2025-02-10", "kind": "raid", "hub": "TL", "url": "https://example.org/1", "publisher": "Example",
        "summary": "Thirty people freed",
    });
    let send = |key: &str, body: &Value| {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        house.send("POST", "/incidents", &headers, &body.to_string())
    };
    let first = send("k-1", &incident);
    assert_eq!((first.status, &first.json()["new"]), (201, &json!(true)));
    let again = send("k-1", &incident);
    assert_eq!((again.status, &again.text), (201, &first.text), "the same answer");
    let anew = send("k-2", &incident);
    assert_eq!(anew.json()["new"], false, "another request");
    let mut other = incident.clone();
    other["hub"] = json!("KH");
    house.refuses(&send("k-1", &other), 422, "another request had this key");
    // One that was refused may be mended and sent again.
    other["known_from"] = json!("2020-01-01");
    house.refuses(&send("k-3", &other), 422, "before it happened");
    other["known_from"] = json!("2025-02-11");
    assert_eq!(send("k-3", &other).status, 201);
    house.refuses(&send("", &incident), 400, "Idempotency-Key");
}

#[test]
fn reports_come_in_line_by_line_and_go_out_as_a_stream() {
    let house = House::new(Access::Local, Rights::all(), 10_000);
    let lines = concat!(
        "{\"id\":\"1\",\"text\":\"Typist wanted in Poipet, ticket paid, write to @hr_example on Telegram\"}\n",
        "\n",
        "{\"id\":\"2\"\n",
        "{\"id\":\"3\",\"text\":\"Nurse wanted in Lyon\",\"tlp\":\"TLP:CLEAR\"}\n",
    );
    let ndjson = [("content-type", "application/x-ndjson")];
    let told = house.send("POST", "/reports?source=test", &ndjson, lines);
    assert_eq!((told.status, &told.headers["content-type"]), (200, &HeaderValue::from_static(LINES)));
    let answers: Vec<Value> = told.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let seen: Vec<(u64, &str)> = answers[..3]
        .iter()
        .map(|answer| (answer["line"].as_u64().unwrap(), answer["status"].as_str().unwrap()))
        .collect();
    assert_eq!(seen, [(1, "taken"), (3, "refused"), (4, "taken")], "{}", told.text);
    assert_eq!((&answers[3]["accepted"], &answers[3]["refused"]), (&json!(2), &json!(1)));
    let again = house.send("POST", "/reports?source=test", &ndjson, lines);
    assert!(again.text.contains("\"accepted\":0"), "{}", again.text);

    let keyed = [ndjson[0], ("idempotency-key", "k-lines")];
    let [first, second] = [(), ()].map(|()| house.send("POST", "/reports?source=test", &keyed, lines));
    assert_eq!(first.text, second.text);
    assert_eq!(second.headers["content-type"], LINES, "lines, as the first time");

    let found = house.get("/reports?q=typist").json();
    assert_eq!(found["items"].as_array().unwrap().len(), 1, "{found}");
    assert!(found["items"][0]["probability"].is_number(), "read and assessed: {found}");
    let id = found["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(house.get(&format!("/reports/{id}")).status, 200);
    let marked = house.post(&format!("/reports/{id}/mark"), &json!({ "tlp": "red", "why": "a test" }));
    assert_eq!(marked.json()["changes"].as_array().unwrap().len(), 1, "{}", marked.text);
    let out = house.get("/reports/export?tlp=red");
    assert_eq!((out.status, out.text.lines().count()), (200, 1), "{}", out.text);
    assert_eq!(house.get("/reports/export?format=csv").text.lines().count(), 3);
    house.refuses(&house.send("POST", "/reports", &ndjson, " \n"), 400, "the body is empty");
    assert_eq!(house.get("/network?centre=hr_example").status, 200);
    house.refuses(&house.get("/network?centre=nobody.example"), 404, "find");
}

#[test]
fn an_allowance_ends_and_says_so() {
    let house = House::new(Access::Local, Rights::all(), 2);
    for left in ["\"minute\";r=1;t=60", "\"minute\";r=0;t=60"] {
        let told = house.get("/members");
        assert_eq!((told.status, &told.headers["ratelimit"]), (200, &HeaderValue::from_static(left)));
    }
    let over = house.get("/members");
    house.refuses(&over, 429, "more than 2 requests a minute");
    assert_eq!(over.headers["retry-after"], "60");
}
