//! TAXII 2.1 (OASIS Standard, 10 June 2021): the collections of this node for other people's tools.
//!
//! Addresses are `/taxii2/` (discovery), `/taxii2/{root}/`, and below it `collections/…` and `status/{id}/`. Here is
//! the protocol only: media types, filters, pages, errors. Who sees which collection is decided in `app`, and the
//! objects go out as the bytes that the store has.

mod ask;
mod enter;
mod fault;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use forewarn_app::exchange::access::{self, Open};
use forewarn_app::exchange::object::{self, Limits};
use forewarn_app::exchange::{collection, wire::MEDIA_TYPE};
use forewarn_app::store::{EntryPage, PageLimits, instant_text};
use forewarn_app::{AppError, Context};
use serde_json::{Value, json};

use crate::shell::Shared;
use ask::Ask;
use fault::Fault;

/// A page without `limit` has as many objects, and no page more than the second.
const PAGE_OBJECTS: usize = 1_000;
const PAGE_OBJECTS_MAX: usize = 10_000;
/// Most bytes of objects in a page, save that one object always fits.
const PAGE_BYTES_MAX: usize = 32 << 20;

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/taxii2", any(answer))
        .route("/taxii2/", any(answer))
        .route("/taxii2/{*path}", any(answer))
}

async fn answer(State(shell): State<Shared>, request: Request) -> Response {
    handle(&shell, request).await.unwrap_or_else(IntoResponse::into_response)
}

/// What is asked for, by the path below `/taxii2/`.
enum Resource {
    Discovery,
    Root(String),
    Status(String, String),
    Collections(String),
    Collection(String, String),
    Manifest(String, String),
    Objects(String, String),
    Object(String, String, String),
    Versions(String, String, String),
}

impl Resource {
    fn of(path: &str) -> Option<Self> {
        let rest = path.strip_prefix("/taxii2")?;
        let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
        let own = |text: &&str| (*text).to_owned();
        Some(match parts.as_slice() {
            [] => Self::Discovery,
            [root] => Self::Root(own(root)),
            [root, "status", id] => Self::Status(own(root), own(id)),
            [root, "collections"] => Self::Collections(own(root)),
            [root, "collections", name] => Self::Collection(own(root), own(name)),
            [root, "collections", name, "manifest"] => Self::Manifest(own(root), own(name)),
            [root, "collections", name, "objects"] => Self::Objects(own(root), own(name)),
            [root, "collections", name, "objects", id] => Self::Object(own(root), own(name), own(id)),
            [root, "collections", name, "objects", id, "versions"] => {
                Self::Versions(own(root), own(name), own(id))
            }
            _ => return None,
        })
    }
}

async fn handle(shell: &Shared, request: Request) -> Result<Response, Fault> {
    let (head, body) = request.into_parts();
    let resource = Resource::of(head.uri.path()).ok_or_else(|| Fault::not_found("resource"))?;
    let who = enter::enter(shell, &head.headers).await?;
    accepts(&head.headers)?;
    let ask = Ask::read(head.uri.query().unwrap_or_default())?;
    let reading = matches!(head.method, Method::GET | Method::HEAD);
    match resource {
        Resource::Objects(root, name) if head.method == Method::POST => {
            let bytes = content(shell, &head.headers, body).await?;
            let add = move |workspace: &mut _, context: &Context| {
                object::add(workspace, context, &root, &name, &bytes, &Limits::default())
            };
            // What was sent cannot be read: that is the client's to mend, no conflict.
            let status = shell.act(true, who, add).await.map_err(|error| match error.status {
                StatusCode::CONFLICT => Fault::new(StatusCode::UNPROCESSABLE_ENTITY, error.what),
                _ => error.into(),
            })?;
            shell.live.tell("exchange", "");
            Ok(resource_answer(StatusCode::ACCEPTED, &status))
        }
        Resource::Object(root, name, id) if head.method == Method::DELETE => {
            let versions = ask.filter.versions;
            let remove = move |workspace: &mut _, context: &Context| {
                object::remove(workspace, context, &root, &name, &id, &versions)
            };
            match shell.act(true, who, remove).await? {
                0 => Err(Fault::not_found("object")),
                _ => Ok(resource_answer(StatusCode::OK, &json!({}))),
            }
        }
        resource if reading => {
            let base = base(shell, &head.headers);
            let limit = shell.options.body_bytes_max;
            shell
                .act(false, who, move |workspace, context| {
                    Ok(read(workspace, context, &resource, ask, &base, limit))
                })
                .await?
        }
        _ => Err(Fault::new(StatusCode::METHOD_NOT_ALLOWED, "this resource does not know that method")),
    }
}

