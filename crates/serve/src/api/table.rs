//! Every operation, in the order of the document.

use super::{
    Endpoint, alarms, campaigns, claims, drafts, exchange, extracts, incidents, members, network, notices,
    people, received, reports, rules, sharing, situation, users, views,
};

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = &'static Endpoint> {
    [
        situation::ENDPOINTS,
        reports::ENDPOINTS,
        campaigns::ENDPOINTS,
        network::ENDPOINTS,
        views::ENDPOINTS,
        alarms::ENDPOINTS,
        incidents::ENDPOINTS,
        claims::ENDPOINTS,
        notices::ENDPOINTS,
        drafts::ENDPOINTS,
        extracts::ENDPOINTS,
        received::ENDPOINTS,
        members::ENDPOINTS,
        users::ENDPOINTS,
        people::ENDPOINTS,
        rules::ENDPOINTS,
        exchange::ENDPOINTS,
        sharing::ENDPOINTS,
    ]
    .into_iter()
    .flatten()
}

/// The group of an operation in the document: the first word of its path.
pub(crate) fn group(endpoint: &Endpoint) -> &'static str {
    endpoint.path.trim_start_matches('/').split('/').next().unwrap_or_default()
}
