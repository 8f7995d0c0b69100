//! Every operation, in the order of the document.

use super::{
    Endpoint, alarms, campaigns, incidents, members, network, notices, people, reports, sharing, situation,
};

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = &'static Endpoint> {
    [
        situation::ENDPOINTS,
        reports::ENDPOINTS,
        campaigns::ENDPOINTS,
        network::ENDPOINTS,
        alarms::ENDPOINTS,
        incidents::ENDPOINTS,
        notices::ENDPOINTS,
        members::ENDPOINTS,
        people::ENDPOINTS,
        sharing::ENDPOINTS,
    ]
    .into_iter()
    .flatten()
}

/// The group of an operation in the document: the first word of its path.
pub(crate) fn group(endpoint: &Endpoint) -> &'static str {
    endpoint.path.trim_start_matches('/').split('/').next().unwrap_or_default()
}
