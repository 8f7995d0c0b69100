//! What is signed, with its signature and its place in the transparency log: one form for notices and for
//! what is said of them later.
//!
//! `{"<member>": payload, "signature": {"jws", "jwk", "kid"}, "log": {"index", "hashes", "checkpoint"}}`. The
//! signature is over the canonical form (RFC 8785) of the payload; the leaf of the log is the canonical form
//! of the document without `log`. This room signs nothing and verifies nothing: `notice` does.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::notice_json::{Limits, NoticeJsonError};
use crate::strict;

/// A signed document as read: its form was checked, its signature was not.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// The member that the payload stands in.
    pub member: &'static str,
    /// What the signature is over, in canonical form.
    pub payload: Value,
    /// The detached signature: `header..signature`.
    pub jws: String,
    /// The public key that it claims to be made with. Who verifies compares it with a key that he has from
    /// elsewhere.
    pub jwk: Value,
    /// The thumbprint of `jwk` (RFC 7638); checked.
    pub kid: String,
    /// Where it stands in the issuer's log, if it says so.
    pub log: Option<LogProof>,
}

/// A place in a log, with the proof that leads to a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogProof {
    /// The position of the leaf, from 0.
    pub index: u64,
    /// The hashes that lead from the leaf to the root, the lowest first (RFC 6962, section 2.1.1).
    pub hashes: Vec<[u8; 32]>,
    /// The checkpoint, a signed note (C2SP `tlog-checkpoint`).
    pub checkpoint: String,
}

/// Most hashes that a proof may have.
const HASHES_MAX: usize = 64;

impl Envelope {
    /// The bytes that the signature is over.
    pub fn signed_bytes(&self) -> Result<Vec<u8>, NoticeJsonError> {
        canonical(&self.payload)
    }

    /// The bytes of its leaf in the log.
    pub fn entry(&self) -> Result<Vec<u8>, NoticeJsonError> {
        let signature = json!({ "jws": self.jws, "jwk": self.jwk, "kid": self.kid });
        canonical(&json!({ self.member: self.payload, "signature": signature }))
    }
}

/// The canonical form: JSON Canonicalization Scheme (RFC 8785), UTF-8. Refuses whole numbers that other
/// readers would round.
pub fn canonical(value: &Value) -> Result<Vec<u8>, NoticeJsonError> {
    if let Some(number) = strict::unsafe_number(value) {
        return Err(NoticeJsonError::Number(number));
    }
    serde_json_canonicalizer::to_vec(value).map_err(|error| NoticeJsonError::Canonical(error.to_string()))
}

/// The bytes of the leaf of a signed document, with or without its place in the log.
pub fn entry(signed: &Value) -> Result<Vec<u8>, NoticeJsonError> {
    let mut leaf = signed.clone();
    if let Some(members) = leaf.as_object_mut() {
        members.remove("log");
    }
    canonical(&leaf)
}

/// A signed document with its place in the log.
pub fn with_log(mut signed: Value, proof: &LogProof) -> Value {
    let hashes: Vec<String> = proof.hashes.iter().map(|hash| STANDARD.encode(hash)).collect();
    if let Some(members) = signed.as_object_mut() {
        let log = json!({ "index": proof.index, "hashes": hashes, "checkpoint": proof.checkpoint });
        members.insert("log".to_owned(), log);
    }
    signed
}

pub(crate) fn seal(
    member: &'static str,
    payload: Value,
    jws: &str,
    jwk: Value,
) -> Result<Value, NoticeJsonError> {
    if !is_detached(jws) {
        return Err(NoticeJsonError::Jws);
    }
    let kid = thumbprint(&jwk)?;
    Ok(json!({ member: payload, "signature": { "jws": jws, "jwk": jwk, "kid": kid } }))
}

