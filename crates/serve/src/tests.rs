//! The routes, asked as browsers and programs ask them.

pub(crate) mod matrix;
mod owners;

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use forewarn_app::Engine;
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use super::*;

const LURE: &str = "Customer service in Poipet, Cambodia: 3,500 USD, no experience. We pay the flight, your \
                    passport is kept by the company. Telegram only. Start this week!";

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: String,
}

/// Loading an engine takes seconds in a debug build: tests with the usual limits share one.
static USUAL: LazyLock<Arc<Desk>> = LazyLock::new(|| load(Limits::default()));

fn load(limits: Limits) -> Arc<Desk> {
    Arc::new(Desk::new(Box::new(|| Engine::builtin().map_err(|error| error.to_string())), limits).unwrap())
}

fn desk(limits: Limits) -> Arc<Desk> {
    if limits == Limits::default() { Arc::clone(&USUAL) } else { load(limits) }
}

fn site(limits: Limits) -> Site {
    Site::check_only(desk(limits), StrangerLimits::default(), false, forewarn_app::model::Timestamp::default)
}

fn ask(site: Site, request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let response = site.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let (status, headers) = (parts.status.as_u16(), parts.headers);
        Answer { status, headers, body: String::from_utf8(body.to_vec()).unwrap() }
    })
}

fn get_page(path: &str, accept: &str) -> Answer {
    let request = Request::builder().uri(path).header(header::ACCEPT_LANGUAGE, accept);
    ask(site(Limits::default()), request.body(Body::empty()).unwrap())
}

fn post_form(path: &str, fields: &[(&str, &str)]) -> Answer {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    ask(site(Limits::default()), request.body(Body::from(body)).unwrap())
}

fn post_json(body: &str) -> (Answer, Value) {
    let request =
        Request::post("/api/v1/check").header(header::CONTENT_TYPE, "application/json; charset=utf-8");
    let answer = ask(site(Limits::default()), request.body(Body::from(body.to_owned())).unwrap());
    let told = serde_json::from_str(&answer.body).unwrap();
    (answer, told)
}

#[track_caller]
fn check(path: &str, status: u16, part: &str) {
    let answer = get_page(path, "");
    assert_eq!(answer.status, status, "{path}");
    assert!(answer.body.contains(part), "{path}: {}", answer.body);
    let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
    assert!(!answer.headers.contains_key(header::SET_COOKIE));
}

#[test]
fn answers_with_a_strict_policy_and_no_cookie() {
    check(&shell::sheet(), 200, "--warning");
    check(&shell::address("check.css"), 200, "--warning");
    check("/assets/style-0000.css", 404, "no such file");
    check("/assets/..%2f..%2fetc%2fpasswd", 404, "no such file");
    check("/nothing", 404, "no such page");
    check("/healthz", 200, "ok");
    check("/check", 200, "Check a job offer");
}

#[test]
fn browsers_are_told_to_stay_on_tls_only_where_they_come_by_it() {
    let told = |site: Site| {
        let request = Request::get("/healthz").body(Body::empty()).unwrap();
        ask(site, request).headers.get(header::STRICT_TRANSPORT_SECURITY).cloned()
    };
    let site = || site(Limits::default());
    assert_eq!(told(site()), None);
    assert_eq!(told(site().with_hsts(15_552_000)).unwrap(), "max-age=15552000");
    assert_eq!(told(site().with_hsts(0)).unwrap(), "max-age=0");
}

#[test]
fn without_a_situation_the_front_leads_to_the_check() {
    let request = Request::builder().uri("/").body(Body::empty()).unwrap();
    let answer = ask(site(Limits::default()), request);
    assert_eq!((answer.status, answer.headers[header::LOCATION].to_str().unwrap()), (307, "/check"));
}

#[test]
fn the_page_speaks_the_language_of_its_address_or_of_the_browser() {
    for (path, accept, expected) in [
        ("/check?lang=fr", "ar", "<html lang=\"fr\" dir=\"ltr\">"),
        ("/check", "xx, ar;q=0.9", "<html lang=\"ar\" dir=\"rtl\">"),
        ("/check?lang=%00%ff", "es", "<html lang=\"es\" dir=\"ltr\">"),
        ("/check?lang=fr&lang=es", "es", "<html lang=\"fr\" dir=\"ltr\">"),
        ("/check", "", "<html lang=\"en\" dir=\"ltr\">"),
    ] {
        let answer = get_page(path, accept);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.contains(expected), "{path} {accept}");
        assert_eq!(answer.headers[header::VARY], "Accept-Language");
        assert!(answer.body.len() < 60_000, "{path}: {} bytes", answer.body.len());
    }
}

