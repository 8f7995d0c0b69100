//! What goes wrong with a request, as a page or as a problem (RFC 9457).

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use forewarn_app::{AppError, PassphraseFault};
use serde_json::json;

/// Why there is no answer. What it says is for the reader: it never holds a text of a report or a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageError {
    /// The status.
    pub(crate) status: StatusCode,
    /// What is wrong, and what to do.
    pub(crate) what: String,
    /// How a page says it; programs read `what`.
    pub(crate) told: Told,
}

/// How a page says what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// From deep inside, in English: shown as such, beside a remedy in the language of the page.
    English,
    /// In the language of the page already.
    Here,
    /// By the message `error-<name>`, without the English words.
    Plain(&'static str),
    /// By the message `error-<name>` with one fact; without the English words.
    Message(&'static str, &'static str, String),
    /// The same, and the English words, which say more.
    Both(&'static str, &'static str, String),
    /// By the title and the remedy of its status alone.
    Status,
}

impl PageError {
    /// With a status.
    pub(crate) fn new(status: StatusCode, what: impl Into<String>) -> Self {
        Self { status, what: what.into(), told: Told::English }
    }

    /// Told to people in another way.
    pub(crate) fn told(self, told: Told) -> Self {
        Self { told, ..self }
    }

    /// The request is not understood: names the input, the place and the remedy.
    pub(crate) fn bad(what: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, what)
    }

    /// There is no such thing, or nothing that the reader may see.
    pub(crate) fn not_found(what: &str, name: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("find {what} {name:?}: there is none that you may see"))
            .told(Told::Message("none-such", "name", name.to_owned()))
    }

    /// Too much at a time.
    pub(crate) fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "too many ask at a time: try again in a moment")
            .told(Told::Status)
    }

    /// A defect of ours. What it was is in the log, not in the answer.
    pub(crate) fn failed(operation: &str) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, format!("{operation}: something went wrong on our side"))
            .told(Told::Status)
    }

    /// As a problem document (RFC 9457).
    pub(crate) fn problem(&self) -> Response {
        let title = self.status.canonical_reason().unwrap_or("error");
        let body = json!({
            "type": "about:blank", "title": title, "status": self.status.as_u16(), "detail": self.what,
        });
        let headers =
            [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
        let mut response = (self.status, headers, body.to_string()).into_response();
        match self.status {
            StatusCode::UNAUTHORIZED => {
                let ask = axum::http::HeaderValue::from_static("Bearer realm=\"forewarn\"");
                response.headers_mut().insert(header::WWW_AUTHENTICATE, ask);
            }
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                let again = axum::http::HeaderValue::from_static("2");
                response.headers_mut().insert(header::RETRY_AFTER, again);
            }
            _ => {}
        }
        response
    }
}

/// The answer carries the error as an extension; [`super::guard`] makes a page of it where a browser asked.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.problem();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<AppError> for PageError {
    fn from(error: AppError) -> Self {
        let status = match &error {
            AppError::NotFound { .. } => StatusCode::NOT_FOUND,
            AppError::Denied { .. } => StatusCode::FORBIDDEN,
            AppError::Input(_)
            | AppError::Rules { .. }
            | AppError::Password(_)
            | AppError::Passphrase { .. }
            | AppError::Identifier { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            AppError::Refused { .. } | AppError::Stale { .. } | AppError::NumberTaken { .. } => {
                StatusCode::CONFLICT
            }
            AppError::Store(_) | AppError::File { .. } | AppError::BuiltIn { .. } => {
                tracing::error!("answer a request: {error}");
                return Self::failed("answer the request");
            }
        };
        let told = match &error {
            AppError::NotFound { name, .. } => Told::Both("none-such", "name", name.clone()),
            AppError::Stale { .. } => Told::Plain("changed-meanwhile"),
            AppError::NumberTaken { number } => Told::Message("number-taken", "number", number.clone()),
            AppError::Identifier { text, .. } => Told::Message("identifier-unread", "text", text.clone()),
            AppError::Passphrase { fault, .. } => Told::Plain(match fault {
                PassphraseFault::Missing => "passphrase-missing",
                PassphraseFault::Wrong => "passphrase-wrong",
                PassphraseFault::Short => "passphrase-short",
            }),
            AppError::Denied { right, .. } => Told::Message("lacks", "right", right.to_string()),
            _ => Told::English,
        };
        // Where the key lies, and by what setting the server is given a passphrase, is not for who asks.
        let what = match &error {
            AppError::Passphrase { operation, fault, .. } => format!("{operation}: {fault}"),
            error => error.to_string(),
        };
        Self::new(status, what).told(told)
    }
}

/// Whether a browser asked for a page, rather than a program for data.
pub(crate) fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}
