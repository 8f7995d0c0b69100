//! Who asks: the user of a session or of a token, or the owner where everybody is the owner.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use forewarn_app::model::rights::{Right, Rights};
use forewarn_app::model::{Clearance, Language};
use forewarn_app::{AppError, Context, token, user};

use super::error::Told;
use super::{Access, PageError, Shared, Words};
use crate::language;

/// The name of the cookie that holds the chosen language, and of the one that holds the theme.
pub(crate) const LANGUAGE_COOKIE: &str = "forewarn_lang";
pub(crate) const THEME_COOKIE: &str = "forewarn_theme";

/// The name of the cookie that holds a session; browsers take the second only by TLS and only from this host.
const SESSION_COOKIE: [&str; 2] = ["forewarn_session", "__Host-forewarn_session"];

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
    /// How the browser knows this server: `https://host`.
    pub(crate) origin: String,
    clearance: Clearance,
    rights: Rights,
    account: Option<user::Signed>,
}

impl Signed {
    /// The context in which this person acts now.
    pub(crate) fn context(&self, shell: &Shared) -> Context {
        Context {
            now: shell.now(),
            actor: self.name.clone(),
            clearance: self.clearance.clone(),
            rights: self.rights,
            ..shell.options.context.clone()
        }
    }

    /// Whether nobody signs in here.
    pub(crate) fn local(&self) -> bool {
        self.account.is_none()
    }

    /// The user, and by what: for one's own account, which nobody has where nobody signs in.
    pub(crate) fn account(&self) -> Result<&user::Signed, PageError> {
        let what = "nobody signs in here: there are no accounts without `forewarn serve` with sign-in";
        self.account.as_ref().ok_or_else(|| PageError::new(StatusCode::NOT_FOUND, what))
    }

    fn of_user(self, account: user::Signed) -> Self {
        Self {
            name: account.user.name.to_string(),
            shown: account.user.shown.clone(),
            clearance: account.user.sees(),
            rights: account.rights(),
            account: Some(account),
            ..self
        }
    }

    /// What this person may do.
    pub(crate) fn rights(&self) -> Rights {
        self.rights
    }

    /// Goes on only for a person who is there, or with the right to write users: a token makes no other token of
    /// itself.
    pub(crate) fn require_presence(&self) -> Result<(), PageError> {
        match &self.account {
            Some(account) if account.session().is_err() => self.require(Right::UserWrite),
            _ => Ok(()),
        }
    }

    /// Goes on only with a right: for what a page shows besides what `app` guards.
    pub(crate) fn require(&self, right: Right) -> Result<(), PageError> {
        if self.rights.has(right) {
            return Ok(());
        }
        let what =
            format!("{:?} lacks the right {right}: ask an administrator for a role that has it", self.name);
        let told = Told::Message("lacks", "right", right.to_string());
        Err(PageError::new(StatusCode::FORBIDDEN, what).told(told))
    }
}

/// Who asked, by the headers of a request that is gone; nobody where nobody is signed in.
pub(super) async fn by_headers(headers: &HeaderMap, shell: &Shared) -> Option<Signed> {
    let (mut parts, ()) = axum::http::Request::new(()).into_parts();
    parts.headers = headers.clone();
    Signed::from_request_parts(&mut parts, shell).await.ok()
}

impl FromRequestParts<Shared> for Signed {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, shell: &Shared) -> Result<Self, PageError> {
        let account = match shell.options.access {
            // A program with a token is itself, wherever it comes from.
            Access::Local if !parts.headers.contains_key(header::AUTHORIZATION) => None,
            Access::Local | Access::SignIn => Some(find(&parts.headers, shell).await?.ok_or_else(|| {
                let what = "sign in first, or send a token that holds";
                PageError::new(StatusCode::UNAUTHORIZED, what).told(Told::Status)
            })?),
        };
        let locale = account.as_ref().and_then(|account| account.user.locale);
        let language = language_of(&parts.headers, locale);
        let theme = cookie(&parts.headers, THEME_COOKIE).map_or(Theme::Auto, Theme::read);
        let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
        let note = done(uri.query().unwrap_or_default())
            .and_then(|message| shell.words().find(language, &message, &[]));
        let owner = &shell.options.context;
        let local = Self {
            name: owner.actor.clone(),
            shown: String::new(),
            language,
            theme,
            note,
            origin: origin(&parts.headers, shell),
            clearance: owner.clearance.clone(),
            rights: owner.rights,
            account: None,
        };
        Ok(match account {
            Some(account) => local.of_user(account),
            None => local,
        })
    }
}

/// The user of a token or of a session, if it holds.
pub(crate) async fn find(headers: &HeaderMap, shell: &Shared) -> Result<Option<user::Signed>, PageError> {
    let bearer = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
    // A scheme has any case (RFC 9110, section 11.1). A token that does not hold is no reason to look for a cookie.
    let bearer = bearer.map(|value| match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim().to_owned(),
        // Tools for TAXII speak the basic scheme: the token is the password.
        Some((scheme, both)) if scheme.eq_ignore_ascii_case("basic") => basic_password(both.trim()),
        _ => String::new(),
    });
    let session = cookie(headers, session_cookie(shell)).map(str::to_owned);
    if bearer.is_none() && session.is_none() {
        return Ok(None);
    }
    let (asked, now) = (std::sync::Arc::clone(shell), shell.now());
    let found = tokio::task::spawn_blocking(move || {
        let context = asked.options.context.at(now);
        asked.pool.with(|workspace| -> Result<_, AppError> {
            match (bearer, session) {
                (Some(token), _) => token::by_bearer(workspace, &context, &token),
                (None, Some(session)) => user::by_session(workspace, &context, &session),
                (None, None) => Ok(None),
            }
        })
    });
    Ok(found.await.map_err(|_| PageError::failed("find who asks"))??)
}

fn basic_password(text: &str) -> String {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    text.split_once(':').map(|(_, password)| password.to_owned()).unwrap_or_default()
}

/// The cookie that holds a session.
pub(crate) fn session_cookie(shell: &Shared) -> &'static str {
    SESSION_COOKIE[usize::from(shell.options.tls)]
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
    let known = super::strangers::address(&parts.headers, &parts.extensions, shell.options.behind_proxy);
    known.map_or_else(String::new, |address| address.to_string())
}

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(std::net::SocketAddr);

impl Peer {
    /// Its address.
    pub(crate) fn address(self) -> std::net::IpAddr {
        self.0.ip()
    }

    #[cfg(test)]
    pub(crate) fn of(address: std::net::SocketAddr) -> Self {
        Self(address)
    }
}

impl axum::extract::connect_info::Connected<axum::serve::IncomingStream<'_, tokio::net::TcpListener>>
    for Peer
{
    fn connect_info(stream: axum::serve::IncomingStream<'_, tokio::net::TcpListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl axum::extract::connect_info::Connected<axum::serve::IncomingStream<'_, super::tls::TlsListener>>
    for Peer
{
    fn connect_info(stream: axum::serve::IncomingStream<'_, super::tls::TlsListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// The language of the pages: as chosen, else as the browser prefers.
pub(crate) fn page_language(headers: &HeaderMap) -> Language {
    language_of(headers, None)
}

/// As chosen in this browser, else as in the account, else as the browser prefers.
fn language_of(headers: &HeaderMap, locale: Option<Language>) -> Language {
    let chosen = cookie(headers, LANGUAGE_COOKIE).and_then(|tag| tag.parse().ok());
    let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Words::choose(chosen.into_iter().chain(locale).chain(language::preferred(accept.unwrap_or_default())))
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
