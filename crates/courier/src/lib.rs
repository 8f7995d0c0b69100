//! Carries parcels over the network: webhooks and e-mail. The one crate that opens connections to others.
//!
//! A webhook is signed as *Standard Webhooks* describe it (`webhook-id`, `webhook-timestamp`,
//! `webhook-signature` with HMAC-SHA-256 over `id.timestamp.body`), so that the other side can check where it
//! comes from with the libraries that it has; the id stays the same when a delivery is tried again. E-mail
//! goes to the server that the user names (RFC 5321), over TLS unless he says otherwise.
//!
//! Whatever the other side does, an attempt ends within [`Config::timeout_seconds`] for each step, and no
//! more of an answer is read than is kept.

mod email;
mod feed;
mod matching;
mod oidc;
mod taxii;
mod webhook;

use std::time::Duration;

use forewarn_app::delivery::{Courier, Parcel};
use forewarn_app::model::Channel;

pub use email::{Smtp, SmtpError, SmtpSecurity};
pub use feed::WebFeed;
pub use matching::MatchCarrier;
pub use oidc::{Oidc, OidcConfig, OidcError};
pub use taxii::Taxii;

/// How it carries.
#[derive(Debug, Clone)]
pub struct Config {
    /// Longest that one attempt may take, in seconds.
    pub timeout_seconds: u64,
    /// Whether webhooks may go to addresses without TLS. Only for tests on one machine.
    pub plain_http: bool,
    /// The mail server; without one, e-mail waits.
    pub smtp: Option<Smtp>,
}

impl Default for Config {
    fn default() -> Self {
        Self { timeout_seconds: 10, plain_http: false, smtp: None }
    }
}

/// Carries over the network.
pub struct Network {
    config: Config,
    agent: ureq::Agent,
}

impl Network {
    /// One that carries as the configuration says.
    pub fn new(config: Config) -> Self {
        let agent = agent(config.timeout_seconds, config.plain_http);
        Self { config, agent }
    }
}

/// Who asks: gives up a request after so many seconds in all, and takes every status as an answer. No redirect is
/// followed: it could lead a warning or a token to somebody else, or into the own network. `plain_http` lets it go to
/// addresses without TLS.
fn agent(timeout_seconds: u64, plain_http: bool) -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(timeout_seconds)))
        .max_redirects(0)
        .https_only(!plain_http)
        .http_status_as_error(false)
        .user_agent("forewarn")
        .build()
        .new_agent()
}

impl Courier for Network {
    fn takes(&self, channel: &Channel) -> bool {
        match channel {
            Channel::Email(_) => self.config.smtp.is_some(),
            Channel::Folder(_) | Channel::Webhook(_) => true,
        }
    }

    fn carry(&self, parcel: &Parcel) -> Result<String, String> {
        match &parcel.channel {
            Channel::Webhook(address) => webhook::post(&self.agent, address, parcel),
            Channel::Email(address) => match &self.config.smtp {
                Some(smtp) => email::send(smtp, address, parcel, self.config.timeout_seconds),
                None => Err("no mail server is set: give one with --smtp".to_owned()),
            },
            Channel::Folder(_) => Err("a folder is not reached over the network".to_owned()),
        }
    }
}
