//! Who asks: the user of a session or of a token, or the owner where everybody is the owner.

use std::net::{IpAddr, SocketAddr};

use axum::extract::connect_info::{ConnectInfo, Connected};
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::serve::IncomingStream;
use forewarn_app::model::rights::{Right, Rights};
use forewarn_app::model::{Language, Tlp};
use forewarn_app::{Context, token, user};

use super::tls::TlsListener;
use super::{Access, PageError, Shared, Words};
use crate::language;

/// The name of the cookie that holds the session.
const SESSION_COOKIE: &str = "forewarn_session";

/// The same by TLS: browsers take it only from this host and send it only there (RFC 6265bis, section 4.1.3.2).
const SECURE_SESSION_COOKIE: &str = "__Host-forewarn_session";

/// The name of the cookie that holds the chosen language, and of the one that holds the theme.
pub(crate) const LANGUAGE_COOKIE: &str = "forewarn_lang";
pub(crate) const THEME_COOKIE: &str = "forewarn_theme";

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the browser prefers.
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn read(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// Who asks. As an argument of a handler it means: who is not signed in does not come in.
#[derive(Debug, Clone)]
pub(crate) struct Signed {
    /// The user's name, for the audit log.
    pub(crate) name: String,
    /// How it is shown; empty where nobody signs in.
    pub(crate) shown: String,
    /// The language of the pages.
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    /// What was just done: the message of `?done=`.
    pub(crate) note: Option<String>,
    /// How the reader knows this server: `https://host`.
    pub(crate) origin: String,
    clearance: Tlp,
    rights: Rights,
    /// The user, where one signed in.
    user: Option<user::Signed>,
}

impl Signed {
    /// The context in which this person acts now.
    pub(crate) fn context(&self, shell: &Shared) -> Context {
        Context {
            now: shell.now(),
            actor: self.name.clone(),
            clearance: self.clearance,
            rights: self.rights,
            ..shell.options.context.clone()
        }
    }

    /// Whether nobody signs in here.
    pub(crate) fn local(&self) -> bool {
        self.user.is_none()
    }

    /// The user who signed in; an error where everybody acts as the owner.
    pub(crate) fn user(&self) -> Result<&user::Signed, PageError> {
        let what = "nobody signs in here: start the service without --no-sign-in";
        self.user.as_ref().ok_or_else(|| PageError::new(StatusCode::CONFLICT, what))
    }

    /// What this person may do.
    pub(crate) fn rights(&self) -> Rights {
        self.rights
    }

    /// Goes on only with a right: for what a page shows besides what `app` guards.
    pub(crate) fn require(&self, right: Right) -> Result<(), PageError> {
        if self.rights.has(right) {
            return Ok(());
        }
        let what =
            format!("{:?} lacks the right {right}: ask an administrator for a role that has it", self.name);
        Err(PageError::new(StatusCode::FORBIDDEN, what))
    }
}

impl FromRequestParts<Shared> for Signed {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, shell: &Shared) -> Result<Self, PageError> {
        let user = match credential(&parts.headers, shell)? {
            // Cookies of another server on this machine mean nothing where nobody signs in.
            Some(Credential::Session(_)) | None if shell.options.access == Access::Local => None,
            Some(credential) => Some(prove(shell, credential).await?),
            None => return Err(unknown("sign in first")),
        };
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let message = done(uri.query().unwrap_or_default());
        let chosen = cookie(&parts.headers, LANGUAGE_COOKIE).is_some();
        let locale = user.as_ref().and_then(|signed| signed.user.locale).filter(|_| !chosen);
        let language = locale.map_or_else(|| page_language(&parts.headers), |locale| Words::choose([locale]));
        let owner = &shell.options.context;
        let context = user.as_ref().map_or_else(|| owner.clone(), |signed| user::context(signed, owner));
        Ok(Self {
            name: context.actor,
            shown: user.as_ref().map(|signed| signed.user.shown.clone()).unwrap_or_default(),
            language,
            theme: cookie(&parts.headers, THEME_COOKIE).map_or(Theme::Auto, Theme::read),
            note: message.map(|message| shell.words().say(language, &message, &[])),
            origin: origin(&parts.headers, shell),
            clearance: context.clearance,
            rights: context.rights,
            user,
        })
    }
}

/// What a request brought to prove who sends it.
enum Credential {
    Session(String),
    Token(String),
}

