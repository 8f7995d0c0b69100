//! Errors as TAXII tells them (TAXII 2.1, section 3.6.1).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::shell::PageError;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) status: StatusCode,
    pub(super) what: String,
}

impl Fault {
    pub(super) fn new(status: StatusCode, what: impl Into<String>) -> Self {
        Self { status, what: what.into() }
    }

    pub(super) fn bad(what: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, what)
    }

    /// There is no such thing, or nothing that this client may see.
    pub(super) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("there is no such {what} that you may see"))
    }
}

impl From<PageError> for Fault {
    fn from(error: PageError) -> Self {
        Self { status: error.status, what: error.what }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let title = self.status.canonical_reason().unwrap_or("error");
        let http_status = self.status.as_u16().to_string();
        let body = json!({ "title": title, "description": self.what, "http_status": http_status });
        let mut response = (self.status, super::taxii(), body.to_string()).into_response();
        let extra = match self.status {
            StatusCode::UNAUTHORIZED => {
                Some((header::WWW_AUTHENTICATE, "Basic realm=\"taxii\", Bearer realm=\"taxii\""))
            }
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS => {
                Some((header::RETRY_AFTER, "2"))
            }
            StatusCode::METHOD_NOT_ALLOWED => Some((header::ALLOW, "GET, HEAD, POST, DELETE")),
            _ => None,
        };
        if let Some((name, value)) = extra {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}