fn read(
    workspace: &mut forewarn_app::Workspace,
    context: &Context,
    resource: &Resource,
    ask: Ask,
    base: &str,
    content_bytes_max: usize,
) -> Result<Response, Fault> {
    let limits = PageLimits {
        entries_max: ask.limit.unwrap_or(PAGE_OBJECTS).min(PAGE_OBJECTS_MAX),
        bytes_max: PAGE_BYTES_MAX,
    };
    let (filter, after) = (&ask.filter, ask.next);
    match resource {
        Resource::Discovery => {
            collection::ensure(workspace)?;
            let mut roots: Vec<String> =
                access::list(workspace, context)?.into_iter().map(|open| open.collection.root).collect();
            roots.dedup();
            let roots: Vec<String> = roots.iter().map(|root| format!("{base}/taxii2/{root}/")).collect();
            Ok(resource_answer(
                StatusCode::OK,
                &json!({
                    "title": "Forewarn",
                    "description": "Warnings of job offers that recruit people into scam centres, and what they rest on.",
                    "default": roots.first(),
                    "api_roots": roots,
                }),
            ))
        }
        Resource::Root(root) => {
            of_root(workspace, context, root)?;
            Ok(resource_answer(
                StatusCode::OK,
                &json!({
                    "title": format!("Forewarn: {root}"),
                    "versions": [MEDIA_TYPE],
                    "max_content_length": content_bytes_max,
                }),
            ))
        }
        Resource::Status(root, id) => {
            let status = object::status(workspace, context, root, id)?;
            let status = status.ok_or_else(|| Fault::not_found("status"))?;
            Ok((StatusCode::OK, taxii(), status).into_response())
        }
        Resource::Collections(root) => {
            let all = of_root(workspace, context, root)?;
            let all: Vec<Value> = all.iter().map(shown).collect();
            Ok(resource_answer(StatusCode::OK, &json!({ "collections": all })))
        }
        Resource::Collection(root, name) => {
            Ok(resource_answer(StatusCode::OK, &shown(&access::find(workspace, context, root, name)?)))
        }
        Resource::Objects(root, name) => {
            let page = object::page(workspace, context, root, name, filter, after, limits)?;
            Ok(envelope(&page))
        }
        Resource::Manifest(root, name) => {
            let page = object::manifest(workspace, context, root, name, filter, after, limits)?;
            let entries = page.entries.iter().map(|entry| {
                json!({
                    "id": entry.id,
                    "date_added": instant_text(entry.added),
                    "version": entry.version,
                    "media_type": format!("application/stix+json;version={}", entry.spec_version),
                })
            });
            Ok(listed(&page, "objects", entries.collect()))
        }
        Resource::Object(root, name, id) => {
            there(workspace, context, root, name, id)?;
            let mut filter = filter.clone();
            filter.ids = vec![id.clone()];
            let page = object::page(workspace, context, root, name, &filter, after, limits)?;
            Ok(envelope(&page))
        }
        Resource::Versions(root, name, id) => {
            there(workspace, context, root, name, id)?;
            let mut filter = filter.clone();
            filter.ids = vec![id.clone()];
            filter.versions.all = true;
            let page = object::manifest(workspace, context, root, name, &filter, after, limits)?;
            let versions = page.entries.iter().map(|entry| json!(entry.version)).collect();
            Ok(listed(&page, "versions", versions))
        }
    }
}

fn of_root(
    workspace: &mut forewarn_app::Workspace,
    context: &Context,
    root: &str,
) -> Result<Vec<Open>, Fault> {
    collection::ensure(workspace)?;
    let all = access::list(workspace, context)?;
    let all: Vec<Open> = all.into_iter().filter(|open| open.collection.root == root).collect();
    if all.is_empty() { Err(Fault::not_found("API root")) } else { Ok(all) }
}

fn there(
    workspace: &forewarn_app::Workspace,
    context: &Context,
    root: &str,
    name: &str,
    id: &str,
) -> Result<(), Fault> {
    match object::exists(workspace, context, root, name, id)? {
        true => Ok(()),
        false => Err(Fault::not_found("object")),
    }
}

fn shown(open: &Open) -> Value {
    let it = &open.collection;
    json!({
        "id": it.id,
        "title": it.title,
        "description": it.description,
        "alias": it.alias,
        "can_read": open.read,
        "can_write": open.write,
        "media_types": ["application/stix+json;version=2.1"],
    })
}

