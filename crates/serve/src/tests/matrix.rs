//! Every role on every route. The routes are read from the sources of this crate, so that none is forgotten: each
//! turns away who has not signed in and who has no role at all, but for the few that are for everybody; and those in
//! the table let in exactly the roles with their right.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use axum::http::Method;
use forewarn_app::model::rights::{Right, Rights, Role};
use forewarn_app::model::{Clearance, Tlp, User};
use forewarn_app::user::{self, Attempt, Password, SignIn};
use forewarn_app::{Context, Pool, Workspace, pool};

use super::*;

/// For everybody: what lets people in, what job seekers use, what a supervisor asks.
const PUBLIC: &[&str] = &[
    "/assets/{name}",
    "/favicon.ico",
    "/public",
    "/public/feed.atom",
    "/public/{id}",
    "/healthz",
    "/readyz",
    "/check",
    "/api/v1/check",
    "/api/v1/openapi.json",
    "/settings",
    "/sign-in",
    "/sign-in/code",
    "/sign-in/provider",
    "/sign-in/callback",
    "/join/{token}",
];

/// For everybody who has signed in: one's own account, the news that something is new somewhere, and the form that
/// verifies a document one has.
const OWN: &[&str] = &[
    "/account",
    "/account/password",
    "/account/second-factor",
    "/account/second-factor/confirm",
    "/account/second-factor/remove",
    "/account/sessions",
    "/account/tokens",
    "/account/tokens/revoke",
    "/sign-out",
    "/live",
    "/notices/verify",
];

/// Routes and the rights of which one lets in.
const TABLE: &[(&str, &str, &[Right])] = &[
    ("GET", "/alarms", &[Right::Look]),
    ("GET", "/network", &[Right::Look]),
    ("GET", "/incidents", &[Right::Look]),
    ("GET", "/sources", &[Right::Look]),
    ("GET", "/sources/owners", &[Right::Look, Right::ShareRule]),
    ("POST", "/sources/owners", &[Right::ShareRule]),
    ("GET", "/members", &[Right::Look, Right::MemberWrite]),
    ("GET", "/members/new", &[Right::MemberWrite]),
    ("POST", "/members/{id}/secret", &[Right::MemberWrite]),
    ("GET", "/rules", &[Right::Look, Right::RuleWrite]),
    ("POST", "/rules/check", &[Right::RuleWrite]),
    ("POST", "/rules/reload", &[Right::RuleWrite]),
    ("GET", "/users", &[Right::UserWrite]),
    ("GET", "/users/new", &[Right::UserWrite]),
    ("GET", "/users/{name}", &[Right::UserWrite]),
    ("POST", "/users/{name}/invite", &[Right::UserWrite]),
    ("POST", "/users/{name}/second-factor", &[Right::UserWrite]),
    ("POST", "/users/{name}/sessions", &[Right::UserWrite]),
    ("POST", "/users/{name}/tokens", &[Right::UserWrite]),
    ("GET", "/audit", &[Right::AuditRead]),
    ("POST", "/audit/verify", &[Right::AuditRead]),
    ("GET", "/metrics", &[Right::Operate]),
];

/// Paths with the methods that they answer, as the sources of this crate say.
pub(crate) fn routes() -> BTreeMap<String, Vec<Method>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if !path.to_string_lossy().contains("tests") {
            read(&std::fs::read_to_string(&path).unwrap(), &mut found);
        }
    }
    found
}

fn read(source: &str, found: &mut BTreeMap<String, Vec<Method>>) {
    for piece in source.split(".route(").skip(1) {
        let Some(path) = piece.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) else {
            continue;
        };
        // To the end of the call: where its parenthesis closes.
        let mut depth = 1;
        let end = piece.find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        let call = &piece[..end.unwrap_or(piece.len())];
        let methods = [
            ("get(", Method::GET),
            ("post(", Method::POST),
            ("put(", Method::PUT),
            ("delete(", Method::DELETE),
        ];
        let answered = methods
            .iter()
            .filter(|(name, _)| call.contains(&format!(" {name}")) || call.contains(&format!(".{name}")));
        found.entry(path.to_owned()).or_default().extend(answered.map(|(_, method)| method.clone()));
    }
}

/// A desk in a new data folder, and somebody of each role, signed in.
pub(super) struct House {
    _folder: tempfile::TempDir,
    pub(super) site: Site,
    pub(super) context: Context,
    pub(super) pool: Arc<Shell>,
}

fn random(bytes: &mut [u8; 32]) -> Result<(), String> {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    Ok(())
}

pub(super) fn now() -> forewarn_app::model::Timestamp {
    "2024-03-01T10:00:00Z".parse().unwrap()
}

