//! Three nodes that exchange over a faulty network: after the faults have ended, each has what the others' rules let go
//! to it, nothing twice, nothing beyond, and what was forged on the way is held back.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use axum::body::Body;
use axum::http::Request as HttpRequest;
use forewarn_app::exchange::partner::{self, Partner};
use forewarn_app::exchange::wire::{Answer, Limits as WireLimits, Request, Wire, WireError};
use forewarn_app::exchange::{publish, pull, push};
use forewarn_app::incident::retract;
use forewarn_app::model::rights::{Rights, Role};
use forewarn_app::model::{Clearance, CountryNames, Incident, IncidentId, Pap, Publication, Timestamp, Tlp};
use forewarn_app::store::{EntryFilter, PageLimits, VersionFilter};
use forewarn_app::{Context, Pool, Silent, Workspace, pool};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::shell::{Access, Options, Shell};
use crate::{Desk, Limits, Site};

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and the same everywhere.
struct Dice(AtomicU64);

impl Dice {
    fn below(&self, most: u64) -> u64 {
        let state = self.0.load(Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.store(state, Relaxed);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % most
    }
}

const NAMES: [&str; 3] = ["a", "b", "c"];

static DESK: LazyLock<Arc<Desk>> = LazyLock::new(|| {
    let load = || forewarn_app::Engine::builtin().map_err(|error| error.to_string());
    Arc::new(Desk::new(Box::new(load), Limits::default()).unwrap())
});

/// All clocks go alike; each look moves them on by a second.
static SECONDS: AtomicI64 = AtomicI64::new(0);

fn clock() -> Timestamp {
    let start: Timestamp = "2025-06-01T00:00:00Z".parse().unwrap_or_default();
    Timestamp::from_second(start.as_second() + SECONDS.fetch_add(1, Relaxed)).unwrap_or(start)
}

fn context(actor: &str, rights: Rights, clearance: Clearance, now: Timestamp) -> Context {
    let random = |bytes: &mut [u8; 32]| {
        *bytes = [7; 32];
        Ok(())
    };
    Context {
        now,
        actor: actor.into(),
        clearance,
        rights,
        random,
        passphrase: Arc::new(|_| Err("none".into())),
    }
}

struct Node {
    _folder: tempfile::TempDir,
    workspace: RefCell<Workspace>,
    /// How each of the others reaches it: as itself.
    doors: Vec<Option<axum::Router>>,
    incidents: RefCell<Vec<IncidentId>>,
}

/// A network that loses, cuts, repeats, delays and forges. Where `faulty` is off it is honest.
struct Network<'a> {
    runtime: &'a tokio::runtime::Runtime,
    door: Mutex<axum::Router>,
    dice: &'a Dice,
    faulty: bool,
    forged: &'a AtomicU64,
    /// An object of the node that asks, to be claimed by the other side.
    theirs: Option<Value>,
    last: Mutex<Option<Answer>>,
}

impl Network<'_> {
    fn send(&self, request: &Request) -> Answer {
        let path = request.url.strip_prefix("http://node").unwrap_or_default();
        let method = if request.body.is_some() { "POST" } else { "GET" };
        let asked = HttpRequest::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost")
            .header("accept", MEDIA_TYPE)
            .header("content-type", MEDIA_TYPE)
            .body(Body::from(request.body.clone().unwrap_or_default()))
            .unwrap();
        self.runtime.block_on(async {
            let door = self.door.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let response = door.oneshot(asked).await.unwrap();
            let (parts, body) = response.into_parts();
            let text =
                |name: &str| parts.headers.get(name).and_then(|it| it.to_str().ok()).map(str::to_owned);
            Answer {
                status: parts.status.as_u16(),
                media_type: text("content-type").unwrap_or_default(),
                added_last: text("x-taxii-date-added-last"),
                body: body.collect().await.unwrap().to_bytes().to_vec(),
            }
        })
    }

    fn forge(&self, answer: &mut Answer) {
        let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body) else { return };
        let Some(objects) = body["objects"].as_array_mut() else { return };
        let number = self.forged.fetch_add(1, Relaxed) + 1;
        let id = format!("tool--00000000-0000-4000-8000-{number:012}");
        let mut forged = json!({
            "type": "tool", "spec_version": "2.1", "id": id, "name": "forged",
            "created": "2025-01-01T00:00:00.000Z", "modified": "2025-01-01T00:00:00.000Z",
            "object_marking_refs": ["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"],
        });
        match self.dice.below(3) {
            0 => forged["modified"] = json!("2031-01-01T00:00:00.000Z"),
            1 => {
                forged["object_marking_refs"] =
                    json!(["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"]);
            }
            _ => match &self.theirs {
                Some(theirs) => {
                    forged = theirs.clone();
                    forged["modified"] =
                        json!(format!("2025-05-01T00:00:{:02}.{:03}Z", number % 60, number % 1000));
                    forged["revoked"] = json!(true);
                }
                None => forged["modified"] = json!("2031-01-01T00:00:00.000Z"),
            },
        }
        objects.push(forged);
        answer.body = body.to_string().into_bytes();
    }
}

