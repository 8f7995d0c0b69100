//! Signatures: detached JWS (RFC 7515, appendix F) with EdDSA over Ed25519 (RFC 8037).
//!
//! The payload is the canonical JSON (RFC 8785) that `share` makes of a notice; this module takes its
//! bytes as they are. Keys are named by their thumbprint (RFC 7638), so that a signature tells which key to
//! look for; a [`KeySet`] says from when until when a key was in use. Nothing here prints a secret.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use ed25519_dalek::Signer as _;
use forewarn_model::Timestamp;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// Longest detached signature that is read, in bytes: a header of a few hundred and 86 of signature.
pub const JWS_BYTES_MAX: usize = 4096;

/// A private key. Its bytes are wiped from memory when it is dropped.
pub struct SigningKey(ed25519_dalek::SigningKey);

/// A public key.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(ed25519_dalek::VerifyingKey);

/// A signature apart from what it signs: `header..signature`, both base64url.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetachedJws(String);

/// A public key and the time in which signatures with it count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPeriod {
    /// The key.
    pub key: PublicKey,
    /// From this instant.
    pub from: Timestamp,
    /// Before this instant; without end if none.
    pub until: Option<Timestamp>,
}

/// The public keys of an issuer, old and new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeySet(pub Vec<KeyPeriod>);

/// What exactly fails.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// Not `header..signature`.
    #[error("verify signature: {0}")]
    Form(&'static str),
    /// Another algorithm than EdDSA.
    #[error("verify signature: algorithm {0:?}: expected EdDSA")]
    Algorithm(String),
    /// Made with a key that is not known.
    #[error("verify signature: key {0} is not known")]
    UnknownKey(String),
    /// Made at a time for which the key does not count.
    #[error("verify signature: key {kid} does not count at {at}")]
    OutOfPeriod {
        /// The key.
        kid: String,
        /// When the signature was made, by the payload.
        at: Timestamp,
    },
    /// The payload, the header or the signature was changed, or another key signed.
    #[error("verify signature: it does not fit the content under key {0}")]
    Mismatch(String),
}

/// Why a public key could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read public key: {0}")]
pub struct KeyError(&'static str);

impl SigningKey {
    /// A key from 32 bytes drawn by the caller from a cryptographic source of randomness.
    pub fn from_bytes(secret: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(secret))
    }

    /// The 32 bytes, for encrypted storage; the caller must wipe them.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    pub(crate) fn dalek(&self) -> &ed25519_dalek::SigningKey {
        &self.0
    }

    /// The public key.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }
}

impl PublicKey {
    /// A key from its 32 bytes (RFC 8032); a weak one, under which any signature could fit, is refused.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError("not a point"))?;
        if key.is_weak() { Err(KeyError("a point of small order")) } else { Ok(Self(key)) }
    }

    /// The 32 bytes.
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// Its name: the SHA-256 thumbprint of the JWK (RFC 7638; members of RFC 8037, appendix A.3), base64url.
    pub fn kid(&self) -> String {
        let required = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, self.x());
        BASE64URL.encode(Sha256::digest(required))
    }

    /// As a JSON Web Key (RFC 7517, RFC 8037), members in canonical order.
    pub fn to_jwk(&self) -> String {
        let (kid, x) = (self.kid(), self.x());
        format!(r#"{{"alg":"EdDSA","crv":"Ed25519","kid":"{kid}","kty":"OKP","use":"sig","x":"{x}"}}"#)
    }

    /// From a JSON Web Key; a `kid` in it must be its thumbprint.
    pub fn from_jwk(json: &str) -> Result<Self, KeyError> {
        let jwk: Value = serde_json::from_str(json).map_err(|_| KeyError("not JSON"))?;
        let member = |name: &str| jwk.get(name).and_then(Value::as_str);
        if member("kty") != Some("OKP") || member("crv") != Some("Ed25519") {
            return Err(KeyError("expected kty OKP and crv Ed25519"));
        }
        if jwk.get("d").is_some() {
            return Err(KeyError("it holds a private key"));
        }
        let x = member("x").and_then(|x| BASE64URL.decode(x).ok());
        let bytes = x.and_then(|x| <[u8; 32]>::try_from(x).ok()).ok_or(KeyError("x is not 32 bytes"))?;
        let key = Self::from_bytes(&bytes)?;
        match member("kid") {
            Some(kid) if kid != key.kid() => Err(KeyError("kid is not the thumbprint")),
            _ => Ok(key),
        }
    }

    pub(crate) fn dalek(&self) -> &ed25519_dalek::VerifyingKey {
        &self.0
    }

    fn x(&self) -> String {
        BASE64URL.encode(self.0.as_bytes())
    }
}