pub(super) fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    Workspace::open(folder.path()).unwrap();
    let context = Context {
        now: now(),
        actor: "local".into(),
        clearance: Clearance::ALL,
        rights: Rights::all(),
        random,
        passphrase: Arc::new(|_| Err("a test has none".into())),
    };
    let options = Options {
        access: Access::SignIn,
        tls: false,
        behind_proxy: false,
        strangers: Default::default(),
        provider: None,
        courier: None,
        context: context.clone(),
        clock: now,
        readers_count_max: 2,
        body_bytes_max: 1_000_000,
        answer_ms_max: 60_000,
        api_minute_count_max: 100_000,
    };
    let pool = Pool::open(folder.path(), pool::Limits::default()).unwrap();
    let shell = Arc::new(Shell::new(pool, desk(Limits::default()), options).unwrap());
    House { _folder: folder, site: Site::new(Arc::clone(&shell)), context, pool: shell }
}

impl House {
    /// The session of a new user with these roles.
    fn enter(&self, name: &str, roles: &[Role]) -> String {
        self.enter_as(&User {
            name: name.parse().unwrap(),
            shown: "Somebody".into(),
            organisation: String::new(),
            roles: roles.to_vec(),
            clearance: Tlp::Amber,
            organisations: Vec::new(),
            locale: None,
            active: true,
            created: now(),
        })
    }

    /// The session of this new user.
    pub(super) fn enter_as(&self, user: &User) -> String {
        let name = user.name.as_str();
        let password = Password::new("violet-anchor-mosaic-tundra");
        let attempt = Attempt { name, password: &password, code: None, agent: "", address: "" };
        let signed = self.pool.pool.with(|workspace| {
            user::add(workspace, &self.context, user, &password)?;
            user::sign_in(workspace, &self.context, &attempt)
        });
        match signed.unwrap() {
            SignIn::In { token, .. } => format!("forewarn_session={token}"),
            other => panic!("{other:?}"),
        }
    }

    fn status(&self, method: &Method, path: &str, cookie: &str) -> u16 {
        // Names in a path: of nothing that exists.
        let path: String = path
            .split('/')
            .map(|part| if part.starts_with('{') { "x1" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "desk.example")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let router = self.site.clone().router();
        runtime.block_on(async {
            router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status().as_u16()
        })
    }
}

#[test]
fn nobody_gets_anything_without_a_session_and_a_role() {
    let house = house();
    let idle = house.enter("idle", &[]);
    let routes = routes();
    assert!(routes.len() > 30, "the sources name more routes than {}", routes.len());
    let mut open = Vec::new();
    for (path, method) in routes.iter().flat_map(|(path, methods)| methods.iter().map(move |one| (path, one)))
    {
        let stranger = house.status(method, path, "");
        if PUBLIC.contains(&path.as_str()) {
            // A sign-in that fails is refused too, by the page itself.
            if stranger == 401 && !path.starts_with("/sign-in") {
                open.push(format!("{method} {path} is for everybody, and closed"));
            }
            continue;
        }
        let forged =
            house.status(method, path, "forewarn_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        // Who exchanges brings a token in the question itself; who has none is turned away there.
        let closed =
            |status: u16| [401, 404].contains(&status) || (path.starts_with("/share") && status >= 400);
        for status in [stranger, forged].into_iter().filter(|status| !closed(*status)) {
            open.push(format!("{method} {path} for a stranger: {status}"));
        }
        let role = if OWN.contains(&path.as_str()) { 400 } else { house.status(method, path, &idle) };
        // The first page leads who may not look to the account.
        if role < 400 && !(path == "/" && role == 303) {
            open.push(format!("{method} {path} for who has no role: {role}"));
        }
    }
    assert!(open.is_empty(), "{open:#?}");
}

#[test]
fn each_role_comes_where_its_rights_lead() {
    let house = house();
    let everyone: Vec<(&str, Rights, String)> = Role::ALL
        .iter()
        .map(|role| (role.as_str(), role.rights(), house.enter(role.as_str(), &[*role])))
        .collect();
    let known = routes();
    for (method, path, rights) in TABLE {
        assert!(known.contains_key(*path), "{path} is in the table and in no source");
        let method: Method = method.parse().unwrap();
        for (role, held, cookie) in &everyone {
            let may = rights.iter().any(|right| held.has(*right));
            let status = house.status(&method, path, cookie);
            let kept_out = [401, 403].contains(&status) || (!may && status == 404);
            assert_eq!(kept_out, !may, "{role} at {method} {path}: {status}");
            let lost = may && status == 404 && !path.contains('{');
            assert!(!lost, "{method} {path} is in a source and in no router");
            assert!(status < 500, "{role} at {method} {path}: {status}");
        }
    }
}
