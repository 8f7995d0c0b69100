//! The pages of the desk: one room a noun, each with its routes. To add one: a file here, its template in
//! `templates/web/`, its words in `translations/*/desk-<noun>.ftl`, a line below, and a line in the menu
//! (`shell/frame.rs`).

mod network;
mod settings;
mod situation;

use axum::Router;

use crate::shell::Shared;

/// All routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new().merge(situation::routes()).merge(settings::routes()).merge(network::routes())
}
