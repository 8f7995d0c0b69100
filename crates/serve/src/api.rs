//! The API, `/api/v1`: what the pages do, for programs.
//!
//! One table names every operation, with its parameters and what it does; the routes, the checks of what comes in
//! and the OpenAPI document (`/api/v1/openapi.json`) are made from it, so that they cannot differ. An operation
//! asks `app` and nothing else; rights are checked there.
//!
//! Errors are problem documents (RFC 9457). Lists go page by page, with a cursor. Everybody has an allowance of
//! requests a minute. A request that changes something may carry an `Idempotency-Key`: sent again, it acts once.

mod alarms;
mod ask;
mod campaigns;
mod claims;
mod document;
mod drafts;
mod exchange;
mod extracts;
mod incidents;
mod limit;
mod members;
mod network;
mod notices;
mod people;
mod received;
mod reports;
mod rules;
mod sharing;
mod situation;
mod table;
mod users;
mod views;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, get, on};
use forewarn_app::model::Timestamp;
use forewarn_app::store::RequestBegun;
use forewarn_app::{Context, Workspace};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use ask::{Ask, Param};
pub use document::openapi;
pub(crate) use limit::{Allowance, Limiter};

use crate::shell::{PageError, Shared, Shell, Signed};

/// How long the answer to a request with a key is kept, in seconds.
const KEPT_S: i64 = 24 * 60 * 60;

/// The longest key, in characters.
const KEY_CHARS_MAX: usize = 255;

/// An operation.
pub(crate) struct Endpoint {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub(crate) method: &'static str,
    /// The path below `/api/v1`.
    pub(crate) path: &'static str,
    /// Its name in the document: one word for each program that is made from it.
    pub(crate) name: &'static str,
    /// What it does, in a line.
    pub(crate) told: &'static str,
    /// The right that it takes.
    pub(crate) right: &'static str,
    /// What it is asked with.
    pub(crate) params: &'static [Param],
    /// What comes back.
    pub(crate) gives: Gives,
    /// How it is done.
    pub(crate) run: Run,
}

/// The shape of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gives {
    /// One thing.
    One,
    /// A page of things, with a cursor.
    Page,
    /// One thing that was made.
    Made,
    /// Lines of JSON.
    Lines,
    /// One thing that was made, with a secret that is shown once and never again.
    Secret,
    /// A signed document.
    Document,
    /// A file of one of these media types.
    File(&'static [&'static str]),
}

/// A reading of one thing, for tables to say only what is different.
pub(crate) const GET: Endpoint = Endpoint {
    method: "GET",
    path: "",
    name: "",
    told: "",
    right: "look",
    params: &[],
    gives: Gives::One,
    run: Run::Stream,
};

/// A change, likewise.
pub(crate) const POST: Endpoint = Endpoint { method: "POST", ..GET };
pub(crate) const PUT: Endpoint = Endpoint { method: "PUT", ..GET };
pub(crate) const DELETE: Endpoint = Endpoint { method: "DELETE", ..GET };

