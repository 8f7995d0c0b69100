//! Carries the messages of a private match to a partner's node.

use forewarn_app::matching::exchange::Carrier;
use forewarn_app::share::matching::MEDIA_TYPE;

/// Longest reason for a refusal that is read, in bytes.
const REASON_BYTES_MAX: u64 = 4096;

/// Carries over HTTPS.
pub struct MatchCarrier {
    agent: ureq::Agent,
}

impl MatchCarrier {
    /// One that gives up a message after so many seconds in all; `plain_http` lets it go to addresses without TLS,
    /// which is for tests on one machine.
    pub fn new(timeout_seconds: u64, plain_http: bool) -> Self {
        Self { agent: crate::agent(timeout_seconds, plain_http) }
    }
}

impl Carrier for MatchCarrier {
    fn carry(
        &self,
        url: &str,
        token: Option<&str>,
        message: &[u8],
        answer_bytes_max: usize,
    ) -> Result<Vec<u8>, String> {
        let mut request =
            self.agent.post(url).header("content-type", MEDIA_TYPE).header("accept", MEDIA_TYPE);
        if let Some(token) = token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut response = request.send(message).map_err(|error| match error {
            ureq::Error::RequireHttpsOnly(_) => {
                "it has no TLS: use https://, or --plain-http for a test on one machine".to_owned()
            }
            other => format!("it cannot be reached: {other}"),
        })?;
        let status = response.status();
        let bytes_max = if status.is_success() { answer_bytes_max as u64 } else { REASON_BYTES_MAX };
        let body = response.body_mut().with_config().limit(bytes_max).read_to_vec();
        if status.is_success() {
            return body.map_err(|error| format!("its answer cannot be read: {error}"));
        }
        let body = String::from_utf8_lossy(&body.unwrap_or_default()).into_owned();
        let reason: String = body.chars().filter(|c| !c.is_control()).take(500).collect();
        Err(format!("it answered {status}: {reason}"))
    }
}