pub(crate) fn open(member: &'static str, bytes: &[u8], limits: &Limits) -> Result<Envelope, NoticeJsonError> {
    if bytes.len() > limits.document_bytes_max {
        let bytes_max = limits.document_bytes_max;
        return Err(NoticeJsonError::TooLong { bytes: bytes.len(), bytes_max });
    }
    let form = |what: String| NoticeJsonError::Form(what);
    let document = strict::parse(bytes).map_err(|error| NoticeJsonError::Syntax(error.to_string()))?;
    let Value::Object(mut members) = document else { return Err(form("expected an object".to_owned())) };
    let payload = take(&mut members, member)?;
    let signature = Signature::deserialize(take(&mut members, "signature")?)
        .map_err(|error| form(format!("signature: {error}")))?;
    let log = members.remove("log").map(log_proof).transpose()?;
    if let Some(name) = members.keys().next() {
        return Err(form(format!("unknown member {name:?}")));
    }
    if !is_detached(&signature.jws) {
        return Err(NoticeJsonError::Jws);
    }
    let actual = thumbprint(&signature.jwk)?;
    if actual != signature.kid {
        return Err(NoticeJsonError::KeyId { stated: signature.kid, actual });
    }
    Ok(Envelope { member, payload, jws: signature.jws, jwk: signature.jwk, kid: actual, log })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signature {
    jws: String,
    jwk: Value,
    kid: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Log {
    index: u64,
    hashes: Vec<String>,
    checkpoint: String,
}

fn take(members: &mut Map<String, Value>, name: &str) -> Result<Value, NoticeJsonError> {
    members.remove(name).ok_or_else(|| NoticeJsonError::Form(format!("missing member {name:?}")))
}

fn log_proof(value: Value) -> Result<LogProof, NoticeJsonError> {
    let log = Log::deserialize(value).map_err(|error| NoticeJsonError::Form(format!("log: {error}")))?;
    if log.hashes.len() > HASHES_MAX {
        return Err(NoticeJsonError::Log("it has more hashes than any tree needs"));
    }
    let hash = |text: &String| STANDARD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    let hashes: Option<Vec<[u8; 32]>> = log.hashes.iter().map(hash).collect();
    let hashes = hashes.ok_or(NoticeJsonError::Log("a hash is not 32 bytes in base64"))?;
    Ok(LogProof { index: log.index, hashes, checkpoint: log.checkpoint })
}

/// Whether a JWS in compact form has a header, no payload, and a signature, each in base64url.
fn is_detached(jws: &str) -> bool {
    let base64url = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
    };
    match jws.split('.').collect::<Vec<_>>().as_slice() {
        [header, "", signature] => base64url(header) && base64url(signature),
        _ => false,
    }
}

/// The JWK thumbprint (RFC 7638) of an Ed25519 public key: SHA-256 over its required members (RFC 8037,
/// section 2, appendix A.3) in canonical form, in base64url.
fn thumbprint(jwk: &Value) -> Result<String, NoticeJsonError> {
    let member = |name: &str| jwk.get(name).and_then(Value::as_str);
    if jwk.get("d").is_some() {
        return Err(NoticeJsonError::Key("the key is a private one"));
    }
    let (Some("OKP"), Some("Ed25519"), Some(x)) = (member("kty"), member("crv"), member("x")) else {
        return Err(NoticeJsonError::Key("the key is of another kind"));
    };
    let required = canonical(&json!({ "crv": "Ed25519", "kty": "OKP", "x": x }))?;
    Ok(URL_SAFE_NO_PAD.encode(Sha256::digest(&required)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The public key of RFC 8037, appendix A.2.
    fn jwk() -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" })
    }

    const JWS: &str = "eyJhbGciOiJFZERTQSJ9..c2lnbmF0dXJl";

    /// RFC 8037, appendix A.3.
    #[test]
    fn names_a_key_by_its_thumbprint() {
        let expected = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
        assert_eq!(thumbprint(&jwk()).unwrap(), expected);
        let mut private = jwk();
        private["d"] = json!("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
        assert!(matches!(seal("notice", json!({}), JWS, private), Err(NoticeJsonError::Key(_))));
        let rsa = json!({ "kty": "RSA" });
        assert!(matches!(seal("notice", json!({}), JWS, rsa), Err(NoticeJsonError::Key(_))));
        for jws in ["", "a.b.c", "a..", "..b", "a..b.c", "a..b="] {
            assert_eq!(seal("notice", json!({}), jws, jwk()), Err(NoticeJsonError::Jws), "{jws}");
        }
    }

    #[test]
    fn the_place_in_the_log_comes_back_and_changes_no_leaf() {
        let signed = seal("status", json!({ "b": 1, "a": "é" }), JWS, jwk()).unwrap();
        let proof = LogProof { index: 5, hashes: vec![[7; 32], [9; 32]], checkpoint: "x\n".to_owned() };
        let logged = with_log(signed.clone(), &proof);
        let read = open("status", &serde_json::to_vec(&logged).unwrap(), &Limits::default()).unwrap();
        assert_eq!(read.log, Some(proof));
        assert_eq!(read.entry().unwrap(), entry(&signed).unwrap());
        assert_eq!(entry(&logged).unwrap(), entry(&signed).unwrap());
    }

    #[test]
    fn refuses_what_is_no_place_in_a_log() {
        let signed = seal("notice", json!({}), JWS, jwk()).unwrap();
        for (log, part) in [
            (json!({ "index": -1, "hashes": [], "checkpoint": "" }), "log"),
            (json!({ "index": 0, "hashes": ["AA=="], "checkpoint": "" }), "32 bytes"),
            (json!({ "index": 0, "hashes": vec![""; 65], "checkpoint": "" }), "more hashes"),
            (json!({ "index": 0, "hashes": [], "checkpoint": "", "more": 1 }), "more"),
            (json!(null), "log"),
        ] {
            let mut document = signed.clone();
            document["log"] = log;
            let bytes = serde_json::to_vec(&document).unwrap();
            let error = open("notice", &bytes, &Limits::default()).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