impl Wire for Network<'_> {
    fn ask(&self, request: &Request) -> Result<Answer, WireError> {
        if !self.faulty {
            return Ok(self.send(request));
        }
        let broken = || Err(WireError::Broken("cut".into()));
        match self.dice.below(12) {
            // Lost on the way there, and on the way back.
            0 => return broken(),
            1 => {
                self.send(request);
                return broken();
            }
            2 => return Ok(Answer { status: 503, media_type: MEDIA_TYPE.into(), ..Answer::default() }),
            3 => return Ok(Answer { status: 200, media_type: "text/html".into(), ..Answer::default() }),
            4 => return Err(WireError::TooLong(1)),
            // The same page twice, or one that was not asked for.
            5 if request.body.is_none() => {
                if let Some(last) = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone() {
                    return Ok(last);
                }
            }
            _ => {}
        }
        let mut answer = self.send(request);
        let is_page = request.body.is_none() && request.url.contains("/objects/");
        match self.dice.below(12) {
            0 => answer.body.truncate(answer.body.len() / 2),
            1 if is_page => answer.added_last = Some("2031-01-01T00:00:00.000000Z".into()),
            2 if is_page => answer.added_last = Some("1999-01-01T00:00:00.000000Z".into()),
            3 if is_page => answer.added_last = None,
            4 | 5 if is_page => self.forge(&mut answer),
            6 if is_page => {
                let mut body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
                if let Some(objects) = body["objects"].as_array_mut() {
                    objects.reverse();
                    answer.body = body.to_string().into_bytes();
                }
            }
            7 if !is_page => {
                let mut body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
                if body.get("success_count").is_some() {
                    body["success_count"] = json!(1_000_000);
                    body["failure_count"] = json!(u64::MAX);
                    answer.body = body.to_string().into_bytes();
                }
            }
            _ => {}
        }
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer.clone());
        Ok(answer)
    }
}

fn incident(node: usize, number: u64) -> Incident {
    let mut it = Incident {
        id: IncidentId::from_bytes([0; 20]),
        event: format!("event-{node}-{number}"),
        happened: "2024-03".parse().unwrap(),
        basis: forewarn_app::model::DateBasis::Event,
        known_from: "2024-04-02".parse().unwrap(),
        kind: forewarn_app::model::IncidentKind::VictimsRescued,
        hub: "KH".parse().ok(),
        place: None,
        origin: ["MY", "KE", "BR"][number as usize % 3].parse().ok(),
        count: Some(3),
        coercion_stated: true,
        variant: forewarn_app::model::Variant::ScamCentre,
        person_role: None,
        publication: Publication { publisher: "Example".into(), url: format!("https://x.example/{number}") },
        summary: format!("fact {number} of node {node}"),
        grading: "B2".parse().unwrap(),
        retracted_on: None,
    };
    it.id = it.derive_id();
    it
}

/// Node b is not to have what concerns Kenya.
const RULES: &str = r#"
incident_marking = "TLP:GREEN"
incident_pap = "PAP:WHITE"
[[rule]]
name = "not to b"
partners = ["b"]
countries = ["KE"]
action = "hold"
[[rule]]
name = "facts"
kinds = ["incident"]
action = "send"
"#;

