//! The three messages of a private comparison of lists: question, answer, closing.
//!
//! A message is one file, the same over HTTPS and carried by hand:
//!
//! ```text
//! forewarn-match/1
//! <detached JWS over everything below>
//! <one line of JSON: who, whom, when, what>
//! <binary: group elements, proofs, sealed values>
//! ```
//!
//! A reader can see in any editor what a file is and whom it is for; the values take 32 bytes each. The
//! cryptography is in `privacy`, the signature in `notice`; here is only the form, and its limits.

use forewarn_model::{MatchLearns, MatchPurpose, Officer, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::strict;

/// The first line of every message.
pub const FORMAT: &str = "forewarn-match/1";

/// How values are normalised before they are compared: both sides must do it alike.
pub const NORMAL_FORM: &str = "forewarn-observable/1";

/// The media type over HTTPS.
pub const MEDIA_TYPE: &str = "application/vnd.forewarn.match";

/// How much is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Values of either side in one message.
    pub values_max: usize,
    /// The line of JSON, in bytes.
    pub header_bytes_max: usize,
    /// Name and contact of an officer, in bytes each.
    pub officer_bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { values_max: 1_000_000, header_bytes_max: 1 << 20, officer_bytes_max: 200 }
    }
}

impl Limits {
    /// The largest message that is read, in bytes: what is longer need not be taken in at all.
    pub fn message_bytes_max(&self) -> usize {
        self.header_bytes_max + 8192 + self.values_max.saturating_mul(64)
    }
}

/// What stands in every message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The exchange.
    pub session: [u8; 16],
    /// What is learned.
    pub purpose: MatchPurpose,
    /// Who learns it.
    pub learns: MatchLearns,
    /// The key that signs (RFC 7638 thumbprint).
    pub from: String,
    /// A key of the side that it is for.
    pub to: String,
    /// When it was made.
    pub made_at: Timestamp,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Blinded values.
    Question {
        /// Binds the asking side to its set.
        commitment: [u8; 32],
        /// How many values each case has; empty where values are compared.
        groups: Vec<usize>,
        /// The values.
        blinded: Vec<[u8; 32]>,
    },
    /// Evaluated values, and the answering side's own, sealed.
    Answer {
        /// SHA-256 of the question's signed part.
        question: [u8; 32],
        /// Binds the answering side to its set.
        commitment: [u8; 32],
        /// Whom to talk to about a hit.
        officer: Officer,
        /// The public key of the session.
        public: [u8; 32],
        /// The evaluated values.
        evaluated: Vec<[u8; 32]>,
        /// Proofs that they were evaluated with that key.
        proofs: Vec<[u8; 64]>,
        /// To how many bits the sealed values are cut.
        sealed_bits: u32,
        /// How many there are.
        sealed_count: usize,
        /// The sealed values.
        packed: Vec<u8>,
    },
    /// What the asking side found, where both sides learn it.
    Closing {
        /// SHA-256 of the answer's signed part.
        answer: [u8; 32],
        /// Whom to talk to about a hit.
        officer: Officer,
        /// One for each hit, where values are compared.
        claims: Vec<[u8; 32]>,
        /// How many cases have a hit, where cases are compared.
        cases: u64,
    },
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who, whom, when.
    pub head: Head,
    /// What.
    pub body: Body,
}

/// A message as read: its form was checked, its signature was not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed<'a> {
    /// The detached signature.
    pub jws: &'a str,
    /// What it is over.
    pub payload: &'a [u8],
    /// What that says.
    pub message: Message,
}

/// A message that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("read the match message: {0}")]
pub struct MessageError(String);