impl DetachedJws {
    /// A signature that was kept as text; read only when it is verified.
    pub fn from_text(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// The text, `header..signature`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Signs a payload. The same key and payload give the same signature (Ed25519 is deterministic).
pub fn sign(key: &SigningKey, payload: &[u8]) -> DetachedJws {
    let header = BASE64URL.encode(format!(r#"{{"alg":"EdDSA","kid":"{}"}}"#, key.public().kid()));
    let signature = key.0.sign(&signing_input(&header, payload));
    DetachedJws(format!("{header}..{}", BASE64URL.encode(signature.to_bytes())))
}

/// Verifies that `key` signed `payload`, whenever that was.
pub fn verify(key: &PublicKey, payload: &[u8], jws: &DetachedJws) -> Result<(), VerifyError> {
    let parts = Parts::read(jws)?;
    if parts.kid != key.kid() {
        return Err(VerifyError::UnknownKey(parts.kid));
    }
    let signature = ed25519_dalek::Signature::from_bytes(&parts.signature);
    let fits = key.0.verify_strict(&signing_input(parts.header, payload), &signature).is_ok();
    if fits { Ok(()) } else { Err(VerifyError::Mismatch(parts.kid)) }
}

impl KeySet {
    /// Verifies that a key of the set signed `payload`, and that the key counted at `signed_at`, which the
    /// caller takes from the payload. Returns the key's name.
    pub fn verify(
        &self,
        payload: &[u8],
        jws: &DetachedJws,
        signed_at: Timestamp,
    ) -> Result<String, VerifyError> {
        let kid = Parts::read(jws)?.kid;
        let of_kid: Vec<&KeyPeriod> = self.0.iter().filter(|period| period.key.kid() == kid).collect();
        let Some(first) = of_kid.first() else { return Err(VerifyError::UnknownKey(kid)) };
        verify(&first.key, payload, jws)?;
        let counts = |period: &&KeyPeriod| {
            period.from <= signed_at && period.until.is_none_or(|until| signed_at < until)
        };
        if of_kid.iter().any(counts) { Ok(kid) } else { Err(VerifyError::OutOfPeriod { kid, at: signed_at }) }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public().kid())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.kid())
    }
}

impl fmt::Display for DetachedJws {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The parts of a detached JWS.
struct Parts<'a> {
    /// As written, base64url: it is signed too.
    header: &'a str,
    kid: String,
    signature: [u8; 64],
}

impl<'a> Parts<'a> {
    fn read(jws: &'a DetachedJws) -> Result<Self, VerifyError> {
        let text = jws.as_str();
        if text.len() > JWS_BYTES_MAX {
            return Err(VerifyError::Form("it is too long"));
        }
        let mut pieces = text.split('.');
        let (Some(header), Some(""), Some(signature), None) =
            (pieces.next(), pieces.next(), pieces.next(), pieces.next())
        else {
            return Err(VerifyError::Form("expected header..signature"));
        };
        let json = BASE64URL.decode(header).map_err(|_| VerifyError::Form("the header is not base64url"))?;
        let fields: Value =
            serde_json::from_slice(&json).map_err(|_| VerifyError::Form("the header is not JSON"))?;
        let member = |name: &str| fields.get(name).and_then(Value::as_str);
        match member("alg") {
            Some("EdDSA") => {}
            other => return Err(VerifyError::Algorithm(other.unwrap_or_default().to_owned())),
        }
        // Extensions that we do not know must not be ignored (RFC 7515, 4.1.11); an unencoded payload
        // (RFC 7797) would be signed differently.
        if fields.get("crit").is_some() || fields.get("b64").is_some_and(|b64| b64 != &Value::Bool(true)) {
            return Err(VerifyError::Form("the header has extensions"));
        }
        let kid = member("kid").ok_or(VerifyError::Form("the header names no key"))?.to_owned();
        let signature = BASE64URL.decode(signature).ok().and_then(|bytes| bytes.try_into().ok());
        let signature = signature.ok_or(VerifyError::Form("the signature is not 64 bytes in base64url"))?;
        Ok(Self { header, kid, signature })
    }
}

fn signing_input(header: &str, payload: &[u8]) -> Vec<u8> {
    format!("{header}.{}", BASE64URL.encode(payload)).into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(byte: u8) -> SigningKey {
        SigningKey::from_bytes(&[byte; 32])
    }

    #[test]
    fn names_keys_as_rfc_8037_does() {
        // RFC 8037, appendix A.1 and A.3.
        let jwk = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
        let key = PublicKey::from_jwk(jwk).unwrap();
        assert_eq!(key.kid(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn signs_as_rfc_8037_does() {
        // RFC 8037, appendix A.4: the same key and payload; our header also names the key, so the
        // signature is compared on the RFC's own signing input.
        let secret = BASE64URL.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
        let key = SigningKey::from_bytes(&secret.try_into().unwrap());
        let input = signing_input("eyJhbGciOiJFZERTQSJ9", b"Example of Ed25519 signing");
        let signature = BASE64URL.encode(key.0.sign(&input).to_bytes());
        assert_eq!(
            signature,
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        );
    }

    /// A change to a good signature of `{"a":1}` by key 7, and what must fail.
    #[track_caller]
    fn check(change: impl Fn(&str) -> String, payload: &str, by: u8, expected: Result<(), &str>) {
        let jws = sign(&key(7), br#"{"a":1}"#);
        let changed = DetachedJws::from_text(&change(jws.as_str()));
        let got = verify(&key(by).public(), payload.as_bytes(), &changed).map_err(|error| error.to_string());
        match expected {
            Ok(()) => assert_eq!(got, Ok(())),
            Err(part) => assert!(got.as_ref().is_err_and(|error| error.contains(part)), "{got:?}"),
        }
    }

    #[test]
    fn verifies_only_what_was_signed() {
        let same = |jws: &str| jws.to_owned();
        let with_header = |json: &'static str| {
            move |jws: &str| {
                let (_, signature) = jws.split_once("..").unwrap();
                format!("{}..{signature}", BASE64URL.encode(json))
            }
        };
        let payload = r#"{"a":1}"#;
        check(same, payload, 7, Ok(()));
        check(|jws| format!(" {jws}\n"), payload, 7, Ok(()));
        check(same, r#"{"a":2}"#, 7, Err("does not fit"));
        check(same, payload, 8, Err("is not known"));
        check(|jws| jws.replace("..", "."), payload, 7, Err("expected header..signature"));
        check(|jws| jws.replace("..", ".eyJhIjoxfQ."), payload, 7, Err("expected header..signature"));
        check(|jws| format!("{jws}A"), payload, 7, Err("64 bytes"));
        check(|jws| format!("!{jws}"), payload, 7, Err("not base64url"));
        check(|jws| format!("{jws}{}", "A".repeat(5000)), payload, 7, Err("too long"));
        check(with_header(r#"{"alg":"none"}"#), payload, 7, Err("algorithm \"none\""));
        check(with_header("[]"), payload, 7, Err("algorithm"));
        check(with_header("{"), payload, 7, Err("not JSON"));
        check(with_header(r#"{"alg":"EdDSA"}"#), payload, 7, Err("names no key"));
        check(
            with_header(r#"{"alg":"EdDSA","b64":false,"crit":["b64"],"kid":"x"}"#),
            payload,
            7,
            Err("extensions"),
        );
    }

    #[test]
    fn a_key_counts_only_in_its_time() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let (from, until) = (at("2023-01-01T00:00:00Z"), at("2024-01-01T00:00:00Z"));
        let set = KeySet(vec![
            KeyPeriod { key: key(1).public(), from, until: Some(until) },
            KeyPeriod { key: key(2).public(), from: until, until: None },
        ]);
        let old = sign(&key(1), b"x");
        assert_eq!(set.verify(b"x", &old, from), Ok(key(1).public().kid()));
        let kid = key(1).public().kid();
        assert_eq!(set.verify(b"x", &old, until), Err(VerifyError::OutOfPeriod { kid, at: until }));
        assert!(set.verify(b"x", &sign(&key(2), b"x"), until).is_ok());
        let stranger = key(3).public().kid();
        assert_eq!(set.verify(b"x", &sign(&key(3), b"x"), from), Err(VerifyError::UnknownKey(stranger)));
    }

    #[test]
    fn reads_back_public_keys_and_refuses_others() {
        let public = key(5).public();
        assert_eq!(PublicKey::from_jwk(&public.to_jwk()), Ok(public.clone()));
        let private = public.to_jwk().replacen('{', r#"{"d":"AA","#, 1);
        for (jwk, expected) in [
            (private.as_str(), "private"),
            ("", "not JSON"),
            (r#"{"kty":"RSA"}"#, "expected kty OKP"),
            (r#"{"kty":"OKP","crv":"Ed25519","x":"AA"}"#, "32 bytes"),
            // The neutral element: every signature by it can be forged.
            (
                r#"{"kty":"OKP","crv":"Ed25519","x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#,
                "small order",
            ),
            (&public.to_jwk().replace(&public.kid(), "x"), "thumbprint"),
        ] {
            let error = PublicKey::from_jwk(jwk).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn secrets_are_not_printed() {
        let printed = format!("{:?}", key(65));
        assert_eq!(printed, format!("SigningKey({})", key(65).public().kid()));
    }

    proptest! {
        // Signing is slow without optimisation.
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_changed_byte_is_noticed(payload in proptest::collection::vec(any::<u8>(), 1..200), at in any::<usize>(), flip in 1u8..=255) {
            let jws = sign(&key(9), &payload);
            prop_assert_eq!(verify(&key(9).public(), &payload, &jws), Ok(()));
            let mut changed = payload.clone();
            changed[at % payload.len()] ^= flip;
            prop_assert!(verify(&key(9).public(), &changed, &jws).is_err());
        }

        #[test]
        fn reading_a_signature_never_panics(text in ".{0,300}") {
            prop_assert!(verify(&key(9).public(), b"x", &DetachedJws::from_text(&text)).is_err());
        }
    }
}