/// How an operation is done.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    /// It reads.
    Read(Work),
    /// It changes something.
    Write(Work),
    /// It changes something, and computes for so long that it takes no turn among those who write.
    Long(Work),
    /// It changes something, and its body is lines of JSON.
    Take(fn(&mut Inside<'_>, &[u8]) -> Result<Answer, PageError>),
    /// It reads, and its answer is written piece by piece.
    Stream,
}

/// What an operation does.
pub(crate) type Work = fn(&mut Inside<'_>) -> Result<Answer, PageError>;

/// What an operation works with.
pub(crate) struct Inside<'a> {
    pub(crate) workspace: &'a mut Workspace,
    pub(crate) context: &'a Context,
    pub(crate) who: &'a Signed,
    pub(crate) shell: &'a Shell,
    pub(crate) ask: &'a Ask,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    status: u16,
    media: &'static str,
    body: Vec<u8>,
}

impl Answer {
    /// One thing.
    pub(crate) fn one(value: &Value) -> Self {
        Self { status: 200, media: JSON, body: value.to_string().into_bytes() }
    }

    /// One thing that was made.
    pub(crate) fn made(value: &Value) -> Self {
        Self { status: 201, ..Self::one(value) }
    }

    /// A page of things.
    pub(crate) fn page(items: Vec<Value>, next: Option<String>) -> Self {
        Self::one(&json!({ "items": items, "next": next }))
    }

    /// A page of a list that is whole, from an offset.
    pub(crate) fn part(items: Vec<Value>, ask: &Ask) -> Result<Self, PageError> {
        let (skip, count) = (ask.offset()?, ask.limit());
        let next = skip.saturating_add(count);
        let more = (items.len() > next).then(|| next.to_string());
        Ok(Self::page(items.into_iter().skip(skip).take(count).collect(), more))
    }

    /// Lines of JSON.
    pub(crate) fn lines(body: Vec<u8>) -> Self {
        Self { status: 200, media: LINES, body }
    }

    /// A table.
    pub(crate) fn table(body: Vec<u8>) -> Self {
        Self { status: 200, media: "text/csv; charset=utf-8", body }
    }

    /// A document as it was signed.
    pub(crate) fn document(body: Vec<u8>) -> Self {
        Self { status: 200, media: JSON, body }
    }

    /// A file.
    pub(crate) fn file(media: &'static str, body: Vec<u8>) -> Self {
        Self { status: 200, media, body }
    }

    /// What is kept of it for a request that is sent again: all but a secret.
    fn kept(&self, gives: Gives) -> Vec<u8> {
        let read = || serde_json::from_slice::<Value>(&self.body).ok();
        match (gives, read()) {
            (Gives::Secret, Some(Value::Object(mut members))) => {
                members.insert("secret".to_owned(), Value::Null);
                Value::Object(members).to_string().into_bytes()
            }
            _ => self.body.clone(),
        }
    }
}

const JSON: &str = "application/json";
pub(crate) const LINES: &str = "application/x-ndjson";

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let headers = [(header::CONTENT_TYPE, self.media), (header::CACHE_CONTROL, "no-store")];
        (status, headers, self.body).into_response()
    }
}

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    let mut routes = Router::new().route("/api/v1/openapi.json", get(|| async { document::answer() }));
    for endpoint in table::all() {
        let filter = match endpoint.method {
            "POST" => MethodFilter::POST,
            "PUT" => MethodFilter::PUT,
            "DELETE" => MethodFilter::DELETE,
            _ => MethodFilter::GET,
        };
        let path = format!("/api/v1{}", endpoint.path);
        let handler = move |State(shell): State<Shared>, request: Request| answer(shell, endpoint, request);
        routes = routes.route(&path, on(filter, handler));
    }
    routes
}

/// Answers a request; every answer says what is left of the allowance.
async fn answer(shell: Shared, endpoint: &'static Endpoint, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let who = match Signed::from_request_parts(&mut parts, &shell).await {
        Ok(who) => who,
        Err(error) => return error.into_response(),
    };
    let allowance = shell.api.take(&who.name, shell.now());
    let mut response = match allowance.over {
        true => PageError::new(
            StatusCode::TOO_MANY_REQUESTS,
            format!("more than {} requests a minute: wait {} seconds", allowance.limit, allowance.reset_s),
        )
        .into_response(),
        false => {
            let path = RawPathParams::from_request_parts(&mut parts, &shell).await.ok();
            let pairs =
                path.iter().flatten().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let query = parts.uri.query().unwrap_or_default().to_owned();
            let asked = Asked { endpoint, path: pairs, query, headers: parts.headers, body };
            match done(&shell, who, asked).await {
                Ok(response) => response,
                Err(error) => error.into_response(),
            }
        }
    };
    allowance.write(response.headers_mut());
    response
}

/// A request on its way in.
struct Asked {
    endpoint: &'static Endpoint,
    path: Vec<(String, String)>,
    query: String,
    headers: HeaderMap,
    body: Body,
}

async fn done(shell: &Shared, who: Signed, asked: Asked) -> Result<Response, PageError> {
    let Asked { endpoint, path, query, headers, body } = asked;
    let bytes = read(shell, endpoint, &headers, body).await?;
    let is_lines = matches!(endpoint.run, Run::Take(_));
    let ask = Ask::read(endpoint.params, &path, &query, if is_lines { &[] } else { &bytes })?;
    if matches!(endpoint.run, Run::Stream) {
        return reports::stream(shell, &who, ask).await;
    }
    let writes = !matches!(endpoint.run, Run::Read(_));
    let key = if writes { key(&headers)? } else { None };
    let digest = digest(endpoint, &path, &query, &bytes);
    let (inner, asking) = (Arc::clone(shell), who.clone());
    let work = move |workspace: &mut Workspace, context: &Context| {
        let key = key.as_deref().map(|key| (key, &digest, endpoint.gives));
        Ok(once(workspace, context, key, |workspace| {
            let mut inside = Inside { workspace, context, who: &asking, shell: &inner, ask: &ask };
            match endpoint.run {
                Run::Read(work) | Run::Write(work) | Run::Long(work) => work(&mut inside),
                Run::Take(work) => work(&mut inside, &bytes),
                Run::Stream => Err(PageError::failed("answer the request")),
            }
        }))
    };
    let answered = match matches!(endpoint.run, Run::Write(_) | Run::Take(_)) {
        true => shell.write(&who, work).await??,
        false => shell.read(&who, work).await??,
    };
    Ok(answered.into_response())
}

