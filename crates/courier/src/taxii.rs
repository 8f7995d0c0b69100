//! Requests to other TAXII 2.1 servers.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use forewarn_app::exchange::wire::{Answer, MEDIA_TYPE, Request, Wire, WireError};

/// Asks over the network.
pub struct Taxii {
    agent: ureq::Agent,
}

impl Taxii {
    /// One that gives up a request after so many seconds in all; `plain_http` lets it go to addresses without TLS,
    /// which is for tests on one machine.
    pub fn new(timeout_seconds: u64, plain_http: bool) -> Self {
        Self { agent: crate::agent(timeout_seconds, plain_http) }
    }
}

impl Wire for Taxii {
    fn ask(&self, request: &Request) -> Result<Answer, WireError> {
        let broken = |error: ureq::Error| WireError::Broken(told(&error));
        let credentials = request.credentials.as_ref().map(|(user, secret)| match user {
            Some(user) => format!("Basic {}", BASE64.encode(format!("{user}:{secret}"))),
            None => format!("Bearer {secret}"),
        });
        let mut response = match &request.body {
            Some(body) => {
                let mut asked = self.agent.post(&request.url).header("accept", MEDIA_TYPE);
                if let Some(credentials) = credentials {
                    asked = asked.header("authorization", credentials);
                }
                asked.header("content-type", MEDIA_TYPE).send(&body[..])
            }
            None => {
                let mut asked = self.agent.get(&request.url).header("accept", MEDIA_TYPE);
                if let Some(credentials) = credentials {
                    asked = asked.header("authorization", credentials);
                }
                asked.call()
            }
        }
        .map_err(broken)?;
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let media_type = header("content-type").unwrap_or_default();
        let added_last = header("x-taxii-date-added-last");
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(request.answer_bytes_max).read_to_vec();
        let body = body.map_err(|error| match error {
            ureq::Error::BodyExceedsLimit(_) => WireError::TooLong(request.answer_bytes_max),
            other => broken(other),
        })?;
        Ok(Answer { status, media_type, added_last, body })
    }
}

fn told(error: &ureq::Error) -> String {
    match error {
        ureq::Error::RequireHttpsOnly(address) => {
            format!("{address} has no TLS: use https://, or --plain-http for a test on one machine")
        }
        other => format!("it cannot be reached: {other}"),
    }
}
