//! Fetches the files of a feed (MISP) from an address.

use forewarn_app::misp::import::Files;
use std::io::Read as _;

use crate::Config;

/// The files below an address.
pub struct WebFeed {
    agent: ureq::Agent,
    base: String,
}

impl WebFeed {
    /// A feed at the address of its folder, or of its manifest. No redirect is followed: it could lead inside
    /// the own network.
    pub fn new(address: &str, config: &Config) -> Self {
        let base = address.strip_suffix("manifest.json").unwrap_or(address).trim_end_matches('/').to_owned();
        let agent = crate::agent(config.timeout_seconds, config.plain_http);
        Self { agent, base }
    }
}

impl Files for WebFeed {
    fn get(&self, name: &str, bytes_max: u64) -> Result<Vec<u8>, String> {
        let address = format!("{}/{name}", self.base);
        let mut response =
            self.agent.get(&address).call().map_err(|error| format!("fetch {address}: {error}"))?;
        let status = response.status();
        if !status.is_success() {
            return Err(format!("fetch {address}: it answered {status}"));
        }
        let mut bytes = Vec::new();
        let body = response.body_mut().as_reader();
        let read = body.take(bytes_max + 1).read_to_end(&mut bytes);
        read.map_err(|error| format!("fetch {address}: {error}"))?;
        if bytes.len() as u64 > bytes_max {
            return Err(format!("fetch {address}: longer than {bytes_max} bytes"));
        }
        Ok(bytes)
    }
}