impl Node {
    fn new(at: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rules = format!("issuer = \"Bureau {}\"\n{RULES}", NAMES[at]);
        std::fs::write(folder.path().join("share-rules.toml"), rules).unwrap();
        let mut workspace = Workspace::open(folder.path()).unwrap();
        let owner = context("owner", Rights::all(), Clearance::ALL, clock());
        for other in NAMES.iter().filter(|name| **name != NAMES[at]) {
            let it = Partner {
                url: Some("http://node/taxii2/forewarn/".to_owned()),
                clearance: Tlp::Green,
                pap: Pap::Amber,
                accepts: Tlp::Amber,
                ..Partner::new(other)
            };
            partner::put(&mut workspace, &owner, &it).unwrap();
        }
        let doors =
            NAMES.iter().enumerate().map(|(other, name)| (other != at).then(|| door(folder.path(), name)));
        let doors = doors.collect();
        Self { _folder: folder, workspace: RefCell::new(workspace), doors, incidents: RefCell::default() }
    }

    /// What its outbox or inbox of another node holds: id and text of every version.
    fn holds(&self, alias: &str) -> BTreeSet<(String, Vec<u8>)> {
        let workspace = self.workspace.borrow();
        let all = workspace.store.collections().unwrap();
        let number = all.iter().find(|it| it.alias == alias).unwrap().number;
        let versions = VersionFilter { all: true, ..VersionFilter::default() };
        let filter = EntryFilter { versions, ..EntryFilter::default() };
        let limits = PageLimits { entries_max: 1 << 40, bytes_max: usize::MAX };
        let page = workspace.store.object_page(number, &filter, None, limits).unwrap();
        page.entries.into_iter().map(|entry| (entry.id, entry.bytes)).collect()
    }
}

/// The service of a node as one partner reaches it.
fn door(folder: &std::path::Path, partner: &str) -> axum::Router {
    let options = Options {
        access: Access::Local,
        tls: false,
        behind_proxy: false,
        strangers: Default::default(),
        provider: None,
        courier: None,
        context: context(partner, Rights::of(&[Role::Partner]), Clearance::up_to(Tlp::Amber), clock()),
        clock,
        readers_count_max: 4,
        body_bytes_max: 1 << 20,
        answer_ms_max: 60_000,
        api_minute_count_max: 600,
    };
    let pool = Pool::open(folder, pool::Limits::default()).unwrap();
    Site::new(Arc::new(Shell::new(pool, Arc::clone(&DESK), options).unwrap())).router()
}

