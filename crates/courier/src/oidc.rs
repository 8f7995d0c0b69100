//! Sign-in by OpenID Connect: asks a provider who somebody is.
//!
//! OpenID Connect Core 1.0, sections 3.1.2 and 3.1.3; discovery 1.0, section 4; PKCE (RFC 7636). What the provider
//! signed is checked in `oidc/token.rs`.

mod token;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use forewarn_app::model::Timestamp;
use forewarn_app::user::{Provider, Step};
use form_urlencoded::Serializer;
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use thiserror::Error;

use token::{Expected, Keys};

/// What the provider says of itself, and its keys, are asked for again after so many seconds.
const KNOWN_S: i64 = 600;

/// Keys are asked for again at once where one is missing, but only so often, in seconds.
const KEYS_AGAIN_S: i64 = 30;

/// How a provider is reached.
#[derive(Clone)]
pub struct OidcConfig {
    /// How it is called on the page.
    pub name: String,
    /// Its issuer: what discovery begins with, without a slash at the end unless the provider has one.
    pub issuer: String,
    /// What this service is called there.
    pub client_id: String,
    /// What it proves itself with; none for a public client, which PKCE protects alone.
    pub client_secret: Option<String>,
    /// Longest that one answer may take, in seconds.
    pub timeout_seconds: u64,
    /// Longest answer that is read, in bytes.
    pub answer_bytes_max: u64,
}

/// A configuration that cannot be used.
#[derive(Debug, Error)]
pub enum OidcError {
    /// The issuer.
    #[error(
        "use the provider {0:?}: expected an address that begins with https:// (or with http:// and localhost, for a test)"
    )]
    Issuer(String),
}

/// A provider.
pub struct Oidc {
    config: OidcConfig,
    agent: ureq::Agent,
    known: Mutex<Option<Known>>,
}

/// What the provider said of itself.
#[derive(Clone)]
struct Known {
    at: Timestamp,
    authorization: String,
    token: String,
    userinfo: Option<String>,
    jwks: String,
    /// Whether it takes the secret in the header; else it goes into the form.
    basic: bool,
    keys: Arc<Keys>,
    keys_at: Timestamp,
}

impl Oidc {
    /// Makes it; nobody is asked yet, so that the service starts while the provider is away.
    pub fn new(config: OidcConfig) -> Result<Self, OidcError> {
        if !allowed(&config.issuer) {
            return Err(OidcError::Issuer(config.issuer));
        }
        let agent = crate::agent(config.timeout_seconds, true);
        Ok(Self { config, agent, known: Mutex::new(None) })
    }

    fn known(&self, now: Timestamp) -> Result<Known, String> {
        let kept = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = kept.filter(|known| now.as_second() - known.at.as_second() < KNOWN_S) {
            return Ok(known);
        }
        let issuer = &self.config.issuer;
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let said = self.get(&address, None)?;
        // Discovery, section 4.3: another issuer may be an attack.
        if said["issuer"].as_str() != Some(issuer) {
            return Err(format!(
                "the provider calls itself {}, not {issuer:?}: use that as the issuer",
                said["issuer"]
            ));
        }
        let endpoint = |name: &str| match said[name].as_str() {
            Some(address) if allowed(address) => Ok(address.to_owned()),
            _ => Err(format!("the provider names no {name} that can be used")),
        };
        let methods = said["token_endpoint_auth_methods_supported"].as_array();
        let jwks = endpoint("jwks_uri")?;
        let known = Known {
            at: now,
            authorization: endpoint("authorization_endpoint")?,
            token: endpoint("token_endpoint")?,
            userinfo: endpoint("userinfo_endpoint").ok(),
            basic: methods.is_none_or(|all| all.iter().any(|one| one == "client_secret_basic")),
            keys: Arc::new(Keys::read(&self.get(&jwks, None)?)),
            keys_at: now,
            jwks,
        };
        self.keep(&known);
        Ok(known)
    }

