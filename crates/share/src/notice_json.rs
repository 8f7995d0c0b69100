//! A notice as the JSON document that is signed: written without loss, made canonical, read back strictly.
//!
//! The signature is over the canonical form (RFC 8785) of the member `notice` of the signed document. This
//! room makes and reads the documents; it signs nothing and verifies no signature: `notice::sign` does.
//!
//! Reading is strict, because a signed document must mean one thing only: duplicate member names, unknown
//! members, other spellings of a value, references that nothing uses, and a state that the history does not
//! tell are all refused.

mod document;

use forewarn_model::{LocalizedNotice, Notice};
use serde_json::Value;
use thiserror::Error;

pub use crate::envelope::{Envelope, LogProof, canonical, entry, with_log};
use crate::{envelope, wire::value};

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
    /// Not a place in a log.
    #[error("read log proof: {0}")]
    Log(&'static str),
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
    /// What was signed, by whom, and where it stands in the log; the payload is the member `notice`.
    pub envelope: Envelope,
}

impl SignedNotice {
    /// The notice.
    pub fn notice(&self) -> Result<Notice, NoticeJsonError> {
        to_notice(&self.envelope.payload)
    }

    /// Its texts.
    pub fn texts(&self) -> Result<Vec<LocalizedNotice>, NoticeJsonError> {
        to_texts(&self.envelope.payload)
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

/// The signed document: `{"notice": payload, "signature": {"jws", "jwk", "kid"}}`. `jws` is the detached
/// signature over [`canonical`] of `payload`, `jwk` the public key, `kid` becomes its thumbprint.
pub fn signed(payload: Value, jws: &str, jwk: Value) -> Result<Value, NoticeJsonError> {
    envelope::seal(MEMBER, payload, jws, jwk)
}

/// Reads a signed document, within the usual limits. The signature is not verified here.
pub fn parse_signed(bytes: &[u8]) -> Result<SignedNotice, NoticeJsonError> {
    parse_signed_within(bytes, &Limits::default())
}

/// Reads a signed document.
pub fn parse_signed_within(bytes: &[u8], limits: &Limits) -> Result<SignedNotice, NoticeJsonError> {
    Ok(SignedNotice { envelope: envelope::open(MEMBER, bytes, limits)? })
}

/// The notice that a document holds; [`payload`] of it gives the document back.
pub fn to_notice(payload: &Value) -> Result<Notice, NoticeJsonError> {
    document::Document::read(payload).map(|(notice, _)| notice)
}

/// The texts that a document holds.
pub fn to_texts(payload: &Value) -> Result<Vec<LocalizedNotice>, NoticeJsonError> {
    document::Document::read(payload).map(|(_, texts)| texts)
}

/// The member of the signed document that holds the notice.
const MEMBER: &str = "notice";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use serde_json::json;

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
            prop_assert_eq!(read.envelope.signed_bytes().unwrap(), canonical(&payload).unwrap());
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
        let kid = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
        let good = format!("{{\"jws\":\"{JWS}\",\"jwk\":{key},\"kid\":\"{kid}\"}}");
        assert!(parse_signed(whole("{}", &good).as_bytes()).is_ok());
        for (text, expected) in [
            (whole("{\"a\":1,\"a\":2}", &good), "twice"),
            (whole("{}", &good.replace(kid, "other")), "thumbprint"),
            (whole("{}", &good.replace("..", ".e30.")), "empty payload"),
            (whole("{}", "{}"), "jws"),
            (whole("{}", &good) + "x", "trailing"),
            (whole("{}", &good).replace("notice", "Notice"), "missing member \"notice\""),
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
