//! Carries what is queued for members while the service runs: soon after it was queued, and again when a failed attempt
//! is due. What the courier cannot carry waits for `forewarn notice deliver`.
//!
//! The store is held only to take parcels out and to note what came of them, never while they are on their way.

use std::sync::Arc;
use std::time::Duration;

use forewarn_app::delivery::Courier;
use forewarn_app::delivery::send::{self, Limits};

use super::Shared;
use super::tend::context;

/// How often it looks for what has become due.
const EVERY: Duration = Duration::from_secs(30);

/// Does it for as long as the service runs.
pub(crate) async fn post(shell: Shared) {
    let Some(courier) = shell.options.courier.clone() else { return };
    loop {
        if let Err(error) = round(&shell, &courier).await {
            tracing::warn!("notices stay queued for now: {error}");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = shell.outgoing.notified() => {}
        }
    }
}

/// Carries everything that is due now.
pub(crate) async fn round(shell: &Shared, courier: &Arc<dyn Courier>) -> Result<(), String> {
    let limits = Limits::default();
    loop {
        let (way, desk, acting) = (Arc::clone(courier), Arc::clone(&shell.desk), context(shell));
        let now = acting.now;
        let next = shell.act(false, acting, move |workspace, context| {
            desk.with_engine(|engine| {
                send::next(workspace, context, engine.gazetteer(), way.as_ref(), &limits)
            })
        });
        let Some(load) = next.await.map_err(|error| error.what)? else { return Ok(()) };
        let way = Arc::clone(courier);
        let carried = tokio::task::spawn_blocking(move || {
            let attempts = load.carry(way.as_ref(), now, &limits);
            (load, attempts)
        });
        let (load, attempts) = carried.await.map_err(|error| error.to_string())?;
        let noted = shell.act(true, context(shell), move |workspace, context| {
            send::arrive(workspace, context, &load, &attempts)
        });
        noted.await.map_err(|error| error.what)?;
        shell.live.tell("deliveries", "");
    }
}
