//! Secrets that are shown once and kept as hashes: sessions, tokens, invitations, recovery codes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forewarn_model::id::hash_parts;

use crate::{AppError, Context};

/// 256 random bits as text: 43 letters, digits, hyphens and underscores.
pub(crate) fn make(context: &Context, operation: &'static str) -> Result<String, AppError> {
    Ok(URL_SAFE_NO_PAD.encode(bytes(context, operation)?))
}

/// 256 random bits.
pub(crate) fn bytes(context: &Context, operation: &'static str) -> Result<[u8; 32], AppError> {
    let mut bytes = [0; 32];
    (context.random)(&mut bytes).map_err(AppError::refused(operation))?;
    Ok(bytes)
}

/// What the store keeps of a secret: SHA-256 of it and of what it is for. A secret of 256 random bits needs no
/// slow hash.
pub(crate) fn hash(purpose: &str, secret: &str) -> [u8; 32] {
    hash_parts("forewarn/secret/1", &[purpose.as_bytes(), secret.as_bytes()])
}
