//! The pages of the desk: one room a noun, each with its routes. To add one: a file here, its template in
//! `templates/web/`, its words in `translations/*/desk-<noun>.ftl`, two lines below, and a line in the menu
//! (`shell/frame.rs`).

mod account;
mod alarms;
mod asked;
mod audit;
mod campaigns;
mod decided;
mod delivery;
mod exchange;
mod extract;
mod incidents;
mod members;
mod network;
mod notice;
mod notices;
mod public;
mod received;
mod reports;
mod rules;
mod settings;
mod sign_in;
mod situation;
mod sources;
mod users;
#[cfg(test)]
mod walk;

use axum::Router;
pub(crate) use notice::FILES;

use crate::shell::Shared;

/// All routes.
pub(crate) fn routes() -> Router<Shared> {
    let rooms = [
        account::routes(),
        alarms::routes(),
        audit::routes(),
        campaigns::routes(),
        delivery::routes(),
        exchange::routes(),
        extract::routes(),
        incidents::routes(),
        members::routes(),
        network::routes(),
        notice::routes(),
        notices::routes(),
        public::routes(),
        received::routes(),
        reports::routes(),
        rules::routes(),
        settings::routes(),
        sign_in::routes(),
        situation::routes(),
        sources::routes(),
        users::routes(),
    ];
    rooms.into_iter().fold(Router::new(), Router::merge)
}
