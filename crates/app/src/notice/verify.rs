//! Verifies a signed notice without asking anyone.

use forewarn_notice::sign::{DetachedJws, PublicKey, verify};
use forewarn_share::notice_json::parse_signed;
use thiserror::Error;

/// What holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The number of the notice.
    pub number: String,
    /// The thumbprint of the key.
    pub kid: String,
    /// Whether the key is the one that the caller trusts; without one, the caller has to compare.
    pub trusted: bool,
}

/// What exactly fails.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VerifyNoticeError {
    /// Not a signed notice.
    #[error("{0}")]
    Form(String),
    /// The signature.
    #[error("{0}")]
    Signature(String),
    /// Another key than the trusted one.
    #[error("it is signed with key {found}, and the key that you trust is {trusted}")]
    OtherKey {
        /// The key that it is signed with.
        found: String,
        /// The key that the caller trusts.
        trusted: String,
    },
}

/// Checks form, key and signature of a document.
pub fn run(bytes: &[u8], trusted_kid: Option<&str>) -> Result<Verified, VerifyNoticeError> {
    let form = |error: &dyn std::fmt::Display| VerifyNoticeError::Form(error.to_string());
    let signed = parse_signed(bytes).map_err(|error| form(&error))?;
    let key = PublicKey::from_jwk(&signed.jwk.to_string()).map_err(|error| form(&error))?;
    let payload = signed.signed_bytes().map_err(|error| form(&error))?;
    let jws = DetachedJws::from_text(&signed.jws);
    verify(&key, &payload, &jws).map_err(|error| VerifyNoticeError::Signature(error.to_string()))?;
    if let Some(trusted) = trusted_kid
        && trusted != signed.kid
    {
        return Err(VerifyNoticeError::OtherKey { found: signed.kid, trusted: trusted.to_owned() });
    }
    let number = signed.notice().map_err(|error| form(&error))?.number;
    Ok(Verified { number, kid: signed.kid, trusted: trusted_kid.is_some() })
}