/// A token in `Authorization` (as a bearer, or as the password of the basic scheme, which tools for TAXII speak),
/// else the session of the cookie.
fn credential(headers: &HeaderMap, shell: &Shared) -> Result<Option<Credential>, PageError> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let text = value.to_str().unwrap_or_default();
        let (scheme, rest) = text.split_once(' ').unwrap_or_default();
        let token = match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Some(rest.trim().to_owned()),
            "basic" => basic_password(rest.trim()),
            _ => None,
        };
        return match token {
            Some(token) => Ok(Some(Credential::Token(token))),
            None => Err(unknown(
                "expected `Authorization: Bearer <token>`, or the basic scheme with a token as password",
            )),
        };
    }
    Ok(cookie(headers, session_cookie(shell)).map(|token| Credential::Session(token.to_owned())))
}

fn basic_password(text: &str) -> Option<String> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    text.split_once(':').map(|(_, password)| password.to_owned())
}

async fn prove(shell: &Shared, credential: Credential) -> Result<user::Signed, PageError> {
    let proven = shell
        .alone(move |workspace, context| match credential {
            Credential::Session(token) => user::by_session(workspace, context, &token),
            Credential::Token(token) => token::by_bearer(workspace, context, &token),
        })
        .await?;
    proven.ok_or_else(|| unknown("the session or token does not hold: sign in again, or make a new token"))
}

/// Whether the session of a browser holds.
pub(crate) async fn is_in(headers: &HeaderMap, shell: &Shared) -> bool {
    match credential(headers, shell) {
        Ok(Some(credential)) => prove(shell, credential).await.is_ok(),
        _ => false,
    }
}

/// The cookie that holds a session.
pub(crate) fn session_cookie(shell: &Shared) -> &'static str {
    if shell.options.tls { SECURE_SESSION_COOKIE } else { SESSION_COOKIE }
}

/// A cookie that scripts cannot read and other sites cannot send along with a form; `seconds` of 0 removes it.
pub(crate) fn private_cookie(
    shell: &Shared,
    name: &str,
    value: &str,
    seconds: i64,
) -> Result<HeaderValue, PageError> {
    let secure = if shell.options.tls { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&cookie).map_err(|_| PageError::failed("set a cookie"))
}

/// How whoever asks knows this server: `https://host`.
pub(crate) fn origin(headers: &HeaderMap, shell: &Shared) -> String {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let scheme = if shell.options.tls { "https" } else { "http" };
    format!("{scheme}://{host}")
}

/// Where a request came from; blank if that is not known.
pub(crate) fn address(parts: &Parts, shell: &Shared) -> String {
    let peer = parts.extensions.get::<ConnectInfo<Peer>>().map(|info| info.0.0.ip());
    let proxy = shell.options.behind_proxy || peer.is_some_and(|peer| peer.is_loopback());
    let told = parts.headers.get("x-forwarded-for").filter(|_| proxy).and_then(|value| value.to_str().ok());
    // What the proxy itself saw stands last; what stands before it, anybody may have written.
    let last = told.and_then(|list| list.rsplit(',').next()).and_then(|last| last.trim().parse().ok());
    let known: Option<IpAddr> = last.or(peer);
    known.map_or_else(String::new, |address| address.to_string())
}

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(SocketAddr);

impl Connected<IncomingStream<'_, tokio::net::TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, tokio::net::TcpListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

fn unknown(what: &str) -> PageError {
    PageError::new(StatusCode::UNAUTHORIZED, what)
}

/// The language of the pages: as chosen, else as the browser prefers.
pub(crate) fn page_language(headers: &HeaderMap) -> Language {
    let chosen = cookie(headers, LANGUAGE_COOKIE).and_then(|tag| tag.parse().ok());
    let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Words::choose(chosen.into_iter().chain(language::preferred(accept.unwrap_or_default())))
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// The message of `?done=…`: letters, digits and hyphens only.
fn done(query: &str) -> Option<String> {
    let (_, value) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "done")?;
    let plain = value.len() <= 60 && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    plain.then(|| format!("done-{value}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_cookies() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; forewarn_lang=ar;b=2".parse().unwrap());
        assert_eq!(cookie(&headers, "forewarn_lang"), Some("ar"));
        assert_eq!(cookie(&headers, "b"), Some("2"));
        assert_eq!(cookie(&headers, "c"), None);
        assert_eq!(page_language(&headers).to_string(), "ar");
    }

    #[test]
    fn a_note_is_a_message_and_nothing_else() {
        assert_eq!(done("x=1&done=alarm-dismissed").as_deref(), Some("done-alarm-dismissed"));
        assert_eq!(done("done=%3Cscript%3E"), None);
        assert_eq!(done(""), None);
    }
}
