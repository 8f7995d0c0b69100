//! How another TAXII 2.1 server is asked. The network itself is the courier's; here is what is said over it.

use serde_json::Value;

use super::partner::Partner;
use crate::{AppError, files};

/// The media type of TAXII 2.1 (section 1.6.8.1).
pub const MEDIA_TYPE: &str = "application/taxii+json;version=2.1";

/// A request to another server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Where to.
    pub url: String,
    /// What is sent; none for a question.
    pub body: Option<Vec<u8>>,
    /// Who asks: a user's name, if one is needed, and the token or password.
    pub credentials: Option<(Option<String>, String)>,
    /// Most bytes of an answer that are read.
    pub answer_bytes_max: u64,
}

/// What the other server said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The media type of the body.
    pub media_type: String,
    /// When the last object of the page came in there.
    pub added_last: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The answer is longer than is read.
    #[error("its answer is longer than {0} bytes")]
    TooLong(u64),
    /// It cannot be reached, takes too long, or broke off.
    #[error("{0}")]
    Broken(String),
}

/// Carries requests to another server. The binary hands in the real one, a test one that fails as it is told. It must
/// end within a bounded time.
pub trait Wire: Sync {
    /// Asks, and waits for the whole answer.
    fn ask(&self, request: &Request) -> Result<Answer, WireError>;
}

/// How much is asked for and taken at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Objects of a page that are asked for, or of a request that is sent.
    pub page_objects_max: usize,
    /// Bytes of a request that is sent, unless the other side wants less.
    pub request_bytes_max: usize,
    /// Bytes of an answer that are read.
    pub answer_bytes_max: u64,
    /// Pages of one run.
    pub pages_max: u64,
    /// Objects of a partner that are held back; when there are as many, nothing more is taken from it.
    pub held_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page_objects_max: 1_000,
            request_bytes_max: 4 << 20,
            answer_bytes_max: 64 << 20,
            pages_max: 100_000,
            held_max: 10_000,
        }
    }
}

/// A partner's server, with what is needed to ask it.
pub(crate) struct Remote<'a> {
    wire: &'a dyn Wire,
    root: String,
    credentials: Option<(Option<String>, String)>,
    answer_bytes_max: u64,
}

/// A collection there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RemoteCollection {
    pub(crate) id: String,
    pub(crate) alias: String,
    pub(crate) read: bool,
    pub(crate) write: bool,
}

/// Longest token or password, in bytes.
const SECRET_BYTES_MAX: u64 = 4096;

/// Most collections of a server that are looked at.
const COLLECTIONS_MAX: usize = 1_000;

impl<'a> Remote<'a> {
    /// The server of a partner; reads the token from its file.
    pub(crate) fn of(partner: &Partner, wire: &'a dyn Wire, answer_bytes_max: u64) -> Result<Self, AppError> {
        let refused = |why: String| AppError::Refused { operation: "ask a partner", why };
        if !partner.active {
            return Err(refused(format!("{} is not active: set it active first", partner.id)));
        }
        let url = partner.url.as_ref().ok_or_else(|| {
            refused(format!("{} has no address: give the one of its API root with --url", partner.id))
        })?;
        let secret =
            partner.token_file.as_ref().map(|path| files::read_text(path, SECRET_BYTES_MAX)).transpose()?;
        let credentials = secret.map(|secret| (partner.user.clone(), secret.trim().to_owned()));
        let root = if url.ends_with('/') { url.clone() } else { format!("{url}/") };
        Ok(Self { wire, root, credentials, answer_bytes_max })
    }

    /// Asks for what lies below the API root.
    pub(crate) fn get(&self, path: &str) -> Result<Answer, String> {
        self.ask(path, None).map_err(|error| error.to_string())
    }

    pub(crate) fn ask(&self, path: &str, body: Option<Vec<u8>>) -> Result<Answer, WireError> {
        let request = Request {
            url: format!("{}{path}", self.root),
            body,
            credentials: self.credentials.clone(),
            answer_bytes_max: self.answer_bytes_max,
        };
        self.wire.ask(&request)
    }

    /// The largest request that the server takes, in bytes.
    pub(crate) fn content_bytes_max(&self) -> Result<Option<usize>, String> {
        let root = json(&self.get("")?)?;
        Ok(root["max_content_length"].as_u64().and_then(|length| usize::try_from(length).ok()))
    }

    /// The collections that the server shows.
    pub(crate) fn collections(&self) -> Result<Vec<RemoteCollection>, String> {
        let answer = json(&self.get("collections/")?)?;
        let all = answer["collections"].as_array().map_or(&[][..], Vec::as_slice);
        let text = |it: &Value, name: &str| it[name].as_str().unwrap_or_default().to_owned();
        let collections = all.iter().take(COLLECTIONS_MAX).map(|it| RemoteCollection {
            id: text(it, "id"),
            alias: text(it, "alias"),
            read: it["can_read"] == true,
            write: it["can_write"] == true,
        });
        Ok(collections.filter(|it| is_plain(&it.id)).collect())
    }
}

/// The JSON of an answer that says that all is well; else what is wrong.
pub(crate) fn json(answer: &Answer) -> Result<Value, String> {
    sound(answer)?;
    serde_json::from_slice(&answer.body).map_err(|error| format!("its answer is no JSON: {error}"))
}

/// Whether an answer is one of TAXII that says that all is well.
pub(crate) fn sound(answer: &Answer) -> Result<(), String> {
    if !(200..300).contains(&answer.status) {
        let told: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let words = ["title", "description"].map(|name| told[name].as_str().unwrap_or_default());
        let words: String = words.join(" ").trim().chars().take(300).collect();
        let hint = match answer.status {
            401 | 403 => ": check --user and --token-file",
            404 => ": check the address and the collection",
            429 | 503 => ": it is busy, try again later",
            _ => "",
        };
        return Err(format!("it answered {} {words}{hint}", answer.status).replace(" :", ":"));
    }
    if !answer.media_type.starts_with("application/taxii+json") {
        let media_type: String = answer.media_type.chars().take(60).collect();
        return Err(format!("its answer is {media_type:?}, not TAXII 2.1: check the address"));
    }
    Ok(())
}

/// Whether a text can stand in an address as it is.
pub(crate) fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 200
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

/// A text as a value in a query (RFC 3986).
pub(crate) fn in_query(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
