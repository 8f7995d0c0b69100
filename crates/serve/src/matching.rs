//! `POST /share/match`: a partner's node brings a message of a private match and takes the answer.
//!
//! Who asks is known twice: by the token, which needs the right to share, and by the signature of the message, which
//! `app` holds against the agreement. The same checks hold for a message that was carried by hand.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use forewarn_app::matching::{Limits, receive};
use forewarn_app::share::matching::MEDIA_TYPE;

use crate::shell::{PageError, Shared, Signed};

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    let bytes_max = Limits::default().message.message_bytes_max();
    Router::new().route("/share/match", post(take)).layer(DefaultBodyLimit::max(bytes_max))
}

async fn take(State(shell): State<Shared>, who: Signed, body: Bytes) -> Result<Response, PageError> {
    // It computes for seconds and writes for moments: not a turn among those who write.
    let work =
        move |workspace: &mut _, context: &_| receive::run(workspace, context, &body, &Limits::default());
    let outcome = shell.read(&who, work).await?;
    shell.live.tell("share", "");
    let headers = [(header::CONTENT_TYPE, MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")];
    Ok(match outcome.reply {
        Some(reply) => (StatusCode::OK, headers, reply).into_response(),
        None => StatusCode::NO_CONTENT.into_response(),
    })
}
