//! Figures of the service for a supervisor (OpenMetrics text, as Prometheus reads it). They count; they name
//! nobody and nothing of what was asked.

use std::sync::atomic::AtomicU64;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use forewarn_app::model::rights::Right;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::{PageError, Shared, Signed};

/// Bounds of the histogram of answer times, in seconds.
const BOUNDS_S: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// What a request was: the route with its parameters unfilled, so that there are few.
#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Asked {
    route: String,
    method: String,
    status: u16,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Topic {
    topic: String,
}

/// What is counted.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Asked, Counter>,
    times: Family<Route, Histogram, fn() -> Histogram>,
    stored: Family<Topic, Gauge<u64, AtomicU64>>,
}

impl Default for Metrics {
    fn default() -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(BOUNDS_S);
        let mut metrics = Self {
            registry: Registry::with_prefix("forewarn"),
            requests: Family::default(),
            times: Family::new_with_constructor(histogram),
            stored: Family::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("requests", "Requests answered", metrics.requests.clone());
        registry.register("answer_seconds", "Time to an answer, in seconds", metrics.times.clone());
        registry.register("stored", "How much the store holds, by topic", metrics.stored.clone());
        metrics
    }
}

impl Metrics {
    /// Notes how much the store holds.
    pub(crate) fn store(&self, topic: &str, count: u64) {
        self.stored.get_or_create(&Topic { topic: topic.to_owned() }).set(count);
    }
}

/// Counts a request and its time.
pub(crate) async fn count(State(shell): State<Shared>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = matched.unwrap_or_else(|| "none".to_owned());
    // Only the methods that exist, so that nobody can make labels.
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => known.to_owned(),
        _ => "other".to_owned(),
    };
    #[allow(clippy::disallowed_methods, reason = "how long an answer took; nothing is decided by it")]
    let begun = std::time::Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    shell.metrics.requests.get_or_create(&Asked { route: route.clone(), method, status }).inc();
    shell.metrics.times.get_or_create(&Route { route }).observe(begun.elapsed().as_secs_f64());
    response
}

/// `GET /metrics`, for who may operate: a supervisor comes with a token that has this right only.
pub(crate) async fn show(State(shell): State<Shared>, who: Signed) -> Result<Response, PageError> {
    who.require(Right::Operate)?;
    let mut text = String::new();
    encode(&mut text, &shell.metrics.registry).map_err(|_| PageError::failed("write the figures"))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], text).into_response())
}
