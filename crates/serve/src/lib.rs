//! The pages in a browser: the desk for those who keep the data, and the check for job seekers.
//!
//! `shell` is what all pages share, `pages` has a room for each. The check (`/check`, `/api/v1/check`) reads
//! offers with an engine that all requests share; of it nothing is logged or stored, and it sets no cookie.
//! This crate knows neither store nor stages: it calls `app`. It opens no connection: what goes out to members is
//! carried by whom the binary hands in.

mod api;
mod chart;
mod check;
mod check_page;
mod desk;
mod language;
mod matching;
mod pages;
mod shell;
mod taxii;

pub use api::openapi;
pub use desk::{Desk, Limits, Load};
pub use shell::{Access, Options, Shell, StrangerLimits, Tls};

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use shell::tls::TlsListener;
use thiserror::Error;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// What is served.
#[derive(Debug, Clone)]
pub struct Site {
    /// None where only offers are checked.
    shell: Option<Arc<Shell>>,
    desk: Arc<Desk>,
    strangers: Arc<shell::Strangers>,
    /// What browsers are told about TLS; nothing where it is not known that they come by it.
    hsts: Option<HeaderValue>,
}

/// A site that cannot be made or served.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The address.
    #[error("listen on {address}: {source}: choose another address with --listen")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why not.
        source: io::Error,
    },
    /// The certificate.
    #[error("serve by TLS: {0}")]
    Tls(String),
    /// The service.
    #[error("serve: {0}")]
    Serve(io::Error),
}

/// The policy of the check: nothing but what this server sends, no script at all, in no frame.
const CHECK_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                            form-action 'self'; frame-ancestors 'none'";

impl Site {
    /// The check for job seekers alone: what may be served to everybody. `behind_proxy`: requests come through a
    /// proxy that says in `X-Forwarded-For` from where.
    pub fn check_only(
        desk: Arc<Desk>,
        limits: StrangerLimits,
        behind_proxy: bool,
        clock: fn() -> forewarn_app::model::Timestamp,
    ) -> Self {
        let strangers = Arc::new(shell::Strangers::new(limits, behind_proxy, clock));
        Self { shell: None, desk, strangers, hsts: None }
    }

    /// The whole desk, and the check.
    pub fn new(shell: Arc<Shell>) -> Self {
        let (desk, strangers) = (Arc::clone(&shell.desk), Arc::clone(&shell.strangers));
        Self { desk, strangers, shell: Some(shell), hsts: None }
    }

    /// The same for a service that browsers reach by TLS alone: tells them to come by nothing else for so many seconds
    /// (RFC 6797); with 0, to forget that they were told.
    #[must_use]
    pub fn with_hsts(self, seconds: u32) -> Self {
        let hsts = HeaderValue::from_str(&format!("max-age={seconds}")).ok();
        Self { hsts, ..self }
    }

    /// The routes.
    pub fn router(mut self) -> Router {
        let hsts = self.hsts.take();
        let routes = self.routes();
        match hsts {
            None => routes,
            Some(hsts) => routes.layer(axum::middleware::map_response(move |mut response: Response| {
                response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, hsts.clone());
                std::future::ready(response)
            })),
        }
    }

    fn routes(self) -> Router {
        let meet = || axum::middleware::from_fn_with_state(Arc::clone(&self.strangers), shell::meet);
        let check = check::routes(Arc::clone(&self.desk))
            .layer(meet())
            .layer(axum::middleware::from_fn_with_state(self.desk, check::tell))
            .layer(axum::middleware::map_response(harden_check));
        let common = Router::new().merge(shell::assets()).route("/healthz", get(|| async { "ok\n" }));
        let Some(shell) = self.shell else {
            return common
                .route("/", get(|| async { Redirect::temporary("/check") }))
                .fallback(|| async { (StatusCode::NOT_FOUND, "There is no such page.\n") })
                .layer(axum::middleware::map_response(shell::harden))
                .merge(check)
                .layer(CompressionLayer::new());
        };
        let wait = Duration::from_millis(shell.options.answer_ms_max);
        let pages = pages::routes()
            .merge(api::routes())
            .merge(matching::routes())
            .fallback(|| async {
                shell::PageError::new(StatusCode::NOT_FOUND, "there is no such page")
                    .told(shell::Told::Status)
            })
            .layer(DefaultBodyLimit::max(shell.options.body_bytes_max))
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, wait))
            .route("/live", get(shell::live::listen))
            .route("/metrics", get(shell::metrics::show))
            .route_layer(axum::middleware::from_fn_with_state(Arc::clone(&shell), shell::metrics::count))
            .layer(CatchPanicLayer::custom(panicked))
            .layer(meet())
            .layer(axum::middleware::from_fn_with_state(Arc::clone(&shell), shell::guard))
            .with_state(Arc::clone(&shell));
        // Its pages are read by programs, in bulk: what compressing them would cost is more than it would save.
        let taxii = taxii::routes()
            .route_layer(axum::middleware::from_fn_with_state(Arc::clone(&shell), shell::metrics::count))
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, wait))
            .layer(CatchPanicLayer::custom(panicked))
            .layer(meet())
            .layer(axum::middleware::from_fn_with_state(Arc::clone(&shell), shell::guard))
            .layer(axum::middleware::map_response(shell::harden))
            .with_state(Arc::clone(&shell));
        common
            .route("/readyz", get(move || ready(Arc::clone(&shell))))
            .merge(pages)
            .layer(axum::middleware::map_response(shell::harden))
            .merge(check)
            .layer(CompressionLayer::new())
            .merge(taxii)
    }
}

