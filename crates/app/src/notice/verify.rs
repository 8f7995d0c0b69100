//! Verifies a signed notice, or the end of one, without asking anyone.
//!
//! What is checked, each apart: that the document has the right form; that its signature holds; that the key
//! is one that the caller trusts, and counted when it signed; that the issuer's log contains it; and, with a
//! copy of the log or a checkpoint kept from before, that the log was not rewritten since.

use forewarn_model::Timestamp;
use forewarn_notice::log::{Checkpoint, root, verify_inclusion};
use forewarn_notice::sign::{DetachedJws, KeySet, PublicKey, verify};
use forewarn_share::notice_json::{Limits, parse_signed};
use forewarn_share::{Envelope, status_json};
use thiserror::Error;

use crate::integrity::Check;
use crate::notice::log::Published;
use crate::notice::publish::leaf_of;

/// What the caller has from elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Known<'a> {
    /// The thumbprint of the key that he trusts.
    pub kid: Option<&'a str>,
    /// The keys that the issuer has published, with their times.
    pub keys: Option<KeySet>,
    /// A copy of the log.
    pub log: Option<&'a Published>,
    /// A checkpoint of the same log that he kept.
    pub checkpoint: Option<&'a str>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The number of the notice.
    pub number: String,
    /// What the document says of it: `issued`, or how it ended.
    pub state: String,
    /// The thumbprint of the key.
    pub kid: String,
    /// Whether the key is one that the caller trusts; without one, the caller has to compare.
    pub trusted: bool,
    /// Every check, in order.
    pub checks: Vec<Check>,
}

impl Verified {
    /// Whether all checks hold.
    pub fn holds(&self) -> bool {
        self.checks.iter().all(|check| check.holds)
    }

    /// The first that does not, in words.
    pub fn why_not(&self) -> Option<String> {
        let failed = self.checks.iter().find(|check| !check.holds);
        failed.map(|check| format!("{}: {}", check.what, check.found))
    }
}

/// Neither a signed notice nor the end of one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct FormError(String);

/// Checks a document.
pub fn run(bytes: &[u8], known: &Known<'_>) -> Result<Verified, FormError> {
    let document = Document::read(bytes)?;
    let envelope = &document.envelope;
    let form = |error: &dyn std::fmt::Display| FormError(error.to_string());
    let key = PublicKey::from_jwk(&envelope.jwk.to_string()).map_err(|error| form(&error))?;
    let payload = envelope.signed_bytes().map_err(|error| form(&error))?;
    let jws = DetachedJws::from_text(&envelope.jws);
    let signature = verify(&key, &payload, &jws).map_err(|error| error.to_string());
    let mut checks = vec![check("signature", signature.map(|()| format!("made with key {}", envelope.kid)))];
    checks.extend(trust(&document, known, &payload, &jws));
    checks.extend(in_log(envelope, &key, known));
    let Document { number, state, .. } = document;
    let trusted = known.kid.is_some() || known.keys.is_some();
    Ok(Verified { number, state, kid: document.envelope.kid, trusted, checks })
}

struct Document {
    envelope: Envelope,
    number: String,
    state: String,
    signed_at: Option<Timestamp>,
}

impl Document {
    fn read(bytes: &[u8]) -> Result<Self, FormError> {
        let form = |error: &dyn std::fmt::Display| FormError(error.to_string());
        let as_notice = parse_signed(bytes);
        if as_notice.is_err()
            && let Ok(end) = status_json::parse_signed(bytes, &Limits::default())
        {
            let (number, state) = (end.status.number, end.status.state.as_str().to_owned());
            return Ok(Self { envelope: end.envelope, number, state, signed_at: Some(end.status.at) });
        }
        let signed = as_notice.map_err(|error| form(&error))?;
        let notice = signed.notice().map_err(|error| form(&error))?;
        let (state, signed_at) = (notice.state().as_str().to_owned(), notice.issued_at());
        Ok(Self { envelope: signed.envelope, number: notice.number, state, signed_at })
    }
}