/// The bytes that are signed.
pub fn payload(message: &Message) -> Result<Vec<u8>, MessageError> {
    let Message { head, body } = message;
    let mut line = Line {
        message: Kind::Question,
        session: hex(&head.session),
        purpose: head.purpose.as_str().to_owned(),
        learns: head.learns.as_str().to_owned(),
        from: head.from.clone(),
        to: head.to.clone(),
        made_at: head.made_at.to_string(),
        normal_form: NORMAL_FORM.to_owned(),
        count: 0,
        commitment: None,
        groups: None,
        follows: None,
        officer: None,
        contact: None,
        public_key: None,
        proofs: None,
        sealed_bits: None,
        sealed_count: None,
        cases: None,
    };
    let mut binary = Vec::new();
    match body {
        Body::Question { commitment, groups, blinded } => {
            line.count = blinded.len();
            line.commitment = Some(hex(commitment));
            line.groups = (!groups.is_empty()).then(|| groups.clone());
            binary.extend(blinded.iter().flatten());
        }
        Body::Answer { question, commitment, officer, public, evaluated, proofs, .. } => {
            line.message = Kind::Answer;
            line.count = evaluated.len();
            line.commitment = Some(hex(commitment));
            line.follows = Some(hex(question));
            line.officer = Some(officer.name.clone());
            line.contact = Some(officer.contact.clone());
            line.public_key = Some(hex(public));
            line.proofs = Some(proofs.len());
            binary.extend(evaluated.iter().flatten().chain(proofs.iter().flatten()));
            if let Body::Answer { sealed_bits, sealed_count, packed, .. } = body {
                line.sealed_bits = Some(*sealed_bits);
                line.sealed_count = Some(*sealed_count);
                binary.extend(packed);
            }
        }
        Body::Closing { answer, officer, claims, cases } => {
            line.message = Kind::Closing;
            line.count = claims.len();
            line.follows = Some(hex(answer));
            line.officer = Some(officer.name.clone());
            line.contact = Some(officer.contact.clone());
            line.cases = Some(*cases);
            binary.extend(claims.iter().flatten());
        }
    }
    let mut bytes = serde_json::to_vec(&line).map_err(|error| MessageError(error.to_string()))?;
    bytes.push(b'\n');
    bytes.append(&mut binary);
    Ok(bytes)
}

/// The whole message.
pub fn signed(payload: &[u8], jws: &str) -> Vec<u8> {
    [FORMAT.as_bytes(), b"\n", jws.as_bytes(), b"\n", payload].concat()
}

/// What binds a message to the one that it follows.
pub fn digest(payload: &[u8]) -> [u8; 32] {
    Sha256::digest(payload).into()
}

/// Reads a message. The signature is not verified here.
pub fn parse<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Signed<'a>, MessageError> {
    let error = |what: &str| MessageError(what.to_owned());
    if bytes.len() > limits.message_bytes_max() {
        return Err(MessageError(format!("longer than {} bytes", limits.message_bytes_max())));
    }
    let (first, rest) =
        split_line(bytes, 64).ok_or_else(|| error("no such file: its first line is missing"))?;
    if first != FORMAT.as_bytes() {
        return Err(MessageError(format!("its first line is not {FORMAT:?}: is it the right file?")));
    }
    let (jws, payload) = split_line(rest, 4096).ok_or_else(|| error("its signature is missing"))?;
    let jws = std::str::from_utf8(jws).map_err(|_| error("its signature is not text"))?;
    let (line, binary) = split_line(payload, limits.header_bytes_max)
        .ok_or_else(|| error("its line of JSON is missing or too long"))?;
    let value = strict::parse(line).map_err(|error| MessageError(error.to_string()))?;
    let line = Line::deserialize(&value).map_err(|error| MessageError(error.to_string()))?;
    Ok(Signed { jws, payload, message: understood(line, binary, limits)? })
}