/// Whether the store answers: for a supervisor that sends requests elsewhere while it does not.
async fn ready(shell: Arc<Shell>) -> Response {
    let asked = tokio::task::spawn_blocking(move || {
        shell.pool.with(|workspace| Ok::<_, forewarn_app::AppError>(workspace.store.tide()?.len()))
    });
    match asked.await {
        Ok(Ok(_)) => "ready\n".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n").into_response(),
    }
}

fn panicked(_: Box<dyn std::any::Any + Send + 'static>) -> Response {
    shell::PageError::failed("answer the request").into_response()
}

async fn harden_check(mut response: Response) -> Response {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CHECK_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Serves until the process is told to stop (interrupt or terminate); calls `ready` with the address once
/// it listens. At a hang-up signal the engine is loaded anew. `readers_count_max` bounds how many offers are
/// read at the same time: as many as there are cores.
pub fn run(
    listen: SocketAddr,
    site: Site,
    tls: Option<&Tls>,
    readers_count_max: usize,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let tls = tls.map(Tls::load).transpose().map_err(ServeError::Tls)?;
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
        let renewal = tokio::spawn(renew(site.clone()));
        let news = site.shell.clone().map(|shell| tokio::spawn(shell::live::watch(shell)));
        ready(listener.local_addr().map_err(ServeError::Serve)?);
        let views = site.shell.clone().map(|shell| tokio::spawn(write_views(shell)));
        let tending = site.shell.clone().map(|shell| tokio::spawn(shell::tend::tend(shell)));
        let posting = site.shell.clone().map(|shell| tokio::spawn(shell::post::post(shell)));
        let (live, last) = (site.shell.clone(), site.shell.clone());
        let stopping = async move {
            stop().await;
            // Listeners hang on until they are told.
            live.inspect(|shell| shell.live.close());
        };
        let served = match tls {
            None => {
                axum::serve(
                    listener,
                    site.router().into_make_service_with_connect_info::<shell::session::Peer>(),
                )
                .with_graceful_shutdown(stopping)
                .await
            }
            Some(config) => {
                let listener = TlsListener::new(listener, config).map_err(ServeError::Serve)?;
                axum::serve(
                    listener,
                    site.router().into_make_service_with_connect_info::<shell::session::Peer>(),
                )
                .with_graceful_shutdown(stopping)
                .await
            }
        };
        renewal.abort();
        news.inspect(|task| task.abort());
        views.inspect(|task| task.abort());
        tending.inspect(|task| task.abort());
        posting.inspect(|task| task.abort());
        if let Some(shell) = last {
            flush(shell).await;
        }
        served.map_err(ServeError::Serve)
    })
}

/// Writes every second who saw what.
async fn write_views(shell: Arc<Shell>) {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        flush(Arc::clone(&shell)).await;
    }
}

async fn flush(shell: Arc<Shell>) {
    if let Ok(Err(error)) = tokio::task::spawn_blocking(move || shell.pool.flush_views()).await {
        tracing::warn!("views are not in the audit log yet: {error}");
    }
}

/// Loads the engine anew at every hang-up signal; the old one answers until the new one is there.
#[cfg(unix)]
async fn renew(site: Site) {
    let Ok(mut signals) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()) else {
        tracing::warn!("cannot listen for the hang-up signal: rules are read at the start only");
        return;
    };
    while signals.recv().await.is_some() {
        let desk = Arc::clone(&site.desk);
        match tokio::task::spawn_blocking(move || desk.reload()).await {
            Ok(Ok(version)) => {
                tracing::warn!(engine.version = version, "rules were read again");
                site.shell.as_ref().inspect(|shell| shell.unread.notify_one());
            }
            Ok(Err(why)) => tracing::error!("rules were not read again, the old ones stay: {why}"),
            Err(error) => tracing::error!("rules were not read again, the old ones stay: {error}"),
        }
    }
}

#[cfg(not(unix))]
async fn renew(_: Site) {}

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

#[cfg(test)]
mod tests;