fn check(what: &str, result: Result<String, String>) -> Check {
    let holds = result.is_ok();
    Check { what: what.to_owned(), found: result.unwrap_or_else(|error| error), holds }
}

/// Whether the key is one that the caller trusts.
fn trust(document: &Document, known: &Known<'_>, payload: &[u8], jws: &DetachedJws) -> Vec<Check> {
    let kid = &document.envelope.kid;
    let mut checks = Vec::new();
    if let Some(trusted) = known.kid {
        let same = trusted == kid;
        let other = || format!("it is signed with key {kid}, and the key that you trust is {trusted}");
        checks.push(check("key", if same { Ok("the one that you trust".to_owned()) } else { Err(other()) }));
    }
    if let Some(keys) = &known.keys {
        let counted = match document.signed_at {
            Some(at) => keys.verify(payload, jws, at).map_err(|error| error.to_string()),
            None => Err("the document does not say when it was issued".to_owned()),
        };
        checks.push(check("key set", counted.map(|_| "the key counted when it signed".to_owned())));
    }
    checks
}

/// Whether the log contains the document, and is the log that the caller knows.
fn in_log(envelope: &Envelope, key: &PublicKey, known: &Known<'_>) -> Vec<Check> {
    let Some(proof) = &envelope.log else {
        return vec![check("log", Err("the document names no place in a log".to_owned()))];
    };
    let leaf = match leaf_of(envelope) {
        Ok(leaf) => leaf,
        Err(error) => return vec![check("log", Err(error.to_string()))],
    };
    let head = match Checkpoint::verify(&proof.checkpoint, key) {
        Ok(head) => head,
        Err(error) => return vec![check("log", Err(error.to_string()))],
    };
    let included = verify_inclusion(&leaf, proof.index, head.size, &proof.hashes, &head.root);
    let told = format!("leaf {} of {} in {}", proof.index, head.size, head.origin);
    let mut checks = vec![check("log", included.map(|()| told).map_err(|error| error.to_string()))];
    if let Some(log) = known.log {
        let same = log.leaves.get(proof.index as usize) == Some(&leaf);
        let not = || format!("leaf {} of the copy is another", proof.index);
        checks
            .push(check("copy of the log", if same { Ok("it has the leaf".to_owned()) } else { Err(not()) }));
        checks.push(check("history", begins_with(log, &head)));
    }
    if let Some(kept) = known.checkpoint {
        checks.push(check("kept checkpoint", kept_fits(kept, key, &head, known)));
    }
    checks
}

/// Whether the copy of the log begins with the log of the checkpoint.
fn begins_with(log: &Published, head: &Checkpoint) -> Result<String, String> {
    let size = usize::try_from(head.size).unwrap_or(usize::MAX);
    match log.leaves.get(..size) {
        Some(part) if root(part) == head.root => Ok(format!("its first {size} leaves are unchanged")),
        Some(_) => Err(format!("its first {size} leaves are not those that were signed: it was rewritten")),
        None => Err(format!("it has {} leaves, the signed checkpoint has {size}", log.leaves.len())),
    }
}

/// Whether a kept checkpoint is of the same history.
fn kept_fits(kept: &str, key: &PublicKey, head: &Checkpoint, known: &Known<'_>) -> Result<String, String> {
    let others = known.keys.iter().flat_map(|set| set.0.iter().map(|period| &period.key));
    let mut read = Checkpoint::verify(kept, key);
    for other in others {
        if read.is_err() {
            read = Checkpoint::verify(kept, other);
        }
    }
    let kept = read.map_err(|error| error.to_string())?;
    if kept.origin != head.origin {
        return Err(format!("it is of another log, {}", kept.origin));
    }
    if kept.size == head.size {
        let same = kept.root == head.root;
        let split = "two different logs of one size were signed: the log was split".to_owned();
        return if same { Ok("it is the same".to_owned()) } else { Err(split) };
    }
    match known.log {
        Some(log) => begins_with(log, &kept),
        None => Err("it is of another size: give a copy of the log with --log-folder to compare".to_owned()),
    }
}
