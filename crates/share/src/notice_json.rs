//! A notice as the JSON document that is signed: written without loss, made canonical, read back strictly.
//!
//! The signature is over the canonical form (RFC 8785) of the member `notice` of the signed document. This
//! room makes and reads the documents; it signs nothing and verifies no signature: `notice::sign` does.
//!
//! Reading is strict, because a signed document must mean one thing only: duplicate member names, unknown
//! members, other spellings of a value, references that nothing uses, and a state that the history does not
//! tell are all refused.

mod document;
mod strict;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use forewarn_model::{LocalizedNotice, Notice};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::wire::value;

/// The form of the document, as its member `format` names it.
pub const FORMAT: &str = "forewarn/notice/1";

/// How much is read of a signed notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest document, in bytes.
    pub document_bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { document_bytes_max: 16 << 20 }
    }
}

/// A notice that could not be written or read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoticeJsonError {
    /// Longer than the limit.
    #[error("read signed notice: {bytes} bytes, at most {bytes_max} are allowed")]
    TooLong {
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        bytes_max: usize,
    },
    /// Not JSON, or JSON with the same member name twice.
    #[error("read signed notice: {0}")]
    Syntax(String),
    /// JSON, but not of the form that is expected.
    #[error("read notice: {0}")]
    Form(String),
    /// A document of another form or version.
    #[error("read notice: format {0:?}, expected {FORMAT:?}")]
    Format(String),
    /// Two parts of the document contradict each other, or a part has no use.
    #[error("read notice {id}: member {member:?} does not follow from the rest of the document")]
    Inconsistent {
        /// The notice.
        id: String,
        /// The first member that differs from what the rest tells.
        member: String,
    },
    /// A number that JSON readers would not agree on (RFC 7493, section 2.2).
    #[error("make json canonical: {0} is beyond 2^53 - 1, write it as a string")]
    Number(String),
    /// The canonical form could not be made.
    #[error("make json canonical: {0}")]
    Canonical(String),
    /// Not the public half of an Ed25519 key.
    #[error("write signature: {0}, expected a public JWK with kty OKP, crv Ed25519 and x (RFC 8037)")]
    Key(&'static str),
    /// Not a detached signature.
    #[error("read signature: expected a JWS in compact form with an empty payload (RFC 7515, appendix F)")]
    Jws,
    /// The key is not the one that the key id names.
    #[error("read signature: key id {stated:?}, but the thumbprint of the key is {actual:?}")]
    KeyId {
        /// The key id in the document.
        stated: String,
        /// The thumbprint of the key in the document (RFC 7638).
        actual: String,
    },
}

/// A signed notice as read: its form was checked, its signature was not.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedNotice {
    /// The member `notice`: what the signature is over, in canonical form.
    pub payload: Value,
    /// The detached signature: `header..signature`.
    pub jws: String,
    /// The public key that it claims to be made with. Who verifies compares it with a key that he has from
    /// elsewhere.
    pub jwk: Value,
    /// The thumbprint of `jwk` (RFC 7638); checked.
    pub kid: String,
}

impl SignedNotice {
    /// The notice.
    pub fn notice(&self) -> Result<Notice, NoticeJsonError> {
        to_notice(&self.payload)
    }

    /// Its texts.
    pub fn texts(&self) -> Result<Vec<LocalizedNotice>, NoticeJsonError> {
        to_texts(&self.payload)
    }

    /// The bytes that the signature is over.
    pub fn signed_bytes(&self) -> Result<Vec<u8>, NoticeJsonError> {
        canonical(&self.payload)
    }
}

/// The document of a notice with its texts: what is signed.
///
/// `references` lists each reference once, in the order of [`Notice::references`], so that the numbers in
/// the texts are positions in it (from 1). A reference to the same thing with another grading, date or
/// label follows after those.
pub fn payload(notice: &Notice, texts: &[LocalizedNotice]) -> Value {
    value(document::Document::of(notice, texts))
}

/// The canonical form: JSON Canonicalization Scheme (RFC 8785), UTF-8. Refuses whole numbers that other
/// readers would round.
pub fn canonical(value: &Value) -> Result<Vec<u8>, NoticeJsonError> {
    if let Some(number) = strict::unsafe_number(value) {
        return Err(NoticeJsonError::Number(number));
    }
    serde_json_canonicalizer::to_vec(value).map_err(|error| NoticeJsonError::Canonical(error.to_string()))
}

/// The signed document: `{"notice": payload, "signature": {"jws", "jwk", "kid"}}`. `jws` is the detached
/// signature over [`canonical`] of `payload`, `jwk` the public key, `kid` becomes its thumbprint.
pub fn signed(payload: Value, jws: &str, jwk: Value) -> Result<Value, NoticeJsonError> {
    if !is_detached(jws) {
        return Err(NoticeJsonError::Jws);
    }
    let kid = thumbprint(&jwk)?;
    Ok(json!({ "notice": payload, "signature": { "jws": jws, "jwk": jwk, "kid": kid } }))
}