/// The body of a request, if it has one and may.
async fn read(
    shell: &Shared,
    endpoint: &Endpoint,
    headers: &HeaderMap,
    body: Body,
) -> Result<Bytes, PageError> {
    if matches!(endpoint.method, "GET" | "DELETE") {
        return Ok(Bytes::new());
    }
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or(JSON);
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let wanted: &[&str] =
        if matches!(endpoint.run, Run::Take(_)) { &[LINES, "application/jsonl", JSON] } else { &[JSON] };
    if !wanted.contains(&media.as_str()) {
        let what = format!("content type {media:?}: send {}", wanted.join(" or "));
        return Err(PageError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, what));
    }
    let bytes_max = shell.options.body_bytes_max;
    to_bytes(body, bytes_max).await.map_err(|_| {
        let what = format!("the body is longer than {bytes_max} bytes, or was cut off: send it in parts");
        PageError::new(StatusCode::PAYLOAD_TOO_LARGE, what)
    })
}

fn key(headers: &HeaderMap) -> Result<Option<String>, PageError> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim().trim_matches('"');
    if text.is_empty() || text.chars().count() > KEY_CHARS_MAX {
        let what =
            format!("Idempotency-Key: expected 1 to {KEY_CHARS_MAX} visible characters, such as a uuid");
        return Err(PageError::bad(what));
    }
    Ok(Some(text.to_owned()))
}

/// What makes two requests the same.
fn digest(endpoint: &Endpoint, path: &[(String, String)], query: &str, body: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    let parts = [endpoint.name.as_bytes(), query.as_bytes(), body];
    let parts = parts.into_iter().chain(path.iter().map(|(_, value)| value.as_bytes()));
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Does a piece of work, once for a key. `key` comes with what makes two requests the same, and with what the
/// answer holds: a secret is not kept, so that a request sent again is answered without it.
fn once(
    workspace: &mut Workspace,
    context: &Context,
    key: Option<(&str, &[u8; 32], Gives)>,
    work: impl FnOnce(&mut Workspace) -> Result<Answer, PageError>,
) -> Result<Answer, PageError> {
    let Some((key, digest, gives)) = key else { return work(workspace) };
    let store = |error: forewarn_app::store::StoreError| PageError::from(forewarn_app::AppError::from(error));
    let before = Timestamp::from_second(context.now.as_second() - KEPT_S).unwrap_or(context.now);
    let begun = workspace.store.begin_request(&context.actor, key, digest, context.now, before);
    let conflict = |what: &str| Err(PageError::new(StatusCode::CONFLICT, format!("Idempotency-Key: {what}")));
    match begun.map_err(store)? {
        RequestBegun::New => {}
        RequestBegun::Answered(status, body) => {
            let media = if gives == Gives::Lines { LINES } else { JSON };
            return Ok(Answer { status, media, body });
        }
        RequestBegun::Pending => {
            return conflict(
                "the same request is being answered, or was cut off: look before you send it anew",
            );
        }
        RequestBegun::Other => {
            let what = "another request had this key: take a new key for a new request";
            return Err(PageError::new(StatusCode::UNPROCESSABLE_ENTITY, format!("Idempotency-Key: {what}")));
        }
    }
    let done = work(workspace);
    match &done {
        Ok(answer) => workspace.store.end_request(&context.actor, key, answer.status, &answer.kept(gives)),
        // It changed nothing, so it may be sent again.
        Err(_) => workspace.store.forget_request(&context.actor, key),
    }
    .map_err(store)?;
    done
}

/// A header of digits.
fn digits(number: u64) -> HeaderValue {
    HeaderValue::from(number)
}

#[cfg(test)]
mod tests;