struct World {
    runtime: tokio::runtime::Runtime,
    nodes: Vec<Node>,
    dice: Dice,
    forged: AtomicU64,
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            runtime: tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap(),
            nodes: (0..3).map(Node::new).collect(),
            dice: Dice(AtomicU64::new(seed)),
            forged: AtomicU64::new(0),
        }
    }

    fn now(&self) -> Context {
        context("owner", Rights::all(), Clearance::ALL, clock())
    }

    fn publish(&self, at: usize) {
        let mut workspace = self.nodes[at].workspace.borrow_mut();
        publish::run(&mut workspace, &self.now(), &CountryNames::default(), &Silent).unwrap();
    }

    /// A node learns a fact, or takes one back.
    fn change(&self, at: usize) {
        let node = &self.nodes[at];
        let known = node.incidents.borrow().clone();
        if known.is_empty() || self.dice.below(3) > 0 {
            let it = incident(at, self.dice.below(1_000_000));
            node.incidents.borrow_mut().push(it.id);
            node.workspace.borrow_mut().store.put_incidents(&[it]).unwrap();
        } else {
            let id = known[self.dice.below(known.len() as u64) as usize];
            let (mut workspace, from) = (node.workspace.borrow_mut(), "2025-05-01".parse().unwrap());
            // One that was taken back before stays so.
            let _ = retract::run(&mut workspace, &self.now(), &id.to_string(), from, "wrong");
        }
        self.publish(at);
    }

    /// One node fetches from another or brings to it.
    fn exchange(&self, from: usize, to: usize, fetch: bool, faulty: bool) -> bool {
        let asking = &self.nodes[from];
        let theirs =
            asking.holds(&format!("to-{}", NAMES[to])).into_iter().find(|(id, _)| id.starts_with("incident"));
        let network = Network {
            runtime: &self.runtime,
            door: Mutex::new(self.nodes[to].doors[from].clone().unwrap()),
            dice: &self.dice,
            faulty,
            forged: &self.forged,
            theirs: theirs.and_then(|(_, bytes)| serde_json::from_slice(&bytes).ok()),
            last: Mutex::default(),
        };
        let limits = WireLimits { page_objects_max: 7, ..WireLimits::default() };
        let mut workspace = asking.workspace.borrow_mut();
        let run = if fetch { pull::run } else { push::run };
        let run = run(&mut workspace, &self.now(), NAMES[to], &network, &limits, &Silent).unwrap();
        run.error.is_none()
    }

    /// Whatever happened before: once the network is sound, all have what is theirs.
    fn check(&self) {
        for (from, to) in PAIRS {
            for fetch in [true, false] {
                assert!(self.exchange(from, to, fetch, false), "{} to {}", NAMES[from], NAMES[to]);
            }
        }
        for (from, to) in PAIRS {
            let (sender, receiver) = (&self.nodes[from], &self.nodes[to]);
            let out = sender.holds(&format!("to-{}", NAMES[to]));
            let got = receiver.holds(&format!("from-{}", NAMES[from]));
            let names = format!("from {} to {}", NAMES[from], NAMES[to]);
            assert!(
                got.is_subset(&out),
                "{names}: it has what was not for it: {:?}",
                got.difference(&out).next()
            );
            // What both make alike, such as countries, needs no carrying.
            let own: BTreeSet<_> = NAMES
                .iter()
                .filter(|name| **name != NAMES[to])
                .flat_map(|name| receiver.holds(&format!("to-{name}")))
                .chain(receiver.holds("published-green"))
                .collect();
            let lacking: Vec<_> = out.difference(&got).filter(|it| !own.contains(it)).collect();
            assert!(lacking.is_empty(), "{names}: {} lacking, {:?}", lacking.len(), lacking.first());
            if NAMES[to] == "b" {
                let text = |(_, bytes): &(String, Vec<u8>)| String::from_utf8_lossy(bytes).into_owned();
                assert!(
                    !got.iter().any(|it| text(it).contains("\"origin\":\"KE\"")),
                    "{names}: a rule was passed by"
                );
            }
        }
        for node in &self.nodes {
            let workspace = node.workspace.borrow();
            for held in workspace.store.quarantine(None, u32::MAX).unwrap() {
                let forged = held.id.starts_with("tool--") || held.code == "claims-ours";
                assert!(forged, "{} was held back: {}", held.id, held.reason);
            }
        }
    }
}

const PAIRS: [(usize, usize); 6] = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)];

fn converges(seed: u64, rounds: u64) {
    let world = World::new(seed);
    for round in 0..rounds {
        let (from, to) = PAIRS[world.dice.below(6) as usize];
        if world.dice.below(3) == 0 {
            world.change(from);
        }
        world.exchange(from, to, world.dice.below(2) == 0, true);
        if round % 50 == 49 {
            world.check();
        }
    }
    world.check();
    let held: u64 = world
        .nodes
        .iter()
        .map(|node| node.workspace.borrow().store.quarantine(None, 10_000).unwrap().len() as u64)
        .sum();
    let forged = world.forged.load(Relaxed);
    assert!(forged == 0 || held > 0, "{forged} objects were forged and none was held back");
    println!("seed {seed}: {rounds} rounds, {forged} objects forged, {held} held back");
}

#[test]
fn three_nodes_converge_whatever_happens_between_them() {
    converges(1, 60);
}

/// `cargo nextest run -p forewarn-serve converge --run-ignored all`
#[test]
#[ignore = "takes minutes"]
fn three_nodes_converge_after_five_hundred_rounds() {
    for seed in 2..4 {
        converges(seed, 500);
    }
}