/// Reads a signed document, within the usual limits. The signature is not verified here.
pub fn parse_signed(bytes: &[u8]) -> Result<SignedNotice, NoticeJsonError> {
    parse_signed_within(bytes, &Limits::default())
}

/// Reads a signed document.
pub fn parse_signed_within(bytes: &[u8], limits: &Limits) -> Result<SignedNotice, NoticeJsonError> {
    if bytes.len() > limits.document_bytes_max {
        let bytes_max = limits.document_bytes_max;
        return Err(NoticeJsonError::TooLong { bytes: bytes.len(), bytes_max });
    }
    let document = strict::parse(bytes).map_err(|error| NoticeJsonError::Syntax(error.to_string()))?;
    let Signed { notice, signature } =
        Signed::deserialize(document).map_err(|error| NoticeJsonError::Form(error.to_string()))?;
    if !is_detached(&signature.jws) {
        return Err(NoticeJsonError::Jws);
    }
    let actual = thumbprint(&signature.jwk)?;
    if actual != signature.kid {
        return Err(NoticeJsonError::KeyId { stated: signature.kid, actual });
    }
    Ok(SignedNotice { payload: notice, jws: signature.jws, jwk: signature.jwk, kid: actual })
}

/// The notice that a document holds; [`payload`] of it gives the document back.
pub fn to_notice(payload: &Value) -> Result<Notice, NoticeJsonError> {
    document::Document::read(payload).map(|(notice, _)| notice)
}

