//! What is new, told as it happens (server-sent events).

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use tokio::sync::broadcast;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::BroadcastStream;

use super::{Shared, Signed};

/// How many events wait for a slow reader before the oldest are dropped.
const WAITING_MAX: usize = 256;

/// The topic that ends every stream.
const CLOSING: &str = "closing";

/// Something new. It says where to look, never what stands there: whoever hears of it asks for the page, with
/// the rights that he has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct News {
    /// What it is about: `alarms`, `incidents`, `reports`, `notices`, `deliveries`, `job`.
    pub(crate) topic: &'static str,
    /// More: a number, a share done.
    pub(crate) detail: String,
}

/// Who listens.
#[derive(Debug)]
pub(crate) struct Live {
    sender: broadcast::Sender<News>,
}

impl Default for Live {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(WAITING_MAX) }
    }
}

impl Live {
    /// Tells everybody who listens.
    pub(crate) fn tell(&self, topic: &'static str, detail: impl Into<String>) {
        // Nobody listening is no error.
        let _ = self.sender.send(News { topic, detail: detail.into() });
    }

    /// Ends every stream: the service stops.
    pub(crate) fn close(&self) {
        self.tell(CLOSING, "");
    }
}

/// `GET /live`.
pub(crate) async fn listen(
    State(shell): State<Shared>,
    _who: Signed,
) -> Sse<impl tokio_stream::Stream<Item = Result<Event, Infallible>>> {
    let news = BroadcastStream::new(shell.live.sender.subscribe());
    let open = news.take_while(|news| !news.as_ref().is_ok_and(|news| news.topic == CLOSING));
    let events = open.filter_map(|news| {
        let news = news.ok()?;
        Some(Ok(Event::default().event(news.topic).data(news.detail)))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(20)))
}

/// Looks every two seconds whether the store has changed, by this process or another, and tells what.
pub(crate) async fn watch(shell: Shared) {
    let mut known: Option<Vec<(&'static str, u64)>> = None;
    loop {
        tokio::time::sleep(Duration::from_secs(2)).await;
        let asking = std::sync::Arc::clone(&shell);
        let asked = tokio::task::spawn_blocking(move || {
            asking.pool.with(|workspace| Ok::<_, forewarn_app::AppError>(workspace.store.tide()?))
        });
        let Ok(Ok(now)) = asked.await else { continue };
        for (topic, count) in &now {
            shell.metrics.store(topic, *count);
            let before = known.as_ref().and_then(|known| known.iter().find(|(name, _)| name == topic));
            if before.is_some_and(|(_, before)| before != count) {
                shell.live.tell(topic, count.to_string());
            }
        }
        known = Some(now);
    }
}
