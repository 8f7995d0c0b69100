//! A provider of sign-ins: another system that vouches for people (OpenID Connect Core 1.0, authorization code flow
//! with PKCE, RFC 7636). The network is an edge's; here is what the edge must do.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forewarn_model::Timestamp;
use sha2::{Digest as _, Sha256};

use super::secret;
use crate::{AppError, Context};

/// A sign-in under way at a provider. Each part is random, and used once.
#[derive(Clone, PartialEq, Eq)]
pub struct Step {
    /// Comes back with the browser: it is this browser's sign-in that comes back.
    pub state: String,
    /// Comes back in the signed token: it was made for this sign-in.
    pub nonce: String,
    /// Whoever redeems the code must know it.
    pub verifier: String,
}

/// Another system that vouches for people.
pub trait Provider: Send + Sync {
    /// How it is called on the page.
    fn name(&self) -> &str;

    /// Where the browser goes to sign in; it comes back to `redirect`.
    fn begin(&self, redirect: &str, step: &Step, now: Timestamp) -> Result<String, String>;

    /// Redeems the code that the browser came back with, and checks the signed answer. The names under which it
    /// vouches: `subject:` and its identifier, and the e-mail address in lower case if it says that it verified it.
    fn finish(&self, redirect: &str, code: &str, step: &Step, now: Timestamp) -> Result<Vec<String>, String>;

    /// Who it is: its issuer, as it must be told if the browser brings one (RFC 9207).
    fn issuer(&self) -> &str;
}

impl Step {
    /// A new one.
    pub fn new(context: &Context) -> Result<Self, AppError> {
        let make = || secret::make(context, "sign in");
        Ok(Self { state: make()?, nonce: make()?, verifier: make()? })
    }

    /// What the provider is shown of the verifier (S256).
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()))
    }
}

impl std::fmt::Debug for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Step")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 7636, appendix B.
    #[test]
    fn the_challenge_is_that_of_the_standard() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
        let step = Step { state: String::new(), nonce: String::new(), verifier };
        assert_eq!(step.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