#[test]
fn who_is_held_is_first_told_what_to_do_there() {
    let plea =
        "Estoy en KK Park, me quitaron el pasaporte y me golpean, quieren 5000 dólares para dejarme ir";
    let body = post_form("/check", &[("text", plea), ("answer", "en")]).body;
    let at = |part: &str| body.find(part).unwrap_or_else(|| panic!("{part} is not in {body}"));
    assert!(at("someone is being held") < at("If you are already there"));
    assert!(at("id=\"there\"") < at("id=\"help\"") && at("id=\"help\"") < at("<mark>"));
    for part in ["What to ask", "Before you travel", "Do not travel", "much higher than usual"] {
        assert!(!body.contains(part), "{part}: {body}");
    }
    let (_, told) = post_json(&serde_json::json!({ "text": plea }).to_string());
    assert_eq!(told["advice"]["situation"], "held");
    assert!(told["advice"]["before_travel"].as_array().unwrap().is_empty());
    assert_eq!(told["advice"]["if_already_there"].as_array().unwrap().len(), 6);
}

#[test]
fn what_is_too_short_gets_no_verdict() {
    for text in ["hello", "😀😀😀"] {
        let body = post_form("/check", &[("text", text), ("answer", "fr")]).body;
        assert!(body.contains("trop court pour juger") && body.contains("verdict-short"), "{body}");
        assert!(!body.contains("Aucun signe"), "{body}");
    }
}

