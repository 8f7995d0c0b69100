//! The pages, in a browser on this machine.
//!
//! Until the desk exists this is one plain page that tells the situation, and the files of a notice. It is
//! made once, from what `app` hands in, and knows neither store nor stages. Nothing is logged of a request
//! but its path and status; no cookie is set; no request leaves the machine.

mod page;

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use forewarn_app::situation::Situation;
use thiserror::Error;

/// A file that the page links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// The last part of its address: letters, digits, `.`, `-` and `_`.
    pub name: String,
    /// What the link says.
    pub title: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What is served.
#[derive(Debug, Clone)]
pub struct Site {
    page: String,
    files: BTreeMap<String, Download>,
}

/// A site that cannot be made or served.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The page.
    #[error("make the page: {0}")]
    Page(#[from] askama::Error),
    /// The address.
    #[error("listen on {address}: {source}: choose another address with --listen")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// The service.
    #[error("serve: {0}")]
    Serve(io::Error),
}

/// The policy of every answer: nothing but what this server sends, no script at all, in no frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                      form-action 'self'; frame-ancestors 'none'";

impl Site {
    /// Makes the pages.
    pub fn new(situation: &Situation, files: Vec<Download>) -> Result<Self, ServeError> {
        let page = page::situation(situation, &files)?;
        Ok(Self { page, files: files.into_iter().map(|file| (file.name.clone(), file)).collect() })
    }

    /// The routes.
    pub fn router(self) -> Router {
        Router::new()
            .route("/", get(front))
            .route("/style.css", get(style))
            .route("/files/{name}", get(file))
            .route("/healthz", get(|| async { "ok\n" }))
            .fallback(|| async { (StatusCode::NOT_FOUND, "There is no such page.\n") })
            .layer(axum::middleware::map_response(harden))
            .with_state(Arc::new(self))
    }
}

/// Serves until the process is told to stop (interrupt or terminate); calls `ready` with the address once
/// it listens.
pub fn run(listen: SocketAddr, site: Site, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(ServeError::Serve)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen)
            .await
            .map_err(|source| ServeError::Listen { address: listen, source })?;
        ready(listener.local_addr().map_err(ServeError::Serve)?);
        axum::serve(listener, site.router()).with_graceful_shutdown(stop()).await.map_err(ServeError::Serve)
    })
}

async fn stop() {
    let interrupt = async { tokio::signal::ctrl_c().await.is_ok() };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await.is_some(),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<bool>();
    tokio::select! {
        _ = interrupt => tracing::info!("stopping: interrupted"),
        _ = terminate => tracing::info!("stopping: told to terminate"),
    }
}

async fn front(State(site): State<Arc<Site>>) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], site.page.clone()).into_response()
}

async fn style() -> Response {
    let sheet = include_str!("../../../templates/web/style.css");
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], sheet).into_response()
}

async fn file(State(site): State<Arc<Site>>, Path(name): Path<String>) -> Response {
    match site.files.get(&name) {
        Some(file) => ([(header::CONTENT_TYPE, file.media_type)], file.bytes.clone()).into_response(),
        None => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
    }
}

async fn harden(mut response: Response) -> Response {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    use super::*;

    fn site() -> Site {
        let situation = Situation {
            as_of: "2024-12-31".parse().unwrap(),
            reports: 2,
            verdicts: vec![("strong_signs".into(), 1)],
            hubs: vec!["Cambodia".into()],
            origins: vec!["Côte d’Ivoire".into()],
            months: Vec::new(),
            campaigns: Vec::new(),
            notices: Vec::new(),
        };
        let file = Download {
            name: "notice.json".into(),
            title: "signed JSON".into(),
            media_type: "application/json",
            bytes: b"{}".to_vec(),
        };
        Site::new(&situation, vec![file]).unwrap()
    }

    #[track_caller]
    fn check(path: &str, status: u16, part: &str) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (got, headers, body) = runtime.block_on(async {
            let request = Request::builder().uri(path).body(Body::empty()).unwrap();
            let response = site().router().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            (parts.status, parts.headers, body.collect().await.unwrap().to_bytes())
        });
        assert_eq!(got.as_u16(), status, "{path}");
        let body = String::from_utf8_lossy(&body);
        assert!(body.contains(part), "{path}: {body}");
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"));
        assert!(!headers.contains_key(header::SET_COOKIE));
    }

    #[test]
    fn answers_with_a_strict_policy_and_no_cookie() {
        check("/", 200, "Cambodia");
        check("/style.css", 200, "--orange");
        check("/files/notice.json", 200, "{}");
        check("/files/..%2f..%2fetc%2fpasswd", 404, "no such file");
        check("/nothing", 404, "no such page");
        check("/healthz", 200, "ok");
    }
}