/// An envelope with the objects as they lie in the store.
fn envelope(page: &EntryPage) -> Response {
    let bytes: usize = page.entries.iter().map(|entry| entry.bytes.len() + 1).sum();
    let mut body = Vec::with_capacity(bytes + 100);
    body.extend_from_slice(format!("{{\"more\":{}", page.more).as_bytes());
    if let (true, Some(last)) = (page.more, page.entries.last()) {
        body.extend_from_slice(format!(",\"next\":\"{}\"", last.added).as_bytes());
    }
    if !page.entries.is_empty() {
        body.extend_from_slice(b",\"objects\":[");
        for (at, entry) in page.entries.iter().enumerate() {
            if at > 0 {
                body.push(b',');
            }
            body.extend_from_slice(&entry.bytes);
        }
        body.push(b']');
    }
    body.push(b'}');
    (StatusCode::OK, taxii(), dates(page), Body::from(body)).into_response()
}

fn listed(page: &EntryPage, name: &str, items: Vec<Value>) -> Response {
    let mut body = json!({ "more": page.more });
    if let (true, Some(last)) = (page.more, page.entries.last()) {
        body["next"] = json!(last.added.to_string());
    }
    if !items.is_empty() {
        body[name] = Value::Array(items);
    }
    (StatusCode::OK, taxii(), dates(page), body.to_string()).into_response()
}

fn resource_answer(status: StatusCode, body: &Value) -> Response {
    (status, taxii(), body.to_string()).into_response()
}

fn taxii() -> [(HeaderName, HeaderValue); 2] {
    [
        (header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}

/// When the first and the last entry of a page came in (TAXII 2.1, section 3.1).
fn dates(page: &EntryPage) -> HeaderMap {
    let ends = [
        ("x-taxii-date-added-first", page.entries.first()),
        ("x-taxii-date-added-last", page.entries.last()),
    ];
    let value = |added| HeaderValue::try_from(instant_text(added)).ok();
    let named = ends
        .into_iter()
        .filter_map(|(name, entry)| Some((HeaderName::from_static(name), value(entry?.added)?)));
    named.collect()
}

/// Whether the client reads TAXII 2.1; without saying so it gets nothing (TAXII 2.1, section 1.6.8).
fn accepts(headers: &HeaderMap) -> Result<(), Fault> {
    let lines = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let fits = |item: &str| is_taxii(item) || matches!(media_type(item).0.as_str(), "*/*" | "application/*");
    if lines.flat_map(|line| line.split(',')).any(fits) {
        return Ok(());
    }
    Err(Fault::new(StatusCode::NOT_ACCEPTABLE, format!("ask with the header Accept: {MEDIA_TYPE}")))
}

fn is_taxii(item: &str) -> bool {
    let (kind, parameters) = media_type(item);
    let version = parameters.iter().find(|(name, _)| name == "version");
    kind == "application/taxii+json" && version.is_none_or(|(_, version)| version == "2.1")
}

fn media_type(text: &str) -> (String, Vec<(String, String)>) {
    let mut parts = text.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
    let parameters = parts
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().trim_matches('"').to_owned()));
    (kind, parameters.collect())
}

/// The body of a request to add objects.
async fn content(shell: &Shared, headers: &HeaderMap, body: Body) -> Result<Vec<u8>, Fault> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !is_taxii(kind) {
        let what = format!("send with the header Content-Type: {MEDIA_TYPE}");
        return Err(Fault::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, what));
    }
    let most = shell.options.body_bytes_max;
    let too_long = || {
        let what = format!("the request is longer than {most} bytes: send fewer objects at a time");
        Fault::new(StatusCode::PAYLOAD_TOO_LARGE, what)
    };
    let stated = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if stated.and_then(|text| text.parse::<u64>().ok()).is_some_and(|length| length > most as u64) {
        return Err(too_long());
    }
    let bytes = axum::body::to_bytes(body, most).await.map_err(|_| too_long())?;
    Ok(bytes.to_vec())
}

/// The address of this server as the client knows it.
fn base(shell: &Shared, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let plain = |b: u8| b.is_ascii_alphanumeric() || b".:-[]".contains(&b);
    match host {
        // A relative address is allowed too.
        "" => String::new(),
        host if host.bytes().all(plain) => {
            let scheme = if shell.options.tls { "https" } else { "http" };
            format!("{scheme}://{host}")
        }
        _ => String::new(),
    }
}

impl From<AppError> for Fault {
    fn from(error: AppError) -> Self {
        crate::shell::PageError::from(error).into()
    }
}

#[cfg(test)]
mod convergence;
#[cfg(test)]
mod tests;