#[test]
fn a_pasted_lure_is_answered_with_marks_questions_and_help() {
    let answer = post_form("/check", &[("text", LURE), ("country", "IN")]);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    for part in ["strong warning signs", "<mark>", "href=\"tel:117\"", "What to ask", "href=\"#sign-1\""] {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
    assert!(answer.body.len() < 60_000, "{} bytes", answer.body.len());
}

#[test]
fn the_answer_is_in_the_offers_language_unless_another_is_asked_for() {
    let offer = "Empresa busca personal para Camboya, 3000 dólares al mes, sin experiencia, pasaje pagado, \
                 escribir por Telegram hoy mismo.";
    assert!(post_form("/check?lang=en", &[("text", offer)]).body.contains("<html lang=\"es\""));
    let fields = [("text", offer), ("answer", "fr")];
    assert!(post_form("/check?lang=en", &fields).body.contains("<html lang=\"fr\""));
}

#[test]
fn what_is_pasted_never_becomes_markup() {
    let text = "<script>alert(1)</script><img src=x onerror=y> \"' & work in Cambodia, passport is kept";
    let body = post_form("/check", &[("text", text), ("answer", "\"><b>"), ("country", "<i>")]).body;
    assert!(!body.contains("<script") && !body.contains("<img") && !body.contains("<b>"), "{body}");
}

#[test]
fn refuses_kindly() {
    let long = "a".repeat(70_000);
    let longer = "a".repeat(400_000);
    for (text, status, part) in [
        ("", 422, "no text to check"),
        (" \n\t ", 422, "no text to check"),
        (long.as_str(), 413, "at most 64 kilobytes"),
        (longer.as_str(), 413, "at most 64 kilobytes"),
    ] {
        let answer = post_form("/check", &[("text", text)]);
        assert_eq!(answer.status, status);
        assert!(answer.body.contains(part) && answer.body.contains("<form"), "{}", answer.body);
        assert!(answer.body.len() < 60_000);
    }
}

#[test]
fn a_full_queue_asks_to_come_again() {
    let limits = Limits { waiting_count_max: 0, ..Limits::default() };
    let request = Request::post("/check").body(Body::from("text=hello")).unwrap();
    let answer = ask(site(limits), request);
    assert_eq!((answer.status, answer.headers[header::RETRY_AFTER].to_str().unwrap()), (503, "2"));
    let request = Request::post("/api/v1/check").header(header::CONTENT_TYPE, "application/json");
    let answer = ask(site(limits), request.body(Body::from(r#"{"text":"hello"}"#)).unwrap());
    assert_eq!((answer.status, answer.headers[header::RETRY_AFTER].to_str().unwrap()), (503, "2"));
}

#[test]
fn an_address_has_its_share_of_the_check() {
    let limits = StrangerLimits { check_minute_count_max: 2, ..StrangerLimits::default() };
    let site = Site::check_only(desk(Limits::default()), limits, false, Default::default);
    let send = |from: &str, method: &str, path: &str, body: &'static str| {
        let peer = shell::session::Peer::of(format!("{from}:9").parse().unwrap());
        let request = Request::builder().method(method).uri(path);
        let request =
            request.header(header::CONTENT_TYPE, "application/json").header("accept-language", "es");
        let request = request.extension(axum::extract::ConnectInfo(peer));
        ask(site.clone(), request.body(Body::from(body)).unwrap())
    };
    assert_eq!(send("192.0.2.1", "GET", "/check", "").headers["ratelimit"], "\"minute\";r=1;t=60");
    assert_eq!(send("192.0.2.1", "POST", "/api/v1/check", r#"{"text":"hello"}"#).status, 200);
    let page = send("192.0.2.1", "GET", "/check", "");
    assert_eq!((page.status, page.headers[header::RETRY_AFTER].to_str().unwrap()), (429, "60"));
    assert!(page.body.contains("<html lang=\"es\"") && page.body.contains("<form"), "{}", page.body);
    let told = send("192.0.2.1", "POST", "/api/v1/check", r#"{"text":"hello"}"#);
    assert_eq!(
        (told.status, told.headers[header::CONTENT_TYPE].to_str().unwrap()),
        (429, "application/problem+json")
    );
    assert_eq!(send("192.0.2.2", "GET", "/check", "").status, 200);
    assert_eq!(send("192.0.2.1", "GET", "/healthz", "").status, 200);
}

#[test]
fn the_api_says_what_the_command_says() {
    let body = serde_json::json!({ "text": LURE, "answer_lang": "es", "country": "ke" }).to_string();
    let (answer, told) = post_json(&body);
    assert_eq!(answer.status, 200);
    assert_eq!(told["verdict"], "strong_signs");
    assert_eq!(told["advice"]["language"], "es");
    assert_eq!(told["language"], "en");
    let kinds: Vec<&str> =
        told["advice"]["help"].as_array().unwrap().iter().map(|g| g["place"].as_str().unwrap()).collect();
    assert_eq!(kinds[..2], ["place", "home"]);
    for entry in told["advice"]["help"][0]["entries"].as_array().unwrap() {
        assert!(entry["source"].as_str().unwrap().starts_with("http") && entry["checked"].is_string());
    }
}

#[test]
fn the_api_tells_problems_without_quoting_the_text() {
    let long = serde_json::json!({ "text": "a".repeat(70_000) }).to_string();
    for (body, status, part) in [
        ("", 400, "no JSON"),
        ("{\"text\": 7}", 400, "line 1"),
        ("{\"text\": \"secret words\", \"other\": 1}", 400, "does not have the form"),
        ("{\"text\": \"\\ud800\"}", 400, "no JSON"),
        ("{\"text\": \" \"}", 422, "no text"),
        ("{\"text\": \"secret words\", \"lang\": \"english\"}", 422, "BCP 47"),
        ("{\"text\": \"secret words\", \"country\": \"Kenya\"}", 422, "ISO 3166-1"),
        (long.as_str(), 413, "65536 bytes"),
    ] {
        let (answer, told) = post_json(body);
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(told["status"], status);
        assert!(told["detail"].as_str().unwrap().contains(part), "{told}");
        assert!(!answer.body.contains("secret"), "{told}");
    }
    let request = Request::builder().uri("/api/v1/check").body(Body::empty()).unwrap();
    assert_eq!(ask(site(Limits::default()), request).status, 405);
    let request = Request::post("/api/v1/check").body(Body::from("text=x")).unwrap();
    assert_eq!(ask(site(Limits::default()), request).status, 415);
}

#[test]
fn the_old_engine_stays_when_the_new_one_does_not_load() {
    let times = std::sync::atomic::AtomicUsize::new(0);
    let load: Load = Box::new(move || match times.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
        0 | 2 => Engine::builtin().map_err(|error| error.to_string()),
        _ => Err("pack.toml: line 3: no such pattern".to_owned()),
    });
    let desk = Desk::new(load, Limits::default()).unwrap();
    let before = desk.parts();
    assert!(desk.reload().unwrap_err().contains("line 3"));
    assert!(Arc::ptr_eq(&before, &desk.parts()));
    assert_eq!(desk.reload().unwrap(), before.engine.version());
    assert!(!Arc::ptr_eq(&before, &desk.parts()));
}