/// The texts that a document holds.
pub fn to_texts(payload: &Value) -> Result<Vec<LocalizedNotice>, NoticeJsonError> {
    document::Document::read(payload).map(|(_, texts)| texts)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signed {
    notice: Value,
    signature: Signature,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Signature {
    jws: String,
    jwk: Value,
    kid: String,
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
    use proptest::prelude::*;

    use super::*;
    use crate::sample;

    /// The public key of RFC 8037, appendix A.2.
    fn jwk() -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" })
    }

    const JWS: &str = "eyJhbGciOiJFZERTQSJ9..c2lnbmF0dXJl";

    proptest! {
        #[test]
        fn a_notice_comes_back_as_it_was(notice in sample::any_notice(), texts in sample::any_texts()) {
            let payload = payload(&notice, &texts);
            let signed = signed(payload.clone(), JWS, jwk()).unwrap();
            let read = parse_signed(&serde_json::to_vec(&signed).unwrap()).unwrap();
            prop_assert_eq!(read.notice().unwrap(), notice);
            prop_assert_eq!(read.texts().unwrap(), texts);
            prop_assert_eq!(read.signed_bytes().unwrap(), canonical(&payload).unwrap());
        }

        #[test]
        fn the_canonical_form_does_not_depend_on_how_it_was_written(notice in sample::any_notice()) {
            let payload = payload(&notice, &[]);
            let bytes = canonical(&payload).unwrap();
            let pretty = serde_json::to_string_pretty(&payload).unwrap();
            let again: Value = serde_json::from_str(&pretty).unwrap();
            prop_assert_eq!(&canonical(&again).unwrap(), &bytes);
            let reread: Value = serde_json::from_slice(&bytes).unwrap();
            prop_assert_eq!(&canonical(&reread).unwrap(), &bytes);
        }

        #[test]
        fn no_bytes_are_too_odd_to_be_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(parse_signed(&bytes).is_err());
        }
    }

    #[test]
    fn the_document_says_everything() {
        let payload = payload(&sample::notice(), &sample::texts());
        insta::assert_snapshot!(sample::pretty(&payload));
    }

    #[test]
    fn references_stand_at_the_positions_that_the_texts_cite() {
        let notice = sample::notice();
        let payload = payload(&notice, &[]);
        for (at, reference) in notice.references().iter().enumerate() {
            assert_eq!(payload["references"][at]["id"], reference.target.to_string());
        }
    }

    /// RFC 8785, section 3.2.3 (order of names) and 3.2.2 (strings, numbers).
    #[test]
    fn canonical_json_follows_the_standard() {
        let input: Value = serde_json::from_str(
            r#"{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
            "1":"One","\ud83d\ude00":"Emoji","\u0080":"Control","\u00f6":"\u000f\nA'\u0042\u0022\u005c\\\"\/",
            "n":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001,-0.0]}"#,
        )
        .unwrap();
        let expected = "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\
            \"n\":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],\"\u{80}\":\"Control\",\
            \"ö\":\"\\u000f\\nA'B\\\"\\\\\\\\\\\"/\",\"€\":\"Euro Sign\",\"😀\":\"Emoji\",\
            \"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}";
        assert_eq!(String::from_utf8(canonical(&input).unwrap()).unwrap(), expected);
    }

    #[test]
    fn refuses_numbers_that_readers_would_round() {
        for (number, allowed) in
            [("9007199254740991", true), ("9007199254740992", false), ("-9007199254740992", false)]
        {
            let value: Value = serde_json::from_str(&format!("{{\"a\":[{number}]}}")).unwrap();
            assert_eq!(canonical(&value).is_ok(), allowed, "{number}");
        }
    }

    /// RFC 8037, appendix A.3.
    #[test]
    fn names_a_key_by_its_thumbprint() {
        let expected = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
        assert_eq!(thumbprint(&jwk()).unwrap(), expected);
        let mut private = jwk();
        private["d"] = json!("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
        assert!(matches!(signed(json!({}), JWS, private), Err(NoticeJsonError::Key(_))));
        assert!(matches!(signed(json!({}), JWS, json!({ "kty": "RSA" })), Err(NoticeJsonError::Key(_))));
        for jws in ["", "a.b.c", "a..", "..b", "a..b.c", "a..b="] {
            assert_eq!(signed(json!({}), jws, jwk()), Err(NoticeJsonError::Jws), "{jws}");
        }
    }

    /// What is wrong with a document, and a part of the message that says so.
    #[test]
    fn refuses_a_document_that_does_not_mean_one_thing() {
        type Change = fn(&mut Value);
        let cases: &[(Change, &str)] = &[
            (|n| n["format"] = json!("forewarn/notice/2"), "forewarn/notice/2"),
            (|n| n["surprise"] = json!(1), "surprise"),
            (|n| n["state"] = json!("withdrawn"), "\"state\""),
            (|n| n["issued_at"] = json!("2020-01-01T00:00:00Z"), "\"issued_at\""),
            (|n| n["statements"][0]["refs"] = json!([]), "no reference"),
            (|n| n["statements"][0]["refs"] = json!([99]), "99"),
            (|n| n["statements"][0]["refs"] = json!([0]), "0"),
            (|n| n["statements"] = json!([]), "no statement"),
            (|n| n["observables"][0]["refs"] = json!([]), "no reference"),
            (|n| n["headline"]["args"]["country"]["value"] = json!(["ZZ"]), "ZZ"),
            (|n| n["headline"]["args"]["country"]["type"] = json!("nonsense"), "nonsense"),
            (|n| n["as_of"] = json!("2022-09-31"), "2022-09-31"),
            (|n| n["marking"]["tlp"] = json!("TLP:WHITE"), "TLP:CLEAR"),
            (|n| n["id"] = json!("ntc-12"), "ntc-12"),
            (|n| n["references"][0]["id"] = json!("xyz-00"), "xyz-00"),
            (
                |n| {
                    let extra = n["references"][0].clone();
                    n["references"].as_array_mut().unwrap().push(extra);
                },
                "\"references\"",
            ),
            (|n| *n = json!([]), "notice"),
        ];
        for (change, expected) in cases {
            let mut document = payload(&sample::notice(), &sample::texts());
            change(&mut document);
            let message = to_notice(&document).unwrap_err().to_string();
            assert!(message.contains(expected), "{message:?} should say {expected:?}");
        }
    }

    #[test]
    fn refuses_a_signed_document_that_is_not_one() {
        let whole =
            |notice: &str, signature: &str| format!("{{\"notice\":{notice},\"signature\":{signature}}}");
        let key = jwk().to_string();
        let kid = thumbprint(&jwk()).unwrap();
        let good = format!("{{\"jws\":\"{JWS}\",\"jwk\":{key},\"kid\":\"{kid}\"}}");
        assert!(parse_signed(whole("{}", &good).as_bytes()).is_ok());
        for (text, expected) in [
            (whole("{\"a\":1,\"a\":2}", &good), "twice"),
            (whole("{}", &good.replace(&kid, "other")), "thumbprint"),
            (whole("{}", &good.replace("..", ".e30.")), "empty payload"),
            (whole("{}", "{}"), "jws"),
            (whole("{}", &good) + "x", "trailing"),
            (whole("{}", &good).replace("notice", "Notice"), "Notice"),
            ("[".repeat(10_000), "recursion"),
            (String::new(), "EOF"),
        ] {
            let message = parse_signed(text.as_bytes()).unwrap_err().to_string();
            assert!(message.contains(expected), "{message:?} should say {expected:?}");
        }
        let limits = Limits { document_bytes_max: 10 };
        let error = parse_signed_within(whole("{}", &good).as_bytes(), &limits).unwrap_err();
        assert!(matches!(error, NoticeJsonError::TooLong { bytes_max: 10, .. }));
    }
}
