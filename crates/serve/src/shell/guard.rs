//! What holds for every request and every answer: no other site acts for the reader, no frame, no foreign
//! script; an error is a page for a person and a problem for a program.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use askama::Template as _;
use forewarn_app::model::Language;

use super::error::{Told, wants_page};
use super::session::{by_headers, page_language};
use super::{Access, Door, Fact, Frame, PageError, Shared};

/// The policy of the pages: nothing but what this server sends, no script in a page, in no foreign frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; \
                      style-src 'self'; img-src 'self' data: blob:; frame-src 'self'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'self'";

/// How much of what was asked for an error page repeats, in characters.
const FACT_CHARS_MAX: usize = 100;

/// Names under which a machine calls itself.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Guards the desk: refuses what another site sends in the reader's name (by `Sec-Fetch-Site`, else `Origin`),
/// and makes pages of errors.
pub(crate) async fn guard(State(shell): State<Shared>, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let page = wants_page(request.headers()) && !request.headers().contains_key("hx-request");
    let htmx = request.headers().contains_key("hx-request");
    let headers = request.headers().clone();
    let refused = check(&shell, &method, request.headers());
    let mut response = match refused {
        Some(error) => error.into_response(),
        None => next.run(request).await,
    };
    let error = response.extensions_mut().remove::<PageError>().or_else(|| bare(&response).filter(|_| page));
    let Some(error) = error else { return response };
    if error.status == StatusCode::UNAUTHORIZED && (page || htmx) {
        return to_sign_in(&uri, htmx);
    }
    if !page {
        return response;
    }
    let mut answer = super::html_answer(error.status, error_page(&shell, &headers, &error).await);
    // When to come again is for browsers too.
    for name in ["retry-after", "ratelimit", "ratelimit-policy"] {
        if let Some(value) = response.headers().get(name) {
            answer.headers_mut().insert(header::HeaderName::from_static(name), value.clone());
        }
    }
    answer
}

/// A refusal that does not come from a page but from what reads requests for it: a form that lacks a field, a body that is
/// too large, a way of asking that an address does not know.
fn bare(response: &Response) -> Option<PageError> {
    let status = response.status();
    let media_type = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let plain = media_type.is_none_or(|media_type| media_type.starts_with("text/plain"));
    let refused = (status.is_client_error() || status.is_server_error()) && plain;
    refused.then(|| PageError::new(status, String::new()).told(Told::Status))
}

/// Sets what every answer has; what an answer set itself stays.
pub(crate) async fn harden(mut response: Response) -> Response {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

fn check(shell: &Shared, method: &Method, headers: &HeaderMap) -> Option<PageError> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text("host").unwrap_or_default();
    if shell.options.access == Access::Local {
        // A name of somebody else that resolves to this machine must not reach it.
        let name =
            host.rsplit_once(':').map_or(host, |(name, port)| if port.ends_with(']') { host } else { name });
        if !LOOPBACK.contains(&name) {
            let what = format!("host {host:?}: without sign-in only this machine is answered, as localhost");
            return Some(PageError::new(StatusCode::MISDIRECTED_REQUEST, what).told(Told::Status));
        }
    }
    if method.is_safe() || headers.contains_key(header::AUTHORIZATION) {
        return None;
    }
    let same = match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        // No browser: it has no cookies that it did not mean to send.
        (None, None) => true,
    };
    let what = "the request comes from another site: open the page itself and try again";
    (!same).then(|| PageError::new(StatusCode::FORBIDDEN, what).told(Told::Plain("other-site")))
}

fn to_sign_in(uri: &Uri, htmx: bool) -> Response {
    let next: String =
        form_urlencoded::byte_serialize(uri.path_and_query().map_or("/", |path| path.as_str()).as_bytes())
            .collect();
    let address = format!("/sign-in?next={next}");
    if !htmx {
        return Redirect::to(&address).into_response();
    }
    let mut response = StatusCode::UNAUTHORIZED.into_response();
    if let Ok(address) = HeaderValue::from_str("/sign-in") {
        response.headers_mut().insert("hx-redirect", address);
    }
    response
}

/// What an error page says.
struct Says {
    title: String,
    /// What is wrong, in the language of the page; empty if only the English words say it.
    told: String,
    remedy: String,
    /// What is wrong, in English; empty if that would say nothing more.
    english: String,
    status: u16,
}

impl Says {
    fn new(shell: &Shared, language: Language, error: &PageError) -> Self {
        let say = |message: &str, facts: &[(&str, Fact)]| shell.words().say(language, message, facts);
        // What has no words of its own is told as its class.
        let known = |list: &str| {
            let class = if error.status.is_client_error() { "400" } else { "500" };
            let own = shell.words().find(language, &format!("{list}-{}", error.status.as_u16()), &[]);
            own.unwrap_or_else(|| say(&format!("{list}-{class}"), &[]))
        };
        let message = |name: &str, fact: &str, value: &str| {
            let value: String = value.chars().take(FACT_CHARS_MAX).collect();
            say(&format!("error-{name}"), &[(fact, value.into())])
        };
        let (told, english) = match &error.told {
            Told::English => (String::new(), error.what.clone()),
            Told::Here => (error.what.clone(), String::new()),
            Told::Plain(name) => (say(&format!("error-{name}"), &[]), String::new()),
            Told::Message(name, fact, value) => (message(name, fact, value), String::new()),
            Told::Both(name, fact, value) => (message(name, fact, value), error.what.clone()),
            Told::Status => (String::new(), String::new()),
        };
        let status = error.status.as_u16();
        Self { title: known("error"), told, remedy: known("error-remedy"), english, status }
    }
}

/// Within the desk, for somebody who is signed in.
#[derive(askama::Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    says: Says,
}

/// For everybody else.
#[derive(askama::Template)]
#[template(path = "error_door.html")]
struct ErrorDoor {
    door: Door,
    says: Says,
}

async fn error_page(shell: &Shared, headers: &HeaderMap, error: &PageError) -> String {
    // Where the store is what fails, nobody is looked up in it; and who comes from elsewhere is nobody.
    let here = error.status.is_client_error() && error.status != StatusCode::MISDIRECTED_REQUEST;
    let who = if here { by_headers(headers, shell).await } else { None };
    let html = match who {
        Some(who) => {
            let says = Says::new(shell, who.language, error);
            let frame = Frame::new(shell, &who, "", "error-400").titled(says.title.clone());
            ErrorPage { frame, says }.render()
        }
        None => {
            let mut door = Door::new(shell, headers, "error-400");
            let says = Says::new(shell, page_language(headers), error);
            door.title.clone_from(&says.title);
            ErrorDoor { door, says }.render()
        }
    };
    html.unwrap_or_else(|_| error.what.clone())
}
