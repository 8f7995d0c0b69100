//! What becomes of a notice after its issue: withdrawn, superseded or expired, as a signed document of its
//! own, so that whoever holds a copy of the notice can be shown the end of it.

use forewarn_model::{NoticeId, NoticeState, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::notice_json::{Limits, NoticeJsonError};
use crate::{Envelope, envelope, wire::value};

/// The form of the document, as its member `format` names it.
pub const FORMAT: &str = "forewarn/notice-status/1";

/// The end of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The notice.
    pub notice: NoticeId,
    /// Its number.
    pub number: String,
    /// The organisation that issued it.
    pub issuer: String,
    /// Withdrawn, superseded or expired.
    pub state: NoticeState,
    /// When that was decided.
    pub at: Timestamp,
    /// Why.
    pub why: String,
    /// The notice that replaces it, if one does.
    pub superseded_by: Option<NoticeId>,
}

/// A signed status as read: its form was checked, its signature was not.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedStatus {
    /// What was signed, by whom, and where it stands in the log; the payload is the member `status`.
    pub envelope: Envelope,
    /// What it says.
    pub status: Status,
}

/// The document of a status: what is signed.
pub fn payload(status: &Status) -> Value {
    value(Document {
        format: FORMAT.to_owned(),
        notice: status.notice.to_string(),
        number: status.number.clone(),
        issuer: status.issuer.clone(),
        state: status.state.as_str().to_owned(),
        at: status.at.to_string(),
        why: status.why.clone(),
        superseded_by: status.superseded_by.map(|id| id.to_string()),
    })
}

/// The signed document, as [`crate::notice_json::signed`] makes it of a notice.
pub fn signed(payload: Value, jws: &str, jwk: Value) -> Result<Value, NoticeJsonError> {
    envelope::seal(MEMBER, payload, jws, jwk)
}

/// Reads a signed status. The signature is not verified here.
pub fn parse_signed(bytes: &[u8], limits: &Limits) -> Result<SignedStatus, NoticeJsonError> {
    let envelope = envelope::open(MEMBER, bytes, limits)?;
    let form = |what: String| NoticeJsonError::Form(what);
    let document = Document::deserialize(&envelope.payload).map_err(|error| form(error.to_string()))?;
    if document.format != FORMAT {
        return Err(form(format!("format {:?}, expected {FORMAT:?}", document.format)));
    }
    let id = |text: &str| text.parse().map_err(|error| form(format!("{error}")));
    let status = Status {
        notice: id(&document.notice)?,
        number: document.number,
        issuer: document.issuer,
        state: document.state.parse().map_err(|error| form(format!("{error}")))?,
        at: document.at.parse().map_err(|error| form(format!("at: {error}")))?,
        why: document.why,
        superseded_by: document.superseded_by.as_deref().map(id).transpose()?,
    };
    let ends =
        matches!(status.state, NoticeState::Withdrawn | NoticeState::Superseded | NoticeState::Expired);
    if !ends || (status.state == NoticeState::Superseded) != status.superseded_by.is_some() {
        return Err(form(format!("state {:?} does not fit the rest", status.state.as_str())));
    }
    Ok(SignedStatus { envelope, status })
}

/// The member of the signed document that holds the status.
const MEMBER: &str = "status";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: String,
    notice: String,
    number: String,
    issuer: String,
    state: String,
    at: String,
    why: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    superseded_by: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn status() -> Status {
        Status {
            notice: NoticeId::derive(&[b"n"]),
            number: "EX-2024-OR-0001".into(),
            issuer: "Example Bureau".into(),
            state: NoticeState::Superseded,
            at: "2024-05-06T07:08:09Z".parse().unwrap(),
            why: "the route has changed".into(),
            superseded_by: Some(NoticeId::derive(&[b"m"])),
        }
    }

    fn document(change: impl Fn(&mut Value)) -> Vec<u8> {
        let jwk =
            json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
        let mut payload = payload(&status());
        change(&mut payload);
        let signed = signed(payload, "eyJhbGciOiJFZERTQSJ9..c2lnbmF0dXJl", jwk).unwrap();
        serde_json::to_vec(&signed).unwrap()
    }

    #[test]
    fn a_status_comes_back_as_it_was() {
        let read = parse_signed(&document(|_| {}), &Limits::default()).unwrap();
        assert_eq!(read.status, status());
    }

    #[test]
    fn refuses_a_status_that_ends_nothing() {
        type Change = fn(&mut Value);
        let cases: &[(Change, &str)] = &[
            (|d| d["state"] = json!("issued"), "\"issued\" does not fit"),
            (|d| d["state"] = json!("withdrawn"), "\"withdrawn\" does not fit"),
            (|d| d["state"] = json!("gone"), "gone"),
            (|d| d["format"] = json!("other"), "\"other\""),
            (|d| d["notice"] = json!("ntc-1"), "ntc-1"),
            (|d| d["extra"] = json!(1), "extra"),
        ];
        for (change, part) in cases {
            let error = parse_signed(&document(change), &Limits::default()).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