fn understood(line: Line, binary: &[u8], limits: &Limits) -> Result<Message, MessageError> {
    let error = |what: String| MessageError(what);
    if line.normal_form != NORMAL_FORM {
        let told = format!("values normalised as {:?}, expected {NORMAL_FORM:?}", line.normal_form);
        return Err(error(format!("{told}: both sides need versions that normalise alike")));
    }
    let head = Head {
        session: unhex("session", Some(&line.session))?,
        purpose: line.purpose.parse().map_err(|why| error(format!("{why}")))?,
        learns: line.learns.parse().map_err(|why| error(format!("{why}")))?,
        from: line.from.clone(),
        to: line.to.clone(),
        made_at: line.made_at.parse().map_err(|why| error(format!("made_at: {why}")))?,
    };
    let counted = |name: &str, count: usize| {
        let max = limits.values_max;
        if count > max { Err(error(format!("{name} {count}, at most {max} are read"))) } else { Ok(count) }
    };
    let count = counted("count", line.count)?;
    let mut binary = Binary(binary);
    let body = match line.message {
        Kind::Question => Body::Question {
            commitment: unhex("commitment", line.commitment.as_deref())?,
            groups: line.groups.clone().unwrap_or_default(),
            blinded: binary.take("blinded values", count)?,
        },
        Kind::Answer => {
            let proofs = counted("proofs", line.proofs.unwrap_or_default())?;
            Body::Answer {
                question: unhex("follows", line.follows.as_deref())?,
                commitment: unhex("commitment", line.commitment.as_deref())?,
                officer: officer(&line, limits)?,
                public: unhex("public_key", line.public_key.as_deref())?,
                evaluated: binary.take("evaluated values", count)?,
                proofs: binary.take("proofs", proofs)?,
                sealed_bits: line.sealed_bits.unwrap_or_default(),
                sealed_count: counted("sealed_count", line.sealed_count.unwrap_or_default())?,
                packed: std::mem::take(&mut binary.0).to_vec(),
            }
        }
        Kind::Closing => Body::Closing {
            answer: unhex("follows", line.follows.as_deref())?,
            officer: officer(&line, limits)?,
            claims: binary.take("hits", count)?,
            cases: line.cases.unwrap_or_default(),
        },
    };
    let one_form = (head.purpose == MatchPurpose::Cases)
        == matches!(&body, Body::Question { groups, .. } if !groups.is_empty())
        || !matches!(body, Body::Question { .. });
    if !binary.0.is_empty() || !one_form {
        return Err(error("its binary part or its cases do not fit its line of JSON".to_owned()));
    }
    Ok(Message { head, body })
}

fn officer(line: &Line, limits: &Limits) -> Result<Officer, MessageError> {
    let text = |name: &str, given: &Option<String>| {
        let text = given.clone().unwrap_or_default();
        let plain = !text.trim().is_empty() && !text.chars().any(char::is_control);
        if plain && text.len() <= limits.officer_bytes_max {
            return Ok(text);
        }
        let max = limits.officer_bytes_max;
        Err(MessageError(format!("{name} {text:?}: expected plain text of at most {max} bytes")))
    };
    Ok(Officer { name: text("officer", &line.officer)?, contact: text("contact", &line.contact)? })
}

fn split_line(bytes: &[u8], bytes_max: usize) -> Option<(&[u8], &[u8])> {
    let at = bytes.iter().take(bytes_max + 1).position(|byte| *byte == b'\n')?;
    Some((&bytes[..at], &bytes[at + 1..]))
}

struct Binary<'a>(&'a [u8]);

impl Binary<'_> {
    fn take<const N: usize>(&mut self, name: &str, count: usize) -> Result<Vec<[u8; N]>, MessageError> {
        let bytes = count.saturating_mul(N);
        if self.0.len() < bytes {
            let found = self.0.len() / N;
            return Err(MessageError(format!(
                "{found} {name} of the {count} that it announces: it was cut off"
            )));
        }
        let (taken, rest) = self.0.split_at(bytes);
        self.0 = rest;
        Ok(taken.as_chunks().0.to_vec())
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |text, byte| format!("{text}{byte:02x}"))
}

