//! The pages, in a browser: the situation for those who keep the data, and the check for job seekers.
//!
//! The situation is one plain page, made once from what `app` hands in, with the files of a notice. The check
//! (`/check`, `/api/v1/check`) reads offers with an engine that all requests share. This crate knows neither
//! store nor stages. Nothing of a request is logged or stored; no cookie is set; no request leaves the
//! machine.

mod check;
mod check_page;
mod desk;
mod language;
mod page;
mod style;

pub use desk::{Desk, Limits, Load};

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use forewarn_app::situation::Situation;
use style::Sheet;
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
    /// The situation; none where only offers are checked.
    page: Option<String>,
    files: BTreeMap<String, Download>,
    desk: Arc<Desk>,
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
    /// The check for job seekers alone: what may be served to everybody.
    pub fn check_only(desk: Arc<Desk>) -> Self {
        Self { page: None, files: BTreeMap::new(), desk }
    }

    /// The situation, its files, and the check.
    pub fn new(situation: &Situation, files: Vec<Download>, desk: Arc<Desk>) -> Result<Self, ServeError> {
        let page = Some(page::situation(situation, &files)?);
        Ok(Self { page, files: files.into_iter().map(|file| (file.name.clone(), file)).collect(), desk })
    }

    /// The routes.
    pub fn router(self) -> Router {
        Router::new()
            .route("/", get(front))
            .route(&style::DESK.address, get(|| sheet(&style::DESK)))
            .route(&style::CHECK.address, get(|| sheet(&style::CHECK)))
            .route("/files/{name}", get(file))
            .route("/healthz", get(|| async { "ok\n" }))
            .fallback(|| async { (StatusCode::NOT_FOUND, "There is no such page.\n") })
            .with_state(Arc::new(self.clone()))
            .merge(check::routes(self.desk))
            .layer(axum::middleware::map_response(harden))
    }
}

/// Serves until the process is told to stop (interrupt or terminate); calls `ready` with the address once
/// it listens. At a hang-up signal the engine is loaded anew. `readers_count_max` bounds how many offers are
/// read at the same time: as many as there are cores.
pub fn run(
    listen: SocketAddr,
    site: Site,
    readers_count_max: usize,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(readers_count_max.max(1))
        .enable_all()
        .build()
        .map_err(ServeError::Serve)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen)
            .await
            .map_err(|source| ServeError::Listen { address: listen, source })?;
        let renewal = tokio::spawn(renew(Arc::clone(&site.desk)));
        ready(listener.local_addr().map_err(ServeError::Serve)?);
        let served = axum::serve(listener, site.router()).with_graceful_shutdown(stop()).await;
        renewal.abort();
        served.map_err(ServeError::Serve)
    })
}

/// Loads the engine anew at every hang-up signal; the old one answers until the new one is there.
#[cfg(unix)]
async fn renew(desk: Arc<Desk>) {
    let Ok(mut signals) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()) else {
        tracing::warn!("cannot listen for the hang-up signal: rules are read at the start only");
        return;
    };
    while signals.recv().await.is_some() {
        let desk = Arc::clone(&desk);
        match tokio::task::spawn_blocking(move || desk.reload()).await {
            Ok(Ok(version)) => tracing::warn!(engine.version = version, "rules were read again"),
            Ok(Err(why)) => tracing::error!("rules were not read again, the old ones stay: {why}"),
            Err(error) => tracing::error!("rules were not read again, the old ones stay: {error}"),
        }
    }
}

#[cfg(not(unix))]
async fn renew(_: Arc<Desk>) {}

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
    match &site.page {
        Some(page) => {
            let headers =
                [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
            (headers, page.clone()).into_response()
        }
        None => Redirect::temporary("/check").into_response(),
    }
}

async fn sheet(sheet: &Sheet) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, sheet.text).into_response()
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
mod tests;
