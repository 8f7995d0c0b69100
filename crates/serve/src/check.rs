//! The page for job seekers, `/check`, and the same as JSON, `/api/v1/check`.
//!
//! Nothing of a request is stored, logged or put into a cookie or an address: the text comes in a form's
//! body and goes out in the answer.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use forewarn_app::advice::Catalogue;
use forewarn_app::model::{Country, Language};
use forewarn_app::report::check::advise;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::check_page::{self, Form};
use crate::desk::{Desk, NoAnswer, Words};
use crate::language;

/// A form's body is percent-encoded, which makes three bytes of one at most; and it has other fields.
const ENCODED_TIMES: usize = 3;
/// JSON writes a character of one byte as `\u0000` at most.
const ESCAPED_TIMES: usize = 6;
/// Room for the other fields.
const FIELDS_BYTES: usize = 1_024;

/// When who found the queue full may come again, in seconds.
const RETRY_SECONDS: &str = "2";

pub(crate) fn routes(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/check", get(blank).post(checked))
        .route("/api/v1/check", post(api).fallback(api_method))
        .with_state(desk)
}

/// Puts a refusal that came before the page was asked into the page's words; the API has its own.
pub(crate) async fn tell(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    let page = !request.uri().path().starts_with("/api/");
    let (address, headers) = (request.uri().query().map(str::to_owned), request.headers().clone());
    let response = next.run(request).await;
    if !page || response.status() != StatusCode::TOO_MANY_REQUESTS {
        return response;
    }
    let parts = desk.parts();
    let words = page_words(desk.words(), address, &headers);
    let told = words.say("error-busy", &[]);
    let blank = check_page::blank(&parts, words, &Form::default(), Some(told));
    let mut answer = html(StatusCode::TOO_MANY_REQUESTS, blank, "no-store");
    let kept = ["retry-after", "ratelimit", "ratelimit-policy"];
    for (name, value) in response.headers().iter().filter(|(name, _)| kept.contains(&name.as_str())) {
        answer.headers_mut().insert(name.clone(), value.clone());
    }
    answer
}

async fn blank(State(desk): State<Arc<Desk>>, RawQuery(address): RawQuery, headers: HeaderMap) -> Response {
    let page = page_words(desk.words(), address, &headers);
    let parts = desk.parts();
    html(StatusCode::OK, check_page::blank(&parts, page, &Form::default(), None), "no-cache")
}

async fn checked(
    State(desk): State<Arc<Desk>>,
    RawQuery(address): RawQuery,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let page = page_words(desk.words(), address, &headers).language();
    let limit = desk.limits.text_bytes_max;
    let refused = |status: StatusCode, message: &'static str, form: Form| {
        let parts = desk.parts();
        let words = parts.words.catalogues.choose([page]);
        let count = (limit / 1_024).to_string();
        let told = words.say(message, &[("count", &count)]);
        let mut response = html(status, check_page::blank(&parts, words, &form, Some(told)), "no-store");
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
        }
        response
    };
    let form = match body(request.into_body(), limit * ENCODED_TIMES + FIELDS_BYTES).await {
        Ok(bytes) => Form::read(&bytes),
        Err(Unread::TooLong) => {
            return refused(StatusCode::PAYLOAD_TOO_LARGE, "error-too-long", Form::default());
        }
        Err(Unread::Broken) => return refused(StatusCode::BAD_REQUEST, "error-not-text", Form::default()),
    };
    if form.text.trim().is_empty() {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, "error-empty", form);
    }
    if form.text.len() > limit {
        // The text is not sent back: who pasted a whole site would have to delete it by hand.
        let form = Form { text: String::new(), ..form };
        return refused(StatusCode::PAYLOAD_TOO_LARGE, "error-too-long", form);
    }
    let kept = form.clone();
    let done = desk.run(move |parts| {
        let words = &parts.words;
        let choose = |offer: Language| words.catalogues.choose([form.answer.unwrap_or(offer), page]);
        let answer = advise(&parts.engine, &words.directory, &form.text, None, form.country, choose)?;
        Some(check_page::answered(parts, &answer, &form))
    });
    match done.await {
        Ok(Some(page)) => html(StatusCode::OK, page, "no-store"),
        Err(NoAnswer::Busy) => refused(StatusCode::SERVICE_UNAVAILABLE, "error-busy", kept),
        Ok(None) | Err(NoAnswer::Failed) => refused(StatusCode::INTERNAL_SERVER_ERROR, "error-failed", kept),
    }
}

/// The words of a page: of the language that its address names, else of the browser's.
fn page_words<'a>(words: &'a Words, address: Option<String>, headers: &HeaderMap) -> &'a Catalogue {
    let address = address.unwrap_or_default();
    let mut fields = form_urlencoded::parse(address.as_bytes());
    let named = fields.find(|(name, _)| name == "lang").and_then(|(_, tag)| tag.parse().ok());
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    words.catalogues.choose(named.into_iter().chain(language::preferred(header.unwrap_or_default())))
}

