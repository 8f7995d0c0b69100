//! What holds for every request and every answer: no other site acts for the reader, no frame, no foreign
//! script; an error is a page for a person and a problem for a program.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::error::wants_page;
use super::session::page_language;
use super::{Access, PageError, Shared};

/// The policy of the pages: nothing but what this server sends, no script in a page, in no foreign frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; \
                      style-src 'self'; img-src 'self' data: blob:; frame-src 'self'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'self'";

/// Names under which a machine calls itself.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Guards the desk: refuses what another site sends in the reader's name (by `Sec-Fetch-Site`, else `Origin`),
/// and makes pages of errors.
pub(crate) async fn guard(State(shell): State<Shared>, request: Request, next: Next) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let page = wants_page(request.headers()) && !request.headers().contains_key("hx-request");
    let htmx = request.headers().contains_key("hx-request");
    let language = page_language(request.headers());
    let refused = check(&shell, &method, request.headers());
    let mut response = match refused {
        Some(error) => error.into_response(),
        None => next.run(request).await,
    };
    let Some(error) = response.extensions_mut().remove::<PageError>() else { return response };
    if error.status == StatusCode::UNAUTHORIZED && (page || htmx) {
        return to_sign_in(&uri, htmx);
    }
    if !page {
        return response;
    }
    let mut answer = super::html_answer(error.status, error_page(&shell, language, &error));
    // When to come again is for browsers too.
    for name in ["retry-after", "ratelimit", "ratelimit-policy"] {
        if let Some(value) = response.headers().get(name) {
            answer.headers_mut().insert(header::HeaderName::from_static(name), value.clone());
        }
    }
    answer
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
            return Some(PageError::new(StatusCode::MISDIRECTED_REQUEST, what));
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
    (!same).then(|| PageError::new(StatusCode::FORBIDDEN, what))
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

#[derive(askama::Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    lang: String,
    dir: &'static str,
    sheet: String,
    title: String,
    status: u16,
    what: &'a str,
    back: String,
}

fn error_page(shell: &Shared, language: forewarn_app::model::Language, error: &PageError) -> String {
    let say = |message: &str| shell.words().say(language, message, &[]);
    let page = ErrorPage {
        lang: language.to_string(),
        dir: if language.is_right_to_left() { "rtl" } else { "ltr" },
        sheet: super::sheet(),
        title: say(&format!("error-{}", error.status.as_u16())),
        status: error.status.as_u16(),
        what: &error.what,
        back: say("error-back"),
    };
    askama::Template::render(&page).unwrap_or_else(|_| error.what.clone())
}