    fn keep(&self, known: &Known) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
    }

    /// The claims of a token; a key that is not known yet is asked for.
    fn claims(&self, mut known: Known, token: &str, expected: &Expected<'_>) -> Result<Value, String> {
        let now = expected.now;
        if !known.keys.has_key_of(token) && now.as_second() - known.keys_at.as_second() >= KEYS_AGAIN_S {
            known.keys = Arc::new(Keys::read(&self.get(&known.jwks, None)?));
            known.keys_at = now;
            self.keep(&known);
        }
        token::check(token, &known.keys, expected)
    }

    fn get(&self, address: &str, bearer: Option<&str>) -> Result<Value, String> {
        let mut request = self.agent.get(address).header("accept", "application/json");
        if let Some(token) = bearer {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let answer = request.call().map_err(|error| format!("ask {address}: {error}"))?;
        self.read(address, answer)
    }

    fn read(&self, address: &str, mut answer: ureq::http::Response<ureq::Body>) -> Result<Value, String> {
        let status = answer.status();
        let body = answer.body_mut().with_config().limit(self.config.answer_bytes_max).read_to_string();
        let body = body.map_err(|error| format!("read the answer of {address}: {error}"))?;
        let value: Option<Value> = serde_json::from_str(&body).ok();
        if !status.is_success() {
            // The codes of RFC 6749, section 5.2, hold no secret.
            let told = value.as_ref().and_then(|value| value["error"].as_str()).unwrap_or_default();
            return Err(format!("{address} answered {status} {told}"));
        }
        value.ok_or_else(|| format!("{address} answered with something that is no JSON"))
    }

    fn redeem(&self, known: &Known, redirect: &str, code: &str, step: &Step) -> Result<Value, String> {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", redirect)
            .append_pair("code_verifier", &step.verifier);
        let mut request = self
            .agent
            .post(&known.token)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded");
        match &self.config.client_secret {
            Some(secret) if known.basic => {
                // RFC 6749, section 2.3.1: both are encoded as in a form before they are put together.
                let part = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
                let both = format!("{}:{}", part(&self.config.client_id), part(secret));
                request = request.header("authorization", format!("Basic {}", STANDARD.encode(both)));
            }
            Some(secret) => {
                form.append_pair("client_id", &self.config.client_id).append_pair("client_secret", secret);
            }
            None => {
                form.append_pair("client_id", &self.config.client_id);
            }
        }
        let answer = request.send(form.finish()).map_err(|error| format!("ask {}: {error}", known.token))?;
        self.read(&known.token, answer)
    }
}

impl Provider for Oidc {
    fn name(&self) -> &str {
        &self.config.name
    }

    fn begin(&self, redirect: &str, step: &Step, now: Timestamp) -> Result<String, String> {
        let known = self.known(now)?;
        let query = Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("scope", "openid email")
            .append_pair("client_id", &self.config.client_id)
            .append_pair("redirect_uri", redirect)
            .append_pair("state", &step.state)
            .append_pair("nonce", &step.nonce)
            .append_pair("code_challenge", &step.challenge())
            .append_pair("code_challenge_method", "S256")
            .finish();
        let join = if known.authorization.contains('?') { '&' } else { '?' };
        Ok(format!("{}{join}{query}", known.authorization))
    }

    fn finish(&self, redirect: &str, code: &str, step: &Step, now: Timestamp) -> Result<Vec<String>, String> {
        let known = self.known(now)?;
        let answer = self.redeem(&known, redirect, code, step)?;
        let token = answer["id_token"].as_str().ok_or("the provider answered without an ID token")?;
        let (issuer, client_id) = (&self.config.issuer, &self.config.client_id);
        let expected = Expected { issuer, client_id, nonce: &step.nonce, now };
        let mut claims = self.claims(known.clone(), token, &expected)?;
        let subject = claims["sub"].as_str().unwrap_or_default().to_owned();
        if claims["email"].is_null()
            && let (Some(address), Some(access)) = (&known.userinfo, answer["access_token"].as_str())
        {
            let more = self.get(address, Some(access))?;
            // Section 5.3.2: of somebody else it is worth nothing.
            if more["sub"].as_str() == Some(&subject) {
                claims = more;
            }
        }
        Ok(names(&subject, &claims))
    }

    fn issuer(&self) -> &str {
        &self.config.issuer
    }
}

/// Who it is, and the address that it verified.
fn names(subject: &str, claims: &Value) -> Vec<String> {
    let verified = claims["email_verified"] == Value::Bool(true) || claims["email_verified"] == "true";
    let email = claims["email"].as_str().filter(|_| verified);
    // An address that could be taken for a subject is none.
    let email =
        email.map(str::to_lowercase).filter(|email| email.contains('@') && !email.starts_with("subject:"));
    std::iter::once(format!("subject:{subject}")).chain(email).collect()
}

/// TLS; without it on this machine only.
fn allowed(address: &str) -> bool {
    let host = |rest: &str| rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned();
    match address.split_once("://") {
        Some(("https", rest)) => !host(rest).is_empty() && !host(rest).contains('@'),
        Some(("http", rest)) => {
            let host = host(rest);
            let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
            ["localhost", "127.0.0.1", "[::1]"].contains(&name)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn goes_by_tls_or_stays_on_this_machine() {
        for (address, expected) in [
            ("https://id.example.org", true),
            ("https://id.example.org/realm?x=1", true),
            ("http://127.0.0.1:3000", true),
            ("http://localhost", true),
            ("http://id.example.org", false),
            ("http://localhost.example.org", false),
            ("http://localhost@example.org", false),
            ("https://", false),
            ("ftp://localhost", false),
            ("id.example.org", false),
        ] {
            assert_eq!(allowed(address), expected, "{address}");
        }
    }

    #[test]
    fn only_a_verified_address_is_a_name() {
        let check = |claims: Value, expected: &[&str]| assert_eq!(names("7", &claims), expected, "{claims}");
        check(
            json!({ "email": "Ana@Example.org", "email_verified": true }),
            &["subject:7", "ana@example.org"],
        );
        check(json!({ "email": "ana@example.org", "email_verified": false }), &["subject:7"]);
        check(json!({ "email": "ana@example.org" }), &["subject:7"]);
        check(json!({ "email": "subject:8@x", "email_verified": true }), &["subject:7"]);
        check(json!({}), &["subject:7"]);
    }
}