fn html(status: StatusCode, page: Result<String, askama::Error>, cache: &'static str) -> Response {
    match page {
        Ok(page) => {
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CACHE_CONTROL, cache),
                (header::VARY, "Accept-Language"),
            ];
            (status, headers, page).into_response()
        }
        Err(error) => {
            tracing::error!("make the page of /check: {error}");
            (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.\n").into_response()
        }
    }
}

/// Why a body was not read.
enum Unread {
    TooLong,
    Broken,
}

async fn body(body: Body, bytes_max: usize) -> Result<Bytes, Unread> {
    to_bytes(body, bytes_max).await.map_err(|error| {
        let limit =
            std::error::Error::source(&error).is_some_and(|source| source.to_string().contains("limit"));
        if limit { Unread::TooLong } else { Unread::Broken }
    })
}

/// What the API takes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    /// The offer.
    text: String,
    /// Its language, where that is known.
    lang: Option<String>,
    /// The language of the answer.
    answer_lang: Option<String>,
    /// The reader's country.
    country: Option<String>,
}

async fn api(State(desk): State<Arc<Desk>>, headers: HeaderMap, request: Request) -> Response {
    let limit = desk.limits.text_bytes_max;
    let json_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|value| {
            value.split(';').next().is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"))
        });
    if !json_type {
        let detail = "send the offer as JSON, with Content-Type: application/json".to_owned();
        return problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail);
    }
    let too_long = || {
        let detail = format!("the text is longer than {limit} bytes: send only the offer itself");
        problem(StatusCode::PAYLOAD_TOO_LARGE, "too-long", detail)
    };
    let bytes = match body(request.into_body(), limit * ESCAPED_TIMES + FIELDS_BYTES).await {
        Ok(bytes) => bytes,
        Err(Unread::TooLong) => return too_long(),
        Err(Unread::Broken) => {
            return problem(StatusCode::BAD_REQUEST, "unreadable", "the body could not be read".to_owned());
        }
    };
    let ask: Ask = match serde_json::from_slice(&bytes) {
        Ok(ask) => ask,
        Err(error) => {
            // The message of the parser may quote the text; its place says enough.
            let (line, column) = (error.line(), error.column());
            let why = if error.is_data() { "does not have the form" } else { "is no JSON that has the form" };
            let detail = format!(
                "the body {why} {{\"text\": …, \"lang\"?: …, \"answer_lang\"?: …, \"country\"?: …}}: line {line}, \
                 column {column}"
            );
            return problem(StatusCode::BAD_REQUEST, "not-understood", detail);
        }
    };
    if ask.text.len() > limit {
        return too_long();
    }
    if ask.text.trim().is_empty() {
        return problem(StatusCode::UNPROCESSABLE_ENTITY, "empty", "there is no text to check".to_owned());
    }
    let (lang, answer, country) = match (tag(ask.lang), tag(ask.answer_lang), country(ask.country)) {
        (Ok(lang), Ok(answer), Ok(country)) => (lang, answer, country),
        (Err(detail), ..) | (_, Err(detail), _) | (.., Err(detail)) => {
            return problem(StatusCode::UNPROCESSABLE_ENTITY, "not-understood", detail);
        }
    };
    let done = desk.run(move |parts| {
        let words = &parts.words;
        let choose = |offer: Language| words.catalogues.choose([answer.unwrap_or(offer)]);
        let answer = advise(&parts.engine, &words.directory, &ask.text, lang, country, choose)?;
        Some(answer.json().to_string())
    });
    match done.await {
        Ok(Some(told)) => {
            let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
            (headers, told).into_response()
        }
        Err(NoAnswer::Busy) => {
            let detail = format!("too many offers are being checked: try again in {RETRY_SECONDS} seconds");
            let mut response = problem(StatusCode::SERVICE_UNAVAILABLE, "busy", detail);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
            response
        }
        Ok(None) | Err(NoAnswer::Failed) => {
            let detail = "the text could not be assessed: a defect of this service".to_owned();
            problem(StatusCode::INTERNAL_SERVER_ERROR, "failed", detail)
        }
    }
}

async fn api_method() -> Response {
    let detail = "this address takes POST only".to_owned();
    let mut response = problem(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", detail);
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

fn tag(text: Option<String>) -> Result<Option<Language>, String> {
    text.map(|text| text.parse().map_err(|error| format!("{error}"))).transpose()
}

fn country(text: Option<String>) -> Result<Option<Country>, String> {
    text.map(|text| text.to_ascii_uppercase().parse().map_err(|error| format!("{error}"))).transpose()
}

/// An error as a problem document (RFC 9457).
fn problem(status: StatusCode, kind: &str, detail: String) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let told: Value = json!({
        "type": format!("urn:forewarn:problem:{kind}"),
        "title": title,
        "status": status.as_u16(),
        "detail": detail,
    });
    let headers = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, told.to_string()).into_response()
}