fn unhex<const N: usize>(name: &str, text: Option<&str>) -> Result<[u8; N], MessageError> {
    let text = text.unwrap_or_default().as_bytes();
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let pairs = text.as_chunks::<2>().0;
    let bytes: Option<Vec<u8>> =
        pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
    let bytes = bytes.filter(|_| text.len() == 2 * N).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| MessageError(format!("{name}: expected {} hexadecimal digits", 2 * N)))
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Question,
    Answer,
    Closing,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    message: Kind,
    session: String,
    purpose: String,
    learns: String,
    from: String,
    to: String,
    made_at: String,
    normal_form: String,
    count: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    commitment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<usize>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    follows: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    officer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    contact: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    public_key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proofs: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed_bits: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sealed_count: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cases: Option<u64>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn head(purpose: MatchPurpose) -> Head {
        Head {
            session: [3; 16],
            purpose,
            learns: MatchLearns::Both,
            from: "kid-a".into(),
            to: "kid-b".into(),
            made_at: "2025-01-02T03:04:05Z".parse().unwrap(),
        }
    }

    fn messages() -> Vec<Message> {
        let officer = Officer { name: "Desk 4".into(), contact: "desk4@bureau.example".into() };
        let of = |purpose, body| Message { head: head(purpose), body };
        vec![
            of(
                MatchPurpose::Values,
                Body::Question { commitment: [1; 32], groups: vec![], blinded: vec![[2; 32], [10; 32]] },
            ),
            of(
                MatchPurpose::Cases,
                Body::Question { commitment: [1; 32], groups: vec![1, 1], blinded: vec![[2; 32], [10; 32]] },
            ),
            of(
                MatchPurpose::Values,
                Body::Answer {
                    question: [4; 32],
                    commitment: [5; 32],
                    officer: officer.clone(),
                    public: [6; 32],
                    evaluated: vec![[7; 32]],
                    proofs: vec![[8; 64]],
                    sealed_bits: 50,
                    sealed_count: 1,
                    packed: vec![9, 10, 11],
                },
            ),
            of(
                MatchPurpose::Values,
                Body::Closing { answer: [4; 32], officer, claims: vec![[1; 32]; 3], cases: 0 },
            ),
        ]
    }

    #[test]
    fn a_message_comes_back_as_it_was() {
        for message in messages() {
            let payload = payload(&message).unwrap();
            let whole = signed(&payload, "e30..c2ln");
            let read = parse(&whole, &Limits::default()).unwrap();
            assert_eq!((read.jws, read.payload, read.message), ("e30..c2ln", &payload[..], message));
        }
    }

    #[track_caller]
    fn check(number: usize, from: &str, to: &str, expected: &str) {
        let payload = payload(&messages()[number]).unwrap();
        let at = payload.iter().position(|byte| *byte == b'\n').unwrap();
        let line = String::from_utf8(payload[..at].to_vec()).unwrap();
        assert!(line.contains(from), "{line}");
        let payload = [line.replace(from, to).as_bytes(), &payload[at..]].concat();
        let told = parse(&signed(&payload, "e30..c2ln"), &Limits::default()).unwrap_err().to_string();
        assert!(told.contains(expected), "{told}");
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_name() {
        check(0, "\"count\":2", "\"count\":3", "2 blinded values of the 3");
        check(0, "\"count\":2", "\"count\":1", "do not fit");
        check(0, "\"count\":2", "\"count\":99999999", "at most 1000000");
        check(0, "\"purpose\":\"values\"", "\"purpose\":\"cases\"", "do not fit");
        check(1, "\"purpose\":\"cases\"", "\"purpose\":\"values\"", "do not fit");
        check(0, "0303", "03", "session: expected 32 hexadecimal digits");
        check(0, "observable/1", "observable/9", "normalise alike");
        check(0, "\"count\"", "\"extra\":1,\"count\"", "unknown field");
        check(0, "\"count\"", "\"to\":\"x\",\"count\"", "twice");
        check(2, "Desk 4", "", "plain text");
        check(2, "Desk 4", "\\u0007", "plain text");
        check(3, "\"learns\":\"both\"", "\"learns\":\"all\"", "who learns");
    }

    #[test]
    fn another_file_is_told_so() {
        let limits = Limits { values_max: 1, header_bytes_max: 100, ..Limits::default() };
        let check = |bytes: &[u8], expected: &str| {
            let told = parse(bytes, &limits).unwrap_err().to_string();
            assert!(told.contains(expected), "{told}");
        };
        check(b"", "first line is missing");
        check(b"PK\x03\x04 \n", "is it the right file");
        check(b"forewarn-match/1\n", "signature is missing");
        check(b"forewarn-match/1\na..b\n{}", "line of JSON is missing");
        check(b"forewarn-match/1\na..b\n{}\n", "missing field");
        check(&vec![b' '; 10_000], "longer than");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0_usize..900) {
            let _ = parse(&signed(&bytes, "a..b"), &Limits::default());
            let whole = signed(&payload(&messages()[2]).unwrap(), "a..b");
            let cut = cut.min(whole.len().saturating_sub(4));
            prop_assert!(parse(&whole[..cut], &Limits::default()).is_err());
        }
    }
}
